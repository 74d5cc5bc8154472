package fact

import (
	"encoding/json"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/money"
)

// The kinds every installation has. More may be added to the table fact_kind.
const (
	KindOrder    = "order"
	KindPayment  = "payment"
	KindDelivery = "delivery"
)

// Statuses that have a meaning for the program; a source may bring others.
const (
	StatusShipped   = "shipped"
	StatusCancelled = "cancelled"
)

// Bounds of the texts of a fact, in bytes.
const (
	MaxText   = 200
	MaxAttrs  = 16 << 10
	MaxReason = 800
)

// Fact is one thing that happened, as it is kept.
type Fact struct {
	ID         int64
	CustomerID int64
	Kind       string
	On         calendar.Date
	At         *int64 // microseconds UTC, nil where only the day is known
	Amount     *int64 // minor units of Currency, nil where the fact has none
	Currency   string // ISO 4217, empty without an amount
	Quantity   *int64 // thousandths
	Status     string
	Document   string
	Product    string
	Attrs      json.RawMessage // object; {} when empty
	BatchID    int64           // 0 = recorded one by one
	Reverses   int64           // id of the fact this one takes back, 0 = none
	RecordedBy int64
	RecordedAt time.Time
	// Reversed says that another fact takes this one back; filled by List.
	Reversed bool
}

// Input is a single fact to be recorded.
type Input struct {
	CustomerID int64
	Kind       string
	On         calendar.Date
	At         *int64 // microseconds UTC
	Amount     *int64 // minor units
	Currency   string
	Quantity   *int64 // thousandths
	Status     string
	Document   string
	Product    string
	Attrs      map[string]any
}

// Validate reports every wrong field. latest is the last day a fact may carry (today); kinds are those that exist.
func (in Input) Validate(latest calendar.Date, kinds []Kind) error {
	var v errs.Validation
	known, hasAmount := false, false
	for _, k := range kinds {
		if k.Kind == in.Kind {
			known, hasAmount = true, k.HasAmount
		}
	}
	v.Check(known, "kind", "fact.unknown_kind", "kind", in.Kind)
	v.Check(in.On != calendar.None, "occurred_on", "field.required")
	v.Check(in.On <= latest, "occurred_on", "fact.in_future", "date", in.On.String(), "today", latest.String())
	v.Check(in.Amount != nil || !hasAmount || !known, "amount", "field.required")
	v.Check(in.Amount == nil || money.ValidCurrency(in.Currency), "currency", "fact.bad_currency", "currency", in.Currency)
	for _, t := range []struct{ path, text string }{{"status", in.Status}, {"document", in.Document}, {"product", in.Product}} {
		v.Check(len(t.text) <= MaxText, t.path, "field.too_long", "max", MaxText)
	}
	return v.Err()
}

// attrsText gives the canonical JSON of further fields; an empty set is {}.
func attrsText(attrs map[string]any) (string, error) {
	if len(attrs) == 0 {
		return "{}", nil
	}
	b, err := json.Marshal(attrs)
	if err != nil {
		return "", err
	}
	if len(b) > MaxAttrs {
		return "", errs.New(errs.TooLarge, "fact.attrs_too_long", "limit", MaxAttrs)
	}
	return string(b), nil
}

// Kind is a kind of fact with its names.
type Kind struct {
	Kind      string
	LabelZH   string
	LabelEN   string
	HasAmount bool
}

// Label gives the kind's name in a language (zh or en).
func (k Kind) Label(lang string) string {
	if strings.HasPrefix(lang, "en") {
		return k.LabelEN
	}
	return k.LabelZH
}

// Month is what facts of one kind and currency add up to in a month. Reversed facts and the facts that reverse them are left out.
type Month struct {
	Month    calendar.Date // its first day
	Kind     string
	Currency string // empty for facts without an amount
	Amount   int64  // minor units
	Facts    int64
}

// Needs names the columns a scan reads beyond the customer, day, id, kind, status, amount, currency and what is reversed.
type Needs struct{ Document, Product, Quantity, At, Attrs bool }

// Row is a fact in the hands of Scan. Document, Product and Attrs are valid only during the call; the other texts may be kept.
type Row struct {
	ID          int64
	Reverses    int64 // 0 = none
	Kind        string
	On          calendar.Date
	At          int64 // microseconds UTC, 0 when unknown
	Amount      int64 // minor units, counts only with HasAmount
	HasAmount   bool
	Currency    string
	Quantity    int64 // thousandths, 0 when unknown
	HasQuantity bool
	Status      string
	Document    []byte
	Product     []byte
	Attrs       []byte // JSON object
}
