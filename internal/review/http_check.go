package review

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

type checksIn struct {
	Rulebook string `query:"rulebook"`
}

type checkIn struct {
	ID string `path:"id"`
}

type checkExportIn struct {
	ID     string `path:"id"`
	Format string `query:"format" enum:"csv,xlsx,pdf" default:"xlsx" doc:"pdf: a form to be signed"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh"`
}

type drawIn struct{ Body DrawView }

type findIn struct {
	ID       string `path:"id"`
	Customer string `path:"customer"`
	IfMatch  string `header:"If-Match" doc:"The ETag of what the change is based on"`
	Body     FindView
}

// DrawView draws a sample.
type DrawView struct {
	Rulebook string `json:"rulebook"`
	Scheme   string `json:"scheme,omitempty"`
	Grade    string `json:"grade,omitempty" doc:"Empty for all grades"`
	Size     int    `json:"size" minimum:"1" maximum:"500"`
	Seed     int64  `json:"seed,omitempty" minimum:"0" maximum:"9007199254740991" doc:"The same seed over the same customers draws the same sample; 0 takes a new one"`
	Note     string `json:"note,omitempty" maxLength:"4000"`
}

// FindView says what a check of one customer found.
type FindView struct {
	State      string `json:"state" enum:"fine,finding,corrected"`
	Finding    string `json:"finding,omitempty" maxLength:"4000"`
	Correction string `json:"correction,omitempty" maxLength:"4000" doc:"What is to be done"`
	DueOn      string `json:"due_on,omitempty"`
	DoneNote   string `json:"done_note,omitempty" maxLength:"4000" doc:"What was done"`
}

// CheckView is a spot check.
type CheckView struct {
	ID         string           `json:"id"`
	Rulebook   string           `json:"rulebook"`
	Scheme     string           `json:"scheme"`
	Grade      string           `json:"grade"`
	Seed       string           `json:"seed"`
	Size       int              `json:"size"`
	Population int64            `json:"population"`
	Note       string           `json:"note"`
	By         string           `json:"by"`
	On         string           `json:"on" format:"date"`
	Ended      bool             `json:"ended"`
	Counts     map[string]int64 `json:"counts" doc:"By where the customers stand: open, fine, finding, corrected"`
	Overdue    int64            `json:"overdue" doc:"Findings that were not corrected by their day"`
}

// CheckItemView is a customer of a spot check.
type CheckItemView struct {
	CustomerID string `json:"customer_id"`
	Code       string `json:"code"`
	Name       string `json:"name"`
	OwnerName  string `json:"owner_name"`
	Place      int    `json:"place"`
	Grade      string `json:"grade" doc:"As it stood when the sample was drawn"`
	VerdictID  string `json:"verdict_id"`
	State      string `json:"state" enum:"open,fine,finding,corrected"`
	Finding    string `json:"finding"`
	Correction string `json:"correction"`
	DueOn      string `json:"due_on"`
	DoneNote   string `json:"done_note"`
	VersionNo  int64  `json:"version_no"`
}

// CheckPage is a spot check with its customers.
type CheckPage struct {
	CheckView
	Items []CheckItemView `json:"items" nullable:"false"`
}

func registerChecks(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "list-spot-checks", Method: http.MethodGet, Path: "/spot-checks", Summary: "Spot checks, newest first", Tag: tag, Permission: authz.GradingRead,
	}, s.httpChecks)
	httpapi.Register(api, httpapi.Op{
		ID: "draw-spot-check", Method: http.MethodPost, Path: "/spot-checks", Summary: "Draw a random sample of graded customers", Tag: tag, Permission: authz.GradingRun,
		Status: http.StatusCreated,
	}, s.httpDraw)
	httpapi.Register(api, httpapi.Op{
		ID: "get-spot-check", Method: http.MethodGet, Path: "/spot-checks/{id}", Summary: "A spot check with its customers", Tag: tag, Permission: authz.GradingRead,
	}, s.httpCheck)
	httpapi.Register(api, httpapi.Op{
		ID: "find-spot-check", Method: http.MethodPut, Path: "/spot-checks/{id}/customers/{customer}", Summary: "What was found about a customer, or that it was corrected", Tag: tag,
		Permission: authz.GradingJudge,
	}, s.httpFind)
	httpapi.Register(api, httpapi.Op{
		ID: "export-spot-check", Method: http.MethodGet, Path: "/spot-checks/{id}/export", Summary: "A spot check as a table or as a form to be signed", Tag: tag,
		Permission: authz.CustomerExport,
	}, s.httpExportCheck)
}

