package complaint

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/procedure"
)

func system() context.Context { return authz.With(context.Background(), authz.System("test")) }

func (h *house) makeDue(want int) {
	h.t.Helper()
	if n, err := h.svc.MakeDue(system()); err != nil || n != want {
		h.t.Fatalf("%d made, not %d: %v", n, want, err)
	}
}

func (h *house) tables(who int64) []Table {
	h.t.Helper()
	list, err := h.svc.Tables(as(who))
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func (h *house) table(who, tableID int64) Table {
	h.t.Helper()
	t, err := h.svc.Table(as(who), tableID)
	if err != nil {
		h.t.Fatal(err)
	}
	return t
}

func (h *house) hold(post string, who int64) {
	h.t.Helper()
	if _, err := h.cases.Appoint(as(zhao), procedure.HoldingInput{Post: post, UserID: who, From: calendar.None, Until: calendar.None}); err != nil {
		h.t.Fatal(err)
	}
}

func TestTheStatisticsOfAMonthMakeThemselvesAndStay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.spring()
		h.makeDue(1) // of February, the first month that is over
		h.at = day(4, 1)
		h.makeDue(1)
		h.makeDue(0)
		list := h.tables(zhao)
		if len(list) != 2 || list[0].Month != "2026-03" || list[1].Month != "2026-02" || list[0].Edition != 1 || list[0].Complaints != 5 || list[0].MadeBy != 0 {
			t.Fatalf("%+v", list)
		}
		made := h.table(zhao, list[0].ID)
		if made.Figures.Total.Open != 1 || made.Figures.Rulebook != rulebookID {
			t.Errorf("%+v", made.Figures)
		}
		h.at = time.Date(2026, 4, 2, 0, 0, 0, 0, shanghai) // the open one is overdue now
		if now := h.month(zhao, Query{Month: "2026-03"}); now.Total.Overdue != 1 {
			t.Errorf("as the cases stand: %+v", now.Total)
		}
		if diff := cmp.Diff(made.Figures, h.table(zhao, list[0].ID).Figures, plain); diff != "" {
			t.Error(diff)
		}
		h.at = day(6, 3) // nobody had the program running in the meantime
		h.makeDue(2)
		if list := h.tables(zhao); len(list) != 4 || list[0].Month != "2026-05" {
			t.Errorf("%+v", list)
		}
	})
}

