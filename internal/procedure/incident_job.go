package procedure

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/sheet"
)

// The jobs that bring in the log of a help desk and take it back.
const (
	JobIncidents     = "procedure.incidents"
	JobUndoIncidents = "procedure.incidents_undo"
)

const (
	incidentLimit    = 256 << 20 // bytes of a log that is uploaded
	incidentAttempts = 4
	problemsKept     = 1000 // of those with which a job's result is read
	undoPage         = 200
)

// incidentArgs say which log; an import is known by its job.
type incidentArgs struct {
	FileID int64  `json:"file_id,omitempty"`
	Name   string `json:"name"`
	Of     int64  `json:"of,omitempty"` // the import that is taken back
}

// incidentResult is what an import came to.
type incidentResult struct {
	IncidentSum
	File         string `json:"file"`
	New          int64  `json:"new"`
	Unchanged    int64  `json:"unchanged"`
	Differ       int64  `json:"differ"`
	ProblemCount int    `json:"problem_count"`
	// Problems are the first of them, with what their sentences need.
	Problems []incidentProblemOut `json:"problems"`
}

type incidentProblemOut struct {
	Line   int            `json:"line"`
	Number string         `json:"number"`
	Code   string         `json:"code"`
	Args   map[string]any `json:"args"`
}

// undoResult says how many cases went, and how many stay because somebody worked on them.
type undoResult struct {
	File string `json:"file"`
	Gone int64  `json:"gone"`
	Kept int64  `json:"kept"`
}

// StartIncidents keeps an uploaded log of a help desk and has a job bring it in as ImportIncidents does; its id names the import. What is
// no such log is refused at once. Needs procedure.manage. Errors: those of sheet and files, incident.no_column, procedure.unknown.
func (s *Service) StartIncidents(ctx context.Context, r io.Reader, name string) (int64, error) {
	if _, err := authz.Require(ctx, authz.ProcedureManage); err != nil {
		return 0, err
	}
	if _, _, err := s.procedureInForce(ctx, s.db.Read(), IncidentRulebook, IncidentProcedure); err != nil {
		return 0, err
	}
	kept, err := s.files.Put(ctx, r, filepath.Base(name), "application/octet-stream", incidentLimit)
	if err != nil {
		return 0, err
	}
	if err := looksLikeIncidents(s.logOf(ctx, kept.ID)); err != nil {
		return 0, err
	}
	return s.enqueueIncidents(ctx, job.Spec{Kind: JobIncidents, Args: incidentArgs{FileID: kept.ID, Name: kept.Name}, MaxAttempts: incidentAttempts})
}

// UndoIncidents has a job take back the cases that an import wrote, but for those that somebody worked on since. Needs procedure.manage, and
// that the import is one's own or one manages the system. Errors: not_found, incident.not_done.
func (s *Service) UndoIncidents(ctx context.Context, importID int64) (int64, error) {
	if _, err := authz.Require(ctx, authz.ProcedureManage); err != nil {
		return 0, err
	}
	j, err := s.queue.Get(ctx, importID)
	if err == nil && j.Kind != JobIncidents {
		err = errs.New(errs.NotFound, "not_found")
	}
	if err != nil {
		return 0, err
	}
	if j.State == job.Waiting || j.State == job.Running {
		return 0, errs.New(errs.Conflict, "incident.not_done")
	}
	var args incidentArgs
	if err := json.Unmarshal(j.Args, &args); err != nil {
		return 0, err
	}
	return s.enqueueIncidents(ctx, job.Spec{
		Kind: JobUndoIncidents, Args: incidentArgs{Name: args.Name, Of: importID}, UniqueKey: JobUndoIncidents + ":" + id.String(importID), MaxAttempts: incidentAttempts,
	})
}

func (s *Service) enqueueIncidents(ctx context.Context, spec job.Spec) (int64, error) {
	var out int64
	err := s.db.InTx(ctx, func(q db.Q) error {
		var err error
		out, err = s.queue.Enqueue(ctx, q, spec)
		return err
	})
	return out, err
}

// logOf is a log that was uploaded.
func (s *Service) logOf(ctx context.Context, fileID int64) openLog {
	return func() (*sheet.Reader, func() error, error) {
		f, content, err := s.files.Open(ctx, fileID)
		if err != nil {
			return nil, nil, err
		}
		rd, err := sheet.Open(content, content.Size(), f.Name, sheet.Options{})
		if err != nil {
			return nil, nil, errors.Join(err, content.Close())
		}
		return rd, func() error { return errors.Join(rd.Close(), content.Close()) }, nil
	}
}

// looksLikeIncidents refuses a file whose header lacks a column.
func looksLikeIncidents(open openLog) error {
	rd, done, err := open()
	if err != nil {
		return err
	}
	if _, err := incidentPlaces(rd.Header()); err != nil {
		_ = done() // only read from
		return err
	}
	return done()
}

// doIncidents brings a log in. Done again it finds what was written before.
func (s *Service) doIncidents(ctx context.Context, run *job.Run) error {
	var args incidentArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	sum, err := s.replayIncidents(ctx, s.logOf(ctx, args.FileID), func() (int64, error) { return run.ID, nil }, run.Progress)
	if err != nil {
		return err
	}
	out, err := s.incidentResult(ctx, run.ID, args.Name, sum)
	if err != nil {
		return err
	}
	run.SetResult(out)
	return nil
}

// incidentResult is what is kept of an import.
func (s *Service) incidentResult(ctx context.Context, importID int64, name string, sum IncidentSum) (incidentResult, error) {
	out := incidentResult{IncidentSum: sum, File: name, Differ: sum.Differ, ProblemCount: len(sum.Problems)}
	for _, p := range sum.Problems[:min(len(sum.Problems), problemsKept)] {
		out.Problems = append(out.Problems, incidentProblemOut{p.Line, p.Number, p.Code, p.Args})
	}
	var err error
	if out.New, err = countReplayed(ctx, s.db.Read(), importID); err != nil {
		return out, err
	}
	// What an earlier attempt of this import wrote was there already for the last one, but is new for who reads of it.
	out.Unchanged = max(0, sum.Unchanged-(out.New-sum.New))
	return out, nil
}

// doUndoIncidents takes an import back, some cases to a transaction. It can be done again.
func (s *Service) doUndoIncidents(ctx context.Context, run *job.Run) error {
	if _, err := authz.Require(ctx, authz.ProcedureManage); err != nil {
		return err
	}
	var args incidentArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	out := undoResult{File: args.Name}
	for after := int64(0); ; {
		page, err := replayedBy(ctx, s.db.Read(), args.Of, after, undoPage)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			run.SetResult(out)
			return nil
		}
		var gone int64
		err = s.db.InTx(ctx, func(q db.Q) error {
			if gone, err = takeBack(ctx, q, page); err != nil || gone == 0 {
				return err
			}
			return audit.Write(ctx, q, s.now(), audit.Entry{Action: "case.replay_undo", Entity: "rulebook", EntityID: IncidentRulebook, Detail: map[string]any{
				"import": id.String(args.Of), "cases": gone, "from": page[0].number, "to": page[len(page)-1].number,
			}})
		})
		if err != nil {
			return err
		}
		after = page[len(page)-1].caseID
		out.Gone += gone
		out.Kept += int64(len(page)) - gone
		if err := run.Progress(ctx, out.Gone+out.Kept, 0); err != nil {
			return err
		}
	}
}
