package grading

import (
	"errors"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

func TestFormatScore(t *testing.T) {
	for micro, want := range map[int64]string{0: "0", 97_500_000: "97.5", 130_000_000: "130", -1: "-0.000001", -2_500_000: "-2.5", 1_000_001: "1.000001"} {
		if got := FormatScore(&micro); got != want {
			t.Errorf("FormatScore(%d) = %q, want %q", micro, got, want)
		}
	}
	if got := FormatScore(nil); got != "" {
		t.Errorf("no score gives %q", got)
	}
}

func TestTheStandingMovesForward(t *testing.T) {
	on := func(s string) calendar.Date { return day(t, s) }
	now := Standing{CustomerID: 1, Scheme: "s", VerdictID: 10, Code: "B", Position: 1, AsOf: on("2026-03-31"), Since: on("2025-12-31"), PreviousCode: "C"}
	cases := []struct {
		name      string
		before    *Standing
		v         Verdict
		write     bool
		from, to  string
		moved     int // 9 = no movement
		since     string
		previous  string
		wantBadge string
	}{
		{"first verdict", nil, Verdict{ID: 11, Code: "A", AsOf: on("2026-06-30")}, true, "", "A", 0, "2026-06-30", "", "A"},
		{"first reason", nil, Verdict{ID: 11, Reason: "no_purchases", AsOf: on("2026-06-30")}, true, "", "", 9, "2026-06-30", "", ""},
		{"up", &now, Verdict{ID: 11, Code: "A", Position: 0, AsOf: on("2026-06-30")}, true, "B", "A", 1, "2026-06-30", "B", "A"},
		{"down", &now, Verdict{ID: 11, Code: "C", Position: 2, AsOf: on("2026-06-30")}, true, "B", "C", -1, "2026-06-30", "B", "C"},
		{"aside", &now, Verdict{ID: 11, Reason: "out_of_data", Position: 3, AsOf: on("2026-06-30")}, true, "B", "", 0, "2026-06-30", "B", ""},
		{"same code keeps its beginning", &now, Verdict{ID: 11, Code: "B", Position: 1, AsOf: on("2026-06-30")}, true, "", "", 9, "2025-12-31", "C", "B"},
		{"same verdict", &now, Verdict{ID: 10, Code: "B", Position: 1, AsOf: on("2026-03-31")}, false, "", "", 9, "2025-12-31", "C", "B"},
		{"same day, other facts", &now, Verdict{ID: 11, Code: "C", Position: 2, AsOf: on("2026-03-31")}, true, "B", "C", -1, "2026-03-31", "B", "C"},
		{"earlier day", &now, Verdict{ID: 11, Code: "C", Position: 2, AsOf: on("2026-02-28")}, false, "", "", 9, "2025-12-31", "C", "B"},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for i, c := range cases {
			k := newKit(t, d)
			customerID := int64(i + 1)
			run := Run{ID: 7, Rulebook: "r", Scheme: "s", AsOf: c.v.AsOf}
			c.v.CustomerID, c.v.RunID, c.v.Rulebook, c.v.Scheme, c.v.Origin, c.v.ExpiresOn = customerID, run.ID, run.Rulebook, run.Scheme, OriginComputed, calendar.None
			older := c.v
			older.ID, older.Code, older.Position = 1, "Z", 9 // found before by the same run: the newest counts
			k.tx(func(q db.Q) error {
				if b := c.before; b != nil {
					_, err := q.Exec(k.ctx, "INSERT INTO standing ("+standingColumns+") VALUES (?,?,'r',?,?,?,'',NULL,?,?,?)", customerID, b.Scheme, b.VerdictID, b.Code, b.Position, b.AsOf, b.Since, b.PreviousCode)
					if err != nil {
						return err
					}
				}
				return insertVerdicts(k.ctx, q, []Verdict{older, c.v})
			})
			var moved int64
			k.tx(func(q db.Q) error {
				steps, err := stepsIn(k.ctx, q, &run, span{ids: []int64{customerID}})
				if err == nil {
					moved, err = writeSteps(k.ctx, q, &run, steps)
				}
				return err
			})
			list, err := customerStandings(k.ctx, d.Read(), customerID)
			if err != nil || len(list) != 1 || list[0].Code != c.wantBadge || list[0].Since.String() != c.since || list[0].PreviousCode != c.previous || (list[0].VerdictID == c.v.ID) != (c.write || c.v.ID == 10) {
				t.Errorf("%s: %+v %v", c.name, list, err)
			}
			if moved != k.one("SELECT COUNT(*) FROM movement WHERE customer_id = ?", customerID) || (moved == 0) != (c.moved == 9) {
				t.Errorf("%s: %d moved", c.name, moved)
			}
			if moved == 1 && k.one("SELECT COUNT(*) FROM movement WHERE customer_id = ? AND run_id = 7 AND scheme = 's' AND from_code = ? AND to_code = ? AND direction = ? AND as_of = ?", customerID, c.from, c.to, c.moved, c.v.AsOf) != 1 {
				t.Errorf("%s: another movement", c.name)
			}
		}
	})
}

