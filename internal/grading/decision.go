package grading

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// Decision is a grade that people decided on for a customer, in the place of what followed from facts and judgements: in a
// review, or by an approved override. It is never edited. Of those whose term holds a day the newest counts; one without a
// code takes back all before it, and one that revokes another takes back that one alone.
type Decision struct {
	CustomerID int64
	ID         int64
	Rulebook   string
	Scheme     string
	Code       string // "" = taken back
	Title      rule.Text
	Reason     string
	From       calendar.Date // the first day on which it counts
	Until      calendar.Date // the last one; None when open
	Source     string        // what decided: review, or override (an approved case)
	SourceID   int64         // the review or the case
	Basis      rule.DecisionBasis
	Revokes    int64 // the decision that this one takes back from its day on, 0 = none; then it decides nothing itself
	DecidedBy  int64
	ByName     string // of who decided, as it was then
	DecidedAt  time.Time
}

// same says whether two decisions say the same.
func (d *Decision) same(o *Decision) bool {
	return d.Code == o.Code && (d.Code == "" || d.Reason == o.Reason && d.Until == o.Until && d.Source == o.Source && d.SourceID == o.SourceID)
}

// counting gives the decision that counts on a day among those on one customer in one scheme, the oldest day first; nil when
// none does. One that has ended gives way to an earlier one whose term still runs.
func counting(list []Decision, on calendar.Date) *Decision {
	var out *Decision
	for i := range list {
		d := &list[i]
		if d.From > on || d.Revokes != 0 || d.Until != calendar.None && d.Until < on || revokedOn(list, d.ID, on) {
			continue
		}
		out = d
	}
	if out != nil && out.Code == "" {
		return nil
	}
	return out
}

func revokedOn(list []Decision, decisionID int64, on calendar.Date) bool {
	return slices.ContainsFunc(list, func(d Decision) bool { return d.Revokes == decisionID && d.From <= on })
}

// bySubject divides decisions by customer, rulebook and scheme; within each they keep their order.
func bySubject(list []Decision) map[subjectKey][]Decision {
	out := map[subjectKey][]Decision{}
	for i := range list {
		k := list[i].subject()
		out[k] = append(out[k], list[i])
	}
	return out
}

// subjectKey is what a decision is about.
type subjectKey struct {
	customer         int64
	rulebook, scheme string
}

func (d *Decision) subject() subjectKey { return subjectKey{d.CustomerID, d.Rulebook, d.Scheme} }

// Decide writes decisions in the caller's transaction and gives how many were new; what is decided so already is not written
// again. They count from the next grading as of their day on. Needs grading.run over all customers. The caller has checked
// that the codes belong to their schemes; one that does not is passed over by gradings.
func (s *Service) Decide(ctx context.Context, q db.Q, list []Decision) (int64, error) {
	if _, err := requireAll(ctx); err != nil {
		return 0, err
	}
	var fresh []Decision
	for start := 0; start < len(list); start += judgeChunk {
		chunk := list[start:min(start+judgeChunk, len(list))]
		ids := make([]int64, len(chunk))
		for i := range chunk {
			ids[i] = chunk[i].CustomerID
		}
		held, err := decisionsOf(ctx, q, ids)
		if err != nil {
			return 0, err
		}
		known := bySubject(held)
		for i := range chunk {
			if !chunk[i].saidBy(counting(known[chunk[i].subject()], chunk[i].From)) {
				fresh = append(fresh, chunk[i])
			}
		}
	}
	return int64(len(fresh)), s.writeDecisions(ctx, q, fresh)
}

// saidBy says whether a decision says what counts already; nil is that nobody decided.
func (d *Decision) saidBy(before *Decision) bool {
	if before == nil {
		return d.Code == ""
	}
	return before.same(d)
}

