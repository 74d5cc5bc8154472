package audit_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

var (
	now    = time.Date(2026, 11, 22, 9, 30, 0, 123456789, time.UTC)
	system = authz.With(context.Background(), authz.System("test"))
)

func write(t testing.TB, d *db.DB, entries ...audit.Entry) {
	t.Helper()
	if err := d.InTx(system, func(q db.Q) error { return audit.Write(system, q, now, entries...) }); err != nil {
		t.Fatal(err)
	}
}

func entry(n int) audit.Entry {
	return audit.Entry{
		Action: "customer.update", Entity: "customer", EntityID: fmt.Sprint(n), CustomerID: int64(n),
		Detail: []audit.Change{{Field: "name", Before: "旧名", After: fmt.Sprintf("新名 %d", n)}},
	}
}

func verify(t testing.TB, d *db.DB) int64 {
	t.Helper()
	c, err := audit.Verify(system, d.Read())
	if err != nil {
		t.Fatalf("after %d entries: %v", c.Entries, err)
	}
	return c.Entries
}

func TestChainIsWholeFromTheFirstEntry(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if n := verify(t, d); n != 0 {
			t.Fatalf("a new installation has %d entries", n)
		}
		write(t, d)
		write(t, d, entry(1))
		write(t, d, entry(2), entry(3), audit.Entry{Action: "system.start", Entity: "system"})
		if n := verify(t, d); n != 4 {
			t.Fatalf("%d entries, want 4", n)
		}
	})
}

// The entry shares the fate of the change it tells of.
func TestEntryGoesWithItsTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		boom := errors.New("boom")
		err := d.InTx(system, func(q db.Q) error { return errors.Join(audit.Write(system, q, now, entry(1)), boom) })
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		err = d.InTx(system, func(q db.Q) error { return audit.Write(context.Background(), q, now, entry(1)) })
		if errs.CodeOf(err) != "audit.no_actor" {
			t.Fatalf("without an actor: %v", err)
		}
		write(t, d, entry(2))
		if n := verify(t, d); n != 1 {
			t.Fatalf("%d entries, want 1", n)
		}
	})
}

// Many writers, and a reader that proves the chain all the while: it never forks, and it never looks broken half-way.
func TestConcurrentWritersDoNotForkTheChain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const writers, each = 8, 15
		failures := make(chan error, writers*each)
		var writing sync.WaitGroup
		for w := range writers {
			writing.Go(func() {
				for i := range each {
					failures <- d.InTx(system, func(q db.Q) error { return audit.Write(system, q, now, entry(w), entry(i)) })
				}
			})
		}
		done := make(chan struct{})
		proved := make(chan error, 1)
		go func() {
			defer close(proved)
			for {
				if _, err := audit.Verify(system, d.Read()); err != nil {
					proved <- err
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		}()
		writing.Wait()
		close(done)
		close(failures)
		for err := range failures {
			if err != nil {
				t.Error(err)
			}
		}
		if err := <-proved; err != nil {
			t.Errorf("while writing: %v", err)
		}
		if n := verify(t, d); n != 2*writers*each {
			t.Fatalf("%d entries, want %d", n, 2*writers*each)
		}
	})
}

func TestEntriesCannotBeChangedOrRemoved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, entry(1), entry(2))
		statements := []string{"UPDATE audit_entry SET action = 'x' WHERE seq = 1", "DELETE FROM audit_entry WHERE seq = 2", "DELETE FROM audit_entry"}
		if d.Dialect() == db.Postgres {
			statements = append(statements, "TRUNCATE audit_entry")
		}
		for _, s := range statements {
			err := d.InTx(system, func(q db.Q) error { _, err := q.Exec(system, s); return err })
			if err == nil {
				t.Errorf("%s went through", s)
			}
		}
		if n := verify(t, d); n != 2 {
			t.Fatalf("%d entries are left", n)
		}
	})
}

