package message

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

const tag = "Messages"

type (
	idIn struct {
		ID string `path:"id"`
	}
	templateIn struct{ Body TemplateWrite }
	replaceIn  struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
		Body    TemplateWrite
	}
	removeIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match"`
	}
	sendIn struct {
		ID   string `path:"id"`
		Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key with the same body sends once"`
		Body SendWrite
	}
	listIn struct {
		httpapi.Page
		Customer string   `query:"customer"`
		State    []string `query:"state" maxItems:"7"`
		Channel  string   `query:"channel"`
		Ref      string   `query:"ref" maxLength:"80"`
		From     string   `query:"from" doc:"Day it was written, YYYY-MM-DD"`
		To       string   `query:"to"`
	}
	wishIn struct {
		ID      string `path:"id"`
		IfMatch string `header:"If-Match" doc:"Version of the wish; 0 when nothing was said yet"`
		Body    WishWrite
	}
	policyIn struct{ Body Policy }
	testIn   struct {
		Name string `path:"name" enum:"mail,sms,wecom,webhook"`
		Body struct {
			To string `json:"to" maxLength:"300" doc:"Address of yours"`
		}
	}
	linkIn struct {
		Token string `path:"token" maxLength:"200"`
		Back  bool   `query:"back" doc:"Put back on the list instead"`
	}
	openIn struct {
		Token string `path:"token" maxLength:"200"`
	}
	redirect struct {
		Location string `header:"Location"`
	}
)

type handlers struct{ s *Service }

// Register adds the operations of messages.
func Register(api *httpapi.API, s *Service) {
	h := &handlers{s}
	op := func(id, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	created := func(o httpapi.Op) httpapi.Op { o.Status = http.StatusCreated; return o }
	httpapi.Register(api, op("list-message-templates", http.MethodGet, "/message-templates", "Templates in use", authz.MessageRead), h.templates)
	httpapi.Register(api, op("list-message-fields", http.MethodGet, "/message-templates/fields", "Fields a template may name, by purpose", authz.MessageRead), h.fields)
	httpapi.Register(api, op("get-message-template", http.MethodGet, "/message-templates/{id}", "One template", authz.MessageRead), h.template)
	httpapi.Register(api, created(op("create-message-template", http.MethodPost, "/message-templates", "Create a template", authz.MessageWrite)), h.create)
	httpapi.Register(api, op("update-message-template", http.MethodPut, "/message-templates/{id}", "Replace a template", authz.MessageWrite), h.replace)
	remove := op("archive-message-template", http.MethodDelete, "/message-templates/{id}", "Take a template out of use", authz.MessageWrite)
	remove.Status = http.StatusNoContent
	httpapi.Register(api, remove, h.archive)

	httpapi.Register(api, op("list-messages", http.MethodGet, "/messages", "What went out, waits and did not work, newest first", authz.MessageRead), h.list)
	httpapi.Register(api, op("get-message-overview", http.MethodGet, "/messages/overview", "How many messages stand where", authz.MessageRead), h.overview)
	httpapi.Register(api, op("get-message", http.MethodGet, "/messages/{id}", "One message", authz.MessageRead), h.get)
	httpapi.Register(api, op("retry-message", http.MethodPost, "/messages/{id}/retry", "Try a failed, unclear or waiting message now", authz.MessageSend), h.turn(s.Again))
	httpapi.Register(api, op("stop-message", http.MethodPost, "/messages/{id}/stop", "Take a waiting or unclear message back", authz.MessageSend), h.turn(s.Stop))
	httpapi.Register(api, op("confirm-message", http.MethodPost, "/messages/{id}/arrived", "An unclear message did arrive", authz.MessageSend), h.turn(s.Arrived))
	httpapi.Register(api, op("preview-message", http.MethodPost, "/customers/{id}/messages/preview", "A message as it would go out now, and whether it may", authz.MessageSend), h.preview)
	httpapi.Register(api, created(op("send-message", http.MethodPost, "/customers/{id}/messages", "Write to a customer", authz.MessageSend)), h.send)

	httpapi.Register(api, op("list-wishes", http.MethodGet, "/customers/{id}/wishes", "What a customer and its contacts want and do not want", authz.CustomerRead), h.wishes)
	httpapi.Register(api, op("set-wish", http.MethodPut, "/customers/{id}/wishes", "Replace what a customer or contact wants", authz.CustomerWrite), h.setWish)

	httpapi.Register(api, op("list-channels", http.MethodGet, "/channels", "The ways messages leave the house", authz.MessageRead), h.channels)
	httpapi.Register(api, created(op("test-channel", http.MethodPost, "/channels/{name}/test", "Send a test message to an address of yours", authz.SystemManage)), h.test)
	httpapi.Register(api, op("get-message-policy", http.MethodGet, "/settings/messages", "Quiet hours, cap and channels switched off", authz.MessageRead), h.policy)
	httpapi.Register(api, op("set-message-policy", http.MethodPut, "/settings/messages", "Set quiet hours, cap and channels switched off", authz.SystemManage), h.setPolicy)

	httpapi.Register(api, httpapi.Op{
		ID: "unsubscribe", Method: http.MethodPost, Path: "/public/messages/unsubscribe/{token}", Tag: tag, Public: true,
		Summary: "Take oneself off the list of a channel, by the link in a message (also RFC 8058 one-click)",
	}, h.unsubscribe)
	httpapi.Register(api, httpapi.Op{
		ID: "open-unsubscribe", Method: http.MethodGet, Path: "/public/messages/unsubscribe/{token}", Tag: tag, Public: true, Status: http.StatusSeeOther,
		Summary: "Where a browser that opens the link is sent: looking at it changes nothing",
	}, h.openUnsubscribe)
}

func (h *handlers) templates(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[TemplateView]], error) {
	list, err := h.s.Templates(ctx)
	out := make([]TemplateView, len(list))
	for i := range list {
		out[i] = templateView(list[i])
	}
	return httpapi.OkList(out, ""), err
}

