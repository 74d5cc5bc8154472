package review

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
)

// The clock tells those who are not done before the first round ends and after and the director of late regions.
func TestReminders(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company()
	r := k.open()
	names := map[int64]string{}
	for name, n := range k.users {
		names[n] = name
	}
	var told []string
	k.s.TellBy(func(_ context.Context, _ db.Q, x Reminder) error {
		who := make([]string, len(x.Users))
		for i, u := range x.Users {
			who[i] = names[u]
		}
		slices.Sort(who)
		told = append(told, fmt.Sprintf("%s %s", x.Code, strings.Join(who, ",")))
		return nil
	})
	day := func(on string) string {
		t.Helper()
		k.on(on)
		told = nil
		k.must(k.s.remind(k.sys))
		return strings.Join(told, "; ")
	}
	for _, code := range []string{"W1", "W2"} {
		k.rate(r.ID, "west", code, "5", "no")
	}
	_, err := k.s.Change(k.as("director"), r.ID, ChangeInput{RateBy: ptr(onDay("2025-12-28")), Version: k.review(r.ID).VersionNo})
	k.must(err)
	for on, want := range map[string]string{"2025-12-25": "", "2025-12-26": "review_due east", "2025-12-28": "review_due east", "2025-12-29": "review_late director,east"} {
		if got := day(on); got != want {
			t.Errorf("%s: %q, want %q", on, got, want)
		}
	}
	k.rate(r.ID, "east", "E1", "8", "yes")
	_, err = k.s.Meet(k.as("director"), r.ID, MeetingInput{On: calendar.None})
	k.must(err)
	if got := day("2025-12-29"); got != "review_late director,east" {
		t.Error(got)
	}
	for _, code := range []string{"E2", "E3"} {
		k.rate(r.ID, "east", code, "5", "no")
	}
	if got := day("2025-12-29"); got != "" {
		t.Error(got)
	}
}

func ptr[T any](v T) *T { return &v }
