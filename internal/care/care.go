// Package care greets customers: it lists the greetings that are owed (duties of the activity greeting, by birthday, festival,
// anniversary or cadence), with the message by which each is kept, and sends many at once with a template.
//
// It owns no table. The duties are duty's, templates, wishes, gate and delivery message's.
//
//	greeting owed ──approved──▶ message queued for its day ──sent──▶ duty kept, the delivery as its evidence
//	                                  └──suppressed, failed──▶ the duty stays open, and the list says why
//
// A greeting goes the way its customer prefers, where one was named and it can go that way; otherwise by the template's channel.
//
// A duty is greeted once: while its message waits or has gone out, approving it again changes nothing. A message that arrives only after the
// last day of its duty is not sent.
//
// Permissions: duty.read and message.read for the list, duty.do and message.send over each customer to send.
// Events heard: message.sent. Jobs: care.keep.
// May import: duty, message and what lies below them.
package care

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/message"
)

// Activity is the activity of duties that are greetings.
const Activity = "greeting"

const (
	jobKeep   = "care.keep"
	maxNote   = 2000 // characters of a duty's note
	atHour    = 9    // when greetings go out on their day, unless the quiet hours say later
	maxAtOnce = 500  // greetings approved in one request
)

// Service holds the use cases of greetings.
type Service struct {
	now      clock.Clock
	loc      *time.Location
	queue    *job.Queue
	duties   *duty.Service
	messages *message.Service
}

// New makes the service. loc is the organisation's time zone.
func New(now clock.Clock, loc *time.Location, queue *job.Queue, duties *duty.Service, messages *message.Service) *Service {
	s := &Service{now: now, loc: loc, queue: queue, duties: duties, messages: messages}
	messages.Veto(message.RefDuty, s.stillOwed)
	return s
}

// Greeting is a greeting that is owed, with the message by which it is kept.
type Greeting struct {
	duty.Duty
	Message *message.Message // nil = nothing was approved yet
	Taboos  string           // what is to be left alone with this customer
}

// Filter bounds the list; None = no bound.
type Filter struct {
	From, To calendar.Date
	Cursor   string
	Limit    int
}

// List gives the open greetings within the actor's reach, by their day, and the cursor of the next page. Needs duty.read and
// message.read. Errors: invalid_input, cursor.invalid.
func (s *Service) List(ctx context.Context, f Filter) ([]Greeting, string, error) {
	list, next, err := s.duties.List(ctx, duty.Filter{
		Activities: []string{Activity}, States: []duty.State{duty.Open, duty.Missed}, From: f.From, To: f.To, Cursor: f.Cursor, Limit: f.Limit,
	})
	if err != nil {
		return nil, "", err
	}
	refs := make([]string, len(list))
	for i := range list {
		refs[i] = refOf(list[i].ID)
	}
	sent, err := s.messages.ByRef(ctx, refs)
	if err != nil {
		return nil, "", err
	}
	taboos, err := s.messages.Taboos(ctx, customersOf(list))
	out := make([]Greeting, len(list))
	for i := range list {
		out[i].Duty, out[i].Taboos = list[i], taboos[list[i].CustomerID]
		if m, ok := sent[refs[i]]; ok {
			out[i].Message = &m
		}
	}
	return out, next, err
}

func customersOf(list []duty.Duty) []int64 {
	var out []int64
	for i := range list {
		if n := list[i].CustomerID; n != 0 {
			out = append(out, n)
		}
	}
	return out
}

func refOf(dutyID int64) string { return message.RefDuty + id.String(dutyID) }

func dutyOf(ref string) (dutyID int64, ok bool, err error) {
	text, ok := strings.CutPrefix(ref, message.RefDuty)
	if !ok {
		return 0, false, nil
	}
	dutyID, err = id.Parse(text)
	return dutyID, true, err
}

// stillOwed stops a greeting whose duty was kept, waived or dropped while it waited. One that comes late is told by its own end.
func (s *Service) stillOwed(ctx context.Context, q db.Q, ref string) (string, error) {
	dutyID, _, err := dutyOf(ref)
	if err != nil {
		return "", err
	}
	switch state, err := s.duties.StateWithin(ctx, q, dutyID); {
	case db.IsNoRows(err):
		return "care.closed", nil
	case err != nil || state == duty.Open || state == duty.Missed:
		return "", err
	}
	return "care.closed", nil
}

// Outcome is what became of one greeting that was approved.
type Outcome struct {
	DutyID  int64
	Message *message.Message // nil when Err is set
	Err     error
}

