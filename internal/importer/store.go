package importer

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

const importColumns = `id, target, state, file_id, file_name, digest, options, counts, batch_id, job_id, error_code, error_args, version,
	created_by, created_at, finished_at, reverted_at`

func scanImport(r db.Rows) (Import, error) {
	var m Import
	var options, counts, args []byte
	var created int64
	err := r.Scan(&m.ID, &m.Target, &m.State, &m.FileID, &m.FileName, &m.Digest, &options, &counts, &m.BatchID, &m.JobID, &m.ErrorCode, &args, &m.Version,
		&m.CreatedBy, &created, &m.FinishedAt, &m.RevertedAt)
	if err != nil {
		return m, err
	}
	m.CreatedAt = clock.FromMicros(created)
	if err := json.Unmarshal(options, &m.Settings); err != nil {
		return m, err
	}
	if err := json.Unmarshal(counts, &m.Counts); err != nil {
		return m, err
	}
	return m, json.Unmarshal(args, &m.ErrorArgs)
}

func loadImport(ctx context.Context, q db.Q, importID int64) (Import, error) {
	return db.One(ctx, q, "SELECT "+importColumns+" FROM import WHERE id = ?", []any{importID}, scanImport)
}

// encoded gives the JSON columns of an import.
func (m Import) encoded() (options, counts, args string, err error) {
	var parts [3][]byte
	for i, v := range []any{m.Settings, m.Counts, m.ErrorArgs} {
		if parts[i], err = json.Marshal(v); err != nil {
			return "", "", "", err
		}
	}
	return string(parts[0]), string(parts[1]), string(parts[2]), nil
}

func insertImport(ctx context.Context, q db.Q, m Import) error {
	options, counts, args, err := m.encoded()
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO import ("+importColumns+") VALUES "+db.In(17),
		m.ID, m.Target, m.State, m.FileID, m.FileName, m.Digest, options, counts, m.BatchID, m.JobID, m.ErrorCode, args, m.Version,
		m.CreatedBy, clock.Micros(m.CreatedAt), m.FinishedAt, m.RevertedAt)
	return err
}

// updateImport writes an import back when nobody changed it since it was read, and moves its version. false = somebody did.
func updateImport(ctx context.Context, q db.Q, m *Import) (bool, error) {
	options, counts, args, err := m.encoded()
	if err != nil {
		return false, err
	}
	n, err := q.Exec(ctx, `UPDATE import SET state = ?, options = ?, counts = ?, batch_id = ?, job_id = ?, error_code = ?, error_args = ?, version = version + 1,
		finished_at = ?, reverted_at = ? WHERE id = ? AND version = ?`,
		m.State, options, counts, m.BatchID, m.JobID, m.ErrorCode, args, m.FinishedAt, m.RevertedAt, m.ID, m.Version)
	if n == 1 {
		m.Version++
	}
	return n == 1, err
}

// listImports gives a page, newest first; by 0 means everybody's.
func listImports(ctx context.Context, q db.Q, by int64, target string, cursor string, limit int) ([]Import, string, error) {
	after, err := db.DecodeCursor(cursor, 2)
	if err != nil {
		return nil, "", err
	}
	where, args := "1 = 1", []any{}
	add := func(clause string, vals ...any) {
		where += " AND " + clause
		args = append(args, vals...)
	}
	if by != 0 {
		add("created_by = ?", by)
	}
	if target != "" {
		add("target = ?", target)
	}
	if after != nil {
		at, err := strconv.ParseInt(after[0], 10, 64)
		if err != nil {
			return nil, "", err
		}
		last, err := id.Parse(after[1])
		if err != nil {
			return nil, "", err
		}
		add("(created_at, id) < (?, ?)", at, last)
	}
	limit = min(max(limit, 1), 200)
	out, err := db.List(ctx, q, "SELECT "+importColumns+" FROM import WHERE "+where+" ORDER BY created_at DESC, id DESC LIMIT ?", append(args, limit+1), scanImport)
	if err != nil || len(out) <= limit {
		return out, "", err
	}
	last := out[limit-1]
	return out[:limit], db.EncodeCursor(strconv.FormatInt(clock.Micros(last.CreatedAt), 10), id.String(last.ID)), nil
}

