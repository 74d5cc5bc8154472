package importer

import (
	"context"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

const tag = "Imports"

// Register adds the operations on imports.
func Register(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	upload := op("upload-import", http.MethodPost, "/imports",
		"Upload a CSV or XLSX file: as the raw body with ?name=, or as the first file of a multipart form. The answer has the guessed mapping", authz.ImportRun)
	upload.Status = http.StatusCreated
	httpapi.Register(api, upload, s.httpUpload)
	httpapi.Register(api, op("list-imports", http.MethodGet, "/imports", "History of imports, newest first", authz.ImportRun), s.httpList)
	httpapi.Register(api, op("get-import", http.MethodGet, "/imports/{id}", "An import and its counts", authz.ImportRun), s.httpGet)
	httpapi.Register(api, op("preview-import", http.MethodGet, "/imports/{id}/preview", "The first rows, the encoding and the mapping of a file", authz.ImportRun), s.httpPreview)
	httpapi.Register(api, op("set-import-options", http.MethodPut, "/imports/{id}/options", "Change mapping and options; needs If-Match", authz.ImportRun), s.httpOptions)
	httpapi.Register(api, op("check-import", http.MethodPost, "/imports/{id}/check", "Read the whole file without importing it; a big one is checked by a job", authz.ImportRun), s.httpCheck)
	httpapi.Register(api, op("list-import-rows", http.MethodGet, "/imports/{id}/rows", "Lines refused, set aside or corrected, in the order of the file", authz.ImportRun), s.httpRows)
	httpapi.Register(api, op("correct-import-row", http.MethodPatch, "/imports/{id}/rows/{line}", "Correct the cells of a line; it is checked again at once", authz.ImportRun), s.httpCorrect)
	httpapi.Register(api, op("run-import", http.MethodPost, "/imports/{id}/run", "Import, as a job", authz.ImportRun), s.httpRun)
	httpapi.Register(api, op("cancel-import", http.MethodPost, "/imports/{id}/cancel", "Stop a check or a run; nothing of the run remains", authz.ImportRun), s.httpCancel)
	httpapi.Register(api, op("revert-import", http.MethodPost, "/imports/{id}/revert", "Take a finished import back, as a job", authz.ImportRevert), s.httpRevert)
	httpapi.Register(api, op("list-kept-customers", http.MethodGet, "/imports/{id}/kept", "Customers that reverting left as they are", authz.ImportRun), s.httpKept)
	httpapi.Register(api, op("download-failed-rows", http.MethodGet, "/imports/{id}/failed-rows", "The lines that did not pass, as CSV with what is wrong", authz.ImportRun), s.httpFailed)
	httpapi.Register(api, op("download-import-template", http.MethodGet, "/imports/template", "An empty table with the columns of a target, as CSV or XLSX", authz.ImportRun), s.httpTemplate)
	httpapi.Register(api, op("list-import-fields", http.MethodGet, "/imports/fields", "What the columns of a target can mean", authz.ImportRun), s.httpFields)
	httpapi.Register(api, op("list-import-mappings", http.MethodGet, "/import-mappings", "Mappings saved under a name, and those remembered for the headers of a file", authz.ImportRun), s.httpMappings)
	httpapi.Register(api, op("save-import-mapping", http.MethodPost, "/import-mappings", "Save the settings of an import under a name, or write over one's own of that name", authz.ImportRun), s.httpSaveMapping)
	httpapi.Register(api, op("delete-import-mapping", http.MethodDelete, "/import-mappings/{id}", "Forget a saved mapping", authz.ImportRun), s.httpDeleteMapping)
}

// uploadInput takes the body as a stream: a file of half a gigabyte must not stand in memory.
type uploadInput struct {
	Target      string `query:"target" required:"true" doc:"customers, or a kind of fact"`
	Name        string `query:"name" doc:"Name of the file, for a raw body"`
	ContentType string `header:"Content-Type"`
	body        io.Reader
}

// Resolve keeps the body's reader; the framework reads nothing itself, because the input has no Body field.
func (in *uploadInput) Resolve(ctx huma.Context) []error {
	in.body = ctx.BodyReader()
	return nil
}

func (s *Service) httpUpload(ctx context.Context, in *uploadInput) (*httpapi.Tagged[View], error) {
	body, name, err := in.file()
	if err != nil {
		return nil, err
	}
	m, err := s.Upload(ctx, body, name, in.Target)
	return tagged(m, err)
}

// file gives the content and its name, from the raw body or from the first file of a form.
func (in *uploadInput) file() (io.Reader, string, error) {
	name := in.Name
	if name == "" {
		name = "upload"
	}
	// A content type that cannot be read is a raw body, like any other that is no form.
	kind, params, _ := mime.ParseMediaType(in.ContentType)
	if kind != "multipart/form-data" {
		return in.body, name, nil
	}
	form := multipart.NewReader(in.body, params["boundary"])
	for {
		part, err := form.NextPart()
		if err != nil {
			return nil, "", errs.Wrap(err, errs.Invalid, "importer.no_file")
		}
		if part.FileName() != "" {
			return part, part.FileName(), nil
		}
	}
}

type listInput struct {
	httpapi.Page
	Target string `query:"target" doc:"Only this target"`
}

type idInput struct {
	ID string `path:"id"`
}

type optionsInput struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
	Body    Settings
}

