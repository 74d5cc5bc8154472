package segment

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// atOnce is up to how many customers a static segment takes in one request.
const atOnce = 1000

// maxMembers bounds what the results of a list add at once.
const maxMembers = 100_000

// Service holds the use cases of segments.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	queue     *job.Queue
	customers *customer.Service
	guard     Guard
}

// Guard is asked in the transaction of a change, after it was written, whether others can live with it; before is the
// segment as it was.
type Guard func(ctx context.Context, q db.Q, before Segment) error

// AskBefore has a guard look at every change of a segment that is there already.
func (s *Service) AskBefore(guard Guard) { s.guard = guard }

// New makes the service. loc is the organisation's time zone.
func New(d *db.DB, now clock.Clock, loc *time.Location, queue *job.Queue, customers *customer.Service) *Service {
	return &Service{db: d, now: now, loc: loc, queue: queue, customers: customers}
}

func (s *Service) today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// mayChange lets in whoever made a segment, and administrators; others use it and may make their own.
func mayChange(actor authz.Actor, seg Segment) bool {
	return actor.UserID == seg.CreatedBy || actor.Grants[authz.SystemManage] == authz.ReachAll
}

func editable(actor authz.Actor, seg Segment) bool {
	return actor.Grants[authz.SegmentManage] != authz.ReachNone && mayChange(actor, seg)
}

func notOwner(seg Segment) error {
	return errs.New(errs.Forbidden, "segment.not_owner", "name", seg.Name, "owner", seg.CreatorName)
}

// Row is a segment with how many of its members the actor may see.
type Row struct {
	Segment
	Seen     int64
	Editable bool // the actor may change it
}

// List gives all segments that are not archived, by name. Only Seen may be shown: it counts within the actor's reach, while
// Members counts everybody.
func (s *Service) List(ctx context.Context) ([]Row, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, err
	}
	all, err := list(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	counts, err := seen(ctx, s.db.Read(), actor.Scope(authz.CustomerRead))
	rows := make([]Row, len(all))
	for i := range all {
		rows[i] = Row{all[i], counts[all[i].ID], editable(actor, all[i])}
	}
	return rows, err
}

// Get gives one segment, archived or not. Error: not_found.
func (s *Service) Get(ctx context.Context, segmentID int64) (Row, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return Row{}, err
	}
	one, err := load(ctx, s.db.Read(), segmentID)
	if err != nil {
		return Row{}, err
	}
	counts, err := seen(ctx, s.db.Read(), actor.Scope(authz.CustomerRead))
	return Row{one, counts[segmentID], editable(actor, one)}, err
}

// Preview tells how many customers the actor may see meet the conditions today, and names the first ones.
// Errors: invalid_input, segment.measure and those of a customer list.
func (s *Service) Preview(ctx context.Context, groups []Group, limit int) (count int64, first []customer.Item, err error) {
	if _, err := authz.Require(ctx, authz.CustomerRead); err != nil {
		return 0, nil, err
	}
	if err := (Input{Name: "preview", Mode: Dynamic, Groups: groups}).Validate(); err != nil {
		return 0, nil, err
	}
	ids, err := s.match(ctx, groups, noProgress)
	if err != nil || len(ids) == 0 {
		return 0, nil, err
	}
	values := make([]string, 0, limit)
	for _, n := range ids[:min(limit, len(ids))] {
		values = append(values, id.String(n))
	}
	page, err := s.customers.List(ctx, customer.Query{Conditions: []customer.Condition{{Field: "id", Op: "in", Values: values}}}, "", limit)
	return int64(len(ids)), page.Items, err
}

func noProgress(int64, int64) error { return nil }

func (s *Service) match(ctx context.Context, groups []Group, progress func(done, total int64) error) ([]int64, error) {
	mt := matcher{db: s.db, loc: s.loc, customers: s.customers, asOf: s.today()}
	return mt.match(ctx, groups, progress)
}

// Create makes a segment and, when it is dynamic, enqueues its first refresh. Errors: invalid_input, segment.name_taken,
// segment.too_many, segment.measure and those of a customer list.
func (s *Service) Create(ctx context.Context, in Input) (Segment, error) {
	actor, err := authz.Require(ctx, authz.SegmentManage)
	if err != nil {
		return Segment{}, err
	}
	if in, err = s.checked(ctx, in); err != nil {
		return Segment{}, err
	}
	now := s.now()
	var out Segment
	err = s.db.InTx(ctx, func(q db.Q) error {
		n, err := countSegments(ctx, q)
		if err != nil {
			return err
		}
		if n >= maxSegments {
			return errs.New(errs.TooLarge, "segment.too_many", "max", maxSegments)
		}
		if err := free(ctx, q, in.Name, 0); err != nil {
			return err
		}
		segmentID := id.New(now)
		if err := insert(ctx, q, segmentID, in, actor.UserID, now); err != nil {
			return err
		}
		if out, err = load(ctx, q, segmentID); err != nil {
			return err
		}
		if err := s.enqueue(ctx, q, out); err != nil {
			return err
		}
		return s.record(ctx, q, "segment.create", Segment{}, out)
	})
	return out, err
}

