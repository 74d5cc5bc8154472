package grading

import (
	"context"
	"encoding/json"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// Decision is a grade that people decided on for a customer, in the place of what followed from facts and judgements. It is
// never edited: a later one from the same day or after takes its place, and one without a code takes it back.
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
	Source     string        // the feature that decided: review
	SourceID   int64
	DecidedBy  int64
	ByName     string // of who decided, as it was then
	DecidedAt  time.Time
}

// same says whether two decisions say the same.
func (d *Decision) same(o *Decision) bool {
	return d.Code == o.Code && (d.Code == "" || d.Reason == o.Reason && d.Until == o.Until && d.Source == o.Source && d.SourceID == o.SourceID)
}

// Decide writes decisions in the caller's transaction and gives how many were new; what is decided so already is not written
// again. They count from the next grading as of their day on. Needs grading.run over all customers. The caller has checked
// that the codes belong to their schemes; one that does not is passed over by gradings.
func (s *Service) Decide(ctx context.Context, q db.Q, list []Decision) (int64, error) {
	if _, err := requireAll(ctx); err != nil {
		return 0, err
	}
	now := s.now()
	var fresh []Decision
	var entries []audit.Entry
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
		for _, d := range chunk {
			before := newestDecision(held, &d)
			if before.same(&d) || d.Code == "" && before.Until != calendar.None && before.Until < d.From {
				continue
			}
			d.ID, d.DecidedAt = id.New(now), now
			fresh = append(fresh, d)
			entries = append(entries, audit.Entry{
				Action: "grade.decide", Entity: "grade_decision", EntityID: id.String(d.ID), CustomerID: d.CustomerID,
				Detail: map[string]any{
					"rulebook": d.Rulebook, "scheme": d.Scheme, "code": d.Code, "before": before.Code, "reason": d.Reason,
					"from": d.From.String(), "until": d.Until.String(), "source": d.Source,
				},
			})
		}
	}
	if err := insertDecisions(ctx, q, fresh); err != nil {
		return 0, err
	}
	return int64(len(fresh)), audit.Write(ctx, q, now, entries...)
}

// newestDecision gives what counts on the day from which a decision is to count; without one it is a decision with no code.
func newestDecision(held []Decision, d *Decision) *Decision {
	out := &Decision{Until: calendar.None}
	for i := range held {
		h := &held[i]
		if h.CustomerID == d.CustomerID && h.Rulebook == d.Rulebook && h.Scheme == d.Scheme && h.From <= d.From {
			out = h // oldest first
		}
	}
	return out
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
	if !ok {
		return said{}, false
	}
	p := b.j.schemes[scheme].Program
	v, x := p.Explain(subject, rank, measures, b.j.pop)
	v, x, ok = p.Decide(v, x, rule.Decision{Code: d.Code, Title: d.Title, Reason: d.Reason, By: d.ByName, From: d.From, Until: d.Until})
	if !ok {
		return said{}, false
	}
	text, err := json.Marshal(x)
	return said{verdict: v, explanation: text, decided: true}, err == nil
}
