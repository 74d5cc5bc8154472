package importer

import (
	"encoding/json"
	"hash/maphash"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/money"
	"kezhi/internal/sheet"
)

// defaultCurrency is taken where neither a column nor a constant names one.
const defaultCurrency = "CNY"

// cacheLimit bounds the texts remembered while reading; the memory must not grow with the file.
const cacheLimit = 50_000

// factParser turns the lines of a file into facts. One goroutine uses it.
type factParser struct {
	kind         string
	status0      string // of a line that says nothing
	needsAmount  bool
	cancelPrefix string
	dates        sheet.DateOptions
	numbers      sheet.NumberOptions
	zone         *time.Location

	customer, name, document, date, amount, quantity, price, currency, product, status source
	attrs                                                                              []named

	moments   map[string]moment
	customers map[string]string
	statuses  map[string]string
	docs      documentCounter
	buf       []byte
}

// moment is a date as read, kept by its text because a file repeats them.
type moment struct {
	on    calendar.Date
	at    int64
	hasAt bool
}

func newFactParser(p plan, kind fact.Kind, set Settings, zone *time.Location, excel bool) *factParser {
	f := &factParser{
		kind: kind.Kind, needsAmount: kind.HasAmount, cancelPrefix: set.CancelPrefix, zone: zone,
		dates:    sheet.DateOptions{Order: dateOrder(set.DateOrder), Serial: excel, Zone: zone},
		numbers:  sheet.NumberOptions{DecimalComma: set.DecimalComma},
		customer: p.source(fCustomer), name: p.source(fCustomerName), document: p.source(fDocument), date: p.source(fDate), amount: p.source(fAmount),
		quantity: p.source(fQuantity), price: p.source(fPrice), currency: p.source(fCurrency), product: p.source(fProduct), status: p.source(fStatus),
		attrs:   p.prefixed(attrPrefix),
		moments: map[string]moment{}, customers: map[string]string{}, statuses: map[string]string{},
	}
	if kind.Kind == fact.KindOrder || kind.Kind == fact.KindDelivery {
		f.status0 = fact.StatusShipped
	}
	f.docs.seed = maphash.MakeSeed()
	return f
}

func dateOrder(s string) sheet.DateOrder {
	switch s {
	case DayFirst:
		return sheet.OrderDayMonth
	case MonthFirst:
		return sheet.OrderMonthDay
	}
	return sheet.OrderUnknown
}

// parse reads a line into the chunk.
func (p *factParser) parse(c *chunk, l *line) {
	var f fact.Incoming
	f.Kind = p.kind
	f.Document = p.text(l, p.document, fDocument)
	f.Product = p.text(l, p.product, fProduct)
	f.Status = p.statusOf(l, f.Document)
	c.documents += p.docs.count(f.Document)
	p.readAmount(l, &f)
	if f.HasAmount {
		c.amounts.of(f.Currency).read.add(f.Amount)
	}
	p.readDate(l, &f)
	f.Attrs = p.attrsOf(l)
	code := p.customerOf(l)
	if l.outcome != outcomeOK {
		return
	}
	if code == "" {
		l.setAside(errs.Field{Path: fCustomer, Code: "importer.no_customer", Args: p.place(p.customer)})
		return
	}
	p.buf = f.Seal(p.buf)
	l.at = len(c.facts)
	c.facts = append(c.facts, f)
	c.codes = append(c.codes, code)
	name := ""
	if !p.name.absent() {
		name = strings.TrimSpace(p.name.of(l.cells))
	}
	c.names = append(c.names, name)
}

// place names the column of a problem.
func (p *factParser) place(s source) map[string]any { return placeOf(s, nil) }

// placeOf adds the column to the arguments of a problem, so that its sentence can name it.
func placeOf(s source, args map[string]any) map[string]any {
	out := map[string]any{"header": s.header}
	if s.column >= 0 {
		out["column"] = sheet.ColumnName(s.column)
	}
	for k, v := range args {
		out[k] = v
	}
	return out
}

func (p *factParser) bad(l *line, s source, field string, err error) {
	problem := problemOf(field, err)
	problem.Args = placeOf(s, problem.Args)
	l.refuse(problem)
}

