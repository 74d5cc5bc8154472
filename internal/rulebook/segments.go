package rulebook

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// segmentGrades says of which schemes a segment's conditions read grades: rule.AnyScheme for a grade without its scheme.
func segmentGrades(definition []byte) ([]string, error) {
	var groups []struct {
		Conditions []string `json:"conditions"`
	}
	if err := json.Unmarshal(definition, &groups); err != nil {
		return nil, err
	}
	out := []string{}
	for _, g := range groups {
		for _, c := range g.Conditions {
			field, rest, _ := strings.Cut(c, ":")
			if field != "grade" {
				continue
			}
			_, values, _ := strings.Cut(rest, ":")
			for v := range strings.SplitSeq(values, ",") {
				scheme, _, named := strings.Cut(v, ":")
				if !named {
					scheme = rule.AnyScheme
				}
				out = append(out, scheme)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// readsOf follows the grades segments depend on through the rulebooks in force: who reads a grade that reads a segment reads
// what that segment reads.
func (s *Service) readsOf(ctx context.Context, q db.Q, segments map[string][]string) error {
	if !slices.ContainsFunc(values(segments), func(reads []string) bool { return len(reads) > 0 }) {
		return nil
	}
	books, err := s.AllInForce(authz.With(ctx, authz.System("segments")), q, s.Today())
	if err != nil {
		return err
	}
	for changed := true; changed; {
		changed = false
		for name, reads := range segments {
			for i := range books {
				if !books[i].decidesOne(reads) {
					continue
				}
				n := len(reads)
				for _, other := range books[i].Program.Segments() {
					reads = joined(reads, segments[other])
				}
				changed = changed || len(reads) > n
			}
			slices.Sort(reads)
			segments[name] = reads
		}
	}
	return nil
}

// joined adds to a list what it does not hold yet.
func joined(list, more []string) []string {
	for _, one := range more {
		if !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	return list
}

func values(m map[string][]string) [][]string {
	out := make([][]string, 0, len(m))
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// decidesOne reports whether the rulebook decides one of the schemes.
func (f *InForce) decidesOne(schemes []string) bool {
	for _, one := range f.Program.Schemes() {
		if slices.Contains(schemes, one.ID) || slices.Contains(schemes, rule.AnyScheme) {
			return true
		}
	}
	return false
}

// GuardSegment refuses a change of a segment, already written in the caller's transaction, that a rulebook in force or yet to
// come into force would not survive: before is the name it had. Errors: segment.in_rulebook, segment.circle.
func (s *Service) GuardSegment(ctx context.Context, q db.Q, before string) error {
	all, err := listAdoptions(ctx, q, "")
	if err != nil {
		return err
	}
	now, err := s.environment(ctx, q)
	if err != nil {
		return err
	}
	for _, adoptions := range all {
		for _, a := range adoptions {
			if a.EffectiveTo != calendar.None && a.EffectiveTo < s.Today() {
				continue
			}
			in, err := s.load(ctx, q, a)
			if err != nil {
				return err
			}
			if err := in.survives(now.Segments, before); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *InForce) survives(segments map[string][]string, before string) error {
	for _, name := range f.Program.Segments() {
		reads, exists := segments[name]
		if !exists && name == before {
			return errs.New(errs.Conflict, "segment.in_rulebook", "name", name, "rulebook", f.Book.ID(), "version", f.Version)
		}
		if f.decidesOne(reads) {
			return errs.New(errs.Conflict, "segment.circle", "name", name, "rulebook", f.Book.ID(), "version", f.Version)
		}
	}
	return nil
}
