package procedure

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

// InboxFilter bounds the inbox.
type InboxFilter struct {
	Kinds  []string
	Cursor string
	Limit  int // 1 to 200
}

// InboxCount is how much of a kind waits for a person.
type InboxCount struct {
	Kind          string
	Open, Overdue int64
}

// Item is a task that waits for a person, with what the person needs to know of its subject.
type Item struct {
	Task
	Case       Case
	Definition *flow.Definition
	Do         string
	StepTitle  flow.Text
	Grade      string
	For        int64 // in whose name the person would act, 0 = the own
	Bulk       bool  // may be decided together with others: a decision without a form
	Kind       string
	About      *Subject // what an approval is about beside its customer; nil without
}

// Inbox is what waits for a person.
type Inbox struct {
	Items   []Item
	Next    string
	Counts  []InboxCount
	More    bool // more waits than Counts say: they stop at MaxCount tasks
	Notices []Notice
	Unread  int64
	Names   map[int64]string
}

// maxNotices is how many notices the inbox shows.
const maxNotices = 50

// Inbox gives the tasks that wait for the acting person across all cases, with counts and notices. Needs procedure.read.
func (s *Service) Inbox(ctx context.Context, f InboxFilter) (Inbox, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Inbox{}, err
	}
	var out Inbox
	err = s.db.InRead(ctx, func(q db.Q) error {
		me, err := s.personOf(ctx, q, actor)
		if err != nil {
			return err
		}
		rows, next, err := inboxPage(ctx, q, me, f)
		if err != nil {
			return err
		}
		out = Inbox{Next: next}
		if err := s.fillInbox(ctx, q, actor.UserID, rows, &out); err != nil {
			return err
		}
		if out.Counts, out.More, err = countInbox(ctx, q, me, clock.Micros(s.now())); err != nil {
			return err
		}
		if out.Notices, err = openNotices(ctx, q, actor.UserID, maxNotices); err != nil {
			return err
		}
		out.Unread, err = countNotices(ctx, q, actor.UserID)
		return err
	})
	return out, err
}

// fillInbox adds the tasks, with what the person needs to know of their subjects.
func (s *Service) fillInbox(ctx context.Context, q db.Q, user int64, rows []inboxRow, out *Inbox) error {
	r, err := s.roster(ctx, q)
	if err != nil {
		return err
	}
	var ids []int64
	for i := range rows {
		if n := rows[i].Case.CustomerID; n != 0 && !slices.Contains(ids, n) {
			ids = append(ids, n)
		}
	}
	subjects, err := loadSubjects(ctx, q, ids)
	if err != nil {
		return err
	}
	out.Names = r.names
	for _, row := range rows {
		ed, def, err := s.kept(ctx, q, &row.Case)
		if err != nil {
			return err
		}
		it := s.around(q, r, ed, def, &row.Case, subjects[row.Case.CustomerID]).item(row, user)
		if it.About, err = s.aboutCase(ctx, q, &row.Case); err != nil {
			return err
		}
		out.Items = append(out.Items, it)
	}
	return nil
}

// item adds to a task what the person needs to know.
func (w *world) item(row inboxRow, user int64) Item {
	it := Item{Task: row.Task, Case: row.Case, Definition: w.def, Do: flow.DoDecide, For: w.standingFor(row.Case.State, user, row.Seat)}
	it.Grade = w.customer.gradeOf(w.edition.Rulebook, w.def.GradeScheme).Code
	for _, o := range row.Case.State.OpenSeats() {
		if o.ID == row.Seat {
			it.Kind = o.Kind
		}
	}
	step := w.def.Step(row.Step)
	if step == nil {
		it.Bulk = it.Kind == flow.SeatExtend
		return it
	}
	it.StepTitle = step.Title
	if it.Kind == flow.SeatStep {
		it.Do = step.Do
	}
	it.Bulk = it.Do == flow.DoDecide && (step.Form == "" || it.Kind != flow.SeatStep)
	return it
}

// BulkDecision decides one task of several.
type BulkDecision struct {
	CaseID int64
	Seat   int
}

// BulkOutcome says what became of one task: Err is nil when it was decided.
type BulkOutcome struct {
	BulkDecision
	Err error
}

// maxBulk is how many tasks one request may decide.
const maxBulk = 100

// Decide agrees to or rejects several tasks with one opinion, where the step allows it: a decision without a form. Each is
// a transaction of its own, so that one refused leaves the others decided. Needs procedure.read and the seat of each.
func (s *Service) Decide(ctx context.Context, list []BulkDecision, decision, reason, key string) ([]BulkOutcome, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	v.Check(len(list) > 0, "tasks", "field.required")
	v.Check(len(list) <= maxBulk, "tasks", "field.too_many", "max", maxBulk)
	v.Check(decision == flow.Agree || decision == flow.Reject, "decision", "field.not_allowed", "value", errs.Shown(decision))
	v.Check(decision != flow.Reject || reason != "", "reason", "field.required")
	if err := v.Err(); err != nil {
		return nil, err
	}
	out := make([]BulkOutcome, len(list))
	for i, one := range list {
		in := ActInput{Act: flow.Act{Kind: flow.ActDecide, Seat: one.Seat, Decision: decision, Reason: reason}}
		if key != "" {
			in.Key = key + ":" + id.String(one.CaseID) + ":" + id.String(int64(one.Seat))
		}
		out[i].BulkDecision = one
		if out[i].Err = s.bulkAllowed(ctx, actor, one); out[i].Err == nil {
			_, out[i].Err = s.Act(ctx, one.CaseID, in)
		}
	}
	return out, nil
}

// bulkAllowed refuses tasks that need more than a yes or no. A seat that is over is Act's to answer.
func (s *Service) bulkAllowed(ctx context.Context, actor authz.Actor, one BulkDecision) error {
	return s.db.InRead(ctx, func(q db.Q) error {
		c, w, err := s.visible(ctx, q, actor, one.CaseID)
		if err != nil {
			return err
		}
		for _, o := range c.State.OpenSeats() {
			if o.ID == one.Seat && !w.item(inboxRow{Task: Task{Seat: o.ID, Step: o.Step}, Case: c}, actor.UserID).Bulk {
				return errs.New(errs.Conflict, "procedure.not_in_bulk", "number", c.Number)
			}
		}
		return nil
	})
}

// Tell notes what some people are told about something that is no case: About and AboutTitle name it. Whoever was told the same (code
// and what about the same thing) before is not told again. It runs in the caller's transaction.
func (s *Service) Tell(ctx context.Context, q db.Q, n Notice, users []int64) error {
	now := s.now()
	var fresh []Notice
	for _, u := range users {
		n.ID, n.UserID, n.CaseID, n.At = id.New(now), u, 0, clock.Micros(now)
		told, err := wasTold(ctx, q, &n)
		if err != nil {
			return err
		}
		if told {
			continue
		}
		fresh = append(fresh, n)
	}
	_, err := db.ExecAll(ctx, q, insertingNotices(fresh))
	return err
}

// PutAway marks notices of the acting person as seen: one, or with 0 all of them. Needs procedure.read.
func (s *Service) PutAway(ctx context.Context, noticeID int64) error {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		return seeNotices(ctx, q, actor.UserID, noticeID, clock.Micros(s.now()))
	})
}
