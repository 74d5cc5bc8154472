package staff

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/sheet"
)

// View is an import in the API.
type View struct {
	ID        string    `json:"id"`
	Target    string    `json:"target" enum:"people,units"`
	File      string    `json:"file"`
	State     string    `json:"state" enum:"checked,applied,undone"`
	By        string    `json:"by"`
	CreatedAt time.Time `json:"created_at"`
}

// ChangeView is what a line changes of one field.
type ChangeView struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// StepView is a line that changes something.
type StepView struct {
	Line    int          `json:"line"`
	Key     string       `json:"key" doc:"Login or code"`
	New     bool         `json:"new"`
	Changes []ChangeView `json:"changes" nullable:"false"`
}

// ProblemView says what is wrong with a line.
type ProblemView struct {
	Line  int            `json:"line"`
	Key   string         `json:"key"`
	Field string         `json:"field" doc:"Empty = the line as a whole"`
	Code  string         `json:"code"`
	Args  map[string]any `json:"args"`
}

// PlanView is what a sheet would change now.
type PlanView struct {
	Import    View          `json:"import"`
	Lines     int           `json:"lines"`
	New       int           `json:"new"`
	Changed   int           `json:"changed"`
	Unchanged int           `json:"unchanged"`
	Refused   int           `json:"refused"`
	Steps     []StepView    `json:"steps" nullable:"false" doc:"The first 500"`
	Problems  []ProblemView `json:"problems" nullable:"false" doc:"The first 500"`
}

// JobView names the job that does it.
type JobView struct {
	JobID string `json:"job_id"`
}

// shown bounds the lines of an answer.
const shown = 500

type uploadIn struct {
	Target string `query:"target" enum:"people,units" required:"true"`
	Name   string `query:"name" doc:"Name of the file"`
	body   io.Reader
}

// Resolve keeps the body's reader: the framework reads nothing itself.
func (in *uploadIn) Resolve(ctx huma.Context) []error {
	in.body = ctx.BodyReader()
	return nil
}

type (
	oneIn struct {
		ID string `path:"id"`
	}
	exportIn struct {
		Target string `query:"target" enum:"people,units" required:"true"`
		Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
		Lang   string `query:"lang" enum:"zh,en" default:"zh"`
	}
)

// Register adds the operations on sheets of people and units.
func Register(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: "/staff-imports" + path, Summary: summary, Tag: "Users", Permission: authz.UserManage}
	}
	upload := op("upload-staff", http.MethodPost, "", "Upload a sheet of people or units as the raw body; the answer says what it would change and what is wrong")
	upload.Status = http.StatusCreated
	upload.MaxBody = maxBytes
	httpapi.Register(api, upload, func(ctx context.Context, in *uploadIn) (*httpapi.Body[PlanView], error) {
		name := in.Name
		if name == "" {
			name = "upload"
		}
		m, plan, err := s.Upload(ctx, in.body, name, in.Target)
		return httpapi.Ok(planView(m, plan)), err
	})
	httpapi.Register(api, op("list-staff-imports", http.MethodGet, "", "The newest sheets that were brought in"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[View]], error) {
		list, err := s.List(ctx)
		out := make([]View, len(list))
		for i := range list {
			out[i] = list[i].view()
		}
		return httpapi.OkList(out, ""), err
	})
	httpapi.Register(api, op("get-staff-import", http.MethodGet, "/{id}", "A sheet and what it would change now"), func(ctx context.Context, in *oneIn) (*httpapi.Body[PlanView], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		m, plan, err := s.Get(ctx, n)
		return httpapi.Ok(planView(m, plan)), err
	})
	begin := func(name, path, summary, kind string) {
		o := op(name, http.MethodPost, path, summary)
		o.Status = http.StatusAccepted
		httpapi.Register(api, o, func(ctx context.Context, in *oneIn) (*httpapi.Body[JobView], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			jobID, err := s.Begin(ctx, n, kind)
			return httpapi.Ok(JobView{id.Optional(jobID)}), err
		})
	}
	begin("apply-staff-import", "/{id}/apply", "Let the lines without a fault take effect, as a job", JobApply)
	begin("undo-staff-import", "/{id}/undo", "Take back what an import changed, as a job; what somebody changed since stays", JobUndo)
	httpapi.Register(api, op("export-staff", http.MethodGet, "/export", "Everybody or every unit as a sheet that can be brought in again"), func(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
		if _, err := authz.Require(ctx, authz.UserManage); err != nil {
			return nil, err
		}
		return httpapi.Download(in.Target+"."+in.Format, func(ctx context.Context, w io.Writer) error {
			return s.Export(ctx, w, in.Target, in.Lang, sheet.Format(in.Format))
		}), nil
	})
}

func (m Import) view() View {
	return View{id.String(m.ID), m.Target, m.File, m.State, m.ByName, m.CreatedAt}
}

func planView(m Import, p Plan) PlanView {
	v := PlanView{Import: m.view(), Lines: p.Lines, Unchanged: p.Unchanged, Steps: []StepView{}, Problems: []ProblemView{}}
	refused := map[int]bool{}
	for i, x := range p.Problems {
		if refused[x.Line] = true; i < shown {
			v.Problems = append(v.Problems, ProblemView(x))
		}
	}
	v.Refused = len(refused)
	for i := range p.Steps {
		st := &p.Steps[i]
		if st.New {
			v.New++
		} else {
			v.Changed++
		}
		if i >= shown {
			continue
		}
		one := StepView{Line: st.Line, Key: st.Key, New: st.New, Changes: make([]ChangeView, len(st.Changes))}
		for j, c := range st.Changes {
			one.Changes[j] = ChangeView(c)
		}
		v.Steps = append(v.Steps, one)
	}
	return v
}
