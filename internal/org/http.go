package org

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// UnitView is a unit in the API.
type UnitView struct {
	ID          string `json:"id"`
	ParentID    string `json:"parent_id" doc:"Empty at the top"`
	Code        string `json:"code"`
	Kind        string `json:"kind" enum:"head_office,branch,department,team"`
	NameZh      string `json:"name_zh"`
	NameEn      string `json:"name_en"`
	ManagerID   string `json:"manager_id" doc:"Who leads it; empty = nobody"`
	ManagerName string `json:"manager_name"`
	From        string `json:"from" doc:"First day; empty = before anything was written down"`
	Until       string `json:"until" doc:"Last day; empty = until further notice"`
	MergedInto  string `json:"merged_into" doc:"The unit that goes on for it; empty = none"`
	People      int    `json:"people" doc:"Active people in it today, those below not counted"`
	Version     int64  `json:"version"`
}

// TermView is what a unit was during some days.
type TermView struct {
	ParentID    string `json:"parent_id" doc:"Empty = at the top"`
	Kind        string `json:"kind" enum:"head_office,branch,department,team"`
	NameZh      string `json:"name_zh"`
	NameEn      string `json:"name_en"`
	ManagerID   string `json:"manager_id"`
	ManagerName string `json:"manager_name"`
	From        string `json:"from" doc:"Empty = before anything was written down"`
	Until       string `json:"until" doc:"Last day; empty = until further notice"`
	By          string `json:"by" doc:"Who entered it; empty = the program"`
	At          string `json:"at" doc:"When it was entered, RFC 3339"`
	Planned     bool   `json:"planned" doc:"It begins after today"`
}

// HeldView counts what lies in a unit.
type HeldView struct {
	Kind  string `json:"kind" enum:"people,posts,customers,areas"`
	Count int    `json:"count"`
}

// DetailView is a unit with its history.
type DetailView struct {
	Unit    UnitView   `json:"unit"`
	Terms   []TermView `json:"terms" nullable:"false" doc:"Oldest first"`
	Held    []HeldView `json:"held" nullable:"false" doc:"What lies in it, those below not counted"`
	Planned bool       `json:"planned" doc:"A change or its end lies ahead and may be taken back"`
}

// CreateBody adds a unit.
type CreateBody struct {
	ParentID  string  `json:"parent_id,omitempty" doc:"Empty = at the top"`
	Code      string  `json:"code" maxLength:"40"`
	Kind      *string `json:"kind,omitempty" enum:"head_office,branch,department,team" doc:"Missing = department"`
	NameZh    string  `json:"name_zh" maxLength:"60"`
	NameEn    *string `json:"name_en,omitempty" maxLength:"60" doc:"Missing = the Chinese name"`
	ManagerID string  `json:"manager_id,omitempty"`
	From      string  `json:"from,omitempty" doc:"First day; empty = today"`
}

// ChangeBody changes a unit from a day on; a missing member stays as it is.
type ChangeBody struct {
	ParentID  *string `json:"parent_id,omitempty" doc:"Empty = at the top"`
	Code      *string `json:"code,omitempty" maxLength:"40" doc:"Holds at once, whatever the day"`
	Kind      *string `json:"kind,omitempty" enum:"head_office,branch,department,team"`
	NameZh    *string `json:"name_zh,omitempty" maxLength:"60"`
	NameEn    *string `json:"name_en,omitempty" maxLength:"60"`
	ManagerID *string `json:"manager_id,omitempty" doc:"Empty = nobody"`
	From      string  `json:"from,omitempty" doc:"The day from which it holds; empty = today"`
}

// EndBody closes a unit.
type EndBody struct {
	From string `json:"from,omitempty" doc:"The first day on which it no longer exists; empty = today"`
}

// MergeBody merges a unit into another.
type MergeBody struct {
	Into string `json:"into" doc:"The unit that goes on for it"`
	From string `json:"from,omitempty" doc:"The first day on which it no longer exists; empty = today"`
}

type (
	listIn struct {
		On   string `query:"on" doc:"The tree of a day, YYYY-MM-DD; empty = today"`
		Over bool   `query:"over" doc:"Also the units that are over by then"`
	}
	oneIn struct {
		ID string `path:"id"`
	}
	createIn struct{ Body CreateBody }
	changeIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    ChangeBody
	}
	endIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    EndBody
	}
	mergeIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    MergeBody
	}
	recallIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
	}
)

// Register adds the operations of units.
func Register(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Units", Permission: p}
	}
	httpapi.Register(api, op("list-units", http.MethodGet, "/units", "The organisation's units, today or on a day", authz.Self), s.httpList)
	httpapi.Register(api, op("get-unit", http.MethodGet, "/units/{id}", "A unit with its history", authz.UserManage), s.httpGet)
	create := op("create-unit", http.MethodPost, "/units", "Add a unit", authz.UserManage)
	create.Status = http.StatusCreated
	httpapi.Register(api, create, s.httpCreate)
	httpapi.Register(api, op("change-unit", http.MethodPatch, "/units/{id}", "Rename or move a unit, give it another kind or head", authz.UserManage), s.httpChange)
	httpapi.Register(api, op("close-unit", http.MethodPost, "/units/{id}/close", "Close a unit in which there is nothing any more", authz.UserManage),
		func(ctx context.Context, in *endIn) (*httpapi.Tagged[UnitView], error) {
			return ending(in.ID, in.IfMatch, in.Body.From, func(unit, version int64, from calendar.Date) (Unit, error) {
				return s.Close(ctx, unit, version, from)
			})
		})
	httpapi.Register(api, op("merge-unit", http.MethodPost, "/units/{id}/merge", "Merge a unit into another with everything in it", authz.UserManage),
		func(ctx context.Context, in *mergeIn) (*httpapi.Tagged[UnitView], error) {
			into, err := id.Parse(in.Body.Into)
			if err != nil {
				return nil, errs.New(errs.Invalid, "org.unknown_unit")
			}
			return ending(in.ID, in.IfMatch, in.Body.From, func(unit, version int64, from calendar.Date) (Unit, error) {
				return s.Merge(ctx, unit, version, into, from)
			})
		})
	httpapi.Register(api, op("recall-unit", http.MethodDelete, "/units/{id}/plan", "Take back what is planned for a unit", authz.UserManage),
		func(ctx context.Context, in *recallIn) (*httpapi.Tagged[UnitView], error) {
			return ending(in.ID, in.IfMatch, "", func(unit, version int64, _ calendar.Date) (Unit, error) { return s.Recall(ctx, unit, version) })
		})
}

