package rule

// Judgement is something people decide about a customer: points within a range, or one of several answers.
type Judgement struct {
	Name  string `json:"name"`
	Title Text   `json:"title"`
	// Values are the answers to choose from; empty when points are given.
	Values []Answer `json:"values"`
	// Low and High bound the points, both included; empty when there are answers to choose from.
	Low  string `json:"low"`
	High string `json:"high"`
	// By is the role that judges, "owner" for the customer's owner; empty when the text names nobody.
	By string `json:"by"`
	// Missing is the answer that counts while nobody has judged, "refuse" when there is no verdict then, or "undecided".
	Missing string `json:"missing"`
	Clause  string `json:"clause"`
	Assumed bool   `json:"assumed"`

	lo, hi int64 // millionths
}

// Answer is one answer of a judgement.
type Answer struct {
	Code  string `json:"code"`
	Title Text   `json:"title"`
}

// Judgements lists what people judge, in the order of the file, with the settings in force.
func (p *Program) Judgements() []Judgement {
	out := make([]Judgement, 0, len(p.judgements))
	for i := range p.judgements {
		j := &p.judgements[i]
		v := Judgement{Name: j.name, Title: j.title, Values: []Answer{}, Clause: j.clause, Assumed: j.assumed, Missing: j.missing}
		if j.refuse {
			v.Missing = "refuse"
		}
		if spec := p.book.spec.Judgements.get(j.name); spec != nil {
			v.By = spec.By.S
		}
		if j.ranged {
			v.lo, v.hi, v.Low, v.High = j.lo, j.hi, pointsString(j.lo), pointsString(j.hi)
		}
		for k, code := range j.values {
			v.Values = append(v.Values, Answer{Code: code, Title: j.titles[k]})
		}
		out = append(out, v)
	}
	return out
}

// Ranged reports whether points are given and not an answer chosen.
func (j *Judgement) Ranged() bool { return len(j.Values) == 0 }

// Fits reports whether a value can be given: a decimal with at most six places within the range, or one of the answers.
func (j *Judgement) Fits(value string) bool {
	if j.Ranged() {
		v, ok := parseMicro(value)
		return ok && v >= j.lo && v <= j.hi
	}
	for _, a := range j.Values {
		if a.Code == value {
			return true
		}
	}
	return false
}
