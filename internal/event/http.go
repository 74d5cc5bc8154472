package event

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// View is an event whose reaction failed, in the API.
type View struct {
	ID         string    `json:"id"`
	Kind       string    `json:"kind"`
	At         time.Time `json:"at" doc:"When it happened"`
	CustomerID string    `json:"customer_id" doc:"Empty when it concerns no single customer"`
	Tries      int       `json:"tries"`
	Parked     bool      `json:"parked" doc:"Tried too often: waits for retry or skip"`
	RetryAt    time.Time `json:"retry_at" doc:"When it is tried next, unless parked"`
	Error      string    `json:"error" doc:"Of the last try, for whoever looks after the system"`
}

func viewOf(f Failed) View {
	v := View{ID: id.String(f.ID), Kind: f.Kind, At: f.At, Tries: f.Tries, Parked: f.Parked, RetryAt: f.RetryAt, Error: f.Error}
	if f.CustomerID != 0 {
		v.CustomerID = id.String(f.CustomerID)
	}
	return v
}

// Register adds the operations on events whose reaction failed; their page is in the settings.
func Register(api *httpapi.API, b *Bus) {
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "System", Permission: authz.SystemManage}
	}
	httpapi.Register(api, op("list-failed-events", http.MethodGet, "/events/failed", "Events whose reaction failed and which are still open, oldest first"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[View]], error) {
			list, err := b.Failures(ctx)
			if err != nil {
				return nil, err
			}
			out := make([]View, len(list))
			for i, f := range list {
				out[i] = viewOf(f)
			}
			return httpapi.OkList(out, ""), nil
		})
	type idIn struct {
		ID string `path:"id"`
	}
	settle := func(do func(context.Context, int64) error) func(context.Context, *idIn) (*httpapi.Empty, error) {
		return func(ctx context.Context, in *idIn) (*httpapi.Empty, error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			return nil, do(ctx, n)
		}
	}
	httpapi.Register(api, op("retry-event", http.MethodPost, "/events/{id}/retry", "Try the reactions to a failed event again"),
		settle(func(ctx context.Context, n int64) error { return b.Retry(ctx, n) }))
	httpapi.Register(api, op("skip-event", http.MethodPost, "/events/{id}/skip", "Close a failed event without its reactions"),
		settle(func(ctx context.Context, n int64) error { return b.Skip(ctx, n) }))
}
