package grading

import (
	"context"
	"slices"

	"kezhi/internal/db"
	"kezhi/internal/fact"
	"kezhi/internal/rule"
)

// measure folds the facts of those members that are wanted and hands over their measures, which are valid only during the
// call. Every wanted member is handed over exactly once.
func (b *bench) measure(ctx context.Context, q db.Q, page []member, wanted []bool, visit func(i int, m rule.Measures) error) error {
	at, last := -1, int64(-1)
	var again []int
	next := func(until int) error { // closes members up to, not including, until
		for ; at < until; at++ {
			if at >= 0 && wanted[at] {
				if b.fold.Replay() {
					again = append(again, at)
				} else if err := visit(at, b.fold.Measures()); err != nil {
					return err
				}
			}
			b.fold.Reset()
		}
		return nil
	}
	if len(page) == 0 {
		return nil
	}
	err := b.scan(ctx, q, page[0].id, page[len(page)-1].id+1, func(customerID int64) (bool, error) {
		if customerID != last {
			last = customerID
			i, found := slices.BinarySearchFunc(page, customerID, func(m member, id int64) int { return compare(m.id, id) })
			if !found {
				return false, nil
			}
			if err := next(i); err != nil {
				return false, err
			}
		}
		return at >= 0 && page[at].id == customerID && wanted[at], nil
	})
	if err != nil {
		return err
	}
	if err := next(len(page)); err != nil {
		return err
	}
	for _, i := range again {
		if err := b.measureAgain(ctx, q, page[i].id, func(m rule.Measures) error { return visit(i, m) }); err != nil {
			return err
		}
	}
	return nil
}

// measureAgain reads the facts of one customer until no reversal is a surprise: the second reading knows them all.
func (b *bench) measureAgain(ctx context.Context, q db.Q, customerID int64, visit func(rule.Measures) error) error {
	b.fold.Reset()
	for range 2 {
		if err := b.scan(ctx, q, customerID, customerID+1, func(int64) (bool, error) { return true, nil }); err != nil {
			return err
		}
		if !b.fold.Replay() {
			break
		}
		b.fold.Restart()
	}
	return visit(b.fold.Measures())
}

// scan adds the facts of customers lo <= id < hi to the fold as long as want says so.
func (b *bench) scan(ctx context.Context, q db.Q, lo, hi int64, want func(customerID int64) (bool, error)) error {
	f := &b.fact
	return fact.Scan(ctx, q, b.from, lo, hi, b.kinds, b.needs, b.j.hidden, b.j.asOf, func(customerID int64, r *fact.Row) error {
		ok, err := want(customerID)
		if !ok || err != nil {
			return err
		}
		f.ID, f.Reverses, f.Kind, f.Currency, f.Status, f.On, f.At = r.ID, r.Reverses, r.Kind, r.Currency, r.Status, r.On, r.At
		f.Amount, f.HasAmount, f.Quantity, f.Document, f.Product = r.Amount, r.HasAmount, r.Quantity, r.Document, r.Product
		b.attrs = r.Attrs
		b.fold.Add(f)
		return nil
	})
}
