package customer_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

func (w *world) tx(fn func(q db.Q) error) { w.t.Helper(); w.must(w.d.InTx(system, fn)) }

func TestMatchAllPrefersTheSurestProperty(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a := w.create(system, customer.Input{Code: "M1", Name: "珠江灯饰有限公司", Identifiers: []customer.Identifier{{Type: customer.TypeUSCC, Value: uscc(t, 1)}, {Type: customer.TypePhone, Value: "13800138000"}}})
		b := w.create(system, customer.Input{Code: "M2", Name: "珠江灯饰有限责任公司", OwnerID: zhao, ConfirmDuplicate: true})
		ins := []customer.Input{
			{Code: "M2", Name: "随便", Identifiers: []customer.Identifier{{Type: customer.TypeUSCC, Value: uscc(t, 1)}}},
			{Name: "新名字", Identifiers: []customer.Identifier{{Type: customer.TypeUSCC, Value: " " + uscc(t, 1)}}},
			{Name: "珠江灯饰 有限公司"},
			{Name: "电话相同", Identifiers: []customer.Identifier{{Type: customer.TypePhone, Value: "138-0013-8000"}}},
			{Name: "全新"},
		}
		var got []customer.Match
		w.tx(func(q db.Q) error {
			var err error
			got, err = w.s.MatchAll(system, q, ins)
			return err
		})
		want := []customer.Match{{ID: b.ID, By: "code"}, {ID: a.ID, By: "uscc"}, {ID: a.ID, By: "name", Others: []int64{b.ID}}, {ID: a.ID, By: "phone"}, {}}
		for i := range want {
			if got[i].ID != want[i].ID || got[i].By != want[i].By || !slices.Equal(got[i].Others, want[i].Others) || got[i].Hidden {
				t.Errorf("%d: got %+v, want %+v", i, got[i], want[i])
			}
		}
		w.tx(func(q db.Q) error {
			hidden, err := w.s.MatchAll(asHead, q, ins[:1])
			if err == nil && !hidden[0].Hidden {
				t.Error("a customer of another region is not marked")
			}
			refs, err2 := w.s.Resolve(system, q, []string{"M1", "M9"})
			if len(refs) != 1 || refs["M1"].ID != a.ID || err2 != nil {
				t.Errorf("resolve %v %v", refs, err2)
			}
			return err
		})
	})
}

func TestImportedCustomersAreUpdatedAndRevertedExactly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		old := w.create(system, customer.Input{
			Code: "OLD", Name: "旧有商行", Address: "原址", OwnerID: lin, Tags: []string{"老"}, Identifiers: []customer.Identifier{{Type: customer.TypePhone, Value: "13800138000"}},
		})
		touched := w.create(system, customer.Input{Code: "TOUCHED", Name: "后改商行"})
		var made []int64
		var changed []customer.Changed
		w.tx(func(q db.Q) error {
			var err error
			made, err = w.s.CreateMany(system, q, []customer.Input{{Code: "NEW", Name: "新进商行", Contacts: []customer.ContactInput{{Name: "单小雨"}}}, {Name: "无码商行"}, {Code: "HELD", Name: "有账商行"}}, 77, w.now)
			return err
		})
		ups := []customer.Update{
			{ID: old.ID, Fields: customer.FieldAddress | customer.FieldIdentifiers | customer.FieldContacts | customer.FieldOwner, Input: customer.Input{
				Address: "新址", OwnerID: zhao, Identifiers: []customer.Identifier{{Type: customer.TypeEmail, Value: "a@example.cn"}}, Contacts: []customer.ContactInput{{Name: "仇远"}},
			}},
			{ID: touched.ID, Fields: customer.FieldNote, Input: customer.Input{Note: "导入"}},
			{ID: old.ID, Fields: customer.FieldAddress, Input: customer.Input{Address: "新址"}},
		}
		w.tx(func(q db.Q) error {
			var err error
			changed, err = w.s.UpdateMany(system, q, ups)
			return err
		})
		if len(changed) != 2 {
			t.Fatalf("changed %d, want 2: an equal row is not touched", len(changed))
		}
		now, err := w.s.Get(system, old.ID)
		w.must(err)
		if now.Address != "新址" || now.OwnerID != lin || len(now.Identifiers) != 2 || now.Version != changed[0].Version {
			t.Errorf("after the import %+v", now)
		}
		if n, err := w.s.Count(system, customer.Query{Q: "仇远"}); err != nil || n.N != 1 {
			t.Errorf("the new contact is not found: %v %v", n, err)
		}
		cur, err := w.s.Get(system, touched.ID)
		w.must(err)
		w.patch(system, cur, customer.Input{Note: "人改"}, customer.FieldNote)
		w.s.AddHold(func(_ context.Context, _ db.Q, ids []int64) ([]int64, error) { return []int64{made[2]}, nil })
		list := []customer.Revert{{ID: made[0], Version: 1}, {ID: made[1], Version: 1}, {ID: made[2], Version: 1}}
		for _, c := range changed {
			list = append(list, customer.Revert(c))
		}
		var skipped []int64
		w.tx(func(q db.Q) error {
			skipped, err = w.s.RevertMany(system, q, list)
			return err
		})
		if !slices.Equal(skipped, []int64{made[2], touched.ID}) {
			t.Errorf("skipped %v, want %v", skipped, []int64{made[2], touched.ID})
		}
		now, err = w.s.Get(system, old.ID)
		w.must(err)
		if now.Address != "原址" || len(now.Identifiers) != 1 || !slices.Equal(now.Tags, []string{"老"}) {
			t.Errorf("reverted %+v", now)
		}
		if n, err := w.s.Count(system, customer.Query{Q: "仇远"}); err != nil || n.N != 0 {
			t.Errorf("the contact of the import is still found: %v %v", n, err)
		}
		// The code is free again.
		w.create(system, customer.Input{Code: "NEW", Name: "另一商行"})
		gone, err := w.s.Get(system, made[0])
		w.must(err)
		if !gone.Archived {
			t.Error("a created customer is not archived")
		}
		back, err := w.s.Restore(system, gone.ID, gone.Version, "")
		w.must(err)
		if back.Code == "NEW" || back.Archived {
			t.Errorf("restored with code %s", back.Code)
		}
	})
}

