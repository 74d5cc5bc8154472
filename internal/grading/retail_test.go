package grading

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/money"
)

var retail = filepath.Join("..", "..", "..", "shared", "data", "online-retail")

// retailLines reads the real data set the way its import does: lines without a customer are set aside, a document that
// begins with C is a cancellation, an amount is quantity times price rounded per line half to even.
func retailLines(t testing.TB) []sale {
	t.Helper()
	f, err := os.Open(filepath.Join(retail, "online_retail.csv.gz"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the real data set is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(z)
	r.ReuseRecord = true
	if _, err := r.Read(); err != nil {
		t.Fatal(err)
	}
	loc := time.FixedZone("CST", 8*3600)
	var out []sale
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if row[6] != "" {
			out = append(out, retailLine(t, row, loc))
		}
	}
}

func retailLine(t testing.TB, row []string, loc *time.Location) sale {
	t.Helper()
	at, err := time.ParseInLocation(time.DateTime, row[4], loc)
	if err != nil {
		t.Fatal(err)
	}
	quantity, err1 := decimal.Parse(row[3])
	price, err2 := decimal.Parse(row[5])
	product, err3 := quantity.Mul(price)
	minor, err4 := money.FromDecimal(product, "GBP")
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	whole, _, _ := quantity.Int64(0)
	s := sale{
		code: strings.TrimSuffix(strings.Clone(row[6]), ".0"), document: strings.Clone(row[0]), status: "shipped", currency: "GBP",
		on: row[4][:10], at: clock.Micros(at), amount: minor, quantity: whole * 1000,
	}
	s.on = strings.Clone(s.on)
	if strings.HasPrefix(s.document, "C") {
		s.status = "cancelled"
	}
	return s
}

func (k *kit) retail(lines []sale) {
	k.t.Helper()
	codes := map[string]bool{}
	for _, l := range lines {
		codes[l.code] = true
	}
	var list []who
	for _, c := range slices.Sorted(maps.Keys(codes)) {
		list = append(list, who{code: c})
	}
	k.customers(list...)
	for chunk := range slices.Chunk(lines, 50_000) {
		k.orders(chunk...)
	}
}

// The published result on the real data, the same on both databases, byte for byte.
func TestOnlineRetail(t *testing.T) {
	lines := retailLines(t)
	exports := map[string][]string{}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.retail(lines)
		sum := k.grade("rfm-segments", "2011-12-11")
		want := map[string]int64{
			"hibernating": 1071, "loyal_customers": 819, "champions": 633, "at_Risk": 593, "potential_loyalists": 484, "about_to_sleep": 352,
			"need_attention": 187, "promising": 94, "cant_loose": 63, "new_customers": 42,
		}
		if diff := cmp.Diff(want, sum.Verdicts); diff != "" {
			t.Error("segments differ from the published ones:\n", diff)
		}
		if sum.InScope != 4372 || len(sum.WithoutVerdict) != 34 || sum.Changed != 4338 {
			t.Errorf("in scope %d, without %d, changed %d", sum.InScope, len(sum.WithoutVerdict), sum.Changed)
		}
		rfm := k.export(sum.RunID)
		if diff := cmp.Diff(oracleSegments(t), segmentsOf(t, rfm)); diff != "" {
			t.Error("customers differ from the oracle:\n", diff)
		}
		accounts := k.grade("key-accounts", "2011-12-11")
		if accounts.Verdicts["key"] != 7 || accounts.Verdicts["strategic"] != 0 || accounts.InScope != 4372 {
			t.Errorf("key accounts: %+v of %d", accounts.Verdicts, accounts.InScope)
		}
		k.shareOf14646()
		exports[t.Name()] = []string{rfm, k.export(accounts.RunID)}
		again := k.grade("rfm-segments", "2011-12-11")
		run, err := k.s.Run(k.ctx, again.RunID)
		if err != nil || run.Written != 0 || run.Changed != 0 || run.Graded != 4338 {
			t.Errorf("the second run wrote %d, changed %d, graded %d: %v", run.Written, run.Changed, run.Graded, err)
		}
		if got := k.export(again.RunID); got != rfm {
			t.Error("the second run exports something else")
		}
	})
	var first []string
	for name, e := range exports {
		if first == nil {
			first = e
		}
		if !slices.Equal(first, e) {
			t.Errorf("the export of %s differs from the other database's", name)
		}
	}
}

func (k *kit) export(runID int64) string {
	k.t.Helper()
	var b bytes.Buffer
	if err := k.s.Export(k.ctx, &b, runID); err != nil {
		k.t.Fatal(err)
	}
	return b.String()
}

func (k *kit) shareOf14646() {
	k.t.Helper()
	v, err := latestVerdict(k.ctx, k.db.Read(), k.ids["14646"], "key-accounts", "key-account")
	if err != nil {
		k.t.Fatal(err)
	}
	if v.Code != "key" || !bytes.Contains(v.Explanation, []byte(`"3.3673"`)) {
		k.t.Errorf("14646 is %q: %s", v.Code, v.Explanation)
	}
}

func segmentsOf(t testing.TB, export string) map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(export)).ReadAll()
	if err != nil || len(rows) == 0 || fmt.Sprint(rows[0]) != "[code verdict score]" {
		t.Fatalf("export: %v %v", rows[:min(1, len(rows))], err)
	}
	out := map[string]string{}
	last := ""
	for _, r := range rows[1:] {
		if r[0] <= last {
			t.Fatalf("not sorted by code: %s after %s", r[0], last)
		}
		last = r[0]
		out[r[0]] = r[1]
	}
	return out
}

func oracleSegments(t testing.TB) map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(retail, "oracle_rf_segments_regexmap.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range rows[1:] {
		out[strings.TrimSuffix(r[0], ".0")] = r[8]
	}
	return out
}
