package job

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// View is a job in the API.
type View struct {
	ID              string         `json:"id"`
	Kind            string         `json:"kind"`
	State           string         `json:"state" enum:"waiting,running,done,failed,canceled"`
	Done            int64          `json:"done"`
	Total           int64          `json:"total" doc:"0 while it is not known"`
	CancelRequested bool           `json:"cancel_requested"`
	Result          any            `json:"result"`
	ErrorCode       string         `json:"error_code"`
	ErrorArgs       map[string]any `json:"error_args"`
	CreatedAt       time.Time      `json:"created_at"`
	FinishedAt      *time.Time     `json:"finished_at"`
}

func view(j Job) (View, error) {
	v := View{
		ID: id.String(j.ID), Kind: j.Kind, State: string(j.State), Done: j.Done, Total: j.Total, CancelRequested: j.CancelRequested,
		ErrorCode: j.ErrorCode, ErrorArgs: j.ErrorArgs, CreatedAt: j.CreatedAt,
	}
	if j.FinishedAt != nil {
		at := clock.FromMicros(*j.FinishedAt)
		v.FinishedAt = &at
	}
	return v, json.Unmarshal(j.Result, &v.Result)
}

// Register adds the operations of the task centre.
func Register(api *httpapi.API, s *Queue) {
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Jobs", Permission: authz.Self}
	}
	httpapi.Register(api, op("list-jobs", http.MethodGet, "/jobs", "My newest jobs"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[View]], error) {
		list, err := s.Mine(ctx)
		if err != nil {
			return nil, err
		}
		out := make([]View, len(list))
		for i, j := range list {
			if out[i], err = view(j); err != nil {
				return nil, err
			}
		}
		return httpapi.OkList(out, ""), nil
	})
	type idIn struct {
		ID string `path:"id"`
	}
	httpapi.Register(api, op("get-job", http.MethodGet, "/jobs/{id}", "How far a job is"), func(ctx context.Context, in *idIn) (*httpapi.Body[View], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		j, err := s.Get(ctx, n)
		if err != nil {
			return nil, err
		}
		v, err := view(j)
		return httpapi.Ok(v), err
	})
	httpapi.Register(api, op("cancel-job", http.MethodPost, "/jobs/{id}/cancel", "Ask a job to stop"), func(ctx context.Context, in *idIn) (*httpapi.Empty, error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		return nil, s.Cancel(ctx, n)
	})
	manage := func(id, method, path, summary string) httpapi.Op {
		o := op(id, method, path, summary)
		o.Permission = authz.SystemManage
		return o
	}
	httpapi.Register(api, manage("list-all-jobs", http.MethodGet, "/system/jobs", "Everybody's jobs, newest first"), func(ctx context.Context, in *allIn) (*httpapi.Body[httpapi.List[AnyView]], error) {
		list, next, err := s.All(ctx, Filter{State: State(in.State), Kind: in.Kind, Cursor: in.Cursor, Limit: in.Limit})
		if err != nil {
			return nil, err
		}
		out := make([]AnyView, len(list))
		for i, j := range list {
			v, err := view(j.Job)
			if err != nil {
				return nil, err
			}
			out[i] = AnyView{View: v, ByName: j.ByName, RunAt: j.RunAt, Attempts: j.Attempts}
		}
		return httpapi.OkList(out, next), nil
	})
	httpapi.Register(api, manage("retry-job", http.MethodPost, "/system/jobs/{id}/retry", "Do a failed job again from where it stopped"), func(ctx context.Context, in *idIn) (*httpapi.Empty, error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		return nil, s.Retry(ctx, n)
	})
}

// AnyView is somebody's job, for those who look after the installation.
type AnyView struct {
	View
	Attempts int       `json:"attempts"`
	ByName   string    `json:"by_name" doc:"Who asked for it; empty for the program itself"`
	RunAt    time.Time `json:"run_at" doc:"When it is due, while it waits"`
}

type allIn struct {
	httpapi.Page
	State string `query:"state" enum:"waiting,running,done,failed,canceled" doc:"Only jobs in this state"`
	Kind  string `query:"kind" maxLength:"100" doc:"Only jobs of this kind"`
}
