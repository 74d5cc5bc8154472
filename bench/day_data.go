package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// Each manager has five hundred customers; twenty managers make a unit. The people and units have the numbers from these on.
const (
	dayEach     = 500
	dayPerUnit  = 20
	dayHeads    = 1_000_000
	dayUnitIDs  = 2_000_000
	dayDirector = 3_000_000
)

func dayManagers(customers int) int { return max(customers/dayEach, 1) }
func dayUnits(customers int) int    { return max(dayManagers(customers)/dayPerUnit, 1) }

// makeDay fills an empty installation with customers of many managers who have had a year of duties, visits and promises.
func makeDay(ctx context.Context, a *app.App, n int) error {
	files := map[string]string{}
	for name, text := range planFiles {
		files[name] = text
	}
	files[rule.FileRulebook] += `indicators:
  - {key: kept_a, of: kept, duty: a_visit, target: 90%, title: {zh: 拜访及时, en: Visits kept}, clause: "1"}
  - {key: rated, of: coverage, target: 95%, title: {zh: 评定覆盖, en: Graded}, clause: "1"}
`
	_, err := a.Rulebooks.Upload(ctx, files)
	if err == nil {
		_, err = a.Rulebooks.Adopt(ctx, rulebook.AdoptInput{Rulebook: planBook, EffectiveFrom: today.AddMonths(-12)})
	}
	if err != nil {
		return err
	}
	made := today.AddDays(-400).Midnight(configOf("").Location()).UnixMicro()
	for from := 0; from < n && err == nil; from += fillChunk {
		err = a.DB.InTx(ctx, func(q db.Q) error { return fillCustomers(ctx, q, made, from, min(from+fillChunk, n)) })
	}
	return errors.Join(err, dayPeople(ctx, a.DB, n), dayHistory(ctx, a.DB, n, made*1000), analyse(ctx, a.DB))
}

func dayPeople(ctx context.Context, d *db.DB, n int) error {
	us := today.Midnight(configOf("").Location()).UnixMicro()
	return d.InTx(ctx, func(q db.Q) error {
		for u := range dayUnits(n) {
			if _, err := q.Exec(ctx, "INSERT INTO unit (id, parent_id, code, name_zh, name_en, created_at) VALUES (?,NULL,?,?,?,?)",
				dayUnitIDs+u, "u"+strconv.Itoa(u), "支行", "Branch", us); err != nil {
				return err
			}
			if err := dayPerson(ctx, q, int64(dayHeads+u), authz.RoleRegionalManager, int64(dayUnitIDs+u), us); err != nil {
				return err
			}
		}
		for m := range dayManagers(n) {
			if err := dayPerson(ctx, q, int64(1+m), authz.RoleCustomerManager, int64(dayUnitIDs+m%dayUnits(n)), us); err != nil {
				return err
			}
		}
		return dayPerson(ctx, q, dayDirector, authz.RoleDirector, dayUnitIDs, us)
	})
}

func dayPerson(ctx context.Context, q db.Q, id int64, role string, unit, us int64) error {
	login := fmt.Sprintf("p%d", id)
	if _, err := q.Exec(ctx, `INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at)
		VALUES (?,?,?,'','',?,'active','zh','system','{}',0,1,?,?)`, id, login, login, unit, us, us); err != nil {
		return err
	}
	_, err := q.Exec(ctx, "INSERT INTO user_role (user_id, role) VALUES (?,?)", id, role)
	return err
}

