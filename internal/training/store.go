package training

import (
	"context"
	"encoding/json"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

const courseColumns = "c.id, c.topic, c.title, c.roles, c.units, c.state, c.edition, c.published_on, c.version, c.created_by, c.updated_at"

func scanCourse(r db.Rows) (Course, error) {
	var c Course
	var roles, units, content []byte
	err := r.Scan(&c.ID, &c.Topic, &c.Title, &roles, &units, &c.State, &c.Edition, &c.PublishedOn, &c.Version, &c.CreatedBy, &c.UpdatedAt, &content)
	if err != nil {
		return c, err
	}
	for text, into := range map[*[]byte]any{&roles: &c.Roles, &units: &c.Units, &content: &c.Content} {
		if err := json.Unmarshal(*text, into); err != nil {
			return c, errs.Wrap(err, errs.Internal, "internal")
		}
	}
	return c, nil
}

func texts(vs ...any) ([]any, error) {
	out := make([]any, len(vs))
	for i, v := range vs {
		b, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		out[i] = string(b)
	}
	return out, nil
}

// courses gives courses with their drafts.
func courses(ctx context.Context, q db.Q, where string, args ...any) ([]Course, error) {
	return db.List(ctx, q, "SELECT "+courseColumns+", c.draft FROM training_course c WHERE "+where+" ORDER BY c.title, c.id", args, scanCourse)
}

func course(ctx context.Context, q db.Q, courseID int64) (Course, error) {
	return db.One(ctx, q, "SELECT "+courseColumns+", c.draft FROM training_course c WHERE c.id = ?", []any{courseID}, scanCourse)
}

const fromPublished = "SELECT " + courseColumns + `, e.content FROM training_course c JOIN training_edition e ON e.course_id = c.id AND e.edition = c.edition
	WHERE c.state = 'published'`

// published gives the courses that are to be taken, with the content of their editions.
func published(ctx context.Context, q db.Q) ([]Course, error) {
	return db.List(ctx, q, fromPublished+" ORDER BY c.title, c.id", nil, scanCourse)
}

func publishedOne(ctx context.Context, q db.Q, courseID int64) (Course, error) {
	return db.One(ctx, q, fromPublished+" AND c.id = ?", []any{courseID}, scanCourse)
}

func coursesOfFile(ctx context.Context, q db.Q, fileID int64) ([]Course, error) {
	return courses(ctx, q, "c.file_id = ? OR EXISTS (SELECT 1 FROM training_edition e WHERE e.course_id = c.id AND e.edition = c.edition AND e.file_id = ?)", fileID, fileID)
}

func insertCourse(ctx context.Context, q db.Q, c *Course) error {
	t, err := texts(c.Roles, c.Units, c.Content)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `INSERT INTO training_course (id, topic, title, roles, units, state, edition, published_on, draft, file_id, version, created_by, created_at, updated_at)
		VALUES (?,?,?,?,?,?,0,NULL,?,?,1,?,?,?)`, c.ID, c.Topic, c.Title, t[0], t[1], c.State, t[2], c.Content.FileID, c.CreatedBy, c.UpdatedAt, c.UpdatedAt)
	return err
}

func updateCourse(ctx context.Context, q db.Q, c *Course) error {
	t, err := texts(c.Roles, c.Units, c.Content)
	if err != nil {
		return err
	}
	n, err := q.Exec(ctx, `UPDATE training_course SET topic = ?, title = ?, roles = ?, units = ?, state = ?, edition = ?, published_on = ?, draft = ?, file_id = ?, version = version + 1, updated_at = ?
		WHERE id = ? AND version = ?`, c.Topic, c.Title, t[0], t[1], c.State, c.Edition, c.PublishedOn, t[2], c.Content.FileID, c.UpdatedAt, c.ID, c.Version)
	if err == nil && n != 1 {
		err = errs.New(errs.Precondition, "precondition_failed", "current", c.Version+1)
	}
	return err
}

func insertEdition(ctx context.Context, q db.Q, c *Course, by, now int64) error {
	t, err := texts(c.Content)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO training_edition (course_id, edition, content, file_id, published_by, published_at) VALUES (?,?,?,?,?,?)",
		c.ID, c.Edition, t[0], c.Content.FileID, by, now)
	return err
}

func edition(ctx context.Context, q db.Q, courseID int64, no int) (Content, error) {
	var c Content
	var text []byte
	err := db.Get(ctx, q, "SELECT content FROM training_edition WHERE course_id = ? AND edition = ?", []any{courseID, no}, &text)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	return c, err
}

func articleThere(ctx context.Context, q db.Q, articleID int64) (bool, error) {
	var n int
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM article WHERE id = ?", []any{articleID}, &n)
	return n > 0, err
}

func uploader(ctx context.Context, q db.Q, fileID int64) (by int64, err error) {
	err = db.Get(ctx, q, "SELECT created_by FROM file WHERE id = ?", []any{fileID}, &by)
	return by, err
}

