package procedure

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/paper"
)

// Printed gives a form of a case as a document an office would sign: the start form under "start", that of a step under its
// key. What was filled is printed; a form nobody has filled yet is refused. Needs what Get needs.
// Errors: not_found, procedure.form_empty.
func (s *Service) Printed(ctx context.Context, caseID int64, step string, lang paper.Lang) (*paper.Document, error) {
	r, err := s.Get(ctx, caseID)
	if err != nil {
		return nil, err
	}
	form, past := r.Definition.FormOf(step), r.State.Steps[step]
	if form == nil {
		return nil, errs.New(errs.NotFound, "not_found")
	}
	if past == nil || past.Visits == 0 || len(past.Answers) == 0 {
		return nil, errs.New(errs.Conflict, "procedure.form_empty", "number", r.Number)
	}
	p := &printer{s: s, r: &r, lang: lang, env: flow.Env{Zone: s.loc}}
	if err := p.load(ctx); err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "case.print", Entity: "case", EntityID: id.String(caseID), CustomerID: r.CustomerID, Detail: map[string]any{"step": step, "form": form.Key},
		})
	})
	if err != nil {
		return nil, err
	}
	return p.document(form, step, past), nil
}

// printer turns the answers of a form into a document in one language.
type printer struct {
	s     *Service
	r     *Record
	lang  paper.Lang
	env   flow.Env
	units map[int64]flow.Text
	house string
	names map[int64]string // of customers named in answers
}

func (p *printer) load(ctx context.Context) error {
	q := p.s.db.Read()
	units, house, err := unitNames(ctx, q)
	if err != nil {
		return err
	}
	p.units, p.house = units, p.of(house)
	w, err := p.s.caseWorld(ctx, q, &p.r.Case)
	if err != nil {
		return err
	}
	p.env = w.env()
	p.names, err = customerNames(ctx, q, p.r)
	return err
}

// of gives a text in the language of the document.
func (p *printer) of(t flow.Text) string {
	if p.lang == paper.English && t.En != "" {
		return t.En
	}
	return t.Zh
}

func (p *printer) word(zh, en string) string { return p.of(flow.Text{Zh: zh, En: en}) }

func (p *printer) document(form *flow.Form, step string, past *flow.Past) *paper.Document {
	d := &paper.Document{
		Lang: p.lang, Title: p.of(form.Title), Organisation: p.house, Number: cmp.Or(p.r.Numbers[step], p.r.Number), FormCode: form.Key, FormVersion: p.r.Version,
		Created: p.s.now().In(p.s.loc),
	}
	if form.Layout == "letter" {
		return p.letter(d, form, past)
	}
	d.Landscape = form.Layout == "table"
	d.Head = []paper.Field{{Label: p.word("受理日期", "Received"), Value: p.s.dayOf(clock.Micros(p.r.ReceivedAt))}}
	if d.Number != p.r.Number {
		d.Head = slices.Insert(d.Head, 0, paper.Field{Label: p.word("工单", "Case"), Value: p.r.Number})
	}
	if p.r.CustomerID != 0 {
		d.Head = append(d.Head, paper.Field{Label: p.word("客户", "Customer"), Value: strings.TrimSpace(p.r.CustomerCode + " " + p.r.CustomerName), Wide: true})
	}
	var grid []paper.Field
	for i := range form.Fields {
		f := &form.Fields[i]
		if f.Type != flow.FieldList {
			grid = append(grid, paper.Field{Label: p.label(f), Value: p.show(f, past.Answers[f.Key]), Wide: f.Type == flow.FieldLong || f.Type == flow.FieldFile || f.Many})
			continue
		}
		d.Body, grid = p.gridOf(d.Body, grid), nil
		d.Body = append(d.Body, p.table(f, past.Answers[f.Key]))
	}
	d.Body = p.gridOf(d.Body, grid)
	if boxes := p.boxes(step, past); len(boxes) > 0 {
		d.Body = append(d.Body, paper.Signoffs{Columns: 2, Boxes: boxes})
	}
	return d
}

func (p *printer) gridOf(body []paper.Block, fields []paper.Field) []paper.Block {
	if len(fields) == 0 {
		return body
	}
	return append(body, paper.Grid{Fields: fields})
}

func (p *printer) label(f *flow.Field) string {
	if t := p.of(f.Title); t != "" {
		return t
	}
	return f.Key
}

