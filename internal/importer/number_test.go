package importer

import (
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kezhi/internal/money"
	"kezhi/internal/sheet"
)

func parsed(t testing.TB, s string) fixed {
	t.Helper()
	f, err := parseFixed(s, sheet.NumberOptions{})
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return f
}

// TestProductsAreRoundedHalfToEven lists the boundaries.
func TestProductsAreRoundedHalfToEven(t *testing.T) {
	for _, c := range []struct {
		quantity, price string
		places          int
		want            int64
	}{
		{"1", "0.005", 2, 0},
		{"1", "0.015", 2, 2},
		{"1", "0.0151", 2, 2},
		{"1", "0.0149", 2, 1},
		{"3", "0.005", 2, 2},
		{"-1", "0.025", 2, -2},
		{"-1", "0.0250001", 2, -3},
		{"-1", "-0.035", 2, 4},
		{"1000", "2.5", 0, 2500},
		{"1", "0.5", 0, 0},
		{"1", "1.5", 0, 2},
		{"2", "1.2345", 3, 2469},
		{"0", "9.99", 2, 0},
		{"-1", "-11062.06", 2, 1_106_206},
	} {
		got, ok := parsed(t, c.quantity).times(parsed(t, c.price), c.places, maxMinor)
		if !ok || got != c.want {
			t.Errorf("%s × %s = %d, want %d", c.quantity, c.price, got, c.want)
		}
	}
	if _, ok := parsed(t, "999999999999999999").times(parsed(t, "999999999999999999"), 2, maxMinor); ok {
		t.Error("an amount out of range was taken")
	}
}

// TestProductsAgreeWithExactArithmetic compares with rational numbers.
func TestProductsAgreeWithExactArithmetic(t *testing.T) {
	number := rapid.Custom(func(t *rapid.T) string {
		digits := rapid.StringMatching(`-?[0-9]{1,9}`).Draw(t, "whole")
		if rapid.Bool().Draw(t, "fraction") {
			digits += "." + rapid.StringMatching(`[0-9]{1,8}`).Draw(t, "part")
		}
		return digits
	})
	rapid.Check(t, func(rt *rapid.T) {
		a, b := number.Draw(rt, "a"), number.Draw(rt, "b")
		places := rapid.IntRange(0, 3).Draw(rt, "places")
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		want := halfEven(new(big.Rat).Mul(x, y), places)
		got, ok := parsed(t, a).times(parsed(t, b), places, maxMinor)
		if inRange := want.CmpAbs(big.NewInt(maxMinor)) <= 0; ok != inRange || ok && want.Cmp(big.NewInt(got)) != 0 {
			rt.Fatalf("%s × %s at %d places = %d (%v), want %s", a, b, places, got, ok, want)
		}
	})
}

func halfEven(r *big.Rat, places int) *big.Int {
	scaled := new(big.Rat).Mul(r, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)))
	q, rest := new(big.Int).QuoRem(new(big.Int).Abs(scaled.Num()), scaled.Denom(), new(big.Int))
	if c := rest.Lsh(rest, 1).Cmp(scaled.Denom()); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	if scaled.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

// TestTheShortWayReadsWhatTheLongOneReads holds the quick number reader to the careful one.
func TestTheShortWayReadsWhatTheLongOneReads(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringMatching(`-?[0-9]{1,10}(\.[0-9]{0,8})?`).Draw(rt, "s")
		f, ok := plainFixed(s)
		if !ok {
			return
		}
		d, err := sheet.ParseDecimal(s, sheet.NumberOptions{})
		if err != nil {
			rt.Fatalf("%q is read the short way only: %v", s, err)
		}
		got, _ := f.round(8, 1<<63-1)
		whole, part, fits := d.Int64(8)
		if !fits || got != whole*100_000_000+part {
			rt.Fatalf("%q: %d, want %s", s, got, d)
		}
	})
	for _, s := range []string{"", "-", ".", ".5", "5.", "1e5", "+1", " 1", "1,000", "1234567890123456789"} {
		if _, ok := plainFixed(s); ok {
			t.Errorf("%q took the short way", s)
		}
	}
}

func TestExactRefusesFurtherPlaces(t *testing.T) {
	for s, want := range map[string]int64{"1.5": 1500, "2": 2000, "0.0010": 1, "-3.250": -3250} {
		if got, ok := parsed(t, s).exact(3, maxThousandths); !ok || got != want {
			t.Errorf("%s = %d", s, got)
		}
	}
	if _, ok := parsed(t, "0.0001").exact(3, maxThousandths); ok {
		t.Error("four places were taken")
	}
}

// TestSumsDoNotOverflow adds more than an int64 holds.
func TestSumsDoNotOverflow(t *testing.T) {
	var s sum
	for range 20 {
		s.add(maxMinor - 1)
	}
	if got := s.text("CNY"); got != "199999999999999999.80" {
		t.Errorf("sum = %s", got)
	}
	rapid.Check(t, func(rt *rapid.T) {
		var s sum
		want := int64(0)
		for _, v := range rapid.SliceOf(rapid.Int64Range(-1<<50, 1<<50)).Draw(rt, "amounts") {
			s.add(v)
			want += v
		}
		if got := s.text("KWD"); got != money.Format(want, "KWD") {
			rt.Fatalf("sum = %s, want %s", got, money.Format(want, "KWD"))
		}
	})
}

// TestMovesAreTheDiagram compares the transition table with the diagram in doc.go.
func TestMovesAreTheDiagram(t *testing.T) {
	for from, list := range moves {
		for _, to := range list {
			if !strings.Contains(diagram(t), string(from)+" → "+string(to)) {
				t.Errorf("doc.go does not show %s → %s", from, to)
			}
		}
	}
	n := 0
	for _, list := range moves {
		n += len(list)
	}
	if shown := strings.Count(diagram(t), "→"); shown != n {
		t.Errorf("doc.go shows %s moves, the table has %d", strconv.Itoa(shown), n)
	}
}

func diagram(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