func (s *Service) httpExportCheck(ctx context.Context, in *checkExportIn) (*huma.StreamResponse, error) {
	checkID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	write, name, err := s.CheckTable(ctx, checkID, in.Format, in.Lang)
	if err != nil {
		return nil, err
	}
	return httpapi.Download(name, func(_ context.Context, w io.Writer) error { return write(w) }), nil
}

func (s *Service) checkView(c *Check) CheckView {
	return CheckView{
		ID: id.String(c.ID), Rulebook: c.Rulebook, Scheme: c.Scheme, Grade: c.Grade, Seed: id.String(c.Seed), Size: c.Size, Population: c.Population, Note: c.Note, By: c.ByName,
		On: calendar.FromTime(*instant(&c.CreatedAt), s.loc).String(), Ended: c.EndedAt != nil, Counts: c.Counts, Overdue: c.Overdue,
	}
}

func checkItemView(i *CheckItem) CheckItemView {
	return CheckItemView{
		CustomerID: id.String(i.CustomerID), Code: i.Code, Name: i.Name, OwnerName: i.OwnerName, Place: i.Place, Grade: i.Grade, VerdictID: optionalID(i.VerdictID), State: i.State,
		Finding: i.Finding, Correction: i.Correction, DueOn: i.DueOn.String(), DoneNote: i.DoneNote, VersionNo: i.VersionNo,
	}
}

// shownChecks is how many spot checks are listed.
const shownChecks = 100

func (s *Service) httpChecks(ctx context.Context, in *checksIn) (*httpapi.Body[httpapi.List[CheckView]], error) {
	list, err := s.Checks(ctx, in.Rulebook, shownChecks)
	if err != nil {
		return nil, err
	}
	views := make([]CheckView, len(list))
	for i := range list {
		views[i] = s.checkView(&list[i])
	}
	return httpapi.OkList(views, ""), nil
}

func (s *Service) httpDraw(ctx context.Context, in *drawIn) (*httpapi.Body[CheckPage], error) {
	c, err := s.Draw(ctx, CheckInput{
		Rulebook: in.Body.Rulebook, Scheme: in.Body.Scheme, Grade: in.Body.Grade, Size: in.Body.Size, Seed: in.Body.Seed, Note: in.Body.Note,
	})
	if err != nil {
		return nil, err
	}
	return s.checkPage(ctx, c.ID)
}

func (s *Service) httpCheck(ctx context.Context, in *checkIn) (*httpapi.Body[CheckPage], error) {
	checkID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return s.checkPage(ctx, checkID)
}

func (s *Service) checkPage(ctx context.Context, checkID int64) (*httpapi.Body[CheckPage], error) {
	c, err := s.Check(ctx, checkID)
	if err != nil {
		return nil, err
	}
	list, err := s.CheckItems(ctx, checkID)
	if err != nil {
		return nil, err
	}
	out := CheckPage{CheckView: s.checkView(&c), Items: make([]CheckItemView, len(list))}
	for i := range list {
		out.Items[i] = checkItemView(&list[i])
	}
	return httpapi.Ok(out), nil
}

func (s *Service) httpFind(ctx context.Context, in *findIn) (*httpapi.Tagged[CheckItemView], error) {
	checkID, customerID, err := both(in.ID, in.Customer)
	if err != nil {
		return nil, err
	}
	at, err := httpapi.Match(in.IfMatch)
	if err != nil {
		return nil, err
	}
	due, err := day("due_on", in.Body.DueOn)
	if err != nil {
		return nil, err
	}
	i, err := s.Find(ctx, checkID, customerID, FindInput{
		State: in.Body.State, Finding: in.Body.Finding, Correction: in.Body.Correction, DueOn: due, DoneNote: in.Body.DoneNote, Version: at,
	})
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[CheckItemView]{ETag: httpapi.Tag(i.VersionNo), Body: checkItemView(&i)}, nil
}
