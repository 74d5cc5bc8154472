package training

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
	"kezhi/internal/sheet"
)

type (
	oneIn struct {
		ID string `path:"id"`
	}
	writeIn struct{ Body CourseBody }
	editIn  struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    CourseBody
	}
	actIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
	}
	answerIn struct {
		ID   string `path:"id"`
		Body AnswersBody
	}
	coverageIn struct {
		ID       string `path:"id"`
		Standing string `query:"standing" enum:"overdue,expired,todo,expiring,valid"`
		Unit     string `query:"unit" doc:"Id of the unit whose people are listed"`
	}
	exportIn struct {
		ID     string `path:"id"`
		Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
		Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
	}
	againIn struct {
		ID     string `path:"id"`
		UserID string `path:"user_id"`
	}
	withdrawIn struct {
		ID   string `path:"id"`
		Body WithdrawBody
	}
	importIn struct{ Body IssuedListBody }
)

// sheetIn carries a sheet as the raw body.
type sheetIn struct {
	Name string `query:"name" doc:"Name of the file"`
	body io.Reader
}

// Resolve keeps the body's reader: the framework reads nothing itself.
func (in *sheetIn) Resolve(ctx huma.Context) []error {
	in.body = ctx.BodyReader()
	return nil
}

type handlers struct{ s *Service }

// Register adds the operations of training.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: "/training" + path, Summary: summary, Tag: "Training", Permission: p}
	}
	httpapi.Register(api, op("list-my-courses", http.MethodGet, "/mine", "The courses that are for the acting person, what calls for action first", authz.Self), h.mine)
	httpapi.Register(api, op("list-my-certificates", http.MethodGet, "/mine/certificates", "The acting person's certificates, the newest first", authz.Self), h.mineCertificates)
	httpapi.Register(api, op("begin-course", http.MethodPost, "/courses/{id}/attempts", "Open the questions of a course: a new paper, or the one that was begun", authz.Self), h.begin)
	httpapi.Register(api, op("get-attempt", http.MethodGet, "/attempts/{id}", "An attempt of the acting person's own", authz.Self), h.paper)
	httpapi.Register(api, op("answer-attempt", http.MethodPost, "/attempts/{id}/answers", "Hand in the answers; passed issues a certificate", authz.Self), h.answer)
	httpapi.Register(api, op("list-courses", http.MethodGet, "/courses", "All courses, by title", authz.TrainingManage), h.list)
	created := op("create-course", http.MethodPost, "/courses", "Write a course as a draft", authz.TrainingManage)
	created.Status = http.StatusCreated
	httpapi.Register(api, created, h.create)
	httpapi.Register(api, op("get-course", http.MethodGet, "/courses/{id}", "A course with its draft", authz.TrainingManage), h.get)
	httpapi.Register(api, op("change-course", http.MethodPut, "/courses/{id}", "Write the draft of a course", authz.TrainingManage), h.change)
	httpapi.Register(api, op("publish-course", http.MethodPost, "/courses/{id}/publish", "Make the draft the next edition", authz.TrainingManage), h.publish)
	httpapi.Register(api, op("withdraw-course", http.MethodPost, "/courses/{id}/withdraw", "End a course; certificates stay", authz.TrainingManage), h.withdraw)
	httpapi.Register(api, op("list-covered-courses", http.MethodGet, "/coverage", "The published courses with how many people within reach hold their certificates", authz.TrainingRead), h.overview)
	httpapi.Register(api, op("get-coverage", http.MethodGet, "/courses/{id}/coverage", "Who within reach holds the certificate of a course, per unit", authz.TrainingRead), h.coverage)
	httpapi.Register(api, op("export-coverage", http.MethodGet, "/courses/{id}/coverage/export", "The same as a table", authz.TrainingRead), h.export)
	httpapi.Register(api, op("forgive-attempts", http.MethodPost, "/courses/{id}/people/{user_id}/again", "Give somebody the attempts at a course anew", authz.TrainingManage), h.again)
	httpapi.Register(api, op("list-certificates", http.MethodGet, "/people/{id}/certificates", "Somebody's certificates, the newest first", authz.TrainingRead), h.certificates)
	httpapi.Register(api, op("import-certificates", http.MethodPost, "/certificates", "Take over certificates issued elsewhere, all or none", authz.TrainingManage), h.take)
	sheets := op("import-certificate-sheet", http.MethodPost, "/certificates/sheet", "Take over the certificates of a sheet sent as the raw body: login, topic, title, number, issued, expires", authz.TrainingManage)
	sheets.MaxBody = maxSheet + 1
	httpapi.Register(api, sheets, h.takeSheet)
	httpapi.Register(api, op("withdraw-certificate", http.MethodPost, "/certificates/{id}/withdraw", "Take a certificate back", authz.TrainingManage), h.withdrawCertificate)
}

func (h *handlers) mine(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[MineView]], error) {
	list, err := h.s.Mine(ctx)
	out := make([]MineView, len(list))
	for i := range list {
		out[i] = mineView(&list[i])
	}
	return httpapi.OkList(out, ""), err
}

func (h *handlers) mineCertificates(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[CertificateView]], error) {
	list, err := h.s.Certificates(ctx)
	return httpapi.OkList(certificateViews(list, h.s.Today()), ""), err
}

