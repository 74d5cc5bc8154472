// Package event is the outbox: what happened is written in the transaction that made it happen, and handed to the
// subscribers afterwards, each event once, in order. Features react to each other through it and never call downward.
//
// A reaction that fails leaves its event open and lets the later ones pass: it is tried again after a pause that doubles,
// and parked after maxTries. What is parked waits for a person, who has it tried again or skips it (system.manage).
package event

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// batch is how many events one transaction hands out; idle is how long the dispatcher sleeps when nobody wakes it
// (another process may have written the event).
const (
	batch = 100
	idle  = 2 * time.Second
)

// maxTries is how often a reaction is tried; with pauses that double from a second that is about eight minutes.
const maxTries = 10

// Event is something that happened. Payload is the JSON the emitter gave.
type Event struct {
	ID         int64
	At         time.Time
	Kind       string // noun.past_participle: grading.completed
	CustomerID int64  // 0 = no single customer
	Payload    json.RawMessage
	tries      int // that failed
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
	line, err := b.Line(kind, customerID, payload)
	if err != nil {
		return err
	}
	if _, err := db.ExecAll(ctx, q, Writing([]Line{line})); err != nil {
		return fmt.Errorf("writing event %s: %w", kind, err)
	}
	b.Announce(q)
	return nil
}

// Line is an event on its way into the outbox.
type Line struct {
	id, at     int64
	kind       string
	customerID int64
	payload    string
}

// Line makes an event of now, for a caller that writes many at once.
func (b *Bus) Line(kind string, customerID int64, payload any) (Line, error) {
	p, err := json.Marshal(payload)
	if err != nil {
		return Line{}, fmt.Errorf("encoding event %s: %w", kind, err)
	}
	now := b.now()
	return Line{id: id.New(now), at: clock.Micros(now), kind: kind, customerID: customerID, payload: string(p)}, nil
}

// Writing gives the statements that write events, to be run with the caller's other ones, in a transaction that also
// calls Announce.
func Writing(lines []Line) []db.Stmt {
	rows := make([][]any, len(lines))
	for i, l := range lines {
		rows[i] = []any{l.id, l.at, l.kind, l.customerID, l.payload}
	}
	return db.RowsOf("INSERT INTO event (id, at, kind, customer_id, payload) VALUES ", "", rows)
}

// Announce has the events of a transaction handed out as soon as it is over.
func (b *Bus) Announce(q db.Q) { q.AfterCommit(b.poke) }

// Dispatch hands out everything that is due and gives the number of events handled. Reactions that failed are noted with their
// events and joined in the error; they keep nothing else from being handed out.
func (b *Bus) Dispatch(ctx context.Context) (int, error) {
	ctx = authz.With(ctx, authz.System("event"))
	total := 0
	var failed []error
	for {
		open, err := dueEvents(ctx, b.db.Read(), clock.Micros(b.now()))
		if err != nil || len(open) == 0 {
			return total, errors.Join(append(failed, err)...)
		}
		for _, e := range open {
			got, err := b.handle(ctx, e)
			total += int(got)
			if err == nil {
				continue
			}
			err = fmt.Errorf("handling event %s: %w", e.Kind, err)
			if ctx.Err() != nil || errs.KindOf(err) == errs.Unavailable {
				return total, errors.Join(append(failed, err)...) // nobody's reaction is to blame
			}
			if noted := b.failed(ctx, e, err); noted != nil {
				return total, errors.Join(append(failed, err, noted)...)
			}
			if len(failed) < batch {
				failed = append(failed, err)
			}
		}
	}
}

// handle runs the reactions to an event and says whether this process was the one to do it.
func (b *Bus) handle(ctx context.Context, e Event) (got int64, err error) {
	err = b.db.InTx(ctx, func(q db.Q) (err error) {
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
		return 0, err
	}
	return got, nil
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