type rowsInput struct {
	httpapi.Page
	ID      string `path:"id"`
	Outcome string `query:"outcome" enum:",refused,set_aside,ready,imported" doc:"Empty for all"`
}

type correctInput struct {
	ID   string `path:"id"`
	Line int64  `path:"line" minimum:"1"`
	Body struct {
		Cells []string `json:"cells" nullable:"false" maxItems:"1000" doc:"All cells of the line"`
	}
}

type fileInput struct {
	ID   string `path:"id"`
	Lang string `query:"lang" enum:"zh,en" default:"zh"`
}

type templateInput struct {
	Target string `query:"target" required:"true"`
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Lang   string `query:"lang" enum:"zh,en" default:"zh"`
}

type targetInput struct {
	Target string `query:"target"`
}

type saveInput struct {
	Body struct {
		ImportID string `json:"import_id"`
		Name     string `json:"name" minLength:"1" maxLength:"120"`
	}
}

func (s *Service) httpList(ctx context.Context, in *listInput) (*httpapi.Body[httpapi.List[View]], error) {
	list, next, err := s.List(ctx, in.Target, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(list))
	for i, m := range list {
		views[i] = viewOf(m)
	}
	return httpapi.OkList(views, next), nil
}

// act runs an action on the import of an address and answers with the import.
func act(ctx context.Context, text string, fn func(context.Context, int64) (Import, error)) (*httpapi.Tagged[View], error) {
	importID, err := id.Parse(text)
	if err != nil {
		return nil, err
	}
	m, err := fn(ctx, importID)
	return tagged(m, err)
}

func (s *Service) httpGet(ctx context.Context, in *idInput) (*httpapi.Tagged[View], error) {
	return act(ctx, in.ID, s.Get)
}

func (s *Service) httpCheck(ctx context.Context, in *idInput) (*httpapi.Tagged[View], error) {
	return act(ctx, in.ID, s.Check)
}

func (s *Service) httpRun(ctx context.Context, in *idInput) (*httpapi.Tagged[View], error) {
	return act(ctx, in.ID, s.Run)
}

func (s *Service) httpCancel(ctx context.Context, in *idInput) (*httpapi.Tagged[View], error) {
	return act(ctx, in.ID, s.Cancel)
}

func (s *Service) httpRevert(ctx context.Context, in *idInput) (*httpapi.Tagged[View], error) {
	return act(ctx, in.ID, s.Revert)
}

