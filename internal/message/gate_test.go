package message

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kezhi/internal/channel"
)

var shanghai = time.FixedZone("CST", 8*3600)

func ask(hour, minute int) Asked {
	return Asked{Channel: channel.Mail, Purpose: Notice, At: time.Date(2026, 3, 16, hour, minute, 0, 0, shanghai), Address: "a@example.com", Ready: true}
}

func TestTheGateSaysWhy(t *testing.T) {
	p := defaultPolicy()
	out := Wish{Consents: []Consent{{Channel: channel.Mail, Out: true}}}
	for name, x := range map[string]struct {
		change func(*Asked, *Policy)
		want   Passage
		why    string
		at     time.Time
	}{
		"open":              {func(*Asked, *Policy) {}, Yes, "", time.Time{}},
		"do not contact":    {func(a *Asked, _ *Policy) { a.Wishes = []Wish{{Blocked: true, Reason: "x"}, {}} }, No, "message.do_not_contact", time.Time{}},
		"contact only":      {func(a *Asked, _ *Policy) { a.Wishes = []Wish{{}, {Blocked: true}} }, No, "message.do_not_contact", time.Time{}},
		"opted out":         {func(a *Asked, _ *Policy) { a.Wishes = []Wish{out} }, No, "message.opted_out", time.Time{}},
		"out of another":    {func(a *Asked, _ *Policy) { a.Channel, a.Wishes = channel.SMS, []Wish{out} }, Yes, "", time.Time{}},
		"an answer as well": {func(a *Asked, _ *Policy) { a.Purpose, a.Wishes = Answer, []Wish{out} }, No, "message.opted_out", time.Time{}},
		"switched off":      {func(_ *Asked, p *Policy) { p.Off = []channel.Name{channel.Mail} }, No, "message.channel_off", time.Time{}},
		"not set up":        {func(a *Asked, _ *Policy) { a.Ready = false }, No, "message.channel_missing", time.Time{}},
		"no address":        {func(a *Asked, _ *Policy) { a.Address = "" }, No, "message.no_address", time.Time{}},
		"last minute":       {func(a *Asked, _ *Policy) { *a = ask(20, 59) }, Yes, "", time.Time{}},
		"in the evening":    {func(a *Asked, _ *Policy) { *a = ask(21, 0) }, Later, "message.quiet", time.Date(2026, 3, 17, 8, 0, 0, 0, shanghai)},
		"before eight":      {func(a *Asked, _ *Policy) { *a = ask(7, 59) }, Later, "message.quiet", time.Date(2026, 3, 16, 8, 0, 0, 0, shanghai)},
		"at eight":          {func(a *Asked, _ *Policy) { *a = ask(8, 0) }, Yes, "", time.Time{}},
		"own hours": {func(a *Asked, _ *Policy) {
			*a = ask(12, 30)
			a.Wishes = []Wish{{Quiet: true, QuietFrom: 12 * 60, QuietTo: 14 * 60}}
		}, Later, "message.quiet", time.Date(2026, 3, 16, 14, 0, 0, 0, shanghai)},
		"the contact's hours win": {func(a *Asked, _ *Policy) {
			*a = ask(12, 30)
			a.Wishes = []Wish{{Quiet: true, QuietFrom: 12 * 60, QuietTo: 14 * 60}, {Quiet: true, QuietFrom: 0, QuietTo: 0}}
		}, Yes, "", time.Time{}},
		"enough for a month": {func(a *Asked, p *Policy) {
			p.Cap = 2
			a.Recent = []time.Time{a.At.AddDate(0, 0, -29), a.At.AddDate(0, 0, -20)}
		}, Later, "message.cap", time.Date(2026, 3, 17, 10, 0, 0, 0, shanghai)},
		"an answer is not counted": {func(a *Asked, p *Policy) {
			p.Cap, a.Purpose = 1, Answer
			a.Recent = []time.Time{a.At.AddDate(0, 0, -1)}
		}, Yes, "", time.Time{}},
		"pointless by then": {func(a *Asked, _ *Policy) { *a = ask(22, 0); a.Until = a.At.Add(time.Hour) }, No, "message.too_late", time.Time{}},
	} {
		a, policy := ask(10, 0), p
		x.change(&a, &policy)
		got := May(policy, a)
		if got.Passage != x.want || got.Why != x.why || x.want == Later && !got.At.Equal(x.at) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Whoever is told "later" may at that moment, and not a minute before; the same question has the same answer.
func TestLaterIsWhenItMay(t *testing.T) {
	zones := []*time.Location{time.UTC, shanghai}
	if ny, err := time.LoadLocation("America/New_York"); err == nil {
		zones = append(zones, ny) // has days of 23 and 25 hours
	}
	rapid.Check(t, func(t *rapid.T) {
		loc := rapid.SampledFrom(zones).Draw(t, "zone")
		minute := rapid.IntRange(0, dayMinutes-1)
		p := Policy{QuietFrom: minute.Draw(t, "from"), QuietTo: minute.Draw(t, "to"), Cap: rapid.IntRange(0, 3).Draw(t, "cap"), CapDays: rapid.IntRange(1, 40).Draw(t, "days"), Language: Chinese}
		a := ask(0, 0)
		a.At = time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "at"), 0).In(loc)
		for _, back := range rapid.SliceOfN(rapid.Int64Range(1, int64(p.CapDays)*86400), 0, 6).Draw(t, "recent") {
			a.Recent = append(a.Recent, a.At.Add(-time.Duration(back)*time.Second))
		}
		slices.SortFunc(a.Recent, time.Time.Compare)
		got := May(p, a)
		if got.Passage == No || May(p, a).At != got.At {
			t.Fatalf("%+v", got)
		}
		if got.Passage == Yes {
			return
		}
		if !got.At.After(a.At) {
			t.Fatalf("later is %v, now is %v", got.At, a.At)
		}
		within := func(at time.Time) Asked {
			then := a
			then.At = at
			then.Recent = slices.DeleteFunc(slices.Clone(a.Recent), func(x time.Time) bool { return !x.AddDate(0, 0, p.CapDays).After(at) })
			return then
		}
		if then := May(p, within(got.At)); then.Passage != Yes {
			t.Fatalf("told %v, then told %+v", got.At, then)
		}
		if before := got.At.Add(-time.Minute); before.After(a.At) && May(p, within(before)).Passage == Yes {
			t.Fatalf("told %v, but it may at %v", got.At, before)
		}
	})
}

