package grading

import (
	"context"
	"math/bits"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/money"
	"kezhi/internal/rule"
)

// MixView is the grade mix over time.
type MixView struct {
	Rulebook string       `json:"rulebook"`
	Scheme   rule.Scheme  `json:"scheme"`
	Days     []MixDayView `json:"days" nullable:"false" doc:"Oldest first; the newest 36 days with a complete run"`
}

// MixDayView is how the grades were spread on a day.
type MixDayView struct {
	Day     string      `json:"day" format:"date"`
	RunID   string      `json:"run_id"`
	Version string      `json:"version"`
	Total   int64       `json:"total"`
	Shares  []ShareView `json:"shares" nullable:"false" doc:"One per label, best first, then those without a verdict"`
}

// MatrixView is who went from where to where between two days.
type MatrixView struct {
	Rulebook string      `json:"rulebook"`
	Scheme   rule.Scheme `json:"scheme"`
	From     string      `json:"from" format:"date"`
	To       string      `json:"to" format:"date"`
	FromRun  string      `json:"from_run"`
	ToRun    string      `json:"to_run"`
	Stayed   int64       `json:"stayed" doc:"Graded on both days with the same code"`
	Up       int64       `json:"up"`
	Down     int64       `json:"down"`
	Aside    int64       `json:"aside" doc:"Got or lost a verdict"`
	Entered  int64       `json:"entered" doc:"Came into scope"`
	Left     int64       `json:"left" doc:"Left the scope"`
	Cells    []MoveView  `json:"cells" nullable:"false" doc:"Best grades first; code empty = no verdict, - = not in scope that day"`
}

// MovedView is a customer behind a cell.
type MovedView struct {
	CustomerID    string `json:"customer_id"`
	CustomerCode  string `json:"customer_code"`
	CustomerName  string `json:"customer_name"`
	Region        string `json:"region"`
	OwnerID       string `json:"owner_id" doc:"Empty for nobody"`
	OwnerName     string `json:"owner_name"`
	From          string `json:"from"`
	To            string `json:"to"`
	FromVerdictID string `json:"from_verdict_id" doc:"Empty for none"`
	ToVerdictID   string `json:"to_verdict_id" doc:"Empty for none"`
	FromScore     string `json:"from_score"`
	ToScore       string `json:"to_score"`
}

// ValueView is revenue and effort per grade.
type ValueView struct {
	Rulebook   string         `json:"rulebook"`
	Scheme     rule.Scheme    `json:"scheme"`
	AsOf       string         `json:"as_of" format:"date"`
	From       string         `json:"from" format:"date" doc:"First day of the twelve months"`
	RunID      string         `json:"run_id"`
	Kind       string         `json:"kind" doc:"Kind of the facts whose amounts are added up"`
	Currencies []string       `json:"currencies" nullable:"false"`
	Rows       []ValueRowView `json:"rows" nullable:"false" doc:"One per label, best first, then those without a verdict"`
}

// ValueRowView is one grade.
type ValueRowView struct {
	Code      string        `json:"code"`
	Position  int           `json:"position"`
	Customers int64         `json:"customers"`
	ShareBp   int64         `json:"share_bp" doc:"Of the customers, hundredths of a per cent"`
	Revenue   []RevenueView `json:"revenue" nullable:"false" doc:"One per currency, in the order of currencies"`
	Duties    int64         `json:"duties_done"`
	DutiesBp  int64         `json:"duties_bp" doc:"Of all duties done"`
	Minutes   int64         `json:"minutes" doc:"Effort, by the hours the rulebook gives a duty, else by the usual time of its activity"`
	Hours     string        `json:"hours"`
	MinutesBp int64         `json:"minutes_bp" doc:"Of all effort"`
}

// RevenueView is a sum in a currency.
type RevenueView struct {
	Currency string `json:"currency"`
	Amount   string `json:"amount"`
	ShareBp  int64  `json:"share_bp" doc:"Of this currency's total; 0 when the total is not positive"`
}

