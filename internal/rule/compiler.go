package rule

import (
	"regexp"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/expr"
)

// maxMeasures and maxItems keep the working set of a verdict on the stack.
const (
	maxMeasures = 64
	maxItems    = 48
)

// compiler turns a spec into a program and reports what cannot be turned.
type compiler struct {
	b      *Book
	p      *Program
	c      *collector
	values map[string]string
	used   map[string]bool
	// grading is true while what is compiled decides the verdict, so that the explanation lists the settings used.
	grading     bool
	usedGrading map[string]bool
	// what the rulebook refers to, for the checks against the organisation
	kindsUsed    []word
	fieldsUsed   []word
	rolesUsed    []word
	segmentsUsed []segmentUse
	// ownerSegments are read after grading, so grades may decide who belongs to them.
	ownerSegments []segmentUse
	ownerFields   []word
	ratesUsed     bool
	measuresUsed  map[int]bool
	labelsUsed    map[int]bool
	cardsUsed     map[string]bool
	dutyKeys      map[string]bool
	capacityUsed  map[int]bool // lines of capacity that bound a duty
	flowConds     int          // conditions of forms and procedures so far
	// g is the scheme that is being compiled; reads tells which earlier schemes it reads.
	g     *gradesSpec
	reads [maxSchemes]bool
}

func newCompiler(b *Book) *compiler {
	return &compiler{
		b: b, c: &collector{}, grading: true, g: b.spec.Grades.at(0),
		p:      &Program{book: b},
		values: map[string]string{}, used: map[string]bool{}, usedGrading: map[string]bool{},
		measuresUsed: map[int]bool{}, labelsUsed: map[int]bool{}, cardsUsed: map[string]bool{},
		dutyKeys: map[string]bool{}, capacityUsed: map[int]bool{},
	}
}

// report adds a problem at a place of rulebook.yaml.
func (k *compiler) report(code string, at pos, clause string, args ...string) {
	k.c.add(code, FileRulebook, at, clause, args...)
}

var settingRef = regexp.MustCompile(`^\{\s*([A-Za-z0-9_]+)\s*\}$`)

// resolve gives a scalar with a {setting} replaced by its value.
func (k *compiler) resolve(w word) string {
	m := settingRef.FindStringSubmatch(w.S)
	if m == nil {
		return w.S
	}
	v, ok := k.values[m[1]]
	if !ok {
		k.unknownName("setting.undeclared", w.pos, m[1], k.b.spec.Settings.names())
		return w.S
	}
	k.used[m[1]] = true
	if k.grading {
		k.usedGrading[m[1]] = true
	}
	return v
}

// truth reads a yes/no scalar.
func (k *compiler) truth(w word) bool {
	switch s := k.resolve(w); s {
	case "true":
		return true
	case "false", "":
		return false
	default:
		k.report("value.yes_no", w.pos, "", s)
		return false
	}
}

// points reads a number of points in millionths.
func (k *compiler) points(w word) int64 {
	s := k.resolve(w)
	v, ok := parseMicro(s)
	if !ok || v > 1e15 || v < -1e15 {
		k.report("points.not_number", w.pos, "", s)
		return 0
	}
	return v
}

// unknownName reports a name that does not exist, with the likeliest one that does.
// more are further arguments of the message.
func (k *compiler) unknownName(code string, at pos, name string, candidates []string, more ...string) {
	guess := closest(name, candidates)
	if guess == "" {
		guess = strings.Join(candidates, ", ")
	}
	if guess == "" {
		guess = "—"
	}
	k.report(code, at, "", append([]string{name, guess}, more...)...)
}

// period reads an ISO period.
func (k *compiler) period(w word) (calendar.Period, bool) {
	s := k.resolve(w)
	p, err := calendar.ParsePeriod(s)
	if err != nil || p.IsZero() || p.Months < 0 || p.Days < 0 {
		k.report("period.wrong", w.pos, "", s)
		return calendar.Period{}, false
	}
	return p, true
}

// condition compiles an expression and reports its error at its place in the file.
func (k *compiler) condition(w word, vars []expr.Var) *expr.Condition {
	c, err := expr.Compile(w.S, vars)
	if err == nil {
		return c
	}
	k.conditionError(w, err, vars)
	return nil
}

// conditionError reports what is wrong with a condition at its place in the file.
func (k *compiler) conditionError(w word, err *expr.Error, vars []expr.Var) {
	at := pos{w.Line + err.Line - 1, err.Column}
	if err.Line == 1 {
		at.Col += w.Col - 1
		if w.quoted {
			at.Col++
		}
	}
	remedy := Text{Zh: err.RemedyZh, En: err.RemedyEn}
	if err.Code == expr.CodeUnknownName {
		remedy = k.nameRemedy(err.Offending, vars, remedy)
	}
	k.c.addText(Problem{
		Severity: SeverityError, File: FileRulebook, Line: at.Line, Column: at.Col, Code: err.Code,
		Message: Text{Zh: err.Zh, En: err.En}, Remedy: remedy,
	})
}

func (k *compiler) nameRemedy(name string, vars []expr.Var, fallback Text) Text {
	names := make([]string, len(vars))
	for i, v := range vars {
		names[i] = v.Name
	}
	if guess := closest(name, names); guess != "" {
		return Text{Zh: "是不是 " + guess + "？", En: "did you mean " + guess + "?"}
	}
	return Text{
		Zh: fallback.Zh + "；可用：" + strings.Join(names, "、"),
		En: fallback.En + "; available: " + strings.Join(names, ", "),
	}
}
