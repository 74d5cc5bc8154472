package gift

import (
	"context"
	"strings"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/money"
	"kezhi/internal/procedure"
)

// FactApproval is the fact whose record approves a gift. Its fields: what, value, occasion, to (the name of who receives it).
const FactApproval = "gift_approval"

// Subject is the noun of gifts as the subjects of cases.
const Subject = "gift"

// ask begins the case of a gift's approval.
func (s *Service) ask(ctx context.Context, q db.Q, g *Gift) (int64, error) {
	ed, def, fields, err := s.Cases.KeptProcedure(ctx, q, FactApproval)
	if err == nil && def == nil {
		err = errs.New(errs.Conflict, "gift.no_procedure")
	}
	if err != nil {
		return 0, err
	}
	ref, contacts, err := s.Customers.Reach(ctx, q, g.CustomerID)
	if err != nil {
		return 0, err
	}
	to := ref.Name
	for i := range contacts {
		if contacts[i].ID == g.ContactID {
			to = contacts[i].Name
		}
	}
	answers := flow.Answers{}
	for name, text := range map[string]string{"what": g.What, "value": money.Format(g.Value, g.Currency), "occasion": g.Occasion, "to": to} {
		if f, ok := fields[name]; ok {
			answers[f.Key] = flow.Answer{Text: text}
		}
	}
	c, err := s.Cases.StartWithin(ctx, q, procedure.StartInput{
		Rulebook: ed.Rulebook, Procedure: def.Key, CustomerID: g.CustomerID, Title: g.What + " " + money.Format(g.Value, g.Currency), Subject: Subject + ":" + id.String(g.ID),
		Answers: answers,
	})
	return c.ID, err
}

// of gives the gift a case is about; false where it is about none of the register.
func (s *Service) of(ctx context.Context, q db.Q, c *procedure.Case) (Gift, bool, error) {
	giftID, ok := procedure.SubjectOf(c.Subject, Subject)
	if !ok {
		return Gift{}, false, nil
	}
	g, err := load(ctx, q, giftID)
	if db.IsNoRows(err) {
		return g, false, nil
	}
	return g, err == nil && g.CaseID == c.ID, err
}

// mayApprove refuses a case begun by hand whose gift the register could never take.
func (s *Service) mayApprove(ctx context.Context, q db.Q, d procedure.Decided) error {
	if _, ok := procedure.SubjectOf(d.Case.Subject, Subject); ok {
		return nil
	}
	p, err := loadPolicy(ctx, q)
	if err != nil {
		return err
	}
	in, err := s.fromCase(d, p)
	if err != nil {
		return err
	}
	year, _, _ := in.On.Civil()
	used, err := usedIn(ctx, q, d.Case.CustomerID, year, p.Currency)
	if err == nil && p.PerYear > 0 && used+in.Value > p.PerYear {
		err = errs.New(errs.Conflict, "gift.over_year", "year", year, "limit", money.Format(p.PerYear, p.Currency), "left", money.Format(max(p.PerYear-used, 0), p.Currency))
	}
	return err
}

// approved enters the gift of a case that was begun by hand; that of the register is moved by its turn.
func (s *Service) approved(ctx context.Context, q db.Q, d procedure.Decided) error {
	if _, ok := procedure.SubjectOf(d.Case.Subject, Subject); ok {
		return nil
	}
	p, err := loadPolicy(ctx, q)
	if err != nil {
		return err
	}
	in, err := s.fromCase(d, p)
	if err != nil {
		return err
	}
	now := s.Now()
	g := Gift{
		ID: id.New(now), CustomerID: d.Case.CustomerID, Input: in, Currency: p.Currency, GiverID: d.Case.StartedBy, State: Approved, CaseID: d.Case.ID,
		CreatedBy: d.Case.StartedBy, CreatedAt: clock.Micros(now),
	}
	if err := reserve(ctx, q, &g, p, 1); err != nil {
		return err
	}
	if err := insert(ctx, q, &g, "", ""); err != nil {
		return err
	}
	return s.record(ctx, q, &g, "gift.enter", map[string]any{"what": g.What, "value": money.Format(g.Value, g.Currency), "currency": g.Currency, "case": d.Case.Number})
}

// fromCase reads a gift from the record of a case.
func (s *Service) fromCase(d procedure.Decided, p Policy) (Input, error) {
	value, err := money.Parse(strings.TrimSpace(d.Attrs["value"]), p.Currency)
	if err != nil {
		return Input{}, errs.Wrap(err, errs.Conflict, "gift.incomplete")
	}
	in := Input{What: d.Attrs["what"], Occasion: d.Attrs["occasion"], Value: value.Minor, On: s.Today(), Note: d.Attrs["to"]}
	return in, in.check(p)
}

// turned moves a gift with the case of its approval.
func (s *Service) turned(ctx context.Context, q db.Q, t procedure.Turn) error {
	g, ok, err := s.of(ctx, q, &t.Case)
	if err != nil || !ok {
		return err
	}
	next := g
	switch {
	case t.Case.Status == flow.Running:
		if g.State != Approved && g.State != Refused {
			return errs.New(errs.Conflict, "gift.wrong_state", "state", string(g.State))
		}
		next.State = Waiting
	case g.State != Waiting: // cancelled, whereby its case was withdrawn
		return nil
	case t.Case.Status == flow.Ended && t.Case.Good:
		next.State = Approved
	default:
		next.State = Refused
	}
	next.Said = cut(t.Reason)
	return s.move(ctx, q, &g, &next)
}

// cut keeps a reason within what a gift takes.
func cut(text string) string {
	if r := []rune(strings.TrimSpace(text)); len(r) > maxSaid {
		return string(r[:maxSaid-1]) + "…"
	}
	return strings.TrimSpace(text)
}

// About tells whoever decides on a gift about it: what the customer got this year.
func (s *Service) About(ctx context.Context, q db.Q, giftID, customerID int64) (procedure.Subject, error) {
	g, err := load(ctx, q, giftID)
	if db.IsNoRows(err) || err == nil && g.CustomerID != customerID {
		return procedure.Subject{}, nil
	}
	if err != nil {
		return procedure.Subject{}, err
	}
	year, _, _ := g.On.Civil()
	used, err := usedIn(ctx, q, customerID, year, g.Currency)
	fact := func(zh, en, value string) procedure.SubjectFact {
		return procedure.SubjectFact{Title: flow.Text{Zh: zh, En: en}, Value: flow.Text{Zh: value, En: value}}
	}
	sum := money.Format(used, g.Currency) + " " + g.Currency
	return procedure.Subject{Title: flow.Text{Zh: "礼品", En: "Gift"}, Page: "/gifts?open=" + id.String(g.ID), Facts: []procedure.SubjectFact{
		fact("礼品", "Gift", g.What), fact("事由", "Occasion", g.Occasion), fact("价值", "Value", money.Format(g.Value, g.Currency)+" "+g.Currency),
		fact("送出日期", "Day", g.On.String()), fact("本年度该客户礼品合计（含本件）", "Gifts of this customer in the year, this one included", sum),
	}}, err
}
