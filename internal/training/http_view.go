package training

import (
	"strconv"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// OptionBody is an answer that is offered.
type OptionBody struct {
	Text  string `json:"text" maxLength:"4000"`
	Right bool   `json:"right"`
}

// QuestionBody is a question with what is right.
type QuestionBody struct {
	Text    string       `json:"text" maxLength:"4000"`
	Many    bool         `json:"many" doc:"More than one option may be right"`
	Options []OptionBody `json:"options" maxItems:"20" nullable:"false"`
	Why     string       `json:"why,omitempty" maxLength:"4000" doc:"Shown with the right answer"`
}

// CourseBody writes a course.
type CourseBody struct {
	Topic       string         `json:"topic" maxLength:"40" doc:"What its certificate proves, for example secrecy"`
	Title       string         `json:"title" maxLength:"400"`
	Roles       []string       `json:"roles,omitempty" maxItems:"50" doc:"For whom; empty = every role"`
	Units       []string       `json:"units,omitempty" maxItems:"200" doc:"For whom, with the units below; empty = every unit"`
	Body        string         `json:"body,omitempty" maxLength:"200000" doc:"Markdown"`
	ArticleID   string         `json:"article_id,omitempty" doc:"Of the knowledge base"`
	FileID      string         `json:"file_id,omitempty" doc:"Uploaded before by the same person"`
	Questions   []QuestionBody `json:"questions,omitempty" maxItems:"200"`
	Shown       int            `json:"shown,omitempty" doc:"How many questions are put; 0 = all"`
	PassMark    int            `json:"pass_mark,omitempty" doc:"Per cent"`
	Attempts    int            `json:"attempts,omitempty" doc:"How often one may fail; 0 = as often as needed"`
	ValidMonths int            `json:"valid_months,omitempty" doc:"Of the certificate; 0 = it does not expire"`
	RemindDays  int            `json:"remind_days,omitempty" doc:"How long before it expires it is to be renewed"`
	DueDays     int            `json:"due_days,omitempty" doc:"To finish it, from publication or from joining; 0 = no term"`
}

func (b *CourseBody) input() (Input, error) {
	var v errs.Validation
	number := func(path, text string) int64 {
		if text == "" {
			return 0
		}
		n, err := id.Parse(text)
		v.Check(err == nil, path, "field.not_allowed", "value", text)
		return n
	}
	in := Input{Topic: b.Topic, Title: b.Title, Roles: b.Roles, Content: Content{
		Body: b.Body, ArticleID: number("article_id", b.ArticleID), FileID: number("file_id", b.FileID), Shown: b.Shown, PassMark: b.PassMark, Attempts: b.Attempts,
		ValidMonths: b.ValidMonths, RemindDays: b.RemindDays, DueDays: b.DueDays,
	}}
	for _, u := range b.Units {
		in.Units = append(in.Units, number("units", u))
	}
	for _, q := range b.Questions {
		one := Question{Text: q.Text, Many: q.Many, Why: q.Why}
		for _, o := range q.Options {
			one.Options = append(one.Options, Option(o))
		}
		in.Content.Questions = append(in.Content.Questions, one)
	}
	return in, v.Err()
}

// CourseView is a course for those who keep it: the draft, with what is right.
type CourseView struct {
	ID          string         `json:"id"`
	Topic       string         `json:"topic"`
	Title       string         `json:"title"`
	Roles       []string       `json:"roles" nullable:"false"`
	Units       []string       `json:"units" nullable:"false"`
	State       string         `json:"state" enum:"draft,published,withdrawn"`
	Edition     int            `json:"edition" doc:"The published one; 0 = none yet"`
	PublishedOn string         `json:"published_on"`
	Body        string         `json:"body"`
	ArticleID   string         `json:"article_id"`
	FileID      string         `json:"file_id"`
	Questions   []QuestionBody `json:"questions" nullable:"false"`
	Shown       int            `json:"shown"`
	PassMark    int            `json:"pass_mark"`
	Attempts    int            `json:"attempts"`
	ValidMonths int            `json:"valid_months"`
	RemindDays  int            `json:"remind_days"`
	DueDays     int            `json:"due_days"`
	Version     int64          `json:"version"`
}

func courseView(c *Course) CourseView {
	v := CourseView{
		ID: id.String(c.ID), Topic: c.Topic, Title: c.Title, Roles: append([]string{}, c.Roles...), Units: []string{}, State: string(c.State), Edition: c.Edition,
		PublishedOn: c.PublishedOn.String(), Body: c.Content.Body, ArticleID: id.Optional(c.Content.ArticleID), FileID: id.Optional(c.Content.FileID), Questions: []QuestionBody{},
		Shown: c.Content.Shown, PassMark: c.Content.PassMark, Attempts: c.Content.Attempts, ValidMonths: c.Content.ValidMonths, RemindDays: c.Content.RemindDays,
		DueDays: c.Content.DueDays, Version: c.Version,
	}
	for _, u := range c.Units {
		v.Units = append(v.Units, id.String(u))
	}
	for _, q := range c.Content.Questions {
		one := QuestionBody{Text: q.Text, Many: q.Many, Why: q.Why, Options: []OptionBody{}}
		for _, o := range q.Options {
			one.Options = append(one.Options, OptionBody(o))
		}
		v.Questions = append(v.Questions, one)
	}
	return v
}

// MineView is a course as the person sees it whom it is for; its questions are not in it.
type MineView struct {
	ID        string `json:"id"`
	Topic     string `json:"topic"`
	Title     string `json:"title"`
	Edition   int    `json:"edition"`
	Standing  string `json:"standing" enum:"overdue,expired,todo,expiring,valid"`
	DueOn     string `json:"due_on" doc:"Empty = no term"`
	ExpiresOn string `json:"expires_on" doc:"Of the certificate; empty = there is none, or it does not expire"`
	Body      string `json:"body" doc:"Markdown"`
	ArticleID string `json:"article_id"`
	FileID    string `json:"file_id"`
	Asked     int    `json:"asked" doc:"How many questions are put"`
	PassMark  int    `json:"pass_mark"`
	Left      int    `json:"left" doc:"Attempts that are left; -1 = as many as needed"`
	OpenID    string `json:"open_id" doc:"The attempt that was begun"`
	LastScore int    `json:"last_score" doc:"Per cent"`
	Failed    bool   `json:"failed" doc:"The last attempt did not reach the pass mark"`
}

func mineView(m *Mine) MineView {
	c := &m.Content
	return MineView{
		ID: id.String(m.ID), Topic: m.Topic, Title: m.Title, Edition: m.Edition, Standing: string(m.Standing), DueOn: m.DueOn.String(), ExpiresOn: m.ExpiresOn.String(), Body: c.Body,
		ArticleID: id.Optional(c.ArticleID), FileID: id.Optional(c.FileID), Asked: c.asked(), PassMark: c.PassMark, Left: m.Left, OpenID: id.Optional(m.OpenID),
		LastScore: m.LastScore, Failed: m.LastFailed,
	}
}

// PutView is a question as it is put; what is right is told only after the person passed or has no attempt left.
type PutView struct {
	Text    string   `json:"text"`
	Many    bool     `json:"many"`
	Options []string `json:"options" nullable:"false"`
	Chosen  []int    `json:"chosen" nullable:"false" doc:"Places of the options that were chosen"`
	Correct *bool    `json:"correct,omitempty" doc:"Once answered"`
	Right   []int    `json:"right,omitempty" doc:"Places of the right options, once they may be told"`
	Why     string   `json:"why,omitempty"`
}

// PaperView is an attempt with its questions.
type PaperView struct {
	ID        string    `json:"id"`
	CourseID  string    `json:"course_id"`
	Title     string    `json:"title"`
	State     string    `json:"state" enum:"open,passed,failed,void"`
	Score     int       `json:"score" doc:"Per cent"`
	PassMark  int       `json:"pass_mark"`
	Left      int       `json:"left" doc:"Attempts that are left; -1 = as many as needed"`
	Questions []PutView `json:"questions" nullable:"false"`
}

func paperView(p *Paper) PaperView {
	a := &p.Attempt
	v := PaperView{
		ID: id.String(a.ID), CourseID: id.String(a.CourseID), Title: p.Course.Title, State: string(a.State), Score: a.Score, PassMark: p.Course.Content.PassMark, Left: p.Left,
		Questions: []PutView{},
	}
	for i, put := range a.Paper {
		q := p.Course.Content.Questions[put.Q]
		one := PutView{Text: q.Text, Many: q.Many, Options: []string{}, Chosen: []int{}}
		for at, o := range put.Options {
			one.Options = append(one.Options, q.Options[o].Text)
			if p.Told && q.Options[o].Right {
				one.Right = append(one.Right, at)
			}
		}
		if p.Right != nil {
			one.Chosen, one.Correct = append(one.Chosen, a.Answers[i]...), &p.Right[i]
		}
		if p.Told {
			one.Why = q.Why
		}
		v.Questions = append(v.Questions, one)
	}
	return v
}

// AnswersBody hands in answers.
type AnswersBody struct {
	Answers [][]int `json:"answers" maxItems:"200" nullable:"false" doc:"Per question the places of the options that are chosen; empty where nothing is asked"`
}

// CertificateView is a certificate.
type CertificateView struct {
	ID        string `json:"id"`
	Topic     string `json:"topic"`
	Title     string `json:"title"`
	Number    string `json:"number"`
	CourseID  string `json:"course_id" doc:"Empty = issued elsewhere"`
	IssuedOn  string `json:"issued_on"`
	ExpiresOn string `json:"expires_on" doc:"The last day it holds; empty = it does not expire"`
	Holds     bool   `json:"holds"`
	Withdrawn string `json:"withdrawn" doc:"Why it was taken back"`
}

func certificateViews(list []Certificate, today calendar.Date) []CertificateView {
	out := make([]CertificateView, len(list))
	for i := range list {
		c := &list[i]
		out[i] = CertificateView{id.String(c.ID), c.Topic, c.Title, c.Number, id.Optional(c.CourseID), c.IssuedOn.String(), c.ExpiresOn.String(), c.holds(today), c.Withdrawn}
	}
	return out
}

// IssuedBody is a certificate issued elsewhere.
type IssuedBody struct {
	Login     string `json:"login" maxLength:"100"`
	Topic     string `json:"topic" maxLength:"40"`
	Title     string `json:"title" maxLength:"400"`
	Number    string `json:"number,omitempty" maxLength:"400"`
	IssuedOn  string `json:"issued_on"`
	ExpiresOn string `json:"expires_on,omitempty" doc:"Empty = it does not expire"`
}

// IssuedListBody takes certificates over.
type IssuedListBody struct {
	Items []IssuedBody `json:"items" minItems:"1" maxItems:"5000" nullable:"false"`
}

// WithdrawBody takes a certificate back.
type WithdrawBody struct {
	Why string `json:"why" maxLength:"4000"`
}

// OutcomeView counts what taking over did.
type OutcomeView struct {
	Added     int64 `json:"added"`
	Unchanged int64 `json:"unchanged"`
}

// CountView is how many people stand how.
type CountView struct {
	UnitID   string `json:"unit_id" doc:"Empty = without a unit, or all together"`
	NameZh   string `json:"name_zh"`
	NameEn   string `json:"name_en"`
	People   int    `json:"people"`
	Valid    int    `json:"valid" doc:"Also those that are to be renewed soon are trained"`
	Expiring int    `json:"expiring"`
	Expired  int    `json:"expired"`
	Missing  int    `json:"missing"`
	Share    string `json:"share" doc:"Per cent that hold a certificate, one decimal; empty = nobody"`
}

func countView(u *UnitCount) CountView {
	v := CountView{UnitID: id.Optional(u.UnitID), NameZh: u.Zh, NameEn: u.En, People: u.People, Valid: u.Valid, Expiring: u.Expiring, Expired: u.Expired, Missing: u.Missing}
	if u.People > 0 {
		tenths := (u.Valid + u.Expiring) * 1000 / u.People
		v.Share = strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10)
	}
	return v
}

