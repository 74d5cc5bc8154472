package complaint

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/paper"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// spring plays complaints around March 2026 and leaves the clock at 26 March.
func (h *house) spring() {
	h.t.Helper()
	h.closed(h.complain(day(2, 20), c1East, "exchange", "agent"), "product", "0", "11")
	// The same customer and the same cause in the same department ten days later; two departments answer for it.
	h.closed(h.complain(day(3, 2), c1East, "damages", "agent"), "product", "1200.50", "11", "12")
	declined := h.complain(day(3, 3), c2West, "return", "consumer")
	declined = h.step(declined, "grounds", flow.Answers{"holds": text("customer"), "reason": text("使用不当")})
	h.step(h.step(declined, "accept", nil), "explain", flow.Answers{"manner": text("oral"), "text": text("敬请谅解")})
	withdrawn := h.complain(day(3, 5), c2West, "return", "consumer")
	if _, err := h.cases.Act(as(li), withdrawn.ID, procedure.ActInput{Act: flow.Act{Kind: flow.ActWithdraw, Reason: "客户撤回"}}); err != nil {
		h.t.Fatal(err)
	}
	minor := h.complain(day(3, 10), c2West, "criticism", "franchisee")
	minor = h.step(minor, "grounds", flow.Answers{"holds": text("yes"), "reason": text("属实")})
	minor = h.step(minor, "accept", nil)
	h.at = time.Date(2026, 3, 18, 0, 0, 0, 0, shanghai) // the seventh day after receipt has just passed
	minor = h.step(minor, "simple_handling", flow.Answers{"opinion": text("已改进")})
	h.step(h.step(minor, "answer", flow.Answers{"manner": text("written"), "text": text("谢谢")}), "check", nil)
	h.complain(day(3, 25), c1East, "exchange", "agent")
	h.at = day(3, 26)
}

func (h *house) month(who int64, q Query) *Statistics {
	h.t.Helper()
	st, err := h.svc.Month(as(who), q)
	if err != nil {
		h.t.Fatal(err)
	}
	return st
}

func lines(t *testing.T, st *Statistics, by string) []Line {
	t.Helper()
	for _, b := range st.Breakdowns {
		if b.By == by {
			return b.Lines
		}
	}
	t.Fatalf("nothing by %s", by)
	return nil
}

var plain = cmp.Options{cmpopts.IgnoreUnexported(Line{}), cmpopts.EquateEmpty()}

var cost = []Sum{{"1200.50", "CNY"}}

func TestTheComplaintsOfAMonthAreCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.spring()
		st := h.month(zhao, Query{Month: "2026-03"})
		want := Line{
			Title: rule.Text{Zh: "合计", En: "Total"}, Received: 5, InTime: 2, Late: 1, Open: 1, Withdrawn: 1, Declined: 1, InTimeShare: "66.7",
			RepeatedCustomer: 3, RepeatedCause: 1, Repeated: 3, Compensation: cost,
		}
		if diff := cmp.Diff(want, st.Total, plain); diff != "" {
			t.Error(diff)
		}
		if st.From != "2026-03-01" || st.To != "2026-03-31" || st.RepeatDays != 90 || st.Organisation.Zh != "总部" || !st.AsOf.Equal(day(3, 26)) {
			t.Errorf("%+v", st)
		}
		departments := []Line{
			{Key: "12", Title: rule.Text{Zh: "西区", En: "西区"}, Received: 4, InTime: 2, Late: 1, Withdrawn: 1, Declined: 1, InTimeShare: "66.7", RepeatedCustomer: 2, Repeated: 2, Compensation: cost},
			{Key: "11", Title: rule.Text{Zh: "东区", En: "东区"}, Received: 2, InTime: 1, Open: 1, InTimeShare: "100.0", RepeatedCustomer: 2, RepeatedCause: 1, Repeated: 2, Compensation: cost},
		}
		if diff := cmp.Diff(departments, lines(t, st, byDepartment), plain); diff != "" {
			t.Error(diff)
		}
		for by, want := range map[string]string{
			byCause: "未定=4 产品=1", byClass: "一般=4 轻微=1", byCustomerKind: "代理商=2 终端消费者=2 加盟商=1", byDemand: "退货=2 批评或建议=1 赔偿=1 换货=1",
			byContent: "产品质量=5", byChannel: "门店=5",
		} {
			var got []string
			for _, l := range lines(t, st, by) {
				got = append(got, l.Title.Zh+"="+string(rune('0'+l.Received)))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("by %s: %v, not %s", by, got, want)
			}
		}
	})
}

