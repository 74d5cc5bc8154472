package article

import (
	"context"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/search"
)

// What people are shown of an article is the version last published; of a draft or a withdrawn one the newest.
const (
	shownNo    = "CASE WHEN a.state = 'published' THEN a.published ELSE a.latest END"
	ofArticle  = "a.id, a.state, a.audience, a.keeper_id, COALESCE(k.name, ''), a.latest, a.published, a.review_on, a.uses, a.origin_case, a.created_by, a.created_at, a.updated_at, a.version, "
	ofVersion  = "v.no, v.title_zh, v.title_en, v.note, v.by_id, COALESCE(w.name, ''), v.at, COALESCE(p.name, ''), v.published_at"
	withBodies = ", v.body_zh, v.body_en"
	writers    = " LEFT JOIN app_user w ON w.id = v.by_id LEFT JOIN app_user p ON p.id = v.published_by "
	ofAll      = " FROM article a JOIN article_version v ON v.article_id = a.id AND v.no = " + shownNo + " LEFT JOIN app_user k ON k.id = a.keeper_id" + writers
)

func scanArticle(r db.Rows, more ...any) (Article, error) {
	a := Article{Tags: []string{}}
	var created, updated int64
	v := versionScan{v: &a.Shown}
	err := r.Scan(append(append([]any{
		&a.ID, &a.State, &a.Audience, &a.KeeperID, &a.KeeperName, &a.Latest, &a.Published, &a.ReviewOn, &a.Uses, &a.OriginCase, &a.CreatedBy, &created, &updated, &a.Version,
	}, v.dest()...), more...)...)
	v.done()
	a.CreatedAt, a.UpdatedAt = clock.FromMicros(created), clock.FromMicros(updated)
	return a, err
}

// versionScan reads the columns of ofVersion.
type versionScan struct {
	v             *Version
	at, published int64
}

func (s *versionScan) dest() []any {
	return []any{&s.v.No, &s.v.Title.Zh, &s.v.Title.En, &s.v.Note, &s.v.By, &s.v.ByName, &s.at, &s.v.PublishedBy, &s.published}
}

func (s *versionScan) done() {
	s.v.At = clock.FromMicros(s.at)
	if s.published != 0 {
		s.v.PublishedAt = clock.FromMicros(s.published)
	}
}

func load(ctx context.Context, q db.Q, articleID int64) (Article, error) {
	a, err := db.One(ctx, q, "SELECT "+ofArticle+ofVersion+withBodies+ofAll+"WHERE a.id = ?", []any{articleID}, func(r db.Rows) (Article, error) {
		var body Words
		a, err := scanArticle(r, &body.Zh, &body.En)
		a.Shown.Body = body
		return a, err
	})
	if err != nil {
		return a, err
	}
	list := []Article{a}
	err = fillTags(ctx, q, list)
	return list[0], err
}

// fillTags gives articles their tags.
func fillTags(ctx context.Context, q db.Q, list []Article) error {
	if len(list) == 0 {
		return nil
	}
	at, ids := map[int64]*Article{}, make([]any, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], list[i].ID
	}
	rows, err := q.Query(ctx, "SELECT article_id, tag FROM article_tag WHERE article_id IN "+db.In(len(ids))+" ORDER BY article_id, tag", ids...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		a := at[rows.Int64(0)]
		a.Tags = append(a.Tags, string(rows.Bytes(1)))
	}
	return rows.Err()
}

func version(ctx context.Context, q db.Q, articleID, no int64) (Version, error) {
	return db.One(ctx, q, "SELECT "+ofVersion+withBodies+" FROM article_version v"+writers+"WHERE v.article_id = ? AND v.no = ?", []any{articleID, no}, func(r db.Rows) (Version, error) {
		var v Version
		s := versionScan{v: &v}
		err := r.Scan(append(s.dest(), &v.Body.Zh, &v.Body.En)...)
		s.done()
		return v, err
	})
}

// maxVersions bounds how many versions are listed.
const maxVersions = 200

func versions(ctx context.Context, q db.Q, articleID int64, publishedOnly bool) ([]Version, error) {
	where := ""
	if publishedOnly {
		where = " AND v.published_at > 0"
	}
	return db.List(ctx, q, "SELECT "+ofVersion+" FROM article_version v"+writers+"WHERE v.article_id = ?"+where+" ORDER BY v.no DESC LIMIT ?", []any{articleID, maxVersions},
		func(r db.Rows) (Version, error) {
			var v Version
			s := versionScan{v: &v}
			err := r.Scan(s.dest()...)
			s.done()
			return v, err
		})
}

