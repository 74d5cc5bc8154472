package public

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

const (
	tag = "Public pages"
	// maxBody bounds the body of a request without a file, in bytes.
	maxBody = 256 << 10
)

type handlers struct{ s *Service }

// Register adds the operations to the API: those of people without an account, what the desk sees, and the setting.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	open := func(name, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: name, Method: method, Path: "/public" + path, Summary: summary, Tag: tag, Public: true, MaxBody: maxBody}
	}
	httpapi.Register(api, open("list-public-procedures", http.MethodGet, "/procedures", "What people without an account may begin, with the forms"), h.open)
	start := open("start-public-case", http.MethodPost, "/cases", "Begin a case without an account")
	start.Status = http.StatusCreated
	httpapi.Register(api, start, h.start)
	upload := open("upload-public-file", http.MethodPost, "/files", "Upload a picture or PDF for a case that is being begun or added to")
	upload.Status, upload.MaxBody = http.StatusCreated, MaxUpload+1<<20
	httpapi.Register(api, upload, h.upload)
	httpapi.Register(api, open("follow-public-case", http.MethodPost, "/cases/follow", "How the case of this number and phone stands"), h.follow)
	httpapi.Register(api, open("add-to-public-case", http.MethodPost, "/cases/add", "Add a text or files to the own case"), h.add)
	httpapi.Register(api, open("rate-public-case", http.MethodPost, "/cases/rating", "Rate the answer to the own case, or correct the rating"), h.rate)
	registerArticles(api, h, open)
	httpapi.Register(api, httpapi.Op{
		ID: "get-public-contact", Method: http.MethodGet, Path: "/cases/{id}/contact", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "The phone by which the customer follows a case, and its rating",
	}, h.contact)
	httpapi.Register(api, httpapi.Op{ID: "get-public-settings", Method: http.MethodGet, Path: "/settings/public", Summary: "Whether the public pages are on", Tag: tag, Permission: authz.SystemManage}, h.settings)
	httpapi.Register(api, httpapi.Op{ID: "set-public-settings", Method: http.MethodPut, Path: "/settings/public", Summary: "Switch the public pages on or off", Tag: tag, Permission: authz.SystemManage}, h.set)
}

// TextView is a text in both languages.
type TextView struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// OpenView is a procedure that people without an account may begin.
type OpenView struct {
	Rulebook  string       `json:"rulebook"`
	Procedure string       `json:"procedure"`
	Title     TextView     `json:"title"`
	Form      TextView     `json:"form" doc:"Title of the form"`
	Fields    []flow.Field `json:"fields" nullable:"false" doc:"What is asked beside the phone"`
}

// OpenListView is what is open to people without an account.
type OpenListView struct {
	On          bool       `json:"on" doc:"false: the organisation has switched its public pages off"`
	Items       []OpenView `json:"items" nullable:"false"`
	MaxUpload   int        `json:"max_upload" doc:"Bytes of one file"`
	MaxFiles    int        `json:"max_files" doc:"Files at a time"`
	CorrectDays int        `json:"correct_days" doc:"For how many days a rating may be corrected"`
}

// ReceiptView is what somebody is given for a case.
type ReceiptView struct {
	Number     string `json:"number"`
	ReceivedOn string `json:"received_on"`
	DueOn      string `json:"due_on" doc:"Empty = no limit"`
}

// SaidView is what the organisation told the customer.
type SaidView struct {
	Title TextView    `json:"title"`
	On    string      `json:"on"`
	Lines []SaidField `json:"lines" nullable:"false"`
}

// SaidField is one entry of it.
type SaidField struct {
	Title TextView `json:"title"`
	Type  string   `json:"type" enum:"long_text,date,money,number"`
	Text  string   `json:"text"`
	Unit  string   `json:"unit"`
}

// AddedView is what the customer added.
type AddedView struct {
	At    string      `json:"at"`
	Text  string      `json:"text"`
	Files []AddedFile `json:"files" nullable:"false"`
}

// AddedFile is a file of it; it can be looked at by the desk only.
type AddedFile struct {
	Name string `json:"name"`
	Size int64  `json:"size" doc:"Bytes"`
}

// RatingView is how the customer rated the answer.
type RatingView struct {
	Score   int    `json:"score" minimum:"1" maximum:"5"`
	Remark  string `json:"remark"`
	RatedOn string `json:"rated_on"`
	Until   string `json:"until" doc:"Last day on which it may be corrected"`
}

