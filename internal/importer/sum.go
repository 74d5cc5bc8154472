package importer

import (
	"math/big"
	"strings"

	"kezhi/internal/money"
)

// sum adds amounts without overflow: each is split into two parts that cannot reach the limit before 9 billion lines.
type sum struct{ high, low int64 }

const sumBase = 1_000_000_000

func (s *sum) add(v int64) {
	s.high += v / sumBase
	s.low += v % sumBase
}

func (s *sum) join(o sum) {
	s.high += o.high
	s.low += o.low
}

func (s sum) text(currency string) string {
	total := new(big.Int).Mul(big.NewInt(s.high), big.NewInt(sumBase))
	total.Add(total, big.NewInt(s.low))
	if total.IsInt64() {
		return money.Format(total.Int64(), currency)
	}
	digits, sign := total.String(), ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		digits, sign = rest, "-"
	}
	at := len(digits) - money.Exponent(currency)
	if at == len(digits) {
		return sign + digits
	}
	return sign + digits[:at] + "." + digits[at:]
}

// amounts are the sums of each currency, in the order of their first appearance.
type amounts []currencySum

type currencySum struct {
	currency       string
	read, imported sum
}

// of gives the sums of a currency; there are few.
func (a *amounts) of(currency string) *currencySum {
	for i := range *a {
		if (*a)[i].currency == currency {
			return &(*a)[i]
		}
	}
	*a = append(*a, currencySum{currency: currency})
	return &(*a)[len(*a)-1]
}

func (a amounts) counts() []AmountCount {
	out := make([]AmountCount, len(a))
	for i, c := range a {
		out[i] = AmountCount{Currency: c.currency, Read: c.read.text(c.currency), Imported: c.imported.text(c.currency)}
	}
	return out
}

// total gives one text for the command line: the plain number where there is one currency.
func total(list []AmountCount, pick func(AmountCount) string) string {
	switch len(list) {
	case 0:
		return "0.00"
	case 1:
		return pick(list[0])
	}
	parts := make([]string, len(list))
	for i, a := range list {
		parts[i] = pick(a) + " " + a.Currency
	}
	return strings.Join(parts, " + ")
}
