package review

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"kezhi/internal/authz"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// Details is a campaign as the acting person sees it; all numbers are of the customers within sight.
type Details struct {
	Review
	Title    rule.Text
	BookName rule.Text
	Scheme   rule.Scheme
	Rules    *rule.Review
	Regions  []Region
	Totals   Numbers
	Late     bool // the first round should be over and is not
	// What the acting person may do, and what waits for it.
	MayRate, MayMeet, MayManage bool
	ToRate                      int64
	Delegations                 []Delegation // those that concern the person; all for whoever may close
	OpenedByName, ClosedByName  string
}

// Numbers count customers of a campaign.
type Numbers struct {
	Customers, Rated, Draft, Met, Differs, Reopened, Newcomers int64
	Waiting, Approved, Rejected                                int64            // for signatures
	Grades                                                     map[string]int64 // by the newest round
}

func (n *Numbers) add(t *tally) {
	n.Customers += t.n
	count := func(when bool, to *int64) {
		if when {
			*to += t.n
		}
	}
	count(t.rated, &n.Rated)
	count(t.state == LineDraft, &n.Draft)
	count(t.state == LineMet, &n.Met)
	count(t.state == LineReopened, &n.Reopened)
	count(t.differs, &n.Differs)
	count(t.newcomer, &n.Newcomers)
	count(t.approval == ApprovalWaiting, &n.Waiting)
	count(t.approval == ApprovalApproved, &n.Approved)
	count(t.approval == ApprovalRejected, &n.Rejected)
	if t.rated {
		if n.Grades == nil {
			n.Grades = map[string]int64{}
		}
		n.Grades[t.grade] += t.n
	}
}

// Region is a unit whose customers are rated.
type Region struct {
	UnitID         int64 // 0 = customers without a unit
	NameZh, NameEn string
	Raters         []Person // who rates there: the nearest upwards that hold the post
	Late           bool     // not done though the first round should be over
	Numbers
}

// Reviews gives campaigns newest first and the cursor of the next page. Needs grading.read.
func (s *Service) Reviews(ctx context.Context, rulebook, state, cursor string, limit int) ([]Details, string, error) {
	if _, err := authz.Require(ctx, authz.GradingRead); err != nil {
		return nil, "", err
	}
	before := int64(0)
	if vals, err := db.DecodeCursor(cursor, 1); err != nil {
		return nil, "", err
	} else if vals != nil {
		if before, err = id.Parse(vals[0]); err != nil {
			return nil, "", errs.New(errs.Invalid, "cursor.invalid")
		}
	}
	list, err := listReviews(ctx, s.db.Read(), rulebook, state, before, limit+1)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(list) > limit {
		list = list[:limit]
		next = db.EncodeCursor(id.String(list[limit-1].ID))
	}
	out := make([]Details, len(list))
	for i := range list {
		if out[i], err = s.details(ctx, list[i]); err != nil {
			return nil, "", err
		}
	}
	return out, next, nil
}

// Get gives one campaign. Needs grading.read.
func (s *Service) Get(ctx context.Context, reviewID int64) (Details, error) {
	if _, err := authz.Require(ctx, authz.GradingRead); err != nil {
		return Details{}, err
	}
	r, err := getReview(ctx, s.db.Read(), reviewID)
	if err != nil {
		return Details{}, err
	}
	return s.details(ctx, r)
}

func (s *Service) details(ctx context.Context, r Review) (Details, error) {
	q := s.db.Read()
	c, err := s.campaignOf(ctx, q, r)
	if err != nil {
		return Details{}, err
	}
	a, err := s.access(ctx, q, c)
	if err != nil {
		return Details{}, err
	}
	_, manage := requireAll(ctx)
	d := Details{Review: r, Title: c.title(), BookName: c.in.Book.Title(), Scheme: c.in.Scheme, Rules: c.rules, Late: late(&r, s.Today()), MayManage: manage == nil}
	d.MayMeet = a.chairs(c)
	d.Totals.Grades = map[string]int64{}
	list, err := tallies(ctx, q, c, a)
	if err != nil {
		return d, err
	}
	if err := s.regions(ctx, q, c, list, &d); err != nil {
		return d, err
	}
	if err := s.waiting(ctx, q, c, a, &d); err != nil {
		return d, err
	}
	if d.Delegations, err = delegationsOf(ctx, q, r.ID); err != nil {
		return d, err
	}
	d.Delegations = slices.DeleteFunc(d.Delegations, func(x Delegation) bool {
		return x.Ended || !d.MayManage && x.FromID != a.actor.UserID && x.ToID != a.actor.UserID
	})
	names, err := namesOf(ctx, q, []int64{r.OpenedBy, r.ClosedBy})
	d.OpenedByName, d.ClosedByName = names[r.OpenedBy], names[r.ClosedBy]
	return d, err
}

// waiting counts what waits for the acting person.
func (s *Service) waiting(ctx context.Context, q db.Q, c *campaign, a *access, d *Details) error {
	mine, _ := a.rateable(c, "c")
	d.MayRate = mine != "(1=0)"
	if d.MayRate && (c.State == Rating || c.State == Meeting) {
		for _, state := range []string{LineWaiting, LineDraft, LineReopened} {
			n, err := countLines(ctx, q, c, a, &LineFilter{Mine: true, State: state})
			if err != nil {
				return err
			}
			d.ToRate += n
		}
	}
	return nil
}

