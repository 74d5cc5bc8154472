package customer

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// SpecialDayWrite is the body that keeps a special day.
type SpecialDayWrite struct {
	ContactID string `json:"contact_id,omitempty" maxLength:"20" doc:"Whose day it is; empty = the customer's own"`
	Kind      string `json:"kind" enum:"birthday,day" doc:"day: one with a name"`
	Name      string `json:"name,omitempty" maxLength:"1000" doc:"Of a day that is no birthday"`
	Lunar     bool   `json:"lunar,omitempty" doc:"Month and day are those of the lunar calendar"`
	Year      int    `json:"year,omitempty" doc:"In which it happened first, by the same calendar; 0 = not known"`
	Month     int    `json:"month" doc:"1 to 12"`
	Day       int    `json:"day" doc:"1 to 31; 1 to 30 by the lunar calendar"`
	Note      string `json:"note,omitempty" maxLength:"20000"`
}

// SpecialDayView is a special day in the API.
type SpecialDayView struct {
	ID        string    `json:"id"`
	ContactID string    `json:"contact_id" doc:"Whose day it is; empty = the customer's own"`
	Contact   string    `json:"contact" doc:"Name of that contact"`
	Kind      string    `json:"kind" enum:"birthday,day"`
	Name      string    `json:"name"`
	Lunar     bool      `json:"lunar"`
	Year      int       `json:"year" doc:"0 = not known"`
	Month     int       `json:"month"`
	Day       int       `json:"day"`
	Note      string    `json:"note"`
	Next      string    `json:"next" doc:"The day on which it is kept next, by the solar calendar"`
	Version   int64     `json:"version"`
	UpdatedAt time.Time `json:"updated_at"`
}

type dayCreateIn struct {
	ID   string `path:"id"`
	Body SpecialDayWrite
}

type dayPutIn struct {
	ID      string `path:"id"`
	DayID   string `path:"day"`
	IfMatch string `header:"If-Match"`
	Body    SpecialDayWrite
}

type dayRemoveIn struct {
	ID      string `path:"id"`
	DayID   string `path:"day"`
	IfMatch string `header:"If-Match"`
}

func registerDays(api *httpapi.API, s *Service) {
	const path = "/customers/{id}/special-days"
	op := func(opID, method, path, summary string, p authz.Permission, status int) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p, Status: status}
	}
	httpapi.Register(api, op("list-special-days", http.MethodGet, path, "Birthdays and other days of a customer and its contacts that come back every year", authz.CustomerRead, 0),
		func(ctx context.Context, in *idIn) (*httpapi.Body[httpapi.List[SpecialDayView]], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			list, err := s.SpecialDays(ctx, n)
			return httpapi.OkList(mapped(list, s.dayView), ""), err
		})
	httpapi.Register(api, op("create-special-day", http.MethodPost, path, "Keep a special day", authz.CustomerWrite, http.StatusCreated),
		func(ctx context.Context, in *dayCreateIn) (*httpapi.Tagged[SpecialDayView], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			input, err := in.Body.input()
			if err != nil {
				return nil, err
			}
			d, err := s.AddSpecialDay(ctx, n, input)
			return s.taggedDay(d, err)
		})
	httpapi.Register(api, op("replace-special-day", http.MethodPut, path+"/{day}", "Replace a special day", authz.CustomerWrite, 0),
		func(ctx context.Context, in *dayPutIn) (*httpapi.Tagged[SpecialDayView], error) {
			customerID, dayID, version, err := targets(in.ID, in.DayID, in.IfMatch)
			if err != nil {
				return nil, err
			}
			input, err := in.Body.input()
			if err != nil {
				return nil, err
			}
			d, err := s.SetSpecialDay(ctx, customerID, dayID, version, input)
			return s.taggedDay(d, err)
		})
	httpapi.Register(api, op("remove-special-day", http.MethodDelete, path+"/{day}", "Forget a special day", authz.CustomerWrite, http.StatusNoContent),
		func(ctx context.Context, in *dayRemoveIn) (*struct{}, error) {
			customerID, dayID, version, err := targets(in.ID, in.DayID, in.IfMatch)
			if err != nil {
				return nil, err
			}
			return nil, s.RemoveSpecialDay(ctx, customerID, dayID, version)
		})
}

func (w SpecialDayWrite) input() (SpecialDayInput, error) {
	in := SpecialDayInput{Kind: w.Kind, Name: w.Name, On: calendar.Yearly{Lunar: w.Lunar, Month: w.Month, Day: w.Day}, Year: w.Year, Note: w.Note}
	if w.ContactID == "" {
		return in, nil
	}
	var err error
	in.ContactID, err = id.Parse(w.ContactID)
	return in, err
}

func (s *Service) dayView(d SpecialDay) SpecialDayView {
	v := dayShown(d)
	if next, ok := d.On.Next(calendar.FromTime(s.now(), s.loc)); ok {
		v.Next = next.String()
	}
	return v
}

func dayShown(d SpecialDay) SpecialDayView {
	return SpecialDayView{
		ID: id.String(d.ID), ContactID: id.Optional(d.ContactID), Contact: d.Contact, Kind: d.Kind, Name: d.Name, Lunar: d.On.Lunar, Year: d.Year,
		Month: d.On.Month, Day: d.On.Day, Note: d.Note, Version: d.Version, UpdatedAt: d.UpdatedAt,
	}
}

func (s *Service) taggedDay(d SpecialDay, err error) (*httpapi.Tagged[SpecialDayView], error) {
	if err != nil {
		return nil, shown(err)
	}
	return &httpapi.Tagged[SpecialDayView]{ETag: httpapi.Tag(d.Version), Body: s.dayView(d)}, nil
}