func TestTemplatesNameOnlyWhatIsThere(t *testing.T) {
	good := TemplateInput{Name: " a  b ", Channel: channel.SMS, Purpose: Greeting, Subject: Words{Zh: "x"}, Body: Words{Zh: "{{ salutation }} {{occasion}}"}}
	in, err := good.normal()
	if err != nil || in.Name != "a b" || in.Subject != (Words{}) {
		t.Fatal(in, err)
	}
	for name, change := range map[string]func(*TemplateInput){
		"unknown field":     func(in *TemplateInput) { in.Body.Zh = "{{password}}" },
		"of another":        func(in *TemplateInput) { in.Purpose = Offer },
		"open brace":        func(in *TemplateInput) { in.Body.Zh = "{{salutation" },
		"no text":           func(in *TemplateInput) { in.Body = Words{} },
		"mail, no subject":  func(in *TemplateInput) { in.Channel, in.Subject = channel.Mail, Words{} },
		"no such channel":   func(in *TemplateInput) { in.Channel = "fax" },
		"no purpose":        func(in *TemplateInput) { in.Purpose = Test },
		"no name":           func(in *TemplateInput) { in.Name = " " },
		"wrong in English":  func(in *TemplateInput) { in.Body.En = "{{ owner }}" },
		"nested is no name": func(in *TemplateInput) { in.Body.Zh = "{{ {{salutation}} }}" },
	} {
		bad := good
		change(&bad)
		if _, err := bad.normal(); err == nil {
			t.Errorf("%s passes", name)
		}
	}
	if got := render("a {{ x }} b {{y}}", map[string]string{"x": "{{y}}"}); got != "a {{y}} b" {
		t.Errorf("a value is no template: %q", got)
	}
}