// CaseView is how a case stands, for its customer.
type CaseView struct {
	Number     string      `json:"number"`
	Procedure  TextView    `json:"procedure"`
	ReceivedOn string      `json:"received_on"`
	Stage      string      `json:"stage" enum:"received,in_hand,waiting,answered,closed,withdrawn"`
	Pause      TextView    `json:"pause" doc:"What is waited for"`
	Outcome    TextView    `json:"outcome"`
	DueOn      string      `json:"due_on" doc:"Empty = no limit, or closed"`
	ClosedOn   string      `json:"closed_on"`
	Said       []SaidView  `json:"said" nullable:"false"`
	Added      []AddedView `json:"added" nullable:"false" doc:"Oldest first"`
	Rating     *RatingView `json:"rating"`
	MayAdd     bool        `json:"may_add"`
	MayRate    bool        `json:"may_rate"`
}

// ContactView is what the desk sees of a case its customer can follow.
type ContactView struct {
	Phone  string      `json:"phone" doc:"E.164; empty when the customer cannot follow the case"`
	Rating *RatingView `json:"rating"`
}

// KeyBody is what a customer follows a case by.
type KeyBody struct {
	Number string `json:"number" maxLength:"100"`
	Phone  string `json:"phone" maxLength:"100" doc:"In full"`
}

func (b KeyBody) key(ctx context.Context) Key {
	return Key{Number: b.Number, Phone: b.Phone, From: httpapi.Address(ctx)}
}

// StartBody begins a case.
type StartBody struct {
	Rulebook  string         `json:"rulebook" maxLength:"100"`
	Procedure string         `json:"procedure" maxLength:"100"`
	Phone     string         `json:"phone" maxLength:"100" doc:"By which the case is followed"`
	Answers   map[string]any `json:"answers,omitempty" doc:"Of the form, as for cases; files by the handles their uploads were given"`
}

// AddBody adds to a case.
type AddBody struct {
	KeyBody
	Text  string   `json:"text,omitempty" maxLength:"2000"`
	Files []string `json:"files,omitempty" maxItems:"5" doc:"Handles"`
}

// RateBody rates an answer.
type RateBody struct {
	KeyBody
	Score  int    `json:"score" minimum:"1" maximum:"5"`
	Remark string `json:"remark,omitempty" maxLength:"2000"`
}

// UploadedView is a file that was kept.
type UploadedView struct {
	File string `json:"file" doc:"Handle to name it by"`
	Name string `json:"name"`
	Size int64  `json:"size" doc:"Bytes"`
}

type (
	startIn struct {
		Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key with the same body does it once"`
		Body StartBody
	}
	followIn struct{ Body KeyBody }
	addIn    struct {
		Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key with the same body does it once"`
		Body AddBody
	}
	rateIn struct {
		Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key with the same body does it once"`
		Body RateBody
	}
	uploadForm struct {
		File huma.FormFile `form:"file" required:"true" doc:"A picture or PDF of at most 8 MB"`
	}
	uploadIn struct {
		RawBody huma.MultipartFormFiles[uploadForm]
	}
	oneIn struct {
		ID string `path:"id"`
	}
	setIn struct{ Body Settings }
)

func (h *handlers) open(ctx context.Context, _ *struct{}) (*httpapi.Body[OpenListView], error) {
	list, set, err := h.s.Open(ctx, httpapi.Address(ctx))
	if err != nil {
		return nil, err
	}
	v := OpenListView{On: set.On, Items: make([]OpenView, len(list)), MaxUpload: MaxUpload, MaxFiles: MaxFiles, CorrectDays: set.CorrectDays}
	for i, o := range list {
		v.Items[i] = OpenView{o.Rulebook, o.Procedure, TextView(o.Title), TextView(o.Form), o.Fields}
		if v.Items[i].Fields == nil {
			v.Items[i].Fields = []flow.Field{}
		}
	}
	return httpapi.Ok(v), nil
}

