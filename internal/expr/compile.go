package expr

import (
	"slices"
	"sort"
	"strings"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
)

// Limits of a condition.
const (
	MaxLength = 4096 // bytes of text
	MaxDepth  = 32   // nesting of brackets and operators
	maxCost   = 10_000
)

// Condition is a compiled yes/no condition. It is immutable and safe for concurrent use.
type Condition struct {
	text    string
	uses    []string
	kinds   map[string]Kind
	members []string
	terms   []Term
	native  bool
	program cel.Program
}

// Compile reads a condition over the given variables. The error is nil or says what is wrong and where.
func Compile(text string, vars []Var) (*Condition, *Error) {
	if err := guard(text); err != nil {
		return nil, err
	}
	env, err := environment(vars)
	if err != nil {
		return nil, failure(CodeSyntax, 1, 1, "", "字段名不合法", "a field name is not valid",
			"字段名只用字母、数字和下划线", "use only letters, digits and underscores in field names")
	}
	checked, issues := env.Compile(text)
	if found := issues.Errors(); len(found) > 0 {
		return nil, describe(text, found[0])
	}
	if !checked.OutputType().IsExactType(cel.BoolType) {
		return nil, failure(CodeNotYesNo, 1, 1, nearby(text, 1, 1), "结果不是“是”或“否”",
			"the result is not yes or no", "写成一个比较，例如 status == \"shipped\"",
			"write a comparison such as status == \"shipped\"")
	}
	c := &Condition{text: text, kinds: make(map[string]Kind, len(vars))}
	for _, v := range vars {
		c.kinds[inside(v)] = v.Kind
	}
	w := walker{text: text, tree: checked.NativeRep(), kinds: c.kinds, seen: map[string]bool{}}
	if bad := w.walk(); bad != nil {
		return nil, bad
	}
	for name := range w.seen {
		c.uses = append(c.uses, strings.TrimPrefix(name, hidden))
	}
	sort.Strings(c.uses)
	slices.Sort(w.members)
	c.members = slices.Compact(w.members)
	if c.terms, c.native = conjunction(w.tree.Expr(), c.kinds); c.native {
		return c, nil
	}
	if c.program, err = env.Program(checked, cel.CostLimit(maxCost)); err != nil {
		return nil, failure(CodeTooCostly, 1, 1, "", "条件过于复杂", "the condition is too complex",
			"拆成几个条件", "split the condition")
	}
	return c, nil
}

// Text gives the condition as written.
func (c *Condition) Text() string { return c.text }

// Uses lists the variables the condition reads, in alphabetical order.
func (c *Condition) Uses() []string { return c.uses }

// Members lists what the condition asks of its Member variables, in alphabetical order.
func (c *Condition) Members() []string { return c.members }

// Terms gives the comparisons of a condition that is nothing but comparisons joined by &&, and reports whether it is.
func (c *Condition) Terms() ([]Term, bool) { return c.terms, c.native }

// Eval answers the condition; get gives the value of a variable by name. A missing text is the empty text; a comparison
// that needs a missing number or date is not met. The error is non-nil only when the cost limit was reached.
func (c *Condition) Eval(get func(name string) Value) (bool, error) {
	if c.native {
		for i := range c.terms {
			if !c.terms[i].Holds(get(c.terms[i].Name)) {
				return false, nil
			}
		}
		return true, nil
	}
	return c.evalCEL(get)
}

// guard refuses what the parser should not even see.
func guard(text string) *Error {
	if len(text) > MaxLength {
		return tooLong(len(text))
	}
	if strings.TrimSpace(text) == "" {
		return failure(CodeEmpty, 1, 1, "", "条件是空的", "the condition is empty",
			"写一个条件，或删掉这个键", "write a condition or remove the key")
	}
	depth, line, column := 0, 1, 0
	for _, r := range text {
		column++
		switch r {
		case '\n':
			line, column = line+1, 0
		case '(', '[', '{', '!', '-', '?':
			if depth++; depth > 4*MaxDepth {
				return tooDeep(line, column)
			}
		case ')', ']', '}':
			depth--
		}
	}
	return nil
}

func environment(vars []Var) (*cel.Env, error) {
	options := []cel.EnvOption{
		cel.ParserRecursionLimit(MaxDepth * 2),
		cel.ParserErrorRecoveryLimit(1),
		cel.ParserExpressionSizeLimit(MaxLength),
	}
	for _, v := range vars {
		options = append(options, cel.Variable(inside(v), celType(v.Kind)))
		if v.Kind == Member {
			options = append(options, cel.Macros(asked(v)))
		}
	}
	return cel.NewEnv(options...)
}

func celType(k Kind) *cel.Type {
	switch k {
	case Number:
		return cel.DynType // what a number may be compared with is checked by the walker
	case Bool:
		return cel.BoolType
	case Texts, Member:
		return cel.ListType(cel.StringType)
	default:
		return cel.StringType
	}
}

// walker checks a type-checked tree against what a condition may contain.
type walker struct {
	text  string
	tree  *celast.AST
	kinds map[string]Kind
	seen  map[string]bool
	// members are the texts asked of Member variables.
	members []string
	err     *Error
}

