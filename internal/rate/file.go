package rate

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// columns maps what a header may say to the column it means.
var columns = map[string]string{
	"currency": "currency", "币种": "currency", "外币": "currency", "from": "from", "day": "from", "date": "from", "日期": "from", "起始日": "from",
	"rate": "rate", "汇率": "rate", "中间价": "rate", "home": "home", "本币": "home", "折算成": "home",
}

// SetFile sets the rates of a sheet (CSV or XLSX) with the columns currency, day, rate and, where wanted, home; home is what counts
// for rows that name none. One wrong row and nothing is written; fields are named by row. Needs rate.manage. Errors: those of
// Set, sheet.*, rate.columns.
func (s *Service) SetFile(ctx context.Context, path, home string) (Outcome, error) {
	if _, err := authz.Require(ctx, authz.RateManage); err != nil {
		return Outcome{}, err
	}
	list, lines, err := readFile(path, home)
	if err != nil {
		return Outcome{}, err
	}
	out, err := s.Set(ctx, list)
	if e, ok := errs.As(err); ok {
		for i := range e.Fields {
			e.Fields[i].Path = byLine(e.Fields[i].Path, lines)
		}
	}
	return out, err
}

func readFile(path, home string) (list []Input, lines []int, err error) {
	r, err := sheet.OpenFile(path, sheet.Options{})
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = r.Close() }()
	at := map[string]int{}
	for i, h := range r.Header() {
		if name := columns[strings.ToLower(strings.TrimSpace(h))]; name != "" {
			at[name] = i
		}
	}
	for _, need := range []string{"currency", "from", "rate"} {
		if _, ok := at[need]; !ok {
			return nil, nil, errs.New(errs.Invalid, "rate.columns", "column", need, "columns", strings.Join(r.Header(), ", "))
		}
	}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return list, lines, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if len(list) == MaxAtOnce {
			return nil, nil, errs.New(errs.TooLarge, "rate.too_many", "max", MaxAtOnce)
		}
		one, err := inputOf(row, at, home)
		if err != nil {
			return nil, nil, err
		}
		list, lines = append(list, one), append(lines, row.Line)
	}
}

func inputOf(row sheet.Row, at map[string]int, home string) (Input, error) {
	cell := func(name string) string {
		if i, ok := at[name]; ok && i < len(row.Cells) {
			return strings.TrimSpace(row.Cells[i])
		}
		return ""
	}
	in := Input{Home: cell("home"), Currency: cell("currency"), Rate: cell("rate")}
	if in.Home == "" {
		in.Home = home
	}
	on, err := sheet.ParseDate(cell("from"), sheet.DateOptions{})
	if err != nil {
		var v errs.Validation
		v.Check(false, "row "+strconv.Itoa(row.Line)+" from", "field.not_a_date", "value", cell("from"))
		return in, v.Err()
	}
	in.From = on
	return in, nil
}

// byLine turns items[3].rate into the line of the sheet it came from.
func byLine(path string, lines []int) string {
	inner, field, ok := strings.Cut(strings.TrimPrefix(path, "items["), "].")
	n, err := strconv.Atoi(inner)
	if !ok || err != nil || n >= len(lines) {
		return path
	}
	return "row " + strconv.Itoa(lines[n]) + " " + field
}
