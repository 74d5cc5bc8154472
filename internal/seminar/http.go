package seminar

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/money"
)

const tag = "Events"

// AskedView is a rule that asks for events.
type AskedView struct {
	Rulebook string `json:"rulebook"`
	Rule     string `json:"rule"`
	Grade    string `json:"grade" doc:"Of duties owed to a whole grade, empty where each customer is owed its own"`
	Clause   string `json:"clause"`
	TitleZh  string `json:"title_zh"`
	TitleEn  string `json:"title_en"`
	Owed     int64  `json:"owed" doc:"Duties of it that are not done yet; 0 beside an event"`
	FirstDue string `json:"first_due" doc:"Empty beside an event"`
}

// TallyView says how the invitations of an event stand.
type TallyView struct {
	Invited int64 `json:"invited"`
	Open    int64 `json:"open" doc:"Without an answer"`
	Yes     int64 `json:"yes"`
	Waiting int64 `json:"waiting"`
	No      int64 `json:"no"`
	Came    int64 `json:"came" doc:"Invitations and walk-ins that were checked in"`
	People  int64 `json:"people" doc:"Heads that came, with their guests"`
	Absent  int64 `json:"absent" doc:"Said yes and did not come"`
	WalkIns int64 `json:"walk_ins"`
}

// View is an event in the API.
type View struct {
	ID            string     `json:"id"`
	TitleZh       string     `json:"title_zh"`
	TitleEn       string     `json:"title_en"`
	Kind          string     `json:"kind" enum:"seminar,exchange,thanks,training,meeting,hobby,other"`
	On            string     `json:"on"`
	From          string     `json:"from" doc:"HH:MM, empty when no time is set"`
	To            string     `json:"to" doc:"HH:MM"`
	Place         string     `json:"place"`
	About         string     `json:"about"`
	OrganiserID   string     `json:"organiser_id"`
	OrganiserName string     `json:"organiser_name"`
	Team          []string   `json:"team" nullable:"false" doc:"Ids of who runs it beside the organiser"`
	TeamNames     []string   `json:"team_names" nullable:"false" doc:"Only where one event is read"`
	Capacity      int64      `json:"capacity" doc:"People, 0 = no limit"`
	Taken         int64      `json:"taken" doc:"Places of those who said yes"`
	Guests        int64      `json:"guests" doc:"How many each may bring"`
	AnswerBy      string     `json:"answer_by" doc:"Last day of answering by the link, empty = the day itself"`
	Budget        string     `json:"budget" doc:"Decimal; empty for people who do not run the event"`
	Currency      string     `json:"currency"`
	Asked         *AskedView `json:"asked" doc:"The rule whose duties it keeps, null when none"`
	State         string     `json:"state" enum:"planned,held,cancelled"`
	Reason        string     `json:"reason" doc:"Of a cancellation"`
	Summary       string     `json:"summary" doc:"What came of it"`
	ClosedAt      string     `json:"closed_at" doc:"RFC 3339 or empty"`
	Kept          int64      `json:"kept" doc:"Duties that were kept by it"`
	Tally         TallyView  `json:"tally"`
	Runs          bool       `json:"runs" doc:"The acting person runs it"`
	Today         bool       `json:"today" doc:"Its day has come: people are checked in"`
	Version       int64      `json:"version" doc:"What If-Match wants, as an ETag"`
}

