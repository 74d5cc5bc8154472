package review

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/paper"
	"kezhi/internal/rule"
)

type reviewPrintIn struct {
	ID       string `path:"id"`
	Customer string `path:"customer"`
	Form     string `path:"form" enum:"assessment,grade" doc:"assessment: how the customer was rated; grade: the application for a grade that is signed for"`
	Format   string `query:"format" enum:"pdf,xlsx" default:"pdf"`
	Lang     string `query:"lang" enum:"zh,en" default:"zh"`
}

func registerForms(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "print-review-form", Method: http.MethodGet, Path: "/reviews/{id}/lines/{customer}/forms/{form}",
		Summary: "A form of a customer to be signed, as a document or a workbook", Tag: tag, Permission: authz.GradingRead,
	}, s.httpPrint)
}

func (s *Service) httpPrint(ctx context.Context, in *reviewPrintIn) (*huma.StreamResponse, error) {
	reviewID, customerID, err := both(in.ID, in.Customer)
	if err != nil {
		return nil, err
	}
	doc, err := s.Printed(ctx, reviewID, customerID, in.Form, paper.Lang(in.Lang))
	if err != nil {
		return nil, err
	}
	write := doc.PDF
	if in.Format == "xlsx" {
		write = doc.XLSX
	}
	return httpapi.Download(doc.Title+"-"+doc.Number+"."+in.Format, func(_ context.Context, w io.Writer) error { return write(w) }), nil
}

// LineView is a customer in a campaign.
type LineView struct {
	CustomerID  string `json:"customer_id"`
	Code        string `json:"code"`
	Name        string `json:"name"`
	UnitID      string `json:"unit_id"`
	OwnerName   string `json:"owner_name"`
	Newcomer    bool   `json:"newcomer" doc:"Too new for a grade that lasts"`
	FirstFact   string `json:"first_fact" doc:"The day cooperation began; empty without a fact"`
	BeforeCode  string `json:"before_code" doc:"The grade when the campaign opened"`
	BeforeScore string `json:"before_score"`
	OpenCode    string `json:"open_code" doc:"What followed from facts and judgements when it opened"`
	OpenScore   string `json:"open_score"`
	State       string `json:"state" enum:"waiting,draft,rated,met,reopened"`
	Rated       bool   `json:"rated"`
	RateCode    string `json:"rate_code"`
	RateScore   string `json:"rate_score"`
	Met         bool   `json:"met"`
	MeetCode    string `json:"meet_code"`
	MeetScore   string `json:"meet_score"`
	Outcome     string `json:"outcome" doc:"The grade of the newest round; empty without one"`
	Differs     bool   `json:"differs"`
	Approval    string `json:"approval" enum:",waiting,approved,rejected"`
	CaseID      string `json:"case_id" doc:"The newest case that carries the signatures; empty without one"`
	FinalCode   string `json:"final_code" doc:"After closing: what the verdict says"`
	VerdictID   string `json:"verdict_id"`
	VersionNo   int64  `json:"version_no"`
}

// ValueView is what is said about one judged item.
type ValueView struct {
	Item   string `json:"item" maxLength:"100"`
	Value  string `json:"value" maxLength:"200" doc:"Points as a decimal, or one of the answers"`
	Reason string `json:"reason,omitempty" maxLength:"4000"`
}

// FillView is what somebody fills in.
type FillView struct {
	Values []ValueView `json:"values" maxItems:"200" nullable:"false"`
	Note   string      `json:"note,omitempty" maxLength:"4000" doc:"On cooperation and development"`
}

// ReRateView is what the meeting says about a customer; empty confirms what the region said.
type ReRateView struct {
	Values []ValueView `json:"values,omitempty" maxItems:"200" doc:"The items that change"`
	Grade  string      `json:"grade,omitempty" doc:"Decides on the grade itself; empty lets it follow"`
	Reason string      `json:"reason,omitempty" maxLength:"4000" doc:"Needed for a change"`
}

// FormItemView is one judged item on a form.
type FormItemView struct {
	Item     string         `json:"item"`
	Title    rule.Text      `json:"title"`
	Values   []rule.Answer  `json:"values" nullable:"false"`
	Low      string         `json:"low"`
	High     string         `json:"high"`
	By       string         `json:"by"`
	ByTitle  rule.Text      `json:"by_title" doc:"Of the post that judges"`
	Clause   string         `json:"clause"`
	Value    string         `json:"value"`
	Reason   string         `json:"reason"`
	Given    string         `json:"given" doc:"What counts today; empty while nobody has judged"`
	MayJudge bool           `json:"may_judge"`
	Files    []EvidenceView `json:"files" nullable:"false"`
}

// EvidenceView is a file shown for a judged item.
type EvidenceView struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
}

// VersionView is one rating; all of them are kept.
type VersionView struct {
	ID           string       `json:"id"`
	Round        string       `json:"round" enum:"rate,meet"`
	Code         string       `json:"code"`
	Score        string       `json:"score"`
	Decided      bool         `json:"decided" doc:"The grade itself was decided on"`
	ComputedCode string       `json:"computed_code"`
	Judged       []JudgedView `json:"judged" nullable:"false"`
	Note         string       `json:"note"`
	By           string       `json:"by"`
	For          string       `json:"for" doc:"Whose delegate that was; empty for nobody's"`
	At           time.Time    `json:"at"`
}

