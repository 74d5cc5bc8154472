package customer_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
)

func TestCreateFillsInWhatIsMissingAndKeepsEverything(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, err := w.s.AddField(system, customer.CustomField{Name: "stores", LabelZH: "门店数", LabelEN: "Stores", Type: customer.FieldNumber})
		w.must(err)
		since, err := calendar.Parse("2024-02-29")
		w.must(err)
		c := w.create(system, customer.Input{
			Name: "  深圳市 云栖贸易有限公司 ", NameEN: "Yunxi Trading", FormerNames: []string{"云栖商行", "云栖商行"}, Kind: "dealer", Region: "440305", Industry: "F5121",
			OwnerID: lin, Tags: []string{"重点", "华南", "重点"}, Custom: map[string]string{"stores": "012.50"}, Note: "第一行\r\n第二行", Since: &since,
			Identifiers: []customer.Identifier{{Type: customer.TypeUSCC, Value: strings.ToLower(uscc(t, 7))}, {Type: customer.TypePhone, Value: "0755-26780000-8001"}},
			Contacts:    []customer.ContactInput{{Name: "欧阳倩", Phone: "138 0013 8000", Primary: true, Birthday: &since}},
		})
		if c.Code != "C000001" || c.Status != customer.StatusActive || c.Party != customer.PartyOrg || c.Name != "深圳市 云栖贸易有限公司" {
			t.Errorf("code %q status %q party %q name %q", c.Code, c.Status, c.Party, c.Name)
		}
		if c.UnitID != unitSouth || c.OwnerName != "林晓" {
			t.Errorf("unit %d, owner %q", c.UnitID, c.OwnerName)
		}
		if c.Custom["stores"] != "12.5" || c.Industry != "5121" || c.Note != "第一行\n第二行" || c.Since.String() != "2024-02-29" {
			t.Errorf("custom %v, industry %q, note %q, since %v", c.Custom, c.Industry, c.Note, c.Since)
		}
		if !slices.Equal(c.Tags, []string{"华南", "重点"}) || !slices.Equal(c.FormerNames, []string{"云栖商行"}) {
			t.Errorf("tags %v, former %v", c.Tags, c.FormerNames)
		}
		if len(c.Identifiers) != 2 || c.Identifiers[0].Value != uscc(t, 7) || c.Identifiers[1].Value != "+8675526780000;ext=8001" {
			t.Errorf("identifiers %v", c.Identifiers)
		}
		people, err := w.s.Contacts(system, c.ID, false)
		w.must(err)
		if len(people) != 1 || people[0].Phone != "+8613800138000" || !people[0].Primary || people[0].Birthday.String() != "2024-02-29" {
			t.Errorf("contacts %+v", people)
		}
		if n := w.int("SELECT month_day FROM special_day"); n != 229 {
			t.Errorf("birth day %d", n)
		}
		again, err := w.s.ByCode(system, "C000001")
		w.must(err)
		if again.ID != c.ID {
			t.Error("by code gives another customer")
		}
	})
}

func TestAutoCodesStepOverCodesThatAreTaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.create(system, customer.Input{Code: "C000001", Name: "甲行"})
		w.create(system, customer.Input{Code: "C000002", Name: "乙行"})
		if c := w.create(system, customer.Input{Name: "丙行"}); c.Code != "C000003" {
			t.Errorf("got %s", c.Code)
		}
	})
}

func TestInputIsRefusedWithAllItsFieldsAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, err := w.s.Create(system, customer.Input{
			Code: "a b", Party: "firm", Status: "gone", Region: "999999", Industry: "ZZ", Name: strings.Repeat("长", 201),
			Identifiers: []customer.Identifier{{Type: customer.TypeUSCC, Value: "123"}, {Type: customer.TypePhone, Value: "12"}, {Type: "fax", Value: "1"}},
			Contacts:    []customer.ContactInput{{Name: "", Email: "nobody"}},
		})
		wantCode(t, err, errs.Invalid, "invalid_input")
		for path, code := range map[string]string{
			"code": "customer.code_form", "party": "field.choice", "status": "field.choice", "region": "customer.region_unknown", "industry": "customer.industry_unknown",
			"name": "field.too_long", "identifiers.0.value": "customer.uscc_malformed", "identifiers.1.value": "phone.invalid", "identifiers.2.type": "field.choice",
			"contacts.0.name": "field.required", "contacts.0.email": "email.invalid",
		} {
			wantField(t, err, path, code)
		}
		_, err = w.s.Create(system, customer.Input{Name: "某行", Kind: "whale", OwnerID: 999, Custom: map[string]string{"none": "1"}})
		wantField(t, err, "kind", "customer.kind_unknown")
		wantField(t, err, "owner_id", "customer.owner_unknown")
		wantField(t, err, "custom.none", "customer.custom_unknown")
		if n := w.int("SELECT COUNT(*) FROM customer"); n != 0 {
			t.Errorf("%d customers were written", n)
		}
	})
}

