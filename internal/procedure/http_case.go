package procedure

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

const (
	tagCases = "Cases"
	// maxCaseBody bounds the body of a request with a form, in bytes; files are uploaded by themselves.
	maxCaseBody = 1 << 20
)

func registerCases(api *httpapi.API, s *Service) {
	h := &handlers{s}
	httpapi.Register(api, httpapi.Op{ID: "list-procedures", Method: http.MethodGet, Path: "/procedures", Summary: "List the procedures the acting person may begin, with their forms", Tag: tagCases, Permission: authz.ProcedureStart}, h.procedures)
	httpapi.Register(api, httpapi.Op{ID: "start-case", Method: http.MethodPost, Path: "/cases", Summary: "Begin a case", Tag: tagCases, Permission: authz.ProcedureStart, Status: http.StatusCreated, MaxBody: maxCaseBody}, h.start)
	httpapi.Register(api, httpapi.Op{ID: "list-cases", Method: http.MethodGet, Path: "/cases", Summary: "List cases, those of customers who come first before all others", Tag: tagCases, Permission: authz.ProcedureRead}, h.list)
	httpapi.Register(api, httpapi.Op{ID: "count-cases", Method: http.MethodGet, Path: "/cases/count", Summary: "How many cases a filter lets through", Tag: tagCases, Permission: authz.ProcedureRead}, h.count)
	httpapi.Register(api, httpapi.Op{ID: "get-case", Method: http.MethodGet, Path: "/cases/{id}", Summary: "Read a case with everything its screen shows", Tag: tagCases, Permission: authz.ProcedureRead}, h.get)
	httpapi.Register(api, httpapi.Op{ID: "act-on-case", Method: http.MethodPost, Path: "/cases/{id}/acts", Summary: "Do something with a case", Tag: tagCases, Permission: authz.ProcedureRead, MaxBody: maxCaseBody}, h.act)
	registerFilesOut(api, h)
	registerRegisters(api, h)
	registerIncidents(api, h)
	httpapi.Register(api, httpapi.Op{ID: "get-inbox", Method: http.MethodGet, Path: "/inbox", Summary: "List what waits for the acting person across all cases", Tag: tagCases, Permission: authz.ProcedureRead}, h.inbox)
	httpapi.Register(api, httpapi.Op{ID: "decide-inbox", Method: http.MethodPost, Path: "/inbox/acts", Summary: "Decide several tasks with one opinion", Tag: tagCases, Permission: authz.ProcedureRead}, h.decide)
	httpapi.Register(api, httpapi.Op{ID: "see-notices", Method: http.MethodPost, Path: "/inbox/seen", Summary: "Put notices away", Tag: tagCases, Permission: authz.ProcedureRead, Status: http.StatusNoContent}, h.seen)
}

type handlers struct{ s *Service }

// StartBody begins a case.
type StartBody struct {
	Rulebook   string         `json:"rulebook" minLength:"1" maxLength:"100"`
	Procedure  string         `json:"procedure" minLength:"1" maxLength:"100"`
	CustomerID string         `json:"customer_id,omitempty" doc:"Empty = none"`
	Channel    string         `json:"channel,omitempty" maxLength:"50"`
	Title      string         `json:"title,omitempty" maxLength:"200" doc:"Empty = made from the start form"`
	ReceivedAt string         `json:"received_at,omitempty" doc:"Moment the matter reached the organisation, from which deadlines count; RFC 3339, empty = now"`
	Subject    string         `json:"subject,omitempty" maxLength:"200" doc:"What an approval is about, as noun:id"`
	Answers    map[string]any `json:"answers,omitempty" doc:"Of the start form: a text, a decimal text for numbers and money, true or false, a list of texts (several values, files as ids), or a list of rows"`
}

// ActBody is what somebody wants to do with a case.
type ActBody struct {
	Act      string         `json:"act" enum:"fill,decide,answer,return,add_sign,delegate,claim,unclaim,assign,skip,comment,attach,link,pause,resume,extend,withdraw,reopen"`
	Seat     int            `json:"seat,omitempty" minimum:"0" doc:"Of the task; 0 = the only one that fits"`
	For      string         `json:"for,omitempty" doc:"The absent person one stands in for; empty = worked out"`
	Version  int64          `json:"version,omitempty" doc:"row_version as last seen; acts that belong to no seat are refused when it has changed"`
	Answers  map[string]any `json:"answers,omitempty" doc:"Of the form of the step"`
	Decision string         `json:"decision,omitempty" enum:"agree,reject"`
	Reason   string         `json:"reason,omitempty" maxLength:"20000" doc:"Opinion of a decision, text of a comment; needed for rejecting, returning, skipping, pausing, extending, withdrawing and reopening"`
	To       string         `json:"to,omitempty" maxLength:"100" doc:"Step to return to"`
	Person   string         `json:"person,omitempty" doc:"Whom to add, delegate to or assign"`
	What     string         `json:"what,omitempty" maxLength:"100" doc:"Key of the pause or extension"`
	OtherID  string         `json:"other_id,omitempty" doc:"Case to link with"`
	Link     string         `json:"link,omitempty" enum:"repeat,cause,follow_up,related"`
	Files    []string       `json:"files,omitempty" maxItems:"100" doc:"Uploads to attach"`
}

