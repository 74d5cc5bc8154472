package calendar

import (
	_ "embed" // the official days
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"
)

//go:embed data/chinese-days.json
var officialDays []byte

// Working says which days are worked. The calendar of China is Saturday and Sunday off, corrected by the holidays and the
// make-up working days that the State Council announces for each year; an organisation may correct it further with Day. A Working is
// never changed once made, so it may be used by any number of goroutines.
type Working struct {
	days  map[Date]Day
	first int // years with an announcement
	last  int
}

// Day is a day that is not what its place in the week would make it, or a holiday that has a name.
type Day struct {
	Date Date
	Work bool   // a working day (of a weekend), otherwise a day off
	Zh   string // what it is called: 春节
	En   string // Spring Festival
}

var china = sync.OnceValues(func() (*Working, error) {
	var file struct {
		Holidays map[string]string `json:"holidays"`
		Workdays map[string]string `json:"workdays"`
	}
	if err := json.Unmarshal(officialDays, &file); err != nil {
		return nil, fmt.Errorf("embedded calendar: %w", err)
	}
	w := &Working{days: make(map[Date]Day, len(file.Holidays)+len(file.Workdays)), first: 9999}
	for _, set := range []struct {
		days map[string]string
		work bool
	}{{file.Holidays, false}, {file.Workdays, true}} {
		for text, name := range set.days {
			d, err := Parse(text)
			if err != nil {
				return nil, fmt.Errorf("embedded calendar: %w", err)
			}
			parts := strings.Split(name, ",")
			if len(parts) < 2 {
				return nil, fmt.Errorf("embedded calendar: %s has no name", text)
			}
			w.days[d] = Day{Date: d, Work: set.work, Zh: parts[1], En: parts[0]}
			// A make-up day in December belongs to the next year's announcement; holidays do not.
			if year, _, _ := d.Civil(); !set.work {
				w.first, w.last = min(w.first, year), max(w.last, year)
			}
		}
	}
	return w, nil
})

// China gives the working calendar of mainland China. The only error is a damaged build.
func China() (*Working, error) { return china() }

// With gives a calendar with the organisation's own days on top; a day given twice counts as given last.
func (w *Working) With(days ...Day) *Working {
	out := &Working{days: maps.Clone(w.days), first: w.first, last: w.last}
	if out.days == nil {
		out.days = make(map[Date]Day, len(days))
	}
	for _, d := range days {
		out.days[d.Date] = d
	}
	return out
}

// Known says whether the holidays of a year have been announced in this build. In other years only weekends are off, and a screen
// that shows a date of such a year should say so.
func (w *Working) Known(year int) bool { return w.first <= year && year <= w.last }

// KnownYears gives the first and the last year with announced holidays.
func (w *Working) KnownYears() (first, last int) { return w.first, w.last }

// Special gives what is special about a date, and false for an ordinary one.
func (w *Working) Special(d Date) (Day, bool) {
	day, ok := w.days[d]
	return day, ok
}

// IsWorking says whether a date is worked. None is not.
func (w *Working) IsWorking(d Date) bool {
	if d == None {
		return false
	}
	if day, ok := w.days[d]; ok {
		return day.Work
	}
	return !isWeekend(d)
}

func isWeekend(d Date) bool {
	day := d.Weekday()
	return day == time.Saturday || day == time.Sunday
}

// maxIdle bounds a search for a working day: a calendar whose every day is off would have no end.
const maxIdle = 3660

// Next gives the first working day after d, and None if there is none within ten years.
func (w *Working) Next(d Date) Date { return w.step(d, 1) }

// Previous gives the last working day before d, and None if there is none within ten years.
func (w *Working) Previous(d Date) Date { return w.step(d, -1) }

// OnOrAfter gives d if it is worked, otherwise Next.
func (w *Working) OnOrAfter(d Date) Date {
	if w.IsWorking(d) {
		return d
	}
	return w.Next(d)
}

func (w *Working) step(d Date, by int) Date {
	if d == None {
		return None
	}
	for range maxIdle {
		if d = d.AddDays(by); w.IsWorking(d) {
			return d
		}
	}
	return None
}

// Add gives the n-th working day after d, or before it for a negative n; d itself does not count, whether worked or not. With n = 0 it gives d. So a reply due within
// 3 working days of a Friday is due on Wednesday. None if the calendar runs out of working days.
func (w *Working) Add(d Date, n int) Date {
	by := 1
	if n < 0 {
		n, by = -n, -1
	}
	for ; n > 0 && d != None; n-- {
		d = w.step(d, by)
	}
	return d
}

// Between counts the working days after from up to and with to; for to before from it is the negative of the count the other way round. If to is worked, Add(from, Between(from, to)) is to.
// The time it takes grows with the special days, not with the distance.
func (w *Working) Between(from, to Date) int {
	if from == None || to == None {
		return 0
	}
	if to < from {
		return -w.Between(to, from)
	}
	n := weekdaysUpTo(to) - weekdaysUpTo(from)
	for d, day := range w.days {
		if d > from && d <= to && day.Work == isWeekend(d) {
			if day.Work {
				n++
			} else {
				n--
			}
		}
	}
	return n
}

// weekdaysUpTo counts Mondays to Fridays from a Monday long ago up to and with d.
func weekdaysUpTo(d Date) int {
	const monday = -719_162 // 0001-01-01
	n := int(d) - monday + 1
	return n/7*5 + min(n%7, 5)
}
