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
const pageSize = 256

// span is a page of customers: those with after < id <= last.
type span struct {
	after, last int64
	n           int64 // how many
}

// sweep walks over all customers with an id above after. Several goroutines work on pages at once, each with a helper of its
// own made by begin; sink gets the results one after the other in the order of the ids, and is where writing happens.
func sweep[H, R any](ctx context.Context, q db.Q, after int64, begin func() H,
	work func(ctx context.Context, helper H, at span) (R, error), sink func(ctx context.Context, at span, result R) error,
) error {
	type page struct {
		at     span
		result chan R
	}
	workers := runtime.GOMAXPROCS(0)
	todo := make(chan page)
	inOrder := make(chan page, 2*workers) // bounds the results that wait for the one before them
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(todo)
		defer close(inOrder)
		return spans(ctx, q, after, func(at span) error {
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
	for range workers {
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
func spans(ctx context.Context, q db.Q, after int64, fn func(span) error) error {
	for {
		ids, err := idsAfter(ctx, q, after, pageSize)
		if err != nil {
			return err
		}
		at := span{after: after, last: math.MaxInt64 - 1, n: int64(len(ids))}
		if len(ids) == pageSize {
			at.last = ids[len(ids)-1]
		}
		if err := fn(at); err != nil {
			return err
		}
		if len(ids) < pageSize {
			return nil
		}
		after = at.last
	}
}
