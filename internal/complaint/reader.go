package complaint

import (
	"slices"
	"strings"

	"kezhi/internal/flow"
	"kezhi/internal/money"
	"kezhi/internal/rule"
)

// defaultCurrency is that of amounts in a form that names none, as procedure takes it.
const defaultCurrency = "CNY"

// reader finds in a case what the table asks for, by what the rulebook of the case says its answers mean.
type reader struct {
	def *flow.Definition // nil: the rulebook has no such procedure, and nothing but the case itself is known
	k   *kase
}

// field finds the form field that step.field names.
func (r *reader) field(name string) *flow.Field {
	step, key, _ := strings.Cut(name, ".")
	form := r.def.FormOf(step)
	if form == nil {
		return nil
	}
	i := slices.IndexFunc(form.Fields, func(f flow.Field) bool { return f.Key == key })
	if i < 0 {
		return nil
	}
	return &form.Fields[i]
}

// recorded gives the answer that the ends of the procedure record under a name, answered already or not.
func (r *reader) recorded(attr string) value {
	if r.def == nil {
		return value{}
	}
	for i := range r.def.Ends {
		if rec := r.def.Ends[i].Record; rec != nil && rec.Attrs[attr] != "" {
			return r.answer(rec.Attrs[attr])
		}
	}
	return value{}
}

// start gives the answer to a field of the start form.
func (r *reader) start(key string) value {
	if r.def == nil {
		return value{}
	}
	return r.answer(flow.StartForm + "." + key)
}

// answer gives a choice in the words of the form; anything but a choice would make as many lines as cases.
func (r *reader) answer(name string) value {
	f := r.field(name)
	if f == nil || f.Type != flow.FieldChoice {
		return value{}
	}
	v := value{key: flow.AnswerTo(r.def, &r.k.state, &flow.Env{}, name).Text}
	for _, o := range f.Options {
		if o.Key == v.key {
			v.title = rule.Text(o.Title)
		}
	}
	return v
}

func (r *reader) class() value {
	v := value{key: r.k.state.Class}
	if r.def == nil {
		return v
	}
	for _, c := range r.def.Classes {
		if c.Key == v.key {
			v.title = rule.Text(c.Title)
		}
	}
	return v
}

// departments gives the ids named in the last step that asks for departments and was answered.
func (r *reader) departments() []string {
	if r.def == nil {
		return nil
	}
	for i := len(r.def.Steps) - 1; i >= 0; i-- {
		step := r.def.Steps[i].Key
		form, past := r.def.FormOf(step), r.k.state.Steps[step]
		if form == nil || past == nil {
			continue
		}
		for _, f := range form.Fields {
			if f.Type != flow.FieldDepartment {
				continue
			}
			if ids := past.Answers[f.Key].Each(); len(ids) > 0 {
				ids = slices.Clone(ids)
				slices.Sort(ids)
				return slices.Compact(ids)
			}
		}
	}
	return nil
}

// compensation gives what the good end reached records as its amount, in minor units.
func (r *reader) compensation() (minor int64, currency string) {
	if r.def == nil || !r.k.over || !r.k.goodEnded {
		return 0, ""
	}
	end := r.def.End(r.k.state.End)
	if end == nil || end.Record == nil {
		return 0, ""
	}
	f := r.field(end.Record.Attrs["amount"])
	if f == nil || f.Type != flow.FieldMoney {
		return 0, ""
	}
	currency = f.Unit
	if !money.ValidCurrency(currency) {
		currency = defaultCurrency
	}
	a, err := money.Parse(flow.AnswerTo(r.def, &r.k.state, &flow.Env{}, end.Record.Attrs["amount"]).Text, currency)
	if err != nil {
		return 0, "" // a step that was left out, or more decimals than the currency has
	}
	return a.Minor, a.Currency
}
