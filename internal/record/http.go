package record

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/duty"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/money"
	"kezhi/internal/rule"
)

// AmountView is a sum of money.
type AmountView struct {
	Amount   string `json:"amount" doc:"Decimal"`
	Currency string `json:"currency"`
}

// FiguresView is what the header shows.
type FiguresView struct {
	Sales12M      []AmountView `json:"sales_12m" nullable:"false" doc:"Orders of the twelve months up to today, by currency"`
	Orders12M     int64        `json:"orders_12m" doc:"Documents of the same time"`
	LastOrderOn   string       `json:"last_order_on" doc:"Empty when there is none"`
	OpenDuties    int64        `json:"open_duties" doc:"Not done, the overdue ones included"`
	OverdueDuties int64        `json:"overdue_duties"`
}

// MonthView is what the facts of one kind and currency add up to in a month.
type MonthView struct {
	Month    string `json:"month" doc:"YYYY-MM"`
	Kind     string `json:"kind" doc:"order or payment"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	Facts    int64  `json:"facts"`
}

// ContactView is a person at the customer.
type ContactView struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Title    string `json:"title"`
	Phone    string `json:"phone"`
	Email    string `json:"email"`
	Birthday string `json:"birthday" doc:"Empty when unknown"`
	Primary  bool   `json:"primary"`
	Note     string `json:"note"`
	Version  string `json:"version" doc:"For If-Match"`
}

// RelationView is a relation seen from this customer.
type RelationView struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Outgoing bool   `json:"outgoing" doc:"The other one is the type of this one; otherwise this one is the type of the other"`
	Hidden   bool   `json:"hidden" doc:"The other customer lies outside the acting person's scope"`
	OtherID  string `json:"other_id"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Share    string `json:"share" doc:"Per cent with two decimals; empty when no share is meant"`
	Note     string `json:"note"`
}

// StandingView is the verdict that counts now under one rulebook.
type StandingView struct {
	Rulebook     string    `json:"rulebook"`
	Scheme       string    `json:"scheme"`
	Version      string    `json:"version"`
	VerdictID    string    `json:"verdict_id"`
	Code         string    `json:"code" doc:"Empty = no grade, for the reason"`
	Reason       string    `json:"reason"`
	Label        TextView  `json:"label"`
	Tone         string    `json:"tone" doc:"Colour word of the grade"`
	Score        string    `json:"score" doc:"Empty when the rulebook has none"`
	AsOf         string    `json:"as_of"`
	Since        string    `json:"since" doc:"The day this grade began"`
	PreviousCode string    `json:"previous_code"`
	Next         *NextView `json:"next" doc:"What is missing for the next better grade"`
}

// NextView is what is missing for the next better grade.
type NextView struct {
	Code    string   `json:"code"`
	Title   TextView `json:"title"`
	Missing string   `json:"missing"`
	Unit    string   `json:"unit"`
}

// TextView is a text in both languages.
type TextView struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// MayView says which parts the acting person may read.
type MayView struct {
	Facts  bool `json:"facts"`
	Duties bool `json:"duties"`
	Grades bool `json:"grades"`
}

// View is the 360° page.
type View struct {
	ID        string         `json:"id"`
	Code      string         `json:"code"`
	Name      string         `json:"name"`
	Archived  bool           `json:"archived"`
	Today     string         `json:"today"`
	Figures   FiguresView    `json:"figures"`
	Months    []MonthView    `json:"months" nullable:"false" doc:"24 months up to the present one, oldest first; months without facts are left out"`
	Duties    []duty.View    `json:"duties" nullable:"false" doc:"The first ten that are not done"`
	Contacts  []ContactView  `json:"contacts" nullable:"false"`
	Relations []RelationView `json:"relations" nullable:"false"`
	Standings []StandingView `json:"standings" nullable:"false"`
	May       MayView        `json:"may"`
}

