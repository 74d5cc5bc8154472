package event_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
)

var (
	ctx = context.Background()
	now = clock.Fixed(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
)

func newBus(d *db.DB) *event.Bus { return event.NewBus(d, now, slog.New(slog.DiscardHandler)) }

func emit(t testing.TB, d *db.DB, b *event.Bus, kind string, n int) {
	t.Helper()
	err := d.InTx(ctx, func(q db.Q) error {
		for i := range n {
			if err := b.Emit(ctx, q, kind, int64(i+1), map[string]int{"n": i}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(t testing.TB, d *db.DB, where string) (n int) {
	t.Helper()
	if err := db.Get(ctx, d.Read(), "SELECT COUNT(*) FROM "+where, nil, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

const open = "event WHERE handled_at IS NULL"

// note writes a row with an event's number: what a reaction leaves behind in the database.
func note(q db.Q, e event.Event) error {
	var payload struct{ N int }
	if err := json.Unmarshal(e.Payload, &payload); err != nil {
		return err
	}
	_, err := q.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES (?, ?, ?)", fmt.Sprintf("%s %d", e.Kind, payload.N), "", payload.N)
	return err
}

func TestEachEventIsDeliveredOnceAndInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBus(d)
		var got []int64
		b.Subscribe("order.added", func(c context.Context, q db.Q, e event.Event) error {
			if a, ok := authz.From(c); !ok || a.Name != "event" || e.Kind != "order.added" || !e.At.Equal(now()) {
				t.Errorf("actor %v, event %+v", a, e)
			}
			got = append(got, e.CustomerID)
			return note(q, e)
		})
		second := 0
		b.Subscribe("order.added", func(context.Context, db.Q, event.Event) error { second++; return nil })
		const n = 230 // more than two batches
		emit(t, d, b, "order.added", n)
		emit(t, d, b, "nobody.cares", 3)
		if handled, err := b.Dispatch(ctx); err != nil || handled != n+3 {
			t.Fatalf("handled %d, %v", handled, err)
		}
		if handled, err := b.Dispatch(ctx); err != nil || handled != 0 {
			t.Fatalf("again: %d, %v", handled, err)
		}
		if len(got) != n || second != n || !slices.IsSorted(got) || count(t, d, open) != 0 || count(t, d, "setting") != n {
			t.Fatalf("%d deliveries, sorted %v, second %d, %d open", len(got), slices.IsSorted(got), second, count(t, d, open))
		}
	})
}

func TestTwoBusesShareTheWorkWithoutRepeatingIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const n = 120
		buses := []*event.Bus{newBus(d), newBus(d)}
		var mu sync.Mutex
		var committed []int64
		for _, b := range buses {
			b.Subscribe("order.added", func(_ context.Context, q db.Q, e event.Event) error {
				q.AfterCommit(func() { mu.Lock(); committed = append(committed, e.CustomerID); mu.Unlock() })
				return note(q, e) // the same event twice would violate the key of the row
			})
		}
		emit(t, d, buses[0], "order.added", n)
		var wg sync.WaitGroup
		var handled [2]int
		var failed [2]error
		for i, b := range buses {
			wg.Go(func() { handled[i], failed[i] = b.Dispatch(ctx) })
		}
		wg.Wait()
		if err := errors.Join(failed[:]...); err != nil {
			t.Fatal(err)
		}
		slices.Sort(committed)
		if handled[0]+handled[1] != n || len(slices.Compact(committed)) != n || count(t, d, "setting") != n || count(t, d, open) != 0 {
			t.Fatalf("handled %v, %d committed, %d rows, %d open", handled, len(committed), count(t, d, "setting"), count(t, d, open))
		}
	})
}

// hand is a clock that a test moves.
type hand struct{ t time.Time }

func (h *hand) now() time.Time { return h.t }

func TestAFailingHandlerLeavesTheEventOpenAndNothingHalfDone(t *testing.T) {
	for name, fail := range map[string]func() error{
		"error": func() error { return errors.New("not today") },
		"panic": func() error { panic("a bug in a reaction") },
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				clockHand := &hand{now()}
				b := event.NewBus(d, clockHand.now, slog.New(slog.DiscardHandler))
				broken := true
				b.Subscribe("order.added", func(_ context.Context, q db.Q, e event.Event) error { return note(q, e) })
				b.Subscribe("order.added", func(_ context.Context, _ db.Q, e event.Event) error {
					if broken && e.CustomerID == 3 {
						return fail()
					}
					return nil
				})
				emit(t, d, b, "order.added", 5)
				handled, err := b.Dispatch(ctx)
				if err == nil || !strings.Contains(err.Error(), "order.added") || handled != 4 {
					t.Fatalf("handled %d, %v", handled, err)
				}
				if count(t, d, open) != 1 || count(t, d, "setting") != 4 {
					t.Fatalf("%d open, %d rows", count(t, d, open), count(t, d, "setting"))
				}
				broken = false
				if handled, err := b.Dispatch(ctx); err != nil || handled != 0 {
					t.Fatalf("before the pause is over: %d, %v", handled, err)
				}
				clockHand.t = clockHand.t.Add(2 * time.Second)
				if handled, err := b.Dispatch(ctx); err != nil || handled != 1 || count(t, d, "setting") != 5 {
					t.Fatalf("afterwards: %d, %v, %d rows", handled, err, count(t, d, "setting"))
				}
			})
		})
	}
}