// JudgedView is what a rating said about an item.
type JudgedView struct {
	Item   string `json:"item"`
	Value  string `json:"value"`
	Before string `json:"before"`
	Reason string `json:"reason"`
}

// SignatureView is one decision of the case that carries the signatures.
type SignatureView struct {
	Title   rule.Text  `json:"title"`
	Post    rule.Text  `json:"post"`
	Agree   bool       `json:"agree"`
	Opinion string     `json:"opinion"`
	By      string     `json:"by" doc:"Empty while nobody has decided"`
	For     string     `json:"for" doc:"In whose name; empty for the own"`
	At      *time.Time `json:"at,omitempty" doc:"Absent while nobody has decided"`
}

// FormView is the rating form of a customer.
type FormView struct {
	LineView
	NowCode     string           `json:"now_code" doc:"What follows with the values on the form"`
	NowScore    string           `json:"now_score"`
	NowReason   string           `json:"now_reason"`
	Explanation rule.Explanation `json:"explanation" doc:"With the values on the form; decisions of people do not count"`
	Items       []FormItemView   `json:"items" nullable:"false"`
	Note        string           `json:"note" doc:"Of the draft"`
	Versions    []VersionView    `json:"versions" nullable:"false" doc:"Oldest first"`
	CaseNumber  string           `json:"case_number" doc:"Of the form on which the grade is applied for"`
	Signatures  []SignatureView  `json:"signatures" nullable:"false"`
	MayRate     bool             `json:"may_rate"`
	MayMeet     bool             `json:"may_meet"`
	MayReopen   bool             `json:"may_reopen"`
}

// LinesView is a page of lines.
type LinesView struct {
	Items []LineView `json:"items" nullable:"false"`
	Next  string     `json:"next_cursor,omitempty"`
	Total int64      `json:"total"`
}

// HistoryView is a customer in a campaign of some year.
type HistoryView struct {
	LineView
	ReviewID    string `json:"review_id"`
	ReviewState string `json:"review_state"`
	Rulebook    string `json:"rulebook"`
	EffectiveOn string `json:"effective_on" format:"date"`
}

func lineView(l *Line) LineView {
	return LineView{
		CustomerID: id.String(l.CustomerID), Code: l.Code, Name: l.Name, UnitID: optionalID(l.UnitID), OwnerName: l.OwnerName, Newcomer: l.Newcomer,
		FirstFact: l.FirstFact.String(), BeforeCode: l.BeforeCode, BeforeScore: score(l.BeforeScore), OpenCode: l.OpenCode, OpenScore: score(l.OpenScore), State: l.State,
		Rated: l.RateID != 0, RateCode: l.RateCode, RateScore: score(l.RateScore), Met: l.MeetID != 0, MeetCode: l.MeetCode, MeetScore: score(l.MeetScore),
		Outcome: l.Outcome(), Differs: l.Differs, Approval: l.Approval, CaseID: optionalID(l.CaseID), FinalCode: l.FinalCode, VerdictID: optionalID(l.VerdictID), VersionNo: l.VersionNo,
	}
}

func formView(f *Form) FormView {
	v := FormView{
		LineView: lineView(&f.Line), NowCode: f.Now.Code, NowScore: score(f.Now.Score), NowReason: f.Now.Reason, Explanation: f.Now.Explanation, Note: f.Draft.Note,
		Items: make([]FormItemView, len(f.Items)), Versions: make([]VersionView, len(f.Versions)), CaseNumber: f.Signed.Number, Signatures: make([]SignatureView, len(f.Signed.Signatures)), MayRate: f.MayRate,
		MayMeet: f.MayMeet, MayReopen: f.MayReopen,
	}
	for i := range f.Items {
		x := &f.Items[i]
		v.Items[i] = FormItemView{
			Item: x.Name, Title: x.Title, Values: x.Values, Low: x.Low, High: x.High, By: x.By, ByTitle: f.posts[x.By], Clause: x.Clause, Value: x.Value, Reason: x.Reason, Given: x.Given,
			MayJudge: x.MayJudge, Files: []EvidenceView{},
		}
		for _, file := range f.Files {
			if file.Item == x.Name {
				v.Items[i].Files = append(v.Items[i].Files, EvidenceView{id.String(file.FileID), file.Name, file.MediaType, file.Size})
			}
		}
	}
	for i := range f.Versions {
		x := &f.Versions[i]
		v.Versions[i] = VersionView{
			ID: id.String(x.ID), Round: x.Round, Code: x.Code, Score: score(x.Score), Decided: x.Decided, ComputedCode: x.ComputedCode, Note: x.Note, By: f.Names[x.RatedBy],
			For: f.Names[x.RatedFor], At: x.RatedAt, Judged: make([]JudgedView, len(x.Judged)),
		}
		for j, one := range x.Judged {
			v.Versions[i].Judged[j] = JudgedView{one.Item, one.Value, one.Before, one.Reason}
		}
	}
	for i := range f.Signed.Signatures {
		x := &f.Signed.Signatures[i]
		v.Signatures[i] = SignatureView{Title: x.Title, Post: x.Post, Agree: x.Agree, Opinion: x.Opinion, By: x.By, For: x.For}
		if x.Given {
			v.Signatures[i].At = &x.At
		}
	}
	return v
}
