package customer

import (
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// Condition is one condition of a list; all conditions of a list hold at once, the values of one are alternatives.
type Condition struct {
	Field  string // kind, region, grade, segment, custom.<name> …
	Op     string // in, not_in, contains, is, gte, lte, between, within, empty, not_empty
	Values []string
}

// Query says which customers a list, a count, an export or a bulk change means. Customers in the archive are left out unless there is a condition on archived.
type Query struct {
	Q          string // what somebody typed into the search box
	Conditions []Condition
	Sort       string // name, code, updated, created, owner, grade or grade.<scheme>; "-" in front turns it round; "" = name
}

// maxConditions bounds how many conditions and values per condition a list may have.
const (
	maxConditions = 30
	maxCondValues = 200
)

// ParseConditions reads conditions as the API writes them, field:op:value,value with commas and backslashes in values escaped by a backslash.
// Error: customer.filter_malformed.
func ParseConditions(texts []string) ([]Condition, error) {
	if len(texts) > maxConditions {
		return nil, errs.New(errs.Invalid, "customer.filter_malformed", "filter", len(texts))
	}
	var out []Condition
	for _, t := range texts {
		parts := strings.SplitN(t, ":", 3)
		if len(parts) < 3 {
			return nil, errs.New(errs.Invalid, "customer.filter_malformed", "filter", shortText(t))
		}
		values := splitValues(parts[2])
		if len(values) > maxCondValues {
			return nil, errs.New(errs.Invalid, "customer.filter_malformed", "filter", shortText(t))
		}
		out = append(out, Condition{Field: parts[0], Op: parts[1], Values: values})
	}
	return out, nil
}

func splitValues(text string) []string {
	if text == "" {
		return nil
	}
	out := []string{}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case text[i] == ',':
			out = append(out, b.String())
			b.Reset()
		default:
			b.WriteByte(text[i])
		}
	}
	return append(out, b.String())
}

// span gives the first and last day of a relative time, seen from today; weeks begin on Monday.
func span(name string, today calendar.Date) (from, to calendar.Date, ok bool) {
	y, m, _ := today.Civil()
	switch name {
	case "today":
		return today, today, true
	case "this_week":
		from = today.AddDays(-(int(today.Weekday()+6) % 7))
		return from, from.AddDays(6), true
	case "this_month":
		from = today.MonthStart()
		return from, from.AddMonths(1).AddDays(-1), true
	case "this_quarter":
		from = today.MonthStart().AddMonths(-((m - 1) % 3))
		return from, from.AddMonths(3).AddDays(-1), true
	case "this_year":
		to, err := calendar.Of(y, 12, 31)
		return today.YearStart(), to, err == nil
	case "last_30_days":
		return today.AddDays(-29), today, true
	case "last_90_days":
		return today.AddDays(-89), today, true
	case "last_12_months":
		return today.AddMonths(-12).AddDays(1), today, true
	}
	return 0, 0, false
}

// dateRange reads the days of a condition on a date: both ends belong to it; None is open.
func dateRange(c Condition, today calendar.Date) (from, to calendar.Date, err error) {
	from, to = calendar.None, calendar.None
	bad := errs.New(errs.Invalid, "customer.filter_value", "field", c.Field, "value", strings.Join(c.Values, ","))
	day := func(i int) calendar.Date {
		if i >= len(c.Values) {
			err = bad
			return calendar.None
		}
		d, failed := calendar.Parse(c.Values[i])
		if failed != nil {
			err = bad
		}
		return d
	}
	switch c.Op {
	case "gte":
		from = day(0)
	case "lte":
		to = day(0)
	case "between":
		from, to = day(0), day(1)
	case "within":
		var ok bool
		if len(c.Values) == 1 {
			from, to, ok = span(c.Values[0], today)
		}
		if !ok {
			err = bad
		}
	default:
		err = errs.New(errs.Invalid, "customer.filter_operator", "field", c.Field, "op", c.Op)
	}
	return from, to, err
}

// today is the civil date in the organisation's time zone.
func (s *Service) today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// dayStart gives the moment a day begins, in microseconds.
func dayStart(d calendar.Date, loc *time.Location) int64 { return d.Midnight(loc).UnixMicro() }

// dayOf gives the civil date of a moment in microseconds, in text.
func dayOf(us int64, loc *time.Location) string {
	return calendar.FromTime(time.UnixMicro(us), loc).String()
}
