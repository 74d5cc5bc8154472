package message

import (
	"time"

	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/id"
)

// WordsView is a text in both languages.
type WordsView struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// TemplateView is a template in the API.
type TemplateView struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Channel   string    `json:"channel" enum:"mail,sms,wecom,webhook"`
	Purpose   string    `json:"purpose" enum:"greeting,notice,offer,invitation,answer"`
	Subject   WordsView `json:"subject"`
	Body      WordsView `json:"body"`
	Archived  bool      `json:"archived"`
	Version   int64     `json:"version"`
	UpdatedAt time.Time `json:"updated_at"`
}

func templateView(t Template) TemplateView {
	return TemplateView{
		ID: id.String(t.ID), Name: t.Name, Channel: string(t.Channel), Purpose: string(t.Purpose), Subject: WordsView(t.Subject), Body: WordsView(t.Body),
		Archived: t.Archived, Version: t.Version, UpdatedAt: t.UpdatedAt,
	}
}

// TemplateWrite creates or replaces a template.
type TemplateWrite struct {
	Name    string    `json:"name" maxLength:"300"`
	Channel string    `json:"channel" enum:"mail,sms,wecom,webhook"`
	Purpose string    `json:"purpose" enum:"greeting,notice,offer,invitation,answer"`
	Subject WordsView `json:"subject,omitempty" doc:"Of mails"`
	Body    WordsView `json:"body" doc:"At least one language; fields stand in double braces, see list-message-fields"`
}

func (w TemplateWrite) input() TemplateInput {
	return TemplateInput{w.Name, channel.Name(w.Channel), Purpose(w.Purpose), Words(w.Subject), Words(w.Body)}
}

// View is a message in the API.
type View struct {
	ID         string         `json:"id"`
	CustomerID string         `json:"customer_id" doc:"Empty for a test of an administrator"`
	Customer   string         `json:"customer"`
	ContactID  string         `json:"contact_id" doc:"Empty = the customer itself"`
	Recipient  string         `json:"recipient"`
	Address    string         `json:"address"`
	Channel    string         `json:"channel" enum:"mail,sms,wecom,webhook"`
	Purpose    string         `json:"purpose" enum:"greeting,notice,offer,invitation,answer,test"`
	TemplateID string         `json:"template_id"`
	Language   string         `json:"language"`
	Subject    string         `json:"subject"`
	Body       string         `json:"body"`
	State      string         `json:"state" enum:"queued,sending,sent,failed,suppressed,unclear,stopped"`
	Why        string         `json:"why" doc:"Code of a sentence; empty = nothing to say"`
	WhyArgs    map[string]any `json:"why_args"`
	Attempts   int            `json:"attempts"`
	NextAt     *time.Time     `json:"next_at" doc:"When it is tried next, while it is queued"`
	ProviderID string         `json:"provider_id" doc:"The other side's name for it"`
	Ref        string         `json:"ref" doc:"What asked for it: duty:12, case:7"`
	By         string         `json:"by"`
	CreatedAt  time.Time      `json:"created_at"`
	SentAt     *time.Time     `json:"sent_at"`
}

// ViewOf gives a message as the API shows it.
func ViewOf(m Message) View {
	v := View{
		ID: id.String(m.ID), CustomerID: id.Optional(m.CustomerID), Customer: m.CustomerName, ContactID: id.Optional(m.ContactID), Recipient: m.Recipient,
		Address: m.Address, Channel: string(m.Channel), Purpose: string(m.Purpose), TemplateID: id.Optional(m.TemplateID), Language: m.Language,
		Subject: m.Subject, Body: m.Body, State: string(m.State), Why: m.Why, WhyArgs: m.WhyArgs, Attempts: m.Attempts, ProviderID: m.ProviderID, Ref: m.Ref,
		By: m.CreatorName, CreatedAt: m.CreatedAt, SentAt: moment(m.SentAt),
	}
	if m.State == Queued {
		v.NextAt = moment(m.NextAt)
	}
	return v
}

