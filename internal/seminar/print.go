package seminar

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/id"
	"kezhi/internal/money"
	"kezhi/internal/paper"
	"kezhi/internal/setting"
)

// printer sets the papers of an event in one language.
type printer struct {
	lang paper.Lang
	m    Seminar
}

func (p printer) word(zh, en string) string {
	if p.lang == paper.English && en != "" {
		return en
	}
	return zh
}

func (p printer) title() string { return p.m.Title(string(p.lang)) }

// Report gives an event on paper or as a workbook: before its day the list to be signed at the door, afterwards what came of it, with
// who was invited, answered and came, what it cost and what follows. Needs duty.export, and to run the event. Errors: not_found, seminar.not_yours.
func (s *Service) Report(ctx context.Context, seminarID int64, lang paper.Lang) (*paper.Document, error) {
	m, err := s.run(ctx, authz.DutyExport, seminarID)
	if err != nil {
		return nil, err
	}
	p := printer{lang, m}
	var guests []Invitation
	var spent []Cost
	var follows []followed
	var zh, en string
	err = s.db.InRead(ctx, func(q db.Q) error {
		if guests, err = everybody(ctx, q, m.ID); err != nil {
			return err
		}
		if spent, err = costs(ctx, q, m.ID); err != nil {
			return err
		}
		if follows, err = followUps(ctx, q, m.ID); err != nil {
			return err
		}
		zh, en, err = setting.House(ctx, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	sheet := sheetOf(m, spent)
	out := &paper.Document{
		Lang: lang, Title: p.word("活动名单", "List of an event"), Subtitle: p.title(), Organisation: p.word(zh, en), Created: s.now().In(s.loc), Head: p.head(sheet),
	}
	if s.Today() >= m.On {
		out.Title = p.word("活动总结", "Summary of an event")
		out.Body = append(out.Body, p.figures())
	}
	if m.Summary != "" {
		out.Body = append(out.Body, paper.Heading{Text: p.word("总结", "What came of it")}, paper.Text{Body: m.Summary})
	}
	out.Body = append(out.Body, p.guests(guests))
	if len(spent) > 0 {
		out.Body = append(out.Body, p.costs(sheet))
	}
	if len(follows) > 0 {
		out.Body = append(out.Body, p.follows(follows))
	}
	out.Body = append(out.Body, paper.Signoffs{Columns: 2, Boxes: []paper.Signoff{{Post: p.word("主办人", "Organiser"), Name: m.OrganiserName}, {Post: p.word("部门负责人", "Head of department")}}})
	return out, s.printed(ctx, m, "report", lang)
}

func (s *Service) printed(ctx context.Context, m Seminar, what string, lang paper.Lang) error {
	return s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "seminar.print", Entity: "seminar", EntityID: id.String(m.ID), Detail: map[string]string{"what": what, "lang": string(lang)}})
	})
}

func (p printer) head(sheet CostSheet) []paper.Field {
	m := p.m
	when := m.On.String()
	if m.ToMin != 0 {
		when += " " + clockText(m.FromMin) + "–" + clockText(m.ToMin)
	}
	out := []paper.Field{
		{Label: p.word("时间", "Time"), Value: when},
		{Label: p.word("地点", "Place"), Value: m.Place},
		{Label: p.word("主办人", "Organiser"), Value: m.OrganiserName},
		{Label: p.word("类型", "Kind"), Value: p.word(kindWords[m.Kind][0], kindWords[m.Kind][1])},
	}
	if m.Asked != (duty.ByRule{}) {
		out = append(out, paper.Field{Label: p.word("所履行的条款", "Clause it keeps"), Value: strings.TrimSpace(m.Clause + " " + p.word(m.DutyZh, m.DutyEn)), Wide: true})
	}
	if m.Budget != 0 {
		out = append(out, paper.Field{Label: p.word("预算", "Budget"), Value: p.money(m.Budget)})
	}
	if len(sheet.Items) > 0 {
		out = append(out, paper.Field{Label: p.word("实际费用", "Cost"), Value: p.money(sheet.Total)})
	}
	if len(sheet.Items) > 0 && sheet.PerHead != nil {
		out = append(out, paper.Field{Label: p.word("人均费用", "Cost a head"), Value: p.money(*sheet.PerHead)}, paper.Field{Label: p.word("每家费用", "Cost a guest"), Value: p.money(*sheet.PerGuest)})
	}
	return out
}

func (p printer) money(minor int64) string {
	return money.Format(minor, p.m.Currency) + " " + p.m.Currency
}

func (p printer) figures() paper.Block {
	t := p.m.Tally
	row := func(zh, en string, n int64) paper.Row {
		return paper.Row{Cells: []string{p.word(zh, en), strconv.FormatInt(n, 10)}}
	}
	return paper.Table{
		Title: p.word("概况", "Figures"), Columns: []paper.Column{{Title: p.word("项目", "Item"), Width: 3}, {Title: p.word("数量", "Number"), Kind: paper.Number, Width: 1}},
		Rows: []paper.Row{
			row("邀请", "Invited", t.Invited), row("答应参加", "Said yes", t.Yes), row("候补", "Waiting", t.Waiting), row("谢绝", "Said no", t.No), row("未回复", "No answer", t.Open),
			row("到场（家）", "Came (guests)", t.Came), row("到场人数", "People that came", t.People), row("答应而未到", "Said yes, did not come", t.Absent), row("未受邀来宾", "Walk-ins", t.WalkIns),
			row("履行的义务", "Duties kept", p.m.Kept),
		},
	}
}