// dayHistory gives every customer an owner, a grade, a contact, a movement, four duties in four states, and one in ten a visit and a promise.
// Days are drawn from the number of the customer, so that each manager has duties on all days.
func dayHistory(ctx context.Context, d *db.DB, n int, first int64) error {
	ord := fmt.Sprintf("(c.id - %d)", first)
	days := fmt.Sprintf("(%s / %d) %% 90", ord, dayManagers(n))
	past, next := dayOf(days, -120), dayOf(days, -15)
	day := "'" + today.AddDays(-10).String() + "'"
	owner := fmt.Sprintf("1 + %s %% %d", ord, dayManagers(n))
	unit := fmt.Sprintf("%d + (%s %% %d) %% %d", dayUnitIDs, ord, dayManagers(n), dayUnits(n))
	code := "CASE " + ord + " / 7 % 3 WHEN 0 THEN 'A' WHEN 1 THEN 'B' ELSE 'C' END"
	duty := func(k int, rule, state, due string) string {
		return fmt.Sprintf(`INSERT INTO duty (customer_id, id, rulebook, version, scheme, rule, clause, title_zh, title_en, verdict_id, grade, activity, every, evidence, assumed, role,
				owner_id, unit_id, window_from, due_on, state, plan_key, done_by, note, fact_id, reason, idem_key, idem_hash, version_no, created_at, updated_at, due_owner_id, due_unit_id)
			SELECT c.id, c.id + %d, '%s', '1.0.0', 'plans', '%s', '1', '拜访', 'Visit', 0, s.code, 'visit', 'P1M', '', 0, 'owner', c.owner_id, c.unit_id, %s, %s, '%s', 'k%d',
				0, '', 0, '', '', '', 1, 0, 0, c.owner_id, c.unit_id FROM customer c JOIN standing s ON s.customer_id = c.id ORDER BY c.owner_id, c.id`, (k+1)*100_000_000, planBook, rule, due, due, state, k)
	}
	for _, text := range []string{
		"UPDATE customer AS c SET owner_id = " + owner + ", unit_id = " + unit + ", region = CASE " + ord + " % 3 WHEN 0 THEN '330106' WHEN 1 THEN '440305' ELSE '110108' END",
		`INSERT INTO standing (customer_id, scheme, rulebook, verdict_id, code, position, reason, as_of, since, previous_code)
			SELECT c.id, 'plans', '` + planBook + "', 0, " + code + ", 0, '', " + day + ", " + day + ", '' FROM customer c",
		`INSERT INTO grading_run (id, rulebook, version, adoption_id, scheme, as_of, state, in_scope, graded, without_verdict, changed, written, counts, upto, job_id, started_by, started_at, finished_at)
			VALUES (1, '` + planBook + "', '1.0.0', 0, 'plans', " + day + ", 'done', 0, 0, 0, 1, 0, '{}', 0, 0, 0, 0, 0)",
		`INSERT INTO movement (customer_id, run_id, scheme, from_code, to_code, direction, as_of)
			SELECT c.id, 1, 'plans', 'B', 'A', 1 - 2 * (` + ord + " % 2), " + day + " FROM customer c WHERE " + ord + " / 7 % 10 = 0",
		`INSERT INTO contact (customer_id, id, name, title, phone, email, is_primary, note, version, created_at, updated_at)
			SELECT c.id, c.id, '联系人', '', '', '', 1, '', 1, 0, 0 FROM customer c`,
		`INSERT INTO special_day (customer_id, id, contact_id, kind, name, lunar, year, month_day, note, version, created_at, updated_at)
			SELECT c.id, c.id, c.id, 'birthday', '', 0, 0, (1 + ` + ord + " % 12) * 100 + 1 + " + ord + " % 28, '', 1, 0, 0 FROM customer c",
		duty(0, "a_visit", "kept", past), duty(1, "a_visit", "missed", past), duty(2, "b_call", "open", next), duty(3, "a_visit", "late", dayOf(days, -130)),
		`INSERT INTO visit (customer_id, id, owner_id, unit_id, duty_id, state, on_day, from_min, to_min, purpose, place, ours, theirs, needs_appointment, report, met, feedback, reason, fact_id,
				version, created_by, created_at, updated_at)
			SELECT c.id, c.id, c.owner_id, c.unit_id, 0, CASE ` + ord + " % 2 WHEN 0 THEN 'planned' ELSE 'done' END, " + next + `, 540, 600, '', '', '[]', '[]', 0, '', '', '', '', 0, 1, 0, 0, 0
			FROM customer c WHERE ` + ord + " / 13 % 10 = 0",
		`INSERT INTO promise (customer_id, id, contact_id, owner_id, by_owner, unit_id, what, purpose, made_on, made_in, made_ref, first_due, due_on, moved, state, said, fact_id, version, created_by, created_at, updated_at)
			SELECT c.id, c.id, 0, c.owner_id, 1, c.unit_id, '寄样品', '', ` + day + ", '', 0, " + next + ", " + next + ", 0, 'open', '', 0, 1, 0, 0, 0 FROM customer c WHERE " + ord + " / 17 % 10 = 0",
	} {
		if err := d.InTx(ctx, func(q db.Q) error { _, err := q.Exec(ctx, text); return err }); err != nil {
			return fmt.Errorf("%.60s: %w", text, err)
		}
	}
	return nil
}

// dayOf is SQL for the day that lies so many days, and a few more, after today.
func dayOf(days string, more int) string {
	out := "CASE " + days
	for i := range 90 {
		out += fmt.Sprintf(" WHEN %d THEN '%s'", i, today.AddDays(i+more))
	}
	return out + " END"
}
