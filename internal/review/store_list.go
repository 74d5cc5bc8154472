package review

import (
	"context"
	"math"
	"strings"

	"kezhi/internal/db"
)

// outcome is the grade of a line by the newest round.
const outcome = "CASE WHEN l.meet_id <> 0 THEN l.meet_code WHEN l.rate_id <> 0 THEN l.rate_code ELSE '' END"

// shownScore is the score of a line by the newest round, else what followed when the campaign opened.
const shownScore = "COALESCE(CASE WHEN l.meet_id <> 0 THEN l.meet_score WHEN l.rate_id <> 0 THEN l.rate_score ELSE l.open_score END, -9000000000000000000)"

// likeEscaper makes a text stand for itself in LIKE.
var likeEscaper = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

// LineFilter bounds a list of lines; empty members bound nothing.
type LineFilter struct {
	Unit     int64
	State    string // one of the Line constants; unrated: waiting, draft or not rated since reopened
	Grade    string // by the newest round
	Approval string // one of the Approval constants; any: all that are or were signed for
	Search   string // code or name
	Differs  bool   // the meeting changed what the region said
	Newcomer bool
	Mine     bool   // only what the acting person may rate
	Sort     string // code, score
	Cursor   string
	Limit    int // 1 to 200
}

func (f *LineFilter) where(c *campaign, a *access) (string, []any) {
	in, args := a.where("c")
	sql := []string{"l.review_id = ?", in}
	args = append([]any{c.ID}, args...)
	add := func(cond string, with ...any) { sql, args = append(sql, cond), append(args, with...) }
	if f.Unit != 0 {
		add("l.unit_id = ?", f.Unit)
	}
	if f.State == "unrated" {
		add("l.rate_id = 0 AND l.meet_id = 0")
	} else if f.State != "" {
		add("l.state = ?", f.State)
	}
	if f.Grade != "" {
		add(outcome+" = ?", f.Grade)
	}
	if f.Approval == "any" {
		add("l.approval <> ''")
	} else if f.Approval != "" {
		add("l.approval = ?", f.Approval)
	}
	if f.Differs {
		add("l.differs = 1")
	}
	if f.Newcomer {
		add("l.newcomer = 1")
	}
	if f.Mine {
		mine, with := a.rateable(c, "c")
		add(mine, with...)
	}
	if f.Search != "" {
		like := "%" + likeEscaper.Replace(f.Search) + "%"
		add(`(c.code LIKE ? ESCAPE '\' OR c.name LIKE ? ESCAPE '\')`, like, like)
	}
	return strings.Join(sql, " AND "), args
}

// listLines gives a page of lines, one more than asked for when there is a next page.
func listLines(ctx context.Context, q db.Q, c *campaign, a *access, f *LineFilter, after []any) ([]Line, error) {
	where, args := f.where(c, a)
	order := "l.code, l.customer_id"
	if f.Sort == "score" {
		order = shownScore + " DESC, l.customer_id"
	}
	if after != nil {
		cond := "(l.code, l.customer_id) > (?, ?)"
		if f.Sort == "score" {
			cond = "(" + shownScore + " < ? OR " + shownScore + " = ? AND l.customer_id > ?)"
			after = []any{after[0], after[0], after[1]}
		}
		where += " AND " + cond
		args = append(args, after...)
	}
	return db.List(ctx, q, "SELECT "+lineColumns+lineTables+"WHERE "+where+" ORDER BY "+order+" LIMIT ?", append(args, f.Limit+1), scanLine)
}

func scoreOf(l *Line) int64 {
	score := l.OpenScore
	if l.RateID != 0 {
		score = l.RateScore
	}
	if l.MeetID != 0 {
		score = l.MeetScore
	}
	if score == nil {
		return -9000000000000000000
	}
	return *score
}