// regions sorts the tallies by unit and says who rates there.
func (s *Service) regions(ctx context.Context, q db.Q, c *campaign, list []tally, d *Details) error {
	units, err := unitsOf(ctx, q)
	if err != nil {
		return err
	}
	tree, err := unitTree(ctx, q)
	if err != nil {
		return err
	}
	var raters []Person
	if step := c.rules.Step(rule.StepRate); step != nil {
		if role, known := authz.RoleOf(step.By, c.in.Book.NamesOf(step.By)); known {
			if raters, err = holdersOf(ctx, q, role); err != nil {
				return err
			}
		}
	}
	at := map[int64]int{}
	for i := range list {
		t := &list[i]
		n, ok := at[t.unit]
		if !ok {
			n = len(d.Regions)
			at[t.unit] = n
			u := units[t.unit]
			d.Regions = append(d.Regions, Region{UnitID: t.unit, NameZh: u.NameZh, NameEn: u.NameEn, Raters: nearest(raters, tree, t.unit)})
		}
		d.Regions[n].add(t)
		d.Totals.add(t)
	}
	for i := range d.Regions {
		d.Regions[i].Late = d.Late && d.Regions[i].Rated < d.Regions[i].Customers
	}
	slices.SortStableFunc(d.Regions, func(a, b Region) int { return cmp.Or(cmp.Compare(a.NameZh, b.NameZh), cmp.Compare(a.UnitID, b.UnitID)) })
	return nil
}

// nearest gives those holders whose unit is this one or the nearest above it that has any.
func nearest(list []Person, tree map[int64]int64, unitID int64) []Person {
	for u := unitID; u != 0; u = tree[u] {
		var out []Person
		for _, h := range list {
			if h.unit == u {
				out = append(out, h)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// Lines gives a page of lines within sight, the cursor of the next page, and how many there are. Needs grading.read.
func (s *Service) Lines(ctx context.Context, reviewID int64, f LineFilter) ([]Line, string, int64, error) {
	q := s.db.Read()
	c, err := s.campaign(ctx, q, reviewID)
	if err != nil {
		return nil, "", 0, err
	}
	a, err := s.access(ctx, q, c)
	if err != nil {
		return nil, "", 0, err
	}
	after, err := f.after()
	if err != nil {
		return nil, "", 0, err
	}
	list, err := listLines(ctx, q, c, a, &f, after)
	if err != nil {
		return nil, "", 0, err
	}
	total, err := countLines(ctx, q, c, a, &f)
	if err != nil || len(list) <= f.Limit {
		return list, "", total, err
	}
	list = list[:f.Limit]
	return list, f.cursor(&list[f.Limit-1]), total, nil
}

func (f *LineFilter) cursor(last *Line) string {
	if f.Sort == "score" {
		return db.EncodeCursor("score", strconv.FormatInt(scoreOf(last), 10), id.String(last.CustomerID))
	}
	return db.EncodeCursor("code", last.Code, id.String(last.CustomerID))
}

func (f *LineFilter) after() ([]any, error) {
	vals, err := db.DecodeCursor(f.Cursor, 3)
	if err != nil || vals == nil {
		return nil, err
	}
	customerID, err := strconv.ParseInt(vals[2], 10, 64)
	if err != nil || vals[0] != cmp.Or(f.Sort, "code") {
		return nil, errs.New(errs.Invalid, "cursor.invalid")
	}
	if vals[0] == "code" {
		return []any{vals[1], customerID}, nil
	}
	score, err := strconv.ParseInt(vals[1], 10, 64)
	if err != nil {
		return nil, errs.New(errs.Invalid, "cursor.invalid")
	}
	return []any{score, customerID}, nil
}

// History gives the lines of a customer in the campaigns it was part of, newest first. Needs grading.read over the customer.
func (s *Service) History(ctx context.Context, customerID int64, limit int) ([]Line, []Review, error) {
	if _, err := s.guard(ctx, authz.GradingRead, customerID); err != nil {
		return nil, nil, err
	}
	lines, err := historyOf(ctx, s.db.Read(), customerID, 0, limit)
	if err != nil {
		return nil, nil, err
	}
	reviews := make([]Review, len(lines))
	for i := range lines {
		if reviews[i], err = getReview(ctx, s.db.Read(), lines[i].ReviewID); err != nil {
			return nil, nil, err
		}
	}
	return lines, reviews, nil
}

// guard authorises the actor for one customer.
func (s *Service) guard(ctx context.Context, p authz.Permission, customerID int64) (customer.Ref, error) {
	return s.customers.Guard(ctx, p, customerID)
}

// Tasks gives the campaigns in which something waits for the acting person, and those under way that it manages. Needs grading.read.
func (s *Service) Tasks(ctx context.Context) ([]Details, error) {
	if _, err := authz.Require(ctx, authz.GradingRead); err != nil {
		return nil, err
	}
	list, err := activeReviews(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	out := []Details{}
	for _, r := range list {
		d, err := s.details(ctx, r)
		if err != nil {
			return nil, err
		}
		if d.ToRate > 0 || d.State != Closed && (d.MayMeet || d.MayManage) {
			out = append(out, d)
		}
	}
	return out, nil
}

// score writes millionths as people read them.
func score(micro *int64) string { return grading.FormatScore(micro) }
