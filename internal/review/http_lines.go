package review

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/grading"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

type listLinesIn struct {
	httpapi.Page
	ID       string `path:"id"`
	Unit     string `query:"unit" doc:"Id of a region"`
	State    string `query:"state" enum:"waiting,draft,rated,met,reopened,unrated" doc:"unrated: nobody has rated it in either round"`
	Grade    string `query:"grade" doc:"By the newest round"`
	Approval string `query:"approval" enum:"waiting,approved,rejected"`
	Search   string `query:"q" maxLength:"100"`
	Differs  bool   `query:"differs" doc:"Only where the meeting changed what the region said"`
	Newcomer bool   `query:"newcomer"`
	Mine     bool   `query:"mine" doc:"Only what the reader may rate"`
	ToSign   bool   `query:"to_sign" doc:"Only what waits for the reader's signature"`
	Sort     string `query:"sort" enum:"code,score" default:"code"`
}

type lineIn struct {
	ID       string `path:"id"`
	Customer string `path:"customer"`
}

type fillIn struct {
	ID       string `path:"id"`
	Customer string `path:"customer"`
	IfMatch  string `header:"If-Match" doc:"The ETag of the form; without it the newest one is meant"`
	Body     FillView
}

type reRateIn struct {
	ID       string `path:"id"`
	Customer string `path:"customer"`
	IfMatch  string `header:"If-Match" doc:"The ETag of the form; without it the newest one is meant"`
	Body     ReRateView
}

type reviewSubmitIn struct {
	ID   string `path:"id"`
	Body struct {
		CustomerIDs []string `json:"customer_ids" minItems:"1" maxItems:"500"`
	}
}

type reviewReopenIn struct {
	ID       string `path:"id"`
	Customer string `path:"customer"`
	Body     struct {
		Reason string `json:"reason" minLength:"1" maxLength:"4000"`
	}
}

type fileIn struct {
	ID       string `path:"id"`
	Customer string `path:"customer"`
	Item     string `path:"item"`
	File     string `path:"file"`
}

type historyIn struct {
	ID string `path:"id"`
}

// LineView is a customer in a campaign.
type LineView struct {
	CustomerID  string `json:"customer_id"`
	Code        string `json:"code"`
	Name        string `json:"name"`
	UnitID      string `json:"unit_id"`
	OwnerName   string `json:"owner_name"`
	Newcomer    bool   `json:"newcomer" doc:"Too new for a grade that lasts"`
	FirstFact   string `json:"first_fact" doc:"The day cooperation began; empty without a fact"`
	BeforeCode  string `json:"before_code" doc:"The grade when the campaign opened"`
	BeforeScore string `json:"before_score"`
	OpenCode    string `json:"open_code" doc:"What followed from facts and judgements when it opened"`
	OpenScore   string `json:"open_score"`
	State       string `json:"state" enum:"waiting,draft,rated,met,reopened"`
	Rated       bool   `json:"rated"`
	RateCode    string `json:"rate_code"`
	RateScore   string `json:"rate_score"`
	Met         bool   `json:"met"`
	MeetCode    string `json:"meet_code"`
	MeetScore   string `json:"meet_score"`
	Outcome     string `json:"outcome" doc:"The grade of the newest round; empty without one"`
	Differs     bool   `json:"differs"`
	Approval    string `json:"approval" enum:",waiting,approved,rejected"`
	Signed      int    `json:"signed" doc:"Signatures that were given"`
	FinalCode   string `json:"final_code" doc:"After closing: what the verdict says"`
	VerdictID   string `json:"verdict_id"`
	VersionNo   int64  `json:"version_no"`
}

// ValueView is what is said about one judged item.
type ValueView struct {
	Item   string `json:"item" maxLength:"100"`
	Value  string `json:"value" maxLength:"200" doc:"Points as a decimal, or one of the answers"`
	Reason string `json:"reason,omitempty" maxLength:"4000"`
}

// FillView is what somebody fills in.
type FillView struct {
	Values []ValueView `json:"values" maxItems:"200" nullable:"false"`
	Note   string      `json:"note,omitempty" maxLength:"4000" doc:"On cooperation and development"`
}

