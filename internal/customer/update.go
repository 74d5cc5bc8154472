package customer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/id"
)

// Update changes the named fields of a customer, if its version is still the given one. Custom fields are changed one by one.
// Errors: not_found, precondition_failed (args current: the Customer as it is now), customer.archived, invalid_input, customer.duplicate,
// customer.assign_not_allowed.
func (s *Service) Update(ctx context.Context, customerID, version int64, in Input, fields Fields) (Customer, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return Customer{}, err
	}
	var out Customer
	err = s.db.InTx(ctx, func(q db.Q) error {
		cur, err := loadFor(ctx, q, actor, authz.CustomerWrite, customerID, version)
		if err != nil {
			return err
		}
		if cur.Archived {
			return errs.New(errs.Conflict, "customer.archived", "code", cur.Code)
		}
		now := s.now()
		changed, err := s.apply(ctx, q, actor, &cur, in, fields, now)
		if err != nil || changed == nil {
			out = cur
			return err
		}
		if err := s.recordUpdate(ctx, q, now, *changed); err != nil {
			return err
		}
		out, err = load(ctx, q, customerID)
		return err
	})
	return out, err
}

// loadFor loads a customer to be changed: not_found out of reach, precondition_failed with the present state when the version is another.
func loadFor(ctx context.Context, q db.Q, actor authz.Actor, p authz.Permission, customerID, version int64) (Customer, error) {
	cur, err := load(ctx, q, customerID)
	if err != nil {
		return cur, err
	}
	if !actor.Scope(p).Covers(cur.Place()) {
		return cur, db.ErrNoRows
	}
	if cur.Version != version {
		return cur, stale(cur)
	}
	return cur, nil
}

// change is what apply did.
type change struct {
	id     int64
	fields Fields
	list   []audit.Change
	owner  Happened
}

// apply decides and writes a change of one customer; nil when there is nothing to change.
func (s *Service) apply(ctx context.Context, q db.Q, actor authz.Actor, cur *Customer, in Input, fields Fields, now time.Time) (*change, error) {
	before := cur.input()
	after, err := merge(before, in, fields).normal()
	if err != nil {
		return nil, err
	}
	book, err := loadBook(ctx, q)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	if fields.Has(FieldCustom) {
		after.Custom = mergeCustom(before.Custom, book.check(&v, in.Custom, before.Custom))
	}
	changed, list := diff(before, after)
	if changed == 0 {
		return nil, nil //nolint:nilnil // nothing to do is an answer here
	}
	unitID, err := checkChanged(ctx, q, actor, cur, before, &after, changed, &v)
	if err != nil {
		return nil, err
	}
	ok, err := s.write(ctx, q, cur, before, after, changed, unitID, book, now)
	if err == nil && !ok {
		err = stale(*cur)
	}
	return &change{id: cur.ID, fields: changed, list: list, owner: Happened{OwnerID: after.OwnerID, UnitID: unitID}}, err
}

// checkChanged checks what only the database knows about the fields that really change, and gives the unit.
func checkChanged(ctx context.Context, q db.Q, actor authz.Actor, cur *Customer, before Input, after *Input, changed Fields, v *errs.Validation) (int64, error) {
	unitID := cur.UnitID
	v.Check(after.Code != "", "code", "field.required")
	if changed.Has(FieldKind) {
		if err := checkKind(ctx, q, v, after.Kind); err != nil {
			return 0, err
		}
	}
	if changed.Has(FieldOwner) && after.OwnerID != 0 { // one that nobody gets stays in its unit
		var err error
		if unitID, err = checkOwner(ctx, q, v, after.OwnerID); err != nil {
			return 0, err
		}
	}
	if err := v.Err(); err != nil {
		return 0, err
	}
	if changed.Has(FieldOwner) {
		scope := actor.Scope(authz.CustomerAssign)
		if !scope.Covers(cur.Place()) || !scope.CoversPerson(after.OwnerID, unitID) {
			return 0, errs.New(errs.Forbidden, "customer.assign_not_allowed")
		}
	}
	if changed&(FieldCode|FieldName|FieldIdentifiers) == 0 {
		return unitID, nil
	}
	if err := lockDuplicates(ctx, q); err != nil {
		return 0, err
	}
	look := *after
	look.Identifiers = slices.DeleteFunc(slices.Clone(after.Identifiers), func(n Identifier) bool {
		return slices.ContainsFunc(before.Identifiers, func(o Identifier) bool { return o.Type == n.Type && o.key() == n.key() })
	})
	found, err := duplicates(ctx, q, look, changed, cur.ID)
	if err != nil {
		return 0, err
	}
	return unitID, refuseDuplicates(actor, found, after.ConfirmDuplicate)
}

// write puts a decided change into the database and says whether the version still fitted.
func (s *Service) write(ctx context.Context, q db.Q, cur *Customer, before, after Input, changed Fields, unitID int64, book fieldBook, now time.Time) (bool, error) {
	if changed.Has(FieldCode) {
		if err := releaseCode(ctx, q, cur.ID); err != nil {
			return false, err
		}
		if err := claimCode(ctx, q, cur.ID, after.Code); err != nil {
			return false, err
		}
	}
	ok, err := update(ctx, q, cur.ID, cur.Version, after, unitID, now)
	if err != nil || !ok {
		return false, err
	}
	return true, replaceParts(ctx, q, cur.ID, before, after, changed, book, now)
}