// Update changes a segment of the given version. A dynamic one whose conditions changed is refreshed.
// Errors: not_found, segment.archived, precondition_failed (args current: the Segment), and those of Create.
func (s *Service) Update(ctx context.Context, segmentID, version int64, in Input) (Segment, error) {
	actor, err := authz.Require(ctx, authz.SegmentManage)
	if err != nil {
		return Segment{}, err
	}
	in, err = s.checked(ctx, in)
	if err != nil {
		return Segment{}, err
	}
	var out Segment
	err = s.db.InTx(ctx, func(q db.Q) error {
		cur, err := held(ctx, q, segmentID, version)
		if err == nil && !mayChange(actor, cur) {
			err = notOwner(cur)
		}
		if err != nil {
			return err
		}
		if err := free(ctx, q, in.Name, segmentID); err != nil {
			return err
		}
		ok, err := update(ctx, q, cur, in, s.now())
		if err != nil {
			return err
		}
		if !ok {
			return stale(cur)
		}
		if out, err = load(ctx, q, segmentID); err != nil {
			return err
		}
		if err := s.allowed(ctx, q, cur); err != nil {
			return err
		}
		if err := s.enqueue(ctx, q, out); err != nil {
			return err
		}
		return s.record(ctx, q, "segment.update", cur, out)
	})
	return out, err
}

// Archive puts a segment away; its members are kept. Errors: not_found, segment.archived, precondition_failed.
func (s *Service) Archive(ctx context.Context, segmentID, version int64) error {
	actor, err := authz.Require(ctx, authz.SegmentManage)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		cur, err := held(ctx, q, segmentID, version)
		if err == nil && !mayChange(actor, cur) {
			err = notOwner(cur)
		}
		if err != nil {
			return err
		}
		ok, err := archive(ctx, q, cur, s.now())
		if err != nil {
			return err
		}
		if !ok {
			return stale(cur)
		}
		if err := s.allowed(ctx, q, cur); err != nil {
			return err
		}
		return s.record(ctx, q, "segment.archive", cur, Segment{ID: segmentID})
	})
}

func (s *Service) allowed(ctx context.Context, q db.Q, before Segment) error {
	if s.guard == nil {
		return nil
	}
	return s.guard(ctx, q, before)
}

// MembersOn gives the ids of all members of a segment, found by its name, in ascending order: of a static one those chosen by
// now, of a dynamic one those who meet its conditions as of a day. found is false when no segment that is not archived has
// the name. It is for the program itself and asks nobody's reach.
func (s *Service) MembersOn(ctx context.Context, name string, asOf calendar.Date) (ids []int64, found bool, err error) {
	seg, err := named(ctx, s.db.Read(), name)
	if db.IsNoRows(err) {
		return nil, false, nil
	}
	if err == nil && seg.Mode == Static {
		ids, err = members(ctx, s.db.Read(), seg.ID)
	} else if err == nil {
		mt := matcher{db: s.db, loc: s.loc, customers: s.customers, asOf: asOf}
		ids, err = mt.match(authz.With(ctx, authz.System("segment")), seg.Groups, noProgress)
	}
	return ids, err == nil, err
}

// AddAll adds every customer the actor may see that a query means to a static segment. Errors: those of Change and of a customer list.
func (s *Service) AddAll(ctx context.Context, segmentID int64, query customer.Query) (Segment, error) {
	if _, err := authz.Require(ctx, authz.SegmentManage); err != nil {
		return Segment{}, err
	}
	ids, err := s.customers.IDs(ctx, query)
	if err != nil {
		return Segment{}, err
	}
	if len(ids) > maxMembers {
		return Segment{}, errs.New(errs.TooLarge, "segment.too_many_members", "max", maxMembers)
	}
	return s.change(ctx, segmentID, ids, nil)
}

// Change adds customers to and removes customers from a static segment and gives it as it then is. Only customers the actor
// may see are added or removed. Errors: not_found, segment.archived, segment.not_static, segment.too_many_members.
func (s *Service) Change(ctx context.Context, segmentID int64, add, remove []int64) (Segment, error) {
	if _, err := authz.Require(ctx, authz.SegmentManage); err != nil {
		return Segment{}, err
	}
	if len(add)+len(remove) > atOnce {
		return Segment{}, errs.New(errs.TooLarge, "segment.too_many_members", "max", atOnce)
	}
	if err := s.visible(ctx, slices.Concat(add, remove)); err != nil {
		return Segment{}, err
	}
	return s.change(ctx, segmentID, add, remove)
}

