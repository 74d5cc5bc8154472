package flow_test

import (
	"slices"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/flow"
)

// Limits over holidays, make-up days, the end of the year, and a year whose holidays nobody knows yet.
func TestWhenALimitEnds(t *testing.T) {
	for _, c := range []struct {
		from    string
		within  flow.Duration
		want    string // the last day
		unknown int
	}{
		{"2026-09-21 00:00", flow.Duration{Days: 7}, "2026-09-28", 0},
		{"2026-09-21 23:59", flow.Duration{Days: 7}, "2026-09-28", 0},
		{"2026-02-28 12:00", flow.Duration{Days: 1}, "2026-03-01", 0},
		{"2024-02-28 12:00", flow.Duration{Days: 1}, "2024-02-29", 0},
		{"2026-12-31 12:00", flow.Duration{Days: 7}, "2027-01-07", 0}, // calendar days need no announcement
		{"2026-09-21 10:00", flow.Duration{Working: 1}, "2026-09-22", 0},
		{"2026-09-18 10:00", flow.Duration{Working: 1}, "2026-09-20", 0}, // that Sunday makes up for the holidays
		{"2026-09-24 10:00", flow.Duration{Working: 1}, "2026-09-28", 0}, // 25 to 27 September: Mid-Autumn
		{"2026-09-30 10:00", flow.Duration{Working: 1}, "2026-10-08", 0}, // 1 to 7 October
		{"2026-10-08 10:00", flow.Duration{Working: 2}, "2026-10-10", 0}, // Saturday made up
		{"2026-10-03 10:00", flow.Duration{Working: 3}, "2026-10-10", 0}, // counted from a holiday
		{"2026-12-30 10:00", flow.Duration{Working: 1}, "2026-12-31", 0},
		{"2026-12-31 10:00", flow.Duration{Working: 1}, "2027-01-01", 2027}, // weekends only, and it says so
		{"2031-05-05 10:00", flow.Duration{Working: 1}, "2031-05-06", 2031},
		{"2025-12-31 10:00", flow.Duration{Working: 1}, "2026-01-04", 0}, // 1 to 3 January off, Sunday 4 made up
	} {
		env := flow.Env{Zone: shanghai, Calendar: china(t)}
		end, unknown := c.within.End(at(t, c.from), &env)
		if end != endOf(t, c.want) || unknown != c.unknown {
			t.Errorf("%+v from %s ends %s (unknown %d), want the end of %s (%d)", c.within, c.from, when(end), unknown, c.want, c.unknown)
		}
	}
	env := flow.Env{Zone: shanghai, Calendar: china(t)}
	if end, _ := (flow.Duration{Hours: 4}).End(at(t, "2026-12-31 22:30"), &env); end != at(t, "2027-01-01 02:30") {
		t.Errorf("four hours end %s", when(end))
	}
	if end, unknown := (flow.Duration{Working: 1}).End(at(t, "2026-09-25 10:00"), &flow.Env{Zone: shanghai}); end != endOf(t, "2026-09-28") || unknown != 2026 {
		t.Errorf("without a calendar: %s, %d", when(end), unknown)
	}
}

// Every working day of 2004 to 2026 is one step of a limit in working days, and no other day is.
func TestWorkingLimitsStepFromWorkingDayToWorkingDay(t *testing.T) {
	cal := china(t)
	env := flow.Env{Zone: shanghai, Calendar: cal}
	first, _ := calendar.Parse("2004-01-01")
	last, _ := calendar.Parse("2026-11-30")
	for d := first; d <= last; d++ {
		want := d + 1
		for !cal.IsWorking(want) {
			want++
		}
		from := d.Midnight(shanghai).UnixMicro()
		if end, _ := (flow.Duration{Working: 1}).End(from, &env); end != (want+1).Midnight(shanghai).UnixMicro()-1 {
			t.Fatalf("one working day from %s ends %s, want %s", d, when(end), want)
		}
	}
}

