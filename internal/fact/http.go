package fact

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/govalues/decimal"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/money"
)

const tag = "Facts"

// View is a fact in the API.
type View struct {
	ID         string          `json:"id"`
	CustomerID string          `json:"customer_id"`
	Kind       string          `json:"kind"`
	OccurredOn string          `json:"occurred_on" format:"date"`
	OccurredAt *time.Time      `json:"occurred_at,omitempty" doc:"The moment, where it is known"`
	Amount     string          `json:"amount,omitempty" doc:"Decimal; absent when the fact has no amount"`
	Currency   string          `json:"currency,omitempty"`
	Quantity   string          `json:"quantity,omitempty" doc:"Decimal with at most three places"`
	Status     string          `json:"status"`
	Document   string          `json:"document"`
	Product    string          `json:"product"`
	Attrs      json.RawMessage `json:"attrs"`
	BatchID    string          `json:"batch_id,omitempty" doc:"The batch it came with; absent when it was recorded by itself"`
	Reverses   string          `json:"reverses,omitempty" doc:"The fact it takes back"`
	Reversed   bool            `json:"reversed" doc:"Another fact takes it back"`
	RecordedAt time.Time       `json:"recorded_at"`
}

// MonthView is the sum of one month in the API.
type MonthView struct {
	Month    string `json:"month" doc:"YYYY-MM"`
	Kind     string `json:"kind"`
	Currency string `json:"currency"`
	Amount   string `json:"amount" doc:"Decimal"`
	Facts    int64  `json:"facts"`
}

// KindView is a kind of fact in the API.
type KindView struct {
	Kind      string `json:"kind"`
	LabelZH   string `json:"label_zh"`
	LabelEN   string `json:"label_en"`
	HasAmount bool   `json:"has_amount"`
}

// RecordBody is a fact to be recorded.
type RecordBody struct {
	Kind       string         `json:"kind" maxLength:"40"`
	OccurredOn string         `json:"occurred_on" format:"date"`
	OccurredAt *time.Time     `json:"occurred_at,omitempty"`
	Amount     string         `json:"amount,omitempty" doc:"Decimal; rounded half to even to the minor unit"`
	Currency   string         `json:"currency,omitempty" doc:"ISO 4217; CNY when there is an amount and no currency"`
	Quantity   string         `json:"quantity,omitempty" doc:"Decimal with at most three places"`
	Status     string         `json:"status,omitempty" maxLength:"200"`
	Document   string         `json:"document,omitempty" maxLength:"200"`
	Product    string         `json:"product,omitempty" maxLength:"200"`
	Attrs      map[string]any `json:"attrs,omitempty"`
}

// ReverseBody names the fact to be taken back.
type ReverseBody struct {
	FactID     string `json:"fact_id"`
	OccurredOn string `json:"occurred_on" format:"date" doc:"The day of the fact"`
	Reason     string `json:"reason" minLength:"1" maxLength:"800"`
}

type listInput struct {
	httpapi.Page
	ID    string   `path:"id"`
	Kinds []string `query:"kind" doc:"Only these kinds"`
	From  string   `query:"from" doc:"First day, YYYY-MM-DD"`
	To    string   `query:"to" doc:"Last day, YYYY-MM-DD"`
}

type monthsInput struct {
	ID   string `path:"id"`
	Kind string `query:"kind" doc:"Only this kind"`
	From string `query:"from" doc:"First day; the first day of the month 23 months ago when empty"`
	To   string `query:"to" doc:"Last day; today when empty"`
}

type recordInput struct {
	ID   string `path:"id"`
	Body RecordBody
}

type reverseInput struct {
	ID   string `path:"id"`
	Body ReverseBody
}

// Register adds the operations on facts.
func Register(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "list-facts", Method: http.MethodGet, Path: "/customers/{id}/facts", Summary: "Facts of a customer, newest first", Tag: tag, Permission: authz.FactRead,
	}, s.httpList)
	httpapi.Register(api, httpapi.Op{
		ID: "record-fact", Method: http.MethodPost, Path: "/customers/{id}/facts", Summary: "Record a fact", Tag: tag, Permission: authz.FactWrite, Status: http.StatusCreated,
	}, s.httpRecord)
	httpapi.Register(api, httpapi.Op{
		ID: "reverse-fact", Method: http.MethodPost, Path: "/customers/{id}/facts/reverse", Summary: "Take a fact back by a reversing fact", Tag: tag,
		Permission: authz.FactWrite, Status: http.StatusCreated,
	}, s.httpReverse)
	httpapi.Register(api, httpapi.Op{
		ID: "list-fact-months", Method: http.MethodGet, Path: "/customers/{id}/facts/months", Summary: "Facts of a customer by month, kind and currency", Tag: tag,
		Permission: authz.FactRead,
	}, s.httpMonths)
	httpapi.Register(api, httpapi.Op{
		ID: "list-fact-kinds", Method: http.MethodGet, Path: "/fact-kinds", Summary: "Kinds of fact", Tag: tag, Permission: authz.FactRead,
	}, s.httpKinds)
}

