package rate

import (
	"strconv"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/expr"
	"kezhi/internal/money"
	"kezhi/internal/rule"
)

// MaxAtOnce is how many rates are set at once: ten currencies over more than ten years of days.
const MaxAtOnce = 50_000

// Rate is one exchange rate.
type Rate struct {
	Home     string // the currency it converts into
	Currency string
	From     calendar.Date // the first day it applies
	// Rate is a plain decimal without trailing zeros; empty for one that was taken back.
	Rate    string
	SetBy   int64
	SetName string
	SetAt   time.Time
}

// Input is a rate to be set; an empty Rate takes back what was set.
type Input struct {
	Home, Currency string
	From           calendar.Date
	Rate           string
}

// Outcome counts what setting a list did.
type Outcome struct{ Set, Unchanged int64 }

// Validate reports every wrong field of a list at once, up to the twentieth.
func Validate(list []Input) error {
	_, err := normal(list)
	return err
}

// normal gives the list with currencies in capitals and plain rates.
func normal(list []Input) ([]Input, error) {
	var v errs.Validation
	v.Check(len(list) > 0, "items", "field.required")
	if len(list) > MaxAtOnce {
		return nil, errs.New(errs.TooLarge, "rate.too_many", "max", MaxAtOnce)
	}
	out := make([]Input, len(list))
	seen := make(map[Input]bool, len(list))
	for i, in := range list {
		in.Home, in.Currency = strings.ToUpper(strings.TrimSpace(in.Home)), strings.ToUpper(strings.TrimSpace(in.Currency))
		rate, ok := plain(in.Rate)
		valid := money.ValidCurrency(in.Home)
		v.Check(valid, fieldAt(i, "home"), "rate.currency", "value", in.Home)
		v.Check(money.ValidCurrency(in.Currency), fieldAt(i, "currency"), "rate.currency", "value", in.Currency)
		v.Check(in.Currency != in.Home || !valid, fieldAt(i, "currency"), "rate.same_currency", "value", in.Currency)
		v.Check(in.From != calendar.None, fieldAt(i, "from"), "field.required")
		v.Check(ok, fieldAt(i, "rate"), "rate.not_a_rate", "value", in.Rate)
		in.Rate = ""
		v.Check(!seen[in], fieldAt(i, "from"), "rate.twice", "currency", in.Currency, "date", in.From.String())
		seen[in] = true
		in.Rate = rate
		out[i] = in
	}
	err := v.Err()
	if e, ok := errs.As(err); ok {
		e.Fields = e.Fields[:min(len(e.Fields), shownErrors)]
	}
	return out, err
}

func fieldAt(i int, field string) string { return "items[" + strconv.Itoa(i) + "]." + field }

// shownErrors is how many wrong rates an error names.
const shownErrors = 20

// plain gives a rate as a decimal without separators and trailing zeros; an empty one stays empty.
func plain(text string) (string, bool) {
	text = strings.NewReplacer(",", "", "，", "").Replace(strings.TrimSpace(text))
	if text == "" {
		return "", true
	}
	d, ok := expr.ParseDecimal(text)
	if !ok || !rule.ValidRate(text) {
		return "", false
	}
	text = d.String()
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text, true
}
