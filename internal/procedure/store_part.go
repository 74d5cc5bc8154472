package procedure

import (
	"context"
	"strconv"

	"kezhi/internal/db"
	"kezhi/internal/flow"
)

// File is an upload that a case holds.
type File struct {
	ID        int64
	Name      string
	MediaType string
	Size      int64
	Step      string
	Field     string
	By        int64
	At        int64
}

func insertingFile(caseID, fileID int64, step, field string, by, at int64) db.Stmt {
	return db.Stmt{
		SQL:  "INSERT INTO proc_file (case_id, file_id, step, field, created_by, created_at) VALUES (?,?,?,?,?,?) ON CONFLICT (case_id, file_id) DO NOTHING",
		Args: []any{caseID, fileID, step, field, by, at},
	}
}

func filesOfCase(ctx context.Context, q db.Q, caseID int64) ([]File, error) {
	return db.List(ctx, q, `SELECT f.id, f.name, f.media_type, f.size, p.step, p.field, p.created_by, p.created_at FROM proc_file p JOIN file f ON f.id = p.file_id
		WHERE p.case_id = ? ORDER BY p.created_at, p.file_id LIMIT 2000`, []any{caseID}, func(r db.Rows) (File, error) {
		var f File
		err := r.Scan(&f.ID, &f.Name, &f.MediaType, &f.Size, &f.Step, &f.Field, &f.By, &f.At)
		return f, err
	})
}

func heldFiles(ctx context.Context, q db.Q, caseID int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	err := each(ctx, q, "SELECT file_id FROM proc_file WHERE case_id = ?", []any{caseID}, func(r db.Rows) error {
		out[r.Int64(0)] = true
		return nil
	})
	return out, err
}

func casesOfFile(ctx context.Context, q db.Q, fileID int64) ([]int64, error) {
	return db.List(ctx, q, "SELECT case_id FROM proc_file WHERE file_id = ? LIMIT 50", []any{fileID}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

// Link is a case that belongs with another.
type Link struct {
	CaseID int64
	Kind   string
	Number string
	Title  string
	Status string
}

// insertingLink keeps a link once for each of the two, so that either finds the other.
func insertingLink(caseID, otherID int64, kind string, by, at int64) []db.Stmt {
	return db.RowsOf("INSERT INTO proc_link (case_id, other_id, kind, created_by, created_at) VALUES ", " ON CONFLICT (case_id, other_id) DO NOTHING",
		[][]any{{caseID, otherID, kind, by, at}, {otherID, caseID, kind, by, at}})
}

func linksOf(ctx context.Context, q db.Q, caseID int64) ([]Link, error) {
	return db.List(ctx, q, `SELECT l.other_id, l.kind, c.number, c.title, c.status FROM proc_link l JOIN proc_case c ON c.id = l.other_id
		WHERE l.case_id = ? ORDER BY l.created_at, l.other_id LIMIT 200`, []any{caseID}, func(r db.Rows) (Link, error) {
		var l Link
		err := r.Scan(&l.CaseID, &l.Kind, &l.Number, &l.Title, &l.Status)
		return l, err
	})
}

// Notice is something a person was told about a case, or about something else that About names.
type Notice struct {
	About      string    // review:ID; empty for a case
	AboutTitle flow.Text // of what About names

	UserID, ID, CaseID int64
	Code, Step, What   string
	LimitAt, At        int64
	Number, Title      string
	Kind               string
}

func insertingNotices(list []Notice) []db.Stmt {
	rows := make([][]any, len(list))
	for i, n := range list {
		rows[i] = []any{n.UserID, n.ID, n.CaseID, n.Code, n.Step, n.What, n.LimitAt, n.At, n.About, n.AboutTitle.Zh, n.AboutTitle.En}
	}
	return db.RowsOf("INSERT INTO proc_notice (user_id, id, case_id, code, step, what, limit_at, at, about, title_zh, title_en) VALUES ", "", rows)
}

// wasTold says whether a person was told something about what is no case before.
func wasTold(ctx context.Context, q db.Q, n *Notice) (bool, error) {
	var count int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM proc_notice WHERE user_id = ? AND about = ? AND about <> '' AND code = ? AND what = ?", []any{n.UserID, n.About, n.Code, n.What}, &count)
	return count > 0, err
}

// openNotices gives what a person has not put away, newest first.
func openNotices(ctx context.Context, q db.Q, userID int64, limit int) ([]Notice, error) {
	return db.List(ctx, q, `SELECT n.user_id, n.id, n.case_id, n.code, n.step, n.what, n.limit_at, n.at, COALESCE(c.number, ''), COALESCE(c.title, ''), COALESCE(c.kind, ''),
			n.about, n.title_zh, n.title_en FROM proc_notice n
		LEFT JOIN proc_case c ON c.id = n.case_id WHERE n.user_id = ? AND n.seen_at IS NULL ORDER BY n.id DESC LIMIT ?`, []any{userID, limit}, func(r db.Rows) (Notice, error) {
		var n Notice
		err := r.Scan(&n.UserID, &n.ID, &n.CaseID, &n.Code, &n.Step, &n.What, &n.LimitAt, &n.At, &n.Number, &n.Title, &n.Kind, &n.About, &n.AboutTitle.Zh, &n.AboutTitle.En)
		return n, err
	})
}

func countNotices(ctx context.Context, q db.Q, userID int64) (int64, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM proc_notice WHERE user_id = ? AND seen_at IS NULL", []any{userID}, &n)
	return n, err
}

// seeNotices puts notices away: one, or with 0 everything.
func seeNotices(ctx context.Context, q db.Q, userID, noticeID, now int64) error {
	sql, args := "UPDATE proc_notice SET seen_at = ? WHERE user_id = ? AND seen_at IS NULL", []any{now, userID}
	if noticeID != 0 {
		sql, args = sql+" AND id = ?", append(args, noticeID)
	}
	_, err := q.Exec(ctx, sql, args...)
	return err
}

func setFact(ctx context.Context, q db.Q, caseID, factID int64) error {
	_, err := q.Exec(ctx, "UPDATE proc_case SET fact_id = ? WHERE id = ?", factID, caseID)
	return err
}

// customerNames gives the names of the customers that the answers of a case name.
func customerNames(ctx context.Context, q db.Q, r *Record) (map[int64]string, error) {
	var ids []int64
	for step, past := range r.State.Steps {
		form := r.Definition.FormOf(step)
		if form == nil {
			continue
		}
		for i := range form.Fields {
			if form.Fields[i].Type != flow.FieldCustomer {
				continue
			}
			for _, text := range past.Answers[form.Fields[i].Key].Each() {
				if n, err := strconv.ParseInt(text, 10, 64); err == nil {
					ids = append(ids, n)
				}
			}
		}
	}
	out := map[int64]string{}
	if len(ids) == 0 {
		return out, nil
	}
	err := each(ctx, q, "SELECT id, name FROM customer WHERE id IN "+db.In(len(ids)), db.Args(ids), func(row db.Rows) error {
		out[row.Int64(0)] = string(row.Bytes(1))
		return nil
	})
	return out, err
}
