package duty

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/files"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

// InForce is what planning needs of the version of a rulebook that is in force on a day.
type InForce struct {
	Version string
	Since   calendar.Date // the day from which it is in force, 0 when that is not known
	Rules   func(scheme, grade string) []rule.DutyRule
	Shared  []rule.DutyRule // those that whole grades are owed together
}

// Rulebooks gives what is in force; the composition root takes it from the rulebook feature. An error of kind Conflict or
// NotFound means that nothing is in force.
type Rulebooks func(ctx context.Context, q db.Q, rulebook string, on calendar.Date) (InForce, error)

// Drafts gives a version ("" = the newest) that need not be in force. Errors: rulebook.unknown_version.
type Drafts func(ctx context.Context, rulebook, version string) (InForce, error)

// Service plans duties, takes their evidence and lists them.
type Service struct {
	db    *db.DB
	now   clock.Clock
	loc   *time.Location
	work  *calendar.Working
	bus   *event.Bus
	queue *job.Queue
	facts *fact.Service
	files *files.Store
	rules Rulebooks

	planTogether int // customers in one transaction of planning

	drafts Drafts

	readers []FileReader
}

// Deps are what the service stands on. Loc is the organisation's time zone, Work its working calendar.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location
	Work      *calendar.Working
	Bus       *event.Bus
	Queue     *job.Queue
	Facts     *fact.Service
	Files     *files.Store
	Rulebooks Rulebooks
	Drafts    Drafts
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{db: d.DB, now: d.Now, loc: d.Loc, work: d.Work, bus: d.Bus, queue: d.Queue, facts: d.Facts, files: d.Files, rules: d.Rulebooks, drafts: d.Drafts, planTogether: planChunk}
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// attempts is how often a change is decided again when the row changed between reading and writing it.
const attempts = 3

// reasonUndone is what the reversing fact of a duty taken back gives as its reason; the UI has the words.
const reasonUndone = "duty.undone"

// errRace says that the row was changed by somebody else between reading and writing it.
var errRace = errs.New(errs.Conflict, "duty.changed")

// Do settles a duty with its evidence and records the fact it becomes, all in one transaction. Done on or before its day
// it is kept, afterwards late. The same request again (equal Key and input) changes nothing.
// A duty that asks for an appointment first is kept by its visit (DoWithin). Needs duty.do over the duty. Errors: not_found,
// invalid_input, duty.already_done, duty.closed, duty.key_reused, duty.not_yours, duty.appointment_first.
func (s *Service) Do(ctx context.Context, dutyID int64, e Evidence) (Duty, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Duty{}, err
	}
	if err := e.Validate(s.Today()); err != nil {
		return Duty{}, err
	}
	if err := s.checkFiles(ctx, actor, e.Files); err != nil {
		return Duty{}, err
	}
	hash := e.hash()
	return s.change(ctx, actor, authz.DutyDo, dutyID, func(q db.Q, d Duty) error {
		if e.Key != "" && d.idemKey == e.Key && (d.State == Kept || d.State == Late) {
			if d.idemHash != hash {
				return errs.New(errs.Conflict, "duty.key_reused")
			}
			return nil
		}
		if d.Appointment {
			return errs.New(errs.Conflict, "duty.appointment_first")
		}
		to, err := decideDone(d, e, s.Today())
		if err != nil {
			return err
		}
		return s.writeDone(ctx, q, d, to, e, actor.UserID)
	})
}

func (s *Service) writeDone(ctx context.Context, q db.Q, d Duty, to State, e Evidence, userID int64) error {
	now := s.now()
	us := clock.Micros(now)
	c := change{
		to: to, doneOn: e.On, doneAt: &us, doneBy: userID, note: strings.TrimSpace(e.Note), reason: strings.TrimSpace(e.Reason),
		idemKey: e.Key, idemHash: e.hash(),
	}
	// The guarded update comes first: whoever loses it writes no fact.
	if ok, err := writeOutcome(ctx, q, d, c, us); err != nil || !ok {
		return raceOr(err)
	}
	// What a whole grade was owed happened to no customer by itself; who took part is recorded with each of them.
	if !d.OfGrade() {
		f, err := s.facts.Append(ctx, q, fact.Input{CustomerID: d.CustomerID, Kind: d.Activity, On: e.On, Attrs: e.attrs(d)})
		if err != nil {
			return err
		}
		if err := setFact(ctx, q, d, f.ID); err != nil {
			return err
		}
	}
	if err := replaceFiles(ctx, q, d, e.Files); err != nil {
		return err
	}
	return s.record(ctx, q, d, "duty.do", "duty.done", to, now, audit.Change{Field: "done_on", Before: nil, After: e.On.String()})
}

