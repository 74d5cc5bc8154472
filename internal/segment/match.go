package segment

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/rule"
)

// pageSize is how many customers are folded on one snapshot.
const pageSize = 256

// inside is the code of the one-grade scheme that a group's measures are judged by.
const inside = "in"

// program turns the measures of a group into a rulebook of one decision row, so that a measure means here exactly what it
// means in a rulebook. Errors: segment.measure with the problem's sentences and the number of the measure.
func program(measures []Measure) (*rule.Program, error) {
	defs, when, facts := map[string]any{}, map[string]any{}, map[string]map[string]map[string]string{}
	for i, m := range measures {
		name := "m" + strconv.Itoa(i+1)
		defs[name] = m.definition()
		when[name] = m.interval()
		m.declare(facts)
	}
	attrs := map[string]any{}
	for kind, fields := range facts {
		attrs[kind] = map[string]any{"attrs": fields}
	}
	label := func(code string) map[string]any {
		return map[string]any{"code": code, "title": map[string]string{"zh": code, "en": code}}
	}
	text, err := json.Marshal(map[string]any{ // JSON is YAML
		"rulebook": "segment", "version": "1.0.0", "title": map[string]string{"zh": "客户群", "en": "Segment"},
		"facts": attrs, "measures": defs,
		"grades": map[string]any{
			"scheme": "segment", "labels": []any{label(inside), label("out")}, "hit": "first",
			"table": []any{map[string]any{"code": inside, "when": when}, map[string]any{"code": "out", "otherwise": true}},
		},
	})
	if err != nil {
		return nil, err
	}
	book, problems := rule.Parse(map[string][]byte{
		"rulebook.yaml": text, "clauses.md": []byte("# 客户群 | Segment\n"), "cases.yaml": []byte("[]\n"),
	})
	if rule.HasErrors(problems) {
		return nil, broken(problems)
	}
	p, problems := rule.Compile(book, nil)
	if p == nil {
		return nil, broken(problems)
	}
	return p, nil
}

func broken(problems []rule.Problem) error {
	for _, p := range problems {
		if p.Severity == rule.SeverityError {
			return errs.New(errs.Invalid, "segment.measure", "zh", p.Message.Zh+" "+p.Remedy.Zh, "en", p.Message.En+" "+p.Remedy.En)
		}
	}
	return errs.New(errs.Invalid, "segment.measure", "zh", "", "en", "")
}

func (m *Measure) definition() map[string]any {
	d := map[string]any{"of": m.Of}
	switch m.Do {
	case "count":
		d["count"] = m.Of[0]
	default:
		d[m.Do] = m.Field
	}
	put := func(key, value string) {
		if value != "" {
			d[key] = value
		}
	}
	put("where", m.Where)
	put("window", m.Window)
	put("unit", m.Unit)
	return d
}

func (m *Measure) interval() map[string]string {
	iv := map[string]string{}
	for key, value := range map[string]string{"at_least": m.AtLeast, "above": m.Above, "at_most": m.AtMost, "below": m.Below} {
		if value != "" {
			iv[key] = value
		}
	}
	return iv
}

// declare adds a numeric field of a fact that is not one of its own columns.
func (m *Measure) declare(facts map[string]map[string]map[string]string) {
	if m.Do == "count" || m.Do == "distinct" || m.Do == "days_since" || m.Field == "" || m.Field == "amount" || m.Field == "quantity" {
		return
	}
	for _, kind := range m.Of {
		if facts[kind] == nil {
			facts[kind] = map[string]map[string]string{}
		}
		facts[kind][m.Field] = map[string]string{"type": "number"}
	}
}

// matcher finds out who meets the conditions of groups as of a day.
type matcher struct {
	db        *db.DB
	loc       *time.Location
	customers *customer.Service
	asOf      calendar.Date
}

