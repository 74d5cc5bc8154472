package review

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

const tag = "Reviews"

type reviewIn struct {
	ID string `path:"id"`
}

type reviewsIn struct {
	httpapi.Page
	Rulebook string `query:"rulebook"`
	State    string `query:"state" enum:"opening,rating,meeting,closing,closed,withdrawn"`
}

type plannedIn struct {
	Days int `query:"days" default:"60" minimum:"0" maximum:"400" doc:"How far ahead"`
}

type openIn struct{ Body OpenView }

type changeIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match" doc:"The ETag of what the change is based on"`
	Body    ChangeView
}

type meetIn struct {
	ID   string `path:"id"`
	Body MeetView
}

type reviewCloseIn struct {
	ID   string `path:"id"`
	Body struct {
		Unrated int64 `json:"unrated" minimum:"0" doc:"How many customers were not rated, as whoever closes has seen it: closing confirms it"`
	}
}

type reviewReasonIn struct {
	ID   string `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"4000"`
	}
}

type reviewDelegateIn struct {
	ID   string `path:"id"`
	Body struct {
		From    string `json:"from,omitempty" doc:"Whose customers; empty for one's own"`
		To      string `json:"to" doc:"Who stands in"`
		UntilOn string `json:"until_on" format:"date" doc:"The last day"`
	}
}

type endDelegationIn struct {
	ID         string `path:"id"`
	Delegation string `path:"delegation"`
}