// ReRateView is what the meeting says about a customer; empty confirms what the region said.
type ReRateView struct {
	Values []ValueView `json:"values,omitempty" maxItems:"200" doc:"The items that change"`
	Grade  string      `json:"grade,omitempty" doc:"Decides on the grade itself; empty lets it follow"`
	Reason string      `json:"reason,omitempty" maxLength:"4000" doc:"Needed for a change"`
}

// FormItemView is one judged item on a form.
type FormItemView struct {
	Item     string         `json:"item"`
	Title    rule.Text      `json:"title"`
	Values   []rule.Answer  `json:"values" nullable:"false"`
	Low      string         `json:"low"`
	High     string         `json:"high"`
	By       string         `json:"by"`
	ByTitle  rule.Text      `json:"by_title" doc:"Of the post that judges"`
	Clause   string         `json:"clause"`
	Value    string         `json:"value"`
	Reason   string         `json:"reason"`
	Given    string         `json:"given" doc:"What counts today; empty while nobody has judged"`
	MayJudge bool           `json:"may_judge"`
	Files    []EvidenceView `json:"files" nullable:"false"`
}

// EvidenceView is a file shown for a judged item.
type EvidenceView struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
}

// VersionView is one rating; all of them are kept.
type VersionView struct {
	ID           string       `json:"id"`
	Round        string       `json:"round" enum:"rate,meet"`
	Code         string       `json:"code"`
	Score        string       `json:"score"`
	Decided      bool         `json:"decided" doc:"The grade itself was decided on"`
	ComputedCode string       `json:"computed_code"`
	Judged       []JudgedView `json:"judged" nullable:"false"`
	Note         string       `json:"note"`
	By           string       `json:"by"`
	For          string       `json:"for" doc:"Whose delegate that was; empty for nobody's"`
	At           time.Time    `json:"at"`
}

// JudgedView is what a rating said about an item.
type JudgedView struct {
	Item   string `json:"item"`
	Value  string `json:"value"`
	Before string `json:"before"`
	Reason string `json:"reason"`
}

// SignatureView is one signature.
type SignatureView struct {
	Place     int       `json:"place"`
	Post      string    `json:"post"`
	PostTitle rule.Text `json:"post_title"`
	Agree     bool      `json:"agree"`
	Opinion   string    `json:"opinion"`
	By        string    `json:"by"`
	At        time.Time `json:"at"`
}

// FormView is the rating form of a customer.
type FormView struct {
	LineView
	NowCode     string           `json:"now_code" doc:"What follows with the values on the form"`
	NowScore    string           `json:"now_score"`
	NowReason   string           `json:"now_reason"`
	Explanation rule.Explanation `json:"explanation" doc:"With the values on the form; decisions of people do not count"`
	Items       []FormItemView   `json:"items" nullable:"false"`
	Note        string           `json:"note" doc:"Of the draft"`
	Versions    []VersionView    `json:"versions" nullable:"false" doc:"Oldest first"`
	Signatures  []SignatureView  `json:"signatures" nullable:"false"`
	MayRate     bool             `json:"may_rate"`
	MayMeet     bool             `json:"may_meet"`
	MayReopen   bool             `json:"may_reopen"`
}

// LinesView is a page of lines.
type LinesView struct {
	Items []LineView `json:"items" nullable:"false"`
	Next  string     `json:"next_cursor,omitempty"`
	Total int64      `json:"total"`
}

// HistoryView is a customer in a campaign of some year.
type HistoryView struct {
	LineView
	ReviewID    string `json:"review_id"`
	ReviewState string `json:"review_state"`
	Rulebook    string `json:"rulebook"`
	EffectiveOn string `json:"effective_on" format:"date"`
}

