package customer

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// BulkWrite asks for a change of many customers.
type BulkWrite struct {
	IDs    []string `json:"ids,omitempty" maxItems:"10000" doc:"The customers, unless all is set"`
	All    bool     `json:"all,omitempty" doc:"All results of q and filter"`
	Q      string   `json:"q,omitempty" maxLength:"200"`
	Filter []string `json:"filter,omitempty" maxItems:"30" doc:"As in the list"`
	Action string   `json:"action" enum:"assign,add_tag,remove_tag,set_status,archive"`
	Value  string   `json:"value,omitempty" maxLength:"200" doc:"Id of the owner (0 = nobody), the tag, or the status"`
}

// BulkView is a change of many customers.
type BulkView struct {
	ID        string `json:"id" doc:"For undoing it within 24 hours"`
	JobID     string `json:"job_id" doc:"The job that does it; empty when it is done already"`
	Action    string `json:"action"`
	State     string `json:"state" enum:"running,done,canceled,undoing,undone"`
	Total     int64  `json:"total" doc:"Customers meant"`
	Changed   int64  `json:"changed" doc:"Customers that were not so already, as far as it is done"`
	CreatedAt string `json:"created_at"`
}

type bulkIn struct{ Body BulkWrite }

type bulkIDIn struct {
	ID string `path:"id" doc:"Id of the change of many customers, which is that of its job"`
}

func registerBulk(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "change-customers", Method: http.MethodPost, Path: "/customers/bulk", Summary: "Change many customers: at once up to 200, else by a job", Tag: tag,
		Permission: authz.CustomerWrite,
	}, func(ctx context.Context, in *bulkIn) (*httpapi.Body[BulkView], error) {
		ids, err := parseIDs(in.Body.IDs)
		if err != nil {
			return nil, err
		}
		query, err := SelectIn{Q: in.Body.Q, Filter: in.Body.Filter}.query()
		if err != nil {
			return nil, err
		}
		b, err := s.ChangeMany(ctx, Selection{IDs: ids, All: in.Body.All, Query: query}, in.Body.Action, in.Body.Value)
		return httpapi.Ok(bulkOf(b)), err
	})
	httpapi.Register(api, httpapi.Op{
		ID: "undo-customer-change", Method: http.MethodPost, Path: "/customers/bulk/{id}/undo", Summary: "Take a change of many customers back", Tag: tag,
		Permission: authz.CustomerWrite,
	}, func(ctx context.Context, in *bulkIDIn) (*httpapi.Body[BulkView], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		b, err := s.UndoMany(ctx, n)
		return httpapi.Ok(bulkOf(b)), err
	})
}

func bulkOf(b Bulk) BulkView {
	return BulkView{
		ID: idText(b.ID), JobID: idText(b.JobID), Action: b.Action, State: b.State, Total: b.Total, Changed: b.Changed,
		CreatedAt: b.CreatedAt.Format("2006-01-02T15:04:05.999999Z07:00"),
	}
}

// FieldView is a custom field in the API.
type FieldView struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	LabelZH  string   `json:"label_zh"`
	LabelEN  string   `json:"label_en"`
	Type     string   `json:"type" enum:"text,number,date,choice,flag"`
	Choices  []string `json:"choices" nullable:"false"`
	Position int      `json:"position"`
	Archived bool     `json:"archived"`
	Version  int64    `json:"version"`
}

// FieldWrite is the body that creates or changes a custom field; a missing member stays as it is.
type FieldWrite struct {
	Name     *string  `json:"name,omitempty" maxLength:"40" doc:"Only when creating: a to z, 0 to 9 and _"`
	LabelZH  *string  `json:"label_zh,omitempty" maxLength:"200"`
	LabelEN  *string  `json:"label_en,omitempty" maxLength:"200"`
	Type     *string  `json:"type,omitempty" enum:"text,number,date,choice,flag" doc:"Only when creating"`
	Choices  []string `json:"choices,omitempty" maxItems:"200"`
	Position *int     `json:"position,omitempty" minimum:"1" maximum:"10000"`
	Archived *bool    `json:"archived,omitempty"`
}

// KindView is a sort of customer in the API.
type KindView struct {
	Kind    string `json:"kind"`
	LabelZH string `json:"label_zh"`
	LabelEN string `json:"label_en"`
}

type fieldCreateIn struct{ Body FieldWrite }

type fieldPatchIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
	Body    FieldWrite
}

func registerFields(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{ID: "list-custom-fields", Method: http.MethodGet, Path: "/custom-fields", Summary: "The fields the company adds to its customers", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[FieldView]], error) {
			list, err := s.CustomFields(ctx)
			return httpapi.OkList(mapped(list, fieldOf), ""), err
		})
	httpapi.Register(api, httpapi.Op{
		ID: "create-custom-field", Method: http.MethodPost, Path: "/custom-fields", Summary: "Add a custom field", Tag: tag, Permission: authz.FieldManage, Status: http.StatusCreated,
	}, func(ctx context.Context, in *fieldCreateIn) (*httpapi.Tagged[FieldView], error) {
		f := CustomField{}
		if in.Body.Name != nil {
			f.Name = *in.Body.Name
		}
		if in.Body.Type != nil {
			f.Type = *in.Body.Type
		}
		in.Body.apply(&f)
		return taggedField(s.AddField(ctx, f))
	})
	httpapi.Register(api, httpapi.Op{ID: "update-custom-field", Method: http.MethodPatch, Path: "/custom-fields/{id}", Summary: "Change the members sent", Tag: tag, Permission: authz.FieldManage},
		func(ctx context.Context, in *fieldPatchIn) (*httpapi.Tagged[FieldView], error) {
			n, version, err := target(in.ID, in.IfMatch)
			if err != nil {
				return nil, err
			}
			return taggedField(s.ChangeField(ctx, n, version, in.Body.apply))
		})
	httpapi.Register(api, httpapi.Op{ID: "list-customer-kinds", Method: http.MethodGet, Path: "/customer-kinds", Summary: "The sorts of customer", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[KindView]], error) {
			list, err := s.Kinds(ctx)
			return httpapi.OkList(mapped(list, func(k Kind) KindView { return KindView(k) }), ""), err
		})
}

// apply puts what the body names into a field, but for name and type.
func (w FieldWrite) apply(f *CustomField) {
	if w.LabelZH != nil {
		f.LabelZH = *w.LabelZH
	}
	if w.LabelEN != nil {
		f.LabelEN = *w.LabelEN
	}
	if w.Choices != nil {
		f.Choices = w.Choices
	}
	if w.Position != nil {
		f.Position = *w.Position
	}
	if w.Archived != nil {
		f.Archived = *w.Archived
	}
}

func fieldOf(f CustomField) FieldView {
	return FieldView{id.String(f.ID), f.Name, f.LabelZH, f.LabelEN, f.Type, filled(f.Choices), f.Position, f.Archived, f.Version}
}

func taggedField(f CustomField, err error) (*httpapi.Tagged[FieldView], error) {
	if err != nil {
		return nil, shown(err)
	}
	return &httpapi.Tagged[FieldView]{ETag: httpapi.Tag(f.Version), Body: fieldOf(f)}, nil
}
