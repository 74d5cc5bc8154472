package customer_test

import (
	"sync"
	"testing"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
)

func TestContacts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.create(system, customer.Input{Name: "西樵布行", OwnerID: lin})
		a, err := w.s.AddContact(asLin, c.ID, customer.ContactInput{Name: "区小兰", Phone: "13800138000", Primary: true})
		w.must(err)
		b, err := w.s.AddContact(asLin, c.ID, customer.ContactInput{Name: "解文", Primary: true})
		w.must(err)
		list, err := w.s.Contacts(asLin, c.ID, false)
		w.must(err)
		if len(list) != 2 || list[0].ID != b.ID || !list[0].Primary || list[1].Primary {
			t.Errorf("one primary contact, first: %+v", list)
		}
		_, err = w.s.ChangeContact(asLin, c.ID, a.ID, a.Version, func(in *customer.ContactInput) { in.Title = "经理" })
		wantCode(t, err, errs.Precondition, "precondition_failed") // it lost the mark to the other one meanwhile
		a, err = w.s.ChangeContact(asLin, c.ID, a.ID, list[1].Version, func(in *customer.ContactInput) { in.Title, in.Phone = "经理", "" })
		w.must(err)
		if a.Title != "经理" || a.Phone != "" || a.Name != "区小兰" {
			t.Errorf("changed %+v", a)
		}
		_, err = w.s.ChangeContact(asLin, c.ID, a.ID, a.Version, func(in *customer.ContactInput) { in.Name = " " })
		wantField(t, err, "name", "field.required")
		_, err = w.s.ArchiveContact(asZhao, c.ID, a.ID, a.Version)
		wantCode(t, err, errs.NotFound, "not_found")
		_, err = w.s.ArchiveContact(asLin, c.ID, a.ID, a.Version)
		w.must(err)
		if list, err = w.s.Contacts(asLin, c.ID, false); err != nil || len(list) != 1 {
			t.Errorf("%v %v", list, err)
		}
		if list, err = w.s.Contacts(asLin, c.ID, true); err != nil || len(list) != 2 {
			t.Errorf("%v %v", list, err)
		}
		if n := w.int("SELECT COUNT(*) FROM audit_entry WHERE entity = 'contact' AND customer_id = ?", c.ID); n != 4 {
			t.Errorf("%d audit entries", n)
		}
		after, err := w.s.Get(system, c.ID)
		w.must(err)
		if after.Version != c.Version {
			t.Error("a change of contacts must not disturb who edits the customer")
		}
	})
}

func TestTwoPeopleMakingAPrimaryContactAtOnceLeaveOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.create(system, customer.Input{Name: "并行商行"})
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := w.s.AddContact(system, c.ID, customer.ContactInput{Name: "某某", Primary: true}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := w.int("SELECT COUNT(*) FROM contact WHERE is_primary = 1"); n != 1 {
			t.Errorf("%d primary contacts", n)
		}
	})
}

func TestTwoPeopleEnteringTheSameCreditCodeAtOnceLeaveOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				_, err := w.s.Create(system, customer.Input{
					Name: []string{"甲", "乙", "丙", "丁", "戊", "己"}[i] + "商行", Identifiers: []customer.Identifier{{Type: customer.TypeUSCC, Value: uscc(t, 5)}},
				})
				if err != nil && errs.CodeOf(err) != "customer.duplicate" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := w.int("SELECT COUNT(*) FROM customer"); n != 1 {
			t.Errorf("%d customers", n)
		}
	})
}