func (s *Service) httpList(ctx context.Context, in *listInput) (*httpapi.Body[httpapi.List[View]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	f := Filter{Kinds: in.Kinds, Cursor: in.Cursor, Limit: in.Limit}
	var v errs.Validation
	f.From, f.To = dateOf(&v, "from", in.From, calendar.None), dateOf(&v, "to", in.To, calendar.None)
	if err := v.Err(); err != nil {
		return nil, err
	}
	facts, next, err := s.List(ctx, customerID, f)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(facts))
	for i, f := range facts {
		views[i] = viewOf(f)
	}
	return httpapi.OkList(views, next), nil
}

func (s *Service) httpRecord(ctx context.Context, in *recordInput) (*httpapi.Body[View], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	input, err := in.Body.input(customerID)
	if err != nil {
		return nil, err
	}
	f, err := s.Record(ctx, input)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(viewOf(f)), nil
}

func (s *Service) httpReverse(ctx context.Context, in *reverseInput) (*httpapi.Body[View], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	factID, err := id.Parse(in.Body.FactID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	on := dateOf(&v, "occurred_on", in.Body.OccurredOn, calendar.None)
	if err := v.Err(); err != nil {
		return nil, err
	}
	f, err := s.Reverse(ctx, customerID, on, factID, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(viewOf(f)), nil
}

// chartMonths is how many whole months the chart shows before the current one.
const chartMonths = 23

func (s *Service) httpMonths(ctx context.Context, in *monthsInput) (*httpapi.Body[httpapi.List[MonthView]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	today := calendar.FromTime(s.now(), s.loc)
	var v errs.Validation
	to := dateOf(&v, "to", in.To, today)
	from := dateOf(&v, "from", in.From, to.MonthStart().AddMonths(-chartMonths))
	if err := v.Err(); err != nil {
		return nil, err
	}
	months, err := s.Months(ctx, customerID, in.Kind, from, to)
	if err != nil {
		return nil, err
	}
	views := make([]MonthView, len(months))
	for i, m := range months {
		views[i] = MonthView{Month: m.Month.String()[:7], Kind: m.Kind, Currency: m.Currency, Amount: money.Format(m.Amount, m.Currency), Facts: m.Facts}
	}
	return httpapi.OkList(views, ""), nil
}

func (s *Service) httpKinds(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[KindView]], error) {
	kinds, err := s.Kinds(ctx)
	if err != nil {
		return nil, err
	}
	views := make([]KindView, len(kinds))
	for i, k := range kinds {
		views[i] = KindView(k)
	}
	return httpapi.OkList(views, ""), nil
}

// dateOf reads a day of the input; empty gives the default.
func dateOf(v *errs.Validation, path, text string, empty calendar.Date) calendar.Date {
	if text == "" {
		return empty
	}
	d, err := calendar.Parse(text)
	v.Check(err == nil, path, "field.not_a_date", "value", text)
	return d
}

// input reads the body; every wrong field is reported at once.
func (b RecordBody) input(customerID int64) (Input, error) {
	var v errs.Validation
	in := Input{
		CustomerID: customerID, Kind: b.Kind, On: dateOf(&v, "occurred_on", b.OccurredOn, calendar.None), Currency: b.Currency, Status: b.Status,
		Document: b.Document, Product: b.Product, Attrs: b.Attrs,
	}
	if b.OccurredAt != nil {
		at := clock.Micros(*b.OccurredAt)
		in.At = &at
	}
	if b.Amount != "" {
		if in.Currency == "" {
			in.Currency = "CNY"
		}
		a, err := money.Parse(b.Amount, in.Currency)
		v.Check(err == nil, "amount", "fact.bad_number", "value", b.Amount)
		in.Amount = &a.Minor
	}
	if b.Quantity != "" {
		n, err := thousandths(b.Quantity)
		v.Check(err == nil, "quantity", "fact.bad_number", "value", b.Quantity)
		in.Quantity = &n
	}
	return in, v.Err()
}

var errQuantity = errs.New(errs.Invalid, "fact.bad_number")

// thousandths reads a quantity; more than three places are refused.
func thousandths(s string) (int64, error) {
	d, err := decimal.Parse(s)
	if err != nil {
		return 0, err
	}
	if d.MinScale() > 3 {
		return 0, errQuantity
	}
	whole, part, ok := d.Int64(3)
	if !ok || whole > maxWhole || whole < -maxWhole {
		return 0, errQuantity
	}
	return whole*1000 + part, nil
}

const maxWhole = (1<<63-1)/1000 - 1

// formatThousandths gives a quantity as a plain decimal without needless zeros.
func formatThousandths(n int64) string {
	d, err := decimal.New(n, 3)
	if err != nil {
		return ""
	}
	return d.Trim(0).String()
}

func viewOf(f Fact) View {
	v := View{
		ID: id.String(f.ID), CustomerID: id.String(f.CustomerID), Kind: f.Kind, OccurredOn: f.On.String(), Currency: f.Currency, Status: f.Status,
		Document: f.Document, Product: f.Product, Attrs: f.Attrs, Reversed: f.Reversed, RecordedAt: f.RecordedAt,
	}
	if f.At != nil {
		at := clock.FromMicros(*f.At)
		v.OccurredAt = &at
	}
	if f.Amount != nil {
		v.Amount = money.Format(*f.Amount, f.Currency)
	}
	if f.Quantity != nil {
		v.Quantity = formatThousandths(*f.Quantity)
	}
	if f.BatchID != 0 {
		v.BatchID = id.String(f.BatchID)
	}
	if f.Reverses != 0 {
		v.Reverses = id.String(f.Reverses)
	}
	return v
}
