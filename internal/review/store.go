package review

import (
	"context"
	"fmt"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const reviewColumns = `id, rulebook, version, adoption_id, scheme, state, opens_on, rate_by, closes_on, effective_on, customers, note, meeting_on, meeting_people,
	meeting_note, opened_by, opened_at, closed_by, closed_at, effected_at, run_id, version_no`

func scanReview(r db.Rows) (Review, error) {
	var v Review
	var opened int64
	err := r.Scan(&v.ID, &v.Rulebook, &v.Version, &v.AdoptionID, &v.Scheme, &v.State, &v.OpensOn, &v.RateBy, &v.ClosesOn, &v.EffectiveOn, &v.Customers, &v.Note,
		&v.MeetingOn, &v.MeetingPeople, &v.MeetingNote, &v.OpenedBy, &opened, &v.ClosedBy, &v.ClosedAt, &v.EffectedAt, &v.RunID, &v.VersionNo)
	v.OpenedAt = clock.FromMicros(opened)
	return v, err
}

func getReview(ctx context.Context, q db.Q, reviewID int64) (Review, error) {
	return db.One(ctx, q, "SELECT "+reviewColumns+" FROM review WHERE id = ?", []any{reviewID}, scanReview)
}

// listReviews gives campaigns newest first, those before an id (0 = from the newest).
func listReviews(ctx context.Context, q db.Q, rulebook, state string, before int64, limit int) ([]Review, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	return db.List(ctx, q, "SELECT "+reviewColumns+` FROM review WHERE id < ? AND (? = '' OR rulebook = ?) AND (? = '' OR state = ?)
		ORDER BY id DESC LIMIT ?`, []any{before, rulebook, rulebook, state, state, limit}, scanReview)
}

// openReviews gives the campaigns in which something can still be done.
func openReviews(ctx context.Context, q db.Q) ([]Review, error) {
	return db.List(ctx, q, "SELECT "+reviewColumns+" FROM review WHERE state IN ('opening', 'rating', 'meeting', 'closing') ORDER BY id", nil, scanReview)
}

// activeReviews gives the campaigns in which something waits for somebody: those that are under way, and closed ones with a customer that was reopened.
func activeReviews(ctx context.Context, q db.Q) ([]Review, error) {
	return db.List(ctx, q, "SELECT "+reviewColumns+` FROM review WHERE state IN ('opening', 'rating', 'meeting', 'closing')
		OR state = 'closed' AND id IN (SELECT l.review_id FROM review_line l WHERE l.state = 'reopened') ORDER BY id`, nil, scanReview)
}

// openOf gives the campaign of a rulebook that is under way; db.ErrNoRows without one.
func openOf(ctx context.Context, q db.Q, rulebook string) (Review, error) {
	return db.One(ctx, q, "SELECT "+reviewColumns+" FROM review WHERE rulebook = ? AND state IN ('opening', 'rating', 'meeting', 'closing')", []any{rulebook}, scanReview)
}

// openedBetween says whether a campaign of a rulebook was opened for days that begin in a stretch, whatever became of it.
func openedBetween(ctx context.Context, q db.Q, rulebook string, from, to calendar.Date) (bool, error) {
	n, err := db.One(ctx, q, "SELECT COUNT(*) FROM review WHERE rulebook = ? AND closes_on >= ? AND opens_on <= ?", []any{rulebook, from, to}, firstInt)
	return n > 0, err
}

func firstInt(r db.Rows) (int64, error) { return r.Int64(0), nil }

func insertReview(ctx context.Context, q db.Q, r *Review) error {
	_, err := q.Exec(ctx, `INSERT INTO review (`+reviewColumns+`) VALUES (?,?,?,?,?,?,?,?,?,?,0,?,NULL,'','',?,?,0,NULL,0,0,1)`,
		r.ID, r.Rulebook, r.Version, r.AdoptionID, r.Scheme, r.State, r.OpensOn, r.RateBy, r.ClosesOn, r.EffectiveOn, r.Note, r.OpenedBy, clock.Micros(r.OpenedAt))
	if err != nil {
		return fmt.Errorf("opening a review: %w", err)
	}
	return nil
}

// moveReview moves a campaign that is in a state; false when it is no longer in it.
func moveReview(ctx context.Context, q db.Q, reviewID int64, from, to State) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE review SET state = ?, version_no = version_no + 1 WHERE id = ? AND state = ?", to, reviewID, from)
	return n == 1, err
}

// endReview notes who closed or withdrew a campaign, and when.
func endReview(ctx context.Context, q db.Q, reviewID, by int64, at time.Time) error {
	_, err := q.Exec(ctx, "UPDATE review SET closed_by = ?, closed_at = ? WHERE id = ?", by, clock.Micros(at), reviewID)
	return err
}

