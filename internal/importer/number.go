package importer

import (
	"math/bits"

	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// fixed is an exact decimal: coef × 10^-scale.
type fixed struct {
	coef     uint64
	scale    int
	negative bool
}

// maxFixedDigits is how many digits surely fit a uint64 coefficient.
const maxFixedDigits = 18

// maxMinor bounds an amount in minor units (ten billion billion would not fit; a hundred thousand billion is more than any line holds),
// and maxThousandths a quantity.
const (
	maxMinor       = 1_000_000_000_000_000_000
	maxThousandths = 1_000_000_000_000_000_000
)

// parseFixed reads a number. Plain digits with a point, which is what most files hold, take the short way without allocating;
// everything else goes through the sheet package.
func parseFixed(s string, opt sheet.NumberOptions) (fixed, error) {
	if f, ok := plainFixed(s); ok {
		return f, nil
	}
	d, err := sheet.ParseDecimal(s, opt)
	if err != nil {
		return fixed{}, err
	}
	return fixed{coef: d.Coef(), scale: d.Scale(), negative: d.IsNeg()}, nil
}

func plainFixed(s string) (fixed, bool) {
	var f fixed
	i, point, digits := 0, -1, 0
	if len(s) > 0 && s[0] == '-' {
		f.negative = true
		i = 1
	}
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			f.coef = f.coef*10 + uint64(c-'0')
			digits++
		case c == '.' && point < 0 && digits > 0:
			point = i
		default:
			return f, false
		}
	}
	if digits == 0 || digits > maxFixedDigits {
		return f, false
	}
	if point >= 0 {
		f.scale = len(s) - point - 1
	}
	return f, f.scale > 0 || point < 0
}

var tens = func() (t [20]uint64) {
	t[0] = 1
	for i := 1; i < len(t); i++ {
		t[i] = t[i-1] * 10
	}
	return t
}()

// times multiplies exactly and rounds half to even to the given number of places; false when the result is above limit.
func (f fixed) times(g fixed, places int, limit uint64) (int64, bool) {
	hi, lo := bits.Mul64(f.coef, g.coef)
	return signed(hi, lo, f.scale+g.scale-places, limit, f.negative != g.negative)
}

// round gives the number with so many places, rounded half to even; false when the result is above limit.
func (f fixed) round(places int, limit uint64) (int64, bool) {
	return signed(0, f.coef, f.scale-places, limit, f.negative)
}

// signed divides hi:lo by 10^drop (multiplies when drop is negative), rounding half to even.
func signed(hi, lo uint64, drop int, limit uint64, negative bool) (int64, bool) {
	for ; drop < 0; drop++ {
		over, next := bits.Mul64(lo, 10)
		if hi != 0 || over != 0 {
			return 0, false
		}
		lo = next
	}
	rest := false // something other than zero was cut off below the last digit looked at
	for drop > 0 {
		step := min(drop, 19)
		if drop > 1 && step == drop {
			step = drop - 1 // the last digit decides about the rounding and goes alone
		}
		var r uint64
		if drop == 1 {
			hi, lo, r = divide(hi, lo, 10)
			if r > 5 || r == 5 && (rest || lo&1 == 1) {
				lo++
			}
			break
		}
		hi, lo, r = divide(hi, lo, tens[step])
		rest = rest || r != 0
		drop -= step
	}
	if hi != 0 || lo > limit {
		return 0, false
	}
	if negative {
		return -int64(lo), true
	}
	return int64(lo), true
}

func divide(hi, lo, by uint64) (qhi, qlo, rest uint64) {
	qhi, rest = hi/by, hi%by
	qlo, rest = bits.Div64(rest, lo, by)
	return qhi, qlo, rest
}

// exact gives the number with so many places without rounding; false when it has more or is above limit.
func (f fixed) exact(places int, limit uint64) (int64, bool) {
	for f.scale > places {
		if f.coef%10 != 0 {
			return 0, false
		}
		f.coef /= 10
		f.scale--
	}
	return f.round(places, limit)
}

// problemOf turns an error about a value into a problem of a field.
func problemOf(path string, err error) errs.Field {
	if e, ok := errs.As(err); ok {
		return errs.Field{Path: path, Code: e.Code, Args: e.Args}
	}
	return errs.Field{Path: path, Code: "importer.bad_value"}
}