func moment(us int64) *time.Time {
	if us == 0 {
		return nil
	}
	t := clock.FromMicros(us)
	return &t
}

// PreviewView is a message as it would go out, and what the gate says.
type PreviewView struct {
	Recipient string         `json:"recipient"`
	Address   string         `json:"address"`
	Channel   string         `json:"channel" enum:"mail,sms,wecom,webhook" doc:"By which it goes"`
	Language  string         `json:"language"`
	Subject   string         `json:"subject"`
	Body      string         `json:"body"`
	Gate      string         `json:"gate" enum:"yes,later,no"`
	At        *time.Time     `json:"at" doc:"From when, with later"`
	Why       string         `json:"why"`
	WhyArgs   map[string]any `json:"why_args"`
}

// PreviewOf gives a preview as the API shows it.
func PreviewOf(p Preview) PreviewView {
	v := PreviewView{
		Recipient: p.Recipient, Address: p.Address, Channel: string(p.Channel), Language: p.Language, Subject: p.Subject, Body: p.Body,
		Gate: string(p.Gate.Passage), Why: p.Gate.Why, WhyArgs: p.Gate.Args,
	}
	if p.Gate.Passage == Later {
		at := p.Gate.At.UTC()
		v.At = &at
	}
	return v
}

// SendWrite asks for a message or its preview.
type SendWrite struct {
	ContactID  string `json:"contact_id,omitempty" doc:"Empty = the customer, or whoever of its contacts has an address"`
	Channel    string `json:"channel,omitempty" enum:"mail,sms,wecom,webhook" doc:"Needed without a template; with one, empty = by the channel the recipient prefers where it can go that way, else the template's"`
	Purpose    string `json:"purpose,omitempty" enum:"greeting,notice,offer,invitation,answer" doc:"Without a template"`
	TemplateID string `json:"template_id,omitempty"`
	Language   string `json:"language,omitempty" enum:"zh,en" doc:"Empty = what the recipient prefers"`
	Subject    string `json:"subject,omitempty" maxLength:"1000" doc:"Instead of the template's"`
	Body       string `json:"body,omitempty" maxLength:"20000" doc:"Instead of the template's"`
}

func (w SendWrite) input(customerID, key string) (SendInput, error) {
	in := SendInput{Channel: channel.Name(w.Channel), Purpose: Purpose(w.Purpose), Language: w.Language, Subject: w.Subject, Body: w.Body, Key: key}
	var err error
	if in.CustomerID, err = id.Parse(customerID); err != nil {
		return in, err
	}
	for text, to := range map[string]*int64{w.ContactID: &in.ContactID, w.TemplateID: &in.TemplateID} {
		if text == "" {
			continue
		}
		if *to, err = id.Parse(text); err != nil {
			return in, err
		}
	}
	in.Preferred = in.Channel == ""
	return in, nil
}

// WishView is how somebody wants to be treated.
type WishView struct {
	ContactID  string        `json:"contact_id" doc:"Empty = the customer as a whole"`
	Blocked    bool          `json:"blocked" doc:"Nobody writes to them, by no channel"`
	Reason     string        `json:"reason"`
	Language   string        `json:"language" enum:",zh,en" doc:"Empty = the organisation's"`
	QuietFrom  *int          `json:"quiet_from" doc:"Minute of the day; null = the organisation's hours"`
	QuietTo    *int          `json:"quiet_to"`
	Salutation string        `json:"salutation"`
	BestTime   string        `json:"best_time"`
	Likes      string        `json:"likes"`
	WeCom      string        `json:"wecom"`
	Channel    string        `json:"channel" enum:",mail,sms,wecom,webhook" doc:"By which they like to be written to; empty = not said"`
	Taboos     string        `json:"taboos" doc:"What not to mention, give or do"`
	Consents   []ConsentView `json:"consents" nullable:"false"`
	Version    int64         `json:"version" doc:"0 = nothing was said yet"`
}

