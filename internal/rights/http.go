package rights

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// ShareView is a share in the API.
type ShareView struct {
	ID          string    `json:"id"`
	CustomerID  string    `json:"customer_id"`
	UserID      string    `json:"user_id"`
	UserName    string    `json:"user_name"`
	Access      string    `json:"access" enum:"read,write"`
	Reason      string    `json:"reason"`
	Until       string    `json:"until" doc:"The last day"`
	State       string    `json:"state" enum:"going_on,over,revoked"`
	CreatedName string    `json:"created_name" doc:"Who shared it; empty = the program"`
	CreatedAt   time.Time `json:"created_at"`
	RevokedName string    `json:"revoked_name" doc:"Who took it back; empty = nobody"`
}

// SharesView are the shares of a customer.
type SharesView struct {
	Items    []ShareView `json:"items" nullable:"false" doc:"Those that go on first"`
	MayShare bool        `json:"may_share" doc:"You may share it and take shares back"`
}

// ShareBody shares a customer.
type ShareBody struct {
	UserID string `json:"user_id" maxLength:"20"`
	Access string `json:"access" enum:"read,write"`
	Reason string `json:"reason" maxLength:"200"`
	Until  string `json:"until" maxLength:"10" doc:"The last day, YYYY-MM-DD"`
}

// SourceView is a role or post that is asked for a permission.
type SourceView struct {
	Role   string `json:"role"`
	NameZh string `json:"name_zh" doc:"Of a role of the company's own"`
	NameEn string `json:"name_en"`
	ByPost bool   `json:"by_post" doc:"Filled by a post"`
	UnitZh string `json:"unit_zh" doc:"Empty = the whole organisation, or no unit"`
	UnitEn string `json:"unit_en"`
	Reach  string `json:"reach" doc:"none = this role does not give it"`
}

// WayView is one way to the customer.
type WayView struct {
	Kind   string     `json:"kind" enum:"all,owner,team,territory,unit,share"`
	Stands bool       `json:"stands" doc:"The person stands in it: is the owner, beside the owner, of the unit..."`
	Counts bool       `json:"counts" doc:"The reach of the permission takes it"`
	Opens  bool       `json:"opens" doc:"Both: it leads to the customer"`
	NameZh string     `json:"name_zh" doc:"The owner, the part beside the owner, the region or the unit"`
	NameEn string     `json:"name_en"`
	Share  *ShareView `json:"share"`
}

// WhyView is why somebody may, or may not, do something at a customer.
type WhyView struct {
	UserID       string       `json:"user_id"`
	UserName     string       `json:"user_name"`
	CustomerID   string       `json:"customer_id"`
	CustomerCode string       `json:"customer_code"`
	CustomerName string       `json:"customer_name"`
	Permission   string       `json:"permission"`
	Allowed      bool         `json:"allowed"`
	Hindered     string       `json:"hindered" enum:",disabled,password,factor" doc:"disabled = the account is; password = it must be changed first; factor = a second factor must be set up first"`
	Reach        string       `json:"reach" doc:"What the sources come to"`
	Sources      []SourceView `json:"sources" nullable:"false"`
	Ways         []WayView    `json:"ways" nullable:"false"`
}

// ViewerView is somebody who may read a customer.
type ViewerView struct {
	UserID string   `json:"user_id"`
	Name   string   `json:"name"`
	Ways   []string `json:"ways" nullable:"false"`
	Write  bool     `json:"write" doc:"May change it too"`
}

func shareView(h *Share, today calendar.Date) ShareView {
	return ShareView{
		ID: id.String(h.ID), CustomerID: id.String(h.CustomerID), UserID: id.String(h.UserID), UserName: h.UserName, Access: h.Access, Reason: h.Reason, Until: h.Until.String(),
		State: h.State(today), CreatedName: h.CreatedName, CreatedAt: h.CreatedAt, RevokedName: h.RevokedName,
	}
}

// View gives an explanation as programs read it.
func (s *Service) View(w *Why) WhyView {
	out := WhyView{
		UserID: id.String(w.UserID), UserName: w.UserName, CustomerID: id.String(w.Customer.ID), CustomerCode: w.Customer.Code, CustomerName: w.Customer.Name,
		Permission: string(w.Permission), Allowed: w.Allowed, Hindered: w.Hindered, Reach: w.Reach.String(), Sources: []SourceView{}, Ways: []WayView{},
	}
	for _, x := range w.Sources {
		out.Sources = append(out.Sources, SourceView{x.Role, x.NameZh, x.NameEn, x.ByPost, x.UnitZh, x.UnitEn, x.Reach.String()})
	}
	for i := range w.Ways {
		y := &w.Ways[i]
		v := WayView{Kind: y.Kind, Stands: y.Stands, Counts: y.Counts, Opens: y.Opens(), NameZh: y.Name, NameEn: y.NameEn}
		if y.Share != nil {
			share := shareView(y.Share, s.today())
			v.Share = &share
		}
		out.Ways = append(out.Ways, v)
	}
	return out
}

