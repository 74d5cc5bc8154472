package rule

// usualMinutes is how long one duty takes by its activity where the rulebook gives no hours; it is an assumption, and
// marked as one.
var usualMinutes = map[string]int64{
	"visit": 180, "call": 30, "survey": 60, "event": 480, "report": 60, "meeting": 120, "greeting": 10,
}

const (
	// otherMinutes is for activities that are not listed.
	otherMinutes = 60
	// maxHours bounds what one duty may take: four weeks of work.
	maxHours = 160
)

// UsualMinutes gives how long one duty of an activity takes, in minutes, where nothing better is known; 60 for an activity
// that is not listed.
func UsualMinutes(activity string) int64 {
	if m, ok := usualMinutes[activity]; ok {
		return m
	}
	return otherMinutes
}

// effort reads how long one duty takes.
func (k *compiler) effort(s *dutySpec, d *DutyRule) {
	if !s.Hours.set() {
		d.Minutes, d.EffortAssumed = UsualMinutes(d.Activity), true
		return
	}
	text := k.resolve(s.Hours)
	r, ok := parseRat(text)
	if !ok || r.num <= 0 || r.cmp(rat{maxHours, 1}) > 0 {
		k.report("duty.hours", s.Hours.pos, d.Clause, d.Key, text, itoa(maxHours))
		return
	}
	d.Minutes = max((r.num*60+r.den/2)/r.den, 1)
	d.EffortAssumed = k.assumedSetting(s.Hours)
}

// YearlyMilli gives how often the duty comes up for one customer in a year, in thousandths: 12000 for every month, 1000 for each
// festival. What facts bring cannot be foreseen and counts as never, as does what a whole grade gets once for all.
func (d *DutyRule) YearlyMilli() int64 {
	switch {
	case d.EachGrade:
		return 0
	case d.Way() == WayDay:
		n := int64(0)
		for _, o := range d.On {
			if o.Kind != OnDate {
				n += 1000
			}
		}
		return n
	case d.Every.IsZero():
		return 0
	case d.Every.Days == 0:
		return (12_000 + int64(d.Every.Months)/2) / int64(d.Every.Months)
	}
	days := int64(d.Every.ApproxDays())
	return (365_000 + days/2) / days
}
