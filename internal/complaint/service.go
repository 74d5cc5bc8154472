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

// RepeatDays is within how many days a complaint counts as coming again, unless a rulebook in force says so or something
// else is asked for; at most MaxRepeatDays.
const (
	RepeatDays    = 90
	MaxRepeatDays = 366
)

// Deps are what the service stands on.
type Deps struct {
	DB    *db.DB
	Now   clock.Clock
	Loc   *time.Location // the organisation's time zone
	Books procedure.Books
	// Reports gives what the rulebooks in force on a day ask for.
	Reports func(ctx context.Context, q db.Q, on calendar.Date) ([]Report, error)
	// Seat says whether a person holds a post today, and whether anybody does.
	Seat procedure.SeatFunc
}

// Service counts complaints and keeps the statistics of each month.
type Service struct {
	db       *db.DB
	now      clock.Clock
	loc      *time.Location
	books    procedure.Books
	asked    func(ctx context.Context, q db.Q, on calendar.Date) ([]Report, error)
	seat     procedure.SeatFunc
	received ReceivedFunc
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{
		db: d.DB, now: d.Now, loc: d.Loc, books: d.Books, asked: d.Reports, seat: d.Seat,
		received: func(context.Context, db.Q, Table) (bool, error) { return false, nil },
	}
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// Query says what is counted.
type Query struct {
	Month      string // YYYY-MM, "" = the month before this one
	RepeatDays int    // 1 to MaxRepeatDays, 0 = what the rulebooks in force at the end of the month say, else RepeatDays
	Rulebook   string // only complaints it governs, "" = all
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
	Repeated         int       `json:"repeated" doc:"One of both"`
	Compensation     []Sum     `json:"compensation" doc:"Of good ends, one amount per currency"`
	Rated            int       `json:"rated" doc:"How many customers rated how their complaint was dealt with"`
	Satisfaction     string    `json:"satisfaction" doc:"Mean of the ratings from 1 to 5 with two decimals; empty without any"`

	money  map[string]int64
	points int
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
	Rulebook     string      `json:"rulebook" doc:"Only complaints it governs; empty = all"`
	Organisation rule.Text   `json:"organisation"`
	Total        Line        `json:"total"`
	Breakdowns   []Breakdown `json:"breakdowns"`
	League       []Standing  `json:"league" nullable:"false" doc:"The departments that answer for complaints, side by side; the most complaints first"`
}

// period reads a query: the first day of the month and of the next.
func (s *Service) period(q *Query) (from, next calendar.Date, err error) {
	today := s.Today()
	if q.Month == "" {
		q.Month = today.MonthStart().AddMonths(-1).String()[:len("2006-01")]
	}
	from, bad := calendar.Parse(q.Month + "-01")
	switch {
	case bad != nil:
		return 0, 0, errs.New(errs.Invalid, "complaint.not_a_month")
	case from > today:
		return 0, 0, errs.New(errs.Invalid, "complaint.month_ahead", "month", q.Month)
	case q.RepeatDays < 0 || q.RepeatDays > MaxRepeatDays:
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
	var st *Statistics
	err = s.db.InRead(ctx, func(q db.Q) error {
		st, err = s.figures(ctx, q, in, from, next, actor.Scope(authz.ProcedureRead))
		return err
	})
	return st, err
}

// figures counts within one transaction, so that nothing is counted of two moments.
func (s *Service) figures(ctx context.Context, q db.Q, in Query, from, next calendar.Date, scope authz.Scope) (*Statistics, error) {
	var err error
	if in.RepeatDays == 0 {
		if in.RepeatDays, err = s.repeatDays(ctx, q, in.Rulebook, min(next.AddDays(-1), s.Today())); err != nil {
			return nil, err
		}
	}
	c := newCount(from, in.RepeatDays, clock.Micros(s.now()))
	within := span{
		from: clock.Micros(from.AddDays(-in.RepeatDays).Midnight(s.loc)), until: clock.Micros(next.Midnight(s.loc)), rulebook: in.Rulebook, scope: scope,
	}
	var house rule.Text
	if c.units, house, err = unitNames(ctx, q); err != nil {
		return nil, err
	}
	defs, err := s.definitions(ctx, q, Kind, within)
	if err != nil {
		return nil, err
	}
	scores, err := ratings(ctx, q, within, from)
	if err != nil {
		return nil, err
	}
	err = eachCase(ctx, q, Kind, within, func(k *kase) error {
		k.day, k.score = calendar.FromTime(clock.FromMicros(k.received), s.loc), scores[k.id]
		c.add(k, defs[defKey{k.adoption, k.procedure}])
		return nil
	})
	if err != nil {
		return nil, err
	}
	total, breakdowns := c.result()
	return &Statistics{
		Month: in.Month, From: from.String(), To: next.AddDays(-1).String(), AsOf: s.now(), RepeatDays: in.RepeatDays, Rulebook: in.Rulebook, Organisation: house,
		Total: total, Breakdowns: breakdowns, League: league(breakdowns[0].Lines),
	}, nil
}

// repeatDays gives within how many days a complaint comes again, by the first report in force that says so.
func (s *Service) repeatDays(ctx context.Context, q db.Q, rulebook string, on calendar.Date) (int, error) {
	list, err := s.asked(ctx, q, on)
	if err != nil {
		return 0, err
	}
	for _, r := range list {
		if r.RepeatDays > 0 && (rulebook == "" || r.Rulebook == rulebook) {
			return r.RepeatDays, nil
		}
	}
	return RepeatDays, nil
}
