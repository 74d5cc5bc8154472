package rule

import "kezhi/internal/calendar"

// Fact is one business fact as the fold reads it. The caller fills one Fact again and again; the fold keeps no
// reference to it after Add returns.
type Fact struct {
	// ID identifies the fact; needed only where reversals occur.
	ID int64
	// Reverses is the id of the fact this one takes back, 0 if it takes nothing back.
	Reverses int64
	// Kind is the fact's kind: order, payment, delivery ...
	Kind string
	// Currency is the ISO 4217 code of Amount; empty when there is no amount.
	Currency string
	Status   string
	// On is the civil date of the fact in the organisation's time zone.
	On calendar.Date
	// At is the instant in microseconds UTC, 0 when only the date is known.
	At int64
	// Amount is in minor units of Currency and counts only when HasAmount is set.
	Amount    int64
	HasAmount bool
	// Quantity is in thousandths.
	Quantity int64
	// Document and Product are valid only during the call.
	Document []byte
	Product  []byte
	// Attr returns a further field of the fact as text, empty when absent. It may be nil.
	Attr func(name string) string
}

// Needs names the optional columns a program reads, so that a scan selects only those.
type Needs struct {
	Documents bool
	Products  bool
	Quantity  bool
	Status    bool
	At        bool
	Attrs     bool
}

// Subject is the customer as a rule may see it.
type Subject struct {
	// Fields holds code, kind, party, region, industry, status, tags ([]string), created_on, first_fact_on and further
	// customer fields. Values are string, bool, int64, []string or calendar.Date.
	Fields map[string]any
	// Judged holds what people have judged: the item's name to a decimal string or to one of its values.
	Judged map[string]string
	// Previous holds, by scheme id, the verdict before the as-of day; a scheme without one is absent.
	Previous map[string]PreviousVerdict
	// Signed says by scheme id how the signatures for its signed grade stand; without them nobody signed. Unsigned asks what would
	// follow without them.
	Signed   map[string]Signatures
	Unsigned bool
	// Decided holds, by scheme id, the grade that people decided on: what later schemes read in the place of what followed.
	Decided map[string]string
	// Groups names, by the key of Program.GroupKinds, the group of connected customers this one belongs to. A customer
	// without relations of those kinds needs no entry: it is a group of its own.
	Groups map[string]string
}

// PreviousVerdict is the grade a customer had before the as-of day.
type PreviousVerdict struct {
	// Code is the grade, empty when there was none.
	Code string
	// AsOf is the day of that verdict; calendar.None when it is not known.
	AsOf calendar.Date
}
