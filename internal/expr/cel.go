package expr

import (
	"errors"
	"reflect"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/interpreter"
)

// numberType is the exact decimal inside CEL; it can only be compared.
var numberType = types.NewOpaqueType("number").WithTraits(traits.ComparerType)

var errMissing = errors.New("value is missing")

// number carries a Decimal through CEL.
type number struct {
	d       Decimal
	missing bool
}

func (n number) ConvertToNative(reflect.Type) (any, error) { return n.d, nil }
func (n number) ConvertToType(ref.Type) ref.Val            { return types.NewErr("a number cannot be converted") }
func (n number) Type() ref.Type                            { return numberType }
func (n number) Value() any                                { return n.d }

// Equal implements == and !=.
func (n number) Equal(other ref.Val) ref.Val {
	c := n.Compare(other)
	if i, ok := c.(types.Int); ok {
		return types.Bool(i == 0)
	}
	return c
}

// Compare implements the ordered comparisons, exactly.
func (n number) Compare(other ref.Val) ref.Val {
	var d Decimal
	switch o := other.(type) {
	case number:
		if o.missing {
			return types.WrapErr(errMissing)
		}
		d = o.d
	case types.Int:
		d = Decimal{Coef: int64(o)}
	case types.Double:
		var ok bool
		if d, ok = decimalOfFloat(float64(o)); !ok {
			return types.NewErr("number out of range")
		}
	default:
		return types.MaybeNoSuchOverloadErr(other)
	}
	if n.missing {
		return types.WrapErr(errMissing)
	}
	return types.Int(n.d.Cmp(d))
}

// activation gives CEL the variables on demand.
type activation struct {
	get   func(name string) Value
	kinds map[string]Kind
}

// ResolveName implements interpreter.Activation.
func (a activation) ResolveName(name string) (any, bool) {
	kind, ok := a.kinds[name]
	if !ok {
		return nil, false
	}
	v := a.get(strings.TrimPrefix(name, hidden))
	switch kind {
	case Number:
		return number{d: v.Number, missing: v.Missing}, true
	case Bool:
		return v.Bool && !v.Missing, true
	case Texts, Member:
		if v.Texts == nil {
			return []string{}, true
		}
		return v.Texts, true
	default:
		return v.Text, true
	}
}

// Parent implements interpreter.Activation.
func (a activation) Parent() interpreter.Activation { return nil }

func (c *Condition) evalCEL(get func(name string) Value) (bool, error) {
	out, _, err := c.program.Eval(activation{get: get, kinds: c.kinds})
	if err != nil {
		if errors.Is(err, errMissing) {
			return false, nil
		}
		return false, failure(CodeTooCostly, 1, 1, "", "条件算不出结果或超过计算上限",
			"the condition has no result or exceeds the cost limit", "简化条件", "simplify the condition")
	}
	yes, ok := out.Value().(bool)
	return ok && yes, nil
}