// writeDecisions gives decisions their ids and writes them with their audit entries.
func (s *Service) writeDecisions(ctx context.Context, q db.Q, list []Decision) error {
	now := s.now()
	entries := make([]audit.Entry, len(list))
	for i := range list {
		d := &list[i]
		d.ID, d.DecidedAt = id.New(now), now
		action, detail := "grade.decide", map[string]any{
			"rulebook": d.Rulebook, "scheme": d.Scheme, "code": d.Code, "reason": d.Reason, "from": d.From.String(), "until": d.Until.String(), "source": d.Source,
		}
		if d.Revokes != 0 {
			action, detail["revokes"] = "grade.revoke", id.String(d.Revokes)
		}
		entries[i] = audit.Entry{Action: action, Entity: "grade_decision", EntityID: id.String(d.ID), CustomerID: d.CustomerID, Detail: detail}
	}
	if err := insertDecisions(ctx, q, list); err != nil {
		return err
	}
	return audit.Write(ctx, q, now, entries...)
}

// TakeOver gives judged values in the name of those who judged, in the caller's transaction: what a review made of them. Each
// carries its customer, item, value, note, day and person. Needs grading.run over all customers. What is so already is not
// written again.
func (s *Service) TakeOver(ctx context.Context, q db.Q, rulebookID string, list []Judged) (JudgeOutcome, error) {
	if _, err := requireAll(ctx); err != nil {
		return JudgeOutcome{}, err
	}
	in := make([]JudgeInput, len(list))
	for i := range list {
		j := &list[i]
		in[i] = JudgeInput{CustomerID: j.CustomerID, Item: j.Item, Value: j.Value, Note: j.Note, From: j.From, by: j.JudgedBy}
	}
	return s.writeJudged(ctx, q, rulebookID, in)
}

// decided gives what a scheme says about a member on whom people decided otherwise; false where nobody did. Its explanation is whole:
// there are few of them, and it has a member that others do not have.
func (b *bench) decided(scheme int, m *member, subject rule.Subject, rank int, measures rule.Measures) (said, bool) {
	d, ok := m.decided[b.j.schemes[scheme].Scheme.ID]
	if !ok || b.j.alone {
		return said{}, false
	}
	p := b.j.schemes[scheme].Program
	v, x := p.Explain(subject, rank, measures, b.j.pop)
	if code, other := followed(p, subject, rank, measures, b.j.pop, v.Code); other {
		x.Followed = &code
	}
	v, x, ok = p.Decide(v, x, rule.Decision{Code: d.Code, Title: d.Title, Reason: d.Reason, By: d.ByName, From: d.From, Until: d.Until, Basis: d.Basis})
	if !ok {
		return said{}, false
	}
	text, err := json.Marshal(x)
	return said{verdict: v, explanation: text, decided: true}, err == nil
}

// followed gives the code that a scheme comes to without any decision of people, and whether it is another one than the code it came
// to: a scheme that may keep its grade later keeps no grade that a decision on an earlier scheme brought.
func followed(p *rule.Program, subject rule.Subject, rank int, measures rule.Measures, pop *rule.Population, code string) (string, bool) {
	if len(subject.Decided) == 0 || !p.Holds() {
		return "", false
	}
	subject.Decided = nil
	without := p.Judge(subject, rank, measures, pop).Code
	return without, without != code
}

// brought gives what a scheme says about a member whom a decision on an earlier scheme brought to another grade; false where none did.
// Its explanation is whole: it tells what followed besides.
func (b *bench) brought(scheme int, subject rule.Subject, rank int, measures rule.Measures) (said, bool) {
	if len(subject.Decided) == 0 {
		return said{}, false
	}
	p := b.j.schemes[scheme].Program
	v, x := p.Explain(subject, rank, measures, b.j.pop)
	code, other := followed(p, subject, rank, measures, b.j.pop, v.Code)
	if !other {
		return said{}, false
	}
	x.Followed = &code
	text, err := json.Marshal(x)
	return said{verdict: v, explanation: text}, err == nil
}
