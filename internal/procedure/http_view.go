package procedure

import (
	"slices"

	"kezhi/internal/clock"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/money"
)

// CustomerRef is what a case shows of its customer.
type CustomerRef struct {
	ID    string `json:"id"`
	Code  string `json:"code"`
	Name  string `json:"name"`
	Grade string `json:"grade" doc:"By the scheme the procedure means; empty when there is none, and in lists"`
}

// PersonRef is somebody of the organisation.
type PersonRef struct {
	ID   string `json:"id" doc:"Empty = nobody, or somebody outside"`
	Name string `json:"name"`
}

// NameRef names a procedure with its words.
type NameRef struct {
	Key   string   `json:"key"`
	Title TextView `json:"title"`
}

// CaseView is a case in lists.
type CaseView struct {
	ID         string       `json:"id"`
	Number     string       `json:"number"`
	Title      string       `json:"title"`
	Rulebook   string       `json:"rulebook"`
	Version    string       `json:"version" doc:"Of the rulebook whose procedure the case keeps"`
	Procedure  NameRef      `json:"procedure"`
	Kind       string       `json:"kind"`
	Customer   *CustomerRef `json:"customer"`
	Status     string       `json:"status" enum:"running,paused,ended,withdrawn"`
	Outcome    *WordView    `json:"outcome" doc:"The end it reached"`
	Good       bool         `json:"good" doc:"The end was a good one"`
	Class      *WordView    `json:"class"`
	Channel    string       `json:"channel"`
	Priority   int          `json:"priority" doc:"1 comes first of all; 9 = ordinary"`
	Owner      PersonRef    `json:"owner"`
	Starter    PersonRef    `json:"starter"`
	UnitID     string       `json:"unit_id"`
	Subject    string       `json:"subject"`
	Amount     string       `json:"amount" doc:"Decimal; empty when the case is not about money"`
	Currency   string       `json:"currency"`
	Steps      []WordView   `json:"steps" nullable:"false" doc:"Open now"`
	ReceivedAt string       `json:"received_at"`
	DueAt      string       `json:"due_at" doc:"Limit of the whole case; empty = none"`
	NextDueAt  string       `json:"next_due_at" doc:"Nearest limit of the case and its open steps; empty = none"`
	Overdue    bool         `json:"overdue" doc:"The nearest limit has passed"`
	EndedAt    string       `json:"ended_at"`
	Stuck      bool         `json:"stuck" doc:"Nobody can act on an open seat"`
	RowVersion int64        `json:"row_version"`
	UpdatedAt  string       `json:"updated_at"`
}

// WordView is a key with its words.
type WordView struct {
	Key   string   `json:"key"`
	Title TextView `json:"title"`
}

// StartableView is a procedure that may be begun.
type StartableView struct {
	Rulebook      string           `json:"rulebook"`
	RulebookTitle TextView         `json:"rulebook_title"`
	Version       string           `json:"version"`
	Definition    *flow.Definition `json:"definition" doc:"Steps, forms, deadlines, ends"`
}

func procedureView(p *Startable) StartableView {
	return StartableView{Rulebook: p.Edition.Rulebook, RulebookTitle: textView(p.Edition.Title), Version: p.Edition.Version, Definition: &p.Definition}
}