type (
	ofCustomer struct {
		ID string `path:"id"`
	}
	ofShare struct {
		ID    string `path:"id"`
		Share string `path:"share"`
	}
	shareIn struct {
		ID   string `path:"id"`
		Body ShareBody
	}
	viewersIn struct {
		ID     string `path:"id"`
		Cursor string `query:"cursor" doc:"next_cursor of the page before; empty for the first page"`
	}
	whyIn struct {
		User       string `query:"user" doc:"Empty = yourself"`
		Customer   string `query:"customer" required:"true"`
		Permission string `query:"permission" default:"customer.read" doc:"One that is about customers"`
	}
)

// Register adds the operations of shares and explanations.
func Register(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Rights", Permission: p}
	}
	httpapi.Register(api, op("list-shares", http.MethodGet, "/customers/{id}/shares", "With whom a customer is shared", authz.CustomerRead),
		func(ctx context.Context, in *ofCustomer) (*httpapi.Body[SharesView], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			list, may, err := s.Shares(ctx, n)
			out := SharesView{Items: []ShareView{}, MayShare: may}
			for i := range list {
				out.Items = append(out.Items, shareView(&list[i], s.today()))
			}
			return httpapi.Ok(out), err
		})
	give := op("share-customer", http.MethodPost, "/customers/{id}/shares", "Share a customer with somebody until a day", authz.CustomerWrite)
	give.Status = http.StatusCreated
	httpapi.Register(api, give, func(ctx context.Context, in *shareIn) (*httpapi.Body[ShareView], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		input, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		h, err := s.Share(ctx, n, input)
		return httpapi.Ok(shareView(&h, s.today())), err
	})
	httpapi.Register(api, op("revoke-share", http.MethodDelete, "/customers/{id}/shares/{share}", "Take a share back", authz.CustomerWrite),
		func(ctx context.Context, in *ofShare) (*httpapi.Empty, error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			share, err := id.Parse(in.Share)
			if err != nil {
				return nil, err
			}
			return nil, s.Revoke(ctx, n, share)
		})
	registerWhy(api, s, op)
}

func registerWhy(api *httpapi.API, s *Service, op func(id, method, path, summary string, p authz.Permission) httpapi.Op) {
	httpapi.Register(api, op("list-viewers", http.MethodGet, "/customers/{id}/viewers", "Who may see a customer, and why", authz.CustomerRead),
		func(ctx context.Context, in *viewersIn) (*httpapi.Body[httpapi.List[ViewerView]], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			var after int64
			if in.Cursor != "" {
				if after, err = id.Parse(in.Cursor); err != nil {
					return nil, errs.New(errs.Invalid, "cursor.invalid")
				}
			}
			list, next, err := s.Viewers(ctx, n, after)
			var out []ViewerView
			for _, v := range list {
				out = append(out, ViewerView{id.String(v.UserID), v.Name, v.Ways, v.Write})
			}
			return httpapi.OkList(out, id.Optional(next)), err
		})
	httpapi.Register(api, op("explain-rights", http.MethodGet, "/rights/why", "Why somebody may, or may not, do something at a customer", authz.CustomerRead),
		func(ctx context.Context, in *whyIn) (*httpapi.Body[WhyView], error) {
			customerID, err := id.Parse(in.Customer)
			if err != nil {
				return nil, err
			}
			var userID int64
			if in.User != "" {
				if userID, err = id.Parse(in.User); err != nil {
					return nil, err
				}
			}
			w, err := s.Why(ctx, userID, customerID, authz.Permission(in.Permission))
			if err != nil {
				return nil, err
			}
			return httpapi.Ok(s.View(&w)), nil
		})
}

func (b *ShareBody) input() (ShareInput, error) {
	in := ShareInput{Access: b.Access, Reason: b.Reason}
	var v errs.Validation
	var err error
	in.UserID, err = id.Parse(b.UserID)
	v.Check(err == nil, "user_id", "field.required")
	in.Until, err = calendar.Parse(b.Until)
	v.Check(err == nil, "until", "field.date")
	return in, v.Err()
}
