package customer

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// UpdateMany changes customers in the transaction of an import; those that are already so are not touched and not returned. No audit entry is written per customer.
// Creator and owner are never changed. Errors: invalid_input with fields "3.name", not_found for one the actor may not change, customer.code_taken.
func (s *Service) UpdateMany(ctx context.Context, q db.Q, ups []Update) ([]Changed, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil || len(ups) == 0 {
		return nil, err
	}
	if err := lockDuplicates(ctx, q); err != nil {
		return nil, err
	}
	rules, err := loadRules(ctx, q)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(ups))
	for i, u := range ups {
		ids[i] = u.ID
	}
	slices.Sort(ids)
	found, err := loadMany(ctx, q, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	scope, now := actor.Scope(authz.CustomerWrite), s.now()
	var out []Changed
	for i, u := range ups {
		cur := found[u.ID]
		if cur == nil || cur.Archived || !scope.Covers(cur.Place()) {
			return nil, db.ErrNoRows
		}
		done, err := s.updateOne(ctx, q, cur, u, rules, now)
		if err != nil {
			return nil, numbered(err, i)
		}
		if done != nil {
			out = append(out, *done)
		}
	}
	return out, nil
}

// updateOne changes one customer and brings cur up to date, because the file may name it again.
func (s *Service) updateOne(ctx context.Context, q db.Q, cur *Customer, u Update, rules rules, now time.Time) (*Changed, error) {
	before := cur.input()
	fields := u.Fields &^ FieldOwner
	in := u.Input
	if fields.Has(FieldIdentifiers) {
		in.Identifiers = addIdentifiers(before.Identifiers, in.Identifiers)
	}
	want := merge(before, in, fields)
	want.Contacts = nil
	if fields.Has(FieldContacts) {
		want.Contacts = in.Contacts
	}
	after, err := rules.normal(want, before.Custom)
	if err != nil {
		return nil, err
	}
	changed, _ := diff(before, after)
	contacts, err := newContacts(ctx, q, cur.ID, after.Contacts)
	if err != nil || changed == 0 && len(contacts) == 0 {
		return nil, err
	}
	if changed.Has(FieldCode) {
		if holder, err := codeHolder(ctx, q, after.Code); err != nil || holder != 0 || after.Code == "" {
			return nil, firstError(err, errs.New(errs.Conflict, "customer.code_taken", "code", after.Code))
		}
	}
	snap := snapshot{Fields: changed, Input: before}
	if snap.Contacts, err = insertContacts(ctx, q, contacts, now); err != nil {
		return nil, err
	}
	if len(contacts) > 0 {
		changed |= FieldName // the search terms have to be looked at
	}
	ok, err := s.write(ctx, q, cur, before, after, changed, cur.UnitID, rules.book, now)
	if err != nil || !ok {
		return nil, firstError(err, stale(*cur))
	}
	prior, err := json.Marshal(snap)
	if err != nil {
		return nil, err
	}
	cur.take(after)
	return &Changed{ID: cur.ID, Version: cur.Version, Before: prior}, nil
}

