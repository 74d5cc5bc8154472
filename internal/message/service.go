package message

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/setting"
	"kezhi/internal/throttle"
)

// Service holds the use cases of messages.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	bus       *event.Bus
	queue     *job.Queue
	customers *customer.Service
	facts     *fact.Service
	channels  *channel.Set
	publicURL string
	limits    *throttle.Limiter
	log       *slog.Logger
	vetoes    map[string]Veto
	signing   sync.Mutex // guards signWith
	signWith  []byte
}

// Veto is asked right before a message goes out that was asked for by some Ref, inside the transaction that claims it: the code of
// the sentence why it no longer is to be sent, "" = it is.
type Veto func(ctx context.Context, q db.Q, ref string) (why string, err error)

// Veto registers who is asked about messages whose Ref begins with a prefix. To be called before messages are delivered.
func (s *Service) Veto(prefix string, ask Veto) { s.vetoes[prefix] = ask }

// Deps are what the service stands on. Loc is the organisation's time zone, PublicURL the address under which customers reach
// the program ("" = not from outside: mails carry no link to take oneself off the list).
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location
	Bus       *event.Bus
	Queue     *job.Queue
	Customers *customer.Service
	Facts     *fact.Service
	Channels  *channel.Set
	PublicURL string
	Log       *slog.Logger
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{
		db: d.DB, now: d.Now, loc: d.Loc, bus: d.Bus, queue: d.Queue, customers: d.Customers, facts: d.Facts, channels: d.Channels,
		publicURL: strings.TrimSuffix(d.PublicURL, "/"), limits: throttle.New(d.Now), log: d.Log, vetoes: map[string]Veto{},
	}
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// Channels describes the channels, without their secrets. Needs message.read.
func (s *Service) Channels(ctx context.Context) ([]channel.Description, error) {
	_, err := authz.Require(ctx, authz.MessageRead)
	return s.channels.Describe(), err
}

// Policy gives what the organisation set. Needs message.read.
func (s *Service) Policy(ctx context.Context) (Policy, error) {
	if _, err := authz.Require(ctx, authz.MessageRead); err != nil {
		return Policy{}, err
	}
	return loadPolicy(ctx, s.db.Read())
}

// SetPolicy changes it. Needs system.manage. Error: invalid_input.
func (s *Service) SetPolicy(ctx context.Context, p Policy) (Policy, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return p, err
	}
	if p.Off == nil {
		p.Off = []channel.Name{}
	}
	if err := p.Validate(); err != nil {
		return p, err
	}
	return p, s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := setting.Save(ctx, q, settingPolicy, p, clock.Micros(now)); err != nil {
			return err
		}
		detail := map[string]any{
			"quiet": clockText(p.QuietFrom) + "-" + clockText(p.QuietTo), "cap": p.Cap, "cap_days": p.CapDays, "off": p.Off, "language": p.Language,
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "message.set", Entity: "setting", EntityID: settingPolicy, Detail: detail})
	})
}

