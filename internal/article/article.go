package article

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// State is how far an article has come.
type State string

// The states.
const (
	Draft     State = "draft"
	Published State = "published"
	Withdrawn State = "withdrawn"
)

// Audience says who may read a published article.
type Audience string

// The audiences.
const (
	Internal Audience = "internal"
	Public   Audience = "public" // customers too
)

// Bounds of an article.
const (
	maxTitle  = 200
	maxBody   = 40_000
	maxNote   = 500
	maxTags   = 10
	maxTag    = 30
	reviewMon = 12 // months until a review when nobody sets a day
)

// Words is a text in the languages it has; an empty one is missing.
type Words struct{ Zh, En string }

// Version is a text as somebody saved it.
type Version struct {
	No          int64
	Title, Body Words // the body is Markdown
	Note        string
	By          int64
	ByName      string
	At          time.Time
	PublishedBy string // name; empty = never published
	PublishedAt time.Time
}

// Article is an entry of the knowledge base with the version people are shown: the published one, or of a draft or withdrawn
// article the newest.
type Article struct {
	ID         int64
	State      State
	Audience   Audience
	Tags       []string
	KeeperID   int64
	KeeperName string
	Latest     int64 // number of the newest version
	Published  int64 // number of the version last published, 0 = none
	ReviewOn   calendar.Date
	Uses       int64
	OriginCase int64 // 0 = none
	CreatedBy  int64
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Version    int64 // of the row
	Shown      Version
}

// Revised says that a newer version than the one people read waits to be published.
func (a *Article) Revised() bool { return a.State == Published && a.Latest > a.Published }

// ReviewDue says that the day of a published article's review has come.
func (a *Article) ReviewDue(today calendar.Date) bool {
	return a.State == Published && a.ReviewOn != calendar.None && a.ReviewOn <= today
}

// moves is the table of states: what an act makes of an article.
var moves = map[string]map[State]State{
	"publish":  {Draft: Published, Published: Published, Withdrawn: Published},
	"withdraw": {Published: Withdrawn},
}

// move gives the state after an act. Error: article.wrong_state.
func move(act string, from State) (State, error) {
	to, ok := moves[act][from]
	if !ok {
		return from, errs.New(errs.Conflict, "article.wrong_state", "act", act, "state", string(from))
	}
	return to, nil
}

// Input is what is said about an article.
type Input struct {
	Title, Body Words
	Tags        []string
	Audience    Audience
	KeeperID    int64         // 0 = whoever writes it, or of an article that is there, whoever it was
	ReviewOn    calendar.Date // None = nothing set
	Note        string        // why; needed for a change of what is published
}

// Validate reports every wrong field at once.
func (in Input) Validate() error {
	_, err := in.normal()
	return err
}

// normal gives the input without needless blanks.
func (in Input) normal() (Input, error) {
	var v errs.Validation
	in.Title, in.Body = Words{line(in.Title.Zh), line(in.Title.En)}, Words{text(in.Body.Zh), text(in.Body.En)}
	in.Note = text(in.Note)
	v.Check(in.Title.Zh+in.Title.En != "", "title.zh", "field.required")
	for _, l := range []struct{ key, title, body string }{{"zh", in.Title.Zh, in.Body.Zh}, {"en", in.Title.En, in.Body.En}} {
		v.Check(l.title != "" || l.body == "", "title."+l.key, "article.title_missing")
		v.Check(l.body != "" || l.title == "", "body."+l.key, "article.body_missing")
		v.Check(len([]rune(l.title)) <= maxTitle, "title."+l.key, "field.too_long", "max", maxTitle)
		v.Check(len([]rune(l.body)) <= maxBody, "body."+l.key, "field.too_long", "max", maxBody)
	}
	if in.Audience == "" {
		in.Audience = Internal
	}
	v.Check(in.Audience == Internal || in.Audience == Public, "audience", "field.not_allowed", "value", string(in.Audience))
	v.Check(len([]rune(in.Note)) <= maxNote, "note", "field.too_long", "max", maxNote)
	in.Tags = tagsOf(in.Tags)
	v.Check(len(in.Tags) <= maxTags, "tags", "field.too_many", "max", maxTags)
	for _, t := range in.Tags {
		v.Check(len([]rune(t)) <= maxTag, "tags", "field.too_long", "max", maxTag)
		v.Check(!strings.ContainsAny(t, ",，"), "tags", "article.tag_comma")
	}
	return in, v.Err()
}

func tagsOf(in []string) []string {
	out := []string{}
	for _, t := range in {
		if t = line(t); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return out
}

// line makes a text one line without control characters.
func line(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))), " ")
}

// text keeps lines and tabs and drops other control characters.
func text(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
}

// editor is the acting person as this package sees it.
type editor struct {
	user int64
	all  bool // writes every article
	own  bool // writes those the person made or keeps
	pub  bool // publishes
}

func editorOf(a authz.Actor) editor {
	reach := a.Grants[authz.ArticleWrite]
	return editor{user: a.UserID, all: reach >= authz.ReachUnit, own: reach != authz.ReachNone && reach < authz.ReachUnit, pub: a.Grants[authz.ArticlePublish] != authz.ReachNone}
}

// edits says whether the person may change an article and see what of it is not published.
func (e editor) edits(a *Article) bool {
	return e.all || e.own && e.user > 0 && (a.KeeperID == e.user || a.CreatedBy == e.user)
}

// sees says whether the person may read an article at all.
func (e editor) sees(a *Article) bool { return a.State == Published || e.edits(a) || e.pub }
