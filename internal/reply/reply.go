// Package reply has what a case says to its customer go out by message: the words of its answering steps, with a template or as they
// stand, by the channel the customer prefers. The history of the case tells when they went out, by which channel and where to.
//
// It owns no table. Cases and their words are procedure's; templates, wishes, gate and delivery are message's.
//
//	step answered ──somebody sends it──▶ message queued ──sent──▶ line "sent" in the history of the case
//	                                          └──suppressed, failed──▶ the case says why; it may be sent another way
//
// # Which rule applies
//
// An answer is owed, so the cap on frequency does not hold it, nor does it carry the unsubscribe link of mailings. Do-not-contact, a channel the
// customer does not want and the quiet hours hold for answers as for everything else: the answer is then given another way (another
// channel, by phone, on paper, on the public page of the case), and what was held back stays in the log with its reason. The clock of
// the case does not wait for a message: a step is answered when it was answered.
//
// What was said in a step is sent once for each time it was answered; it may be sent again when it did not go out and never will.
//
// Permissions: procedure.read and message.read to look, message.send over the customer to send.
// Events heard: message.sent. Jobs: reply.note.
// May import: procedure, message and what lies below them.
package reply

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/message"
	"kezhi/internal/procedure"
)

const (
	refPrefix = "answer:"
	jobNote   = "reply.note"
)

// Service holds the use cases of answers that are sent.
type Service struct {
	queue    *job.Queue
	cases    *procedure.Service
	messages *message.Service
}

// New makes the service.
func New(queue *job.Queue, cases *procedure.Service, messages *message.Service) *Service {
	return &Service{queue, cases, messages}
}

// Answer is what a case said to its customer in one step, with the newest message it went out by.
type Answer struct {
	procedure.Said
	Message *message.Message // nil = it was not sent
}

// refOf is what the message of an answer is for: the step, and the moment at which it was said, for it may be said anew.
func refOf(caseID int64, said *procedure.Said) string {
	return refPrefix + id.String(caseID) + ":" + said.Step + ":" + strconv.FormatInt(said.At, 36)
}

// Answers gives what a case has said to its customer, in the order of its steps. Needs procedure.read over the case and message.read.
// Error: not_found.
func (s *Service) Answers(ctx context.Context, caseID int64) ([]Answer, error) {
	if _, err := authz.Require(ctx, authz.MessageRead); err != nil {
		return nil, err
	}
	_, list, err := s.cases.Said(ctx, caseID)
	if err != nil {
		return nil, err
	}
	refs := make([]string, len(list))
	for i := range list {
		refs[i] = refOf(caseID, &list[i])
	}
	sent, err := s.messages.ByRef(ctx, refs)
	out := make([]Answer, len(list))
	for i := range list {
		out[i].Said = list[i]
		if m, ok := sent[refs[i]]; ok {
			out[i].Message = &m
		}
	}
	return out, err
}

// Input says how an answer is to go out.
type Input struct {
	Step       string
	TemplateID int64        // of purpose answer; 0 = the words as they stand
	Channel    channel.Name // "" = the one the customer prefers, else the template's, else mail
	ContactID  int64
	Language   string
}

// Preview shows an answer as it would go out now, and what the gate says. Needs procedure.read over the case and message.send over its
// customer. Errors: not_found, invalid_input, reply.no_customer, reply.not_said.
func (s *Service) Preview(ctx context.Context, caseID int64, in Input) (message.Preview, error) {
	ask, err := s.ask(ctx, caseID, in)
	if err != nil {
		return message.Preview{}, err
	}
	return s.messages.Preview(ctx, ask)
}

// over are the states of messages that did not go out and never will: the answer may be sent anew.
var over = []message.State{message.Suppressed, message.Failed, message.Stopped}