// StabilityView is the share of grades that stayed.
type StabilityView struct {
	Rulebook string              `json:"rulebook"`
	Scheme   rule.Scheme         `json:"scheme"`
	Steps    []StabilityStepView `json:"steps" nullable:"false" doc:"Oldest first; the newest twelve"`
}

// StabilityStepView is a step between two days.
type StabilityStepView struct {
	From        string `json:"from" format:"date"`
	To          string `json:"to" format:"date"`
	Compared    int64  `json:"compared" doc:"Graded on both days"`
	Unchanged   int64  `json:"unchanged"`
	UnchangedBp int64  `json:"unchanged_bp"`
	Up          int64  `json:"up"`
	Down        int64  `json:"down"`
	Aside       int64  `json:"aside" doc:"Got or lost a verdict"`
}

// AccuracyView is how well a grading stood the test of people and of time.
type AccuracyView struct {
	Rulebook    string            `json:"rulebook"`
	Scheme      rule.Scheme       `json:"scheme"`
	AsOf        string            `json:"as_of" format:"date"`
	RunID       string            `json:"run_id"`
	Judged      int64             `json:"judged" doc:"Graded customers"`
	Corrected   int64             `json:"corrected" doc:"Of them, those about whom people decided otherwise afterwards"`
	CorrectedBp int64             `json:"corrected_bp"`
	Rank        *RankAccuracyView `json:"rank,omitempty" doc:"Absent until 90 days have passed, or without sales"`
}

// RankAccuracyView compares grades with the sales afterwards.
type RankAccuracyView struct {
	From        string `json:"from" format:"date"`
	To          string `json:"to" format:"date"`
	Currency    string `json:"currency"`
	Customers   int64  `json:"customers"`
	Agreeing    int64  `json:"agreeing" doc:"Customers whose place by sales is that of their grade"`
	AgreementBp int64  `json:"agreement_bp"`
}

// CoverageView says whether everybody in scope has a verdict.
type CoverageView struct {
	Rulebook    string               `json:"rulebook"`
	Scheme      rule.Scheme          `json:"scheme"`
	AsOf        string               `json:"as_of" doc:"Day of the newest complete run; empty before the first"`
	RunID       string               `json:"run_id"`
	InScope     int64                `json:"in_scope" doc:"Of that run, and those not judged yet"`
	Graded      int64                `json:"graded"`
	GradedBp    int64                `json:"graded_bp"`
	Without     int64                `json:"without" doc:"In scope of the run without a verdict"`
	NotYet      int64                `json:"not_yet_judged" doc:"In scope today and not judged since they came into scope"`
	NotYetBound bool                 `json:"not_yet_bounded" doc:"There may be more than were counted"`
	Reasons     []CoverageReasonView `json:"reasons" nullable:"false" doc:"The most frequent first"`
}

// CoverageReasonView is why some have no verdict.
type CoverageReasonView struct {
	Reason string    `json:"reason"`
	Text   rule.Text `json:"text"`
	Count  int64     `json:"count"`
}

// NotYetView is a customer in scope who was not judged yet.
type NotYetView struct {
	CustomerID   string `json:"customer_id"`
	CustomerCode string `json:"customer_code"`
	CustomerName string `json:"customer_name"`
	Region       string `json:"region"`
	OwnerID      string `json:"owner_id" doc:"Empty for nobody"`
	OwnerName    string `json:"owner_name"`
}

// MovementQuery names a scheme of a rulebook.
type MovementQuery struct {
	Rulebook string `query:"rulebook" required:"true"`
	Scheme   string `query:"scheme" doc:"Of a rulebook with several; empty for the first"`
}

// DaysQuery adds two days.
type DaysQuery struct {
	MovementQuery
	From string `query:"from" doc:"YYYY-MM-DD"`
	To   string `query:"to" doc:"YYYY-MM-DD"`
}

