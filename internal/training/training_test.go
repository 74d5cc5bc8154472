package training_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/files"
	"kezhi/internal/org"
	"kezhi/internal/training"
	"kezhi/internal/user"
)

type house struct {
	t    *testing.T
	d    *db.DB
	now  time.Time
	s    *training.Service
	sys  context.Context
	ids  map[string]int64
	unit map[string]int64
}

// newHouse has two units with two people each: 东 (lin, wang) and 西 (zhao, chen).
func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, d: d, now: time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC), ids: map[string]int64{}, unit: map[string]int64{}}
	clk := func() time.Time { return h.now }
	store, err := files.New(d, t.TempDir(), clk)
	h.must(err)
	units := org.New(d, clk, time.UTC)
	users := user.New(d, clk, event.NewBus(d, clk, slog.New(slog.DiscardHandler)), units)
	h.s, h.sys = training.New(d, clk, time.UTC, units, store), authz.With(t.Context(), authz.System("test"))
	for _, u := range []string{"east", "west"} {
		made, err := units.Create(h.sys, org.Input{Code: &u, NameZh: &u, NameEn: &u})
		h.must(err)
		h.unit[u] = made.ID
	}
	for _, p := range []struct{ login, unit string }{{"lin", "east"}, {"wang", "east"}, {"zhao", "west"}, {"chen", "west"}} {
		unit, roles := h.unit[p.unit], []string{authz.RoleCustomerManager}
		made, err := users.Create(h.sys, user.Input{Login: &p.login, Name: &p.login, UnitID: &unit, Roles: &roles})
		h.must(err)
		h.ids[p.login] = made.ID
	}
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) as(login, role string, units ...string) context.Context {
	a := authz.Actor{UserID: h.ids[login], Name: login, Grants: authz.GrantsOf([]string{role})}
	for _, u := range units {
		a.UnitIDs = append(a.UnitIDs, h.unit[u])
	}
	return authz.With(h.t.Context(), a)
}

func (h *house) me(login string) context.Context { return h.as(login, authz.RoleCustomerManager) }

// secrecy is a course of three questions, of which both that are put must be right.
func (h *house) secrecy(change func(*training.Input)) training.Course {
	h.t.Helper()
	q := func(n int, many bool, right ...int) training.Question {
		out := training.Question{Text: fmt.Sprintf("第%d题", n), Many: many, Why: "见制度"}
		for i := range 4 {
			out.Options = append(out.Options, training.Option{Text: fmt.Sprintf("选项%d-%d", n, i), Right: slices.Contains(right, i)})
		}
		return out
	}
	in := training.Input{Topic: "secrecy", Title: "保密培训", Content: training.Content{
		Body: "# 保密", Questions: []training.Question{q(1, false, 2), q(2, true, 0, 3), q(3, false, 1)}, Shown: 2, PassMark: 100, Attempts: 2, ValidMonths: 12, RemindDays: 30, DueDays: 14,
	}}
	if change != nil {
		change(&in)
	}
	c, err := h.s.Create(h.sys, in)
	h.must(err)
	c, err = h.s.Publish(h.sys, c.ID, c.Version)
	h.must(err)
	return c
}

// answers gives the answers to a paper, right ones or none of them right.
func answers(c training.Course, p training.Paper, right bool) [][]int {
	out := [][]int{}
	for _, put := range p.Attempt.Paper {
		var chosen []int
		for at, o := range put.Options {
			if c.Content.Questions[put.Q].Options[o].Right == right {
				chosen = append(chosen, at)
			}
		}
		if !c.Content.Questions[put.Q].Many {
			chosen = chosen[:1]
		}
		out = append(out, chosen)
	}
	return out
}

func (h *house) trained(login string) bool {
	h.t.Helper()
	ok, err := h.s.Trained(h.t.Context(), h.d.Read(), h.ids[login], "secrecy", h.now)
	h.must(err)
	return ok
}

func (h *house) standing(login string) training.Standing {
	h.t.Helper()
	list, err := h.s.Mine(h.me(login))
	h.must(err)
	if len(list) != 1 {
		h.t.Fatalf("%s has %d courses", login, len(list))
	}
	return list[0].Standing
}

