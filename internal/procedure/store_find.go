package procedure

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/db"
	"kezhi/internal/search"
)

// broad is from how many cases on a search condition is no longer worked out first but asked of each case in turn. What so many
// cases meet fills a page soon.
const broad = 8_000

// few is up to how many cases no narrower condition is looked for.
const few = 200

// search works out what was typed: the narrowest condition drives the list, so that what is rare is found at once among any number
// of cases; the others are asked of each case.
func (f Filter) search(ctx context.Context, q db.Q) (Filter, error) {
	text := strings.TrimSpace(f.Text)
	if text == "" {
		return f, nil
	}
	whole, err := db.List(ctx, q, "SELECT id FROM proc_case WHERE number IN (?,?) LIMIT ?", []any{text, strings.ToUpper(text), MaxCount}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
	if err != nil {
		return f, err
	}
	if len(whole) > 0 { // a whole number means that case
		f.driver = &predicate{}
		f.driver.among("w.id", db.Args(whole))
		return f, nil
	}
	f.matches = search.QueryApart(text)
	if len(f.matches) == 0 { // signs only: nothing is called so
		f.driver = &predicate{conds: []string{"1 = 0"}}
		return f, nil
	}
	least, at := broad, -1
	slices.SortStableFunc(f.matches, func(a, b search.Match) int { return len(b.Any[0].From) - len(a.Any[0].From) }) // what is long is rare
	for i, m := range f.matches {
		if least <= few {
			break
		}
		terms, args := matching(m)
		var n int
		err := db.Get(ctx, q, "SELECT COUNT(*) FROM (SELECT 1 FROM proc_term t WHERE "+terms+" LIMIT ?) AS own", append(args, least), &n)
		if err == nil && n < least {
			var more int
			err = db.Get(ctx, q, "SELECT COUNT(*) FROM (SELECT 1 FROM search_term t JOIN proc_case c ON c.customer_id = t.customer_id WHERE "+terms+" LIMIT ?) AS theirs",
				append(args, least), &more)
			n += more
		}
		if err != nil {
			return f, err
		}
		if n < least {
			least, at, f.driver = n, i, &predicate{}
			f.driver.add(true, "w.id IN (SELECT t.case_id FROM proc_term t WHERE "+terms+
				" UNION SELECT c.id FROM search_term t JOIN proc_case c ON c.customer_id = t.customer_id WHERE "+terms+")", append(args, args...)...)
		}
	}
	if at >= 0 {
		f.matches = slices.Delete(f.matches, at, at+1)
	}
	return f, nil
}

// called adds that a case or its customer is called as was typed.
func (f Filter) called(p *predicate, alias string) {
	for _, m := range f.matches {
		terms, args := matching(m)
		p.add(true, "(EXISTS (SELECT 1 FROM proc_term t WHERE t.case_id = "+alias+".id AND "+terms+") OR EXISTS (SELECT 1 FROM search_term t WHERE t.customer_id = "+
			alias+".customer_id AND "+terms+"))", append(args, args...)...)
	}
}

// matching gives a search condition on t.
func matching(m search.Match) (string, []any) {
	var parts []string
	var args []any
	for _, r := range m.Any {
		if r.To == "" {
			parts, args = append(parts, "t.term = ?"), append(args, r.From)
		} else {
			parts, args = append(parts, "(t.term >= ? AND t.term < ?)"), append(args, r.From, r.To)
		}
	}
	return "(" + strings.Join(parts, " OR ") + ")", args
}

func insertingTerms(caseID int64, terms []string) []db.Stmt {
	rows := make([][]any, len(terms))
	for i, t := range terms {
		rows[i] = []any{t, caseID}
	}
	return db.RowsOf("INSERT INTO proc_term (term, case_id) VALUES ", " ON CONFLICT (term, case_id) DO NOTHING", rows)
}

// termless gives cases that came from before there were terms.
func termless(ctx context.Context, q db.Q, after int64, limit int) ([]int64, error) {
	return db.List(ctx, q, "SELECT id FROM proc_case WHERE termed = 0 AND id > ? ORDER BY id LIMIT ?", []any{after, limit}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// markTermed says that the terms of a case are there.
func markTermed(caseID int64) db.Stmt {
	return db.Stmt{SQL: "UPDATE proc_case SET termed = 1 WHERE id = ?", Args: []any{caseID}}
}
