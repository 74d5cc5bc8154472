package procedure

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

// maxAnswered is how many of the newest cases of a customer are looked at.
const maxAnswered = 200

// AnsweredCase is a case with what its start form says in one entry.
type AnsweredCase struct {
	Case Case
	Text string
	Def  *flow.Definition
}

// ByAnswer gives the newest cases of a customer whose start form says something in an entry, as far as the acting person may see them,
// the newest first. Needs procedure.read.
func (s *Service) ByAnswer(ctx context.Context, customerID int64, field string) ([]AnsweredCase, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, err
	}
	var out []AnsweredCase
	err = s.db.InRead(ctx, func(q db.Q) error {
		me, err := s.personOf(ctx, q, actor)
		if err != nil {
			return err
		}
		f := Filter{CustomerID: customerID, From: calendar.None, To: calendar.None, Sort: SortNewest, Limit: maxAnswered}
		list, _, err := listCases(ctx, q, f, me, clock.Micros(s.now()), s.loc)
		if err != nil || len(list) == 0 {
			return err
		}
		ids := make([]int64, len(list))
		for i := range list {
			ids[i] = list[i].ID
		}
		whole, err := readable(ctx, q, ids)
		if err != nil {
			return err
		}
		for i := len(whole) - 1; i >= 0; i-- {
			past := whole[i].State.Steps[flow.StartForm]
			if past == nil || past.Answers[field].Text == "" {
				continue
			}
			_, def, err := s.kept(ctx, q, &whole[i])
			if err != nil {
				return err
			}
			out = append(out, AnsweredCase{whole[i], past.Answers[field].Text, def})
		}
		return nil
	})
	return out, err
}

// AnsweredCaseView is a case in a short list.
type AnsweredCaseView struct {
	ID         string    `json:"id"`
	Number     string    `json:"number"`
	Title      string    `json:"title"`
	Procedure  TextView  `json:"procedure"`
	Status     string    `json:"status" enum:"running,paused,ended,withdrawn"`
	Outcome    *WordView `json:"outcome" doc:"The end it reached"`
	ReceivedAt string    `json:"received_at"`
}

// View gives the case as the API shows it.
func (a *AnsweredCase) View() AnsweredCaseView {
	v := AnsweredCaseView{
		ID: id.String(a.Case.ID), Number: a.Case.Number, Title: a.Case.Title, Procedure: textView(a.Def.Title), Status: a.Case.Status,
		ReceivedAt: moment(clock.Micros(a.Case.ReceivedAt)),
	}
	if end := a.Def.End(a.Case.Outcome); end != nil {
		v.Outcome = &WordView{end.Key, textView(end.Title)}
	}
	return v
}