func TestWhoPassesIsTrainedUntilTheCertificateExpires(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.secrecy(nil)
		if h.standing("lin") != training.Todo || h.trained("lin") {
			t.Fatal("nobody is trained before")
		}
		p, err := h.s.Begin(h.me("lin"), c.ID)
		h.must(err)
		again, err := h.s.Begin(h.me("lin"), c.ID)
		if err != nil || again.Attempt.ID != p.Attempt.ID || fmt.Sprint(again.Attempt.Paper) != fmt.Sprint(p.Attempt.Paper) || len(p.Attempt.Paper) != 2 {
			t.Fatalf("opened again it is the same paper: %v %v, %v", p.Attempt.Paper, again.Attempt.Paper, err)
		}
		if _, err := h.s.Answer(h.me("wang"), p.Attempt.ID, answers(c, p, true)); errs.KindOf(err) != errs.NotFound {
			t.Errorf("somebody else's attempt: %v", err)
		}
		if _, err := h.s.Answer(h.me("lin"), p.Attempt.ID, nil); errs.CodeOf(err) != "training.unanswered" {
			t.Errorf("no answers: %v", err)
		}
		done, err := h.s.Answer(h.me("lin"), p.Attempt.ID, answers(c, p, true))
		if err != nil || done.Attempt.State != training.Passed || done.Attempt.Score != 100 || !done.Told || !h.trained("lin") || h.standing("lin") != training.Valid {
			t.Fatalf("%+v %v", done.Attempt, err)
		}
		twice, err := h.s.Answer(h.me("lin"), p.Attempt.ID, answers(c, p, false))
		if n := dbtest.Count(t, d, "SELECT COUNT(*) FROM training_certificate"); err != nil || n != 1 || twice.Attempt.State != training.Passed {
			t.Errorf("answered again: %d certificates, %s, %v", n, twice.Attempt.State, err)
		}
		for _, at := range []struct {
			day     string
			want    training.Standing
			trained bool
		}{{"2027-01-30", training.Valid, true}, {"2027-01-31", training.Expiring, true}, {"2027-03-01", training.Expiring, true}, {"2027-03-02", training.Expired, false}} {
			day, err := calendar.Parse(at.day)
			h.must(err)
			h.now = day.Midnight(time.UTC).Add(time.Hour)
			if h.standing("lin") != at.want || h.trained("lin") != at.trained {
				t.Errorf("on %s: %s, trained %v", at.day, h.standing("lin"), h.trained("lin"))
			}
		}
		if h.standing("wang") != training.Overdue {
			t.Errorf("who never took it after the term: %s", h.standing("wang"))
		}
	})
}

func TestWhatIsRightIsToldOnlyAfterwards(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.secrecy(nil)
		lin := h.me("lin")
		for try := range 2 {
			p, err := h.s.Begin(lin, c.ID)
			h.must(err)
			if p.Told || p.Right != nil || p.Left != 2-try {
				t.Fatalf("before it is answered: told %v, right %v, left %d", p.Told, p.Right, p.Left)
			}
			p, err = h.s.Answer(lin, p.Attempt.ID, answers(c, p, false))
			if err != nil || p.Attempt.State != training.Failed || p.Attempt.Score != 0 || p.Told != (try == 1) {
				t.Fatalf("try %d: %+v told %v, %v", try, p.Attempt, p.Told, err)
			}
		}
		if _, err := h.s.Begin(lin, c.ID); errs.CodeOf(err) != "training.no_attempts" {
			t.Errorf("a third try: %v", err)
		}
		if err := h.s.Again(h.me("wang"), c.ID, h.ids["lin"]); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a colleague forgives: %v", err)
		}
		h.must(h.s.Again(h.sys, c.ID, h.ids["lin"]))
		p, err := h.s.Begin(lin, c.ID)
		h.must(err)
		c, err = h.s.Change(h.sys, c.ID, c.Version, c.Input)
		h.must(err)
		c, err = h.s.Publish(h.sys, c.ID, c.Version)
		h.must(err)
		if _, err := h.s.Answer(lin, p.Attempt.ID, answers(c, p, true)); errs.CodeOf(err) != "training.void" {
			t.Errorf("answers to the edition before: %v", err)
		}
		if p, err = h.s.Begin(lin, c.ID); err != nil || p.Attempt.Edition != 2 {
			t.Errorf("the new edition: %+v %v", p.Attempt, err)
		}
		mine, err := h.s.Mine(h.me("wang"))
		h.must(err)
		if text, err := json.Marshal(training.MineViews(mine)); err != nil || strings.Contains(string(text), "选项") || strings.Contains(string(text), "right") {
			t.Errorf("the list of one's courses tells of questions: %s %v", text, err)
		}
	})
}

func TestCoverageStaysWithinReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.secrecy(nil)
		day := func(text string) calendar.Date {
			d, err := calendar.Parse(text)
			h.must(err)
			return d
		}
		list := []training.Issued{
			{Login: "lin", Topic: "secrecy", Title: "保密员证", Number: "A-1", IssuedOn: day("2026-01-05"), ExpiresOn: calendar.None},
			{Login: "Zhao", Topic: "secrecy", Title: "保密员证", Number: "A-2", IssuedOn: day("2025-01-05"), ExpiresOn: day("2026-01-04")},
		}
		for want := range 2 {
			out, err := h.s.Import(h.sys, slices.Clone(list))
			if err != nil || out.Added != int64(2-2*want) || out.Unchanged != int64(2*want) {
				t.Fatalf("taken over: %+v %v", out, err)
			}
		}
		_, err := h.s.Import(h.sys, []training.Issued{{Login: "nobody", Topic: "S", IssuedOn: day("2026-03-03"), ExpiresOn: calendar.None}})
		if e, ok := errs.As(err); !ok || len(e.Fields) != 4 {
			t.Errorf("wrong lines: %v", err)
		}
		head := h.as("wang", authz.RoleRegionalManager, "east")
		got, err := h.s.Coverage(head, c.ID, training.Filter{})
		if err != nil || got.All.People != 2 || got.All.Valid != 1 || len(got.Units) != 1 || len(got.People) != 2 {
			t.Fatalf("of the east: %+v %v", got, err)
		}
		all, err := h.s.Coverage(h.sys, c.ID, training.Filter{Standing: training.Expired})
		if err != nil || all.All.People != 4 || len(all.Units) != 2 || len(all.People) != 1 || all.People[0].Login != "zhao" {
			t.Errorf("of everybody: %+v %v", all, err)
		}
		if _, err := h.s.Coverage(h.me("lin"), c.ID, training.Filter{}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a customer manager: %v", err)
		}
		if _, err := h.s.CertificatesOf(head, h.ids["zhao"]); errs.KindOf(err) != errs.NotFound {
			t.Errorf("somebody of the west: %v", err)
		}
		certs, err := h.s.CertificatesOf(head, h.ids["lin"])
		if err != nil || len(certs) != 1 {
			t.Fatalf("%v %v", certs, err)
		}
		h.must(h.s.WithdrawCertificate(h.sys, certs[0].ID, "假证"))
		if h.trained("lin") || h.standing("lin") != training.Todo {
			t.Error("a certificate that was taken back holds")
		}
	})
}

func TestACourseIsForWhomItNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.secrecy(func(in *training.Input) {
			in.Units, in.Roles = []int64{h.unit["west"]}, []string{authz.RoleCustomerManager}
		})
		list, err := h.s.Mine(h.me("lin"))
		if err != nil || len(list) != 0 {
			t.Errorf("it is not for the east: %v %v", list, err)
		}
		if _, err := h.s.Begin(h.me("lin"), c.ID); errs.KindOf(err) != errs.NotFound {
			t.Errorf("begun all the same: %v", err)
		}
		if h.standing("zhao") != training.Todo {
			t.Error("it is for the west")
		}
		if got, err := h.s.Coverage(h.sys, c.ID, training.Filter{}); err != nil || got.All.People != 2 {
			t.Errorf("%+v %v", got.All, err)
		}
	})
}

func TestACourseWithoutQuestionsIsReadAndConfirmed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.secrecy(func(in *training.Input) { in.Content.Questions, in.Content.Shown, in.Content.PassMark = nil, 0, 0 })
		p, err := h.s.Begin(h.me("lin"), c.ID)
		h.must(err)
		p, err = h.s.Answer(h.me("lin"), p.Attempt.ID, [][]int{})
		if err != nil || p.Attempt.State != training.Passed || !h.trained("lin") {
			t.Errorf("%+v %v", p.Attempt, err)
		}
	})
}

func TestWrongCoursesAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for _, c := range []struct {
			name, path string
			change     func(*training.Input)
		}{
			{"no topic", "topic", func(in *training.Input) { in.Topic = "" }},
			{"a unit that is not there", "units", func(in *training.Input) { in.Units = []int64{7} }},
			{"nothing right", "questions[0].options", func(in *training.Input) { in.Content.Questions[0].Options[2].Right = false }},
			{"two right where one is asked for", "questions[0].options", func(in *training.Input) { in.Content.Questions[0].Options[1].Right = true }},
			{"more shown than there are", "shown", func(in *training.Input) { in.Content.Shown = 4 }},
			{"a file of somebody else's", "file_id", func(in *training.Input) { in.Content.FileID = 5 }},
		} {
			in := h.secrecy(func(in *training.Input) { in.Topic = "x" + strings.Repeat("y", len(c.name)) }).Input
			c.change(&in)
			_, err := h.s.Create(h.sys, in)
			e, ok := errs.As(err)
			if !ok || len(e.Fields) == 0 || e.Fields[0].Path != c.path {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		bare, err := h.s.Create(h.sys, training.Input{Topic: "bare", Title: "空"})
		h.must(err)
		if _, err := h.s.Publish(h.sys, bare.ID, bare.Version); errs.KindOf(err) != errs.Invalid {
			t.Errorf("nothing to read is published: %v", err)
		}
	})
}

func TestASheetOfCertificates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		out, err := h.s.ImportSheet(h.sys, strings.NewReader("登录名,主题,证书名称,证书编号,发证日期,有效期至\nlin,secrecy,保密员证,B-1,2026-02-01,2027-01-31\n"), "c.csv")
		if err != nil || out.Added != 1 || !h.trained("lin") {
			t.Errorf("%+v %v", out, err)
		}
		_, err = h.s.ImportSheet(h.sys, strings.NewReader("login,topic,title,issued\nlin,secrecy,X,2026-02-01\nghost,secrecy,X,2026-02-01\n"), "c.csv")
		if e, ok := errs.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Path != "row 3 login" {
			t.Errorf("a stranger in line 3: %v", err)
		}
		if _, err = h.s.ImportSheet(h.sys, strings.NewReader("login,topic\nlin,secrecy\n"), "c.csv"); errs.CodeOf(err) != "training.columns" {
			t.Errorf("without a day: %v", err)
		}
	})
}
