package gift

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/money"
	"kezhi/internal/sheet"
)

// CustomerView is whom a gift is for.
type CustomerView struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// View is a gift in the API.
type View struct {
	ID         string       `json:"id"`
	Customer   CustomerView `json:"customer"`
	ContactID  string       `json:"contact_id" doc:"Who receives it, empty = the customer as such"`
	Contact    string       `json:"contact"`
	What       string       `json:"what"`
	Occasion   string       `json:"occasion"`
	Value      string       `json:"value" doc:"Decimal"`
	Currency   string       `json:"currency"`
	CostCentre string       `json:"cost_centre"`
	GiverName  string       `json:"giver_name"`
	On         string       `json:"on" doc:"The day it is meant for, or was handed over"`
	State      string       `json:"state" enum:"waiting,approved,given,refused,cancelled,returned"`
	Said       string       `json:"said" doc:"Why it was refused, cancelled or given back"`
	Note       string       `json:"note"`
	CaseID     string       `json:"case_id" doc:"Of its approval; empty = it needed none"`
	CaseNumber string       `json:"case_number"`
	FactID     string       `json:"fact_id"`
	Version    int64        `json:"version"`
	May        []string     `json:"may" nullable:"false" doc:"What the acting person may do with it now: give, cancel, return"`
}

// PolicyView is what the house sets about gifts. Values are decimals of the currency; 0 = no bound.
type PolicyView struct {
	Currency     string `json:"currency" maxLength:"3" doc:"ISO 4217"`
	ApproveAbove string `json:"approve_above" maxLength:"20" doc:"A gift of more needs approval; 0 = none does"`
	Most         string `json:"most" maxLength:"20" doc:"No gift is worth more"`
	PerYear      string `json:"per_year" maxLength:"20" doc:"All gifts of a customer in a civil year"`
}

// YearView is what a customer got, and is to get, in a civil year, and what the policy says.
type YearView struct {
	PolicyView
	Year int    `json:"year"`
	Used string `json:"used" doc:"Decimal; waiting and approved gifts counted"`
}

// EnterBody is a gift to be entered.
type EnterBody struct {
	ContactID  string `json:"contact_id,omitempty" doc:"Who receives it"`
	What       string `json:"what" maxLength:"1000"`
	Occasion   string `json:"occasion" maxLength:"1000"`
	Value      string `json:"value" maxLength:"20" doc:"Decimal in the currency of the policy"`
	CostCentre string `json:"cost_centre,omitempty" maxLength:"1000"`
	On         string `json:"on,omitempty" doc:"YYYY-MM-DD it is meant for; empty = today"`
	Note       string `json:"note,omitempty" maxLength:"3000"`
}

// ActBody is a deed with a gift.
type ActBody struct {
	Act  string `json:"act" enum:"give,cancel,return"`
	On   string `json:"on,omitempty" doc:"give: the day it was handed over, empty = today"`
	Said string `json:"said,omitempty" maxLength:"3000" doc:"The reason; needed but for give"`
}

// Filters bound a list of gifts. Exported because only exported embedded fields of an input are read.
type Filters struct {
	Customer string   `query:"customer" doc:"Id"`
	Giver    string   `query:"giver" doc:"Id of who hands it over, or me"`
	State    []string `query:"state" doc:"States, separated by commas"`
	From     string   `query:"from" doc:"On or after this day"`
	To       string   `query:"to" doc:"On or before this day"`
}

func (in Filters) filter(ctx context.Context) (Filter, error) {
	var v errs.Validation
	f := Filter{CustomerID: httpapi.Number(&v, "customer", in.Customer), From: httpapi.Day(&v, "from", in.From), To: httpapi.Day(&v, "to", in.To)}
	if in.Giver == "me" {
		actor, _ := authz.From(ctx)
		f.GiverID = actor.UserID
	} else {
		f.GiverID = httpapi.Number(&v, "giver", in.Giver)
	}
	for _, st := range in.State {
		f.States = append(f.States, State(st))
	}
	return f, v.Err()
}

func amount(v *errs.Validation, path, text, currency string) int64 {
	a, err := money.Parse(text, currency)
	v.Check(err == nil, path, "gift.value")
	return a.Minor
}

type (
	listIn struct {
		Filters
		httpapi.Page
	}
	exportIn struct {
		Filters
		Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
		Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the headings and words"`
	}
	oneIn struct {
		ID string `path:"id"`
	}
	yearIn struct {
		ID   string `path:"id" doc:"Of the customer"`
		Year int    `query:"year" minimum:"0" maximum:"9999" doc:"0 = this year"`
	}
	enterIn struct {
		ID   string `path:"id" doc:"Of the customer"`
		Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
		Body EnterBody
	}
	actIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    ActBody
	}
	policyIn struct{ Body PolicyView }
)

type handlers struct{ s *Service }

