package handover

import (
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/id"
)

// TextView is a text in both languages.
type TextView struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// View is a handover in a list.
type View struct {
	ID         string     `json:"id"`
	Number     string     `json:"number" doc:"Of the case of signatures; empty before it"`
	PersonID   string     `json:"person_id"`
	PersonName string     `json:"person_name"`
	Reason     string     `json:"reason" enum:"leaves,moves"`
	From       string     `json:"from"`
	Away       bool       `json:"away" doc:"The giver is not there to sign: the head signs in the giver's place"`
	Note       string     `json:"note"`
	State      string     `json:"state" enum:"planning,signing,moving,done,dropped"`
	RestID     string     `json:"rest_id" doc:"Who gets what hangs on no customer and what comes in between; empty = not chosen"`
	RestName   string     `json:"rest_name"`
	CaseID     string     `json:"case_id" doc:"Of the signatures; empty = none"`
	HeadName   string     `json:"head_name"`
	CreatedAt  time.Time  `json:"created_at"`
	DoneAt     *time.Time `json:"done_at"`
	Version    int64      `json:"version"`
	Customers  int64      `json:"customers"`
	Missing    int64      `json:"missing" doc:"Customers without a receiver"`
	Moved      int64      `json:"moved"`
	Gone       int64      `json:"gone" doc:"Customers who belong to somebody else since"`
	Told       int64      `json:"told" doc:"Customers who moved and were told"`
	Stopped    bool       `json:"stopped" doc:"Everybody signed, and its job failed or was canceled: the head has it go on"`
	JobError   string     `json:"job_error" doc:"Code of what went wrong last while it moved; empty = nothing"`

	JobArgs map[string]any `json:"job_args"`
}

// CountView is how much there is of a kind.
type CountView struct {
	Kind   string `json:"kind" doc:"customers, duties, cases, steps, visits, calls, promises, events"`
	Before int64  `json:"before"`
	Left   int64  `json:"left" doc:"Still with the giver once it is done"`
}

// LoadView is how many customers somebody has before and after.
type LoadView struct {
	UserID string `json:"user_id"`
	Name   string `json:"name"`
	Before int64  `json:"before"`
	After  int64  `json:"after"`
}

// SignatureView is a signature, given or to come.
type SignatureView struct {
	Title   TextView `json:"title"`
	Given   bool     `json:"given"`
	Agree   bool     `json:"agree"`
	Opinion string   `json:"opinion"`
	By      string   `json:"by"`
	At      string   `json:"at" doc:"RFC 3339; empty = not yet"`
}

// DetailView is a handover with everything that is counted about it.
type DetailView struct {
	View
	Counts     []CountView     `json:"counts" nullable:"false"`
	Loads      []LoadView      `json:"loads" nullable:"false" doc:"The giver first"`
	Signatures []SignatureView `json:"signatures" nullable:"false"`
	Heads      bool            `json:"heads" doc:"The reader may plan and sign off"`
	Tells      bool            `json:"tells" doc:"The reader may tell customers"`
}

// LineView is a customer of a handover.
type LineView struct {
	CustomerID string    `json:"customer_id"`
	Code       string    `json:"code"`
	Name       string    `json:"name"`
	Region     string    `json:"region"`
	ToID       string    `json:"to_id" doc:"Empty = nobody yet"`
	ToName     string    `json:"to_name"`
	How        string    `json:"how" doc:"rule, even, hand, rest; empty = not planned"`
	Why        *TextView `json:"why" doc:"What the owner rules say; null where they did not decide"`
	State      string    `json:"state" enum:"open,moved,gone"`
}

// ThingView is something the giver has at hand.
type ThingView struct {
	ID         string `json:"id"`
	CustomerID string `json:"customer_id" doc:"Empty = hangs on no customer"`
	TitleZh    string `json:"title_zh"`
	TitleEn    string `json:"title_en"`
	Due        string `json:"due"`
}

