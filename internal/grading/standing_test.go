package grading

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// Whatever the order in which pages end, and however they were cut before an interruption: the cursor says exactly what is done.
func TestTheCursorKnowsWhatIsDone(t *testing.T) {
	for seed := range uint64(300) {
		draw := rand.New(rand.NewPCG(seed, 3)) //nolint:gosec // which pages, nothing more
		done, at := map[int64]bool{}, progress{}
		const all = 60
		for range 3 { // cut anew after each interruption
			var pages []stretch
			for after := at.After; after < all; {
				last := min(all, after+1+draw.Int64N(9))
				pages = append(pages, stretch{after, last})
				after = last
			}
			draw.Shuffle(len(pages), func(i, k int) { pages[i], pages[k] = pages[k], pages[i] })
			for _, p := range pages[:len(pages)*2/3] {
				at.pass(p)
				for id := p.After + 1; id <= p.Last; id++ {
					done[id] = true
				}
				for id := int64(1); id <= all; id++ {
					said := id <= at.After || slices.ContainsFunc(at.Ahead, func(s stretch) bool { return s.has(id) })
					if said != done[id] {
						t.Fatalf("seed %d: %d done: %v, said: %v (%+v)", seed, id, done[id], said, at)
					}
				}
			}
		}
		at.pass(stretch{at.After, all})
		if at.After != all || len(at.Ahead) != 0 {
			t.Fatalf("seed %d: not through: %+v", seed, at)
		}
	}
}

// Standings that were taken before an interruption are not taken again, though another run has moved them since: each customer
// moves once in a run.
func TestWhatWasTakenAheadIsNotTakenAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(12)
		sum := k.grade(dealers, "2026-06-30")
		run, err := getRun(k.ctx, d.Read(), sum.RunID)
		if err != nil {
			t.Fatal(err)
		}
		k.tx(func(q db.Q) error {
			_, err := q.Exec(k.ctx, "UPDATE standing SET verdict_id = verdict_id - 1, code = 'before'") // as another run left it
			return err
		})
		ids, err := idsAfter(context.Background(), d.Read(), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		steps := func(before ...stretch) (out []int64) {
			one := &taking{r: &running{s: k.s, runs: []Run{run}}, before: before}
			page, err := one.steps(k.ctx, span{last: 1<<62 - 1, n: int64(len(ids))})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range page[0] {
				out = append(out, s.now.CustomerID)
			}
			return out
		}
		everybody := steps()
		if len(everybody) != int(sum.InScope) || len(everybody) < 8 {
			t.Fatalf("%d steps of %d in scope", len(everybody), sum.InScope)
		}
		rest := steps(stretch{everybody[1], everybody[4]})
		if want := slices.Delete(slices.Clone(everybody), 2, 5); !slices.Equal(rest, want) {
			t.Errorf("taken: %v, want %v", rest, want)
		}
	})
}