// Send approves greetings: each is queued with the template for its day, as far as the gate lets it. What cannot be greeted is
// told one by one and keeps the others from nothing. Needs duty.do and message.send over each customer. Errors: invalid_input.
func (s *Service) Send(ctx context.Context, templateID int64, dutyIDs []int64) ([]Outcome, error) {
	if _, err := authz.Require(ctx, authz.DutyDo); err != nil {
		return nil, err
	}
	t, err := s.messages.Template(ctx, templateID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	v.Check(t.Purpose == message.Greeting, "template_id", "care.not_a_greeting", "name", t.Name)
	v.Check(len(dutyIDs) > 0, "duty_ids", "field.required")
	v.Check(len(dutyIDs) <= maxAtOnce, "duty_ids", "care.too_many", "max", maxAtOnce)
	if err := v.Err(); err != nil {
		return nil, err
	}
	out := make([]Outcome, len(dutyIDs))
	for i, dutyID := range dutyIDs {
		m, err := s.greet(ctx, t, dutyID)
		out[i] = Outcome{DutyID: dutyID, Err: err}
		if err == nil {
			out[i].Message = &m
		} else if errs.KindOf(err) == errs.Internal || errs.KindOf(err) == errs.Unavailable {
			return nil, err
		}
	}
	return out, nil
}

// over are the states of messages that did not go out and never will: a new one may be approved.
var over = []message.State{message.Suppressed, message.Failed, message.Stopped}

func (s *Service) greet(ctx context.Context, t message.Template, dutyID int64) (message.Message, error) {
	d, err := s.duties.Get(ctx, dutyID)
	if err != nil {
		return message.Message{}, err
	}
	today := s.duties.Today()
	state := d.EffectiveState(today)
	switch {
	case d.Activity != Activity || d.CustomerID == 0:
		return message.Message{}, errs.New(errs.Invalid, "care.not_owed")
	case state != duty.Open:
		return message.Message{}, errs.New(errs.Conflict, "care.closed", "state", string(state))
	}
	if actor, _ := authz.From(ctx); !actor.Scope(authz.DutyDo).CoversPerson(d.OwnerID, d.UnitID) {
		return message.Message{}, db.ErrNoRows
	}
	ref := refOf(dutyID)
	before, err := s.messages.ByRef(ctx, []string{ref})
	if err != nil {
		return message.Message{}, err
	}
	key := ref
	if old, ok := before[ref]; ok {
		if !slices.Contains(over, old.State) {
			return old, nil
		}
		key += ":" + id.String(old.ID)
	}
	title := d.TitleZh
	if t.Body.Zh == "" {
		title = d.TitleEn
	}
	return s.messages.Send(ctx, message.SendInput{
		CustomerID: d.CustomerID, TemplateID: t.ID, Preferred: true, Values: map[string]string{"occasion": title}, Ref: ref, Key: key,
		NotBefore: d.DueOn.Midnight(s.loc).Add(atHour * time.Hour), Until: d.DueOn.AddDays(1).Midnight(s.loc).Add(-time.Second),
	})
}

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) { bus.Subscribe(message.EventSent, s.onSent) }

type keepArgs struct {
	DutyID    int64 `json:"duty_id,string"`
	MessageID int64 `json:"message_id,string"`
}

// onSent has the duty of a greeting that went out kept.
func (s *Service) onSent(ctx context.Context, q db.Q, e event.Event) error {
	var p message.Happened
	if err := json.Unmarshal(e.Payload, &p); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	dutyID, ok, err := dutyOf(p.Ref)
	if err != nil || !ok {
		return err
	}
	args := keepArgs{DutyID: dutyID}
	if args.MessageID, err = id.Parse(p.MessageID); err != nil {
		return err
	}
	_, err = s.queue.Enqueue(ctx, q, job.Spec{Kind: jobKeep, Args: args, UniqueKey: jobKeep + ":" + p.MessageID})
	return err
}

// Jobs gives the handlers of this feature's jobs.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{jobKeep: func(ctx context.Context, run *job.Run) error {
		var args keepArgs
		if err := run.Decode(&args); err != nil {
			return err
		}
		return s.keep(authz.With(ctx, authz.System("care")), args)
	}}
}

// keep settles a duty with the delivery of its message as evidence. One that was settled or given up in the moment in which the
// message went out stays as it is, and the message becomes a fact of its own.
func (s *Service) keep(ctx context.Context, args keepArgs) error {
	m, err := s.messages.Get(ctx, args.MessageID)
	if err != nil {
		return err
	}
	note := string(m.Channel) + " → " + m.Address
	if m.ProviderID != "" {
		note += " (" + m.ProviderID + ")"
	}
	if m.Subject != "" {
		note += "\n" + m.Subject
	}
	_, err = s.duties.Do(ctx, args.DutyID, duty.Evidence{
		Note: cut(note + "\n" + m.Body), On: calendar.FromTime(clock.FromMicros(m.SentAt), s.loc), Key: "message:" + id.String(m.ID),
	})
	switch errs.CodeOf(err) {
	case "duty.already_done", "duty.closed":
		return s.messages.Record(ctx, m.ID)
	case "duty.changed": // others act on it at this moment: again later
		return errs.Wrap(err, errs.Unavailable, "duty.changed")
	}
	return err
}

// cut keeps a note within what a duty takes.
func cut(note string) string {
	if r := []rune(note); len(r) > maxNote {
		return string(r[:maxNote-1]) + "…"
	}
	return note
}
