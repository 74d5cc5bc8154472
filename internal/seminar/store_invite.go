package seminar

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

const selectInvite = `SELECT v.customer_id, v.id, v.seminar_id, v.number, v.contact_id, v.person, v.company, v.phone, v.origin, v.answer, v.guests, v.guest_names, v.note,
	v.answered_at, v.answered_by, v.waiting_since, v.moved_up_at, v.came, v.came_at, v.came_by, v.fact_id, v.duty_id, v.version,
	COALESCE(c.code, ''), COALESCE(c.name, ''), COALESCE(c.owner_id, 0), COALESCE(c.unit_id, 0), COALESCE(c.region, ''), COALESCE(o.name, '')
	FROM seminar_invite v LEFT JOIN customer c ON c.id = v.customer_id LEFT JOIN app_user o ON o.id = c.owner_id`

func scanInvite(r db.Rows) (Invitation, error) {
	var v Invitation
	var names []byte
	err := r.Scan(&v.CustomerID, &v.ID, &v.SeminarID, &v.Number, &v.ContactID, &v.Person, &v.Company, &v.Phone, &v.Origin, &v.Answer, &v.Guests, &names, &v.Note,
		&v.AnsweredAt, &v.AnsweredBy, &v.WaitingSince, &v.MovedUpAt, &v.Came, &v.CameAt, &v.CameBy, &v.FactID, &v.DutyID, &v.Version,
		&v.Customer.Code, &v.Customer.Name, &v.Customer.OwnerID, &v.Customer.UnitID, &v.Customer.Region, &v.Customer.OwnerName)
	if err != nil {
		return v, err
	}
	return v, json.Unmarshal(names, &v.GuestNames)
}

func invitation(ctx context.Context, q db.Q, inviteID int64) (Invitation, error) {
	return db.One(ctx, q, selectInvite+" WHERE v.id = ?", []any{inviteID}, scanInvite)
}

func byNumber(ctx context.Context, q db.Q, seminarID, number int64) (Invitation, error) {
	return db.One(ctx, q, selectInvite+" WHERE v.seminar_id = ? AND v.number = ?", []any{seminarID, number}, scanInvite)
}

func ofCustomer(ctx context.Context, q db.Q, seminarID, customerID int64) (Invitation, error) {
	return db.One(ctx, q, selectInvite+" WHERE v.customer_id = ? AND v.seminar_id = ?", []any{customerID, seminarID}, scanInvite)
}

func invitationOfKey(ctx context.Context, q db.Q, customerID, seminarID int64, key string) (inviteID int64, hash string, err error) {
	err = db.Get(ctx, q, "SELECT id, idem_hash FROM seminar_invite WHERE customer_id = ? AND seminar_id = ? AND idem_key <> '' AND idem_key = ?",
		[]any{customerID, seminarID, key}, &inviteID, &hash)
	return inviteID, hash, err
}

// candidate is a customer that may be invited, with who is asked and what became of an invitation before (hadID 0 = there was none).
type candidate struct {
	customerID, contactID, hadID int64
	person, phone                string
	had                          Answer
}

// lookedUp is how many customers are looked up at once.
const lookedUp = 500

// whoToInvite gives those customers that are in reach and not archived, with the contact people usually talk to.
func whoToInvite(ctx context.Context, q db.Q, scope authz.Scope, seminarID int64, customerIDs []int64) ([]candidate, error) {
	clause, args := scope.Clause("c")
	var out []candidate
	for len(customerIDs) > 0 {
		n := min(len(customerIDs), lookedUp)
		among, more := db.Among("c.id", customerIDs[:n])
		customerIDs = customerIDs[n:]
		part, err := db.List(ctx, q, `SELECT c.id, COALESCE(k.id, 0), COALESCE(k.name, ''), COALESCE(k.phone, ''), COALESCE(v.id, 0), COALESCE(v.answer, '')
			FROM customer c LEFT JOIN contact k ON k.customer_id = c.id AND k.is_primary = 1 AND k.archived_at IS NULL
			LEFT JOIN seminar_invite v ON v.customer_id = c.id AND v.seminar_id = ?
			WHERE `+among+" AND c.archived_at IS NULL AND "+clause+" ORDER BY c.sort_key, c.id", append(append([]any{seminarID}, more...), args...),
			func(r db.Rows) (candidate, error) {
				var x candidate
				err := r.Scan(&x.customerID, &x.contactID, &x.person, &x.phone, &x.hadID, &x.had)
				return x, err
			})
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
	}
	return out, nil
}

