package message

import (
	"context"
	"encoding/json"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/setting"
)

const selectMessage = `SELECT m.id, m.customer_id, m.contact_id, COALESCE(c.name, ''), m.recipient, m.address, m.channel, m.purpose, m.template_id, m.language,
	m.subject, m.body, m.state, m.why, m.why_args, m.attempts, m.next_at, m.until_at, m.claimed_at, m.doubt_at, m.provider_id, m.ref, m.created_by, COALESCE(u.name, ''),
	m.created_at, m.sent_at, m.fact_id, m.version
	FROM message m LEFT JOIN customer c ON c.id = m.customer_id LEFT JOIN app_user u ON u.id = m.created_by `

func scan(r db.Rows) (Message, error) {
	var m Message
	var args []byte
	var created int64
	err := r.Scan(&m.ID, &m.CustomerID, &m.ContactID, &m.CustomerName, &m.Recipient, &m.Address, &m.Channel, &m.Purpose, &m.TemplateID, &m.Language,
		&m.Subject, &m.Body, &m.State, &m.Why, &args, &m.Attempts, &m.NextAt, &m.UntilAt, &m.ClaimedAt, &m.DoubtAt, &m.ProviderID, &m.Ref, &m.CreatedBy, &m.CreatorName,
		&created, &m.SentAt, &m.FactID, &m.Version)
	if err != nil {
		return m, err
	}
	m.CreatedAt = clock.FromMicros(created)
	return m, json.Unmarshal(args, &m.WhyArgs)
}

func load(ctx context.Context, q db.Q, scope authz.Scope, messageID int64) (Message, error) {
	clause, args := scope.Clause("c")
	return db.One(ctx, q, selectMessage+"WHERE m.id = ? AND "+clause, append([]any{messageID}, args...), scan)
}

// byKey finds the message an earlier request with the same key made, with the hash of that request.
func byKey(ctx context.Context, q db.Q, customerID int64, key string) (Message, string, error) {
	m, err := db.One(ctx, q, selectMessage+"WHERE m.customer_id = ? AND m.idem_key = ?", []any{customerID, key}, scan)
	if err != nil {
		return m, "", err
	}
	var hash string
	err = db.Get(ctx, q, "SELECT idem_hash FROM message WHERE customer_id = ? AND id = ?", []any{customerID, m.ID}, &hash)
	return m, hash, err
}

func insert(ctx context.Context, q db.Q, m *Message, now time.Time) error {
	args, err := json.Marshal(m.WhyArgs)
	if err != nil {
		return err
	}
	var key any
	if m.key != "" {
		key = m.key
	}
	at := clock.Micros(now)
	_, err = q.Exec(ctx, `INSERT INTO message (customer_id, id, contact_id, recipient, address, channel, purpose, template_id, language, subject, body, state, why, why_args,
			attempts, next_at, until_at, claimed_at, provider_id, ref, idem_key, idem_hash, fact_id, created_by, created_at, sent_at, updated_at, version)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,?,?,0,'',?,?,?,0,?,?,0,?,1)`,
		m.CustomerID, m.ID, m.ContactID, m.Recipient, m.Address, m.Channel, m.Purpose, m.TemplateID, m.Language, m.Subject, m.Body, m.State, m.Why, string(args),
		m.NextAt, m.UntilAt, m.Ref, key, m.hash, m.CreatedBy, at, at)
	return err
}