// ConsentView is the last word about one channel.
type ConsentView struct {
	Channel string    `json:"channel" enum:"mail,sms,wecom,webhook"`
	Out     bool      `json:"out" doc:"Wants nothing by this channel"`
	Source  string    `json:"source" enum:"staff,link"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
}

func wishView(w Wish) WishView {
	v := WishView{
		ContactID: id.Optional(w.ContactID), Blocked: w.Blocked, Reason: w.Reason, Language: w.Language, Salutation: w.Salutation, BestTime: w.BestTime,
		Likes: w.Likes, WeCom: w.WeCom, Channel: string(w.Channel), Taboos: w.Taboos, Consents: make([]ConsentView, len(w.Consents)), Version: w.Version,
	}
	if w.Quiet {
		v.QuietFrom, v.QuietTo = &w.QuietFrom, &w.QuietTo
	}
	for i, c := range w.Consents {
		v.Consents[i] = ConsentView{string(c.Channel), c.Out, c.Source, c.At, c.ByName}
	}
	return v
}

// WishWrite replaces what is known of somebody's wishes.
type WishWrite struct {
	ContactID  string   `json:"contact_id,omitempty" doc:"Empty = the customer as a whole"`
	Blocked    bool     `json:"blocked,omitempty"`
	Reason     string   `json:"reason,omitempty" maxLength:"1000" doc:"Needed with blocked"`
	Language   string   `json:"language,omitempty" enum:",zh,en"`
	QuietFrom  *int     `json:"quiet_from,omitempty" nullable:"true"`
	QuietTo    *int     `json:"quiet_to,omitempty" nullable:"true"`
	Salutation string   `json:"salutation,omitempty" maxLength:"1000"`
	BestTime   string   `json:"best_time,omitempty" maxLength:"1000"`
	Likes      string   `json:"likes,omitempty" maxLength:"20000"`
	WeCom      string   `json:"wecom,omitempty" maxLength:"1000"`
	Channel    string   `json:"channel,omitempty" enum:",mail,sms,wecom,webhook" doc:"By which they like to be written to"`
	Taboos     string   `json:"taboos,omitempty" maxLength:"20000" doc:"What not to mention, give or do"`
	Out        []string `json:"out,omitempty" maxItems:"4" doc:"Channels they do not want"`
}

func (w WishWrite) input() WishInput {
	in := WishInput{
		Blocked: w.Blocked, Reason: w.Reason, Language: w.Language, Salutation: w.Salutation, BestTime: w.BestTime, Likes: w.Likes, WeCom: w.WeCom,
		Channel: channel.Name(w.Channel), Taboos: w.Taboos,
	}
	if w.QuietFrom != nil && w.QuietTo != nil {
		in.Quiet, in.QuietFrom, in.QuietTo = true, *w.QuietFrom, *w.QuietTo
	}
	for _, n := range w.Out {
		in.Out = append(in.Out, channel.Name(n))
	}
	return in
}

// ChannelView is what may be shown of a channel.
type ChannelView struct {
	Name       string `json:"name" enum:"mail,sms,wecom,webhook"`
	Ready      bool   `json:"ready" doc:"Set up in the server's configuration"`
	Target     string `json:"target" doc:"Host of the server"`
	Repeatable bool   `json:"repeatable" doc:"The other side knows a message again: it is handed over once more when nobody knows whether it arrived"`
}

// OverviewView says how many messages stand where.
type OverviewView struct {
	States []StateCount `json:"states" nullable:"false"`
}

// StateCount is one of them.
type StateCount struct {
	State string `json:"state" enum:"queued,sending,sent,failed,suppressed,unclear,stopped"`
	Count int64  `json:"count"`
}

// FieldsView lists what templates of a purpose may name.
type FieldsView struct {
	Purpose string   `json:"purpose" enum:"greeting,notice,offer,invitation,answer"`
	Fields  []string `json:"fields" nullable:"false"`
}

// UnsubscribedView is the answer to a link.
type UnsubscribedView struct {
	Channel string `json:"channel" enum:"mail,sms,wecom,webhook"`
	Out     bool   `json:"out"`
}