func registerLines(api *httpapi.API, s *Service) {
	const one = "/reviews/{id}/lines/{customer}"
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	httpapi.Register(api, op("list-review-lines", http.MethodGet, "/reviews/{id}/lines", "The customers of a campaign", authz.GradingRead), s.httpLines)
	httpapi.Register(api, op("get-review-form", http.MethodGet, one, "The rating form of a customer, with every version", authz.GradingRead), s.httpForm)
	httpapi.Register(api, op("preview-review-form", http.MethodPost, one+"/preview", "What would follow from values; writes nothing", authz.GradingRead), s.httpPreview)
	httpapi.Register(api, op("save-review-draft", http.MethodPut, one+"/draft", "Keep what is filled in without handing it in", authz.GradingJudge), s.httpDraft)
	httpapi.Register(api, op("submit-review-form", http.MethodPost, one+"/submit", "Hand in the rating of a customer", authz.GradingJudge), s.httpSubmit)
	httpapi.Register(api, op("submit-review-forms", http.MethodPost, "/reviews/{id}/submit", "Hand in the drafts of several customers, all or none", authz.GradingJudge), s.httpSubmitMany)
	httpapi.Register(api, op("re-rate-review-line", http.MethodPost, one+"/meeting", "What the meeting says about a customer", authz.GradingJudge), s.httpReRate)
	httpapi.Register(api, op("reopen-review-line", http.MethodPost, one+"/reopen", "Give a customer back for rating", authz.GradingJudge), s.httpReopen)
	httpapi.Register(api, httpapi.Op{
		ID: "effect-review-line", Method: http.MethodPost, Path: one + "/effect", Summary: "Let what was said about a customer that was reopened after closing take effect", Tag: tag,
		Permission: authz.GradingRun, Status: http.StatusAccepted,
	}, s.httpEffect)
	httpapi.Register(api, httpapi.Op{
		ID: "add-review-file", Method: http.MethodPut, Path: one + "/items/{item}/files/{file}", Summary: "Show an uploaded file as evidence for a judged item", Tag: tag,
		Permission: authz.GradingJudge, Status: http.StatusNoContent,
	}, s.httpAddFile)
	httpapi.Register(api, httpapi.Op{
		ID: "drop-review-file", Method: http.MethodDelete, Path: one + "/items/{item}/files/{file}", Summary: "Take evidence away again", Tag: tag, Permission: authz.GradingJudge,
		Status: http.StatusNoContent,
	}, s.httpDropFile)
	httpapi.Register(api, op("download-review-file", http.MethodGet, one+"/items/{item}/files/{file}", "Download evidence", authz.GradingRead), s.httpDownload)
	httpapi.Register(api, op("list-customer-reviews", http.MethodGet, "/customers/{id}/reviews", "The campaigns a customer was part of, newest first", authz.GradingRead), s.httpHistory)
}

func lineView(l *Line) LineView {
	return LineView{
		CustomerID: id.String(l.CustomerID), Code: l.Code, Name: l.Name, UnitID: optionalID(l.UnitID), OwnerName: l.OwnerName, Newcomer: l.Newcomer,
		FirstFact: l.FirstFact.String(), BeforeCode: l.BeforeCode, BeforeScore: score(l.BeforeScore), OpenCode: l.OpenCode, OpenScore: score(l.OpenScore), State: l.State,
		Rated: l.RateID != 0, RateCode: l.RateCode, RateScore: score(l.RateScore), Met: l.MeetID != 0, MeetCode: l.MeetCode, MeetScore: score(l.MeetScore),
		Outcome: l.Outcome(), Differs: l.Differs, Approval: l.Approval, Signed: l.Signed, FinalCode: l.FinalCode, VerdictID: optionalID(l.VerdictID), VersionNo: l.VersionNo,
	}
}

func (s *Service) httpLines(ctx context.Context, in *listLinesIn) (*httpapi.Body[LinesView], error) {
	reviewID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	f := LineFilter{
		State: in.State, Grade: in.Grade, Approval: in.Approval, Search: in.Search, Differs: in.Differs, Newcomer: in.Newcomer, Mine: in.Mine, ToSign: in.ToSign,
		Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit,
	}
	if in.Unit != "" {
		if f.Unit, err = id.Parse(in.Unit); err != nil {
			return nil, err
		}
	}
	list, next, total, err := s.Lines(ctx, reviewID, f)
	if err != nil {
		return nil, err
	}
	out := LinesView{Items: make([]LineView, len(list)), Next: next, Total: total}
	for i := range list {
		out.Items[i] = lineView(&list[i])
	}
	return httpapi.Ok(out), nil
}

// both reads the ids of a campaign and a customer.
func both(review, customer string) (int64, int64, error) {
	list, err := ids([]string{review, customer})
	if err != nil {
		return 0, 0, err
	}
	return list[0], list[1], nil
}

func (s *Service) httpForm(ctx context.Context, in *lineIn) (*httpapi.Tagged[FormView], error) {
	return s.form(ctx, in.ID, in.Customer, func(int64, int64) error { return nil })
}

