package review

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/paper"
	"kezhi/internal/rule"
)

// underscored finds the thousands of numbers as rulebooks write them.
var underscored = regexp.MustCompile(`(\d)_(\d)`)

// assessment is the form a region fills in for each customer: every item with its figure or both rounds' values, points and evidence, the
// total, the grades of both rounds, and who answers for them.
func (p *printer) assessment() *paper.Document {
	d := p.document(rule.StepRate, "客户资信评估表", "Customer assessment form", "PG")
	rate, meet := p.version(p.form.RateID), p.version(p.form.MeetID)
	if d.Watermark == "" && rate == nil && meet == nil {
		d.Watermark = p.word("未提交", "Not handed in")
	}
	d.Head = []paper.Field{
		{Label: p.word("区域", "Region"), Value: p.region()},
		{Label: p.word("评估人", "Rated by"), Value: p.by(rate)},
		{Label: p.word("评估日期", "Rated on"), Value: p.on(rate)},
		{Label: p.word("客户", "Customer"), Value: p.form.Code + " " + p.form.Name, Wide: true},
	}
	d.Body = []paper.Block{p.itemTable(rate, meet), paper.Grid{Fields: p.outcome(rate, meet)}}
	if notes := p.notes(); len(notes) > 0 {
		d.Body = append(d.Body, paper.Text{Body: strings.Join(notes, "\n"), Flush: true, Small: true})
	}
	d.Body = append(d.Body, paper.Signoffs{Columns: 2, Boxes: p.raters(rate, meet)}, paper.Closing{Organisation: d.Organisation, Date: p.EffectiveOn.String(), Seal: true})
	return d
}

// raters are the boxes of both rounds; what nobody did yet leaves room to write by hand.
func (p *printer) raters(rate, meet *Version) []paper.Signoff {
	post := func(do, zh, en string) string {
		out := p.word(zh, en)
		if step := p.rules.Step(do); step != nil {
			if title := p.of(p.form.posts[step.By]); title != "" {
				out += "\n" + title
			}
		}
		return out
	}
	opinion := func(v *Version) string {
		if v == nil {
			return ""
		}
		return v.Note
	}
	return []paper.Signoff{
		{Post: post(rule.StepRate, "初评", "First round"), Opinion: opinion(rate), Name: p.by(rate), Date: p.on(rate)},
		{Post: post(rule.StepReRate, "复评", "Meeting"), Opinion: opinion(meet), Name: p.by(meet), Date: p.on(meet)},
	}
}

// outcome are the grades that were and that follow.
func (p *printer) outcome(rate, meet *Version) []paper.Field {
	f := &p.form
	out := []paper.Field{{Label: p.word("原等级", "Grade before"), Value: p.graded(f.BeforeCode, f.BeforeScore)}}
	if rate == nil && meet == nil {
		return append(out, paper.Field{Label: p.word("按数据应为", "As the figures stand"), Value: p.graded(f.Now.Code, f.Now.Score)})
	}
	out = append(out, paper.Field{Label: p.word("初评等级", "First round"), Value: p.graded(f.RateCode, f.RateScore)},
		paper.Field{Label: p.word("复评等级", "Meeting"), Value: p.graded(f.MeetCode, f.MeetScore)},
		paper.Field{Label: p.word("最终等级", "Final grade"), Value: p.gradeName(f.FinalCode)})
	if meet != nil && meet.Decided {
		without := p.gradeName(meet.ComputedCode)
		out = append(out, paper.Field{Label: p.word("直接定级", "Decided"), Value: p.word("按数据应为"+without+"；"+meet.Note, "By the figures "+without+"; "+meet.Note), Wide: true})
	}
	return out
}

