package article

import (
	"context"
	"strconv"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/search"
)

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// predicate collects conditions on article a with their arguments.
type predicate struct {
	conds []string
	args  []any
}

func (p *predicate) add(on bool, cond string, args ...any) {
	if on {
		p.conds, p.args = append(p.conds, cond), append(p.args, args...)
	}
}

// list gives a page and the cursor of the next one.
func list(ctx context.Context, q db.Q, f Filter, e editor, today calendar.Date, bodies bool) ([]Article, string, error) {
	p := f.where(e, today)
	if err := p.after(f); err != nil {
		return nil, "", err
	}
	columns, order := "SELECT "+ofArticle+ofVersion, orders[f.Sort]
	if bodies {
		columns += withBodies
	}
	direction := ""
	if order.desc {
		direction = " DESC"
	}
	sql := columns + ofAll + "WHERE " + strings.Join(p.conds, " AND ") + " ORDER BY " + order.column + direction + ", a.id" + direction + " LIMIT ?"
	all, err := db.List(ctx, q, sql, append(p.args, f.Limit+1), func(r db.Rows) (Article, error) {
		if !bodies {
			return scanArticle(r)
		}
		var body Words
		a, err := scanArticle(r, &body.Zh, &body.En)
		a.Shown.Body = body
		return a, err
	})
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(all) > f.Limit {
		all = all[:f.Limit]
		last := &all[f.Limit-1]
		next = db.EncodeCursor(last.sortText(f.Sort), decimal(last.ID))
	}
	return all, next, fillTags(ctx, q, all)
}

func (f Filter) where(e editor, today calendar.Date) *predicate {
	p := &predicate{}
	seen, args := e.visibleTo()
	p.add(true, seen, args...)
	p.add(len(f.States) > 0, "a.state IN "+db.In(len(f.States)), db.Args(f.States)...)
	p.add(len(f.Audiences) > 0, "a.audience IN "+db.In(len(f.Audiences)), db.Args(f.Audiences)...)
	p.add(len(f.KeeperIDs) > 0, "a.keeper_id IN "+db.In(len(f.KeeperIDs)), db.Args(f.KeeperIDs)...)
	p.add(len(f.Tags) > 0, "a.id IN (SELECT t.article_id FROM article_tag t WHERE t.tag IN "+db.In(len(f.Tags))+")", db.Args(f.Tags)...)
	p.add(f.ReviewDue, "a.state = 'published' AND a.review_on <= ?", today)
	p.add(f.Lacks == "zh", "v.title_zh = ''")
	p.add(f.Lacks == "en", "v.title_en = ''")
	for _, m := range search.Query(f.Text) {
		var ranges []string
		var args []any
		for _, r := range m.Any {
			if r.To == "" {
				ranges, args = append(ranges, "t.term = ?"), append(args, r.From)
			} else {
				ranges, args = append(ranges, "(t.term >= ? AND t.term < ?)"), append(args, r.From, r.To)
			}
		}
		p.add(true, "a.id IN (SELECT t.article_id FROM article_term t WHERE "+strings.Join(ranges, " OR ")+")", args...)
	}
	return p
}

// after adds the condition that a row comes behind the cursor.
func (p *predicate) after(f Filter) error {
	vals, err := db.DecodeCursor(f.Cursor, 2)
	if err != nil || vals == nil {
		return err
	}
	order := orders[f.Sort]
	var value any = vals[0]
	last, err := strconv.ParseInt(vals[1], 10, 64)
	if err == nil && !order.text {
		value, err = strconv.ParseInt(vals[0], 10, 64)
	}
	if err != nil {
		return errs.New(errs.Invalid, "cursor.invalid")
	}
	sign := ">"
	if order.desc {
		sign = "<"
	}
	p.add(true, "("+order.column+", a.id) "+sign+" (?,?)", value, last)
	return nil
}

// visibleTo is the condition that a person may see article a.
func (e editor) visibleTo() (string, []any) {
	switch {
	case e.all || e.pub:
		return "1=1", nil
	case e.own && e.user > 0:
		return "(a.state = 'published' OR a.keeper_id = ? OR a.created_by = ?)", []any{e.user, e.user}
	}
	return "a.state = 'published'", nil
}

func tagCounts(ctx context.Context, q db.Q, e editor) ([]TagCount, error) {
	where, args := e.visibleTo()
	return db.List(ctx, q, "SELECT t.tag, COUNT(*) FROM article_tag t JOIN article a ON a.id = t.article_id WHERE "+where+" GROUP BY t.tag ORDER BY t.tag LIMIT 500", args,
		func(r db.Rows) (TagCount, error) { return TagCount{string(r.Bytes(0)), r.Int64(1)}, nil })
}