type movedIn struct {
	httpapi.Page
	DaysQuery
	FromCode string `query:"from_code" doc:"Empty for no verdict, - for not in scope"`
	ToCode   string `query:"to_code" doc:"Empty for no verdict, - for not in scope"`
}

type valueIn struct {
	MovementQuery
	AsOf string `query:"as_of" doc:"YYYY-MM-DD, the newest run when empty"`
	Kind string `query:"kind" default:"order" maxLength:"40"`
}

type accuracyIn struct {
	MovementQuery
	AsOf string `query:"as_of" doc:"YYYY-MM-DD, the newest run when empty"`
}

type notYetIn struct {
	httpapi.Page
	MovementQuery
}

func registerMovement(api *httpapi.API, s *Service) {
	op := func(opID, path, summary string) httpapi.Op {
		return httpapi.Op{ID: opID, Method: http.MethodGet, Path: "/grading/movement/" + path, Summary: summary, Tag: tag, Permission: authz.GradingRead}
	}
	httpapi.Register(api, op("get-grade-mix", "mix", "The grade mix over time"), s.httpMix)
	httpapi.Register(api, op("get-migration", "matrix", "Who went from where to where between two days"), s.httpMatrix)
	httpapi.Register(api, op("list-migration-customers", "customers", "The customers behind a cell of the matrix"), s.httpMoved)
	httpapi.Register(api, op("get-grade-value", "value", "Revenue and effort per grade"), s.httpValue)
	httpapi.Register(api, op("get-grade-stability", "stability", "The share of grades that stayed from day to day"), s.httpStability)
	httpapi.Register(api, op("get-grade-accuracy", "accuracy", "How a grading stood the test of people and of time"), s.httpAccuracy)
	httpapi.Register(api, op("get-grade-coverage", "coverage", "Whether everybody in scope has a verdict"), s.httpCoverage)
	httpapi.Register(api, op("list-not-yet-judged", "not-yet-judged", "Customers in scope who were not judged yet"), s.httpNotYet)
}

// optionalDay reads a date of an input; an empty one is None.
func (s *Service) optionalDay(path, text string) (calendar.Date, error) {
	if text == "" {
		return calendar.None, nil
	}
	return s.day(path, text)
}

// basisPoints gives part of a whole in hundredths of a per cent, rounded half up; 0 of nothing.
func basisPoints(part, whole int64) int64 {
	if whole <= 0 || part <= 0 {
		return 0
	}
	if part/1000 > whole {
		return 10_000_000 // of a total that cancellations have made small
	}
	hi, lo := bits.Mul64(uint64(part), 20000)
	lo, carry := bits.Add64(lo, uint64(whole), 0)
	n, _ := bits.Div64(hi+carry, lo, 2*uint64(whole))
	return int64(n)
}

func (s *Service) httpMix(ctx context.Context, in *DaysQuery) (*httpapi.Body[MixView], error) {
	from, to, err := s.twoDays(in)
	if err != nil {
		return nil, err
	}
	m, err := s.Mix(ctx, in.Rulebook, in.Scheme, from, to)
	if err != nil {
		return nil, err
	}
	v := MixView{Rulebook: in.Rulebook, Scheme: m.Scheme, Days: []MixDayView{}}
	for _, d := range m.Days {
		day := MixDayView{Day: d.Run.AsOf.String(), RunID: id.String(d.Run.ID), Version: d.Run.Version, Total: d.Total}
		for i, l := range append(append([]rule.Label{}, m.Scheme.Labels...), rule.Label{}) {
			day.Shares = append(day.Shares, ShareView{Code: l.Code, Count: d.Counts[l.Code], Position: i, ShareBp: basisPoints(d.Counts[l.Code], d.Total)})
		}
		v.Days = append(v.Days, day)
	}
	return httpapi.Ok(v), nil
}

func (s *Service) twoDays(in *DaysQuery) (from, to calendar.Date, err error) {
	if from, err = s.optionalDay("from", in.From); err != nil {
		return from, to, err
	}
	to, err = s.optionalDay("to", in.To)
	return from, to, err
}

