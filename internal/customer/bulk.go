package customer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// What can be done to many customers at once.
const (
	BulkAssign    = "assign"     // value: id of the new owner, "0" = nobody
	BulkAddTag    = "add_tag"    // value: the tag
	BulkRemoveTag = "remove_tag" // value: the tag
	BulkSetStatus = "set_status" // value: the status
	BulkArchive   = "archive"    // no value
)

var bulkActions = []string{BulkAssign, BulkAddTag, BulkRemoveTag, BulkSetStatus, BulkArchive}

const (
	bulkNow     = 200            // up to so many customers are changed while the person waits, more by a job
	bulkChunk   = 200            // customers per transaction of a job
	bulkIDs     = 10_000         // ids in a selection
	undoWithin  = 24 * time.Hour // after that, undoing is refused
	jobBulk     = "customer.bulk"
	jobBulkUndo = "customer.bulk_undo"
)

// Selection is which customers a bulk change means: those named, or all results of a query.
type Selection struct {
	IDs   []int64
	All   bool
	Query Query
}

// Bulk is a change of many customers. Its state is running, done, canceled, undoing or undone.
type Bulk struct {
	ID        int64
	Action    string
	Value     string
	State     string
	Total     int64 // customers meant
	Changed   int64 // customers that were not so already
	CreatedBy int64
	CreatedAt time.Time
	JobID     int64 // 0 = done at once
}

// ChangeMany changes many customers: at once up to 200, else by a job whose id is that of the Bulk. Customers out of the actor's reach are not
// part of the selection. Errors: invalid_input, customer.nothing_selected, customer.assign_not_allowed.
func (s *Service) ChangeMany(ctx context.Context, sel Selection, action, value string) (Bulk, error) {
	actor, err := authz.Require(ctx, permissionOf(action))
	if err != nil {
		return Bulk{}, err
	}
	value = tidy(value)
	asked := Bulk{Action: action, Value: value, State: "running", CreatedBy: actor.UserID}
	if err := checkBulk(sel, action, value); err != nil {
		return asked, err
	}
	var b Bulk
	err = s.db.InTx(ctx, func(q db.Q) error {
		b = asked // the transaction may run again
		b.CreatedAt = s.now()
		if err := s.checkBulkOwner(ctx, q, actor, action, value); err != nil {
			return err
		}
		if err := s.selectItems(ctx, q, actor, sel, &b); err != nil {
			return err
		}
		if b.JobID != 0 {
			return nil
		}
		if _, err := s.bulkStep(ctx, q, &b); err != nil {
			return err
		}
		b.State = "done"
		return setBulk(ctx, q, b)
	})
	return b, err
}

func permissionOf(action string) authz.Permission {
	switch action {
	case BulkAssign:
		return authz.CustomerAssign
	case BulkArchive:
		return authz.CustomerArchive
	}
	return authz.CustomerWrite
}

func checkBulk(sel Selection, action, value string) error {
	var v errs.Validation
	checkChoice(&v, "action", action, bulkActions)
	switch action {
	case BulkAddTag, BulkRemoveTag:
		v.Check(value != "", "value", "field.required")
		checkLength(&v, "value", value, maxTag)
	case BulkSetStatus:
		checkChoice(&v, "value", value, statuses)
	case BulkAssign:
		_, err := ownerValue(value)
		v.Check(err == nil, "value", "customer.owner_unknown")
	}
	v.Check(len(sel.IDs) <= bulkIDs, "ids", "field.too_many", "max", bulkIDs)
	return v.Err()
}

// ownerValue reads the value of an assignment.
func ownerValue(value string) (int64, error) {
	if value == "0" {
		return 0, nil
	}
	return id.Parse(value)
}

