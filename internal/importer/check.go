package importer

import (
	"context"
	"encoding/json"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/job"
)

// checkInline is up to what size (bytes) a file is checked while the person waits; larger ones are checked by a job.
const checkInline = 1 << 20

// check reads a whole file and says what a run would do, without doing it.
func (s *Service) check(ctx context.Context, o order, report reportFunc) (Import, error) {
	ctx = o.acting(ctx)
	m, err := loadImport(ctx, s.db.Read(), o.ImportID)
	if err != nil {
		return m, err
	}
	err = s.change(ctx, m.ID, func(q db.Q, cur *Import) error {
		if cur.State != Checking && !mayMove(cur.State, Checking) {
			return errState(cur.State)
		}
		cur.State, cur.ErrorCode, cur.ErrorArgs = Checking, "", nil
		m = *cur
		return clearLines(ctx, q, cur.ID, false)
	})
	if err != nil {
		return m, err
	}
	t, err := s.survey(ctx, m, report)
	if err != nil {
		return m, s.checkFailed(ctx, &m, err)
	}
	err = s.change(ctx, m.ID, func(_ db.Q, cur *Import) error {
		if cur.State != Checking {
			return errState(cur.State)
		}
		cur.State, cur.Counts = Checked, t.result()
		m = *cur
		return nil
	})
	return m, err
}

// survey counts what a run would do and keeps the lines that would not pass.
func (s *Service) survey(ctx context.Context, m Import, report reportFunc) (*tally, error) {
	t := newTally()
	src, err := s.open(ctx, m)
	if err != nil {
		return t, err
	}
	defer src.close()
	w := s.writer(ctx, m, src, t)
	keep := keeper{s: s, importID: m.ID}
	err = src.reader.each(ctx, func(c *chunk) error {
		if err := w.foresee(ctx, c); err != nil {
			return err
		}
		if err := keep.lines(ctx, c, outcomeReady); err != nil {
			return err
		}
		t.take(c)
		return report(ctx, c.done, c.total)
	})
	t.warn(src.sheet.Warnings())
	return t, err
}

// foresee decides about the lines of a chunk as put would, without writing.
func (w *writer) foresee(ctx context.Context, c *chunk) error {
	q := w.s.db.Read()
	if w.customers != nil {
		return w.customers.preview(ctx, q, c)
	}
	if err := w.facts.prepare(ctx, q, c); err != nil {
		return err
	}
	w.facts.assume(c)
	return nil
}

// checkFailed notes why a check ended: stopped by the person it goes back to where it was.
func (s *Service) checkFailed(ctx context.Context, m *Import, cause error) error {
	err := s.change(context.WithoutCancel(ctx), m.ID, func(_ db.Q, cur *Import) error {
		cur.State = Failed
		cur.ErrorCode = errs.CodeOf(cause)
		if e, ok := errs.As(cause); ok {
			cur.ErrorArgs = e.Args
		}
		if ctx.Err() != nil || cur.ErrorCode == "job.canceled" {
			cur.State, cur.ErrorCode, cur.ErrorArgs = Uploaded, "", nil
		}
		*m = *cur
		return nil
	})
	if err != nil {
		return err
	}
	return cause
}

// keeper writes the lines of a run or a check that people have to look at, within the bounds of what is kept.
type keeper struct {
	s                 *Service
	importID          int64
	refused, setAside int
}

// lines keeps the refused lines and those set aside; a corrected line that passes gets the outcome passed.
func (k *keeper) lines(ctx context.Context, c *chunk, passed string) error {
	var add, change []Line
	refused, setAside := k.refused, k.setAside
	for i := range c.lines {
		l := &c.lines[i]
		row := Line{Line: l.no, Outcome: l.outcome, Cells: l.cells, Problems: l.problems, Fixed: l.fixed}
		switch {
		case l.fixed:
			if row.Outcome == outcomeOK {
				row.Outcome = passed
			}
			change = append(change, row)
		case l.outcome == outcomeRefused && refused < refusedKept:
			refused++
			add = append(add, row)
		case l.outcome == outcomeSetAside && setAside < setAsideKept:
			setAside++
			add = append(add, row)
		}
	}
	if len(add)+len(change) == 0 {
		return nil
	}
	err := k.s.db.InTx(ctx, func(q db.Q) error {
		for _, l := range change {
			if err := updateLine(ctx, q, k.importID, l); err != nil {
				return err
			}
		}
		return insertLines(ctx, q, k.importID, add)
	})
	if err == nil {
		k.refused, k.setAside = refused, setAside
	}
	return err
}

// Lines gives a page of the lines that were refused, set aside or corrected, in the order of the file; outcome "" means all.
func (s *Service) Lines(ctx context.Context, importID int64, outcome, cursor string, limit int) ([]Line, string, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return nil, "", err
	}
	if _, err := s.seen(ctx, actor, importID); err != nil {
		return nil, "", err
	}
	return listLines(ctx, s.db.Read(), importID, outcome, cursor, limit)
}