func (h *handlers) fields(context.Context, *struct{}) (*httpapi.Body[httpapi.List[FieldsView]], error) {
	out := make([]FieldsView, len(Purposes))
	for i, p := range Purposes {
		out[i] = FieldsView{string(p), FieldsOf(p)}
	}
	return httpapi.OkList(out, ""), nil
}

func tagged(t Template, err error) (*httpapi.Tagged[TemplateView], error) {
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[TemplateView]{ETag: httpapi.Tag(t.Version), Body: templateView(t)}, nil
}

func (h *handlers) template(ctx context.Context, in *idIn) (*httpapi.Tagged[TemplateView], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	return tagged(h.s.Template(ctx, n))
}

func (h *handlers) create(ctx context.Context, in *templateIn) (*httpapi.Tagged[TemplateView], error) {
	return tagged(h.s.CreateTemplate(ctx, in.Body.input()))
}

func (h *handlers) replace(ctx context.Context, in *replaceIn) (*httpapi.Tagged[TemplateView], error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	return tagged(h.s.UpdateTemplate(ctx, n, version, in.Body.input()))
}

func (h *handlers) archive(ctx context.Context, in *removeIn) (*httpapi.Empty, error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err == nil {
		_, err = h.s.ArchiveTemplate(ctx, n, version)
	}
	return nil, err
}

func target(text, ifMatch string) (n, version int64, err error) {
	if n, err = id.Parse(text); err != nil {
		return 0, 0, err
	}
	version, err = httpapi.Match(ifMatch)
	return n, version, err
}

func (in *listIn) filter() (Filter, error) {
	f := Filter{Channel: channel.Name(in.Channel), Ref: in.Ref, Cursor: in.Cursor, Limit: in.Limit}
	for _, st := range in.State {
		for one := range strings.SplitSeq(st, ",") {
			f.States = append(f.States, State(one))
		}
	}
	var err error
	if in.Customer != "" {
		if f.CustomerID, err = id.Parse(in.Customer); err != nil {
			return f, err
		}
	}
	var v errs.Validation
	f.From, f.To = httpapi.Day(&v, "from", in.From), httpapi.Day(&v, "to", in.To)
	return f, v.Err()
}