func TestAWrongCheckDigitNeedsAReason(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		good := uscc(t, 42)
		last := byte('0')
		if good[17] == '0' {
			last = '1'
		}
		bad := good[:17] + string(last)
		in := customer.Input{Name: "南岭木业", Identifiers: []customer.Identifier{{Type: customer.TypeUSCC, Value: bad}}}
		_, err := w.s.Create(system, in)
		wantField(t, err, "identifiers.0.value", "customer.uscc_bad_check")
		in.Identifiers[0].OverrideReason = "营业执照如此"
		if c := w.create(system, in); c.Identifiers[0].OverrideReason != "营业执照如此" {
			t.Errorf("reason %q", c.Identifiers[0].OverrideReason)
		}
	})
}

func TestDuplicatesAreRefusedAndOnlySoftOnesCanBeConfirmed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		id := []customer.Identifier{{Type: customer.TypeUSCC, Value: uscc(t, 1)}}
		first := w.create(system, customer.Input{Code: "D-1", Name: "广州（南沙）船务有限公司", Identifiers: id, OwnerID: zhao})
		candidates := func(err error) []customer.Candidate {
			t.Helper()
			list, ok := wantCode(t, err, errs.Conflict, "customer.duplicate").Args["candidates"].([]customer.Candidate)
			if !ok || len(list) != 1 {
				t.Fatalf("candidates %v", list)
			}
			return list
		}
		_, err := w.s.Create(system, customer.Input{Name: "广州(南沙)船务有限责任公司"})
		if list := candidates(err); list[0].ID != first.ID || list[0].By != "name" {
			t.Errorf("candidate %+v", list[0])
		}
		w.create(system, customer.Input{Name: "广州(南沙)船务有限责任公司", ConfirmDuplicate: true})
		_, err = w.s.Create(system, customer.Input{Name: "别名船务", Identifiers: id, ConfirmDuplicate: true})
		if list := candidates(err); list[0].By != customer.TypeUSCC {
			t.Errorf("candidate %+v", list[0])
		}
		_, err = w.s.Create(system, customer.Input{Name: "又一船务", Code: "D-1", ConfirmDuplicate: true})
		candidates(err)
		wantField(t, err, "code", "customer.code_taken")
		// Somebody who may not see the other customer learns that it is there, and nothing more.
		_, err = w.s.Create(asLin, customer.Input{Name: "我的船务", Identifiers: id})
		if list := candidates(err); !list[0].Hidden || list[0].Name != "" || list[0].ID != 0 || list[0].OwnerID != 0 {
			t.Errorf("leaks %+v", list[0])
		}
	})
}

func TestUpdateChangesOnlyTheFieldsNamedAndDetectsConflicts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.create(system, customer.Input{Name: "西江纸品", Address: "江滨路1号", Tags: []string{"老客户"}, Note: "旧"})
		after := w.patch(system, c, customer.Input{Note: "新", Status: customer.StatusDormant}, customer.FieldNote|customer.FieldStatus)
		if after.Note != "新" || after.Status != customer.StatusDormant || after.Address != "江滨路1号" || after.Version != c.Version+1 || !slices.Equal(after.Tags, c.Tags) {
			t.Errorf("after %+v", after)
		}
		_, err := w.s.Update(system, c.ID, c.Version, customer.Input{Note: "另一人"}, customer.FieldNote)
		current, ok := wantCode(t, err, errs.Precondition, "precondition_failed").Args["current"].(customer.Customer)
		if !ok || current.Note != "新" || current.Version != after.Version {
			t.Errorf("current %+v", current)
		}
		same := w.patch(system, after, customer.Input{Note: "新"}, customer.FieldNote)
		if same.Version != after.Version {
			t.Error("a change of nothing made a version")
		}
		var detail []byte
		w.must(db.Get(context.Background(), d.Read(), "SELECT detail FROM audit_entry WHERE action = 'customer.update' ORDER BY seq DESC LIMIT 1", nil, &detail))
		if s := string(detail); !strings.Contains(s, `{"field":"note","before":"旧","after":"新"}`) || !strings.Contains(s, `"field":"status"`) || strings.Contains(s, "address") {
			t.Errorf("audit %s", s)
		}
		if n := w.int("SELECT COUNT(*) FROM audit_entry WHERE customer_id = ?", c.ID); n != 2 {
			t.Errorf("%d audit entries", n)
		}
		if _, err := audit.Verify(system, d.Read()); err != nil {
			t.Error(err)
		}
	})
}

