package compliance

import (
	"context"
	"encoding/json"
	"math/big"
	"slices"
	"strconv"

	"kezhi/internal/duty"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// indicators works out every indicator of what was in force last.
func (s *Service) indicators(ctx context.Context, in rulebook.InForce, tallies []duty.TallyRow, verdicts *Verdicts) ([]Indicator, error) {
	out := []Indicator{}
	for _, x := range in.Program.Indicators() {
		one := Indicator{Key: x.Key, Title: x.Title, Of: x.Of, Unit: x.Unit, Target: trimPercent(x.Target), Clause: x.Clause, Groups: []Group{}}
		var err error
		switch x.Of {
		case rule.IndicatorCoverage:
			if verdicts != nil {
				one.Value = perMille(verdicts.Graded, verdicts.InScope)
			}
		case rule.IndicatorKept:
			one.Value = keptOf(x, tallies)
		case rule.IndicatorStability, rule.IndicatorMovedUp, rule.IndicatorMovedDown:
			one.Value, err = s.moved(ctx, in, x)
		default:
			err = s.measured(ctx, in, x, &one)
		}
		if err != nil {
			return nil, err
		}
		one.State = met(x.Of, one.Value, one.Target)
		out = append(out, one)
	}
	return out, nil
}

func trimPercent(target string) string {
	r, ok := number(target)
	if !ok {
		return target
	}
	return decimal(r)
}

// Reached gives a target as a plain number and whether a value of an indicator of that kind reaches it: met, missed, no_data or no_target.
func Reached(of, value, target string) (plain, state string) {
	plain = trimPercent(target)
	return plain, met(of, value, plain)
}

// Share gives part of whole in per cent with one decimal, half to even; "" of nothing.
func Share(part, whole int64) string { return perMille(part, whole) }

// met compares a value with its target: at least it, or at most it for falls.
func met(of, value, target string) string {
	v, ok := number(value)
	if !ok {
		return "no_data"
	}
	t, ok := number(target)
	if !ok {
		return "no_target"
	}
	if good := v.Cmp(t) >= 0; good != (of == rule.IndicatorMovedDown) || v.Cmp(t) == 0 {
		return "met"
	}
	return "missed"
}

// keptOf gives the share of settled duties that were kept in time.
func keptOf(x rule.Indicator, tallies []duty.TallyRow) string {
	t := Tally{}
	for _, row := range tallies {
		if (x.Duty == "" || row.Rule == x.Duty) && (x.Grade == "" || row.Grade == x.Grade) {
			t.add(row.State, row.N)
		}
	}
	t.finish()
	return t.Rate
}

// moved gives a share of the customers that were graded in both of the two newest gradings.
func (s *Service) moved(ctx context.Context, in rulebook.InForce, x rule.Indicator) (string, error) {
	_, steps, err := s.gradings.Stability(ctx, in.Book.ID(), x.Scheme)
	if err != nil || len(steps) == 0 {
		return "", err
	}
	last := steps[len(steps)-1]
	n := map[string]int64{rule.IndicatorStability: last.Unchanged, rule.IndicatorMovedUp: last.Up, rule.IndicatorMovedDown: last.Down}[x.Of]
	return perMille(n, last.Compared), nil
}

// measured adds up a measure of the verdicts that count now, or counts customers, by grade.
func (s *Service) measured(ctx context.Context, in rulebook.InForce, x rule.Indicator, out *Indicator) error {
	sums := map[string]*sum{}
	err := s.gradings.EachStanding(ctx, in.Book.ID(), x.Scheme, func(code string, explanation []byte) error {
		if x.Grade != "" && code != x.Grade {
			return nil
		}
		g := sums[code]
		if g == nil {
			g = &sum{total: new(big.Rat)}
			sums[code] = g
		}
		g.customers++
		if x.Of != rule.IndicatorCount {
			g.add(explanation, x.Measure)
		}
		return nil
	})
	if err != nil {
		return err
	}
	all := &sum{total: new(big.Rat)}
	for code, g := range sums {
		all.customers += g.customers
		all.n += g.n
		all.total.Add(all.total, g.total)
		out.Groups = append(out.Groups, Group{Code: code, Value: g.value(x.Of), Customers: g.customers})
	}
	slices.SortFunc(out.Groups, func(a, b Group) int { return place(in.Scheme, a.Code) - place(in.Scheme, b.Code) })
	out.Value = all.value(x.Of)
	return nil
}

func place(scheme rule.Scheme, code string) int {
	if i := slices.IndexFunc(scheme.Labels, func(l rule.Label) bool { return l.Code == code }); i >= 0 {
		return i
	}
	return len(scheme.Labels)
}

// sum adds up one measure exactly; customers without the measure are not in n.
type sum struct {
	customers, n int64
	total        *big.Rat
}

func (s *sum) add(explanation []byte, measure string) {
	var x struct {
		Inputs []struct{ Measure, Value string } `json:"inputs"`
	}
	if json.Unmarshal(explanation, &x) != nil {
		return
	}
	for _, in := range x.Inputs {
		if in.Measure != measure {
			continue
		}
		if r, ok := number(in.Value); ok {
			s.total.Add(s.total, r)
			s.n++
		}
	}
}

func (s *sum) value(of string) string {
	switch {
	case of == rule.IndicatorCount:
		return strconv.FormatInt(s.customers, 10)
	case s.n == 0:
		return ""
	case of == rule.IndicatorMean:
		return decimal(new(big.Rat).Quo(s.total, new(big.Rat).SetInt64(s.n)))
	}
	return decimal(s.total)
}
