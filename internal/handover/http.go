package handover

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/paper"
	"kezhi/internal/procedure"
)

const tag = "Handover"

type (
	oneIn struct {
		ID string `path:"id"`
	}
	openIn   struct{ Body OpenBody }
	changeIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match" doc:"The version that was read"`
		Body    ChangeBody
	}
	planIn struct {
		ID   string `path:"id"`
		Body PlanBody
	}
	listIn struct {
		httpapi.Page
		State  string `query:"state" enum:"planning,signing,moving,done,dropped"`
		Person string `query:"person" doc:"Who hands over"`
	}
	linesIn struct {
		ID string `path:"id"`
		httpapi.Page
		Q       string `query:"q" maxLength:"100" doc:"In code or name"`
		To      string `query:"to" doc:"Who gets it"`
		Missing bool   `query:"missing" doc:"Only those without a receiver"`
	}
	thingsIn struct {
		ID   string `path:"id"`
		Kind string `path:"kind"`
		httpapi.Page
	}
	keptIn struct {
		ID string `path:"id"`
		httpapi.Page
	}
	goOnIn struct {
		ID   string `path:"id"`
		Body GoOnBody
	}
	tellingsIn struct {
		ID string `path:"id"`
		httpapi.Page
		Q       string `query:"q" maxLength:"100" doc:"In code or name"`
		Channel string `query:"channel" enum:"mail,sms,wecom,webhook" doc:"The channel the gate is asked about"`
		Untold  bool   `query:"untold" doc:"Only those nobody has told"`
	}
	tellIn struct {
		ID   string `path:"id"`
		Body TellBody
	}
	phoneIn struct {
		ID   string `path:"id"`
		Body PhoneBody
	}
	printIn struct {
		ID     string `path:"id"`
		Format string `query:"format" enum:"pdf,xlsx" default:"pdf"`
		Lang   string `query:"lang" enum:"zh,en" default:"zh" doc:"Language of the words of the form"`
	}
	standIn struct{ Body CoverBody }
)

// Register adds the operations of handovers.
func Register(api *httpapi.API, s *Service) {
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	opened := op("open-handover", http.MethodPost, "/handovers", "Open the handover of somebody who leaves or moves, with every customer of theirs", authz.CustomerAssign)
	opened.Status = http.StatusCreated
	httpapi.Register(api, opened, s.httpOpen)
	httpapi.Register(api, op("list-handovers", http.MethodGet, "/handovers", "The handovers one heads, gives or receives, newest first", authz.CustomerRead), s.httpList)
	httpapi.Register(api, op("get-handover", http.MethodGet, "/handovers/{id}", "A handover with everything that is counted about it", authz.CustomerRead), s.httpGet)
	httpapi.Register(api, op("change-handover", http.MethodPut, "/handovers/{id}", "Say from when it holds, whether the giver can sign, and who gets the rest", authz.CustomerAssign), s.httpChange)
	httpapi.Register(api, op("list-handover-customers", http.MethodGet, "/handovers/{id}/customers", "The customers of a handover with their receivers, by code", authz.CustomerRead), s.httpLines)
	httpapi.Register(api, op("list-handover-things", http.MethodGet, "/handovers/{id}/things/{kind}", "What the giver has at hand of a kind: duties, cases, steps, visits, calls", authz.CustomerAssign), s.httpThings)
	httpapi.Register(api, op("plan-handover", http.MethodPost, "/handovers/{id}/plan", "Give customers to people: by the owner rules, evenly, or by hand", authz.CustomerAssign), s.httpPlan)
	httpapi.Register(api, op("sign-handover", http.MethodPost, "/handovers/{id}/sign", "Send the plan to be signed by both sides and the head", authz.CustomerAssign), s.headOp(s.Sign))
	httpapi.Register(api, op("recall-handover", http.MethodPost, "/handovers/{id}/recall", "Take the plan back from those who are to sign", authz.CustomerAssign), s.headOp(s.Recall))
	httpapi.Register(api, op("drop-handover", http.MethodPost, "/handovers/{id}/drop", "Give a planned handover up", authz.CustomerAssign), s.headOp(s.Drop))
	httpapi.Register(api, op("go-on-handover", http.MethodPost, "/handovers/{id}/go-on", "Have a handover go on that failed or was canceled while it moved", authz.CustomerAssign), s.httpGoOn)
	httpapi.Register(api, op("list-handover-kept", http.MethodGet, "/handovers/{id}/kept", "What stayed with the giver, with the reasons", authz.CustomerAssign), s.httpKept)
	httpapi.Register(api, op("list-handover-told", http.MethodGet, "/handovers/{id}/told", "The customers who moved, whether they were told, and whether they may be written to", authz.MessageRead), s.httpTellings)
	httpapi.Register(api, op("tell-handover", http.MethodPost, "/handovers/{id}/tell", "Write to customers who moved, past the gate; doing it twice writes once", authz.MessageSend), s.httpTell)
	httpapi.Register(api, op("told-by-phone", http.MethodPost, "/handovers/{id}/told", "Note that customers who moved were told by phone", authz.MessageSend), s.httpPhone)
	httpapi.Register(api, op("print-handover", http.MethodGet, "/handovers/{id}/form", "The handover as a document to be signed and kept (A4), or as a workbook", authz.CustomerExport), s.httpPrint)
	httpapi.Register(api, op("list-orphans", http.MethodGet, "/ownership/orphans", "Who is disabled and still has customers", authz.CustomerAssign), s.httpOrphans)
	httpapi.Register(api, op("list-covers", http.MethodGet, "/ownership/covers", "Who is or will be away, from when to when, and who stands in", authz.CustomerAssign), s.httpCovers)
	entered := op("enter-cover", http.MethodPost, "/ownership/covers", "Have somebody stand in for a person who is away; nothing moves", authz.CustomerAssign)
	entered.Status = http.StatusNoContent
	httpapi.Register(api, entered, s.httpStand)
	ended := op("end-cover", http.MethodDelete, "/ownership/covers/{id}", "End an absence, or take back one that has not begun", authz.CustomerAssign)
	ended.Status = http.StatusNoContent
	httpapi.Register(api, ended, s.httpEndCover)
}