// CoveredView is a published course with its count.
type CoveredView struct {
	ID    string    `json:"id"`
	Topic string    `json:"topic"`
	Title string    `json:"title"`
	All   CountView `json:"all"`
}

// PersonView is somebody a course is for.
type PersonView struct {
	ID        string `json:"id"`
	Login     string `json:"login"`
	Name      string `json:"name"`
	UnitID    string `json:"unit_id"`
	UnitZh    string `json:"unit_zh"`
	UnitEn    string `json:"unit_en"`
	Standing  string `json:"standing" enum:"overdue,expired,todo,expiring,valid"`
	DueOn     string `json:"due_on"`
	ExpiresOn string `json:"expires_on"`
}

// CoverageView is who holds the certificate of a course.
type CoverageView struct {
	ID     string       `json:"id"`
	Topic  string       `json:"topic"`
	Title  string       `json:"title"`
	All    CountView    `json:"all"`
	Units  []CountView  `json:"units" nullable:"false"`
	People []PersonView `json:"people" nullable:"false" doc:"At most 500"`
	More   bool         `json:"more"`
}

func coverageView(c *Coverage) CoverageView {
	v := CoverageView{ID: id.String(c.Course.ID), Topic: c.Course.Topic, Title: c.Course.Title, All: countView(&c.All), Units: []CountView{}, People: []PersonView{}, More: c.More}
	for i := range c.Units {
		v.Units = append(v.Units, countView(&c.Units[i]))
	}
	for i := range c.People {
		p := &c.People[i]
		v.People = append(v.People, PersonView{
			id.String(p.ID), p.Login, p.Name, id.Optional(p.UnitID), p.UnitZh, p.UnitEn, string(p.Standing), p.DueOn.String(), p.ExpiresOn.String(),
		})
	}
	return v
}
