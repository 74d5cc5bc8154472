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
	"kezhi/internal/rule"
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

// SpecialDayView is a birthday or a day with a name in the seven days from today on.
type SpecialDayView struct {
	Day          string `json:"day" doc:"Name of the day; empty = a birthday"`
	Lunar        bool   `json:"lunar" doc:"Kept by the lunar calendar"`
	CustomerID   string `json:"customer_id"`
	CustomerName string `json:"customer_name"`
	ContactID    string `json:"contact_id" doc:"Whose day it is; empty = the customer's own"`
	Name         string `json:"name" doc:"Of that contact"`
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

// CustomersView is what happened to customers and what is about to.
type CustomersView struct {
	Today     string           `json:"today"`
	Movements []MovementView   `json:"movements" nullable:"false" doc:"Of the last 30 days, newest first, at most 20"`
	Up        int              `json:"up" doc:"Of the movements counted"`
	Down      int              `json:"down" doc:"Of the movements counted"`
	More      bool             `json:"more" doc:"There are more movements than the 200 that were counted"`
	Days      []SpecialDayView `json:"days" nullable:"false" doc:"Birthdays and other special days of the seven days from today on, at most 50"`
	Grades    []GradeView      `json:"grades" nullable:"false" doc:"The person's own customers per grade; empty for a unit"`
}

// AlertView is how much of a kind needs a decision.
type AlertView struct {
	Kind AlertKind `json:"kind" enum:"backup_overdue,failed_messages,without_owner,without_verdict"`
	N    int64     `json:"n"`
	More bool      `json:"more" doc:"There is more than was counted"`
}

// FigureView is an indicator of a rulebook in force over the person's customers, against its target.
type FigureView struct {
	Rulebook string    `json:"rulebook"`
	Book     rule.Text `json:"book" doc:"Title of the rulebook"`
	Key      string    `json:"key"`
	Title    rule.Text `json:"title"`
	Of       string    `json:"of" enum:"kept,coverage"`
	Grade    string    `json:"grade" doc:"Empty for all grades"`
	Clause   string    `json:"clause"`
	Value    string    `json:"value" doc:"Per cent; empty when there is nothing to count yet"`
	Target   string    `json:"target" doc:"Per cent"`
	State    string    `json:"state" enum:"met,missed,no_data,no_target"`
	Assumed  bool      `json:"assumed" doc:"The target is a default the organisation has not confirmed"`
}

// View is the workbench.
type View struct {
	Today    string          `json:"today"`
	Counts   duty.CountsView `json:"counts" doc:"Of the duties the workbench speaks of"`
	DueToday []duty.View     `json:"due_today" nullable:"false" doc:"At most 20"`
	DueWeek  []duty.View     `json:"due_week" nullable:"false" doc:"From tomorrow, or the day after next_day, to Sunday; at most 20"`
	NextDay  string          `json:"next_day" doc:"The next working day when today is a day off, else empty"`
	DueNext  []duty.View     `json:"due_next" nullable:"false" doc:"Due up to next_day, at most 20; empty when today is a working day"`
	Overdue  []duty.View     `json:"overdue" nullable:"false" doc:"Oldest first, at most 20"`
	Imports  []ImportView    `json:"imports" nullable:"false"`
	Jobs     []JobView       `json:"jobs" nullable:"false"`
}

type whoseIn struct {
	Whose Whose `query:"whose" enum:"mine,unit" default:"mine" doc:"mine: what the acting person owns and owes; unit: what lies within the person's reach"`
}

// Register adds the operations of the workbench.
func Register(api *httpapi.API, s *Service) {
	op := func(name, path, summary string) httpapi.Op {
		return httpapi.Op{ID: "get-workbench" + name, Method: http.MethodGet, Path: "/workbench" + path, Summary: summary, Tag: "Workbench", Permission: authz.Self}
	}
	httpapi.Register(api, op("", "", "Read the duties of the day, and the imports and jobs that wait for the acting person"), func(ctx context.Context, in *whoseIn) (*httpapi.Body[View], error) {
		w, err := s.Get(ctx, in.Whose)
		if err != nil {
			return nil, err
		}
		return httpapi.Ok(s.view(ctx, w)), nil
	})
	httpapi.Register(api, op("-customers", "/customers", "Read the customers who moved between grades, the special days of the week, and the grades"), func(ctx context.Context, in *whoseIn) (*httpapi.Body[CustomersView], error) {
		c, err := s.Customers(ctx, in.Whose)
		if err != nil {
			return nil, err
		}
		return httpapi.Ok(c.view()), nil
	})
	httpapi.Register(api, op("-alerts", "/alerts", "Count what somebody has to decide about; what there is none of is left out"), func(ctx context.Context, in *whoseIn) (*httpapi.Body[httpapi.List[AlertView]], error) {
		list, err := s.Alerts(ctx, in.Whose)
		if err != nil {
			return nil, err
		}
		out := []AlertView{}
		for _, a := range list {
			out = append(out, AlertView(a))
		}
		return httpapi.Ok(httpapi.List[AlertView]{Items: out}), nil
	})
	httpapi.Register(api, op("-figures", "/figures", "Read the acting person's own figures against the targets of the rulebooks in force"), func(ctx context.Context, in *whoseIn) (*httpapi.Body[httpapi.List[FigureView]], error) {
		list, err := s.Figures(ctx, in.Whose)
		if err != nil {
			return nil, err
		}
		out := []FigureView{}
		for i := range list {
			f, x := &list[i], &list[i].Indicator
			out = append(out, FigureView{f.Rulebook, f.Book, x.Key, x.Title, x.Of, x.Grade, x.Clause, f.Value, f.Target, f.State, x.Assumed})
		}
		return httpapi.Ok(httpapi.List[FigureView]{Items: out}), nil
	})
}

func (s *Service) view(ctx context.Context, w Workbench) View {
	v := View{
		Today: w.Today.String(), Counts: w.Counts.View(), DueToday: s.duties.Views(ctx, w.DueToday), DueWeek: s.duties.Views(ctx, w.DueWeek),
		NextDay: w.NextDay.String(), DueNext: s.duties.Views(ctx, w.DueNext), Overdue: s.duties.Views(ctx, w.Overdue), Imports: []ImportView{}, Jobs: []JobView{},
	}
	for _, m := range w.Imports {
		v.Imports = append(v.Imports, ImportView{id.String(m.ID), m.Target, m.FileName, m.State, m.ErrorCode, clock.FromMicros(m.At).Format(time.RFC3339)})
	}
	for _, j := range w.Jobs {
		v.Jobs = append(v.Jobs, JobView{id.String(j.ID), j.Kind, string(j.State), j.Done, j.Total, j.ErrorCode, j.CreatedAt.Format(time.RFC3339)})
	}
	return v
}

func (c *Customers) view() CustomersView {
	v := CustomersView{Today: c.Today.String(), Up: c.Up, Down: c.Down, More: c.More, Movements: []MovementView{}, Days: []SpecialDayView{}, Grades: []GradeView{}}
	for i := range c.Movements {
		m := &c.Movements[i]
		direction := "up"
		if m.Direction < 0 {
			direction = "down"
		}
		v.Movements = append(v.Movements, MovementView{
			id.String(m.CustomerID), m.Code, m.Name, m.Rulebook, m.Scheme, m.FromCode, m.ToCode, direction, m.AsOf.String(), id.String(m.RunID),
		})
	}
	for i := range c.Days {
		d := &c.Days[i]
		v.Days = append(v.Days, SpecialDayView{d.Day, d.Lunar, id.String(d.CustomerID), d.Customer, id.Optional(d.ContactID), d.Name, d.Title, d.Phone, d.On.String()})
	}
	for _, g := range c.Grades {
		v.Grades = append(v.Grades, GradeView{g.Scheme, g.Code, g.Customers})
	}
	return v
}
