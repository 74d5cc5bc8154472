package customer_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kezhi/internal/codes"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/job"
)

// identityNumber gives the nth number of a person with a right check digit.
func identityNumber(t *testing.T, n int) string {
	t.Helper()
	for _, last := range "0123456789X" {
		number := fmt.Sprintf("110101199003%02d%03d%c", 1+n%28, n%1000, last)
		if _, check := codes.CheckIdentity(number); check == codes.OK {
			return number
		}
	}
	t.Fatal("no number")
	return ""
}

func person(name, number string) customer.Input {
	return customer.Input{Party: customer.PartyPerson, Name: name, Identifiers: []customer.Identifier{{Type: customer.TypeIDCard, Value: number}}}
}

func TestIdentityNumbersAreSealedAndFoundExactly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		number := identityNumber(t, 7)
		c := w.create(system, person("单雨薇", number))
		got, err := w.s.Get(system, c.ID)
		w.must(err)
		if len(got.Identifiers) != 1 || got.Identifiers[0].Value != number {
			t.Errorf("%+v", got.Identifiers)
		}
		if n := w.int("SELECT COUNT(*) FROM identifier WHERE value LIKE 'sealed:%' AND LENGTH(value_key) = 64"); n != 1 {
			t.Errorf("%d are sealed", n)
		}
		// Twice by hand, in small letters, and once in an import: always the same person.
		_, err = w.s.Create(system, person("另一个名字", strings.ToLower(number)))
		if e := wantCode(t, err, errs.Conflict, "customer.duplicate"); e.Args["confirmable"] != false {
			t.Errorf("%v", e.Args)
		}
		w.must(d.InTx(context.Background(), func(q db.Q) error {
			found, err := w.s.MatchAll(system, q, []customer.Input{person("x", number), person("y", identityNumber(t, 8))})
			if err == nil && (found[0].ID != c.ID || found[0].By != customer.TypeIDCard || found[1].ID != 0) {
				t.Errorf("%+v", found)
			}
			return err
		}))
		// Changing something else leaves it alone; changing it takes it up.
		c = w.patch(system, c, customer.Input{Note: "回访"}, customer.FieldNote)
		other := identityNumber(t, 9)
		c = w.patch(system, c, customer.Input{Identifiers: []customer.Identifier{{Type: customer.TypeIDCard, Value: other}}}, customer.FieldIdentifiers)
		if c.Identifiers[0].Value != other {
			t.Errorf("%+v", c.Identifiers)
		}
		w.create(system, person("后来的人", number))
		if d.Dialect() != db.SQLite {
			return
		}
		path := filepath.Join(t.TempDir(), "copy.db")
		w.must(d.Backup(context.Background(), path))
		b, err := os.ReadFile(path)
		w.must(err)
		for _, secret := range []string{number, other, strings.ToLower(number), number[:17]} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("%s stands in the database", secret)
			}
		}
	})
}

// What was there before is found as it is, sealed by the job, and found then; a rotation seals it anew.
func TestIdentityNumbersFromBeforeAreSealed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var ids []int64
		for n := range 3 {
			ids = append(ids, w.create(system, person(fmt.Sprintf("客户%d", n), identityNumber(t, n))).ID)
		}
		for n, customerID := range ids {
			w.exec("UPDATE identifier SET value = ?, value_key = ? WHERE customer_id = ?", identityNumber(t, n), strings.ToLower(identityNumber(t, n)), customerID)
		}
		all := func(what string) {
			t.Helper()
			for n, customerID := range ids {
				c, err := w.s.Get(system, customerID)
				w.must(err)
				found, err := w.s.Duplicates(system, person("x", identityNumber(t, n)), 0)
				w.must(err)
				if c.Identifiers[0].Value != identityNumber(t, n) || len(found) != 1 || found[0].ID != customerID {
					t.Errorf("%s: %+v, found %+v", what, c.Identifiers, found)
				}
			}
		}
		all("before")
		w.keys.Hold(w.s.Sealed())
		r := job.NewRunner(w.queue, slog.New(slog.DiscardHandler), func(context.Context, int64) string { return "" })
		for kind, h := range w.keys.Jobs() {
			r.Register(kind, h)
		}
		for _, when := range []string{"sealed", "sealed anew"} {
			jobID, err := w.keys.Rotate(system, w.queue)
			w.must(err)
			if st, err := w.keys.Status(system); err != nil || st.All != 3 || st.Waiting != 3 {
				t.Errorf("%+v, %v", st, err)
			}
			j, err := r.RunJob(system, jobID)
			w.must(err)
			if string(j.Result) != `{"left":0,"sealed":3}` {
				t.Errorf("%s: %s", when, j.Result)
			}
			all(when)
			if n := w.int("SELECT COUNT(*) FROM identifier WHERE value NOT LIKE 'sealed:%'"); n != 0 {
				t.Errorf("%s: %d are not", when, n)
			}
		}
	})
}