func (h *handlers) begin(ctx context.Context, in *oneIn) (*httpapi.Body[PaperView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	p, err := h.s.Begin(ctx, n)
	return httpapi.Ok(paperView(&p)), err
}

func (h *handlers) paper(ctx context.Context, in *oneIn) (*httpapi.Body[PaperView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	p, err := h.s.Paper(ctx, n)
	return httpapi.Ok(paperView(&p)), err
}

func (h *handlers) answer(ctx context.Context, in *answerIn) (*httpapi.Body[PaperView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	p, err := h.s.Answer(ctx, n, in.Body.Answers)
	return httpapi.Ok(paperView(&p)), err
}

func tagged(c Course, err error) (*httpapi.Tagged[CourseView], error) {
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[CourseView]{ETag: httpapi.Tag(c.Version), Body: courseView(&c)}, nil
}

func (h *handlers) list(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[CourseView]], error) {
	list, err := h.s.Courses(ctx)
	out := make([]CourseView, len(list))
	for i := range list {
		out[i] = courseView(&list[i])
	}
	return httpapi.OkList(out, ""), err
}

func (h *handlers) create(ctx context.Context, in *writeIn) (*httpapi.Tagged[CourseView], error) {
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	return tagged(h.s.Create(ctx, input))
}

func (h *handlers) get(ctx context.Context, in *oneIn) (*httpapi.Tagged[CourseView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return tagged(h.s.Course(ctx, n))
}

func (h *handlers) change(ctx context.Context, in *editIn) (*httpapi.Tagged[CourseView], error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	return tagged(h.s.Change(ctx, n, version, input))
}

func target(text, match string) (n, version int64, err error) {
	if n, err = id.Parse(text); err == nil {
		version, err = httpapi.Match(match)
	}
	return n, version, err
}

func (h *handlers) publish(ctx context.Context, in *actIn) (*httpapi.Tagged[CourseView], error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	return tagged(h.s.Publish(ctx, n, version))
}

func (h *handlers) withdraw(ctx context.Context, in *actIn) (*httpapi.Tagged[CourseView], error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	return tagged(h.s.Withdraw(ctx, n, version))
}

func (h *handlers) overview(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[CoveredView]], error) {
	list, err := h.s.Overview(ctx)
	out := make([]CoveredView, len(list))
	for i := range list {
		c := &list[i]
		out[i] = CoveredView{id.String(c.Course.ID), c.Course.Topic, c.Course.Title, countView(&c.All)}
	}
	return httpapi.OkList(out, ""), err
}

func (h *handlers) coverage(ctx context.Context, in *coverageIn) (*httpapi.Body[CoverageView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	f := Filter{Standing: Standing(in.Standing)}
	if in.Unit != "" {
		if f.UnitID, err = id.Parse(in.Unit); err != nil {
			return nil, err
		}
	}
	c, err := h.s.Coverage(ctx, n, f)
	return httpapi.Ok(coverageView(&c)), err
}

func (h *handlers) export(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	name, write, err := h.s.Export(ctx, n, in.Lang)
	if err != nil {
		return nil, err
	}
	return httpapi.Download(name+"."+in.Format, func(_ context.Context, w io.Writer) error {
		return sheet.WriteTable(w, sheet.Format(in.Format), exportWords[in.Lang].file, write)
	}), nil
}

func (h *handlers) again(ctx context.Context, in *againIn) (*httpapi.Empty, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	userID, err := id.Parse(in.UserID)
	if err != nil {
		return nil, err
	}
	return &httpapi.Empty{}, h.s.Again(ctx, n, userID)
}

func (h *handlers) certificates(ctx context.Context, in *oneIn) (*httpapi.Body[httpapi.List[CertificateView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := h.s.CertificatesOf(ctx, n)
	return httpapi.OkList(certificateViews(list, h.s.Today()), ""), err
}

func (h *handlers) take(ctx context.Context, in *importIn) (*httpapi.Body[OutcomeView], error) {
	list := make([]Issued, len(in.Body.Items))
	var v errs.Validation
	for i, b := range in.Body.Items {
		list[i] = Issued{Login: b.Login, Topic: b.Topic, Title: b.Title, Number: b.Number, IssuedOn: day(&v, "issued_on", b.IssuedOn), ExpiresOn: day(&v, "expires_on", b.ExpiresOn)}
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	out, err := h.s.Import(ctx, list)
	return httpapi.Ok(OutcomeView(out)), err
}

func (h *handlers) takeSheet(ctx context.Context, in *sheetIn) (*httpapi.Body[OutcomeView], error) {
	name := in.Name
	if name == "" {
		name = "upload"
	}
	out, err := h.s.ImportSheet(ctx, in.body, name)
	return httpapi.Ok(OutcomeView(out)), err
}

func (h *handlers) withdrawCertificate(ctx context.Context, in *withdrawIn) (*httpapi.Empty, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return &httpapi.Empty{}, h.s.WithdrawCertificate(ctx, n, in.Body.Why)
}

func day(v *errs.Validation, path, text string) calendar.Date {
	if text == "" {
		return calendar.None
	}
	d, err := calendar.Parse(text)
	v.Check(err == nil, path, "field.not_a_date", "value", text)
	return d
}
