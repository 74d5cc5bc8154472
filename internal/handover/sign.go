package handover

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// Sign sends a plan to be signed: the case of the procedure in force begins, and the plan stands. Needs customer.assign over the
// giver. Errors: not_found, handover.wrong_state, handover.unplanned (args missing), handover.no_rest, handover.empty,
// handover.no_procedure, those of beginning the case.
func (s *Service) Sign(ctx context.Context, handoverID int64) (Handover, error) {
	// What is new is kept also where the plan is refused for it, so that its head sees what lacks a receiver. Whoever comes between here
	// and there goes to whoever gets the rest.
	err := s.db.InTx(ctx, func(q db.Q) error {
		if err := lockHandover(ctx, q, handoverID); err != nil {
			return err
		}
		h, err := s.ofHead(ctx, q, handoverID)
		if err != nil || h.State != Planning {
			return err
		}
		return refresh(ctx, q, &h)
	})
	if err != nil {
		return Handover{}, err
	}
	return s.change(ctx, handoverID, 0, "handover.sign", func(q db.Q, h *Handover) (map[string]any, error) {
		if err := h.mustMove(Signing); err != nil {
			return nil, err
		}
		people, err := s.complete(ctx, q, h)
		if err != nil {
			return nil, err
		}
		if h.Loads, err = loadsOf(ctx, q, h); err != nil {
			return nil, err
		}
		c, err := s.beginCase(ctx, q, h, people)
		if err != nil {
			return nil, err
		}
		h.State, h.CaseID, h.Number = Signing, c.ID, c.Number
		return map[string]any{"case": id.String(c.ID), "number": c.Number}, nil
	})
}

// complete refuses a plan in which something has no receiver, and gives the receivers.
func (s *Service) complete(ctx context.Context, q db.Q, h *Handover) ([]int64, error) {
	missing, err := countMissing(ctx, q, h.ID)
	if err != nil {
		return nil, err
	}
	if missing > 0 {
		return nil, errs.New(errs.Conflict, "handover.unplanned", "missing", missing)
	}
	if h.RestID == 0 {
		return nil, errs.New(errs.Conflict, "handover.no_rest")
	}
	people, err := receivers(ctx, q, h)
	if err != nil {
		return nil, err
	}
	if err := mayReceive(ctx, q, h, people, "people"); err != nil {
		return nil, err
	}
	counts, err := s.counts(ctx, q, h.PersonID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(counts, func(c Count) bool { return c.Before > 0 }) {
		return nil, errs.New(errs.Conflict, "handover.empty", "name", h.PersonName)
	}
	return people, nil
}

// beginCase begins the case that carries the signatures, for its head.
func (s *Service) beginCase(ctx context.Context, q db.Q, h *Handover, people []int64) (procedure.Case, error) {
	ed, def, fields, err := s.cases.KeptProcedure(ctx, q, FactHandover)
	if err != nil {
		return procedure.Case{}, err
	}
	if def == nil {
		return procedure.Case{}, errs.New(errs.Conflict, "handover.no_procedure")
	}
	texts := make([]string, len(people))
	for i, user := range people {
		texts[i] = id.String(user)
	}
	what, err := s.summary(ctx, q, h)
	if err != nil {
		return procedure.Case{}, err
	}
	return s.cases.StartWithin(ctx, q, procedure.StartInput{
		Rulebook: ed.Rulebook, Procedure: def.Key, Title: h.PersonName + " " + reasonWords[h.Reason].Zh, Subject: subjectHandover + ":" + id.String(h.ID),
		Answers: answersOf(fields, map[string]flow.Answer{
			"person": {Text: id.String(h.PersonID)}, "receivers": {Many: texts}, "away": {YesNo: &h.Away}, "from": {Text: h.From.String()}, "what": {Text: what.Zh},
		}),
	})
}

// Recall takes a handover back from those who are to sign: the case is withdrawn and the plan may change again. Needs customer.assign
// over the giver. Errors: not_found, handover.wrong_state.
func (s *Service) Recall(ctx context.Context, handoverID int64) (Handover, error) {
	actor, err := authz.Require(ctx, authz.CustomerAssign)
	if err != nil {
		return Handover{}, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		h, err := s.headed(ctx, q, actor, handoverID)
		if err != nil {
			return err
		}
		if h.State != Signing {
			return errs.New(errs.Conflict, "handover.wrong_state", "state", string(h.State))
		}
		return s.cases.WithdrawWithin(ctx, q, h.CaseID, "交接方案调整 | the plan changes")
	})
	if err != nil {
		return Handover{}, err
	}
	return loadHandover(ctx, s.db.Read(), handoverID)
}