// Undo takes back what the same person did within the last ten minutes and reverses the fact.
// Needs duty.do over the duty. Errors: not_found, duty.not_done, duty.done_by_other, duty.undo_expired.
func (s *Service) Undo(ctx context.Context, dutyID int64) (Duty, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Duty{}, err
	}
	return s.change(ctx, actor, authz.DutyDo, dutyID, func(q db.Q, d Duty) error {
		now := s.now()
		to, err := decideUndone(d, actor.UserID, now)
		if err != nil {
			return err
		}
		if ok, err := writeOutcome(ctx, q, d, change{to: to, doneOn: calendar.None}, clock.Micros(now)); err != nil || !ok {
			return raceOr(err)
		}
		if d.FactID != 0 {
			if _, err := s.facts.TakeBack(ctx, q, d.CustomerID, d.DoneOn, d.FactID, reasonUndone); err != nil {
				return err
			}
		}
		if err := replaceFiles(ctx, q, d, nil); err != nil {
			return err
		}
		return s.record(ctx, q, d, "duty.undo", "duty.undone", to, now)
	})
}

// Waive excuses a duty with a reason. Needs duty.waive over the duty, and the role that the rulebook names for it.
// Errors: not_found, invalid_input, duty.already_done, duty.closed, duty.waive_by_procedure, duty.waive_by_role.
func (s *Service) Waive(ctx context.Context, dutyID int64, reason string) (Duty, error) {
	actor, err := authz.Require(ctx, authz.DutyWaive)
	if err != nil {
		return Duty{}, err
	}
	reason = strings.TrimSpace(reason)
	var v errs.Validation
	v.Check(reason != "", "reason", "field.required")
	v.Check(len([]rune(reason)) <= maxReason, "reason", "field.too_long", "max", maxReason)
	if err := v.Err(); err != nil {
		return Duty{}, err
	}
	return s.change(ctx, actor, authz.DutyWaive, dutyID, func(q db.Q, d Duty) error {
		if err := s.mayWaive(ctx, q, d, actor.UserID); err != nil {
			return err
		}
		return s.waive(ctx, q, d, actor.UserID, reason)
	})
}

// mayWaive says whether the rulebook lets a person excuse a duty without an approval.
func (s *Service) mayWaive(ctx context.Context, q db.Q, d Duty, userID int64) error {
	if d.WaiveBy == rule.WaiveByProcedure {
		return errs.New(errs.Conflict, "duty.waive_by_procedure")
	}
	one := []Duty{d}
	if err := addWaivable(ctx, q, one, userID); err != nil || one[0].waivable {
		return err
	}
	return errs.New(errs.Forbidden, "duty.waive_by_role", "role", d.WaiveBy)
}

// addWaivable says of duties whether the rulebook lets a person excuse them without an approval; the person's roles are read once.
func addWaivable(ctx context.Context, q db.Q, list []Duty, userID int64) error {
	var roles map[string]bool
	for i := range list {
		d := &list[i]
		switch d.WaiveBy {
		case "":
			d.waivable = true
		case rule.WaiveByProcedure:
		case RoleOwner:
			d.waivable = d.Customer.OwnerID == userID
		default:
			if roles == nil {
				var err error
				if roles, err = rolesOf(ctx, q, userID); err != nil {
					return err
				}
			}
			d.waivable = roles[d.WaiveBy]
		}
	}
	return nil
}

func (s *Service) waive(ctx context.Context, q db.Q, d Duty, by int64, reason string) error {
	if d.State == Kept || d.State == Late {
		return errs.New(errs.Conflict, "duty.already_done", "by", d.DoneByName, "on", d.DoneOn.String())
	}
	if !d.State.May(Waived) {
		return errs.New(errs.Conflict, "duty.closed", "state", string(d.State))
	}
	now := s.now()
	us := clock.Micros(now)
	c := change{to: Waived, doneOn: calendar.None, doneAt: &us, doneBy: by, reason: reason}
	if ok, err := writeOutcome(ctx, q, d, c, us); err != nil || !ok {
		return raceOr(err)
	}
	return s.record(ctx, q, d, "duty.waive", "duty.waived", Waived, now, audit.Change{Field: "reason", Before: "", After: reason})
}

// WaiveDecided excuses a duty of a customer because an approval ended well, inside the caller's transaction: whoever took the
// last step of the approval had the right by the regulation. Errors: not_found, invalid_input, duty.already_done, duty.closed.
func (s *Service) WaiveDecided(ctx context.Context, q db.Q, customerID, dutyID, by int64, reason string) error {
	d, err := getDuty(ctx, q, dutyID)
	if err == nil && d.CustomerID != customerID {
		err = db.ErrNoRows
	}
	if err != nil {
		return err
	}
	return s.waive(ctx, q, d, by, reason)
}

