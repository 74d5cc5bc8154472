package message

import (
	"context"
	"slices"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// JobDeliver hands waiting messages to their channels.
const JobDeliver = "message.deliver"

const (
	// maxAttempts is how often a message is tried: with pauses that double up to an hour, for about seven hours.
	maxAttempts  = 12
	longestPause = time.Hour
	// interrupted is after how long an attempt without an outcome is held for one whose process died.
	interrupted = 3 * time.Minute
	batch       = 100
)

// Jobs gives the handlers of this feature's jobs.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobDeliver: func(ctx context.Context, run *job.Run) error {
		d, err := s.Deliver(ctx, func(done int64) error { return run.Progress(ctx, done, 0) })
		run.SetResult(d)
		return err
	}}
}

// EveryMinute gives the job that looks for messages whose time has come, and when it is due.
func (s *Service) EveryMinute() (job.Spec, func(time.Time) time.Time) {
	return job.Spec{Kind: JobDeliver, Args: struct{}{}, UniqueKey: JobDeliver}, func(now time.Time) time.Time {
		return now.Truncate(time.Minute).Add(time.Minute)
	}
}

// Delivered counts what one run did.
type Delivered struct {
	Sent    int64 `json:"sent"`
	Waiting int64 `json:"waiting"` // tried and to be tried again
	Failed  int64 `json:"failed"`
	Unclear int64 `json:"unclear"`
}

// Deliver hands every message that is due to its channel, one after the other. A channel that does not answer is left alone
// for the rest of the run; its messages wait. The error is the machine's, never a channel's.
func (s *Service) Deliver(ctx context.Context, progress func(done int64) error) (Delivered, error) {
	ctx = authz.With(ctx, authz.System("message"))
	var out Delivered
	if err := s.pickUp(ctx); err != nil {
		return out, err
	}
	down := map[channel.Name]bool{}
	for done := int64(0); ; {
		var open []channel.Name
		for _, n := range channel.Names {
			if !down[n] {
				open = append(open, n)
			}
		}
		list, err := due(ctx, s.db.Read(), open, clock.Micros(s.now()), batch)
		if err != nil || len(list) == 0 {
			return out, err
		}
		for _, d := range list {
			if down[d.channel] {
				continue
			}
			if err := s.one(ctx, d.messageID, down, &out); err != nil {
				return out, err
			}
			done++
			if err := progress(done); err != nil {
				return out, err
			}
		}
	}
}

