package promise

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// CustomerView is whom a promise was made to.
type CustomerView struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// StepView is an entry of a promise's history.
type StepView struct {
	Act  string `json:"act" enum:"make,keep,break,withdraw,move,reopen,give,overdue"`
	By   string `json:"by" doc:"Who did it, empty for the program"`
	At   string `json:"at" doc:"RFC 3339"`
	From string `json:"from" doc:"The day promised before"`
	To   string `json:"to" doc:"keep: the day it was done; else the day promised afterwards"`
	Said string `json:"said" doc:"The reason, how it was kept, or who is to keep it now"`
}

// View is a promise in the API.
type View struct {
	ID        string       `json:"id"`
	Customer  CustomerView `json:"customer"`
	ContactID string       `json:"contact_id" doc:"The person it was made to, empty = the customer as such"`
	Contact   string       `json:"contact"`
	OwnerID   string       `json:"owner_id" doc:"Who is to keep it, empty = nobody yet"`
	OwnerName string       `json:"owner_name"`
	ByOwner   bool         `json:"by_owner" doc:"Kept by whoever looks after the customer; it goes with the customer"`
	What      string       `json:"what"`
	Purpose   string       `json:"purpose"`
	MadeOn    string       `json:"made_on"`
	MadeIn    string       `json:"made_in" enum:"visit,call,case,seminar," doc:"Empty = not said"`
	MadeRef   string       `json:"made_ref" doc:"Id of that visit, call, case or event"`
	FirstDue  string       `json:"first_due" doc:"The day promised at first"`
	DueOn     string       `json:"due_on"`
	Moved     int64        `json:"moved" doc:"How often the day was moved"`
	State     string       `json:"state" enum:"open,overdue,kept,late,broken,withdrawn"`
	SettledOn string       `json:"settled_on"`
	Said      string       `json:"said" doc:"How it was kept, or why not"`
	FactID    string       `json:"fact_id"`
	Steps     []StepView   `json:"steps" nullable:"false" doc:"History, oldest first; empty in lists"`
	May       []string     `json:"may" nullable:"false" doc:"What the acting person may do with it now"`
}

func (s *Service) viewOf(ctx context.Context, p Promise) View {
	v := View{
		ID: id.String(p.ID), Customer: CustomerView{id.String(p.CustomerID), p.Customer.Code, p.Customer.Name}, ContactID: id.Optional(p.ContactID), Contact: p.Contact,
		OwnerID: id.Optional(p.OwnerID), OwnerName: p.OwnerName, ByOwner: p.ByOwner, What: p.What, Purpose: p.Purpose, MadeOn: p.MadeOn.String(), MadeIn: string(p.MadeIn),
		MadeRef: id.Optional(p.MadeRef), FirstDue: p.FirstDue.String(), DueOn: p.DueOn.String(), Moved: p.Moved, State: string(p.At(s.Today())),
		SettledOn: p.SettledOn.String(), Said: p.Said, FactID: id.Optional(p.FactID), Steps: []StepView{}, May: []string{},
	}
	for _, t := range p.Steps {
		v.Steps = append(v.Steps, StepView{t.Act, t.ByName, time.UnixMicro(t.At).UTC().Format(time.RFC3339), t.From.String(), t.To.String(), t.Said})
	}
	if s.MayAct(ctx, p) {
		for _, a := range Acts {
			if p.May(a) {
				v.May = append(v.May, string(a))
			}
		}
	}
	return v
}

// CountsView says how many promises stand where.
type CountsView struct {
	Open      int64 `json:"open"`
	Overdue   int64 `json:"overdue"`
	Kept      int64 `json:"kept"`
	Late      int64 `json:"late"`
	Broken    int64 `json:"broken"`
	Withdrawn int64 `json:"withdrawn"`
	More      bool  `json:"more" doc:"There are more than were counted"`
}

// MakeBody is a promise to be kept.
type MakeBody struct {
	ContactID string `json:"contact_id,omitempty" doc:"The person it was made to"`
	OwnerID   string `json:"owner_id,omitempty" doc:"Who is to keep it; empty = whoever looks after the customer"`
	What      string `json:"what" maxLength:"2000"`
	Purpose   string `json:"purpose,omitempty" maxLength:"2000" doc:"What for, and for whose good"`
	DueOn     string `json:"due_on" doc:"YYYY-MM-DD"`
	MadeOn    string `json:"made_on,omitempty" doc:"YYYY-MM-DD; empty = today"`
	MadeIn    string `json:"made_in,omitempty" enum:"visit,call,case,seminar," doc:"Where it was made"`
	MadeRef   string `json:"made_ref,omitempty" doc:"Id of that visit, call, case or event"`
}

// ActBody is a deed with a promise.
type ActBody struct {
	Act  string `json:"act" enum:"keep,move,break,withdraw,reopen"`
	On   string `json:"on,omitempty" doc:"keep: the day it was done, empty = today; move: the new day"`
	Said string `json:"said" maxLength:"2000" doc:"keep: how it was kept; else the reason"`
}

