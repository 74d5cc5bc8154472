package visit

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// DayView is a day of an agenda.
type DayView struct {
	On      string        `json:"on"`
	Working bool          `json:"working"`
	Name    duty.TextView `json:"name" doc:"Of a holiday or a make-up working day, empty on ordinary days"`
	Away    bool          `json:"away" doc:"The one person whose agenda it is, is absent"`
}

// AgendaView is what is on some days.
type AgendaView struct {
	Today  string      `json:"today"`
	Days   []DayView   `json:"days" nullable:"false"`
	Visits []View      `json:"visits" nullable:"false" doc:"By day; cancelled ones are left out"`
	Duties []duty.View `json:"duties" nullable:"false" doc:"Not done, due on these days, and no visit is planned for them"`
	More   bool        `json:"more" doc:"There is more than is given (400 visits, 400 duties)"`
}

// ProposalView is a visit that would keep a duty.
type ProposalView struct {
	Duty     duty.View    `json:"duty"`
	Customer CustomerView `json:"customer"`
	Overdue  bool         `json:"overdue" doc:"Its last day has passed"`
	Near     string       `json:"near" enum:"street,district,city,none" doc:"How close the closest other stop of the day is"`
	NearTo   string       `json:"near_to" doc:"The customer of that stop, empty when none is near"`
	NearM    *int64       `json:"near_m" doc:"Metres to that customer, null when a place is not known"`
}

// WeekDayView is a day of a proposed week.
type WeekDayView struct {
	DayView
	Fixed    []View         `json:"fixed" nullable:"false" doc:"Visits that stand"`
	Proposed []ProposalView `json:"proposed" nullable:"false" doc:"In the order in which they lie"`
}

// NotProposedView is a duty that has no place in the week.
type NotProposedView struct {
	Duty duty.View `json:"duty"`
	Why  string    `json:"why" enum:"no_day,no_room,same_customer" doc:"No day of the week is one of its days, or those that are, are full, or the customer is visited this week anyhow"`
}

// WeekView is a week with proposed visits.
type WeekView struct {
	Today string            `json:"today"`
	Days  []WeekDayView     `json:"days" nullable:"false" doc:"Monday to Sunday"`
	Left  []NotProposedView `json:"left" nullable:"false"`
	More  bool              `json:"more" doc:"More duties are owed than were looked at"`
}

type (
	agendaIn struct {
		From  string   `query:"from" required:"true" doc:"The first day"`
		To    string   `query:"to" required:"true" doc:"The last day, at most six weeks on"`
		Owner []string `query:"owner" maxItems:"100" doc:"Ids of those who go, or me; without it everybody within reach"`
	}
	weekIn struct {
		On     string `query:"on" doc:"Any day of the week; empty = today"`
		Owner  string `query:"owner" doc:"Id of who goes; empty = the acting person"`
		PerDay int    `query:"per_day" default:"4" minimum:"1" maximum:"12" doc:"Visits on a day, those that stand among them"`
	}
)

func (h *handlers) registerAgenda(api *httpapi.API, op func(opID, method, path, summary string, p authz.Permission) httpapi.Op) {
	httpapi.Register(api, op("get-agenda", http.MethodGet, "/visits/agenda", "Visits and dated duties by day, with the days off", authz.DutyRead), h.agenda)
	httpapi.Register(api, op("propose-week", http.MethodGet, "/visits/week", "Propose visits for a week from what is owed and how near it lies", authz.DutyRead), h.week)
}

func (h *handlers) agenda(ctx context.Context, in *agendaIn) (*httpapi.Body[AgendaView], error) {
	var v errs.Validation
	from, to, owners := httpapi.Day(&v, "from", in.From), httpapi.Day(&v, "to", in.To), persons(ctx, &v, in.Owner)
	if err := v.Err(); err != nil {
		return nil, err
	}
	a, err := h.s.AgendaOf(ctx, from, to, owners)
	if err != nil {
		return nil, err
	}
	out := AgendaView{Today: h.s.Today().String(), Days: make([]DayView, len(a.Days)), Visits: h.s.views(ctx, a.Visits), Duties: h.s.duties.Views(ctx, a.Duties), More: a.More}
	for i, d := range a.Days {
		out.Days[i] = d.view()
	}
	return httpapi.Ok(out), nil
}

func (d Day) view() DayView {
	return DayView{On: d.On.String(), Working: d.Working, Name: duty.TextView{Zh: d.NameZh, En: d.NameEn}, Away: d.Away}
}

// persons reads ids of persons, of which "me" is the acting one.
func persons(ctx context.Context, v *errs.Validation, texts []string) []int64 {
	actor, _ := authz.From(ctx)
	var out []int64
	for _, text := range texts {
		n := actor.UserID
		if text != "me" {
			n = httpapi.Number(v, "owner", text)
		}
		out = append(out, n)
	}
	return out
}

func (s *Service) views(ctx context.Context, list []Visit) []View {
	out := make([]View, len(list))
	for i, v := range list {
		out[i] = s.ViewOf(ctx, v)
	}
	return out
}

func (h *handlers) week(ctx context.Context, in *weekIn) (*httpapi.Body[WeekView], error) {
	var v errs.Validation
	on := httpapi.Day(&v, "on", in.On)
	if on == calendar.None {
		on = h.s.Today()
	}
	if in.Owner == "" {
		in.Owner = "me"
	}
	owners := persons(ctx, &v, []string{in.Owner})
	if err := v.Err(); err != nil {
		return nil, err
	}
	w, err := h.s.ProposeWeek(ctx, on, owners[0], in.PerDay)
	if err != nil {
		return nil, err
	}
	out := WeekView{Today: h.s.Today().String(), Days: make([]WeekDayView, len(w.Days)), Left: make([]NotProposedView, len(w.Left)), More: w.More}
	for i, d := range w.Days {
		one := WeekDayView{DayView: d.view(), Fixed: h.s.views(ctx, d.Fixed), Proposed: make([]ProposalView, len(d.Proposed))}
		for n, p := range d.Proposed {
			one.Proposed[n] = h.s.proposalView(ctx, p)
		}
		out.Days[i] = one
	}
	for i, l := range w.Left {
		out.Left[i] = NotProposedView{h.s.duties.Views(ctx, []duty.Duty{l.Duty})[0], string(l.Why)}
	}
	return httpapi.Ok(out), nil
}

var nearWords = map[Nearness]string{Apart: "none", SameCity: "city", SameDistrict: "district", SameStreet: "street"}

func (s *Service) proposalView(ctx context.Context, p Proposal) ProposalView {
	c := p.Customer
	return ProposalView{
		Duty:     s.duties.Views(ctx, []duty.Duty{p.Duty})[0],
		Customer: CustomerView{id.String(p.Duty.CustomerID), c.Code, c.Name, c.Region, c.Address, spotView(c.Place)},
		Overdue:  p.Overdue, Near: nearWords[p.Near], NearTo: p.NearTo, NearM: p.NearM,
	}
}
