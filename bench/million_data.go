package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"kezhi/internal/app"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// millionBook is the rulebook of the large company: a scorecard of twelve items over twelve measures.
const millionBook = "bench-twelve"

// item is a measure with its bands, best first: lower bounds as the rulebook writes them and points.
type twelveItem struct {
	name, measure string
	bands         [][2]int64
	minor         int64  // what one unit of the rulebook is in the column the statement reads
	column        string // aggregate of the statement; <year> and <two> are the first days that do not count
	missing       bool   // without a fact there is no value: the worst counts
}

var twelve = []twelveItem{
	{
		"sales_12m", `{sum: amount, of: order, where: status == "shipped", window: P12M, unit: CNY}`,
		[][2]int64{{50000, 30}, {20000, 22}, {8000, 12}, {1000, 4}},
		100,
		"COALESCE(SUM(CASE WHEN kind = 'order' AND status = 'shipped' AND occurred_on > <year> THEN amount END), 0)", false,
	},
	{
		"sales_24m", `{sum: amount, of: order, where: status == "shipped", window: P24M, unit: CNY}`,
		[][2]int64{{90000, 20}, {40000, 14}, {10000, 6}},
		100,
		"COALESCE(SUM(CASE WHEN kind = 'order' AND status = 'shipped' THEN amount END), 0)", false,
	},
	{
		"orders_12m", `{count: order, of: order, where: status != "cancelled", window: P12M}`,
		[][2]int64{{5, 20}, {3, 12}, {1, 4}},
		1,
		"COUNT(CASE WHEN kind = 'order' AND status <> 'cancelled' AND occurred_on > <year> THEN 1 END)", false,
	},
	{
		"order_months", `{distinct: month, of: order, where: status != "cancelled", window: P12M}`,
		[][2]int64{{4, 10}, {2, 6}, {1, 2}},
		1,
		"COUNT(DISTINCT CASE WHEN kind = 'order' AND status <> 'cancelled' AND occurred_on > <year> THEN substr(occurred_on, 1, 7) END)", false,
	},
	{
		"largest", `{max: amount, of: order, where: status == "shipped", window: P12M, unit: CNY}`,
		[][2]int64{{20000, 15}, {8000, 9}, {1000, 3}},
		100,
		"MAX(CASE WHEN kind = 'order' AND status = 'shipped' AND occurred_on > <year> THEN amount END)", true,
	},
	{
		"average_order", `{average: amount, of: order, where: status == "shipped", window: P12M, unit: CNY}`,
		[][2]int64{{12000, 15}, {6000, 9}, {1000, 3}},
		100,
		"AVG(CASE WHEN kind = 'order' AND status = 'shipped' AND occurred_on > <year> THEN amount END)", true,
	},
	{
		"pieces", `{sum: quantity, of: order, where: status == "shipped", window: P12M}`,
		[][2]int64{{150, 10}, {60, 6}, {10, 2}},
		1000,
		"COALESCE(SUM(CASE WHEN kind = 'order' AND status = 'shipped' AND occurred_on > <year> THEN quantity END), 0)", false,
	},
	{
		"paid_12m", `{sum: amount, of: payment, window: P12M, unit: CNY}`,
		[][2]int64{{30000, 20}, {10000, 12}, {1000, 4}},
		100,
		"COALESCE(SUM(CASE WHEN kind = 'payment' AND occurred_on > <year> THEN amount END), 0)", false,
	},
	{
		"payments", `{count: payment, of: payment, window: P12M}`,
		[][2]int64{{3, 10}, {1, 5}},
		1,
		"COUNT(CASE WHEN kind = 'payment' AND occurred_on > <year> THEN 1 END)", false,
	},
	{
		"largest_paid", `{max: amount, of: payment, window: P12M, unit: CNY}`,
		[][2]int64{{15000, 10}, {5000, 6}, {1000, 2}},
		100,
		"MAX(CASE WHEN kind = 'payment' AND occurred_on > <year> THEN amount END)", true,
	},
	{"visits", `{count: visit, of: visit, window: P12M}`, [][2]int64{{2, 10}, {1, 5}}, 1, "COUNT(CASE WHEN kind = 'visit' AND occurred_on > <year> THEN 1 END)", false},
	{
		"quarter", `{sum: amount, of: order, where: status == "shipped", window: P3M, unit: CNY}`,
		[][2]int64{{15000, 30}, {5000, 18}, {1000, 6}},
		100,
		"COALESCE(SUM(CASE WHEN kind = 'order' AND status = 'shipped' AND occurred_on > <three> THEN amount END), 0)", false,
	},
}

// The grades by points out of two hundred.
var millionGrades = []struct {
	code string
	from int64
}{{"A", 130}, {"B", 90}, {"C", 50}}