type exportIn struct {
	ID     string `path:"id"`
	List   string `path:"list" enum:"lines,a_list,special_policies,credit_terms,new_customers"`
	Format string `query:"format" enum:"csv,xlsx,pdf" default:"xlsx" doc:"pdf: a form to be signed"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

// Register adds the operations to the API.
func Register(api *httpapi.API, s *Service) {
	read := func(opID, path, summary string) httpapi.Op {
		return httpapi.Op{ID: opID, Method: http.MethodGet, Path: path, Summary: summary, Tag: tag, Permission: authz.GradingRead}
	}
	write := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	httpapi.Register(api, read("list-reviews", "/reviews", "Review campaigns, newest first, with what waits for the reader"), s.httpReviews)
	httpapi.Register(api, read("list-review-tasks", "/reviews/tasks", "Campaigns in which something waits for the reader, and those under way that it manages"), s.httpTasks)
	httpapi.Register(api, read("list-planned-reviews", "/reviews/planned", "Campaigns the calendar will open"), s.httpPlanned)
	httpapi.Register(api, httpapi.Op{
		ID: "open-review", Method: http.MethodPost, Path: "/reviews", Summary: "Open a campaign; a job lists its customers", Tag: tag, Permission: authz.GradingRun, Status: http.StatusAccepted,
	}, s.httpOpen)
	httpapi.Register(api, read("get-review", "/reviews/{id}", "A campaign with its progress per region"), s.httpGet)
	httpapi.Register(api, write("change-review", http.MethodPatch, "/reviews/{id}", "Change the days and the record of a campaign", authz.GradingJudge), s.httpChange)
	httpapi.Register(api, write("begin-review-meeting", http.MethodPost, "/reviews/{id}/meeting", "End the first round and begin the meeting", authz.GradingJudge), s.httpMeet)
	httpapi.Register(api, httpapi.Op{
		ID: "close-review", Method: http.MethodPost, Path: "/reviews/{id}/close", Summary: "Let what was rated take effect; a job does it", Tag: tag, Permission: authz.GradingRun,
		Status: http.StatusAccepted,
	}, s.httpClose)
	httpapi.Register(api, write("withdraw-review", http.MethodPost, "/reviews/{id}/withdraw", "End a campaign without any effect", authz.GradingRun), s.httpWithdraw)
	httpapi.Register(api, write("delegate-review", http.MethodPost, "/reviews/{id}/delegations", "Let a colleague rate, up to a day", authz.GradingJudge), s.httpDelegate)
	httpapi.Register(api, httpapi.Op{
		ID: "end-review-delegation", Method: http.MethodDelete, Path: "/reviews/{id}/delegations/{delegation}", Summary: "End a delegation at once", Tag: tag,
		Permission: authz.GradingJudge, Status: http.StatusNoContent,
	}, s.httpEndDelegation)
	httpapi.Register(api, httpapi.Op{
		ID: "export-review", Method: http.MethodGet, Path: "/reviews/{id}/export/{list}", Summary: "A list of a campaign as a file", Tag: tag, Permission: authz.CustomerExport,
	}, s.httpExport)
	httpapi.Register(api, httpapi.Op{
		ID: "list-review-colleagues", Method: http.MethodGet, Path: "/reviews/colleagues", Summary: "People who may stand in for a rater", Tag: tag, Permission: authz.GradingJudge,
	}, s.httpColleagues)
	registerLines(api, s)
	registerResults(api, s)
	registerChecks(api, s)
	registerDeals(api, s)
}

// day reads a date of an input; an empty one is None.
func day(path, text string) (calendar.Date, error) {
	if text == "" {
		return calendar.None, nil
	}
	d, err := calendar.Parse(text)
	if err != nil {
		var v errs.Validation
		v.Check(false, path, "field.not_a_date", "value", text)
		return d, v.Err()
	}
	return d, nil
}

// days reads several dates.
func days(in map[string]string) (map[string]calendar.Date, error) {
	out := map[string]calendar.Date{}
	for path, text := range in {
		d, err := day(path, text)
		if err != nil {
			return nil, err
		}
		out[path] = d
	}
	return out, nil
}

func (s *Service) httpReviews(ctx context.Context, in *reviewsIn) (*httpapi.Body[httpapi.List[View]], error) {
	list, next, err := s.Reviews(ctx, in.Rulebook, in.State, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(list))
	for i := range list {
		views[i] = s.view(&list[i])
	}
	return httpapi.OkList(views, next), nil
}

func (s *Service) httpTasks(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[View]], error) {
	list, err := s.Tasks(ctx)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(list))
	for i := range list {
		views[i] = s.view(&list[i])
	}
	return httpapi.OkList(views, ""), nil
}

func (s *Service) httpPlanned(ctx context.Context, in *plannedIn) (*httpapi.Body[httpapi.List[PlannedView]], error) {
	list, err := s.Planned(ctx, in.Days)
	if err != nil {
		return nil, err
	}
	views := make([]PlannedView, len(list))
	for i, p := range list {
		views[i] = PlannedView{Rulebook: p.Rulebook, Title: rule.Text{Zh: p.Title["zh"], En: p.Title["en"]}, From: p.From.String(), To: p.To.String()}
	}
	return httpapi.OkList(views, ""), nil
}

func (s *Service) httpOpen(ctx context.Context, in *openIn) (*httpapi.Body[StartedView], error) {
	d, err := days(map[string]string{"rate_by": in.Body.RateBy, "closes_on": in.Body.ClosesOn, "effective_on": in.Body.EffectiveOn})
	if err != nil {
		return nil, err
	}
	r, jobID, err := s.Open(ctx, OpenInput{Rulebook: in.Body.Rulebook, RateBy: d["rate_by"], ClosesOn: d["closes_on"], EffectiveOn: d["effective_on"], Note: in.Body.Note})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(StartedView{ReviewID: id.String(r.ID), JobID: id.String(jobID)}), nil
}

// tagged gives a campaign with its ETag.
func (s *Service) tagged(ctx context.Context, reviewID int64) (*httpapi.Tagged[View], error) {
	d, err := s.Get(ctx, reviewID)
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[View]{ETag: httpapi.Tag(d.VersionNo), Body: s.view(&d)}, nil
}

// changed does something to a campaign and gives it as it then is.
func (s *Service) changed(ctx context.Context, text string, fn func(reviewID int64) error) (*httpapi.Tagged[View], error) {
	reviewID, err := id.Parse(text)
	if err != nil {
		return nil, err
	}
	if err := fn(reviewID); err != nil {
		return nil, err
	}
	return s.tagged(ctx, reviewID)
}

func (s *Service) httpGet(ctx context.Context, in *reviewIn) (*httpapi.Tagged[View], error) {
	return s.changed(ctx, in.ID, func(int64) error { return nil })
}

func (s *Service) httpChange(ctx context.Context, in *changeIn) (*httpapi.Tagged[View], error) {
	version, err := httpapi.Match(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	change := ChangeInput{Note: b.Note, MeetingPeople: b.MeetingPeople, MeetingNote: b.MeetingNote, Version: version}
	for path, x := range map[string]struct {
		from *string
		to   **calendar.Date
	}{
		"rate_by": {b.RateBy, &change.RateBy}, "closes_on": {b.ClosesOn, &change.ClosesOn}, "effective_on": {b.EffectiveOn, &change.EffectiveOn},
		"meeting_on": {b.MeetingOn, &change.MeetingOn},
	} {
		if x.from == nil {
			continue
		}
		d, err := day(path, *x.from)
		if err != nil {
			return nil, err
		}
		*x.to = &d
	}
	return s.changed(ctx, in.ID, func(reviewID int64) error { _, err := s.Change(ctx, reviewID, change); return err })
}

func (s *Service) httpMeet(ctx context.Context, in *meetIn) (*httpapi.Tagged[View], error) {
	on, err := day("on", in.Body.On)
	if err != nil {
		return nil, err
	}
	return s.changed(ctx, in.ID, func(reviewID int64) error {
		_, err := s.Meet(ctx, reviewID, MeetingInput{On: on, People: in.Body.People, Note: in.Body.Note})
		return err
	})
}

func (s *Service) httpClose(ctx context.Context, in *reviewCloseIn) (*httpapi.Body[StartedView], error) {
	reviewID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	jobID, err := s.Close(ctx, reviewID, CloseInput{Unrated: in.Body.Unrated})
	return httpapi.Ok(StartedView{ReviewID: in.ID, JobID: id.String(jobID)}), err
}

func (s *Service) httpWithdraw(ctx context.Context, in *reviewReasonIn) (*httpapi.Tagged[View], error) {
	return s.changed(ctx, in.ID, func(reviewID int64) error { _, err := s.Withdraw(ctx, reviewID, in.Body.Reason); return err })
}

// ids reads ids of customers; one that is none does not exist.
func ids(list []string) ([]int64, error) {
	out := make([]int64, len(list))
	for i, text := range list {
		n, err := id.Parse(text)
		if err != nil {
			return nil, hidden()
		}
		out[i] = n
	}
	return out, nil
}

func (s *Service) httpDelegate(ctx context.Context, in *reviewDelegateIn) (*httpapi.Body[DelegationView], error) {
	reviewID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	until, err := day("until_on", in.Body.UntilOn)
	if err != nil {
		return nil, err
	}
	d := DelegateInput{UntilOn: until}
	for text, to := range map[string]*int64{in.Body.From: &d.From, in.Body.To: &d.To} {
		if text == "" {
			continue
		}
		if *to, err = id.Parse(text); err != nil {
			return nil, err
		}
	}
	out, err := s.Delegate(ctx, reviewID, d)
	return httpapi.Ok(delegationView(&out)), err
}

func (s *Service) httpEndDelegation(ctx context.Context, in *endDelegationIn) (*httpapi.Empty, error) {
	both, err := ids([]string{in.ID, in.Delegation})
	if err != nil {
		return nil, err
	}
	return nil, s.EndDelegation(ctx, both[0], both[1])
}

func (s *Service) httpExport(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	reviewID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	write, name, err := s.Table(ctx, reviewID, in.List, in.Format, in.Lang)
	if err != nil {
		return nil, err
	}
	return httpapi.Download(name, func(_ context.Context, w io.Writer) error { return write(w) }), nil
}

type colleaguesIn struct {
	Search string `query:"q" maxLength:"100"`
}

func (s *Service) httpColleagues(ctx context.Context, in *colleaguesIn) (*httpapi.Body[httpapi.List[PersonView]], error) {
	list, err := s.Colleagues(ctx, in.Search)
	if err != nil {
		return nil, err
	}
	views := make([]PersonView, len(list))
	for i, p := range list {
		views[i] = PersonView{id.String(p.ID), p.Name}
	}
	return httpapi.OkList(views, ""), nil
}
