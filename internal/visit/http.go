package visit

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

const tag = "Visits"

// SpotView is a place on the map.
type SpotView struct {
	LatE6 int64 `json:"lat_e6" doc:"Latitude in millionths of a degree (WGS 84)"`
	LonE6 int64 `json:"lon_e6" doc:"Longitude in millionths of a degree (WGS 84)"`
}

// CustomerView is what a visit or a call shows of its customer.
type CustomerView struct {
	ID      string    `json:"id"`
	Code    string    `json:"code"`
	Name    string    `json:"name"`
	Region  string    `json:"region" doc:"Division code, empty when unknown"`
	Address string    `json:"address"`
	Place   *SpotView `json:"place" doc:"Where the customer is found on the map, null when unknown"`
}

// DutyView is what a visit shows of the duty it keeps.
type DutyView struct {
	ID          string `json:"id"`
	TitleZh     string `json:"title_zh"`
	TitleEn     string `json:"title_en"`
	Clause      string `json:"clause"`
	WindowFrom  string `json:"window_from" doc:"A visit before this day needs a reason"`
	DueOn       string `json:"due_on"`
	Appointment bool   `json:"appointment" doc:"The regulation asks for an appointment first"`
}

// AppointmentView is what was agreed with the customer before a visit; its day and hours are those of the visit.
type AppointmentView struct {
	With string `json:"with"`
	How  string `json:"how" enum:",phone,mail,in_person,referral,other"`
	At   string `json:"at" doc:"When it was recorded, RFC 3339"`
}

// FileView is a photo of the arrival or a file of the report.
type FileView struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size" doc:"Bytes"`
	Part      string `json:"part" enum:"arrival,report"`
}

// Arrival is the check-in of a visit.
type Arrival struct {
	At        string    `json:"at" doc:"RFC 3339, by the phone's clock"`
	ToldAt    string    `json:"told_at" doc:"When we heard of it, RFC 3339; later where the phone had no network, empty for a visit of an older version"`
	Where     *SpotView `json:"where" doc:"Null when the phone did not know"`
	AccuracyM int64     `json:"accuracy_m" doc:"Metres"`
	DistanceM *int64    `json:"distance_m" doc:"Metres from the customer's place, null when unknown"`
}

// View is a visit in the API.
type View struct {
	ID               string           `json:"id"`
	Customer         CustomerView     `json:"customer"`
	OwnerID          string           `json:"owner_id" doc:"Who goes"`
	OwnerName        string           `json:"owner_name"`
	Duty             *DutyView        `json:"duty" doc:"The duty it keeps, null when none"`
	State            string           `json:"state" enum:"planned,asked,confirmed,under_way,arrived,done,cancelled"`
	On               string           `json:"on"`
	From             string           `json:"from" doc:"HH:MM, empty when no time was agreed"`
	To               string           `json:"to" doc:"HH:MM"`
	Purpose          string           `json:"purpose"`
	Place            string           `json:"place"`
	Ours             []string         `json:"ours" nullable:"false" doc:"Names of who goes along"`
	Theirs           []string         `json:"theirs" nullable:"false" doc:"Names of whom they want to meet"`
	NeedsAppointment bool             `json:"needs_appointment"`
	Appointment      *AppointmentView `json:"appointment" doc:"Null while nothing is agreed"`
	NoAppointment    string           `json:"no_appointment" doc:"Why they went without an appointment"`
	AgreedIn         string           `json:"agreed_in" doc:"Id of the visit in whose report it was agreed, empty where it was planned otherwise"`
	Arrival          *Arrival         `json:"arrival"`
	Report           string           `json:"report"`
	Met              string           `json:"met"`
	Feedback         string           `json:"feedback"`
	NextOn           string           `json:"next_on" doc:"The day agreed for the next visit, which is planned with the report"`
	ReportedAt       string           `json:"reported_at" doc:"When the report was written, by the phone's clock; RFC 3339 or empty"`
	DoneAt           string           `json:"done_at" doc:"When the report came in; RFC 3339 or empty"`
	Reason           string           `json:"reason" doc:"Of a cancellation"`
	FactID           string           `json:"fact_id"`
	Files            []FileView       `json:"files" nullable:"false" doc:"Only where one visit is read"`
	May              []string         `json:"may" nullable:"false" doc:"Acts the acting person may do now"`
}