// form does something to a line and gives its form as it then is.
func (s *Service) form(ctx context.Context, review, customer string, fn func(reviewID, customerID int64) error) (*httpapi.Tagged[FormView], error) {
	reviewID, customerID, err := both(review, customer)
	if err != nil {
		return nil, err
	}
	if err := fn(reviewID, customerID); err != nil {
		return nil, err
	}
	f, err := s.Form(ctx, reviewID, customerID)
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[FormView]{ETag: httpapi.Tag(f.VersionNo), Body: formView(&f)}, nil
}

func formView(f *Form) FormView {
	v := FormView{
		LineView: lineView(&f.Line), NowCode: f.Now.Code, NowScore: score(f.Now.Score), NowReason: f.Now.Reason, Explanation: f.Now.Explanation, Note: f.Draft.Note,
		Items: make([]FormItemView, len(f.Items)), Versions: make([]VersionView, len(f.Versions)), Signatures: make([]SignatureView, len(f.Signatures)), MayRate: f.MayRate,
		MayMeet: f.MayMeet, MayReopen: f.MayReopen,
	}
	for i := range f.Items {
		x := &f.Items[i]
		v.Items[i] = FormItemView{
			Item: x.Name, Title: x.Title, Values: x.Values, Low: x.Low, High: x.High, By: x.By, ByTitle: f.posts[x.By], Clause: x.Clause, Value: x.Value, Reason: x.Reason, Given: x.Given,
			MayJudge: x.MayJudge, Files: []EvidenceView{},
		}
		for _, file := range f.Files {
			if file.Item == x.Name {
				v.Items[i].Files = append(v.Items[i].Files, EvidenceView{id.String(file.FileID), file.Name, file.MediaType, file.Size})
			}
		}
	}
	for i := range f.Versions {
		x := &f.Versions[i]
		v.Versions[i] = VersionView{
			ID: id.String(x.ID), Round: x.Round, Code: x.Code, Score: score(x.Score), Decided: x.Decided, ComputedCode: x.ComputedCode, Note: x.Note, By: f.Names[x.RatedBy],
			For: f.Names[x.RatedFor], At: x.RatedAt, Judged: make([]JudgedView, len(x.Judged)),
		}
		for j, one := range x.Judged {
			v.Versions[i].Judged[j] = JudgedView{one.Item, one.Value, one.Before, one.Reason}
		}
	}
	for i := range f.Signatures {
		x := &f.Signatures[i]
		v.Signatures[i] = SignatureView{Place: x.Place, Post: x.Post, PostTitle: f.posts[x.Post], Agree: x.Agree, Opinion: x.Opinion, By: f.Names[x.SignedBy], At: x.SignedAt}
	}
	return v
}

func valuesOf(list []ValueView) []Value {
	out := make([]Value, len(list))
	for i, v := range list {
		out[i] = Value{Item: v.Item, Value: v.Value, Reason: v.Reason}
	}
	return out
}

// version reads an ETag that may be left out.
func version(header string) (int64, error) {
	if header == "" {
		return 0, nil
	}
	return httpapi.Match(header)
}

func (s *Service) httpDraft(ctx context.Context, in *fillIn) (*httpapi.Tagged[FormView], error) {
	at, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.form(ctx, in.ID, in.Customer, func(reviewID, customerID int64) error {
		_, err := s.SaveDraft(ctx, reviewID, customerID, FillInput{Values: valuesOf(in.Body.Values), Note: in.Body.Note, Version: at})
		return err
	})
}

func (s *Service) httpSubmit(ctx context.Context, in *fillIn) (*httpapi.Tagged[FormView], error) {
	at, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.form(ctx, in.ID, in.Customer, func(reviewID, customerID int64) error {
		_, err := s.Submit(ctx, reviewID, customerID, FillInput{Values: valuesOf(in.Body.Values), Note: in.Body.Note, Version: at})
		return err
	})
}

func (s *Service) httpSubmitMany(ctx context.Context, in *reviewSubmitIn) (*httpapi.Body[DoneView], error) {
	reviewID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	customers, err := ids(in.Body.CustomerIDs)
	if err != nil {
		return nil, err
	}
	n, err := s.SubmitMany(ctx, reviewID, customers)
	return httpapi.Ok(DoneView{n}), err
}

