package duty

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// TextView is a text in both languages.
type TextView struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// CustomerView is what a duty shows of its customer.
type CustomerView struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	Region string `json:"region" doc:"Division code, empty when unknown"`
	Phone  string `json:"phone" doc:"The number to call, empty when none is known"`
}

// FileView is a file shown as evidence.
type FileView struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size" doc:"Bytes"`
}

// View is a duty in the API.
type View struct {
	ID          string       `json:"id"`
	Customer    CustomerView `json:"customer"`
	Rulebook    string       `json:"rulebook"`
	Version     string       `json:"version" doc:"Version of the rulebook that planned it"`
	Scheme      string       `json:"scheme"`
	Grade       string       `json:"grade" doc:"Code of the grade that asked for it"`
	Rule        string       `json:"rule" doc:"Key of the duty rule in its rulebook"`
	Clause      string       `json:"clause" doc:"Number of the clause that asks for it"`
	Title       TextView     `json:"title" doc:"What is owed, as the rulebook said it when it was planned"`
	VerdictID   string       `json:"verdict_id" doc:"The verdict that caused it, empty when none did"`
	Activity    string       `json:"activity" doc:"Kind of the fact it becomes: visit, call, greeting ..."`
	Every       string       `json:"every" doc:"Cadence as an ISO period; empty when an occasion brings it"`
	Occasion    string       `json:"occasion" doc:"What brings it where there is no cadence: birthday, special(NAME), anniversary(FIELD), date(FIELD), festival(KEY), fact(KIND), fact(KIND.FIELD)"`
	OfGrade     bool         `json:"of_grade" doc:"Owed to all customers of the grade together; the customer is empty then"`
	WaiveBy     string       `json:"waive_by" doc:"Role that may excuse it, procedure when an approval must decide, empty for whoever has the permission"`
	EscalateTo  string       `json:"escalate_to" doc:"Role that is told when it is missed, empty for nobody"`
	EscalateOn  string       `json:"escalate_on" doc:"Day on which that is due, or empty"`
	EscalatedTo string       `json:"escalated_to" doc:"Name of who was told, empty while nobody was"`
	Evidence    string       `json:"evidence" doc:"What the rule asks to be shown"`
	Appointment bool         `json:"appointment" doc:"An appointment comes first: it is kept by a visit that was agreed, or has a reason for not being so"`
	Assumed     bool         `json:"assumed" doc:"The cadence is the company's setting, not the text's"`
	Role        string       `json:"role" doc:"owner, or the role the rule names"`
	OwnerID     string       `json:"owner_id" doc:"Who owes it, empty when nobody does yet"`
	OwnerName   string       `json:"owner_name"`
	DueOwner    string       `json:"due_owner" doc:"Name of who answered for it on its day, where that is somebody else than who owes it"`
	WindowFrom  string       `json:"window_from" doc:"First day on which doing it counts"`
	DueOn       string       `json:"due_on"`
	State       string       `json:"state" enum:"open,missed,kept,late,waived,dropped" doc:"As of today: an open duty whose day has passed is missed"`
	DaysOverdue int          `json:"days_overdue" doc:"0 unless it is missed"`
	DoneOn      string       `json:"done_on" doc:"Day of the evidence, empty while it is not done"`
	DoneAt      string       `json:"done_at" doc:"Moment it was recorded, waived or dropped; RFC 3339, or empty"`
	DoneBy      string       `json:"done_by" doc:"Who recorded it, empty while nobody did"`
	DoneByName  string       `json:"done_by_name"`
	Note        string       `json:"note"`
	Reason      string       `json:"reason" doc:"Of a waiver, or of evidence older than the window"`
	FactID      string       `json:"fact_id" doc:"The fact it became, empty when none"`
	Files       []FileView   `json:"files" nullable:"false" doc:"Filled for a single duty, empty in lists"`
	MayDo       bool         `json:"may_do" doc:"The acting person may settle it"`
	MayWaive    bool         `json:"may_waive"`
	UndoUntil   string       `json:"undo_until" doc:"Until when the acting person may take it back; RFC 3339, or empty"`
}

// CountsView are the figures above the lists.
type CountsView struct {
	Today       int64  `json:"today" doc:"Due today and open"`
	Week        int64  `json:"week" doc:"Due from today to Sunday and open"`
	Overdue     int64  `json:"overdue" doc:"Past their day and not done"`
	KeptMonth   int64  `json:"kept_month" doc:"Due this month up to today and kept in time"`
	LateMonth   int64  `json:"late_month"`
	MissedMonth int64  `json:"missed_month"`
	KeptRate    string `json:"kept_rate" doc:"Kept in time of all that was due this month, in per cent with one decimal; empty when nothing was"`
}