func countLines(ctx context.Context, q db.Q, c *campaign, a *access, f *LineFilter) (int64, error) {
	where, args := f.where(c, a)
	return db.One(ctx, q, "SELECT COUNT(*)"+lineTables+"WHERE "+where, args, firstInt)
}

// tally is how many lines of a unit stand where.
type tally struct {
	unit     int64
	state    string
	grade    string
	approval string
	rated    bool
	differs  bool
	newcomer bool
	n        int64
}

func tallies(ctx context.Context, q db.Q, c *campaign, a *access) ([]tally, error) {
	in, args := a.where("c")
	return db.List(ctx, q, "SELECT l.unit_id, l.state, "+outcome+", l.approval, CASE WHEN l.rate_id <> 0 OR l.meet_id <> 0 THEN 1 ELSE 0 END, l.differs, l.newcomer, COUNT(*)"+
		" FROM review_line l JOIN customer c ON c.id = l.customer_id WHERE l.review_id = ? AND "+in+" GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1",
		append([]any{c.ID}, args...), func(r db.Rows) (tally, error) {
			var t tally
			err := r.Scan(&t.unit, &t.state, &t.grade, &t.approval, &t.rated, &t.differs, &t.newcomer, &t.n)
			return t, err
		})
}

// unsigned is the condition that a grade lacks signatures; the last two places are the grade. Who was not rated counts by what follows.
const unsigned = "(l.rate_id + l.meet_id <> 0 AND " + outcome + " = ? AND l.approval <> 'approved' OR l.rate_id + l.meet_id = 0 AND l.open_code = ?) AND ? <> ''"

func endsOf(ctx context.Context, q db.Q, reviewID int64, grade string) (ends, error) {
	var e ends
	err := db.Get(ctx, q, `SELECT COALESCE(SUM(CASE WHEN l.rate_id + l.meet_id = 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN `+unsigned+` THEN 1 ELSE 0 END), 0)
		FROM review_line l WHERE l.review_id = ?`, []any{grade, grade, grade, reviewID}, &e.Unrated, &e.Unapproved)
	return e, err
}

func unsignedNames(ctx context.Context, q db.Q, reviewID int64, grade string, limit int) (string, error) {
	return joined(ctx, q, "SELECT c.name"+lineTables+"WHERE l.review_id = ? AND "+unsigned+" ORDER BY l.code LIMIT ?", reviewID, grade, grade, grade, limit)
}

func unratedNames(ctx context.Context, q db.Q, reviewID int64, limit int) (string, error) {
	return joined(ctx, q, "SELECT c.name"+lineTables+"WHERE l.review_id = ? AND l.rate_id + l.meet_id = 0 ORDER BY l.code LIMIT ?", reviewID, limit)
}

func joined(ctx context.Context, q db.Q, sql string, args ...any) (string, error) {
	list, err := db.List(ctx, q, sql, args, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	return strings.Join(list, "、"), err
}

// eachLine hands over every line within sight in the order of the customers' codes.
func eachLine(ctx context.Context, q db.Q, c *campaign, a *access, f LineFilter, fn func(*Line) error) error {
	f.Limit, f.Sort = 500, "code"
	var after []any
	for {
		page, err := listLines(ctx, q, c, a, &f, after)
		if err != nil {
			return err
		}
		for i := range page[:min(len(page), f.Limit)] {
			if err := fn(&page[i]); err != nil {
				return err
			}
		}
		if len(page) <= f.Limit {
			return nil
		}
		after = []any{page[f.Limit-1].Code, page[f.Limit-1].CustomerID}
	}
}

// historyOf gives the campaigns a customer was part of, newest first.
func historyOf(ctx context.Context, q db.Q, customerID int64, before int64, limit int) ([]Line, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	return db.List(ctx, q, "SELECT "+lineColumns+lineTables+"WHERE l.customer_id = ? AND l.review_id < ? ORDER BY l.review_id DESC LIMIT ?",
		[]any{customerID, before, limit}, scanLine)
}
