package seminar

import (
	"context"
	"encoding/json"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

const selectSeminar = `SELECT m.id, m.title_zh, m.title_en, m.kind, m.on_day, m.from_min, m.to_min, m.place, m.about, m.organiser_id, m.unit_id, m.team, m.capacity, m.guests,
	m.answer_by, m.budget, m.currency, m.rulebook, m.rule, m.grade, m.clause, m.duty_zh, m.duty_en, m.state, m.reason, m.summary, m.closed_at, m.kept, m.taken,
	m.version, m.created_by, m.created_at, COALESCE(o.name, '') FROM seminar m LEFT JOIN app_user o ON o.id = m.organiser_id`

func scanSeminar(r db.Rows) (Seminar, error) {
	var m Seminar
	var team []byte
	err := r.Scan(&m.ID, &m.TitleZh, &m.TitleEn, &m.Kind, &m.On, &m.FromMin, &m.ToMin, &m.Place, &m.About, &m.OrganiserID, &m.UnitID, &team, &m.Capacity, &m.Guests,
		&m.AnswerBy, &m.Budget, &m.Currency, &m.Asked.Rulebook, &m.Asked.Rule, &m.Asked.Grade, &m.Clause, &m.DutyZh, &m.DutyEn, &m.State, &m.Reason, &m.Summary, &m.ClosedAt, &m.Kept, &m.Taken,
		&m.Version, &m.CreatedBy, &m.CreatedAt, &m.OrganiserName)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(team, &m.Team)
}

func load(ctx context.Context, q db.Q, seminarID int64) (Seminar, error) {
	return db.One(ctx, q, selectSeminar+" WHERE m.id = ?", []any{seminarID}, scanSeminar)
}

// loadFull gives an event with the names of its team and how its invitations stand.
func loadFull(ctx context.Context, q db.Q, seminarID int64) (Seminar, error) {
	m, err := load(ctx, q, seminarID)
	if err != nil {
		return m, err
	}
	if m.TeamNames, err = names(ctx, q, m.Team); err != nil {
		return m, err
	}
	all, err := tallies(ctx, q, []int64{m.ID}, authz.Scope{All: true})
	m.Tally = all[m.ID]
	return m, err
}

// names gives the names of people in the order of their ids.
func names(ctx context.Context, q db.Q, people []int64) ([]string, error) {
	if len(people) == 0 {
		return nil, nil
	}
	return db.List(ctx, q, "SELECT name FROM app_user WHERE id IN "+db.In(len(people))+" ORDER BY id", db.Args(people),
		func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
}

// activeUnits gives the units of those people who are active; 0 is no unit.
func activeUnits(ctx context.Context, q db.Q, people []int64) (map[int64]int64, error) {
	rows, err := db.List(ctx, q, "SELECT id, COALESCE(unit_id, 0) FROM app_user WHERE state = 'active' AND id IN "+db.In(len(people)), db.Args(people),
		func(r db.Rows) ([2]int64, error) { return [2]int64{r.Int64(0), r.Int64(1)}, nil })
	out := make(map[int64]int64, len(rows))
	for _, r := range rows {
		out[r[0]] = r[1]
	}
	return out, err
}

func seminarOfKey(ctx context.Context, q db.Q, userID int64, key string) (seminarID int64, hash string, err error) {
	err = db.Get(ctx, q, "SELECT id, idem_hash FROM seminar WHERE created_by = ? AND idem_key <> '' AND idem_key = ?", []any{userID, key}, &seminarID, &hash)
	return seminarID, hash, err
}

func teamText(team []int64) (string, error) {
	b, err := json.Marshal(append([]int64{}, team...))
	return string(b), err
}

func insertSeminar(ctx context.Context, q db.Q, m *Seminar, r request) error {
	team, err := teamText(m.Team)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `INSERT INTO seminar (id, title_zh, title_en, kind, on_day, from_min, to_min, place, about, organiser_id, unit_id, team, capacity, guests, answer_by,
		budget, currency, rulebook, rule, grade, clause, duty_zh, duty_en, state, reason, summary, closed_by, closed_at, kept, taken, last_number, idem_key, idem_hash, version,
		created_by, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'','',0,NULL,0,0,0,?,?,1,?,?,?)`,
		m.ID, m.TitleZh, m.TitleEn, m.Kind, m.On, m.FromMin, m.ToMin, m.Place, m.About, m.OrganiserID, m.UnitID, team, m.Capacity, m.Guests, m.AnswerBy,
		m.Budget, m.Currency, m.Asked.Rulebook, m.Asked.Rule, m.Asked.Grade, m.Clause, m.DutyZh, m.DutyEn, m.State, r.key, r.hash, m.CreatedBy, m.CreatedAt, m.CreatedAt)
	return err
}

// updateSeminar writes a planned event unless somebody changed it since it was loaded or more places are taken than it then has; false then.
func updateSeminar(ctx context.Context, q db.Q, m Seminar, now int64) (bool, error) {
	team, err := teamText(m.Team)
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE seminar SET title_zh = ?, title_en = ?, kind = ?, on_day = ?, from_min = ?, to_min = ?, place = ?, about = ?, organiser_id = ?, unit_id = ?, team = ?,
		capacity = ?, guests = ?, answer_by = ?, budget = ?, currency = ?, rulebook = ?, rule = ?, grade = ?, clause = ?, duty_zh = ?, duty_en = ?,
		version = version + 1, updated_at = ? WHERE id = ? AND version = ? AND state = 'planned' AND (CAST(? AS BIGINT) = 0 OR taken <= CAST(? AS BIGINT))`,
		m.TitleZh, m.TitleEn, m.Kind, m.On, m.FromMin, m.ToMin, m.Place, m.About, m.OrganiserID, m.UnitID, team,
		m.Capacity, m.Guests, m.AnswerBy, m.Budget, m.Currency, m.Asked.Rulebook, m.Asked.Rule, m.Asked.Grade, m.Clause, m.DutyZh, m.DutyEn,
		now, m.ID, m.Version, m.Capacity, m.Capacity)
	return n == 1, err
}

// giveSeminar has somebody else organise a planned event unless somebody changed it since it was loaded; false then.
func giveSeminar(ctx context.Context, q db.Q, m, next Seminar, now int64) (bool, error) {
	team, err := teamText(next.Team)
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE seminar SET organiser_id = ?, unit_id = ?, team = ?, version = version + 1, updated_at = ?
		WHERE id = ? AND version = ? AND state = 'planned'`, next.OrganiserID, next.UnitID, team, now, m.ID, m.Version)
	return n == 1, err
}

