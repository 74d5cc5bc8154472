package procedure

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

const termColumns = "m.customer_id, m.id, m.kind, m.terms, m.state, m.scheme, m.grade, m.verdict_id, m.from_on, m.until_on, m.version_no, m.updated_at"

func (t *Term) into() []any {
	return []any{&t.CustomerID, &t.ID, &t.Kind, &t.Terms, &t.State, &t.Scheme, &t.Grade, &t.VerdictID, &t.From, &t.Until, &t.Version, &t.UpdatedAt}
}

func getTerm(ctx context.Context, q db.Q, customerID, termID int64) (Term, error) {
	return db.One(ctx, q, "SELECT "+termColumns+" FROM special_term m WHERE m.customer_id = ? AND m.id = ?", []any{customerID, termID}, func(r db.Rows) (Term, error) {
		var t Term
		err := r.Scan(t.into()...)
		return t, err
	})
}

// putTerm writes terms, new (version 0) or changed; false when somebody else changed them since they were read.
func putTerm(ctx context.Context, q db.Q, t Term) (bool, error) {
	if t.Version == 0 {
		_, err := q.Exec(ctx, `INSERT INTO special_term (customer_id, id, kind, terms, state, scheme, grade, verdict_id, from_on, until_on, version_no, created_at, updated_at)
			VALUES (?,?,?,?,?,?,?,?,?,?,1,?,?)`, t.CustomerID, t.ID, t.Kind, t.Terms, t.State, t.Scheme, t.Grade, t.VerdictID, t.From, t.Until, t.UpdatedAt, t.UpdatedAt)
		return err == nil, err
	}
	n, err := q.Exec(ctx, `UPDATE special_term SET terms = ?, state = ?, scheme = ?, grade = ?, verdict_id = ?, until_on = ?, version_no = version_no + 1, updated_at = ?
		WHERE customer_id = ? AND id = ? AND version_no = ?`, t.Terms, t.State, t.Scheme, t.Grade, t.VerdictID, t.Until, t.UpdatedAt, t.CustomerID, t.ID, t.Version)
	return n == 1, err
}

func insertTermChange(ctx context.Context, q db.Q, t Term, c TermChange) error {
	_, err := q.Exec(ctx, `INSERT INTO special_term_change (customer_id, term_id, seq, state, terms, scheme, grade, verdict_id, case_id, reason, by_user, at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`, t.CustomerID, t.ID, c.Seq, t.State, t.Terms, t.Scheme, t.Grade, t.VerdictID, c.CaseID, c.Reason, c.By, c.At)
	return err
}

func termChanges(ctx context.Context, q db.Q, customerID, termID int64) ([]TermChange, error) {
	return db.List(ctx, q, `SELECT seq, state, terms, scheme, grade, verdict_id, case_id, reason, by_user, at FROM special_term_change
		WHERE customer_id = ? AND term_id = ? ORDER BY seq LIMIT 1000`, []any{customerID, termID}, func(r db.Rows) (TermChange, error) {
		var c TermChange
		err := r.Scan(&c.Seq, &c.State, &c.Terms, &c.Scheme, &c.Grade, &c.VerdictID, &c.CaseID, &c.Reason, &c.By, &c.At)
		return c, err
	})
}

func listTerms(ctx context.Context, q db.Q, f TermFilter, scope authz.Scope, today calendar.Date) ([]Term, error) {
	p := &predicate{}
	sql, args := scope.Clause("k")
	p.add(!scope.All, sql, args...)
	p.add(f.CustomerID != 0, "m.customer_id = ?", f.CustomerID)
	p.add(f.InForce, "m.state <> 'revoked' AND (m.until_on IS NULL OR m.until_on >= ?)", today)
	p.add(f.Changed, "m.grade <> COALESCE(g.code, '')")
	p.add(f.After != 0, "m.id > ?", f.After)
	return db.List(ctx, q, "SELECT "+termColumns+`, k.code, k.name, COALESCE(g.code, ''), k.owner_id, k.unit_id FROM special_term m JOIN customer k ON k.id = m.customer_id
		LEFT JOIN standing g ON g.customer_id = m.customer_id AND g.scheme = m.scheme WHERE `+p.text()+" ORDER BY m.id LIMIT ?", append(p.args, f.Limit+1), func(r db.Rows) (Term, error) {
		var t Term
		err := r.Scan(append(t.into(), &t.CustomerCode, &t.CustomerName, &t.GradeNow, &t.OwnerID, &t.UnitID)...)
		return t, err
	})
}