func (h *handlers) list(ctx context.Context, in *listIn) (*httpapi.Body[httpapi.List[View]], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	list, next, err := h.s.List(ctx, f)
	out := make([]View, len(list))
	for i := range list {
		out[i] = ViewOf(list[i])
	}
	return httpapi.OkList(out, next), err
}

func (h *handlers) overview(ctx context.Context, _ *struct{}) (*httpapi.Body[OverviewView], error) {
	counts, err := h.s.Summary(ctx)
	out := OverviewView{States: make([]StateCount, len(States))}
	for i, st := range States {
		out.States[i] = StateCount{string(st), counts[st]}
	}
	return httpapi.Ok(out), err
}

func (h *handlers) get(ctx context.Context, in *idIn) (*httpapi.Body[View], error) {
	return h.turn(h.s.Get)(ctx, in)
}

func (h *handlers) turn(do func(context.Context, int64) (Message, error)) func(context.Context, *idIn) (*httpapi.Body[View], error) {
	return func(ctx context.Context, in *idIn) (*httpapi.Body[View], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		m, err := do(ctx, n)
		return httpapi.Ok(ViewOf(m)), err
	}
}

func (h *handlers) preview(ctx context.Context, in *sendIn) (*httpapi.Body[PreviewView], error) {
	ask, err := in.Body.input(in.ID, "")
	if err != nil {
		return nil, err
	}
	p, err := h.s.Preview(ctx, ask)
	return httpapi.Ok(PreviewOf(p)), err
}

func (h *handlers) send(ctx context.Context, in *sendIn) (*httpapi.Body[View], error) {
	ask, err := in.Body.input(in.ID, in.Key)
	if err != nil {
		return nil, err
	}
	m, err := h.s.Send(ctx, ask)
	return httpapi.Ok(ViewOf(m)), err
}

func (h *handlers) wishes(ctx context.Context, in *idIn) (*httpapi.Body[httpapi.List[WishView]], error) {
	n, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := h.s.Wishes(ctx, n)
	out := make([]WishView, len(list))
	for i := range list {
		out[i] = wishView(list[i])
	}
	return httpapi.OkList(out, ""), err
}

func (h *handlers) setWish(ctx context.Context, in *wishIn) (*httpapi.Tagged[WishView], error) {
	n, version, err := target(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	var contact int64
	if in.Body.ContactID != "" {
		if contact, err = id.Parse(in.Body.ContactID); err != nil {
			return nil, err
		}
	}
	w, err := h.s.SetWish(ctx, n, contact, version, in.Body.input())
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[WishView]{ETag: httpapi.Tag(w.Version), Body: wishView(w)}, nil
}

func (h *handlers) channels(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[ChannelView]], error) {
	list, err := h.s.Channels(ctx)
	out := make([]ChannelView, len(list))
	for i, c := range list {
		out[i] = ChannelView{string(c.Name), c.Ready, c.Target, c.Repeatable}
	}
	return httpapi.OkList(out, ""), err
}

func (h *handlers) test(ctx context.Context, in *testIn) (*httpapi.Body[View], error) {
	m, err := h.s.TestSend(ctx, channel.Name(in.Name), in.Body.To)
	return httpapi.Ok(ViewOf(m)), err
}

func (h *handlers) policy(ctx context.Context, _ *struct{}) (*httpapi.Body[Policy], error) {
	p, err := h.s.Policy(ctx)
	return httpapi.Ok(p), err
}

func (h *handlers) setPolicy(ctx context.Context, in *policyIn) (*httpapi.Body[Policy], error) {
	p, err := h.s.SetPolicy(ctx, in.Body)
	return httpapi.Ok(p), err
}

func (h *handlers) unsubscribe(ctx context.Context, in *linkIn) (*httpapi.Body[UnsubscribedView], error) {
	u, err := h.s.Unsubscribe(ctx, httpapi.Address(ctx), in.Token, !in.Back)
	return httpapi.Ok(UnsubscribedView{string(u.Channel), !in.Back}), err
}

func (h *handlers) openUnsubscribe(_ context.Context, in *openIn) (*redirect, error) {
	return &redirect{"/unsubscribe?token=" + url.QueryEscape(in.Token)}, nil
}