// millionFiles is the rulebook as text.
var millionFiles = func() map[string]string {
	var b strings.Builder
	b.WriteString("rulebook: " + millionBook + "\nversion: 1.0.0\ntitle: {zh: 基准测试, en: Benchmark}\nowner: {zh: 测试, en: Benchmark}\nmeasures:\n")
	for _, it := range twelve {
		fmt.Fprintf(&b, "  %s: %s, title: {zh: %s, en: %s}, clause: \"1\"}\n", it.name, strings.TrimSuffix(it.measure, "}"), it.name, it.name)
	}
	b.WriteString("scorecards:\n  total:\n    title: {zh: 总分, en: Total}\n    clause: \"1\"\n    max: 200\n    items:\n")
	for _, it := range twelve {
		fmt.Fprintf(&b, "      - {measure: %s, clause: \"1\", missing: worst, points: {bands: [", it.name)
		for _, band := range it.bands {
			fmt.Fprintf(&b, "[%d, %d], ", band[0], band[1])
		}
		b.WriteString("{otherwise: true, points: 0}]}}\n")
	}
	b.WriteString("grades:\n  scheme: bench\n  title: {zh: 等级, en: Grade}\n  clause: \"1\"\n  from: total\n  labels:\n")
	for _, g := range millionGrades {
		fmt.Fprintf(&b, "    - {code: %s, title: {zh: %s, en: %s}, tone: gold}\n", g.code, g.code, g.code)
	}
	b.WriteString("    - {code: none, title: {zh: 未达级, en: Ungraded}, tone: grey, graded: false}\n  bands:\n")
	for _, g := range millionGrades {
		fmt.Fprintf(&b, "    - {code: %s, at_least: %d, clause: \"1\"}\n", g.code, g.from)
	}
	b.WriteString("    - {code: none, otherwise: true, clause: \"1\"}\n")
	return map[string]string{
		rule.FileRulebook: b.String(), rule.FileClauses: "## 1 评分 | Score\n十二项计分。\n\n> Twelve items.\n",
		rule.FileCases: "- case: nothing\n  as_of: 2026-01-31\n  customer: {kind: dealer}\n  facts: []\n  expect: {grade: none}\n",
	}
}()

// handMillion runs the statement. It reads each fact once, in the order of the table, and keeps what a reader needs to see why: of
// each customer the twelve inputs, the points of the twelve items, the score and the grade, in a table with a primary key.
func handMillion(ctx context.Context, d *db.DB, asOf calendar.Date) error {
	year, two, three := asOf.AddMonths(-12).String(), asOf.AddMonths(-24).String(), asOf.AddMonths(-3).String()
	days := strings.NewReplacer("<year>", "'"+year+"'", "<three>", "'"+three+"'", "kind =", "f.kind =", "status ", "f.status ", "occurred_on", "f.occurred_on",
		"THEN amount", "THEN f.amount", "THEN quantity", "THEN f.quantity")
	var measures, inputs, points, named, columns []string
	for _, it := range twelve {
		measures = append(measures, days.Replace(it.column)+" AS "+it.name)
		text := "CASE"
		if it.missing {
			text += " WHEN " + it.name + " IS NULL THEN 0"
		}
		for _, band := range it.bands {
			text += fmt.Sprintf(" WHEN %s >= %d THEN %d", it.name, band[0]*it.minor, band[1])
		}
		inputs, named = append(inputs, it.name), append(named, "p_"+it.name)
		points = append(points, text+" ELSE 0 END AS p_"+it.name)
		columns = append(columns, it.name+" NUMERIC, p_"+it.name+" INTEGER NOT NULL")
	}
	grade := "CASE"
	for _, g := range millionGrades {
		grade += fmt.Sprintf(" WHEN score >= %d THEN '%s'", g.from, g.code)
	}
	in, out := strings.Join(inputs, ", "), strings.Join(named, ", ")
	statement := "INSERT INTO bench_verdict (customer_id, score, code, " + in + ", " + out + ") SELECT customer_id, score, " + grade + " ELSE 'none' END, " + in + ", " + out +
		" FROM (SELECT customer_id, " + in + ", " + out + ", " + strings.Join(named, " + ") + " AS score FROM (SELECT customer_id, " + in + ", " + strings.Join(points, ", ") +
		" FROM (SELECT c.id AS customer_id, " + strings.Join(measures, ", ") + " FROM customer c LEFT JOIN fact f ON f.customer_id = c.id AND f.occurred_on > '" + two +
		"' AND f.occurred_on <= '" + asOf.String() + "' AND f.kind IN ('order', 'payment', 'visit') AND f.batch_id NOT IN (SELECT id FROM fact_batch WHERE state <> 'visible') " +
		"WHERE c.archived_at IS NULL GROUP BY c.id) m) p) s"
	return d.InTx(ctx, func(q db.Q) error {
		if _, err := q.Exec(ctx, "CREATE TABLE bench_verdict (customer_id BIGINT NOT NULL PRIMARY KEY, score BIGINT NOT NULL, code TEXT NOT NULL, "+strings.Join(columns, ", ")+")"); err != nil {
			return err
		}
		_, err := q.Exec(ctx, statement)
		return err
	})
}