// of gives the handover whose signatures a case carries; false where it has moved on without the case.
func (s *Service) of(ctx context.Context, q db.Q, c *procedure.Case) (Handover, bool, error) {
	handoverID, ok := procedure.SubjectOf(c.Subject, subjectHandover)
	if !ok {
		return Handover{}, false, nil
	}
	h, err := loadHandover(ctx, q, handoverID)
	if db.IsNoRows(err) {
		return h, false, nil
	}
	return h, err == nil && h.CaseID == c.ID && h.State == Signing, err
}

// signed has everything move once everybody signed: from the day agreed on, as a job.
func (s *Service) signed(ctx context.Context, q db.Q, d procedure.Decided) error {
	h, ok, err := s.of(ctx, q, &d.Case)
	if err != nil || !ok {
		return err
	}
	if err := h.mustMove(Moving); err != nil {
		return err
	}
	h.State = Moving
	if err := s.enqueue(ctx, q, &h); err != nil {
		return err
	}
	if err := s.save(ctx, q, &h); err != nil {
		return err
	}
	return s.record(ctx, q, "handover.approved", &h, map[string]any{"case": id.String(h.CaseID), "number": h.Number, "by": strings.Join(d.Agreed, "、")})
}

// turned has a plan that somebody refused, or that was taken back, be a plan again.
func (s *Service) turned(ctx context.Context, q db.Q, t procedure.Turn) error {
	if t.Case.Status == flow.Running || t.Case.Status == flow.Ended && t.Case.Good {
		return nil
	}
	h, ok, err := s.of(ctx, q, &t.Case)
	if err != nil || !ok {
		return err
	}
	if err := h.mustMove(Planning); err != nil {
		return err
	}
	h.State = Planning
	if err := s.save(ctx, q, &h); err != nil {
		return err
	}
	return s.record(ctx, q, "handover.refused", &h, map[string]any{"case": id.String(h.CaseID), "number": h.Number, "reason": t.Reason})
}

// summary says in a sentence what is handed over.
func (s *Service) summary(ctx context.Context, q db.Q, h *Handover) (flow.Text, error) {
	counts, err := s.counts(ctx, q, h.PersonID)
	if err != nil {
		return flow.Text{}, err
	}
	var zh, en []string
	for _, c := range counts {
		if c.Before > 0 {
			w := kindWords[c.Kind]
			zh, en = append(zh, fmt.Sprintf("%s %d", w.Zh, c.Before)), append(en, fmt.Sprintf("%s: %d", w.En, c.Before))
		}
	}
	return flow.Text{Zh: strings.Join(zh, "，"), En: strings.Join(en, ", ")}, nil
}

// aboutHandover tells whoever signs what is handed over, and to whom.
func (s *Service) aboutHandover(ctx context.Context, q db.Q, handoverID, _ int64) (procedure.Subject, error) {
	h, err := loadHandover(ctx, q, handoverID)
	if db.IsNoRows(err) {
		return procedure.Subject{}, nil
	}
	if err != nil {
		return procedure.Subject{}, err
	}
	out := procedure.Subject{
		Title: flow.Text{Zh: h.PersonName + " " + reasonWords[h.Reason].Zh, En: h.PersonName + " " + reasonWords[h.Reason].En}, Page: "/service/handovers/" + id.String(h.ID),
	}
	add := func(zh, en string, value flow.Text) {
		out.Facts = append(out.Facts, procedure.SubjectFact{Title: flow.Text{Zh: zh, En: en}, Value: value})
	}
	same := func(text string) flow.Text { return flow.Text{Zh: text, En: text} }
	add("交出人", "Hands over", same(h.PersonName))
	add("交接日期", "From", same(h.From.String()))
	for _, l := range h.Loads {
		if n := l.After - l.Before; l.UserID != h.PersonID {
			add("接收人 "+l.Name, "To "+l.Name, flow.Text{Zh: strconv.FormatInt(n, 10) + " 户（原有 " + strconv.FormatInt(l.Before, 10) + " 户）", En: strconv.FormatInt(n, 10) + " customers (had " + strconv.FormatInt(l.Before, 10) + ")"})
		}
	}
	if h.Note != "" {
		add("说明", "Note", same(h.Note))
	}
	return out, nil
}
