package article

import (
	"context"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// maxUsed bounds how many of an article's cases are listed: the newest.
const maxUsed = 200

func articlesOf(ctx context.Context, q db.Q, caseID int64) ([]int64, error) {
	return db.List(ctx, q, "SELECT article_id FROM article_case WHERE case_id = ? ORDER BY at, article_id LIMIT ?", []any{caseID, maxUsed},
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func casesOf(ctx context.Context, q db.Q, articleID int64) ([]int64, error) {
	return db.List(ctx, q, "SELECT case_id FROM article_case WHERE article_id = ? ORDER BY case_id DESC LIMIT ?", []any{articleID, maxUsed},
		func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// fromCase gives the article that holds a case's solution, 0 when there is none.
func fromCase(ctx context.Context, q db.Q, caseID int64) (articleID int64, err error) {
	err = db.Get(ctx, q, "SELECT id FROM article WHERE origin_case = ? AND origin_case > 0", []any{caseID}, &articleID)
	if db.IsNoRows(err) {
		return 0, nil
	}
	return articleID, err
}

// attach links an article to a case and counts the use; false when it was linked already.
func attach(ctx context.Context, q db.Q, caseID, articleID, by int64, now time.Time) (bool, error) {
	n, err := q.Exec(ctx, "INSERT INTO article_case (case_id, article_id, by_id, at) VALUES (?,?,?,?) ON CONFLICT (case_id, article_id) DO NOTHING", caseID, articleID, by, clock.Micros(now))
	if err != nil || n == 0 {
		return false, err
	}
	_, err = q.Exec(ctx, "UPDATE article SET uses = uses + 1 WHERE id = ?", articleID)
	return true, err
}

// detach takes the link away; false when there was none.
func detach(ctx context.Context, q db.Q, caseID, articleID int64) (bool, error) {
	n, err := q.Exec(ctx, "DELETE FROM article_case WHERE case_id = ? AND article_id = ?", caseID, articleID)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = q.Exec(ctx, "UPDATE article SET uses = uses - 1 WHERE id = ?", articleID)
	return true, err
}

// maxHits bounds how many words in articles are weighed for one case.
const maxHits = 20_000

// suggest gives the published articles that share words with a case, the closest first.
func suggest(ctx context.Context, q db.Q, asked []string) ([]int64, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	var published int
	if err := db.Get(ctx, q, "SELECT COUNT(*) FROM article WHERE state = 'published'", nil, &published); err != nil {
		return nil, err
	}
	hits, err := db.List(ctx, q, "SELECT t.term, t.article_id FROM article_term t JOIN article a ON a.id = t.article_id WHERE a.state = 'published' AND t.term IN "+db.In(len(asked))+
		" ORDER BY t.article_id, t.term LIMIT ?", append(db.Args(asked), maxHits), func(r db.Rows) (hit, error) {
		return hit{string(r.Bytes(0)), r.Int64(1)}, nil
	})
	return rank(hits, published), err
}
