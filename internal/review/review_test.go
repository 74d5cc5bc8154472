package review

import (
	"os"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
)

func TestAWholeCampaign(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		r := k.open()
		if r.State != Rating || r.Customers != 5 || r.RateBy.String() != "2025-12-27" || r.ClosesOn.String() != "2025-12-30" || r.EffectiveOn.String() != "2025-12-30" {
			t.Fatalf("opened %+v", r)
		}
		if l := k.line(r.ID, "W2"); !l.Newcomer || l.OpenCode == "" || l.FirstFact.String() != "2025-09-10" {
			t.Errorf("newcomer %+v", l)
		}
		first := k.rate(r.ID, "east", "E1", "8", "yes")
		if first.State != LineRated || first.RateCode != "A" || first.RateScore == nil {
			t.Fatalf("rated %+v", first)
		}
		k.rate(r.ID, "east", "E2", "6", "yes")
		k.rate(r.ID, "west", "W1", "5", "yes")
		k.rate(r.ID, "west", "W2", "4", "no")
		details, err := k.s.Get(k.as("director"), r.ID)
		k.must(err)
		if details.Totals.Rated != 4 || details.Totals.Customers != 5 || len(details.Regions) != 2 || !details.MayMeet || details.Late {
			t.Errorf("details %+v", details)
		}
		k.on("2025-12-28")
		details, err = k.s.Get(k.as("director"), r.ID)
		k.must(err)
		for _, region := range details.Regions {
			if want := region.NameZh == "east"; region.Late != want || len(region.Raters) != 1 || region.Raters[0].Name != region.NameZh {
				t.Errorf("region %+v", region)
			}
		}
		_, err = k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None, People: "各区域经理", Note: "逐户讨论"})
		k.must(err)
		k.jobs()
		if l := k.line(r.ID, "E1"); l.Approval != ApprovalWaiting || l.CaseID == 0 {
			t.Errorf("an A waits for signatures: %+v", l)
		}
		// The meeting changes an item of one customer and the grade of another.
		up, err := k.s.ReRate(k.as("director"), r.ID, k.ids["W1"], ReRateInput{Values: []Value{{Item: "cost_ratio", Value: "2"}}, Reason: "成本偏高"})
		k.must(err)
		if !up.Differs || up.RateID == 0 || up.MeetID == 0 || *up.MeetScore == *up.RateScore {
			t.Errorf("re-rated %+v", up)
		}
		down, err := k.s.ReRate(k.as("director"), r.ID, k.ids["E2"], ReRateInput{Grade: "C", Reason: "窜货被查实"})
		k.must(err)
		if down.MeetCode != "C" || down.RateCode != "B" || !down.Differs || *down.MeetScore != *down.RateScore {
			t.Errorf("decided %+v", down)
		}
		k.closeAll(r.ID)
	})
}

// closeAll takes a campaign in its meeting through signatures and closing, and looks at what came out.
func (k *kit) closeAll(reviewID int64) {
	t := k.t
	t.Helper()
	_, err := k.s.Close(k.as("director"), reviewID, CloseInput{})
	k.refused(err, "review.too_early")
	k.on("2025-12-30")
	_, err = k.s.Close(k.as("director"), reviewID, CloseInput{})
	k.refused(err, "review.unsigned")
	list, _, n, err := k.s.Lines(k.as("director"), reviewID, LineFilter{Approval: ApprovalWaiting, Limit: 200})
	if err != nil || n == 0 {
		t.Fatalf("%d wait for signatures: %v", n, err)
	}
	for _, l := range list {
		k.signAll(reviewID, l.Code)
	}
	if l := k.line(reviewID, "E1"); l.Approval != ApprovalApproved {
		t.Errorf("approved %+v", l)
	}
	_, err = k.s.Close(k.as("director"), reviewID, CloseInput{})
	k.refused(err, "review.unrated")
	if e, ok := errs.As(err); !ok || e.Args["customers"] != "客户E3" {
		t.Errorf("%+v", e)
	}
	_, err = k.s.Close(k.as("director"), reviewID, CloseInput{Unrated: 1})
	k.must(err)
	k.jobs()
	r := k.review(reviewID)
	if r.State != Closed || r.RunID == 0 || r.ClosedBy != k.users["director"] {
		t.Fatalf("closed %+v", r)
	}
	k.verdict("E1", "A", "", "8")
	k.verdict("E2", "C", "B", "6")
	k.verdict("W1", k.line(reviewID, "W1").MeetCode, "", "5")
	if l := k.line(reviewID, "E2"); l.FinalCode != "C" || l.VerdictID == 0 {
		t.Errorf("final %+v", l)
	}
	// Somebody who closes twice changes nothing.
	_, err = k.s.Close(k.as("director"), reviewID, CloseInput{Unrated: 1})
	k.refused(err, "review.state")
}