func clockText(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// Templates lists the templates in use, by name. Needs message.read.
func (s *Service) Templates(ctx context.Context) ([]Template, error) {
	if _, err := authz.Require(ctx, authz.MessageRead); err != nil {
		return nil, err
	}
	return templates(ctx, s.db.Read())
}

// Template gives one template, in use or not. Needs message.read. Error: not_found.
func (s *Service) Template(ctx context.Context, templateID int64) (Template, error) {
	if _, err := authz.Require(ctx, authz.MessageRead); err != nil {
		return Template{}, err
	}
	return loadTemplate(ctx, s.db.Read(), templateID)
}

// CreateTemplate makes a template. Needs message.write. Errors: invalid_input, message.name_taken.
func (s *Service) CreateTemplate(ctx context.Context, in TemplateInput) (Template, error) {
	return s.putTemplate(ctx, 0, 0, "template.create", func(Template) (TemplateInput, bool) { return in, false })
}

// UpdateTemplate replaces a template of the given version. Needs message.write. Errors: not_found, invalid_input,
// message.name_taken, precondition_failed.
func (s *Service) UpdateTemplate(ctx context.Context, templateID, version int64, in TemplateInput) (Template, error) {
	return s.putTemplate(ctx, templateID, version, "template.update", func(Template) (TemplateInput, bool) { return in, false })
}

// ArchiveTemplate takes a template out of use; what was written with it keeps its words. Needs message.write.
// Errors: not_found, precondition_failed.
func (s *Service) ArchiveTemplate(ctx context.Context, templateID, version int64) (Template, error) {
	return s.putTemplate(ctx, templateID, version, "template.archive", func(t Template) (TemplateInput, bool) { return t.input(), true })
}

func (t Template) input() TemplateInput {
	return TemplateInput{t.Name, t.Channel, t.Purpose, t.Subject, t.Body}
}

func (s *Service) putTemplate(ctx context.Context, templateID, version int64, action string, change func(Template) (TemplateInput, bool)) (Template, error) {
	actor, err := authz.Require(ctx, authz.MessageWrite)
	if err != nil {
		return Template{}, err
	}
	var out Template
	asked := templateID
	err = s.db.InTx(ctx, func(q db.Q) error {
		templateID := asked // the transaction may run again, and what it made the first time is not there then
		var before Template
		if templateID != 0 {
			if before, err = loadTemplate(ctx, q, templateID); err != nil {
				return err
			}
			if before.Version != version || before.Archived {
				return errs.New(errs.Precondition, "precondition_failed", "current", before.Version)
			}
		}
		in, archive := change(before)
		if in, err = in.normal(); err != nil {
			return err
		}
		now := s.now()
		if templateID == 0 {
			templateID = id.New(now)
		}
		if err := saveTemplate(ctx, q, templateID, before.Version, in, archive, actor.UserID, now); err != nil {
			return err
		}
		if out, err = loadTemplate(ctx, q, templateID); err != nil {
			return err
		}
		detail := map[string]any{"name": in.Name, "channel": in.Channel, "purpose": in.Purpose, "before": before.Body, "after": in.Body}
		return audit.Write(ctx, q, now, audit.Entry{Action: action, Entity: "message_template", EntityID: id.String(templateID), Detail: detail})
	})
	return out, err
}

// List gives messages within the actor's reach, newest first, and the cursor of the next page. Needs message.read.
// Errors: not_found, invalid_input, field.cursor.
func (s *Service) List(ctx context.Context, f Filter) ([]Message, string, error) {
	actor, err := authz.Require(ctx, authz.MessageRead)
	if err != nil {
		return nil, "", err
	}
	var v errs.Validation
	for _, st := range f.States {
		v.Check(slices.Contains(States, st), "state", "field.not_allowed", "value", string(st))
	}
	v.Check(f.Channel == "" || channel.Known(f.Channel), "channel", "field.not_allowed", "value", string(f.Channel))
	if err := v.Err(); err != nil {
		return nil, "", err
	}
	if f.CustomerID != 0 {
		if _, err := s.customers.Guard(ctx, authz.CustomerRead, f.CustomerID); err != nil {
			return nil, "", err
		}
	}
	if f.Limit <= 0 || f.Limit > 200 {
		f.Limit = 50
	}
	return list(ctx, s.db.Read(), actor.Scope(authz.MessageRead), f, s.loc)
}

// ByRef gives the newest message within the actor's reach for each of some refs. Needs message.read.
func (s *Service) ByRef(ctx context.Context, refs []string) (map[string]Message, error) {
	actor, err := authz.Require(ctx, authz.MessageRead)
	if err != nil || len(refs) == 0 {
		return nil, err
	}
	list, err := byRef(ctx, s.db.Read(), actor.Scope(authz.MessageRead), refs)
	out := make(map[string]Message, len(list))
	for _, m := range list {
		out[m.Ref] = m
	}
	return out, err
}

// Get gives one message within the actor's reach. Needs message.read. Error: not_found.
func (s *Service) Get(ctx context.Context, messageID int64) (Message, error) {
	actor, err := authz.Require(ctx, authz.MessageRead)
	if err != nil {
		return Message{}, err
	}
	return load(ctx, s.db.Read(), actor.Scope(authz.MessageRead), messageID)
}

// Summary says how many messages within the actor's reach stand where. Needs message.read.
func (s *Service) Summary(ctx context.Context) (map[State]int64, error) {
	actor, err := authz.Require(ctx, authz.MessageRead)
	if err != nil {
		return nil, err
	}
	return counts(ctx, s.db.Read(), actor.Scope(authz.MessageRead))
}

// Again queues a failed or unclear message once more, with fresh attempts. Needs message.send over the customer.
// One that was written anew for the same thing (Ref) stays as it is: the later one counts. Errors: not_found, message.wrong_state,
// message.replaced.
func (s *Service) Again(ctx context.Context, messageID int64) (Message, error) {
	return s.turn(ctx, messageID, "message.again", []State{Failed, Unclear, Queued}, func(m *Message) {
		m.State, m.Attempts, m.DoubtAt, m.NextAt, m.Why, m.WhyArgs = Queued, 0, 0, clock.Micros(s.now()), "", nil
	})
}

// Stop takes a waiting or unclear message back. Needs message.send over the customer. Errors: not_found, message.wrong_state.
func (s *Service) Stop(ctx context.Context, messageID int64) (Message, error) {
	return s.turn(ctx, messageID, "message.stop", []State{Queued, Unclear}, func(m *Message) { m.State, m.Why, m.WhyArgs = Stopped, "", nil })
}

// Arrived says that an unclear message did reach the customer. Needs message.send over it. Errors: not_found, message.wrong_state.
func (s *Service) Arrived(ctx context.Context, messageID int64) (Message, error) {
	return s.turn(ctx, messageID, "message.arrived", []State{Unclear}, func(m *Message) {
		m.State, m.SentAt, m.Why, m.WhyArgs = Sent, m.ClaimedAt, "", nil
	})
}

func (s *Service) turn(ctx context.Context, messageID int64, action string, from []State, change func(*Message)) (Message, error) {
	actor, err := authz.Require(ctx, authz.MessageSend)
	if err != nil {
		return Message{}, err
	}
	var out Message
	err = s.db.InTx(ctx, func(q db.Q) error {
		m, err := load(ctx, q, actor.Scope(authz.MessageSend), messageID)
		if err != nil {
			return err
		}
		if !slices.Contains(from, m.State) {
			return errs.New(errs.Conflict, "message.wrong_state", "state", string(m.State))
		}
		before := m.State
		change(&m)
		if m.State == Queued && m.Ref != "" {
			newer, err := replaced(ctx, q, m.CustomerID, m.Ref, m.ID)
			if err == nil && newer {
				err = errs.New(errs.Conflict, "message.replaced")
			}
			if err != nil {
				return err
			}
		}
		if err := s.keep(ctx, q, &m, before); err != nil {
			return err
		}
		out = m
		entry := audit.Entry{
			Action: action, Entity: "message", EntityID: id.String(m.ID), CustomerID: m.CustomerID,
			Detail: []audit.Change{{Field: "state", Before: string(before), After: string(m.State)}},
		}
		return audit.Write(ctx, q, s.now(), entry)
	})
	return out, err
}

// keep writes what became of a message, guarded by the state it had, with what follows from it.
func (s *Service) keep(ctx context.Context, q db.Q, m *Message, before State) error {
	if m.State == Sent && !strings.HasPrefix(m.Ref, RefDuty) {
		// It went out: a fact that is refused (nothing of it is written then) must not have it sent again.
		switch err := s.record(ctx, q, m); errs.KindOf(err) {
		case errs.Invalid, errs.NotFound, errs.TooLarge:
			s.log.ErrorContext(ctx, "message becomes no fact", "message", m.ID, "code", errs.CodeOf(err))
			m.FactID = 0
		default:
			if err != nil {
				return err
			}
		}
	}
	ok, err := saveOutcome(ctx, q, m, before, s.now())
	if err == nil && !ok {
		err = errs.New(errs.Conflict, "message.changed")
	}
	if err != nil {
		return err
	}
	happened := Happened{MessageID: id.String(m.ID), Channel: string(m.Channel), Purpose: string(m.Purpose), Ref: m.Ref, Why: m.Why}
	switch m.State {
	case Sent:
		return s.bus.Emit(ctx, q, EventSent, m.CustomerID, happened)
	case Failed, Suppressed:
		return s.bus.Emit(ctx, q, EventFailed, m.CustomerID, happened)
	case Queued:
		if m.NextAt <= clock.Micros(s.now()) {
			return s.wake(ctx, q)
		}
	}
	return nil
}

// record makes the fact a message that went out becomes, once.
func (s *Service) record(ctx context.Context, q db.Q, m *Message) error {
	if m.CustomerID == 0 || m.FactID != 0 || m.Purpose == Test {
		return nil
	}
	f, err := s.facts.Append(ctx, q, fact.Input{
		CustomerID: m.CustomerID, Kind: FactContact, On: calendar.FromTime(clock.FromMicros(m.SentAt), s.loc),
		Attrs: map[string]any{"channel": string(m.Channel), "purpose": string(m.Purpose), "note": noteOf(m), "with": m.Recipient},
	})
	m.FactID = f.ID
	return err
}

// Record makes the fact of a message by which no duty was kept after all (RefDuty), so that the customer's timeline tells of it.
// Doing it twice changes nothing. Needs message.send over the customer. Errors: not_found, message.wrong_state.
func (s *Service) Record(ctx context.Context, messageID int64) error {
	actor, err := authz.Require(ctx, authz.MessageSend)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		m, err := load(ctx, q, actor.Scope(authz.MessageSend), messageID)
		switch {
		case err != nil || m.FactID != 0:
			return err
		case m.State != Sent:
			return errs.New(errs.Conflict, "message.wrong_state", "state", string(m.State))
		}
		if err := s.record(ctx, q, &m); err != nil {
			return err
		}
		ok, err := saveOutcome(ctx, q, &m, Sent, s.now())
		if err == nil && !ok {
			err = errs.New(errs.Conflict, "message.changed")
		}
		return err
	})
}

// FactContact is the kind of fact a message becomes.
const FactContact = "contact"

// noteOf gives the words of a message for the customer's timeline.
func noteOf(m *Message) string {
	text := m.Body
	if m.Subject != "" {
		text = m.Subject + "\n" + text
	}
	if r := []rune(text); len(r) > 500 {
		return string(r[:499]) + "…"
	}
	return text
}