// person gives somebody as courses see him, and his unit.
func person(ctx context.Context, q db.Q, userID int64, loc *time.Location) (l learner, unit int64, err error) {
	l.ID = userID
	var joined int64
	if err = db.Get(ctx, q, "SELECT COALESCE(unit_id, 0), created_at FROM app_user WHERE id = ?", []any{userID}, &unit, &joined); err != nil {
		return l, 0, err
	}
	l.Joined = calendar.FromTime(clock.FromMicros(joined), loc)
	l.Roles, err = db.List(ctx, q, "SELECT role FROM user_role WHERE user_id = ? ORDER BY role", []any{userID}, func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	return l, unit, err
}

const attemptColumns = "id, user_id, course_id, edition, paper, answers, state, score, forgiven, begun_at, ended_at"

func scanAttempt(r db.Rows) (Attempt, error) {
	var a Attempt
	var paper, answers []byte
	err := r.Scan(&a.ID, &a.UserID, &a.CourseID, &a.Edition, &paper, &answers, &a.State, &a.Score, &a.Forgiven, &a.BegunAt, &a.EndedAt)
	if err == nil {
		err = json.Unmarshal(paper, &a.Paper)
	}
	if err == nil {
		err = json.Unmarshal(answers, &a.Answers)
	}
	return a, err
}

// attemptsOf gives somebody's attempts at a course, oldest first.
func attemptsOf(ctx context.Context, q db.Q, userID, courseID int64) ([]Attempt, error) {
	return db.List(ctx, q, "SELECT "+attemptColumns+" FROM training_attempt WHERE user_id = ? AND course_id = ? ORDER BY id", []any{userID, courseID}, scanAttempt)
}

func attempt(ctx context.Context, q db.Q, attemptID int64) (Attempt, error) {
	return db.One(ctx, q, "SELECT "+attemptColumns+" FROM training_attempt WHERE id = ?", []any{attemptID}, scanAttempt)
}

func insertAttempt(ctx context.Context, q db.Q, a *Attempt) error {
	t, err := texts(a.Paper)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO training_attempt ("+attemptColumns+") VALUES (?,?,?,?,?,'[]',?,0,?,?,0)", a.ID, a.UserID, a.CourseID, a.Edition, t[0], a.State, false, a.BegunAt)
	return err
}

// endAttempt closes an open attempt; of two at once one wins.
func endAttempt(ctx context.Context, q db.Q, a *Attempt) error {
	if a.Answers == nil {
		a.Answers = [][]int{}
	}
	t, err := texts(a.Answers)
	if err != nil {
		return err
	}
	n, err := q.Exec(ctx, "UPDATE training_attempt SET state = ?, answers = ?, score = ?, ended_at = ? WHERE id = ? AND state = 'open'", a.State, t[0], a.Score, a.EndedAt, a.ID)
	if err == nil && n != 1 {
		err = errs.New(errs.Conflict, "training.void")
	}
	return err
}

// forgive has somebody's failed attempts at a course no longer count.
func forgive(ctx context.Context, q db.Q, userID, courseID int64) (int64, error) {
	return q.Exec(ctx, "UPDATE training_attempt SET forgiven = ? WHERE user_id = ? AND course_id = ? AND state = 'failed' AND forgiven = ?", true, userID, courseID, false)
}

const certificateColumns = "id, user_id, topic, title, number, course_id, attempt_id, issued_on, expires_on, withdrawn, created_by, created_at"

func scanCertificate(r db.Rows) (Certificate, error) {
	var c Certificate
	err := r.Scan(&c.ID, &c.UserID, &c.Topic, &c.Title, &c.Number, &c.CourseID, &c.AttemptID, &c.IssuedOn, &c.ExpiresOn, &c.Withdrawn, &c.CreatedBy, &c.CreatedAt)
	return c, err
}

// certificatesOf gives somebody's certificates, the newest first; topic "" = all.
func certificatesOf(ctx context.Context, q db.Q, userID int64, topic string) ([]Certificate, error) {
	where, args := "user_id = ?", []any{userID}
	if topic != "" {
		where, args = where+" AND topic = ?", append(args, topic)
	}
	return db.List(ctx, q, "SELECT "+certificateColumns+" FROM training_certificate WHERE "+where+" ORDER BY issued_on DESC, id DESC", args, scanCertificate)
}

func certificate(ctx context.Context, q db.Q, certificateID int64) (Certificate, error) {
	return db.One(ctx, q, "SELECT "+certificateColumns+" FROM training_certificate WHERE id = ?", []any{certificateID}, scanCertificate)
}

// insertCertificate keeps a certificate; false when the same one is there already.
func insertCertificate(ctx context.Context, q db.Q, c *Certificate) (bool, error) {
	n, err := q.Exec(ctx, "INSERT INTO training_certificate ("+certificateColumns+") VALUES (?,?,?,?,?,?,?,?,?,'',?,?) ON CONFLICT (user_id, topic, issued_on, number) DO NOTHING",
		c.ID, c.UserID, c.Topic, c.Title, c.Number, c.CourseID, c.AttemptID, c.IssuedOn, c.ExpiresOn, c.CreatedBy, c.CreatedAt)
	return n == 1, err
}

func withdrawCertificate(ctx context.Context, q db.Q, certificateID int64, why string) (int64, error) {
	return q.Exec(ctx, "UPDATE training_certificate SET withdrawn = ? WHERE id = ? AND withdrawn = ''", why, certificateID)
}

// logins gives the ids of people by their login.
func logins(ctx context.Context, q db.Q) (map[string]int64, error) {
	out := map[string]int64{}
	_, err := db.List(ctx, q, "SELECT login, id FROM app_user", nil, func(r db.Rows) (struct{}, error) {
		out[string(r.Bytes(0))] = r.Int64(1)
		return struct{}{}, nil
	})
	return out, err
}