func reviews(ctx context.Context, q db.Q, articleID int64) ([]Review, error) {
	return db.List(ctx, q, `SELECT COALESCE(u.name, ''), r.on_day, r.next_on, r.note FROM article_review r LEFT JOIN app_user u ON u.id = r.by_id
		WHERE r.article_id = ? ORDER BY r.id DESC LIMIT ?`, []any{articleID, maxVersions}, func(r db.Rows) (Review, error) {
		var out Review
		err := r.Scan(&out.By, &out.On, &out.NextOn, &out.Note)
		return out, err
	})
}

func insertReview(ctx context.Context, q db.Q, articleID, by int64, r Review, now time.Time) error {
	_, err := q.Exec(ctx, "INSERT INTO article_review (article_id, id, by_id, on_day, next_on, note) VALUES (?,?,?,?,?,?)", articleID, id.New(now), by, r.On, r.NextOn, r.Note)
	return err
}

// keeperExists refuses somebody who is not there to look after an article. The system (0) keeps what it writes.
func keeperExists(ctx context.Context, q db.Q, userID int64) error {
	if userID == 0 {
		return nil
	}
	var n int64
	if err := db.Get(ctx, q, "SELECT COUNT(*) FROM app_user WHERE id = ? AND state = 'active'", []any{userID}, &n); err != nil {
		return err
	}
	var v errs.Validation
	v.Check(n > 0, "keeper_id", "field.not_allowed", "value", id.String(userID))
	return v.Err()
}

func insert(ctx context.Context, q db.Q, articleID int64, in Input, by, origin int64, v *Version, now time.Time) error {
	at := clock.Micros(now)
	_, err := q.Exec(ctx, `INSERT INTO article (id, state, audience, keeper_id, latest, published, sort_key, review_on, uses, origin_case, version, created_by, created_at, updated_at)
		VALUES (?,'draft',?,?,1,0,?,?,0,?,1,?,?,?)`, articleID, in.Audience, in.KeeperID, sortKey(v.Title), in.ReviewOn, origin, by, at, at)
	if err != nil {
		if db.UniqueTable(err) == "article" {
			return errs.Wrap(err, errs.Conflict, "article.exists_for_case")
		}
		return err
	}
	if err := insertVersion(ctx, q, articleID, v); err != nil {
		return err
	}
	return replaceParts(ctx, q, articleID, in.Tags, v)
}

func sortKey(title Words) string {
	if title.Zh != "" {
		return search.SortKey(title.Zh)
	}
	return search.SortKey(title.En)
}

func insertVersion(ctx context.Context, q db.Q, articleID int64, v *Version) error {
	_, err := q.Exec(ctx, `INSERT INTO article_version (article_id, no, title_zh, title_en, body_zh, body_en, note, by_id, at, published_by, published_at)
		VALUES (?,?,?,?,?,?,?,?,?,0,0)`, articleID, v.No, v.Title.Zh, v.Title.En, v.Body.Zh, v.Body.En, v.Note, v.By, clock.Micros(v.At))
	return err
}

func markPublished(ctx context.Context, q db.Q, articleID, no, by int64, now time.Time) error {
	_, err := q.Exec(ctx, "UPDATE article_version SET published_by = ?, published_at = ? WHERE article_id = ? AND no = ?", by, clock.Micros(now), articleID, no)
	return err
}

// save writes an article's particulars and the index of what is shown of it, raising its row version.
func save(ctx context.Context, q db.Q, a *Article, now time.Time) error {
	n, err := q.Exec(ctx, `UPDATE article SET state = ?, audience = ?, keeper_id = ?, latest = ?, published = ?, sort_key = ?, review_on = ?, version = version + 1, updated_at = ?
		WHERE id = ? AND version = ?`, a.State, a.Audience, a.KeeperID, a.Latest, a.Published, sortKey(a.Shown.Title), a.ReviewOn, clock.Micros(now), a.ID, a.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return stale(a)
	}
	return replaceParts(ctx, q, a.ID, a.Tags, &a.Shown)
}

// replaceParts writes the tags and the index terms anew.
func replaceParts(ctx context.Context, q db.Q, articleID int64, tags []string, shown *Version) error {
	for _, table := range []string{"article_tag", "article_term"} {
		if _, err := q.Exec(ctx, "DELETE FROM "+table+" WHERE article_id = ?", articleID); err != nil {
			return err
		}
	}
	for _, t := range tags {
		if _, err := q.Exec(ctx, "INSERT INTO article_tag (article_id, tag) VALUES (?,?)", articleID, t); err != nil {
			return err
		}
	}
	terms := termsOf(shown, tags)
	_, err := db.Insert(ctx, q, db.Bulk{Table: "article_term", Columns: []string{"term", "article_id"}, N: len(terms), Bind: func(i int, b db.Binder) {
		b.Text(terms[i])
		b.Int64(articleID)
	}})
	return err
}