func (s *Service) caseView(c *Case, def *flow.Definition) CaseView {
	now := clock.Micros(s.now())
	v := CaseView{
		ID: id.String(c.ID), Number: c.Number, Title: c.Title, Rulebook: c.Rulebook, Version: c.Version, Procedure: NameRef{Key: c.Procedure, Title: TextView{c.Procedure, c.Procedure}},
		Kind: c.Kind, Status: c.Status, Good: c.Good, Channel: c.Channel, Priority: c.Priority, Owner: PersonRef{id.Optional(c.OwnerID), c.OwnerName},
		Starter: PersonRef{id.Optional(c.StartedBy), c.StarterName}, UnitID: id.Optional(c.UnitID), Subject: c.Subject, Steps: []WordView{},
		ReceivedAt: moment(clock.Micros(c.ReceivedAt)), DueAt: moment(c.DueAt), NextDueAt: moment(c.NextDueAt), Stuck: c.Stuck, RowVersion: c.RowVersion,
		Overdue: c.EndedAt == nil && c.NextDueAt < now, UpdatedAt: moment(clock.Micros(c.UpdatedAt)),
	}
	if c.CustomerID != 0 {
		v.Customer = &CustomerRef{ID: id.String(c.CustomerID), Code: c.CustomerCode, Name: c.CustomerName}
	}
	if c.Amount != nil {
		v.Amount, v.Currency = money.Format(*c.Amount, c.Currency), c.Currency
	}
	if c.EndedAt != nil {
		v.EndedAt = moment(*c.EndedAt)
	}
	if def == nil {
		return v
	}
	v.Procedure.Title = textView(def.Title)
	if end := def.End(c.Outcome); end != nil {
		v.Outcome = &WordView{end.Key, textView(end.Title)}
	}
	if i := slices.IndexFunc(def.Classes, func(x flow.Class) bool { return x.Key == c.Class }); i >= 0 {
		v.Class = &WordView{c.Class, textView(def.Classes[i].Title)}
	}
	for _, key := range c.Steps {
		if step := def.Step(key); step != nil {
			v.Steps = append(v.Steps, WordView{key, textView(step.Title)})
		}
	}
	return v
}

// HolderRef is somebody who may act on a task.
type HolderRef struct {
	UserID   string `json:"user_id"`
	Name     string `json:"name"`
	ActsID   string `json:"acts_id" doc:"The substitute while the person is away, else the same"`
	ActsName string `json:"acts_name"`
}

// TaskView is an open task of a case.
type TaskView struct {
	Seat     int         `json:"seat"`
	Step     string      `json:"step" doc:"Empty for the approval of an extension"`
	Title    TextView    `json:"title"`
	Do       string      `json:"do" enum:"fill,decide,answer"`
	Kind     string      `json:"kind" enum:",sign,extend" doc:"An added signature, or the approval of an extension; else empty"`
	Form     string      `json:"form"`
	Post     string      `json:"post"`
	PostName TextView    `json:"post_name"`
	UnitID   string      `json:"unit_id"`
	Holders  []HolderRef `json:"holders" nullable:"false" doc:"Who may act today"`
	Claimed  PersonRef   `json:"claimed"`
	Stuck    bool        `json:"stuck"`
	Raised   bool        `json:"raised" doc:"A superior acts, because whoever holds the post is recused"`
	OpenedAt string      `json:"opened_at"`
	DueAt    string      `json:"due_at"`
}

// ClockView is a running time limit.
type ClockView struct {
	Step      string `json:"step" doc:"Empty = the whole case"`
	FromAt    string `json:"from_at"`
	DueAt     string `json:"due_at"`
	DueOn     string `json:"due_on" doc:"The day it ends with, in the organisation's zone"`
	Unit      string `json:"unit" enum:"days,working,hours"`
	Remaining int64  `json:"remaining" doc:"Seconds; below 0 when it has passed. A paused case keeps what it had"`
	Paused    bool   `json:"paused"`
	Clause    string `json:"clause"`
	Assumed   bool   `json:"assumed" doc:"The text gives no figure"`
}

// FormView is a form that was filled.
type FormView struct {
	Step    string         `json:"step" doc:"start = the start form"`
	Form    string         `json:"form"`
	Number  string         `json:"number"`
	Visits  int            `json:"visits"`
	Answers map[string]any `json:"answers"`
}

// StepView is how a step of the procedure stands in this case.
type StepView struct {
	Key      string   `json:"key"`
	State    string   `json:"state" enum:"done,open,ahead"`
	Visits   int      `json:"visits"`
	Decision string   `json:"decision" enum:",agree,reject"`
	By       []SaidBy `json:"by" nullable:"false" doc:"Who acted in the last visit"`
}

// SaidBy is what one person said in a step.
type SaidBy struct {
	Person   PersonRef `json:"person"`
	For      PersonRef `json:"for" doc:"Whom the person stood in for"`
	At       string    `json:"at"`
	Decision string    `json:"decision"`
	Reason   string    `json:"reason"`
}