func clockText(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func momentText(us *int64) string {
	if us == nil {
		return ""
	}
	return time.UnixMicro(*us).UTC().Format(time.RFC3339)
}

func (s *Service) viewOf(ctx context.Context, m Seminar) View {
	t := m.Tally
	v := View{
		ID: id.String(m.ID), TitleZh: m.TitleZh, TitleEn: m.TitleEn, Kind: string(m.Kind), On: m.On.String(), Place: m.Place, About: m.About,
		OrganiserID: id.String(m.OrganiserID), OrganiserName: m.OrganiserName, Team: []string{}, TeamNames: append([]string{}, m.TeamNames...), Capacity: m.Capacity, Taken: m.Taken,
		Guests: m.Guests, AnswerBy: m.AnswerBy.String(), Currency: m.Currency, State: string(m.State), Reason: m.Reason, Summary: m.Summary, ClosedAt: momentText(m.ClosedAt), Kept: m.Kept,
		Tally: TallyView{t.Invited, t.Open, t.Yes, t.Waiting, t.No, t.Came, t.People, t.Absent, t.WalkIns}, Runs: s.MayRun(ctx, m), Today: s.Today() >= m.On, Version: m.Version,
	}
	if m.ToMin != 0 {
		v.From, v.To = clockText(m.FromMin), clockText(m.ToMin)
	}
	for _, n := range m.Team {
		v.Team = append(v.Team, id.String(n))
	}
	if m.Asked != (duty.ByRule{}) {
		v.Asked = &AskedView{Rulebook: m.Asked.Rulebook, Rule: m.Asked.Rule, Grade: m.Asked.Grade, Clause: m.Clause, TitleZh: m.DutyZh, TitleEn: m.DutyEn}
	}
	if v.Runs {
		v.Budget = money.Format(m.Budget, m.Currency)
	}
	return v
}

// PlanBody is an event to be planned.
type PlanBody struct {
	TitleZh     string   `json:"title_zh,omitempty" maxLength:"500"`
	TitleEn     string   `json:"title_en,omitempty" maxLength:"500"`
	Kind        string   `json:"kind" enum:"seminar,exchange,thanks,training,meeting,hobby,other"`
	On          string   `json:"on" doc:"YYYY-MM-DD"`
	From        string   `json:"from,omitempty" doc:"HH:MM"`
	To          string   `json:"to,omitempty" doc:"HH:MM"`
	Place       string   `json:"place,omitempty" maxLength:"1000"`
	About       string   `json:"about,omitempty" maxLength:"10000"`
	OrganiserID string   `json:"organiser_id,omitempty" doc:"Empty = the acting person"`
	Team        []string `json:"team,omitempty" maxItems:"50" doc:"Ids of who runs it beside the organiser"`
	Capacity    int64    `json:"capacity,omitempty" doc:"People, 0 = no limit"`
	Guests      int64    `json:"guests,omitempty" doc:"How many each may bring"`
	AnswerBy    string   `json:"answer_by,omitempty" doc:"Last day of answering by the link"`
	Budget      string   `json:"budget,omitempty" doc:"Decimal"`
	Currency    string   `json:"currency,omitempty" doc:"ISO 4217; empty = CNY"`
	Rulebook    string   `json:"rulebook,omitempty" doc:"With rule and grade: whose duties it keeps"`
	Rule        string   `json:"rule,omitempty"`
	Grade       string   `json:"grade,omitempty"`
}

const defaultCurrency = "CNY"

func (b PlanBody) input() (Input, error) {
	var v errs.Validation
	in := Input{
		TitleZh: b.TitleZh, TitleEn: b.TitleEn, Kind: Kind(b.Kind), On: httpapi.Day(&v, "on", b.On), FromMin: minutes(&v, "from", b.From), ToMin: minutes(&v, "to", b.To), Place: b.Place, About: b.About,
		OrganiserID: httpapi.Number(&v, "organiser_id", b.OrganiserID), Capacity: b.Capacity, Guests: b.Guests, AnswerBy: httpapi.Day(&v, "answer_by", b.AnswerBy), Currency: b.Currency,
		Asked: duty.ByRule{Rulebook: b.Rulebook, Rule: b.Rule, Grade: b.Grade},
	}
	for _, n := range b.Team {
		in.Team = append(in.Team, httpapi.Number(&v, "team", n))
	}
	if in.Currency == "" {
		in.Currency = defaultCurrency
	}
	in.Budget = amount(&v, "budget", b.Budget, in.Currency)
	return in, v.Err()
}

func amount(v *errs.Validation, path, text, currency string) int64 {
	if strings.TrimSpace(text) == "" || !money.ValidCurrency(currency) {
		return 0
	}
	a, err := money.Parse(text, currency)
	v.Check(err == nil, path, "field.not_allowed", "value", text)
	return a.Minor
}

// minutes reads a time of the day.
func minutes(v *errs.Validation, path, text string) int {
	if text == "" {
		return 0
	}
	h, m, ok := strings.Cut(text, ":")
	hours, herr := strconv.Atoi(h)
	mins, merr := strconv.Atoi(m)
	ok = ok && herr == nil && merr == nil && hours >= 0 && mins >= 0 && mins < 60 && hours*60+mins <= dayMinutes
	v.Check(ok, path, "field.not_allowed", "value", text)
	return hours*60 + mins
}

type (
	planIn struct {
		Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
		Body PlanBody
	}
	changeIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match" doc:"ETag read before"`
		Body    PlanBody
	}
	oneIn struct {
		ID string `path:"id"`
	}
	cancelIn struct {
		ID   string `path:"id"`
		Body struct {
			Reason string `json:"reason" maxLength:"2000"`
		}
	}
	closeIn struct {
		ID   string `path:"id"`
		Body struct {
			Summary string `json:"summary,omitempty" maxLength:"10000" doc:"What came of it"`
		}
	}
	listIn struct {
		State  []string `query:"state" doc:"planned, held, cancelled"`
		Kind   []string `query:"kind"`
		Mine   bool     `query:"mine" doc:"Organised by the acting person, or in whose team the person is"`
		From   string   `query:"from" doc:"On or after this day"`
		To     string   `query:"to" doc:"On or before this day"`
		Newest bool     `query:"newest" doc:"The latest day first"`
		httpapi.Page
	}
)