func (s *Service) httpOptions(ctx context.Context, in *optionsInput) (*httpapi.Tagged[View], error) {
	version, err := httpapi.Match(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return act(ctx, in.ID, func(ctx context.Context, importID int64) (Import, error) {
		return s.Configure(ctx, importID, version, in.Body)
	})
}

func (s *Service) httpPreview(ctx context.Context, in *idInput) (*httpapi.Body[PreviewView], error) {
	importID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	p, err := s.Preview(ctx, importID)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(previewOf(p)), nil
}

func (s *Service) httpRows(ctx context.Context, in *rowsInput) (*httpapi.Body[httpapi.List[LineView]], error) {
	importID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	lines, next, err := s.Lines(ctx, importID, in.Outcome, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	views := make([]LineView, len(lines))
	for i, l := range lines {
		views[i] = lineOf(l)
	}
	return httpapi.OkList(views, next), nil
}

func (s *Service) httpCorrect(ctx context.Context, in *correctInput) (*httpapi.Body[LineView], error) {
	importID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	l, err := s.Correct(ctx, importID, in.Line, in.Body.Cells)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(lineOf(l)), nil
}

func (s *Service) httpKept(ctx context.Context, in *idInput) (*httpapi.Body[httpapi.List[KeptView]], error) {
	importID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	refs, err := s.Kept(ctx, importID)
	if err != nil {
		return nil, err
	}
	views := make([]KeptView, len(refs))
	for i, r := range refs {
		views[i] = KeptView{ID: id.String(r.ID), Code: r.Code, Name: r.Name}
	}
	return httpapi.OkList(views, ""), nil
}

func (s *Service) httpFailed(ctx context.Context, in *fileInput) (*huma.StreamResponse, error) {
	importID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	m, err := s.Get(ctx, importID)
	if err != nil {
		return nil, err
	}
	if err := s.usable(ctx, m); err != nil {
		return nil, err
	}
	return httpapi.Download("failed-rows-"+in.ID+".csv", func(ctx context.Context, w io.Writer) error { return s.FailedRows(ctx, importID, in.Lang, w) }), nil
}

func (s *Service) httpTemplate(ctx context.Context, in *templateInput) (*huma.StreamResponse, error) {
	kinds, err := s.facts.Kinds(ctx)
	if err != nil {
		return nil, err
	}
	target, ok := ParseTarget(in.Target, kinds)
	if !ok {
		return nil, errs.New(errs.Invalid, "importer.unknown_target", "target", in.Target)
	}
	return httpapi.Download(targetLabel(kinds, target, in.Lang)+"."+in.Format, func(ctx context.Context, w io.Writer) error {
		return s.Template(ctx, target, in.Format, in.Lang, w)
	}), nil
}

func (s *Service) httpFields(ctx context.Context, in *targetInput) (*httpapi.Body[httpapi.List[FieldView]], error) {
	fields, err := s.fields(ctx, in.Target)
	if err != nil {
		return nil, err
	}
	views := make([]FieldView, len(fields))
	for i, f := range fields {
		views[i] = FieldView{Name: f.name, LabelZH: f.zh, LabelEN: f.en, Required: f.required}
	}
	return httpapi.OkList(views, ""), nil
}

func (s *Service) httpMappings(ctx context.Context, in *targetInput) (*httpapi.Body[httpapi.List[MappingView]], error) {
	list, err := s.Mappings(ctx, in.Target)
	if err != nil {
		return nil, err
	}
	views := make([]MappingView, len(list))
	actor, _ := authz.From(ctx)
	for i, m := range list {
		views[i] = mappingOf(m, actor)
	}
	return httpapi.OkList(views, ""), nil
}

func (s *Service) httpSaveMapping(ctx context.Context, in *saveInput) (*httpapi.Body[MappingView], error) {
	importID, err := id.Parse(in.Body.ImportID)
	if err != nil {
		return nil, err
	}
	m, err := s.SaveMapping(ctx, importID, in.Body.Name)
	if err != nil {
		return nil, err
	}
	actor, _ := authz.From(ctx)
	return httpapi.Ok(mappingOf(m, actor)), nil
}

func (s *Service) httpDeleteMapping(ctx context.Context, in *idInput) (*httpapi.Empty, error) {
	mappingID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return &httpapi.Empty{}, s.DeleteMapping(ctx, mappingID)
}
