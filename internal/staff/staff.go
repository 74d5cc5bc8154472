package staff

import (
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// What a sheet holds.
const (
	People = "people"
	Units  = "units"
)

// The states of an import.
const (
	Checked = "checked"
	Applied = "applied"
	Undone  = "undone"
)

const (
	maxRows  = 100_000
	maxBytes = 64 << 20
)

// column is what a column of a sheet may mean, with the heads by which it is known; the first is that of the export in Chinese, the second
// that in English.
type column struct {
	name  string
	heads []string
}

var columns = map[string][]column{
	People: {
		{"login", []string{"登录名", "Login", "账号", "用户名", "工号", "username", "account"}},
		{"name", []string{"姓名", "Name", "名字"}},
		{"email", []string{"邮箱", "Email", "电子邮件", "mail"}},
		{"unit", []string{"部门编号", "Unit code", "部门", "unit", "department"}},
		{"roles", []string{"角色", "Roles", "role"}},
		{"state", []string{"状态", "State", "status"}},
	},
	Units: {
		{"code", []string{"部门编号", "Code", "编号", "unit code"}},
		{"name_zh", []string{"名称", "Name (Chinese)", "部门名称", "name", "name_zh"}},
		{"name_en", []string{"英文名称", "Name (English)", "name_en"}},
		{"kind", []string{"类型", "Kind"}},
		{"parent", []string{"上级编号", "Parent code", "上级部门", "parent"}},
		{"manager", []string{"负责人登录名", "Head's login", "负责人", "manager", "head"}},
	},
}

// key is the column by which a line is known.
var key = map[string]string{People: "login", Units: "code"}

// row is a line of a sheet; a column that is not there is missing.
type row struct {
	line  int
	cells map[string]string
}

// given gives a cell that says something.
func (r row) given(name string) *string {
	if text := r.cells[name]; text != "" {
		return &text
	}
	return nil
}

// Problem says what is wrong with a line.
type Problem struct {
	Line  int            `json:"line"`
	Key   string         `json:"key"`
	Field string         `json:"field"` // "" = the line as a whole
	Code  string         `json:"code"`
	Args  map[string]any `json:"args,omitempty"`
}

// read gives the lines of a sheet. Errors: those of sheet; staff.no_column, staff.too_many.
func read(f io.ReaderAt, size int64, name, target string) ([]row, []Problem, error) {
	r, err := sheet.Open(f, size, name, sheet.Options{})
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = r.Close() }()
	names := meanings(target, r.Header())
	if !slices.Contains(names, key[target]) {
		return nil, nil, errs.New(errs.Invalid, "staff.no_column", "column", columns[target][0].heads[0]+" | "+columns[target][0].heads[1])
	}
	var rows []row
	var problems []Problem
	for {
		cells, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return rows, problems, nil
		case sheet.IsRowError(err):
			problems = append(problems, Problem{Line: cells.Line, Code: errs.CodeOf(err)})
			continue
		case err != nil:
			return nil, nil, err
		case len(rows) == maxRows:
			return nil, nil, errs.New(errs.TooLarge, "staff.too_many", "max", maxRows)
		}
		one := row{cells.Line, map[string]string{}}
		for i, n := range names {
			if n != "" {
				one.cells[n] = strings.TrimSpace(cells.Cells[i])
			}
		}
		rows = append(rows, one)
	}
}

// meanings gives what each head means, "" = nothing.
func meanings(target string, header []string) []string {
	out := make([]string, len(header))
	for i, h := range header {
		for _, c := range columns[target] {
			known := c.name == plain(h) || slices.ContainsFunc(c.heads, func(x string) bool { return plain(x) == plain(h) })
			if known && !slices.Contains(out, c.name) {
				out[i] = c.name
				break
			}
		}
	}
	return out
}

func plain(head string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '*' {
			return -1
		}
		return r
	}, head))
}

// list reads the parts of a cell.
func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",，;；、 ", r) })
}

// faults turns an error about an input into problems of its line.
func faults(err error, line int, key string) []Problem {
	e, ok := errs.As(err)
	if !ok || len(e.Fields) == 0 {
		p := Problem{Line: line, Key: key, Code: errs.CodeOf(err)}
		if ok {
			p.Args = e.Args
		}
		return []Problem{p}
	}
	var out []Problem
	for _, f := range e.Fields {
		out = append(out, Problem{Line: line, Key: key, Field: f.Path, Code: f.Code, Args: f.Args})
	}
	return out
}
