package rule

import "slices"

// company is everybody an example speaks of: its customer first, then the others.
type company struct {
	subjects []Subject
	measures []Measures
	repeat   []int
}

// population is the example's company: this customer, the others, and totals given directly. It also tells the customer
// its groups.
func (in *caseInput) population(c *caseSpec, s *Subject, m Measures) *Population {
	if !in.p.NeedsPopulation() {
		return nil
	}
	all := company{subjects: []Subject{*s}, measures: []Measures{m}, repeat: []int{1}}
	for i := range c.Others {
		o := &c.Others[i]
		other := Subject{Fields: map[string]any{}}
		in.fields(&other, &o.Customer)
		n := 1
		if o.Repeat.set() {
			n = in.count("others.repeat", o.Repeat)
		}
		all.subjects = append(all.subjects, other)
		all.measures = append(all.measures, in.measures(o.Facts, &o.Measures, nil))
		all.repeat = append(all.repeat, n)
	}
	in.connect(&all, c.Relations)
	s.Groups = all.subjects[0].Groups
	pop := in.p.NewPopulation(in.asOf)
	rank := 0
	for i := range all.subjects {
		for range all.repeat[i] {
			pop.Add(all.subjects[i], rank, all.measures[i])
			rank++
		}
	}
	pop.Close()
	for i := range c.Company.List {
		in.total(pop, s, &c.Company.List[i])
	}
	return pop
}

// connect names the group of every customer after its smallest code. The example's own customer is called self unless its
// code is written.
func (in *caseInput) connect(all *company, relations []relationCase) {
	for _, g := range in.p.GroupKinds() {
		parent := map[string]string{}
		var root func(code string) string
		root = func(code string) string {
			if up, ok := parent[code]; ok && up != code {
				parent[code] = root(up)
				return parent[code]
			}
			return code
		}
		for i := range relations {
			r := &relations[i]
			if !slices.Contains(g.Relations, r.Kind.S) {
				continue
			}
			a, b := root(r.From.S), root(r.To.S)
			parent[max(a, b)], parent[min(a, b)] = min(a, b), min(a, b)
		}
		for i := range all.subjects {
			s := &all.subjects[i]
			code := s.text("code")
			if code == "" && i == 0 {
				code = "self"
			}
			if _, connected := parent[code]; !connected {
				continue
			}
			if s.Groups == nil {
				s.Groups = map[string]string{}
			}
			s.Groups[g.Key] = root(code)
		}
	}
}

// total puts a written total in place of the sum over the example's customers: that of a measure for its shares of all
// customers, or that of a share or total itself.
func (in *caseInput) total(pop *Population, s *Subject, e *entry[word]) {
	index, ok := in.p.measureIndex[e.Name.S]
	if !ok {
		in.bad("company."+e.Name.S, "a measure of the rulebook", e.Name.S)
		return
	}
	of := &in.p.measures[index]
	own := of.fn == fnShare || of.fn == fnTotal
	if own {
		of = &in.p.measures[of.ops[0]]
	}
	v, ok := of.given(e.Value.S)
	if !ok || v.num < 0 {
		in.bad("company."+e.Name.S, "a positive number", e.Value.S)
		return
	}
	for i := range in.p.measures {
		m := &in.p.measures[i]
		if m.fn != fnShare && m.fn != fnTotal || own && i != index || !own && (m.within >= 0 || m.ops[0] != index) {
			continue
		}
		if place := pop.standing(m, s, 0); !place.lost && !place.alone {
			*pop.total(m.rank, place.group) = groupTotal{sums: currencyTotals{{currency: v.currency, lo: uint64(v.num), n: 1}}}
		}
	}
}
