package event

import (
	"context"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// Failed is an event whose reaction failed at least once and which is still open.
type Failed struct {
	Event
	Tries   int
	RetryAt time.Time // when it is tried next; meaningless once parked
	Error   string    // of the last try, shortened
	Parked  bool      // tried too often: waits for Retry or Skip
}

// maxError bounds what is kept of an error, in bytes.
const maxError = 1000

// failed notes a failed reaction with its event, and when to try again.
func (b *Bus) failed(ctx context.Context, e Event, cause error) error {
	text := cause.Error()
	if len(text) > maxError {
		text = strings.ToValidUTF8(text[:maxError], "")
	}
	now := b.now()
	e.tries++
	var parked any
	if e.tries >= maxTries {
		parked = clock.Micros(now)
		b.log.ErrorContext(ctx, "an event is parked: its reaction failed too often", "event", e.ID, "kind", e.Kind, "tries", e.tries)
	}
	return b.db.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "UPDATE event SET tries = ?, retry_at = ?, error = ?, parked_at = ? WHERE id = ? AND handled_at IS NULL",
			e.tries, clock.Micros(now.Add(time.Second<<(e.tries-1))), text, parked, e.ID)
		return err
	})
}

const eventColumns = "id, at, kind, customer_id, payload, tries, retry_at, error, parked_at"

func scanFailed(r db.Rows) (Failed, error) {
	var f Failed
	var at, retry int64
	var payload []byte
	var parked *int64
	err := r.Scan(&f.ID, &at, &f.Kind, &f.CustomerID, &payload, &f.Tries, &retry, &f.Error, &parked)
	f.At, f.Payload, f.RetryAt, f.Parked, f.tries = clock.FromMicros(at), payload, clock.FromMicros(retry), parked != nil, f.Tries
	return f, err
}

// dueEvents gives the next events to hand out, oldest first.
func dueEvents(ctx context.Context, q db.Q, now int64) ([]Event, error) {
	return db.List(ctx, q, "SELECT "+eventColumns+" FROM event WHERE handled_at IS NULL AND parked_at IS NULL AND retry_at <= ? ORDER BY id LIMIT ?",
		[]any{now, batch}, func(r db.Rows) (Event, error) {
			f, err := scanFailed(r)
			return f.Event, err
		})
}

// Failures gives the open events whose reaction failed, oldest first, at most 200. Needs system.manage.
func (b *Bus) Failures(ctx context.Context) ([]Failed, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return nil, err
	}
	return db.List(ctx, b.db.Read(), "SELECT "+eventColumns+" FROM event WHERE tries > 0 AND handled_at IS NULL ORDER BY id LIMIT 200", nil, scanFailed)
}

// Retry has a failed event tried again at once, with all its tries before it. Needs system.manage. Error not_found.
func (b *Bus) Retry(ctx context.Context, eventID int64) error {
	return b.settle(ctx, eventID, "event.retry", "UPDATE event SET tries = 0, retry_at = 0, parked_at = NULL WHERE id = ? AND tries > 0 AND handled_at IS NULL")
}

// Skip closes a failed event: its reactions will never run. Needs system.manage. Error not_found.
func (b *Bus) Skip(ctx context.Context, eventID int64) error {
	return b.settle(ctx, eventID, "event.skip", "UPDATE event SET handled_at = ? WHERE id = ? AND tries > 0 AND handled_at IS NULL", clock.Micros(b.now()))
}

func (b *Bus) settle(ctx context.Context, eventID int64, action, update string, args ...any) error {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return err
	}
	return b.db.InTx(ctx, func(q db.Q) error {
		f, err := db.One(ctx, q, "SELECT "+eventColumns+" FROM event WHERE id = ?", []any{eventID}, scanFailed)
		if err != nil {
			return err
		}
		n, err := q.Exec(ctx, update, append(args, eventID)...)
		if err != nil {
			return err
		}
		if n == 0 {
			return db.ErrNoRows // it never failed, or is done by now
		}
		q.AfterCommit(b.poke)
		return audit.Write(ctx, q, b.now(), audit.Entry{
			Action: action, Entity: "event", EntityID: id.String(eventID), CustomerID: f.CustomerID,
			Detail: map[string]any{"kind": f.Kind, "tries": f.Tries, "error": f.Error},
		})
	})
}

// Outbox says what has not been handed out yet.
type Outbox struct {
	Open, Parked int64     // Open counts the parked ones too
	Oldest       time.Time // when the oldest that is not parked happened; zero = none is open
}

// Outbox counts what has not been handed out yet.
func (b *Bus) Outbox(ctx context.Context) (Outbox, error) {
	var o Outbox
	var oldest *int64
	err := db.Get(ctx, b.db.Read(), "SELECT COUNT(*), COUNT(parked_at), MIN(CASE WHEN parked_at IS NULL THEN at END) FROM event WHERE handled_at IS NULL", nil, &o.Open, &o.Parked, &oldest)
	if oldest != nil {
		o.Oldest = clock.FromMicros(*oldest)
	}
	return o, err
}
