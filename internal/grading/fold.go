package grading

import (
	"context"
	"slices"

	"kezhi/internal/db"
	"kezhi/internal/fact"
	"kezhi/internal/rule"
)

// walk is the way of a fold over the members of a page. Members without a fact are visited too.
type walk struct {
	b      *bench
	page   []member
	wanted []bool
	visit  func(i int, m rule.Measures) error
	at     int   // the member whose facts are being added; -1 before the first
	again  []int // members with a reversal that came as a surprise: to be read again
}

// measure folds the facts of those members that are wanted and hands over their measures, which are valid only during the
// call. Every wanted member is handed over exactly once.
func (b *bench) measure(ctx context.Context, q db.Q, at span, page []member, wanted []bool, visit func(i int, m rule.Measures) error) error {
	if len(page) == 0 {
		return nil
	}
	w := &walk{b: b, page: page, wanted: wanted, visit: visit, at: -1}
	if err := b.scan(ctx, q, at, w.fact); err != nil {
		return err
	}
	if err := w.to(len(page)); err != nil {
		return err
	}
	for _, i := range w.again {
		if err := b.measureAgain(ctx, q, page[i].id, func(m rule.Measures) error { return visit(i, m) }); err != nil {
			return err
		}
	}
	return nil
}

// fact says whether a fact of a customer is to be added, and closes the members before that customer.
func (w *walk) fact(customerID int64) (bool, error) {
	if w.at >= 0 && w.page[w.at].id == customerID {
		return w.wanted[w.at], nil
	}
	i, found := slices.BinarySearchFunc(w.page, customerID, func(m member, id int64) int { return compare(m.id, id) })
	if !found {
		return false, nil // came after the members were read
	}
	return w.wanted[i], w.to(i)
}

// to closes the members up to the one at i, which is then the one whose facts are added.
func (w *walk) to(i int) error {
	for ; w.at < i; w.at++ {
		if w.at >= 0 && w.wanted[w.at] {
			if w.b.fold.Replay() {
				w.again = append(w.again, w.at)
			} else if err := w.visit(w.at, w.b.fold.Measures()); err != nil {
				return err
			}
		}
		w.b.fold.Reset()
	}
	return nil
}

// measureAgain reads the facts of one customer until no reversal is a surprise: the second reading knows them all.
func (b *bench) measureAgain(ctx context.Context, q db.Q, customerID int64, visit func(rule.Measures) error) error {
	b.fold.Reset()
	for range 2 {
		if err := b.scan(ctx, q, span{ids: []int64{customerID}}, func(int64) (bool, error) { return true, nil }); err != nil {
			return err
		}
		if !b.fold.Replay() {
			break
		}
		b.fold.Restart()
	}
	return visit(b.fold.Measures())
}

// scan adds the facts of the customers of a page to the fold as long as want says so.
func (b *bench) scan(ctx context.Context, q db.Q, at span, want func(customerID int64) (bool, error)) error {
	f := &b.fact
	add := func(customerID int64, r *fact.Row) error {
		ok, err := want(customerID)
		if !ok || err != nil {
			return err
		}
		fillFact(f, r)
		b.attrs = r.Attrs
		b.fold.Add(f)
		return nil
	}
	if at.ids != nil {
		return fact.ScanOf(ctx, q, b.from, at.ids, b.kinds, b.needs, b.j.hidden, b.j.asOf, add)
	}
	return fact.Scan(ctx, q, b.from, at.after+1, at.last+1, b.kinds, b.needs, b.j.hidden, b.j.asOf, add)
}

func fillFact(f *rule.Fact, r *fact.Row) {
	f.ID, f.Reverses, f.Kind, f.Currency, f.Status, f.On, f.At = r.ID, r.Reverses, r.Kind, r.Currency, r.Status, r.On, r.At
	f.Amount, f.HasAmount, f.Quantity, f.Document, f.Product = r.Amount, r.HasAmount, r.Quantity, r.Document, r.Product
}
