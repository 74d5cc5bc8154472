// Package audit keeps the append-only, hash-chained record of who changed what. Entries are written in the transaction
// of the change itself, so there is no change without its entry. Database triggers refuse to update or delete entries.
//
// Each entry's hash covers its content and the hash before it; Verify names the first entry that does not fit. A Keeper signs
// how far the chain had come (a checkpoint) and keeps that outside the database: whoever can write to the database, drop the
// triggers and work out all hashes anew still cannot cut or rewrite what was signed without being found out.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
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

// digest covers every field, in this order; see content.
func (r Record) digest() string {
	var c content
	c.text(r.Prev).number(r.Seq).number(clock.Micros(r.At)).number(r.ActorID).text(r.ActorName).text(r.Action).text(r.Entity).text(r.ID).
		number(r.CustomerID).text(string(r.Detail)).text(r.Request)
	return string(c.hash())
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