// KeptView is something that stayed with the giver.
type KeptView struct {
	ThingView
	Kind string         `json:"kind"`
	Code string         `json:"code" doc:"Of the sentence that says why"`
	Args map[string]any `json:"args"`
}

// TellingView is a customer who moved, with whether it was told.
type TellingView struct {
	LineView
	ToldHow      string         `json:"told_how" doc:"message, phone; empty = not yet"`
	ToldBy       string         `json:"told_by"`
	ToldAt       string         `json:"told_at" doc:"RFC 3339"`
	ToldNote     string         `json:"told_note"`
	MessageState string         `json:"message_state" doc:"Of the newest message; empty = none"`
	May          string         `json:"may" doc:"Whether the customer may be written to now: yes, later, no; empty = not asked"`
	Why          string         `json:"gate_why" doc:"Code of a sentence"`
	WhyArgs      map[string]any `json:"gate_args"`
}

// ToldView is what became of writing to one customer.
type ToldView struct {
	CustomerID string         `json:"customer_id"`
	State      string         `json:"state" doc:"Of its message; empty when there is none"`
	Why        string         `json:"why" doc:"Code of a sentence"`
	WhyArgs    map[string]any `json:"why_args"`
}

// OrphanView is somebody who is disabled and still has customers.
type OrphanView struct {
	UserID    string `json:"user_id"`
	Name      string `json:"name"`
	Customers int64  `json:"customers"`
}

// CoverView is somebody who is away, with who stands in.
type CoverView struct {
	ID             string `json:"id"`
	UserID         string `json:"user_id"`
	Name           string `json:"name"`
	SubstituteID   string `json:"substitute_id" doc:"Empty = nobody stands in"`
	SubstituteName string `json:"substitute_name"`
	From           string `json:"from"`
	Until          string `json:"until" doc:"Last day"`
	Reason         string `json:"reason"`
	Customers      int64  `json:"customers" doc:"That the absent person looks after"`
}

// OpenBody opens a handover.
type OpenBody struct {
	PersonID string `json:"person_id"`
	Reason   string `json:"reason" enum:"leaves,moves"`
	From     string `json:"from,omitempty" doc:"Day from which the receivers look after what they get; empty = today"`
	Away     bool   `json:"away,omitempty" doc:"The giver is not there to sign"`
	Note     string `json:"note,omitempty" maxLength:"500"`
}

// ChangeBody changes what is said about a handover.
type ChangeBody struct {
	From   string `json:"from"`
	Away   bool   `json:"away"`
	Note   string `json:"note" maxLength:"500"`
	RestID string `json:"rest_id" doc:"Who gets what hangs on no customer and what comes in between; empty = not chosen yet"`
}

// PlanBody gives customers to people.
type PlanBody struct {
	By        string   `json:"by" enum:"rule,even,hand"`
	People    []string `json:"people,omitempty" maxItems:"200" doc:"even: among whom; hand: the one"`
	Customers []string `json:"customers,omitempty" maxItems:"10000" doc:"Empty = all but those given by hand (hand: all), or those without a receiver"`
	Missing   bool     `json:"missing,omitempty" doc:"Only those without a receiver"`
	Rulebook  string   `json:"rulebook,omitempty" maxLength:"100" doc:"Needed only where several rulebooks in force have owner rules"`
}

// GoOnBody has a handover go on.
type GoOnBody struct {
	RestID string `json:"rest_id,omitempty" doc:"Who gets the rest from now on; empty = whoever it was"`
}

// TellBody writes to customers.
type TellBody struct {
	TemplateID string   `json:"template_id" doc:"A template of purpose notice; subject is the giver's name, detail the day"`
	Customers  []string `json:"customers" minItems:"1" maxItems:"200" nullable:"false"`
}

// PhoneBody notes that customers were told by phone.
type PhoneBody struct {
	Customers []string `json:"customers" minItems:"1" maxItems:"200" nullable:"false"`
	Note      string   `json:"note,omitempty" maxLength:"500"`
}

