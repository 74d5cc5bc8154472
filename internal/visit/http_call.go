package visit

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// CallView is a call in the API.
type CallView struct {
	ID        string       `json:"id"`
	Customer  CustomerView `json:"customer"`
	ByID      string       `json:"by_id"`
	ByName    string       `json:"by_name"`
	DutyID    string       `json:"duty_id" doc:"The duty it was for, empty when none"`
	Outcome   string       `json:"outcome" enum:"reached,not_reached,call_again"`
	Inward    bool         `json:"inward" doc:"The customer rang"`
	Whom      string       `json:"whom"`
	Phone     string       `json:"phone"`
	Note      string       `json:"note"`
	At        string       `json:"at" doc:"RFC 3339"`
	AgainAt   string       `json:"again_at" doc:"RFC 3339, empty when not agreed"`
	AgainOpen bool         `json:"again_open" doc:"Nobody has rung again yet"`
	FactID    string       `json:"fact_id"`
}

func callView(c Call) CallView {
	v := CallView{
		ID: id.String(c.ID), Customer: CustomerView{ID: id.String(c.CustomerID), Code: c.Customer.Code, Name: c.Customer.Name, Region: c.Customer.Region},
		ByID: id.String(c.ByID), ByName: c.ByName, DutyID: id.Optional(c.DutyID), Outcome: string(c.Outcome), Inward: c.Inward, Whom: c.Whom, Phone: c.Phone,
		Note: c.Note, At: rfc(c.At), AgainOpen: c.AgainOpen, FactID: id.Optional(c.FactID),
	}
	if c.AgainAt != 0 {
		v.AgainAt = rfc(c.AgainAt)
	}
	return v
}

func rfc(micros int64) string { return time.UnixMicro(micros).UTC().Format(time.RFC3339) }

// CallBody is a call to be kept.
type CallBody struct {
	DutyID  string `json:"duty_id,omitempty" doc:"The duty it is for; kept when somebody was reached"`
	Outcome string `json:"outcome" enum:"reached,not_reached,call_again"`
	Inward  bool   `json:"inward,omitempty" doc:"The customer rang"`
	Whom    string `json:"whom,omitempty" maxLength:"240"`
	Phone   string `json:"phone,omitempty" maxLength:"60"`
	Note    string `json:"note,omitempty" maxLength:"8000" doc:"Needed when somebody was reached"`
	At      string `json:"at,omitempty" doc:"RFC 3339; empty = now"`
	AgainAt string `json:"again_at,omitempty" doc:"RFC 3339; needed with call_again"`
}

type (
	callIn struct {
		ID   string `path:"id"`
		Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
		Body CallBody
	}
	callsIn struct {
		Customer string `query:"customer" doc:"Id"`
		Mine     bool   `query:"mine" doc:"Only those the acting person logged"`
		Again    bool   `query:"again" doc:"Only those to be made again, the next first"`
		httpapi.Page
	}
)

func (h *handlers) registerCalls(api *httpapi.API, op func(opID, method, path, summary string, p authz.Permission) httpapi.Op) {
	log := op("log-call", http.MethodPost, "/customers/{id}/calls", "Log a call with a customer and keep its duty", authz.DutyDo)
	log.Status = http.StatusCreated
	httpapi.Register(api, log, h.logCall)
	httpapi.Register(api, op("list-calls", http.MethodGet, "/calls", "List calls, newest first, or those to be made again", authz.DutyRead), h.calls)
}

func (h *handlers) logCall(ctx context.Context, in *callIn) (*httpapi.Body[CallView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	var v errs.Validation
	c := CallInput{
		DutyID: httpapi.Number(&v, "duty_id", b.DutyID), Outcome: Outcome(b.Outcome), Inward: b.Inward, Whom: b.Whom, Phone: b.Phone, Note: b.Note,
		At: moment(&v, "at", b.At), AgainAt: moment(&v, "again_at", b.AgainAt),
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	out, err := h.s.LogCall(ctx, n, c, in.Key)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(callView(out)), nil
}

func (h *handlers) calls(ctx context.Context, in *callsIn) (*httpapi.Body[httpapi.List[CallView]], error) {
	var v errs.Validation
	f := CallFilter{CustomerID: httpapi.Number(&v, "customer", in.Customer), Mine: in.Mine, Again: in.Again, Cursor: in.Cursor, Limit: in.Limit}
	if err := v.Err(); err != nil {
		return nil, err
	}
	list, next, err := h.s.Calls(ctx, f)
	if err != nil {
		return nil, err
	}
	out := make([]CallView, len(list))
	for i, c := range list {
		out[i] = callView(c)
	}
	return httpapi.OkList(out, next), nil
}