// match gives the ids of the customers the actor may see that meet one of the groups, in ascending order.
// Errors: those of customer.ParseConditions and customer.Service.IDs, segment.measure.
func (mt *matcher) match(ctx context.Context, groups []Group, progress func(done, total int64) error) ([]int64, error) {
	var all []int64
	for i := range groups {
		conditions, err := customer.ParseConditions(groups[i].Conditions)
		if err != nil {
			return nil, err
		}
		ids, err := mt.customers.IDs(ctx, customer.Query{Conditions: conditions})
		if err != nil {
			return nil, err
		}
		if len(groups[i].Measures) > 0 {
			p, err := program(groups[i].Measures)
			if err != nil {
				return nil, err
			}
			if ids, err = mt.measured(ctx, p, ids, progress); err != nil {
				return nil, err
			}
		}
		all = append(all, ids...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// measured keeps the customers whose measures lie in the intervals. A measure without a value lies in none.
func (mt *matcher) measured(ctx context.Context, p *rule.Program, ids []int64, progress func(done, total int64) error) ([]int64, error) {
	hidden, err := fact.Hidden(ctx, mt.db.Read())
	if err != nil {
		return nil, err
	}
	f := newFolder(p, mt.asOf, mt.loc, hidden)
	var out []int64
	for at := 0; at < len(ids); at += pageSize {
		page := ids[at:min(at+pageSize, len(ids))]
		err := mt.db.InRead(ctx, func(q db.Q) error { return f.page(ctx, q, page, &out) })
		if err == nil {
			err = progress(int64(at+len(page)), int64(len(ids)))
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// folder folds the facts of customers one after the other.
type folder struct {
	p      *rule.Program
	fold   *rule.Fold
	fact   rule.Fact
	row    *fact.Row
	needs  fact.Needs
	hidden map[int64]struct{}
	asOf   calendar.Date
}

func newFolder(p *rule.Program, asOf calendar.Date, loc *time.Location, hidden map[int64]struct{}) *folder {
	n := p.Needs()
	f := &folder{
		p: p, fold: p.NewFoldAt(asOf, clock.Micros(asOf.Midnight(loc))), hidden: hidden, asOf: asOf,
		needs: fact.Needs{Document: n.Documents, Product: n.Products, Quantity: n.Quantity, At: n.At, Attrs: n.Attrs},
	}
	if n.Attrs {
		f.fact.Attr = func(name string) string { return fact.Attr(f.row.Attrs, name) }
	}
	return f
}

// page appends those of the customers (ascending ids) that lie inside.
func (f *folder) page(ctx context.Context, q db.Q, page []int64, out *[]int64) error {
	at := 0
	var again []int64 // a reversal came as a surprise: the facts are read once more when this reading is over
	f.fold.Reset()
	next := func() {
		if f.fold.Replay() {
			again = append(again, page[at])
		} else if f.inside() {
			*out = append(*out, page[at])
		}
		at++
		f.fold.Reset()
	}
	err := f.scan(ctx, q, page[0], page[len(page)-1]+1, func(customerID int64) bool {
		for at < len(page) && page[at] < customerID {
			next()
		}
		return at < len(page) && page[at] == customerID
	})
	for err == nil && at < len(page) {
		next()
	}
	for i := 0; err == nil && i < len(again); i++ {
		var ok bool
		if ok, err = f.again(ctx, q, again[i]); ok {
			*out = append(*out, again[i])
		}
	}
	return err
}

func (f *folder) inside() bool {
	return f.p.Judge(rule.Subject{}, 0, f.fold.Measures(), nil).Code == inside
}

// again judges a customer in two readings: the first finds the reversals, the second leaves out what they took back.
func (f *folder) again(ctx context.Context, q db.Q, customerID int64) (bool, error) {
	f.fold.Reset()
	for range 2 {
		f.fold.Restart()
		if err := f.scan(ctx, q, customerID, customerID+1, func(int64) bool { return true }); err != nil {
			return false, err
		}
	}
	return f.inside(), nil
}

func (f *folder) scan(ctx context.Context, q db.Q, lo, hi int64, want func(customerID int64) bool) error {
	x := &f.fact
	return fact.Scan(ctx, q, f.p.From(f.asOf), lo, hi, f.p.Kinds(), f.needs, f.hidden, f.asOf, func(customerID int64, r *fact.Row) error {
		if !want(customerID) {
			return nil
		}
		f.row = r
		x.ID, x.Reverses, x.Kind, x.Currency, x.Status, x.On, x.At = r.ID, r.Reverses, r.Kind, r.Currency, r.Status, r.On, r.At
		x.Amount, x.HasAmount, x.Quantity, x.Document, x.Product = r.Amount, r.HasAmount, r.Quantity, r.Document, r.Product
		f.fold.Add(x)
		return nil
	})
}
