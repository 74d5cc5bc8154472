package rule

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
)

// customerFields are the fields every customer has.
var customerFields = map[string]expr.Kind{
	"code": expr.Text, "name": expr.Text, "kind": expr.Text, "party": expr.Text, "region": expr.Text,
	"industry": expr.Text, "status": expr.Text, "owner": expr.Text, "tags": expr.Texts,
	"created_on": expr.Date, "first_fact_on": expr.Date,
}

var customerRef = regexp.MustCompile(`customer\.([A-Za-z_][A-Za-z0-9_]*)`)

// customerVars are the variables of a condition on a customer: the built-in fields and, as texts, whatever else it names.
func customerVars(text string) []expr.Var {
	kinds := make(map[string]expr.Kind, len(customerFields))
	for name, kind := range customerFields {
		kinds[name] = kind
	}
	for _, m := range customerRef.FindAllStringSubmatch(text, 50) {
		if _, ok := kinds[m[1]]; !ok {
			kinds[m[1]] = expr.Text
		}
	}
	vars := make([]expr.Var, 0, len(kinds))
	for name, kind := range kinds {
		vars = append(vars, expr.Var{Name: "customer." + name, Kind: kind})
	}
	vars = append(vars, expr.Var{Name: inSegment, Kind: expr.Member})
	sort.Slice(vars, func(i, j int) bool { return vars[i].Name < vars[j].Name })
	return vars
}

// value gives a customer field by its full name.
func (s *Subject) value(name string) expr.Value {
	switch v := s.Fields[strings.TrimPrefix(name, "customer.")].(type) {
	case string:
		return expr.Value{Text: v}
	case []string:
		return expr.Value{Texts: v}
	case calendar.Date:
		if v == calendar.None {
			return expr.Value{Missing: true}
		}
		return expr.Value{Text: v.String()}
	case bool:
		return expr.Value{Bool: v, Text: strconv.FormatBool(v)}
	case int64:
		return expr.Value{Number: expr.Decimal{Coef: v}, Text: strconv.FormatInt(v, 10)}
	case int:
		return expr.Value{Number: expr.Decimal{Coef: int64(v)}, Text: strconv.Itoa(v)}
	default:
		return expr.Value{Missing: true}
	}
}

// text gives a customer field as text.
func (s *Subject) text(field string) string {
	v := s.value(field)
	return v.Text
}

// firstFactOn gives the date of the customer's first fact.
func (s *Subject) firstFactOn() (calendar.Date, bool) {
	switch v := s.Fields["first_fact_on"].(type) {
	case calendar.Date:
		return v, v != calendar.None
	case string:
		d, err := calendar.Parse(v)
		return d, err == nil
	default:
		return calendar.None, false
	}
}
