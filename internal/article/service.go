package article

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// Service holds the use cases of the knowledge base.
type Service struct {
	db    *db.DB
	now   clock.Clock
	loc   *time.Location
	cases *procedure.Service
}

// New makes the service. loc is the organisation's time zone.
func New(d *db.DB, now clock.Clock, loc *time.Location, cases *procedure.Service) *Service {
	return &Service{db: d, now: now, loc: loc, cases: cases}
}

// Today gives the day in the organisation's time zone.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// Record is an article with what the acting person may do with it.
type Record struct {
	Article
	Draft      *Version // a revision that waits to be published; only for its editors
	OriginSeen bool     // the acting person may open the case it came from
	MayEdit    bool
	MayPublish bool
}

// Get gives one article. Needs article.read. Error: not_found, also for what the person may not read.
func (s *Service) Get(ctx context.Context, articleID int64) (Record, error) {
	actor, err := authz.Require(ctx, authz.ArticleRead)
	if err != nil {
		return Record{}, err
	}
	e, q := editorOf(actor), s.db.Read()
	a, err := load(ctx, q, articleID)
	if err != nil {
		return Record{}, err
	}
	if !e.sees(&a) {
		return Record{}, db.ErrNoRows
	}
	r := Record{Article: a, MayEdit: e.edits(&a), MayPublish: e.pub}
	if a.Revised() && (r.MayEdit || e.pub) {
		draft, err := version(ctx, q, articleID, a.Latest)
		if err != nil {
			return Record{}, err
		}
		r.Draft = &draft
	}
	if a.OriginCase != 0 && (r.MayEdit || e.pub) {
		seen, err := s.visible(ctx, []int64{a.OriginCase})
		if err != nil {
			return Record{}, err
		}
		r.OriginSeen = len(seen) > 0
	}
	return r, nil
}

// Create makes a draft. Needs article.write. Error: invalid_input.
func (s *Service) Create(ctx context.Context, in Input) (Record, error) { return s.create(ctx, in, 0) }

func (s *Service) create(ctx context.Context, in Input, origin int64) (Record, error) {
	actor, err := authz.Require(ctx, authz.ArticleWrite)
	if err != nil {
		return Record{}, err
	}
	if in, err = in.normal(); err != nil {
		return Record{}, err
	}
	if in.KeeperID == 0 {
		in.KeeperID = actor.UserID
	}
	now := s.now()
	articleID := id.New(now)
	err = s.db.InTx(ctx, func(q db.Q) error {
		if err := keeperExists(ctx, q, in.KeeperID); err != nil {
			return err
		}
		v := Version{No: 1, Title: in.Title, Body: in.Body, Note: in.Note, By: actor.UserID, At: now}
		if err := insert(ctx, q, articleID, in, actor.UserID, origin, &v, now); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "article.create", Entity: "article", EntityID: id.String(articleID), Detail: changes(Input{}, in)})
	})
	return s.after(ctx, articleID, err)
}

// after gives an article as it is once a change is durable.
func (s *Service) after(ctx context.Context, articleID int64, err error) (Record, error) {
	if err != nil {
		return Record{}, err
	}
	return s.Get(ctx, articleID)
}

// Update saves other words or particulars of an article of the given row version. Other words make a new version, which of a
// published article nobody but its editors reads until it is published. Needs article.write over the article; who may read a
// published article is changed with article.publish. Errors: not_found, invalid_input, article.not_yours,
// article.publish_needed, precondition_failed (args current: the row version).
func (s *Service) Update(ctx context.Context, articleID, rowVersion int64, in Input) (Record, error) {
	actor, err := authz.Require(ctx, authz.ArticleWrite)
	if err != nil {
		return Record{}, err
	}
	if in, err = in.normal(); err != nil {
		return Record{}, err
	}
	e, now := editorOf(actor), s.now()
	err = s.db.InTx(ctx, func(q db.Q) error {
		a, newest, err := s.held(ctx, q, e, articleID, rowVersion)
		if err != nil {
			return err
		}
		if in.KeeperID == 0 {
			in.KeeperID = a.KeeperID
		}
		if err := s.mayChange(ctx, q, e, &a, &newest, in); err != nil {
			return err
		}
		before := Input{newest.Title, newest.Body, a.Tags, a.Audience, a.KeeperID, a.ReviewOn, ""}
		a.Tags, a.Audience, a.KeeperID, a.ReviewOn = in.Tags, in.Audience, in.KeeperID, in.ReviewOn
		if newest.Title != in.Title || newest.Body != in.Body {
			a.Latest++
			newest = Version{No: a.Latest, Title: in.Title, Body: in.Body, Note: in.Note, By: actor.UserID, At: now}
			if err := insertVersion(ctx, q, articleID, &newest); err != nil {
				return err
			}
		}
		if a.State != Published {
			a.Shown = newest
		}
		if err := save(ctx, q, &a, now); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "article.update", Entity: "article", EntityID: id.String(articleID), Detail: changes(before, in)})
	})
	return s.after(ctx, articleID, err)
}