// pickUp looks after messages whose process died between handing them over and writing down what came of it.
func (s *Service) pickUp(ctx context.Context) error {
	list, err := lost(ctx, s.db.Read(), clock.Micros(s.now().Add(-interrupted)))
	if err != nil {
		return err
	}
	for i := range list {
		m := &list[i]
		m.doubt()
		if m.State, m.Why = Unclear, "message.interrupted"; s.knownAgain(m, s.now()) && m.Attempts < maxAttempts {
			m.State, m.Why, m.NextAt = Queued, "", clock.Micros(s.now())
		}
		err := s.db.InTx(ctx, func(q db.Q) error {
			_, err := saveOutcome(ctx, q, m, Sending, s.now())
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// doubt notes that nobody knows whether the last attempt arrived.
func (m *Message) doubt() {
	if m.DoubtAt == 0 {
		m.DoubtAt = m.ClaimedAt
	}
}

// knownAgain says whether the other side knows the message again at a moment, so that handing it over cannot double it.
func (s *Service) knownAgain(m *Message, at time.Time) bool {
	if m.DoubtAt == 0 {
		return true
	}
	sender, ok := s.channels.Get(m.Channel)
	return ok && at.Sub(clock.FromMicros(m.DoubtAt)) < sender.Repeatable()
}

// one takes a message through the gate and to its channel.
func (s *Service) one(ctx context.Context, messageID int64, down map[channel.Name]bool, out *Delivered) error {
	m, err := s.claim(ctx, messageID)
	if err != nil || m.State != Sending {
		return err
	}
	sender, ok := s.channels.Get(m.Channel)
	var receipt channel.Receipt
	if !ok {
		err = &channel.SendError{Class: channel.Refused, Reply: "not configured", Down: true}
	} else {
		receipt, err = sender.Send(ctx, s.outgoing(ctx, &m))
	}
	// What came of it is written down even when the process is told to stop meanwhile.
	ctx = context.WithoutCancel(ctx)
	if err == nil {
		m.State, m.ProviderID, m.SentAt, m.Why, m.WhyArgs = Sent, receipt.ID, clock.Micros(s.now()), "", nil
		out.Sent++
	} else {
		f := channel.FailureOf(err)
		down[m.Channel] = f.Down
		s.failed(&m, f, out)
		s.log.WarnContext(ctx, "message not delivered", "message", m.ID, "channel", string(m.Channel), "class", string(f.Class), "attempt", m.Attempts)
	}
	return s.db.InTx(ctx, func(q db.Q) error { return s.keep(ctx, q, &m, Sending) })
}

// failed decides what becomes of a message whose attempt gave no receipt.
func (s *Service) failed(m *Message, f *channel.SendError, out *Delivered) {
	next := s.now().Add(pause(m.Attempts))
	if f.Class == channel.Unclear {
		m.doubt()
	}
	m.Why, m.WhyArgs = "message."+string(f.Class), map[string]any{"reply": f.Reply, "channel": string(m.Channel)}
	switch {
	case f.Class == channel.Permanent:
		m.State = Failed
		out.Failed++
	case !s.knownAgain(m, next):
		m.State, m.Why = Unclear, "message.unclear"
		out.Unclear++
	case m.Attempts >= maxAttempts:
		m.State = Failed
		out.Failed++
	default:
		m.State, m.NextAt = Queued, clock.Micros(next)
		out.Waiting++
	}
}

// pause gives how long a message waits after so many attempts: a minute, doubled each time, an hour at most.
func pause(attempts int) time.Duration {
	return min(longestPause, time.Minute<<min(max(attempts-1, 0), 10))
}

// claim writes down that a message is being sent, when the gate still lets it pass. A State other than Sending means that it
// does not go out now.
func (s *Service) claim(ctx context.Context, messageID int64) (Message, error) {
	var m Message
	err := s.db.InTx(ctx, func(q db.Q) error {
		var err error
		if m, err = load(ctx, q, authz.Scope{All: true}, messageID); err != nil || m.State != Queued {
			return err
		}
		gate, err := s.recheck(ctx, q, &m)
		if err != nil {
			return err
		}
		now := s.now()
		if gate.Passage != Yes {
			s.settle(&m, gate, now)
			return s.held(ctx, q, &m)
		}
		if !s.knownAgain(&m, now) { // it waited for longer than the other side remembers
			m.State, m.Why, m.WhyArgs = Unclear, "message.interrupted", nil
			return s.keep(ctx, q, &m, Queued)
		}
		m.State, m.ClaimedAt, m.Attempts = Sending, clock.Micros(now), m.Attempts+1
		ok, err := saveOutcome(ctx, q, &m, Queued, now)
		if err == nil && !ok {
			m.State = Stopped // somebody else was quicker
		}
		return err
	})
	return m, err
}

// held writes that the gate keeps a message; one that waits longer wakes nobody before its time.
func (s *Service) held(ctx context.Context, q db.Q, m *Message) error {
	if m.State == Suppressed {
		return s.keep(ctx, q, m, Queued)
	}
	_, err := saveOutcome(ctx, q, m, Queued, s.now())
	return err
}

func (s *Service) recheck(ctx context.Context, q db.Q, m *Message) (Answered, error) {
	if m.Purpose == Test {
		return Answered{Passage: Yes, At: s.now()}, nil
	}
	policy, err := loadPolicy(ctx, q)
	if err != nil {
		return Answered{}, err
	}
	all, err := wishesOf(ctx, q, m.CustomerID)
	if err != nil {
		return Answered{}, err
	}
	no, err := s.readdress(ctx, q, m, all)
	if err != nil || no.Passage == No {
		return no, err
	}
	for prefix, ask := range s.vetoes {
		if !strings.HasPrefix(m.Ref, prefix) {
			continue
		}
		if why, err := ask(ctx, q, m.Ref); err != nil || why != "" {
			return Answered{Passage: No, Why: why}, err
		}
	}
	d := draft{Message: *m}
	for _, w := range all {
		if w.ContactID == 0 || w.ContactID == m.ContactID {
			d.wishes = append(d.wishes, w)
		}
	}
	if m.UntilAt != 0 {
		d.until = clock.FromMicros(m.UntilAt)
	}
	return s.may(ctx, q, policy, &d, s.now())
}

// readdress gives a message the address its recipient has now: it may have waited for days. The answer is No where the customer
// was archived or the contact taken away meanwhile; without an address the gate says so itself.
func (s *Service) readdress(ctx context.Context, q db.Q, m *Message, all []Wish) (Answered, error) {
	c, contacts, err := s.customers.Reach(ctx, q, m.CustomerID)
	switch {
	case err != nil:
		return Answered{}, err
	case c.Archived:
		return Answered{Passage: No, Why: "message.archived"}, nil
	case m.ContactID == 0:
		m.Address = ownAddress(&c, wishFor(all, 0), m.Channel)
		return Answered{}, nil
	}
	at := slices.IndexFunc(contacts, func(p customer.Contact) bool { return p.ID == m.ContactID })
	if at < 0 {
		return Answered{Passage: No, Why: "message.no_address"}, nil
	}
	m.Address = contactAddress(contacts[at], &c, wishFor(all, m.ContactID), m.Channel)
	return Answered{}, nil
}

// outgoing gives a message as its channel takes it.
func (s *Service) outgoing(ctx context.Context, m *Message) channel.Message {
	out := channel.Message{Key: "kezhi-" + id.String(m.ID), To: m.Address, Name: m.Recipient, Subject: m.Subject, Text: m.Body, Language: m.Language}
	if m.Channel != channel.Mail || s.publicURL == "" || m.CustomerID == 0 || m.Purpose == Answer {
		return out
	}
	token, err := s.token(ctx, Subscription{CustomerID: m.CustomerID, ContactID: m.ContactID, Channel: m.Channel})
	if err != nil {
		s.log.ErrorContext(ctx, "making a link", "message", m.ID, "error", err)
		return out
	}
	out.Unsubscribe = s.publicURL + "/api/v1/public/messages/unsubscribe/" + token
	out.Text += "\n\n--\n" + unsubscribeWords[m.Language] + " " + s.publicURL + "/unsubscribe?token=" + token
	return out
}

var unsubscribeWords = map[string]string{Chinese: "不想再收到此类邮件：", English: "To get no more of these mails:"}

// dayBounds gives the first moment of a day and of the day after it.
func dayBounds(d calendar.Date, loc *time.Location) (from, to int64) {
	return clock.Micros(d.Midnight(loc)), clock.Micros(d.AddDays(1).Midnight(loc))
}
