package expr

import (
	"fmt"
	"regexp"
	"strings"

	"cel.dev/cel-go/common"
)

// Codes of a wrong condition.
const (
	CodeEmpty       = "expr.empty"
	CodeTooLong     = "expr.too_long"
	CodeTooDeep     = "expr.too_deep"
	CodeTooCostly   = "expr.too_costly"
	CodeSyntax      = "expr.syntax"
	CodeUnknownName = "expr.unknown_name"
	CodeType        = "expr.type"
	CodeNotAllowed  = "expr.not_allowed"
	CodeNotYesNo    = "expr.not_yes_no"
	CodeDate        = "expr.impossible_date"
	CodeNumber      = "expr.number"
	CodeMember      = "expr.member"
)

// Error says what is wrong with a condition and where: Line and Column count characters from 1 within the text.
type Error struct {
	Code   string
	Line   int
	Column int
	// Offending is the piece of the text the message is about, empty if it is the text as a whole.
	Offending string
	Zh, En    string
	// RemedyZh and RemedyEn say what to write instead.
	RemedyZh, RemedyEn string
}

// Error gives the place and the English message.
func (e *Error) Error() string {
	return fmt.Sprintf("%d:%d: %s: %s", e.Line, e.Column, e.Code, e.En)
}

func failure(code string, line, column int, offending, zh, en, remedyZh, remedyEn string) *Error {
	return &Error{
		Code: code, Line: line, Column: column, Offending: offending,
		Zh: zh, En: en, RemedyZh: remedyZh, RemedyEn: remedyEn,
	}
}

func tooLong(n int) *Error {
	return failure(CodeTooLong, 1, 1, "",
		fmt.Sprintf("条件有 %d 个字节，超过上限 %d", n, MaxLength),
		fmt.Sprintf("the condition has %d bytes; at most %d are allowed", n, MaxLength),
		"拆成几个指标或判定行", "split it into several measures or table rows")
}

func tooDeep(line, column int) *Error {
	return failure(CodeTooDeep, line, column, "",
		fmt.Sprintf("括号或运算嵌套超过 %d 层", MaxDepth),
		fmt.Sprintf("brackets or operators are nested deeper than %d levels", MaxDepth),
		"去掉多余的括号，或拆成几个条件", "remove brackets or split the condition")
}

func notAllowed(what string, line, column int) *Error {
	return failure(CodeNotAllowed, line, column, what,
		fmt.Sprintf("条件里不能使用 %s", what),
		fmt.Sprintf("%s cannot be used in a condition", what),
		"只用 == != < <= > >= in && || ! 以及 startsWith、endsWith、contains、size；计算请写成指标",
		"use only == != < <= > >= in && || ! and startsWith, endsWith, contains, size; put arithmetic into a measure")
}

func notNumber(text string, line, column int) *Error {
	return failure(CodeNumber, line, column, text,
		fmt.Sprintf("数字 %s 位数过多，无法精确比较", text),
		fmt.Sprintf("the number %s has too many digits to be compared exactly", text),
		"最多写 15 位有效数字", "write at most 15 significant digits")
}

func noSuchDate(text string, line, column int) *Error {
	return failure(CodeDate, line, column, text,
		fmt.Sprintf("日期 %q 不存在或格式不对", text),
		fmt.Sprintf("%q is not a date that exists", text),
		"写成存在的日期，格式为 \"2026-09-30\"", "write a date that exists, as \"2026-09-30\"")
}

var (
	undeclared = regexp.MustCompile(`undeclared reference to '([^']*)'`)
	overload   = regexp.MustCompile(`no matching overload for '([^']*)' applied to '([^']*)'`)
)

// describe turns the first finding of the CEL compiler into our own words.
func describe(text string, found *common.Error) *Error {
	line, column := found.Location.Line(), found.Location.Column()+1
	if line < 1 {
		line = 1
	}
	if column < 1 {
		column = 1
	}
	if m := undeclared.FindStringSubmatch(found.Message); m != nil {
		if back := nearbyRaw(text, line, 1); strings.HasPrefix(nearbyRaw(text, line, column), ".") {
			column = startOfName(back, column)
		}
		name := dottedName(text, line, column, m[1])
		return failure(CodeUnknownName, line, column, name,
			fmt.Sprintf("不认识的名称 %q", name), fmt.Sprintf("unknown name %q", name),
			"改成已有的字段名；文字要加引号", "use the name of a field that exists; put quotes around text")
	}
	if m := overload.FindStringSubmatch(found.Message); m != nil {
		return mismatch(m[1], m[2], line, column)
	}
	near := nearby(text, line, column)
	if isSingleEquals(text, line, column) {
		return failure(CodeSyntax, line, column, "=", "单个 = 不是比较", "a single = does not compare",
			"相等要写成 ==", "write == for equality")
	}
	return failure(CodeSyntax, line, column, near,
		fmt.Sprintf("从 %q 处起无法读懂", near), fmt.Sprintf("the condition cannot be read from %q on", near),
		"检查括号、引号和运算符是否成对、完整", "check that brackets, quotes and operators are complete")
}

func mismatch(operator, types string, line, column int) *Error {
	op := strings.Trim(operator, "_@")
	if strings.HasPrefix(operator, "@") {
		op = "in"
	}
	return failure(CodeType, line, column, op,
		fmt.Sprintf("%s 两边的类型不能比较：%s", op, typesZh.Replace(types)),
		fmt.Sprintf("%s cannot compare these types: %s", op, typesEn.Replace(types)),
		"文字与带引号的文字比较，数字与数字比较；字段写在左边",
		"compare text with quoted text and numbers with numbers; write the field on the left")
}

var (
	typesZh = strings.NewReplacer("string", "文字", "number", "数字", "int", "数字", "double", "数字", "bool", "是否", "list", "列表")
	typesEn = strings.NewReplacer("string", "text", "int", "number", "double", "number", "bool", "yes/no")
)

// dottedName widens "customer" to "customer.knid" when the text reads so, because the dotted name is what is unknown.
func dottedName(text string, line, column int, name string) string {
	rest := nearbyRaw(text, line, column)
	if !strings.HasPrefix(rest, name) {
		return name
	}
	end := 0
	for end < len(rest) && (isNameByte(rest[end]) || rest[end] == '.') {
		end++
	}
	return strings.TrimRight(rest[:end], ".")
}

// startOfName moves from the dot of "customer.knid" back to its first letter.
func startOfName(lineText string, column int) int {
	runes := []rune(lineText)
	for column > 1 && column-2 < len(runes) && runes[column-2] < 0x80 && isNameByte(byte(runes[column-2])) {
		column--
	}
	return column
}

func isNameByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func isSingleEquals(text string, line, column int) bool {
	rest := nearbyRaw(text, line, column)
	return strings.HasPrefix(rest, "=") && !strings.HasPrefix(rest, "==")
}

// nearbyRaw gives the text from a place to the end of its line.
func nearbyRaw(text string, line, column int) string {
	lines := strings.Split(text, "\n")
	if line > len(lines) {
		return ""
	}
	runes := []rune(lines[line-1])
	if column-1 > len(runes) {
		return ""
	}
	return string(runes[column-1:])
}

// nearby is nearbyRaw cut to what fits into a message; at the end of the text it gives the last word instead.
func nearby(text string, line, column int) string {
	s := strings.TrimSpace(nearbyRaw(text, line, column))
	if s == "" {
		words := strings.Fields(text)
		if len(words) == 0 {
			return ""
		}
		s = words[len(words)-1]
	}
	if r := []rune(s); len(r) > 24 {
		return string(r[:24]) + "…"
	}
	return s
}
