package ownership

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/codes"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// AreaView says who answers for the customers of an area.
type AreaView struct {
	ID         string   `json:"id"`
	Region     string   `json:"region" doc:"Division code of 2, 4 or 6 digits"`
	RegionName TextView `json:"region_name"`
	Street     string   `json:"street" doc:"As addresses write it; empty = the whole region"`
	UserID     string   `json:"user_id" doc:"Empty = a unit"`
	UserName   string   `json:"user_name"`
	UnitID     string   `json:"unit_id" doc:"Empty = a person"`
	UnitName   TextView `json:"unit_name"`
	From       string   `json:"from"`
	Until      string   `json:"until" doc:"The last day; empty = until further notice"`
	Customers  int64    `json:"customers" doc:"Those you may see in the area, whoever has them"`
	Owned      int64    `json:"owned" doc:"Of these, looked after by the contractor"`
	Overlaps   int      `json:"overlaps" doc:"Other contracts on exactly the same area at the same time"`
	Version    int64    `json:"version"`
}

// AreaWrite contracts an area.
type AreaWrite struct {
	Region string `json:"region" maxLength:"12"`
	Street string `json:"street,omitempty" maxLength:"100"`
	UserID string `json:"user_id,omitempty"`
	UnitID string `json:"unit_id,omitempty"`
	From   string `json:"from,omitempty" doc:"Today when empty"`
	Until  string `json:"until,omitempty" doc:"Until further notice when empty"`
}

type areaIn struct{ Body AreaWrite }

type endAreaIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
	Until   string `query:"until" doc:"The last day; at once when empty"`
}

func registerAreas(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{ID: "list-areas", Method: http.MethodGet, Path: "/ownership/areas", Summary: "Contracted areas with coverage and overlaps", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[AreaView]], error) {
			list, err := s.Areas(ctx)
			views := make([]AreaView, len(list))
			for i := range list {
				views[i] = areaView(&list[i])
			}
			return httpapi.OkList(views, ""), err
		})
	httpapi.Register(api, httpapi.Op{ID: "contract-area", Method: http.MethodPost, Path: "/ownership/areas", Summary: "Contract an area to a person or a unit", Tag: tag, Permission: authz.CustomerAssign, Status: http.StatusCreated}, s.httpContract)
	httpapi.Register(api, httpapi.Op{ID: "end-area", Method: http.MethodDelete, Path: "/ownership/areas/{id}", Summary: "End the contract on an area", Tag: tag, Permission: authz.CustomerAssign, Status: http.StatusNoContent},
		func(ctx context.Context, in *endAreaIn) (*httpapi.Empty, error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			version, err := httpapi.Match(in.IfMatch)
			if err != nil {
				return nil, err
			}
			var v errs.Validation
			until := dayOf(&v, "until", in.Until)
			if err := v.Err(); err != nil {
				return nil, err
			}
			return nil, s.EndArea(ctx, n, version, until)
		})
}

func (s *Service) httpContract(ctx context.Context, in *areaIn) (*httpapi.Body[AreaView], error) {
	var v errs.Validation
	b := in.Body
	out := AreaInput{Region: b.Region, Street: b.Street, UserID: idOf(&v, "user_id", b.UserID), UnitID: idOf(&v, "unit_id", b.UnitID), From: dayOf(&v, "from", b.From), Until: dayOf(&v, "until", b.Until)}
	if err := v.Err(); err != nil {
		return nil, err
	}
	a, err := s.Contract(ctx, out)
	return httpapi.Ok(areaView(&a)), err
}

// idOf reads an optional id.
func idOf(v *errs.Validation, path, text string) int64 {
	if text == "" {
		return 0
	}
	n, err := id.Parse(text)
	v.Check(err == nil, path, "field.malformed", "value", text)
	return n
}

// dayOf reads an optional day.
func dayOf(v *errs.Validation, path, text string) calendar.Date {
	if text == "" {
		return calendar.None
	}
	d, err := calendar.Parse(text)
	v.Check(err == nil, path, "field.not_a_date", "value", text)
	return d
}

func areaView(a *Area) AreaView {
	return AreaView{
		ID: id.String(a.ID), Region: a.Region, RegionName: TextView{codes.DivisionLabel(a.Region), codes.DivisionEnglish(a.Region)}, Street: a.Street,
		UserID: id.Optional(a.UserID), UserName: a.UserName, UnitID: id.Optional(a.UnitID), UnitName: TextView{a.UnitName[0], a.UnitName[1]},
		From: a.From.String(), Until: dayText(a.Until), Customers: a.Customers, Owned: a.Owned, Overlaps: a.Overlaps, Version: a.Version,
	}
}