func (s *Service) change(ctx context.Context, segmentID int64, add, remove []int64) (Segment, error) {
	actor, err := authz.Require(ctx, authz.SegmentManage)
	if err != nil {
		return Segment{}, err
	}
	var out Segment
	err = s.db.InTx(ctx, func(q db.Q) error {
		cur, err := load(ctx, q, segmentID)
		switch {
		case err != nil:
			return err
		case !mayChange(actor, cur):
			return notOwner(cur)
		case cur.ArchivedAt != nil:
			return errs.New(errs.Conflict, "segment.archived", "name", cur.Name)
		case cur.Mode != Static:
			return errs.New(errs.Conflict, "segment.not_static", "name", cur.Name)
		}
		for _, c := range add {
			if err := addMember(ctx, q, segmentID, c, s.today()); err != nil {
				return err
			}
		}
		for _, c := range remove {
			if err := removeMember(ctx, q, segmentID, c); err != nil {
				return err
			}
		}
		all, err := members(ctx, q, segmentID)
		if err != nil {
			return err
		}
		if err := refreshed(ctx, q, segmentID, int64(len(all)), s.today(), s.now()); err != nil {
			return err
		}
		if out, err = load(ctx, q, segmentID); err != nil {
			return err
		}
		detail := map[string]any{"added": len(add), "removed": len(remove), "members": len(all)}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "segment.members", Entity: "segment", EntityID: id.String(segmentID), Detail: detail})
	})
	return out, err
}

// visible refuses customers that do not exist or lie outside the actor's reach, without telling which of the two.
func (s *Service) visible(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	values := make([]string, len(ids))
	for i, n := range ids {
		values[i] = id.String(n)
	}
	found := map[int64]bool{}
	for at := 0; at < len(values); at += 200 {
		part := values[at:min(at+200, len(values))]
		list, err := s.customers.IDs(ctx, customer.Query{Conditions: []customer.Condition{
			{Field: "id", Op: "in", Values: part}, {Field: "archived", Op: "is", Values: []string{"all"}},
		}})
		if err != nil {
			return err
		}
		for _, n := range list {
			found[n] = true
		}
	}
	for _, n := range ids {
		if !found[n] {
			return errs.New(errs.NotFound, "not_found")
		}
	}
	return nil
}

// checked validates an input by running its conditions over nobody's customers: what a list refuses is refused here.
func (s *Service) checked(ctx context.Context, in Input) (Input, error) {
	in, err := in.normal()
	if err != nil {
		return in, err
	}
	for i := range in.Groups {
		conditions, err := customer.ParseConditions(in.Groups[i].Conditions)
		if err != nil {
			return in, err
		}
		if _, err := s.customers.Count(ctx, customer.Query{Conditions: conditions}); err != nil {
			return in, err
		}
		if len(in.Groups[i].Measures) > 0 {
			if _, err := program(in.Groups[i].Measures); err != nil {
				return in, err
			}
		}
	}
	return in, nil
}

func held(ctx context.Context, q db.Q, segmentID, version int64) (Segment, error) {
	cur, err := load(ctx, q, segmentID)
	switch {
	case err != nil:
		return cur, err
	case cur.ArchivedAt != nil:
		return cur, errs.New(errs.Conflict, "segment.archived", "name", cur.Name)
	case cur.Version != version:
		return cur, stale(cur)
	}
	return cur, nil
}

// stale refuses a change of an older version. The row as it is goes along without the count, which holds customers the
// person may not see.
func stale(cur Segment) error {
	cur.Members = 0
	return errs.New(errs.Precondition, "precondition_failed", "current", cur)
}

func free(ctx context.Context, q db.Q, name string, except int64) error {
	taken, err := nameTaken(ctx, q, name, except)
	if err == nil && taken {
		err = errs.New(errs.Conflict, "segment.name_taken", "name", name)
	}
	return err
}

func (s *Service) record(ctx context.Context, q db.Q, action string, before, after Segment) error {
	var changes []audit.Change
	add := func(field string, b, a any) {
		if b != a {
			changes = append(changes, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("name", before.Name, after.Name)
	add("note", before.Note, after.Note)
	add("mode", before.Mode, after.Mode)
	add("conditions", text(before.Groups), text(after.Groups))
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "segment", EntityID: id.String(after.ID), Detail: changes})
}
