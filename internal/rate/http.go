package rate

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
)

// Row is an exchange rate in the API.
type Row struct {
	Home     string    `json:"home" doc:"The currency it converts into"`
	Currency string    `json:"currency"`
	From     string    `json:"from" format:"date" doc:"The first day it applies, until the next one of the currency"`
	Rate     string    `json:"rate" doc:"Units of home for one unit of the currency, a plain decimal"`
	SetBy    string    `json:"set_by" doc:"Name of who set it; empty for the system"`
	SetAt    time.Time `json:"set_at"`
}

// Write is a rate to be set.
type Write struct {
	Home     string `json:"home,omitempty" maxLength:"3" doc:"CNY when empty"`
	Currency string `json:"currency" maxLength:"3"`
	From     string `json:"from" doc:"YYYY-MM-DD"`
	Rate     string `json:"rate" maxLength:"40" doc:"Units of home for one unit of the currency; empty takes the rate back"`
}

// OutcomeView counts what a request did.
type OutcomeView struct {
	Set       int64 `json:"set"`
	Unchanged int64 `json:"unchanged"`
}

type listIn struct {
	httpapi.Page
	Home     string `query:"home" maxLength:"3"`
	Currency string `query:"currency" maxLength:"3"`
}

type setIn struct {
	Body struct {
		Items []Write `json:"items" minItems:"1" maxItems:"2000"`
	}
}

// HomeDefault is the currency rates convert into where none is named.
const HomeDefault = "CNY"

// Register adds the operations of exchange rates.
func Register(api *httpapi.API, s *Service) {
	const tag = "Exchange rates"
	httpapi.Register(api, httpapi.Op{
		ID: "list-rates", Method: http.MethodGet, Path: "/rates", Summary: "Exchange rates of the company, by currency, newest day first", Tag: tag, Permission: authz.RulebookRead,
	}, s.httpList)
	httpapi.Register(api, httpapi.Op{
		ID: "set-rates", Method: http.MethodPost, Path: "/rates", Summary: "Set exchange rates, all or none; an empty rate takes one back", Tag: tag, Permission: authz.RateManage,
	}, s.httpSet)
}

func (s *Service) httpList(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[Row]], error) {
	rates, next, err := s.List(ctx, Filter{Home: in.Home, Currency: in.Currency}, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(rates))
	for i, r := range rates {
		rows[i] = Row{Home: r.Home, Currency: r.Currency, From: r.From.String(), Rate: r.Rate, SetBy: r.SetName, SetAt: r.SetAt}
	}
	return httpapi.OkList(rows, next), nil
}

func (s *Service) httpSet(ctx context.Context, in *setIn) (*httpapi.Body[OutcomeView], error) {
	list := make([]Input, len(in.Body.Items))
	var v errs.Validation
	for i, x := range in.Body.Items {
		on, err := calendar.Parse(x.From)
		v.Check(err == nil, fieldAt(i, "from"), "field.not_a_date", "value", x.From)
		list[i] = Input{Home: x.Home, Currency: x.Currency, From: on, Rate: x.Rate}
		if x.Home == "" {
			list[i].Home = HomeDefault
		}
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	out, err := s.Set(ctx, list)
	return httpapi.Ok(OutcomeView(out)), err
}