func TestWhenAlarmsRing(t *testing.T) {
	due := endOf(t, "2026-10-09") // a Friday; 10 October is a made-up Saturday, 1 to 7 are off
	env := flow.Env{Zone: shanghai, Calendar: china(t)}
	for _, c := range []struct {
		alarm flow.Alarm
		want  int64
	}{
		{flow.Alarm{Before: true, By: flow.Duration{Days: 2}}, at(t, "2026-10-07 00:00")},
		{flow.Alarm{Before: true}, at(t, "2026-10-09 00:00")},
		{flow.Alarm{Before: true, By: flow.Duration{Working: 2}}, at(t, "2026-09-30 00:00")},
		{flow.Alarm{Before: true, By: flow.Duration{Hours: 3}}, due - 3*3600_000_000},
		{flow.Alarm{}, due + 1},
		{flow.Alarm{By: flow.Duration{Hours: 3}}, due + 3*3600_000_000 + 1},
		{flow.Alarm{By: flow.Duration{Days: 1}}, at(t, "2026-10-11 00:00")},
		{flow.Alarm{By: flow.Duration{Working: 1}}, at(t, "2026-10-11 00:00")},
		{flow.Alarm{By: flow.Duration{Working: 2}}, at(t, "2026-10-13 00:00")},
	} {
		if got := flow.AlarmAt(c.alarm, due, &env); got != c.want {
			t.Errorf("%+v rings %s, want %s", c.alarm, when(got), when(c.want))
		}
	}
}

// timed gives a case of seven days with a supervisor warned two days before, and the general manager told when it is late.
func timed(t *testing.T, within flow.Duration) *script {
	def := single(flow.Step{Seats: post("store"), Deadline: &flow.Deadline{Within: flow.Duration{Days: 3}}})
	def.Deadline = &flow.Deadline{Within: within, Alarms: []flow.Alarm{
		{Before: true, By: flow.Duration{Days: 2}, Tell: post("supervisor")}, {Tell: post("gm")}, {By: flow.Duration{Days: 1}, Tell: post("legal")},
	}}
	def.Extensions = []flow.Extension{
		{Key: "complex", Add: flow.Duration{Days: 15}, Approve: post("supervisor", "gm")}, {Key: "last", Add: flow.Duration{Days: 30}},
	}
	def.Pauses = []flow.Pause{{Key: "customer", AtMost: &flow.Duration{Days: 5}}, {Key: "court"}}
	s := newScript(t, def)
	s.begin(flow.Beginning{By: lin})
	return s
}

