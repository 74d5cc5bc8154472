package rulebook

import (
	"context"
	"maps"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// Receipt is a rulebook that somebody has to read: one in force, or adopted from a coming day.
type Receipt struct {
	Rulebook      string
	Version       string
	Title         rule.Text
	EffectiveFrom calendar.Date
	DueOn         calendar.Date // None = no day is set
	Overdue       bool
}

// Reader is somebody who has to read a version.
type Reader struct {
	UserID int64
	Name   string
	Roles  []string // of those that make it concern this person
	ReadAt time.Time
	Read   bool
}

// Readership says who has read a version and who has not.
type Readership struct {
	Receipt
	People []Reader // those who have not first, then by name
	Read   int
	Open   int
}

// readerRoles are the roles of this organisation that a rulebook concerns: those it is distributed to; without a
// distribution every post it names.
func readerRoles(b *rule.Book) map[string]bool {
	out := map[string]bool{}
	add := func(post string) {
		if role, ok := roleOf(b, post); ok {
			out[role] = true
		}
	}
	if d, ok := b.Distribution(); ok {
		for _, post := range d.To {
			add(post)
		}
		return out
	}
	for _, r := range b.Roles() {
		add(r.Name)
	}
	return out
}

// receiptOf gives when a version adopted from a day is to be read.
func receiptOf(e *Edition, from, today calendar.Date) Receipt {
	r := Receipt{Rulebook: e.Rulebook, Version: e.Version.Version, Title: e.Title, EffectiveFrom: from, DueOn: calendar.None}
	if d, ok := e.Book.Distribution(); ok && !d.Within.IsZero() {
		r.DueOn = d.Within.After(from)
	}
	r.Overdue = r.DueOn != calendar.None && r.DueOn < today
	return r
}

// current lists what is in force today and what will be, one adoption per version.
func (s *Service) current(ctx context.Context, q db.Q, rulebook string) ([]Adoption, error) {
	all, err := listAdoptions(ctx, q, rulebook)
	if err != nil {
		return nil, err
	}
	today := s.Today()
	var out []Adoption
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, a := range all[name] {
			over := a.EffectiveTo != calendar.None && (a.EffectiveTo < today || a.EffectiveTo < a.EffectiveFrom)
			known := slices.ContainsFunc(out, func(o Adoption) bool { return o.Rulebook == a.Rulebook && o.Version == a.Version })
			if !over && !known {
				out = append(out, a)
			}
		}
	}
	return out, nil
}

// MyReceipts lists what the actor still has to read, by rulebook. Needs rulebook.read.
func (s *Service) MyReceipts(ctx context.Context) ([]Receipt, error) {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return nil, err
	}
	q := s.db.Read()
	held, err := rolesOf(ctx, q, actor.UserID)
	if err != nil {
		return nil, err
	}
	adoptions, err := s.current(ctx, q, "")
	if err != nil {
		return nil, err
	}
	var out []Receipt
	for _, a := range adoptions {
		e, err := s.edition(ctx, q, a.Rulebook, a.Version)
		if err != nil {
			return nil, err
		}
		concerned := readerRoles(e.Book)
		if !slices.ContainsFunc(held, func(role string) bool { return concerned[role] }) {
			continue
		}
		read, err := readers(ctx, q, a.Rulebook, a.Version)
		if err != nil {
			return nil, err
		}
		if _, done := read[actor.UserID]; !done {
			out = append(out, receiptOf(e, a.EffectiveFrom, s.Today()))
		}
	}
	return out, nil
}

// Confirm notes that the actor has read and understood a version that is in force or will be; doing it again changes
// nothing. Needs rulebook.read. Errors: rulebook.unknown_version, rulebook.nothing_to_read, rulebook.no_person (the system
// cannot read).
func (s *Service) Confirm(ctx context.Context, rulebook, version string) error {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return err
	}
	if actor.UserID == 0 {
		return errs.New(errs.Invalid, "rulebook.no_person")
	}
	if _, err := s.edition(ctx, s.db.Read(), rulebook, version); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		adoptions, err := s.current(ctx, q, rulebook)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(adoptions, func(a Adoption) bool { return a.Version == version }) {
			return errs.New(errs.Conflict, "rulebook.nothing_to_read", "rulebook", rulebook, "version", version)
		}
		now := s.now()
		first, err := insertReceipt(ctx, q, rulebook, version, actor.UserID, clock.Micros(now))
		if err != nil || !first {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "rulebook.read", Entity: "rulebook", EntityID: rulebook, Detail: map[string]any{"version": version}})
	})
}

// Readers says who has read a version and who has not; version "" is the one in force. Needs rulebook.read.
// Errors: rulebook.not_in_force, rulebook.unknown_version.
func (s *Service) Readers(ctx context.Context, rulebook, version string) (Readership, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return Readership{}, err
	}
	q := s.db.Read()
	adoptions, err := s.current(ctx, q, rulebook)
	if err != nil {
		return Readership{}, err
	}
	i := slices.IndexFunc(adoptions, func(a Adoption) bool { return version == "" || a.Version == version })
	if i < 0 {
		return Readership{}, errs.New(errs.Conflict, "rulebook.not_in_force", "rulebook", rulebook, "date", s.Today().String())
	}
	e, err := s.edition(ctx, q, rulebook, adoptions[i].Version)
	if err != nil {
		return Readership{}, err
	}
	out := Readership{Receipt: receiptOf(e, adoptions[i].EffectiveFrom, s.Today())}
	read, err := readers(ctx, q, rulebook, out.Version)
	if err != nil {
		return out, err
	}
	people, err := holders(ctx, q)
	if err != nil {
		return out, err
	}
	out.fill(people, readerRoles(e.Book), read)
	return out, nil
}

// fill puts together who is concerned and who has read.
func (r *Readership) fill(people []holder, concerned map[string]bool, read map[int64]int64) {
	for _, h := range people {
		if !concerned[h.Role] {
			continue
		}
		if n := len(r.People); n > 0 && r.People[n-1].UserID == h.ID {
			r.People[n-1].Roles = append(r.People[n-1].Roles, h.Role)
			continue
		}
		one := Reader{UserID: h.ID, Name: h.Name, Roles: []string{h.Role}}
		if at, ok := read[h.ID]; ok {
			one.Read, one.ReadAt = true, clock.FromMicros(at)
			r.Read++
		} else {
			r.Open++
		}
		r.People = append(r.People, one)
	}
	slices.SortStableFunc(r.People, func(a, b Reader) int {
		switch {
		case a.Read == b.Read:
			return 0
		case b.Read:
			return -1
		}
		return 1
	})
}
