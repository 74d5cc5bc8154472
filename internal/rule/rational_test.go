package rule

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func anyRat(t *rapid.T, name string) rat {
	return rat{rapid.Int64().Draw(t, name+" num"), rapid.Int64Range(1, 1<<62).Draw(t, name+" den")}
}

func TestComparisonAgreesWithBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyRat(t, "a"), anyRat(t, "b")
		if rapid.Bool().Draw(t, "same denominator") {
			b.den = a.den
		}
		if got, want := a.cmp(b), a.big().Cmp(b.big()); got != want {
			t.Fatalf("%v against %v: %d, want %d", a, b, got, want)
		}
		if d, ok := a.minus(b); ok && d.big().Cmp(new(big.Rat).Sub(a.big(), b.big())) != 0 {
			t.Fatalf("%v - %v = %v", a, b, d)
		}
	})
}

func TestDecimalsAgreeWithBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rat{rapid.Int64Range(-1e12, 1e12).Draw(t, "num"), rapid.Int64Range(1, 1e6).Draw(t, "den")}
		shift := rapid.SampledFrom([]int{0, 2}).Draw(t, "shift")
		scale := rapid.IntRange(0, 4).Draw(t, "scale")
		keep := rapid.IntRange(0, scale).Draw(t, "keep")
		want, wantRounded := decimalString(new(big.Rat).Mul(r.big(), new(big.Rat).SetInt64(tens[shift])), scale, keep)
		got, rounded, ok := fastDecimal(r, shift, scale, keep, false)
		if !ok || got != want || rounded != wantRounded {
			t.Fatalf("%v: %q %v %v, want %q %v", r, got, rounded, ok, want, wantRounded)
		}
	})
}

func TestRoundingIsHalfToEven(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		want     string
	}{{5, 1000, "0"}, {15, 1000, "0.02"}, {25, 1000, "0.02"}, {-15, 1000, "-0.02"}, {-5, 1000, "0"}, {2, 3, "0.67"}, {100, 1, "100"}} {
		got, _, ok := fastDecimal(rat{c.num, c.den}, 0, 2, 0, false)
		slow, _ := decimalString(big.NewRat(c.num, c.den), 2, 0)
		if !ok || got != c.want || slow != c.want {
			t.Errorf("%d/%d: %q and %q, want %q", c.num, c.den, got, slow, c.want)
		}
	}
	for _, c := range [][3]int64{{3_000_000, 500_000, 1_500_000}, {1, 500_000, 0}, {3, 500_000, 2}, {-3, 500_000, -2}} {
		if got, ok := mulMicro(c[0], c[1]); !ok || got != c[2] {
			t.Errorf("%d × %d = %d, want %d", c[0], c[1], got, c[2])
		}
	}
}
