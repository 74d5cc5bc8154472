package view

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// Row is a saved view in the API.
type Row struct {
	ID        string    `json:"id"`
	Page      string    `json:"page"`
	Name      string    `json:"name"`
	OwnerName string    `json:"owner_name"`
	Mine      bool      `json:"mine"`
	Shared    bool      `json:"shared"`
	Default   bool      `json:"default" doc:"The page opens with it"`
	Query     any       `json:"query" doc:"What the page saved: filters, sort, columns"`
	Version   int64     `json:"version"`
	UpdatedAt time.Time `json:"updated_at"`
}

// Write is the body that creates or changes a view; a missing member stays as it is.
type Write struct {
	Page    *string `json:"page,omitempty" maxLength:"40" doc:"Only when creating: customers, duties, verdicts, imports"`
	Name    *string `json:"name,omitempty" maxLength:"300"`
	Shared  *bool   `json:"shared,omitempty"`
	Default *bool   `json:"default,omitempty"`
	Query   any     `json:"query,omitempty"`
}

type listIn struct {
	Page string `query:"page" required:"true" maxLength:"40"`
}

type createIn struct{ Body Write }

type patchIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
	Body    Write
}

type deleteIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
}

// Register adds the operations of saved views.
func Register(api *httpapi.API, s *Service) {
	const tag = "Views"
	httpapi.Register(api, httpapi.Op{ID: "list-views", Method: http.MethodGet, Path: "/views", Summary: "My views of a page, and those others share", Tag: tag, Permission: authz.Self},
		func(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[Row]], error) {
			views, err := s.List(ctx, in.Page)
			if err != nil {
				return nil, err
			}
			rows := make([]Row, len(views))
			for i, v := range views {
				rows[i] = rowOf(v)
			}
			return httpapi.OkList(rows, ""), nil
		})
	httpapi.Register(api, httpapi.Op{ID: "create-view", Method: http.MethodPost, Path: "/views", Summary: "Save a view", Tag: tag, Permission: authz.Self, Status: http.StatusCreated},
		func(ctx context.Context, in *createIn) (*httpapi.Tagged[Row], error) {
			input := Input{Query: "{}"}
			if in.Body.Page != nil {
				input.Page = *in.Body.Page
			}
			if err := in.Body.apply(&input); err != nil {
				return nil, err
			}
			return tagged(s.Create(ctx, input))
		})
	httpapi.Register(api, httpapi.Op{ID: "update-view", Method: http.MethodPatch, Path: "/views/{id}", Summary: "Change the members sent", Tag: tag, Permission: authz.Self},
		func(ctx context.Context, in *patchIn) (*httpapi.Tagged[Row], error) {
			n, version, err := target(in.ID, in.IfMatch)
			if err != nil {
				return nil, err
			}
			if err := in.Body.apply(&Input{}); err != nil {
				return nil, err
			}
			return tagged(s.Update(ctx, n, version, func(input *Input) { _ = in.Body.apply(input) }))
		})
	httpapi.Register(api, httpapi.Op{ID: "delete-view", Method: http.MethodDelete, Path: "/views/{id}", Summary: "Delete a view", Tag: tag, Permission: authz.Self, Status: http.StatusNoContent},
		func(ctx context.Context, in *deleteIn) (*httpapi.Empty, error) {
			n, version, err := target(in.ID, in.IfMatch)
			if err != nil {
				return nil, err
			}
			return nil, shown(s.Delete(ctx, n, version))
		})
}

func target(viewID, ifMatch string) (n, version int64, err error) {
	if n, err = id.Parse(viewID); err != nil {
		return 0, 0, err
	}
	version, err = httpapi.Match(ifMatch)
	return n, version, err
}

// apply puts what the body names into an input.
func (w Write) apply(in *Input) error {
	if w.Name != nil {
		in.Name = *w.Name
	}
	if w.Shared != nil {
		in.Shared = *w.Shared
	}
	if w.Default != nil {
		in.Default = *w.Default
	}
	if w.Query != nil {
		b, err := json.Marshal(w.Query)
		if err != nil {
			return errs.Wrap(err, errs.Invalid, "invalid_input")
		}
		in.Query = string(b)
	}
	return nil
}

func rowOf(v View) Row {
	r := Row{
		ID: id.String(v.ID), Page: v.Page, Name: v.Name, OwnerName: v.OwnerName, Mine: v.Mine, Shared: v.Shared, Default: v.Default, Version: v.Version, UpdatedAt: v.UpdatedAt,
	}
	r.Query = json.RawMessage(v.Query)
	return r
}

func tagged(v View, err error) (*httpapi.Tagged[Row], error) {
	if err != nil {
		return nil, shown(err)
	}
	return &httpapi.Tagged[Row]{ETag: httpapi.Tag(v.Version), Body: rowOf(v)}, nil
}

// shown turns the view that an error carries into what the API shows of it.
func shown(err error) error {
	e, ok := errs.As(err)
	if !ok {
		return err
	}
	if cur, is := e.Args["current"].(View); is {
		out := *e
		out.Args = maps.Clone(e.Args)
		out.Args["current"] = rowOf(cur)
		return &out
	}
	return err
}