func TestAReactionThatAlwaysFailsIsParkedAndWaitsForAPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clockHand := &hand{now()}
		b := event.NewBus(d, clockHand.now, slog.New(slog.DiscardHandler))
		tries, passed := 0, 0
		b.Subscribe("order.added", func(_ context.Context, _ db.Q, e event.Event) error {
			if e.CustomerID == 1 {
				tries++
				return errors.New("never")
			}
			passed++
			return nil
		})
		emit(t, d, b, "order.added", 3)
		for range 40 { // far longer than all pauses together
			if _, err := b.Dispatch(ctx); err != nil && !strings.Contains(err.Error(), "never") {
				t.Fatal(err)
			}
			clockHand.t = clockHand.t.Add(time.Minute)
		}
		admin := authz.With(ctx, authz.System("admin"))
		list, err := b.Failures(admin)
		if err != nil || len(list) != 1 || !list[0].Parked || list[0].Tries != tries || tries < 5 || tries > 20 || list[0].CustomerID != 1 || !strings.Contains(list[0].Error, "never") || passed != 2 {
			t.Fatalf("%+v, %d tries, %d passed, %v", list, tries, passed, err)
		}
		before := tries
		if err := b.Retry(admin, list[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Dispatch(ctx); err == nil || tries != before+1 {
			t.Fatalf("after retry: %d tries, %v", tries, err)
		}
		if err := b.Skip(admin, list[0].ID); err != nil {
			t.Fatal(err)
		}
		if list, err := b.Failures(admin); err != nil || len(list) != 0 || count(t, d, open) != 0 {
			t.Fatalf("after skipping: %+v %v", list, err)
		}
		if err := b.Skip(admin, list[0].ID); !db.IsNoRows(err) {
			t.Errorf("skipping twice: %v", err)
		}
		if n := count(t, d, "audit_entry WHERE action IN ('event.retry', 'event.skip')"); n != 2 {
			t.Errorf("%d audit entries", n)
		}
		if _, err := b.Failures(authz.With(ctx, authz.Actor{UserID: 7})); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("somebody without the right: %v", err)
		}
	})
}

func TestAnEventOfAFailedTransactionNeverHappened(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBus(d)
		boom := errors.New("boom")
		err := d.InTx(ctx, func(q db.Q) error { return errors.Join(b.Emit(ctx, q, "order.added", 1, nil), boom) })
		if !errors.Is(err, boom) || count(t, d, "event") != 0 {
			t.Fatalf("%v, %d events", err, count(t, d, "event"))
		}
		if err := d.InTx(ctx, func(q db.Q) error { return b.Emit(ctx, q, "order.added", 1, func() {}) }); err == nil {
			t.Fatal("a payload that is not JSON was taken")
		}
	})
}

func TestStartHandsOutWhatIsEmittedLater(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBus(d)
		got := make(chan int64, 10)
		b.Subscribe("order.added", func(_ context.Context, q db.Q, e event.Event) error {
			q.AfterCommit(func() { got <- e.CustomerID })
			return nil
		})
		b.Start()
		b.Start()
		emit(t, d, b, "order.added", 2)
		if a, z := <-got, <-got; a != 1 || z != 2 {
			t.Fatalf("got %d, %d", a, z)
		}
		b.Stop()
		b.Stop()
		emit(t, d, b, "order.added", 1)
		b.Start()
		if count(t, d, open) != 1 || len(got) != 0 {
			t.Fatal("a stopped bus went on")
		}
		b.Stop()
	})
}

func TestStopWhileWorkingLeavesTheEventOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBus(d)
		began := make(chan struct{})
		b.Subscribe("order.added", func(c context.Context, q db.Q, e event.Event) error {
			if err := note(q, e); err != nil {
				return err
			}
			close(began)
			<-c.Done()
			return c.Err()
		})
		b.Start()
		emit(t, d, b, "order.added", 1)
		<-began
		var stopping sync.WaitGroup
		for range 3 {
			stopping.Go(b.Stop)
		}
		stopping.Wait()
		if count(t, d, open) != 1 || count(t, d, "setting") != 0 {
			t.Fatalf("%d open, %d rows", count(t, d, open), count(t, d, "setting"))
		}
		newBus(d).Stop() // one that never started
	})
}
