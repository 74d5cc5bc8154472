package review

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/rulebook"
)

// Bounds of what a deal is named by, and of how many are shown.
const (
	maxDocument = 100
	shownDeals  = 50
)

// DealRating is the rating of one deal of a customer that is too new for a grade that lasts (客户质量评定表). It is never edited.
type DealRating struct {
	CustomerID int64
	ID         int64
	Rulebook   string
	Scheme     string
	Document   string // of the deal
	On         calendar.Date
	Code       string // the provisional grade that followed
	Reason     string
	RatedBy    int64
	ByName     string
	RatedAt    time.Time
}

// DealInput rates a deal. Scheme "" is the rulebook's first; On None is today.
type DealInput struct {
	Rulebook string
	Scheme   string
	Document string
	On       calendar.Date
	Values   []Value
	Reason   string
}

// validate tidies the input and reports every wrong field.
func (in *DealInput) validate(today calendar.Date) error {
	in.Document, in.Reason = strings.TrimSpace(in.Document), strings.TrimSpace(in.Reason)
	var v errs.Validation
	v.Check(in.Document != "", "document", "field.required")
	v.Check(len(in.Document) <= maxDocument, "document", "field.too_long", "max", maxDocument)
	v.Check(in.Reason != "", "reason", "field.required")
	v.Check(len(in.Reason) <= maxNote, "reason", "field.too_long", "max", maxNote)
	v.Check(in.On <= today, "on", "review.deal_ahead", "today", today.String())
	return v.Err()
}

// Young is how a customer stands that is too new for a grade that lasts.
type Young struct {
	Rulebook string
	Scheme   string
	Form     string // the form the rulebook names for deals
	Clause   string
	Until    calendar.Date // the last day on which its grade is provisional
	Code     string        // what follows today
	Deals    []DealRating  // newest first
}

// Young gives how a new customer stands by each rulebook in force that grades young customers provisionally; nothing for a customer
// that is new no more. Needs grading.read over the customer.
func (s *Service) Young(ctx context.Context, customerID int64) ([]Young, error) {
	if _, err := s.guard(ctx, authz.GradingRead, customerID); err != nil {
		return nil, err
	}
	q := s.db.Read()
	books, err := s.books.AllInForce(authz.With(ctx, authz.System("review")), q, s.Today())
	if err != nil {
		return nil, err
	}
	out := []Young{}
	for _, in := range books {
		if !in.Program.Graded() || in.Program.NewCustomer() == nil {
			continue
		}
		p, err := s.young(ctx, &in, customerID, nil)
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		n := in.Program.NewCustomer()
		y := Young{Rulebook: in.Book.ID(), Scheme: in.Scheme.ID, Form: n.Form, Clause: n.Clause, Until: n.LastDay(p.FirstFact), Code: p.Code}
		if y.Deals, err = dealsOf(ctx, q, customerID, y.Rulebook, shownDeals); err != nil {
			return nil, err
		}
		out = append(out, y)
	}
	return out, nil
}

// young works out a customer with some values; nil when it is not in scope or new no more.
func (s *Service) young(ctx context.Context, in *rulebook.InForce, customerID int64, list []Value) (*grading.Previewed, error) {
	said := map[string]string{}
	for _, v := range list {
		said[v.Item] = v.Value
	}
	page, err := s.gradings.Preview(authz.With(ctx, authz.System("review")), grading.PreviewInput{
		Rulebook: in.Book.ID(), Scheme: in.Scheme.ID, AsOf: s.Today(), Customers: []int64{customerID}, Judged: map[int64]map[string]string{customerID: said},
	})
	if err != nil || len(page) == 0 || !page[0].InScope || !page[0].Provisional {
		return nil, err
	}
	return &page[0], nil
}