// saveReview writes what may be edited; false when somebody else was quicker.
func saveReview(ctx context.Context, q db.Q, r *Review) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE review SET rate_by = ?, closes_on = ?, effective_on = ?, note = ?, meeting_on = ?, meeting_people = ?, meeting_note = ?,
			version_no = version_no + 1 WHERE id = ? AND version_no = ?`,
		r.RateBy, r.ClosesOn, r.EffectiveOn, r.Note, r.MeetingOn, r.MeetingPeople, r.MeetingNote, r.ID, r.VersionNo)
	return n == 1, err
}

func setCustomers(ctx context.Context, q db.Q, reviewID int64) error {
	_, err := q.Exec(ctx, "UPDATE review SET customers = (SELECT COUNT(*) FROM review_line WHERE review_id = ?) WHERE id = ?", reviewID, reviewID)
	return err
}

func setEffected(ctx context.Context, q db.Q, reviewID, at int64) error {
	_, err := q.Exec(ctx, "UPDATE review SET effected_at = ?, run_id = 0 WHERE id = ?", at, reviewID)
	return err
}

func setRun(ctx context.Context, q db.Q, reviewID, runID int64) error {
	_, err := q.Exec(ctx, "UPDATE review SET run_id = ? WHERE id = ?", runID, reviewID)
	return err
}

// startOf gives when a grading began.
func startOf(ctx context.Context, q db.Q, runID int64) (int64, error) {
	return db.One(ctx, q, "SELECT started_at FROM grading_run WHERE id = ?", []any{runID}, firstInt)
}

// person is what matters of somebody one may stand in for.
type person struct {
	name   string
	unit   int64
	active bool
}

func personOf(ctx context.Context, q db.Q, userID int64) (person, error) {
	return db.One(ctx, q, "SELECT name, COALESCE(unit_id, 0), state FROM app_user WHERE id = ?", []any{userID}, func(r db.Rows) (person, error) {
		return person{string(r.Bytes(0)), r.Int64(1), string(r.Bytes(2)) == "active"}, nil
	})
}

// namesOf gives the names of people by id.
func namesOf(ctx context.Context, q db.Q, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	_, err := db.List(ctx, q, "SELECT id, name FROM app_user WHERE id IN "+db.In(len(ids)), db.Args(ids), func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = string(r.Bytes(1))
		return struct{}{}, nil
	})
	return out, err
}

func rolesOf(ctx context.Context, q db.Q, userID int64) ([]string, error) {
	return db.List(ctx, q, "SELECT role FROM user_role WHERE user_id = ? ORDER BY role", []any{userID}, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
}

// unitTree gives the parent of every unit, 0 at the top.
func unitTree(ctx context.Context, q db.Q) (map[int64]int64, error) {
	out := map[int64]int64{}
	_, err := db.List(ctx, q, "SELECT id, COALESCE(parent_id, 0) FROM unit", nil, func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = r.Int64(1)
		return struct{}{}, nil
	})
	return out, err
}

// unit names a unit.
type unit struct {
	ID             int64
	NameZh, NameEn string
}

func unitsOf(ctx context.Context, q db.Q) (map[int64]unit, error) {
	out := map[int64]unit{}
	_, err := db.List(ctx, q, "SELECT id, name_zh, name_en FROM unit", nil, func(r db.Rows) (struct{}, error) {
		u := unit{r.Int64(0), string(r.Bytes(1)), string(r.Bytes(2))}
		out[u.ID] = u
		return struct{}{}, nil
	})
	return out, err
}

// houseOf names the organisation: the unit at the top.
func houseOf(ctx context.Context, q db.Q) (unit, error) {
	list, err := db.List(ctx, q, "SELECT id, name_zh, name_en FROM unit WHERE COALESCE(parent_id, 0) = 0 ORDER BY id LIMIT 1", nil, func(r db.Rows) (unit, error) {
		return unit{r.Int64(0), string(r.Bytes(1)), string(r.Bytes(2))}, nil
	})
	if err != nil || len(list) == 0 {
		return unit{}, err
	}
	return list[0], nil
}

// holdersOf gives the active people who hold a role, with their units.
func holdersOf(ctx context.Context, q db.Q, role string) ([]Person, error) {
	return db.List(ctx, q, `SELECT u.id, u.name, COALESCE(u.unit_id, 0) FROM app_user u JOIN user_role r ON r.user_id = u.id
		WHERE r.role = ? AND u.state = 'active' ORDER BY u.name, u.id`, []any{role}, func(r db.Rows) (Person, error) {
		return Person{r.Int64(0), string(r.Bytes(1)), r.Int64(2)}, nil
	})
}

// Person is somebody active, with the unit.
type Person struct {
	ID   int64
	Name string
	unit int64
}

// colleagues gives the active people whose name or login holds a text.
func colleagues(ctx context.Context, q db.Q, search string, limit int) ([]Person, error) {
	like := "%" + likeEscaper.Replace(search) + "%"
	return db.List(ctx, q, `SELECT id, name, COALESCE(unit_id, 0) FROM app_user WHERE state = 'active' AND (name LIKE ? ESCAPE '\' OR login LIKE ? ESCAPE '\') ORDER BY name, id LIMIT ?`,
		[]any{like, like, limit}, func(r db.Rows) (Person, error) { return Person{r.Int64(0), string(r.Bytes(1)), r.Int64(2)}, nil })
}