const insertInvite = `INSERT INTO seminar_invite (customer_id, id, seminar_id, number, contact_id, person, company, phone, origin, answer, guests, guest_names, note, answered_at,
	answered_by, waiting_since, moved_up_at, came, came_at, came_by, fact_id, duty_id, idem_key, idem_hash, version, created_by, created_at, updated_at) VALUES `

func inviteRow(v Invitation, by, now int64, r request) []any {
	return []any{
		v.CustomerID, v.ID, v.SeminarID, v.Number, v.ContactID, v.Person, v.Company, v.Phone, v.Origin, NoAnswer, 0, "[]", "", nil,
		0, nil, nil, 0, nil, 0, 0, 0, r.key, r.hash, 1, by, now, now,
	}
}

func insertInvitations(ctx context.Context, q db.Q, list []Invitation, by, now int64) error {
	rows := make([][]any, len(list))
	for i, v := range list {
		rows[i] = inviteRow(v, by, now, request{})
	}
	_, err := db.ExecAll(ctx, q, db.RowsOf(insertInvite, "", rows))
	return err
}

func insertWalkIn(ctx context.Context, q db.Q, v Invitation, by, now int64, r request) error {
	row := inviteRow(v, by, now, r)
	_, err := q.Exec(ctx, insertInvite+db.In(len(row)), row...)
	return err
}

// inviteAgain puts customers back on the list who had been taken off it.
func inviteAgain(ctx context.Context, q db.Q, seminarID int64, customerIDs []int64, now int64) error {
	list := make([]db.Stmt, len(customerIDs))
	for i, c := range customerIDs {
		list[i] = db.Stmt{SQL: `UPDATE seminar_invite SET answer = '', answered_at = NULL, answered_by = 0, version = version + 1, updated_at = ?
			WHERE customer_id = ? AND seminar_id = ? AND answer = 'withdrawn'`, Args: []any{now, c, seminarID}}
	}
	_, err := db.ExecAll(ctx, q, list)
	return err
}

