package flow

import (
	"slices"
	"strconv"

	"kezhi/internal/expr"
)

// Posts that are no posts of the rulebook.
const (
	PostOwner   = "owner"   // who looks after the customer
	PostStarter = "starter" // who began the case
)

// Units a post is looked for from, beside a field.
const (
	NearCustomer = "customer"
	NearStarter  = "starter"
)

// maxRaise bounds how often a seat moves to the next superior.
const maxRaise = 32

// targetsOf says who is meant in this case, each target once and in the order of the regulation.
func (m *move) targetsOf(whos []Who) []Target {
	var out []Target
	for _, w := range whos {
		for _, t := range m.targets(w) {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

func (m *move) targets(w Who) []Target {
	switch {
	case w.Actor != "":
		var out []Target
		for _, d := range m.st.known(w.Actor).Done {
			if d.By != 0 {
				out = append(out, Target{Person: d.By})
			}
		}
		return out
	case w.Field != "":
		var out []Target
		for _, person := range m.ids(w.Field) {
			out = append(out, Target{Person: person})
		}
		return out
	case w.Authority != nil:
		w.Post = m.authority(w.Authority)
	}
	switch w.Post {
	case "":
		return nil
	case PostStarter:
		if m.st.Starter == 0 {
			return nil
		}
		return []Target{{Person: m.st.Starter}}
	case PostOwner:
		return []Target{{Post: PostOwner}}
	}
	units := m.units(w.Near)
	if !w.Each && len(units) > 1 {
		units = units[:1]
	}
	var out []Target
	for _, u := range units {
		out = append(out, Target{Post: w.Post, Unit: u})
	}
	return out
}

// known gives what is known of a step without making room for it.
func (s *State) known(step string) *Past {
	if p := s.Steps[step]; p != nil {
		return p
	}
	return &Past{}
}

// units gives the units a post is looked for from. A field that names none gives none.
func (m *move) units(near string) []int64 {
	switch near {
	case "", NearCustomer:
		if m.env.CustomerUnit == 0 {
			return []int64{m.env.StarterUnit}
		}
		return []int64{m.env.CustomerUnit}
	case NearStarter:
		return []int64{m.env.StarterUnit}
	}
	return m.ids(near)
}

// ids gives the people or departments in a form field.
func (m *move) ids(field string) []int64 {
	var out []int64
	for _, text := range m.answer(field).Each() {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// authority gives the post of the first row that fits, "" when none does. Without an amount only rows for any amount fit.
func (m *move) authority(a *Authority) string {
	var amount expr.Value
	if a.Amount != "" {
		amount.Number, amount.Missing = m.amount(a.Amount)
	}
	grade := m.env.value("customer.grade").Text
	for _, row := range a.Rows {
		if len(row.Grades) > 0 && !slices.Contains(row.Grades, grade) {
			continue
		}
		if row.UpTo == "" {
			return row.Post
		}
		limit, ok := expr.ParseDecimal(row.UpTo)
		if ok && a.Amount != "" && !amount.Missing && amount.Number.Cmp(limit) <= 0 {
			return row.Post
		}
	}
	return ""
}

func (m *move) amount(field string) (expr.Decimal, bool) {
	d, ok := expr.ParseDecimal(m.answer(field).Text)
	return d, !ok
}

// Recused gives the people who may not act on a case, because a form names them where the regulation bars those named.
func Recused(def *Definition, st *State) []int64 {
	m := move{def: def, st: st, env: &Env{}}
	return m.recused()
}

func (m *move) recused() []int64 {
	var out []int64
	for _, field := range m.def.Recuse {
		for _, person := range m.ids(field) {
			if !slices.Contains(out, person) {
				out = append(out, person)
			}
		}
	}
	return out
}

// settle looks at every open seat: whether somebody can act in it, now that people or answers have changed.
func (m *move) settle() {
	for i := range m.st.Open {
		for j := range m.st.Open[i].Seats {
			if s := &m.st.Open[i].Seats[j]; s.Status == SeatOpen {
				m.settleSeat(s, m.st.Open[i].Step)
			}
		}
	}
	for i := range m.st.Asked {
		if s := &m.st.Asked[i]; s.Status == SeatOpen {
			m.settleSeat(s, "")
		}
	}
}

// settleSeat moves a seat whose every holder is barred to the nearest superior who is not, and notes whether nobody can act.
func (m *move) settleSeat(s *Seat, step string) {
	barred := m.recused()
	if slices.Contains(barred, s.Claimed) && s.Claimed != 0 {
		s.Claimed = 0
	}
	ok := m.env.somebody(s.Target, barred)
	if !ok && len(barred) > 0 && m.env.somebody(s.Target, nil) {
		if t, found := m.above(s.Target, barred); found {
			s.Target, s.Raised, s.Claimed, ok = t, true, 0, true
			m.emit(Effect{Kind: EffectRaised, Step: step, Seat: s.ID, Target: t})
		}
	}
	switch {
	case !ok && !s.Stuck:
		s.Stuck = true
		m.emit(Effect{Kind: EffectStuck, Step: step, Seat: s.ID, Target: s.Target})
	case ok && s.Stuck:
		s.Stuck = false
		m.emit(Effect{Kind: EffectUnstuck, Step: step, Seat: s.ID, Target: s.Target})
	}
}

func (m *move) above(t Target, barred []int64) (Target, bool) {
	if m.env.Above == nil {
		return t, false
	}
	for range maxRaise {
		up, found := m.env.Above(t)
		if !found || up == t {
			return t, false
		}
		if t = up; m.env.somebody(t, barred) {
			return t, true
		}
	}
	return t, false
}
