package grading

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// JudgedSheetView is what people judge about a customer by a rulebook.
type JudgedSheetView struct {
	Rulebook string           `json:"rulebook"`
	Version  string           `json:"version"`
	AsOf     string           `json:"as_of" format:"date"`
	Items    []JudgedItemView `json:"items" nullable:"false"`
}

// JudgedItemView is one thing people judge, with the value that counts on the day.
type JudgedItemView struct {
	Item         string            `json:"item"`
	Title        rule.Text         `json:"title"`
	By           string            `json:"by" doc:"Role that judges; owner for the customer's owner, empty for anybody"`
	MayJudge     bool              `json:"may_judge" doc:"Whether the reader may judge it"`
	Values       []rule.Answer     `json:"values" nullable:"false" doc:"Answers to choose from; empty when points are given"`
	Low          string            `json:"low" doc:"Fewest points; empty for answers"`
	High         string            `json:"high" doc:"Most points; empty for answers"`
	Missing      string            `json:"missing" doc:"What counts while nobody has judged: refuse, undecided or an answer"`
	Clause       string            `json:"clause"`
	Assumed      bool              `json:"assumed"`
	Value        string            `json:"value" doc:"Empty while nobody has judged"`
	Note         string            `json:"note"`
	From         string            `json:"from" doc:"The first day on which it counts; empty without a value"`
	JudgementID  string            `json:"judgement_id"`
	JudgedBy     string            `json:"judged_by"`
	JudgedByName string            `json:"judged_by_name"`
	JudgedAt     *time.Time        `json:"judged_at,omitempty"`
	History      []JudgedValueView `json:"history" nullable:"false" doc:"Everything that was ever said, newest day first"`
}

// JudgedValueView is one value in the history.
type JudgedValueView struct {
	ID           string    `json:"id"`
	Value        string    `json:"value" doc:"Empty = taken back"`
	Note         string    `json:"note"`
	From         string    `json:"from" format:"date"`
	JudgedBy     string    `json:"judged_by" doc:"Empty for the system"`
	JudgedByName string    `json:"judged_by_name"`
	JudgedAt     time.Time `json:"judged_at"`
}

// JudgeView is one value to be given to one customer.
type JudgeView struct {
	Item  string `json:"item" maxLength:"100"`
	Value string `json:"value" maxLength:"200" doc:"Points as a decimal, or one of the answers; empty takes back what was given"`
	Note  string `json:"note,omitempty" maxLength:"4000"`
	From  string `json:"from,omitempty" doc:"YYYY-MM-DD, the first day on which it counts; today when empty"`
}

// JudgeManyView is one value to be given to a customer named by id or code.
type JudgeManyView struct {
	JudgeView
	CustomerID   string `json:"customer_id,omitempty"`
	CustomerCode string `json:"customer_code,omitempty"`
}

// JudgeOutcomeView counts what a request did.
type JudgeOutcomeView struct {
	Set       int64 `json:"set"`
	Unchanged int64 `json:"unchanged"`
}

// OpenJudgementView is something about a customer that nobody has judged yet.
type OpenJudgementView struct {
	CustomerID   string        `json:"customer_id"`
	CustomerCode string        `json:"customer_code"`
	CustomerName string        `json:"customer_name"`
	Region       string        `json:"region"`
	OwnerID      string        `json:"owner_id" doc:"Empty for nobody"`
	OwnerName    string        `json:"owner_name"`
	Item         string        `json:"item"`
	Title        rule.Text     `json:"title"`
	Values       []rule.Answer `json:"values" nullable:"false"`
	Low          string        `json:"low"`
	High         string        `json:"high"`
	By           string        `json:"by"`
	Clause       string        `json:"clause"`
	MayJudge     bool          `json:"may_judge"`
}

type judgementsIn struct {
	ID       string `path:"id"`
	Rulebook string `query:"rulebook" required:"true"`
	AsOf     string `query:"as_of" doc:"YYYY-MM-DD, today when empty"`
}

type judgeIn struct {
	ID       string `path:"id"`
	Rulebook string `query:"rulebook" required:"true"`
	Body     struct {
		Items []JudgeView `json:"items" minItems:"1" maxItems:"1000"`
	}
}

type judgeManyIn struct {
	Rulebook string `query:"rulebook" required:"true"`
	Body     struct {
		Items []JudgeManyView `json:"items" minItems:"1" maxItems:"1000"`
	}
}

type openIn struct {
	httpapi.Page
	Rulebook string `query:"rulebook" required:"true"`
	Item     string `query:"item" doc:"One item; empty for all"`
	Mine     bool   `query:"mine" doc:"Only what the reader may judge"`
}

func registerJudging(api *httpapi.API, s *Service) {
	const one = "/customers/{id}/judgements"
	httpapi.Register(api, httpapi.Op{
		ID: "list-judgements", Method: http.MethodGet, Path: one, Summary: "What people judge about a customer by a rulebook, with every value given", Tag: tag,
		Permission: authz.GradingRead,
	}, s.httpJudged)
	httpapi.Register(api, httpapi.Op{
		ID: "judge-customer", Method: http.MethodPut, Path: one, Summary: "Give values to what people judge about a customer", Tag: tag, Permission: authz.GradingJudge,
	}, s.httpJudge)
	httpapi.Register(api, httpapi.Op{
		ID: "list-open-judgements", Method: http.MethodGet, Path: "/judgements/open", Summary: "What nobody has judged yet; a page may be short and still have a next one",
		Tag: tag, Permission: authz.GradingRead,
	}, s.httpOpenJudgements)
	httpapi.Register(api, httpapi.Op{
		ID: "judge-customers", Method: http.MethodPost, Path: "/judgements", Summary: "Give values to many customers, all or none", Tag: tag, Permission: authz.GradingJudge,
	}, s.httpJudgeMany)
}

