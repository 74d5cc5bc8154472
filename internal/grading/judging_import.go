package grading

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// maxJudgeRows bounds a sheet of judged values: it is read as a whole before anything is written.
const maxJudgeRows = 200_000

// shownRows is how many wrong rows an error names.
const shownRows = 20

// judgeColumns maps what a header may say to the column it means.
var judgeColumns = map[string]string{
	"customer": "customer", "customer_code": "customer", "code": "customer", "客户": "customer", "客户编号": "customer", "客户编码": "customer",
	"item": "item", "判定项": "item", "项目": "item",
	"value": "value", "取值": "value", "值": "value", "得分": "value", "分值": "value",
	"note": "note", "remark": "note", "备注": "note", "说明": "note",
	"from": "from", "from_day": "from", "起始日": "from", "生效日": "from",
}

// judgeRow is one row of a sheet before its customer is looked up.
type judgeRow struct {
	line int
	code string
	JudgeInput
}

// JudgeFile reads a sheet with the columns customer (its code), item, value and, where wanted, note and from, and gives the values,
// all of them or none; a second time changes nothing. An item may be written by its name or its title. Needs what Judge
// needs. Errors: those of Judge (fields are named by row), sheet.*, grading.judged_columns, grading.judged_rows.
func (s *Service) JudgeFile(ctx context.Context, path, rulebookID string) (JudgeOutcome, error) {
	actor, err := authz.Require(ctx, authz.GradingJudge)
	if err != nil {
		return JudgeOutcome{}, err
	}
	today := s.Today()
	rules, err := s.judgeRules(ctx, rulebookID, today)
	if err != nil {
		return JudgeOutcome{}, err
	}
	rows, err := readJudged(path, &rules)
	if err != nil {
		return JudgeOutcome{}, err
	}
	by, err := s.judge(ctx, actor)
	if err != nil {
		return JudgeOutcome{}, err
	}
	list, err := s.checkRows(ctx, &rules, by, rows, today)
	if err != nil {
		return JudgeOutcome{}, err
	}
	var out JudgeOutcome
	err = s.db.InTx(ctx, func(q db.Q) error {
		var err error
		out, err = s.writeJudged(ctx, q, rules.rulebook, list)
		return err
	})
	return out, err
}

// readJudged reads the whole sheet.
func readJudged(path string, rules *judgeRules) ([]judgeRow, error) {
	r, err := sheet.OpenFile(path, sheet.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	at := map[string]int{}
	for i, h := range r.Header() {
		if name := judgeColumns[strings.ToLower(strings.TrimSpace(h))]; name != "" {
			at[name] = i
		}
	}
	for _, need := range []string{"customer", "item", "value"} {
		if _, ok := at[need]; !ok {
			return nil, errs.New(errs.Invalid, "grading.judged_columns", "column", need, "columns", strings.Join(r.Header(), ", "))
		}
	}
	var out []judgeRow
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if len(out) == maxJudgeRows {
			return nil, errs.New(errs.Invalid, "grading.judged_rows", "max", maxJudgeRows)
		}
		one, err := judgeRowOf(row, at, rules)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
}

func judgeRowOf(row sheet.Row, at map[string]int, rules *judgeRules) (judgeRow, error) {
	cell := func(name string) string {
		if i, ok := at[name]; ok {
			return strings.TrimSpace(row.Cells[i])
		}
		return ""
	}
	out := judgeRow{line: row.Line, code: cell("customer")}
	out.Item, out.Value, out.Note, out.From = rules.named(cell("item")), cell("value"), cell("note"), calendar.None
	text := cell("from")
	if text == "" {
		return out, nil
	}
	day, err := calendar.Parse(text)
	if err != nil {
		var v errs.Validation
		v.Check(false, "row "+strconv.Itoa(row.Line), "field.not_a_date", "value", text)
		return out, v.Err()
	}
	out.From = day
	return out, nil
}

// named gives the name of an item that is written by its name or one of its titles; what is unknown stays as it is.
func (r *judgeRules) named(text string) string {
	for i := range r.items {
		if j := &r.items[i]; text == j.Title.Zh || strings.EqualFold(text, j.Title.En) {
			return j.Name
		}
	}
	return text
}

// checkRows looks up the customers and reports the first wrong rows, each by its line.
func (s *Service) checkRows(ctx context.Context, rules *judgeRules, by *judge, rows []judgeRow, today calendar.Date) ([]JudgeInput, error) {
	codes := make([]string, 0, len(rows))
	for i := range rows {
		codes = append(codes, rows[i].code)
	}
	slices.Sort(codes)
	known, err := idsByCode(ctx, s.db.Read(), slices.Compact(codes))
	if err != nil {
		return nil, err
	}
	list := make([]JudgeInput, len(rows))
	for i := range rows {
		list[i] = rows[i].JudgeInput
		list[i].CustomerID = known[rows[i].code]
	}
	err = s.checkJudged(ctx, rules, by, list, today)
	if e, ok := errs.As(err); ok && len(e.Fields) > 0 {
		e.Fields = e.Fields[:min(len(e.Fields), shownRows)]
		for i := range e.Fields {
			e.Fields[i].Path = byLine(e.Fields[i].Path, rows)
		}
	}
	return list, err
}

// byLine turns items[3].value into the line of the sheet it came from.
func byLine(path string, rows []judgeRow) string {
	inner, field, ok := strings.Cut(strings.TrimPrefix(path, "items["), "].")
	n, err := strconv.Atoi(inner)
	if !ok || err != nil || n >= len(rows) {
		return path
	}
	return "row " + strconv.Itoa(rows[n].line) + " " + field
}