// verdict holds the newest verdict on a customer to its reasons.
func (k *kit) verdict(code, grade, without, influence string) {
	k.t.Helper()
	v, err := k.grade.Explain(k.sys, code, dealer)
	k.must(err)
	if v.Verdict != grade || v.AsOf != "2025-12-30" {
		k.t.Errorf("%s is a %s as of %s, want %s", code, v.Verdict, v.AsOf, grade)
	}
	switch x := v.Explanation.Decided; {
	case without == "" && x != nil:
		k.t.Errorf("%s: decided %+v", code, x)
	case without != "" && (x == nil || x.Without != without || x.Reason == "" || x.By != "director" || x.Until != "2026-12-29" || v.Origin != grading.OriginOverride):
		k.t.Errorf("%s: decided %+v, origin %s", code, x, v.Origin)
	}
	i := slices.IndexFunc(v.Explanation.Items, func(i ruleItem) bool { return i.Item == "local_influence" })
	if i < 0 || v.Explanation.Items[i].Value != influence {
		k.t.Errorf("%s: items %+v", code, v.Explanation.Items)
	}
}

func TestNobodyRatesAnotherRegion(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		r := k.open()
		for _, who := range []string{"west", "auditor", "lin"} {
			_, err := k.s.Submit(k.as(who), r.ID, k.ids["E3"], fill("5", "no"))
			want := "not_found"
			if who == "auditor" { // sees everybody, rates nobody
				want = "review.not_rater"
			}
			k.refused(err, want)
		}
		_, err := k.s.Form(k.as("west"), r.ID, k.ids["E1"])
		k.refused(err, "not_found")
		_, err = k.s.SubmitMany(k.as("west"), r.ID, []int64{k.ids["W1"], k.ids["E1"]})
		k.refused(err, "not_found")
		list, _, total, err := k.s.Lines(k.as("west"), r.ID, LineFilter{Limit: 50})
		if err != nil || total != 2 || len(list) != 2 || list[0].Code != "W1" {
			t.Errorf("%v %d %v", list, total, err)
		}
		_, err = k.s.ReRate(k.as("east"), r.ID, k.ids["E1"], ReRateInput{Grade: "C", Reason: "x"})
		k.refused(err, "review.not_chair")
		_, err = k.s.Meet(k.as("east"), r.ID, MeetingInput{On: calendar.None})
		k.refused(err, "review.not_chair")
		_, _, err = k.s.Open(k.as("east"), OpenInput{Rulebook: dealer})
		k.refused(err, "auth.forbidden")
		// Finance judges the costs; there is no such role here, so it falls to whoever may judge all customers.
		_, err = k.s.Submit(k.as("east"), r.ID, k.ids["E1"], FillInput{Values: []Value{{Item: "cost_ratio", Value: "5", Reason: "x"}}})
		if e, ok := errs.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Code != "grading.judged_role" {
			t.Errorf("%v", err)
		}
	})
}

func TestADelegateRatesForHisColleagueUpToADay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		r := k.open()
		_, err := k.s.Delegate(k.as("lin"), r.ID, DelegateInput{To: k.users["west"], UntilOn: onDay("2025-12-26")})
		k.refused(err, "review.not_rater_self")
		given, err := k.s.Delegate(k.as("east"), r.ID, DelegateInput{To: k.users["lin"], UntilOn: onDay("2025-12-26")})
		k.must(err)
		l := k.rate(r.ID, "lin", "E3", "3", "no")
		versions, err := versionsOf(k.sys, d.Read(), r.ID, k.ids["E3"])
		if err != nil || len(versions) != 1 || versions[0].RatedBy != k.users["lin"] || versions[0].RatedFor != k.users["east"] || l.RateID != versions[0].ID {
			t.Errorf("%+v %v", versions, err)
		}
		_, err = k.s.Submit(k.as("lin"), r.ID, k.ids["W1"], fill("5", "no"))
		k.refused(err, "not_found")
		k.on("2025-12-27")
		_, err = k.s.Submit(k.as("lin"), r.ID, k.ids["E1"], fill("5", "no"))
		k.refused(err, "review.not_rater")
		k.on("2025-12-26")
		k.must(k.s.EndDelegation(k.as("east"), r.ID, given.ID))
		_, err = k.s.Submit(k.as("lin"), r.ID, k.ids["E1"], fill("5", "no"))
		k.refused(err, "review.not_rater")
	})
}

