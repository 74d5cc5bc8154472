package customer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/codes"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// where builds a predicate on customer c.
type where struct {
	parts []string
	args  []any

	userID int64
	today  calendar.Date
	loc    *time.Location
	book   fieldBook
}

func (w *where) add(sql string, args ...any) {
	w.parts = append(w.parts, sql)
	w.args = append(w.args, args...)
}

func (w *where) sql() string { return strings.Join(w.parts, " AND ") }

// conditions adds all conditions. Errors: customer.filter_unknown, customer.filter_operator, customer.filter_value.
func (w *where) conditions(list []Condition) error {
	archived := false
	for _, c := range list {
		archived = archived || c.Field == "archived"
		if err := w.condition(c); err != nil {
			return err
		}
	}
	if !archived {
		w.add("c.archived_at IS NULL")
	}
	return nil
}

func (w *where) condition(c Condition) error {
	switch c.Field {
	case "kind", "status", "party":
		return w.choice(c, "c."+c.Field)
	case "name", "code", "address":
		return w.text(c, "c."+c.Field)
	case "region":
		return w.prefixes(c, "c.region", regionPrefixes)
	case "industry":
		return w.prefixes(c, "c.industry", industryPrefixes)
	case "owner":
		return w.owner(c)
	case "id", "unit", "import":
		return w.ids(c, map[string]string{"id": "c.id", "unit": "c.unit_id", "import": "c.import_id"}[c.Field])
	case "tag":
		return w.tag(c)
	case "grade":
		return w.grade(c)
	case "segment":
		return w.segment(c)
	case "created", "updated":
		return w.moment(c, "c."+c.Field+"_at")
	case "since":
		return w.date(c, "c.since")
	case "archived":
		return w.archived(c)
	}
	if name, ok := strings.CutPrefix(c.Field, "custom."); ok {
		return w.custom(c, name)
	}
	return errs.New(errs.Invalid, "customer.filter_unknown", "field", shortText(c.Field))
}

func badOp(c Condition) error {
	return errs.New(errs.Invalid, "customer.filter_operator", "field", c.Field, "op", shortText(c.Op))
}

func badValue(c Condition) error {
	return errs.New(errs.Invalid, "customer.filter_value", "field", c.Field, "value", shortText(strings.Join(c.Values, ",")))
}

// choice compares a column with a list of values; ” counts as empty.
func (w *where) choice(c Condition, column string) error {
	switch c.Op {
	case "in":
		w.add(column+" IN "+db.In(len(c.Values)), db.Args(c.Values)...)
	case "not_in":
		if len(c.Values) > 0 {
			w.add(column+" NOT IN "+db.In(len(c.Values)), db.Args(c.Values)...)
		}
	case "empty":
		w.add(column + " = ''")
	case "not_empty":
		w.add(column + " <> ''")
	default:
		return badOp(c)
	}
	return nil
}

func (w *where) text(c Condition, column string) error {
	if len(c.Values) == 0 {
		return badValue(c)
	}
	switch c.Op {
	case "is":
		w.add(column+" = ?", c.Values[0])
	case "contains":
		w.add("LOWER("+column+") LIKE ? ESCAPE '!'", "%"+likeText(strings.ToLower(c.Values[0]))+"%")
	default:
		return badOp(c)
	}
	return nil
}

// regionPrefixes gives the beginnings of the codes a division stands for.
func regionPrefixes(value string) []string {
	if d, ok := codes.DivisionByCode(value); ok {
		return []string{d.Code}
	}
	return nil
}

// industryPrefixes does the same for an industry; a section (a letter) stands for the divisions below it.
func industryPrefixes(value string) []string {
	row, ok := codes.IndustryByCode(value)
	if !ok {
		return nil
	}
	out := []string{row.Code}
	if row.Level == 1 {
		for _, child := range codes.IndustryChildren(row.Code) {
			out = append(out, child.Code)
		}
	}
	return out
}

