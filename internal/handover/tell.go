package handover

import (
	"context"
	"slices"
	"unicode/utf8"

	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/message"
)

// maxTold bounds how many customers one request tells.
const maxTold = 200

// refOf is what the messages of a handover to a customer are for.
func refOf(handoverID, customerID int64) string {
	return subjectHandover + ":" + id.String(handoverID) + ":" + id.String(customerID)
}

// Telling is a customer of a handover with what was written to it, and what the gate says to writing now.
type Telling struct {
	Line
	Message *message.Message // the newest, nil = none
	Gate    *message.Answered
}

// maxTellings bounds a page of Tellings: the gate is asked about each.
const maxTellings = 50

// Tellings gives a page of the customers who moved, at most 50, with whether they were told and may be written to by a channel, and the cursor of
// the next one. Needs message.read, and a part in the handover; a receiver sees those they got. Error: not_found.
func (s *Service) Tellings(ctx context.Context, handoverID int64, ch channel.Name, f LineFilter, cursor string, limit int) ([]Telling, string, error) {
	if _, err := authz.Require(ctx, authz.MessageRead); err != nil {
		return nil, "", err
	}
	f.State = LineMoved
	lines, next, err := s.Lines(ctx, handoverID, f, cursor, min(limit, maxTellings))
	if err != nil {
		return nil, "", err
	}
	refs := make([]string, len(lines))
	for i := range lines {
		refs[i] = refOf(handoverID, lines[i].CustomerID)
	}
	sent, err := s.messages.ByRef(ctx, refs)
	if err != nil {
		return nil, "", err
	}
	out := make([]Telling, len(lines))
	for i := range lines {
		out[i].Line = lines[i]
		if m, ok := sent[refs[i]]; ok {
			out[i].Message = &m
		}
		if lines[i].ToldHow != "" || ch == "" {
			continue
		}
		gate, err := s.messages.May(ctx, lines[i].CustomerID, 0, ch, message.Notice, s.now())
		switch errs.KindOf(err) {
		case errs.NotFound, errs.Forbidden, errs.Conflict: // out of reach since, or archived: nobody of this handover writes to it
			gate = message.Answered{Passage: message.No, Why: errs.CodeOf(err)}
		default:
			if err != nil {
				return nil, "", err
			}
		}
		out[i].Gate = &gate
	}
	return out, next, nil
}

// Told is what became of telling one customer.
type Told struct {
	CustomerID int64
	Message    *message.Message // nil when it was refused
	Err        error            // why it was refused
}

// over are the states of messages that did not go out and never will: the customer may be written to again.
var over = []message.State{message.Suppressed, message.Failed, message.Stopped}

// Tell writes to customers who moved, by a template of purpose notice; the gate decides on each, and what it forbids is
// in the log. Doing it twice writes once. Needs message.send over each, and a part in the handover.
// Errors: invalid_input, not_found, message.wrong_purpose.
func (s *Service) Tell(ctx context.Context, handoverID, templateID int64, customers []int64) ([]Told, error) {
	if _, err := authz.Require(ctx, authz.MessageSend); err != nil {
		return nil, err
	}
	h, err := s.telling(ctx, handoverID, customers)
	if err != nil {
		return nil, err
	}
	t, err := s.messages.Template(ctx, templateID)
	if err != nil {
		return nil, err
	}
	if t.Purpose != message.Notice {
		return nil, errs.New(errs.Invalid, "handover.no_notice", "name", t.Name)
	}
	out := make([]Told, len(customers))
	for i, customerID := range customers {
		m, err := s.tellOne(ctx, &h, t.ID, customerID)
		out[i] = Told{CustomerID: customerID, Err: err}
		if err == nil {
			out[i].Message = &m
		} else if errs.KindOf(err) == errs.Internal || errs.KindOf(err) == errs.Unavailable {
			return nil, err
		}
	}
	return out, nil
}

func (s *Service) tellOne(ctx context.Context, h *Handover, templateID, customerID int64) (message.Message, error) {
	if _, err := toldLine(ctx, s.db.Read(), h.ID, customerID); err != nil {
		return message.Message{}, err
	}
	ref := refOf(h.ID, customerID)
	key := ref
	before, err := s.messages.ByRef(ctx, []string{ref})
	if err != nil {
		return message.Message{}, err
	}
	if old, ok := before[ref]; ok {
		if !slices.Contains(over, old.State) {
			return old, nil
		}
		key += ":" + id.String(old.ID)
	}
	return s.messages.Send(ctx, message.SendInput{
		CustomerID: customerID, TemplateID: templateID, Preferred: true, Ref: ref, Key: key, Values: map[string]string{"subject": h.PersonName, "detail": h.From.String()},
	})
}

// ToldByPhone notes that customers who moved were told by phone. Needs message.send, and a part in the handover: the head notes it
// of everybody, a receiver of those they got. Errors: invalid_input, not_found.
func (s *Service) ToldByPhone(ctx context.Context, handoverID int64, customers []int64, note string) error {
	actor, err := authz.Require(ctx, authz.MessageSend)
	if err != nil {
		return err
	}
	note = trimmed(note)
	var v errs.Validation
	v.Check(utf8.RuneCountInString(note) <= maxNote, "note", "field.too_long", "max", maxNote)
	if err := v.Err(); err != nil {
		return err
	}
	h, err := s.telling(ctx, handoverID, customers)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		if err := setTold(ctx, q, h.ID, customers, told{how: ToldPhone, by: actor.UserID, at: clock.Micros(s.now()), note: note}); err != nil {
			return err
		}
		return s.record(ctx, q, "handover.told", &h, map[string]any{"customers": len(customers), "note": note})
	})
}

// telling gives a handover to whoever may tell all of some customers about it.
func (s *Service) telling(ctx context.Context, handoverID int64, customers []int64) (Handover, error) {
	var v errs.Validation
	v.Check(len(customers) > 0, "customers", "field.required")
	v.Check(len(customers) <= maxTold, "customers", "field.too_many", "max", maxTold)
	if err := v.Err(); err != nil {
		return Handover{}, err
	}
	actor, _ := authz.From(ctx)
	h, a, err := s.seen(ctx, s.db.Read(), actor, handoverID)
	if err != nil || a.Heads {
		return h, err
	}
	to, err := receiversOf(ctx, s.db.Read(), h.ID, customers)
	for _, c := range customers {
		if err == nil && to[c] != actor.UserID {
			err = db.ErrNoRows
		}
	}
	return h, err
}