func spotView(s *Spot) *SpotView {
	if s == nil {
		return nil
	}
	return &SpotView{s.LatE6, s.LonE6}
}

// momentText writes a moment, nothing where there is none.
func momentText(us *int64) string {
	if us == nil {
		return ""
	}
	return time.UnixMicro(*us).UTC().Format(time.RFC3339)
}

func clockText(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// ViewOf maps a visit for the acting person.
func (s *Service) ViewOf(ctx context.Context, v Visit) View {
	out := View{
		ID: id.String(v.ID), Customer: CustomerView{id.String(v.CustomerID), v.Customer.Code, v.Customer.Name, v.Customer.Region, v.Customer.Address, spotView(v.Customer.Place)},
		OwnerID: id.String(v.OwnerID), OwnerName: v.OwnerName, State: string(v.State), On: v.On.String(), Purpose: v.Purpose, Place: v.Place, Ours: v.Ours, Theirs: v.Theirs,
		NeedsAppointment: v.NeedsAppointment, Report: v.Report, Met: v.Met, Feedback: v.Feedback, NextOn: v.NextOn.String(), Reason: v.Reason,
		ReportedAt: momentText(v.ReportedAt), DoneAt: momentText(v.DoneAt), NoAppointment: v.NoAppointment, AgreedIn: id.Optional(v.AgreedIn), FactID: id.Optional(v.FactID), Files: []FileView{}, May: []string{},
	}
	if v.ToMin != 0 {
		out.From, out.To = clockText(v.FromMin), clockText(v.ToMin)
	}
	if v.Duty != nil {
		out.Duty = &DutyView{id.String(v.DutyID), v.Duty.TitleZh, v.Duty.TitleEn, v.Duty.Clause, v.Duty.WindowFrom.String(), v.Duty.DueOn.String(), v.Duty.Appointment}
	}
	if v.Appointment.At != nil {
		out.Appointment = &AppointmentView{v.Appointment.With, string(v.Appointment.How), momentText(v.Appointment.At)}
	}
	if v.ArrivedAt != nil {
		out.Arrival = &Arrival{momentText(v.ArrivedAt), momentText(v.ArrivalToldAt), spotView(v.Where), v.AccuracyM, v.DistanceM}
	}
	for _, f := range v.Files {
		out.Files = append(out.Files, FileView{id.String(f.ID), f.Name, f.MediaType, f.Size, f.Part})
	}
	if s.MayAct(ctx, v) {
		for _, a := range Acts {
			if v.May(a) {
				out.May = append(out.May, string(a))
			}
		}
	}
	return out
}

// When are the day and time of a visit.
type When struct {
	On   string `json:"on" doc:"YYYY-MM-DD"`
	From string `json:"from,omitempty" doc:"HH:MM; empty with to = no time agreed"`
	To   string `json:"to,omitempty" doc:"HH:MM"`
}

func (w When) read(v *errs.Validation) (on calendar.Date, from, to int) {
	on = httpapi.Day(v, "on", w.On)
	return on, minutes(v, "from", w.From), minutes(v, "to", w.To)
}

func minutes(v *errs.Validation, path, text string) int {
	if text == "" {
		return 0
	}
	if text == "24:00" {
		return dayMin
	}
	at, err := time.Parse("15:04", text)
	v.Check(err == nil, path, "visit.not_a_time", "value", text)
	return at.Hour()*60 + at.Minute()
}

func moment(v *errs.Validation, path, text string) int64 {
	if text == "" {
		return 0
	}
	at, err := time.Parse(time.RFC3339, text)
	v.Check(err == nil, path, "visit.not_a_time", "value", text)
	if err != nil {
		return 0
	}
	return at.UnixMicro()
}

// PlanBody is a visit to be planned.
type PlanBody struct {
	When
	CustomerID       string   `json:"customer_id"`
	DutyID           string   `json:"duty_id,omitempty" doc:"The duty it keeps"`
	OwnerID          string   `json:"owner_id,omitempty" doc:"Who goes; empty = the acting person"`
	Purpose          string   `json:"purpose" maxLength:"800"`
	Place            string   `json:"place,omitempty" maxLength:"800"`
	Ours             []string `json:"ours,omitempty" maxItems:"20"`
	Theirs           []string `json:"theirs,omitempty" maxItems:"20"`
	NeedsAppointment bool     `json:"needs_appointment,omitempty" doc:"Nobody sets out before the customer agreed; true in any case where the duty asks for it"`
}

func (b PlanBody) input() (NewVisit, error) {
	var v errs.Validation
	in := NewVisit{Input: Input{Purpose: b.Purpose, Place: b.Place, Ours: b.Ours, Theirs: b.Theirs, NeedsAppointment: b.NeedsAppointment}}
	in.On, in.FromMin, in.ToMin = b.read(&v)
	in.CustomerID, in.DutyID, in.OwnerID = httpapi.Number(&v, "customer_id", b.CustomerID), httpapi.Number(&v, "duty_id", b.DutyID), httpapi.Number(&v, "owner_id", b.OwnerID)
	return in, v.Err()
}

// ActBody is a step with a visit; only the members of its act count.
type ActBody struct {
	Act           string    `json:"act" enum:"ask,confirm,set_out,arrive,report,move,cancel"`
	On            string    `json:"on,omitempty" doc:"move: the new day; confirm: the day agreed, empty = as planned"`
	From          string    `json:"from,omitempty" doc:"move, confirm with on: HH:MM"`
	To            string    `json:"to,omitempty" doc:"move, confirm with on: HH:MM"`
	With          string    `json:"with,omitempty" maxLength:"800" doc:"confirm: with whom it was agreed; needed where an appointment is"`
	How           string    `json:"how,omitempty" enum:"phone,mail,in_person,referral,other" doc:"confirm: how it was agreed; needed where an appointment is"`
	NoAppointment string    `json:"no_appointment,omitempty" maxLength:"2000" doc:"set_out, arrive: why without the appointment that is needed or was asked for"`
	Reason        string    `json:"reason,omitempty" maxLength:"2000" doc:"cancel: why"`
	At            string    `json:"at,omitempty" doc:"set_out, arrive, report: the moment it happened, RFC 3339; empty = now. A phone that was offline sends the moment it kept, at most seven days back"`
	Where         *SpotView `json:"where,omitempty" doc:"arrive: where"`
	AccuracyM     int64     `json:"accuracy_m,omitempty" doc:"arrive: metres"`
	KeepPlace     bool      `json:"keep_place,omitempty" doc:"arrive: the customer is found here"`
	Files         []string  `json:"files,omitempty" maxItems:"10" doc:"arrive, report: ids of files uploaded before by the same person"`
	Report        string    `json:"report,omitempty" maxLength:"8000" doc:"report: what happened"`
	Met           string    `json:"met,omitempty" maxLength:"800" doc:"report: whom they met"`
	Feedback      string    `json:"feedback,omitempty" maxLength:"8000" doc:"report: what the customer had to say about us"`
	NextOn        string    `json:"next_on,omitempty" doc:"report: the day agreed for the next visit, after this one; it is planned for the customer's owner, or moved to this day where one was agreed before"`
	LateReason    string    `json:"late_reason,omitempty" maxLength:"2000" doc:"report: needed when the visit took place before its duty's window"`
}

func (b ActBody) step() (Step, error) {
	var v errs.Validation
	st := Step{
		Act: Act(b.Act), With: b.With, How: How(b.How), NoAppointment: b.NoAppointment, Reason: b.Reason, AccuracyM: b.AccuracyM, KeepPlace: b.KeepPlace, Report: b.Report, Met: b.Met, Feedback: b.Feedback, LateReason: b.LateReason,
		At: moment(&v, "at", b.At), NextOn: httpapi.Day(&v, "next_on", b.NextOn),
	}
	st.On, st.FromMin, st.ToMin = When{b.On, b.From, b.To}.read(&v)
	if b.Where != nil {
		st.Where = &Spot{b.Where.LatE6, b.Where.LonE6}
	}
	for _, f := range b.Files {
		st.Files = append(st.Files, httpapi.Number(&v, "files", f))
	}
	return st, v.Err()
}

type (
	planIn struct {
		Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
		Body PlanBody
	}
	actIn struct {
		ID   string `path:"id"`
		Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
		Body ActBody
	}
	oneIn struct {
		ID string `path:"id"`
	}
	placeIn struct {
		ID   string `path:"id"`
		Body SpotView
	}
	listIn struct {
		From     string   `query:"from" doc:"On this day or later"`
		To       string   `query:"to" doc:"On this day or earlier"`
		Owner    []string `query:"owner" maxItems:"100" doc:"Ids of those who go, or me"`
		Customer string   `query:"customer" doc:"Id"`
		Duty     string   `query:"duty" doc:"Id"`
		State    []string `query:"state" doc:"States, separated by commas"`
		httpapi.Page
	}
)

type handlers struct{ s *Service }

// Register adds the operations of visits and calls.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	plan := op("plan-visit", http.MethodPost, "/visits", "Plan a visit", authz.DutyDo)
	plan.Status = http.StatusCreated
	httpapi.Register(api, op("list-visits", http.MethodGet, "/visits", "List visits by their day", authz.DutyRead), h.list)
	httpapi.Register(api, plan, h.plan)
	httpapi.Register(api, op("get-visit", http.MethodGet, "/visits/{id}", "Read a visit with its files", authz.DutyRead), h.get)
	httpapi.Register(api, op("act-on-visit", http.MethodPost, "/visits/{id}/acts", "Agree, check in, report, move or cancel a visit", authz.DutyDo), h.act)
	httpapi.Register(api, op("set-customer-place", http.MethodPut, "/customers/{id}/place", "Say where a customer is found on the map", authz.DutyDo), h.place)
	h.registerAgenda(api, op)
	h.registerPrint(api, op)
	h.registerCalls(api, op)
}

