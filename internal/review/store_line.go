package review

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const lineColumns = `l.customer_id, l.review_id, c.code, c.name, l.unit_id, c.owner_id, c.unit_id, c.region, COALESCE(u.name, ''), l.newcomer, l.first_fact, l.before_code, l.before_score,
	l.open_code, l.open_score, l.state, l.draft, l.rate_id, l.rate_code, l.rate_position, l.rate_score, l.meet_id, l.meet_code, l.meet_position, l.meet_score, l.differs,
	l.approval, l.case_id, l.final_code, l.verdict_id, l.rated_by, l.version_no`

const lineTables = " FROM review_line l JOIN customer c ON c.id = l.customer_id LEFT JOIN app_user u ON u.id = c.owner_id "

// places gives where the columns of a line go.
func (l *Line) places(draft *[]byte) []any {
	return []any{
		&l.CustomerID, &l.ReviewID, &l.Code, &l.Name, &l.UnitID, &l.OwnerID, &l.ownerUnit, &l.region, &l.OwnerName, &l.Newcomer, &l.FirstFact, &l.BeforeCode, &l.BeforeScore,
		&l.OpenCode, &l.OpenScore, &l.State, draft, &l.RateID, &l.RateCode, &l.RatePosition, &l.RateScore, &l.MeetID, &l.MeetCode, &l.MeetPosition, &l.MeetScore, &l.Differs,
		&l.Approval, &l.CaseID, &l.FinalCode, &l.VerdictID, &l.RatedBy, &l.VersionNo,
	}
}

func scanLine(r db.Rows) (Line, error) {
	var l Line
	var draft []byte
	if err := r.Scan(l.places(&draft)...); err != nil {
		return l, err
	}
	return l, l.drafted(draft)
}

func (l *Line) drafted(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, &l.Draft)
}

func getLine(ctx context.Context, q db.Q, reviewID, customerID int64) (Line, error) {
	return db.One(ctx, q, "SELECT "+lineColumns+lineTables+"WHERE l.review_id = ? AND l.customer_id = ?", []any{reviewID, customerID}, scanLine)
}

// linesIn gives some lines of a campaign in the order of their customers' ids.
func linesIn(ctx context.Context, q db.Q, reviewID int64, customers []int64) ([]Line, error) {
	return db.List(ctx, q, "SELECT "+lineColumns+lineTables+"WHERE l.review_id = ? AND l.customer_id IN "+db.In(len(customers))+" ORDER BY l.customer_id",
		append([]any{reviewID}, db.Args(customers)...), scanLine)
}

// linesAfter gives a page of lines above a customer's id.
func linesAfter(ctx context.Context, q db.Q, reviewID, after int64, limit int) ([]Line, error) {
	return db.List(ctx, q, "SELECT "+lineColumns+lineTables+"WHERE l.review_id = ? AND l.customer_id > ? ORDER BY l.customer_id LIMIT ?",
		[]any{reviewID, after, limit}, scanLine)
}

// insertLines lists customers; those that are there already stay as they are.
func insertLines(ctx context.Context, q db.Q, list []Line, now time.Time) error {
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "review_line", N: len(list), Key: []string{"customer_id", "review_id"},
		Columns: []string{
			"customer_id", "review_id", "code", "unit_id", "newcomer", "first_fact", "before_code", "before_score", "open_code", "open_score", "state", "draft", "rate_id",
			"rate_code", "rate_position", "rate_score", "meet_id", "meet_code", "meet_position", "meet_score", "differs", "approval", "case_id", "final_code", "verdict_id",
			"rated_by", "version_no", "updated_at",
		},
		Bind: func(i int, b db.Binder) {
			l := &list[i]
			b.Int64(l.CustomerID)
			b.Int64(l.ReviewID)
			b.Text(l.Code)
			b.Int64(l.UnitID)
			b.Int64(boolInt(l.Newcomer))
			optionalText(b, l.FirstFact.String())
			b.Text(l.BeforeCode)
			optionalInt(b, l.BeforeScore)
			b.Text(l.OpenCode)
			optionalInt(b, l.OpenScore)
			b.Text(LineWaiting)
			b.Text("")
			for range 2 { // rate, meet
				b.Int64(0)
				b.Text("")
				b.Int64(0)
				b.Null()
			}
			b.Int64(0)
			b.Text("")
			b.Int64(0)
			b.Text("")
			b.Int64(0)
			b.Int64(0)
			b.Int64(1)
			b.Int64(clock.Micros(now))
		},
	})
	if err != nil {
		return fmt.Errorf("listing customers of a review: %w", err)
	}
	return nil
}

func boolInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func optionalText(b db.Binder, s string) {
	if s == "" {
		b.Null()
		return
	}
	b.Text(s)
}

func optionalInt(b db.Binder, v *int64) {
	if v == nil {
		b.Null()
		return
	}
	b.Int64(*v)
}

// saveLine writes where a line stands; false when somebody else was quicker.
func saveLine(ctx context.Context, q db.Q, l *Line, now time.Time) (bool, error) {
	draft := ""
	if len(l.Draft.Values) > 0 || l.Draft.Note != "" {
		text, err := json.Marshal(l.Draft)
		if err != nil {
			return false, err
		}
		draft = string(text)
	}
	n, err := q.Exec(ctx, `UPDATE review_line SET state = ?, draft = ?, rate_id = ?, rate_code = ?, rate_position = ?, rate_score = ?, meet_id = ?, meet_code = ?,
			meet_position = ?, meet_score = ?, differs = ?, approval = ?, case_id = ?, rated_by = ?, version_no = version_no + 1, updated_at = ?
		WHERE review_id = ? AND customer_id = ? AND version_no = ?`,
		l.State, draft, l.RateID, l.RateCode, l.RatePosition, l.RateScore, l.MeetID, l.MeetCode, l.MeetPosition, l.MeetScore, l.Differs, l.Approval, l.CaseID, l.RatedBy,
		clock.Micros(now), l.ReviewID, l.CustomerID, l.VersionNo)
	return n == 1, err
}

// standingsOf gives the code and score that count now for some customers in a scheme.
func standingsOf(ctx context.Context, q db.Q, rulebook, scheme string, customers []int64) (map[int64]standing, error) {
	out := map[int64]standing{}
	// The empty text keeps SQLite, which has no statistics, on the customers asked for.
	_, err := db.List(ctx, q, "SELECT customer_id, code, score, verdict_id FROM standing WHERE customer_id IN "+db.In(len(customers))+" AND scheme || '' = ? AND rulebook = ?",
		append(db.Args(customers), scheme, rulebook), func(r db.Rows) (struct{}, error) {
			var customerID int64
			var st standing
			err := r.Scan(&customerID, &st.code, &st.score, &st.verdictID)
			out[customerID] = st
			return struct{}{}, err
		})
	return out, err
}

type standing struct {
	code      string
	score     *int64
	verdictID int64
}

// setFinal notes the verdict on every line of a campaign, or on one customer's (0 = all).
func setFinal(ctx context.Context, q db.Q, r *Review, customerID int64) error {
	_, err := q.Exec(ctx, `UPDATE review_line SET final_code = s.code, verdict_id = s.verdict_id FROM standing s
		WHERE review_line.review_id = ? AND (CAST(? AS BIGINT) = 0 OR review_line.customer_id = ?) AND s.customer_id = review_line.customer_id AND s.scheme = ? AND s.rulebook = ?`,
		r.ID, customerID, customerID, r.Scheme, r.Rulebook)
	return err
}

// askSignatures asks for signatures for every line that the first round gave the grade.
func askSignatures(ctx context.Context, q db.Q, reviewID int64, grade string) error {
	_, err := q.Exec(ctx, `UPDATE review_line SET approval = 'waiting', case_id = 0, version_no = version_no + 1
		WHERE review_id = ? AND meet_id = 0 AND rate_id <> 0 AND rate_code = ? AND approval = ''`, reviewID, grade)
	return err
}

// unasked gives a page of lines behind one that wait for signatures nobody has been asked for yet.
func unasked(ctx context.Context, q db.Q, reviewID int64, last *Line, limit int) ([]Line, error) {
	return waitingAfter(ctx, q, reviewID, "l.case_id = 0", last, limit)
}

// asked gives a page of lines behind one that wait for signatures somebody has been asked for.
func asked(ctx context.Context, q db.Q, reviewID int64, last *Line, limit int) ([]Line, error) {
	return waitingAfter(ctx, q, reviewID, "l.case_id <> 0", last, limit)
}

func waitingAfter(ctx context.Context, q db.Q, reviewID int64, which string, last *Line, limit int) ([]Line, error) {
	return db.List(ctx, q, "SELECT "+lineColumns+lineTables+"WHERE l.review_id = ? AND l.approval = 'waiting' AND "+which+
		" AND (l.code, l.customer_id) > (?, ?) ORDER BY l.code, l.customer_id LIMIT ?", []any{reviewID, last.Code, last.CustomerID, limit}, scanLine)
}

