package compliance

import (
	"math/big"
	"strconv"
	"strings"
)

// perMille gives part of whole in per cent with one decimal, half to even.
func perMille(part, whole int64) string {
	if whole == 0 {
		return ""
	}
	r := new(big.Rat).SetFrac(big.NewInt(part*1000), big.NewInt(whole))
	n := roundEven(r)
	return strconv.FormatInt(n/10, 10) + "." + strconv.FormatInt(n%10, 10)
}

// roundEven rounds a number that is not negative to a whole one, half to even.
func roundEven(r *big.Rat) int64 {
	twice := new(big.Int).Mul(r.Num(), big.NewInt(2))
	q, rest := new(big.Int).QuoRem(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2)), new(big.Int))
	half := rest.Cmp(r.Denom())
	if half > 0 || half == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	return q.Int64()
}

// number reads a decimal as rulebooks and explanations write it: 1_000.5, 95%. A percentage is read in per cent.
func number(text string) (*big.Rat, bool) {
	text = strings.ReplaceAll(strings.TrimSuffix(strings.TrimSpace(text), "%"), "_", "")
	if text == "" || strings.ContainsAny(text, "/eEpPxX") {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

// decimal writes a number with at most four places, without zeros at the end.
func decimal(r *big.Rat) string {
	text := r.FloatString(4)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
