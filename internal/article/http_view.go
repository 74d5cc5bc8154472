package article

import (
	"time"

	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// WordsView is a text in the languages it has; an empty one is missing.
type WordsView struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// Write is the body that creates an article or replaces what is said about it.
type Write struct {
	Title    WordsView `json:"title" doc:"In at least one language; a title and a text go together"`
	Body     WordsView `json:"body" doc:"Markdown: headings, lists, tables, bold, links; no HTML"`
	Tags     []string  `json:"tags,omitempty" maxItems:"50"`
	Audience string    `json:"audience,omitempty" enum:"internal,public" doc:"Empty = internal"`
	KeeperID string    `json:"keeper_id,omitempty" doc:"Who answers for it; empty = whoever did, at first the writer"`
	ReviewOn string    `json:"review_on,omitempty" doc:"The day by which the keeper looks at it again"`
	Note     string    `json:"note,omitempty" maxLength:"2000" doc:"Why; needed when the words of a published article change"`
}

func (w Write) input() (Input, error) {
	var v errs.Validation
	in := Input{
		Title: Words(w.Title), Body: Words(w.Body), Tags: w.Tags, Audience: Audience(w.Audience), ReviewOn: httpapi.Day(&v, "review_on", w.ReviewOn), Note: w.Note,
	}
	if w.KeeperID != "" {
		n, err := id.Parse(w.KeeperID)
		v.Check(err == nil, "keeper_id", "field.not_allowed", "value", w.KeeperID)
		in.KeeperID = n
	}
	return in, v.Err()
}

// PersonView is somebody of the organisation.
type PersonView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ItemView is an article in lists.
type ItemView struct {
	ID          string     `json:"id"`
	State       string     `json:"state" enum:"draft,published,withdrawn"`
	Audience    string     `json:"audience" enum:"internal,public"`
	Title       WordsView  `json:"title"`
	Tags        []string   `json:"tags" nullable:"false"`
	Keeper      PersonView `json:"keeper"`
	No          int64      `json:"no" doc:"Number of the version that is shown"`
	Latest      int64      `json:"latest" doc:"Number of the newest version"`
	Revised     bool       `json:"revised" doc:"A newer version waits to be published"`
	ReviewOn    string     `json:"review_on" doc:"Empty = none set"`
	ReviewDue   bool       `json:"review_due"`
	Uses        int64      `json:"uses" doc:"Cases it helped with"`
	UpdatedAt   time.Time  `json:"updated_at"`
	PublishedAt *time.Time `json:"published_at" doc:"When the shown version was published"`
	RowVersion  int64      `json:"row_version"`
}

// VersionView is a version of an article.
type VersionView struct {
	No          int64      `json:"no"`
	Title       WordsView  `json:"title"`
	Body        WordsView  `json:"body" doc:"Markdown; empty in lists"`
	Note        string     `json:"note" doc:"Why it was changed"`
	By          string     `json:"by"`
	At          time.Time  `json:"at"`
	PublishedBy string     `json:"published_by"`
	PublishedAt *time.Time `json:"published_at"`
}

// View is an article with its text.
type View struct {
	ItemView
	Shown      VersionView  `json:"shown" doc:"The version people read: the published one, of a draft the newest"`
	Draft      *VersionView `json:"draft" doc:"A revision that waits to be published; only for its editors"`
	CaseID     string       `json:"case_id" doc:"The case it came from; empty when there is none, or none you may see"`
	MayEdit    bool         `json:"may_edit"`
	MayPublish bool         `json:"may_publish"`
	CreatedAt  time.Time    `json:"created_at"`
}

// ReviewView is somebody's word that an article still holds.
type ReviewView struct {
	By     string `json:"by"`
	On     string `json:"on"`
	NextOn string `json:"next_on"`
	Note   string `json:"note"`
}

// HistoryView is what became of an article.
type HistoryView struct {
	Versions []VersionView `json:"versions" nullable:"false" doc:"Newest first, without their texts"`
	Reviews  []ReviewView  `json:"reviews" nullable:"false" doc:"Newest first"`
}

// TagView is a tag in use.
type TagView struct {
	Tag      string `json:"tag"`
	Articles int64  `json:"articles" doc:"Those you may see"`
}

// CaseView is a case an article helped with.
type CaseView struct {
	ID         string `json:"id"`
	Number     string `json:"number"`
	Title      string `json:"title"`
	Customer   string `json:"customer" doc:"Name; empty = none"`
	Status     string `json:"status" enum:"running,paused,ended,withdrawn"`
	ReceivedAt string `json:"received_at" doc:"RFC 3339"`
}

// UsedView is what an article was used for.
type UsedView struct {
	Total int64      `json:"total" doc:"All cases it helped with"`
	Cases []CaseView `json:"cases" nullable:"false" doc:"Those among the newest 200 you may see, newest first"`
}

// ForCaseView is what the knowledge base has for a case.
type ForCaseView struct {
	Attached  []ItemView `json:"attached" nullable:"false"`
	Suggested []ItemView `json:"suggested" nullable:"false" doc:"Published articles that share words with the case, the closest first"`
	Solution  *ItemView  `json:"solution" doc:"The article its solution was saved as, when you may see it"`
	Saved     bool       `json:"saved" doc:"Its solution was saved as an article"`
}

func (s *Service) items(list []Article) []ItemView {
	out := make([]ItemView, len(list))
	for i := range list {
		out[i] = s.item(&list[i])
	}
	return out
}

func (s *Service) item(a *Article) ItemView {
	return ItemView{
		ID: id.String(a.ID), State: string(a.State), Audience: string(a.Audience), Title: WordsView(a.Shown.Title), Tags: a.Tags,
		Keeper: PersonView{id.String(a.KeeperID), a.KeeperName}, No: a.Shown.No, Latest: a.Latest, Revised: a.Revised(), ReviewOn: a.ReviewOn.String(),
		ReviewDue: a.ReviewDue(s.Today()), Uses: a.Uses, UpdatedAt: a.UpdatedAt, PublishedAt: momentOf(a.Shown.PublishedAt), RowVersion: a.Version,
	}
}

func momentOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func versionView(v *Version) VersionView {
	return VersionView{v.No, WordsView(v.Title), WordsView(v.Body), v.Note, v.ByName, v.At, v.PublishedBy, momentOf(v.PublishedAt)}
}

func (s *Service) view(r *Record) View {
	v := View{ItemView: s.item(&r.Article), Shown: versionView(&r.Shown), MayEdit: r.MayEdit, MayPublish: r.MayPublish, CreatedAt: r.CreatedAt}
	if r.Draft != nil {
		draft := versionView(r.Draft)
		v.Draft = &draft
	}
	if r.OriginSeen {
		v.CaseID = id.String(r.OriginCase)
	}
	return v
}

func historyView(all []Version, list []Review) HistoryView {
	v := HistoryView{Versions: make([]VersionView, len(all)), Reviews: make([]ReviewView, len(list))}
	for i := range all {
		v.Versions[i] = versionView(&all[i])
	}
	for i, r := range list {
		v.Reviews[i] = ReviewView{r.By, r.On.String(), r.NextOn.String(), r.Note}
	}
	return v
}

func usedView(cases []procedure.Case, total int64) UsedView {
	v := UsedView{Total: total, Cases: make([]CaseView, len(cases))}
	for i := range cases {
		c := &cases[i]
		v.Cases[i] = CaseView{id.String(c.ID), c.Number, c.Title, c.CustomerName, c.Status, c.ReceivedAt.UTC().Format(time.RFC3339)}
	}
	return v
}
