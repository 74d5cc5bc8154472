package review

import (
	"cmp"
	"context"
	"slices"

	"kezhi/internal/db"
	"kezhi/internal/grading"
	"kezhi/internal/rule"
)

// Form is the rating form of one customer (客户资信评估表): what follows as things stand, what people judge, and every version.
type Form struct {
	Line
	Now       grading.Previewed // what follows with the values on the form
	Items     []FormItem
	Versions  []Version // oldest first
	Signed    Signed
	Files     []fileRef
	MayRate   bool
	MayMeet   bool
	MayReopen bool
	Names     map[int64]string // of the people named
	posts     map[string]rule.Text
}

// FormItem is one judged item on a form.
type FormItem struct {
	rule.Judgement
	Value    string // on the form now
	Reason   string
	Given    string // what counts today; "" while nobody has judged
	MayJudge bool   // in the round that is open, by whoever reads
}

// rated is a line with what the acting person may do to it.
type rated struct {
	*campaign
	*access
	line Line
	hat  *hat // under which the person rates in the first round; nil when it may not
}

// rated reads a line within sight; not_found otherwise.
func (s *Service) rated(ctx context.Context, q db.Q, reviewID, customerID int64) (*rated, error) {
	c, err := s.campaign(ctx, q, reviewID)
	if err != nil {
		return nil, err
	}
	a, err := s.access(ctx, q, c)
	if err != nil {
		return nil, err
	}
	l, err := getLine(ctx, q, reviewID, customerID)
	if err != nil {
		return nil, err
	}
	if !a.sees(&l) {
		return nil, hidden()
	}
	return &rated{c, a, l, a.rater(c, &l)}, nil
}

// mayRate says whether the first round is open for the person on this line.
func (x *rated) mayRate() bool {
	return x.hat != nil && (x.State == Rating || x.State == Meeting && x.line.State != LineMet) &&
		(x.line.State == LineWaiting || x.line.State == LineDraft || x.line.State == LineReopened) ||
		x.hat != nil && x.State == Closed && x.line.State == LineReopened
}

// mayMeet says whether the person may change the line in the meeting.
func (x *rated) mayMeet() bool {
	return x.chairs(x.campaign) && (x.State == Meeting || x.State == Closed && x.line.State == LineReopened)
}

// mayReopen says whether the person may give the line back for rating.
func (x *rated) mayReopen() bool {
	if !x.chairs(x.campaign) || x.line.State == LineReopened {
		return false
	}
	return x.line.Rated() && (x.State == Rating || x.State == Meeting || x.State == Closed)
}

// Form gives the form of a customer. Needs grading.read over the customer, or to stand in for somebody who has it.
func (s *Service) Form(ctx context.Context, reviewID, customerID int64) (Form, error) {
	q := s.db.Read()
	x, err := s.rated(ctx, q, reviewID, customerID)
	if err != nil {
		return Form{}, err
	}
	f := Form{Line: x.line, posts: x.posts(), MayRate: x.mayRate(), MayMeet: x.mayMeet(), MayReopen: x.mayReopen()}
	if f.Versions, err = versionsOf(ctx, q, reviewID, customerID); err != nil {
		return f, err
	}
	if f.Signed, err = s.signed(ctx, q, &x.line); err != nil {
		return f, err
	}
	if f.Files, err = filesOf(ctx, q, reviewID, customerID); err != nil {
		return f, err
	}
	said := x.said(f.Versions)
	now, given, err := s.preview(ctx, x.campaign, customerID, said)
	if err != nil {
		return f, err
	}
	f.Now, f.Items = now, x.items(said, given)
	f.Names, err = namesOf(ctx, q, f.people())
	return f, err
}

// posts names the posts of the rulebook.
func (c *campaign) posts() map[string]rule.Text {
	out := map[string]rule.Text{}
	for _, r := range c.in.Book.Roles() {
		out[r.Name] = r.Title
	}
	return out
}

// people are those named on a form.
func (f *Form) people() []int64 {
	out := []int64{f.RatedBy}
	for i := range f.Versions {
		out = append(out, f.Versions[i].RatedBy, f.Versions[i].RatedFor)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// said gives the values on the form: those of the newest version, with the draft over them.
func (x *rated) said(versions []Version) map[string]Value {
	out := map[string]Value{}
	for i := range versions {
		if versions[i].ID == x.line.newest() {
			for _, v := range versions[i].Judged {
				out[v.Item] = v
			}
		}
	}
	for _, v := range x.line.Draft.Values {
		out[v.Item] = v
	}
	return out
}

// values takes what was said apart from why.
func values(said map[string]Value) map[string]string {
	out := make(map[string]string, len(said))
	for item, v := range said {
		out[item] = v.Value
	}
	return out
}

// preview works out one customer with values over those given, and gives what counts without them.
func (s *Service) preview(ctx context.Context, c *campaign, customerID int64, said map[string]Value) (grading.Previewed, map[string]string, error) {
	in := grading.PreviewInput{Rulebook: c.Rulebook, Scheme: c.Scheme, AsOf: s.asOf(&c.Review), Customers: []int64{customerID}}
	plain, err := s.gradings.Preview(ctx, in)
	if err != nil || len(plain) == 0 {
		return grading.Previewed{}, nil, cmp.Or(err, hidden())
	}
	given := plain[0].Judged
	if len(said) == 0 {
		return plain[0], given, nil
	}
	in.Judged = map[int64]map[string]string{customerID: values(said)}
	with, err := s.gradings.Preview(ctx, in)
	if err != nil || len(with) == 0 {
		return grading.Previewed{}, nil, cmp.Or(err, hidden())
	}
	return with[0], given, nil
}

// items puts what was said beside what people judge.
func (x *rated) items(said map[string]Value, given map[string]string) []FormItem {
	out := make([]FormItem, len(x.judged))
	for i := range x.judged {
		j := &x.judged[i]
		v, ok := said[j.Name]
		if !ok {
			v.Value = given[j.Name]
		}
		may := x.mayMeet() || x.mayRate() && x.hat.judges(x.actor, x.in.Book, j.By)
		out[i] = FormItem{Judgement: *j, Value: v.Value, Reason: v.Reason, Given: given[j.Name], MayJudge: may}
	}
	return out
}

// PreviewForm works a customer out with some values on its form, without writing anything. Needs to see the customer.
func (s *Service) PreviewForm(ctx context.Context, reviewID, customerID int64, list []Value) (grading.Previewed, error) {
	q := s.db.Read()
	x, err := s.rated(ctx, q, reviewID, customerID)
	if err != nil {
		return grading.Previewed{}, err
	}
	x.hat = nil // looking needs no post
	fill := FillInput{Values: list}
	if err := x.check(&fill); err != nil {
		return grading.Previewed{}, err
	}
	versions, err := versionsOf(ctx, q, reviewID, customerID)
	if err != nil {
		return grading.Previewed{}, err
	}
	said := x.said(versions)
	for _, v := range list {
		said[v.Item] = v
	}
	p, _, err := s.preview(ctx, x.campaign, customerID, said)
	return p, err
}
