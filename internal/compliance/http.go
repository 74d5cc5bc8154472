package compliance

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

const tag = "Rulebooks"

type complyIn struct {
	ID   string `path:"id"`
	From string `query:"from" doc:"First day; empty for the first of the year"`
	To   string `query:"to" doc:"Last day; empty for today"`
}

// exportIn repeats the members of complyIn: those of an embedded type that is not exported are not read from a request.
type exportIn struct {
	ID     string `path:"id"`
	From   string `query:"from" doc:"First day; empty for the first of the year"`
	To     string `query:"to" doc:"Last day; empty for today"`
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

type crossIn struct {
	ID     string `path:"id"`
	By     string `query:"by" enum:"clause,grade,department,manager,month" default:"clause"`
	Across string `query:"across" enum:"clause,grade,department,manager,month" doc:"A second dimension laid across the first; empty for none"`
	From   string `query:"from" doc:"First day; empty for the first of the year"`
	To     string `query:"to" doc:"Last day; empty for today"`
	Clause string `query:"clause" maxLength:"60" doc:"Only what this clause asks for"`
	Grade  string `query:"grade" maxLength:"60" doc:"Only of this grade"`
	Unit   string `query:"unit" doc:"Id of a unit: only what was answered for in it or below it; or none"`
	Owner  string `query:"owner" doc:"Id: only what this person answered for; or none"`
}

// crossExportIn repeats the members of crossIn, as exportIn does.
type crossExportIn struct {
	ID     string `path:"id"`
	By     string `query:"by" enum:"clause,grade,department,manager,month" default:"clause"`
	Across string `query:"across" enum:"clause,grade,department,manager,month"`
	From   string `query:"from" doc:"First day; empty for the first of the year"`
	To     string `query:"to" doc:"Last day; empty for today"`
	Clause string `query:"clause" maxLength:"60"`
	Grade  string `query:"grade" maxLength:"60"`
	Unit   string `query:"unit" doc:"Id of a unit, or none"`
	Owner  string `query:"owner" doc:"Id of a person, or none"`
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
}

// crossLines is how many managers an answer lists.
const crossLines = 200

// FileView hands in a report.
type FileView struct {
	From string `json:"period_from" format:"date" doc:"First day of the period it is about"`
	Note string `json:"note,omitempty"`
	File string `json:"file_id,omitempty" doc:"Id of a file uploaded before by the same person (POST /files)"`
}

type fileIn struct {
	ID     string `path:"id"`
	Report string `path:"report"`
	Body   FileView
}

// ReceiveView receives a report.
type ReceiveView struct {
	From string `json:"period_from" format:"date" doc:"First day of the period it is about"`
	Note string `json:"note,omitempty"`
}

type receiveIn struct {
	ID     string `path:"id"`
	Report string `path:"report"`
	Body   ReceiveView
}

type filingIn struct {
	ID     string `path:"id"`
	Report string `path:"report"`
	From   string `path:"from" doc:"First day of the period it is about"`
}

type filedIn struct {
	ID   string `path:"id"`
	File string `path:"file"`
}

// Register adds the operations to the API.
func Register(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "get-rulebook-compliance", Method: http.MethodGet, Path: "/rulebooks/{id}/comply", Tag: tag, Permission: authz.DutyRead,
		Summary: "Per clause: duties due, kept, late, missed, waived; verdicts; indicators; reports. GET /duties with rulebook, clause, from, to and state lists what is behind a number",
	}, s.httpComply)
	httpapi.Register(api, httpapi.Op{
		ID: "export-rulebook-compliance", Method: http.MethodGet, Path: "/rulebooks/{id}/comply/export", Tag: tag, Permission: authz.DutyRead, Summary: "The same as a file, one row per clause",
	}, s.httpExport)
	httpapi.Register(api, httpapi.Op{
		ID: "get-rulebook-compliance-by", Method: http.MethodGet, Path: "/rulebooks/{id}/comply/by", Tag: tag, Permission: authz.DutyRead,
		Summary: "The duties of a rulebook by clause, grade, department, manager or month, or by two of them. GET /duties with rulebook, clause, grade, due_unit, due_owner, from, to, state and as_due lists what is behind a number",
	}, s.httpCross)
	httpapi.Register(api, httpapi.Op{
		ID: "export-rulebook-compliance-by", Method: http.MethodGet, Path: "/rulebooks/{id}/comply/by/export", Tag: tag, Permission: authz.DutyRead,
		Summary: "The same as a file, one row per line and cell. By manager it names people and needs duty.export as well",
	}, s.httpCrossExport)
	httpapi.Register(api, httpapi.Op{
		ID: "file-rulebook-report", Method: http.MethodPost, Path: "/rulebooks/{id}/reports/{report}/filings", Tag: tag, Permission: authz.RulebookRead, Status: http.StatusNoContent,
		Summary: "Note that a report was handed in for a period",
	}, s.httpFile)
	httpapi.Register(api, httpapi.Op{
		ID: "get-rulebook-filing", Method: http.MethodGet, Path: "/rulebooks/{id}/reports/{report}/filings/{from}", Tag: tag, Permission: authz.RulebookRead,
		Summary: "How a report stands for one period: due, handed in, received, and what the acting person may do",
	}, s.httpFiling)
	httpapi.Register(api, httpapi.Op{
		ID: "receive-rulebook-report", Method: http.MethodPost, Path: "/rulebooks/{id}/reports/{report}/receipts", Tag: tag, Permission: authz.RulebookRead, Status: http.StatusNoContent,
		Summary: "Note that a report that was handed in has been received",
	}, s.httpReceive)
	httpapi.Register(api, httpapi.Op{
		ID: "list-waiting-reports", Method: http.MethodGet, Path: "/reports/waiting", Tag: tag, Permission: authz.RulebookRead,
		Summary: "The reports that wait for the acting person: to be handed in or to be received",
	}, s.httpWaiting)
	httpapi.Register(api, httpapi.Op{
		ID: "download-rulebook-filing", Method: http.MethodGet, Path: "/rulebooks/{id}/filings/{file}", Tag: tag, Permission: authz.DutyRead, Summary: "Download what was handed in",
	}, s.httpFiled)
}

