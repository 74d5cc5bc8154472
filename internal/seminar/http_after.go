package seminar

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/money"
	"kezhi/internal/paper"
)

// CostView is something an event cost.
type CostView struct {
	ID     string `json:"id"`
	What   string `json:"what"`
	Amount string `json:"amount" doc:"Decimal"`
	On     string `json:"on"`
	By     string `json:"by" doc:"Who entered it"`
}

// CostsView is what an event cost, in decimals of its currency.
type CostsView struct {
	Items    []CostView `json:"items" nullable:"false"`
	Total    string     `json:"total"`
	Budget   string     `json:"budget"`
	Currency string     `json:"currency"`
	PerHead  string     `json:"per_head" doc:"Of the people that came; empty while nobody came"`
	PerGuest string     `json:"per_guest" doc:"Of the invitations and walk-ins that came"`
}

func costsView(x CostSheet) CostsView {
	text := func(minor *int64) string {
		if minor == nil {
			return ""
		}
		return money.Format(*minor, x.Currency)
	}
	out := CostsView{Items: make([]CostView, len(x.Items)), Total: text(&x.Total), Budget: text(&x.Budget), Currency: x.Currency, PerHead: text(x.PerHead), PerGuest: text(x.PerGuest)}
	for i, c := range x.Items {
		out.Items[i] = CostView{id.String(c.ID), c.What, money.Format(c.Amount, x.Currency), c.On.String(), c.ByName}
	}
	return out
}

// FollowedView says what a follow-up came to.
type FollowedView struct {
	Made int64 `json:"made" doc:"Promises"`
	Left int64 `json:"left" doc:"Archived customers, or outside the reach of whoever gave it out"`
}

// SentView says what became of messages that were asked for.
type SentView struct {
	Queued int64 `json:"queued" doc:"On their way, or sent before with the same template"`
	Held   int64 `json:"held" doc:"Kept back by the gate; the log of messages says why"`
	Left   int64 `json:"left" doc:"No address, archived, or outside the reach of whoever sends"`
}

type (
	costIn struct {
		ID   string `path:"id"`
		Key  string `header:"Idempotency-Key" doc:"The same key with the same body does it once"`
		Body struct {
			What   string `json:"what" maxLength:"500"`
			Amount string `json:"amount" doc:"Decimal in the currency of the event; a correction may be negative"`
			On     string `json:"on,omitempty" doc:"YYYY-MM-DD; empty = today"`
		}
	}
	costPathIn struct {
		ID   string `path:"id"`
		Cost string `path:"cost"`
	}
	sendIn struct {
		ID   string `path:"id"`
		Body struct {
			TemplateID string `json:"template_id" doc:"Of the purpose invitation"`
			To         string `json:"to" enum:"none,yes,waiting" doc:"Those who gave this answer"`
		}
	}
	followIn struct {
		ID   string `path:"id"`
		Body struct {
			Whom  string `json:"whom" enum:"came,absent,no" doc:"Who came, who said yes and did not, who said no"`
			What  string `json:"what" maxLength:"2000"`
			DueOn string `json:"due_on" doc:"YYYY-MM-DD"`
		}
	}
	reportIn struct {
		ID     string `path:"id"`
		Format string `query:"format" enum:"pdf,xlsx" default:"pdf"`
		Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the words of the paper"`
	}
	badgesIn struct {
		ID   string `path:"id"`
		Lang string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the words of the paper"`
	}
)

func registerAfter(api *httpapi.API, h *handlers, op func(opID, method, path, summary string, p authz.Permission) httpapi.Op) {
	httpapi.Register(api, op("list-seminar-costs", http.MethodGet, "/seminars/{id}/costs", "What an event cost, in all and for each that came", authz.DutyRead), h.costs)
	httpapi.Register(api, op("add-seminar-cost", http.MethodPost, "/seminars/{id}/costs", "Enter what something cost", authz.DutyDo), h.addCost)
	httpapi.Register(api, op("remove-seminar-cost", http.MethodDelete, "/seminars/{id}/costs/{cost}", "Take a cost away that was entered by mistake", authz.DutyDo), h.removeCost)
	httpapi.Register(api, op("follow-seminar-up", http.MethodPost, "/seminars/{id}/follow-ups", "Give out a promise for each customer that came, stayed away, or said no", authz.DutyDo), h.follow)
	httpapi.Register(api, op("send-invitations", http.MethodPost, "/seminars/{id}/messages", "Write to those who gave an answer, or none, with a template; past the gate, nobody twice", authz.MessageSend), h.send)
	httpapi.Register(api, op("print-seminar", http.MethodGet, "/seminars/{id}/report", "The list of an event, after it the summary, on paper (A4) or as a workbook", authz.DutyExport), h.report)
	httpapi.Register(api, op("print-badges", http.MethodGet, "/seminars/{id}/badges", "Cards with number, name and QR code of everybody who said yes (A4)", authz.DutyExport), h.badges)
}

func (h *handlers) costs(ctx context.Context, in *oneIn) (*httpapi.Body[CostsView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	x, err := h.s.Costs(ctx, n)
	return httpapi.Ok(costsView(x)), err
}

func (h *handlers) addCost(ctx context.Context, in *costIn) (*httpapi.Body[CostsView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	m, err := h.s.Get(ctx, n)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	c := Cost{What: in.Body.What, Amount: amount(&v, "amount", in.Body.Amount, m.Currency), On: httpapi.Day(&v, "on", in.Body.On)}
	if err := v.Err(); err != nil {
		return nil, err
	}
	x, err := h.s.AddCost(ctx, n, c, in.Key)
	return httpapi.Ok(costsView(x)), err
}

func (h *handlers) removeCost(ctx context.Context, in *costPathIn) (*httpapi.Body[CostsView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	cost, err := id.Parse(in.Cost)
	if err != nil {
		return nil, err
	}
	x, err := h.s.RemoveCost(ctx, n, cost)
	return httpapi.Ok(costsView(x)), err
}

func (h *handlers) follow(ctx context.Context, in *followIn) (*httpapi.Body[FollowedView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	f := FollowUp{Whom: Whom(in.Body.Whom), What: in.Body.What, DueOn: httpapi.Day(&v, "due_on", in.Body.DueOn)}
	if err := v.Err(); err != nil {
		return nil, err
	}
	x, err := h.s.FollowUp(ctx, n, f)
	return httpapi.Ok(FollowedView(x)), err
}

func (h *handlers) send(ctx context.Context, in *sendIn) (*httpapi.Body[SentView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	template, err := id.Parse(in.Body.TemplateID)
	if err != nil {
		return nil, err
	}
	x, err := h.s.Send(ctx, n, template, Answer(strings.TrimPrefix(in.Body.To, answerNone)))
	return httpapi.Ok(SentView(x)), err
}

func (h *handlers) report(ctx context.Context, in *reportIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	doc, err := h.s.Report(ctx, n, paper.Lang(in.Lang))
	return file(doc, in.ID, in.Format, err)
}

func (h *handlers) badges(ctx context.Context, in *badgesIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	doc, err := h.s.Badges(ctx, n, paper.Lang(in.Lang))
	return file(doc, in.ID, "pdf", err)
}

// file sets the whole paper before the first byte, so that what cannot be printed is refused.
func file(doc *paper.Document, name, format string, err error) (*huma.StreamResponse, error) {
	if err != nil {
		return nil, err
	}
	content, err := doc.Render(format)
	if err != nil {
		return nil, err
	}
	return httpapi.Download(doc.Title+"-"+name+"."+format, func(_ context.Context, w io.Writer) error {
		_, err := w.Write(content)
		return err
	}), nil
}
