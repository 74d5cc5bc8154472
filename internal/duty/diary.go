package duty

import "kezhi/internal/calendar"

// Diary is what a person has to do by day, and when the person is away. A nil diary is that of nobody: it is empty and never away.
type Diary struct {
	first calendar.Date
	n     []int32
	away  []Away
	fresh []noted // since the last transaction
}

type noted struct {
	day calendar.Date
	n   int
}

// Away is an absence, both days included. Covered says that somebody stands in, so that duties may be planned all the same where no other
// day is left.
type Away struct {
	From, Until calendar.Date
	Covered     bool
}

// NewDiary makes the diary of somebody with these absences.
func NewDiary(away ...Away) *Diary { return &Diary{away: away} }

// Add notes n more duties (or fewer, when n is negative) on a day.
func (d *Diary) Add(day calendar.Date, n int) {
	if d == nil {
		return
	}
	if len(d.n) == 0 {
		d.first = day
	}
	if day < d.first {
		d.n = append(make([]int32, int(d.first-day), int(d.first-day)+len(d.n)), d.n...)
		d.first = day
	}
	if at := int(day - d.first); at >= len(d.n) {
		d.n = append(d.n, make([]int32, at-len(d.n)+1)...)
	}
	d.n[day-d.first] += int32(n) //nolint:gosec // a number of duties on one day
}

// note is Add of something that may have to be taken back.
func (d *Diary) note(day calendar.Date, n int) {
	if d == nil {
		return
	}
	d.Add(day, n)
	d.fresh = append(d.fresh, noted{day, n})
}

// On gives how many duties a day has.
func (d *Diary) On(day calendar.Date) int {
	if d == nil || day < d.first || int(day-d.first) >= len(d.n) {
		return 0
	}
	return int(d.n[day-d.first])
}

// awayOn says whether the person is away on a day, and whether somebody stands in.
func (d *Diary) awayOn(day calendar.Date) (away, covered bool) {
	if d == nil {
		return false, false
	}
	for _, a := range d.away {
		if a.From <= day && day <= a.Until {
			away, covered = true, covered || a.Covered
		}
	}
	return away, covered
}

// nearness is the part of a window, on each side of the day first chosen, within which a less busy day is looked for. A larger one would
// even out the days of a person better and let the duties of a customer follow each other sooner.
const nearness = 8

// choose gives the day of the list near the place at on which the person is there, has fewer than most duties (0: any number) and has
// least to do; of equals the nearest, then the earlier. When there is none of those, the whole list is looked at, then the days on which
// somebody stands in; when there is none at all it says why.
func (d *Diary) choose(list []calendar.Date, at, most int) (day calendar.Date, reason string) {
	if d == nil {
		return list[at], ""
	}
	half := max(len(list)/nearness, 1)
	if len(list) < 3 {
		half = 0
	}
	for _, near := range []int{half, len(list)} {
		if day, ok := d.least(list[max(at-near, 0):min(at+near+1, len(list))], list[at], most); ok {
			return day, ""
		}
	}
	reason = OwnerAway
	for _, day := range list {
		away, covered := d.awayOn(day)
		switch {
		case away && !covered:
		case d.full(day, most):
			reason = OverCapacity
		default:
			return day, ""
		}
	}
	return calendar.None, reason
}

// full says whether a day has as many duties as it may have; 0 is any number.
func (d *Diary) full(day calendar.Date, most int) bool { return most > 0 && d.On(day) >= most }

// roomy gives the last day of the list on which the person is there and has fewer than most duties; false when there is none.
func (d *Diary) roomy(list []calendar.Date, most int) (calendar.Date, bool) {
	for i := len(list) - 1; i >= 0; i-- {
		if away, covered := d.awayOn(list[i]); (!away || covered) && !d.full(list[i], most) {
			return list[i], true
		}
	}
	return calendar.None, false
}

func (d *Diary) least(list []calendar.Date, wish calendar.Date, most int) (best calendar.Date, found bool) {
	least, far := 0, calendar.Date(0)
	for _, day := range list {
		if away, _ := d.awayOn(day); away || d.full(day, most) {
			continue
		}
		n, off := d.On(day), max(day-wish, wish-day)
		if !found || n < least || n == least && off < far {
			best, least, far, found = day, n, off, true
		}
	}
	return best, found
}
