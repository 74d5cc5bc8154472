package procedure

import (
	"context"
	"fmt"
	"strconv"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

// namedFile is an upload that an act names, with the place where it does.
type namedFile struct {
	id          int64
	field, path string
}

// filesIn gives the uploads that the answers of a form name.
func filesIn(form *flow.Form, answers flow.Answers) []namedFile {
	if form == nil {
		return nil
	}
	return filesOf(form.Fields, answers, "answers.")
}

func filesOf(fields []flow.Field, answers flow.Answers, at string) []namedFile {
	var out []namedFile
	for i := range fields {
		f := &fields[i]
		switch f.Type {
		case flow.FieldFile:
			for _, text := range answers[f.Key].Each() {
				if n, err := strconv.ParseInt(text, 10, 64); err == nil {
					out = append(out, namedFile{n, f.Key, at + f.Key})
				}
			}
		case flow.FieldList:
			for j, row := range answers[f.Key].Rows {
				out = append(out, filesOf(f.Fields, row, fmt.Sprintf("%s%s.%d.", at, f.Key, j))...)
			}
		}
	}
	return out
}

func attached(ids []int64) []namedFile {
	out := make([]namedFile, len(ids))
	for i, n := range ids {
		out[i] = namedFile{id: n, path: "files"}
	}
	return out
}

// checkUploads makes sure that nobody gets at another's upload by its number: a file is one the case holds or one the
// person uploaded; for somebody from outside, one from outside that no case holds yet.
func (s *Service) checkUploads(ctx context.Context, q db.Q, userID int64, held map[int64]bool, list []namedFile) error {
	var v errs.Validation
	for _, f := range list {
		if held[f.id] {
			continue
		}
		file, err := s.files.Get(ctx, f.id)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		ok := err == nil && file.CreatedBy == userID
		if ok && userID == 0 {
			taken, err := casesOfFile(ctx, q, f.id)
			if err != nil {
				return err
			}
			ok = len(taken) == 0
		}
		v.Check(ok, f.path, "procedure.file_unknown", "id", id.String(f.id))
	}
	return v.Err()
}

// writeFiles remembers which uploads a case holds.
func (w *world) writeFiles(v *saving, wr *writing) {
	for _, f := range append(filesIn(w.def.FormOf(v.act.Step), v.act.Detail.Answers), attached(v.act.Detail.Files)...) {
		wr.add(insertingFile(v.c.ID, f.id, v.act.Step, f.field, v.act.ActorID, clock.Micros(v.act.At)))
	}
}

// MayOpen says whether somebody may open an upload because a case that person may see holds it.
func (s *Service) MayOpen(ctx context.Context, actor authz.Actor, fileID int64) (bool, error) {
	if actor.Grants[authz.ProcedureRead] == authz.ReachNone {
		return false, nil
	}
	q := s.db.Read()
	cases, err := casesOfFile(ctx, q, fileID)
	if err != nil {
		return false, err
	}
	for _, n := range cases {
		_, _, err := s.visible(ctx, q, actor, n)
		if err == nil {
			return true, nil
		}
		if !db.IsNoRows(err) {
			return false, err
		}
	}
	return false, nil
}