func (p *printer) itemTable(rate, meet *Version) paper.Table {
	t := paper.Table{Columns: []paper.Column{
		{Title: p.word("序号", "No."), Kind: paper.Choice, Width: 6},
		{Title: p.word("评估项目", "Item"), Width: 17},
		{Title: p.word("数据", "Figure"), Kind: paper.Number, Width: 17},
		{Title: p.word("初评", "First"), Kind: paper.Choice, Width: 9},
		{Title: p.word("复评", "Meeting"), Kind: paper.Choice, Width: 9},
		{Title: p.word("满分", "Of"), Kind: paper.Number, Width: 7},
		{Title: p.word("得分", "Points"), Kind: paper.Number, Width: 8},
		{Title: p.word("说明与依据", "Grounds and evidence"), Width: 27},
	}}
	judged := map[string]*FormItem{}
	for i := range p.form.Items {
		judged[p.form.Items[i].Name] = &p.form.Items[i]
	}
	add := func(cells ...string) {
		t.Rows = append(t.Rows, paper.Row{Cells: append([]string{strconv.Itoa(len(t.Rows) + 1)}, cells...)})
	}
	for i := range p.why.Items {
		x := &p.why.Items[i]
		if j := judged[x.Item]; j != nil {
			add(p.of(x.Title), "", p.given(j, rate), p.given(j, meet), x.Max, x.Points, p.joined(p.grounds(j, rate, meet), p.treated(x.Treatment)))
			delete(judged, x.Item)
			continue
		}
		figure := p.figure(x.Value, x.Unit)
		if figure == "" {
			figure = p.word("没有数据", "no data")
		}
		add(p.of(x.Title), figure, "", "", x.Max, x.Points, p.joined(underscored.ReplaceAllString(p.of(x.Band), "$1,$2"), p.treated(x.Treatment)))
	}
	for i := range p.form.Items { // judged without points: what a limit reads
		if j := &p.form.Items[i]; judged[j.Name] != nil {
			add(p.of(j.Title), "", p.given(j, rate), p.given(j, meet), "", "", p.grounds(j, rate, meet))
		}
	}
	for i := range p.why.Bonuses {
		add(p.of(p.why.Bonuses[i].Title), "", "", "", "", p.why.Bonuses[i].Points, "")
	}
	if x := p.why.Score; x != nil {
		t.Rows = append(t.Rows, paper.Row{Cells: []string{"", p.word("合计", "Total"), "", "", "", x.Max, x.Value, ""}, Total: true})
	}
	return t
}

// given is what a round said about a judged item, in words.
func (p *printer) given(j *FormItem, v *Version) string {
	if v == nil {
		return ""
	}
	i := slices.IndexFunc(v.Judged, func(x Value) bool { return x.Item == j.Name })
	if i < 0 {
		return p.word("未评", "none")
	}
	return p.answer(j, v.Judged[i].Value)
}

func (p *printer) answer(j *FormItem, value string) string {
	for _, a := range j.Values {
		if a.Code == value {
			return p.of(a.Title)
		}
	}
	return value
}

// grounds are the reasons of both rounds and the files shown as evidence.
func (p *printer) grounds(j *FormItem, rate, meet *Version) string {
	var out []string
	for _, v := range []*Version{rate, meet} {
		if v == nil {
			continue
		}
		for _, x := range v.Judged {
			if x.Item == j.Name && x.Reason != "" && !slices.Contains(out, x.Reason) {
				out = append(out, x.Reason)
			}
		}
	}
	var names []string
	for _, f := range p.form.Files {
		if f.Item == j.Name {
			names = append(names, f.Name)
		}
	}
	if len(names) > 0 {
		out = append(out, p.word("凭据：", "Evidence: ")+strings.Join(names, p.word("、", ", ")))
	}
	return p.joined(out...)
}

// treated says how an item was counted for which there is nothing to count.
func (p *printer) treated(treatment string) string {
	return map[string]string{
		"neutral": p.word("按中间分计", "the middle counts"), "worst": p.word("按最低分计", "the least counts"), "value": p.word("按制度规定的值计", "the value of the rulebook counts"),
	}[treatment]
}

func (w words) joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), w.word("；", "; "))
}

// notes say what else made the grade: vetoes and limits that took hold, and how long the grade is provisional.
func (p *printer) notes() []string {
	var out []string
	for _, v := range p.why.Vetoes {
		out = append(out, p.word("否决：", "Veto: ")+p.of(v.Title)+p.word("，", ", ")+p.of(v.Effect))
	}
	for _, l := range p.why.Limits {
		if l.From != "" && l.From != l.To {
			out = append(out, p.word("等级限制：", "Limit: ")+p.of(l.Title)+p.word("，", ", ")+p.gradeName(l.From)+" → "+p.gradeName(l.To))
		}
	}
	if x := p.why.Provisional; x != nil {
		out = append(out, p.word("暂定等级：", "Provisional: ")+p.of(x.Title))
	}
	return out
}
