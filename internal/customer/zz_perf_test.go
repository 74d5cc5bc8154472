package customer_test

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"testing"
	"time"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

func TestZZPerf(t *testing.T) {
	var d *db.DB
	if os.Getenv("PERF_PG") != "" {
		d = dbtest.Postgres(t)
	} else {
		d = dbtest.SQLite(t)
	}
	w := newWorld(t, d)
	r := rand.New(rand.NewSource(1))
	han := []rune("华为技术有限贸易商行电器五金木业纸品印务茶酒布灯饰阀门江海山川平安福隆昌盛东西南北中新远达通和顺利德信义仁美佳丽")
	sur := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
	word := func(n int) string {
		s := make([]rune, n)
		for i := range s {
			s[i] = han[r.Intn(len(han))]
		}
		return string(s)
	}
	cities := []string{"深圳市", "广州市", "杭州市", "重庆市", "成都市", "长沙市"}
	start := time.Now()
	for b := 0; b < 10; b++ {
		ins := make([]customer.Input, 500)
		for i := range ins {
			in := customer.Input{Name: cities[r.Intn(6)] + word(4) + "有限公司", Kind: []string{"dealer", "oem", "franchisee"}[r.Intn(3)], Region: []string{"4403", "4401", "3301", "50", "5101"}[r.Intn(5)], OwnerID: []int64{lin, chen, zhao}[r.Intn(3)], Tags: []string{word(2)}}
			for k := 0; k < 25; k++ {
				in.Contacts = append(in.Contacts, customer.ContactInput{Name: string(sur[r.Intn(len(sur))]) + word(2), Phone: fmt.Sprintf("138%08d", r.Intn(100000000)), Primary: k == 0})
			}
			ins[i] = in
		}
		w.tx(func(q db.Q) error { _, err := w.s.CreateMany(system, q, ins, 1, w.now); return err })
	}
	w.exec(`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code) SELECT id, 'dealer', 'r', 1, CASE WHEN id % 10 = 0 THEN 'A' ELSE 'C' END, CASE WHEN id % 10 = 0 THEN 0 ELSE 2 END, '', NULL, '2026-01-01', '2026-01-01', '' FROM customer`)
	fmt.Println("load", time.Since(start), "terms", w.int("SELECT COUNT(*) FROM search_term"))
	if d.Dialect() == db.Postgres {
		w.exec("ANALYZE")
	}
	measure := func(name string, fn func() error) {
		var ts []time.Duration
		for i := 0; i < 20; i++ {
			s := time.Now()
			if err := fn(); err != nil {
				t.Fatal(name, err)
			}
			ts = append(ts, time.Since(s))
		}
		slices.Sort(ts)
		fmt.Printf("%-40s p50 %v p95 %v\n", name, ts[10], ts[18])
	}
	for _, ctx := range []struct {
		n string
		c context.Context
	}{{"all", system}, {"unit", asHead}, {"own", asLin}} {
		for _, q := range []struct{ sort, filter, text string }{
			{"", "", ""}, {"-updated", "kind:in:dealer", ""}, {"grade", "region:in:44", ""}, {"owner", "", ""}, {"name", "grade:in:A", ""}, {"name", "tag:in:华为", ""},
			{"name", "", "华为"}, {"name", "", "公司"}, {"name", "", "zh"}, {"name", "", "hw"}, {"name", "", "深圳五金"}, {"name", "", "138"}, {"name", "", "5678"}, {"name", "", "王"}, {"-updated", "kind:in:oem", "zhang"},
		} {
			query := customer.Query{Sort: q.sort, Q: q.text}
			if q.filter != "" {
				query.Conditions, _ = customer.ParseConditions([]string{q.filter})
			}
			measure(ctx.n+" list "+q.sort+" "+q.filter+" "+q.text, func() error { _, err := w.s.List(ctx.c, query, "", 50); return err })
			measure(ctx.n+" count "+q.filter+" "+q.text, func() error { _, err := w.s.Count(ctx.c, query); return err })
			if q.text != "" {
				measure(ctx.n+" find "+q.text, func() error { _, err := w.s.Find(ctx.c, q.text); return err })
			}
		}
	}
	page, _ := w.s.List(system, customer.Query{}, "", 1)
	measure("get", func() error { _, err := w.s.Get(system, page.Items[0].ID); return err })
	measure("contacts", func() error { _, err := w.s.Contacts(system, page.Items[0].ID, false); return err })
	measure("each", func() error { return w.s.Each(system, d.Read(), func(customer.Row) error { return nil }) })
	measure("tags", func() error { _, err := w.s.Tags(asHead); return err })
}
