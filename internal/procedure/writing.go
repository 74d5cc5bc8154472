package procedure

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/db"
	"kezhi/internal/event"
)

// writing gathers what one act, or many, put into the database, so that it goes there in a few requests whatever its size. The
// statements of cases and their histories are guarded: when one of them changes nothing somebody else was first, and all of
// the transaction is undone.
type writing struct {
	stmts   []db.Stmt
	guards  []int // places in stmts
	parties [][]any
	known   map[[2]int64]bool // parties of this transaction
	notices []Notice
	lines   []event.Line
	audits  []audit.Entry
	at      time.Time // of the first act
}

// guarded adds a statement that must change a row.
func (wr *writing) guarded(st db.Stmt) {
	wr.guards = append(wr.guards, len(wr.stmts))
	wr.stmts = append(wr.stmts, st)
}

func (wr *writing) add(st ...db.Stmt) { wr.stmts = append(wr.stmts, st...) }

// party remembers who had to do with a case, which is as it is after the act.
func (wr *writing) party(c *Case, users ...int64) {
	for _, u := range users {
		pair := [2]int64{c.ID, u}
		if u == 0 || wr.known[pair] {
			continue
		}
		if wr.known == nil {
			wr.known = map[[2]int64]bool{}
		}
		wr.known[pair] = true
		wr.parties = append(wr.parties, partyRow(c, u))
	}
}

// put sends what was gathered so far, but for the audit.
func (wr *writing) put(ctx context.Context, q db.Q, bus *event.Bus) error {
	all := slices.Concat(wr.stmts, addingParties(wr.parties), insertingNotices(wr.notices), event.Writing(wr.lines))
	changed, err := db.ExecAll(ctx, q, all)
	if err != nil {
		return err
	}
	for _, i := range wr.guards {
		if changed[i] != 1 {
			return errRace
		}
	}
	if len(wr.lines) > 0 {
		bus.Announce(q)
	}
	wr.stmts, wr.guards, wr.parties, wr.notices, wr.lines = nil, nil, nil, nil, nil
	return nil
}

// end sends the rest. The audit comes last, because everybody else waits for its head until the transaction is over.
func (wr *writing) end(ctx context.Context, q db.Q, bus *event.Bus) error {
	if err := wr.put(ctx, q, bus); err != nil {
		return err
	}
	return audit.Write(ctx, q, wr.at, wr.audits...)
}
