package expr

import (
	"math/bits"
	"strconv"
	"strings"
)

// Kind is the type of a variable.
type Kind uint8

// The kinds a variable may have.
const (
	Text   Kind = iota + 1 // a string
	Number                 // an exact decimal
	Bool                   // true or false
	Date                   // a civil date, compared with "YYYY-MM-DD"
	Texts                  // a set of strings, read with "x" in tags
	Member                 // a set of strings that is only asked for written ones, by a function of its name: in_segment("x")
)

// Var is a variable a condition may read. Dotted names ("customer.kind") are one name.
type Var struct {
	Name string
	Kind Kind
}

// Decimal is the exact number Coef / 10^Scale. Scale is 0 to 18.
type Decimal struct {
	Coef  int64
	Scale uint8
}

var pow10 = [...]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// MaxScale is the largest number of decimal places a Decimal may have.
const MaxScale = 18

// ParseDecimal reads a plain decimal: optional sign, digits, optional fraction, "_" between digits allowed. It reports
// false for anything else and for numbers of more than 18 digits.
func ParseDecimal(s string) (Decimal, bool) {
	rest := strings.TrimPrefix(s, "-")
	negative := rest != s
	var d Decimal
	digits, dot, last := 0, false, byte(0)
	for i := range len(rest) {
		c := rest[i]
		switch {
		case c >= '0' && c <= '9':
			if digits++; digits > MaxScale {
				return Decimal{}, false
			}
			d.Coef = d.Coef*10 + int64(c-'0')
			if dot {
				d.Scale++
			}
		case c == '.' && !dot && digits > 0 && last != '_':
			dot = true
		case c == '_' && digits > 0 && last != '_' && last != '.':
		default:
			return Decimal{}, false
		}
		last = c
	}
	if digits == 0 || last == '.' || last == '_' {
		return Decimal{}, false
	}
	if negative {
		d.Coef = -d.Coef
	}
	return d, true
}

// Cmp compares exactly: -1, 0 or 1.
func (d Decimal) Cmp(o Decimal) int {
	if d.Scale == o.Scale {
		return cmpInt(d.Coef, o.Coef)
	}
	if ds, os := sign(d.Coef), sign(o.Coef); ds != os || ds == 0 {
		return cmpInt(int64(ds), int64(os))
	}
	hi1, lo1 := bits.Mul64(magnitude(d.Coef), pow10[o.Scale])
	hi2, lo2 := bits.Mul64(magnitude(o.Coef), pow10[d.Scale])
	c := 0
	switch {
	case hi1 != hi2:
		c = cmpUint(hi1, hi2)
	default:
		c = cmpUint(lo1, lo2)
	}
	return c * sign(d.Coef)
}

// String gives the plain decimal form with exactly Scale places.
func (d Decimal) String() string {
	s := strconv.FormatUint(magnitude(d.Coef), 10)
	if n := int(d.Scale); n > 0 {
		for len(s) <= n {
			s = "0" + s
		}
		s = s[:len(s)-n] + "." + s[len(s)-n:]
	}
	if d.Coef < 0 {
		s = "-" + s
	}
	return s
}

func sign(n int64) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func cmpInt(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func cmpUint(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Value is the value of a variable. Only the member of the variable's kind is read: Text also holds a date in the form
// YYYY-MM-DD, Texts also the set of a Member.
type Value struct {
	Text   string
	Number Decimal
	Bool   bool
	Texts  []string
	// Missing is true when the variable has no value. A missing text is read as the empty text; a comparison of a
	// missing number or date is not met, whichever way round it is written.
	Missing bool
}
