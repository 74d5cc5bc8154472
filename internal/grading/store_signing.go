package grading

import (
	"context"
	"fmt"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/rule"
)

func putSignature(ctx context.Context, q db.Q, g *GradeSignature, at int64) error {
	_, err := q.Exec(ctx, `INSERT INTO grade_signature (customer_id, source, source_id, scheme, rulebook, code, from_day, until_day, case_id, signed_by, signed_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (customer_id, source, source_id, scheme) DO UPDATE SET code = excluded.code, from_day = excluded.from_day,
			until_day = excluded.until_day, case_id = excluded.case_id, signed_by = excluded.signed_by, signed_at = excluded.signed_at`,
		g.CustomerID, g.Source, g.SourceID, g.Scheme, g.Rulebook, g.Code, g.From, g.Until, g.CaseID, g.By, at)
	if err != nil {
		return fmt.Errorf("keeping the signatures for a grade: %w", err)
	}
	return nil
}

func endSignature(ctx context.Context, q db.Q, customerID, caseID int64, last calendar.Date, at int64) (int64, error) {
	return q.Exec(ctx, "UPDATE grade_signature SET until_day = ?, signed_at = ? WHERE customer_id = ? AND case_id = ? AND until_day > ?", last, at, customerID, caseID, last)
}

// signaturesIn says how the signatures of some customers stand on a day, by customer and scheme.
func signaturesIn(ctx context.Context, q db.Q, rulebookID string, asOf calendar.Date, ids []int64) (map[int64]map[string]rule.Signatures, error) {
	out := map[int64]map[string]rule.Signatures{}
	_, err := db.List(ctx, q, "SELECT customer_id, scheme, CASE WHEN until_day >= ? THEN 1 ELSE 0 END FROM grade_signature WHERE customer_id IN "+db.In(len(ids))+
		" AND rulebook = ? AND from_day <= ?", append(append([]any{asOf}, db.Args(ids)...), rulebookID, asOf), func(r db.Rows) (struct{}, error) {
		var customerID int64
		var scheme string
		var holds bool
		err := r.Scan(&customerID, &scheme, &holds)
		if out[customerID] == nil {
			out[customerID] = map[string]rule.Signatures{}
		}
		switch {
		case holds:
			out[customerID][scheme] = rule.SignaturesHold
		case out[customerID][scheme] == rule.SignaturesNone:
			out[customerID][scheme] = rule.SignaturesEnded
		}
		return struct{}{}, err
	})
	return out, err
}

// noteUnsigned has the customers judged again whose standing rests on signatures that have ended since, and gives their number.
func noteUnsigned(ctx context.Context, q db.Q, rulebookID string, today calendar.Date, at int64) (int64, error) {
	n, err := q.Exec(ctx, `INSERT INTO grading_trigger (customer_id, rulebook, fact_id, at)
		SELECT DISTINCT g.customer_id, g.rulebook, CAST(0 AS BIGINT), CAST(? AS BIGINT) FROM grade_signature g
			JOIN standing s ON s.customer_id = g.customer_id AND s.scheme = g.scheme AND s.rulebook = g.rulebook AND s.code = g.code
		WHERE g.rulebook = ? AND g.until_day < ? AND s.as_of >= g.from_day AND s.as_of <= g.until_day
		ON CONFLICT (rulebook, customer_id) DO NOTHING`, at, rulebookID, today)
	if err != nil {
		return 0, fmt.Errorf("noting whose signatures have ended: %w", err)
	}
	return n, nil
}

// anew is when a proposal that was kept is of another grade than the one signed for now: it is offered again, whatever became of
// the old one. While people are asked the question stays as it was put to them.
const anew = "grade_proposal.code <> excluded.code AND grade_proposal.state NOT IN ('asked', 'gone')"

