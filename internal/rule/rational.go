package rule

import (
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"kezhi/internal/expr"
)

// rat is the exact number num/den; den is always positive.
type rat struct{ num, den int64 }

var tens = [...]int64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// micro is the number of millionths in a whole: the unit of points, weights and numeric fields of facts.
const micro = 1_000_000

// parseRat reads a plain decimal, or a percentage such as 5%.
func parseRat(s string) (rat, bool) {
	body, percent := strings.CutSuffix(strings.TrimSpace(s), "%")
	d, ok := expr.ParseDecimal(strings.TrimSpace(body))
	if !ok || percent && d.Scale > expr.MaxScale-2 {
		return rat{}, false
	}
	if percent {
		d.Scale += 2
	}
	return rat{d.Coef, tens[d.Scale]}, true
}

// parseMicro reads a decimal into millionths; more than six places, and numbers beyond a thousand milliard, are refused.
func parseMicro(s string) (int64, bool) {
	d, ok := expr.ParseDecimal(s)
	if !ok || d.Scale > 6 {
		return 0, false
	}
	f := tens[6-d.Scale]
	if d.Coef > 1e18/f || d.Coef < -1e18/f {
		return 0, false
	}
	return d.Coef * f, true
}

// cmp compares two fractions exactly.
func (r rat) cmp(o rat) int {
	if r.den == o.den {
		return cmpInt(r.num, o.num)
	}
	rn, on := r.num < 0, o.num < 0
	if rn != on {
		if rn {
			return -1
		}
		return 1
	}
	h1, l1 := bits.Mul64(magnitude(r.num), uint64(o.den))
	h2, l2 := bits.Mul64(magnitude(o.num), uint64(r.den))
	c := 0
	switch {
	case h1 < h2 || h1 == h2 && l1 < l2:
		c = -1
	case h1 > h2 || l1 > l2:
		c = 1
	}
	if rn {
		return -c
	}
	return c
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

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// big gives the fraction for arithmetic outside the hot path.
func (r rat) big() *big.Rat {
	if r.den == 0 {
		return new(big.Rat)
	}
	return big.NewRat(r.num, r.den)
}

// decimalString gives a fraction with at most scale places, rounded half to even, without trailing zeros beyond keep
// places. rounded reports that digits were lost.
func decimalString(r *big.Rat, scale, keep int) (s string, rounded bool) {
	scaled := new(big.Int).Mul(r.Num(), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))
	q, rest := new(big.Int).QuoRem(scaled, r.Denom(), new(big.Int))
	if rest.Sign() != 0 {
		rounded = true
		twice := new(big.Int).Abs(rest)
		twice.Lsh(twice, 1)
		c := twice.Cmp(r.Denom())
		if c > 0 || c == 0 && q.Bit(0) == 1 {
			q.Add(q, big.NewInt(int64(r.Sign())))
		}
	}
	s = new(big.Int).Abs(q).String()
	if scale > 0 {
		for len(s) <= scale {
			s = "0" + s
		}
		whole, frac := s[:len(s)-scale], s[len(s)-scale:]
		for len(frac) > keep && frac[len(frac)-1] == '0' {
			frac = frac[:len(frac)-1]
		}
		s = whole
		if frac != "" {
			s += "." + frac
		}
	}
	if q.Sign() < 0 {
		s = "-" + s
	}
	return s, rounded
}

// fastDecimal gives num/den·10^shift with at most scale places, rounded half to even or (up) away from zero, without big
// numbers; ok is false when 128 bits are not enough. keep and rounded are as in decimalString.
func fastDecimal(r rat, shift, scale, keep int, up bool) (s string, rounded, ok bool) {
	var room [48]byte
	b, rounded, ok := appendFastDecimal(room[:0], r, shift, scale, keep, up)
	return string(b), rounded, ok
}

// appendFastDecimal is fastDecimal at the end of dst.
func appendFastDecimal(dst []byte, r rat, shift, scale, keep int, up bool) (b []byte, rounded, ok bool) {
	if scale+shift >= len(tens) || r.den <= 0 {
		return dst, false, false
	}
	hi, lo := bits.Mul64(magnitude(r.num), uint64(tens[scale+shift]))
	den := uint64(r.den)
	if hi >= den {
		return dst, false, false
	}
	q, rest := bits.Div64(hi, lo, den)
	if rest != 0 {
		rounded = true
		if up || rest > den-rest || rest == den-rest && q&1 == 1 {
			q++
		}
	}
	var room [24]byte
	return placePoint(dst, strconv.AppendUint(room[:0], q, 10), scale, keep, r.num < 0 && q != 0), rounded, true
}