// organised finds the planned events of an organiser.
const organised = " FROM seminar WHERE organiser_id = ? AND state = 'planned'"

func countOrganised(ctx context.Context, q db.Q, userID int64) (n int64, err error) {
	return n, db.Get(ctx, q, "SELECT COUNT(*)"+organised, []any{userID}, &n)
}

func listOrganised(ctx context.Context, q db.Q, userID, after int64, limit int) ([]Organised, error) {
	return db.List(ctx, q, "SELECT id, title_zh, title_en, on_day"+organised+" AND id > ? ORDER BY id LIMIT ?", []any{userID, after, limit},
		func(r db.Rows) (Organised, error) {
			var o Organised
			err := r.Scan(&o.ID, &o.TitleZh, &o.TitleEn, &o.On)
			return o, err
		})
}

// endSeminar closes or cancels a planned event; false when it is no longer planned.
func endSeminar(ctx context.Context, q db.Q, m Seminar, by, now int64) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE seminar SET state = ?, reason = ?, summary = ?, closed_by = ?, closed_at = ?, version = version + 1, updated_at = ?
		WHERE id = ? AND state = 'planned'`, m.State, m.Reason, m.Summary, by, now, now, m.ID)
	return n == 1, err
}

func setKept(ctx context.Context, q db.Q, seminarID, kept int64) error {
	_, err := q.Exec(ctx, "UPDATE seminar SET kept = ? WHERE id = ?", kept, seminarID)
	return err
}

// take takes places of a planned event, or gives them back when they are negative; false when there is no room or it is no longer planned.
// Everything that changes who comes goes through this row first, so that it happens one after the other.
func take(ctx context.Context, q db.Q, seminarID, places int64) (bool, error) {
	n, err := q.Exec(ctx, `UPDATE seminar SET taken = taken + CAST(? AS BIGINT) WHERE id = ? AND state = 'planned'
		AND (capacity = 0 OR CAST(? AS BIGINT) <= 0 OR taken + CAST(? AS BIGINT) <= capacity)`, places, seminarID, places, places)
	return n == 1, err
}

// nextNumbers gives the last of n new numbers; false when the event is no longer planned or there would be more than most.
func nextNumbers(ctx context.Context, q db.Q, seminarID, n, most int64) (last int64, ok bool, err error) {
	err = db.Get(ctx, q, `UPDATE seminar SET last_number = last_number + CAST(? AS BIGINT) WHERE id = ? AND state = 'planned' AND last_number + CAST(? AS BIGINT) <= CAST(? AS BIGINT)
		RETURNING last_number`, []any{n, seminarID, n, most}, &last)
	if db.IsNoRows(err) {
		return 0, false, nil
	}
	return last, err == nil, err
}

// predicate collects conditions with their arguments.
type predicate struct {
	conds []string
	args  []any
}

func (p *predicate) add(on bool, cond string, args ...any) {
	if on {
		p.conds, p.args = append(p.conds, cond), append(p.args, args...)
	}
}

func (p *predicate) where() string { return " WHERE " + strings.Join(append(p.conds, "1=1"), " AND ") }

func list(ctx context.Context, q db.Q, f Filter, userID int64) ([]Seminar, string, error) {
	p := &predicate{}
	p.add(len(f.States) > 0, "m.state IN "+db.In(len(f.States)), db.Args(f.States)...)
	p.add(len(f.Kinds) > 0, "m.kind IN "+db.In(len(f.Kinds)), db.Args(f.Kinds)...)
	p.add(f.Mine, "(m.organiser_id = ? OR REPLACE(REPLACE(m.team, '[', ','), ']', ',') LIKE ?)", userID, "%,"+id.String(userID)+",%")
	p.add(f.From != calendar.None, "m.on_day >= ?", f.From)
	p.add(f.To != calendar.None, "m.on_day <= ?", f.To)
	sign, direction := ">", ""
	if f.Newest {
		sign, direction = "<", " DESC"
	}
	after, err := db.DecodeCursor(f.Cursor, 2)
	if err != nil {
		return nil, "", err
	}
	if after != nil {
		day, derr := calendar.Parse(after[0])
		last, ierr := id.Parse(after[1])
		if derr != nil || ierr != nil {
			return nil, "", errs.New(errs.Invalid, "cursor.invalid")
		}
		p.add(true, "(m.on_day, m.id) "+sign+" (?, ?)", day, last)
	}
	rows, err := db.List(ctx, q, selectSeminar+p.where()+" ORDER BY m.on_day"+direction+", m.id"+direction+" LIMIT ?", append(p.args, f.Limit+1), scanSeminar)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(rows) > f.Limit {
		rows = rows[:f.Limit]
		last := rows[f.Limit-1]
		next = db.EncodeCursor(last.On.String(), id.String(last.ID))
	}
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	all, err := tallies(ctx, q, ids, authz.Scope{All: true})
	for i := range rows {
		rows[i].Tally = all[rows[i].ID]
	}
	return rows, next, err
}