// sealedFile has the imports of a content known by its keyed mark, once it is sealed.
func sealedFile(ctx context.Context, q db.Q, digest, mark string) error {
	_, err := q.Exec(ctx, "UPDATE import SET digest = ? WHERE digest = ?", mark, digest)
	return err
}

// sameFile gives the newest finished import of the same content, which a person is told about.
func sameFile(ctx context.Context, q db.Q, m Import) (Import, error) {
	return db.One(ctx, q, "SELECT "+importColumns+" FROM import WHERE digest = ? AND target = ? AND state = 'done' AND id <> ? ORDER BY id DESC LIMIT 1",
		[]any{m.Digest, m.Target, m.ID}, scanImport)
}

// deadImports gives the imports that say they are running although nobody can be: another one holds the only load, and no job goes on with them.
func deadImports(ctx context.Context, q db.Q, except int64) ([]Import, error) {
	return db.List(ctx, q, "SELECT "+importColumns+" FROM import WHERE state = 'running' AND job_id = 0 AND id <> ? ORDER BY id", []any{except}, scanImport)
}

const mappingColumns = "id, target, name, header_key, options, user_id, used_at"

// namedPrefix begins the key of a mapping that a person gave a name; the others have the digest of their headers.
const namedPrefix = "name:"

func namedKey(name string) string { return namedPrefix + name }

func scanMapping(r db.Rows) (Mapping, error) {
	var m Mapping
	var options []byte
	var used int64
	var key string
	if err := r.Scan(&m.ID, &m.Target, &m.Name, &key, &options, &m.UserID, &used); err != nil {
		return m, err
	}
	m.UsedAt, m.Named = clock.FromMicros(used), strings.HasPrefix(key, namedPrefix)
	return m, json.Unmarshal(options, &m.Settings)
}

// findMapping gives what was remembered for these headers.
func findMapping(ctx context.Context, q db.Q, target, headers string) (Mapping, error) {
	return db.One(ctx, q, "SELECT "+mappingColumns+" FROM import_mapping WHERE target = ? AND header_key = ?", []any{target, headers}, scanMapping)
}

func namedMapping(ctx context.Context, q db.Q, target, name string) (Mapping, error) {
	return findMapping(ctx, q, target, namedKey(name))
}

func listMappings(ctx context.Context, q db.Q, target string) ([]Mapping, error) {
	return db.List(ctx, q, "SELECT "+mappingColumns+" FROM import_mapping WHERE (target = ? OR ? = '') ORDER BY used_at DESC LIMIT 500",
		[]any{target, target}, scanMapping)
}

// saveMapping keeps a mapping under its key: the digest of headers, or namedKey. Whoever saved it first keeps it.
func saveMapping(ctx context.Context, q db.Q, m Mapping, key string) error {
	options, err := json.Marshal(m.Settings)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `INSERT INTO import_mapping (id, target, name, header_key, options, user_id, used_at) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT (target, header_key) DO UPDATE SET options = excluded.options, used_at = excluded.used_at, name = excluded.name`,
		m.ID, m.Target, m.Name, key, string(options), m.UserID, clock.Micros(m.UsedAt))
	return err
}

func loadMapping(ctx context.Context, q db.Q, mappingID int64) (Mapping, error) {
	return db.One(ctx, q, "SELECT "+mappingColumns+" FROM import_mapping WHERE id = ?", []any{mappingID}, scanMapping)
}

func deleteMapping(ctx context.Context, q db.Q, mappingID int64) error {
	_, err := q.Exec(ctx, "DELETE FROM import_mapping WHERE id = ?", mappingID)
	return err
}
