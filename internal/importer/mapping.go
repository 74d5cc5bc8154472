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
)

// remember keeps the settings of an import for files with the same headers; it is called like the file it was used for last.
func (s *Service) remember(ctx context.Context, q db.Q, m Import, headers []string) error {
	now := s.now()
	name := strings.TrimSuffix(m.FileName, filepath.Ext(m.FileName))
	return saveMapping(ctx, q, Mapping{ID: id.New(now), Target: m.Target, Name: name, Settings: m.Settings, UserID: m.CreatedBy, UsedAt: now}, headersDigest(headers))
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

// profileName checks the name of a saved mapping.
func profileName(name string) (string, error) {
	name = strings.TrimSpace(name)
	var v errs.Validation
	v.Check(name != "", "name", "field.required")
	v.Check(len(name) <= maxProfileName, "name", "field.too_long", "max", maxProfileName)
	return name, v.Err()
}

// SaveMapping saves the settings of an import under a name, by which the command line and the wizard find them again. A name of one's own
// is written over; somebody else's is not. Error importer.profile_taken.
func (s *Service) SaveMapping(ctx context.Context, importID int64, name string) (Mapping, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Mapping{}, err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Mapping{}, err
	}
	if name, err = profileName(name); err != nil {
		return Mapping{}, err
	}
	var out Mapping
	err = s.db.InTx(ctx, func(q db.Q) error {
		old, err := namedMapping(ctx, q, m.Target, name)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		if err == nil && !old.ownedBy(actor) {
			return errs.New(errs.Conflict, "importer.profile_taken", "profile", name)
		}
		now := s.now()
		p := Mapping{ID: id.New(now), Target: m.Target, Name: name, Settings: m.Settings, UserID: actor.UserID, UsedAt: now}
		if err := saveMapping(ctx, q, p, namedKey(name)); err != nil {
			return err
		}
		if out, err = findMapping(ctx, q, m.Target, namedKey(name)); err != nil {
			return err
		}
		return s.auditMapping(ctx, q, out, "import_mapping.save")
	})
	return out, err
}

// ownedBy says whether the actor may change or forget a mapping: one's own, or anybody's for those who may take imports back.
func (m Mapping) ownedBy(actor authz.Actor) bool {
	return m.UserID == actor.UserID || actor.Grants[authz.ImportRevert] == authz.ReachAll
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
		if !m.ownedBy(actor) {
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
