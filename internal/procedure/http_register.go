package procedure

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/paper"
)

// RegisterView is a procedure whose cases are kept as a register.
type RegisterView struct {
	Rulebook   string           `json:"rulebook"`
	Procedure  NameRef          `json:"procedure"`
	Definition *flow.Definition `json:"definition" doc:"The start form gives the columns"`
	Columns    []WordView       `json:"columns" nullable:"false" doc:"Entries of the start form that fit on a line"`
	Leaves     string           `json:"leaves" doc:"Key of the entry in which the leaving is noted; empty when nobody notes it"`
	Whole      bool             `json:"whole" doc:"The reader sees every line; otherwise those within reach"`
	MayEnter   bool             `json:"may_enter"`
	MayExport  bool             `json:"may_export"`
	Today      string           `json:"today" format:"date" doc:"The organisation's day: lines are entered on it"`
	Zone       string           `json:"zone" doc:"IANA name of the organisation's time zone, in which hours are written"`
}

// LineView is one line of a register.
type LineView struct {
	ID         string              `json:"id" doc:"Of the case"`
	Number     string              `json:"number"`
	ReceivedAt string              `json:"received_at"`
	Customer   *CustomerRef        `json:"customer"`
	Starter    PersonRef           `json:"starter" doc:"Who entered it"`
	Values     map[string]TextView `json:"values" doc:"By the keys of the columns, in words"`
	Left       string              `json:"left" doc:"HH:MM; empty = nothing was noted"`
	Present    bool                `json:"present" doc:"The leaving is still to be noted"`
	LeaveSeat  int                 `json:"leave_seat" doc:"Where the reader may note it (act fill of the case); 0 = nowhere"`
	LeaveFor   string              `json:"leave_for" doc:"The absent person in whose name; empty = the own"`
	MayOpen    bool                `json:"may_open" doc:"The reader may open the case"`
	Status     string              `json:"status" enum:"running,paused,ended,withdrawn"`
}

// RegisterLines names lines of a register.
type RegisterLines struct {
	Rulebook  string `path:"rulebook" maxLength:"100"`
	Procedure string `path:"procedure" maxLength:"100"`
	From      string `query:"from" doc:"First day of entry"`
	To        string `query:"to" doc:"Last day of entry"`
	Q         string `query:"q" maxLength:"200" doc:"Part of the number, the title or the customer's name, or the customer's code"`
}

type (
	linesIn struct {
		RegisterLines
		Present bool `query:"present" doc:"Only those whose leaving is still to be noted"`
		httpapi.Page
	}
	registerOutIn struct {
		RegisterLines
		Format string `query:"format" enum:"pdf,xlsx" default:"pdf"`
		Lang   string `query:"lang" enum:"zh,en" default:"zh"`
	}
)

func registerRegisters(api *httpapi.API, h *handlers) {
	get := func(name, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: name, Method: http.MethodGet, Path: "/registers" + path, Summary: summary, Tag: tagCases, Permission: p}
	}
	httpapi.Register(api, get("list-registers", "", "List the registers in force, such as that of visitors", authz.ProcedureRead), h.registers)
	httpapi.Register(api, get("list-register-lines", "/{rulebook}/{procedure}", "List the lines of a register, the newest first", authz.ProcedureRead), h.lines)
	httpapi.Register(api, get("export-register", "/{rulebook}/{procedure}/export", "Download the lines of some days, to be printed or as a workbook", authz.RegisterExport), h.registerOut)
}

func (h *handlers) registers(ctx context.Context, _ *struct{}) (*httpapi.Body[httpapi.List[RegisterView]], error) {
	list, err := h.s.Registers(ctx)
	if err != nil {
		return nil, err
	}
	_, denied := authz.Require(ctx, authz.RegisterExport)
	out := make([]RegisterView, len(list))
	for i := range list {
		def := list[i].Definition
		_, leaves := def.Register.LeftStep()
		v := RegisterView{
			Rulebook: list[i].Edition.Rulebook, Procedure: NameRef{Key: def.Key, Title: textView(def.Title)}, Definition: def, Columns: []WordView{}, Leaves: leaves,
			Whole: list[i].Whole, MayEnter: list[i].MayEnter, MayExport: denied == nil, Today: h.s.Today().String(), Zone: h.s.loc.String(),
		}
		if form := def.FormOf(flow.StartForm); form != nil {
			for j := range form.Fields {
				if inRegister(&form.Fields[j]) {
					v.Columns = append(v.Columns, WordView{Key: form.Fields[j].Key, Title: textView(form.Fields[j].Title)})
				}
			}
		}
		out[i] = v
	}
	return httpapi.OkList(out, ""), nil
}

func (in RegisterLines) filter() (RegisterFilter, error) {
	var v errs.Validation
	f := RegisterFilter{Rulebook: in.Rulebook, Procedure: in.Procedure, Text: in.Q, From: readDay(&v, "from", in.From), To: readDay(&v, "to", in.To)}
	return f, v.Err()
}

func (h *handlers) lines(ctx context.Context, in *linesIn) (*httpapi.Body[httpapi.List[LineView]], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	f.Present, f.Cursor, f.Limit = in.Present, in.Cursor, in.Limit
	list, next, err := h.s.Lines(ctx, f)
	if err != nil {
		return nil, err
	}
	out := make([]LineView, len(list))
	for i := range list {
		out[i] = lineView(&list[i])
	}
	return httpapi.OkList(out, next), nil
}

func lineView(l *Line) LineView {
	c := &l.Case
	v := LineView{
		ID: id.String(c.ID), Number: c.Number, ReceivedAt: moment(clock.Micros(c.ReceivedAt)), Starter: PersonRef{id.Optional(c.StartedBy), c.StarterName},
		Values: map[string]TextView{}, Left: l.Left, Present: l.Present, LeaveSeat: l.LeaveSeat, LeaveFor: id.Optional(l.LeaveFor), MayOpen: l.MayOpen, Status: c.Status,
	}
	for key, text := range l.Values {
		v.Values[key] = textView(text)
	}
	if c.CustomerID != 0 {
		v.Customer = &CustomerRef{ID: id.String(c.CustomerID), Code: c.CustomerCode, Name: c.CustomerName}
	}
	return v
}

func (h *handlers) registerOut(ctx context.Context, in *registerOutIn) (*huma.StreamResponse, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	if f.From == calendar.None {
		f.From = h.s.Today()
	}
	if f.To == calendar.None {
		f.To = f.From
	}
	doc, err := h.s.PrintedRegister(ctx, f, paper.Lang(in.Lang))
	if err != nil {
		return nil, err
	}
	content, err := doc.Render(in.Format)
	if err != nil {
		return nil, err
	}
	return httpapi.Download(doc.Title+"-"+f.From.String()+"."+in.Format, func(_ context.Context, w io.Writer) error {
		_, err := w.Write(content)
		return err
	}), nil
}
