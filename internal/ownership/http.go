package ownership

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

const tag = "Ownership"

// TextView is a text in both languages.
type TextView struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

func textView(t rule.Text) TextView { return TextView{t.Zh, t.En} }

// RuleView is one rule of precedence.
type RuleView struct {
	Key        string   `json:"key"`
	Precedence int      `json:"precedence" doc:"1 comes first"`
	Title      TextView `json:"title"`
	When       string   `json:"when" doc:"Condition as written; empty for everybody"`
	By         string   `json:"by" enum:"role,field,area,present"`
	Name       string   `json:"name" doc:"The role or the field"`
	Role       TextView `json:"role" doc:"The role in words"`
	Clause     string   `json:"clause"`
	Assumed    bool     `json:"assumed" doc:"Not in the text of the regulation"`
}

// CapView bounds how many customers one holder of a role looks after.
type CapView struct {
	Role   TextView `json:"role"`
	AtMost int64    `json:"at_most"`
	Clause string   `json:"clause"`
}

// RulesView is what a rulebook in force says about owners.
type RulesView struct {
	Rulebook string     `json:"rulebook"`
	Version  string     `json:"version"`
	Title    TextView   `json:"title"`
	Rules    []RuleView `json:"rules" nullable:"false"`
	Caps     []CapView  `json:"caps" nullable:"false"`
}

// ConflictView is what stands against a decision.
type ConflictView struct {
	Kind     string   `json:"kind" enum:"differs,full,no_holder,gone,two_claims"`
	Rule     string   `json:"rule" doc:"Key of the rule concerned; empty = none"`
	Title    TextView `json:"title" doc:"Of the rule"`
	UserID   string   `json:"user_id" doc:"Whoever claims the customer or has it now; empty = nobody"`
	UserName string   `json:"user_name"`
	Text     string   `json:"text" doc:"What a field said where it means nobody"`
}

// LoadView is how many customers somebody has before and after.
type LoadView struct {
	UserID   string `json:"user_id" doc:"Empty = nobody"`
	Name     string `json:"name"`
	Before   int64  `json:"before"`
	After    int64  `json:"after"`
	Cap      int64  `json:"cap" doc:"0 = none"`
	Disabled bool   `json:"disabled"`
}

// RunView is a run of the owner rules.
type RunView struct {
	ID         string     `json:"id" doc:"Also the id of the job that works it out"`
	Rulebook   string     `json:"rulebook"`
	Version    string     `json:"version"`
	State      string     `json:"state" enum:"working,ready,failed"`
	InScope    int64      `json:"in_scope"`
	Moves      int64      `json:"moves" doc:"Customers who would change hands"`
	Conflicts  int64      `json:"conflicts" doc:"Customers with a conflict"`
	Unowned    int64      `json:"unowned" doc:"Customers nobody may look after"`
	Loads      []LoadView `json:"loads" nullable:"false"`
	Open       int64      `json:"open" doc:"Lines not yet chosen"`
	Chosen     int64      `json:"chosen" doc:"Lines waiting to be applied"`
	Applied    int64      `json:"applied"`
	Stale      int64      `json:"stale" doc:"Lines left because somebody changed the owner since"`
	CreatedBy  string     `json:"created_by"`
	CreatedAt  time.Time  `json:"created_at"`
	FinishedAt *time.Time `json:"finished_at"`
}

// LineView is what a run says of a customer.
type LineView struct {
	CustomerID string         `json:"customer_id"`
	Code       string         `json:"code"`
	Name       string         `json:"name"`
	FromID     string         `json:"from_id" doc:"Empty = nobody"`
	FromName   string         `json:"from_name"`
	ToID       string         `json:"to_id" doc:"Empty = nobody may"`
	ToName     string         `json:"to_name"`
	Rule       string         `json:"rule"`
	RuleTitle  TextView       `json:"rule_title"`
	Precedence int            `json:"precedence"`
	Clause     string         `json:"clause"`
	Why        TextView       `json:"why"`
	Conflicts  []ConflictView `json:"conflicts" nullable:"false"`
	State      string         `json:"state" enum:"open,chosen,applied,stale"`
}

// TermView is a time during which somebody looked after a customer.
type TermView struct {
	ID        string         `json:"id"`
	OwnerID   string         `json:"owner_id" doc:"Empty = nobody"`
	OwnerName string         `json:"owner_name"`
	How       string         `json:"how" enum:"rule,hand,claim,return,lapse,handover,import,entry"`
	Rulebook  string         `json:"rulebook"`
	Rule      string         `json:"rule"`
	Clause    string         `json:"clause"`
	Why       *TextView      `json:"why" doc:"Missing where no rule decided"`
	Conflicts []ConflictView `json:"conflicts" nullable:"false"`
	Note      string         `json:"note" doc:"Why it was given back to the pool"`
	From      string         `json:"from"`
	Until     string         `json:"until" doc:"The day the next one began; empty = goes on"`
	By        string         `json:"by" doc:"Name of whoever did it; empty = the program, or not known"`
	SourceID  string         `json:"source_id" doc:"The run or the handover behind it; empty = none"`
}