func TestWhatIsOpenBecomesOverdueAndRepetitionHasABound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.spring()
		h.at = time.Date(2026, 4, 1, 0, 0, 0, 0, shanghai).Add(-time.Microsecond)
		h.complain(h.at, c2West, "exchange", "agent")
		h.complain(h.at.Add(time.Microsecond), c2West, "exchange", "agent")
		h.at = time.Date(2026, 4, 2, 0, 0, 0, 0, shanghai).Add(-time.Microsecond)
		if got := h.month(zhao, Query{Month: "2026-03"}).Total; got.Received != 6 || got.Open != 2 || got.Overdue != 0 {
			t.Errorf("the last moment of the seventh day is in time: %+v", got)
		}
		h.at = h.at.Add(time.Microsecond)
		if got := h.month(zhao, Query{}).Total; got.Received != 6 || got.Open != 1 || got.Overdue != 1 || got.InTimeShare != "50.0" {
			t.Errorf("last month, a moment later: %+v", got)
		}
		if got := h.month(zhao, Query{Month: "2026-04"}).Total; got.Received != 1 || got.Open != 1 || got.InTimeShare != "" {
			t.Errorf("the month begins at midnight of the organisation: %+v", got)
		}
		// The gaps of customers are 10 and 23 days in the east, 7 and 21 in the west; that of the cause is 10.
		for days, want := range map[int][2]int{6: {0, 0}, 7: {1, 0}, 9: {1, 0}, 10: {2, 1}, 21: {3, 1}, 23: {4, 1}} {
			if got := h.month(zhao, Query{Month: "2026-03", RepeatDays: days}).Total; got.RepeatedCustomer != want[0] || got.RepeatedCause != want[1] {
				t.Errorf("within %d days: %+v", days, got)
			}
		}
	})
}

func TestOnlyWhatAPersonMaySeeIsCounted(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	h.spring()
	got := h.month(zheng, Query{Month: "2026-03"})
	if got.Total.Received != 3 || got.Total.RepeatedCustomer != 1 || len(got.Total.Compensation) != 0 {
		t.Errorf("the manager of the west: %+v", got.Total)
	}
	if _, err := h.svc.Month(authz.With(context.Background(), authz.Actor{UserID: 1}), Query{Month: "2026-03"}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("without the right: %v", err)
	}
	for code, q := range map[string]Query{
		"complaint.not_a_month": {Month: "2026-13"}, "complaint.month_ahead": {Month: "2026-04"}, "complaint.repeat_days": {Month: "2026-03", RepeatDays: 367},
	} {
		if _, err := h.svc.Month(as(zhao), q); errs.CodeOf(err) != code {
			t.Errorf("%+v: %v", q, err)
		}
	}
	if got := h.month(zhao, Query{Month: "2026-01"}); got.Total.Received != 0 || got.Total.InTimeShare != "" || len(lines(t, got, byCause)) != 0 {
		t.Errorf("a month without complaints: %+v", got)
	}
}

func TestTheStatisticsArePrinted(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	h.spring()
	st := h.month(zhao, Query{Month: "2026-03"})
	for _, lang := range []paper.Lang{paper.Chinese, paper.English} {
		doc := st.Document(lang, shanghai)
		if missing := doc.Missing(); len(missing) > 0 {
			t.Errorf("%s: no glyphs for %q", lang, string(missing))
		}
		var pdf bytes.Buffer
		if err := doc.PDF(&pdf); err != nil || !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF")) {
			t.Errorf("%s: %v", lang, err)
		}
	}
	var out bytes.Buffer
	if err := st.Document(paper.Chinese, shanghai).XLSX(&out); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("责任部门")
	if err != nil || len(rows) != 4 {
		t.Fatalf("%v %v", rows, err)
	}
	if diff := cmp.Diff([]string{"合计", "5", "2", "1", "1", "0", "1", "1", "66.7", "3", "1", "", "1200.5"}, rows[3]); diff != "" {
		t.Error(diff)
	}
}