func TestCreateManyNamesTheRowThatIsWrong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ins := []customer.Input{{Name: "好行"}, {Name: "", Region: "99"}}
		err := d.InTx(system, func(q db.Q) error {
			_, err := w.s.CreateMany(system, q, ins, 1, w.now)
			return err
		})
		wantField(t, err, "1.name", "field.required")
		wantField(t, err, "1.region", "customer.region_unknown")
		err = d.InTx(system, func(q db.Q) error {
			_, err := w.s.CreateMany(system, q, []customer.Input{{Code: "X", Name: "一"}, {Code: "X", Name: "二"}}, 1, w.now)
			return err
		})
		wantCode(t, err, errs.Conflict, "customer.code_taken")
		w.tx(func(q db.Q) error {
			fields, err := w.s.CheckMany(system, q, ins)
			if err == nil && (fields[0] != nil || len(fields[1]) != 2) {
				t.Errorf("check %v", fields)
			}
			return err
		})
		if n := w.int("SELECT COUNT(*) FROM customer"); n != 0 {
			t.Errorf("%d customers left", n)
		}
	})
}

func TestEachGivesEverybodyInCodeOrderWithTags(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var ins []customer.Input
		for i := range 30 {
			ins = append(ins, customer.Input{Code: fmt.Sprintf("%c%d", "aZ九"[i%2], 100-i), Name: "行", Tags: []string{"丙", "甲", "乙"}[:i%4%3]})
		}
		w.tx(func(q db.Q) error {
			_, err := w.s.CreateMany(system, q, ins, 0, w.now)
			return err
		})
		gone := w.create(system, customer.Input{Code: "A1", Name: "已归档"})
		_, err := w.s.Archive(system, gone.ID, gone.Version, "")
		w.must(err)
		var got []string
		tags := 0
		w.must(w.s.Each(system, d.Read(), func(r customer.Row) error {
			got = append(got, r.Code)
			tags += len(r.Tags)
			if !slices.IsSorted(r.Tags) || r.Created.String() != "2026-03-16" || r.Archived {
				t.Errorf("row %+v", r)
			}
			return nil
		}))
		want := make([]string, 0, len(ins))
		wantTags := 0
		for _, in := range ins {
			want = append(want, in.Code)
			wantTags += len(in.Tags)
		}
		slices.Sort(want)
		if !slices.Equal(got, want) || tags != wantTags {
			t.Errorf("got %v (%d tags), want %v (%d)", got, tags, want, wantTags)
		}
	})
}
