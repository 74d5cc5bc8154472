package seminar

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/message"
)

// refPrefix begins the Ref of a message by which somebody is invited.
const refPrefix = "invitation:"

// Sent says what became of messages that were asked for.
type Sent struct {
	Queued int64 // on their way, or sent before with the same template
	Held   int64 // kept back by the gate; the log of messages says why
	Left   int64 // no address or language, archived, or outside the reach of whoever sends
}

// Send writes to those on the list who gave the answer, with the template: the invitation to those who gave none, a reminder to those
// who said yes. With the same template nobody is written to twice. What waits is stopped when the event is called off. Needs to run the
// event, and message.send over each customer. Errors: not_found, invalid_input, seminar.closed, seminar.too_many, seminar.not_an_invitation.
func (s *Service) Send(ctx context.Context, seminarID, templateID int64, to Answer) (Sent, error) {
	if _, err := authz.Require(ctx, authz.MessageSend); err != nil {
		return Sent{}, err
	}
	m, err := s.run(ctx, authz.DutyDo, seminarID)
	if err != nil {
		return Sent{}, err
	}
	t, err := s.messages.Template(ctx, templateID)
	if err != nil {
		return Sent{}, err
	}
	var v errs.Validation
	v.Check(t.Purpose == message.Invite, "template_id", "seminar.not_an_invitation", "name", t.Name)
	v.Check(slices.Contains([]Answer{NoAnswer, Yes, Waiting}, to), "to", "field.not_allowed", "value", string(to))
	if err := v.Err(); err != nil {
		return Sent{}, err
	}
	if m.State != Planned || s.Today() > m.On {
		return Sent{}, closed(m)
	}
	list, err := everybody(ctx, s.db.Read(), m.ID)
	if err != nil {
		return Sent{}, err
	}
	list = slices.DeleteFunc(list, func(v Invitation) bool { return v.Answer != to || v.CustomerID == 0 || v.Came > 0 })
	if len(list) > atOnce {
		return Sent{}, errs.New(errs.TooLarge, "seminar.too_many", "max", atOnce)
	}
	return s.sendAll(ctx, m, t, list)
}

func (s *Service) sendAll(ctx context.Context, m Seminar, t message.Template, list []Invitation) (Sent, error) {
	var out Sent
	for _, v := range list {
		x, err := s.write(ctx, m, t, v)
		switch {
		case err != nil && (errs.KindOf(err) == errs.Internal || errs.KindOf(err) == errs.Unavailable):
			return out, err
		case err != nil:
			out.Left++
		case x.State == message.Suppressed:
			out.Held++
		default:
			out.Queued++
		}
	}
	return out, s.inTx(ctx, func(q db.Q) error {
		return s.record(ctx, q, m, "seminar.send", EventActed, map[string]any{"template": t.Name, "queued": out.Queued, "held": out.Held, "left": out.Left})
	})
}

// write sends one invitation by message.
func (s *Service) write(ctx context.Context, m Seminar, t message.Template, v Invitation) (message.Message, error) {
	link, err := s.Link(ctx, v.ID)
	if err != nil {
		return message.Message{}, err
	}
	when := m.On.String()
	if m.ToMin != 0 {
		when += " " + clockText(m.FromMin) + "–" + clockText(m.ToMin)
	}
	return s.messages.Send(ctx, message.SendInput{
		CustomerID: v.CustomerID, ContactID: v.ContactID, TemplateID: t.ID, Preferred: true,
		Values: map[string]string{"event.title": m.Title("zh"), "event.title_en": m.Title("en"), "event.when": when, "event.place": m.Place, "link": link},
		Until:  m.On.AddDays(1).Midnight(s.loc), Ref: refPrefix + id.String(v.ID), Key: refPrefix + id.String(v.ID) + ":" + id.String(t.ID),
	})
}

// stillInvites stops an invitation that waits while its event was called off or is over, or whoever was to get it is off the list.
func (s *Service) stillInvites(ctx context.Context, q db.Q, ref string) (string, error) {
	inviteID, err := id.Parse(strings.TrimPrefix(ref, refPrefix))
	if err != nil {
		return "", err
	}
	v, err := invitation(ctx, q, inviteID)
	if err != nil {
		return "", err
	}
	m, err := load(ctx, q, v.SeminarID)
	if err == nil && (m.State != Planned || v.Answer == Withdrawn || clock.Micros(s.now()) > clock.Micros(m.On.AddDays(1).Midnight(s.loc))) {
		return "seminar.no_longer", nil
	}
	return "", err
}
