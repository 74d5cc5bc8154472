package demo

import (
	"slices"
	"strconv"

	"kezhi/internal/calendar"
	"kezhi/internal/fact"
)

// Fact is something that happened to a customer of the demo.
type Fact struct {
	Kind     string
	On       calendar.Date
	At       int64 // microseconds UTC
	Amount   int64 // minor units, counts only with a Currency
	Currency string
	Quantity int64 // thousandths, 0 = none is meant
	Status   string
	Document string
	Product  string
	Attrs    string // JSON object
}

// Incoming is the fact in the form in which facts are loaded.
func (f *Fact) Incoming(customerID int64) fact.Incoming {
	return fact.Incoming{
		CustomerID: customerID, Kind: f.Kind, On: f.On, At: f.At, HasAt: true, Amount: f.Amount, HasAmount: f.Currency != "", Currency: f.Currency,
		Quantity: f.Quantity, HasQuantity: f.Quantity != 0, Status: f.Status, Document: f.Document, Product: f.Product, Attrs: f.Attrs,
	}
}

// Statuses of the demo's facts.
const (
	shipped   = "shipped"
	cancelled = "cancelled"
	open      = "open"
	closed    = "closed"
	noAttrs   = "{}"
)

// utc8 is how far the clocks of the demo's people are ahead of UTC; none of them saves daylight.
const utc8 = 8 * 3600

// at gives the moment of a second of a day.
func at(day calendar.Date, second int) int64 {
	return (int64(day)*86_400 + int64(second) - utc8) * 1_000_000
}

// hours gives a second between half past eight and six, working people's time.
func (s source) hours() int { return s.between(8*3600+1800, 18*3600) }

// Facts gives what happened to customer i in the company's history, by day, the same each time.
func (c *Company) Facts(i int) []Fact {
	t := &teller{c: c, s: streamOf(c.seed, factStream+uint64(i)), cu: &c.Customers[i], no: digits(i+1, 4)} //nolint:gosec // an index
	t.cartOf()
	t.orders()
	t.encounters()
	slices.SortStableFunc(t.facts, func(a, b Fact) int { return int(a.On - b.On) })
	return t.facts
}

// teller tells the history of one customer.
type teller struct {
	c     *Company
	s     source
	cu    *Customer
	no    string // the customer's part of document numbers
	cart  []int  // what it usually buys, as indexes into Products
	facts []Fact
}

// cartOf chooses the dozen products a customer lives on.
func (t *teller) cartOf() {
	weights := make([]int, len(t.c.Products))
	for i, p := range t.c.Products {
		weights[i] = p.weight
	}
	for range 14 {
		t.cart = append(t.cart, t.s.weighted(weights))
	}
}

// orders places all orders of the two years with what follows from them.
func (t *teller) orders() {
	h := &t.cu.habits
	from, to := max(t.c.From, h.since), min(t.c.Reference, h.leaves.AddDays(1))
	if to <= from || t.c.days.total(from, to) == 0 {
		return
	}
	perYear := along(rhythms, h.yearly/100) * t.c.busy
	whole := t.c.days.total(t.c.From, t.c.Reference)
	n := int((2*perYear*t.c.days.total(from, to) + whole/2) / whole)
	if n == 0 {
		n = 1
	}
	// People order when their shelves are empty, so orders keep their distance.
	dates := make([]calendar.Date, n)
	for i := range dates {
		dates[i] = t.c.days.drawPart(t.s, from, to, i, n)
	}
	slices.Sort(dates)
	for i, day := range dates {
		middle := t.c.From.AddDays(int(t.c.Reference-t.c.From) / 2)
		grown := max(1000+h.growth*int64(day-middle)/365, 250)
		target := h.yearly / perYear * grown / 1000 * int64(t.s.between(75, 125)) / 100
		t.order(i, day, target)
	}
}