// recordUpdate writes audit and events of a change.
func (s *Service) recordUpdate(ctx context.Context, q db.Q, now time.Time, c change) error {
	entry := audit.Entry{Action: "customer.update", Entity: "customer", EntityID: id.String(c.id), CustomerID: c.id, Detail: c.list}
	if err := audit.Write(ctx, q, now, entry); err != nil {
		return err
	}
	return s.emitUpdate(ctx, q, c)
}

func (s *Service) emitUpdate(ctx context.Context, q db.Q, c change) error {
	lines, err := s.updateLines(c)
	if err != nil {
		return err
	}
	return s.announce(ctx, q, lines)
}

// updateLines gives the events of a change.
func (s *Service) updateLines(c change) ([]event.Line, error) {
	var out []event.Line
	if c.fields.Has(FieldOwner) {
		l, err := s.bus.Line(EventAssigned, c.id, c.owner)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	payload := c.owner
	payload.Fields = c.fields.names()
	l, err := s.bus.Line(EventUpdated, c.id, payload)
	return append(out, l), err
}

// announce writes events in the caller's transaction.
func (s *Service) announce(ctx context.Context, q db.Q, lines []event.Line) error {
	if len(lines) == 0 {
		return nil
	}
	if _, err := db.ExecAll(ctx, q, event.Writing(lines)); err != nil {
		return fmt.Errorf("writing events of customers: %w", err)
	}
	s.bus.Announce(q)
	return nil
}

// names gives the names of the fields in the set, in the order of the constants.
func (f Fields) names() []string {
	var out []string
	for bit := FieldCode; bit <= FieldContacts; bit <<= 1 {
		if f.Has(bit) {
			out = append(out, fieldNames[bit])
		}
	}
	return out
}

// Archive takes a customer out of lists, grading and duties; nothing is deleted and it can be restored. An archived one stays as it is.
// Errors: not_found, precondition_failed.
func (s *Service) Archive(ctx context.Context, customerID, version int64, reason string) (Customer, error) {
	return s.setArchive(ctx, customerID, version, tidyLines(reason), true)
}

// Restore brings an archived customer back. When its code went to another one meanwhile, it gets a new code. Errors: not_found, precondition_failed.
func (s *Service) Restore(ctx context.Context, customerID, version int64, reason string) (Customer, error) {
	return s.setArchive(ctx, customerID, version, tidyLines(reason), false)
}

func (s *Service) setArchive(ctx context.Context, customerID, version int64, reason string, archive bool) (Customer, error) {
	actor, err := authz.Require(ctx, authz.CustomerArchive)
	if err != nil {
		return Customer{}, err
	}
	if len([]rune(reason)) > maxReason {
		return Customer{}, &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "reason", Code: "field.too_long", Args: map[string]any{"max": maxReason}}}}
	}
	var out Customer
	err = s.db.InTx(ctx, func(q db.Q) error {
		cur, err := loadFor(ctx, q, actor, authz.CustomerArchive, customerID, version)
		if err != nil {
			return err
		}
		if cur.Archived == archive {
			out = cur
			return nil
		}
		if err := s.flipArchive(ctx, q, &cur, archive, reason, s.now()); err != nil {
			return err
		}
		out, err = load(ctx, q, customerID)
		return err
	})
	return out, err
}

// flipArchive writes the archive mark, the audit entry and the event.
func (s *Service) flipArchive(ctx context.Context, q db.Q, cur *Customer, archive bool, reason string, now time.Time) error {
	var at any
	action, kind, code := "customer.restore", EventRestored, cur.Code
	if archive {
		at, action, kind = clock.Micros(now), "customer.archive", EventArchived
	} else {
		var err error
		if code, err = reclaimCode(ctx, q, cur); err != nil {
			return err
		}
	}
	ok, err := setArchived(ctx, q, cur.ID, cur.Version, at, code, now)
	if err != nil {
		return err
	}
	if !ok {
		return stale(*cur)
	}
	changes := []audit.Change{{Field: "archived", Before: cur.Archived, After: archive}}
	if code != cur.Code {
		changes = append(changes, audit.Change{Field: "code", Before: cur.Code, After: code})
		after := cur.input()
		after.Code = code
		if err := refreshTerms(ctx, q, cur.ID, after); err != nil {
			return err
		}
	}
	if reason != "" {
		changes = append(changes, audit.Change{Field: "reason", After: reason})
	}
	entry := audit.Entry{Action: action, Entity: "customer", EntityID: id.String(cur.ID), CustomerID: cur.ID, Detail: changes}
	if err := audit.Write(ctx, q, now, entry); err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, kind, cur.ID, Happened{OwnerID: cur.OwnerID, UnitID: cur.UnitID})
}

// reclaimCode gives the code a customer has after it is restored: its own if that is still its own or free, else a new one.
func reclaimCode(ctx context.Context, q db.Q, cur *Customer) (string, error) {
	if err := lockDuplicates(ctx, q); err != nil {
		return "", err
	}
	holder, err := codeHolder(ctx, q, cur.Code)
	if err != nil || holder == cur.ID {
		return cur.Code, err
	}
	code := cur.Code
	if holder != 0 {
		next, err := nextCodes(ctx, q, 1)
		if err != nil {
			return "", err
		}
		code = next[0]
	}
	return code, claimCode(ctx, q, cur.ID, code)
}