func TestAlarmsComeOnceAndInOrder(t *testing.T) {
	s := timed(t, flow.Duration{Days: 7})
	env := func() flow.Env { return s.w.env(t, s.now) }
	s.now = at(t, "2026-09-24 23:59")
	if s.tick(); s.effects != nil || flow.NextTick(s.def, s.st, env()) != at(t, "2026-09-25 00:00") {
		t.Fatalf("early: %v, next %s", s.effects, when(flow.NextTick(s.def, s.st, env())))
	}
	s.now = at(t, "2026-09-25 00:00") // the step's third day is over
	s.tick()
	if e := s.effect(flow.EffectOverdue); e.Step != "s" || e.Tell[0].Post != "store" {
		t.Errorf("%+v", e)
	}
	if s.tick(); s.effects != nil {
		t.Errorf("again: %v", s.effects)
	}
	s.now = at(t, "2026-10-05 12:00") // a late look finds all the others, in order, each with its own moment
	s.tick()
	var got []string
	for _, e := range s.effects {
		got = append(got, e.Kind+" "+when(e.At)[:10]+" "+e.Tell[0].Post)
	}
	if want := []string{"warned 2026-09-26 supervisor", "overdue 2026-09-29 gm", "overdue 2026-09-30 legal"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if next := flow.NextTick(s.def, s.st, env()); next != 0 {
		t.Errorf("something more at %s", when(next))
	}
}

// An act does not lose the alarms that were due before it, and a clock set back gives none a second time.
func TestAnActLetsTimePassFirst(t *testing.T) {
	s := timed(t, flow.Duration{Days: 7})
	s.now = at(t, "2026-09-29 08:00")
	s.do(agree(lin))
	if got := s.kinds(); !slices.Equal(got, []string{flow.EffectOverdue, flow.EffectWarned, flow.EffectOverdue, flow.EffectClosed, flow.EffectEnded}) {
		t.Errorf("%v", got)
	}
	s = timed(t, flow.Duration{Days: 7})
	s.now = at(t, "2026-09-29 08:00")
	s.tick()
	s.now = at(t, "2026-09-21 08:00")
	if s.tick(); s.effects != nil || s.st.At != at(t, "2026-09-29 08:00") {
		t.Errorf("%v", s.effects)
	}
	s.do(flow.Act{Kind: flow.ActComment, By: lin})
	if s.st.At != at(t, "2026-09-29 08:00") {
		t.Errorf("the case went back to %s", when(s.st.At))
	}
}

func TestPausesStopTheClocks(t *testing.T) {
	s := timed(t, flow.Duration{Days: 7})
	pause := flow.Act{Kind: flow.ActPause, By: lin, What: "customer", Reason: "waiting for the goods"}
	s.refused("act.not_yours", as(flow.Act{What: "customer", Reason: "x", By: chen}, flow.ActPause))
	s.refused("act.no_such_pause", flow.Act{Kind: flow.ActPause, By: lin, What: "holiday", Reason: "x"})
	s.now = at(t, "2026-09-23 15:00")
	s.do(pause)
	for _, kind := range []string{flow.ActDecide, flow.ActPause, flow.ActExtend, flow.ActReturn, flow.ActSkip} {
		s.refused("case.not_allowed", flow.Act{Kind: kind, By: lin, Manage: true, Reason: "x", Decision: flow.Agree})
	}
	s.now = at(t, "2026-09-26 09:00")
	if s.tick(); s.effects != nil {
		t.Errorf("the clocks stand, and yet %v", s.kinds())
	}
	s.do(flow.Act{Kind: flow.ActResume, By: lin})
	if s.st.Clock.Due != endOf(t, "2026-10-01") || s.st.Open[0].Clock.Due != endOf(t, "2026-09-27") || s.effect(flow.EffectResumed).Due != s.st.Clock.Due {
		t.Errorf("due %s and %s", when(s.st.Clock.Due), when(s.st.Open[0].Clock.Due))
	}
	s.do(pause) // two of the five days are left
	if s.st.Pause.Until != endOf(t, "2026-09-28") {
		t.Fatalf("until %s", when(s.st.Pause.Until))
	}
	s.now = at(t, "2026-10-20 09:00") // nobody came: it went on by itself
	s.tick()
	if e := s.effect(flow.EffectPauseOver); e.At != endOf(t, "2026-09-28")+1 || s.st.Clock.Due != endOf(t, "2026-10-03") || s.st.Status != flow.Running {
		t.Errorf("%+v, due %s", e, when(s.st.Clock.Due))
	}
	s.refused("act.pause_used_up", pause)
	before := s.st.Clock.Due
	s.do(flow.Act{Kind: flow.ActPause, By: lin, What: "court", Reason: "x"})
	s.now += 40 * 24 * 3600_000_000
	s.do(flow.Act{Kind: flow.ActResume, By: lin})
	if s.st.Clock.Due != before {
		t.Error("a pause made a late case punctual")
	}
}

func TestExtensionsOneAfterTheOther(t *testing.T) {
	s := timed(t, flow.Duration{Days: 7})
	ask := func(key string) flow.Act {
		return flow.Act{Kind: flow.ActExtend, By: lin, What: key, Reason: "an expert is needed"}
	}
	s.now = at(t, "2026-09-26 08:00")
	s.tick()
	s.refused("act.no_such_extension", ask("forever"))
	s.refused("act.extension_order", ask("last"))
	s.do(ask("complex"))
	s.refused("act.extension_pending", ask("complex"))
	s.do(agree(wu))
	s.do(reject(gao))
	if s.effect(flow.EffectRefused).What != "complex" || s.st.Clock.Due != endOf(t, "2026-09-28") || len(s.st.Asked) != 0 {
		t.Fatalf("%+v", s.st)
	}
	s.do(ask("complex")) // may be asked again
	s.do(agree(gao))
	s.now = at(t, "2026-09-29 00:00") // the limit passes while it is being decided
	s.tick()
	if s.effect(flow.EffectOverdue).Tell[0].Post != "gm" {
		t.Error(s.kinds())
	}
	s.do(agree(wu))
	if e := s.effect(flow.EffectGranted); e.Due != endOf(t, "2026-10-13") || s.st.Clock.Due != e.Due {
		t.Fatalf("granted until %s", when(e.Due))
	}
	s.refused("act.extension_used", ask("complex"))
	s.now = at(t, "2026-10-11 00:00") // the new limit is warned of anew
	s.tick()
	if s.effect(flow.EffectWarned).Due != endOf(t, "2026-10-13") {
		t.Error(s.kinds())
	}
	s.do(ask("last")) // needs nobody
	if s.st.Clock.Due != endOf(t, "2026-11-12") {
		t.Errorf("due %s", when(s.st.Clock.Due))
	}
	s.now = at(t, "2026-11-13 00:00")
	s.tick()
	if n := len(s.effects); n != 2 { // warned and late, by the third limit
		t.Errorf("%v", s.kinds())
	}
}

func TestAnExtensionIsAskedForInTime(t *testing.T) {
	s := timed(t, flow.Duration{Days: 7})
	s.now = endOf(t, "2026-09-28") + 1
	s.refused("act.deadline_passed", flow.Act{Kind: flow.ActExtend, By: lin, What: "complex", Reason: "x"})
	s.def.Deadline = nil
	s.st.Clock = nil
	s.refused("act.no_deadline", flow.Act{Kind: flow.ActExtend, By: lin, What: "complex", Reason: "x"})
}

// The end of the case closes what was asked for on the way.
func TestAnEndClosesTheExtensionAskedFor(t *testing.T) {
	s := timed(t, flow.Duration{Days: 7})
	s.do(flow.Act{Kind: flow.ActExtend, By: lin, What: "complex", Reason: "x"})
	s.do(agree(lin))
	dropped := 0
	for _, e := range s.effects {
		if e.Kind == flow.EffectClosed && e.How == flow.SeatDropped {
			dropped++
		}
	}
	if dropped != 2 || s.st.AskedFor != "" {
		t.Errorf("%v", s.kinds())
	}
}

func TestAYearWithoutAnnouncementIsSaid(t *testing.T) {
	def := single(flow.Step{Seats: post("store"), Deadline: &flow.Deadline{Within: flow.Duration{Working: 3}}})
	def.Deadline = &flow.Deadline{Within: flow.Duration{Working: 10}}
	s := newScript(t, def)
	s.now = at(t, "2026-12-29 10:00")
	s.begin(flow.Beginning{By: lin})
	if want := []flow.Warning{{Code: "case.calendar_unknown", Year: 2027}}; !slices.Equal(s.st.Warnings, want) || s.effect(flow.EffectUncertain).Year != 2027 {
		t.Errorf("%+v", s.st.Warnings)
	}
}

// A day that the start form names bounds the case and its steps; of it and a period the sooner counts.
func TestALimitOnADayOfTheForm(t *testing.T) {
	for _, c := range []struct {
		until string
		days  int
		want  string
	}{
		{"2026-10-05", 0, "2026-10-05"},
		{"2026-10-05", 30, "2026-10-05"},
		{"2026-12-24", 30, "2026-10-28"},
	} {
		def := &flow.Definition{
			Key: "post", Start: flow.Start{Form: "card"}, Deadline: &flow.Deadline{On: "start.until", Within: flow.Duration{Days: c.days}},
			Forms: []flow.Form{{Key: "card", Fields: []flow.Field{{Key: "until", Type: flow.FieldDate, Required: true}}}},
			Steps: []flow.Step{{Key: "hand", Do: flow.DoDecide, Seats: post("head"), Deadline: &flow.Deadline{On: "start.until"}, Rejected: "over", Next: []flow.Branch{{To: "over"}}}},
			Ends:  []flow.End{{Key: "over", Good: true, Record: &flow.Record{Fact: "post", Attrs: map[string]string{"until": "start.until", "kind": "own"}}}},
		}
		if found := flow.Check(def); len(found) > 0 {
			t.Fatal(codes(found))
		}
		s := &script{t: t, w: &world{holders: map[string][]int64{"head": {7}}}, def: def, now: at(t, "2026-09-28 10:00")}
		s.begin(flow.Beginning{By: 7, Received: s.now, Answers: flow.Answers{"until": {Text: c.until}}})
		if s.st.Clock.Due != endOf(t, c.want) || s.st.Open[0].Clock.Due != endOf(t, c.until) {
			t.Errorf("%+v: due %s, the step %s", c, when(s.st.Clock.Due), when(s.st.Open[0].Clock.Due))
		}
		s.do(flow.Act{Kind: flow.ActDecide, By: 7, Seat: s.st.OpenSeats()[0].ID, Decision: flow.Agree})
		if got := s.effect(flow.EffectRecorded).Attrs; got["kind"].Text != "own" || got["until"].Text != c.until {
			t.Errorf("recorded %v", got)
		}
	}
}

// A day that is over, or that no clock reaches, is a limit all the same.
func TestALimitOnADayThatIsOver(t *testing.T) {
	def := &flow.Definition{
		Key: "post", Start: flow.Start{Form: "card"}, Deadline: &flow.Deadline{On: "start.until"},
		Forms: []flow.Form{{Key: "card", Fields: []flow.Field{{Key: "until", Type: flow.FieldDate, Required: true}}}},
		Steps: []flow.Step{{Key: "hand", Do: flow.DoDecide, Seats: post("head"), Rejected: "over", Next: []flow.Branch{{To: "over"}}}},
		Ends:  []flow.End{{Key: "over", Good: true}},
	}
	for _, until := range []string{"1969-07-20", "9999-12-31"} {
		s := &script{t: t, w: &world{holders: map[string][]int64{"head": {7}}}, def: def, now: at(t, "2026-09-28 10:00")}
		s.begin(flow.Beginning{By: 7, Received: s.now, Answers: flow.Answers{"until": {Text: until}}})
		if late := s.st.Clock.Due <= s.now; late != (until < "2026") {
			t.Errorf("%s: due %s", until, when(s.st.Clock.Due))
		}
	}
}
