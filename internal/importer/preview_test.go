package importer

import (
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/fact"
)

func TestThousandths(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 1000: "1", 1500: "1.5", -12_250: "-12.25", 7: "0.007", 80_000: "80"} {
		if got := thousandths(n); got != want {
			t.Errorf("thousandths(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestPreviewValues(t *testing.T) {
	on, err := calendar.Of(2026, 6, 30)
	if err != nil {
		t.Fatal(err)
	}
	c := &chunk{codes: []string{"17850"}, facts: []fact.Incoming{{On: on, Currency: "GBP", Amount: 1530, HasAmount: true, Document: "536365"}}}
	got := c.values()
	for field, want := range map[string]string{fCustomer: "17850", fDate: "2026-06-30", fAmount: "15.30", fCurrency: "GBP", fDocument: "536365"} {
		if got[field] != want {
			t.Errorf("%s = %q, want %q", field, got[field], want)
		}
	}
	if _, ok := got[fQuantity]; ok {
		t.Error("a fact without a quantity must not show one")
	}
	if (&chunk{}).values() != nil {
		t.Error("a line that did not pass has no values")
	}
}
