package segment

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// View is a segment in the API.
type View struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Note        string     `json:"note"`
	Mode        string     `json:"mode" enum:"static,dynamic"`
	Groups      []Group    `json:"groups" nullable:"false" doc:"A customer that meets one of them belongs; none for a static segment"`
	Members     int64      `json:"members" doc:"Those you may see"`
	RefreshedOn string     `json:"refreshed_on" doc:"The day the conditions were worked out for; empty before the first time"`
	RefreshedAt *time.Time `json:"refreshed_at"`
	Archived    bool       `json:"archived"`
	CreatedBy   string     `json:"created_by" doc:"Name of the person, empty for the system"`
	Editable    bool       `json:"editable" doc:"You made it, or administer the system; others use it as it is"`
	Version     int64      `json:"version"`
	UpdatedAt   time.Time  `json:"updated_at"`
}

// Write is the body that creates or replaces a segment.
type Write struct {
	Name   string  `json:"name" maxLength:"300"`
	Note   string  `json:"note,omitempty" maxLength:"2000"`
	Mode   string  `json:"mode" enum:"static,dynamic"`
	Groups []Group `json:"groups,omitempty" maxItems:"10" doc:"Of a dynamic segment: a customer that meets one of them belongs"`
}

// PreviewView is how many customers meet conditions, and the first of them.
type PreviewView struct {
	Count     int64          `json:"count" doc:"Those you may see"`
	Customers []CustomerView `json:"customers" nullable:"false" doc:"Some of them"`
}

// CustomerView names a customer.
type CustomerView struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// JobView names a job.
type JobView struct {
	JobID string `json:"job_id"`
}

type idIn struct {
	ID string `path:"id"`
}

type createIn struct{ Body Write }

type updateIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
	Body    Write
}

type archiveIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
}

type previewIn struct {
	Body struct {
		Groups []Group `json:"groups" minItems:"1" maxItems:"10" nullable:"false"`
	}
}

type membersIn struct {
	ID   string `path:"id"`
	Body struct {
		Add    []string `json:"add,omitempty" maxItems:"1000" doc:"Ids of customers"`
		Remove []string `json:"remove,omitempty" maxItems:"1000" doc:"Ids of customers"`
		All    bool     `json:"all,omitempty" doc:"Add every customer that q and filter mean, instead of ids"`
		Q      string   `json:"q,omitempty" maxLength:"200"`
		Filter []string `json:"filter,omitempty" maxItems:"30" doc:"Conditions of the customer list"`
	}
}

const tag = "Segments"