func (p *printer) table(f *flow.Field, a flow.Answer) paper.Table {
	t := paper.Table{Title: p.label(f)}
	for i := range f.Fields {
		kind := paper.Written
		switch f.Fields[i].Type {
		case flow.FieldNumber, flow.FieldMoney:
			kind = paper.Number
		case flow.FieldDate:
			kind = paper.Date
		}
		t.Columns = append(t.Columns, paper.Column{Title: p.label(&f.Fields[i]), Kind: kind})
	}
	for _, row := range a.Rows {
		cells := make([]string, len(f.Fields))
		for i := range f.Fields {
			cells[i] = p.show(&f.Fields[i], row[f.Fields[i].Key])
		}
		t.Rows = append(t.Rows, paper.Row{Cells: cells})
	}
	return t
}

// boxes gives a sign-off box for whoever filled the form and for every decision taken after it.
func (p *printer) boxes(step string, past *flow.Past) []paper.Signoff {
	var out []paper.Signoff
	since := int64(0)
	for _, d := range past.Done {
		since = max(since, d.At)
		out = append(out, paper.Signoff{Post: p.word("填写", "Filled by"), Opinion: d.Reason, Name: p.r.Names[d.By], Date: p.s.dayOf(d.At)})
	}
	for i := range p.r.Definition.Steps {
		st := &p.r.Definition.Steps[i]
		if st.Do != flow.DoDecide || st.Key == step || p.r.State.Steps[st.Key] == nil {
			continue
		}
		for _, d := range p.r.State.Steps[st.Key].Done {
			if d.At < since || d.Decision == "" {
				continue
			}
			said := map[string]string{flow.Agree: p.word("同意", "Agreed"), flow.Reject: p.word("不同意", "Rejected")}[d.Decision]
			if d.Reason != "" {
				said += p.word("：", ": ") + d.Reason
			}
			out = append(out, paper.Signoff{Post: p.of(st.Title), Opinion: said, Name: p.r.Names[d.By], Date: p.s.dayOf(d.At)})
		}
	}
	return out
}

var placeholder = regexp.MustCompile(`\{([a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*)\}`)

// letter fills the template of a letter; what it names and nobody answered stays out.
func (p *printer) letter(d *paper.Document, form *flow.Form, past *flow.Past) *paper.Document {
	body := placeholder.ReplaceAllStringFunc(p.of(form.Text), func(found string) string { return p.named(strings.Trim(found, "{}")) })
	d.Letter, d.Body = true, []paper.Block{paper.Text{Body: body}}
	day := p.s.Today().String()
	if n := len(past.Done); n > 0 {
		day = p.s.dayOf(past.Done[n-1].At)
	}
	d.Body = append(d.Body, paper.Closing{Organisation: p.house, Date: day, Seal: true})
	return d
}

// named gives what a name of a letter's template stands for.
func (p *printer) named(name string) string {
	step, key, _ := strings.Cut(name, ".")
	if form := p.r.Definition.FormOf(step); form != nil {
		for i := range form.Fields {
			if form.Fields[i].Key == key {
				return p.show(&form.Fields[i], flow.AnswerTo(p.r.Definition, p.r.State, &p.env, name))
			}
		}
	}
	return flow.AnswerTo(p.r.Definition, p.r.State, &p.env, name).Text
}

// show writes an answer as people read it.
func (p *printer) show(f *flow.Field, a flow.Answer) string {
	if a.YesNo != nil {
		if *a.YesNo {
			return p.word("是", "Yes")
		}
		return p.word("否", "No")
	}
	texts := a.Each()
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = p.one(f, t)
	}
	return strings.Join(out, p.word("、", ", "))
}

func (p *printer) one(f *flow.Field, text string) string {
	n, _ := strconv.ParseInt(text, 10, 64) // not a number: no id of anything
	switch f.Type {
	case flow.FieldChoice, flow.FieldChoices:
		if i := slices.IndexFunc(f.Options, func(o flow.Option) bool { return o.Key == text }); i >= 0 {
			return p.of(f.Options[i].Title)
		}
	case flow.FieldPerson:
		return p.r.Names[n]
	case flow.FieldDepartment:
		return p.of(p.units[n])
	case flow.FieldCustomer:
		return p.names[n]
	case flow.FieldFile:
		if i := slices.IndexFunc(p.r.Files, func(x File) bool { return x.ID == n }); i >= 0 {
			return p.r.Files[i].Name
		}
	case flow.FieldNumber, flow.FieldMoney:
		return strings.TrimSpace(text + " " + f.Unit)
	}
	return text
}
