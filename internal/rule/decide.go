package rule

import "kezhi/internal/calendar"

// Decision is a grade that people decided on for one customer, with their reason.
type Decision struct {
	Code   string
	Title  Text
	Reason string
	By     string        // name of who decided
	From   calendar.Date // the first day on which it counts
	Until  calendar.Date // the last one; calendar.None when open
	Basis  DecisionBasis
}

// DecisionBasis is the clause by which people may decide: of the rulebook that grades, or of another one.
type DecisionBasis struct {
	Rulebook string `json:"rulebook"`
	Version  string `json:"version"`
	Number   string `json:"number"` // of the clause
}

// decidedLabel gives the label of the grade people decided on for a customer in this scheme, else the one that followed.
func (p *Program) decidedLabel(s *Subject, followed int) int {
	if code := s.Decided[p.scheme.ID]; code != "" {
		if label := p.scheme.index(code); label >= 0 {
			return label
		}
	}
	return followed
}

// Decide puts a decision in the place of what followed from facts and judgements; the explanation goes on telling what that was.
// The score, the items and the inputs stay. The last result is false, and nothing changed, when the decision says what followed
// anyway, or names no grade of the scheme.
func (p *Program) Decide(v Verdict, e Explanation, d Decision) (Verdict, Explanation, bool) {
	if d.Code == v.Code {
		return v, e, false
	}
	for _, l := range p.scheme.Labels {
		if l.Code != d.Code {
			continue
		}
		e.Decided = &ExplainedDecision{Without: v.Code, Title: d.Title, Reason: d.Reason, By: d.By, On: d.From.String(), Until: d.Until.String()}
		if d.Basis.Number != "" {
			e.Decided.Basis = &d.Basis
		}
		e.Grade = &ExplainedGrade{Code: l.Code, Title: l.Title, Tone: l.Tone, Clause: p.grading.clause}
		e.Reason, e.Next, e.Keep, e.Proposed = nil, nil, nil, nil
		v.Code, v.Reason, v.Proposed = d.Code, "", ""
		if d.Until != calendar.None && (v.ExpiresOn == calendar.None || d.Until < v.ExpiresOn) {
			v.ExpiresOn = d.Until.AddDays(1)
		}
		e.ExpiresOn = v.ExpiresOn.String()
		return v, e, true
	}
	return v, e, false
}
