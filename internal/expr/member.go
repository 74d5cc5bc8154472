package expr

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/parser"
)

// hidden begins the inner name of a Member variable, so that nothing that is written can mean the set itself: which of its
// texts a condition depends on is known before it runs.
const hidden = "@"

// inside gives the name of a variable in the compiled condition.
func inside(v Var) string {
	if v.Kind == Member {
		return hidden + v.Name
	}
	return v.Name
}

// asked makes in_segment("x") mean "x" in the set.
func asked(v Var) cel.Macro {
	return cel.GlobalMacro(v.Name, 1, func(f parser.ExprHelper, _ celast.Expr, args []celast.Expr) (celast.Expr, *cel.Error) {
		return f.NewCall(operators.In, args[0], f.NewIdent(inside(v))), nil
	})
}

// member takes note of what is asked of a Member variable, which must be written out.
func (w *walker) member(e celast.Expr) {
	call := e.AsCall()
	args := call.Args()
	if call.FunctionName() != operators.In || args[1].Kind() != celast.IdentKind || w.kinds[args[1].AsIdent()] != Member || w.err != nil {
		return
	}
	text, written := "", args[0].Kind() == celast.LiteralKind
	if written {
		text, written = args[0].AsLiteral().Value().(string)
	}
	if !written || strings.TrimSpace(text) == "" {
		line, column := w.place(e) // of the bracket; what is wrong begins with the name before it
		column = startOfName(nearbyRaw(w.text, line, 1), column)
		name := strings.TrimPrefix(args[1].AsIdent(), hidden)
		w.err = failure(CodeMember, line, column, nearby(w.text, line, column),
			fmt.Sprintf("%s 里要直接写名称", name), fmt.Sprintf("%s takes a name that is written out", name),
			fmt.Sprintf("写成 %s(\"名称\")", name), fmt.Sprintf("write %s(\"name\")", name))
		return
	}
	w.members = append(w.members, text)
}