func TestStatisticsAreMadeAnewByNameAndReasonUntilTheyAreReceived(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.spring()
		h.at = day(4, 1)
		h.makeDue(2)
		h.at = day(4, 2) // the open one is overdue now
		first := h.tables(zhao)[0]
		in := MakeInput{Rulebook: rulebookID, Report: reportKey, Month: "2026-03", Reason: "补录一件投诉"}
		for code, one := range map[string]MakeInput{
			"invalid_input":            {Rulebook: rulebookID, Report: reportKey, Month: "2026-03", Reason: "  "},
			"complaint.not_a_month":    {Rulebook: rulebookID, Report: reportKey, Month: "March", Reason: "x"},
			"complaint.month_open":     {Rulebook: rulebookID, Report: reportKey, Month: "2026-04", Reason: "x"},
			"complaint.report_unknown": {Rulebook: rulebookID, Report: reportKey, Month: "2026-01", Reason: "x"},
		} {
			if _, err := h.svc.Make(as(zhao), one); errs.CodeOf(err) != code {
				t.Errorf("%+v: %v", one, err)
			}
		}
		// The manager of a region sees neither the figures of the whole nor may make them, until holding the post.
		if got := h.tables(zheng); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		if _, err := h.svc.Table(as(zheng), first.ID); !db.IsNoRows(err) {
			t.Errorf("%v", err)
		}
		if _, err := h.svc.Make(as(zheng), in); errs.CodeOf(err) != "complaint.not_maker" {
			t.Errorf("%v", err)
		}
		h.hold("admin_hr", zheng)
		again, err := h.svc.Make(as(zheng), in)
		if err != nil || again.Edition != 2 || again.Figures.Total.Overdue != 1 {
			t.Fatalf("%+v %v", again, err)
		}
		list := h.tables(zheng)
		if len(list) != 3 || list[0].Edition != 2 || list[0].MadeByName != "u7" || list[0].Reason != in.Reason || h.table(zheng, first.ID).Figures.Total.Overdue != 0 {
			t.Errorf("%+v", list)
		}
		err = d.InTx(context.Background(), func(q db.Q) error {
			if n, err := h.svc.Edition(context.Background(), q, rulebookID, reportKey, calendar.FromTime(day(3, 1), shanghai)); err != nil || n != 2 {
				t.Errorf("%d %v", n, err)
			}
			if _, err := h.svc.Edition(context.Background(), q, rulebookID, reportKey, calendar.FromTime(day(4, 1), shanghai)); errs.CodeOf(err) != "complaint.table_not_made" {
				t.Errorf("%v", err)
			}
			if ok, err := insertTable(context.Background(), q, again); ok || err != nil {
				t.Errorf("the same edition twice: %v %v", ok, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		h.svc.AskReceived(func(_ context.Context, _ db.Q, t Table) (bool, error) { return t.Month == "2026-03", nil })
		if _, err := h.svc.Make(as(zhao), in); errs.CodeOf(err) != "complaint.table_received" {
			t.Errorf("%v", err)
		}
		in.Month = "2026-02"
		if other, err := h.svc.Make(as(zhao), in); err != nil || other.Edition != 2 {
			t.Errorf("%+v %v", other, err)
		}
	})
}

// rate records what a customer says of a case, as the public page does.
func (h *house) rate(c procedure.Case, score int) fact.Fact {
	h.t.Helper()
	var f fact.Fact
	err := h.db.InTx(as(zhao), func(q db.Q) error {
		if err := h.facts.EnsureKind(as(zhao), q, factRating, "客户满意度", "Satisfaction"); err != nil {
			return err
		}
		var err error
		f, err = h.facts.Append(as(zhao), q, fact.Input{
			CustomerID: c.CustomerID, Kind: factRating, On: calendar.FromTime(h.at, shanghai), Document: c.Number, Attrs: map[string]any{"score": score},
		})
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return f
}

func TestSatisfactionAndTheLeagueOfDepartments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		a := h.closed(h.complain(day(3, 2), c1East, "damages", "agent"), "product", "100", "11")
		b := h.closed(h.complain(day(3, 3), c2West, "damages", "agent"), "product", "100", "12")
		c := h.closed(h.complain(day(3, 4), c1East, "damages", "agent"), "person", "0", "11")
		h.at = day(3, 20)
		h.rate(a, 2)
		h.at = h.at.Add(time.Second)
		h.rate(a, 3) // a second thought counts
		h.rate(b, 4)
		back := h.rate(c, 1)
		if err := d.InTx(as(zhao), func(q db.Q) error {
			_, err := h.facts.TakeBack(as(zhao), q, c.CustomerID, back.On, back.ID, "误评")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		st := h.month(zhao, Query{Month: "2026-03"})
		if st.Total.Rated != 2 || st.Total.Satisfaction != "3.50" {
			t.Errorf("%+v", st.Total)
		}
		want := []Standing{
			{Key: "11", Received: 2, LateShare: "0.0", Compensation: []Sum{{"100.00", "CNY"}}, Rated: 1, Satisfaction: "3.00", Repeated: 1, RepeatShare: "50.0", Places: Places{1, 1, 1, 1, 1}},
			{Key: "12", Received: 1, LateShare: "0.0", Compensation: []Sum{{"100.00", "CNY"}}, Rated: 1, Satisfaction: "4.00", RepeatShare: "0.0", Places: Places{2, 1, 1, 2, 2}},
		}
		for i := range st.League {
			st.League[i].Title.Zh, st.League[i].Title.En = "", ""
		}
		if diff := cmp.Diff(want, st.League); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPlacesAreHonestAboutTiesAndGaps(t *testing.T) {
	line := func(key string, received, points, rated int, money map[string]int64) Line {
		return Line{Key: key, Received: received, points: points, Rated: rated, money: money}
	}
	got := league([]Line{
		line("1", 3, 9, 3, nil), line("2", 3, 6, 2, map[string]int64{"CNY": 5}), line("3", 2, 0, 0, nil), line("", 9, 1, 1, nil), line("4", 1, 2, 1, nil),
	})
	want := []Places{
		{Received: 1, Compensation: 2, Satisfaction: 2, Repeated: 1},
		{Received: 1, Compensation: 1, Satisfaction: 2, Repeated: 1},
		{Received: 3, Compensation: 2, Repeated: 1},
		{Received: 4, Compensation: 2, Satisfaction: 1, Repeated: 1},
	}
	for i := range got {
		if got[i].Places != want[i] {
			t.Errorf("%s: %+v, not %+v", got[i].Key, got[i].Places, want[i])
		}
	}
	for _, s := range league([]Line{line("1", 1, 0, 0, map[string]int64{"CNY": 1}), line("2", 1, 0, 0, map[string]int64{"USD": 1})}) {
		if s.Places.Compensation != 0 {
			t.Errorf("amounts of two currencies are not compared: %+v", s)
		}
	}
}

// A case about no customer on file leads to no fact; what was said of it on the public pages counts like any other rating.
func TestRatingsOfCasesWithoutACustomer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		a := h.closed(h.complain(day(3, 2), c1East, "damages", "agent"), "product", "100", "11")
		b := h.closed(h.complain(day(3, 3), c2West, "damages", "agent"), "product", "100", "12")
		h.at = day(3, 20)
		h.rate(a, 5)
		rated := func(c procedure.Case, score int) {
			dbtest.Exec(t, d, `INSERT INTO public_case (case_id, access, phone, added, score, remark, rated_at, fact_customer_id, fact_id, fact_on, created_at)
				VALUES (?,?,'+8613800000000',0,?,'',0,0,0,NULL,0)`, c.ID, c.Number, score)
		}
		rated(a, 1) // of a customer the fact counts, not what stands beside it
		rated(b, 2)
		dbtest.Exec(t, d, "UPDATE proc_case SET customer_id = 0 WHERE id = ?", b.ID)
		if st := h.month(zhao, Query{Month: "2026-03"}); st.Total.Rated != 2 || st.Total.Satisfaction != "3.50" {
			t.Errorf("%+v", st.Total)
		}
	})
}