// prefixes compares a column of hierarchical codes with a list of them; each stands for everything below it.
func (w *where) prefixes(c Condition, column string, expand func(string) []string) error {
	if c.Op == "empty" || c.Op == "not_empty" {
		return w.choice(c, column)
	}
	if c.Op != "in" && c.Op != "not_in" {
		return badOp(c)
	}
	var parts []string
	var args []any
	for _, v := range c.Values {
		starts := expand(v)
		if starts == nil {
			return badValue(c)
		}
		for _, p := range starts {
			parts = append(parts, "("+column+" >= ? AND "+column+" < ?)")
			// Codes hold digits and capital letters; ~ sorts behind both.
			args = append(args, p, p+"~")
		}
	}
	if len(parts) == 0 {
		return badValue(c)
	}
	sql := "(" + strings.Join(parts, " OR ") + ")"
	if c.Op == "not_in" {
		sql = "NOT " + sql
	}
	w.add(sql, args...)
	return nil
}

func (w *where) owner(c Condition) error {
	switch c.Op {
	case "empty":
		c = Condition{Field: c.Field, Op: "in", Values: []string{"none"}}
	case "not_empty":
		c = Condition{Field: c.Field, Op: "not_in", Values: []string{"none"}}
	}
	values := slices.Clone(c.Values)
	for i, v := range values {
		switch v {
		case "me":
			values[i] = strconv.FormatInt(w.userID, 10)
			if w.userID == 0 {
				values[i] = "-1" // the system owns nothing
			}
		case "none":
			values[i] = "0"
		}
	}
	return w.ids(Condition{Field: c.Field, Op: c.Op, Values: values}, "c.owner_id")
}

func (w *where) ids(c Condition, column string) error {
	ids := make([]any, len(c.Values))
	for i, v := range c.Values {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return badValue(c)
		}
		ids[i] = n
	}
	switch {
	case c.Op == "in":
		w.add(column+" IN "+db.In(len(ids)), ids...)
	case c.Op == "not_in" && len(ids) > 0:
		w.add(column+" NOT IN "+db.In(len(ids)), ids...)
	case c.Op != "not_in":
		return badOp(c)
	}
	return nil
}

func (w *where) tag(c Condition) error {
	in := "c.id IN (SELECT customer_id FROM customer_tag WHERE tag IN " + db.In(len(c.Values)) + ")"
	some := "EXISTS (SELECT 1 FROM customer_tag t WHERE t.customer_id = c.id)"
	switch c.Op {
	case "in":
		w.add(in, db.Args(c.Values)...)
	case "not_in":
		w.add("NOT EXISTS (SELECT 1 FROM customer_tag t WHERE t.customer_id = c.id AND t.tag IN "+db.In(len(c.Values))+")", db.Args(c.Values)...)
	case "empty":
		w.add("NOT " + some)
	case "not_empty":
		w.add(some)
	default:
		return badOp(c)
	}
	return nil
}

// grade reads values as scheme:code, or a code of any scheme.
func (w *where) grade(c Condition) error {
	const begin = "EXISTS (SELECT 1 FROM standing g WHERE g.customer_id = c.id AND "
	switch c.Op {
	case "empty":
		w.add("NOT " + begin + "g.code <> '')")
		return nil
	case "not_empty":
		w.add(begin + "g.code <> '')")
		return nil
	case "in", "not_in":
	default:
		return badOp(c)
	}
	var parts []string
	var args []any
	for _, v := range c.Values {
		if scheme, code, ok := strings.Cut(v, ":"); ok {
			parts = append(parts, "(g.scheme = ? AND g.code = ?)")
			args = append(args, scheme, code)
		} else {
			parts = append(parts, "g.code = ?")
			args = append(args, v)
		}
	}
	if len(parts) == 0 {
		return badValue(c)
	}
	sql := begin + "(" + strings.Join(parts, " OR ") + "))"
	if c.Op == "not_in" {
		sql = "NOT " + sql
	}
	w.add(sql, args...)
	return nil
}

