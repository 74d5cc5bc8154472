package grading

import (
	"context"
	"encoding/json"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// maxPreview bounds the customers of one preview.
const maxPreview = 1000

// PreviewInput asks what a rulebook would say about some customers if people had judged them so.
type PreviewInput struct {
	Rulebook  string
	Scheme    string // "" = the first
	AsOf      calendar.Date
	Customers []int64
	// Judged are values by customer and item that take the place of those given; "" takes one away. Items not named keep theirs.
	Judged map[int64]map[string]string
}

// Previewed is what would follow for one customer from facts and judgements alone; decisions of people do not count.
type Previewed struct {
	CustomerID  int64
	Number      string // code of the customer
	OwnerID     int64
	UnitID      int64
	InScope     bool
	Code        string // "" = none, for the reason
	Position    int
	Reason      string
	Score       *int64            // millionths
	Provisional bool              // the customer is too new for a grade that lasts
	Judged      map[string]string // the values that were counted, by item
	FirstFact   calendar.Date     // None without a fact
	Explanation rule.Explanation
}

// Preview judges some customers without writing anything, in the order of their ids. Needs grading.read; whoever calls it has
// made sure that the actor may see these customers. Errors: rulebook.unknown, rulebook.not_in_force, grading.unknown_scheme.
func (s *Service) Preview(ctx context.Context, p PreviewInput) ([]Previewed, error) {
	if _, err := authz.Require(ctx, authz.GradingRead); err != nil {
		return nil, err
	}
	if len(p.Customers) > maxPreview {
		return nil, errs.New(errs.TooLarge, "grading.preview_many", "max", maxPreview)
	}
	j, at, err := s.previewing(ctx, p)
	if err != nil {
		return nil, err
	}
	ids := slices.Clone(p.Customers)
	slices.Sort(ids)
	var page []outcome
	err = s.db.InRead(ctx, func(q db.Q) error {
		var err error
		page, err = j.bench().page(ctx, q, span{ids: slices.Compact(ids), n: int64(len(ids))})
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([]Previewed, len(page))
	for i := range page {
		if out[i], err = previewed(&page[i], at, j.schemes[at].Position); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// EachPreview is Preview for everybody in scope with an id above after, in pages and in the order of their ids; Customers and Judged
// of the input do not count. Needs grading.run over all customers. Errors: those of Preview, and fn's own.
func (s *Service) EachPreview(ctx context.Context, p PreviewInput, after int64, fn func(ctx context.Context, last int64, page []Previewed) error) error {
	if _, err := requireAll(ctx); err != nil {
		return err
	}
	p.Judged = nil
	j, at, err := s.previewing(ctx, p)
	if err != nil {
		return err
	}
	return j.judgeAll(ctx, s.db, spans, after, func(ctx context.Context, to span, page []outcome) error {
		out := make([]Previewed, 0, len(page))
		for i := range page {
			if !page[i].inScope {
				continue
			}
			one, err := previewed(&page[i], at, j.schemes[at].Position)
			if err != nil {
				return err
			}
			out = append(out, one)
		}
		return fn(ctx, to.last, out)
	})
}

// previewing prepares a preview and gives the place of its scheme.
func (s *Service) previewing(ctx context.Context, p PreviewInput) (*judgement, int, error) {
	// Who may read grades may read what they rest on.
	ctx = authz.With(ctx, authz.System("grading"))
	in, err := s.books.InForce(ctx, s.db.Read(), p.Rulebook, p.AsOf)
	if err != nil {
		return nil, 0, err
	}
	one, ok := in.For(p.Scheme)
	if !ok {
		return nil, 0, errs.New(errs.NotFound, "grading.unknown_scheme", "rulebook", p.Rulebook, "scheme", p.Scheme)
	}
	j, err := s.begin(ctx, in, p.AsOf, func(int64) error { return nil })
	if err != nil {
		return nil, 0, err
	}
	j.overlay, j.alone = p.Judged, true
	return j, slices.IndexFunc(j.schemes, func(f rulebook.InForce) bool { return f.Scheme.ID == one.Scheme.ID }), nil
}

func previewed(o *outcome, scheme int, position func(string) int) (Previewed, error) {
	p := Previewed{
		CustomerID: o.member.id, Number: o.member.code, OwnerID: o.member.owner, UnitID: o.member.unit, InScope: o.inScope, Judged: o.member.judged, FirstFact: o.member.firstFact, Reason: reasonNotInScope, Position: position(""),
	}
	if !o.inScope {
		return p, nil
	}
	said := &o.said[scheme]
	p.Code, p.Reason, p.Position, p.Provisional = said.verdict.Code, said.verdict.Reason, position(said.verdict.Code), said.verdict.Provisional != ""
	if said.verdict.HasScore {
		score := said.verdict.ScoreMicro
		p.Score = &score
	}
	text := said.explanation
	if said.frame != nil {
		var err error
		if text, err = said.frame.Unpack(text); err != nil {
			return p, err
		}
	}
	return p, json.Unmarshal(text, &p.Explanation)
}