var allowedCalls = map[string]bool{
	operators.LogicalAnd: true, operators.LogicalOr: true, operators.LogicalNot: true, operators.Conditional: true,
	operators.Equals: true, operators.NotEquals: true, operators.Less: true, operators.LessEquals: true,
	operators.Greater: true, operators.GreaterEquals: true, operators.In: true, operators.NotStrictlyFalse: true,
	"startsWith": true, "endsWith": true, "contains": true, "size": true,
}

func (w *walker) walk() *Error {
	w.visit(w.tree.Expr(), 0)
	return w.err
}

func (w *walker) place(e celast.Expr) (line, column int) {
	loc := w.tree.SourceInfo().GetStartLocation(e.ID())
	return max(loc.Line(), 1), max(loc.Column()+1, 1)
}

func (w *walker) visit(e celast.Expr, depth int) {
	if w.err != nil {
		return
	}
	if depth > MaxDepth {
		line, column := w.place(e)
		w.err = tooDeep(line, column)
		return
	}
	switch e.Kind() {
	case celast.IdentKind:
		if kind, known := w.kinds[e.AsIdent()]; known {
			w.seen[e.AsIdent()] = true
			if kind == Number {
				line, column := w.place(e)
				w.err = mismatch(e.AsIdent(), "(number)", line, column)
			}
		}
	case celast.LiteralKind:
		w.literal(e)
	case celast.CallKind:
		w.call(e, depth)
	case celast.ListKind:
		for _, item := range e.AsList().Elements() {
			w.visit(item, depth+1)
		}
	case celast.ComprehensionKind:
		w.visit(e.AsComprehension().IterRange(), depth+1)
		w.visit(e.AsComprehension().LoopStep(), depth+1)
	case celast.SelectKind, celast.MapKind, celast.StructKind, celast.UnspecifiedExprKind:
		line, column := w.place(e)
		w.err = notAllowed(nearby(w.text, line, column), line, column)
	}
}

func (w *walker) literal(e celast.Expr) {
	if value, ok := e.AsLiteral().Value().(float64); ok {
		if _, exact := decimalOfFloat(value); !exact {
			line, column := w.place(e)
			w.err = notNumber(nearby(w.text, line, column), line, column)
		}
	}
}

func (w *walker) call(e celast.Expr, depth int) {
	call := e.AsCall()
	if !allowedCalls[call.FunctionName()] {
		line, column := w.place(e)
		w.err = notAllowed(strings.Trim(call.FunctionName(), "_"), line, column)
		return
	}
	if w.numbers(e) {
		return
	}
	w.member(e)
	next := depth + 1
	if call.FunctionName() == operators.LogicalAnd || call.FunctionName() == operators.LogicalOr {
		next = depth // a chain of && is balanced by the parser and says nothing about how deep the reader must go
	}
	if call.IsMemberFunction() {
		w.visit(call.Target(), next)
	}
	for _, arg := range call.Args() {
		w.visit(arg, next)
	}
	w.dates(call)
}

// numbers checks a comparison whose left side is a number variable, and reports whether it is one (or was refused).
func (w *walker) numbers(e celast.Expr) bool {
	call := e.AsCall()
	args := call.Args()
	if len(args) != 2 || call.IsMemberFunction() || !w.isNumber(args[0]) && !w.isNumber(args[1]) {
		return false
	}
	name := call.FunctionName()
	good := w.isNumber(args[0])
	switch {
	case name == operators.In:
		good = good && args[1].Kind() == celast.ListKind
		for _, item := range literalsOf(args[1]) {
			good = good && w.numeric(item)
		}
	case comparisons[name] != 0:
		good = good && w.numeric(args[1])
	default:
		good = false
	}
	if !good && w.err == nil {
		line, column := w.place(e)
		w.err = mismatch(name, "(number)", line, column)
	}
	for _, side := range args {
		if w.isNumber(side) {
			w.seen[side.AsIdent()] = true
		}
	}
	return true
}

func (w *walker) isNumber(e celast.Expr) bool {
	return e.Kind() == celast.IdentKind && w.kinds[e.AsIdent()] == Number
}

// numeric reports whether an expression is a number literal or a number variable, and checks the literal's digits.
func (w *walker) numeric(e celast.Expr) bool {
	if e.Kind() != celast.LiteralKind {
		return w.isNumber(e)
	}
	w.literal(e)
	switch e.AsLiteral().Value().(type) {
	case int64, float64:
		return true
	}
	return false
}

// dates checks that a date is compared with dates that exist.
func (w *walker) dates(call celast.CallExpr) {
	args := call.Args()
	if len(args) != 2 || args[0].Kind() != celast.IdentKind || w.kinds[args[0].AsIdent()] != Date {
		return
	}
	for _, lit := range literalsOf(args[1]) {
		text, ok := lit.AsLiteral().Value().(string)
		if ok && !validDate(text) && w.err == nil {
			line, column := w.place(lit)
			w.err = noSuchDate(text, line, column)
		}
	}
}

func literalsOf(e celast.Expr) []celast.Expr {
	switch e.Kind() {
	case celast.LiteralKind:
		return []celast.Expr{e}
	case celast.ListKind:
		return e.AsList().Elements()
	default:
		return nil
	}
}

// Kind gives the kind of a variable of the condition, 0 for a name it does not know.
func (c *Condition) Kind(name string) Kind { return c.kinds[name] }