type handlers struct{ s *Service }

// Register adds the operations of events.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	plan := op("plan-seminar", http.MethodPost, "/seminars", "Plan an event", authz.DutyDo)
	plan.Status = http.StatusCreated
	httpapi.Register(api, plan, h.plan)
	httpapi.Register(api, op("list-seminars", http.MethodGet, "/seminars", "List events by their day", authz.DutyRead), h.list)
	httpapi.Register(api, op("list-seminar-rules", http.MethodGet, "/seminars/asked", "Rules by which events are owed now", authz.DutyRead), h.asked)
	httpapi.Register(api, op("get-seminar", http.MethodGet, "/seminars/{id}", "Read an event with how its invitations stand", authz.DutyRead), h.get)
	httpapi.Register(api, op("change-seminar", http.MethodPut, "/seminars/{id}", "Change an event that is planned", authz.DutyDo), h.change)
	httpapi.Register(api, op("cancel-seminar", http.MethodPost, "/seminars/{id}/cancel", "Call an event off", authz.DutyDo), h.cancel)
	httpapi.Register(api, op("close-seminar", http.MethodPost, "/seminars/{id}/close", "Close an event that took place; keeps the duties it was held for", authz.DutyDo), h.close)
	registerInvitations(api, h, op)
	registerAfter(api, h, op)
	registerPublic(api, h)
}

func (h *handlers) one(ctx context.Context, m Seminar, err error) (*httpapi.Tagged[View], error) {
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[View]{ETag: httpapi.Tag(m.Version), Body: h.s.viewOf(ctx, m)}, nil
}

func (h *handlers) plan(ctx context.Context, in *planIn) (*httpapi.Tagged[View], error) {
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	m, err := h.s.Plan(ctx, input, in.Key)
	return h.one(ctx, m, err)
}

func (h *handlers) list(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[View]], error) {
	var v errs.Validation
	f := Filter{Mine: in.Mine, From: httpapi.Day(&v, "from", in.From), To: httpapi.Day(&v, "to", in.To), Newest: in.Newest, Cursor: in.Cursor, Limit: in.Limit}
	if err := v.Err(); err != nil {
		return nil, err
	}
	for _, st := range in.State {
		f.States = append(f.States, State(st))
	}
	for _, k := range in.Kind {
		f.Kinds = append(f.Kinds, Kind(k))
	}
	list, next, err := h.s.List(ctx, f)
	if err != nil {
		return nil, err
	}
	out := make([]View, len(list))
	for i := range list {
		out[i] = h.s.viewOf(ctx, list[i])
	}
	return httpapi.OkList(out, next), nil
}

func (h *handlers) asked(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[AskedView]], error) {
	list, err := h.s.duties.RulesOwed(ctx, Activity)
	out := make([]AskedView, len(list))
	for i, a := range list {
		out[i] = AskedView{a.Rulebook, a.Rule, a.Grade, a.Clause, a.TitleZh, a.TitleEn, a.Owed, a.FirstDue.String()}
	}
	return httpapi.OkList(out, ""), err
}

func (h *handlers) get(ctx context.Context, in *oneIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	m, err := h.s.Get(ctx, n)
	return h.one(ctx, m, err)
}

func (h *handlers) change(ctx context.Context, in *changeIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	version, err := httpapi.Match(in.IfMatch)
	if err != nil {
		return nil, err
	}
	input, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	m, err := h.s.Change(ctx, n, version, func(old *Input) {
		if input.OrganiserID == 0 {
			input.OrganiserID = old.OrganiserID
		}
		*old = input
	})
	return h.one(ctx, m, err)
}

func (h *handlers) cancel(ctx context.Context, in *cancelIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	m, err := h.s.Cancel(ctx, n, in.Body.Reason)
	return h.one(ctx, m, err)
}

func (h *handlers) close(ctx context.Context, in *closeIn) (*httpapi.Tagged[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	m, err := h.s.Close(ctx, n, in.Body.Summary)
	return h.one(ctx, m, err)
}