// propose keeps what the verdicts of a page that now stand propose, and forgets what they no longer do. code is the grade of the scheme
// that is signed for, "" when there is none.
func propose(ctx context.Context, q db.Q, run *Run, code string, page []step) error {
	if code == "" || len(page) == 0 {
		return nil
	}
	var rest []any
	var rows [][]any
	for i := range page {
		if s := &page[i]; s.awaits {
			rows = append(rows, []any{s.now.CustomerID, run.Rulebook, run.Scheme, code, run.AsOf, ProposalOpen, 0})
		} else {
			rest = append(rest, s.now.CustomerID)
		}
	}
	_, err := db.ExecAll(ctx, q, db.RowsOf("INSERT INTO grade_proposal (customer_id, rulebook, scheme, code, since, state, case_id) VALUES ",
		` ON CONFLICT (customer_id, rulebook, scheme) DO UPDATE SET
			state = CASE WHEN grade_proposal.state = 'gone' THEN 'asked' WHEN `+anew+` THEN 'open' ELSE grade_proposal.state END,
			code = CASE WHEN `+anew+` THEN excluded.code ELSE grade_proposal.code END, since = CASE WHEN `+anew+` THEN excluded.since ELSE grade_proposal.since END,
			case_id = CASE WHEN `+anew+` THEN 0 ELSE grade_proposal.case_id END, note = CASE WHEN `+anew+` THEN '' ELSE grade_proposal.note END,
			noted_by = CASE WHEN `+anew+` THEN 0 ELSE grade_proposal.noted_by END, noted_at = CASE WHEN `+anew+` THEN 0 ELSE grade_proposal.noted_at END`, rows))
	if err != nil {
		return fmt.Errorf("keeping what a verdict proposes: %w", err)
	}
	for len(rest) > 0 {
		n := min(len(rest), removeChunk)
		where := " WHERE rulebook = ? AND scheme = ? AND customer_id IN " + db.In(n)
		args := append([]any{run.Rulebook, run.Scheme}, rest[:n]...)
		if _, err := q.Exec(ctx, "DELETE FROM grade_proposal"+where+" AND state <> 'asked' AND state <> 'gone'", args...); err != nil {
			return err
		}
		if _, err := q.Exec(ctx, "UPDATE grade_proposal SET state = 'gone'"+where, args...); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

const proposalColumns = "p.customer_id, p.rulebook, p.scheme, p.code, p.since, p.state, p.case_id, p.note, p.noted_by, p.noted_at, COALESCE(s.code, ''), s.score"

const proposalTables = " FROM grade_proposal p LEFT JOIN standing s ON s.customer_id = p.customer_id AND s.scheme = p.scheme AND s.rulebook = p.rulebook "

func scanProposal(r db.Rows) (Proposal, error) {
	var p Proposal
	err := r.Scan(&p.CustomerID, &p.Rulebook, &p.Scheme, &p.Code, &p.Since, &p.State, &p.CaseID, &p.Note, &p.NotedBy, &p.NotedAt, &p.Standing, &p.Score)
	return p, err
}

func getProposal(ctx context.Context, q db.Q, customerID int64, rulebookID, scheme string) (Proposal, error) {
	return db.One(ctx, q, "SELECT "+proposalColumns+proposalTables+"WHERE p.customer_id = ? AND p.rulebook = ? AND p.scheme = ?", []any{customerID, rulebookID, scheme}, scanProposal)
}

// proposalsAfter gives a page of proposals in some states above a customer's id.
func proposalsAfter(ctx context.Context, q db.Q, rulebookID string, states []string, after int64, limit int) ([]Proposal, error) {
	args := []any{rulebookID}
	for _, s := range states {
		args = append(args, s)
	}
	return db.List(ctx, q, "SELECT "+proposalColumns+proposalTables+"WHERE p.rulebook = ? AND p.state IN "+db.In(len(states))+" AND p.customer_id > ? ORDER BY p.customer_id LIMIT ?",
		append(args, after, limit), scanProposal)
}

// proposalsOf gives those of a customer, by rulebook.
func proposalsOf(ctx context.Context, q db.Q, customerID int64) ([]Proposal, error) {
	return db.List(ctx, q, "SELECT "+proposalColumns+proposalTables+"WHERE p.customer_id = ? AND p.state <> 'gone' ORDER BY p.rulebook, p.scheme", []any{customerID}, scanProposal)
}

// Offered is a proposal with its customer.
type Offered struct {
	Proposal
	CustomerCode, CustomerName string
	OwnerID                    int64
}

// offeredWhere bounds proposals by a filter and a reach.
func offeredWhere(f OfferedFilter, scope authz.Scope) (string, []any) {
	within, args := scope.Clause("c")
	where := " JOIN customer c ON c.id = p.customer_id WHERE c.archived_at IS NULL AND " + within + " AND p.state IN " + db.In(len(f.States))
	for _, s := range f.States {
		args = append(args, s)
	}
	if f.Rulebook != "" {
		where += " AND p.rulebook = ?"
		args = append(args, f.Rulebook)
	}
	return where, args
}

// listOffered gives a page of proposals, the oldest first, and one more when there is a next page.
func listOffered(ctx context.Context, q db.Q, f OfferedFilter, scope authz.Scope, after []any) ([]Offered, error) {
	where, args := offeredWhere(f, scope)
	if after != nil {
		where += " AND (p.since, p.customer_id, p.rulebook, p.scheme) > (?, ?, ?, ?)"
		args = append(args, after...)
	}
	return db.List(ctx, q, "SELECT "+proposalColumns+", c.code, c.name, c.owner_id"+proposalTables+where+" ORDER BY p.since, p.customer_id, p.rulebook, p.scheme LIMIT ?",
		append(args, f.Limit+1), func(r db.Rows) (Offered, error) {
			var o Offered
			p := &o.Proposal
			err := r.Scan(&p.CustomerID, &p.Rulebook, &p.Scheme, &p.Code, &p.Since, &p.State, &p.CaseID, &p.Note, &p.NotedBy, &p.NotedAt, &p.Standing, &p.Score,
				&o.CustomerCode, &o.CustomerName, &o.OwnerID)
			return o, err
		})
}

// maxOffered is up to how many proposals are counted.
const maxOffered = 10_000

// countOffered counts proposals up to one more than maxOffered.
func countOffered(ctx context.Context, q db.Q, f OfferedFilter, scope authz.Scope) (int64, error) {
	where, args := offeredWhere(f, scope)
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM (SELECT 1 FROM grade_proposal p"+where+" LIMIT ?) AS w", append(args, maxOffered+1), &n)
	return n, err
}

// dismissProposal puts a proposal aside that nobody has been asked about, or that was refused; false when it is not so any more.
func dismissProposal(ctx context.Context, q db.Q, p *Proposal) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE grade_proposal SET state = 'dismissed', note = ?, noted_by = ?, noted_at = ?
		WHERE customer_id = ? AND rulebook = ? AND scheme = ? AND state = ?`, p.Note, p.NotedBy, p.NotedAt, p.CustomerID, p.Rulebook, p.Scheme, p.State)
	return n == 1, err
}

func setProposal(ctx context.Context, q db.Q, p *Proposal, state string, caseID int64) error {
	_, err := q.Exec(ctx, "UPDATE grade_proposal SET state = ?, case_id = ?, note = '', noted_by = 0, noted_at = 0 WHERE customer_id = ? AND rulebook = ? AND scheme = ?", state, caseID, p.CustomerID, p.Rulebook, p.Scheme)
	return err
}

func refuseProposal(ctx context.Context, q db.Q, customerID int64, rulebookID, scheme string) error {
	_, err := q.Exec(ctx, "UPDATE grade_proposal SET state = 'refused' WHERE customer_id = ? AND rulebook = ? AND scheme = ? AND state <> 'gone'", customerID, rulebookID, scheme)
	return err
}

func dropProposal(ctx context.Context, q db.Q, g *GradeSignature) error {
	_, err := q.Exec(ctx, "DELETE FROM grade_proposal WHERE customer_id = ? AND rulebook = ? AND scheme = ?", g.CustomerID, g.Rulebook, g.Scheme)
	return err
}