func (s *Service) httpMatrix(ctx context.Context, in *DaysQuery) (*httpapi.Body[MatrixView], error) {
	from, to, err := s.twoDays(in)
	if err != nil {
		return nil, err
	}
	m, err := s.Matrix(ctx, in.Rulebook, in.Scheme, from, to)
	if err != nil {
		return nil, err
	}
	v := MatrixView{
		Rulebook: in.Rulebook, Scheme: m.Scheme, From: m.Earlier.AsOf.String(), To: m.Later.AsOf.String(), FromRun: id.String(m.Earlier.ID), ToRun: id.String(m.Later.ID),
		Stayed: m.Stayed, Up: m.Up, Down: m.Down, Aside: m.Aside, Entered: m.Entered, Left: m.Left, Cells: make([]MoveView, len(m.Cells)),
	}
	for i, c := range m.Cells {
		v.Cells[i] = MoveView(c)
	}
	return httpapi.Ok(v), nil
}

func (s *Service) httpMoved(ctx context.Context, in *movedIn) (*httpapi.Body[httpapi.List[MovedView]], error) {
	from, to, err := s.twoDays(&in.DaysQuery)
	if err != nil {
		return nil, err
	}
	list, next, err := s.Moved(ctx, MovedFilter{
		Rulebook: in.Rulebook, Scheme: in.Scheme, From: from, To: to, FromCode: in.FromCode, ToCode: in.ToCode, Cursor: in.Cursor, Limit: in.Limit,
	})
	views := make([]MovedView, len(list))
	for i, m := range list {
		views[i] = MovedView{
			CustomerID: id.String(m.CustomerID), CustomerCode: m.CustomerCode, CustomerName: m.CustomerName, Region: m.Region, OwnerID: id.Optional(m.OwnerID),
			OwnerName: m.OwnerName, From: m.From, To: m.To, FromVerdictID: id.Optional(m.FromVerdict), ToVerdictID: id.Optional(m.ToVerdict),
			FromScore: FormatScore(m.FromScore), ToScore: FormatScore(m.ToScore),
		}
	}
	return httpapi.OkList(views, next), err
}

func (s *Service) httpValue(ctx context.Context, in *valueIn) (*httpapi.Body[ValueView], error) {
	asOf, err := s.optionalDay("as_of", in.AsOf)
	if err != nil {
		return nil, err
	}
	x, err := s.Value(ctx, in.Rulebook, in.Scheme, asOf, in.Kind)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(valueView(in.Rulebook, &x)), nil
}

func valueView(rulebookID string, x *Value) ValueView {
	v := ValueView{
		Rulebook: rulebookID, Scheme: x.Scheme, AsOf: x.Run.AsOf.String(), From: x.From.String(), RunID: id.String(x.Run.ID), Kind: x.Kind,
		Currencies: append([]string{}, x.Currencies...), Rows: make([]ValueRowView, len(x.Rows)),
	}
	var customers, duties, minutes int64
	totals := map[string]int64{}
	for i := range x.Rows {
		customers, duties, minutes = customers+x.Rows[i].Count, duties+x.Rows[i].Duties, minutes+x.Rows[i].Minutes
		for currency, n := range x.Rows[i].Revenue {
			totals[currency] += n
		}
	}
	for i, r := range x.Rows {
		row := ValueRowView{
			Code: r.Code, Position: r.Position, Customers: r.Count, ShareBp: basisPoints(r.Count, customers), Revenue: []RevenueView{}, Duties: r.Duties,
			DutiesBp: basisPoints(r.Duties, duties), Minutes: r.Minutes, MinutesBp: basisPoints(r.Minutes, minutes),
		}
		tenths := (r.Minutes + 3) / 6 * 100_000 // of hours, in millionths
		row.Hours = FormatScore(&tenths)
		for _, currency := range v.Currencies {
			row.Revenue = append(row.Revenue, RevenueView{
				Currency: currency, Amount: money.Format(r.Revenue[currency], currency), ShareBp: basisPoints(r.Revenue[currency], totals[currency]),
			})
		}
		v.Rows[i] = row
	}
	return v
}