// query reads the period; from the first of the year up to today where nothing is said.
func (s *Service) query(in complyIn) (Query, error) {
	q := Query{Rulebook: in.ID, From: s.Today().YearStart(), To: s.Today()}
	var v errs.Validation
	for _, f := range []struct {
		path, text string
		to         *calendar.Date
	}{{"from", in.From, &q.From}, {"to", in.To, &q.To}} {
		if f.text == "" {
			continue
		}
		d, err := calendar.Parse(f.text)
		v.Check(err == nil, f.path, "field.not_a_date", "value", f.text)
		*f.to = d
	}
	return q, v.Err()
}

func (s *Service) httpComply(ctx context.Context, in *complyIn) (*httpapi.Body[Report], error) {
	q, err := s.query(*in)
	if err != nil {
		return nil, err
	}
	r, err := s.Of(ctx, q)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(r), nil
}

func (s *Service) httpExport(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	q, err := s.query(complyIn{ID: in.ID, From: in.From, To: in.To})
	if err != nil {
		return nil, err
	}
	r, err := s.Of(ctx, q)
	if err != nil {
		return nil, err
	}
	name := strings.Join([]string{exportWords[in.Lang].file, r.Rulebook, r.From, r.To}, "-") + "." + in.Format
	return httpapi.Download(name, func(_ context.Context, w io.Writer) error { return Write(w, in.Format, in.Lang, r) }), nil
}