func TestOfTwoRatersOneWins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.user("east2", "east", "regional_manager")
		k.company()
		r := k.open()
		form, err := k.s.Form(k.as("east2"), r.ID, k.ids["E1"])
		k.must(err)
		results := make(chan error, 2)
		for _, who := range []string{"east", "east2"} {
			ctx, in := k.as(who), fill("5", "yes")
			in.Version = form.VersionNo
			go func() {
				_, err := k.s.Submit(ctx, r.ID, k.ids["E1"], in)
				results <- err
			}()
		}
		var won int
		for range 2 {
			switch err := <-results; {
			case err == nil:
				won++
			case !slices.Contains([]string{"review.moved_on", "review.handed_in"}, errs.CodeOf(err)):
				t.Errorf("%v", err)
			}
		}
		if n := k.one("SELECT COUNT(*) FROM review_rating"); won != 1 || n != 1 {
			t.Errorf("%d won, %d versions", won, n)
		}
		in := fill("9", "yes")
		in.Version = form.VersionNo
		_, err = k.s.SaveDraft(k.as("east2"), r.ID, k.ids["E1"], in)
		if code := errs.CodeOf(err); code != "review.handed_in" && code != "review.moved_on" {
			t.Errorf("%v", err)
		}
	})
}

func TestFormsThatAreNotComplete(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company()
	r := k.open()
	fields := func(err error) string {
		e, ok := errs.As(err)
		if !ok {
			t.Fatalf("%v", err)
		}
		var out []string
		for _, f := range e.Fields {
			out = append(out, f.Path+" "+f.Code)
		}
		slices.Sort(out)
		return strings.Join(out, ", ")
	}
	_, err := k.s.Submit(k.as("east"), r.ID, k.ids["E1"], FillInput{Values: []Value{{Item: "local_influence", Value: "5"}}})
	if got := fields(err); got != "values.a_profile review.item_missing, values.local_influence review.reason_missing" {
		t.Error(got)
	}
	_, err = k.s.Submit(k.as("east"), r.ID, k.ids["E1"], FillInput{Values: []Value{{Item: "local_influence", Value: "11", Reason: "x"}, {Item: "a_profile", Value: "maybe"}, {Item: "dance", Value: "1"}}})
	if got := fields(err); got != "values[0].value grading.judged_range, values[1].value grading.judged_value, values[2].item review.item_unknown" {
		t.Error(got)
	}
	// A draft keeps what is there, and many drafts are handed in at once.
	for _, code := range []string{"E1", "E2"} {
		_, err := k.s.SaveDraft(k.as("east"), r.ID, k.ids[code], fill("7", "yes"))
		k.must(err)
	}
	form, err := k.s.Form(k.as("east"), r.ID, k.ids["E1"])
	k.must(err)
	if i := slices.IndexFunc(form.Items, func(i FormItem) bool { return i.Name == "local_influence" }); form.State != LineDraft || form.Items[i].Value != "7" || !form.Items[i].MayJudge || !form.MayRate || form.Now.Code != "A" {
		t.Errorf("%+v", form)
	}
	_, err = k.s.SubmitMany(k.as("east"), r.ID, []int64{k.ids["E1"], k.ids["E2"], k.ids["E3"]})
	if got := fields(err); !strings.Contains(got, "E3.values.a_profile review.item_missing") || k.line(r.ID, "E1").State != LineDraft {
		t.Error(got)
	}
	n, err := k.s.SubmitMany(k.as("east"), r.ID, []int64{k.ids["E1"], k.ids["E2"]})
	if err != nil || n != 2 || k.line(r.ID, "E2").State != LineRated {
		t.Errorf("%d %v", n, err)
	}
}

func TestARejectionGivesTheCustomerBackToTheMeeting(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		r := k.open()
		k.rate(r.ID, "east", "E1", "8", "yes")
		_, err := k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
		k.must(err)
		k.jobs()
		k.refused(k.decide("director", r.ID, "E1", ""), "act.not_yours") // the sales manager comes first
		k.must(k.decide("sales", r.ID, "E1", ""))
		k.must(k.decide("director", r.ID, "E1", "回款异常"))
		if l := k.line(r.ID, "E1"); l.Approval != ApprovalRejected || l.CaseID == 0 {
			t.Errorf("%+v", l)
		}
		k.refused(k.decide("boss", r.ID, "E1", ""), "case.not_allowed")
		l, err := k.s.ReRate(k.as("director"), r.ID, k.ids["E1"], ReRateInput{Grade: "B", Reason: "依驳回意见"})
		if err != nil || l.Approval != ApprovalNone || l.MeetCode != "B" {
			t.Errorf("%+v %v", l, err)
		}
		form, err := k.s.Form(k.as("director"), r.ID, k.ids["E1"])
		if err != nil || len(form.Signed.Signatures) != 3 || len(form.Versions) != 2 || form.Signed.Signatures[1].Agree || form.Signed.Signatures[1].Opinion != "回款异常" || form.Signed.Signatures[2].Given {
			t.Errorf("%+v %v", form.Signed, err)
		}
	})
}

