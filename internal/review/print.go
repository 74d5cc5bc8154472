package review

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/paper"
	"kezhi/internal/rule"
)

// The forms of one customer that an office prints and signs.
const (
	FormAssessment = "assessment" // how the customer was rated: computed and judged items, evidence, both rounds
	FormGrade      = "grade"      // the application for a grade that is signed for, with its chain of signatures
)

// Printed gives a form of a customer in a campaign as a document an office would sign. After closing it is made from the stored verdict.
// A number follows from the day of the campaign and the customer, so that the same form has the same number however often it is printed.
// Needs what Form needs; the print is audited. Errors: not_found, review.no_grade_form (nobody asked signatures for the customer's grade).
func (s *Service) Printed(ctx context.Context, reviewID, customerID int64, form string, lang paper.Lang) (*paper.Document, error) {
	p, err := s.printer(ctx, reviewID, customerID, lang)
	if err != nil {
		return nil, err
	}
	var d *paper.Document
	switch form {
	case FormAssessment:
		d = p.assessment()
	case FormGrade:
		if !p.signedFor() {
			return nil, errs.New(errs.Conflict, "review.no_grade_form", "customer", p.form.Code, "grade", p.signedGrade())
		}
		d = p.application()
	default:
		return nil, hidden()
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{
			Action: "review.print", Entity: "review", EntityID: id.String(reviewID), CustomerID: customerID, Detail: map[string]any{"form": form, "number": d.Number},
		})
	})
	return d, err
}

// printer turns the form of a customer into documents in one language.
type printer struct {
	*campaign
	words
	form  Form
	why   rule.Explanation
	plan  Result // of the list of signed grades
	units map[int64]unit
	day   func(Version) string
	loc   *time.Location
	base  paper.Document
}

// words puts texts into the language of a document.
type words struct{ lang paper.Lang }

// of gives a text in the language of the document.
func (w words) of(t rule.Text) string {
	if w.lang == paper.English && t.En != "" {
		return t.En
	}
	return t.Zh
}

func (w words) word(zh, en string) string { return w.of(rule.Text{Zh: zh, En: en}) }

func (s *Service) printer(ctx context.Context, reviewID, customerID int64, lang paper.Lang) (*printer, error) {
	q := s.db.Read()
	f, err := s.Form(ctx, reviewID, customerID)
	if err != nil {
		return nil, err
	}
	c, err := s.campaign(ctx, q, reviewID)
	if err != nil {
		return nil, err
	}
	p := &printer{campaign: c, words: words{lang}, form: f, why: f.Now.Explanation}
	if c.State == Closed && f.State != LineReopened && f.VerdictID != 0 {
		// Whoever sees the form may see what came of it.
		x, err := s.gradings.Why(authz.With(ctx, authz.System("review")), customerID, f.VerdictID)
		if err != nil {
			return nil, err
		}
		p.why = x.Explanation
	}
	if p.plan, err = getResult(ctx, q, reviewID, customerID, ListA); err != nil {
		return nil, err
	}
	if p.units, err = unitsOf(ctx, q); err != nil {
		return nil, err
	}
	house, err := houseOf(ctx, q)
	if err != nil {
		return nil, err
	}
	p.day = func(v Version) string { return calendar.FromTime(v.RatedAt, s.loc).String() }
	p.loc = s.loc
	p.base = paper.Document{
		Lang: lang, Organisation: p.of(rule.Text{Zh: house.NameZh, En: house.NameEn}), FormCode: c.Rulebook, FormVersion: c.Version, Created: s.now().In(s.loc),
	}
	return p, nil
}

// document begins a form: the title the rulebook gives it, its number, whose it is.
func (p *printer) document(step, zh, en, series string) *paper.Document {
	d := p.base
	d.Title = p.word(zh, en)
	if x := p.rules.Step(step); x != nil && x.Form != "" {
		d.Title = p.word(x.Form, en)
	}
	d.Number = series + "-" + strings.ReplaceAll(p.EffectiveOn.String(), "-", "") + "-" + p.form.Code
	if p.State == Withdrawn {
		d.Watermark = p.word("已撤销", "Withdrawn")
	}
	return &d
}

// version gives the rating of a round that counts; nil without one.
func (p *printer) version(round int64) *Version {
	i := slices.IndexFunc(p.form.Versions, func(v Version) bool { return round != 0 && v.ID == round })
	if i < 0 {
		return nil
	}
	return &p.form.Versions[i]
}

// by names who gave a rating, and for whom.
func (p *printer) by(v *Version) string {
	if v == nil {
		return ""
	}
	name := p.form.Names[v.RatedBy]
	if v.RatedFor != 0 {
		name += p.word("（代"+p.form.Names[v.RatedFor]+"）", " (for "+p.form.Names[v.RatedFor]+")")
	}
	return name
}

func (p *printer) on(v *Version) string {
	if v == nil {
		return ""
	}
	return p.day(*v)
}

func (p *printer) region() string {
	u := p.units[p.form.UnitID]
	return p.of(rule.Text{Zh: u.NameZh, En: u.NameEn})
}

func (p *printer) gradeName(code string) string { return p.of(p.label(code)) }

// graded writes a grade with its score.
func (p *printer) graded(code string, micro *int64) string {
	name := p.gradeName(code)
	if points := score(micro); points != "" && name != "" {
		return name + p.word("（"+points+"分）", " ("+points+" points)")
	}
	return name
}

// figure writes a value with its unit as people read it.
func (w words) figure(value, unit string) string {
	if value == "" {
		return ""
	}
	text := grouped(value)
	switch {
	case unit == "%":
		return text + "%"
	case unit == "day":
		return text + w.word(" 天", " days")
	case unit == "point":
		return text + w.word(" 分", " points")
	case unit == "" || unit == "count":
		return text
	case unit == "CNY":
		return w.word(text+" 元", "CNY "+text)
	case len(unit) == 3 && strings.ToUpper(unit) == unit:
		return unit + " " + text
	}
	return text + " " + unit
}

// grouped puts commas between the thousands of a plain decimal number; another text stays as it is.
func grouped(value string) string {
	sign, rest := "", value
	if strings.HasPrefix(rest, "-") {
		sign, rest = "-", rest[1:]
	}
	whole, part, dotted := strings.Cut(rest, ".")
	if _, err := strconv.ParseUint(whole, 10, 64); err != nil {
		return value
	}
	var out []byte
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, whole[i])
	}
	if dotted {
		return sign + string(out) + "." + part
	}
	return sign + string(out)
}
