package visit

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/id"
)

// Outcome is what came of a call.
type Outcome string

// The outcomes.
const (
	Reached    Outcome = "reached"
	NotReached Outcome = "not_reached"
	CallAgain  Outcome = "call_again" // at a moment agreed or chosen
)

// Outcomes lists them in the order in which they are offered.
var Outcomes = []Outcome{Reached, NotReached, CallAgain}

// Call is somebody ringing a customer, or a customer ringing us.
type Call struct {
	ID, CustomerID int64
	ByID, UnitID   int64
	CallInput
	On        calendar.Date
	AgainOpen bool // nobody has rung again yet
	FactID    int64

	Customer Customer
	ByName   string
}

// CallInput is what somebody says of a call.
type CallInput struct {
	DutyID  int64 // 0 = for none
	Outcome Outcome
	Inward  bool // the customer rang
	Whom    string
	Phone   string
	Note    string
	At      int64 // microseconds; 0 = now
	AgainAt int64 // microseconds; with CallAgain
}

// Validate reports every wrong field.
func (in CallInput) Validate(now time.Time) error {
	var v errs.Validation
	v.Check(slices.Contains(Outcomes, in.Outcome), "outcome", "field.not_allowed", "value", string(in.Outcome))
	v.Check(in.Outcome != Reached || strings.TrimSpace(in.Note) != "", "note", "visit.note_needed")
	v.Check(utf8.RuneCountInString(in.Note) <= maxReport, "note", "field.too_long", "max", maxReport)
	v.Check(utf8.RuneCountInString(in.Whom) <= maxName, "whom", "field.too_long", "max", maxName)
	v.Check(len(in.Phone) <= maxName, "phone", "field.too_long", "max", maxName)
	v.Check(in.At <= now.Add(clockDrift).UnixMicro(), "at", "visit.in_future")
	v.Check(in.Outcome != CallAgain || in.AgainAt > now.UnixMicro(), "again_at", "visit.again_ahead")
	return v.Err()
}

// kind is the kind of fact a call becomes: only who was reached was called.
func (in CallInput) kind() string {
	if in.Outcome == Reached {
		return "call"
	}
	return "attempt"
}

// LogCall keeps a call. In which somebody was reached, it becomes the fact and keeps its duty; else it becomes an attempt and
// the duty stays. Calls to be made again are settled by it. The same request again (key and input) changes nothing.
// Needs duty.do over the customer or the duty. Errors: not_found, invalid_input, customer.archived, visit.other_duty,
// visit.key_reused, those of keeping a duty.
func (s *Service) LogCall(ctx context.Context, customerID int64, in CallInput, key string) (Call, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Call{}, err
	}
	if err := in.Validate(s.now()); err != nil {
		return Call{}, err
	}
	if len(key) > maxKey {
		return Call{}, errs.New(errs.Invalid, "field.too_long", "max", maxKey)
	}
	hash := hashOf(id.String(customerID), in)
	had, err := s.before(ctx, actor, key, hash)
	if err != nil {
		return Call{}, err
	}
	if had != 0 {
		return loadCall(ctx, s.db.Read(), had)
	}
	ref, err := s.mayServe(ctx, customerID, in.DutyID, keptByCall)
	if err != nil {
		return Call{}, err
	}
	var out Call
	err = s.db.InTx(ctx, func(q db.Q) error {
		callID := id.New(s.now())
		first, err := s.once(ctx, q, actor, key, hash, &callID)
		if err != nil {
			return err
		}
		if first {
			if err := s.writeCall(ctx, q, actor, callID, ref, in); err != nil {
				return err
			}
		}
		out, err = loadCall(ctx, q, callID)
		return err
	})
	return out, err
}

func (s *Service) writeCall(ctx context.Context, q db.Q, actor authz.Actor, callID int64, ref customer.Ref, in CallInput) error {
	if err := s.notArchived(ctx, q, ref.ID); err != nil {
		return err
	}
	now := s.now()
	if in.At == 0 || in.At > now.UnixMicro() {
		in.At = now.UnixMicro()
	}
	in.Note, in.Whom, in.Phone = strings.TrimSpace(in.Note), strings.TrimSpace(in.Whom), strings.TrimSpace(in.Phone)
	if in.Outcome != CallAgain {
		in.AgainAt = 0
	}
	c := Call{
		ID: callID, CustomerID: ref.ID, ByID: actor.UserID, UnitID: ref.UnitID, CallInput: in, AgainOpen: in.Outcome == CallAgain,
		On: calendar.FromTime(time.UnixMicro(in.At), s.loc),
	}
	var err error
	if c.FactID, err = s.callFact(ctx, q, c); err != nil {
		return err
	}
	if err := settleAgain(ctx, q, ref.ID); err != nil {
		return err
	}
	if err := insertCall(ctx, q, c, clock.Micros(now)); err != nil {
		return err
	}
	detail := map[string]string{"outcome": string(in.Outcome), "duty_id": id.Optional(in.DutyID)}
	if err := audit.Write(ctx, q, now, audit.Entry{Action: "visit.call", Entity: "call", EntityID: id.String(callID), CustomerID: ref.ID, Detail: detail}); err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, "visit.called", ref.ID, map[string]string{"call_id": id.String(callID), "outcome": string(in.Outcome)})
}

func (s *Service) callFact(ctx context.Context, q db.Q, c Call) (int64, error) {
	more := map[string]any{"call": id.String(c.ID)}
	if c.Whom != "" {
		more["met"] = c.Whom
	}
	if c.Outcome == Reached && c.DutyID != 0 {
		d, err := s.duties.DoWithin(ctx, q, c.DutyID, duty.Evidence{Note: c.Note, On: c.On, Attrs: more})
		return d.FactID, err
	}
	if c.Note != "" {
		more["note"] = c.Note
	}
	f, err := s.facts.Append(ctx, q, fact.Input{CustomerID: c.CustomerID, Kind: c.kind(), On: c.On, At: &c.At, Status: string(c.Outcome), Attrs: more})
	return f.ID, err
}

// CallFilter bounds a list of calls.
type CallFilter struct {
	CustomerID int64
	Mine       bool // logged by the acting person
	Again      bool // to be made again, the next first
	Cursor     string
	Limit      int // 1 to 200; 0 = 50
}

// Calls gives calls, newest first (with Again: the next to be made first), and the cursor of the next page. Needs duty.read.
// Error: cursor.invalid.
func (s *Service) Calls(ctx context.Context, f CallFilter) ([]Call, string, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, "", err
	}
	f.Limit = page(f.Limit)
	return listCalls(ctx, s.db.Read(), f, actor.UserID, actor.Scope(authz.DutyRead))
}