func (s *Service) httpList(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[UnitView]], error) {
	var v errs.Validation
	on := httpapi.Day(&v, "on", in.On)
	if err := v.Err(); err != nil {
		return nil, err
	}
	list, err := s.Units(ctx, on, in.Over)
	out := make([]UnitView, len(list))
	for i := range list {
		out[i] = list[i].view()
	}
	return httpapi.OkList(out, ""), err
}

func (s *Service) httpGet(ctx context.Context, in *oneIn) (*httpapi.Tagged[DetailView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	d, err := s.Get(ctx, n)
	if err != nil {
		return nil, err
	}
	today := s.Today()
	v := DetailView{Unit: d.view(), Terms: make([]TermView, len(d.Terms)), Held: make([]HeldView, len(d.Held)), Planned: d.Until != calendar.None && d.Until >= today}
	for i, t := range d.Terms {
		v.Terms[i] = TermView{
			ParentID: id.Optional(t.ParentID), Kind: t.Kind, NameZh: t.NameZh, NameEn: t.NameEn, ManagerID: id.Optional(t.ManagerID), ManagerName: d.Names[t.ManagerID],
			From: t.From.String(), Until: t.Until.String(), By: d.Names[t.ChangedBy], At: clock.FromMicros(t.ChangedAt).UTC().Format(time.RFC3339), Planned: t.From > today,
		}
		v.Planned = v.Planned || i > 0 && t.From > today
	}
	for i, h := range d.Held {
		v.Held[i] = HeldView(h)
	}
	return &httpapi.Tagged[DetailView]{ETag: httpapi.Tag(d.Version), Body: v}, nil
}

func (s *Service) httpCreate(ctx context.Context, in *createIn) (*httpapi.Tagged[UnitView], error) {
	b := in.Body
	return answer(ChangeBody{ParentID: &b.ParentID, Code: &b.Code, Kind: b.Kind, NameZh: &b.NameZh, NameEn: b.NameEn, ManagerID: &b.ManagerID, From: b.From},
		func(input Input) (Unit, error) { return s.Create(ctx, input) })
}

func (s *Service) httpChange(ctx context.Context, in *changeIn) (*httpapi.Tagged[UnitView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	version, err := httpapi.Match(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return answer(in.Body, func(input Input) (Unit, error) { return s.Change(ctx, n, version, input) })
}

func answer(b ChangeBody, do func(Input) (Unit, error)) (*httpapi.Tagged[UnitView], error) {
	var v errs.Validation
	in := Input{Code: b.Code, Kind: b.Kind, NameZh: b.NameZh, NameEn: b.NameEn}
	in.ParentID, in.ManagerID = number(&v, "parent_id", b.ParentID), number(&v, "manager_id", b.ManagerID)
	if on := httpapi.Day(&v, "from", b.From); on != calendar.None {
		in.From = &on
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	u, err := do(in)
	return &httpapi.Tagged[UnitView]{ETag: httpapi.Tag(u.Version), Body: u.view()}, err
}

func ending(unitID, match, from string, do func(unit, version int64, from calendar.Date) (Unit, error)) (*httpapi.Tagged[UnitView], error) {
	n, err := id.Parse(unitID)
	if err != nil {
		return nil, err
	}
	version, err := httpapi.Match(match)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	on := httpapi.Day(&v, "from", from)
	if err := v.Err(); err != nil {
		return nil, err
	}
	u, err := do(n, version, on)
	return &httpapi.Tagged[UnitView]{ETag: httpapi.Tag(u.Version), Body: u.view()}, err
}

// ViewOf gives one unit as the API shows it, for what stands upon units; nil = there is none.
func (s *Service) ViewOf(ctx context.Context, unitID int64) (*UnitView, error) {
	u, err := getUnit(ctx, s.db.Read(), unitID)
	if db.IsNoRows(err) {
		return nil, nil
	}
	v := u.view()
	return &v, err
}

func (u Unit) view() UnitView {
	return UnitView{
		ID: id.String(u.ID), ParentID: id.Optional(u.ParentID), Code: u.Code, Kind: u.Kind, NameZh: u.NameZh, NameEn: u.NameEn, ManagerID: id.Optional(u.ManagerID),
		ManagerName: u.ManagerName, From: u.From.String(), Until: u.Until.String(), MergedInto: id.Optional(u.MergedInto), People: u.People, Version: u.Version,
	}
}

// number reads an id that may be missing or empty.
func number(v *errs.Validation, path string, text *string) *int64 {
	if text == nil {
		return nil
	}
	var n int64
	if *text != "" {
		var err error
		n, err = id.Parse(*text)
		v.Check(err == nil, path, "field.not_allowed", "value", *text)
	}
	return &n
}