// CoverBody enters an absence.
type CoverBody struct {
	UserID       string `json:"user_id"`
	SubstituteID string `json:"substitute_id,omitempty" doc:"Empty = nobody stands in"`
	From         string `json:"from"`
	Until        string `json:"until" doc:"Last day"`
	Reason       string `json:"reason,omitempty" maxLength:"2000"`
}

func view(h *Handover) View {
	v := View{
		ID: id.String(h.ID), Number: h.Number, PersonID: id.String(h.PersonID), PersonName: h.PersonName, Reason: h.Reason, From: h.From.String(), Away: h.Away, Note: h.Note,
		State: string(h.State), RestID: id.Optional(h.RestID), RestName: h.RestName, CaseID: id.Optional(h.CaseID), HeadName: h.HeadName, CreatedAt: h.CreatedAt, Version: h.Version,
		Customers: h.Lines.Total, Missing: h.Lines.Missing, Moved: h.Lines.Moved, Gone: h.Lines.Gone, Told: h.Lines.Told,
	}
	if h.State == Moving {
		v.Stopped, v.JobError, v.JobArgs = h.stopped(), h.Job.Code, h.Job.Args
	}
	if h.DoneAt != nil {
		at := clock.FromMicros(*h.DoneAt)
		v.DoneAt = &at
	}
	return v
}

func (s *Service) detailView(d *Detail) DetailView {
	v := DetailView{
		View: view(&d.Handover), Counts: make([]CountView, len(d.Counts)), Loads: make([]LoadView, len(d.Loads)), Signatures: make([]SignatureView, len(d.Signatures)),
		Heads: d.Access.Heads, Tells: d.Access.Heads || d.Access.Receives,
	}
	for i, c := range d.Counts {
		v.Counts[i] = CountView(c)
	}
	for i, l := range d.Loads {
		v.Loads[i] = LoadView{id.String(l.UserID), l.Name, l.Before, l.After}
	}
	for i := range d.Signatures {
		x := &d.Signatures[i]
		v.Signatures[i] = SignatureView{Title: TextView(x.Title), Given: x.Given, Agree: x.Agree, Opinion: x.Opinion, By: x.ByName}
		if x.Given {
			v.Signatures[i].At = s.moment(x.At)
		}
	}
	return v
}

func (s *Service) moment(us int64) string { return clock.FromMicros(us).In(s.loc).Format(time.RFC3339) }

func thingView(t Thing) ThingView {
	return ThingView{ID: id.String(t.ID), CustomerID: id.Optional(t.CustomerID), TitleZh: t.TitleZh, TitleEn: t.TitleEn, Due: t.Due}
}

func lineView(l *Line) LineView {
	v := LineView{
		CustomerID: id.String(l.CustomerID), Code: l.Code, Name: l.Name, Region: l.Region, ToID: id.Optional(l.ToID), ToName: l.ToName, How: l.How, State: l.State,
	}
	if l.Why != nil {
		w := TextView(l.Why.Sentence())
		v.Why = &w
	}
	return v
}

func tellingView(t *Telling) TellingView {
	v := TellingView{LineView: lineView(&t.Line), ToldHow: t.ToldHow, ToldBy: t.ToldByName, ToldNote: t.ToldNote}
	if t.ToldAt != 0 {
		v.ToldAt = clock.FromMicros(t.ToldAt).Format(time.RFC3339)
	}
	if t.Message != nil {
		v.MessageState = string(t.Message.State)
	}
	if t.Gate != nil {
		v.May, v.Why, v.WhyArgs = string(t.Gate.Passage), t.Gate.Why, t.Gate.Args
	}
	if t.Message != nil && t.Message.Why != "" {
		v.Why, v.WhyArgs = t.Message.Why, t.Message.WhyArgs
	}
	return v
}
