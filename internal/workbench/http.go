package workbench

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/duty"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// MovementView is a change of grade of one of the person's customers.
type MovementView struct {
	CustomerID string `json:"customer_id"`
	Code       string `json:"code" doc:"Of the customer"`
	Name       string `json:"name" doc:"Of the customer"`
	Rulebook   string `json:"rulebook"`
	Scheme     string `json:"scheme"`
	From       string `json:"from"`
	To         string `json:"to"`
	Direction  string `json:"direction" enum:"up,down"`
	AsOf       string `json:"as_of"`
	RunID      string `json:"run_id"`
}

// BirthdayView is the birthday of a contact in the seven days from today on.
type BirthdayView struct {
	CustomerID   string `json:"customer_id"`
	CustomerName string `json:"customer_name"`
	ContactID    string `json:"contact_id"`
	Name         string `json:"name"`
	Title        string `json:"title"`
	Phone        string `json:"phone"`
	On           string `json:"on" doc:"The day it is kept this year"`
}

// ImportView is an import that waits for its person.
type ImportView struct {
	ID        string `json:"id"`
	Target    string `json:"target"`
	FileName  string `json:"file_name"`
	State     string `json:"state"`
	ErrorCode string `json:"error_code"`
	At        string `json:"at" doc:"RFC 3339"`
}

// JobView is a job of the person that runs, waits or failed lately.
type JobView struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"`
	State     string `json:"state"`
	Done      int64  `json:"done"`
	Total     int64  `json:"total" doc:"0 when not known"`
	ErrorCode string `json:"error_code"`
	At        string `json:"at" doc:"RFC 3339"`
}

// GradeView is how many of the person's customers have a grade.
type GradeView struct {
	Scheme    string `json:"scheme"`
	Code      string `json:"code" doc:"Empty = no grade"`
	Customers int64  `json:"customers"`
}

// GapsView counts customers that need a decision.
type GapsView struct {
	WithoutOwner   int64 `json:"without_owner"`
	WithoutVerdict int64 `json:"without_verdict"`
}

// View is the workbench.
type View struct {
	Today     string          `json:"today"`
	Counts    duty.CountsView `json:"counts" doc:"Of the person's own duties"`
	DueToday  []duty.View     `json:"due_today" nullable:"false" doc:"At most 20"`
	DueWeek   []duty.View     `json:"due_week" nullable:"false" doc:"From tomorrow, or the day after next_day, to Sunday; at most 20"`
	NextDay   string          `json:"next_day" doc:"The next working day when today is a day off, else empty"`
	DueNext   []duty.View     `json:"due_next" nullable:"false" doc:"Due up to next_day, at most 20; empty when today is a working day"`
	Overdue   []duty.View     `json:"overdue" nullable:"false" doc:"Oldest first, at most 20"`
	Movements []MovementView  `json:"movements" nullable:"false" doc:"Of the last 90 days, newest first"`
	Birthdays []BirthdayView  `json:"birthdays" nullable:"false"`
	Imports   []ImportView    `json:"imports" nullable:"false"`
	Jobs      []JobView       `json:"jobs" nullable:"false"`
	Grades    []GradeView     `json:"grades" nullable:"false" doc:"Customers of the person per grade"`
	Gaps      *GapsView       `json:"gaps" doc:"Only for those who look after more than their own customers"`
}

// Register adds the operation of the workbench.
func Register(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "get-workbench", Method: http.MethodGet, Path: "/workbench", Summary: "Read the acting person's workbench", Tag: "Workbench", Permission: authz.Self,
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Body[View], error) {
		w, err := s.Get(ctx)
		if err != nil {
			return nil, err
		}
		return httpapi.Ok(s.view(ctx, w)), nil
	})
}

func (s *Service) view(ctx context.Context, w Workbench) View {
	v := View{
		Today: w.Today.String(), Counts: w.Counts.View(), DueToday: s.duties.Views(ctx, w.DueToday), DueWeek: s.duties.Views(ctx, w.DueWeek),
		NextDay: w.NextDay.String(), DueNext: s.duties.Views(ctx, w.DueNext), Overdue: s.duties.Views(ctx, w.Overdue), Movements: []MovementView{}, Birthdays: []BirthdayView{}, Imports: []ImportView{},
		Jobs: []JobView{}, Grades: []GradeView{},
	}
	for _, m := range w.Movements {
		direction := "up"
		if m.Direction < 0 {
			direction = "down"
		}
		v.Movements = append(v.Movements, MovementView{
			id.String(m.CustomerID), m.Code, m.Name, m.Rulebook, m.Scheme, m.FromCode, m.ToCode, direction, m.AsOf.String(), id.String(m.RunID),
		})
	}
	for _, b := range w.Birthdays {
		v.Birthdays = append(v.Birthdays, BirthdayView{id.String(b.CustomerID), b.Customer, id.String(b.ContactID), b.Name, b.Title, b.Phone, b.On.String()})
	}
	for _, m := range w.Imports {
		v.Imports = append(v.Imports, ImportView{id.String(m.ID), m.Target, m.FileName, m.State, m.ErrorCode, clock.FromMicros(m.At).Format(time.RFC3339)})
	}
	for _, j := range w.Jobs {
		v.Jobs = append(v.Jobs, JobView{id.String(j.ID), j.Kind, string(j.State), j.Done, j.Total, j.ErrorCode, j.CreatedAt.Format(time.RFC3339)})
	}
	for _, g := range w.Grades {
		v.Grades = append(v.Grades, GradeView{g.Scheme, g.Code, g.Customers})
	}
	if w.Gaps != nil {
		v.Gaps = &GapsView{w.Gaps.WithoutOwner, w.Gaps.WithoutVerdict}
	}
	return v
}
