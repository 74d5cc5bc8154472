package care

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// GreetingView is a greeting that is owed.
type GreetingView struct {
	DutyID     string       `json:"duty_id"`
	CustomerID string       `json:"customer_id"`
	Customer   string       `json:"customer"`
	TitleZh    string       `json:"title_zh"`
	TitleEn    string       `json:"title_en"`
	Owner      string       `json:"owner"`
	DueOn      string       `json:"due_on"`
	State      string       `json:"state" enum:"open,missed,kept,late,waived,dropped"`
	Taboos     string       `json:"taboos" doc:"What is to be left alone with this customer; empty = nothing known"`
	Message    *MessageView `json:"message" doc:"By which it is kept; null = nothing was approved yet"`
}

// MessageView is where the message of a greeting stands.
type MessageView struct {
	ID      string         `json:"id"`
	Channel string         `json:"channel" enum:"mail,sms,wecom,webhook"`
	State   string         `json:"state" enum:"queued,sending,sent,failed,suppressed,unclear,stopped"`
	Why     string         `json:"why" doc:"Code of a sentence; empty = nothing to say"`
	WhyArgs map[string]any `json:"why_args"`
}

// OutcomeView is what became of one greeting that was approved.
type OutcomeView struct {
	DutyID  string         `json:"duty_id"`
	State   string         `json:"state" doc:"Of its message; empty when there is none"`
	Why     string         `json:"why" doc:"Code of a sentence"`
	WhyArgs map[string]any `json:"why_args"`
}

// SendBody approves greetings.
type SendBody struct {
	TemplateID string   `json:"template_id"`
	DutyIDs    []string `json:"duty_ids" minItems:"1" maxItems:"500" nullable:"false"`
}

type (
	listIn struct {
		httpapi.Page
		From string `query:"from" doc:"Due on or after this day"`
		To   string `query:"to" doc:"Due on or before this day"`
	}
	sendIn struct{ Body SendBody }
)

// Register adds the operations of greetings.
func Register(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "list-greetings", Method: http.MethodGet, Path: "/care/greetings", Tag: "Care", Permission: authz.DutyRead,
		Summary: "Who is to be greeted on which day, and the message by which it is done",
	}, s.httpList)
	httpapi.Register(api, httpapi.Op{
		ID: "send-greetings", Method: http.MethodPost, Path: "/care/greetings/send", Tag: "Care", Permission: authz.MessageSend,
		Summary: "Approve greetings: each goes out on its day with the template; approving twice sends once",
	}, s.httpSend)
}

func (s *Service) httpList(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[GreetingView]], error) {
	f := Filter{From: calendar.None, To: calendar.None, Cursor: in.Cursor, Limit: in.Limit}
	var v errs.Validation
	for _, x := range []struct {
		path, text string
		to         *calendar.Date
	}{{"from", in.From, &f.From}, {"to", in.To, &f.To}} {
		if x.text == "" {
			continue
		}
		var err error
		*x.to, err = calendar.Parse(x.text)
		v.Check(err == nil, x.path, "field.not_a_date", "value", x.text)
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	list, next, err := s.List(ctx, f)
	out := make([]GreetingView, len(list))
	for i := range list {
		out[i] = s.view(&list[i])
	}
	return httpapi.OkList(out, next), err
}

func (s *Service) view(g *Greeting) GreetingView {
	v := GreetingView{
		DutyID: id.String(g.Duty.ID), CustomerID: id.Optional(g.CustomerID), Customer: g.Customer.Name, TitleZh: g.TitleZh, TitleEn: g.TitleEn,
		Owner: g.OwnerName, DueOn: g.DueOn.String(), State: string(g.EffectiveState(s.duties.Today())), Taboos: g.Taboos,
	}
	if m := g.Message; m != nil {
		v.Message = &MessageView{id.String(m.ID), string(m.Channel), string(m.State), m.Why, m.WhyArgs}
	}
	return v
}

func (s *Service) httpSend(ctx context.Context, in *sendIn) (*httpapi.Body[httpapi.List[OutcomeView]], error) {
	template, err := id.Parse(in.Body.TemplateID)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(in.Body.DutyIDs))
	for i, text := range in.Body.DutyIDs {
		if ids[i], err = id.Parse(text); err != nil {
			return nil, err
		}
	}
	list, err := s.Send(ctx, template, ids)
	out := make([]OutcomeView, len(list))
	for i, o := range list {
		out[i] = outcomeView(o)
	}
	return httpapi.OkList(out, ""), err
}

func outcomeView(o Outcome) OutcomeView {
	v := OutcomeView{DutyID: id.String(o.DutyID)}
	if o.Message != nil {
		v.State, v.Why, v.WhyArgs = string(o.Message.State), o.Message.Why, o.Message.WhyArgs
		return v
	}
	v.Why = errs.CodeOf(o.Err)
	if e, ok := errs.As(o.Err); ok {
		v.WhyArgs = e.Args
	}
	return v
}
