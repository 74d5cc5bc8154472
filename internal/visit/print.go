package visit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/paper"
	"kezhi/internal/setting"
)

// reportWords are the fixed words of the printed visit report.
type reportWords struct {
	title, customer, code, address, on, owner, ours, theirs, purpose, place, duty, arrival, met, report, feedback, next, files, reason, state, cancelled, comma string
	distance, due                                                                                                                                               string // with what they take
	posts                                                                                                                                                       [2]string
}

var reportPrinted = map[paper.Lang]reportWords{
	paper.Chinese: {
		title: "客户拜访报告", customer: "客户", code: "客户编号", address: "地址", on: "拜访时间", owner: "拜访人", ours: "我方同行", theirs: "对方人员", purpose: "拜访目的", place: "地点",
		duty: "所履行的义务", arrival: "签到", met: "会见", report: "拜访报告", feedback: "客户意见", next: "下次拜访", files: "照片与文件", reason: "取消原因", state: "状态", comma: "、",
		distance: "%s，距客户约 %d 米", due: "%s（最迟 %s）", posts: [2]string{"拜访人", "上级审阅"},
		cancelled: "已取消",
	},
	paper.English: {
		title: "Visit report", customer: "Customer", code: "Code", address: "Address", on: "Time", owner: "Visitor", ours: "Who went along", theirs: "Whom to meet", purpose: "Purpose",
		place: "Place", duty: "Duty it keeps", arrival: "Check-in", met: "Met", report: "Report", feedback: "Feedback of the customer", next: "Next visit", files: "Photos and files",
		reason: "Why it was cancelled", state: "State", comma: ", ", distance: "%s, about %d m from the customer", due: "%s (by %s)", posts: [2]string{"Visitor", "Seen by superior"},
		cancelled: "Cancelled",
	},
}

// Lines that are left to write by hand where a visit is printed before its report.
const (
	handReport   = 8
	handFeedback = 4
)

// Printed gives a visit as a form on paper: what was agreed, the check-in, the report and room for signatures. Printed before its
// report it leaves room to write it by hand. Needs duty.read over the visit or its customer. Error: not_found.
func (s *Service) Printed(ctx context.Context, visitID int64, lang paper.Lang) (*paper.Document, error) {
	v, err := s.Get(ctx, visitID)
	if err != nil {
		return nil, err
	}
	zh, en, err := setting.House(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	d := v.document(lang, s.loc)
	d.Organisation, d.Created = inLang(lang, zh, en), s.now().In(s.loc)
	return d, nil
}

// inLang gives the text of a language, the Chinese one where there is none.
func inLang(lang paper.Lang, zh, en string) string {
	if lang == paper.English && en != "" {
		return en
	}
	return zh
}

// document sets the form; it is a function of the visit alone.
func (v Visit) document(lang paper.Lang, loc *time.Location) *paper.Document {
	w, ok := reportPrinted[lang]
	if !ok {
		lang, w = paper.Chinese, reportPrinted[paper.Chinese]
	}
	when := v.On.String()
	if v.ToMin != 0 {
		when += " " + clockText(v.FromMin) + "–" + clockText(v.ToMin)
	}
	fields := []paper.Field{
		{Label: w.customer, Value: v.Customer.Name},
		{Label: w.code, Value: v.Customer.Code},
		{Label: w.on, Value: when},
		{Label: w.owner, Value: v.OwnerName},
		{Label: w.theirs, Value: strings.Join(v.Theirs, w.comma)},
		{Label: w.ours, Value: strings.Join(v.Ours, w.comma)},
		{Label: w.purpose, Value: v.Purpose, Wide: true},
		{Label: w.place, Value: v.Place},
		{Label: w.address, Value: v.Customer.Address},
	}
	if v.Duty != nil {
		title := inLang(lang, v.Duty.TitleZh, v.Duty.TitleEn)
		fields = append(fields, paper.Field{Label: w.duty, Value: fmt.Sprintf(w.due, title, v.Duty.DueOn), Wide: true})
	}
	fields = append(fields, paper.Field{Label: w.arrival, Value: v.arrivalText(w, loc)}, paper.Field{Label: w.met, Value: v.Met})
	if v.State == Cancelled {
		fields = append(fields, paper.Field{Label: w.state, Value: w.cancelled}, paper.Field{Label: w.reason, Value: v.Reason, Wide: true})
		return &paper.Document{Lang: lang, Title: w.title, Body: []paper.Block{paper.Grid{Fields: fields}}}
	}
	return &paper.Document{Lang: lang, Title: w.title, Body: []paper.Block{
		paper.Grid{Fields: fields},
		paper.Grid{Columns: 1, Fields: v.reported(w)},
		paper.Signoffs{Columns: 2, Boxes: []paper.Signoff{{Post: w.posts[0], Name: v.signedBy(), Date: v.signedOn(loc)}, {Post: w.posts[1]}}},
	}}
}

// reported are the fields of the report, with room to write by hand while there is none.
func (v Visit) reported(w reportWords) []paper.Field {
	long := func(label, value string, room int) paper.Field {
		if v.State == Done {
			room = 0
		}
		return paper.Field{Label: label, Value: value, Wide: true, Lines: room}
	}
	out := []paper.Field{
		long(w.report, v.Report, handReport), long(w.feedback, v.Feedback, handFeedback), {Label: w.next, Value: v.NextOn.String(), Wide: true},
	}
	if len(v.Files) > 0 {
		names := make([]string, len(v.Files))
		for i, f := range v.Files {
			names[i] = f.Name
		}
		out = append(out, paper.Field{Label: w.files, Value: strings.Join(names, w.comma), Wide: true})
	}
	return out
}

func (v Visit) arrivalText(w reportWords, loc *time.Location) string {
	if v.ArrivedAt == nil {
		return ""
	}
	at := time.UnixMicro(*v.ArrivedAt).In(loc).Format("2006-01-02 15:04")
	if v.DistanceM == nil {
		return at
	}
	return fmt.Sprintf(w.distance, at, *v.DistanceM)
}

// signedBy names the visitor once the report is in: it was handed in under that person's account.
func (v Visit) signedBy() string {
	if v.DoneAt == nil {
		return ""
	}
	return v.OwnerName
}

func (v Visit) signedOn(loc *time.Location) string {
	if v.DoneAt == nil {
		return ""
	}
	return calendar.FromTime(time.UnixMicro(*v.DoneAt), loc).String()
}