// order writes an order of about so many fen: its lines, its cancellation, or its delivery and payment.
func (t *teller) order(n int, day calendar.Date, target int64) {
	document := "SO" + compact(day) + t.no + digits(n, 3)
	moment := at(day, t.s.hours())
	lines := min(1+t.s.weighted([]int{22, 26, 22, 14, 10, 6}), 1+int(target/300_00))
	status, leadDays := shipped, t.s.between(1, 9)
	ships := t.c.days.works.OnOrAfter(day.AddDays(leadDays))
	switch {
	case t.s.happens(22):
		status = cancelled
	case ships >= t.c.Reference:
		status = open
	}
	currency, rate := "CNY", int64(1)
	if t.cu.habits.dollar && t.s.happens(400) {
		currency, rate = "USD", 7
	}
	var total, pieces int64
	first := len(t.facts)
	for range lines {
		p := t.c.Products[pick(t.s, t.cart)]
		price := p.Price * int64(t.s.between(92, 104)) / 100 / rate
		quantity := max(target/rate/int64(lines)/price, 1)
		total += price * quantity
		pieces += quantity
		t.facts = append(t.facts, Fact{
			Kind: "order", On: day, At: moment, Amount: price * quantity, Currency: currency, Quantity: quantity * 1000,
			Status: status, Document: document, Product: p.Label(), Attrs: noAttrs,
		})
	}
	switch status {
	case cancelled:
		t.takeBack(first, day)
	case shipped:
		t.deliver(document, ships, pieces)
		t.pay(document, ships, total, currency)
	}
}

// takeBack writes a cancelled order's lines once more with the sign turned, as order systems export them, some days later.
func (t *teller) takeBack(first int, day calendar.Date) {
	on := min(t.c.days.works.OnOrAfter(day.AddDays(t.s.between(1, 5))), t.c.Reference.AddDays(-1))
	on = max(on, day)
	for _, line := range t.facts[first:len(t.facts):len(t.facts)] {
		line.On, line.At = on, at(on, t.s.hours())
		line.Amount, line.Quantity, line.Document = -line.Amount, -line.Quantity, line.Document+"-R"
		t.facts = append(t.facts, line)
	}
}

func (t *teller) deliver(order string, day calendar.Date, pieces int64) {
	t.facts = append(t.facts, Fact{
		Kind: "delivery", On: day, At: at(day, t.s.hours()), Quantity: pieces * 1000, Status: "delivered",
		Document: "DN" + order[2:], Attrs: `{"order":"` + order + `"}`,
	})
	if t.s.happens(12) {
		t.complain(order, day)
	}
}

var grievances = []string{"包装破损，外箱受潮", "数量短少，与送货单不符", "表面划伤，要求换货", "安装孔位偏差", "到货延迟超过约定日期", "锁体异响，要求退换", "配件缺失"}

// complain writes a complaint about a delivery; those of the last weeks may still be open.
func (t *teller) complain(order string, delivered calendar.Date) {
	day := t.c.days.works.OnOrAfter(delivered.AddDays(t.s.between(1, 12)))
	if day >= t.c.Reference {
		return
	}
	status := closed
	if int(t.c.Reference-day) < 25 && t.s.happens(600) {
		status = open
	}
	t.facts = append(t.facts, Fact{
		Kind: "complaint", On: day, At: at(day, t.s.hours()), Status: status, Document: order,
		Attrs: `{"topic":"` + pick(t.s, grievances) + `"}`,
	})
}

// pay writes the payments of an invoice that was sent with the delivery, as far as they have come in.
func (t *teller) pay(order string, invoiced calendar.Date, total int64, currency string) {
	p := payers[t.cu.habits.payer]
	if t.s.happens(p.unpaid) {
		return
	}
	days := max(t.s.about(p.days, p.spread), 0)
	if t.s.happens(70) && total > 1_000_00 {
		part := total * int64(t.s.between(3, 7)) / 10
		t.payment(order, "A", invoiced, days, part, currency)
		t.payment(order, "B", invoiced, days+t.s.between(10, 40), total-part, currency)
		return
	}
	t.payment(order, "", invoiced, days, total, currency)
}

func (t *teller) payment(order, part string, invoiced calendar.Date, days int, amount int64, currency string) {
	day := t.c.days.works.OnOrAfter(invoiced.AddDays(days))
	if day >= t.c.Reference {
		return
	}
	taken := strconv.Itoa(int(day - invoiced))
	t.facts = append(t.facts, Fact{
		Kind: "payment", On: day, At: at(day, t.s.hours()), Amount: amount, Currency: currency, Status: "received",
		Document: "RC" + order[2:] + part, Attrs: `{"days_to_pay":"` + taken + `","order":"` + order + `"}`,
	})
}

// compact writes a day as 20260131.
func compact(day calendar.Date) string {
	y, m, d := day.Civil()
	return digits(y, 4) + digits(m, 2) + digits(d, 2)
}
