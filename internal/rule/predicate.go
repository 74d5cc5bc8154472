package rule

import (
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
	"kezhi/internal/money"
)

// factVars are the variables a `where` may read on every fact.
var factVars = []expr.Var{
	{Name: "kind", Kind: expr.Text},
	{Name: "status", Kind: expr.Text},
	{Name: "currency", Kind: expr.Text},
	{Name: "document", Kind: expr.Text},
	{Name: "product", Kind: expr.Text},
	{Name: "date", Kind: expr.Date},
	{Name: "amount", Kind: expr.Number},
	{Name: "quantity", Kind: expr.Number},
}

var factFields = map[string]fieldID{
	"kind": fieldKind, "status": fieldStatus, "currency": fieldCurrency, "document": fieldDocument,
	"product": fieldProduct, "date": fieldDate, "amount": fieldAmount, "quantity": fieldQuantity,
}

// predicate compiles a `where`; vars are the fact's own columns and the declared fields.
func (k *compiler) predicate(w word, vars []expr.Var) *predicate {
	cond := k.condition(w, vars)
	if cond == nil {
		return nil
	}
	for _, name := range cond.Uses() {
		k.need(factFields[name])
	}
	terms, native := cond.Terms()
	if !native {
		return &predicate{cond: cond}
	}
	p := &predicate{}
	for i := range terms {
		t := factTerm{term: terms[i], field: factFields[terms[i].Name]}
		if t.field == 0 {
			t.field, t.attr = fieldAttr, terms[i].Name
		}
		if t.field == fieldDate {
			for _, s := range terms[i].Texts {
				d, err := calendar.Parse(s)
				if err != nil {
					d = calendar.None
				}
				t.days = append(t.days, d)
			}
		}
		p.terms = append(p.terms, t)
	}
	return p
}

// need records the optional column a program reads.
func (k *compiler) need(f fieldID) {
	n := &k.p.needs
	switch f {
	case fieldDocument:
		n.Documents = true
	case fieldProduct:
		n.Products = true
	case fieldQuantity:
		n.Quantity = true
	case fieldStatus:
		n.Status = true
	case fieldAttr, 0:
		n.Attrs = true
	}
}

func (p *predicate) match(x *Fact) bool {
	if p.cond != nil {
		return p.slow(x)
	}
	for i := range p.terms {
		if !p.terms[i].holds(x) {
			return false
		}
	}
	return true
}

func (t *factTerm) holds(x *Fact) bool {
	switch t.field {
	case fieldStatus:
		return t.term.HoldsText(x.Status)
	case fieldCurrency:
		return t.term.HoldsText(x.Currency)
	case fieldKind:
		return t.term.HoldsText(x.Kind)
	case fieldDocument:
		return holdsBytes(&t.term, x.Document)
	case fieldProduct:
		return holdsBytes(&t.term, x.Product)
	case fieldAmount:
		return x.HasAmount && t.term.HoldsNumber(amountOf(x))
	case fieldQuantity:
		return t.term.HoldsNumber(expr.Decimal{Coef: x.Quantity, Scale: 3})
	case fieldDate:
		return t.holdsDay(x.On)
	default:
		return t.term.Holds(attrValue(x, t.attr, t.term.Kind))
	}
}

// holdsBytes compares without copying in the common cases.
func holdsBytes(t *expr.Term, b []byte) bool {
	switch t.Op {
	case expr.Equal:
		return string(b) == t.Texts[0]
	case expr.NotEqual:
		return string(b) != t.Texts[0]
	default:
		return t.HoldsText(string(b))
	}
}

func (t *factTerm) holdsDay(d calendar.Date) bool {
	switch t.term.Op {
	case expr.Equal:
		return d == t.days[0]
	case expr.NotEqual:
		return d != t.days[0]
	case expr.Less:
		return d < t.days[0]
	case expr.AtMost:
		return d <= t.days[0]
	case expr.Greater:
		return d > t.days[0]
	case expr.AtLeast:
		return d >= t.days[0]
	case expr.In:
		return slices.Contains(t.days, d)
	default:
		return false
	}
}

func amountOf(x *Fact) expr.Decimal {
	return expr.Decimal{Coef: x.Amount, Scale: uint8(exponent(x.Currency))}
}

// exponent is money.Exponent with the common currencies first.
func exponent(currency string) int {
	switch currency {
	case "CNY", "USD", "EUR", "GBP", "HKD":
		return 2
	}
	return money.Exponent(currency)
}

func attrValue(x *Fact, name string, kind expr.Kind) expr.Value {
	if x.Attr == nil {
		return expr.Value{Missing: true}
	}
	s := x.Attr(name)
	if kind != expr.Number {
		return expr.Value{Text: s, Missing: s == ""}
	}
	d, ok := expr.ParseDecimal(s)
	return expr.Value{Number: d, Missing: !ok}
}

// slow answers a condition that is not a plain conjunction.
func (p *predicate) slow(x *Fact) bool {
	yes, err := p.cond.Eval(func(name string) expr.Value {
		switch factFields[name] {
		case fieldStatus:
			return expr.Value{Text: x.Status}
		case fieldCurrency:
			return expr.Value{Text: x.Currency}
		case fieldKind:
			return expr.Value{Text: x.Kind}
		case fieldDocument:
			return expr.Value{Text: string(x.Document)}
		case fieldProduct:
			return expr.Value{Text: string(x.Product)}
		case fieldDate:
			return expr.Value{Text: x.On.String()}
		case fieldAmount:
			return expr.Value{Number: amountOf(x), Missing: !x.HasAmount}
		case fieldQuantity:
			return expr.Value{Number: expr.Decimal{Coef: x.Quantity, Scale: 3}}
		default:
			return attrValue(x, name, p.cond.Kind(name))
		}
	})
	return err == nil && yes
}