// What was read about a page is written only if nobody moved its standings in between.
func TestAStandingIsNotMovedTwiceFromOnePlace(t *testing.T) {
	asOf := day(t, "2026-06-30")
	run := Run{ID: 7, Rulebook: "r", Scheme: "s", AsOf: asOf}
	at := span{after: 0, last: 9, n: 2}
	const put = "INSERT INTO standing (" + standingColumns + ") VALUES (2,'s','r',?,'B',1,'',NULL,'2026-05-31','2026-05-31','')"
	for name, meanwhile := range map[string]string{
		"first":    put,
		"replaced": "UPDATE standing SET verdict_id = ? WHERE customer_id = 2",
		"gone":     "DELETE FROM standing WHERE verdict_id < ?",
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				k := newKit(t, d)
				var page []step
				k.tx(func(q db.Q) error {
					verdicts := make([]Verdict, 2)
					for i := range verdicts {
						verdicts[i] = Verdict{ID: int64(20 + i), CustomerID: int64(1 + i), RunID: 7, Rulebook: "r", Scheme: "s", AsOf: asOf, ExpiresOn: calendar.None, Origin: OriginComputed, Code: "A"}
					}
					err := insertVerdicts(k.ctx, q, verdicts)
					if err == nil && name != "first" {
						_, err = q.Exec(k.ctx, put, 10)
					}
					if err == nil {
						page, err = stepsIn(k.ctx, q, &run, at)
					}
					return err
				})
				k.tx(func(q db.Q) error {
					_, err := q.Exec(k.ctx, meanwhile, 11)
					return err
				})
				write := func() error {
					return d.InTx(k.ctx, func(q db.Q) error {
						_, err := writeSteps(k.ctx, q, &run, page)
						return err
					})
				}
				if err := write(); !errors.Is(err, errOvertaken) {
					t.Fatalf("written over what another run did: %v", err)
				}
				if n := k.one("SELECT COUNT(*) FROM standing WHERE customer_id = 1") + k.one("SELECT COUNT(*) FROM movement"); n != 0 {
					t.Fatal("half a page was written")
				}
				k.tx(func(q db.Q) (err error) { page, err = stepsIn(k.ctx, q, &run, at); return err })
				if err := write(); err != nil {
					t.Fatal(err)
				}
				if n := k.one("SELECT COUNT(*) FROM standing s JOIN movement m ON m.customer_id = s.customer_id WHERE s.code = 'A' AND s.verdict_id >= 20"); n != 2 {
					t.Errorf("%d standings", n)
				}
			})
		})
	}
}

// Each part of a verdict counts for its digest, and none runs into the next.
func TestDigestTellsVerdictsApart(t *testing.T) {
	score := int64(5)
	base := Verdict{Rulebook: "r", Version: "1.0.0", Scheme: "s", AsOf: 100, Code: "A", ExpiresOn: calendar.None, Explanation: []byte("{}")}
	seen := map[string]string{}
	for _, frame := range []int64{0, 5} {
		base.Frame = frame
		seen[base.digestOf()] = "base"
		for name, change := range map[string]func(v *Verdict){
			"rulebook": func(v *Verdict) { v.Rulebook = "q" }, "version": func(v *Verdict) { v.Version = "1.0.1" }, "scheme": func(v *Verdict) { v.Scheme = "" },
			"day": func(v *Verdict) { v.AsOf++ }, "code": func(v *Verdict) { v.Code = "B" }, "reason": func(v *Verdict) { v.Code, v.Reason = "", "A" },
			"score": func(v *Verdict) { v.Score = &score }, "expiry": func(v *Verdict) { v.ExpiresOn = 100 }, "explanation": func(v *Verdict) { v.Explanation = []byte("{ }") },
			"frame": func(v *Verdict) { v.Frame++ },
		} {
			v := base
			change(&v)
			if other, dup := seen[v.digestOf()]; dup {
				t.Errorf("%s and %s have one digest (frame %d)", name, other, frame)
			}
			seen[v.digestOf()] = name
		}
	}
}