func TestRelationsAreSeenFromBothEndsButNotBeyondTheScope(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		child := w.create(system, customer.Input{Name: "小榄五金", OwnerID: lin})
		parent := w.create(system, customer.Input{Name: "中山五金集团", OwnerID: zhao})
		bp := int64(5100)
		l, err := w.s.AddRelation(system, child.ID, customer.RelationInput{ToID: parent.ID, Type: "parent", ShareBP: &bp})
		w.must(err)
		_, err = w.s.AddRelation(system, child.ID, customer.RelationInput{ToID: parent.ID, Type: "parent"})
		wantCode(t, err, errs.Conflict, "customer.relation_taken")
		_, err = w.s.AddRelation(system, child.ID, customer.RelationInput{ToID: child.ID, Type: "kin"})
		wantField(t, err, "other_id", "customer.relation_self")
		over := int64(10_001)
		_, err = w.s.AddRelation(system, child.ID, customer.RelationInput{ToID: parent.ID, Type: "kin", ShareBP: &over})
		wantField(t, err, "share", "customer.share_range")
		_, err = w.s.AddRelation(asLin, child.ID, customer.RelationInput{ToID: parent.ID, Type: "guarantor"})
		wantCode(t, err, errs.NotFound, "not_found")
		out, err := w.s.Relations(asBoss, parent.ID)
		w.must(err)
		if len(out) != 1 || out[0].Outgoing || out[0].Other.ID != child.ID || *out[0].ShareBP != 5100 {
			t.Errorf("from the parent: %+v", out)
		}
		out, err = w.s.Relations(asLin, child.ID)
		w.must(err)
		if len(out) != 1 || !out[0].Hidden || out[0].Other.Name != "" {
			t.Errorf("leaks %+v", out)
		}
		changed, err := w.s.ChangeRelation(system, child.ID, l.ID, l.Version, func(in *customer.RelationInput) { in.ShareBP = nil })
		w.must(err)
		if changed.ShareBP != nil || changed.Version != 2 {
			t.Errorf("changed %+v", changed)
		}
		_, err = w.s.ArchiveRelation(system, child.ID, l.ID, l.Version)
		wantCode(t, err, errs.Precondition, "precondition_failed")
		_, err = w.s.ArchiveRelation(system, child.ID, l.ID, changed.Version)
		w.must(err)
		if out, err = w.s.Relations(system, child.ID); err != nil || len(out) != 0 {
			t.Errorf("%v %v", out, err)
		}
		// Both customers have it in their history: made, changed, ended.
		for _, c := range []customer.Customer{child, parent} {
			if n := w.int("SELECT COUNT(*) FROM audit_entry WHERE entity = 'relation' AND customer_id = ?", c.ID); n != 3 {
				t.Errorf("%s: %d entries", c.Name, n)
			}
		}
	})
}

func TestCustomFields(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, err := w.s.AddField(asLin, customer.CustomField{Name: "x", LabelZH: "x", LabelEN: "x", Type: customer.FieldText})
		wantCode(t, err, errs.Forbidden, "auth.forbidden")
		_, err = w.s.AddField(system, customer.CustomField{Name: "Bad Name", LabelZH: "x", Type: customer.FieldChoice})
		wantField(t, err, "name", "customer.field_name")
		wantField(t, err, "label_en", "field.required")
		wantField(t, err, "choices", "customer.field_choices")
		f, err := w.s.AddField(system, customer.CustomField{Name: "level", LabelZH: "级别", LabelEN: "Level", Type: customer.FieldChoice, Choices: []string{"甲", "乙"}})
		w.must(err)
		_, err = w.s.AddField(system, customer.CustomField{Name: "level", LabelZH: "级别", LabelEN: "Level", Type: customer.FieldText})
		wantCode(t, err, errs.Conflict, "customer.field_taken")
		_, err = w.s.Create(system, customer.Input{Name: "某行", Custom: map[string]string{"level": "丙"}})
		wantField(t, err, "custom.level", "customer.custom_value")
		c := w.create(system, customer.Input{Name: "某行", Custom: map[string]string{"level": "乙"}})
		f, err = w.s.ChangeField(system, f.ID, f.Version, func(f *customer.CustomField) { f.Choices, f.Name = []string{"甲"}, "other" })
		w.must(err)
		if f.Name != "level" || f.Version != 2 {
			t.Errorf("field %+v", f)
		}
		_, err = w.s.ChangeField(system, f.ID, 1, func(*customer.CustomField) {})
		wantCode(t, err, errs.Precondition, "precondition_failed")
		// A value that was right stays until somebody changes it.
		c = w.patch(system, c, customer.Input{Note: "n", Custom: map[string]string{"level": "乙"}}, customer.FieldNote|customer.FieldCustom)
		if c.Custom["level"] != "乙" {
			t.Errorf("custom %v", c.Custom)
		}
		c = w.patch(system, c, customer.Input{Custom: map[string]string{"level": ""}}, customer.FieldCustom)
		if len(c.Custom) != 0 || w.int("SELECT COUNT(*) FROM custom_value") != 0 {
			t.Errorf("custom %v", c.Custom)
		}
	})
}
