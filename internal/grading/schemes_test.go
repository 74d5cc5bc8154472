package grading

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// threeAxes is the shipped rulebook with three schemes side by side and a fourth that reads them.
const threeAxes = "three-axis-grading"

var axes = []string{"axis-importance", "axis-value", "axis-need", "axis-treatment"}

// outcomes gives what a day's runs of a rulebook say, without anything that differs from one database to another.
func (k *kit) outcomes(name, asOf string) string {
	k.t.Helper()
	var out strings.Builder
	_, err := db.List(k.ctx, k.db.Read(), `SELECT c.code, v.scheme, v.code, v.reason, v.digest, v.explanation FROM verdict v JOIN customer c ON c.id = v.customer_id
		WHERE v.rulebook = ? AND v.as_of = ? AND v.id = (SELECT MAX(n.id) FROM verdict n WHERE n.customer_id = v.customer_id AND n.scheme = v.scheme AND n.as_of = v.as_of)
		ORDER BY c.code, v.scheme`, []any{name, asOf}, func(r db.Rows) (int, error) {
		return fmt.Fprintf(&out, "%s %s %s %s %s %s\n", r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Bytes(4), r.Bytes(5))
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return out.String()
}

// One grading is one job with a run per scheme: each has its own verdicts, standing, movement and summary.
func TestSchemesSideBySide(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(testPage + 9)
		sum := k.grade(threeAxes, "2026-06-30")
		if len(sum.Schemes) != 4 || len(sum.Runs) != 4 || sum.Runs[axes[0]] != sum.RunID {
			t.Fatalf("%d schemes, runs %v", len(sum.Schemes), sum.Runs)
		}
		for _, scheme := range axes {
			one := sum.Schemes[scheme]
			total := int64(len(one.WithoutVerdict))
			for _, n := range one.Verdicts {
				total += n
			}
			if one.InScope != testPage+9 || total != one.InScope {
				t.Errorf("%s: %d in scope, %d told", scheme, one.InScope, total)
			}
			if n := k.one("SELECT COUNT(*) FROM standing WHERE scheme = ? AND code <> ''", scheme); n != one.Changed {
				t.Errorf("%s: %d stand, %d changed", scheme, n, one.Changed)
			}
			if text := k.export(sum.Runs[scheme]); int64(strings.Count(text, "\n")-1) != total-int64(len(one.WithoutVerdict)) {
				t.Errorf("%s: the export has %d lines", scheme, strings.Count(text, "\n"))
			}
			o, err := k.s.Overview(k.ctx, threeAxes, scheme)
			if err != nil || o.Scheme.ID != scheme || len(o.History) != 1 || o.Last == nil || o.Last.ID != sum.Runs[scheme] {
				t.Errorf("%s: overview %+v: %v", scheme, o, err)
			}
			e, err := k.s.ExplainScheme(k.ctx, "K00000", threeAxes, scheme)
			if err != nil || e.Scheme != scheme {
				t.Errorf("%s: explained %s: %v", scheme, e.Scheme, err)
			}
		}
		if n := k.one("SELECT COUNT(DISTINCT job_id) FROM grading_run"); n != 1 {
			t.Errorf("%d jobs", n)
		}
		first := k.outcomes(threeAxes, "2026-06-30")
		again := k.grade(threeAxes, "2026-06-30")
		for scheme, runID := range again.Runs {
			if run, err := k.s.Run(k.ctx, runID); err != nil || run.Written != 0 || run.Changed != 0 {
				t.Errorf("%s: the rerun wrote %d and changed %d: %v", scheme, run.Written, run.Changed, err)
			}
		}
		if k.outcomes(threeAxes, "2026-06-30") != first {
			t.Error("the rerun found something else")
		}
		if _, err := k.s.Overview(k.ctx, threeAxes, "nothing"); errs.CodeOf(err) != "grading.unknown_scheme" {
			t.Errorf("an unknown scheme: %v", err)
		}
	})
}