// mayChange holds a change to what the person may do and to what an article must keep.
func (s *Service) mayChange(ctx context.Context, q db.Q, e editor, a *Article, newest *Version, in Input) error {
	if a.State == Published && in.Audience != a.Audience && !e.pub {
		return errs.New(errs.Forbidden, "article.publish_needed")
	}
	var v errs.Validation
	words := newest.Title != in.Title || newest.Body != in.Body
	v.Check(a.State != Published || !words || in.Note != "", "note", "article.why_needed")
	v.Check(a.State != Published || in.ReviewOn != calendar.None, "review_on", "field.required")
	if err := v.Err(); err != nil {
		return err
	}
	if in.KeeperID == a.KeeperID {
		return nil
	}
	return keeperExists(ctx, q, in.KeeperID)
}

// held loads an article for a change, with its newest version.
func (s *Service) held(ctx context.Context, q db.Q, e editor, articleID, rowVersion int64) (Article, Version, error) {
	a, err := load(ctx, q, articleID)
	switch {
	case err != nil:
		return a, Version{}, err
	case !e.sees(&a):
		return a, Version{}, db.ErrNoRows
	case !e.edits(&a):
		return a, Version{}, errs.New(errs.Forbidden, "article.not_yours", "keeper", a.KeeperName)
	case a.Version != rowVersion:
		return a, Version{}, stale(&a)
	}
	newest, err := version(ctx, q, articleID, a.Latest)
	return a, newest, err
}

func stale(a *Article) error {
	return errs.New(errs.Precondition, "precondition_failed", "current", a.Version)
}

// Publish makes the newest version the one people read; without a day of review one is set a year ahead. Needs
// article.publish. Errors: not_found, article.nothing_new, precondition_failed.
func (s *Service) Publish(ctx context.Context, articleID, rowVersion int64) (Record, error) {
	return s.turn(ctx, articleID, rowVersion, "publish", "", func(ctx context.Context, q db.Q, actor authz.Actor, a *Article) error {
		if a.State == Published && a.Latest == a.Published {
			return errs.New(errs.Conflict, "article.nothing_new")
		}
		a.Published = a.Latest
		if a.ReviewOn == calendar.None || a.ReviewOn <= s.Today() {
			a.ReviewOn = s.Today().AddMonths(reviewMon)
		}
		if err := markPublished(ctx, q, a.ID, a.Latest, actor.UserID, s.now()); err != nil {
			return err
		}
		var err error
		a.Shown, err = version(ctx, q, a.ID, a.Latest)
		return err
	})
}

// Withdraw takes a published article away from its readers. Needs article.publish and a reason. Errors: not_found,
// invalid_input, article.wrong_state, precondition_failed.
func (s *Service) Withdraw(ctx context.Context, articleID, rowVersion int64, reason string) (Record, error) {
	reason = text(reason)
	var v errs.Validation
	v.Check(reason != "", "reason", "field.required")
	v.Check(len([]rune(reason)) <= maxNote, "reason", "field.too_long", "max", maxNote)
	if err := v.Err(); err != nil {
		return Record{}, err
	}
	return s.turn(ctx, articleID, rowVersion, "withdraw", reason, func(ctx context.Context, q db.Q, _ authz.Actor, a *Article) error {
		var err error
		a.Shown, err = version(ctx, q, a.ID, a.Latest)
		return err
	})
}

// turn moves an article to another state; with is done before it is saved.
func (s *Service) turn(ctx context.Context, articleID, rowVersion int64, act, reason string, with func(context.Context, db.Q, authz.Actor, *Article) error) (Record, error) {
	actor, err := authz.Require(ctx, authz.ArticlePublish)
	if err != nil {
		return Record{}, err
	}
	now := s.now()
	err = s.db.InTx(ctx, func(q db.Q) error {
		a, err := load(ctx, q, articleID)
		if err != nil {
			return err
		}
		if a.Version != rowVersion {
			return stale(&a)
		}
		to, err := move(act, a.State)
		if err != nil {
			return err
		}
		if err := with(ctx, q, actor, &a); err != nil {
			return err
		}
		a.State = to
		if err := save(ctx, q, &a, now); err != nil {
			return err
		}
		detail := map[string]any{"version": a.Latest, "audience": a.Audience, "reason": reason}
		return audit.Write(ctx, q, now, audit.Entry{Action: "article." + act, Entity: "article", EntityID: id.String(articleID), Detail: detail})
	})
	return s.after(ctx, articleID, err)
}

