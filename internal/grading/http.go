package grading

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

const tag = "Grading"

type startIn struct{ Body StartView }

type simulateIn struct {
	ID   string `path:"id"`
	Body SimulateView
}

type runIn struct {
	ID string `path:"id"`
}

type runsIn struct {
	httpapi.Page
	Rulebook string `query:"rulebook"`
	Scheme   string `query:"scheme" doc:"Of a rulebook with several; empty for all"`
	State    string `query:"state" enum:"running,done,failed,canceled"`
}

type foundIn struct {
	httpapi.Page
	ID        string `path:"id"`
	Code      string `query:"code"`
	Direction string `query:"direction" enum:"up,down,first,aside,changed"`
	Search    string `query:"q" maxLength:"100"`
	Sort      string `query:"sort" enum:"code,score" default:"code"`
}

type withoutIn struct {
	httpapi.Page
	ID     string `path:"id"`
	Search string `query:"q" maxLength:"100"`
}

type overviewIn struct {
	Rulebook string `query:"rulebook" required:"true"`
	Scheme   string `query:"scheme" doc:"Of a rulebook with several; empty for the first"`
}

type historyIn struct {
	httpapi.Page
	ID string `path:"id"`
}

type whyIn struct {
	CustomerID string `path:"customer_id"`
	ID         string `path:"id"`
}

// Register adds the operations to the API.
func Register(api *httpapi.API, s *Service) {
	read := func(opID, path, summary string) httpapi.Op {
		return httpapi.Op{ID: opID, Method: http.MethodGet, Path: path, Summary: summary, Tag: tag, Permission: authz.GradingRead}
	}
	httpapi.Register(api, httpapi.Op{
		ID: "start-grading", Method: http.MethodPost, Path: "/gradings", Summary: "Grade everybody in scope as of a day", Tag: tag,
		Permission: authz.GradingRun, Status: http.StatusAccepted,
	}, s.httpStart)
	httpapi.Register(api, httpapi.Op{
		ID: "simulate-rulebook", Method: http.MethodPost, Path: "/rulebooks/{id}/simulate", Summary: "What a version with settings would change; the job's result is the movement matrix",
		Tag: "Rulebooks", Permission: authz.GradingRun, Status: http.StatusAccepted,
	}, s.httpSimulate)
	httpapi.Register(api, read("list-gradings", "/gradings", "Grading runs, newest first"), s.httpRuns)
	httpapi.Register(api, read("get-grading", "/gradings/{id}", "One grading run"), s.httpRun)
	httpapi.Register(api, read("list-grading-verdicts", "/gradings/{id}/verdicts", "The verdicts of a run"), s.httpFound)
	httpapi.Register(api, read("list-grading-without-verdict", "/gradings/{id}/without-verdict", "Customers in scope without a verdict, with the reason"), s.httpWithout)
	httpapi.Register(api, read("get-grading-overview", "/grading/overview", "Distribution, movement and history of a rulebook's grades"), s.httpOverview)
	httpapi.Register(api, read("list-grading-schemes", "/grading/schemes", "Grades of every rulebook with their names, best first"), s.httpSchemes)
	httpapi.Register(api, read("list-customer-verdicts", "/customers/{id}/verdicts", "Verdicts on a customer, newest first"), s.httpHistory)
	httpapi.Register(api, read("list-customer-standings", "/customers/{id}/standings", "The verdicts that count now for a customer"), s.httpStandings)
	httpapi.Register(api, read("get-verdict", "/verdicts/{customer_id}/{id}", "Why: a verdict with inputs, points, clauses and what is missing for the next grade"), s.httpWhy)
	registerExport(api, s)
	registerStatement(api, s)
	registerDrafts(api, s)
	registerJudging(api, s)
	registerMovement(api, s)
	registerCross(api, s)
	registerDecisions(api, s)
	registerSigning(api, s)
}

// day reads a date of an input; an empty one is today.
func (s *Service) day(path, text string) (calendar.Date, error) {
	if text == "" {
		return calendar.FromTime(s.now(), s.loc), nil
	}
	d, err := calendar.Parse(text)
	if err != nil {
		var v errs.Validation
		v.Check(false, path, "field.not_a_date", "value", text)
		return d, v.Err()
	}
	return d, nil
}

func (s *Service) httpStart(ctx context.Context, in *startIn) (*httpapi.Body[RunView], error) {
	asOf, err := s.day("as_of", in.Body.AsOf)
	if err != nil {
		return nil, err
	}
	run, err := s.Start(ctx, in.Body.Rulebook, asOf)
	if err != nil {
		return nil, err
	}
	return s.runBody(ctx, run)
}

func (s *Service) httpSimulate(ctx context.Context, in *simulateIn) (*httpapi.Body[JobView], error) {
	asOf, err := s.day("as_of", in.Body.AsOf)
	if err != nil {
		return nil, err
	}
	jobID, err := s.StartSimulation(ctx, Draft{Rulebook: in.ID, Version: in.Body.Version, Settings: in.Body.Settings}, asOf)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(JobView{id.String(jobID)}), nil
}

