package customer_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/search"
)

// many adds customers with many equal sort values, and grades for some of them.
func many(w *world, n int) []customer.Item {
	w.t.Helper()
	kinds := []string{"dealer", "franchisee", "oem", ""}
	owners := []int64{lin, chen, zhao, 0}
	var ins []customer.Input
	for i := range n {
		ins = append(ins, customer.Input{
			Code: fmt.Sprintf("K%03d", (i*7)%n), Name: []string{"同名商行", "同名商号", "平川贸易", "Alpha"}[i%4], Kind: kinds[i%len(kinds)], OwnerID: owners[(i/3)%len(owners)],
			Region: []string{"44", "4403", "440305", "11"}[i%4], Industry: []string{"F", "51", "5121", "2770"}[i%4],
		})
	}
	var ids []int64
	w.must(w.d.InTx(system, func(q db.Q) error {
		var err error
		ids, err = w.s.CreateMany(system, q, ins, 0, w.now)
		return err
	}))
	for i, id := range ids {
		w.exec("UPDATE customer SET updated_at = ?, created_at = ? WHERE id = ?", 1000+i%5, 2000+i%3, id)
		if i%3 != 0 {
			code := []string{"A", "B"}[i%2]
			w.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code)
				VALUES (?, 'dealer', 'r', 1, ?, ?, '', NULL, '2026-01-01', '2026-01-01', '')`, id, code, i%2)
		}
	}
	page, err := w.s.List(system, customer.Query{}, "", 500)
	w.must(err)
	if len(page.Items) != n || page.Next != "" {
		w.t.Fatalf("%d customers, next %q", len(page.Items), page.Next)
	}
	return page.Items
}

// sortKeys says how the list must be ordered.
var sortKeys = map[string]func(a, b customer.Item) int{
	"name":    func(a, b customer.Item) int { return strings.Compare(search.SortKey(a.Name), search.SortKey(b.Name)) },
	"code":    func(a, b customer.Item) int { return strings.Compare(a.Code, b.Code) },
	"updated": func(a, b customer.Item) int { return a.UpdatedAt.Compare(b.UpdatedAt) },
	"created": func(a, b customer.Item) int { return a.CreatedAt.Compare(b.CreatedAt) },
	"grade": func(a, b customer.Item) int {
		return cmp.Or(position(a)-position(b), strings.Compare(search.SortKey(a.Name), search.SortKey(b.Name)))
	},
}

func position(it customer.Item) int {
	if len(it.Grades) == 0 {
		return 99
	}
	return it.Grades[0].Position
}

func TestPagesOfAnySizeGiveTheWholeListInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		all := many(w, 60)
		rapid.Check(t, func(r *rapid.T) {
			sort := rapid.SampledFrom([]string{"name", "code", "updated", "created", "grade"}).Draw(r, "sort")
			desc := rapid.Bool().Draw(r, "desc")
			kind := rapid.SampledFrom([]string{"", "dealer", "oem"}).Draw(r, "kind")
			limit := rapid.IntRange(1, 25).Draw(r, "limit")
			var want []int64
			sorted := slices.Clone(all)
			slices.SortFunc(sorted, func(a, b customer.Item) int { return cmp.Or(sortKeys[sort](a, b), cmp.Compare(a.ID, b.ID)) })
			if desc {
				slices.Reverse(sorted)
				sort = "-" + sort
			}
			query := customer.Query{Sort: sort}
			if kind != "" {
				query.Conditions = []customer.Condition{{Field: "kind", Op: "in", Values: []string{kind}}}
			}
			for _, it := range sorted {
				if kind == "" || it.Kind == kind {
					want = append(want, it.ID)
				}
			}
			var got []int64
			cursor := ""
			for {
				page, err := w.s.List(system, query, cursor, limit)
				if err != nil {
					r.Fatal(err)
				}
				for _, it := range page.Items {
					got = append(got, it.ID)
				}
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			if !slices.Equal(got, want) {
				r.Fatalf("sort %s limit %d\n got %v\nwant %v", sort, limit, got, want)
			}
		})
	})
}

func TestSortByOwnerPagesWithoutLossOrRepetition(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		many(w, 30)
		for _, sort := range []string{"owner", "-owner"} {
			var got []string
			cursor := ""
			for {
				page, err := w.s.List(system, customer.Query{Sort: sort}, cursor, 4)
				w.must(err)
				for _, it := range page.Items {
					got = append(got, it.OwnerName)
				}
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			runs := slices.Compact(slices.Clone(got))
			if len(got) != 30 || len(runs) != 4 {
				t.Errorf("%s: %d rows in %d runs: %v", sort, len(got), len(runs), runs)
			}
		}
	})
}

func TestConditions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, f := range []customer.CustomField{
			{Name: "stores", LabelZH: "门店数", LabelEN: "Stores", Type: customer.FieldNumber},
			{Name: "opened", LabelZH: "开业", LabelEN: "Opened", Type: customer.FieldDate},
			{Name: "level", LabelZH: "级别", LabelEN: "Level", Type: customer.FieldChoice, Choices: []string{"甲", "乙"}},
			{Name: "vip", LabelZH: "贵宾", LabelEN: "VIP", Type: customer.FieldFlag},
			{Name: "hint", LabelZH: "提示", LabelEN: "Hint", Type: customer.FieldText},
		} {
			_, err := w.s.AddField(system, f)
			w.must(err)
		}
		w.create(system, customer.Input{
			Code: "ONE", Name: "一号店", Kind: "dealer", Region: "440305", Industry: "5121", OwnerID: lin, Tags: []string{"红", "a,b"}, Address: "100%路",
			Custom: map[string]string{"stores": "12", "opened": "2020-05-01", "level": "甲", "vip": "true", "hint": "周一 来访"},
		})
		w.create(system, customer.Input{Code: "TWO", Name: "二号店", Kind: "oem", Region: "1101", Industry: "C", Status: customer.StatusLost, Tags: []string{"绿"}, Custom: map[string]string{"stores": "9.5", "vip": "0"}})
		w.now = w.now.AddDate(0, 0, 40)
		three := w.create(system, customer.Input{Code: "THREE", Name: "三号店", Party: customer.PartyPerson, OwnerID: chen})
		w.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code)
			VALUES (?, 'dealer', 'r', 1, 'A', 0, '', NULL, '2026-01-01', '2026-01-01', '')`, three.ID)
		for filter, want := range map[string]string{
			"kind:in:dealer,oem": "ONE TWO", "kind:not_in:dealer": "THREE TWO", "kind:empty:": "THREE", "status:in:lost": "TWO", "party:in:person": "THREE",
			"region:in:44": "ONE", "region:in:440000,11": "ONE TWO", "region:in:440304": "", "region:not_in:44": "THREE TWO", "region:empty:": "THREE",
			"industry:in:F": "ONE", "industry:in:C": "TWO", "industry:in:51": "ONE", "owner:in:me": "", "owner:in:none": "TWO", "owner:empty:": "TWO",
			"owner:in:101,102": "ONE THREE", "owner:not_in:101": "THREE TWO", "unit:in:11": "ONE THREE", "tag:in:红,绿": "ONE TWO", "tag:in:a\\,b": "ONE",
			"tag:not_in:红": "THREE TWO", "tag:empty:": "THREE", "grade:in:dealer:A": "THREE", "grade:in:A": "THREE", "grade:in:other:A": "", "grade:empty:": "ONE TWO",
			"grade:not_in:A": "ONE TWO", "created:within:last_30_days": "THREE", "created:lte:2026-03-16": "ONE TWO", "created:gte:2026-03-17": "THREE",
			"created:between:2026-03-16,2026-03-16": "ONE TWO", "name:contains:号店": "ONE THREE TWO", "address:contains:0%": "ONE", "address:contains:0_": "",
			"code:is:TWO": "TWO", "custom.stores:gte:10": "ONE", "custom.stores:between:9,9.5": "TWO", "custom.stores:is:12.0": "ONE", "custom.opened:gte:2020-05-01": "ONE",
			"custom.opened:lte:2020-04-30": "", "custom.level:in:甲": "ONE", "custom.level:not_in:甲": "THREE TWO", "custom.vip:is:yes": "ONE", "custom.vip:is:no": "TWO",
			"custom.vip:empty:": "THREE", "custom.hint:contains:来": "ONE", "archived:is:all": "ONE THREE TWO",
		} {
			conditions, err := customer.ParseConditions([]string{filter})
			w.must(err)
			query := customer.Query{Conditions: conditions, Sort: "code"}
			page, err := w.s.List(system, query, "", 50)
			if err != nil {
				t.Errorf("%s: %v", filter, err)
				continue
			}
			var got []string
			for _, it := range page.Items {
				got = append(got, it.Code)
			}
			n, err := w.s.Count(system, query)
			if s := strings.Join(got, " "); s != want || err != nil || n.N != int64(len(got)) || n.More {
				t.Errorf("%s: got %q, want %q, count %v %v", filter, s, want, n, err)
			}
		}
		for filter, code := range map[string]string{
			"secret:is:1": "customer.filter_unknown", "custom.none:is:1": "customer.filter_unknown", "kind:gte:a": "customer.filter_operator", "owner:in:x": "customer.filter_value",
			"region:in:99": "customer.filter_value", "created:within:ever": "customer.filter_value", "created:gte:2026-02-30": "customer.filter_value", "archived:is:perhaps": "customer.filter_value",
		} {
			conditions, err := customer.ParseConditions([]string{filter})
			w.must(err)
			_, err = w.s.List(system, customer.Query{Conditions: conditions}, "", 50)
			wantCode(t, err, errs.Invalid, code)
		}
		_, err := customer.ParseConditions([]string{"kind"})
		wantCode(t, err, errs.Invalid, "customer.filter_malformed")
		_, err = w.s.List(system, customer.Query{Sort: "note"}, "", 50)
		wantCode(t, err, errs.Invalid, "customer.sort_unknown")
		page, err := w.s.List(system, customer.Query{Sort: "name"}, "", 1)
		w.must(err)
		_, err = w.s.List(system, customer.Query{Sort: "code"}, page.Next, 1)
		wantCode(t, err, errs.Invalid, "cursor.invalid")
	})
}

