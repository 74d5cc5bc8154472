package rulebook

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// RequestView is a request to adopt a version.
type RequestView struct {
	ID            string            `json:"id"`
	Rulebook      string            `json:"rulebook"`
	Version       string            `json:"version"`
	Settings      map[string]string `json:"settings"`
	EffectiveFrom string            `json:"effective_from" doc:"Empty for the day of the decision"`
	Note          string            `json:"note"`
	State         string            `json:"state" enum:"open,approved,refused,withdrawn"`
	RequestedBy   string            `json:"requested_by"`
	RequestedAt   time.Time         `json:"requested_at"`
	Mine          bool              `json:"mine" doc:"Asked by whoever reads this"`
	DecidedBy     string            `json:"decided_by"`
	DecidedAt     *time.Time        `json:"decided_at,omitempty"`
	Reason        string            `json:"reason"`
	CaseID        string            `json:"case_id" doc:"The case that decides on it; empty when it was asked before cases did"`
}

// ReturnView asks to put back what was in force before.
type ReturnView struct {
	Version string `json:"version,omitempty" doc:"Empty for what was in force before"`
	Note    string `json:"note,omitempty"`
}

// ReceiptView is a rulebook that has to be read.
type ReceiptView struct {
	Rulebook      string    `json:"rulebook"`
	Version       string    `json:"version"`
	Title         rule.Text `json:"title"`
	EffectiveFrom string    `json:"effective_from" format:"date"`
	DueOn         string    `json:"due_on" doc:"Empty when no day is set"`
	Overdue       bool      `json:"overdue"`
}

// ReaderView is somebody who has to read it.
type ReaderView struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Roles  []string   `json:"roles" nullable:"false"`
	ReadAt *time.Time `json:"read_at,omitempty" doc:"Absent while it was not confirmed"`
}

// ReadershipView says who has read a version and who has not.
type ReadershipView struct {
	ReceiptView
	People []ReaderView `json:"people" nullable:"false" doc:"Those who have not read it first"`
	Read   int          `json:"read"`
	Open   int          `json:"open"`
}

// ConfirmView names the version that was read.
type ConfirmView struct {
	Version string `json:"version"`
}

type requestsIn struct {
	Rulebook string `query:"rulebook"`
	State    string `query:"state" enum:",open,approved,refused,withdrawn"`
	httpapi.Page
}

type requestIn struct {
	ID string `path:"id"`
}

type returnIn struct {
	ID   string `path:"id"`
	Body ReturnView
}

type readersIn struct {
	ID      string `path:"id"`
	Version string `query:"version" doc:"Empty for the one in force"`
}

type confirmIn struct {
	ID   string `path:"id"`
	Body ConfirmView
}

// registerAdoption adds the operations of adopting, asking for it, returning and reading.
func registerAdoption(api *httpapi.API, s *Service) {
	op := func(opID, method, path, summary string, p authz.Permission, status int) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p, Status: status}
	}
	const get, post = http.MethodGet, http.MethodPost
	httpapi.Register(api, op("adopt-rulebook", post, "/rulebooks/{id}/adopt", "Put a version into force from a day on, where no procedure decides on adoptions; for the role the rulebook names, else for rulebook.adopt", authz.RulebookRead, http.StatusCreated), s.httpAdopt)
	httpapi.Register(api, op("return-rulebook", post, "/rulebooks/{id}/return", "Put back what was in force before, with its settings", authz.RulebookRead, http.StatusCreated), s.httpReturn)
	httpapi.Register(api, op("request-adoption", post, "/rulebooks/{id}/adoption-requests", "Send a version for adoption: begins the case that decides on it", authz.RulebookWrite, http.StatusCreated), s.httpRequest)
	httpapi.Register(api, op("list-adoption-requests", get, "/adoption-requests", "Requests for adoption, newest first", authz.RulebookRead, 0), s.httpRequests)
	httpapi.Register(api, op("get-adoption-request", get, "/adoption-requests/{id}", "One request for adoption", authz.RulebookRead, 0), s.httpGetRequest)
	httpapi.Register(api, op("list-my-rulebook-receipts", get, "/me/rulebook-receipts", "Rulebooks I have to read and confirm", authz.RulebookRead, 0), s.httpMyReceipts)
	httpapi.Register(api, op("list-rulebook-receipts", get, "/rulebooks/{id}/receipts", "Who has read a version and who has not", authz.RulebookRead, 0), s.httpReaders)
	httpapi.Register(api, op("confirm-rulebook", post, "/rulebooks/{id}/receipts", "Confirm having read and understood a version", authz.RulebookRead, http.StatusNoContent), s.httpConfirm)
}

// startDay reads the day of an input; "" is None.
func startDay(text string) (calendar.Date, error) {
	if text == "" {
		return calendar.None, nil
	}
	d, err := calendar.Parse(text)
	if err != nil {
		var v errs.Validation
		v.Check(false, "effective_from", "field.not_a_date", "value", text)
		return calendar.None, v.Err()
	}
	return d, nil
}