// Register adds the operations of gifts.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: "Gifts", Permission: p}
	}
	entered := op("enter-gift", http.MethodPost, "/customers/{id}/gifts", "Enter a gift; above the policy's value its approval begins", authz.DutyDo)
	entered.Status = http.StatusCreated
	httpapi.Register(api, entered, h.enter)
	httpapi.Register(api, op("get-gift-year", http.MethodGet, "/customers/{id}/gifts/year", "What a customer got in a year, and the policy", authz.DutyRead), h.year)
	httpapi.Register(api, op("list-gifts", http.MethodGet, "/gifts", "The register of gifts, the latest day first", authz.DutyRead), h.list)
	export := op("export-gifts", http.MethodGet, "/gifts/export", "The register as a table", authz.DutyExport)
	httpapi.Register(api, export, h.export)
	httpapi.Register(api, op("get-gift", http.MethodGet, "/gifts/{id}", "One gift", authz.DutyRead), h.get)
	httpapi.Register(api, op("act-on-gift", http.MethodPost, "/gifts/{id}/acts", "Hand over, cancel, or take back a gift", authz.DutyDo), h.act)
	httpapi.Register(api, op("get-gift-policy", http.MethodGet, "/settings/gifts", "Values that need approval and limits", authz.DutyRead), h.policy)
	httpapi.Register(api, op("set-gift-policy", http.MethodPut, "/settings/gifts", "Set them", authz.SystemManage), h.setPolicy)
}

func (s *Service) viewOf(ctx context.Context, g *Gift) View {
	v := View{
		ID: id.String(g.ID), Customer: CustomerView{id.String(g.CustomerID), g.Customer.Code, g.Customer.Name}, ContactID: id.Optional(g.ContactID), Contact: g.Contact,
		What: g.What, Occasion: g.Occasion, Value: money.Format(g.Value, g.Currency), Currency: g.Currency, CostCentre: g.CostCentre, GiverName: g.GiverName, On: g.On.String(),
		State: string(g.State), Said: g.Said, Note: g.Note, CaseID: id.Optional(g.CaseID), CaseNumber: g.CaseNumber, FactID: id.Optional(g.FactID), Version: g.Version, May: []string{},
	}
	if s.MayAct(ctx, g) {
		for _, a := range Acts {
			if g.May(a) {
				v.May = append(v.May, string(a))
			}
		}
	}
	return v
}

func policyView(p Policy) PolicyView {
	return PolicyView{p.Currency, money.Format(p.ApproveAbove, p.Currency), money.Format(p.Most, p.Currency), money.Format(p.PerYear, p.Currency)}
}

func (h *handlers) tagged(ctx context.Context, g Gift, err error) (*httpapi.Tagged[View], error) {
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[View]{ETag: httpapi.Tag(g.Version), Body: h.s.viewOf(ctx, &g)}, nil
}

func (h *handlers) enter(ctx context.Context, in *enterIn) (*httpapi.Tagged[View], error) {
	p, err := h.s.Policy(ctx)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	b := in.Body
	input := Input{
		ContactID: httpapi.Number(&v, "contact_id", b.ContactID), What: b.What, Occasion: b.Occasion, Value: amount(&v, "value", b.Value, p.Currency), CostCentre: b.CostCentre,
		On: httpapi.Day(&v, "on", b.On), Note: b.Note,
	}
	customerID, err := id.Parse(in.ID)
	if err == nil {
		err = v.Err()
	}
	if err != nil {
		return nil, err
	}
	g, err := h.s.Enter(ctx, customerID, input, in.Key)
	return h.tagged(ctx, g, err)
}

func (h *handlers) year(ctx context.Context, in *yearIn) (*httpapi.Body[YearView], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	y, err := h.s.YearOf(ctx, customerID, in.Year)
	return httpapi.Ok(YearView{policyView(y.Policy), y.Year, money.Format(y.Used, y.Currency)}), err
}

func (h *handlers) list(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[View]], error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	f.Cursor, f.Limit = in.Cursor, in.Limit
	list, next, err := h.s.List(ctx, f)
	if err != nil {
		return nil, err
	}
	out := make([]View, len(list))
	for i := range list {
		out[i] = h.s.viewOf(ctx, &list[i])
	}
	return httpapi.OkList(out, next), nil
}

func (h *handlers) export(ctx context.Context, in *exportIn) (*huma.StreamResponse, error) {
	f, err := in.filter(ctx)
	if err != nil {
		return nil, err
	}
	x, err := h.s.Export(ctx, f)
	if err != nil {
		return nil, err
	}
	words := exportWords[in.Lang]
	return httpapi.Download(words.file+"-"+h.s.Today().String()+"."+in.Format, func(ctx context.Context, w io.Writer) error {
		return sheet.WriteTable(w, sheet.Format(in.Format), words.file, func(out sheet.Writer) error { return x.write(ctx, out, words) })
	}), nil
}

func (h *handlers) get(ctx context.Context, in *oneIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	g, err := h.s.Get(ctx, n)
	return h.tagged(ctx, g, err)
}

func (h *handlers) act(ctx context.Context, in *actIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	version, err := httpapi.Match(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	d := Deed{Act: Act(in.Body.Act), On: httpapi.Day(&v, "on", in.Body.On), Said: in.Body.Said}
	if err := v.Err(); err != nil {
		return nil, err
	}
	g, err := h.s.Do(ctx, n, version, d)
	return h.tagged(ctx, g, err)
}

func (h *handlers) policy(ctx context.Context, _ *struct{}) (*httpapi.Body[PolicyView], error) {
	p, err := h.s.Policy(ctx)
	return httpapi.Ok(policyView(p)), err
}

func (h *handlers) setPolicy(ctx context.Context, in *policyIn) (*httpapi.Body[PolicyView], error) {
	b := in.Body
	var v errs.Validation
	p := Policy{
		Currency: b.Currency, ApproveAbove: amount(&v, "approve_above", b.ApproveAbove, b.Currency), Most: amount(&v, "most", b.Most, b.Currency),
		PerYear: amount(&v, "per_year", b.PerYear, b.Currency),
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	p, err := h.s.SetPolicy(ctx, p)
	return httpapi.Ok(policyView(p)), err
}
