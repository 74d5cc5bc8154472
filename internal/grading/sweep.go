package grading

import (
	"context"
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"

	"kezhi/internal/db"
)

// pageSize is how many customers are judged together: large enough that the queries of a page cost nothing beside its
// facts, small enough that the pages in flight stay within a few megabytes.
const pageSize = 1024

// span is a page of customers: those with after < id <= last, or of them only those in ids.
type span struct {
	after, last int64
	n           int64   // how many
	ids         []int64 // nil = all in the range
}

// and adds the page that follows.
func (at span) and(next span) span {
	if at.n == 0 && at.ids == nil {
		return next
	}
	return span{after: at.after, last: next.last, n: at.n + next.n, ids: append(at.ids[:len(at.ids):len(at.ids)], next.ids...)}
}

// where gives the condition on a column that holds the customer's id.
func (at span) where(column string) (string, []any) {
	if at.ids != nil {
		return db.Among(column, at.ids)
	}
	return column + " > ? AND " + column + " <= ?", []any{at.after, at.last}
}

// pace is how work over all customers is cut up. It never changes what comes out.
type pace struct {
	page    int // customers judged together
	workers int // pages judged at once
	write   int // customers written together, whole pages; never less than a page
}

// writeSize is how many customers one transaction writes: enough that its commit costs nothing beside its rows, few enough that
// others do not wait long for theirs and that a run that is killed has little to do again.
const writeSize = 4096

func defaultPace() pace {
	return pace{page: pageSize, workers: runtime.GOMAXPROCS(0), write: writeSize}
}

// pages hands over the customers above an id in pages of a size, in the order of their ids.
type pages func(ctx context.Context, q db.Q, after int64, size int, fn func(span) error) error

// sweep walks over all customers with an id above after. Several goroutines work on pages at once, each with a helper of its
// own made by begin; sink gets the results one after the other in the order of the ids, and is where writing happens.
func sweep[H, R any](ctx context.Context, q db.Q, how pace, cut pages, after int64, begin func() H,
	work func(ctx context.Context, helper H, at span) (R, error), sink func(ctx context.Context, at span, result R) error,
) error {
	type page struct {
		at     span
		result chan R
	}
	todo := make(chan page)
	inOrder := make(chan page, 2*how.workers+how.write/how.page) // bounds the results that wait for the one before them, or to be written
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(todo)
		defer close(inOrder)
		return cut(ctx, q, after, how.page, func(at span) error {
			p := page{at, make(chan R, 1)}
			for _, to := range []chan page{inOrder, todo} {
				select {
				case to <- p:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range how.workers {
		g.Go(func() error {
			helper := begin()
			for p := range todo {
				r, err := work(ctx, helper, p.at)
				if err != nil {
					return err
				}
				p.result <- r
			}
			return nil
		})
	}
	g.Go(func() error {
		for p := range inOrder {
			select {
			case r := <-p.result:
				if err := sink(ctx, p.at, r); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return g.Wait()
}

// spans cuts the customers above an id into pages; the last page reaches to the end of all ids, so that no customer can
// fall between two pages.
func spans(ctx context.Context, q db.Q, after int64, size int, fn func(span) error) error {
	for {
		ids, err := idsAfter(ctx, q, after, size)
		if err != nil {
			return err
		}
		at := span{after: after, last: math.MaxInt64 - 1, n: int64(len(ids))}
		if len(ids) == size {
			at.last = ids[len(ids)-1]
		}
		if err := fn(at); err != nil {
			return err
		}
		if len(ids) < size {
			return nil
		}
		after = at.last
	}
}