// saveOutcome writes what became of a message; false when it no longer stands where it stood.
func saveOutcome(ctx context.Context, q db.Q, m *Message, before State, now time.Time) (bool, error) {
	args, err := json.Marshal(m.WhyArgs)
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE message SET state = ?, why = ?, why_args = ?, attempts = ?, next_at = ?, claimed_at = ?, doubt_at = ?, address = ?, provider_id = ?, sent_at = ?, fact_id = ?,
			updated_at = ?, version = version + 1
		WHERE customer_id = ? AND id = ? AND state = ? AND version = ?`,
		m.State, m.Why, string(args), m.Attempts, m.NextAt, m.ClaimedAt, m.DoubtAt, m.Address, m.ProviderID, m.SentAt, m.FactID, clock.Micros(now), m.CustomerID, m.ID, before, m.Version)
	m.Version++
	return n == 1, err
}

type dueRow struct {
	messageID int64
	channel   channel.Name
}

// due gives the messages whose time has come on some channels, the longest waiting first.
func due(ctx context.Context, q db.Q, open []channel.Name, now int64, limit int) ([]dueRow, error) {
	if len(open) == 0 {
		return nil, nil
	}
	args := append([]any{now}, db.Args(open)...)
	return db.List(ctx, q, "SELECT id, channel FROM message WHERE state = 'queued' AND next_at <= ? AND channel IN "+db.In(len(open))+" ORDER BY next_at, id LIMIT ?",
		append(args, limit), func(r db.Rows) (dueRow, error) {
			var d dueRow
			err := r.Scan(&d.messageID, &d.channel)
			return d, err
		})
}

// lost gives messages that have been in hand since before a moment: nobody will write down what came of them.
func lost(ctx context.Context, q db.Q, before int64) ([]Message, error) {
	return db.List(ctx, q, selectMessage+"WHERE m.state = 'sending' AND m.claimed_at < ? ORDER BY m.id LIMIT 1000", []any{before}, scan)
}

// recentOf gives the moments at which a customer was written to since some moment, oldest first, of what the cap counts.
func recentOf(ctx context.Context, q db.Q, customerID, since int64) ([]int64, error) {
	return db.List(ctx, q, `SELECT claimed_at FROM message WHERE customer_id = ? AND claimed_at > ? AND purpose IN ('greeting', 'notice', 'offer', 'invitation')
			AND state IN ('sending', 'sent', 'unclear') ORDER BY claimed_at LIMIT 2000`,
		[]any{customerID, since}, func(r db.Rows) (int64, error) { return r.Int64(0), nil })
}

func list(ctx context.Context, q db.Q, scope authz.Scope, f Filter, loc *time.Location) ([]Message, string, error) {
	clause, args := scope.Clause("c")
	where := "WHERE " + clause
	add := func(sql string, vs ...any) { where, args = where+" AND "+sql, append(args, vs...) }
	if f.CustomerID != 0 {
		add("m.customer_id = ?", f.CustomerID)
	}
	if len(f.States) > 0 {
		add("m.state IN "+db.In(len(f.States)), db.Args(f.States)...)
	}
	if f.Channel != "" {
		add("m.channel = ?", f.Channel)
	}
	if f.Ref != "" {
		add("m.ref = ?", f.Ref)
	}
	if f.From > 0 {
		from, _ := dayBounds(f.From, loc)
		add("m.created_at >= ?", from)
	}
	if f.To > 0 {
		_, to := dayBounds(f.To, loc)
		add("m.created_at < ?", to)
	}
	if f.Cursor != "" {
		at, err := db.DecodeCursor(f.Cursor, 1)
		if err != nil {
			return nil, "", err
		}
		before, err := cursorID(at[0])
		if err != nil {
			return nil, "", err
		}
		add("m.id < ?", before)
	}
	rows, err := db.List(ctx, q, selectMessage+where+" ORDER BY m.id DESC LIMIT ?", append(args, f.Limit+1), scan)
	if err != nil || len(rows) <= f.Limit {
		return rows, "", err
	}
	rows = rows[:f.Limit]
	return rows, db.EncodeCursor(idText(rows[len(rows)-1].ID)), nil
}

// byRef gives the messages of some refs, oldest first.
func byRef(ctx context.Context, q db.Q, scope authz.Scope, refs []string) ([]Message, error) {
	clause, args := scope.Clause("c")
	return db.List(ctx, q, selectMessage+"WHERE m.ref <> '' AND m.ref IN "+db.In(len(refs))+" AND "+clause+" ORDER BY m.id", append(db.Args(refs), args...), scan)
}

// replaced says whether a later message of a customer about the same thing (Ref) waits, went out or may have.
func replaced(ctx context.Context, q db.Q, customerID int64, ref string, than int64) (bool, error) {
	var n int64
	err := db.Get(ctx, q, `SELECT COUNT(*) FROM message WHERE ref <> '' AND ref = ? AND customer_id = ? AND id > ?
		AND state IN ('queued', 'sending', 'sent', 'unclear')`, []any{ref, customerID, than}, &n)
	return n > 0, err
}

func counts(ctx context.Context, q db.Q, scope authz.Scope) (map[State]int64, error) {
	clause, args := scope.Clause("c")
	rows, err := q.Query(ctx, "SELECT m.state, COUNT(*) FROM message m LEFT JOIN customer c ON c.id = m.customer_id WHERE "+clause+" GROUP BY m.state", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[State]int64{}
	for rows.Next() {
		out[State(rows.Bytes(0))] = rows.Int64(1)
	}
	return out, rows.Err()
}

const (
	settingPolicy = "message.policy"
	settingSecret = "message.secret"
)

func loadPolicy(ctx context.Context, q db.Q) (Policy, error) {
	p := defaultPolicy()
	err := setting.Load(ctx, q, settingPolicy, &p)
	if p.Off == nil {
		p.Off = []channel.Name{}
	}
	return p, err
}

const selectTemplate = `SELECT id, name, channel, purpose, subject_zh, subject_en, body_zh, body_en, archived_at IS NOT NULL, version, updated_at FROM message_template `

func scanTemplate(r db.Rows) (Template, error) {
	var t Template
	var updated int64
	err := r.Scan(&t.ID, &t.Name, &t.Channel, &t.Purpose, &t.Subject.Zh, &t.Subject.En, &t.Body.Zh, &t.Body.En, &t.Archived, &t.Version, &updated)
	t.UpdatedAt = clock.FromMicros(updated)
	return t, err
}

const maxTemplates = 500

func templates(ctx context.Context, q db.Q) ([]Template, error) {
	return db.List(ctx, q, selectTemplate+"WHERE archived_at IS NULL ORDER BY name, id LIMIT ?", []any{maxTemplates}, scanTemplate)
}

func loadTemplate(ctx context.Context, q db.Q, templateID int64) (Template, error) {
	return db.One(ctx, q, selectTemplate+"WHERE id = ?", []any{templateID}, scanTemplate)
}

func saveTemplate(ctx context.Context, q db.Q, templateID, version int64, in TemplateInput, archive bool, by int64, now time.Time) error {
	at := clock.Micros(now)
	var archived any
	if archive {
		archived = at
	}
	n, err := q.Exec(ctx, `INSERT INTO message_template (id, name, channel, purpose, subject_zh, subject_en, body_zh, body_en, archived_at, version, created_by, created_at, updated_at)
		VALUES (?,?,?,?,?,?,?,?,?,1,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, channel = excluded.channel, purpose = excluded.purpose, subject_zh = excluded.subject_zh, subject_en = excluded.subject_en,
			body_zh = excluded.body_zh, body_en = excluded.body_en, archived_at = excluded.archived_at, version = message_template.version + 1, updated_at = excluded.updated_at
		WHERE message_template.version = ?`,
		templateID, in.Name, in.Channel, in.Purpose, in.Subject.Zh, in.Subject.En, in.Body.Zh, in.Body.En, archived, by, at, at, version)
	switch {
	case db.UniqueTable(err) == "message_template":
		return errs.Wrap(err, errs.Conflict, "message.name_taken", "name", in.Name)
	case err == nil && n == 0:
		return errs.New(errs.Precondition, "precondition_failed", "current", version+1)
	}
	return err
}
