package rule

import (
	"sort"

	"kezhi/internal/calendar"
)

// settings works out the value of every setting: the default, unless the organisation set another.
func (k *compiler) settings(overrides map[string]string) {
	names := make([]string, 0, len(overrides))
	for name := range overrides {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if k.b.spec.Settings.get(name) == nil {
			k.unknownName("setting.unknown", k.b.spec.Settings.pos, name, k.b.spec.Settings.names())
		}
	}
	for i := range k.b.spec.Settings.List {
		s := &k.b.spec.Settings.List[i]
		value := s.Value.Value.S
		at := s.Value.Value.pos
		if own, ok := overrides[s.Name.S]; ok {
			value, at = own, s.Name.pos
		}
		kind := s.Value.kind()
		if !settingFits(kind, value, s.Value.Choices) {
			k.report("setting.type", at, s.Value.Clause.S, s.Name.S, value, settingKindZh[kind], settingKindEn[kind], choiceList(s.Value.Choices))
			value = s.Value.Value.S
		}
		k.values[s.Name.S] = value
	}
}

var (
	settingKindZh = map[string]string{
		"text": "文字", "integer": "整数", "decimal": "数字", "percent": "百分数，如 5%", "period": "期间，如 P1M",
		"boolean": "true 或 false", "choice": "所列选项之一",
	}
	settingKindEn = map[string]string{
		"text": "a text", "integer": "a whole number", "decimal": "a number", "percent": "a percentage such as 5%",
		"period": "a period such as P1M", "boolean": "true or false", "choice": "one of the choices",
	}
)

func choiceList(choices words) string {
	out := ""
	for i, c := range choices {
		if i > 0 {
			out += ", "
		}
		out += c.S
	}
	return out
}

// kind gives the declared type, or the one the default looks like.
func (s *settingSpec) kind() string {
	switch {
	case s.Type.set():
		return s.Type.S
	case len(s.Choices) > 0:
		return "choice"
	}
	for _, kind := range []string{"boolean", "integer", "decimal", "percent", "period"} {
		if settingFits(kind, s.Value.S, nil) {
			return kind
		}
	}
	return "text"
}

func settingFits(kind, value string, choices words) bool {
	switch kind {
	case "boolean":
		return value == "true" || value == "false"
	case "integer":
		r, ok := parseRat(value)
		return ok && r.den == 1
	case "decimal":
		_, ok := parseRat(value)
		return ok && value[len(value)-1] != '%'
	case "percent":
		_, ok := parseRat(value)
		return ok && value[len(value)-1] == '%'
	case "period":
		p, err := calendar.ParsePeriod(value)
		return err == nil && !p.IsZero() && p.Months >= 0 && p.Days >= 0
	case "choice":
		for _, c := range choices {
			if c.S == value {
				return true
			}
		}
		return false
	default:
		return len(value) <= 1000
	}
}