type (
	proceduresIn struct {
		Customer string `query:"customer" doc:"Id; only what may be begun about this customer"`
	}
	startIn struct {
		Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key with the same body does it once"`
		Body StartBody
	}
	actIn struct {
		ID   string `path:"id"`
		Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key with the same body does it once"`
		Body ActBody
	}
	listIn struct {
		CaseFilters
		httpapi.Page
	}
	countIn struct{ CaseFilters }
	inboxIn struct {
		Kind []string `query:"kind" maxItems:"50" doc:"Kinds of cases, separated by commas"`
		httpapi.Page
	}
	decideIn struct {
		Key  string `header:"Idempotency-Key" maxLength:"60"`
		Body DecideBody
	}
	seenIn struct{ Body SeenBody }
)

// DecideBody decides several tasks.
type DecideBody struct {
	Tasks    []TaskRef `json:"tasks" minItems:"1" maxItems:"100" nullable:"false"`
	Decision string    `json:"decision" enum:"agree,reject"`
	Reason   string    `json:"reason,omitempty" maxLength:"20000" doc:"Needed for rejecting"`
}

// TaskRef names a task.
type TaskRef struct {
	CaseID string `json:"case_id"`
	Seat   int    `json:"seat" minimum:"1"`
}

// SeenBody puts notices away.
type SeenBody struct {
	ID string `json:"id,omitempty" doc:"Empty = all of them"`
}

// CaseFilters are the query parameters of the list of cases.
type CaseFilters struct {
	Kind      []string `query:"kind" maxItems:"50" doc:"Separated by commas"`
	Procedure []string `query:"procedure" maxItems:"50"`
	Status    []string `query:"status" doc:"running, paused, ended, withdrawn; separated by commas"`
	Class     []string `query:"class" maxItems:"50"`
	Outcome   []string `query:"outcome" maxItems:"50"`
	Channel   []string `query:"channel" maxItems:"50"`
	Step      string   `query:"step" maxLength:"100" doc:"A step that is open"`
	Owner     []string `query:"owner" maxItems:"100" doc:"Ids, me, or none"`
	Unit      []string `query:"unit" maxItems:"100"`
	Customer  string   `query:"customer" doc:"Id"`
	Subject   string   `query:"subject" maxLength:"200" doc:"What an approval is about, as noun:id"`
	Overdue   bool     `query:"overdue" doc:"Some limit has passed"`
	Stuck     bool     `query:"stuck" doc:"Nobody can act on an open seat"`
	Mine      bool     `query:"mine" doc:"Begun or owned by the acting person, or waiting for that person"`
	Q         string   `query:"q" maxLength:"200" doc:"Number, words of the title, name, code or phone of the customer or of who called; the beginning of a word, the end of a number, pinyin of the customer"`
	From      string   `query:"from" doc:"Received on or after this day"`
	To        string   `query:"to" doc:"Received on or before this day"`
	Sort      string   `query:"sort" enum:"due,newest" default:"due"`
}

func (in CaseFilters) filter(ctx context.Context) (Filter, error) {
	var v errs.Validation
	f := Filter{
		Kinds: in.Kind, Procedures: in.Procedure, Statuses: in.Status, Classes: in.Class, Outcomes: in.Outcome, Channels: in.Channel, Step: in.Step,
		CustomerID: readID(&v, "customer", in.Customer), Subject: in.Subject, Overdue: in.Overdue, Stuck: in.Stuck, Mine: in.Mine, Text: in.Q, Sort: in.Sort,
		From: readDay(&v, "from", in.From), To: readDay(&v, "to", in.To),
	}
	actor, _ := authz.From(ctx)
	for _, text := range in.Owner {
		switch text {
		case "me":
			f.OwnerIDs = append(f.OwnerIDs, actor.UserID)
		case "none":
			f.OwnerIDs = append(f.OwnerIDs, 0)
		default:
			f.OwnerIDs = append(f.OwnerIDs, readID(&v, "owner", text))
		}
	}
	for _, text := range in.Unit {
		f.UnitIDs = append(f.UnitIDs, readID(&v, "unit", text))
	}
	return f, v.Err()
}

// answersOf turns what came as JSON into answers.
func answersOf(v *errs.Validation, in map[string]any) flow.Answers {
	if len(in) == 0 {
		return nil
	}
	out := make(flow.Answers, len(in))
	for key, x := range in {
		b, err := json.Marshal(x)
		var a flow.Answer
		if err == nil {
			err = json.Unmarshal(b, &a)
		}
		v.Check(err == nil, "answers."+key, "procedure.not_an_answer")
		out[key] = a
	}
	return out
}

