package review

import (
	"context"
	"net/http"

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
	Approval string `query:"approval" enum:"waiting,approved,rejected,any" doc:"any: all that are or were signed for"`
	Search   string `query:"q" maxLength:"100"`
	Differs  bool   `query:"differs" doc:"Only where the meeting changed what the region said"`
	Newcomer bool   `query:"newcomer"`
	Mine     bool   `query:"mine" doc:"Only what the reader may rate"`
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

type historyIn struct {
	ID string `path:"id"`
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
	httpapi.Register(api, op("list-customer-reviews", http.MethodGet, "/customers/{id}/reviews", "The campaigns a customer was part of, newest first", authz.GradingRead), s.httpHistory)
	registerEvidence(api, s)
	registerForms(api, s)
}

func (s *Service) httpLines(ctx context.Context, in *listLinesIn) (*httpapi.Body[LinesView], error) {
	reviewID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	f := LineFilter{
		State: in.State, Grade: in.Grade, Approval: in.Approval, Search: in.Search, Differs: in.Differs, Newcomer: in.Newcomer, Mine: in.Mine,
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