func (h *handlers) start(ctx context.Context, in *startIn) (*httpapi.Body[ReceiptView], error) {
	answers, err := answersOf(in.Body.Answers)
	if err != nil {
		return nil, err
	}
	r, err := h.s.Start(ctx, StartInput{
		Rulebook: in.Body.Rulebook, Procedure: in.Body.Procedure, Phone: in.Body.Phone, Answers: answers, Key: in.Key, From: httpapi.Address(ctx),
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(ReceiptView{r.Number, r.Received.String(), r.Due.String()}), nil
}

// answersOf reads answers in their short form.
func answersOf(in map[string]any) (flow.Answers, error) {
	var v errs.Validation
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
	return out, v.Err()
}

func (h *handlers) upload(ctx context.Context, in *uploadIn) (*httpapi.Body[UploadedView], error) {
	form := in.RawBody.Data()
	if !form.File.IsSet {
		var v errs.Validation
		v.Check(false, "file", "field.required")
		return nil, v.Err()
	}
	defer func() { _ = form.File.Close() }()
	f, err := h.s.Upload(ctx, httpapi.Address(ctx), form.File, form.File.Size, form.File.Filename)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(UploadedView{f.Handle, f.Name, f.Size}), nil
}

func (h *handlers) follow(ctx context.Context, in *followIn) (*httpapi.Body[CaseView], error) {
	v, err := h.s.Follow(ctx, in.Body.key(ctx))
	return h.shown(v, err)
}

func (h *handlers) add(ctx context.Context, in *addIn) (*httpapi.Body[CaseView], error) {
	v, err := h.s.Add(ctx, Addition{Key: in.Body.key(ctx), Text: in.Body.Text, Files: in.Body.Files, Request: in.Key})
	return h.shown(v, err)
}

func (h *handlers) rate(ctx context.Context, in *rateIn) (*httpapi.Body[CaseView], error) {
	v, err := h.s.Rate(ctx, RatingInput{Key: in.Body.key(ctx), Score: in.Body.Score, Remark: in.Body.Remark, Request: in.Key})
	return h.shown(v, err)
}

func (h *handlers) shown(c View, err error) (*httpapi.Body[CaseView], error) {
	if err != nil {
		return nil, err
	}
	v := CaseView{
		Number: c.Number, Procedure: TextView(c.Procedure), ReceivedOn: h.day(c.ReceivedAt), Stage: c.Stage, Pause: TextView(c.Pause), Outcome: TextView(c.Outcome),
		DueOn: h.day(c.DueAt), ClosedOn: h.day(c.EndedAt), Said: make([]SaidView, len(c.Said)), Added: make([]AddedView, len(c.Added)),
		Rating: h.rating(c.Rating), MayAdd: c.MayAdd, MayRate: c.MayRate,
	}
	for i, s := range c.Said {
		v.Said[i] = h.said(s)
	}
	for i, a := range c.Added {
		v.Added[i] = AddedView{At: clock.FromMicros(a.At).In(h.s.loc).Format("2006-01-02 15:04"), Text: a.Text, Files: make([]AddedFile, len(a.Files))}
		for j, f := range a.Files {
			v.Added[i].Files[j] = AddedFile{f.Name, f.Size}
		}
	}
	return httpapi.Ok(v), nil
}

func (h *handlers) said(s procedure.Said) SaidView {
	v := SaidView{Title: TextView(s.Title), On: h.day(s.At), Lines: make([]SaidField, len(s.Fields))}
	for i, f := range s.Fields {
		v.Lines[i] = SaidField{TextView(f.Title), f.Type, s.Values[f.Key].Text, f.Unit}
	}
	return v
}

func (h *handlers) rating(r *Rating) *RatingView {
	if r == nil {
		return nil
	}
	return &RatingView{r.Score, r.Remark, h.day(r.RatedAt), r.Until.String()}
}

func (h *handlers) contact(ctx context.Context, in *oneIn) (*httpapi.Body[ContactView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	c, err := h.s.Contact(ctx, n)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(ContactView{c.Phone, h.rating(c.Rating)}), nil
}

func (h *handlers) settings(ctx context.Context, _ *struct{}) (*httpapi.Body[Settings], error) {
	set, err := h.s.Settings(ctx)
	return httpapi.Ok(set), err
}

func (h *handlers) set(ctx context.Context, in *setIn) (*httpapi.Body[Settings], error) {
	set, err := h.s.Set(ctx, in.Body)
	return httpapi.Ok(set), err
}

// day gives the organisation's day of a moment; empty for 0.
func (h *handlers) day(us int64) string {
	if d := h.s.dayOf(us); d != calendar.None {
		return d.String()
	}
	return ""
}