// placePoint appends digits with the decimal point before the last scale of them, without trailing zeros beyond keep places.
func placePoint(out, digits []byte, scale, keep int, negative bool) []byte {
	if negative {
		out = append(out, '-')
	}
	whole := len(digits) - scale
	if whole <= 0 {
		out = append(out, '0')
	} else {
		out = append(out, digits[:whole]...)
	}
	if scale == 0 {
		return out
	}
	point := len(out)
	out = append(out, '.')
	for n := whole; n < 0; n++ {
		out = append(out, '0')
	}
	out = append(out, digits[max(whole, 0):]...)
	for len(out) > point+1+keep && out[len(out)-1] == '0' {
		out = out[:len(out)-1]
	}
	if len(out) == point+1 {
		out = out[:point]
	}
	return out
}

// scaledTo gives the same number over another denominator; ok is false when it is not a whole number of its parts.
func (r rat) scaledTo(den int64) (scaled rat, ok bool) {
	if r.den == den {
		return r, true
	}
	if r.den > den && (r.den%den != 0 || r.num%(r.den/den) != 0) || r.den < den && den%r.den != 0 {
		return r, false
	}
	if r.den > den {
		return rat{r.num / (r.den / den), den}, true
	}
	hi, lo := bits.Mul64(magnitude(r.num), uint64(den/r.den))
	if hi != 0 || lo > 1<<62 {
		return r, false
	}
	return rat{r.num * (den / r.den), den}, true
}

// minus subtracts exactly when the result fits into a rat over one of the denominators or their product.
func (r rat) minus(o rat) (rat, bool) {
	switch {
	case r.den%o.den == 0:
		f := r.den / o.den
		num, ok := subScaled(r.num, o.num, f)
		return rat{num, r.den}, ok
	case o.den%r.den == 0:
		f := o.den / r.den
		num, ok := subScaled(o.num, r.num, f)
		return rat{-num, o.den}, ok
	}
	hi, den := bits.Mul64(uint64(r.den), uint64(o.den))
	over, scaled := bits.Mul64(magnitude(r.num), uint64(o.den))
	if hi != 0 || den > 1<<61 || over != 0 || scaled > 1<<61 {
		return rat{}, false
	}
	a := int64(scaled)
	if r.num < 0 {
		a = -a
	}
	num, ok := subScaled(a, o.num, r.den)
	return rat{num, int64(den)}, ok
}

// subScaled gives a - b·f if nothing overflows.
func subScaled(a, b, f int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(b), uint64(f))
	if hi != 0 || lo > 1<<61 || magnitude(a) > 1<<61 {
		return 0, false
	}
	scaled := int64(lo)
	if b < 0 {
		scaled = -scaled
	}
	return a - scaled, true
}

// exact is an exact number: small when it fits, big otherwise.
type exact struct {
	small rat
	big   *big.Rat
}

// difference gives a - b.
func difference(a, b rat) exact {
	if d, ok := a.minus(b); ok {
		return exact{small: d}
	}
	return exact{big: new(big.Rat).Sub(a.big(), b.big())}
}

// zero is the exact number 0.
var zero = exact{small: rat{0, 1}}

// rat gives the number for arithmetic outside the hot path.
func (e exact) rat() *big.Rat {
	if e.big != nil {
		return e.big
	}
	return e.small.big()
}

// pointsString gives millionths of a point as a plain decimal without trailing zeros.
func pointsString(m int64) string {
	var room [32]byte
	return string(appendPoints(room[:0], m))
}

// appendPoints is pointsString at the end of dst.
func appendPoints(dst []byte, m int64) []byte {
	var room [24]byte
	return placePoint(dst, strconv.AppendUint(room[:0], magnitude(m), 10), 6, 0, m < 0)
}

// mulMicro multiplies two numbers in millionths, rounding half to even; ok is false when the result does not fit.
func mulMicro(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi >= micro {
		return 0, false
	}
	q, rem := bits.Div64(hi, lo, micro)
	if rem > micro/2 || rem == micro/2 && q&1 == 1 {
		q++
	}
	if q > 1<<62 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(q), true
	}
	return int64(q), true
}
