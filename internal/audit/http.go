package audit

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// View is an audit entry in the API.
type View struct {
	Seq        int64     `json:"seq"`
	At         time.Time `json:"at"`
	ActorID    string    `json:"actor_id"`
	ActorName  string    `json:"actor_name"`
	Action     string    `json:"action"`
	Entity     string    `json:"entity"`
	EntityID   string    `json:"entity_id"`
	CustomerID string    `json:"customer_id"`
	Detail     any       `json:"detail"`
	RequestID  string    `json:"request_id"`
	Hash       string    `json:"hash"`
}

type listIn struct {
	httpapi.Page
	Entity   string `query:"entity"`
	EntityID string `query:"entity_id"`
	Action   string `query:"action"`
	ActorID  string `query:"actor_id" doc:"Who did it; 0 = the program itself"`
}

// Register adds the operations of the audit log.
func Register(api *httpapi.API, d *db.DB) {
	httpapi.Register(api, httpapi.Op{ID: "list-audit", Method: http.MethodGet, Path: "/audit", Summary: "Who changed what, newest first", Tag: "Audit", Permission: authz.AuditRead},
		func(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[View]], error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			list, err := List(ctx, d.Read(), f)
			if err != nil {
				return nil, err
			}
			next := ""
			if len(list) == f.Limit {
				next = db.EncodeCursor(strconv.FormatInt(list[len(list)-1].Seq, 10))
			}
			out := make([]View, len(list))
			for i, r := range list {
				if out[i], err = view(r); err != nil {
					return nil, err
				}
			}
			return httpapi.OkList(out, next), nil
		})
	type verified struct {
		Entries int64 `json:"entries"`
		Whole   bool  `json:"whole"`
	}
	httpapi.Register(api, httpapi.Op{ID: "verify-audit", Method: http.MethodPost, Path: "/audit/verify", Summary: "Prove that the audit chain is whole", Tag: "Audit", Permission: authz.AuditRead},
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[verified], error) {
			n, err := Verify(ctx, d.Read())
			return httpapi.Ok(verified{n, true}), err
		})
}

func (in listIn) filter() (Filter, error) {
	f := Filter{Entity: in.Entity, EntityID: in.EntityID, Action: in.Action, Limit: in.Limit}
	cursor, err := db.DecodeCursor(in.Cursor, 1)
	if err != nil {
		return f, err
	}
	if cursor != nil {
		if f.Before, err = strconv.ParseInt(cursor[0], 10, 64); err != nil {
			return f, errs.New(errs.Invalid, "cursor.invalid")
		}
	}
	f.System = in.ActorID == "0"
	if in.ActorID != "" && !f.System {
		if f.ActorID, err = id.Parse(in.ActorID); err != nil {
			return f, err
		}
	}
	return f, nil
}

func view(r Record) (View, error) {
	v := View{
		Seq: r.Seq, At: r.At, ActorID: id.String(r.ActorID), ActorName: r.ActorName, Action: r.Action, Entity: r.Entity, EntityID: r.ID,
		RequestID: r.Request, Hash: r.Hash,
	}
	if r.CustomerID != 0 {
		v.CustomerID = id.String(r.CustomerID)
	}
	return v, json.Unmarshal(r.Detail, &v.Detail)
}