// MayView is an act the acting person may do now.
type MayView struct {
	Act     string    `json:"act"`
	Seat    int       `json:"seat"`
	Step    string    `json:"step"`
	For     PersonRef `json:"for" doc:"In whose name, when the person stands in"`
	Choices []string  `json:"choices" nullable:"false" doc:"Steps to return to, pauses, or the extension"`
	Form    string    `json:"form"`
}

// MayNotView is an act the acting person may not do, and why.
type MayNotView struct {
	Act  string         `json:"act"`
	Code string         `json:"code" doc:"Code of an error"`
	Args map[string]any `json:"args,omitempty"`
}

// FileView is an upload that a case holds.
type FileView struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	MediaType string    `json:"media_type"`
	Size      int64     `json:"size" doc:"Bytes"`
	Step      string    `json:"step"`
	Field     string    `json:"field"`
	By        PersonRef `json:"by"`
	At        string    `json:"at"`
}

// LinkView is a case that belongs with another.
type LinkView struct {
	CaseID string `json:"case_id"`
	Link   string `json:"link" enum:"repeat,cause,follow_up,related"`
	Number string `json:"number"`
	Title  string `json:"title"`
	Status string `json:"status"`
}

// ActView is a line of the history.
type ActView struct {
	Seq      int64          `json:"seq"`
	At       string         `json:"at"`
	Actor    PersonRef      `json:"actor" doc:"Without a name: the program, or somebody outside"`
	For      PersonRef      `json:"for"`
	Act      string         `json:"act"`
	Step     string         `json:"step"`
	Seat     int            `json:"seat"`
	Decision string         `json:"decision"`
	Reason   string         `json:"reason"`
	To       string         `json:"to"`
	Person   PersonRef      `json:"person"`
	What     string         `json:"what" doc:"Key of a pause or extension, kind of a link, or the mark of a rating"`
	Answers  map[string]any `json:"answers,omitempty"`
	Outside  bool           `json:"outside" doc:"The customer did it, on the public pages"`
	Followed []FollowedView `json:"followed" nullable:"false"`
}

// FollowedView is what followed from an act.
type FollowedView struct {
	Kind  string `json:"kind" doc:"opened, closed, moved, filled, warned, overdue, pause_over, stuck, unstuck, raised, class, asked, granted, refused, paused, resumed, ended, withdrawn, reopened, recorded, uncertain"`
	Step  string `json:"step"`
	Seat  int    `json:"seat"`
	What  string `json:"what"`
	How   string `json:"how"`
	End   string `json:"end"`
	DueAt string `json:"due_at"`
}

// WarningView is something a reader of a case must know.
type WarningView struct {
	Code string `json:"code"`
	Year int    `json:"year"`
}

// RecordView is a case with everything its screen shows.
type RecordView struct {
	CaseView
	RulebookTitle TextView         `json:"rulebook_title"`
	Definition    *flow.Definition `json:"definition"`
	Tasks         []TaskView       `json:"tasks" nullable:"false"`
	Clocks        []ClockView      `json:"clocks" nullable:"false"`
	Pause         string           `json:"pause" doc:"Why the clocks stand; empty when they run"`
	PauseUntil    string           `json:"pause_until"`
	Extended      []string         `json:"extended" nullable:"false"`
	StepStates    []StepView       `json:"step_states" nullable:"false"`
	Forms         []FormView       `json:"forms" nullable:"false"`
	History       []ActView        `json:"history" nullable:"false" doc:"Oldest first"`
	Links         []LinkView       `json:"links" nullable:"false"`
	Files         []FileView       `json:"files" nullable:"false"`
	May           []MayView        `json:"may" nullable:"false"`
	MayNot        []MayNotView     `json:"may_not" nullable:"false"`
	Warnings      []WarningView    `json:"warnings" nullable:"false"`
	FactID        string           `json:"fact_id" doc:"The fact it became; empty = none"`
	About         *SubjectView     `json:"about" doc:"What it is about beside a customer; null without"`
}