func TestVerifyNamesTheFirstEntryThatDoesNotFit(t *testing.T) {
	forged := `INSERT INTO audit_entry (seq, at, actor_id, actor_name, action, entity, entity_id, customer_id, detail, request_id, prev_hash, hash)
		SELECT seq + 1, at, actor_id, actor_name, action, entity, entity_id, customer_id, detail, request_id, hash, 'made up' FROM audit_entry WHERE seq = 5`
	for name, c := range map[string]struct {
		tamper string
		first  int64
	}{
		"detail altered":     {"UPDATE audit_entry SET detail = '[]' WHERE seq = 3", 3},
		"actor altered":      {"UPDATE audit_entry SET actor_name = 'somebody else' WHERE seq = 1", 1},
		"time altered":       {"UPDATE audit_entry SET at = at + 1 WHERE seq = 5", 5},
		"hash altered":       {"UPDATE audit_entry SET hash = 'x' WHERE seq = 4", 4},
		"one removed":        {"DELETE FROM audit_entry WHERE seq = 2", 2},
		"first removed":      {"DELETE FROM audit_entry WHERE seq = 1", 1},
		"last removed":       {"DELETE FROM audit_entry WHERE seq = 5", 5},
		"all removed":        {"DELETE FROM audit_entry", 1},
		"one appended":       {forged, 6},
		"nothing":            {"UPDATE audit_entry SET action = action", 0},
		"head moved back":    {"UPDATE audit_head SET seq = 4", 5},
		"head hash replaced": {"UPDATE audit_head SET hash = 'x'", 5},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				write(t, d, entry(1), entry(2), entry(3), entry(4), entry(5))
				err := d.InTx(system, func(q db.Q) error {
					for _, s := range append(disarm(d), c.tamper) {
						if _, err := q.Exec(system, s); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				chain, err := audit.Verify(system, d.Read())
				if c.first == 0 {
					if err != nil || chain.Entries != 5 {
						t.Fatalf("nothing was altered: %d, %v", chain.Entries, err)
					}
					return
				}
				e, ok := errs.As(err)
				if !ok || e.Code != "audit.broken" || fmt.Sprint(e.Args["seq"]) != fmt.Sprint(c.first) {
					t.Fatalf("%v, want entry %d", err, c.first)
				}
			})
		})
	}
}

// disarm does what an attacker with the database password would do first.
func disarm(d *db.DB) []string {
	if d.Dialect() == db.Postgres {
		return []string{"DROP TRIGGER audit_no_change ON audit_entry"}
	}
	return []string{"DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"}
}

func TestList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clerk := authz.System("clerk")
		clerk.UserID, clerk.Request = 77, "req-1"
		for i := range 12 {
			write(t, d, entry(i%3+1))
		}
		err := d.InTx(system, func(q db.Q) error {
			return audit.Write(authz.With(system, clerk), q, now, audit.Entry{Action: "user.disable", Entity: "user", EntityID: "9", Detail: map[string]int{"n": 1}})
		})
		if err != nil {
			t.Fatal(err)
		}
		seqs := func(f audit.Filter) (out []int64) {
			t.Helper()
			list, err := audit.List(system, d.Read(), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range list.Records {
				out = append(out, r.Seq)
			}
			return out
		}
		for name, c := range map[string]struct {
			filter audit.Filter
			want   []int64
		}{
			"first page":  {audit.Filter{Limit: 3}, []int64{13, 12, 11}},
			"second page": {audit.Filter{Limit: 3, Before: 11}, []int64{10, 9, 8}},
			"last page":   {audit.Filter{Limit: 5, Before: 3}, []int64{2, 1}},
			"no limit":    {audit.Filter{}, []int64{13}},
			"entity":      {audit.Filter{Entity: "user", Limit: 200}, []int64{13}},
			"one row":     {audit.Filter{Entity: "customer", EntityID: "2", Limit: 200}, []int64{11, 8, 5, 2}},
			"action":      {audit.Filter{Action: "user.disable", Limit: 9}, []int64{13}},
			"actor":       {audit.Filter{ActorID: 77, Limit: 9}, []int64{13}},
			"the program": {audit.Filter{System: true, ActorID: 77, Limit: 2}, []int64{12, 11}},
			"nothing":     {audit.Filter{Action: "no.such", Limit: 9}, nil},
			"a customer":  {audit.Filter{CustomerID: 3, Limit: 2}, []int64{12, 9}},
			"a text":      {audit.Filter{Text: "新名 2", Limit: 2}, []int64{11, 8}},
			"a request":   {audit.Filter{Text: "REQ-1", Limit: 9}, []int64{13}},
			"earlier":     {audit.Filter{Until: now, Limit: 9}, nil},
			"since":       {audit.Filter{From: now.Truncate(time.Microsecond), Limit: 1}, []int64{13}},
			"later":       {audit.Filter{From: now.Add(2 * time.Hour), Limit: 9}, nil},
			"the moment":  {audit.Filter{From: now.Add(-time.Second), Until: now.Add(time.Second), ActorID: 77, Limit: 9}, []int64{13}},
		} {
			if got := seqs(c.filter); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		list, err := audit.List(system, d.Read(), audit.Filter{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		r := list.Records[0]
		if !r.At.Equal(now.Truncate(time.Microsecond)) || r.ActorName != "clerk" || r.ActorID != 77 || r.Request != "req-1" || !json.Valid(r.Detail) {
			t.Errorf("read back %+v", r)
		}
		about, err := audit.OfCustomer(system, d.Read(), 2, 0, 2)
		if err != nil || len(about) != 2 || about[0].Seq != 11 || about[1].Seq != 8 {
			t.Errorf("about customer 2: %v, %v", about, err)
		}
		noRight := authz.With(context.Background(), authz.Actor{UserID: 5, Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
		if _, err := audit.List(noRight, d.Read(), audit.Filter{Limit: 1}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("without the right: %v", err)
		}
	})
}
