package ownership

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
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

// ContractView says who has contracted an area, and for how long.
type ContractView struct {
	ID       string   `json:"id"`
	UserID   string   `json:"user_id" doc:"Empty = a unit"`
	UserName string   `json:"user_name"`
	UnitID   string   `json:"unit_id" doc:"Empty = a person"`
	UnitName TextView `json:"unit_name"`
	From     string   `json:"from"`
	Until    string   `json:"until" doc:"The last day; empty = until further notice"`
	Version  int64    `json:"version"`
}

// TileView is a region, or a street in one, on the map of contracted areas.
type TileView struct {
	Code      string         `json:"code" doc:"Division code; of a street that of its region; empty = the country"`
	Street    string         `json:"street" doc:"Empty = a whole region"`
	Name      TextView       `json:"name"`
	State     string         `json:"state" enum:"overlap,contracted,inherited,partly,open" doc:"Several contracts at a time; one of its own; one of an area around it; only areas within it; nobody"`
	Customers int64          `json:"customers" doc:"Those you may see"`
	Owned     int64          `json:"owned" doc:"Of these, looked after by whoever answers for the area"`
	Open      int64          `json:"open" doc:"Of these, where nobody has contracted"`
	Below     int            `json:"below" doc:"Contracts on areas within it"`
	Deeper    bool           `json:"deeper" doc:"It has parts"`
	Contracts []ContractView `json:"contracts" nullable:"false" doc:"Its own that are not over"`
	Above     []ContractView `json:"above" nullable:"false" doc:"Those of the nearest area around it that hold here, where it has none itself"`
}

// AreaMapView is a region with its parts.
type AreaMapView struct {
	Path  []PlaceView `json:"path" nullable:"false" doc:"The province first; empty = the country"`
	Self  TileView    `json:"self"`
	Tiles []TileView  `json:"tiles" nullable:"false" doc:"Its parts, then the streets contracted in it"`
	Loose int64       `json:"loose" doc:"Customers of whom is not known in which part they are"`
}

// PlaceView is a region by code and name.
type PlaceView struct {
	Code string   `json:"code"`
	Name TextView `json:"name"`
}

// AreaChange gives a contracted area to somebody else.
type AreaChange struct {
	UserID string `json:"user_id,omitempty"`
	UnitID string `json:"unit_id,omitempty"`
	From   string `json:"from,omitempty" doc:"Today when empty; the present contract ends the day before"`
	Until  string `json:"until,omitempty" doc:"Until further notice when empty"`
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

type mapIn struct {
	Region string `query:"region" maxLength:"6" doc:"Division code; empty = the country"`
}

type changeAreaIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
	Body    AreaChange
}

type endAreaIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
	Until   string `query:"until" doc:"The last day; at once when empty"`
}

func registerAreas(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{ID: "list-areas", Method: http.MethodGet, Path: "/ownership/areas", Summary: "Contracted areas with coverage and overlaps", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *httpapi.Page) (*httpapi.Body[httpapi.List[AreaView]], error) {
			list, next, err := s.Areas(ctx, in.Cursor, in.Limit)
			views := make([]AreaView, len(list))
			for i := range list {
				views[i] = areaView(&list[i])
			}
			return httpapi.OkList(views, next), err
		})
	httpapi.Register(api, httpapi.Op{ID: "get-area-map", Method: http.MethodGet, Path: "/ownership/areas/map", Summary: "A region with its parts: who has contracted them, gaps and overlaps", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *mapIn) (*httpapi.Body[AreaMapView], error) {
			m, err := s.AreaMap(ctx, in.Region)
			return httpapi.Ok(mapView(&m)), err
		})
	httpapi.Register(api, httpapi.Op{ID: "change-area", Method: http.MethodPut, Path: "/ownership/areas/{id}", Summary: "Give a contracted area to somebody else from a day on", Tag: tag, Permission: authz.CustomerAssign}, s.httpChangeArea)
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
			until := httpapi.Day(&v, "until", in.Until)
			if err := v.Err(); err != nil {
				return nil, err
			}
			return nil, s.EndArea(ctx, n, version, until)
		})
}

func (s *Service) httpContract(ctx context.Context, in *areaIn) (*httpapi.Body[AreaView], error) {
	var v errs.Validation
	b := in.Body
	out := AreaInput{Region: b.Region, Street: b.Street, UserID: idOf(&v, "user_id", b.UserID), UnitID: idOf(&v, "unit_id", b.UnitID), From: httpapi.Day(&v, "from", b.From), Until: httpapi.Day(&v, "until", b.Until)}
	if err := v.Err(); err != nil {
		return nil, err
	}
	a, err := s.Contract(ctx, out)
	return httpapi.Ok(areaView(&a)), err
}

func (s *Service) httpChangeArea(ctx context.Context, in *changeAreaIn) (*httpapi.Body[AreaView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	version, err := httpapi.Match(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	b := in.Body
	out := AreaInput{UserID: idOf(&v, "user_id", b.UserID), UnitID: idOf(&v, "unit_id", b.UnitID), From: httpapi.Day(&v, "from", b.From), Until: httpapi.Day(&v, "until", b.Until)}
	if err := v.Err(); err != nil {
		return nil, err
	}
	a, err := s.ChangeArea(ctx, n, version, out)
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

func areaView(a *Area) AreaView {
	return AreaView{
		ID: id.String(a.ID), Region: a.Region, RegionName: TextView{codes.DivisionLabel(a.Region), codes.DivisionEnglish(a.Region)}, Street: a.Street,
		UserID: id.Optional(a.UserID), UserName: a.UserName, UnitID: id.Optional(a.UnitID), UnitName: TextView{a.UnitName[0], a.UnitName[1]},
		From: a.From.String(), Until: dayText(a.Until), Customers: a.Customers, Owned: a.Owned, Overlaps: a.Overlaps, Version: a.Version,
	}
}

func mapView(m *AreaMap) AreaMapView {
	v := AreaMapView{Path: make([]PlaceView, len(m.Path)), Self: tileView(&m.Self), Tiles: make([]TileView, len(m.Tiles)), Loose: m.Loose}
	for i, d := range m.Path {
		v.Path[i] = PlaceView{d.Code, TextView{d.Name, d.English}}
	}
	for i := range m.Tiles {
		v.Tiles[i] = tileView(&m.Tiles[i])
	}
	return v
}

func tileView(t *Tile) TileView {
	return TileView{
		Code: t.Code, Street: t.Street, Name: TextView{t.Name[0], t.Name[1]}, State: t.State, Customers: t.Customers, Owned: t.Owned, Open: t.Open,
		Below: t.Below, Deeper: t.Deeper, Contracts: contractViews(t.Contracts), Above: contractViews(t.Above),
	}
}

func contractViews(list []Area) []ContractView {
	out := make([]ContractView, len(list))
	for i := range list {
		a := &list[i]
		out[i] = ContractView{id.String(a.ID), id.Optional(a.UserID), a.UserName, id.Optional(a.UnitID), TextView{a.UnitName[0], a.UnitName[1]}, a.From.String(), dayText(a.Until), a.Version}
	}
	return out
}