// keepMillion does what else a company needs of a grading that is done by statements: which grade counts now, in a table of its own that
// is found by customer and by grade, and who moved from where to where in which grading, found by customer and by grading.
func keepMillion(ctx context.Context, d *db.DB, asOf calendar.Date) error {
	day := "'" + asOf.String() + "'"
	return d.InTx(ctx, func(q db.Q) error {
		for _, text := range []string{
			`CREATE TABLE bench_standing (customer_id BIGINT NOT NULL, scheme TEXT NOT NULL, rulebook TEXT NOT NULL, verdict_id BIGINT NOT NULL, code TEXT NOT NULL,
				position INTEGER NOT NULL, reason TEXT NOT NULL, score BIGINT, as_of TEXT NOT NULL, since TEXT NOT NULL, previous_code TEXT NOT NULL, PRIMARY KEY (customer_id, scheme))`,
			"CREATE INDEX ix_bench_standing ON bench_standing (scheme, code, customer_id)",
			`CREATE TABLE bench_movement (customer_id BIGINT NOT NULL, run_id BIGINT NOT NULL, scheme TEXT NOT NULL, from_code TEXT NOT NULL, to_code TEXT NOT NULL,
				direction INTEGER NOT NULL, as_of TEXT NOT NULL, PRIMARY KEY (customer_id, run_id))`,
			"CREATE INDEX ix_bench_movement ON bench_movement (run_id, direction, customer_id)",
			`INSERT INTO bench_movement (customer_id, run_id, scheme, from_code, to_code, direction, as_of)
				SELECT b.customer_id, 1, 'bench', COALESCE(s.code, ''), b.code, 0, ` + day + ` FROM bench_verdict b LEFT JOIN bench_standing s ON s.customer_id = b.customer_id AND s.scheme = 'bench'
				WHERE COALESCE(s.code, '') <> b.code`,
			`INSERT INTO bench_standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, score, as_of, since, previous_code)
				SELECT customer_id, 'bench', '` + millionBook + `', customer_id, code, CASE code WHEN 'A' THEN 0 WHEN 'B' THEN 1 WHEN 'C' THEN 2 ELSE 3 END, '', score, ` + day + ", " + day + `, ''
				FROM bench_verdict WHERE customer_id > 0
				ON CONFLICT (customer_id, scheme) DO UPDATE SET verdict_id = excluded.verdict_id, code = excluded.code, position = excluded.position, score = excluded.score,
					as_of = excluded.as_of, since = CASE WHEN bench_standing.code = excluded.code THEN bench_standing.since ELSE excluded.since END, previous_code = bench_standing.code`,
		} {
			if _, err := q.Exec(ctx, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// compareMillion counts the customers whom statement and grading give different grades or points.
func compareMillion(ctx context.Context, d *db.DB) (int64, error) {
	var n int64
	err := db.Get(ctx, d.Read(), `SELECT COUNT(*) FROM bench_verdict b LEFT JOIN verdict v ON v.customer_id = b.customer_id
		WHERE v.id IS NULL OR v.code <> b.code OR v.score <> b.score * 1000000`, nil, &n)
	return n, err
}

const fillChunk = 20_000

// fillMillion writes customers and facts, the same ones on every database.
func fillMillion(ctx context.Context, d *db.DB, n int) error {
	draw := rand.New(rand.NewPCG(11, 12)) //nolint:gosec // even, repeatable draws are wanted
	made := clock.Micros(today.AddDays(-400).Midnight(configOf("").Location()))
	batch := id.New(clock.FromMicros(made))
	err := d.InTx(ctx, func(q db.Q) error {
		_, err := q.Exec(ctx, "INSERT INTO fact_batch (id, source, state, facts, lease_until, created_by, created_at, changed_at) VALUES (?,'demo','visible',?,0,0,?,?)",
			batch, n*factsEach, made, made)
		return err
	})
	for from := 0; from < n && err == nil; from += fillChunk {
		err = d.InTx(ctx, func(q db.Q) error { return fillPart(ctx, q, draw, batch, made, from, min(from+fillChunk, n)) })
	}
	return err
}

// fillCustomers writes customers whose ids rise one by one from a thousand times the moment they were made.
func fillCustomers(ctx context.Context, q db.Q, made int64, from, to int) error {
	first := made * 1000
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "customer", N: to - from, Columns: []string{
			"id", "code", "party", "name", "name_en", "former_names", "name_key", "sort_key", "kind", "status", "region", "industry", "address", "owner_id",
			"unit_id", "custom", "note", "import_id", "version", "created_by", "created_at", "updated_at",
		}, Bind: func(i int, b db.Binder) {
			code := fmt.Sprintf("M%07d", from+i)
			b.Int64(first + int64(from+i))
			for _, s := range []string{code, "org", "客户" + code, "", "[]", code, code, "dealer", "active", "3301", "", ""} {
				b.Text(s)
			}
			b.Int64(0)
			b.Int64(0)
			b.Text("{}")
			b.Text("")
			for _, v := range []int64{0, 1, 0, made, made} {
				b.Int64(v)
			}
		},
	})
	return err
}

func fillPart(ctx context.Context, q db.Q, draw *rand.Rand, batch, made int64, from, to int) error {
	first := made * 1000
	if err := fillCustomers(ctx, q, made, from, to); err != nil {
		return err
	}
	_, err := db.Insert(ctx, q, db.Bulk{Table: "fact_batch_customer", Columns: []string{"customer_id", "batch_id"}, N: to - from, Bind: func(i int, b db.Binder) {
		b.Int64(first + int64(from+i))
		b.Int64(batch)
	}})
	if err != nil {
		return err
	}
	rows := make([]millionFact, 0, (to-from)*factsEach)
	for i := from; i < to; i++ {
		rows = appendFacts(rows, draw, first+int64(i))
	}
	return insertMillion(ctx, q, rows, batch, made)
}

type millionFact struct {
	customer, id, amount, quantity int64
	kind, status, document         string
	on                             calendar.Date
}

// appendFacts gives a customer six orders, three payments and a visit in the last two years, by day.
func appendFacts(rows []millionFact, draw *rand.Rand, customerID int64) []millionFact {
	size := int64(1 + draw.IntN(40))
	start := len(rows)
	for i := range factsEach {
		f := millionFact{customer: customerID, id: customerID*16 + int64(i) + 1, on: today.AddDays(-draw.IntN(730))}
		switch {
		case i < 6:
			f.kind, f.status, f.document = "order", "shipped", fmt.Sprintf("O%d-%d", customerID%10_000_000, i)
			if draw.IntN(20) == 0 {
				f.status = "cancelled"
			}
			f.amount, f.quantity = size*int64(100_00+draw.IntN(900_00)), int64(1+draw.IntN(60))*1000
		case i < 9:
			f.kind, f.status, f.amount = "payment", "received", size*int64(100_00+draw.IntN(900_00))
		default:
			f.kind, f.status = "visit", "done"
		}
		rows = append(rows, f)
	}
	part := rows[start:]
	for i := 1; i < len(part); i++ { // by day, then id: the order of the table
		for k := i; k > 0 && (part[k].on < part[k-1].on || part[k].on == part[k-1].on && part[k].id < part[k-1].id); k-- {
			part[k], part[k-1] = part[k-1], part[k]
		}
	}
	return rows
}

func insertMillion(ctx context.Context, q db.Q, rows []millionFact, batch, made int64) error {
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "fact", N: len(rows), Columns: []string{
			"customer_id", "occurred_on", "id", "kind", "amount", "currency", "quantity", "status", "document", "product", "attrs", "batch_id", "reverses", "recorded_by", "recorded_at",
		}, Bind: func(i int, b db.Binder) {
			f := &rows[i]
			b.Int64(f.customer)
			b.Text(f.on.String())
			b.Int64(f.id)
			b.Text(f.kind)
			if f.amount == 0 {
				b.Null()
				b.Text("")
			} else {
				b.Int64(f.amount)
				b.Text("CNY")
			}
			b.Int64(f.quantity)
			b.Text(f.status)
			b.Text(f.document)
			b.Text("")
			b.Text("{}")
			b.Int64(batch)
			b.Int64(0)
			b.Int64(0)
			b.Int64(made)
		},
	})
	return err
}

// changeOneInHundred records a new order for one customer in a hundred, the way people and other programs do.
func changeOneInHundred(ctx context.Context, a *app.App) error {
	ids, err := db.List(ctx, a.DB.Read(), "SELECT id FROM customer WHERE id % 100 = 7 ORDER BY id", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		return err
	}
	for len(ids) > 0 {
		n := min(len(ids), 500)
		err := a.DB.InTx(ctx, func(q db.Q) error {
			for _, customerID := range ids[:n] {
				amount := int64(12_345_00)
				_, err := a.Facts.Append(ctx, q, fact.Input{CustomerID: customerID, Kind: "order", On: today.AddDays(-3), Amount: &amount, Currency: "CNY", Status: "shipped", Document: "NEW"})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}