// ViewOf maps a duty for the acting person; other features that show duties use it too.
func ViewOf(ctx context.Context, d Duty, today calendar.Date, now time.Time) View {
	state := d.EffectiveState(today)
	v := View{
		ID:       id.String(d.ID),
		Customer: CustomerView{ID: id.Optional(d.CustomerID), Code: d.Customer.Code, Name: d.Customer.Name, Region: d.Customer.Region, Phone: d.Customer.Phone},
		Rulebook: d.Rulebook, Version: d.Version, Scheme: d.Scheme, Grade: d.Grade, Rule: d.Rule, Clause: d.Clause,
		Title: TextView{d.TitleZh, d.TitleEn}, VerdictID: id.Optional(d.VerdictID), Activity: d.Activity, Every: d.Every, Evidence: d.Evidence,
		Appointment: d.Appointment, Assumed: d.Assumed, Role: d.Role, OwnerID: id.Optional(d.OwnerID), OwnerName: d.OwnerName, WindowFrom: d.WindowFrom.String(), DueOn: d.DueOn.String(),
		State: string(state), DoneOn: d.DoneOn.String(), DoneBy: id.Optional(d.DoneBy), DoneByName: d.DoneByName, Note: d.Note, Reason: d.Reason,
		FactID: id.Optional(d.FactID), Files: make([]FileView, 0, len(d.Attachments)),
		Occasion: d.Occasion, OfGrade: d.OfGrade(), WaiveBy: d.WaiveBy, EscalateTo: d.EscalateTo, EscalateOn: d.EscalateOn.String(), EscalatedTo: d.EscalatedName,
	}
	if d.DueOwnerID != d.OwnerID {
		v.DueOwner = d.DueOwnerName
	}
	if state == Missed {
		v.DaysOverdue = int(today - d.DueOn)
	}
	if d.DoneAt != nil {
		v.DoneAt = time.UnixMicro(*d.DoneAt).UTC().Format(time.RFC3339)
	}
	for _, a := range d.Attachments {
		v.Files = append(v.Files, FileView{id.String(a.ID), a.Name, a.MediaType, a.Size})
	}
	actor, _ := authz.From(ctx)
	v.MayDo = mayChange(actor, authz.DutyDo, d) == nil && (d.State.May(Kept) || d.State.May(Late))
	v.MayWaive = mayChange(actor, authz.DutyWaive, d) == nil && d.State.May(Waived) && d.waivable
	if until := d.UndoUntil(); d.DoneBy == actor.UserID && now.Before(until) {
		v.UndoUntil = until.Format(time.RFC3339)
	}
	return v
}

// Filters are the query parameters of the lists.
type Filters struct {
	Mine      bool     `query:"mine" doc:"Only what the acting person owes"`
	Escalated bool     `query:"escalated" doc:"Only what was missed and of which the acting person was told"`
	Owner     []string `query:"owner" maxItems:"100" doc:"Ids of those who owe it, me, or none, separated by commas"`
	Unit      []string `query:"unit" maxItems:"100" doc:"Ids of the customers' units, separated by commas"`
	Segment   []string `query:"segment" maxItems:"100" doc:"Ids of segments the customer belongs to one of, separated by commas"`
	State     []string `query:"state" doc:"States, separated by commas; as of today"`
	Bucket    string   `query:"bucket" enum:"today,week,overdue,upcoming,done" doc:"Nearness of the day; week is what is left of it from today on"`
	Activity  []string `query:"activity" maxItems:"100" doc:"Kinds of activity, separated by commas"`
	Grade     []string `query:"grade" maxItems:"100" doc:"Codes of grades, separated by commas"`
	Rulebook  []string `query:"rulebook" maxItems:"100" doc:"Separated by commas"`
	Not       []string `query:"not" maxItems:"5" doc:"Which of owner, unit, segment, activity, grade and rulebook must not be one of the values given, separated by commas"`
	Customer  string   `query:"customer" doc:"Id"`
	AsDue     bool     `query:"as_due" doc:"Within reach is what one answered for on its day, whoever owes it now; needs rulebook"`
	DueOwner  []string `query:"due_owner" maxItems:"100" doc:"Ids of those who answered for it on its day, me, or none, separated by commas; implies as_due"`
	DueUnit   []string `query:"due_unit" maxItems:"100" doc:"Ids of the units, with those below them, in which it was answered for on its day, or none, separated by commas; implies as_due"`
	Clause    string   `query:"clause" maxLength:"60" doc:"Number of the clause that asks for it"`
	Rule      string   `query:"rule" maxLength:"200" doc:"Key of the duty in its rulebook"`
	From      string   `query:"from" doc:"Due on or after this day"`
	To        string   `query:"to" doc:"Due on or before this day"`
}