// moveUnit has the line of a customer follow it to another unit, in the campaigns that are under way.
func moveUnit(ctx context.Context, q db.Q, customerID int64) error {
	_, err := q.Exec(ctx, `UPDATE review_line SET unit_id = (SELECT c.unit_id FROM customer c WHERE c.id = review_line.customer_id)
		WHERE customer_id = ? AND review_id IN (SELECT id FROM review WHERE state IN ('opening', 'rating', 'meeting', 'closing'))`, customerID)
	return err
}

// moveUnits has the lines of a person's customers follow it to another unit.
func moveUnits(ctx context.Context, q db.Q, ownerID int64) error {
	_, err := q.Exec(ctx, `UPDATE review_line SET unit_id = (SELECT c.unit_id FROM customer c WHERE c.id = review_line.customer_id)
		WHERE customer_id IN (SELECT id FROM customer WHERE owner_id = ?) AND review_id IN (SELECT id FROM review WHERE state IN ('opening', 'rating', 'meeting', 'closing'))`, ownerID)
	return err
}

const versionColumns = "customer_id, id, review_id, round, code, position, reason, score, decided, computed_code, judged, note, rated_by, rated_for, rated_at"

func scanVersion(r db.Rows) (Version, error) {
	var v Version
	var judged []byte
	var at int64
	err := r.Scan(&v.CustomerID, &v.ID, &v.ReviewID, &v.Round, &v.Code, &v.Position, &v.Reason, &v.Score, &v.Decided, &v.ComputedCode, &judged, &v.Note, &v.RatedBy, &v.RatedFor, &at)
	v.RatedAt = clock.FromMicros(at)
	if err == nil {
		err = json.Unmarshal(judged, &v.Judged)
	}
	return v, err
}

// versionsOf gives every rating of a customer in a campaign, oldest first.
func versionsOf(ctx context.Context, q db.Q, reviewID, customerID int64) ([]Version, error) {
	return db.List(ctx, q, "SELECT "+versionColumns+" FROM review_rating WHERE customer_id = ? AND review_id = ? ORDER BY id", []any{customerID, reviewID}, scanVersion)
}

// versionsNamed gives the ratings with some ids of some customers.
func versionsNamed(ctx context.Context, q db.Q, customers, ids []int64) (map[int64]Version, error) {
	out := map[int64]Version{}
	list, err := db.List(ctx, q, "SELECT "+versionColumns+" FROM review_rating WHERE customer_id IN "+db.In(len(customers))+" AND id IN "+db.In(len(ids)),
		append(db.Args(customers), db.Args(ids)...), scanVersion)
	for _, v := range list {
		out[v.CustomerID] = v
	}
	return out, err
}

func insertVersion(ctx context.Context, q db.Q, v *Version) error {
	judged, err := json.Marshal(v.Judged)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO review_rating ("+versionColumns+") VALUES "+db.In(strings.Count(versionColumns, ",")+1),
		v.CustomerID, v.ID, v.ReviewID, v.Round, v.Code, v.Position, v.Reason, v.Score, v.Decided, v.ComputedCode, string(judged), v.Note, v.RatedBy, v.RatedFor, clock.Micros(v.RatedAt))
	if err != nil {
		return fmt.Errorf("keeping a rating: %w", err)
	}
	return nil
}

// fileRef is evidence for a judged item.
type fileRef struct {
	Item      string
	FileID    int64
	Name      string
	MediaType string
	Size      int64
}

func filesOf(ctx context.Context, q db.Q, reviewID, customerID int64) ([]fileRef, error) {
	return db.List(ctx, q, `SELECT r.item, r.file_id, f.name, f.media_type, f.size FROM review_file r JOIN file f ON f.id = r.file_id
		WHERE r.customer_id = ? AND r.review_id = ? ORDER BY r.item, r.file_id`, []any{customerID, reviewID}, func(r db.Rows) (fileRef, error) {
		var f fileRef
		err := r.Scan(&f.Item, &f.FileID, &f.Name, &f.MediaType, &f.Size)
		return f, err
	})
}

func addFile(ctx context.Context, q db.Q, l *Line, item string, fileID, by int64) error {
	_, err := q.Exec(ctx, `INSERT INTO review_file (customer_id, review_id, item, file_id, added_by) VALUES (?,?,?,?,?)
		ON CONFLICT (customer_id, review_id, item, file_id) DO NOTHING`, l.CustomerID, l.ReviewID, item, fileID, by)
	return err
}

func dropFile(ctx context.Context, q db.Q, l *Line, item string, fileID int64) error {
	_, err := q.Exec(ctx, "DELETE FROM review_file WHERE customer_id = ? AND review_id = ? AND item = ? AND file_id = ?", l.CustomerID, l.ReviewID, item, fileID)
	return err
}
