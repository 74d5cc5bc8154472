package rulebook

import (
	"cmp"
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// Adopt puts a version into force from a day on, where no procedure decides on adoptions. It needs the role the rulebook names as
// adopter; where it names none, or one that is no role of this organisation, it needs rulebook.adopt. The system (the command line
// on the machine) may always. Errors: invalid_input, rulebook.unknown_version, rulebook.not_adopter, rulebook.by_case,
// rulebook.has_errors (the check finds errors, listed), rulebook.cases_failed, rulebook.bad_settings, rulebook.adopted_in_past.
func (s *Service) Adopt(ctx context.Context, in AdoptInput) (Adoption, error) {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return Adoption{}, err
	}
	if byCase, err := s.ByCase(ctx); err != nil || byCase && actor.UserID != 0 {
		return Adoption{}, cmp.Or(err, error(errs.New(errs.Conflict, "rulebook.by_case", "rulebook", in.Rulebook)))
	}
	return s.adoptDirectly(ctx, in)
}

// adoptDirectly is Adopt whatever decides on adoptions.
func (s *Service) adoptDirectly(ctx context.Context, in AdoptInput) (Adoption, error) {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return Adoption{}, err
	}
	if err := in.Validate(); err != nil {
		return Adoption{}, err
	}
	e, err := s.editionOrNewest(ctx, in.Rulebook, in.Version)
	if err != nil {
		return Adoption{}, err
	}
	if err := s.mayAdopt(ctx, s.db.Read(), e); err != nil {
		return Adoption{}, err
	}
	if err := s.ready(ctx, s.db.Read(), e, in.Settings); err != nil {
		return Adoption{}, err
	}
	a := Adoption{
		Rulebook: in.Rulebook, Version: e.Version.Version, Settings: in.Settings, EffectiveFrom: in.EffectiveFrom,
		EffectiveTo: calendar.None, Note: in.Note, AdoptedBy: actor.UserID,
	}
	if a.EffectiveFrom == calendar.None {
		a.EffectiveFrom = s.Today()
	}
	return a, s.db.InTx(ctx, func(q db.Q) error { return s.adopt(ctx, q, &a) })
}

// Return puts back what was in force before: the last adoption of the version given, or without one the last adoption that
// differs from the present one, with its settings, from today on. It was approved once, so the post that adopts puts it back without
// a case. Needs and errors as Adopt; rulebook.nothing_to_return_to.
func (s *Service) Return(ctx context.Context, rulebook, version, note string) (Adoption, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return Adoption{}, err
	}
	all, err := listAdoptions(ctx, s.db.Read(), rulebook)
	if err != nil {
		return Adoption{}, err
	}
	back, ok, err := earlier(all[rulebook], s.Today(), version)
	if err != nil {
		return Adoption{}, err
	}
	if !ok {
		return Adoption{}, errs.New(errs.Conflict, "rulebook.nothing_to_return_to", "rulebook", rulebook, "version", version)
	}
	return s.adoptDirectly(ctx, AdoptInput{Rulebook: rulebook, Version: back.Version, Settings: back.Settings, EffectiveFrom: calendar.None, Note: note})
}

// earlier finds what to return to among adoptions sorted by withEnds.
func earlier(list []Adoption, today calendar.Date, version string) (Adoption, bool, error) {
	held, ok := onDay(list, today)
	if !ok {
		return Adoption{}, false, nil
	}
	now, err := settingsKey(held.Settings)
	if err != nil {
		return Adoption{}, false, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		a := list[i]
		if a.EffectiveFrom > today || a.ID == held.ID {
			continue
		}
		key, err := settingsKey(a.Settings)
		if err != nil {
			return Adoption{}, false, err
		}
		same := a.Version == held.Version && key == now
		if !same && (version == "" || a.Version == version) {
			return a, true, nil
		}
	}
	return Adoption{}, false, nil
}

// mayAdopt refuses whoever is not the adopter of a rulebook: by what is in force, so that nobody becomes the adopter by
// writing so into a new version, or while nothing is in force by the version itself. The system (the command line on the
// machine) may.
func (s *Service) mayAdopt(ctx context.Context, q db.Q, e *Edition) error {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return err
	}
	if actor.UserID == 0 && actor.Grants[authz.RulebookAdopt] != authz.ReachNone {
		return nil
	}
	ruling := e
	if a, err := adoptionOn(ctx, q, e.Rulebook, s.Today()); err == nil {
		if ruling, err = s.edition(ctx, q, a.Rulebook, a.Version); err != nil {
			return err
		}
	} else if !db.IsNoRows(err) {
		return err
	}
	post := ruling.Book.AdoptedBy()
	role, known := roleOf(ruling.Book, post)
	if !known {
		_, err := authz.Require(ctx, authz.RulebookAdopt)
		return err
	}
	held, err := rolesOf(ctx, q, actor.UserID)
	if err != nil {
		return err
	}
	if !authz.Fills(held, post, role) {
		return errs.New(errs.Forbidden, "rulebook.not_adopter", "rulebook", e.Rulebook, "role", role)
	}
	return nil
}

// MayAdopt says whether whoever asks may adopt a version. Needs rulebook.read. Error: rulebook.unknown_version.
func (s *Service) MayAdopt(ctx context.Context, rulebook, version string) (bool, error) {
	e, err := s.Edition(ctx, rulebook, version)
	if err != nil {
		return false, err
	}
	err = s.mayAdopt(ctx, s.db.Read(), e)
	if errs.KindOf(err) == errs.Forbidden {
		return false, nil
	}
	return err == nil, err
}

// Fills says whether whoever asks fills a post of a rulebook: holds its role, or, where the post is no role of this
// organisation, may write rulebooks. Needs rulebook.read.
func (s *Service) Fills(ctx context.Context, b *rule.Book, post string) (bool, error) {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return false, err
	}
	role, known := roleOf(b, post)
	if !known {
		return actor.Grants[authz.RulebookWrite] != authz.ReachNone, nil
	}
	held, err := rolesOf(ctx, s.db.Read(), actor.UserID)
	return authz.Fills(held, post, role), err
}

// roleOf gives the role of the organisation that a post of a rulebook is.
func roleOf(b *rule.Book, post string) (string, bool) {
	if post == "" {
		return "", false
	}
	return authz.RoleOf(post, b.NamesOf(post))
}
