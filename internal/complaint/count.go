package complaint

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/flow"
	"kezhi/internal/money"
	"kezhi/internal/rule"
)

// What complaints are divided by, in the order of the table.
const (
	byDepartment   = "department"
	byCause        = "cause"
	byClass        = "class"
	byCustomerKind = "customer_kind"
	byDemand       = "demand"
	byContent      = "content"
	byChannel      = "channel"
)

var dimensions = []struct {
	key   string
	title rule.Text
}{
	{byDepartment, rule.Text{Zh: "责任部门", En: "Department"}},
	{byCause, rule.Text{Zh: "原因归类", En: "Root cause"}},
	{byClass, rule.Text{Zh: "严重程度", En: "Class"}},
	{byCustomerKind, rule.Text{Zh: "客户类型", En: "Kind of customer"}},
	{byDemand, rule.Text{Zh: "客户要求", En: "Demand"}},
	{byContent, rule.Text{Zh: "投诉内容", En: "What it is about"}},
	{byChannel, rule.Text{Zh: "受理渠道", En: "Channel"}},
}

var channels = map[string]rule.Text{
	"shop": {Zh: "门店", En: "Shop"}, "phone": {Zh: "电话", En: "Telephone"}, "mail": {Zh: "信函", En: "Letter"}, "email": {Zh: "电子邮件", En: "Email"},
	"web": {Zh: "网上", En: "Web"}, "visit": {Zh: "来访", En: "Visit"},
}

var notSaid = rule.Text{Zh: "未定", En: "Not said"}

// value is one answer with its words.
type value struct {
	key   string
	title rule.Text
}

// count adds up cases one by one, in the order of their receipt.
type count struct {
	from       calendar.Date
	repeatDays int
	now        int64
	units      map[string]rule.Text
	total      Line
	lines      map[string]map[string]*Line
	customers  map[int64]calendar.Date  // the last day a customer complained
	causes     map[string]calendar.Date // the last day of a cause in a department
}

func newCount(from calendar.Date, repeatDays int, now int64) *count {
	c := &count{from: from, repeatDays: repeatDays, now: now, lines: map[string]map[string]*Line{}, customers: map[int64]calendar.Date{}, causes: map[string]calendar.Date{}}
	c.total.Title = rule.Text{Zh: "合计", En: "Total"}
	for _, d := range dimensions {
		c.lines[d.key] = map[string]*Line{}
	}
	return c
}

// add counts a case; one received before the month only says what came again.
func (c *count) add(k *kase, def *flow.Definition) {
	r := reader{def: def, k: k}
	departments, cause := c.departments(&r), r.recorded(byCause)
	customer, again := c.repeated(k, departments, cause.key)
	if k.day < c.from {
		return
	}
	values := map[string][]value{
		byDepartment: departments, byCause: {cause}, byClass: {r.class()}, byCustomerKind: {r.start(byCustomerKind)},
		byDemand: {r.recorded(byDemand)}, byContent: {r.recorded(byContent)}, byChannel: {{k.channel, channels[k.channel]}},
	}
	minor, currency := r.compensation()
	tally := func(l *Line) {
		l.take(k, c.now)
		l.RepeatedCustomer += customer
		l.RepeatedCause += again
		if minor != 0 {
			if l.money == nil {
				l.money = map[string]int64{}
			}
			l.money[currency] += minor
		}
	}
	tally(&c.total)
	for dimension, all := range values {
		for _, v := range all {
			tally(c.line(dimension, v))
		}
	}
}

func (c *count) line(dimension string, v value) *Line {
	l := c.lines[dimension][v.key]
	if l == nil {
		l = &Line{Key: v.key, Title: v.title}
		switch {
		case v.key == "":
			l.Title = notSaid
		case v.title.Zh == "":
			l.Title = rule.Text{Zh: v.key, En: v.key}
		}
		c.lines[dimension][v.key] = l
	}
	return l
}

// take counts how a case stands. A limit is the last moment that is in time.
func (l *Line) take(k *kase, now int64) {
	l.Received++
	switch {
	case k.withdrawn:
		l.Withdrawn++
	case k.over && k.ended <= k.due:
		l.InTime++
	case k.over:
		l.Late++
	case now <= k.due:
		l.Open++
	default:
		l.Overdue++
	}
	if k.over && !k.goodEnded {
		l.Declined++
	}
}

// repeated says (as 0 or 1) whether the customer, and whether the cause, was there within the days before.
func (c *count) repeated(k *kase, departments []value, cause string) (customer, again int) {
	if k.withdrawn {
		return 0, 0
	}
	within := func(last calendar.Date, known bool) bool { return known && last >= k.day.AddDays(-c.repeatDays) }
	if k.customer != 0 {
		if last, known := c.customers[k.customer]; within(last, known) {
			customer = 1
		}
		c.customers[k.customer] = k.day
	}
	if cause == "" {
		return customer, 0
	}
	for _, d := range departments {
		key := d.key + " " + cause
		if last, known := c.causes[key]; within(last, known) {
			again = 1
		}
		c.causes[key] = k.day
	}
	return customer, again
}

// departments are those that answer for a case: the ones named last in a form, else the unit the case belongs to.
func (c *count) departments(r *reader) []value {
	ids := r.departments()
	if len(ids) == 0 && r.k.unit != 0 {
		ids = []string{strconv.FormatInt(r.k.unit, 10)}
	}
	if len(ids) == 0 {
		return []value{{}}
	}
	out := make([]value, len(ids))
	for i, n := range ids {
		out[i] = value{n, c.units[n]}
	}
	return out
}

// result gives the lines in their order.
func (c *count) result() (Line, []Breakdown) {
	c.total.finish()
	out := make([]Breakdown, len(dimensions))
	for i, d := range dimensions {
		lines := []Line{}
		for _, l := range c.lines[d.key] {
			l.finish()
			lines = append(lines, *l)
		}
		slices.SortFunc(lines, func(a, b Line) int { return cmp.Or(cmp.Compare(b.Received, a.Received), strings.Compare(a.Key, b.Key)) })
		out[i] = Breakdown{By: d.key, Title: d.title, Lines: lines}
	}
	return c.total, out
}

func (l *Line) finish() {
	l.InTimeShare = percent(l.InTime, l.InTime+l.Late+l.Overdue)
	l.Compensation = []Sum{}
	for _, currency := range slices.Sorted(maps.Keys(l.money)) {
		l.Compensation = append(l.Compensation, Sum{Amount: money.Format(l.money[currency], currency), Currency: currency})
	}
}

// percent gives a share with one decimal, rounded half up; nothing of nothing.
func percent(part, whole int) string {
	if whole == 0 {
		return ""
	}
	tenths := (2000*part + whole) / (2 * whole)
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10)
}