// JobView names a job.
type JobView struct {
	JobID string `json:"job_id"`
}

type rulesIn struct {
	Rulebook string `query:"rulebook" maxLength:"100"`
}

type beginIn struct {
	Body struct {
		Rulebook string `json:"rulebook,omitempty" maxLength:"100" doc:"Needed only where several rulebooks in force have owner rules"`
	}
}

type runIn struct {
	ID string `path:"id"`
}

type linesIn struct {
	ID string `path:"id"`
	httpapi.Page
	Kind  string `query:"kind" enum:"move,nobody,differs,full,no_holder,gone,two_claims" doc:"Only customers who move, whom nobody may have, or with such a conflict"`
	State string `query:"state" enum:"open,chosen,applied,stale"`
	Rule  string `query:"rule" maxLength:"100"`
	User  string `query:"user" doc:"Whoever has the customer before or after"`
}

type applyIn struct {
	ID   string `path:"id"`
	Body struct {
		All       bool     `json:"all,omitempty" doc:"Every open line"`
		Customers []string `json:"customers,omitempty" maxItems:"10000" doc:"Ids of customers, unless all is set"`
	}
}

type customerIn struct {
	ID string `path:"id"`
}

// Register adds the operations of ownership.
func Register(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{ID: "list-owner-rules", Method: http.MethodGet, Path: "/ownership/rules", Summary: "The owner rules of the rulebooks in force, in the order of their precedence", Tag: tag, Permission: authz.CustomerRead}, s.httpRules)
	httpapi.Register(api, httpapi.Op{ID: "begin-owner-run", Method: http.MethodPost, Path: "/ownership/runs", Summary: "Work out what the owner rules would change, as a job; nothing changes", Tag: tag, Permission: authz.CustomerAssign, Status: http.StatusAccepted}, s.httpBegin)
	httpapi.Register(api, httpapi.Op{ID: "list-owner-runs", Method: http.MethodGet, Path: "/ownership/runs", Summary: "The newest runs of the owner rules", Tag: tag, Permission: authz.CustomerAssign}, s.httpRuns)
	httpapi.Register(api, httpapi.Op{ID: "get-owner-run", Method: http.MethodGet, Path: "/ownership/runs/{id}", Summary: "A run with everybody's customers before and after", Tag: tag, Permission: authz.CustomerAssign}, s.httpRun)
	httpapi.Register(api, httpapi.Op{ID: "list-owner-lines", Method: http.MethodGet, Path: "/ownership/runs/{id}/lines", Summary: "Customers whose owner or reason a run changes, or about whom there is a conflict", Tag: tag, Permission: authz.CustomerAssign}, s.httpLines)
	httpapi.Register(api, httpapi.Op{ID: "apply-owner-run", Method: http.MethodPost, Path: "/ownership/runs/{id}/apply", Summary: "Give customers to whom a run gives them, all or chosen ones, as a job", Tag: tag, Permission: authz.CustomerAssign, Status: http.StatusAccepted}, s.httpApply)
	httpapi.Register(api, httpapi.Op{ID: "list-owner-terms", Method: http.MethodGet, Path: "/customers/{id}/owners", Summary: "Who looked after a customer, from when to when and why, newest first", Tag: tag, Permission: authz.CustomerRead}, s.httpTerms)
	registerAreas(api, s)
	registerPool(api, s)
}

func (s *Service) httpRules(ctx context.Context, in *rulesIn) (*httpapi.Body[httpapi.List[RulesView]], error) {
	books, err := s.Books(ctx)
	if err != nil {
		return nil, err
	}
	var out []RulesView
	for _, b := range books {
		if in.Rulebook != "" && in.Rulebook != b.Rulebook {
			continue
		}
		o := b.Program.Ownership()
		v := RulesView{Rulebook: b.Rulebook, Version: b.Version, Title: textView(b.Title), Rules: []RuleView{}, Caps: []CapView{}}
		for _, r := range o.Rules {
			x := RuleView{Key: r.Key, Precedence: r.Precedence, Title: textView(r.Title), When: r.When, By: r.By, Name: r.Name, Clause: r.Clause, Assumed: r.Assumed}
			if r.By == rule.OwnerRole || r.By == rule.OwnerArea {
				x.Role = textView(b.TitleOf(r.Name))
			}
			v.Rules = append(v.Rules, x)
		}
		for _, c := range o.Caps {
			v.Caps = append(v.Caps, CapView{textView(b.TitleOf(c.Role)), c.AtMost, c.Clause})
		}
		out = append(out, v)
	}
	return httpapi.OkList(out, ""), nil
}

