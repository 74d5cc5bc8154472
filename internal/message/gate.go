package message

import (
	"time"

	"kezhi/internal/channel"
	"kezhi/internal/errs"
)

// Policy is what the organisation sets about writing to customers.
type Policy struct {
	QuietFrom    int            `json:"quiet_from" minimum:"0" maximum:"1439" doc:"Minute of the day from which nothing is sent"`
	QuietTo      int            `json:"quiet_to" minimum:"0" maximum:"1439" doc:"Minute of the day from which messages are sent again; equal to quiet_from = no quiet hours"`
	Cap          int            `json:"cap" minimum:"0" maximum:"1000" doc:"So many messages a customer gets within cap_days, answers not counted; 0 = no bound"`
	CapDays      int            `json:"cap_days" minimum:"1" maximum:"366"`
	Off          []channel.Name `json:"off" nullable:"false" doc:"Channels that are switched off"`
	Language     string         `json:"language" enum:"zh,en" doc:"Of customers who prefer none"`
	Organisation WordsView      `json:"organisation" doc:"How the organisation calls itself in messages"`
}

func defaultPolicy() Policy {
	return Policy{QuietFrom: 21 * 60, QuietTo: 8 * 60, Cap: 4, CapDays: 30, Off: []channel.Name{}, Language: Chinese}
}

const dayMinutes = 24 * 60

// Validate reports every wrong field.
func (p Policy) Validate() error {
	var v errs.Validation
	v.Check(p.QuietFrom >= 0 && p.QuietFrom < dayMinutes, "quiet_from", "message.minute")
	v.Check(p.QuietTo >= 0 && p.QuietTo < dayMinutes, "quiet_to", "message.minute")
	v.Check(p.Cap >= 0 && p.Cap <= 1000, "cap", "config.range", "min", 0, "max", 1000)
	v.Check(p.CapDays >= 1 && p.CapDays <= 366, "cap_days", "config.range", "min", 1, "max", 366)
	v.Check(p.Language == Chinese || p.Language == English, "language", "field.not_allowed", "value", p.Language)
	for _, n := range p.Off {
		v.Check(channel.Known(n), "off", "field.not_allowed", "value", string(n))
	}
	v.Check(len([]rune(p.Organisation.Zh)) <= maxName, "organisation.zh", "field.too_long", "max", maxName)
	v.Check(len([]rune(p.Organisation.En)) <= maxName, "organisation.en", "field.too_long", "max", maxName)
	return v.Err()
}

// Passage is what the gate says to a message.
type Passage string

// What the gate may answer.
const (
	Yes   Passage = "yes"
	Later Passage = "later"
	No    Passage = "no"
)

// Answered is the gate's answer: whether, from when, and why not now.
type Answered struct {
	Passage Passage
	At      time.Time // from when, with Later
	Why     string    // code of a sentence, "" with Yes
	Args    map[string]any
}

// Asked is what the gate looks at. Nothing in it is read from anywhere else: the same question has the same answer.
type Asked struct {
	Channel channel.Name
	Purpose Purpose
	At      time.Time   // in the organisation's zone
	Wishes  []Wish      // of the customer and of the contact, where they have any
	Address string      // "" = none for this channel
	Ready   bool        // the channel is configured
	Recent  []time.Time // when messages that count for the cap went out, oldest first
	Until   time.Time   // zero = never pointless
}

// May is the one gate every message passes.
func May(p Policy, a Asked) Answered {
	no := func(why string, args map[string]any) Answered { return Answered{Passage: No, Why: why, Args: args} }
	name := map[string]any{"channel": string(a.Channel)}
	for _, w := range a.Wishes {
		if w.Blocked {
			return no("message.do_not_contact", map[string]any{"reason": w.Reason})
		}
	}
	for _, w := range a.Wishes {
		if w.out(a.Channel) {
			return no("message.opted_out", name)
		}
	}
	for _, off := range p.Off {
		if off == a.Channel {
			return no("message.channel_off", name)
		}
	}
	switch {
	case !a.Ready:
		return no("message.channel_missing", name)
	case a.Address == "":
		return no("message.no_address", name)
	}
	at, why := delayed(p, a)
	if !a.Until.IsZero() && at.After(a.Until) {
		return no("message.too_late", nil)
	}
	if at.After(a.At) {
		return Answered{Passage: Later, At: at, Why: why}
	}
	return Answered{Passage: Yes, At: a.At}
}

// delayed gives the first moment at which neither the cap nor the quiet hours stand in the way.
func delayed(p Policy, a Asked) (time.Time, string) {
	at, why := a.At, ""
	if n := len(a.Recent); a.Purpose != Answer && p.Cap > 0 && n >= p.Cap {
		if free := a.Recent[n-p.Cap].AddDate(0, 0, p.CapDays).In(at.Location()); free.After(at) {
			at, why = free, "message.cap"
		}
	}
	from, to := p.QuietFrom, p.QuietTo
	for _, w := range a.Wishes { // the contact's come last and win
		if w.Quiet {
			from, to = w.QuietFrom, w.QuietTo
		}
	}
	if end, quiet := quietUntil(at, from, to); quiet {
		at = end
		if why == "" {
			why = "message.quiet"
		}
	}
	return at, why
}

// quietUntil says whether a moment lies in the quiet hours, and when they end. The hours are those of the clock on the wall.
func quietUntil(at time.Time, from, to int) (time.Time, bool) {
	now := at.Hour()*60 + at.Minute()
	days := 0
	switch {
	case from == to:
		return at, false
	case from < to:
		if now < from || now >= to {
			return at, false
		}
	case now >= from:
		days = 1
	case now >= to:
		return at, false
	}
	y, m, d := at.Date()
	return time.Date(y, m, d+days, to/60, to%60, 0, 0, at.Location()), true
}
