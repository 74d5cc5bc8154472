package message

import (
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/channel"
	"kezhi/internal/errs"
)

// State of a message.
type State string

// The states; see the diagram in doc.go.
const (
	Queued     State = "queued"
	Sending    State = "sending"
	Sent       State = "sent"
	Failed     State = "failed"
	Suppressed State = "suppressed"
	Unclear    State = "unclear"
	Stopped    State = "stopped"
)

// States in the order in which they are offered.
var States = []State{Queued, Sending, Unclear, Failed, Sent, Suppressed, Stopped}

// Purpose is what a message is for; it decides what the gate asks.
type Purpose string

// The purposes.
const (
	Greeting Purpose = "greeting"   // a wish on a special day
	Notice   Purpose = "notice"     // something the customer should know
	Offer    Purpose = "offer"      // something the customer may want
	Invite   Purpose = "invitation" // to an event
	Answer   Purpose = "answer"     // in the customer's own matter: the cap does not count it
	Test     Purpose = "test"       // of an administrator to an address of theirs
)

// Purposes a template may have.
var Purposes = []Purpose{Greeting, Notice, Offer, Invite, Answer}

// Languages a message may be written in.
const (
	Chinese = "zh"
	English = "en"
)

const (
	maxSubject = 200  // characters
	maxBody    = 5000 // characters
	maxName    = 80   // characters
	maxReason  = 300  // characters
	maxRef     = 80
)

// Message is one message as it stands in the log.
type Message struct {
	ID, CustomerID, ContactID int64 // 0 = nobody's (a test), the customer itself
	CustomerName              string
	Recipient                 string // name
	Address                   string
	Channel                   channel.Name
	Purpose                   Purpose
	TemplateID                int64 // 0 = written by hand
	Language                  string
	Subject, Body             string
	State                     State
	Why                       string // code of a sentence, "" = nothing to say
	WhyArgs                   map[string]any
	Attempts                  int
	NextAt                    int64 // microseconds; when it is tried next, while it is queued
	UntilAt                   int64 // microseconds; afterwards it is pointless, 0 = never
	ClaimedAt                 int64 // microseconds of the last attempt, 0 = none
	DoubtAt                   int64 // microseconds of the first attempt of which nobody knows whether it arrived, 0 = none
	ProviderID                string
	Ref                       string // what asked for it: duty:12, case:7
	CreatedBy                 int64
	CreatorName               string
	CreatedAt                 time.Time
	SentAt                    int64 // microseconds, 0 = not sent
	FactID                    int64
	Version                   int64

	key, hash string
}

// SendInput asks for one message.
type SendInput struct {
	CustomerID int64
	ContactID  int64 // 0 = the customer, or its primary contact where the customer has no address of its own
	Channel    channel.Name
	Preferred  bool    `json:"-"` // by the channel the recipient prefers, where it can go that way; no part of what makes a request the same
	Purpose    Purpose // taken from the template when there is one
	TemplateID int64   // 0 = Subject and Body say it all
	Language   string  // "" = what the recipient prefers
	Subject    string  // "" = the template's
	Body       string  // "" = the template's
	Values     map[string]string
	NotBefore  time.Time // zero = now
	Until      time.Time // zero = it never becomes pointless
	Ref        string
	Key        string // of the request: the same again gives the first message
}

func (in SendInput) normal() (SendInput, error) {
	var v errs.Validation
	in.Subject, in.Body = strings.Join(strings.Fields(in.Subject), " "), strings.TrimSpace(strings.ReplaceAll(in.Body, "\r\n", "\n"))
	v.Check(in.CustomerID != 0, "customer_id", "field.required")
	v.Check(channel.Known(in.Channel), "channel", "field.not_allowed", "value", string(in.Channel))
	v.Check(in.TemplateID != 0 || in.Body != "", "body", "field.required")
	v.Check(in.Language == "" || in.Language == Chinese || in.Language == English, "language", "field.not_allowed", "value", in.Language)
	v.Check(len([]rune(in.Subject)) <= maxSubject, "subject", "field.too_long", "max", maxSubject)
	v.Check(len([]rune(in.Body)) <= maxBody, "body", "field.too_long", "max", maxBody)
	v.Check(len(in.Ref) <= maxRef, "ref", "field.too_long", "max", maxRef)
	return in, v.Err()
}

// Filter bounds the log.
type Filter struct {
	CustomerID int64 // 0 = all within reach
	States     []State
	Channel    channel.Name  // "" = all
	Ref        string        // "" = all
	From, To   calendar.Date // of the day it was written; None = open
	Cursor     string
	Limit      int
}

// RefDuty begins the Ref of a message by which a duty is kept: what it becomes is the duty's fact, not one of its own.
const RefDuty = "duty:"

// Happened is the payload of the events of messages.
type Happened struct {
	MessageID string `json:"message_id"`
	Channel   string `json:"channel"`
	Purpose   string `json:"purpose"`
	Ref       string `json:"ref,omitempty"`
	Why       string `json:"why,omitempty"`
}

// The events of messages.
const (
	EventSent   = "message.sent"
	EventFailed = "message.failed"
)