// change loads the duty, checks the scope, lets fn decide and write in the same transaction, and gives the duty as it is then.
// When somebody else changed the row in between, everything is decided again on the new row.
func (s *Service) change(ctx context.Context, actor authz.Actor, p authz.Permission, dutyID int64, fn func(q db.Q, d Duty) error) (Duty, error) {
	var out Duty
	var err error
	for range attempts {
		err = s.db.InTx(ctx, func(q db.Q) error {
			d, err := getDuty(ctx, q, dutyID)
			if err != nil {
				return err
			}
			if err := mayChange(actor, p, d); err != nil {
				return err
			}
			if err := fn(q, d); err != nil {
				return err
			}
			out, err = s.load(ctx, q, dutyID)
			return err
		})
		if !errors.Is(err, errRace) {
			break
		}
	}
	if err != nil {
		return Duty{}, err
	}
	return out, nil
}

func (s *Service) load(ctx context.Context, q db.Q, dutyID int64) (Duty, error) {
	d, err := getDuty(ctx, q, dutyID)
	if err != nil {
		return d, err
	}
	one := []Duty{d}
	if err := addPhones(ctx, q, one); err != nil {
		return d, err
	}
	actor, _ := authz.From(ctx)
	if err := addWaivable(ctx, q, one, actor.UserID); err != nil {
		return d, err
	}
	return one[0], addAttachments(ctx, q, &one[0])
}

// visible says whether the actor may know of the duty: it lies within the actor's reach, or was answered for in the scope on its day.
func visible(actor authz.Actor, p authz.Permission, d *Duty) bool {
	return inReach(actor, p, d) || actor.Scope(p).CoversPerson(d.DueOwnerID, d.DueUnitID)
}

// inReach says whether the actor may know everything of the duty: it is owed within the actor's scope, or the customer lies in it, or the
// actor was told that it was missed.
func inReach(actor authz.Actor, p authz.Permission, d *Duty) bool {
	if d.EscalatedTo != 0 && d.EscalatedTo == actor.UserID {
		return true
	}
	scope := actor.Scope(p)
	return scope.CoversPerson(d.OwnerID, d.UnitID) ||
		scope.Covers(authz.Place{CustomerID: d.CustomerID, OwnerID: d.Customer.OwnerID, UnitID: d.Customer.UnitID, Region: d.Customer.Region})
}

// withhold leaves of a duty out of reach what its figure of compliance rests on: that it was owed, when, by whom, and what became of it. How
// to get at the customer, and what others noted since, is no longer for whoever answered for it once.
func (d *Duty) withhold() {
	d.Customer.Region, d.Customer.Phone, d.Note, d.Reason, d.Attachments = "", "", "", "", nil
}

// mayChange lets only those settle a duty within whose scope it is owed: a salesperson sees that the director owes the
// customer a visit, and cannot declare it done.
func mayChange(actor authz.Actor, p authz.Permission, d Duty) error {
	if !visible(actor, p, &d) {
		return db.ErrNoRows
	}
	if !actor.Scope(p).CoversPerson(d.OwnerID, d.UnitID) || (actor.Grants[p] < authz.ReachUnit && d.OwnerID != actor.UserID) {
		return errs.New(errs.Forbidden, "duty.not_yours", "owner", d.OwnerName)
	}
	return nil
}

// record writes the audit entry and the event of a change of state.
func (s *Service) record(ctx context.Context, q db.Q, d Duty, action, kind string, to State, now time.Time, more ...audit.Change) error {
	detail := append([]audit.Change{{Field: "state", Before: string(d.State), After: string(to)}}, more...)
	err := audit.Write(ctx, q, now, audit.Entry{Action: action, Entity: "duty", EntityID: id.String(d.ID), CustomerID: d.CustomerID, Detail: detail})
	if err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, kind, d.CustomerID, map[string]string{"duty_id": id.String(d.ID), "state": string(to)})
}

// checkFiles makes sure that the evidence names files this person uploaded: nobody gets at another's upload by its number.
func (s *Service) checkFiles(ctx context.Context, actor authz.Actor, ids []int64) error {
	var v errs.Validation
	seen := map[int64]bool{}
	for _, fileID := range ids {
		f, err := s.files.Get(ctx, fileID)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		v.Check(err == nil && f.CreatedBy == actor.UserID && !seen[fileID], "files", "duty.file_unknown", "id", id.String(fileID))
		seen[fileID] = true
	}
	return v.Err()
}

// hash identifies the input of a request.
func (e Evidence) hash() string {
	b, err := json.Marshal([]any{e.Note, e.On.String(), e.Files, e.Reason})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// attrs are the further fields of the fact a duty becomes.
func (e Evidence) attrs(d Duty) map[string]any {
	a := map[string]any{"duty": id.String(d.ID), "clause": d.Clause}
	for k, v := range e.Attrs {
		a[k] = v
	}
	if note := strings.TrimSpace(e.Note); note != "" {
		a["note"] = note
	}
	if len(e.Files) > 0 {
		list := make([]string, len(e.Files))
		for i, f := range e.Files {
			list[i] = id.String(f)
		}
		a["files"] = list
	}
	return a
}

func raceOr(err error) error {
	if err != nil {
		return err
	}
	return errRace
}