func TestIdentityNumbersAreMaskedInTheAuditAndNotSearchable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const number = "11010519491231002X"
		w.create(system, customer.Input{Party: customer.PartyPerson, Name: "单雨薇", Identifiers: []customer.Identifier{{Type: customer.TypeIDCard, Value: number}}})
		if n := w.int("SELECT COUNT(*) FROM audit_entry WHERE detail LIKE ?", "%"+number+"%"); n != 0 {
			t.Error("the audit holds the whole number")
		}
		for _, text := range []string{number, "1101051949"} {
			n, err := w.s.Count(system, customer.Query{Q: text})
			w.must(err)
			if n.N != 0 {
				t.Errorf("%s finds %d", text, n.N)
			}
		}
		if n, err := w.s.Count(system, customer.Query{Q: "shanyuw"}); err != nil || n.N != 1 {
			t.Errorf("the surname 单 is read shan: %v %v", n, err)
		}
	})
}

func TestArchiveAndRestore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.create(system, customer.Input{Code: "AR1", Name: "北江印务"})
		c, err := w.s.Archive(asBoss, c.ID, c.Version, "停业")
		w.must(err)
		if !c.Archived {
			t.Fatal("not archived")
		}
		_, err = w.s.Update(system, c.ID, c.Version, customer.Input{Note: "x"}, customer.FieldNote)
		wantCode(t, err, errs.Conflict, "customer.archived")
		_, err = w.s.AddContact(system, c.ID, customer.ContactInput{Name: "某人"})
		wantCode(t, err, errs.Conflict, "customer.archived")
		if n, err := w.s.Count(system, customer.Query{}); err != nil || n.N != 0 {
			t.Errorf("the list still has it: %v %v", n, err)
		}
		only := customer.Query{Conditions: []customer.Condition{{Field: "archived", Op: "is", Values: []string{"yes"}}}}
		if n, err := w.s.Count(system, only); err != nil || n.N != 1 {
			t.Errorf("the archive lacks it: %v %v", n, err)
		}
		_, err = w.s.Archive(asLin, c.ID, c.Version, "")
		wantCode(t, err, errs.Forbidden, "auth.forbidden")
		c, err = w.s.Restore(asBoss, c.ID, c.Version, "复业")
		w.must(err)
		if c.Archived || c.Code != "AR1" {
			t.Errorf("restored %+v", c)
		}
		if n := w.int("SELECT COUNT(*) FROM audit_entry WHERE action IN ('customer.archive', 'customer.restore')"); n != 2 {
			t.Errorf("%d audit entries", n)
		}
	})
}

