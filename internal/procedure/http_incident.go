package procedure

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// JobRef names a job that was begun.
type JobRef struct {
	JobID string `json:"job_id"`
}

// incidentsIn takes the body as a stream: a log of many megabytes must not stand in memory.
type incidentsIn struct {
	Name string `query:"name" required:"true" maxLength:"255" doc:"Name of the file"`
	body io.Reader
}

// Resolve keeps the body's reader; the framework reads nothing itself, because the input has no Body field.
func (in *incidentsIn) Resolve(ctx huma.Context) []error {
	in.body = ctx.BodyReader()
	return nil
}

func registerIncidents(api *httpapi.API, h *handlers) {
	op := func(name, path, summary string) httpapi.Op {
		return httpapi.Op{ID: name, Method: http.MethodPost, Path: "/case-imports" + path, Summary: summary, Tag: tagCases, Permission: authz.ProcedureManage, Status: http.StatusAccepted}
	}
	httpapi.Register(api, op("import-incidents", "", "Upload the event log of a help desk as the raw body; a job makes its incidents cases, and its result says what became of them and which lines are wrong"), h.importIncidents)
	httpapi.Register(api, op("undo-incidents", "/{id}/undo", "Take back what an import wrote, as a job; cases somebody worked on stay"), h.undoIncidents)
}

func (h *handlers) importIncidents(ctx context.Context, in *incidentsIn) (*httpapi.Body[JobRef], error) {
	jobID, err := h.s.StartIncidents(ctx, in.body, in.Name)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(JobRef{id.String(jobID)}), nil
}

func (h *handlers) undoIncidents(ctx context.Context, in *struct {
	ID string `path:"id"`
},
) (*httpapi.Body[JobRef], error) {
	importID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	jobID, err := h.s.UndoIncidents(ctx, importID)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(JobRef{id.String(jobID)}), nil
}