// EntryView is one thing on the timeline.
type EntryView struct {
	ID        string            `json:"id" doc:"Unique within the timeline"`
	Kind      string            `json:"kind" enum:"interaction,business,verdict,duty,change,contact,import,case"`
	Type      string            `json:"type" doc:"Kind of the fact; missed or waived; up, down, first or aside; action of the change; created or updated; begun, ended or withdrawn"`
	Day       string            `json:"day"`
	At        string            `json:"at" doc:"RFC 3339; empty where only the day is known"`
	ActorID   string            `json:"actor_id" doc:"Who did it, or owed it; empty when it was the system"`
	ActorName string            `json:"actor_name"`
	RefID     string            `json:"ref_id" doc:"Id of the fact, verdict, duty, import, case, or number of the audit entry"`
	Amount    string            `json:"amount" doc:"Decimal, empty when there is none"`
	Currency  string            `json:"currency"`
	Facts     int64             `json:"facts" doc:"How many facts are folded into this entry"`
	Document  string            `json:"document"`
	Status    string            `json:"status" doc:"Of the facts when they agree, or of the import; kind of the case"`
	Activity  string            `json:"activity" doc:"What the duty asked for"`
	Note      string            `json:"note"`
	DutyID    string            `json:"duty_id" doc:"The duty this is about or fulfilled"`
	DutyState string            `json:"duty_state"`
	Clause    string            `json:"clause"`
	Files     []duty.FileView   `json:"files" nullable:"false"`
	Rulebook  string            `json:"rulebook"`
	Scheme    string            `json:"scheme"`
	From      string            `json:"from" doc:"Code of the grade before"`
	To        string            `json:"to" doc:"Code of the grade"`
	Reason    string            `json:"reason"`
	Changes   []json.RawMessage `json:"changes" nullable:"false" doc:"Details of the folded changes, newest first"`
	FileName  string            `json:"file_name" doc:"Of the import"`
}

type recordIn struct {
	ID string `path:"id"`
}

type timelineIn struct {
	ID     string   `path:"id"`
	Cursor string   `query:"cursor" doc:"next_cursor of the page before; empty for the first page"`
	Kinds  []string `query:"kinds" doc:"Kinds, separated by commas; empty = all"`
}

// Register adds the operations of the record page.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	httpapi.Register(api, httpapi.Op{ID: "get-record", Method: http.MethodGet, Path: "/customers/{id}/record", Summary: "Read the 360° page of a customer", Tag: "Customers", Permission: authz.CustomerRead}, h.record)
	httpapi.Register(api, httpapi.Op{ID: "get-timeline", Method: http.MethodGet, Path: "/customers/{id}/timeline", Summary: "Read what happened to a customer, newest first", Tag: "Customers", Permission: authz.CustomerRead}, h.timeline)
}

type handlers struct{ s *Service }

func (h *handlers) record(ctx context.Context, in *recordIn) (*httpapi.Body[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	r, err := h.s.Get(ctx, n)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(h.s.view(ctx, r)), nil
}

// Whole gives the page of a customer as the API does, for whoever hands it on as a file. Needs customer.read over it.
func (s *Service) Whole(ctx context.Context, customerID int64) (View, error) {
	r, err := s.Get(ctx, customerID)
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, r), nil
}

func (s *Service) view(ctx context.Context, r Record) View {
	v := View{
		ID: id.String(r.Ref.ID), Code: r.Ref.Code, Name: r.Ref.Name, Archived: r.Ref.Archived, Today: r.Today.String(),
		Figures: FiguresView{
			Sales12M: []AmountView{}, Orders12M: r.Figures.Orders, LastOrderOn: r.Figures.LastOrder.String(),
			OpenDuties: r.Figures.OpenDuties, OverdueDuties: r.Figures.OverdueDuties,
		},
		Months: make([]MonthView, len(r.Months)), Duties: s.duties.Views(ctx, r.Duties), Contacts: make([]ContactView, len(r.Contacts)),
		Relations: make([]RelationView, len(r.Relations)), Standings: make([]StandingView, len(r.Standings)),
		May: MayView{r.May.Facts, r.May.Duties, r.May.Grades},
	}
	for _, a := range r.Figures.Sales {
		v.Figures.Sales12M = append(v.Figures.Sales12M, AmountView{money.Format(a.Minor, a.Currency), a.Currency})
	}
	for i, m := range r.Months {
		v.Months[i] = MonthView{m.Month, m.Kind, money.Format(m.Minor, m.Currency), m.Currency, m.Facts}
	}
	for i, c := range r.Contacts {
		v.Contacts[i] = contactView(c)
	}
	for i, rel := range r.Relations {
		v.Relations[i] = relationView(rel)
	}
	for i, st := range r.Standings {
		v.Standings[i] = standingView(st)
	}
	return v
}