func (s *Service) checkBulkOwner(ctx context.Context, q db.Q, actor authz.Actor, action, value string) error {
	if action != BulkAssign {
		return nil
	}
	ownerID, err := ownerValue(value)
	if err != nil {
		return err
	}
	var v errs.Validation
	unitID, err := checkOwner(ctx, q, &v, ownerID)
	if err == nil {
		err = v.Err()
	}
	if err != nil {
		return err
	}
	scope := actor.Scope(authz.CustomerAssign)
	// Those nobody gets stay in their unit, so a head's customers stay within reach.
	if stays := ownerID == 0 && len(scope.UnitIDs) > 0; !stays && !scope.CoversPerson(ownerID, unitID) {
		return errs.New(errs.Forbidden, "customer.assign_not_allowed")
	}
	return nil
}

// selectItems writes down who is meant, as seen at this moment and by this actor, and adds the job when there are many.
func (s *Service) selectItems(ctx context.Context, q db.Q, actor authz.Actor, sel Selection, b *Bulk) error {
	query := sel.Query
	if !sel.All {
		query = Query{}
	}
	plan, err := s.plan(ctx, q, actor, permissionOf(b.Action), query)
	if err != nil {
		return err
	}
	ids := slices.Compact(slices.Sorted(slices.Values(sel.IDs)))
	if sel.All {
		b.Total, err = plan.count(ctx, q, bulkNow+1)
	} else {
		ids, err = plan.only(ctx, q, ids)
		b.Total = int64(len(ids))
	}
	if err != nil {
		return err
	}
	if b.Total == 0 {
		return errs.New(errs.Invalid, "customer.nothing_selected")
	}
	b.ID = id.New(s.now())
	if b.Total > bulkNow {
		if b.JobID, err = s.queue.Enqueue(ctx, q, job.Spec{Kind: jobBulk, Args: struct{}{}}); err != nil {
			return err
		}
		b.ID = b.JobID
	}
	if err := insertBulk(ctx, q, *b, clock.Micros(b.CreatedAt)); err != nil {
		return err
	}
	if sel.All {
		b.Total, err = plan.insertItems(ctx, q, b.ID)
	} else {
		err = insertItems(ctx, q, b.ID, ids)
	}
	if err != nil {
		return err
	}
	return setBulk(ctx, q, *b)
}

// bulkStep changes the next customers of a bulk and says whether there were any.
func (s *Service) bulkStep(ctx context.Context, q db.Q, b *Bulk) (bool, error) {
	items, err := nextItems(ctx, q, b.ID, "waiting", bulkChunk)
	if err != nil || len(items) == 0 {
		return false, err
	}
	step, err := s.newStep(ctx, q, b, items)
	if err != nil {
		return false, err
	}
	for _, it := range items {
		state, before := "unchanged", ""
		if cur := step.found[it.id]; cur != nil && !cur.Archived {
			if state, before, err = step.forward(ctx, cur); err != nil {
				return false, err
			}
		}
		if state == "changed" {
			b.Changed++
		}
		if err := setItem(ctx, q, b.ID, it.id, state, before); err != nil {
			return false, err
		}
	}
	return true, step.finish(ctx)
}

// step is what one transaction of a bulk works with.
type step struct {
	s       *Service
	q       db.Q
	b       *Bulk
	now     time.Time
	book    fieldBook
	units   map[int64]int64
	found   map[int64]*Customer
	entries []audit.Entry
}

func (s *Service) newStep(ctx context.Context, q db.Q, b *Bulk, items []bulkItem) (*step, error) {
	st := &step{s: s, q: q, b: b, now: s.now(), units: map[int64]int64{}}
	ids := make([]int64, len(items))
	for i, it := range items {
		ids[i] = it.id
	}
	var err error
	if st.book, err = loadBook(ctx, q); err == nil {
		st.found, err = loadMany(ctx, q, ids)
	}
	return st, err
}