func (in *adoptIn) input() (AdoptInput, error) {
	from, err := startDay(in.Body.EffectiveFrom)
	return AdoptInput{Rulebook: in.ID, Version: in.Body.Version, EffectiveFrom: from, Settings: in.Body.Settings, Note: in.Body.Note}, err
}

func (s *Service) httpAdopt(ctx context.Context, in *adoptIn) (*httpapi.Body[AdoptionView], error) {
	input, err := in.input()
	if err != nil {
		return nil, err
	}
	a, err := s.Adopt(ctx, input)
	return s.adoptionBody(ctx, a, err)
}

func (s *Service) httpReturn(ctx context.Context, in *returnIn) (*httpapi.Body[AdoptionView], error) {
	a, err := s.Return(ctx, in.ID, in.Body.Version, in.Body.Note)
	return s.adoptionBody(ctx, a, err)
}

func (s *Service) adoptionBody(ctx context.Context, a Adoption, err error) (*httpapi.Body[AdoptionView], error) {
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx, map[int64]bool{a.AdoptedBy: true})
	return httpapi.Ok(adoptionView(a, names)), err
}

func (s *Service) httpRequest(ctx context.Context, in *adoptIn) (*httpapi.Body[RequestView], error) {
	input, err := in.input()
	if err != nil {
		return nil, err
	}
	r, err := s.RequestAdoption(ctx, input)
	return s.requestBody(ctx, r, err)
}

func (s *Service) httpRequests(ctx context.Context, in *requestsIn) (*httpapi.Body[httpapi.List[RequestView]], error) {
	list, next, err := s.Requests(ctx, in.Rulebook, in.State, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out, err := s.requestViews(ctx, list)
	return httpapi.OkList(out, next), err
}

func (s *Service) httpGetRequest(ctx context.Context, in *requestIn) (*httpapi.Body[RequestView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	r, err := s.GetRequest(ctx, n)
	return s.requestBody(ctx, r, err)
}

func (s *Service) requestBody(ctx context.Context, r Request, err error) (*httpapi.Body[RequestView], error) {
	if err != nil {
		return nil, err
	}
	views, err := s.requestViews(ctx, []Request{r})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(views[0]), nil
}

func (s *Service) requestViews(ctx context.Context, list []Request) ([]RequestView, error) {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return nil, err
	}
	people := map[int64]bool{}
	for i := range list {
		people[list[i].RequestedBy], people[list[i].DecidedBy] = true, true
	}
	names, err := s.names(ctx, people)
	if err != nil {
		return nil, err
	}
	out := make([]RequestView, len(list))
	for i, r := range list {
		v := RequestView{
			ID: id.String(r.ID), Rulebook: r.Rulebook, Version: r.Version, Settings: r.Settings, EffectiveFrom: r.EffectiveFrom.String(), Note: r.Note,
			State: r.State, RequestedBy: names[r.RequestedBy], RequestedAt: r.RequestedAt, Mine: r.RequestedBy == actor.UserID,
			DecidedBy: names[r.DecidedBy], Reason: r.Reason,
		}
		if r.CaseID != 0 {
			v.CaseID = id.String(r.CaseID)
		}
		if v.Settings == nil {
			v.Settings = map[string]string{}
		}
		if !r.DecidedAt.IsZero() {
			v.DecidedAt = &r.DecidedAt
		}
		out[i] = v
	}
	return out, nil
}

func receiptView(r Receipt) ReceiptView {
	return ReceiptView{Rulebook: r.Rulebook, Version: r.Version, Title: r.Title, EffectiveFrom: r.EffectiveFrom.String(), DueOn: r.DueOn.String(), Overdue: r.Overdue}
}

func (s *Service) httpMyReceipts(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[ReceiptView]], error) {
	list, err := s.MyReceipts(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]ReceiptView, len(list))
	for i := range list {
		out[i] = receiptView(list[i])
	}
	return httpapi.OkList(out, ""), nil
}

func (s *Service) httpReaders(ctx context.Context, in *readersIn) (*httpapi.Body[ReadershipView], error) {
	r, err := s.Readers(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	v := ReadershipView{ReceiptView: receiptView(r.Receipt), People: []ReaderView{}, Read: r.Read, Open: r.Open}
	for _, p := range r.People {
		one := ReaderView{ID: id.String(p.UserID), Name: p.Name, Roles: p.Roles}
		if p.Read {
			one.ReadAt = &p.ReadAt
		}
		v.People = append(v.People, one)
	}
	return httpapi.Ok(v), nil
}

func (s *Service) httpConfirm(ctx context.Context, in *confirmIn) (*httpapi.Empty, error) {
	return nil, s.Confirm(ctx, in.ID, in.Body.Version)
}
