package customer

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/codes"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// exportPage is how many customers an export reads at a time.
const exportPage = 500

// exportColumn is a column that may be exported: its titles, and its cell.
type exportColumn struct {
	zh, en string
	cell   func(it *Item, zh bool) sheet.Cell
}

func textColumn(zh, en string, get func(it *Item) string) exportColumn {
	return exportColumn{zh, en, func(it *Item, _ bool) sheet.Cell { return sheet.Text(get(it)) }}
}

// exportColumns is the allow-list. Identity numbers are not in it.
var exportColumns = map[string]exportColumn{
	"code":         textColumn("客户编号", "Code", func(it *Item) string { return it.Code }),
	"name":         textColumn("客户名称", "Name", func(it *Item) string { return it.Name }),
	"name_en":      textColumn("英文名称", "English name", func(it *Item) string { return it.NameEN }),
	"former_names": textColumn("曾用名", "Former names", func(it *Item) string { return strings.Join(it.FormerNames, "; ") }),
	"party": {"主体", "Party", func(it *Item, zh bool) sheet.Cell {
		return sheet.Text(word(zh, map[string][2]string{PartyOrg: {"单位", "Organisation"}, PartyPerson: {"个人", "Person"}}, it.Party))
	}},
	"kind": textColumn("客户类型", "Kind", func(it *Item) string { return it.Kind }),
	"status": {"状态", "Status", func(it *Item, zh bool) sheet.Cell {
		return sheet.Text(word(zh, map[string][2]string{
			StatusProspect: {"潜在", "Prospect"}, StatusActive: {"活跃", "Active"}, StatusDormant: {"休眠", "Dormant"}, StatusLost: {"流失", "Lost"},
		}, it.Status))
	}},
	"region": {"地区", "Region", func(it *Item, zh bool) sheet.Cell {
		if zh {
			return sheet.Text(codes.DivisionLabel(it.Region))
		}
		return sheet.Text(codes.DivisionEnglish(it.Region))
	}},
	"region_code": textColumn("地区代码", "Region code", func(it *Item) string { return it.Region }),
	"address":     textColumn("地址", "Address", func(it *Item) string { return it.Address }),
	"industry": {"行业", "Industry", func(it *Item, zh bool) sheet.Cell {
		return sheet.Text(industryLabel(it.Industry, zh))
	}},
	"industry_code": textColumn("行业代码", "Industry code", func(it *Item) string { return it.Industry }),
	"owner":         textColumn("负责人", "Owner", func(it *Item) string { return it.OwnerName }),
	"tags":          textColumn("标签", "Tags", func(it *Item) string { return strings.Join(it.Tags, "; ") }),
	"phone":         textColumn("电话", "Phone", func(it *Item) string { return it.Phone }),
	"contact":       textColumn("主要联系人", "Primary contact", func(it *Item) string { return it.Contact }),
	"since":         {"合作起始日", "Since", func(it *Item, _ bool) sheet.Cell { return sheet.Date(dateText(it.Since)) }},
	"note":          textColumn("备注", "Note", func(it *Item) string { return it.Note }),
}

// defaultColumns are exported when nothing is asked for.
var defaultColumns = []string{"code", "name", "kind", "status", "region", "industry", "owner", "grades", "phone", "contact", "tags", "since"}

func word(zh bool, words map[string][2]string, code string) string {
	w, ok := words[code]
	switch {
	case !ok:
		return code
	case zh:
		return w[0]
	}
	return w[1]
}

// ExportInput says what to export.
type ExportInput struct {
	Selection Selection // IDs or a query; neither means all
	Columns   []string  // names of exportColumns, created, updated, custom.<name>, grade.<scheme>, and grades for all schemes; none = the usual ones
	Chinese   bool      // titles and words in Chinese, else in English
}

// Export is a checked export, ready to be written.
type Export struct {
	s       *Service
	actor   authz.Actor
	in      ExportInput
	titles  []sheet.Cell
	columns []exportColumn
}

// PrepareExport checks and audits an export before the first byte is sent. Errors: customer.column_unknown, and those of List.
func (s *Service) PrepareExport(ctx context.Context, in ExportInput) (*Export, error) {
	actor, err := authz.Require(ctx, authz.CustomerExport)
	if err != nil {
		return nil, err
	}
	if len(in.Columns) == 0 {
		in.Columns = defaultColumns
	}
	q := s.db.Read()
	e := &Export{s: s, actor: actor, in: in}
	if err := e.resolve(ctx, q); err != nil {
		return nil, err
	}
	plan, err := s.plan(ctx, q, actor, authz.CustomerExport, in.Selection.Query)
	if err != nil {
		return nil, err
	}
	n, err := plan.count(ctx, q, maxCount+1)
	if err != nil {
		return nil, err
	}
	if !in.Selection.All && len(in.Selection.IDs) > 0 {
		n = int64(len(in.Selection.IDs))
	}
	detail := map[string]any{"columns": in.Columns, "customers": n, "q": in.Selection.Query.Q, "filter": in.Selection.Query.Conditions}
	return e, s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "customer.export", Entity: "customer", Detail: detail})
	})
}