func (in Filters) filter(ctx context.Context) (Filter, error) {
	f := Filter{
		Mine: in.Mine, Escalated: in.Escalated, Bucket: Bucket(in.Bucket), Activities: in.Activity, Grades: in.Grade, Rulebooks: in.Rulebook, Not: in.Not, AsDue: in.AsDue, Clause: in.Clause, Rule: in.Rule, From: calendar.None, To: calendar.None,
	}
	for _, s := range in.State {
		f.States = append(f.States, State(s))
	}
	var v errs.Validation
	readID := func(path, text string, to *int64) {
		if text == "" {
			return
		}
		n, err := id.Parse(text)
		v.Check(err == nil, path, "field.not_allowed", "value", text)
		*to = n
	}
	readDay := func(path, text string, to *calendar.Date) {
		if text == "" {
			return
		}
		d, err := calendar.Parse(text)
		v.Check(err == nil, path, "field.not_a_date", "value", text)
		*to = d
	}
	actor, _ := authz.From(ctx)
	named := func(path string, texts []string) (out []int64) {
		for _, text := range texts {
			n := actor.UserID
			switch text {
			case "me":
			case "none":
				n = 0
			default:
				readID(path, text, &n)
			}
			out = append(out, n)
		}
		return out
	}
	f.OwnerIDs, f.DueOwnerIDs, f.DueUnitIDs = named("owner", in.Owner), named("due_owner", in.DueOwner), named("due_unit", in.DueUnit)
	for _, text := range in.Unit {
		var n int64
		readID("unit", text, &n)
		f.UnitIDs = append(f.UnitIDs, n)
	}
	for _, text := range in.Segment {
		var n int64
		readID("segment", text, &n)
		f.SegmentIDs = append(f.SegmentIDs, n)
	}
	readID("customer", in.Customer, &f.CustomerID)
	readDay("from", in.From, &f.From)
	readDay("to", in.To, &f.To)
	return f, v.Err()
}

type listIn struct {
	Filters
	httpapi.Page
}

type oneIn struct {
	ID string `path:"id"`
}

type doIn struct {
	ID   string `path:"id"`
	Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
	Body DoBody
}

// DoBody is the evidence of a duty.
type DoBody struct {
	Note   string   `json:"note,omitempty" maxLength:"2000" doc:"What happened; needed unless there is a file"`
	On     string   `json:"on" doc:"The day it happened, not after today"`
	Files  []string `json:"files,omitempty" maxItems:"10" doc:"Ids of files uploaded before by the same person"`
	Reason string   `json:"reason,omitempty" maxLength:"500" doc:"Needed when the day lies before the duty's window"`
}

type waiveIn struct {
	ID   string `path:"id"`
	Body WaiveBody
}

// WaiveBody says why a duty is excused.
type WaiveBody struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

type planIn struct{ Body PlanBody }

// PlanBody says what is to be planned.
type PlanBody struct {
	Rulebook string `json:"rulebook,omitempty" doc:"Empty = every rulebook that has graded anybody"`
}

// PlanStarted names the jobs that plan.
type PlanStarted struct {
	JobIDs []string `json:"job_ids" nullable:"false"`
}

