package importer

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/sheet"
)

// remember keeps the settings of an import for files with the same headers. name "" keeps the name there is, or takes the file's.
func (s *Service) remember(ctx context.Context, q db.Q, m Import, headers []string, name string) error {
	now := s.now()
	set := m.Settings
	if name == "" {
		_, err := findMapping(ctx, q, m.Target, headersDigest(headers))
		if db.IsNoRows(err) {
			name = strings.TrimSuffix(m.FileName, filepath.Ext(m.FileName))
		} else if err != nil {
			return err
		}
	}
	return saveMapping(ctx, q, Mapping{ID: id.New(now), Target: m.Target, Name: name, Settings: set, UserID: m.CreatedBy, UsedAt: now}, headersDigest(headers))
}

// Mappings lists what is remembered, most recently used first. target "" means all.
func (s *Service) Mappings(ctx context.Context, target string) ([]Mapping, error) {
	if _, err := authz.Require(ctx, authz.ImportRun); err != nil {
		return nil, err
	}
	return listMappings(ctx, s.db.Read(), target)
}

// maxProfileName bounds the name of a saved mapping, in bytes.
const maxProfileName = 120

// SaveMapping gives the settings of an import a name, under which the command line and the wizard find them again.
func (s *Service) SaveMapping(ctx context.Context, importID int64, name string) (Mapping, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Mapping{}, err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Mapping{}, err
	}
	name = strings.TrimSpace(name)
	var v errs.Validation
	v.Check(name != "", "name", "field.required")
	v.Check(len(name) <= maxProfileName, "name", "field.too_long", "max", maxProfileName)
	if err := v.Err(); err != nil {
		return Mapping{}, err
	}
	header, err := s.header(ctx, m)
	if err != nil {
		return Mapping{}, err
	}
	var out Mapping
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := s.remember(ctx, q, m, header, name); err != nil {
			return err
		}
		if out, err = findMapping(ctx, q, m.Target, headersDigest(header)); err != nil {
			return err
		}
		return s.auditMapping(ctx, q, out, "import_mapping.save")
	})
	return out, err
}

// header gives the columns of an import's file.
func (s *Service) header(ctx context.Context, m Import) ([]string, error) {
	opt, err := m.Settings.sheetOptions()
	if err != nil {
		return nil, err
	}
	f, content, err := s.files.Open(ctx, m.FileID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }()
	rd, err := sheet.Open(content, f.Size, m.FileName, opt)
	if err != nil {
		return nil, err
	}
	return rd.Header(), rd.Close()
}

// DeleteMapping forgets a saved mapping: one's own, or anybody's for those who may take imports back. Error not_found.
func (s *Service) DeleteMapping(ctx context.Context, mappingID int64) error {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		m, err := loadMapping(ctx, q, mappingID)
		if err != nil {
			return err
		}
		if m.UserID != actor.UserID && actor.Grants[authz.ImportRevert] != authz.ReachAll {
			return db.ErrNoRows
		}
		if err := deleteMapping(ctx, q, mappingID); err != nil {
			return err
		}
		return s.auditMapping(ctx, q, m, "import_mapping.delete")
	})
}

func (s *Service) auditMapping(ctx context.Context, q db.Q, m Mapping, action string) error {
	return audit.Write(ctx, q, s.now(), audit.Entry{
		Action: action, Entity: "import_mapping", EntityID: id.String(m.ID), Detail: map[string]any{"target": m.Target, "name": m.Name, "options": m.Settings},
	})
}

// fields gives what the columns of a target can mean, the company's own fields last. Error importer.unknown_target.
func (s *Service) fields(ctx context.Context, text string) ([]field, error) {
	if _, err := authz.Require(ctx, authz.ImportRun); err != nil {
		return nil, err
	}
	kinds, err := s.facts.Kinds(ctx)
	if err != nil {
		return nil, err
	}
	target, ok := ParseTarget(text, kinds)
	if !ok {
		return nil, errs.New(errs.Invalid, "importer.unknown_target", "target", text)
	}
	w, err := s.words(ctx, target)
	return append(slices.Clone(fieldsOf(target)), w.custom()...), err
}