// RateDeal rates a deal of a new customer: what was judged counts from the day of the deal on, and the customer is graded again at once.
// The grade stays provisional until the customer is new no more. Needs grading.judge over the customer and, for each item, the post the
// rulebook names. Errors: not_found, rulebook.*, grading.unknown_scheme, review.not_new, invalid_input.
func (s *Service) RateDeal(ctx context.Context, customerID int64, in DealInput) (DealRating, error) {
	ref, err := s.guard(ctx, authz.GradingJudge, customerID)
	if err != nil {
		return DealRating{}, err
	}
	today := s.Today()
	if in.On == calendar.None {
		in.On = today
	}
	if err := in.validate(today); err != nil {
		return DealRating{}, err
	}
	held, err := s.books.InForce(authz.With(ctx, authz.System("review")), s.db.Read(), in.Rulebook, today)
	if err != nil {
		return DealRating{}, err
	}
	one, ok := held.For(in.Scheme)
	if !ok {
		return DealRating{}, errs.New(errs.NotFound, "grading.unknown_scheme", "rulebook", in.Rulebook, "scheme", in.Scheme)
	}
	if _, err := s.stillYoung(ctx, &one, ref, customerID, nil); err != nil {
		return DealRating{}, err
	}
	// Giving a value that is given already changes nothing, so that a request that was cut off here can be repeated.
	if len(in.Values) > 0 {
		if _, err := s.gradings.Judge(ctx, in.Rulebook, judgedOn(customerID, &in)); err != nil {
			return DealRating{}, ofValues(err, in.Values)
		}
	}
	p, err := s.stillYoung(ctx, &one, ref, customerID, in.Values)
	if err != nil {
		return DealRating{}, err
	}
	return s.keepDeal(ctx, customerID, &in, &one, p)
}

// stillYoung is young for a customer whose deal is rated. Error: review.not_new.
func (s *Service) stillYoung(ctx context.Context, in *rulebook.InForce, ref customer.Ref, customerID int64, list []Value) (*grading.Previewed, error) {
	p, err := s.young(ctx, in, customerID, list)
	if err == nil && p == nil {
		err = errs.New(errs.Conflict, "review.not_new", "customer", ref.Name)
	}
	return p, err
}

// ofValues names the wrong fields of a judgement as the input of a deal has them: values.ITEM, beside which a form can show them.
func ofValues(err error, list []Value) error {
	e, ok := errs.As(err)
	if !ok || len(e.Fields) == 0 {
		return err
	}
	var v errs.Validation
	for _, f := range e.Fields {
		var at int
		if _, no := fmt.Sscanf(f.Path, "items[%d]", &at); no == nil && at < len(list) {
			f.Path = "values." + list[at].Item
		}
		v.Add(f)
	}
	return v.Err()
}

func judgedOn(customerID int64, in *DealInput) []grading.JudgeInput {
	out := make([]grading.JudgeInput, len(in.Values))
	for i, v := range in.Values {
		note := v.Reason
		if note == "" {
			note = in.Reason
		}
		out[i] = grading.JudgeInput{CustomerID: customerID, Item: v.Item, Value: v.Value, Note: note, From: in.On}
	}
	return out
}

func (s *Service) keepDeal(ctx context.Context, customerID int64, in *DealInput, one *rulebook.InForce, p *grading.Previewed) (DealRating, error) {
	actor, err := authz.Require(ctx, authz.GradingJudge)
	if err != nil {
		return DealRating{}, err
	}
	now := s.now()
	d := DealRating{
		CustomerID: customerID, ID: id.New(now), Rulebook: in.Rulebook, Scheme: one.Scheme.ID, Document: in.Document, On: in.On, Code: p.Code, Reason: in.Reason,
		RatedBy: actor.UserID, ByName: actor.Name, RatedAt: now,
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := insertDeal(ctx, q, &d); err != nil {
			return err
		}
		if err := audit.Write(ctx, q, now, audit.Entry{
			Action: "deal.rate", Entity: "deal_rating", EntityID: id.String(d.ID), CustomerID: customerID,
			Detail: map[string]any{"rulebook": d.Rulebook, "document": d.Document, "on": d.On.String(), "code": d.Code, "reason": d.Reason, "values": in.Values},
		}); err != nil {
			return err
		}
		return s.gradings.JudgeSoon(ctx, q, in.Rulebook, customerID, 0)
	})
	return d, err
}