// Review is somebody's word that an article still holds.
type Review struct {
	By     string // name
	On     calendar.Date
	NextOn calendar.Date
	Note   string
}

// Review records that the acting person looked at a published article today and that it holds until the next day of review.
// Needs article.write over it. Errors: not_found, invalid_input, article.not_yours, article.wrong_state, precondition_failed.
func (s *Service) Review(ctx context.Context, articleID, rowVersion int64, next calendar.Date, note string) (Record, error) {
	actor, err := authz.Require(ctx, authz.ArticleWrite)
	if err != nil {
		return Record{}, err
	}
	note = text(note)
	var v errs.Validation
	v.Check(next != calendar.None && next > s.Today(), "next_on", "article.review_ahead")
	v.Check(len([]rune(note)) <= maxNote, "note", "field.too_long", "max", maxNote)
	if err := v.Err(); err != nil {
		return Record{}, err
	}
	e, now := editorOf(actor), s.now()
	err = s.db.InTx(ctx, func(q db.Q) error {
		a, _, err := s.held(ctx, q, e, articleID, rowVersion)
		if err != nil {
			return err
		}
		if a.State != Published {
			return errs.New(errs.Conflict, "article.wrong_state", "act", "review", "state", string(a.State))
		}
		a.ReviewOn = next
		if err := insertReview(ctx, q, articleID, actor.UserID, Review{On: s.Today(), NextOn: next, Note: note}, now); err != nil {
			return err
		}
		if err := save(ctx, q, &a, now); err != nil {
			return err
		}
		detail := map[string]any{"next_on": next.String(), "note": note}
		return audit.Write(ctx, q, now, audit.Entry{Action: "article.review", Entity: "article", EntityID: id.String(articleID), Detail: detail})
	})
	return s.after(ctx, articleID, err)
}

// Versions gives the versions of an article without their bodies, newest first, and its reviews: all of them to its editors,
// to everybody else those that were published and no review. Needs article.read. Error: not_found.
func (s *Service) Versions(ctx context.Context, articleID int64) ([]Version, []Review, error) {
	r, err := s.Get(ctx, articleID)
	if err != nil {
		return nil, nil, err
	}
	all, err := versions(ctx, s.db.Read(), articleID, !r.MayEdit && !r.MayPublish)
	if err != nil || !r.MayEdit && !r.MayPublish {
		return all, nil, err
	}
	list, err := reviews(ctx, s.db.Read(), articleID)
	return all, list, err
}

// VersionOf gives one version with its text; one that was never published only to editors. Needs article.read.
// Error: not_found.
func (s *Service) VersionOf(ctx context.Context, articleID, no int64) (Version, error) {
	r, err := s.Get(ctx, articleID)
	if err != nil {
		return Version{}, err
	}
	v, err := version(ctx, s.db.Read(), articleID, no)
	if err == nil && v.PublishedAt.IsZero() && !r.MayEdit && !r.MayPublish {
		return Version{}, db.ErrNoRows
	}
	return v, err
}

// changes lists what differs, for the audit; of the texts themselves, which the versions keep, only that they differ.
func changes(before, after Input) []audit.Change {
	out := []audit.Change{}
	add := func(field string, b, a any, differs bool) {
		if differs {
			out = append(out, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("title_zh", before.Title.Zh, after.Title.Zh, before.Title.Zh != after.Title.Zh)
	add("title_en", before.Title.En, after.Title.En, before.Title.En != after.Title.En)
	add("body", nil, nil, before.Body != after.Body)
	add("tags", before.Tags, after.Tags, !slices.Equal(before.Tags, after.Tags))
	add("audience", before.Audience, after.Audience, before.Audience != after.Audience)
	add("keeper", id.String(before.KeeperID), id.String(after.KeeperID), before.KeeperID != after.KeeperID)
	add("review_on", before.ReviewOn.String(), after.ReviewOn.String(), before.ReviewOn != after.ReviewOn)
	return out
}
