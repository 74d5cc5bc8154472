package app

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/gift"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// tellOfEncounters has a case that was begun from a visit or a call show what was said there.
func (s *Services) tellOfEncounters() {
	s.Procedures.OnSubject("visit", s.aboutVisit)
	s.Procedures.OnSubject("call", s.aboutCall)
	s.Procedures.OnSubject(gift.Subject, s.Gifts.About)
}

// aboutVisit tells of the visit a case comes from; nothing where it was to another customer.
func (s *Services) aboutVisit(ctx context.Context, q db.Q, visitID, customerID int64) (procedure.Subject, error) {
	v, err := s.Visits.Told(ctx, q, visitID)
	if db.IsNoRows(err) || err == nil && v.CustomerID != customerID {
		return procedure.Subject{}, nil
	}
	out := procedure.Subject{Title: flow.Text{Zh: "来自拜访", En: "From a visit"}, Page: "/visits?whose=all&open=" + id.String(visitID)}
	encounter(&out, v.On, v.OwnerName, v.Met, v.Feedback)
	return out, err
}

// aboutCall tells of the call a case comes from; nothing where it was with another customer.
func (s *Services) aboutCall(ctx context.Context, q db.Q, callID, customerID int64) (procedure.Subject, error) {
	c, err := s.Visits.ToldByPhone(ctx, q, callID)
	if db.IsNoRows(err) || err == nil && c.CustomerID != customerID {
		return procedure.Subject{}, nil
	}
	out := procedure.Subject{Title: flow.Text{Zh: "来自电话", En: "From a call"}}
	encounter(&out, c.On, c.ByName, c.Whom, c.Note)
	return out, err
}

func encounter(to *procedure.Subject, on calendar.Date, ours, theirs, said string) {
	add := func(zh, en, value string) {
		if value != "" {
			to.Facts = append(to.Facts, procedure.SubjectFact{Title: flow.Text{Zh: zh, En: en}, Value: same(value)})
		}
	}
	add("日期", "Day", on.String())
	add("我方", "We", ours)
	add("对方", "They", theirs)
	add("客户意见", "What was said", said)
}
