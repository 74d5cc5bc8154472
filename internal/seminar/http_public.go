package seminar

import (
	"context"
	"net/http"

	"kezhi/internal/httpapi"
	"kezhi/internal/paper"
)

// CodeView is a QR code: a square of so many modules, and the path of an SVG that draws the dark ones.
type CodeView struct {
	Size int    `json:"size"`
	Path string `json:"path"`
}

func codeView(content string) (CodeView, error) {
	size, path, err := paper.Path(content)
	return CodeView{size, path}, err
}

// CardView is what the holder of a link sees.
type CardView struct {
	HouseZh    string   `json:"house_zh" doc:"Name of the organisation"`
	HouseEn    string   `json:"house_en"`
	TitleZh    string   `json:"title_zh"`
	TitleEn    string   `json:"title_en"`
	On         string   `json:"on"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	Place      string   `json:"place"`
	About      string   `json:"about"`
	State      string   `json:"state" enum:"planned,held,cancelled"`
	Reason     string   `json:"reason" doc:"Of a cancellation"`
	Name       string   `json:"name" doc:"Who is invited"`
	Customer   string   `json:"customer"`
	Number     int64    `json:"number" doc:"Said at the door"`
	Answer     string   `json:"answer" enum:"none,yes,waiting,no,withdrawn"`
	Guests     int64    `json:"guests"`
	GuestNames []string `json:"guest_names" nullable:"false"`
	Note       string   `json:"note"`
	MayBring   int64    `json:"may_bring" doc:"How many guests"`
	AnswerBy   string   `json:"answer_by"`
	Full       bool     `json:"full" doc:"Whoever says yes now waits for a place"`
	MayAnswer  bool     `json:"may_answer"`
	Came       bool     `json:"came"`
	Code       CodeView `json:"code" doc:"To be shown at the door"`
}

func cardView(c Card) (CardView, error) {
	m, v := c.Seminar, c.Invitation
	out := CardView{
		HouseZh: c.Organisation[0], HouseEn: c.Organisation[1], TitleZh: m.TitleZh, TitleEn: m.TitleEn, On: m.On.String(), Place: m.Place, About: m.About, State: string(m.State), Reason: m.Reason,
		Name: v.Person, Customer: v.Customer.Name, Number: v.Number, Answer: string(v.Answer), Guests: v.Guests, GuestNames: append([]string{}, v.GuestNames...), Note: v.Note,
		MayBring: m.Guests, AnswerBy: m.lastAnswer().String(), Full: c.Full, MayAnswer: c.MayAnswer, Came: v.Came > 0,
	}
	if v.CustomerID == 0 {
		out.Customer = v.Company
	}
	if out.Answer == "" {
		out.Answer = answerNone
	}
	if m.ToMin != 0 {
		out.From, out.To = clockText(m.FromMin), clockText(m.ToMin)
	}
	var err error
	out.Code, err = codeView(c.Link)
	return out, err
}

type (
	cardIn struct {
		Token string `path:"token" maxLength:"200"`
	}
	replyIn struct {
		Token string `path:"token" maxLength:"200"`
		Body  AnswerBody
	}
)

// maxBody bounds the body of an answer, in bytes.
const maxBody = 16 << 10

func registerPublic(api *httpapi.API, h *handlers) {
	open := func(opID, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: "/public/invitations/{token}" + path, Summary: summary, Tag: tag, Public: true, MaxBody: maxBody}
	}
	httpapi.Register(api, open("get-public-invitation", http.MethodGet, "", "Read an invitation by its link"), h.card)
	httpapi.Register(api, open("answer-public-invitation", http.MethodPost, "/answer", "Answer an invitation by its link"), h.replyByLink)
}

func (h *handlers) cardOf(c Card, err error) (*httpapi.Body[CardView], error) {
	if err != nil {
		return nil, err
	}
	v, err := cardView(c)
	return httpapi.Ok(v), err
}

func (h *handlers) card(ctx context.Context, in *cardIn) (*httpapi.Body[CardView], error) {
	c, err := h.s.Open(ctx, httpapi.Address(ctx), in.Token)
	return h.cardOf(c, err)
}

func (h *handlers) replyByLink(ctx context.Context, in *replyIn) (*httpapi.Body[CardView], error) {
	c, err := h.s.AnswerByLink(ctx, httpapi.Address(ctx), in.Token, in.Body.reply())
	return h.cardOf(c, err)
}
