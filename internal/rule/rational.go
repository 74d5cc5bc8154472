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

// pointsString gives millionths of a point as a plain decimal without trailing zeros.
func pointsString(m int64) string {
	sign, u := "", magnitude(m)
	if m < 0 {
		sign = "-"
	}
	s := strconv.FormatUint(u/micro, 10)
	if frac := u % micro; frac != 0 {
		s += "." + strings.TrimRight(leftPad(strconv.FormatUint(frac, 10), 6), "0")
	}
	return sign + s
}

func leftPad(s string, n int) string {
	for len(s) < n {
		s = "0" + s
	}
	return s
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