func (s *Service) httpStability(ctx context.Context, in *MovementQuery) (*httpapi.Body[StabilityView], error) {
	scheme, steps, err := s.Stability(ctx, in.Rulebook, in.Scheme)
	if err != nil {
		return nil, err
	}
	v := StabilityView{Rulebook: in.Rulebook, Scheme: scheme, Steps: make([]StabilityStepView, len(steps))}
	for i, x := range steps {
		v.Steps[i] = StabilityStepView{
			From: x.From.String(), To: x.To.String(), Compared: x.Compared, Unchanged: x.Unchanged, UnchangedBp: basisPoints(x.Unchanged, x.Compared),
			Up: x.Up, Down: x.Down, Aside: x.Aside,
		}
	}
	return httpapi.Ok(v), nil
}

func (s *Service) httpAccuracy(ctx context.Context, in *accuracyIn) (*httpapi.Body[AccuracyView], error) {
	asOf, err := s.optionalDay("as_of", in.AsOf)
	if err != nil {
		return nil, err
	}
	x, err := s.Accuracy(ctx, in.Rulebook, in.Scheme, asOf)
	if err != nil {
		return nil, err
	}
	v := AccuracyView{
		Rulebook: in.Rulebook, Scheme: x.Scheme, AsOf: x.Run.AsOf.String(), RunID: id.String(x.Run.ID), Judged: x.Judged, Corrected: x.Corrected,
		CorrectedBp: basisPoints(x.Corrected, x.Judged),
	}
	if r := x.Rank; r != nil {
		v.Rank = &RankAccuracyView{
			From: r.From.String(), To: r.To.String(), Currency: r.Currency, Customers: r.Customers, Agreeing: r.Agreeing, AgreementBp: basisPoints(r.Agreeing, r.Customers),
		}
	}
	return httpapi.Ok(v), nil
}

func (s *Service) httpCoverage(ctx context.Context, in *MovementQuery) (*httpapi.Body[CoverageView], error) {
	x, err := s.Coverage(ctx, in.Rulebook, in.Scheme)
	if err != nil {
		return nil, err
	}
	v := CoverageView{Rulebook: in.Rulebook, Scheme: x.Scheme, NotYet: x.NotYet, NotYetBound: x.NotYetBound, Reasons: []CoverageReasonView{}, InScope: x.NotYet}
	if x.Run != nil {
		v.AsOf, v.RunID, v.Graded, v.Without = x.Run.AsOf.String(), id.String(x.Run.ID), x.Run.Graded, x.Run.WithoutVerdict
		v.InScope += x.Run.Graded + x.Run.WithoutVerdict
	}
	v.GradedBp = basisPoints(v.Graded, v.InScope)
	for _, reason := range byCount(x.Reasons) {
		v.Reasons = append(v.Reasons, CoverageReasonView{Reason: reason, Text: x.ReasonText(reason), Count: x.Reasons[reason]})
	}
	return httpapi.Ok(v), nil
}

func (s *Service) httpNotYet(ctx context.Context, in *notYetIn) (*httpapi.Body[httpapi.List[NotYetView]], error) {
	list, next, err := s.NotYetJudged(ctx, in.Rulebook, in.Scheme, in.Cursor, in.Limit)
	views := make([]NotYetView, len(list))
	for i, m := range list {
		views[i] = NotYetView{
			CustomerID: id.String(m.CustomerID), CustomerCode: m.CustomerCode, CustomerName: m.CustomerName, Region: m.Region, OwnerID: id.Optional(m.OwnerID), OwnerName: m.OwnerName,
		}
	}
	return httpapi.OkList(views, next), err
}