func TestSearchFindsWhatPeopleType(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.create(system, customer.Input{
			Code: "GZ-2024-018", Name: "重庆嘉陵阀门有限公司", NameEN: "Jialing Valves", FormerNames: []string{"渝西机械厂"},
			Identifiers: []customer.Identifier{{Type: customer.TypePhone, Value: "023-67890123"}, {Type: customer.TypeUSCC, Value: uscc(t, 88)}},
			Contacts:    []customer.ContactInput{{Name: "尉迟安", Phone: "13912345678", Primary: true}},
		})
		w.create(system, customer.Input{Name: "成都平安阀业有限公司"})
		for text, field := range map[string]string{
			"嘉陵": "name", "阀门": "name", "jialing": "name", "cqjl": "name", "chongqing": "name", "jlfm": "name", "valves": "name_en", "渝西": "former_name", "GZ-2024-018": "code", "2024-018": "code",
			"018": "code", "0123": "phone", "02367890123": "phone", "尉迟": "contact", "yuchi": "contact", "5678": "contact", "13912345678": "contact", uscc(t, 88): "identifier", "嘉陵 尉迟": "contact",
		} {
			hits, err := w.s.Find(system, text)
			w.must(err)
			if len(hits) != 1 || hits[0].ID != c.ID {
				t.Errorf("%s finds %v", text, hits)
				continue
			}
			if hits[0].Field != field && text != "嘉陵 尉迟" {
				t.Errorf("%s: by %s (%s), want %s", text, hits[0].Field, hits[0].Text, field)
			}
		}
		for _, text := range []string{"平安", "pa", "阀"} {
			n, err := w.s.Count(system, customer.Query{Q: text})
			w.must(err)
			if n.N == 0 {
				t.Errorf("%s finds nothing", text)
			}
		}
		for _, text := range []string{"!!!", "不存在的", "zzzz"} {
			page, err := w.s.List(system, customer.Query{Q: text}, "", 10)
			w.must(err)
			if len(page.Items) != 0 {
				t.Errorf("%s finds %v", text, names(page))
			}
		}
		// The terms follow every change.
		c = w.patch(system, c, customer.Input{Name: "重庆涪陵阀门有限公司"}, customer.FieldName)
		people, err := w.s.Contacts(system, c.ID, false)
		w.must(err)
		_, err = w.s.ArchiveContact(system, c.ID, people[0].ID, people[0].Version)
		w.must(err)
		for text, want := range map[string]int64{"嘉陵": 0, "涪陵": 1, "尉迟": 0, "5678": 0, "0123": 1} {
			if n, err := w.s.Count(system, customer.Query{Q: text}); err != nil || n.N != want {
				t.Errorf("after the change %s finds %d, want %d (%v)", text, n.N, want, err)
			}
		}
	})
}