func (s *Service) httpJudged(ctx context.Context, in *judgementsIn) (*httpapi.Body[JudgedSheetView], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	asOf, err := s.day("as_of", in.AsOf)
	if err != nil {
		return nil, err
	}
	return judgedBody(s.JudgedOf(ctx, customerID, in.Rulebook, asOf))
}

func (s *Service) httpJudge(ctx context.Context, in *judgeIn) (*httpapi.Body[JudgedSheetView], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	if _, err := s.customers.Guard(ctx, authz.GradingJudge, customerID); err != nil {
		return nil, err
	}
	list := make([]JudgeInput, len(in.Body.Items))
	for i, x := range in.Body.Items {
		if list[i], err = s.judgeInput(i, x); err != nil {
			return nil, err
		}
		list[i].CustomerID = customerID
	}
	if _, err := s.Judge(ctx, in.Rulebook, list); err != nil {
		return nil, err
	}
	return judgedBody(s.JudgedOf(ctx, customerID, in.Rulebook, s.Today()))
}

func (s *Service) judgeInput(i int, x JudgeView) (JudgeInput, error) {
	out := JudgeInput{Item: x.Item, Value: x.Value, Note: x.Note, From: calendar.None}
	if x.From == "" {
		return out, nil
	}
	var err error
	out.From, err = s.day("items["+strconv.Itoa(i)+"].from", x.From)
	return out, err
}

func (s *Service) httpJudgeMany(ctx context.Context, in *judgeManyIn) (*httpapi.Body[JudgeOutcomeView], error) {
	list := make([]JudgeInput, len(in.Body.Items))
	var codes []string
	for i, x := range in.Body.Items {
		var err error
		if list[i], err = s.judgeInput(i, x.JudgeView); err != nil {
			return nil, err
		}
		if x.CustomerID == "" {
			codes = append(codes, x.CustomerCode)
			continue
		}
		if list[i].CustomerID, err = id.Parse(x.CustomerID); err != nil {
			return nil, errs.New(errs.NotFound, "not_found")
		}
	}
	known, err := idsByCode(ctx, s.db.Read(), codes)
	if err != nil {
		return nil, err
	}
	for i, x := range in.Body.Items {
		if x.CustomerID == "" {
			list[i].CustomerID = known[x.CustomerCode]
		}
	}
	out, err := s.Judge(ctx, in.Rulebook, list)
	return httpapi.Ok(JudgeOutcomeView(out)), err
}

func (s *Service) httpOpenJudgements(ctx context.Context, in *openIn) (*httpapi.Body[httpapi.List[OpenJudgementView]], error) {
	list, next, err := s.OpenJudgements(ctx, OpenFilter{Rulebook: in.Rulebook, Item: in.Item, Mine: in.Mine, Cursor: in.Cursor, Limit: in.Limit})
	views := make([]OpenJudgementView, len(list))
	for i := range list {
		x := &list[i]
		views[i] = OpenJudgementView{
			CustomerID: id.String(x.CustomerID), CustomerCode: x.CustomerCode, CustomerName: x.CustomerName, Region: x.Region, OwnerID: id.Optional(x.OwnerID),
			OwnerName: x.OwnerName, Item: x.Item.Name, Title: x.Item.Title, Values: x.Item.Values, Low: x.Item.Low, High: x.Item.High, By: x.Item.By,
			Clause: x.Item.Clause, MayJudge: x.MayJudge,
		}
	}
	return httpapi.OkList(views, next), err
}

func judgedBody(sheet JudgedSheet, err error) (*httpapi.Body[JudgedSheetView], error) {
	out := JudgedSheetView{Rulebook: sheet.Rulebook, Version: sheet.Version, AsOf: sheet.AsOf.String(), Items: make([]JudgedItemView, len(sheet.Items))}
	for i := range sheet.Items {
		out.Items[i] = judgedItemView(&sheet.Items[i], sheet.Names)
	}
	return httpapi.Ok(out), err
}

func judgedItemView(x *JudgedItem, names map[int64]string) JudgedItemView {
	v := JudgedItemView{
		Item: x.Name, Title: x.Title, By: x.By, MayJudge: x.MayJudge, Values: x.Values, Low: x.Low, High: x.High, Missing: x.Missing, Clause: x.Clause,
		Assumed: x.Assumed, History: make([]JudgedValueView, len(x.History)),
	}
	for i, h := range x.History {
		v.History[i] = JudgedValueView{
			ID: id.String(h.ID), Value: h.Value, Note: h.Note, From: h.From.String(), JudgedBy: id.Optional(h.JudgedBy), JudgedByName: names[h.JudgedBy], JudgedAt: h.JudgedAt,
		}
	}
	if len(v.History) > 0 && v.History[0].Value != "" {
		h := v.History[0]
		v.Value, v.Note, v.From, v.JudgementID = h.Value, h.Note, h.From, h.ID
		v.JudgedBy, v.JudgedByName, v.JudgedAt = h.JudgedBy, h.JudgedByName, &h.JudgedAt
	}
	return v
}
