package calendar

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"testing"
	"time"
)

// announced reads the published days with the standard library alone, so that nothing of this package judges itself.
func announced(t *testing.T) (works func(time.Time) bool) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "china-codes", "chinese-days.json"))
	if err != nil {
		t.Skip("the published calendar is not at hand:", err)
	}
	var file struct {
		Holidays, Workdays map[string]string
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return func(day time.Time) bool {
		key := day.Format(time.DateOnly)
		if _, off := file.Holidays[key]; off {
			return false
		}
		if _, on := file.Workdays[key]; on {
			return true
		}
		return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
	}
}

// TestEveryDayAgreesWithThePublishedCalendar walks every day of 2004 to 2026 and compares each operation with a plain
// list of the days worked.
func TestEveryDayAgreesWithThePublishedCalendar(t *testing.T) {
	works := announced(t)
	w := mustChina(t)
	var days []time.Time
	var worked []int // places in days
	for day := time.Date(2004, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() <= 2026; day = day.AddDate(0, 0, 1) {
		if works(day) {
			worked = append(worked, len(days))
		}
		days = append(days, day)
	}
	if len(days) != 8401 {
		t.Fatalf("%d days", len(days))
	}
	date := func(i int) Date { return day(t, days[i].Format(time.DateOnly)) }
	upTo := func(i int) int { return sort.SearchInts(worked, i+1) } // days worked up to and with place i
	for i := range days {
		d := date(i)
		if got := w.IsWorking(d); got != works(days[i]) {
			t.Errorf("%s: worked = %v", d, got)
		}
		for _, n := range []int{1, 2, 5, 7, 15, 30, 250} {
			if at := upTo(i) + n - 1; at < len(worked) {
				if got := w.Add(d, n); got != date(worked[at]) {
					t.Errorf("%s + %d working days = %s, want %s", d, n, got, date(worked[at]))
				}
			}
			if at := sort.SearchInts(worked, i) - n; at >= 0 {
				if got := w.Add(d, -n); got != date(worked[at]) {
					t.Errorf("%s - %d working days = %s, want %s", d, n, got, date(worked[at]))
				}
			}
			if i+n < len(days) {
				if got, want := w.Between(d, date(i+n)), upTo(i+n)-upTo(i); got != want {
					t.Errorf("from %s to %s: %d working days, want %d", d, date(i+n), got, want)
				}
			}
		}
	}
}