func (s *Service) httpReRate(ctx context.Context, in *reRateIn) (*httpapi.Tagged[FormView], error) {
	at, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.form(ctx, in.ID, in.Customer, func(reviewID, customerID int64) error {
		_, err := s.ReRate(ctx, reviewID, customerID, ReRateInput{Values: valuesOf(in.Body.Values), Grade: in.Body.Grade, Reason: in.Body.Reason, Version: at})
		return err
	})
}

func (s *Service) httpReopen(ctx context.Context, in *reviewReopenIn) (*httpapi.Tagged[FormView], error) {
	return s.form(ctx, in.ID, in.Customer, func(reviewID, customerID int64) error {
		_, err := s.Reopen(ctx, reviewID, customerID, in.Body.Reason)
		return err
	})
}

func (s *Service) httpEffect(ctx context.Context, in *lineIn) (*httpapi.Body[StartedView], error) {
	reviewID, customerID, err := both(in.ID, in.Customer)
	if err != nil {
		return nil, err
	}
	jobID, err := s.Effect(ctx, reviewID, customerID)
	return httpapi.Ok(StartedView{ReviewID: in.ID, JobID: id.String(jobID)}), err
}

// PreviewView is what would follow from values.
type PreviewView struct {
	Code        string           `json:"code"`
	Score       string           `json:"score"`
	Reason      string           `json:"reason"`
	Explanation rule.Explanation `json:"explanation"`
}

type reviewPreviewIn struct {
	ID       string `path:"id"`
	Customer string `path:"customer"`
	Body     struct {
		Values []ValueView `json:"values" maxItems:"200" nullable:"false"`
	}
}

func (s *Service) httpPreview(ctx context.Context, in *reviewPreviewIn) (*httpapi.Body[PreviewView], error) {
	reviewID, customerID, err := both(in.ID, in.Customer)
	if err != nil {
		return nil, err
	}
	p, err := s.PreviewForm(ctx, reviewID, customerID, valuesOf(in.Body.Values))
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(PreviewView{Code: p.Code, Score: grading.FormatScore(p.Score), Reason: p.Reason, Explanation: p.Explanation}), nil
}

func (s *Service) httpAddFile(ctx context.Context, in *fileIn) (*httpapi.Empty, error) {
	list, err := ids([]string{in.ID, in.Customer, in.File})
	if err != nil {
		return nil, err
	}
	return nil, s.AddFile(ctx, list[0], list[1], in.Item, list[2])
}

func (s *Service) httpDropFile(ctx context.Context, in *fileIn) (*httpapi.Empty, error) {
	list, err := ids([]string{in.ID, in.Customer, in.File})
	if err != nil {
		return nil, err
	}
	return nil, s.DropFile(ctx, list[0], list[1], in.Item, list[2])
}

// httpDownload always hands the file over to be saved: nothing that somebody uploaded is ever shown as a page of this site.
func (s *Service) httpDownload(ctx context.Context, in *fileIn) (*huma.StreamResponse, error) {
	list, err := ids([]string{in.ID, in.Customer, in.File})
	if err != nil {
		return nil, err
	}
	f, content, err := s.OpenFile(ctx, list[0], list[1], in.Item, list[2])
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer func() { _ = content.Close() }()
		hc.SetHeader("Content-Type", f.MediaType)
		hc.SetHeader("Content-Length", strconv.FormatInt(f.Size, 10))
		hc.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(f.Name))
		hc.SetHeader("X-Content-Type-Options", "nosniff")
		if _, err := io.Copy(hc.BodyWriter(), content); err != nil {
			panic(http.ErrAbortHandler) // the status line is out already
		}
	}}, nil
}

func (s *Service) httpHistory(ctx context.Context, in *historyIn) (*httpapi.Body[httpapi.List[HistoryView]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	lines, reviews, err := s.History(ctx, customerID, 20)
	if err != nil {
		return nil, err
	}
	views := make([]HistoryView, len(lines))
	for i := range lines {
		views[i] = HistoryView{
			LineView: lineView(&lines[i]), ReviewID: id.String(reviews[i].ID), ReviewState: string(reviews[i].State), Rulebook: reviews[i].Rulebook,
			EffectiveOn: reviews[i].EffectiveOn.String(),
		}
	}
	return httpapi.OkList(views, ""), nil
}
