package seminar

import (
	"context"
	"net/http"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// InvitationView is somebody on the list of an event.
type InvitationView struct {
	ID           string   `json:"id"`
	Number       int64    `json:"number" doc:"Said at the door"`
	CustomerID   string   `json:"customer_id" doc:"Empty for somebody who is no customer"`
	CustomerCode string   `json:"customer_code"`
	Customer     string   `json:"customer" doc:"Name of the customer, or the company of somebody who is none"`
	OwnerName    string   `json:"owner_name" doc:"Who looks after the customer"`
	ContactID    string   `json:"contact_id"`
	Person       string   `json:"person" doc:"Who is invited or came; empty = the customer as such"`
	Phone        string   `json:"phone"`
	Origin       string   `json:"origin" enum:"segment,hand,walk_in"`
	Answer       string   `json:"answer" enum:"none,yes,waiting,no,withdrawn"`
	Guests       int64    `json:"guests"`
	GuestNames   []string `json:"guest_names" nullable:"false"`
	Note         string   `json:"note"`
	AnsweredAt   string   `json:"answered_at" doc:"RFC 3339 or empty"`
	ByLink       bool     `json:"by_link" doc:"They answered themselves"`
	MovedUp      bool     `json:"moved_up" doc:"They waited, and a place became free"`
	Came         int64    `json:"came" doc:"How many people came, 0 = nobody"`
	CameAt       string   `json:"came_at" doc:"RFC 3339 or empty"`
	DutyID       string   `json:"duty_id" doc:"The duty that was kept by it"`
	May          []string `json:"may" nullable:"false" doc:"What the acting person may do now: answer, check_in, take_back, take_off, forget"`
}

// answerNone stands in the API for no answer yet.
const answerNone = "none"

func invitationView(m Seminar, v Invitation, runs, own bool, started bool) InvitationView {
	out := InvitationView{
		ID: id.String(v.ID), Number: v.Number, CustomerID: id.Optional(v.CustomerID), CustomerCode: v.Customer.Code, Customer: v.Customer.Name, OwnerName: v.Customer.OwnerName,
		ContactID: id.Optional(v.ContactID), Person: v.Person, Phone: v.Phone, Origin: string(v.Origin), Answer: string(v.Answer), Guests: v.Guests, GuestNames: append([]string{}, v.GuestNames...),
		Note: v.Note, AnsweredAt: momentText(v.AnsweredAt), ByLink: v.AnsweredAt != nil && v.AnsweredBy == 0, MovedUp: v.MovedUpAt != nil, Came: v.Came, CameAt: momentText(v.CameAt),
		DutyID: id.Optional(v.DutyID), May: []string{},
	}
	if v.CustomerID == 0 {
		out.Customer = v.Company
	}
	if out.Answer == "" {
		out.Answer = answerNone
	}
	may := func(on bool, what string) {
		if on {
			out.May = append(out.May, what)
		}
	}
	open := m.State == Planned && v.Answer != Withdrawn
	may(open && v.Came == 0 && v.Origin != WalkedIn && (runs || own), "answer")
	may(open && v.Came == 0 && started && runs, "check_in")
	may(open && v.Came > 0 && runs, "take_back")
	may(open && v.Came == 0 && runs, "take_off")
	may((len(v.GuestNames) > 0 || v.CustomerID == 0 && v.Person != "") && (runs || own), "forget")
	return out
}

func (h *handlers) invitationOf(ctx context.Context, m Seminar, v Invitation) InvitationView {
	actor, _ := authz.From(ctx)
	own := actor.Grants[authz.DutyDo] != authz.ReachNone && actor.Scope(authz.DutyDo).Covers(v.place())
	return invitationView(m, v, h.s.MayRun(ctx, m), own, h.s.Today() >= m.On)
}

// InvitedView says what an invitation of many came to.
type InvitedView struct {
	Added   int64 `json:"added"`
	Already int64 `json:"already" doc:"On the list before"`
	Left    int64 `json:"left" doc:"Archived, or outside the reach of whoever invited"`
}

// ArrivedView is somebody who was checked in.
type ArrivedView struct {
	Invitation InvitationView `json:"invitation"`
	Again      bool           `json:"again" doc:"They had been checked in before; nothing changed"`
}

// LinkView is the link of an invitation.
type LinkView struct {
	Link string   `json:"link"`
	Code CodeView `json:"code"`
}

// AttendanceView is an event a customer was invited to.
type AttendanceView struct {
	Seminar    View           `json:"seminar"`
	Invitation InvitationView `json:"invitation"`
}

type (
	guestsIn struct {
		ID     string   `path:"id"`
		Answer []string `query:"answer" doc:"none, yes, waiting, no, withdrawn; empty = all but those taken off"`
		Came   string   `query:"came" enum:"yes,no," doc:"Only those who came, or who did not"`
		Text   string   `query:"q" maxLength:"80" doc:"Part of a name, a customer's code, or the number"`
		httpapi.Page
	}
	inviteIn struct {
		ID   string `path:"id"`
		Body struct {
			SegmentID   string   `json:"segment_id,omitempty" doc:"Its members as they stand now"`
			CustomerIDs []string `json:"customer_ids,omitempty" maxItems:"1000"`
		}
	}
	answerIn struct {
		GuestPath
		Body AnswerBody
	}
	arriveIn struct {
		ID   string `path:"id"`
		Body struct {
			Code   string `json:"code" maxLength:"1000" doc:"The number of the invitation, or what its QR code says"`
			People int64  `json:"people,omitempty" doc:"How many came together, 0 = as many as they said"`
		}
	}
	walkIn struct {
		ID   string `path:"id"`
		Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
		Body struct {
			CustomerID string `json:"customer_id,omitempty" doc:"Empty = no customer; then a name and consent are needed"`
			Person     string `json:"person,omitempty" maxLength:"300"`
			Company    string `json:"company,omitempty" maxLength:"500"`
			Phone      string `json:"phone,omitempty" maxLength:"200"`
			People     int64  `json:"people,omitempty" doc:"0 = one"`
			Consent    bool   `json:"consent,omitempty" doc:"They agreed that name and phone are kept"`
		}
	}
	customerIn struct {
		ID    string `path:"id"`
		Limit int    `query:"limit" minimum:"1" maximum:"200" default:"20"`
	}
)

// GuestPath names an invitation in a path. Exported because only exported embedded fields of an input are read.
type GuestPath struct {
	ID         string `path:"id"`
	Invitation string `path:"invitation"`
}

// AnswerBody is what somebody said to an invitation.
type AnswerBody struct {
	Yes        bool     `json:"yes"`
	Guests     int64    `json:"guests,omitempty" doc:"How many they bring"`
	GuestNames []string `json:"guest_names,omitempty" maxItems:"20"`
	Note       string   `json:"note,omitempty" maxLength:"2000"`
	Consent    bool     `json:"consent,omitempty" doc:"Needed with names: they may be kept for the event"`
}

func (b AnswerBody) reply() Reply {
	return Reply(b)
}

func registerInvitations(api *httpapi.API, h *handlers, op func(opID, method, path, summary string, p authz.Permission) httpapi.Op) {
	httpapi.Register(api, op("list-invitations", http.MethodGet, "/seminars/{id}/invitations", "Who is on the list of an event, by number", authz.DutyRead), h.guests)
	httpapi.Register(api, op("invite", http.MethodPost, "/seminars/{id}/invitations", "Invite the customers of a segment as it stands now, or some by name", authz.DutyDo), h.invite)
	httpapi.Register(api, op("answer-invitation", http.MethodPost, "/seminars/{id}/invitations/{invitation}/answer", "Enter what somebody said to an invitation", authz.DutyDo), h.answer)
	httpapi.Register(api, op("take-off-invitation", http.MethodDelete, "/seminars/{id}/invitations/{invitation}", "Take somebody off the list", authz.DutyDo), h.takeOff)
	httpapi.Register(api, op("forget-guests", http.MethodPost, "/seminars/{id}/invitations/{invitation}/forget", "Take the names of guests away, or who somebody is that is no customer", authz.DutyDo), h.forget)
	httpapi.Register(api, op("get-invitation-link", http.MethodGet, "/seminars/{id}/invitations/{invitation}/link", "The link of an invitation, and its QR code", authz.DutyRead), h.link)
	httpapi.Register(api, op("check-in", http.MethodPost, "/seminars/{id}/arrivals", "Check somebody in by number or QR code; twice is once", authz.DutyDo), h.checkIn)
	httpapi.Register(api, op("walk-in", http.MethodPost, "/seminars/{id}/walk-ins", "Check somebody in who was not invited", authz.DutyDo), h.walkIn)
	httpapi.Register(api, op("take-back-check-in", http.MethodDelete, "/seminars/{id}/arrivals/{invitation}", "Take a check-in back that was a mistake", authz.DutyDo), h.takeBack)
	httpapi.Register(api, op("list-customer-seminars", http.MethodGet, "/customers/{id}/seminars", "Events a customer was invited to", authz.DutyRead), h.ofCustomer)
}

func (h *handlers) guests(ctx context.Context, in *guestsIn) (*httpapi.Body[httpapi.List[InvitationView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	g := Guests{Text: in.Text, Cursor: in.Cursor, Limit: in.Limit}
	for _, a := range in.Answer {
		g.Answers = append(g.Answers, Answer(strings.TrimPrefix(a, answerNone)))
	}
	if in.Came != "" {
		came := in.Came == "yes"
		g.Came = &came
	}
	list, next, err := h.s.Guests(ctx, n, g)
	if err != nil {
		return nil, err
	}
	m, err := h.s.Get(ctx, n)
	out := make([]InvitationView, len(list))
	for i := range list {
		out[i] = h.invitationOf(ctx, m, list[i])
	}
	return httpapi.OkList(out, next), err
}

func (h *handlers) invite(ctx context.Context, in *inviteIn) (*httpapi.Body[InvitedView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	segment := httpapi.Number(&v, "segment_id", in.Body.SegmentID)
	customers := make([]int64, len(in.Body.CustomerIDs))
	for i, text := range in.Body.CustomerIDs {
		customers[i] = httpapi.Number(&v, "customer_ids", text)
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	x, err := h.s.Invite(ctx, n, segment, customers)
	return httpapi.Ok(InvitedView(x)), err
}

func (in GuestPath) ids() (seminarID, inviteID int64, err error) {
	if seminarID, err = id.Parse(in.ID); err != nil {
		return 0, 0, err
	}
	inviteID, err = id.Parse(in.Invitation)
	return seminarID, inviteID, err
}

// shown gives an invitation after an act.
func (h *handlers) shown(ctx context.Context, v Invitation, err error) (*httpapi.Body[InvitationView], error) {
	if err != nil {
		return nil, err
	}
	m, err := h.s.Get(ctx, v.SeminarID)
	return httpapi.Ok(h.invitationOf(ctx, m, v)), err
}

func (h *handlers) answer(ctx context.Context, in *answerIn) (*httpapi.Body[InvitationView], error) {
	m, v, err := in.ids()
	if err != nil {
		return nil, err
	}
	out, err := h.s.Answer(ctx, m, v, in.Body.reply())
	return h.shown(ctx, out, err)
}

func (h *handlers) takeOff(ctx context.Context, in *GuestPath) (*httpapi.Empty, error) {
	m, v, err := in.ids()
	if err != nil {
		return nil, err
	}
	return &httpapi.Empty{}, h.s.TakeOff(ctx, m, v)
}

func (h *handlers) forget(ctx context.Context, in *GuestPath) (*httpapi.Body[InvitationView], error) {
	m, v, err := in.ids()
	if err != nil {
		return nil, err
	}
	out, err := h.s.Forget(ctx, m, v)
	return h.shown(ctx, out, err)
}

func (h *handlers) link(ctx context.Context, in *GuestPath) (*httpapi.Body[LinkView], error) {
	m, v, err := in.ids()
	if err != nil {
		return nil, err
	}
	if _, _, err := h.s.Visible(ctx, m, v); err != nil {
		return nil, err
	}
	link, err := h.s.Link(ctx, v)
	if err != nil {
		return nil, err
	}
	code, err := codeView(link)
	return httpapi.Ok(LinkView{link, code}), err
}

func (h *handlers) arrivedView(ctx context.Context, a Arrived, err error) (*httpapi.Body[ArrivedView], error) {
	if err != nil {
		return nil, err
	}
	m, err := h.s.Get(ctx, a.SeminarID)
	return httpapi.Ok(ArrivedView{h.invitationOf(ctx, m, a.Invitation), a.Again}), err
}

func (h *handlers) checkIn(ctx context.Context, in *arriveIn) (*httpapi.Body[ArrivedView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	a, err := h.s.CheckIn(ctx, n, in.Body.Code, in.Body.People)
	return h.arrivedView(ctx, a, err)
}

func (h *handlers) walkIn(ctx context.Context, in *walkIn) (*httpapi.Body[ArrivedView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	b := in.Body
	w := WalkIn{CustomerID: httpapi.Number(&v, "customer_id", b.CustomerID), Person: b.Person, Company: b.Company, Phone: b.Phone, People: b.People, Consent: b.Consent}
	if err := v.Err(); err != nil {
		return nil, err
	}
	a, err := h.s.WalkIn(ctx, n, w, in.Key)
	return h.arrivedView(ctx, a, err)
}

func (h *handlers) takeBack(ctx context.Context, in *GuestPath) (*httpapi.Body[InvitationView], error) {
	m, v, err := in.ids()
	if err != nil {
		return nil, err
	}
	out, err := h.s.TakeBack(ctx, m, v)
	return h.shown(ctx, out, err)
}

func (h *handlers) ofCustomer(ctx context.Context, in *customerIn) (*httpapi.Body[httpapi.List[AttendanceView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := h.s.OfCustomer(ctx, n, in.Limit)
	out := make([]AttendanceView, len(list))
	for i, a := range list {
		out[i] = AttendanceView{h.s.viewOf(ctx, a.Seminar), h.invitationOf(ctx, a.Seminar, a.Invitation)}
	}
	return httpapi.OkList(out, ""), err
}
