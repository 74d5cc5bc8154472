package complaint

import (
	"context"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// Kind is the kind of procedures whose cases are complaints.
const Kind = "complaint"

// RepeatDays is within how many days a complaint counts as coming again, unless something else is asked for; at most
// MaxRepeatDays.
const (
	RepeatDays    = 90
	MaxRepeatDays = 366
)

// Service counts complaints.
type Service struct {
	db    *db.DB
	now   clock.Clock
	loc   *time.Location
	books procedure.Books
}

// New makes the service. loc is the organisation's time zone; books gives the texts the cases keep.
func New(d *db.DB, now clock.Clock, loc *time.Location, books procedure.Books) *Service {
	return &Service{db: d, now: now, loc: loc, books: books}
}

// Query says what is counted.
type Query struct {
	Month      string // YYYY-MM, "" = the month before this one
	RepeatDays int    // 1 to MaxRepeatDays, 0 = RepeatDays
}

// Sum is an amount of money; amounts of different currencies are never added.
type Sum struct {
	Amount   string `json:"amount" doc:"Decimal"`
	Currency string `json:"currency"`
}

// Line counts complaints that have something in common. Received = in time + late + open + overdue + withdrawn.
type Line struct {
	Key              string    `json:"key" doc:"As the rulebook names it, the id of a department; empty = not said or not known yet"`
	Title            rule.Text `json:"title"`
	Received         int       `json:"received"`
	InTime           int       `json:"in_time" doc:"Over within the deadline of the whole case"`
	Late             int       `json:"late" doc:"Over after it"`
	Open             int       `json:"open" doc:"Not over, deadline not passed"`
	Overdue          int       `json:"overdue" doc:"Not over, deadline passed"`
	Withdrawn        int       `json:"withdrawn"`
	Declined         int       `json:"declined" doc:"Of those over: with an end that is not a good one"`
	InTimeShare      string    `json:"in_time_share" doc:"Per cent with one decimal, of those over or overdue; empty when there are none"`
	RepeatedCustomer int       `json:"repeated_customer" doc:"The customer had complained within the days before"`
	RepeatedCause    int       `json:"repeated_cause" doc:"The same cause in the same department within the days before"`
	Compensation     []Sum     `json:"compensation" doc:"Of good ends, one amount per currency"`

	money map[string]int64
}

// Breakdown is the complaints of the month divided by one thing.
type Breakdown struct {
	By    string    `json:"by" enum:"department,cause,class,customer_kind,demand,content,channel"`
	Title rule.Text `json:"title"`
	Lines []Line    `json:"lines" doc:"The most complaints first. A complaint that several departments answer for counts in each of them"`
}

// Statistics are the complaints received in a month and how they stand.
type Statistics struct {
	Month        string      `json:"month" doc:"YYYY-MM"`
	From         string      `json:"from" format:"date"`
	To           string      `json:"to" format:"date"`
	AsOf         time.Time   `json:"as_of" doc:"How the cases stood at this moment"`
	RepeatDays   int         `json:"repeat_days"`
	Organisation rule.Text   `json:"organisation"`
	Total        Line        `json:"total"`
	Breakdowns   []Breakdown `json:"breakdowns"`
}

// period reads a query: the first day of the month and of the next.
func (s *Service) period(q *Query) (from, next calendar.Date, err error) {
	today := calendar.FromTime(s.now(), s.loc)
	if q.Month == "" {
		q.Month = today.MonthStart().AddMonths(-1).String()[:len("2006-01")]
	}
	from, bad := calendar.Parse(q.Month + "-01")
	if q.RepeatDays == 0 {
		q.RepeatDays = RepeatDays
	}
	switch {
	case bad != nil:
		return 0, 0, errs.New(errs.Invalid, "complaint.not_a_month")
	case from > today:
		return 0, 0, errs.New(errs.Invalid, "complaint.month_ahead", "month", q.Month)
	case q.RepeatDays < 1 || q.RepeatDays > MaxRepeatDays:
		return 0, 0, errs.New(errs.Invalid, "complaint.repeat_days", "max", MaxRepeatDays)
	}
	return from, from.AddMonths(1), nil
}

// Month counts the complaints received in a month, as they stand now and as far as the person may see them. A case belongs
// to the month of its receipt in the organisation's zone. Withdrawn ones are received and withdrawn, and make no later one
// a repetition. Needs procedure.read. Errors: complaint.not_a_month, complaint.month_ahead, complaint.repeat_days.
func (s *Service) Month(ctx context.Context, in Query) (*Statistics, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, err
	}
	from, next, err := s.period(&in)
	if err != nil {
		return nil, err
	}
	c := newCount(from, in.RepeatDays, clock.Micros(s.now()))
	span := span{
		from: clock.Micros(from.AddDays(-in.RepeatDays).Midnight(s.loc)), until: clock.Micros(next.Midnight(s.loc)), scope: actor.Scope(authz.ProcedureRead),
	}
	var house rule.Text
	err = s.db.InRead(ctx, func(q db.Q) error {
		if c.units, house, err = unitNames(ctx, q); err != nil {
			return err
		}
		defs, err := s.definitions(ctx, q, span)
		if err != nil {
			return err
		}
		return eachCase(ctx, q, span, func(k *kase) error {
			k.day = calendar.FromTime(clock.FromMicros(k.received), s.loc)
			c.add(k, defs[defKey{k.adoption, k.procedure}])
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	total, breakdowns := c.result()
	return &Statistics{
		Month: in.Month, From: from.String(), To: next.AddDays(-1).String(), AsOf: s.now(), RepeatDays: in.RepeatDays, Organisation: house,
		Total: total, Breakdowns: breakdowns,
	}, nil
}
