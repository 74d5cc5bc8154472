package money_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/errs"
	"kezhi/internal/money"
)

func TestRoundingIsHalfToEven(t *testing.T) {
	for _, c := range []struct {
		text, currency, want string
	}{
		{"0.005", "CNY", "0.00"},
		{"0.015", "CNY", "0.02"},
		{"0.025", "CNY", "0.02"},
		{"0.035", "CNY", "0.04"},
		{"-0.005", "CNY", "0.00"},
		{"-0.015", "CNY", "-0.02"},
		{"-0.025", "CNY", "-0.02"},
		{"0.0050001", "CNY", "0.01"},
		{"0.0149999", "CNY", "0.01"},
		{"-0.0250001", "CNY", "-0.03"},
		{"1234.5", "CNY", "1234.50"},
		{" 7 ", "GBP", "7.00"},
		{"-0.07", "EUR", "-0.07"},
		{"0.5", "JPY", "0"},
		{"1.5", "JPY", "2"},
		{"2.5", "JPY", "2"},
		{"-2.5", "JPY", "-2"},
		{"1999", "KRW", "1999"},
		{"0.0005", "KWD", "0.000"},
		{"0.0015", "KWD", "0.002"},
		{"12.3456", "BHD", "12.346"},
	} {
		a, err := money.Parse(c.text, c.currency)
		if err != nil || a.String() != c.want || a.Currency != c.currency {
			t.Errorf("%s %s = %s %s, want %s (%v)", c.text, c.currency, a, a.Currency, c.want, err)
		}
	}
}

func TestExponents(t *testing.T) {
	for currency, want := range map[string]int{"CNY": 2, "USD": 2, "JPY": 0, "KRW": 0, "VUV": 0, "RWF": 0, "KWD": 3, "TND": 3, "XXX": 2} {
		if got := money.Exponent(currency); got != want {
			t.Errorf("%s has %d places, want %d", currency, got, want)
		}
	}
	for code, want := range map[string]bool{"CNY": true, "cny": false, "CN": false, "CNYX": false, "": false, "C1Y": false, "¥": false} {
		if money.ValidCurrency(code) != want {
			t.Errorf("ValidCurrency(%q) is %v", code, !want)
		}
	}
}

func TestExtremes(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		want           int64 // 0 = out of range
	}{
		{"92233720368547758.07", "CNY", math.MaxInt64},
		{"-92233720368547758.08", "CNY", math.MinInt64},
		{"92233720368547758.08", "CNY", 0},
		{"-92233720368547758.09", "CNY", 0},
		{"9223372036854775807", "JPY", math.MaxInt64},
		{"9223372036854775808", "JPY", 0},
		{"-9223372036854775808", "JPY", math.MinInt64},
		{"9223372036854775.807", "KWD", math.MaxInt64},
		{"9223372036854775.808", "KWD", 0},
		{"999999999999999999", "CNY", 0},
	} {
		a, err := money.Parse(c.text, c.currency)
		switch {
		case c.want == 0 && errs.CodeOf(err) != "money.out_of_range":
			t.Errorf("%s %s was taken as %d, %v", c.text, c.currency, a.Minor, err)
		case c.want != 0 && (err != nil || a.Minor != c.want || a.String() != c.text):
			t.Errorf("%s %s became %d = %s, %v", c.text, c.currency, a.Minor, a, err)
		}
	}
	for _, s := range []string{"", " ", "abc", "1,234", "1.2.3", "￥5", "0x10", "NaN", "Inf", "１２", "--1", "1 2"} {
		if _, err := money.Parse(s, "CNY"); errs.CodeOf(err) != "money.not_a_number" || errs.KindOf(err) != errs.Invalid {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestFormatAndParseAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64().Draw(t, "minor")
		currency := rapid.SampledFrom([]string{"CNY", "JPY", "KWD"}).Draw(t, "currency")
		a, err := money.Parse(money.Format(minor, currency), currency)
		if err != nil || a.Minor != minor {
			t.Fatalf("%d %s is %q and came back as %d, %v", minor, currency, money.Format(minor, currency), a.Minor, err)
		}
	})
}

// Against exact arithmetic: what is kept lies within half a unit, and on the half it is even.
func TestRoundingAgainstExactArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.StringMatching(`[0-9]{1,9}`).Draw(t, "whole")
		frac := rapid.StringMatching(`[0-9]{0,2}(5?|50|[0-9]{0,6})`).Draw(t, "frac")
		text := strings.TrimSuffix(rapid.SampledFrom([]string{"", "-"}).Draw(t, "sign")+whole+"."+frac, ".")
		a, err := money.Parse(text, "CNY")
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		exact, _ := new(big.Rat).SetString(text)
		exact.Mul(exact, big.NewRat(100, 1))
		off := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(a.Minor))
		switch off.Abs(off).Cmp(big.NewRat(1, 2)) {
		case 1:
			t.Fatalf("%s became %d", text, a.Minor)
		case 0:
			if a.Minor%2 != 0 {
				t.Fatalf("%s lies on the half and became the odd %d", text, a.Minor)
			}
		}
	})
}
