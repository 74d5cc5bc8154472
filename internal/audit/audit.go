// Package audit keeps the append-only, hash-chained record of who changed what. Entries are written in the transaction
// of the change itself, so there is no change without its entry. Database triggers refuse to update or delete entries.
//
// Each entry's hash covers its content and the hash before it; Verify names the first entry that does not fit.
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Entry is what a feature says about a change.
type Entry struct {
	Action     string // noun.verb: customer.update
	Entity     string // the noun
	EntityID   string
	CustomerID int64 // the customer it concerns, 0 = none in particular
	Detail     any   // JSON-able: Changes, counts, a reason; never a secret
}

// Change is a field before and after.
type Change struct {
	Field  string `json:"field"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

// Record is an entry as it was written.
type Record struct {
	Seq                           int64
	At                            time.Time
	ActorID                       int64
	ActorName, Action, Entity, ID string
	CustomerID                    int64
	Detail                        json.RawMessage
	Request, Prev, Hash           string
}

// Write appends entries in the caller's transaction, under the lock of the chain's head.
func Write(ctx context.Context, q db.Q, now time.Time, entries ...Entry) error {
	if len(entries) == 0 {
		return nil
	}
	actor, ok := authz.From(ctx)
	if !ok {
		return errs.New(errs.Internal, "audit.no_actor")
	}
	// Taking the head first makes writers wait for each other here and not fork the chain.
	var seq int64
	var hash string
	err := db.Get(ctx, q, "UPDATE audit_head SET seq = seq + ? WHERE chain = 1 RETURNING seq, hash", []any{len(entries)}, &seq, &hash)
	if err != nil {
		return fmt.Errorf("locking the audit chain: %w", err)
	}
	seq -= int64(len(entries))
	list := make([]db.Stmt, 0, len(entries)+1)
	for _, e := range entries {
		seq++
		detail, err := json.Marshal(e.Detail)
		if err != nil {
			return fmt.Errorf("encoding audit detail: %w", err)
		}
		r := Record{
			Seq: seq, At: now, ActorID: actor.UserID, ActorName: actor.Name, Action: e.Action, Entity: e.Entity, ID: e.EntityID,
			CustomerID: e.CustomerID, Detail: detail, Request: actor.Request, Prev: hash,
		}
		r.Hash = r.digest()
		list = append(list, inserting(r))
		hash = r.Hash
	}
	// Everybody else waits for the head until this transaction is over: what is left to do goes in one request with its end.
	if err := db.ExecAtEnd(ctx, q, append(list, db.Stmt{SQL: "UPDATE audit_head SET hash = ? WHERE chain = 1", Args: []any{hash}})); err != nil {
		return fmt.Errorf("writing audit entries: %w", err)
	}
	return nil
}

func inserting(r Record) db.Stmt {
	return db.Stmt{
		SQL: `INSERT INTO audit_entry (seq, at, actor_id, actor_name, action, entity, entity_id, customer_id, detail, request_id, prev_hash, hash)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
		Args: []any{r.Seq, clock.Micros(r.At), r.ActorID, r.ActorName, r.Action, r.Entity, r.ID, r.CustomerID, string(r.Detail), r.Request, r.Prev, r.Hash},
	}
}

// digest covers every field; each is preceded by its length, so that no two contents run together.
func (r Record) digest() string {
	h := sha256.New()
	for _, s := range []string{
		r.Prev, strconv.FormatInt(r.Seq, 10), strconv.FormatInt(clock.Micros(r.At), 10), strconv.FormatInt(r.ActorID, 10), r.ActorName,
		r.Action, r.Entity, r.ID, strconv.FormatInt(r.CustomerID, 10), string(r.Detail), r.Request,
	} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil))
}

const columns = "seq, at, actor_id, actor_name, action, entity, entity_id, customer_id, detail, request_id, prev_hash, hash"

func scanOne(rows db.Rows) (Record, error) { return scan(rows) }