// The combinations of parallel schemes count every customer once, by what counts now, within reach and without the archive.
func TestCombinationsOfSchemes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(60)
		k.grade(threeAxes, "2026-06-30")
		k.tx(func(q db.Q) error {
			_, err := q.Exec(k.ctx, "UPDATE customer SET archived_at = 1 WHERE id = ?", k.ids["K00003"])
			return err
		})
		for _, of := range [][]string{nil, {axes[2], axes[0]}, {axes[3], axes[1], axes[0]}} {
			x, err := k.s.Cross(k.ctx, threeAxes, of)
			if err != nil {
				t.Fatal(err)
			}
			asked := of
			if of == nil {
				asked = axes[:3]
			}
			if len(x.Schemes) != len(asked) || x.Schemes[0].ID != asked[0] || x.Total != 59 || len(x.Cells) < 2 {
				t.Errorf("%v: %d schemes, %d customers, %d cells", of, len(x.Schemes), x.Total, len(x.Cells))
			}
			want := map[string]int64{}
			for code, n := range k.ids {
				if code == "K00003" {
					continue
				}
				list, err := k.s.Standings(k.ctx, n)
				if err != nil {
					t.Fatal(err)
				}
				codes := make([]string, len(asked))
				for _, one := range list {
					if i := slices.Index(asked, one.Scheme); i >= 0 {
						codes[i] = one.Code
					}
				}
				want[strings.Join(codes, " ")]++
			}
			for _, c := range x.Cells {
				if key := strings.Join(c.Codes, " "); want[key] != c.Count {
					t.Errorf("%v: %q %d times, not %d", of, key, c.Count, want[key])
				}
				delete(want, strings.Join(c.Codes, " "))
			}
			if len(want) != 0 {
				t.Errorf("%v: left out %v", of, want)
			}
		}
		nobody := authz.With(context.Background(), authz.Actor{UserID: 9, Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
		if x, err := k.s.Cross(nobody, threeAxes, nil); err != nil || x.Total != 0 {
			t.Errorf("out of reach: %d customers, %v", x.Total, err)
		}
		for code, of := range map[string][]string{
			"grading.unknown_scheme": {axes[0], "nothing"}, "grading.cross_schemes": {axes[0], axes[0]},
		} {
			if _, err := k.s.Cross(k.ctx, threeAxes, of); errs.CodeOf(err) != code {
				t.Errorf("%v: %v", of, err)
			}
		}
		if _, err := k.s.Cross(k.ctx, threeAxes, axes); errs.CodeOf(err) != "grading.cross_schemes" {
			t.Errorf("four schemes: %v", err)
		}
		for query, want := range map[string]string{"": `"total":59`, "&scheme=axis-need,axis-value": `"schemes":[{"id":"axis-need"`} {
			w := call(t, k.web(k.ctx), "GET", "/grading/combinations?rulebook="+threeAxes+query, "", nil)
			if w.Code != 200 || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%q: %d %.300s", query, w.Code, w.Body)
			}
		}
		if _, err := k.s.Cross(k.ctx, book, nil); errs.CodeOf(err) != "grading.cross_schemes" {
			t.Errorf("one scheme: %v", err)
		}
	})
}

// A rulebook with one scheme says nothing of schemes in its summary: programs rely on its members.
func TestOneSchemeSummary(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company(5)
	text, err := json.Marshal(k.grade(book, "2026-06-30"))
	if err != nil || strings.Contains(string(text), "schemes") {
		t.Errorf("%s %v", text, err)
	}
}

// Interrupted after any number of pages and taken over by another process, all schemes end as if nothing had happened.
func TestSchemesResume(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.s.pace = pace{page: 16, workers: 2}
		k.company(5 * 16)
		k.grade(threeAxes, "2026-05-31")
		undisturbed := newKit(t, dbtest.SQLite(t))
		undisturbed.company(5 * 16)
		undisturbed.grade(threeAxes, "2026-05-31")
		for pages := 1; pages <= 9; pages++ {
			asOf := day(t, "2026-06-01").AddDays(pages).String()
			run := k.interrupted(threeAxes, asOf, pages)
			other := k.second()
			other.s.pace = pace{page: 7, workers: 3}
			if sum := other.grade(threeAxes, asOf); sum.RunID != run.ID {
				t.Fatalf("after %d pages: run %d instead of %d", pages, sum.RunID, run.ID)
			}
			undisturbed.grade(threeAxes, asOf)
			if k.outcomes(threeAxes, asOf) != undisturbed.outcomes(threeAxes, asOf) {
				t.Fatalf("after %d pages the verdicts differ from those of an undisturbed run", pages)
			}
		}
	})
}

// The same verdicts come out whatever the size of pages, the number of workers and the database.
func TestPaceChangesNothing(t *testing.T) {
	want := ""
	for _, name := range []string{threeAxes, "rfm-segments", dealers} {
		want = ""
		for i, how := range []pace{{page: 256, workers: 1}, {page: 1, workers: 2}, {page: 13, workers: 5, write: 50}, {page: 1000, workers: runtime.GOMAXPROCS(0), write: writeSize}} {
			databases := map[string]*db.DB{"sqlite": dbtest.SQLite(t)}
			if i == 2 {
				t.Run(name+"/postgres", func(t *testing.T) {
					databases["postgres"] = dbtest.Postgres(t)
					paced(t, databases["postgres"], name, how, &want)
				})
			}
			paced(t, databases["sqlite"], name, how, &want)
		}
	}
}

