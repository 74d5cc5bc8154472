package importer

import (
	"context"
	"errors"
	"io"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/sheet"
)

// opened is the file of an import, ready to be read with its settings.
type opened struct {
	file   *files.Content
	sheet  *sheet.Reader
	plan   plan
	reader *reader
}

func (o *opened) close() {
	_ = o.sheet.Close() // only read from
	_ = o.file.Close()
}

// open opens the stored file of an import with its settings and corrections. Errors are about the file (sheet.*), its storage (file.*),
// or the settings (invalid_input).
func (s *Service) open(ctx context.Context, m Import) (*opened, error) {
	opt, err := m.Settings.sheetOptions()
	if err != nil {
		return nil, err
	}
	_, content, err := s.files.Open(ctx, m.FileID)
	if err != nil {
		return nil, err
	}
	rd, err := sheet.Open(content, content.Size(), m.FileName, opt)
	if err != nil {
		_ = content.Close()
		return nil, err
	}
	out := &opened{file: content, sheet: rd}
	if err := s.prepare(ctx, out, m); err != nil {
		out.close()
		return nil, err
	}
	return out, nil
}

// prepare makes the plan and the parser.
func (s *Service) prepare(ctx context.Context, out *opened, m Import) error {
	fixes, err := loadFixes(ctx, s.db.Read(), m.ID)
	if err != nil {
		return err
	}
	kind, err := s.kindOf(ctx, m.Target)
	if err != nil {
		return err
	}
	w, err := s.words(ctx, m.Target)
	if err != nil {
		return err
	}
	if out.plan, err = makePlan(m.Target, m.Settings.Mapping, out.sheet.Header(), kind.HasAmount); err != nil {
		return err
	}
	excel := out.sheet.Format() == sheet.FormatXLSX
	out.reader = &reader{in: out.sheet, together: -1, fixes: fixes}
	if m.Target != TargetCustomers {
		out.reader.parser = newFactParser(out.plan, kind, m.Settings, s.zone, excel)
		out.reader.together = out.plan.source(fDocument).column
		return nil
	}
	out.reader.parser = newCustomerParser(out.plan, m.Settings, w, excel)
	out.reader.size = customerChunk
	return nil
}

// kindOf gives the kind of fact of a target; for customers a kind without an amount. Error importer.unknown_target.
func (s *Service) kindOf(ctx context.Context, target string) (fact.Kind, error) {
	if target == TargetCustomers {
		return fact.Kind{}, nil
	}
	kinds, err := s.facts.Kinds(ctx)
	if err != nil {
		return fact.Kind{}, err
	}
	for _, k := range kinds {
		if k.Kind == target {
			return k, nil
		}
	}
	return fact.Kind{}, errs.New(errs.Invalid, "importer.unknown_target", "target", target)
}

// words gives the company's own words; facts need none.
func (s *Service) words(ctx context.Context, target string) (words, error) {
	var w words
	if target != TargetCustomers {
		return w, nil
	}
	w.assign = scopeOf(ctx, authz.CustomerAssign)
	var err error
	if w.kinds, err = s.customers.Kinds(ctx); err != nil {
		return w, err
	}
	if w.fields, err = s.customers.CustomFields(ctx); err != nil {
		return w, err
	}
	w.people, err = s.users.Colleagues(ctx)
	return w, err
}

// previewRows is how many rows a person sees before importing.
const previewRows = 50

// Preview is what a file looks like before it is imported.
type Preview struct {
	Format   string
	Encoding string
	Sheets   []string
	Header   []string
	Rows     [][]string        // the first ones, at most 50
	Mapping  map[string]string // the import's own, and a guess for the fields it does not name
	Warnings []errs.Field
	// Read is what the rows were understood as, in the same order; nil while the mapping is not complete.
	Read []PreviewLine
	// Before is the newest finished import of the same content and target, nil when there is none.
	Before *Import
}

// Preview reads the beginning of an import's file. Errors: not_found, sheet.*.
func (s *Service) Preview(ctx context.Context, importID int64) (Preview, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Preview{}, err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Preview{}, err
	}
	_, content, err := s.files.Open(ctx, m.FileID)
	if err != nil {
		return Preview{}, err
	}
	defer func() { _ = content.Close() }()
	w, err := s.words(ctx, m.Target)
	if err != nil {
		return Preview{}, err
	}
	p, err := look(content, content.Size(), m.FileName, m.Target, m.Settings, w.custom())
	if err != nil {
		return p, err
	}
	p.Read = s.understood(ctx, m, p.Rows)
	before, err := sameFile(ctx, s.db.Read(), m)
	if err == nil {
		p.Before = &before
	} else if !db.IsNoRows(err) {
		return p, err
	}
	return p, nil
}

// look reads the beginning of a file with the settings as they are.
func look(content io.ReaderAt, size int64, name, target string, set Settings, custom []field) (Preview, error) {
	var p Preview
	opt, err := set.sheetOptions()
	if err != nil {
		return p, err
	}
	rd, err := sheet.Open(content, size, name, opt)
	if err != nil {
		return p, err
	}
	defer func() { _ = rd.Close() }()
	p.Format, p.Sheets, p.Header = string(rd.Format()), rd.Sheets(), rd.Header()
	p.Mapping = complete(target, set.Mapping, p.Header, custom)
	for len(p.Rows) < previewRows {
		row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !sheet.IsRowError(err) {
			return p, err
		}
		if err != nil {
			w := problemOf("", err)
			p.Warnings = append(p.Warnings, w)
		}
		p.Rows = append(p.Rows, append([]string(nil), row.Cells...))
	}
	p.Encoding = string(rd.Encoding())
	for _, w := range rd.Warnings() {
		p.Warnings = append(p.Warnings, errs.Field{Code: w.Code, Args: w.Args})
	}
	return p, nil
}

// zoneOr gives the zone, or Asia/Shanghai's offset when none was configured.
func zoneOr(loc *time.Location) *time.Location {
	if loc == nil {
		return time.FixedZone("Asia/Shanghai", 8*3600)
	}
	return loc
}