// Register adds the operations of segments.
func Register(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{ID: "list-segments", Method: http.MethodGet, Path: "/segments", Summary: "Segments; their members are customers filtered by segment:in:<id>", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[View]], error) {
			rows, err := s.List(ctx)
			views := make([]View, len(rows))
			for i := range rows {
				views[i] = viewOf(rows[i])
			}
			return httpapi.OkList(views, ""), err
		})
	httpapi.Register(api, httpapi.Op{ID: "get-segment", Method: http.MethodGet, Path: "/segments/{id}", Summary: "One segment", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *idIn) (*httpapi.Tagged[View], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			return tagged(s.Get(ctx, n))
		})
	httpapi.Register(api, httpapi.Op{ID: "preview-segment", Method: http.MethodPost, Path: "/segments/preview", Summary: "How many customers meet conditions today", Tag: tag, Permission: authz.CustomerRead}, s.preview)
	httpapi.Register(api, httpapi.Op{ID: "create-segment", Method: http.MethodPost, Path: "/segments", Summary: "Create a segment", Tag: tag, Permission: authz.SegmentManage, Status: http.StatusCreated},
		func(ctx context.Context, in *createIn) (*httpapi.Tagged[View], error) {
			seg, err := s.Create(ctx, Input(in.Body))
			if err != nil {
				return nil, err
			}
			return tagged(s.Get(ctx, seg.ID))
		})
	httpapi.Register(api, httpapi.Op{ID: "update-segment", Method: http.MethodPut, Path: "/segments/{id}", Summary: "Replace what is said about a segment", Tag: tag, Permission: authz.SegmentManage},
		func(ctx context.Context, in *updateIn) (*httpapi.Tagged[View], error) {
			n, version, err := target(in.ID, in.IfMatch)
			if err != nil {
				return nil, err
			}
			if _, err := s.Update(ctx, n, version, Input(in.Body)); err != nil {
				return nil, err
			}
			return tagged(s.Get(ctx, n))
		})
	httpapi.Register(api, httpapi.Op{ID: "archive-segment", Method: http.MethodDelete, Path: "/segments/{id}", Summary: "Put a segment away; it is kept", Tag: tag, Permission: authz.SegmentManage, Status: http.StatusNoContent},
		func(ctx context.Context, in *archiveIn) (*httpapi.Empty, error) {
			n, version, err := target(in.ID, in.IfMatch)
			if err != nil {
				return nil, err
			}
			return nil, s.Archive(ctx, n, version)
		})
	httpapi.Register(api, httpapi.Op{ID: "change-segment-members", Method: http.MethodPost, Path: "/segments/{id}/members", Summary: "Add customers to a static segment, or take them out", Tag: tag, Permission: authz.SegmentManage}, s.members)
	httpapi.Register(api, httpapi.Op{ID: "refresh-segment", Method: http.MethodPost, Path: "/segments/{id}/refresh", Summary: "Work out the members of a dynamic segment now, as a job", Tag: tag, Permission: authz.SegmentManage, Status: http.StatusAccepted},
		func(ctx context.Context, in *idIn) (*httpapi.Body[JobView], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			jobID, err := s.Refresh(ctx, n)
			return httpapi.Ok(JobView{id.String(jobID)}), err
		})
}

func (s *Service) preview(ctx context.Context, in *previewIn) (*httpapi.Body[PreviewView], error) {
	n, first, err := s.Preview(ctx, in.Body.Groups, 10)
	out := PreviewView{Count: n, Customers: make([]CustomerView, len(first))}
	for i := range first {
		out.Customers[i] = CustomerView{id.String(first[i].ID), first[i].Code, first[i].Name}
	}
	return httpapi.Ok(out), err
}

func (s *Service) members(ctx context.Context, in *membersIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	if in.Body.All {
		conditions, err := customer.ParseConditions(in.Body.Filter)
		if err != nil {
			return nil, err
		}
		if _, err := s.AddAll(ctx, n, customer.Query{Q: in.Body.Q, Conditions: conditions}); err != nil {
			return nil, err
		}
		return tagged(s.Get(ctx, n))
	}
	add, err := idsOf(in.Body.Add)
	if err != nil {
		return nil, err
	}
	remove, err := idsOf(in.Body.Remove)
	if err != nil {
		return nil, err
	}
	if _, err := s.Change(ctx, n, add, remove); err != nil {
		return nil, err
	}
	return tagged(s.Get(ctx, n))
}

func idsOf(texts []string) ([]int64, error) {
	out := make([]int64, len(texts))
	for i, t := range texts {
		n, err := id.Parse(t)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

func target(segmentID, ifMatch string) (n, version int64, err error) {
	if n, err = id.Parse(segmentID); err != nil {
		return 0, 0, err
	}
	version, err = httpapi.Match(ifMatch)
	return n, version, err
}

func tagged(r Row, err error) (*httpapi.Tagged[View], error) {
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[View]{ETag: httpapi.Tag(r.Version), Body: viewOf(r)}, nil
}

func viewOf(r Row) View {
	v := View{
		ID: id.String(r.ID), Name: r.Name, Note: r.Note, Mode: r.Mode, Groups: r.Groups, Members: r.Seen, Archived: r.ArchivedAt != nil,
		CreatedBy: r.CreatorName, Editable: r.Editable, Version: r.Version, UpdatedAt: r.UpdatedAt,
	}
	if r.RefreshedOn != calendar.None {
		v.RefreshedOn = r.RefreshedOn.String()
	}
	if !r.RefreshedAt.IsZero() {
		v.RefreshedAt = &r.RefreshedAt
	}
	return v
}
