package ownership_test

import (
	"testing"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/ownership"
)

// An owner who came with the customer has a term from the first day, which ends when somebody else gets the customer.
func TestOwnersWhoCameWithTheCustomer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		var ids []int64
		err := d.InTx(h.ctx, func(q db.Q) (err error) {
			ids, err = h.customers.CreateMany(h.ctx, q, []customer.Input{{Name: "晨光机械", OwnerID: wang}, {Name: "无主商行"}}, 77, *h.now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		terms, err := h.History(h.ctx, ids[0])
		if err != nil || len(terms) != 1 || terms[0].How != ownership.HowImport || terms[0].OwnerID != wang || terms[0].SourceID != 77 || terms[0].From.String() != "2026-06-15" {
			t.Fatalf("imported: %+v %v", terms, err)
		}
		if terms, err := h.History(h.ctx, ids[1]); err != nil || len(terms) != 0 {
			t.Errorf("imported without an owner: %+v %v", terms, err)
		}
		c, err := h.customers.Create(h.ctx, customer.Input{Name: "南屏茶业", OwnerID: li})
		if err != nil {
			t.Fatal(err)
		}
		if terms, err := h.History(h.ctx, c.ID); err != nil || len(terms) != 1 || terms[0].How != ownership.HowEntry || terms[0].ByID != admin {
			t.Errorf("entered: %+v %v", terms, err)
		}
		*h.now = h.now.AddDate(0, 0, 3)
		if _, err := h.customers.ChangeMany(h.ctx, customer.Selection{IDs: ids[:1]}, customer.BulkAssign, "4"); err != nil {
			t.Fatal(err)
		}
		h.dispatch(t)
		terms, err = h.History(h.ctx, ids[0])
		if err != nil || len(terms) != 2 || terms[0].OwnerID != chen || terms[1].How != ownership.HowImport || terms[1].Until.String() != "2026-06-18" {
			t.Errorf("given on: %+v %v", terms, err)
		}
	})
}
