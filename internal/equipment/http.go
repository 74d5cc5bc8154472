package equipment

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

const tag = "Equipment"

// MachineView is a piece of equipment of a customer.
type MachineView struct {
	FactID        string                       `json:"fact_id" doc:"The newest fact about it"`
	Serial        string                       `json:"serial"`
	Product       string                       `json:"product"`
	Place         string                       `json:"place"`
	Contract      string                       `json:"contract"`
	Document      string                       `json:"document"`
	InstalledOn   string                       `json:"installed_on" doc:"Empty when not known"`
	WarrantyUntil string                       `json:"warranty_until" doc:"The last day; empty when not known"`
	Covered       bool                         `json:"covered" doc:"The warranty holds today"`
	Removed       bool                         `json:"removed" doc:"No longer in use"`
	Cases         []procedure.AnsweredCaseView `json:"cases" nullable:"false" doc:"Its cases that the reader may see, newest first; of a case the others"`
}

// CaseMachineView is the machine a case is about.
type CaseMachineView struct {
	Known   bool         `json:"known" doc:"The customer has a machine of that serial number"`
	Machine *MachineView `json:"machine" doc:"Null when the case names none"`
}

type oneIn struct {
	ID string `path:"id"`
}

// Register adds the operations to the API.
func Register(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "list-customer-equipment", Method: http.MethodGet, Path: "/customers/{id}/equipment", Tag: tag, Permission: authz.FactRead,
		Summary: "What a customer has installed, those out of use last",
	}, s.httpOfCustomer)
	httpapi.Register(api, httpapi.Op{
		ID: "get-case-equipment", Method: http.MethodGet, Path: "/cases/{id}/equipment", Tag: tag, Permission: authz.ProcedureRead,
		Summary: "The machine a case is about, with its other cases",
	}, s.httpOfCase)
}

func (s *Service) httpOfCustomer(ctx context.Context, in *oneIn) (*httpapi.Body[httpapi.List[MachineView]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.OfCustomer(ctx, customerID)
	if err != nil {
		return nil, err
	}
	out := make([]MachineView, len(list))
	for i := range list {
		out[i] = s.view(&list[i])
	}
	return httpapi.OkList(out, ""), nil
}

func (s *Service) httpOfCase(ctx context.Context, in *oneIn) (*httpapi.Body[CaseMachineView], error) {
	caseID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	m, known, err := s.OfCase(ctx, caseID)
	if err != nil {
		return nil, err
	}
	out := CaseMachineView{Known: known}
	if m.Serial != "" {
		v := s.view(&m)
		out.Machine = &v
	}
	return httpapi.Ok(out), nil
}

func (s *Service) view(m *Machine) MachineView {
	v := MachineView{
		FactID: id.Optional(m.FactID), Serial: m.Serial, Product: m.Product, Place: m.Place, Contract: m.Contract, Document: m.Document, InstalledOn: day(m.InstalledOn),
		WarrantyUntil: day(m.WarrantyUntil), Covered: m.Covered(s.Today()), Removed: m.Removed, Cases: make([]procedure.AnsweredCaseView, len(m.Cases)),
	}
	for i := range m.Cases {
		v.Cases[i] = m.Cases[i].View()
	}
	return v
}

func day(d calendar.Date) string {
	if d == calendar.None {
		return ""
	}
	return d.String()
}
