package grading

import (
	"context"
	"fmt"
	"io"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
	"kezhi/internal/sheet"
)

// Formats of a table for people.
const (
	FormatCSV  = "csv"
	FormatXLSX = "xlsx"
)

// heads are the headers of the table for people.
var heads = []rule.Text{
	{Zh: "客户编号", En: "Customer code"},
	{Zh: "客户名称", En: "Customer name"},
	{Zh: "地区", En: "Region"},
	{Zh: "负责人", En: "Owner"},
	{Zh: "评定", En: "Verdict"},
	{Zh: "得分", En: "Score"},
	{Zh: "原评定", En: "Before"},
	{Zh: "无评定的原因", En: "Why there is no verdict"},
	{Zh: "有效期至", En: "Expires on"},
	{Zh: "评定日期", En: "As of"},
}

// Table prepares a table for people of what a run found, with labels in a language (zh, en) instead of codes, those
// without a verdict included. write streams it. Needs grading.read and customer.export; the narrower scope of both applies,
// and the export is audited.
func (s *Service) Table(ctx context.Context, runID int64, format, lang string) (write func(io.Writer) error, name string, err error) {
	actor, err := authz.Require(ctx, authz.CustomerExport)
	if err != nil {
		return nil, "", err
	}
	run, scope, err := s.visibleRun(ctx, runID)
	if err != nil {
		return nil, "", err
	}
	if format != FormatCSV && format != FormatXLSX {
		return nil, "", errs.New(errs.Invalid, "grading.unknown_format", "format", format)
	}
	if actor.Grants[authz.CustomerExport] < actor.Grants[authz.GradingRead] {
		scope = actor.Scope(authz.CustomerExport)
	}
	in, err := s.books.Adopted(ctx, s.db.Read(), run.AdoptionID)
	if err != nil {
		return nil, "", err
	}
	in, _ = in.For(run.Scheme)
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "grading.export", Entity: "grading", EntityID: id.String(runID),
			Detail: map[string]any{"rulebook": run.Rulebook, "as_of": run.AsOf.String(), "format": format},
		})
	})
	name = fmt.Sprintf("%s-%s.%s", run.Rulebook, run.AsOf, format)
	return func(w io.Writer) error {
		return sheet.WriteTable(w, sheet.Format(format), in.Book.Title().In(lang), func(out sheet.Writer) error {
			return s.writeTable(ctx, out, table{run, scope, in, lang})
		})
	}, name, err
}

// table is what an export for people needs to know.
type table struct {
	run   Run
	scope authz.Scope
	in    rulebook.InForce
	lang  string
}

func (s *Service) writeTable(ctx context.Context, out sheet.Writer, t table) error {
	if err := out.WriteRow(headRow(t.lang)); err != nil {
		return err
	}
	labels := map[string]string{}
	for _, l := range t.in.Scheme.Labels {
		labels[l.Code] = l.Title.In(t.lang)
	}
	return eachFound(ctx, s.db.Read(), t.run, t.scope, func(f Found) error {
		reason := ""
		if f.Code == "" {
			reason = t.in.Program.ReasonText(f.Reason).In(t.lang)
		}
		return out.WriteRow([]sheet.Cell{
			sheet.Text(f.CustomerCode), sheet.Text(f.CustomerName), sheet.Text(f.Region), sheet.Text(f.OwnerName), sheet.Text(labels[f.Code]),
			sheet.Number(FormatScore(f.Score)), sheet.Text(labels[f.From]), sheet.Text(reason), sheet.Date(f.ExpiresOn.String()), sheet.Date(t.run.AsOf.String()),
		})
	})
}

func headRow(lang string) []sheet.Cell {
	row := make([]sheet.Cell, len(heads))
	for i, h := range heads {
		row[i] = sheet.Text(h.In(lang))
	}
	return row
}

// reasonText gives the sentences of the reasons in the words of the rulebook that judged a run.
func (s *Service) reasonText(ctx context.Context, runID int64) (func(reason string) rule.Text, error) {
	run, _, err := s.visibleRun(ctx, runID)
	if err != nil {
		return nil, err
	}
	in, err := s.books.Adopted(ctx, s.db.Read(), run.AdoptionID)
	if err != nil {
		return nil, err
	}
	in, _ = in.For(run.Scheme)
	return in.Program.ReasonText, nil
}
