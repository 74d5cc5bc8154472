package rulebook

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const versionColumns = "rulebook, version, digest, title_zh, title_en, origin, created_by, created_at"

func scanVersion(r db.Rows) (Version, error) {
	var v Version
	var at int64
	err := r.Scan(&v.Rulebook, &v.Version, &v.Digest, &v.Title.Zh, &v.Title.En, &v.Origin, &v.CreatedBy, &at)
	v.CreatedAt = clock.FromMicros(at)
	return v, err
}

// listVersions gives all versions, or those of one rulebook; versions are few.
func listVersions(ctx context.Context, q db.Q, rulebook string) ([]Version, error) {
	return db.List(ctx, q, "SELECT "+versionColumns+" FROM rulebook_version WHERE ? = '' OR rulebook = ? ORDER BY rulebook, created_at, version",
		[]any{rulebook, rulebook}, scanVersion)
}

func getVersion(ctx context.Context, q db.Q, rulebook, version string) (Version, map[string]string, error) {
	var v Version
	var at int64
	var raw []byte
	err := db.Get(ctx, q, "SELECT "+versionColumns+", files FROM rulebook_version WHERE rulebook = ? AND version = ?", []any{rulebook, version},
		&v.Rulebook, &v.Version, &v.Digest, &v.Title.Zh, &v.Title.En, &v.Origin, &v.CreatedBy, &at, &raw)
	if err != nil {
		return v, nil, err
	}
	v.CreatedAt = clock.FromMicros(at)
	files := map[string]string{}
	if err := json.Unmarshal(raw, &files); err != nil {
		return v, nil, fmt.Errorf("reading the files of %s %s: %w", rulebook, version, err)
	}
	return v, files, nil
}

func digestOfVersion(ctx context.Context, q db.Q, rulebook, version string) (string, error) {
	return db.One(ctx, q, "SELECT digest FROM rulebook_version WHERE rulebook = ? AND version = ?", []any{rulebook, version},
		func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
}

func insertVersion(ctx context.Context, q db.Q, v Version, files map[string]string) error {
	raw, err := json.Marshal(files)
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, "INSERT INTO rulebook_version ("+versionColumns+", files) VALUES (?,?,?,?,?,?,?,?,?)",
		v.Rulebook, v.Version, v.Digest, v.Title.Zh, v.Title.En, v.Origin, v.CreatedBy, clock.Micros(v.CreatedAt), string(raw))
	if err != nil {
		return fmt.Errorf("writing rulebook %s %s: %w", v.Rulebook, v.Version, err)
	}
	return nil
}

const adoptionColumns = "id, rulebook, version, settings, effective_from, note, adopted_by, adopted_at"

func scanAdoption(r db.Rows) (Adoption, error) {
	var a Adoption
	var at int64
	var settings []byte
	if err := r.Scan(&a.ID, &a.Rulebook, &a.Version, &settings, &a.EffectiveFrom, &a.Note, &a.AdoptedBy, &at); err != nil {
		return a, err
	}
	a.AdoptedAt, a.EffectiveTo = clock.FromMicros(at), calendar.None
	return a, json.Unmarshal(settings, &a.Settings)
}

// listAdoptions gives all adoptions, or those of one rulebook, with their last days filled in per rulebook.
func listAdoptions(ctx context.Context, q db.Q, rulebook string) (map[string][]Adoption, error) {
	list, err := db.List(ctx, q, "SELECT "+adoptionColumns+" FROM adoption WHERE ? = '' OR rulebook = ? ORDER BY rulebook, effective_from, id",
		[]any{rulebook, rulebook}, scanAdoption)
	if err != nil {
		return nil, err
	}
	out := map[string][]Adoption{}
	for _, a := range list {
		out[a.Rulebook] = append(out[a.Rulebook], a)
	}
	for name := range out {
		out[name] = withEnds(out[name])
	}
	return out, nil
}

func adoptionOn(ctx context.Context, q db.Q, rulebook string, day calendar.Date) (Adoption, error) {
	return db.One(ctx, q, "SELECT "+adoptionColumns+" FROM adoption WHERE rulebook = ? AND effective_from <= ? ORDER BY effective_from DESC, id DESC LIMIT 1",
		[]any{rulebook, day}, scanAdoption)
}

func getAdoption(ctx context.Context, q db.Q, adoptionID int64) (Adoption, error) {
	return db.One(ctx, q, "SELECT "+adoptionColumns+" FROM adoption WHERE id = ?", []any{adoptionID}, scanAdoption)
}

func insertAdoption(ctx context.Context, q db.Q, a Adoption, settings string, now time.Time) error {
	_, err := q.Exec(ctx, "INSERT INTO adoption ("+adoptionColumns+") VALUES (?,?,?,?,?,?,?,?)",
		a.ID, a.Rulebook, a.Version, settings, a.EffectiveFrom, a.Note, a.AdoptedBy, clock.Micros(now))
	if err != nil {
		return fmt.Errorf("writing the adoption of %s: %w", a.Rulebook, err)
	}
	return nil
}

// userNames gives the names of people by id, for showing who adopted what.
func userNames(ctx context.Context, q db.Q, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	if len(ids) == 0 {
		return out, nil
	}
	_, err := db.List(ctx, q, "SELECT id, name FROM app_user WHERE id IN "+db.In(len(ids)), db.Args(ids), func(r db.Rows) (struct{}, error) {
		out[r.Int64(0)] = string(r.Bytes(1))
		return struct{}{}, nil
	})
	return out, err
}