func (s *Service) httpRuns(ctx context.Context, in *runsIn) (*httpapi.Body[httpapi.List[RunView]], error) {
	list, next, err := s.Runs(ctx, RunFilter{in.Rulebook, in.Scheme, in.State}, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	views, err := s.runViews(ctx, list)
	return httpapi.OkList(views, next), err
}

func (s *Service) httpRun(ctx context.Context, in *runIn) (*httpapi.Body[RunView], error) {
	runID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	run, err := s.Run(ctx, runID)
	if err != nil {
		return nil, err
	}
	return s.runBody(ctx, run)
}

func (s *Service) httpFound(ctx context.Context, in *foundIn) (*httpapi.Body[httpapi.List[FoundView]], error) {
	runID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, next, err := s.Found(ctx, runID, FoundFilter{
		Code: in.Code, Direction: in.Direction, Search: in.Search, Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit,
	})
	views := make([]FoundView, len(list))
	for i := range list {
		views[i] = foundView(list[i])
	}
	return httpapi.OkList(views, next), err
}

func (s *Service) httpWithout(ctx context.Context, in *withoutIn) (*httpapi.Body[httpapi.List[WithoutView]], error) {
	runID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, next, err := s.Found(ctx, runID, FoundFilter{Without: true, Search: in.Search, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	text, err := s.reasonText(ctx, runID)
	if err != nil {
		return nil, err
	}
	views := make([]WithoutView, len(list))
	for i := range list {
		views[i] = WithoutView{FoundView: foundView(list[i]), ReasonText: text(list[i].Reason)}
	}
	return httpapi.OkList(views, next), nil
}

func (s *Service) httpOverview(ctx context.Context, in *overviewIn) (*httpapi.Body[OverviewView], error) {
	o, err := s.Overview(ctx, in.Rulebook, in.Scheme)
	if err != nil {
		return nil, err
	}
	v := OverviewView{Rulebook: o.Rulebook, Scheme: o.Scheme, Moves: []MoveView{}}
	for _, n := range o.Now {
		v.Total += n
	}
	for i, l := range append(append([]rule.Label{}, o.Scheme.Labels...), rule.Label{}) {
		share := ShareView{Code: l.Code, Count: o.Now[l.Code], Position: i}
		if v.Total > 0 {
			share.ShareBp = (20000*share.Count + v.Total) / (2 * v.Total)
		}
		v.Now = append(v.Now, share)
	}
	for _, m := range o.Moves {
		v.Moves = append(v.Moves, MoveView(m))
	}
	if v.History, err = s.runViews(ctx, o.History); err != nil {
		return nil, err
	}
	if o.Last != nil {
		last := v.History[len(v.History)-1]
		v.Last = &last
	}
	return httpapi.Ok(v), nil
}

func (s *Service) httpSchemes(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[SchemeView]], error) {
	list, err := s.Schemes(ctx)
	views := make([]SchemeView, len(list))
	for i := range list {
		views[i] = SchemeView(list[i])
	}
	return httpapi.OkList(views, ""), err
}

func (s *Service) httpHistory(ctx context.Context, in *historyIn) (*httpapi.Body[httpapi.List[VerdictView]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, next, err := s.OfCustomer(ctx, customerID, in.Cursor, in.Limit)
	views := make([]VerdictView, len(list))
	for i := range list {
		views[i] = verdictView(&list[i])
	}
	return httpapi.OkList(views, next), err
}

func (s *Service) httpStandings(ctx context.Context, in *runIn) (*httpapi.Body[httpapi.List[StandingView]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.Standings(ctx, customerID)
	views := make([]StandingView, len(list))
	for i, x := range list {
		views[i] = StandingView{
			Scheme: x.Scheme, Rulebook: x.Rulebook, VerdictID: id.String(x.VerdictID), Code: x.Code, Position: x.Position, Reason: x.Reason,
			Score: FormatScore(x.Score), AsOf: x.AsOf.String(), Since: x.Since.String(), PreviousCode: x.PreviousCode,
		}
	}
	return httpapi.OkList(views, ""), err
}

func (s *Service) httpWhy(ctx context.Context, in *whyIn) (*httpapi.Body[Explained], error) {
	customerID, err := id.Parse(in.CustomerID)
	if err != nil {
		return nil, err
	}
	verdictID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	e, err := s.Why(ctx, customerID, verdictID)
	return httpapi.Ok(e), err
}

func (s *Service) runBody(ctx context.Context, run Run) (*httpapi.Body[RunView], error) {
	views, err := s.runViews(ctx, []Run{run})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(views[0]), nil
}

func (s *Service) runViews(ctx context.Context, list []Run) ([]RunView, error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].StartedBy
	}
	names, err := userNames(ctx, s.db.Read(), ids)
	views := make([]RunView, len(list))
	for i := range list {
		views[i] = runView(&list[i], names)
	}
	return views, err
}