func scan(rows db.Rows, more ...any) (Record, error) {
	var r Record
	var at int64
	var detail []byte
	err := rows.Scan(append([]any{&r.Seq, &at, &r.ActorID, &r.ActorName, &r.Action, &r.Entity, &r.ID, &r.CustomerID, &detail, &r.Request, &r.Prev, &r.Hash}, more...)...)
	r.At, r.Detail = clock.FromMicros(at), detail
	return r, err
}

// OfCustomer gives the newest entries about a customer before a sequence number (0 = from the newest), newest first.
// The caller has authorised the actor for that customer.
func OfCustomer(ctx context.Context, q db.Q, customerID, before int64, limit int) ([]Record, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	return db.List(ctx, q, "SELECT "+columns+" FROM audit_entry WHERE customer_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
		[]any{customerID, before, limit}, scanOne)
}

// Filter bounds List. Empty fields match everything.
type Filter struct {
	Entity, EntityID, Action string
	ActorID                  int64
	System                   bool  // only what the program itself did; ActorID does not count then
	Before                   int64 // sequence number, exclusive; 0 = from the newest
	Limit                    int   // 1 to 200
}

func (f Filter) actor() int64 {
	if f.System {
		return 0
	}
	return f.ActorID
}

// List gives entries newest first. Needs audit.read.
func List(ctx context.Context, q db.Q, f Filter) ([]Record, error) {
	if _, err := authz.Require(ctx, authz.AuditRead); err != nil {
		return nil, err
	}
	where, args := "1=1", []any{}
	add := func(on bool, clause string, arg any) {
		if on {
			where += " AND " + clause
			args = append(args, arg)
		}
	}
	add(f.Entity != "", "entity = ?", f.Entity)
	add(f.EntityID != "", "entity_id = ?", f.EntityID)
	add(f.Action != "", "action = ?", f.Action)
	add(f.ActorID != 0 || f.System, "actor_id = ?", f.actor())
	add(f.Before != 0, "seq < ?", f.Before)
	return db.List(ctx, q, "SELECT "+columns+" FROM audit_entry WHERE "+where+" ORDER BY seq DESC LIMIT ?",
		append(args, min(max(f.Limit, 1), 200)), scanOne)
}

// Verify walks the whole chain and gives the number of entries, or audit.broken with the first entry that does not fit:
// an altered one, a missing one, or one that was put behind the head of the chain. Writers may go on meanwhile.
func Verify(ctx context.Context, q db.Q) (int64, error) {
	// Entries and head come from one statement, hence from one moment: what is written during the walk is not seen by half.
	rows, err := q.Query(ctx, "SELECT "+columns+`, (SELECT seq FROM audit_head WHERE chain = 1), (SELECT hash FROM audit_head WHERE chain = 1)
		FROM audit_entry ORDER BY audit_entry.seq`)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n, headSeq int64
	var prev, headHash string
	for rows.Next() {
		r, err := scan(rows, &headSeq, &headHash)
		if err != nil {
			return n, err
		}
		if n++; r.Seq != n || n > headSeq || r.Prev != prev || r.Hash != r.digest() {
			return n - 1, errs.New(errs.Conflict, "audit.broken", "seq", n)
		}
		prev = r.Hash
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	rows.Close()
	switch {
	case n == 0:
		return verifyEmpty(ctx, q)
	case headSeq > n:
		return n, errs.New(errs.Conflict, "audit.broken", "seq", n+1)
	case headHash != prev:
		return n - 1, errs.New(errs.Conflict, "audit.broken", "seq", n)
	}
	return n, nil
}

// verifyEmpty proves that a chain without entries never had any.
func verifyEmpty(ctx context.Context, q db.Q) (int64, error) {
	var seq int64
	err := db.Get(ctx, q, "SELECT seq FROM audit_head WHERE chain = 1 AND NOT EXISTS (SELECT 1 FROM audit_entry)", nil, &seq)
	switch {
	case db.IsNoRows(err):
		return Verify(ctx, q) // the first entry was written a moment ago
	case err != nil:
		return 0, err
	case seq != 0:
		return 0, errs.New(errs.Conflict, "audit.broken", "seq", 1)
	}
	return 0, nil
}