func (b StartBody) input() (StartInput, error) {
	var v errs.Validation
	in := StartInput{
		Rulebook: b.Rulebook, Procedure: b.Procedure, CustomerID: readID(&v, "customer_id", b.CustomerID), Channel: b.Channel, Title: b.Title, Subject: b.Subject,
		Answers: answersOf(&v, b.Answers),
	}
	if b.ReceivedAt != "" {
		at, err := time.Parse(time.RFC3339, b.ReceivedAt)
		v.Check(err == nil, "received_at", "field.not_allowed", "value", errs.Shown(b.ReceivedAt))
		in.Received = at.UnixMicro()
	}
	return in, v.Err()
}

func (b ActBody) input() (ActInput, error) {
	var v errs.Validation
	in := ActInput{
		Act: flow.Act{
			Kind: b.Act, Seat: b.Seat, For: readID(&v, "for", b.For), Answers: answersOf(&v, b.Answers), Decision: b.Decision, Reason: strings.TrimSpace(b.Reason),
			To: b.To, Person: readID(&v, "person", b.Person), What: b.What,
		},
		Version: b.Version, OtherID: readID(&v, "other_id", b.OtherID), Link: b.Link,
	}
	for _, text := range b.Files {
		in.Files = append(in.Files, readID(&v, "files", text))
	}
	return in, v.Err()
}

func (h *handlers) procedures(ctx context.Context, in *proceduresIn) (*httpapi.Body[httpapi.List[StartableView]], error) {
	var v errs.Validation
	customerID := readID(&v, "customer", in.Customer)
	if err := v.Err(); err != nil {
		return nil, err
	}
	list, err := h.s.Startable(ctx, customerID)
	views := make([]StartableView, len(list))
	for i := range list {
		views[i] = procedureView(&list[i])
	}
	return httpapi.OkList(views, ""), err
}

func (h *handlers) start(ctx context.Context, in *startIn) (*httpapi.Tagged[RecordView], error) {
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	input.Key = in.Key
	c, err := h.s.Start(ctx, input)
	if err != nil {
		return nil, err
	}
	return h.record(ctx, c.ID)
}

func (h *handlers) act(ctx context.Context, in *actIn) (*httpapi.Tagged[RecordView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	input.Key = in.Key
	if _, err := h.s.Act(ctx, n, input); err != nil {
		return nil, err
	}
	return h.record(ctx, n)
}

func (h *handlers) get(ctx context.Context, in *oneIn) (*httpapi.Tagged[RecordView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return h.record(ctx, n)
}

func (h *handlers) record(ctx context.Context, caseID int64) (*httpapi.Tagged[RecordView], error) {
	r, err := h.s.Get(ctx, caseID)
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[RecordView]{ETag: httpapi.Tag(r.RowVersion), Body: h.s.recordView(&r)}, nil
}

func (h *handlers) list(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[CaseView]], error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	f.Cursor, f.Limit = in.Cursor, in.Limit
	list, next, err := h.s.List(ctx, f)
	if err != nil {
		return nil, err
	}
	words, err := h.s.wordsFor(ctx, list)
	if err != nil {
		return nil, err
	}
	views := make([]CaseView, len(list))
	for i := range list {
		views[i] = h.s.caseView(&list[i], words[list[i].AdoptionID][list[i].Procedure])
	}
	return httpapi.OkList(views, next), nil
}

// CaseCountView is how many there are.
type CaseCountView struct {
	Count int64 `json:"count"`
	More  bool  `json:"more" doc:"There are more; count stops at 10000"`
}

func (h *handlers) count(ctx context.Context, in *countIn) (*httpapi.Body[CaseCountView], error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	n, err := h.s.Count(ctx, f)
	return httpapi.Ok(CaseCountView(n)), err
}

func (h *handlers) inbox(ctx context.Context, in *inboxIn) (*httpapi.Body[InboxView], error) {
	box, err := h.s.Inbox(ctx, InboxFilter{Kinds: in.Kind, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(h.s.inboxView(&box)), nil
}

func (h *handlers) decide(ctx context.Context, in *decideIn) (*httpapi.Body[DecidedView], error) {
	var v errs.Validation
	list := make([]BulkDecision, len(in.Body.Tasks))
	for i, t := range in.Body.Tasks {
		list[i] = BulkDecision{readID(&v, "tasks", t.CaseID), t.Seat}
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	done, err := h.s.Decide(ctx, list, in.Body.Decision, strings.TrimSpace(in.Body.Reason), in.Key)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(decidedView(done)), nil
}

func (h *handlers) seen(ctx context.Context, in *seenIn) (*httpapi.Empty, error) {
	var v errs.Validation
	n := readID(&v, "id", in.Body.ID)
	if err := v.Err(); err != nil {
		return nil, err
	}
	return nil, h.s.PutAway(ctx, n)
}

// moment gives microseconds as RFC 3339; noLimit and 0 give nothing.
func moment(us int64) string {
	if us == 0 || us == noLimit {
		return ""
	}
	return time.UnixMicro(us).UTC().Format(time.RFC3339)
}

// dayOf gives the organisation's day of a moment, for the limits people read as days.
func (s *Service) dayOf(us int64) string {
	if us == 0 || us == noLimit {
		return ""
	}
	return calendar.FromTime(time.UnixMicro(us), s.loc).String()
}