// Correct replaces the cells of a line and says whether it passes now. It takes part in the next run. Errors: not_found,
// importer.state_*, importer.cell_count.
func (s *Service) Correct(ctx context.Context, importID, no int64, cells []string) (Line, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Line{}, err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Line{}, err
	}
	if !mayMove(m.State, Running) {
		return Line{}, errState(m.State)
	}
	l, err := loadLine(ctx, s.db.Read(), importID, no)
	if err != nil {
		return Line{}, err
	}
	src, err := s.open(ctx, m)
	if err != nil {
		return Line{}, err
	}
	defer src.close()
	if want := len(src.sheet.Header()); len(cells) != want {
		return Line{}, errs.New(errs.Invalid, "importer.cell_count", "cells", len(cells), "columns", want)
	}
	l.Cells, l.Fixed = cells, true
	if err := s.judgeLine(ctx, m, src, &l); err != nil {
		return Line{}, err
	}
	return l, s.change(ctx, importID, func(q db.Q, cur *Import) error {
		if !mayMove(cur.State, Running) {
			return errState(cur.State)
		}
		return updateLine(ctx, q, importID, l)
	})
}

// judgeLine checks one line by itself.
func (s *Service) judgeLine(ctx context.Context, m Import, src *opened, l *Line) error {
	c := &chunk{}
	one := c.add(l.Line, l.Cells)
	src.reader.parser.parse(c, one)
	if err := s.writer(ctx, m, src, newTally()).foresee(ctx, c); err != nil {
		return err
	}
	l.Outcome, l.Problems = c.lines[0].outcome, c.lines[0].problems
	if l.Outcome == outcomeOK {
		l.Outcome = outcomeReady
	}
	return nil
}

// Check checks the whole file, at once when it is small, else as a job whose id the import carries.
// Errors: importer.state_*, sheet.*, invalid_input with mapping.* fields.
func (s *Service) Check(ctx context.Context, importID int64) (Import, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Import{}, err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Import{}, err
	}
	o := orderOf(actor, m)
	if err := s.usable(ctx, m); err != nil {
		return Import{}, err
	}
	size, err := s.files.Get(ctx, m.FileID)
	if err != nil {
		return Import{}, err
	}
	if size.Size <= checkInline {
		return s.check(ctx, o, func(ctx context.Context, _, _ int64) error { return ctx.Err() })
	}
	return s.enqueue(ctx, importID, JobCheck, Checking, o)
}

// usable says early what is wrong with the file or the settings.
func (s *Service) usable(ctx context.Context, m Import) error {
	src, err := s.open(ctx, m)
	if err == nil {
		src.close()
	}
	return err
}

// Run starts the import as a job. Errors: importer.state_*, sheet.*, invalid_input with mapping.* fields.
func (s *Service) Run(ctx context.Context, importID int64) (Import, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Import{}, err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Import{}, err
	}
	if _, err := authz.Require(ctx, writePermission(m.Target)); err != nil {
		return Import{}, err
	}
	o := orderOf(actor, m)
	if err := s.usable(ctx, m); err != nil {
		return Import{}, err
	}
	return s.enqueue(ctx, importID, JobRun, Queued, o)
}

// Cancel stops a check or a run; what the run wrote is taken away. Error importer.state_* when there is nothing to stop.
func (s *Service) Cancel(ctx context.Context, importID int64) (Import, error) {
	actor, err := authz.Require(ctx, authz.ImportRun)
	if err != nil {
		return Import{}, err
	}
	m, err := s.seen(ctx, actor, importID)
	if err != nil {
		return Import{}, err
	}
	if !slices.Contains([]State{Queued, Running, Checking}, m.State) || m.JobID == 0 {
		return m, errState(m.State)
	}
	if err := s.queue.Cancel(ctx, m.JobID); err != nil {
		return m, err
	}
	return loadImport(ctx, s.db.Read(), importID)
}

// onCanceled tells an import whose job was canceled before it began, wherever that was done: in the wizard or in the task centre.
func (s *Service) onCanceled(ctx context.Context, q db.Q, j job.Job) error {
	var o order
	if err := json.Unmarshal(j.Args, &o); err != nil {
		return err
	}
	return s.changeIn(ctx, q, o.ImportID, func(_ db.Q, cur *Import) error {
		if cur.JobID != j.ID {
			return nil
		}
		finished := clock.Micros(s.now())
		switch cur.State {
		case Queued:
			cur.State, cur.ErrorCode, cur.FinishedAt = Canceled, "job.canceled", &finished
		case Checking:
			cur.State = Uploaded
		case Reverting:
			cur.State, cur.ErrorCode = Done, "job.canceled"
		}
		return nil
	})
}