func (s *Service) crossQuery(in crossIn) (CrossQuery, error) {
	q, err := s.query(complyIn{ID: in.ID, From: in.From, To: in.To})
	if err != nil {
		return CrossQuery{}, err
	}
	out := CrossQuery{Query: q, By: Dimension(in.By), Across: Dimension(in.Across), Clause: in.Clause, Grade: in.Grade}
	var v errs.Validation
	for _, f := range []struct {
		path, text string
		to         **int64
	}{{"unit", in.Unit, &out.Unit}, {"owner", in.Owner, &out.Owner}} {
		var n int64
		switch f.text {
		case "":
			continue
		case None:
		default:
			var err error
			n, err = id.Parse(f.text)
			v.Check(err == nil, f.path, "field.not_allowed", "value", f.text)
		}
		*f.to = &n
	}
	return out, v.Err()
}

func (s *Service) httpCross(ctx context.Context, in *crossIn) (*httpapi.Body[Cross], error) {
	q, err := s.crossQuery(*in)
	if err != nil {
		return nil, err
	}
	q.Limit = crossLines
	x, err := s.Across(ctx, q)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(x), nil
}

func (s *Service) httpCrossExport(ctx context.Context, in *crossExportIn) (*huma.StreamResponse, error) {
	q, err := s.crossQuery(crossIn{in.ID, in.By, in.Across, in.From, in.To, in.Clause, in.Grade, in.Unit, in.Owner})
	if err != nil {
		return nil, err
	}
	if q.By == ByManager || q.Across == ByManager {
		if _, err := authz.Require(ctx, authz.DutyExport); err != nil {
			return nil, err
		}
	}
	x, err := s.Across(ctx, q)
	if err != nil {
		return nil, err
	}
	name := strings.Join([]string{exportWords[in.Lang].cross, x.Rulebook, x.From, x.To}, "-") + "." + in.Format
	return httpapi.Download(name, func(_ context.Context, w io.Writer) error { return WriteCross(w, in.Format, in.Lang, x) }), nil
}

func (s *Service) httpFile(ctx context.Context, in *fileIn) (*httpapi.Empty, error) {
	from, err := firstOf(in.Body.From)
	if err != nil {
		return nil, err
	}
	input := FileInput{Rulebook: in.ID, Report: in.Report, From: from, Note: in.Body.Note}
	if in.Body.File != "" {
		if input.FileID, err = id.Parse(in.Body.File); err != nil {
			var v errs.Validation
			v.Check(false, "file_id", "compliance.file_unknown", "id", in.Body.File)
			return nil, v.Err()
		}
	}
	return nil, s.File(ctx, input)
}

func (s *Service) httpFiled(ctx context.Context, in *filedIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.File)
	if err != nil {
		return nil, err
	}
	f, content, err := s.OpenFile(ctx, in.ID, n)
	if err != nil {
		return nil, err
	}
	return httpapi.Uploaded(f.Name, f.MediaType, f.Size, content), nil
}

// firstOf reads the first day of a period.
func firstOf(text string) (calendar.Date, error) {
	d, err := calendar.Parse(text)
	var v errs.Validation
	v.Check(err == nil, "period_from", "field.not_a_date", "value", text)
	return d, v.Err()
}

func (s *Service) httpReceive(ctx context.Context, in *receiveIn) (*httpapi.Empty, error) {
	from, err := firstOf(in.Body.From)
	if err != nil {
		return nil, err
	}
	return nil, s.Receive(ctx, ReceiveInput{Rulebook: in.ID, Report: in.Report, From: from, Note: in.Body.Note})
}

func (s *Service) httpFiling(ctx context.Context, in *filingIn) (*httpapi.Body[Filing], error) {
	from, err := firstOf(in.From)
	if err != nil {
		return nil, err
	}
	f, err := s.Filing(ctx, in.ID, in.Report, from)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(f), nil
}

func (s *Service) httpWaiting(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[Waits]], error) {
	list, err := s.Waiting(ctx)
	if err != nil {
		return nil, err
	}
	return httpapi.OkList(list, ""), nil
}