// updateInvitation writes an invitation unless somebody else changed it since it was loaded; false then.
func updateInvitation(ctx context.Context, q db.Q, v, next Invitation, now int64) (bool, error) {
	names, err := json.Marshal(append([]string{}, next.GuestNames...))
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE seminar_invite SET person = ?, company = ?, phone = ?, answer = ?, guests = ?, guest_names = ?, note = ?, answered_at = ?, answered_by = ?,
		waiting_since = ?, moved_up_at = ?, came = ?, came_at = ?, came_by = ?, fact_id = ?, version = version + 1, updated_at = ? WHERE customer_id = ? AND id = ? AND version = ?`,
		next.Person, next.Company, next.Phone, next.Answer, next.Guests, string(names), next.Note, next.AnsweredAt, next.AnsweredBy,
		next.WaitingSince, next.MovedUpAt, next.Came, next.CameAt, next.CameBy, next.FactID, now, v.CustomerID, v.ID, v.Version)
	return n == 1, err
}

// setFact names the fact that an attendance became; whoever does it holds the invitation by updateInvitation.
func setFact(ctx context.Context, q db.Q, v Invitation, factID int64) error {
	_, err := q.Exec(ctx, "UPDATE seminar_invite SET fact_id = ? WHERE customer_id = ? AND id = ?", factID, v.CustomerID, v.ID)
	return err
}

func setDuty(ctx context.Context, q db.Q, v Invitation, dutyID, now int64) error {
	_, err := q.Exec(ctx, "UPDATE seminar_invite SET duty_id = ?, updated_at = ? WHERE customer_id = ? AND id = ?", dutyID, now, v.CustomerID, v.ID)
	return err
}

// waiting gives those who wait for a place, the longest first.
func waiting(ctx context.Context, q db.Q, seminarID int64) ([]Invitation, error) {
	return db.List(ctx, q, selectInvite+" WHERE v.seminar_id = ? AND v.answer = 'waiting' ORDER BY v.waiting_since, v.number", []any{seminarID}, scanInvite)
}

func anybodyCame(ctx context.Context, q db.Q, seminarID int64) (bool, error) {
	var n int64
	err := db.Get(ctx, q, "SELECT COUNT(*) FROM seminar_invite WHERE seminar_id = ? AND came > 0", []any{seminarID}, &n)
	return n > 0, err
}

func customersThatCame(ctx context.Context, q db.Q, seminarID int64) ([]Invitation, error) {
	return db.List(ctx, q, selectInvite+" WHERE v.seminar_id = ? AND v.came > 0 AND v.customer_id <> 0 ORDER BY v.number", []any{seminarID}, scanInvite)
}

// tallies says of events how the invitations of the customers in a scope stand. Absent is who said yes and did not come.
func tallies(ctx context.Context, q db.Q, ids []int64, scope authz.Scope) (map[int64]Tally, error) {
	out := make(map[int64]Tally, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	among, args := db.Among("v.seminar_id", ids)
	from := "seminar_invite v"
	if !scope.All {
		clause, more := scope.Clause("c")
		from, among, args = from+" JOIN customer c ON c.id = v.customer_id", among+" AND "+clause, append(args, more...)
	}
	sum := func(cond string) string { return "COALESCE(SUM(CASE WHEN " + cond + " THEN 1 ELSE 0 END), 0)" }
	_, err := db.List(ctx, q, "SELECT v.seminar_id, "+strings.Join([]string{
		sum("v.origin <> 'walk_in' AND v.answer <> 'withdrawn'"), sum("v.origin <> 'walk_in' AND v.answer = ''"), sum("v.answer = 'yes'"), sum("v.answer = 'waiting'"), sum("v.answer = 'no'"),
		sum("v.came > 0"), sum("v.answer = 'yes' AND v.came = 0"), sum("v.origin = 'walk_in'"),
	}, ", ")+", CAST(COALESCE(SUM(v.came), 0) AS BIGINT) FROM "+from+" WHERE "+among+" GROUP BY v.seminar_id", args, func(r db.Rows) (struct{}, error) {
		var seminarID int64
		var t Tally
		err := r.Scan(&seminarID, &t.Invited, &t.Open, &t.Yes, &t.Waiting, &t.No, &t.Came, &t.Absent, &t.WalkIns, &t.People)
		out[seminarID] = t
		return struct{}{}, err
	})
	return out, err
}

func guests(ctx context.Context, q db.Q, seminarID int64, g Guests, scope authz.Scope) ([]Invitation, string, error) {
	p := &predicate{}
	p.add(true, "v.seminar_id = ?", seminarID)
	if !scope.All {
		clause, args := scope.Clause("c")
		p.add(true, clause, args...)
	}
	p.add(len(g.Answers) == 0, "v.answer <> 'withdrawn'")
	p.add(len(g.Answers) > 0, "v.answer IN "+db.In(len(g.Answers)), db.Args(g.Answers)...)
	p.add(g.Came != nil && *g.Came, "v.came > 0")
	p.add(g.Came != nil && !*g.Came, "v.came = 0")
	if g.Text != "" {
		like := "%" + strings.NewReplacer("\\", "\\\\", "%", "\\%", "_", "\\_").Replace(strings.ToLower(g.Text)) + "%"
		number, err := strconv.ParseInt(g.Text, 10, 64)
		if err != nil {
			number = 0
		}
		p.add(true, `(v.number = ? OR LOWER(v.person) LIKE ? ESCAPE '\' OR LOWER(v.company) LIKE ? ESCAPE '\' OR LOWER(c.name) LIKE ? ESCAPE '\' OR LOWER(c.code) LIKE ? ESCAPE '\')`,
			number, like, like, like, like)
	}
	after, err := db.DecodeCursor(g.Cursor, 1)
	if err != nil {
		return nil, "", err
	}
	if after != nil {
		last, err := strconv.ParseInt(after[0], 10, 64)
		if err != nil {
			return nil, "", errs.New(errs.Invalid, "cursor.invalid")
		}
		p.add(true, "v.number > ?", last)
	}
	rows, err := db.List(ctx, q, selectInvite+p.where()+" ORDER BY v.number LIMIT ?", append(p.args, g.Limit+1), scanInvite)
	if err != nil || len(rows) <= g.Limit {
		return rows, "", err
	}
	rows = rows[:g.Limit]
	return rows, db.EncodeCursor(strconv.FormatInt(rows[g.Limit-1].Number, 10)), nil
}

// attendances gives the events a customer was invited to, the latest first.
func attendances(ctx context.Context, q db.Q, customerID int64, limit int) ([]Attendance, error) {
	all, err := db.List(ctx, q, selectInvite+` JOIN seminar m ON m.id = v.seminar_id WHERE v.customer_id = ? AND v.answer <> 'withdrawn'
		ORDER BY m.on_day DESC, m.id DESC LIMIT ?`, []any{customerID, limit}, scanInvite)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids := make([]int64, len(all))
	for i := range all {
		ids[i] = all[i].SeminarID
	}
	among, args := db.Among("m.id", ids)
	held, err := db.List(ctx, q, selectSeminar+" WHERE "+among, args, scanSeminar)
	byID := make(map[int64]Seminar, len(held))
	for _, m := range held {
		byID[m.ID] = m
	}
	out := make([]Attendance, len(all))
	for i := range all {
		out[i] = Attendance{byID[all[i].SeminarID], all[i]}
	}
	return out, err
}