func (s *Service) httpOpen(ctx context.Context, in *openIn) (*httpapi.Body[View], error) {
	b := in.Body
	var v errs.Validation
	from := httpapi.Day(&v, "from", b.From)
	person := idIn(&v, "person_id", b.PersonID)
	if err := v.Err(); err != nil {
		return nil, err
	}
	h, err := s.Open(ctx, OpenInput{PersonID: person, Reason: b.Reason, From: from, Away: b.Away, Note: b.Note})
	return httpapi.Ok(view(&h)), err
}

func (s *Service) httpChange(ctx context.Context, in *changeIn) (*httpapi.Body[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	version, err := httpapi.Match(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	c := ChangeInput{From: httpapi.Day(&v, "from", in.Body.From), Away: in.Body.Away, Note: in.Body.Note, RestID: idIn(&v, "rest_id", in.Body.RestID)}
	if err := v.Err(); err != nil {
		return nil, err
	}
	h, err := s.Change(ctx, n, version, c)
	return httpapi.Ok(view(&h)), err
}

func (s *Service) httpList(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[View]], error) {
	var v errs.Validation
	f := Filter{State: State(in.State), PersonID: idIn(&v, "person", in.Person)}
	if err := v.Err(); err != nil {
		return nil, err
	}
	list, next, err := s.List(ctx, f, in.Cursor, in.Limit)
	out := make([]View, len(list))
	for i := range list {
		out[i] = view(&list[i])
	}
	return httpapi.OkList(out, next), err
}

func (s *Service) httpGet(ctx context.Context, in *oneIn) (*httpapi.Body[DetailView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	d, err := s.Get(ctx, n)
	return httpapi.Ok(s.detailView(&d)), err
}

// headOp is an operation of the head that takes nothing but the handover.
func (s *Service) headOp(do func(context.Context, int64) (Handover, error)) func(context.Context, *oneIn) (*httpapi.Body[View], error) {
	return func(ctx context.Context, in *oneIn) (*httpapi.Body[View], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		h, err := do(ctx, n)
		return httpapi.Ok(view(&h)), err
	}
}

func (s *Service) httpLines(ctx context.Context, in *linesIn) (*httpapi.Body[httpapi.List[LineView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	f := LineFilter{Text: in.Q, Missing: in.Missing, ToID: idIn(&v, "to", in.To)}
	if err := v.Err(); err != nil {
		return nil, err
	}
	list, next, err := s.Lines(ctx, n, f, in.Cursor, in.Limit)
	out := make([]LineView, len(list))
	for i := range list {
		out[i] = lineView(&list[i])
	}
	return httpapi.OkList(out, next), err
}

func (s *Service) httpThings(ctx context.Context, in *thingsIn) (*httpapi.Body[httpapi.List[ThingView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, next, err := s.Things(ctx, n, in.Kind, in.Cursor, in.Limit)
	out := make([]ThingView, len(list))
	for i, t := range list {
		out[i] = thingView(t)
	}
	return httpapi.OkList(out, next), err
}

func (s *Service) httpKept(ctx context.Context, in *keptIn) (*httpapi.Body[httpapi.List[KeptView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, next, err := s.Kept(ctx, n, in.Cursor, in.Limit)
	out := make([]KeptView, len(list))
	for i := range list {
		k := &list[i]
		out[i] = KeptView{ThingView: thingView(k.Thing), Kind: k.Kind, Code: k.Code, Args: k.Args}
	}
	return httpapi.OkList(out, next), err
}

func (s *Service) httpGoOn(ctx context.Context, in *goOnIn) (*httpapi.Body[View], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	rest := idIn(&v, "rest_id", in.Body.RestID)
	if err := v.Err(); err != nil {
		return nil, err
	}
	h, err := s.GoOn(ctx, n, rest)
	return httpapi.Ok(view(&h)), err
}

func (s *Service) httpPlan(ctx context.Context, in *planIn) (*httpapi.Body[DetailView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	p := PlanInput{By: in.Body.By, Missing: in.Body.Missing, Rulebook: in.Body.Rulebook}
	if p.People, err = idsIn(in.Body.People); err != nil {
		return nil, err
	}
	if len(in.Body.Customers) > 0 {
		if p.Customers, err = idsIn(in.Body.Customers); err != nil {
			return nil, err
		}
	}
	d, err := s.Plan(ctx, n, p)
	return httpapi.Ok(s.detailView(&d)), err
}

func (s *Service) httpTellings(ctx context.Context, in *tellingsIn) (*httpapi.Body[httpapi.List[TellingView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, next, err := s.Tellings(ctx, n, channel.Name(in.Channel), LineFilter{Text: in.Q, Untold: in.Untold}, in.Cursor, in.Limit)
	out := make([]TellingView, len(list))
	for i := range list {
		out[i] = tellingView(&list[i])
	}
	return httpapi.OkList(out, next), err
}

func (s *Service) httpTell(ctx context.Context, in *tellIn) (*httpapi.Body[httpapi.List[ToldView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	template, err := id.Parse(in.Body.TemplateID)
	if err != nil {
		return nil, err
	}
	customers, err := idsIn(in.Body.Customers)
	if err != nil {
		return nil, err
	}
	list, err := s.Tell(ctx, n, template, customers)
	out := make([]ToldView, len(list))
	for i, t := range list {
		out[i] = ToldView{CustomerID: id.String(t.CustomerID)}
		if t.Message != nil {
			out[i].State, out[i].Why, out[i].WhyArgs = string(t.Message.State), t.Message.Why, t.Message.WhyArgs
		} else {
			out[i].Why = errs.CodeOf(t.Err)
		}
	}
	return httpapi.OkList(out, ""), err
}

func (s *Service) httpPhone(ctx context.Context, in *phoneIn) (*httpapi.Body[DetailView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	customers, err := idsIn(in.Body.Customers)
	if err != nil {
		return nil, err
	}
	if err := s.ToldByPhone(ctx, n, customers, in.Body.Note); err != nil {
		return nil, err
	}
	d, err := s.Get(ctx, n)
	return httpapi.Ok(s.detailView(&d)), err
}

// httpPrint sets the whole form before the first byte, so that what cannot be printed is refused.
func (s *Service) httpPrint(ctx context.Context, in *printIn) (*huma.StreamResponse, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	doc, err := s.Printed(ctx, n, paper.Lang(in.Lang))
	if err != nil {
		return nil, err
	}
	content, err := doc.Render(in.Format)
	if err != nil {
		return nil, err
	}
	return httpapi.Download(doc.Title+"-"+doc.Subtitle+"."+in.Format, func(_ context.Context, w io.Writer) error {
		_, err := w.Write(content)
		return err
	}), nil
}

func (s *Service) httpOrphans(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[OrphanView]], error) {
	list, err := s.Orphans(ctx)
	out := make([]OrphanView, len(list))
	for i, o := range list {
		out[i] = OrphanView{id.String(o.UserID), o.Name, o.Customers}
	}
	return httpapi.OkList(out, ""), err
}

func (s *Service) httpCovers(ctx context.Context, in *httpapi.Page) (*httpapi.Body[httpapi.List[CoverView]], error) {
	list, next, err := s.Covers(ctx, in.Cursor, in.Limit)
	out := make([]CoverView, len(list))
	for i, c := range list {
		out[i] = CoverView{id.String(c.ID), id.String(c.UserID), c.Name, id.Optional(c.SubstituteID), c.SubstituteName, c.From.String(), c.Until.String(), c.Reason, c.Customers}
	}
	return httpapi.OkList(out, next), err
}

func (s *Service) httpStand(ctx context.Context, in *standIn) (*httpapi.Empty, error) {
	b := in.Body
	var v errs.Validation
	a := procedure.Absence{
		UserID: idIn(&v, "user_id", b.UserID), SubstituteID: idIn(&v, "substitute_id", b.SubstituteID), From: httpapi.Day(&v, "from", b.From), Until: httpapi.Day(&v, "until", b.Until), Reason: b.Reason,
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	return nil, s.Stand(ctx, a)
}

func (s *Service) httpEndCover(ctx context.Context, in *oneIn) (*httpapi.Empty, error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return nil, s.EndCover(ctx, n)
}

// idIn reads an id that may be empty; a wrong one is put down at its field.
func idIn(v *errs.Validation, path, text string) int64 {
	if text == "" {
		return 0
	}
	n, err := id.Parse(text)
	v.Check(err == nil, path, "field.not_allowed", "value", text)
	return n
}

func idsIn(list []string) (out []int64, err error) {
	out = make([]int64, len(list))
	for i, text := range list {
		if out[i], err = id.Parse(text); err != nil {
			return nil, err
		}
	}
	return out, nil
}