// segment reads values as ids of segments; members are those of the last refresh.
func (w *where) segment(c Condition) error {
	ids := where{}
	if err := ids.ids(Condition{Field: c.Field, Op: "in", Values: c.Values}, "m.segment_id"); err != nil {
		return err
	}
	sql := "c.id IN (SELECT m.customer_id FROM segment_member m WHERE " + ids.sql() + ")"
	switch c.Op {
	case "in":
		w.add(sql, ids.args...)
	case "not_in":
		w.add("NOT "+sql, ids.args...)
	default:
		return badOp(c)
	}
	return nil
}

// moment compares a column of microseconds with days of the organisation's time zone.
func (w *where) moment(c Condition, column string) error {
	from, to, err := dateRange(c, w.today)
	if err != nil {
		return err
	}
	if from != calendar.None {
		w.add(column+" >= ?", dayStart(from, w.loc))
	}
	if to != calendar.None {
		w.add(column+" < ?", dayStart(to.AddDays(1), w.loc))
	}
	return nil
}

// date compares a column of civil dates.
func (w *where) date(c Condition, column string) error {
	switch c.Op {
	case "empty":
		w.add(column + " IS NULL")
		return nil
	case "not_empty":
		w.add(column + " IS NOT NULL")
		return nil
	}
	from, to, err := dateRange(c, w.today)
	if err != nil {
		return err
	}
	if from != calendar.None {
		w.add(column+" >= ?", from.String())
	}
	if to != calendar.None {
		w.add(column+" <= ?", to.String())
	}
	return nil
}

func (w *where) archived(c Condition) error {
	if c.Op != "is" || len(c.Values) != 1 {
		return badOp(c)
	}
	switch c.Values[0] {
	case "yes":
		w.add("c.archived_at IS NOT NULL")
	case "no":
		w.add("c.archived_at IS NULL")
	case "all":
		w.add("1 = 1")
	default:
		return badValue(c)
	}
	return nil
}

// custom compares the value of a custom field, by the type of the field.
func (w *where) custom(c Condition, name string) error {
	f, known := w.book[name]
	if !known {
		return errs.New(errs.Invalid, "customer.filter_unknown", "field", shortText(c.Field))
	}
	inner := where{today: w.today, loc: w.loc}
	negate := c.Op == "empty" || c.Op == "not_in"
	switch {
	case c.Op == "empty" || c.Op == "not_empty":
		inner.add("1 = 1")
	case c.Op == "in" || c.Op == "not_in" || c.Op == "is" && f.Type != FieldText:
		inner.add("v.value IN "+db.In(len(c.Values)), db.Args(customValues(f, c.Values))...)
	case f.Type == FieldDate:
		if err := inner.date(c, "v.value"); err != nil {
			return err
		}
	case f.Type == FieldNumber:
		if err := inner.number(c); err != nil {
			return err
		}
	default:
		if err := inner.text(c, "v.value"); err != nil {
			return err
		}
	}
	sql := "c.id IN (SELECT v.customer_id FROM custom_value v WHERE v.name = ? AND " + inner.sql() + ")"
	if negate {
		sql = "c.id NOT IN (SELECT v.customer_id FROM custom_value v WHERE v.name = ? AND " + inner.sql() + ")"
	}
	w.add(sql, append([]any{name}, inner.args...)...)
	return nil
}

// customValues brings what a filter asks for into the form that is kept; yes and no are those of a flag.
func customValues(f CustomField, values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		switch {
		case f.Type == FieldFlag && v == "yes":
			v = "true"
		case f.Type == FieldFlag && v == "no":
			v = "false"
		}
		out[i], _ = f.canonical(v)
	}
	return out
}

func (w *where) number(c Condition) error {
	want := map[string]int{"gte": 1, "lte": 1, "between": 2}[c.Op]
	if want == 0 {
		return badOp(c)
	}
	if len(c.Values) != want {
		return badValue(c)
	}
	ops := map[string][]string{"gte": {">="}, "lte": {"<="}, "between": {">=", "<="}}[c.Op]
	for i, v := range c.Values {
		amount, ok := millionths(v)
		if !ok {
			return badValue(c)
		}
		w.add("v.amount "+ops[i]+" ?", amount)
	}
	return nil
}
