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
	one := share{customer: customer, cause: slices.Contains(again, true), score: k.score}
	one.minor, one.currency = r.compensation()
	values := map[string][]value{
		byDepartment: departments, byCause: {cause}, byClass: {r.class()}, byCustomerKind: {r.start(byCustomerKind)},
		byDemand: {r.recorded(byDemand)}, byContent: {r.recorded(byContent)}, byChannel: {{k.channel, channels[k.channel]}},
	}
	c.total.take(k, one, c.now)
	for dimension, all := range values {
		for i, v := range all {
			own := one
			if dimension == byDepartment {
				own.cause = again[i] // a department is not blamed for what came again in another
			}
			c.line(dimension, v).take(k, own, c.now)
		}
	}
}

// share is what a case adds to a line besides how it stands.
type share struct {
	customer, cause bool // the customer, or the cause, came again
	minor           int64
	currency        string
	score           int // the customer's rating from 1 to 5, 0 = none
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

// take counts how a case stands, and what it adds. A limit is the last moment that is in time.
func (l *Line) take(k *kase, one share, now int64) {
	l.Received++
	l.RepeatedCustomer += number(one.customer)
	l.RepeatedCause += number(one.cause)
	l.Repeated += number(one.customer || one.cause)
	if one.minor != 0 {
		if l.money == nil {
			l.money = map[string]int64{}
		}
		l.money[one.currency] += one.minor
	}
	if one.score > 0 {
		l.Rated++
		l.points += one.score
	}
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

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// repeated says whether the customer, and for each department whether the cause, was there within the days before.
func (c *count) repeated(k *kase, departments []value, cause string) (customer bool, again []bool) {
	again = make([]bool, len(departments))
	if k.withdrawn {
		return false, again
	}
	within := func(last calendar.Date, known bool) bool { return known && last >= k.day.AddDays(-c.repeatDays) }
	if k.customer != 0 {
		last, known := c.customers[k.customer]
		customer = within(last, known)
		c.customers[k.customer] = k.day
	}
	if cause == "" {
		return customer, again
	}
	for i, d := range departments {
		key := d.key + " " + cause
		last, known := c.causes[key]
		again[i] = within(last, known)
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
	l.Satisfaction = mean(l.points, l.Rated)
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

// mean gives points per rating with two decimals, rounded half up; nothing of nothing.
func mean(points, ratings int) string {
	if ratings == 0 {
		return ""
	}
	cents := (200*points + ratings) / (2 * ratings)
	return strconv.Itoa(cents/100) + "." + strconv.Itoa(cents/10%10) + strconv.Itoa(cents%10)
}