func paced(t *testing.T, d *db.DB, name string, how pace, want *string) {
	t.Helper()
	k := newKit(t, d)
	k.s.pace = how
	k.company(60)
	k.grade(name, "2026-05-31")
	k.grade(name, "2026-06-30")
	got := k.outcomes(name, "2026-06-30")
	if *want == "" {
		*want = got
	}
	if got != *want || got == "" {
		t.Errorf("%s with %+v: the verdicts differ", name, how)
	}
}

// grouped is a rulebook whose grade is the exposure of a group of connected customers.
const grouped = `
rulebook: group-exposure
version: 1.0.0
title: {zh: 集团敞口, en: Group exposure}
owner: {zh: 风险部, en: Risk}
measures:
  sales: {sum: amount, of: order, window: P12M, title: {zh: 销售, en: Sales}, clause: "1"}
  group_sales: {total: sales, within: {relation: [subsidiary, owner]}, title: {zh: 集团销售, en: Sales of the group}, clause: "1"}
grades:
  scheme: exposure
  title: {zh: 敞口, en: Exposure}
  clause: "1"
  from: group_sales
  labels:
    - {code: L, title: {zh: 大, en: Large}, tone: gold}
    - {code: S, title: {zh: 小, en: Small}, tone: grey}
  bands:
    - {code: L, at_least: 1000, clause: "1"}
    - {code: S, otherwise: true, clause: "1"}
`

// Customers connected by relations of the kinds asked form a group, from whichever side the relation was entered.
func TestGroupsOfConnectedCustomers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.customers(who{code: "G1"}, who{code: "G2"}, who{code: "G3"}, who{code: "G4"}, who{code: "G5"}, who{code: "G6"})
		for _, code := range []string{"G1", "G2", "G3", "G4", "G5", "G6"} {
			k.orders(sale{code: code, on: "2026-05-10", amount: 400_00, document: code})
		}
		relate := func(from, to, kind string, archived any) {
			k.tx(func(q db.Q) error {
				_, err := q.Exec(k.ctx, `INSERT INTO relation (customer_id, id, other_id, type, note, version, created_at, updated_at, archived_at) VALUES (?,?,?,?,'',1,0,0,?)`,
					k.ids[from], id.New(k.now), k.ids[to], kind, archived)
				return err
			})
		}
		relate("G2", "G1", "parent", nil) // G2 is a subsidiary of G1
		relate("G3", "G2", "owner", nil)
		relate("G4", "G5", "owner", int64(5)) // over
		relate("G5", "G6", "guarantor", nil)  // not asked for
		files := map[string]string{rule.FileRulebook: grouped, rule.FileClauses: "## 1 敞口 | Exposure\n合计。\n\n> Added up.\n"}
		in, err := k.books.DraftFiles(k.ctx, files, nil)
		if err != nil {
			t.Fatal(err)
		}
		codes := map[string]string{}
		k.s.pace = pace{page: 2, workers: 2}
		j, err := k.s.begin(k.ctx, in, day(t, "2026-06-30"), func(int64) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		err = k.judgeAll(j, func(o outcome) { codes[o.member.code] = o.verdict().Code })
		if err != nil || fmt.Sprint(codes) != "map[G1:L G2:L G3:L G4:S G5:S G6:S]" {
			t.Errorf("%v %v", codes, err)
		}
	})
}

// What stood before the as-of day reaches the rulebook, by scheme, and never what came on that day or after it.
func TestPreviousVerdictsAreThoseBeforeTheDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(3)
		k.grade(threeAxes, "2026-04-30")
		k.grade(threeAxes, "2026-05-31")
		k.grade(threeAxes, "2026-06-30")
		got, err := previousIn(k.ctx, d.Read(), threeAxes, day(t, "2026-06-30"), span{last: 1<<62 - 1})
		if err != nil || len(got) != 3 {
			t.Fatalf("%d customers: %v", len(got), err)
		}
		for _, held := range got {
			if len(held) != 4 {
				t.Errorf("%d schemes", len(held))
			}
			for scheme, v := range held {
				if v.AsOf != day(t, "2026-05-31") || v.Code == "" {
					t.Errorf("%s: %+v", scheme, v)
				}
			}
		}
		first, err := previousIn(k.ctx, d.Read(), threeAxes, day(t, "2026-04-30"), span{last: 1<<62 - 1})
		if err != nil || len(first) != 0 {
			t.Errorf("before the first day: %v %v", first, err)
		}
	})
}
