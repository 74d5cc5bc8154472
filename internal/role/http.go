package role

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// View is a role in the API. The permissions are named with their reach: none, own, all, or team, territory and unit joined by "+".
type View struct {
	ID          string            `json:"id" doc:"Empty for a role that every installation has"`
	Name        string            `json:"name" doc:"By which people have it"`
	NameZh      string            `json:"name_zh" doc:"Empty for a role that every installation has"`
	NameEn      string            `json:"name_en"`
	Note        string            `json:"note"`
	BuiltIn     bool              `json:"built_in"`
	Permissions map[string]string `json:"permissions" doc:"Permission to reach"`
	Holders     int               `json:"holders" doc:"People who have it; 0 for a role that every installation has"`
	Version     int64             `json:"version"`
}

// Write is the body that makes or changes a role.
type Write struct {
	Name        string            `json:"name,omitempty" maxLength:"40" doc:"Only when it is made: letters, digits and underscores; empty = chosen for you"`
	NameZh      string            `json:"name_zh" maxLength:"40"`
	NameEn      string            `json:"name_en,omitempty" maxLength:"40" doc:"Empty = the Chinese name"`
	Note        string            `json:"note,omitempty" maxLength:"200"`
	Permissions map[string]string `json:"permissions" doc:"Permission to reach; the whole list"`
}

// PermissionView says of a permission how it is granted.
type PermissionView struct {
	Name  string `json:"name"`
	Whole bool   `json:"whole" doc:"About no customer: it reaches all or none"`
}

// Reaches are what a permission may reach, and the permissions there are.
type Reaches struct {
	Permissions []PermissionView `json:"permissions" nullable:"false"`
	Reaches     []string         `json:"reaches" nullable:"false" doc:"From nothing to everything"`
}

func (w *Write) input() (Input, error) {
	in := Input{Key: w.Name, NameZh: w.NameZh, NameEn: w.NameEn, Note: w.Note, Grants: map[authz.Permission]authz.Reach{}}
	var v errs.Validation
	for p, text := range w.Permissions {
		reach, ok := authz.ParseReach(text)
		v.Check(ok, "permissions", "field.not_allowed", "value", errs.Shown(text))
		in.Grants[authz.Permission(p)] = reach
	}
	return in, v.Err()
}

func viewOf(x *Role) View {
	return View{
		ID: id.String(x.ID), Name: x.Key, NameZh: x.NameZh, NameEn: x.NameEn, Note: x.Note, Permissions: words(x.Grants), Holders: x.Holders, Version: x.Version,
	}
}

func words(grants map[authz.Permission]authz.Reach) map[string]string {
	out := make(map[string]string, len(grants))
	for p, r := range grants {
		out[string(p)] = r.String()
	}
	return out
}

type (
	oneIn struct {
		ID string `path:"id"`
	}
	createIn struct{ Body Write }
	updateIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    Write
	}
	deleteIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
	}
)

// Register adds the operations of roles.
func Register(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Roles", Permission: p}
	}
	httpapi.Register(api, op("list-roles", http.MethodGet, "/roles", "The roles and what they may do", authz.Self),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[View]], error) {
			own, err := s.List(ctx)
			var out []View
			for _, r := range authz.Roles {
				out = append(out, View{Name: r.Name, BuiltIn: true, Permissions: words(r.Grants)})
			}
			for i := range own {
				out = append(out, viewOf(&own[i]))
			}
			return httpapi.OkList(out, ""), err
		})
	httpapi.Register(api, op("list-permissions", http.MethodGet, "/permissions", "The permissions there are and how far they may reach", authz.Self),
		func(_ context.Context, _ *struct{}) (*httpapi.Body[Reaches], error) {
			var out Reaches
			for _, p := range authz.Permissions {
				if p != authz.Self {
					out.Permissions = append(out.Permissions, PermissionView{string(p), Whole(p)})
				}
			}
			for _, r := range authz.Reaches {
				out.Reaches = append(out.Reaches, r.String())
			}
			return httpapi.Ok(out), nil
		})
	registerChanges(api, s, op)
}

func registerChanges(api *httpapi.API, s *Service, op func(id, method, path, summary string, p authz.Permission) httpapi.Op) {
	tagged := func(x Role, err error) (*httpapi.Tagged[View], error) {
		return &httpapi.Tagged[View]{ETag: httpapi.Tag(x.Version), Body: viewOf(&x)}, err
	}
	create := op("create-role", http.MethodPost, "/roles", "Make a role", authz.UserManage)
	create.Status = http.StatusCreated
	httpapi.Register(api, create, func(ctx context.Context, in *createIn) (*httpapi.Tagged[View], error) {
		input, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		return tagged(s.Create(ctx, input))
	})
	httpapi.Register(api, op("get-role", http.MethodGet, "/roles/{id}", "One role of the company's own", authz.UserManage), func(ctx context.Context, in *oneIn) (*httpapi.Tagged[View], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		return tagged(s.Get(ctx, n))
	})
	httpapi.Register(api, op("change-role", http.MethodPut, "/roles/{id}", "Change a role of the company's own", authz.UserManage), func(ctx context.Context, in *updateIn) (*httpapi.Tagged[View], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		version, err := httpapi.Match(in.IfMatch)
		if err != nil {
			return nil, err
		}
		input, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		return tagged(s.Update(ctx, n, version, input))
	})
	httpapi.Register(api, op("delete-role", http.MethodDelete, "/roles/{id}", "End a role nobody has", authz.UserManage), func(ctx context.Context, in *deleteIn) (*httpapi.Empty, error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		version, err := httpapi.Match(in.IfMatch)
		if err != nil {
			return nil, err
		}
		return nil, s.Delete(ctx, n, version)
	})
}
