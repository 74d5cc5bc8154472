package statement

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/paper"
)

const tag = "Service"

// IssuedView is a numbered edition.
type IssuedView struct {
	ID       string    `json:"id"`
	Number   string    `json:"number"`
	Edition  int       `json:"edition"`
	Year     int       `json:"year"`
	IssuedBy string    `json:"issued_by"`
	IssuedAt time.Time `json:"issued_at"`
	Content  Content   `json:"content"`
}

// Proof is what was done on account of a duty.
type Proof struct {
	Parts []Part `json:"parts" nullable:"false"`
}

type ofIn struct {
	ID   string `path:"id"`
	Year int    `query:"year" minimum:"1900" maximum:"2999" doc:"Empty for the running year"`
}

type issueIn struct {
	ID   string `path:"id"`
	Body struct {
		Year int `json:"year" minimum:"1900" maximum:"2999"`
	}
}

type printIn struct {
	ID   string `path:"id"`
	Lang string `query:"lang" enum:"zh,en" default:"zh"`
}

type unitIn struct {
	ID     string `path:"id"`
	Year   int    `query:"year" minimum:"1900" maximum:"2999" doc:"Empty for the running year"`
	Cursor string `query:"cursor"`
}

type unitExportIn struct {
	ID     string `path:"id"`
	Year   int    `query:"year" minimum:"1900" maximum:"2999" doc:"Empty for the running year"`
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

type proofIn struct {
	Customer string `path:"id"`
	Duty     string `path:"duty"`
	From     string `query:"from" doc:"First day on which doing it counts"`
}

// Register adds the operations.
func Register(api *httpapi.API, s *Service) {
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	httpapi.Register(api, op("get-service-statement", http.MethodGet, "/customers/{id}/statement", "What a customer was given in a year, line by line", authz.CustomerRead), s.httpOf)
	httpapi.Register(api, op("issue-service-statement", http.MethodPost, "/customers/{id}/statements", "Give it a number and keep it; while nothing has changed, the last edition again", authz.CustomerRead), s.httpIssue)
	httpapi.Register(api, op("print-service-statement", http.MethodGet, "/statements/{id}/paper.pdf", "An edition on paper (A4), as it was issued", authz.CustomerRead), s.httpPrint)
	httpapi.Register(api, op("get-duty-proof", http.MethodGet, "/customers/{id}/proof/{duty}", "What other features keep of a duty being done: visits, calls, messages", authz.CustomerRead), s.httpProof)
	httpapi.Register(api, op("get-unit-service", http.MethodGet, "/units/{id}/service", "The customers of a department with those below it, with the service of a year and totals", authz.CustomerRead), s.httpUnit)
	httpapi.Register(api, op("export-unit-service", http.MethodGet, "/units/{id}/service/export", "The same as a file", authz.CustomerExport), s.httpExport)
}

// yearOr gives the running year where none is said.
func (s *Service) yearOr(year int) int {
	if year == 0 {
		year, _, _ = s.Today().Civil()
	}
	return year
}

func (s *Service) httpOf(ctx context.Context, in *ofIn) (*httpapi.Body[Content], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	c, err := s.Of(ctx, n, s.yearOr(in.Year))
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(c), nil
}

func (s *Service) httpIssue(ctx context.Context, in *issueIn) (*httpapi.Body[IssuedView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	x, err := s.Issue(ctx, n, in.Body.Year)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(IssuedView{ID: id.String(x.ID), Number: x.Number, Edition: x.Edition, Year: x.Year, IssuedBy: x.By, IssuedAt: x.At, Content: x.Content}), nil
}

// httpPrint sets the whole paper before the first byte, so that what cannot be printed is refused.
func (s *Service) httpPrint(ctx context.Context, in *printIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	doc, err := s.Printed(ctx, n, paper.Lang(in.Lang))
	if err != nil {
		return nil, err
	}
	content, err := doc.Render(paper.FormatPDF)
	if err != nil {
		return nil, err
	}
	return httpapi.Download(doc.Title+"-"+doc.Number+".pdf", func(_ context.Context, w io.Writer) error {
		_, err := w.Write(content)
		return err
	}), nil
}

func (s *Service) httpProof(ctx context.Context, in *proofIn) (*httpapi.Body[Proof], error) {
	customerID, err := id.Parse(in.Customer)
	if err != nil {
		return nil, err
	}
	dutyID, err := id.Parse(in.Duty)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	v.Check(in.From != "", "from", "field.required")
	from, err := calendar.Parse(in.From)
	v.Check(in.From == "" || err == nil, "from", "field.not_a_date", "value", in.From)
	if err := v.Err(); err != nil {
		return nil, err
	}
	parts, err := s.Proof(ctx, customerID, dutyID, from)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(Proof{parts}), nil
}

func (s *Service) httpUnit(ctx context.Context, in *unitIn) (*httpapi.Body[Department], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	d, err := s.Department(ctx, n, s.yearOr(in.Year), in.Cursor)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(d), nil
}

func (s *Service) httpExport(ctx context.Context, in *unitExportIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	x, err := s.Export(ctx, n, s.yearOr(in.Year))
	if err != nil {
		return nil, err
	}
	return httpapi.Download(x.Name(in.Lang)+"."+in.Format, func(ctx context.Context, w io.Writer) error { return x.Write(ctx, w, in.Format, in.Lang) }), nil
}