func (s *Service) httpBegin(ctx context.Context, in *beginIn) (*httpapi.Body[RunView], error) {
	r, err := s.Begin(ctx, in.Body.Rulebook)
	return httpapi.Ok(runView(r)), err
}

func (s *Service) httpRuns(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[RunView]], error) {
	list, err := s.Runs(ctx)
	views := make([]RunView, len(list))
	for i := range list {
		views[i] = runView(list[i])
	}
	return httpapi.OkList(views, ""), err
}

func (s *Service) httpRun(ctx context.Context, in *runIn) (*httpapi.Body[RunView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	r, err := s.Run(ctx, n)
	return httpapi.Ok(runView(r)), err
}

func (s *Service) httpLines(ctx context.Context, in *linesIn) (*httpapi.Body[httpapi.List[LineView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	f := LineFilter{Kind: in.Kind, State: in.State, Rule: in.Rule}
	if in.User != "" {
		if f.User, err = id.Parse(in.User); err != nil {
			return nil, err
		}
	}
	list, next, err := s.Lines(ctx, n, f, in.Cursor, in.Limit)
	views := make([]LineView, len(list))
	for i := range list {
		views[i] = lineView(&list[i])
	}
	return httpapi.OkList(views, next), err
}

func (s *Service) httpApply(ctx context.Context, in *applyIn) (*httpapi.Body[JobView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	var ids []int64
	if !in.Body.All {
		ids = make([]int64, len(in.Body.Customers))
		for i, text := range in.Body.Customers {
			if ids[i], err = id.Parse(text); err != nil {
				return nil, err
			}
		}
	}
	jobID, err := s.Apply(ctx, n, ids)
	return httpapi.Ok(JobView{id.String(jobID)}), err
}

func (s *Service) httpTerms(ctx context.Context, in *customerIn) (*httpapi.Body[httpapi.List[TermView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.History(ctx, n)
	views := make([]TermView, len(list))
	for i := range list {
		views[i] = termView(&list[i])
	}
	return httpapi.OkList(views, ""), err
}

func runView(r Run) RunView {
	v := RunView{
		ID: id.String(r.ID), Rulebook: r.Rulebook, Version: r.Version, State: r.State, InScope: r.InScope, Moves: r.Moves, Conflicts: r.Conflicts, Unowned: r.Unowned,
		Loads: make([]LoadView, len(r.Loads)), Open: r.Open, Chosen: r.Chosen, Applied: r.Applied, Stale: r.Stale, CreatedBy: r.CreatorName, CreatedAt: r.CreatedAt,
	}
	for i, l := range r.Loads {
		v.Loads[i] = LoadView{id.Optional(l.UserID), l.Name, l.Before, l.After, l.Cap, l.Disabled}
	}
	if r.FinishedAt != nil {
		at := clock.FromMicros(*r.FinishedAt)
		v.FinishedAt = &at
	}
	return v
}

func lineView(l *Line) LineView {
	return LineView{
		CustomerID: id.String(l.CustomerID), Code: l.Code, Name: l.Name, FromID: id.Optional(l.FromID), FromName: l.FromName, ToID: id.Optional(l.ToID), ToName: l.ToName,
		Rule: l.Rule, RuleTitle: textView(l.Why.Title), Precedence: l.Precedence, Clause: l.Clause, Why: textView(l.Why.Sentence()), Conflicts: conflictViews(l.Why.Conflicts), State: l.State,
	}
}

func conflictViews(list []Conflict) []ConflictView {
	out := make([]ConflictView, len(list))
	for i, c := range list {
		out[i] = ConflictView{c.Kind, c.Rule, textView(c.Title), id.Optional(c.UserID), c.UserName, c.Text}
	}
	return out
}

func termView(t *Term) TermView {
	v := TermView{
		ID: id.String(t.ID), OwnerID: id.Optional(t.OwnerID), OwnerName: t.OwnerName, How: t.How, Rulebook: t.Rulebook, Rule: t.Rule, Clause: t.Clause,
		Conflicts: []ConflictView{}, Note: t.Note, From: t.From.String(), Until: dayText(t.Until), By: t.ByName, SourceID: id.Optional(t.SourceID),
	}
	if t.Why != nil {
		w := textView(t.Why.Sentence())
		v.Why, v.Conflicts = &w, conflictViews(t.Why.Conflicts)
	}
	return v
}