// Filters bound a list of promises. Exported because only exported embedded fields of an input are read.
type Filters struct {
	Customer string   `query:"customer" doc:"Id"`
	Owner    []string `query:"owner" maxItems:"100" doc:"Ids of those who are to keep them, or me"`
	State    []string `query:"state" doc:"States, separated by commas"`
	MadeIn   []string `query:"made_in" doc:"visit, call, case, seminar"`
	MadeRef  string   `query:"made_ref" doc:"Id of the visit, call, case or event"`
	From     string   `query:"from" doc:"Due on or after this day"`
	To       string   `query:"to" doc:"Due on or before this day"`
	Newest   bool     `query:"newest" doc:"The latest day first"`
}

func (in Filters) filter(ctx context.Context) (Filter, error) {
	var v errs.Validation
	f := Filter{CustomerID: httpapi.Number(&v, "customer", in.Customer), MadeRef: httpapi.Number(&v, "made_ref", in.MadeRef), From: httpapi.Day(&v, "from", in.From), To: httpapi.Day(&v, "to", in.To), Newest: in.Newest}
	actor, _ := authz.From(ctx)
	for _, text := range in.Owner {
		n := actor.UserID
		if text != "me" {
			n = httpapi.Number(&v, "owner", text)
		}
		f.OwnerIDs = append(f.OwnerIDs, n)
	}
	for _, st := range in.State {
		f.States = append(f.States, State(st))
	}
	for _, o := range in.MadeIn {
		f.Origins = append(f.Origins, Origin(o))
	}
	return f, v.Err()
}

type (
	listIn struct {
		Filters
		httpapi.Page
	}
	countsIn struct{ Filters }
	oneIn    struct {
		ID string `path:"id"`
	}
	makeIn struct {
		ID   string `path:"id" doc:"Of the customer"`
		Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
		Body MakeBody
	}
	actIn struct {
		ID   string `path:"id"`
		Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
		Body ActBody
	}
)

type handlers struct{ s *Service }

// Register adds the operations of promises.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: "Promises", Permission: p}
	}
	made := op("make-promise", http.MethodPost, "/customers/{id}/promises", "Keep what a customer was promised", authz.DutyDo)
	made.Status = http.StatusCreated
	httpapi.Register(api, made, h.make)
	httpapi.Register(api, op("list-promises", http.MethodGet, "/promises", "List promises by the day they are due", authz.DutyRead), h.list)
	httpapi.Register(api, op("count-promises", http.MethodGet, "/promises/counts", "How many promises stand where", authz.DutyRead), h.counts)
	httpapi.Register(api, op("export-promises", http.MethodGet, "/promises/export", "Promises as a table", authz.DutyExport), h.export)
	httpapi.Register(api, op("get-promise", http.MethodGet, "/promises/{id}", "Read a promise with its history", authz.DutyRead), h.get)
	httpapi.Register(api, op("act-on-promise", http.MethodPost, "/promises/{id}/acts", "Keep, move, break, withdraw or reopen a promise", authz.DutyDo), h.act)
}

func (h *handlers) make(ctx context.Context, in *makeIn) (*httpapi.Body[View], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	b := in.Body
	input := Input{
		ContactID: httpapi.Number(&v, "contact_id", b.ContactID), OwnerID: httpapi.Number(&v, "owner_id", b.OwnerID), What: b.What, Purpose: b.Purpose,
		DueOn: httpapi.Day(&v, "due_on", b.DueOn), MadeOn: httpapi.Day(&v, "made_on", b.MadeOn), MadeIn: Origin(b.MadeIn), MadeRef: httpapi.Number(&v, "made_ref", b.MadeRef),
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	p, err := h.s.Make(ctx, customerID, input, in.Key)
	return h.one(ctx, p, err)
}

func (h *handlers) one(ctx context.Context, p Promise, err error) (*httpapi.Body[View], error) {
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(h.s.viewOf(ctx, p)), nil
}

func (h *handlers) list(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[View]], error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	f.Cursor, f.Limit = in.Cursor, in.Limit
	list, next, err := h.s.List(ctx, f)
	if err != nil {
		return nil, err
	}
	out := make([]View, len(list))
	for i, p := range list {
		out[i] = h.s.viewOf(ctx, p)
	}
	return httpapi.OkList(out, next), nil
}

func (h *handlers) counts(ctx context.Context, in *countsIn) (*httpapi.Body[CountsView], error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	c, err := h.s.Counts(ctx, f)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(CountsView{c.Of[Open], c.Of[Overdue], c.Of[Kept], c.Of[Late], c.Of[Broken], c.Of[Withdrawn], c.More}), nil
}

func (h *handlers) get(ctx context.Context, in *oneIn) (*httpapi.Body[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	p, err := h.s.Get(ctx, n)
	return h.one(ctx, p, err)
}

func (h *handlers) act(ctx context.Context, in *actIn) (*httpapi.Body[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	d := Deed{Act: Act(in.Body.Act), On: httpapi.Day(&v, "on", in.Body.On), Said: in.Body.Said}
	if err := v.Err(); err != nil {
		return nil, err
	}
	p, err := h.s.Do(ctx, n, d, in.Key)
	return h.one(ctx, p, err)
}
