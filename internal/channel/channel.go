package channel

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/outbound"
)

// Name is a way out of the house.
type Name string

// The channels.
const (
	Mail    Name = "mail"
	SMS     Name = "sms"
	WeCom   Name = "wecom"
	Webhook Name = "webhook"
)

// Names lists all channels in the order in which they are offered.
var Names = []Name{Mail, SMS, WeCom, Webhook}

// Known says whether a channel exists.
func Known(n Name) bool { return slices.Contains(Names, n) }

// Message is what goes out, rendered.
type Message struct {
	Key         string // the same for every attempt of one message
	To          string // mail address, E.164 phone, WeCom user or whatever the webhook understands
	Name        string // of the person it goes to, "" = unknown
	Subject     string // "" where the channel has none
	Text        string
	Language    string // zh or en
	Unsubscribe string // address that takes the recipient off the list, "" = none
}

// Receipt is the other side's word that it took a message.
type Receipt struct{ ID string }

// Sender hands messages to one channel. Its errors are SendErrors.
type Sender interface {
	Send(ctx context.Context, m Message) (Receipt, error)
	// Repeatable says for how long after it was handed over first the same message may be handed over again without a second
	// delivery: 0 = never, Always = without an end.
	Repeatable() time.Duration
}

// Always is longer than any message waits.
const Always = time.Duration(math.MaxInt64)

// Class says what can be done about a failed attempt.
type Class string

// The classes; see doc.go.
const (
	Temporary Class = "temporary"
	Permanent Class = "permanent"
	Refused   Class = "refused"
	Unclear   Class = "unclear"
)

// SendError is an attempt that gave no receipt. Reply is what the other side said, short and without secrets.
type SendError struct {
	Class Class
	Reply string
	// Down says that the channel as a whole did not answer: other messages need not be tried now.
	Down bool
	Err  error
}

// Error gives class and reply; for logs, never for customers.
func (f *SendError) Error() string { return fmt.Sprintf("channel: %s: %s", f.Class, f.Reply) }

// Unwrap gives what lay below.
func (f *SendError) Unwrap() error { return f.Err }

// FailureOf gives the failure in an error; one that is none of ours is temporary.
func FailureOf(err error) *SendError {
	var f *SendError
	if errors.As(err, &f) {
		return f
	}
	return &SendError{Class: Temporary, Reply: "internal", Err: err}
}

func failed(c Class, err error, format string, args ...any) *SendError {
	return &SendError{Class: c, Reply: short(fmt.Sprintf(format, args...)), Err: err}
}

const maxReply = 200

func short(s string) string {
	r := []rune(s)
	for i, x := range r {
		if x < ' ' {
			r[i] = ' '
		}
	}
	if len(r) > maxReply {
		return string(r[:maxReply-1]) + "…"
	}
	return string(r)
}

// Set holds the channels that are configured.
type Set struct {
	senders map[Name]Sender
	targets map[Name]string
}

// timeout bounds one attempt.
const timeout = 30 * time.Second

// New makes the configured channels. now dates signatures and tokens. Errors: config.channel.
func New(c Config, now clock.Clock) (*Set, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	s := &Set{senders: map[Name]Sender{}, targets: map[Name]string{}}
	guard := outbound.New(c.Outbound)
	client := guard.Client(timeout, maxAnswer)
	for _, one := range []struct {
		name Name
		on   bool
		make func() (Sender, error)
		to   string
	}{
		{Mail, c.Mail.Host != "", func() (Sender, error) { return newMail(c.Mail, guard) }, c.Mail.target()},
		{SMS, c.SMS.URL != "", func() (Sender, error) { return newSMS(c.SMS, client) }, hostOf(c.SMS.URL)},
		{WeCom, c.WeCom.CorpID != "", func() (Sender, error) { return newWeCom(c.WeCom, client, now) }, hostOf(c.WeCom.base())},
		{Webhook, c.Webhook.URL != "", func() (Sender, error) { return newWebhook(c.Webhook, client, now) }, hostOf(c.Webhook.URL)},
	} {
		if !one.on {
			continue
		}
		sender, err := one.make()
		if err != nil {
			return nil, err
		}
		s.senders[one.name], s.targets[one.name] = sender, one.to
	}
	return s, nil
}

// With gives a set with one sender put in place of what is configured, for tests of those who send.
func (s *Set) With(name Name, sender Sender) *Set {
	out := &Set{senders: map[Name]Sender{name: sender}, targets: map[Name]string{name: "test"}}
	if s != nil {
		for n, x := range s.senders {
			if n != name {
				out.senders[n], out.targets[n] = x, s.targets[n]
			}
		}
	}
	return out
}

// Get gives the sender of a channel; false when it is not configured.
func (s *Set) Get(name Name) (Sender, bool) {
	if s == nil {
		return nil, false
	}
	sender, ok := s.senders[name]
	return sender, ok
}

// Description is what may be shown of a channel: never a secret.
type Description struct {
	Name       Name
	Ready      bool   // configured
	Target     string // host of the server, "" when not configured
	Repeatable bool
}

// Describe lists all channels.
func (s *Set) Describe() []Description {
	out := make([]Description, len(Names))
	for i, n := range Names {
		sender, ok := s.Get(n)
		out[i] = Description{Name: n, Ready: ok}
		if ok {
			out[i].Target, out[i].Repeatable = s.targets[n], sender.Repeatable() > 0
		}
	}
	return out
}
