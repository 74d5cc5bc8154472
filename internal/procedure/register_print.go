package procedure

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/paper"
)

// Bounds of a printed register.
const (
	maxRegisterDays  = 92
	maxRegisterLines = 2000
)

// PrintedRegister gives the lines of some days as a list to be printed or opened as a workbook, in the order of their entry. Needs
// register.export and procedure.read; the lines are those that Lines gives. Errors: those of Lines, register.days, register.too_long.
func (s *Service) PrintedRegister(ctx context.Context, f RegisterFilter, lang paper.Lang) (*paper.Document, error) {
	if _, err := authz.Require(ctx, authz.RegisterExport); err != nil {
		return nil, err
	}
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, err
	}
	if f.From == calendar.None || f.To < f.From || int(f.To-f.From) >= maxRegisterDays {
		return nil, errs.New(errs.Invalid, "register.days", "max", maxRegisterDays)
	}
	f.Cursor, f.Limit = "", 200
	var r KeptRegister
	var list []Line
	var house flow.Text
	// Reading thousands of lines holds up nobody who writes; only the entry of the audit is written.
	err = s.db.InRead(ctx, func(q db.Q) error {
		if r, err = s.register(ctx, q, actor, f.Rulebook, f.Procedure); err != nil {
			return err
		}
		if list, err = s.allLines(ctx, q, actor, &r, f); err != nil {
			return err
		}
		_, house, err = unitNames(ctx, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	doc := s.registerDocument(&r, list, f, house, lang)
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "register.export", Entity: "case", Detail: map[string]any{
			"rulebook": f.Rulebook, "procedure": f.Procedure, "from": f.From.String(), "to": f.To.String(), "lines": len(list),
		}})
	})
	if err != nil {
		return nil, err
	}
	return doc, nil
}

// allLines gives the lines of every page, in the order of their entry. Error: register.too_long.
func (s *Service) allLines(ctx context.Context, q db.Q, actor authz.Actor, r *KeptRegister, f RegisterFilter) ([]Line, error) {
	var list []Line
	for {
		page, next, err := s.lines(ctx, q, actor, r, f)
		if err != nil {
			return nil, err
		}
		if list = append(list, page...); len(list) > maxRegisterLines {
			return nil, errs.New(errs.TooLarge, "register.too_long", "max", maxRegisterLines)
		}
		if f.Cursor = next; next == "" {
			slices.Reverse(list)
			return list, nil
		}
	}
}

func (s *Service) registerDocument(r *KeptRegister, list []Line, f RegisterFilter, house flow.Text, lang paper.Lang) *paper.Document {
	p := &printer{s: s, lang: lang}
	day := f.From.String()
	if f.To != f.From {
		day += p.word(" 至 ", " to ") + f.To.String()
	}
	form := r.Definition.FormOf(flow.StartForm)
	var fields []flow.Field
	for i := range form.Fields {
		if inRegister(&form.Fields[i]) {
			fields = append(fields, form.Fields[i])
		}
	}
	d := &paper.Document{
		Lang: lang, Title: cmp.Or(p.of(form.Title), p.of(r.Definition.Title)), Organisation: p.of(house), Landscape: true, FormCode: form.Key, FormVersion: r.Edition.Version,
		Created: s.now().In(s.loc), Head: []paper.Field{{Label: p.word("日期", "Day"), Value: day}, {Label: p.word("登记", "Lines"), Value: strconv.Itoa(len(list))}},
	}
	for i := range fields {
		if total, ok := totalOf(&fields[i], list); ok {
			d.Head = append(d.Head, paper.Field{Label: p.label(&fields[i]) + p.word("合计", ", total"), Value: total})
		}
	}
	d.Body = []paper.Block{p.registerTable(r, fields, list, f.From != f.To), paper.Signoffs{Columns: 2, Boxes: []paper.Signoff{{Post: p.word("值班人", "On duty")}}}}
	return d
}

// totalOf adds up a column of whole numbers; false for any other column.
func totalOf(f *flow.Field, list []Line) (string, bool) {
	if f.Type != flow.FieldNumber {
		return "", false
	}
	var sum int64
	for i := range list {
		text, _, _ := strings.Cut(list[i].Values[f.Key].Zh, " ")
		if text == "" {
			continue
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return "", false
		}
		sum += n
	}
	return strconv.FormatInt(sum, 10), true
}

func (p *printer) registerTable(r *KeptRegister, fields []flow.Field, list []Line, days bool) paper.Table {
	customers := slices.ContainsFunc(list, func(l Line) bool { return l.Case.CustomerID != 0 })
	leaves := r.Definition.Register.Left != ""
	t := paper.Table{Columns: []paper.Column{{Title: p.word("编号", "Number")}, {Title: p.word("时间", "Time"), Kind: paper.Date}}}
	for i := range fields {
		kind := paper.Written
		if fields[i].Type == flow.FieldNumber {
			kind = paper.Number
		}
		t.Columns = append(t.Columns, paper.Column{Title: p.label(&fields[i]), Kind: kind})
	}
	if customers {
		t.Columns = append(t.Columns, paper.Column{Title: p.word("客户编号", "Customer")})
	}
	if leaves {
		t.Columns = append(t.Columns, paper.Column{Title: p.word("离开", "Left"), Kind: paper.Date})
	}
	for i := range list {
		l := &list[i]
		at := p.s.local(clock.Micros(l.Case.ReceivedAt))
		if _, hour, ok := strings.Cut(at, " "); ok && !days {
			at = hour
		}
		cells := []string{l.Case.Number, at}
		for j := range fields {
			cells = append(cells, p.of(l.Values[fields[j].Key]))
		}
		if customers {
			cells = append(cells, l.Case.CustomerCode)
		}
		if leaves {
			cells = append(cells, l.Left)
		}
		t.Rows = append(t.Rows, paper.Row{Cells: cells})
	}
	return t
}
