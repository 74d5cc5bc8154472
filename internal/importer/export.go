package importer

import (
	"context"
	"io"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/sheet"
)

// FailedRows writes the lines that did not pass as CSV: the original columns, the line of the file, and what is wrong in a language. All
// lines are there, also those that the table does not keep: they are found again in the stored file. What a person
// corrects in it can be imported as it is, since the two further columns are left out by the mapping.
func (s *Service) FailedRows(ctx context.Context, importID int64, lang string, w io.Writer) error {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return err
	}
	src, err := s.open(ctx, m)
	if err != nil {
		return err
	}
	defer src.close()
	out := failedWriter{s: s, lang: lang, target: m.Target, csv: sheet.NewCSVWriter(w, sheet.CSVOptions{})}
	if err := out.header(src.sheet.Header()); err != nil {
		return err
	}
	if m.Counts.Refused <= refusedKept && m.Counts.SetAside <= setAsideKept {
		err = s.keptLines(ctx, importID, out.row)
	} else {
		err = s.failedAgain(ctx, m, src, out.row)
	}
	if err != nil {
		return err
	}
	return out.csv.Close()
}

// keptLines hands out the kept lines that did not pass.
func (s *Service) keptLines(ctx context.Context, importID int64, fn func(Line) error) error {
	cursor := ""
	for {
		lines, next, err := listLines(ctx, s.db.Read(), importID, "", cursor, 200)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if l.Outcome != outcomeRefused && l.Outcome != outcomeSetAside {
				continue
			}
			if err := fn(l); err != nil {
				return err
			}
		}
		if cursor = next; next == "" {
			return nil
		}
	}
}

// failedAgain reads the whole file once more. Lines the database refused for what another line did are taken from the kept ones.
func (s *Service) failedAgain(ctx context.Context, m Import, src *opened, fn func(Line) error) error {
	w := s.writer(ctx, m, src, newTally())
	if w.facts != nil && m.State == Done {
		w.facts.create = false // those that could be created have been
	}
	return src.reader.each(ctx, func(c *chunk) error {
		if w.facts != nil {
			if err := w.foresee(ctx, c); err != nil {
				return err
			}
		}
		kept, err := keptBetween(ctx, s.db.Read(), m.ID, c)
		if err != nil {
			return err
		}
		for i := range c.lines {
			l := &c.lines[i]
			row := Line{Line: l.no, Outcome: l.outcome, Cells: l.cells, Problems: l.problems}
			if k, ok := kept[l.no]; ok {
				row = k
			}
			if row.Outcome != outcomeRefused && row.Outcome != outcomeSetAside {
				continue
			}
			if err := fn(row); err != nil {
				return err
			}
		}
		return nil
	})
}

type failedWriter struct {
	s      *Service
	lang   string
	target string
	csv    *sheet.CSVWriter
	cells  []sheet.Cell
	width  int
}

// The headers of the two columns that a file with failed rows has beyond the original ones.
func failedHeaders(lang string) (line, problem string) {
	if strings.HasPrefix(lang, "en") {
		return "Line in file", "Problem"
	}
	return "原文件行号", "问题"
}

func isFailedHeader(name string) bool {
	for _, lang := range []string{"zh", "en"} {
		if line, problem := failedHeaders(lang); name == line || name == problem {
			return true
		}
	}
	return false
}

func (f *failedWriter) header(names []string) error {
	for _, n := range names {
		f.cells = append(f.cells, sheet.Text(n))
	}
	f.width = len(names)
	line, problem := failedHeaders(f.lang)
	return f.csv.WriteRow(append(f.cells, sheet.Text(line), sheet.Text(problem)))
}

func (f *failedWriter) row(l Line) error {
	f.cells = f.cells[:0]
	for i := range f.width { // a line may have too many cells; the problem says so, and the columns stay in place
		t := ""
		if i < len(l.Cells) {
			t = l.Cells[i]
		}
		f.cells = append(f.cells, sheet.Text(t))
	}
	f.cells = append(f.cells, sheet.Number(strconv.FormatInt(l.Line, 10)), sheet.Text(f.s.sentences(f.lang, f.target, l.Problems)))
	return f.csv.WriteRow(f.cells)
}

// sentences says what is wrong with a line, each problem with its column.
func (s *Service) sentences(lang, target string, problems []errs.Field) string {
	parts := make([]string, 0, len(problems))
	for _, p := range problems {
		text := s.say(lang, p.Code, p.Args)
		if label := columnLabel(lang, target, p); label != "" {
			text = label + ": " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

// columnLabel names the column of a problem: its header in the file, or the field.
func columnLabel(lang, target string, p errs.Field) string {
	if h, ok := p.Args["header"].(string); ok && h != "" {
		return h
	}
	for _, f := range fieldsOf(target) {
		if f.name == p.Path {
			return f.label(lang)
		}
	}
	return ""
}

// Template writes an empty table with the columns of a target, labelled in a language, and an example row. format is csv or xlsx.
// Errors: importer.unknown_target, importer.unknown_format.
func (s *Service) Template(ctx context.Context, target, format, lang string, w io.Writer) error {
	if _, err := authz.Require(ctx, authz.ImportRun); err != nil {
		return err
	}
	kinds, err := s.facts.Kinds(ctx)
	if err != nil {
		return err
	}
	target, ok := ParseTarget(target, kinds)
	if !ok {
		return errs.New(errs.Invalid, "importer.unknown_target", "target", target)
	}
	header, example, err := s.templateColumns(ctx, target, lang)
	if err != nil {
		return err
	}
	f := sheet.Format(format)
	if f != sheet.FormatCSV && f != sheet.FormatXLSX {
		return errs.New(errs.Invalid, "importer.unknown_format", "format", format)
	}
	return sheet.WriteTable(w, f, targetLabel(kinds, target, lang), func(out sheet.Writer) error {
		if err := out.WriteRow(header); err != nil {
			return err
		}
		return out.WriteRow(example)
	})
}

func (s *Service) templateColumns(ctx context.Context, target, lang string) (header, example []sheet.Cell, err error) {
	for _, f := range fieldsOf(target) {
		header = append(header, sheet.Text(f.label(lang)))
		example = append(example, sheet.Text(f.example))
	}
	if target != TargetCustomers {
		return header, example, nil
	}
	custom, err := s.customers.CustomFields(ctx)
	for _, f := range custom {
		if f.Archived {
			continue
		}
		label := f.LabelZH
		if strings.HasPrefix(lang, "en") {
			label = f.LabelEN
		}
		header, example = append(header, sheet.Text(label)), append(example, sheet.Text(""))
	}
	return header, example, err
}

// targetLabel gives the name of a target in a language.
func targetLabel(kinds []fact.Kind, target, lang string) string {
	for _, k := range kinds {
		if k.Kind == target {
			return k.Label(lang)
		}
	}
	if strings.HasPrefix(lang, "en") {
		return "Customers"
	}
	return "客户"
}
