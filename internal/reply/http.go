package reply

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/message"
	"kezhi/internal/procedure"
)

// View is what a case said to its customer in one step.
type View struct {
	Step    string             `json:"step"`
	Title   procedure.TextView `json:"title"`
	At      string             `json:"at" doc:"When it was said; empty = unknown"`
	Words   procedure.TextView `json:"words"`
	Message *message.View      `json:"message" doc:"The newest by which it went out; null = it was not sent"`
}

// Body says how an answer is to go out.
type Body struct {
	Step       string `json:"step" maxLength:"100"`
	TemplateID string `json:"template_id,omitempty" doc:"Of purpose answer; empty = the words as they stand"`
	Channel    string `json:"channel,omitempty" enum:"mail,sms,wecom,webhook" doc:"Empty = the one the customer prefers, else the template's, else mail"`
	ContactID  string `json:"contact_id,omitempty" doc:"Empty = the customer, or whoever of its contacts has an address"`
	Language   string `json:"language,omitempty" enum:"zh,en" doc:"Empty = what the recipient prefers"`
}

type (
	idIn struct {
		ID string `path:"id"`
	}
	sendIn struct {
		ID   string `path:"id"`
		Body Body
	}
)

// Register adds the operations of answers that are sent.
func Register(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Cases", Permission: p}
	}
	httpapi.Register(api, op("list-case-answers", http.MethodGet, "/cases/{id}/answers", "What a case said to its customer, and the messages by which it went out", authz.MessageRead), s.httpList)
	httpapi.Register(api, op("preview-case-answer", http.MethodPost, "/cases/{id}/answers/preview", "An answer as it would go out now, and whether it may", authz.MessageSend), s.httpPreview)
	httpapi.Register(api, op("send-case-answer", http.MethodPost, "/cases/{id}/answers", "Send an answer to the customer of a case; once for each time the step was answered", authz.MessageSend), s.httpSend)
}

func (s *Service) httpList(ctx context.Context, in *idIn) (*httpapi.Body[httpapi.List[View]], error) {
	caseID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.Answers(ctx, caseID)
	out := make([]View, len(list))
	for i := range list {
		a := &list[i]
		out[i] = View{Step: a.Step, Title: procedure.TextView{Zh: a.Title.Zh, En: a.Title.En}, Words: procedure.TextView{Zh: a.Words(message.Chinese), En: a.Words(message.English)}}
		if a.At != 0 {
			out[i].At = clock.FromMicros(a.At).UTC().Format(time.RFC3339)
		}
		if a.Message != nil {
			v := message.ViewOf(*a.Message)
			out[i].Message = &v
		}
	}
	return httpapi.OkList(out, ""), err
}

func (in *sendIn) input() (caseID int64, out Input, err error) {
	b := in.Body
	out = Input{Step: b.Step, Channel: channel.Name(b.Channel), Language: b.Language}
	for text, to := range map[string]*int64{in.ID: &caseID, b.TemplateID: &out.TemplateID, b.ContactID: &out.ContactID} {
		if text == "" && to != &caseID {
			continue
		}
		if *to, err = id.Parse(text); err != nil {
			return 0, out, err
		}
	}
	return caseID, out, nil
}

func (s *Service) httpPreview(ctx context.Context, in *sendIn) (*httpapi.Body[message.PreviewView], error) {
	caseID, ask, err := in.input()
	if err != nil {
		return nil, err
	}
	p, err := s.Preview(ctx, caseID, ask)
	return httpapi.Ok(message.PreviewOf(p)), err
}

func (s *Service) httpSend(ctx context.Context, in *sendIn) (*httpapi.Body[message.View], error) {
	caseID, ask, err := in.input()
	if err != nil {
		return nil, err
	}
	m, err := s.Send(ctx, caseID, ask)
	return httpapi.Ok(message.ViewOf(m)), err
}
