// Package money holds amounts as integer minor units with a currency. It never uses floating point.
package money

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/govalues/decimal"

	"kezhi/internal/errs"
)

// Amount is a sum of money: Minor units (分, pence; yen have none) of an ISO 4217 currency.
type Amount struct {
	Minor    int64
	Currency string
}

// zeroExponent and threeExponent list the ISO 4217 currencies whose minor unit is not a hundredth.
var (
	zeroExponent = map[string]bool{
		"BIF": true, "CLP": true, "DJF": true, "GNF": true, "ISK": true, "JPY": true, "KMF": true, "KRW": true, "PYG": true,
		"RWF": true, "UGX": true, "VND": true, "VUV": true, "XAF": true, "XOF": true, "XPF": true,
	}
	threeExponent = map[string]bool{"BHD": true, "KWD": true, "OMR": true, "JOD": true, "TND": true, "IQD": true, "LYD": true}
)

// Exponent gives the number of decimal places of a currency's minor unit: 2 for CNY, 0 for JPY, 3 for KWD.
func Exponent(currency string) int {
	switch {
	case zeroExponent[currency]:
		return 0
	case threeExponent[currency]:
		return 3
	}
	return 2
}

// ValidCurrency says whether the code has the form of ISO 4217: three capital letters.
func ValidCurrency(code string) bool {
	if len(code) != 3 {
		return false
	}
	for i := range 3 {
		if code[i] < 'A' || code[i] > 'Z' {
			return false
		}
	}
	return true
}

// FromDecimal rounds a number half to even to the currency's minor unit. Code money.out_of_range when it does not fit.
func FromDecimal(d decimal.Decimal, currency string) (int64, error) {
	scale := Exponent(currency)
	d = d.Round(scale)
	whole, frac, ok := d.Int64(scale)
	if !ok {
		return 0, errs.New(errs.Invalid, "money.out_of_range", "value", d.String())
	}
	unit := pow10(scale)
	minor := whole * unit
	// The product and the sum are each checked by undoing them: an overflow does not come back to where it began.
	if minor/unit != whole || (frac > 0 && minor+frac < minor) || (frac < 0 && minor+frac > minor) {
		return 0, errs.New(errs.Invalid, "money.out_of_range", "value", d.String())
	}
	return minor + frac, nil
}

// Parse reads a plain decimal number ("1234.5", "-0.005") and rounds it half to even to the minor unit.
func Parse(s, currency string) (Amount, error) {
	d, err := decimal.Parse(strings.TrimSpace(s))
	if err != nil {
		return Amount{}, errs.Wrap(err, errs.Invalid, "money.not_a_number", "value", s)
	}
	minor, err := FromDecimal(d, currency)
	return Amount{Minor: minor, Currency: currency}, err
}

// String gives the plain decimal form without the currency: "1234.50".
func (a Amount) String() string { return Format(a.Minor, a.Currency) }

// Format gives minor units as a plain decimal with all its places: 123450 CNY = "1234.50".
func Format(minor int64, currency string) string {
	scale := Exponent(currency)
	if scale == 0 {
		return strconv.FormatInt(minor, 10)
	}
	sign, u := "", uint64(minor)
	if minor < 0 {
		sign, u = "-", uint64(-minor)
	}
	unit := uint64(pow10(scale))
	return fmt.Sprintf("%s%d.%0*d", sign, u/unit, scale, u%unit)
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}