func TestOneCustomerIsReopenedAfterClosing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		r := k.open()
		for code, who := range map[string]string{"E1": "east", "E2": "east", "E3": "east", "W1": "west", "W2": "west"} {
			k.rate(r.ID, who, code, "5", "no")
		}
		_, err := k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
		k.must(err)
		k.on("2025-12-31")
		_, err = k.s.Close(k.as("director"), r.ID, CloseInput{})
		k.must(err)
		k.jobs()
		verdicts := k.one("SELECT COUNT(*) FROM verdict")
		before, err := k.grade.Explain(k.sys, "W2", dealer)
		k.must(err)
		_, err = k.s.ReRate(k.as("director"), r.ID, k.ids["E2"], ReRateInput{Grade: "C", Reason: "x"})
		k.refused(err, "review.reopen_first")
		_, err = k.s.Reopen(k.as("director"), r.ID, k.ids["E2"], "漏看了退货")
		k.must(err)
		_, err = k.s.ReRate(k.as("director"), r.ID, k.ids["E2"], ReRateInput{Grade: "C", Reason: "退货率高"})
		k.must(err)
		_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E2"])
		k.must(err)
		k.jobs()
		v, err := k.grade.Explain(k.sys, "E2", dealer)
		if err != nil || v.Verdict != "C" || v.Explanation.Decided == nil || v.Explanation.Decided.Reason != "退货率高" {
			t.Errorf("%+v %v", v, err)
		}
		if n := k.one("SELECT COUNT(*) FROM verdict"); n != verdicts+1 {
			t.Errorf("%d verdicts after %d: only one customer was reopened", n, verdicts)
		}
		if after, err := k.grade.Explain(k.sys, "W2", dealer); err != nil || after.Verdict != before.Verdict {
			t.Errorf("%+v %v", after, err)
		}
		if l := k.line(r.ID, "E2"); l.State != LineMet || l.FinalCode != "C" {
			t.Errorf("%+v", l)
		}
		_, err = k.s.Effect(k.as("director"), r.ID, k.ids["E2"])
		k.refused(err, "review.not_reopened")
	})
}

func TestTheCalendarOpensACampaignOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		daily := func() {
			t.Helper()
			spec, _ := k.s.Daily()
			k.tx(func(q db.Q) error { _, err := k.run.Enqueue(k.sys, q, spec); return err })
			k.jobs()
		}
		k.on("2025-12-20")
		daily()
		planned, err := k.s.Planned(k.as("east"), 30)
		if err != nil || len(planned) != 1 || planned[0].From.String() != "2025-12-25" {
			t.Errorf("%+v %v", planned, err)
		}
		if n := k.one("SELECT COUNT(*) FROM review"); n != 0 {
			t.Fatalf("%d campaigns before the window", n)
		}
		for _, on := range []string{"2025-12-26", "2025-12-27"} {
			k.on(on)
			daily()
		}
		list, _, err := k.s.Reviews(k.as("director"), dealer, "", "", 10)
		if err != nil || len(list) != 1 || list[0].OpenedBy != 0 || list[0].State != Rating || list[0].OpensOn.String() != "2025-12-26" || list[0].Customers != 5 {
			t.Fatalf("%+v %v", list, err)
		}
		k.customer("E9", "east", 1_000_000, "2024-01-10") // comes while the campaign is rated
		daily()
		if l := k.line(list[0].ID, "E9"); l.State != LineWaiting {
			t.Errorf("%+v", l)
		}
		_, err = k.s.Withdraw(k.as("director"), list[0].ID, "重来")
		k.must(err)
		daily()
		if n := k.one("SELECT COUNT(*) FROM review"); n != 1 {
			t.Errorf("%d campaigns: a withdrawn one was opened again by itself", n)
		}
		_, _, err = k.s.Open(k.as("director"), OpenInput{Rulebook: "abcd-grading", RateBy: calendar.None, ClosesOn: calendar.None, EffectiveOn: calendar.None})
		k.refused(err, "rulebook.not_in_force")
	})
}