// resolve finds the columns asked for.
func (e *Export) resolve(ctx context.Context, q db.Q) error {
	book, err := loadBook(ctx, q)
	if err != nil {
		return err
	}
	names, err := kinds(ctx, q)
	if err != nil {
		return err
	}
	var schemes []GradeScheme
	if e.s.schemes != nil {
		if schemes, err = e.s.schemes(ctx); err != nil {
			return err
		}
	}
	for _, name := range withGrades(e.in.Columns, schemes) {
		col, ok := exportColumns[name]
		if custom, is := strings.CutPrefix(name, "custom."); is {
			col, ok = customColumn(book, custom)
		}
		if scheme, is := strings.CutPrefix(name, "grade."); is {
			col, ok = gradeColumn(schemes, scheme)
		}
		switch name {
		case "created":
			col, ok = e.momentColumn("创建日期", "Created", func(it *Item) int64 { return it.CreatedAt.UnixMicro() }), true
		case "updated":
			col, ok = e.momentColumn("更新日期", "Updated", func(it *Item) int64 { return it.UpdatedAt.UnixMicro() }), true
		case "kind":
			col.cell = kindCell(names)
		}
		if !ok {
			return errs.New(errs.Invalid, "customer.column_unknown", "column", shortText(name))
		}
		e.columns = append(e.columns, col)
		title := col.en
		if e.in.Chinese {
			title = col.zh
		}
		e.titles = append(e.titles, sheet.Text(title))
	}
	return nil
}

// withGrades puts a column for each scheme in the place of "grades".
func withGrades(columns []string, schemes []GradeScheme) []string {
	at := slices.Index(columns, "grades")
	if at < 0 {
		return columns
	}
	var each []string
	for _, s := range schemes {
		if name := "grade." + s.ID; !slices.Contains(columns, name) {
			each = append(each, name)
		}
	}
	return slices.Replace(slices.Clone(columns), at, at+1, each...)
}

// gradeColumn is the grade in one scheme, in words, under the title of the scheme.
func gradeColumn(schemes []GradeScheme, scheme string) (exportColumn, bool) {
	i := slices.IndexFunc(schemes, func(s GradeScheme) bool { return s.ID == scheme })
	if i < 0 {
		return exportColumn{}, false
	}
	words := schemes[i]
	return exportColumn{words.TitleZH, words.TitleEN, func(it *Item, zh bool) sheet.Cell {
		for _, g := range it.Grades {
			if g.Scheme == scheme {
				return sheet.Text(word(zh, words.Labels, g.Code))
			}
		}
		return sheet.Text("")
	}}, true
}

func customColumn(book fieldBook, name string) (exportColumn, bool) {
	f, ok := book[name]
	return exportColumn{f.LabelZH, f.LabelEN, func(it *Item, _ bool) sheet.Cell {
		switch value := it.Custom[name]; f.Type {
		case FieldNumber:
			return sheet.Number(value)
		case FieldDate:
			return sheet.Date(value)
		default:
			return sheet.Text(value)
		}
	}}, ok
}

func (e *Export) momentColumn(zh, en string, get func(it *Item) int64) exportColumn {
	return exportColumn{zh, en, func(it *Item, _ bool) sheet.Cell { return sheet.Date(dayOf(get(it), e.s.loc)) }}
}

func kindCell(list []Kind) func(it *Item, zh bool) sheet.Cell {
	words := map[string][2]string{}
	for _, k := range list {
		words[k.Kind] = [2]string{k.LabelZH, k.LabelEN}
	}
	return func(it *Item, zh bool) sheet.Cell { return sheet.Text(word(zh, words, it.Kind)) }
}

// Write writes the export as a table, guarded against formulas where it is text.
func (e *Export) Write(ctx context.Context, w io.Writer, format sheet.Format) error {
	name := "Customers"
	if e.in.Chinese {
		name = "客户"
	}
	return sheet.WriteTable(w, format, name, func(out sheet.Writer) error { return e.rows(ctx, out) })
}

func (e *Export) rows(ctx context.Context, out sheet.Writer) error {
	if err := out.WriteRow(e.titles); err != nil {
		return err
	}
	cells := make([]sheet.Cell, len(e.columns))
	return e.pages(ctx, func(items []Item) error {
		for i := range items {
			for k, col := range e.columns {
				cells[k] = col.cell(&items[i], e.in.Chinese)
			}
			if err := out.WriteRow(cells); err != nil {
				return err
			}
		}
		return nil
	})
}

// pages reads page by page and never holds more than one.
func (e *Export) pages(ctx context.Context, fn func([]Item) error) error {
	sel := e.in.Selection
	if sel.All || len(sel.IDs) == 0 {
		return e.query(ctx, sel.Query, fn)
	}
	ids := slices.Compact(slices.Sorted(slices.Values(sel.IDs)))
	for start := 0; start < len(ids); start += maxCondValues {
		part := ids[start:min(start+maxCondValues, len(ids))]
		values := make([]string, len(part))
		for i, n := range part {
			values[i] = strconv.FormatInt(n, 10)
		}
		byID := Query{Conditions: []Condition{{Field: "id", Op: "in", Values: values}, {Field: "archived", Op: "is", Values: []string{"all"}}}}
		if err := e.query(ctx, byID, fn); err != nil {
			return err
		}
	}
	return nil
}

func (e *Export) query(ctx context.Context, query Query, fn func([]Item) error) error {
	cursor := ""
	for {
		page, err := e.s.list(ctx, e.actor, authz.CustomerExport, query, cursor, exportPage)
		if err != nil {
			return err
		}
		if err := fn(page.Items); err != nil {
			return err
		}
		if cursor = page.Next; cursor == "" {
			return nil
		}
	}
}