func (p printer) guests(list []Invitation) paper.Block {
	out := paper.Table{Title: p.word("名单", "List"), Columns: []paper.Column{
		{Title: p.word("号", "No."), Kind: paper.Choice, Width: 0.6},
		{Title: p.word("客户编号", "Code"), Width: 1.3},
		{Title: p.word("客户或单位", "Customer or company"), Width: 2.6},
		{Title: p.word("姓名", "Name"), Width: 1.2},
		{Title: p.word("客户经理", "Manager"), Width: 1.1},
		{Title: p.word("回复", "Answer"), Kind: paper.Choice, Width: 1},
		{Title: p.word("随行", "Guests"), Kind: paper.Number, Width: 0.7},
		{Title: p.word("到场人数", "Came"), Kind: paper.Number, Width: 0.9},
		{Title: p.word("签名", "Signature"), Width: 1.6},
	}}
	for _, v := range list {
		name, answer := v.Customer.Name, p.answer(v)
		if v.CustomerID == 0 {
			name = v.Company
		}
		out.Rows = append(out.Rows, paper.Row{Cells: []string{
			strconv.FormatInt(v.Number, 10), v.Customer.Code, name, v.Person, v.Customer.OwnerName, answer, some(v.Guests), some(v.Came), "",
		}})
	}
	return out
}

func some(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func (p printer) answer(v Invitation) string {
	w := answerWords[v.Answer]
	if v.Origin == WalkedIn {
		w = [2]string{"未受邀", "walk-in"}
	}
	return p.word(w[0], w[1])
}

func (p printer) costs(sheet CostSheet) paper.Block {
	out := paper.Table{Title: p.word("费用", "Cost"), Columns: []paper.Column{
		{Title: p.word("日期", "Day"), Kind: paper.Date, Width: 1},
		{Title: p.word("内容", "What"), Width: 3},
		{Title: p.word("金额", "Amount") + " (" + p.m.Currency + ")", Kind: paper.Number, Width: 1.2},
		{Title: p.word("登记人", "Entered by"), Width: 1},
	}}
	for _, c := range sheet.Items {
		out.Rows = append(out.Rows, paper.Row{Cells: []string{c.On.String(), c.What, money.Format(c.Amount, p.m.Currency), c.ByName}})
	}
	out.Rows = append(out.Rows, paper.Row{Cells: []string{"", p.word("合计", "Total"), money.Format(sheet.Total, p.m.Currency), ""}, Total: true})
	return out
}

func (p printer) follows(list []followed) paper.Block {
	out := paper.Table{Title: p.word("跟进", "Follow-up"), Columns: []paper.Column{
		{Title: p.word("客户", "Customer"), Width: 2},
		{Title: p.word("内容", "What"), Width: 3},
		{Title: p.word("期限", "By"), Kind: paper.Date, Width: 1},
		{Title: p.word("负责人", "By whom"), Width: 1},
		{Title: p.word("状态", "State"), Kind: paper.Choice, Width: 1},
	}}
	for _, f := range list {
		w := followWords[f.state]
		out.Rows = append(out.Rows, paper.Row{Cells: []string{f.customer, f.what, f.due.String(), f.owner, p.word(w[0], w[1])}})
	}
	return out
}

// Badges gives a card with number, name and QR code for everybody who said yes, to be cut out. Needs duty.export, and to run the event.
// Errors: not_found, seminar.not_yours, paper.too_long.
func (s *Service) Badges(ctx context.Context, seminarID int64, lang paper.Lang) (*paper.Document, error) {
	m, err := s.run(ctx, authz.DutyExport, seminarID)
	if err != nil {
		return nil, err
	}
	list, err := everybody(ctx, s.db.Read(), m.ID)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(v Invitation) bool { return v.Answer != Yes })
	p := printer{lang, m}
	out := &paper.Document{Lang: lang, Title: p.title(), Subtitle: m.On.String() + " " + m.Place, Created: s.now().In(s.loc)}
	for _, v := range list {
		link, err := s.Link(ctx, v.ID)
		if err != nil {
			return nil, err
		}
		lines := []string{p.word("第 ", "No. ") + strconv.FormatInt(v.Number, 10) + p.word(" 号", ""), v.Person, v.Customer.Name + v.Company}
		out.Body = append(out.Body, paper.Code{Content: link, Text: strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n")})
	}
	if len(list) == 0 {
		out.Body = append(out.Body, paper.Text{Body: p.word("还没有人答应参加。", "Nobody has said yes so far."), Flush: true})
	}
	return out, s.printed(ctx, m, "badges", lang)
}

// The words of papers: they leave the program, so the server writes them itself.
var (
	kindWords = map[Kind][2]string{
		"seminar": {"研讨会", "Seminar"}, "exchange": {"交流会", "Exchange meeting"}, "thanks": {"答谢活动", "Appreciation"}, "training": {"培训", "Training"},
		"meeting": {"高层会晤", "Executive meeting"}, "hobby": {"文体活动", "Sports and hobbies"}, "other": {"其他", "Other"},
	}
	answerWords = map[Answer][2]string{NoAnswer: {"未回复", "none"}, Yes: {"参加", "yes"}, Waiting: {"候补", "waiting"}, No: {"不参加", "no"}, Withdrawn: {"已撤回", "withdrawn"}}
	followWords = map[string][2]string{
		"open": {"待兑现", "open"}, "overdue": {"逾期", "overdue"}, "kept": {"已兑现", "kept"}, "late": {"逾期兑现", "kept late"}, "broken": {"未兑现", "broken"}, "withdrawn": {"已撤回", "withdrawn"},
	}
)