func (p *factParser) text(l *line, s source, field string) string {
	t := strings.TrimSpace(s.of(l.cells))
	if len(t) > fact.MaxText {
		l.refuse(errs.Field{Path: field, Code: "importer.text_too_long", Args: placeOf(s, map[string]any{"limit": fact.MaxText})})
		return ""
	}
	return t
}

// statusWords are what people write for the two statuses that mean something to the program.
var statusWords = map[string]string{
	"取消": fact.StatusCancelled, "已取消": fact.StatusCancelled, "作废": fact.StatusCancelled, "已作废": fact.StatusCancelled, "退单": fact.StatusCancelled,
	"cancelled": fact.StatusCancelled, "canceled": fact.StatusCancelled, "void": fact.StatusCancelled,
	"已发货": fact.StatusShipped, "发货": fact.StatusShipped, "已完成": fact.StatusShipped, "完成": fact.StatusShipped, "正常": fact.StatusShipped,
	"shipped": fact.StatusShipped, "completed": fact.StatusShipped, "complete": fact.StatusShipped, "delivered": fact.StatusShipped,
}

func (p *factParser) statusOf(l *line, document string) string {
	if p.cancelPrefix != "" && strings.HasPrefix(document, p.cancelPrefix) {
		return fact.StatusCancelled
	}
	t := p.text(l, p.status, fStatus)
	if t == "" {
		return p.status0
	}
	s, ok := p.statuses[t]
	if !ok {
		key := strings.ToLower(t)
		if s = statusWords[key]; s == "" {
			s = key
		}
		remember(p.statuses, t, s)
	}
	return s
}

func remember[V any](cache map[string]V, key string, v V) {
	if len(cache) >= cacheLimit {
		clear(cache)
	}
	cache[strings.Clone(key)] = v
}

// readAmount takes the amount column, or quantity × price where it is empty.
func (p *factParser) readAmount(l *line, f *fact.Incoming) {
	f.Currency = p.currencyOf(l)
	places := money.Exponent(f.Currency)
	quantity, hasQuantity := p.number(l, p.quantity, fQuantity)
	if hasQuantity {
		var ok bool
		if f.Quantity, ok = quantity.exact(3, maxThousandths); !ok {
			l.refuse(errs.Field{Path: fQuantity, Code: "importer.quantity_range", Args: placeOf(p.quantity, map[string]any{"text": p.quantity.of(l.cells)})})
		}
		f.HasQuantity = ok
	}
	amount, hasAmount := p.number(l, p.amount, fAmount)
	ok := true
	switch {
	case hasAmount:
		f.Amount, ok = amount.round(places, maxMinor)
	case hasQuantity && !p.price.absent():
		price, hasPrice := p.number(l, p.price, fPrice)
		if hasPrice {
			f.Amount, ok = quantity.times(price, places, maxMinor)
		}
		hasAmount = hasPrice
	}
	if !ok {
		l.refuse(errs.Field{Path: fAmount, Code: "importer.amount_range", Args: p.place(p.amountSource())})
		return
	}
	f.HasAmount = hasAmount
	if !hasAmount && p.needsAmount && l.outcome == outcomeOK {
		l.refuse(errs.Field{Path: fAmount, Code: "importer.no_amount", Args: p.place(p.amountSource())})
	}
}

func (p *factParser) amountSource() source {
	if p.amount.absent() {
		return p.price
	}
	return p.amount
}

// number reads a numeric column; an empty cell is no number and no problem.
func (p *factParser) number(l *line, s source, field string) (fixed, bool) {
	t := s.of(l.cells)
	if t == "" || strings.TrimSpace(t) == "" {
		return fixed{}, false
	}
	n, err := parseFixed(t, p.numbers)
	if err != nil {
		p.bad(l, s, field, err)
		return fixed{}, false
	}
	return n, true
}

// currencyWords are names of currencies people write instead of the code.
var currencyWords = map[string]string{
	"人民币": "CNY", "RMB": "CNY", "￥": "CNY", "¥": "CNY", "元": "CNY", "美元": "USD", "$": "USD", "欧元": "EUR", "€": "EUR", "英镑": "GBP", "£": "GBP",
	"日元": "JPY", "港币": "HKD", "港元": "HKD",
}

