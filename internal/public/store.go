package public

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/setting"
)

// The rows of the table of settings that are ours.
const (
	settingPages  = "public.pages"
	settingSecret = "public.secret"
)

// insertEntry lets a case be followed; one that can be followed already stays as it is.
func insertEntry(ctx context.Context, q db.Q, e entry, access string, now int64) error {
	_, err := q.Exec(ctx, `INSERT INTO public_case (case_id, access, phone, added, score, remark, rated_at, fact_customer_id, fact_id, fact_on, created_at)
		VALUES (?,?,?,0,0,'',NULL,0,0,NULL,?) ON CONFLICT (case_id) DO NOTHING`, e.caseID, access, e.phone, now)
	return err
}

const entryColumns = "case_id, phone, added, score, remark, COALESCE(rated_at, 0), fact_customer_id, fact_id, COALESCE(fact_on, '')"

func scanEntry(r db.Rows) (entry, error) {
	var e entry
	var on string
	err := r.Scan(&e.caseID, &e.phone, &e.added, &e.score, &e.remark, &e.ratedAt, &e.fact.CustomerID, &e.fact.FactID, &on)
	if e.fact.On = calendar.None; err == nil && on != "" {
		e.fact.On, err = calendar.Parse(on)
	}
	return e, err
}

// byAccess finds the case a number and a phone together open.
func byAccess(ctx context.Context, q db.Q, access string) (entry, error) {
	return db.One(ctx, q, "SELECT "+entryColumns+" FROM public_case WHERE access = ? ORDER BY case_id DESC LIMIT 1", []any{access}, scanEntry)
}

func byCase(ctx context.Context, q db.Q, caseID int64) (entry, error) {
	return db.One(ctx, q, "SELECT "+entryColumns+" FROM public_case WHERE case_id = ?", []any{caseID}, scanEntry)
}

// countAdded counts an addition; false when there are as many as there may be.
func countAdded(ctx context.Context, q db.Q, caseID int64) (bool, error) {
	n, err := q.Exec(ctx, "UPDATE public_case SET added = added + 1 WHERE case_id = ? AND added < ?", caseID, maxAdded)
	return n == 1, err
}

func putRating(ctx context.Context, q db.Q, e entry) error {
	var on any
	if e.fact.FactID != 0 {
		on = e.fact.On.String()
	}
	_, err := q.Exec(ctx, "UPDATE public_case SET score = ?, remark = ?, rated_at = ?, fact_customer_id = ?, fact_id = ?, fact_on = ? WHERE case_id = ?",
		e.score, e.remark, e.ratedAt, e.fact.CustomerID, e.fact.FactID, on, e.caseID)
	return err
}

// loadSettings gives what the organisation set, or the defaults.
func loadSettings(ctx context.Context, q db.Q) (Settings, error) {
	s := defaults()
	err := setting.Load(ctx, q, settingPages, &s)
	return s, err
}