func (h *handlers) list(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[View]], error) {
	var v errs.Validation
	f := Filter{
		From: httpapi.Day(&v, "from", in.From), To: httpapi.Day(&v, "to", in.To), CustomerID: httpapi.Number(&v, "customer", in.Customer), DutyID: httpapi.Number(&v, "duty", in.Duty),
		Cursor: in.Cursor, Limit: in.Limit,
	}
	f.OwnerIDs = persons(ctx, &v, in.Owner)
	for _, st := range in.State {
		f.States = append(f.States, State(st))
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	list, next, err := h.s.List(ctx, f)
	if err != nil {
		return nil, err
	}
	return httpapi.OkList(h.s.views(ctx, list), next), nil
}

func (h *handlers) plan(ctx context.Context, in *planIn) (*httpapi.Tagged[View], error) {
	n, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	n.Key = in.Key
	v, err := h.s.Create(ctx, n)
	return h.tagged(ctx, v, err)
}

func (h *handlers) get(ctx context.Context, in *oneIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	v, err := h.s.Get(ctx, n)
	return h.tagged(ctx, v, err)
}

func (h *handlers) act(ctx context.Context, in *actIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	st, err := in.Body.step()
	if err != nil {
		return nil, err
	}
	v, err := h.s.Do(ctx, n, st, in.Key)
	return h.tagged(ctx, v, err)
}

func (h *handlers) tagged(ctx context.Context, v Visit, err error) (*httpapi.Tagged[View], error) {
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[View]{ETag: httpapi.Tag(v.Version), Body: h.s.ViewOf(ctx, v)}, nil
}

func (h *handlers) place(ctx context.Context, in *placeIn) (*httpapi.Empty, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return &httpapi.Empty{}, h.s.SetPlace(ctx, n, Spot{in.Body.LatE6, in.Body.LonE6})
}