func (p *factParser) currencyOf(l *line) string {
	t := p.currency.of(l.cells)
	if len(t) == 3 && money.ValidCurrency(t) {
		return t
	}
	t = strings.ToUpper(strings.TrimSpace(t))
	switch {
	case t == "":
		return defaultCurrency
	case currencyWords[t] != "":
		return currencyWords[t]
	case money.ValidCurrency(t):
		return t
	}
	l.refuse(errs.Field{Path: fCurrency, Code: "importer.bad_currency", Args: placeOf(p.currency, map[string]any{"text": t})})
	return defaultCurrency
}

func (p *factParser) readDate(l *line, f *fact.Incoming) {
	t := p.date.of(l.cells)
	m, ok := p.moments[t]
	if !ok {
		dt, err := sheet.ParseDateTime(t, p.dates)
		if err != nil {
			p.bad(l, p.date, fDate, err)
			return
		}
		m.on, m.hasAt = dt.Date, dt.HasTime
		if dt.HasTime {
			m.at = momentOf(dt, p.zone)
		}
		remember(p.moments, t, m)
	}
	f.On, f.At, f.HasAt = m.on, m.at, m.hasAt
}

// momentOf gives the moment of a wall clock in a zone; hours and minutes are set, not added, because days on which the clocks
// change are not 24 hours long.
func momentOf(dt sheet.DateTime, zone *time.Location) int64 {
	y, month, d := dt.Date.Civil()
	seconds := int(dt.Micros / 1e6)
	return time.Date(y, time.Month(month), d, seconds/3600, seconds/60%60, seconds%60, int(dt.Micros%1e6)*1000, zone).UnixMicro()
}

// customerOf gives the cleaned code of the customer, "" when the line has none.
func (p *factParser) customerOf(l *line) string {
	t := p.customer.of(l.cells)
	if code, ok := p.customers[t]; ok {
		return code
	}
	if strings.TrimSpace(t) == "" {
		return ""
	}
	code, err := sheet.ParseID(t)
	if err != nil {
		p.bad(l, p.customer, fCustomer, err)
		return ""
	}
	code = strings.Clone(code)
	remember(p.customers, t, code)
	return code
}

// attrsOf gives the further columns as a JSON object with sorted keys; empty cells are left out.
func (p *factParser) attrsOf(l *line) string {
	if len(p.attrs) == 0 {
		return ""
	}
	b := []byte{'{'}
	for _, a := range p.attrs {
		t := strings.TrimSpace(a.of(l.cells))
		if t == "" {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = appendJSON(b, a.name)
		b = append(b, ':')
		b = appendJSON(b, t)
	}
	b = append(b, '}')
	if len(b) > fact.MaxAttrs {
		l.refuse(errs.Field{Path: attrPrefix + p.attrs[0].name, Code: "importer.attrs_too_long", Args: map[string]any{"limit": fact.MaxAttrs}})
		return ""
	}
	return string(b)
}

// appendJSON appends a text in quotes; what needs no escape takes the short way.
func appendJSON(b []byte, s string) []byte {
	special := func(r rune) bool { return r < ' ' || strings.ContainsRune("\"\\<>&\u2028\u2029\uFFFD", r) }
	if strings.IndexFunc(s, special) < 0 {
		return append(append(append(b, '"'), s...), '"')
	}
	q, err := json.Marshal(s)
	if err != nil {
		return append(b, '"', '"')
	}
	return append(b, q...)
}

// documentLimit bounds how many documents are told apart (16 bytes each). Beyond it a document counts as new when it differs from
// the line before, which is exact for files that keep the lines of a document together.
const documentLimit = 1 << 20

// documentCounter counts different documents.
type documentCounter struct {
	seed maphash.Seed
	last string
	seen map[uint64]struct{}
}

// count gives 1 for a document not seen before.
func (d *documentCounter) count(document string) int64 {
	if document == "" || document == d.last {
		return 0
	}
	d.last = document
	if d.seen == nil {
		d.seen = map[uint64]struct{}{}
	}
	h := maphash.String(d.seed, document)
	if _, ok := d.seen[h]; ok {
		return 0
	}
	if len(d.seen) < documentLimit {
		d.seen[h] = struct{}{}
	}
	return 1
}