// forward does the action to one customer and gives the item's state and the value before.
func (st *step) forward(ctx context.Context, cur *Customer) (state, before string, err error) {
	after := cur.input()
	switch st.b.Action {
	case BulkAssign:
		before = fmt.Sprint(cur.OwnerID)
		if after.OwnerID, err = ownerValue(st.b.Value); err != nil {
			return "", "", err
		}
	case BulkAddTag:
		after.Tags = withTag(cur.Tags, st.b.Value)
	case BulkRemoveTag:
		after.Tags = withoutTag(cur.Tags, st.b.Value)
	case BulkSetStatus:
		before, after.Status = cur.Status, st.b.Value
	case BulkArchive:
		return "changed", "", st.s.flipArchive(ctx, st.q, cur, true, "", st.now)
	}
	ok, err := st.put(ctx, cur, after)
	if err != nil || !ok {
		return "unchanged", "", err
	}
	return "changed", before, nil
}

// back takes the action back from one customer, if what it did is still so, and says whether it was.
func (st *step) back(ctx context.Context, cur *Customer, before string) (bool, error) {
	if st.b.Action == BulkArchive {
		if !cur.Archived {
			return false, nil
		}
		return true, st.s.flipArchive(ctx, st.q, cur, false, "", st.now)
	}
	if cur.Archived {
		return false, nil
	}
	after := cur.input()
	switch st.b.Action {
	case BulkAssign:
		if fmt.Sprint(cur.OwnerID) != st.b.Value {
			return false, nil
		}
		var err error
		if after.OwnerID, err = ownerValue(before); err != nil {
			return false, err
		}
	case BulkAddTag:
		after.Tags = withoutTag(cur.Tags, st.b.Value)
	case BulkRemoveTag:
		after.Tags = withTag(cur.Tags, st.b.Value)
	case BulkSetStatus:
		if cur.Status != st.b.Value {
			return false, nil
		}
		after.Status = before
	}
	return st.put(ctx, cur, after)
}

// put writes a customer and keeps the audit entry for the end of the step; false when nothing differs or somebody was faster.
func (st *step) put(ctx context.Context, cur *Customer, after Input) (bool, error) {
	before := cur.input()
	changed, list := diff(before, after)
	if changed == 0 {
		return false, nil
	}
	unitID := cur.UnitID
	if changed.Has(FieldOwner) && after.OwnerID != 0 { // one that nobody gets stays in its unit
		var err error
		if unitID, err = st.unit(ctx, after.OwnerID); err != nil {
			return false, err
		}
	}
	ok, err := st.s.write(ctx, st.q, cur, before, after, changed, unitID, st.book, st.now)
	if err != nil || !ok {
		return false, err
	}
	list = append(list, audit.Change{Field: "bulk", After: idText(st.b.ID)})
	st.entries = append(st.entries, audit.Entry{Action: "customer.update", Entity: "customer", EntityID: id.String(cur.ID), CustomerID: cur.ID, Detail: list})
	return true, st.s.emitUpdate(ctx, st.q, change{id: cur.ID, fields: changed, owner: Happened{OwnerID: after.OwnerID, UnitID: unitID}})
}

// unit gives the unit of an owner, 0 for one who is gone.
func (st *step) unit(ctx context.Context, ownerID int64) (int64, error) {
	if unit, known := st.units[ownerID]; known {
		return unit, nil
	}
	o, err := loadOwner(ctx, st.q, ownerID)
	if db.IsNoRows(err) {
		err = nil
	}
	st.units[ownerID] = o.unitID
	return o.unitID, err
}

func (st *step) finish(ctx context.Context) error {
	if err := audit.Write(ctx, st.q, st.now, st.entries...); err != nil {
		return err
	}
	return setBulk(ctx, st.q, *st.b)
}

func withTag(tags []string, tag string) []string {
	if slices.Contains(tags, tag) || len(tags) >= maxTags {
		return tags
	}
	out := append(slices.Clone(tags), tag)
	slices.SortFunc(out, strings.Compare)
	return out
}

func withoutTag(tags []string, tag string) []string {
	return slices.DeleteFunc(slices.Clone(tags), func(t string) bool { return t == tag })
}
