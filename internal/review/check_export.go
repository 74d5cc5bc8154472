package review

import (
	"bytes"
	"context"
	"io"
	"strconv"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/paper"
	"kezhi/internal/rule"
	"kezhi/internal/sheet"
)

// checkColumns are the headers of a spot check for people.
var checkColumns = []rule.Text{
	{Zh: "序号", En: "No."},
	{Zh: "客户编号", En: "Customer code"},
	{Zh: "客户名称", En: "Customer name"},
	{Zh: "负责人", En: "Owner"},
	{Zh: "抽样时等级", En: "Grade when drawn"},
	{Zh: "结果", En: "Result"},
	{Zh: "发现的问题", En: "Finding"},
	{Zh: "整改要求", En: "Correction"},
	{Zh: "整改期限", En: "Due on"},
	{Zh: "整改情况", En: "What was done"},
}

var checkKinds = []paper.Column{
	{Kind: paper.Choice, Width: 0.7},
	{Width: 1.4},
	{Width: 2.4},
	{Width: 1.2},
	{Kind: paper.Choice, Width: 1},
	{Kind: paper.Choice, Width: 1},
	{Width: 2.6},
	{Width: 2.6},
	{Kind: paper.Date, Width: 1.3},
	{Width: 2.4},
}

var checkWords = map[string]rule.Text{
	CheckOpen: {Zh: "未查", En: "open"}, CheckFine: {Zh: "无问题", En: "fine"}, CheckFinding: {Zh: "待整改", En: "finding"}, CheckCorrected: {Zh: "已整改", En: "corrected"},
}

// CheckTable prepares a spot check for people, as xlsx, csv or a form to be signed (pdf) in a language (zh, en). write gives it out. Needs
// grading.read and customer.export; the narrower reach of both holds, and the export is audited.
func (s *Service) CheckTable(ctx context.Context, checkID int64, format, lang string) (write func(io.Writer) error, name string, err error) {
	actor, err := authz.Require(ctx, authz.CustomerExport)
	if err != nil {
		return nil, "", err
	}
	c, err := s.Check(ctx, checkID)
	if err != nil {
		return nil, "", err
	}
	scope := actor.Scope(authz.GradingRead)
	if actor.Grants[authz.CustomerExport] < actor.Grants[authz.GradingRead] {
		scope = actor.Scope(authz.CustomerExport)
	}
	items, err := checkItems(ctx, s.db.Read(), checkID, 0, scope)
	if err != nil {
		return nil, "", err
	}
	in, err := s.books.InForce(authz.With(ctx, authz.System("review")), s.db.Read(), c.Rulebook, s.Today())
	if err != nil {
		return nil, "", err
	}
	in, _ = in.For(c.Scheme)
	t := checkTable{words: words{paper.Lang(lang)}, check: &c, items: items, book: in.Book.Title(), grades: map[string]rule.Text{}}
	for _, l := range in.Scheme.Labels {
		t.grades[l.Code] = l.Title
	}
	var out bytes.Buffer // at most maxSample customers
	if err := s.writeCheck(ctx, &out, format, &t); err != nil {
		return nil, "", err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "spot_check.export", Entity: "spot_check", EntityID: id.String(checkID), Detail: map[string]any{"format": format}})
	})
	day := calendar.FromTime(clock.FromMicros(c.CreatedAt), s.loc).String()
	return func(w io.Writer) error { _, err := out.WriteTo(w); return err }, t.word("抽查结果表", "Spot check") + "-" + day + "." + format, err
}

// checkTable is a spot check that is written out.
type checkTable struct {
	words
	check  *Check
	items  []CheckItem
	book   rule.Text
	grades map[string]rule.Text
}

func (s *Service) writeCheck(ctx context.Context, w io.Writer, format string, t *checkTable) error {
	if format == "pdf" {
		d, err := s.checkDocument(ctx, t)
		if err != nil {
			return err
		}
		return d.PDF(w)
	}
	return sheet.WriteTable(w, sheet.Format(format), t.word("抽查结果表", "Spot check"), t.write)
}

func (t *checkTable) write(out sheet.Writer) error {
	head := make([]sheet.Cell, len(checkColumns))
	for i, h := range checkColumns {
		head[i] = sheet.Text(t.of(h))
	}
	if err := out.WriteRow(head); err != nil {
		return err
	}
	for i := range t.items {
		if err := out.WriteRow(t.row(&t.items[i])); err != nil {
			return err
		}
	}
	return nil
}

func (t *checkTable) row(i *CheckItem) []sheet.Cell {
	return []sheet.Cell{
		sheet.Number(strconv.Itoa(i.Place)), sheet.Text(i.Code), sheet.Text(i.Name), sheet.Text(i.OwnerName), sheet.Text(t.of(t.grades[i.Grade])), sheet.Text(t.of(checkWords[i.State])),
		sheet.Text(i.Finding), sheet.Text(i.Correction), sheet.Date(i.DueOn.String()), sheet.Text(i.DoneNote),
	}
}

// checkDocument is the record of a spot check as a form to be signed.
func (s *Service) checkDocument(ctx context.Context, t *checkTable) (*paper.Document, error) {
	house, err := houseOf(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	c := t.check
	day := calendar.FromTime(clock.FromMicros(c.CreatedAt), s.loc).String()
	grade := t.of(t.grades[c.Grade])
	if c.Grade == "" {
		grade = t.word("全部", "all")
	}
	table := paper.Table{Columns: make([]paper.Column, len(checkColumns))}
	for i, h := range checkColumns {
		table.Columns[i] = checkKinds[i]
		table.Columns[i].Title = t.of(h)
	}
	counts := map[string]int{}
	for i := range t.items {
		row := paper.Row{}
		for _, cell := range t.row(&t.items[i]) {
			row.Cells = append(row.Cells, cell.Text)
		}
		table.Rows = append(table.Rows, row)
		counts[t.items[i].State]++
	}
	result := ""
	for _, state := range []string{CheckFine, CheckFinding, CheckCorrected, CheckOpen} {
		if result != "" {
			result += t.word("，", ", ")
		}
		result += t.of(checkWords[state]) + " " + strconv.Itoa(counts[state])
	}
	return &paper.Document{
		Lang: t.lang, Landscape: true, Title: t.word("抽查结果表", "Spot check"), Organisation: t.of(rule.Text{Zh: house.NameZh, En: house.NameEn}),
		Number: "CC-" + id.String(c.ID), FormCode: c.Rulebook, Created: s.now().In(s.loc),
		Head: []paper.Field{{Label: t.word("抽查日期", "Drawn on"), Value: day}, {Label: t.word("抽查人", "By"), Value: c.ByName}},
		Body: []paper.Block{
			paper.Grid{Fields: []paper.Field{
				{Label: t.word("制度", "Rulebook"), Value: t.of(t.book)},
				{Label: t.word("等级", "Grade"), Value: grade},
				{Label: t.word("样本 / 总体", "Sample of"), Value: strconv.Itoa(c.Size) + " / " + strconv.FormatInt(c.Population, 10)},
				{Label: t.word("随机种子", "Seed"), Value: strconv.FormatInt(c.Seed, 10)},
				{Label: t.word("结果", "Result"), Value: result, Wide: true},
				{Label: t.word("备注", "Note"), Value: c.Note, Wide: true},
			}},
			table,
			paper.Signoffs{Columns: 2, Boxes: []paper.Signoff{{Post: t.word("抽查人", "Checked by")}, {Post: t.word("审阅", "Read by"), Seal: true}}},
		},
	}, nil
}