// The diagram in doc.go is the transition table.
func TestTheDiagramIsTheTable(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]State{{Opening, Rating}, {Rating, Meeting}, {Meeting, Closing}, {Closing, Closed}} {
		if !Allowed(pair[0], pair[1]) {
			t.Errorf("%v", pair)
		}
		at, to := strings.Index(string(text), string(pair[0])+" ──"), strings.Index(string(text), "▶ "+string(pair[1]))
		if at < 0 || to < at {
			t.Errorf("doc.go does not show %v", pair)
		}
	}
	for _, from := range []State{Closed, Withdrawn, Closing} {
		if Allowed(from, Withdrawn) || Allowed(from, Rating) {
			t.Errorf("%s leads back", from)
		}
	}
}

// A customer whose case cannot be begun keeps no other from being asked for; once it can be, the next go begins it.
func TestOneThatCannotBeSignedForKeepsNoOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		k.customer("E4", "lin", 600_000_000, "2024-01-10")
		r := k.open()
		for _, code := range []string{"E1", "E4"} {
			k.rate(r.ID, "east", code, "8", "yes")
		}
		k.exec("UPDATE customer SET name = ? WHERE id = ?", strings.Repeat("长", 300), k.ids["E1"]) // too long for the title of a case
		_, err := k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
		k.must(err)
		k.jobs()
		results := k.texts("SELECT result FROM job WHERE kind = ?", jobSign)
		if l := k.line(r.ID, "E4"); l.Approval != ApprovalWaiting || l.CaseID == 0 || len(results) != 1 || !strings.Contains(results[0], `"failed":1`) {
			t.Fatalf("%+v, %v", l, results)
		}
		k.exec("UPDATE customer SET name = '客户E1' WHERE id = ?", k.ids["E1"])
		second := k.line(r.ID, "E4").CaseID
		k.tx(func(q db.Q) error { return k.s.signSoon(k.sys, q, r.ID) })
		k.jobs()
		if one, two := k.line(r.ID, "E1"), k.line(r.ID, "E4"); one.CaseID == 0 || two.CaseID != second {
			t.Errorf("%+v %+v", one, two)
		}
	})
}

// One case for each outcome: confirming keeps it, another score takes another one, another grade or giving back none.
func TestTheCaseFollowsTheLine(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		r := k.open()
		k.rate(r.ID, "east", "E1", "8", "yes")
		_, err := k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
		k.must(err)
		k.jobs()
		status := func(caseID int64) string {
			return strings.Join(k.texts("SELECT status FROM proc_case WHERE id = ?", caseID), "")
		}
		first := k.line(r.ID, "E1").CaseID
		k.must(k.decide("sales", r.ID, "E1", ""))
		_, err = k.s.ReRate(k.as("director"), r.ID, k.ids["E1"], ReRateInput{})
		k.must(err)
		if l := k.line(r.ID, "E1"); l.CaseID != first || l.Approval != ApprovalWaiting || status(first) != "running" {
			t.Fatalf("confirmed %+v, %s", l, status(first))
		}
		_, err = k.s.ReRate(k.as("director"), r.ID, k.ids["E1"], ReRateInput{Values: []Value{{Item: "cost_ratio", Value: "9"}}, Reason: "成本低"})
		k.must(err)
		second := k.line(r.ID, "E1").CaseID
		if second == first || second == 0 || status(first) != "withdrawn" || status(second) != "running" {
			t.Fatalf("%s %s", status(first), status(second))
		}
		k.refused(k.decide("director", r.ID, "E1", ""), "act.not_yours") // from the beginning
		_, err = k.s.Reopen(k.as("director"), r.ID, k.ids["E1"], "重看")
		k.must(err)
		if l := k.line(r.ID, "E1"); l.Approval != ApprovalNone || status(second) != "withdrawn" {
			t.Fatalf("%+v %s", l, status(second))
		}
		k.rate(r.ID, "east", "E1", "9", "yes")
		third := k.line(r.ID, "E1").CaseID
		rec, err := k.cases.Get(k.as("sales"), third)
		if err != nil || rec.About == nil || len(rec.About.Facts) < 2 || !strings.HasPrefix(rec.Numbers["start"], "PD-") || rec.State.Steps["start"].Answers["wanted"].Text != "A级" {
			t.Fatalf("%+v %v", rec.About, err)
		}
		_, err = k.s.Withdraw(k.as("director"), r.ID, "改期")
		k.must(err)
		k.jobs()
		if l := k.line(r.ID, "E1"); status(third) != "withdrawn" || l.Approval != ApprovalNone {
			t.Errorf("%s %+v", status(third), l)
		}
	})
}