// Register adds the operations of duties and of evidence files.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	httpapi.Register(api, httpapi.Op{ID: "list-duties", Method: http.MethodGet, Path: "/duties", Summary: "List duties by their day", Tag: "Duties", Permission: authz.DutyRead}, h.list)
	httpapi.Register(api, httpapi.Op{ID: "count-duties", Method: http.MethodGet, Path: "/duties/counts", Summary: "Count what is due, overdue, kept and missed", Tag: "Duties", Permission: authz.DutyRead}, h.counts)
	httpapi.Register(api, httpapi.Op{ID: "export-duties", Method: http.MethodGet, Path: "/duties/export", Summary: "Download duties as a table", Tag: "Duties", Permission: authz.DutyExport}, h.export)
	httpapi.Register(api, httpapi.Op{ID: "get-duty", Method: http.MethodGet, Path: "/duties/{id}", Summary: "Read a duty with its evidence", Tag: "Duties", Permission: authz.DutyRead}, h.get)
	httpapi.Register(api, httpapi.Op{ID: "do-duty", Method: http.MethodPost, Path: "/duties/{id}/do", Summary: "Settle a duty with its evidence", Tag: "Duties", Permission: authz.DutyDo}, h.do)
	httpapi.Register(api, httpapi.Op{ID: "undo-duty", Method: http.MethodPost, Path: "/duties/{id}/undo", Summary: "Take back what one did within ten minutes", Tag: "Duties", Permission: authz.DutyDo}, h.undo)
	httpapi.Register(api, httpapi.Op{ID: "waive-duty", Method: http.MethodPost, Path: "/duties/{id}/waive", Summary: "Excuse a duty with a reason", Tag: "Duties", Permission: authz.DutyWaive}, h.waive)
	httpapi.Register(api, httpapi.Op{ID: "plan-duties", Method: http.MethodPost, Path: "/duties/plan", Summary: "Plan the duties of the present grades", Tag: "Duties", Permission: authz.GradingRun, Status: http.StatusAccepted}, h.plan)
	httpapi.Register(api, httpapi.Op{ID: "preview-duties", Method: http.MethodGet, Path: "/duties/preview", Summary: "What a customer of a grade would be owed in a year; nothing is stored", Tag: "Duties", Permission: authz.RulebookRead}, h.previewGrade)
	httpapi.Register(api, httpapi.Op{ID: "foresee-duties", Method: http.MethodPost, Path: "/duties/preview", Summary: "Who would owe how much in the coming twelve months, and what is impossible; the job's result says it", Tag: "Duties", Permission: authz.GradingRun, Status: http.StatusAccepted}, h.foresee)
	registerFiles(api, s)
}

type handlers struct{ s *Service }

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
	return httpapi.OkList(h.s.Views(ctx, list), next), nil
}

// Views maps a list of duties for the acting person.
func (s *Service) Views(ctx context.Context, list []Duty) []View {
	out := make([]View, len(list))
	for i, d := range list {
		out[i] = ViewOf(ctx, d, s.Today(), s.now())
	}
	return out
}

func (h *handlers) counts(ctx context.Context, in *struct {
	Mine bool `query:"mine" doc:"Only what the acting person owes"`
},
) (*httpapi.Body[CountsView], error) {
	c, err := h.s.Counts(ctx, in.Mine)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(c.View()), nil
}

// View maps the figures.
func (c Counts) View() CountsView {
	return CountsView{c.Today, c.Week, c.Overdue, c.KeptMonth, c.LateMonth, c.MissedMonth, c.KeptRate()}
}

func (h *handlers) get(ctx context.Context, in *oneIn) (*httpapi.Tagged[View], error) {
	return h.one(ctx, in.ID, h.s.Get)
}

func (h *handlers) do(ctx context.Context, in *doIn) (*httpapi.Tagged[View], error) {
	e, err := in.Body.evidence()
	if err != nil {
		return nil, err
	}
	e.Key = in.Key
	return h.one(ctx, in.ID, func(ctx context.Context, n int64) (Duty, error) { return h.s.Do(ctx, n, e) })
}

func (b DoBody) evidence() (Evidence, error) {
	e := Evidence{Note: b.Note, Reason: b.Reason, On: calendar.None}
	var v errs.Validation
	on, err := calendar.Parse(b.On)
	v.Check(err == nil, "on", "field.not_a_date", "value", b.On)
	e.On = on
	for _, text := range b.Files {
		n, err := id.Parse(text)
		v.Check(err == nil, "files", "duty.file_unknown", "id", text)
		e.Files = append(e.Files, n)
	}
	return e, v.Err()
}

func (h *handlers) undo(ctx context.Context, in *oneIn) (*httpapi.Tagged[View], error) {
	return h.one(ctx, in.ID, h.s.Undo)
}

func (h *handlers) waive(ctx context.Context, in *waiveIn) (*httpapi.Tagged[View], error) {
	return h.one(ctx, in.ID, func(ctx context.Context, n int64) (Duty, error) { return h.s.Waive(ctx, n, in.Body.Reason) })
}

func (h *handlers) one(ctx context.Context, text string, fn func(context.Context, int64) (Duty, error)) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(text)
	if err != nil {
		return nil, err
	}
	d, err := fn(ctx, n)
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[View]{ETag: httpapi.Tag(d.VersionNo), Body: ViewOf(ctx, d, h.s.Today(), h.s.now())}, nil
}

func (h *handlers) plan(ctx context.Context, in *planIn) (*httpapi.Body[PlanStarted], error) {
	jobs, err := h.s.RequestPlan(ctx, in.Body.Rulebook)
	if err != nil {
		return nil, err
	}
	out := PlanStarted{JobIDs: make([]string, len(jobs))}
	for i, n := range jobs {
		out.JobIDs[i] = id.String(n)
	}
	return httpapi.Ok(out), nil
}
