// Package event is the outbox: what happened is written in the transaction that made it happen, and handed to the
// subscribers afterwards, each event once, in order. Features react to each other through it and never call downward.
package event

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// batch is how many events one transaction hands out; idle is how long the dispatcher sleeps when nobody wakes it
// (another process may have written the event).
const (
	batch = 100
	idle  = 2 * time.Second
)

// Event is something that happened. Payload is the JSON the emitter gave.
type Event struct {
	ID         int64
	At         time.Time
	Kind       string // noun.past_participle: grading.completed
	CustomerID int64  // 0 = no single customer
	Payload    json.RawMessage
}

// Handler reacts inside the dispatching transaction: it writes rows or enqueues a job, it never waits.
type Handler func(ctx context.Context, q db.Q, e Event) error

// Bus writes events and hands them out.
type Bus struct {
	db    *db.DB
	now   clock.Clock
	log   *slog.Logger
	subs  map[string][]Handler
	wake  chan struct{}
	done  chan struct{}
	mu    sync.Mutex         // guards stop and ended
	stop  context.CancelFunc // nil until Start
	ended bool
}

// NewBus makes a bus. Subscribe everything before Start.
func NewBus(d *db.DB, now clock.Clock, log *slog.Logger) *Bus {
	return &Bus{db: d, now: now, log: log, subs: map[string][]Handler{}, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

// Subscribe registers a reaction to a kind of event.
func (b *Bus) Subscribe(kind string, h Handler) { b.subs[kind] = append(b.subs[kind], h) }

// Emit writes an event in the caller's transaction.
func (b *Bus) Emit(ctx context.Context, q db.Q, kind string, customerID int64, payload any) error {
	p, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("encoding event %s: %w", kind, err)
	}
	now := b.now()
	if _, err := q.Exec(ctx, "INSERT INTO event (id, at, kind, customer_id, payload) VALUES (?,?,?,?,?)",
		id.New(now), clock.Micros(now), kind, customerID, string(p)); err != nil {
		return fmt.Errorf("writing event %s: %w", kind, err)
	}
	q.AfterCommit(b.poke)
	return nil
}

// Dispatch hands out everything that is open and gives the number of events handled.
func (b *Bus) Dispatch(ctx context.Context) (int, error) {
	ctx = authz.With(ctx, authz.System("event"))
	total := 0
	for {
		handled, seen, err := b.dispatchBatch(ctx)
		total += handled
		if err != nil || seen == 0 {
			return total, err
		}
	}
}

// dispatchBatch says how many events were open and how many of them this process was the one to handle.
func (b *Bus) dispatchBatch(ctx context.Context) (handled, seen int, err error) {
	open, err := db.List(ctx, b.db.Read(), "SELECT id, at, kind, customer_id, payload FROM event WHERE handled_at IS NULL ORDER BY id LIMIT ?",
		[]any{batch}, func(r db.Rows) (Event, error) {
			var e Event
			var at int64
			var p []byte
			err := r.Scan(&e.ID, &at, &e.Kind, &e.CustomerID, &p)
			e.At, e.Payload = clock.FromMicros(at), p
			return e, err
		})
	if err != nil {
		return 0, 0, err
	}
	for _, e := range open {
		var got int64
		err := b.db.InTx(ctx, func(q db.Q) (err error) {
			// The guarded update makes one process the winner where several run.
			got, err = q.Exec(ctx, "UPDATE event SET handled_at = ? WHERE id = ? AND handled_at IS NULL", clock.Micros(b.now()), e.ID)
			if err != nil || got == 0 {
				return err
			}
			for _, h := range b.subs[e.Kind] {
				if err := safely(ctx, h, q, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return handled, len(open), fmt.Errorf("handling event %s: %w", e.Kind, err)
		}
		handled += int(got)
	}
	return handled, len(open), nil
}

// safely turns a panic of a handler into an error: one broken reaction must not end the process.
func safely(ctx context.Context, h Handler, q db.Q, e Event) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h(ctx, q, e)
}

// Start begins to hand out events in the background until Stop. A second call, or one after Stop, does nothing.
func (b *Bus) Start() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stop != nil || b.ended {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	b.stop = cancel
	go b.loop(ctx)
}

// Stop ends the background work and waits for it: an event in hand is undone and stays open. A second call only waits.
func (b *Bus) Stop() {
	b.mu.Lock()
	b.ended = true
	stop := b.stop
	b.mu.Unlock()
	if stop != nil {
		stop()
		<-b.done
	}
}

func (b *Bus) loop(ctx context.Context) {
	defer close(b.done)
	t := time.NewTicker(idle)
	defer t.Stop()
	for {
		if _, err := b.Dispatch(ctx); err != nil && ctx.Err() == nil {
			b.log.ErrorContext(ctx, "dispatching events", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
		case <-t.C:
		}
	}
}

func (b *Bus) poke() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}