func contactView(c customer.Contact) ContactView {
	v := ContactView{
		ID: id.String(c.ID), Name: c.Name, Title: c.Title, Phone: c.Phone, Email: c.Email, Primary: c.Primary, Note: c.Note,
		Version: strconv.FormatInt(c.Version, 10),
	}
	if c.Birthday != nil {
		v.Birthday = c.Birthday.String()
	}
	return v
}

func relationView(r customer.Related) RelationView {
	v := RelationView{
		ID: id.String(r.ID), Type: r.Type, Outgoing: r.Outgoing, Hidden: r.Other.ID == 0, OtherID: id.Optional(r.Other.ID), Code: r.Other.Code,
		Name: r.Other.Name, Note: r.Note,
	}
	if r.ShareBP != nil {
		v.Share = hundredths(*r.ShareBP)
	}
	return v
}

func standingView(st Standing) StandingView {
	v := StandingView{
		Rulebook: st.Rulebook, Scheme: st.Scheme, Version: st.Version, VerdictID: id.String(st.VerdictID), Code: st.Code, Reason: st.Reason,
		Label: textView(st.Label.Title), Tone: st.Label.Tone, AsOf: st.AsOf.String(), Since: st.Since.String(), PreviousCode: st.PreviousCode,
	}
	if st.Score != nil {
		v.Score = millionths(*st.Score)
	}
	if st.Next != nil {
		v.Next = &NextView{st.Next.Code, textView(st.Next.Title), st.Next.Missing, st.Next.Unit}
	}
	return v
}

func (h *handlers) timeline(ctx context.Context, in *timelineIn) (*httpapi.Body[httpapi.List[EntryView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, next, err := h.s.Timeline(ctx, n, in.Kinds, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := make([]EntryView, len(list))
	for i, e := range list {
		out[i] = e.view()
	}
	return httpapi.OkList(out, next), nil
}

func (e Entry) view() EntryView {
	v := EntryView{
		ID: e.Kind + ":" + strconv.FormatInt(e.RefID, 10), Kind: e.Kind, Type: e.Type, Day: e.Day.String(), ActorID: id.Optional(e.ActorID), ActorName: e.ActorName,
		RefID: id.String(e.RefID), Facts: e.Facts, Document: e.Document, Status: e.Status, Note: e.Note, DutyID: id.Optional(e.DutyID),
		DutyState: e.DutyState, Clause: e.Clause, Files: make([]duty.FileView, 0, len(e.Files)), Rulebook: e.Rulebook, Scheme: e.Scheme,
		From: e.From, To: e.To, Reason: e.Reason, Changes: e.Changes, FileName: e.FileName,
	}
	if e.Kind == KindCase {
		v.ID = e.Kind + "." + e.Type + ":" + strconv.FormatInt(e.RefID, 10) // the same case stands there twice
	}
	if e.Timed {
		v.At = clock.FromMicros(e.At).Format(time.RFC3339)
	}
	if e.HasAmount {
		v.Amount, v.Currency = money.Format(e.Minor, e.Currency), e.Currency
	}
	if e.Kind == KindDuty {
		v.Activity, v.Status = e.Status, ""
	}
	for _, f := range e.Files {
		v.Files = append(v.Files, duty.FileView{ID: id.String(f.ID), Name: f.Name, MediaType: f.MediaType, Size: f.Size})
	}
	if v.Changes == nil {
		v.Changes = []json.RawMessage{}
	}
	return v
}

func textView(t rule.Text) TextView { return TextView{t.Zh, t.En} }

// hundredths writes hundredths with two decimals.
func hundredths(n int64) string {
	return strconv.FormatInt(n/100, 10) + "." + strconv.FormatInt(100+n%100, 10)[1:]
}

// millionths writes millionths without zeros at the end.
func millionths(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := sign + strconv.FormatInt(n/1_000_000, 10)
	if rest := n % 1_000_000; rest != 0 {
		text += "." + strings.TrimRight(strconv.FormatInt(1_000_000+rest, 10)[1:], "0")
	}
	return text
}
