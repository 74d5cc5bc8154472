package expr

import (
	"slices"
	"strconv"
	"strings"

	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"

	"kezhi/internal/calendar"
)

// Op is the comparison of a Term.
type Op uint8

// The comparisons.
const (
	Equal Op = iota + 1
	NotEqual
	Less
	AtMost
	Greater
	AtLeast
	In       // the variable is one of the literals
	Contains // the variable is a set that holds the literal
	IsTrue   // a yes/no variable is true
	IsFalse  // a yes/no variable is false
)

// Term compares one variable with literals. Exactly one of Texts and Numbers is filled, except for IsTrue and IsFalse.
type Term struct {
	Name    string
	Kind    Kind
	Op      Op
	Texts   []string
	Numbers []Decimal
}

// Holds answers the comparison for a value of the term's kind.
func (t *Term) Holds(v Value) bool {
	switch t.Kind {
	case Bool:
		return !v.Missing && v.Bool == (t.Op == IsTrue)
	case Number:
		return !v.Missing && t.HoldsNumber(v.Number)
	case Texts, Member:
		return slices.Contains(v.Texts, t.Texts[0])
	case Date:
		return !v.Missing && t.HoldsText(v.Text)
	default:
		return t.HoldsText(v.Text)
	}
}

// HoldsText answers the comparison for a text or a date in the form YYYY-MM-DD.
func (t *Term) HoldsText(s string) bool {
	switch t.Op {
	case Equal:
		return s == t.Texts[0]
	case NotEqual:
		return s != t.Texts[0]
	case In:
		return slices.Contains(t.Texts, s)
	default:
		return ordered(t.Op, strings.Compare(s, t.Texts[0]))
	}
}

// HoldsNumber answers the comparison for a number.
func (t *Term) HoldsNumber(d Decimal) bool {
	if t.Op == In {
		return slices.ContainsFunc(t.Numbers, func(n Decimal) bool { return n.Cmp(d) == 0 })
	}
	return ordered(t.Op, d.Cmp(t.Numbers[0]))
}

func ordered(op Op, c int) bool {
	switch op {
	case Equal:
		return c == 0
	case NotEqual:
		return c != 0
	case Less:
		return c < 0
	case AtMost:
		return c <= 0
	case Greater:
		return c > 0
	case AtLeast:
		return c >= 0
	default:
		return false
	}
}

var comparisons = map[string]Op{
	operators.Equals: Equal, operators.NotEquals: NotEqual, operators.Less: Less,
	operators.LessEquals: AtMost, operators.Greater: Greater, operators.GreaterEquals: AtLeast,
}

// conjunction gives the terms of a tree that is only comparisons of a variable with literals joined by &&.
func conjunction(e celast.Expr, kinds map[string]Kind) ([]Term, bool) {
	if e.Kind() == celast.CallKind && e.AsCall().FunctionName() == operators.LogicalAnd {
		var all []Term
		for _, arg := range e.AsCall().Args() {
			terms, ok := conjunction(arg, kinds)
			if !ok {
				return nil, false
			}
			all = append(all, terms...)
		}
		return all, true
	}
	t, ok := comparison(e, kinds)
	return []Term{t}, ok
}

func comparison(e celast.Expr, kinds map[string]Kind) (Term, bool) {
	if e.Kind() == celast.IdentKind && kinds[e.AsIdent()] == Bool {
		return Term{Name: e.AsIdent(), Kind: Bool, Op: IsTrue}, true
	}
	if e.Kind() != celast.CallKind {
		return Term{}, false
	}
	call := e.AsCall()
	args := call.Args()
	switch {
	case call.FunctionName() == operators.LogicalNot && args[0].Kind() == celast.IdentKind && kinds[args[0].AsIdent()] == Bool:
		return Term{Name: args[0].AsIdent(), Kind: Bool, Op: IsFalse}, true
	case call.FunctionName() == operators.In:
		return membership(args, kinds)
	case comparisons[call.FunctionName()] != 0:
		return againstLiteral(comparisons[call.FunctionName()], args, kinds)
	}
	return Term{}, false
}

func membership(args []celast.Expr, kinds map[string]Kind) (Term, bool) {
	if args[1].Kind() == celast.IdentKind && args[0].Kind() == celast.LiteralKind && isSet(kinds[args[1].AsIdent()]) {
		t := Term{Name: strings.TrimPrefix(args[1].AsIdent(), hidden), Kind: kinds[args[1].AsIdent()], Op: Contains}
		return t, t.add(args[0])
	}
	if args[0].Kind() != celast.IdentKind || args[1].Kind() != celast.ListKind {
		return Term{}, false
	}
	t := Term{Name: args[0].AsIdent(), Kind: kinds[args[0].AsIdent()], Op: In}
	for _, item := range args[1].AsList().Elements() {
		if !t.add(item) {
			return Term{}, false
		}
	}
	return t, t.Kind != Bool && t.Kind != Member && t.Kind != 0
}

func isSet(k Kind) bool { return k == Texts || k == Member }

func againstLiteral(op Op, args []celast.Expr, kinds map[string]Kind) (Term, bool) {
	if len(args) != 2 || args[0].Kind() != celast.IdentKind || args[1].Kind() != celast.LiteralKind {
		return Term{}, false
	}
	t := Term{Name: args[0].AsIdent(), Kind: kinds[args[0].AsIdent()], Op: op}
	if t.Kind == Bool {
		return boolTerm(t, args[1])
	}
	return t, t.Kind != 0 && !isSet(t.Kind) && t.add(args[1])
}

func boolTerm(t Term, literal celast.Expr) (Term, bool) {
	want, ok := literal.AsLiteral().Value().(bool)
	if !ok || t.Op != Equal && t.Op != NotEqual {
		return Term{}, false
	}
	if want == (t.Op == Equal) {
		t.Op = IsTrue
	} else {
		t.Op = IsFalse
	}
	return t, true
}

// add takes a literal of the term's kind and reports whether it was one.
func (t *Term) add(e celast.Expr) bool {
	if e.Kind() != celast.LiteralKind {
		return false
	}
	switch value := e.AsLiteral().Value().(type) {
	case string:
		t.Texts = append(t.Texts, value)
		return t.Kind != Number
	case int64:
		t.Numbers = append(t.Numbers, Decimal{Coef: value})
		return t.Kind == Number
	case float64:
		d, ok := decimalOfFloat(value)
		t.Numbers = append(t.Numbers, d)
		return ok && t.Kind == Number
	}
	return false
}

// decimalOfFloat gives back the decimal a literal was written as: up to 15 significant digits survive the way through a
// binary float unchanged, so the shortest decimal form is the written one.
func decimalOfFloat(f float64) (Decimal, bool) {
	d, ok := ParseDecimal(strconv.FormatFloat(f, 'f', -1, 64))
	return d, ok && magnitude(d.Coef) < 1e15
}

func validDate(s string) bool {
	_, err := calendar.Parse(s)
	return err == nil
}