func firstError(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// take brings a loaded customer in line with what has just been written.
func (c *Customer) take(in Input) {
	c.Version++
	c.Code, c.Party, c.Name, c.NameEN, c.FormerNames, c.Kind, c.Status = in.Code, in.Party, in.Name, in.NameEN, in.FormerNames, in.Kind, in.Status
	c.Region, c.Industry, c.Address, c.OwnerID, c.Tags, c.Identifiers = in.Region, in.Industry, in.Address, in.OwnerID, in.Tags, in.Identifiers
	c.Custom, c.Note, c.Since = in.Custom, in.Note, in.Since
}

// addIdentifiers joins what a file says to what is there: one of a kind is replaced, phones and addresses are added.
func addIdentifiers(have, more []Identifier) []Identifier {
	out := slices.Clone(have)
	for _, n := range more {
		var v errs.Validation
		n.Value = tidy(n.Value)
		n.normalise(&v, "")
		if v.Err() != nil || slices.ContainsFunc(out, func(o Identifier) bool { return o.Type == n.Type && o.key() == n.key() }) {
			if v.Err() != nil {
				out = append(out, n) // to be refused with its place by the check of the whole
			}
			continue
		}
		single := slices.Contains(exact, n.Type)
		if at := slices.IndexFunc(out, func(o Identifier) bool { return single && o.Type == n.Type }); at >= 0 {
			out[at] = n
			continue
		}
		out = append(out, n)
	}
	return out
}

// newContacts gives those of the contacts whose name is not there yet.
func newContacts(ctx context.Context, q db.Q, customerID int64, list []ContactInput) ([]part[ContactInput], error) {
	if len(list) == 0 {
		return nil, nil
	}
	have, err := contactsOf(ctx, q, customerID, false)
	if err != nil {
		return nil, err
	}
	primary := slices.ContainsFunc(have, func(c Contact) bool { return c.Primary })
	var out []part[ContactInput]
	for _, c := range list {
		if slices.ContainsFunc(have, func(o Contact) bool { return o.Name == c.Name }) {
			continue
		}
		c.Primary = c.Primary && !primary
		primary = primary || c.Primary
		out = append(out, part[ContactInput]{customerID, c})
	}
	return out, nil
}

// RevertMany takes an import's changes back in the caller's transaction: created customers are archived and their codes freed, changed ones get back what
// they were, in the fields the import changed. Skipped are customers that somebody has changed since, and created ones that something else hangs on.
// No audit entry is written per customer.
func (s *Service) RevertMany(ctx context.Context, q db.Q, list []Revert) (skipped []int64, err error) {
	if _, err := authz.Require(ctx, authz.CustomerWrite); err != nil || len(list) == 0 {
		return nil, err
	}
	if err := lockDuplicates(ctx, q); err != nil {
		return nil, err
	}
	book, err := loadBook(ctx, q)
	if err != nil {
		return nil, err
	}
	var ids, fresh []int64
	for _, r := range list {
		ids = append(ids, r.ID)
		if len(r.Before) == 0 {
			fresh = append(fresh, r.ID)
		}
	}
	held, err := s.held(ctx, q, fresh)
	if err != nil {
		return nil, err
	}
	found, err := loadMany(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	now := s.now()
	for _, r := range list {
		cur := found[r.ID]
		ok := cur != nil && !cur.Archived && cur.Version == r.Version && !held[r.ID]
		if ok {
			if ok, err = s.revertOne(ctx, q, cur, r, book, now); err != nil {
				return nil, err
			}
		}
		if !ok {
			skipped = append(skipped, r.ID)
		}
	}
	return skipped, nil
}

func (s *Service) held(ctx context.Context, q db.Q, ids []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	for _, h := range s.holds {
		list, err := h(ctx, q, ids)
		if err != nil {
			return nil, err
		}
		for _, n := range list {
			out[n] = true
		}
	}
	return out, nil
}

// revertOne takes one change back; false when the code it had went to somebody else.
func (s *Service) revertOne(ctx context.Context, q db.Q, cur *Customer, r Revert, book fieldBook, now time.Time) (bool, error) {
	if len(r.Before) == 0 {
		if err := releaseCode(ctx, q, cur.ID); err != nil {
			return false, err
		}
		return setArchived(ctx, q, cur.ID, cur.Version, clock.Micros(now), cur.Code, now)
	}
	var snap snapshot
	if err := json.Unmarshal(r.Before, &snap); err != nil {
		return false, err
	}
	before := cur.input()
	after := merge(before, snap.Input, snap.Fields)
	if snap.Fields.Has(FieldCustom) {
		after.Custom = snap.Input.Custom
	}
	changed, _ := diff(before, after)
	if changed.Has(FieldCode) {
		if holder, err := codeHolder(ctx, q, after.Code); err != nil || holder != 0 {
			return false, err
		}
	}
	for _, contactID := range snap.Contacts {
		if err := archiveContact(ctx, q, cur.ID, contactID, now); err != nil {
			return false, err
		}
		changed |= FieldName // the search terms have to be looked at
	}
	return s.write(ctx, q, cur, before, after, changed, cur.UnitID, book, now)
}
