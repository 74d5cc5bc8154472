package grading

import (
	"context"
	"errors"
	"strconv"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// JudgedItem is one thing people judge about a customer, with what was said.
type JudgedItem struct {
	rule.Judgement
	MayJudge bool
	History  []Judged // newest first; the first one counts
}

// OpenJudgement is something about a customer that nobody has judged yet.
type OpenJudgement struct {
	CustomerID   int64
	CustomerCode string
	CustomerName string
	Region       string
	OwnerID      int64
	OwnerName    string
	Item         rule.Judgement
	MayJudge     bool
}

// OpenFilter bounds a list of open judgements.
type OpenFilter struct {
	Rulebook string
	Item     string // one item; "" = all
	Mine     bool   // only what the acting person may judge
	Cursor   string
	Limit    int // 1 to 200
}

// errEnough ends a walk whose page is full.
var errEnough = errors.New("enough")

// openLook is how many customers one page of open judgements looks at: a page may be shorter than asked for and still have a next one.
const openLook = 20 * openPage

// openPage is how many customers are looked at together.
const openPage = 256

// OpenJudgements lists what still must be judged about the customers in the scope of a rulebook, by customer id, and gives the
// cursor of the next page ("" on the last). Needs grading.read; the reach over customers applies. Errors: rulebook.unknown,
// rulebook.not_in_force, cursor.invalid.
func (s *Service) OpenJudgements(ctx context.Context, f OpenFilter) ([]OpenJudgement, string, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return nil, "", err
	}
	w := &openWalk{filter: f, scope: actor.Scope(authz.GradingRead)}
	if w.after, w.skip, err = openCursor(f.Cursor); err != nil {
		return nil, "", err
	}
	today := s.Today()
	in, err := s.books.InForce(ctx, s.db.Read(), f.Rulebook, today)
	if err != nil {
		return nil, "", err
	}
	w.rules = judgeRulesOf(in.Book, in.Program)
	if f.Item != "" && w.rules.item(f.Item) == nil {
		var v errs.Validation
		v.Check(false, "item", "grading.judged_unknown", "item", f.Item, "rulebook", f.Rulebook, "items", w.rules.names())
		return nil, "", v.Err()
	}
	if w.by, err = s.judge(ctx, actor); err != nil {
		return nil, "", err
	}
	if len(w.rules.items) == 0 {
		return nil, "", nil
	}
	segments, err := s.segmentsFor(ctx, in, today)
	if err != nil {
		return nil, "", err
	}
	err = s.db.InRead(ctx, func(q db.Q) error {
		hidden, err := fact.Hidden(ctx, q)
		if err != nil {
			return err
		}
		w.bench = (&judgement{in: in, asOf: today, loc: s.loc, hidden: hidden, segments: segments}).bench()
		return w.walk(ctx, q, today)
	})
	if err != nil {
		return nil, "", err
	}
	return w.out, w.next, s.nameOwners(ctx, w.out)
}

func (s *Service) nameOwners(ctx context.Context, list []OpenJudgement) error {
	owners := make([]int64, len(list))
	for i := range list {
		owners[i] = list[i].OwnerID
	}
	names, err := userNames(ctx, s.db.Read(), owners)
	for i := range list {
		list[i].OwnerName = names[list[i].OwnerID]
	}
	return err
}

// openWalk goes through the customers in the order of their ids.
type openWalk struct {
	filter OpenFilter
	scope  authz.Scope
	rules  judgeRules
	by     *judge
	bench  *bench
	after  int64
	skip   int // items of the customer after `after` that were listed before
	out    []OpenJudgement
	next   string
}

func openCursor(cursor string) (after int64, skip int, err error) {
	vals, err := db.DecodeCursor(cursor, 2)
	if err != nil || vals == nil {
		return 0, 0, err
	}
	if after, err = number(vals[0]); err != nil {
		return 0, 0, err
	}
	n, err := number(vals[1])
	return after, int(n), err
}

func (w *openWalk) walk(ctx context.Context, q db.Q, today calendar.Date) error {
	looked := 0
	err := spans(ctx, q, w.after, openPage, func(at span) error {
		if w.next != "" {
			return errEnough
		}
		page, err := w.bench.j.reader(false).members(ctx, q, at)
		if err != nil {
			return err
		}
		judged, err := judgedIn(ctx, q, w.filter.Rulebook, today, at)
		if err != nil {
			return err
		}
		for i := range page {
			if done, err := w.member(&page[i], judged[page[i].id]); done || err != nil {
				return err
			}
		}
		if looked += len(page); looked >= openLook && at.n == openPage {
			w.next = db.EncodeCursor(id.String(at.last), "0")
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// member adds what is open about one customer; done when the page is full.
func (w *openWalk) member(m *member, judged map[string]string) (done bool, err error) {
	if !w.scope.Covers(m.place()) {
		return false, nil
	}
	ok, err := w.bench.inScope(m)
	if !ok || err != nil {
		return false, err
	}
	for i, item := range w.rules.items {
		if i < w.skip || judged[item.Name] != "" || w.filter.Item != "" && w.filter.Item != item.Name {
			continue
		}
		may := w.by.may(w.rules.book, item.By, m.owner) && w.by.actor.Scope(authz.GradingJudge).Covers(m.place())
		if w.filter.Mine && !may {
			continue
		}
		if len(w.out) == w.filter.Limit {
			w.next = db.EncodeCursor(id.String(m.id-1), strconv.Itoa(i))
			return true, nil
		}
		w.out = append(w.out, OpenJudgement{
			CustomerID: m.id, CustomerCode: m.code, CustomerName: m.name, Region: m.region, OwnerID: m.owner, Item: item, MayJudge: may,
		})
	}
	w.skip = 0
	return false, nil
}
