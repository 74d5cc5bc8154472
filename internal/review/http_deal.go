package review

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

type dealIn struct {
	ID   string `path:"id"`
	Body RateDealView
}

// RateDealView rates a deal of a new customer.
type RateDealView struct {
	Rulebook string      `json:"rulebook"`
	Scheme   string      `json:"scheme,omitempty" doc:"Empty for the first"`
	Document string      `json:"document" minLength:"1" maxLength:"100" doc:"Number of the order or contract"`
	On       string      `json:"on,omitempty" doc:"The day of the deal, from which what is judged counts; empty for today"`
	Values   []ValueView `json:"values,omitempty" maxItems:"200"`
	Reason   string      `json:"reason" minLength:"1" maxLength:"4000"`
}

// DealView is the rating of one deal.
type DealView struct {
	ID       string    `json:"id"`
	Rulebook string    `json:"rulebook"`
	Scheme   string    `json:"scheme"`
	Document string    `json:"document"`
	On       string    `json:"on" format:"date"`
	Code     string    `json:"code" doc:"The provisional grade that followed"`
	Reason   string    `json:"reason"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// YoungView is how a new customer stands by a rulebook.
type YoungView struct {
	Rulebook string     `json:"rulebook"`
	Scheme   string     `json:"scheme"`
	Form     string     `json:"form" doc:"The form the rulebook names for deals"`
	Clause   string     `json:"clause"`
	Until    string     `json:"until" format:"date" doc:"The last day on which the grade is provisional"`
	Code     string     `json:"code" doc:"What follows today"`
	Deals    []DealView `json:"deals" nullable:"false" doc:"Newest first"`
}

func registerDeals(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "list-customer-deal-ratings", Method: http.MethodGet, Path: "/customers/{id}/deal-ratings",
		Summary: "How a new customer stands, with its rated deals; empty for one that is new no more", Tag: tag, Permission: authz.GradingRead,
	}, s.httpYoung)
	httpapi.Register(api, httpapi.Op{
		ID: "rate-customer-deal", Method: http.MethodPost, Path: "/customers/{id}/deal-ratings", Summary: "Rate a deal of a new customer; its provisional grade follows at once",
		Tag: tag, Permission: authz.GradingJudge, Status: http.StatusCreated,
	}, s.httpRateDeal)
}

func dealView(d *DealRating) DealView {
	return DealView{ID: id.String(d.ID), Rulebook: d.Rulebook, Scheme: d.Scheme, Document: d.Document, On: d.On.String(), Code: d.Code, Reason: d.Reason, By: d.ByName, At: d.RatedAt}
}

func (s *Service) httpYoung(ctx context.Context, in *historyIn) (*httpapi.Body[httpapi.List[YoungView]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.Young(ctx, customerID)
	if err != nil {
		return nil, err
	}
	views := make([]YoungView, len(list))
	for i := range list {
		y := &list[i]
		views[i] = YoungView{Rulebook: y.Rulebook, Scheme: y.Scheme, Form: y.Form, Clause: y.Clause, Until: y.Until.String(), Code: y.Code, Deals: make([]DealView, len(y.Deals))}
		for j := range y.Deals {
			views[i].Deals[j] = dealView(&y.Deals[j])
		}
	}
	return httpapi.OkList(views, ""), nil
}

func (s *Service) httpRateDeal(ctx context.Context, in *dealIn) (*httpapi.Body[DealView], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	on, err := day("on", in.Body.On)
	if err != nil {
		return nil, err
	}
	d, err := s.RateDeal(ctx, customerID, DealInput{
		Rulebook: in.Body.Rulebook, Scheme: in.Body.Scheme, Document: in.Body.Document, On: on, Values: valuesOf(in.Body.Values), Reason: in.Body.Reason,
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(dealView(&d)), nil
}