// Send queues an answer. What waits or went out already is given back as it is. Needs and errors as Preview.
func (s *Service) Send(ctx context.Context, caseID int64, in Input) (message.Message, error) {
	ask, err := s.ask(ctx, caseID, in)
	if err != nil {
		return message.Message{}, err
	}
	before, err := s.messages.ByRef(ctx, []string{ask.Ref})
	if err != nil {
		return message.Message{}, err
	}
	ask.Key = ask.Ref
	if old, ok := before[ask.Ref]; ok {
		if !slices.Contains(over, old.State) {
			return old, nil
		}
		ask.Key += ":" + id.String(old.ID)
	}
	return s.messages.Send(ctx, ask)
}

func (s *Service) ask(ctx context.Context, caseID int64, in Input) (message.SendInput, error) {
	var ask message.SendInput
	if _, err := authz.Require(ctx, authz.MessageSend); err != nil {
		return ask, err
	}
	c, list, err := s.cases.Said(ctx, caseID)
	if err != nil {
		return ask, err
	}
	at := slices.IndexFunc(list, func(a procedure.Said) bool { return a.Step == in.Step })
	switch {
	case c.CustomerID == 0:
		return ask, errs.New(errs.Conflict, "reply.no_customer")
	case at < 0:
		return ask, errs.New(errs.Invalid, "reply.not_said")
	}
	language := in.Language
	if language == "" {
		policy, err := s.messages.Policy(ctx)
		if err != nil {
			return ask, err
		}
		language = policy.Language
	}
	words := list[at].Words(language)
	ask = message.SendInput{
		CustomerID: c.CustomerID, ContactID: in.ContactID, Channel: in.Channel, Preferred: in.Channel == "", Purpose: message.Answer, TemplateID: in.TemplateID,
		Language: in.Language, Values: map[string]string{"case.number": c.Number, "case.title": c.Title, "answer": words}, Ref: refOf(caseID, &list[at]),
	}
	if in.TemplateID == 0 {
		ask.Subject, ask.Body = strings.TrimSpace(c.Number+" "+c.Title), words
		if ask.Channel == "" {
			ask.Channel = channel.Mail
		}
		return ask, nil
	}
	t, err := s.messages.Template(ctx, in.TemplateID)
	if err == nil && t.Purpose != message.Answer {
		err = errs.New(errs.Invalid, "reply.not_an_answer", "name", t.Name)
	}
	return ask, err
}

// Subscribe registers the reactions to other features' events.
func (s *Service) Subscribe(bus *event.Bus) { bus.Subscribe(message.EventSent, s.onSent) }

type noteArgs struct {
	CaseID    int64  `json:"case_id,string"`
	Step      string `json:"step"`
	MessageID int64  `json:"message_id,string"`
}

// onSent has the case of an answer that went out tell of it.
func (s *Service) onSent(ctx context.Context, q db.Q, e event.Event) error {
	var p message.Happened
	if err := json.Unmarshal(e.Payload, &p); err != nil {
		return fmt.Errorf("reading event %s: %w", e.Kind, err)
	}
	rest, ok := strings.CutPrefix(p.Ref, refPrefix)
	parts := strings.Split(rest, ":")
	if !ok || len(parts) != 3 {
		return nil
	}
	args := noteArgs{Step: parts[1]}
	var err error
	if args.CaseID, err = id.Parse(parts[0]); err != nil {
		return err
	}
	if args.MessageID, err = id.Parse(p.MessageID); err != nil {
		return err
	}
	_, err = s.queue.Enqueue(ctx, q, job.Spec{Kind: jobNote, Args: args, UniqueKey: jobNote + ":" + p.MessageID})
	return err
}

// Jobs gives the handlers of this feature's jobs.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{jobNote: func(ctx context.Context, run *job.Run) error {
		var args noteArgs
		if err := run.Decode(&args); err != nil {
			return err
		}
		ctx = authz.With(ctx, authz.System("reply"))
		m, err := s.messages.Get(ctx, args.MessageID)
		if err != nil {
			return err
		}
		return s.cases.NoteSent(ctx, args.CaseID, procedure.SentAnswer{
			Step: args.Step, Channel: string(m.Channel), To: m.Recipient + " " + m.Address, By: m.CreatedBy, Key: "message:" + id.String(m.ID),
		})
	}}
}