func TestScopeHidesTheCustomersOfOthersEverywhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		mine := w.create(system, customer.Input{Name: "岭南茶行", OwnerID: lin, Tags: []string{"茶"}})
		team := w.create(system, customer.Input{Name: "岭南酒行", OwnerID: chen})
		far := w.create(system, customer.Input{Name: "岭北酒行", OwnerID: zhao, Tags: []string{"酒"}})
		nobody := w.create(system, customer.Input{Name: "岭外酒行"})
		for _, tc := range []struct {
			who  string
			ctx  context.Context
			sees []customer.Customer
		}{
			{"own", asLin, []customer.Customer{mine}},
			{"unit", asHead, []customer.Customer{mine, team}},
			{"all", asBoss, []customer.Customer{mine, team, far, nobody}},
		} {
			for _, c := range []customer.Customer{mine, team, far, nobody} {
				sees := slices.ContainsFunc(tc.sees, func(o customer.Customer) bool { return o.ID == c.ID })
				_, err := w.s.Get(tc.ctx, c.ID)
				_, guardErr := w.s.Guard(tc.ctx, authz.CustomerRead, c.ID)
				_, codeErr := w.s.ByCode(tc.ctx, c.Code)
				for _, e := range []error{err, guardErr, codeErr} {
					if sees != (e == nil) || e != nil && !db.IsNoRows(e) {
						t.Errorf("%s, %s: %v", tc.who, c.Name, e)
					}
				}
			}
			page, err := w.s.List(tc.ctx, customer.Query{Q: "岭"}, "", 50)
			w.must(err)
			n, err := w.s.Count(tc.ctx, customer.Query{Q: "岭"})
			w.must(err)
			hits, err := w.s.Find(tc.ctx, "岭")
			w.must(err)
			if len(page.Items) != len(tc.sees) || n.N != int64(len(tc.sees)) || len(hits) != len(tc.sees) {
				t.Errorf("%s: list %v, count %d, search %d, want %d", tc.who, names(page), n.N, len(hits), len(tc.sees))
			}
		}
		tags, err := w.s.Tags(asLin)
		w.must(err)
		if len(tags) != 1 || tags[0].Tag != "茶" {
			t.Errorf("tags %v", tags)
		}
		hits, err := w.s.Find(asLin, far.Code)
		w.must(err)
		if len(hits) != 0 {
			t.Errorf("search by code leaks %v", hits)
		}
		_, err = w.s.Update(asLin, team.ID, team.Version, customer.Input{Note: "x"}, customer.FieldNote)
		wantCode(t, err, errs.NotFound, "not_found")
		seen, err := w.s.Visible(asHead, authz.CustomerRead, []int64{mine.ID, far.ID, 5})
		w.must(err)
		if len(seen) != 1 || seen[mine.ID].Name != "岭南茶行" {
			t.Errorf("visible %v", seen)
		}
		_, err = w.s.List(context.Background(), customer.Query{}, "", 50)
		wantCode(t, err, errs.Unauthenticated, "auth.signed_out")
	})
}

func TestOwnersAreGivenOnlyWithinReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.create(asLin, customer.Input{Name: "自建客户"})
		if c.OwnerID != lin || c.UnitID != unitSouth {
			t.Errorf("owner %d unit %d", c.OwnerID, c.UnitID)
		}
		_, err := w.s.Create(asLin, customer.Input{Name: "送给别人", OwnerID: chen})
		wantCode(t, err, errs.Forbidden, "customer.assign_not_allowed")
		_, err = w.s.Update(asLin, c.ID, c.Version, customer.Input{OwnerID: chen}, customer.FieldOwner)
		wantCode(t, err, errs.Forbidden, "customer.assign_not_allowed")
		_, err = w.s.Update(asHead, c.ID, c.Version, customer.Input{OwnerID: zhao}, customer.FieldOwner)
		wantCode(t, err, errs.Forbidden, "customer.assign_not_allowed")
		c = w.patch(asHead, c, customer.Input{OwnerID: chen}, customer.FieldOwner)
		if c.OwnerID != chen {
			t.Errorf("owner %d", c.OwnerID)
		}
		if n := w.int("SELECT COUNT(*) FROM event WHERE kind = 'customer.assigned' AND customer_id = ?", c.ID); n != 1 {
			t.Errorf("%d events", n)
		}
		c = w.patch(asBoss, c, customer.Input{OwnerID: zhao}, customer.FieldOwner)
		if c.UnitID != unitNorth {
			t.Errorf("unit %d", c.UnitID)
		}
		var moved []event.Event
		w.bus.Subscribe(customer.EventUpdated, func(_ context.Context, _ db.Q, e event.Event) error { moved = append(moved, e); return nil })
		w.must(d.InTx(system, func(q db.Q) error {
			return w.bus.Emit(system, q, "user.moved", 0, map[string]any{"user_id": zhao, "unit_id": unitSouth})
		}))
		_, err = w.bus.Dispatch(system)
		w.must(err)
		if c, err = w.s.Get(system, c.ID); err != nil || c.UnitID != unitSouth {
			t.Errorf("the unit did not follow the owner: %d %v", c.UnitID, err)
		}
		if len(moved) == 0 {
			t.Error("no update was announced")
		}
	})
}
