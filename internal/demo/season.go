package demo

import (
	"sort"

	"kezhi/internal/calendar"
)

// days knows how busy each day of the history is.
type days struct {
	from  calendar.Date
	upTo  []int64 // sum of the weights of the days before each day, and of all at the end
	works *calendar.Working
}

// months is how busy each month is, in thousandths of an ordinary one: spring and autumn are the seasons of building.
var months = [12]int64{900, 850, 1180, 1240, 1130, 960, 830, 880, 1260, 1230, 1120, 980}

// springDip is what is left of the trade around the Spring Festival, in thousandths.
const springDip = 180

// newDays weighs the days of [from, to). Orders come on working days of the official calendar, few of them in the ten days before
// the Spring Festival and the week after its holidays.
func newDays(from, to calendar.Date) days {
	works, err := calendar.China()
	if err != nil {
		// The embedded calendar is damaged: weekends alone still make a plausible history.
		works = new(calendar.Working).With()
	}
	d := days{from: from, works: works, upTo: make([]int64, int(to-from)+1)}
	for i := range int(to - from) {
		d.upTo[i+1] = d.upTo[i] + d.weight(from.AddDays(i))
	}
	return d
}

func (d days) weight(day calendar.Date) int64 {
	if !d.works.IsWorking(day) {
		return 12 // an order now and then comes in on a Sunday
	}
	_, month, _ := day.Civil()
	w := months[month-1]
	if d.nearSpringFestival(day) {
		w = w * springDip / 1000
	}
	return w
}

func (d days) nearSpringFestival(day calendar.Date) bool {
	for n := -8; n <= 10; n++ {
		if s, ok := d.works.Special(day.AddDays(n)); ok && !s.Work && s.Zh == "春节" {
			return true
		}
	}
	return false
}

// total gives the weight of [from, to) within the history.
func (d days) total(from, to calendar.Date) int64 {
	a, b := d.index(from), d.index(to)
	return max(d.upTo[b]-d.upTo[a], 0)
}

func (d days) index(day calendar.Date) int {
	return min(max(int(day-d.from), 0), len(d.upTo)-1)
}

// draw gives a day of [from, to), the busy ones more often. The period must not be empty.
func (d days) draw(s source, from, to calendar.Date) calendar.Date {
	return d.drawPart(s, from, to, 0, 1)
}

// drawPart gives a day of the part-th of so many equally busy parts of [from, to).
func (d days) drawPart(s source, from, to calendar.Date, part, parts int) calendar.Date {
	a, b := d.index(from), d.index(to)
	whole, p, n := d.upTo[b]-d.upTo[a], int64(part), int64(parts)
	low, high := whole*p/n, whole*(p+1)/n
	x := d.upTo[a] + low + s.r.Int64N(max(high-low, 1))
	i := sort.Search(b-a, func(i int) bool { return d.upTo[a+i+1] > x })
	return d.from.AddDays(a + min(i, b-a-1))
}
