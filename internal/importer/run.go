package importer

import (
	"context"
	"errors"
	"maps"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// written is what a transaction did with a chunk.
type written struct {
	imported, unchanged                int64
	customersCreated, customersUpdated int64
	refused                            []refusal
}

// refusal is a line that turned out to be impossible while writing.
type refusal struct {
	line     int // index in the chunk's lines
	problems []errs.Field
}

// reportFunc is told bytes done and in all after each chunk; an error stops the work.
type reportFunc func(ctx context.Context, done, total int64) error

// order is who started a run and on whose customers it may work. It travels with the import, so that both
// the command line and a job hold it.
type order struct {
	ImportID int64         `json:"import_id"`
	Starter  int64         `json:"starter"`
	Reach    []authz.Reach `json:"reach"` // of the permissions in carried, in their order
	Units    []int64       `json:"units"`
	retry    bool          // the job comes back after a failure of the machine
}

// carried are the permissions whose reach a job takes over from the person who asked for it.
var carried = []authz.Permission{authz.CustomerRead, authz.CustomerWrite, authz.CustomerAssign, authz.FactWrite}

// orderOf takes the reach of the acting person.
func orderOf(actor authz.Actor, m Import) order {
	o := order{ImportID: m.ID, Starter: actor.UserID, Units: actor.UnitIDs}
	for _, p := range carried {
		o.Reach = append(o.Reach, actor.Grants[p])
	}
	return o
}

// acting gives the context in which the work is done: nobody reaches further through a job than without.
func (o order) acting(ctx context.Context) context.Context {
	actor, _ := authz.From(ctx)
	actor.Grants = maps.Clone(actor.Grants)
	if actor.Grants == nil {
		actor.Grants = map[authz.Permission]authz.Reach{}
	}
	for i, p := range carried[:min(len(carried), len(o.Reach))] {
		actor.Grants[p] = o.Reach[i]
	}
	actor.UserID, actor.UnitIDs = o.Starter, o.Units
	return authz.With(ctx, actor)
}

// scopeOf gives the customers on which the acting person may work.
func scopeOf(ctx context.Context, p authz.Permission) authz.Scope {
	actor, _ := authz.From(ctx)
	return actor.Scope(p)
}

func writePermission(target string) authz.Permission {
	if target == TargetCustomers {
		return authz.CustomerWrite
	}
	return authz.FactWrite
}

// customerChunk is how many customers go into one transaction; each brings dozens of search terms.
const customerChunk = 1000

// run does an import from the first line to the last: everything becomes visible at the end, or nothing stays.
func (s *Service) run(ctx context.Context, o order, report reportFunc) (Import, error) {
	ctx = o.acting(ctx)
	m, err := loadImport(ctx, s.db.Read(), o.ImportID)
	if err != nil {
		return m, err
	}
	if m.State == Running {
		// The process that ran it died. What it left is cleared away before the new beginning.
		if err := s.undo(ctx, m); err != nil {
			return m, err
		}
	}
	load, err := s.begin(ctx, report)
	if err != nil {
		return m, s.fail(ctx, &m, err, o.retry)
	}
	if err := s.started(ctx, &m, load.ID()); err != nil {
		return m, errors.Join(err, s.facts.Fail(context.WithoutCancel(ctx), load.ID()))
	}
	if err := s.sweep(ctx, m.ID); err != nil {
		return m, s.fail(ctx, &m, err, o.retry)
	}
	t, headers, err := s.pour(ctx, m, load, report)
	if err == nil {
		err = s.completed(ctx, &m, load, t.result(), headers)
	}
	if err != nil {
		return m, s.fail(ctx, &m, err, o.retry)
	}
	return m, nil
}

// waitStep is how often a waiting import looks whether its turn has come.
const waitStep = 100 * time.Millisecond

// begin opens the batch, waiting for another import to end.
func (s *Service) begin(ctx context.Context, report reportFunc) (*fact.Load, error) {
	t := time.NewTicker(waitStep)
	defer t.Stop()
	for {
		load, err := s.facts.Begin(ctx, "import")
		if errs.CodeOf(err) != "fact.load_running" {
			return load, err
		}
		if err := report(ctx, 0, 0); err != nil {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-t.C:
		}
	}
}

// started notes that the import runs, and forgets the lines of earlier checks.
func (s *Service) started(ctx context.Context, m *Import, batch int64) error {
	return s.change(ctx, m.ID, func(q db.Q, cur *Import) error {
		if cur.State != Running && !mayMove(cur.State, Running) {
			return errState(cur.State)
		}
		cur.State, cur.BatchID, cur.Counts = Running, batch, Counts{}
		cur.ErrorCode, cur.ErrorArgs, cur.FinishedAt = "", nil, nil
		if err := clearLines(ctx, q, cur.ID, false); err != nil {
			return err
		}
		*m = *cur
		return nil
	})
}

// sweep gives imports up whose process died: whoever holds the only load knows that no other one runs.
func (s *Service) sweep(ctx context.Context, except int64) error {
	dead, err := deadImports(ctx, s.db.Read(), except)
	if err != nil {
		return err
	}
	for i := range dead {
		if err := s.fail(ctx, &dead[i], errs.New(errs.Unavailable, "importer.interrupted"), false); errs.CodeOf(err) != "importer.interrupted" {
			return err
		}
	}
	return nil
}

// pour reads the file and writes it chunk by chunk.
func (s *Service) pour(ctx context.Context, m Import, load *fact.Load, report reportFunc) (*tally, []string, error) {
	t := newTally()
	src, err := s.open(ctx, m)
	if err != nil {
		return t, nil, err
	}
	defer src.close()
	w := s.writer(ctx, m, src, t)
	if w.facts != nil {
		w.facts.load = load
	}
	keep := keeper{s: s, importID: m.ID}
	err = src.reader.each(ctx, func(c *chunk) error {
		if err := w.put(ctx, c, load); err != nil {
			return err
		}
		if err := keep.lines(ctx, c, outcomeImported); err != nil {
			return err
		}
		t.take(c)
		return report(ctx, c.done, c.total)
	})
	t.warn(src.sheet.Warnings())
	return t, src.sheet.Header(), err
}

// writer puts chunks in, whichever the target.
type writer struct {
	s         *Service
	facts     *factWriter
	customers *customerWriter
	tally     *tally
}

func (s *Service) writer(ctx context.Context, m Import, src *opened, t *tally) *writer {
	w := &writer{s: s, tally: t}
	if m.Target == TargetCustomers {
		mode := m.Settings.Mode
		if mode == "" {
			mode = ModeBoth
		}
		w.customers = &customerWriter{
			customers: s.customers, plan: src.plan, importID: m.ID, mode: mode, sameName: m.Settings.AllowSameName, now: s.now(), tally: t,
		}
		return w
	}
	w.facts = &factWriter{
		customers: s.customers, importID: m.ID, scope: scopeOf(ctx, authz.FactWrite), create: m.Settings.CreateCustomers, now: s.now(), known: map[string]int64{}, tally: t,
	}
	return w
}

// put writes one chunk in its own transaction.
func (w *writer) put(ctx context.Context, c *chunk, load *fact.Load) error {
	if w.facts != nil {
		return w.putFacts(ctx, c)
	}
	all := make([]int, len(c.customers))
	for i := range all {
		all[i] = i
	}
	if len(all) == 0 {
		return w.s.db.InTx(ctx, func(q db.Q) error { return load.Renew(ctx, q) })
	}
	return w.putCustomers(ctx, c, load, all)
}

func (w *writer) putFacts(ctx context.Context, c *chunk) error {
	if err := w.facts.prepare(ctx, w.s.db.Read(), c); err != nil {
		return err
	}
	var out written
	err := w.s.db.InTx(ctx, func(q db.Q) error {
		var err error
		out, err = w.facts.write(ctx, q, c)
		return err
	})
	if err == nil {
		w.facts.applied(c, out)
	}
	return err
}

// putCustomers writes rows together. When the database refuses them for what a row says, the rows are halved until that row stands
// alone and is refused by itself.
func (w *writer) putCustomers(ctx context.Context, c *chunk, load *fact.Load, rows []int) error {
	var out written
	err := w.s.db.InTx(ctx, func(q db.Q) error {
		var err error
		if out, err = w.customers.write(ctx, q, c, rows); err != nil {
			return err
		}
		return load.Renew(ctx, q)
	})
	if err != nil && rowsFault(err) {
		if len(rows) > 1 {
			half := len(rows) / 2
			if err := w.putCustomers(ctx, c, load, rows[:half]); err != nil {
				return err
			}
			return w.putCustomers(ctx, c, load, rows[half:])
		}
		p := customerParser{plan: w.customers.plan}
		p.refuse(&c.lines[c.customers[rows[0]].line], err)
		return nil
	}
	if err != nil {
		return err
	}
	for _, r := range out.refused {
		c.lines[r.line].refuse(r.problems...)
	}
	n := &w.tally.counts
	n.Imported += out.imported
	n.Unchanged += out.unchanged
	n.CustomersCreated += out.customersCreated
	n.CustomersUpdated += out.customersUpdated
	return nil
}

// rowsFault says whether an error is about what the rows say, and not about the machine.
func rowsFault(err error) bool {
	switch errs.KindOf(err) {
	case errs.Invalid, errs.Conflict, errs.NotFound, errs.TooLarge:
		return true
	}
	return false
}

// completed makes everything visible and notes what became of the file, in one transaction.
func (s *Service) completed(ctx context.Context, m *Import, load *fact.Load, counts Counts, headers []string) error {
	return s.change(ctx, m.ID, func(q db.Q, cur *Import) error {
		if cur.State != Running || cur.BatchID != load.ID() {
			return errState(cur.State)
		}
		if err := load.Publish(ctx, q); err != nil {
			return err
		}
		now := s.now()
		finished := clock.Micros(now)
		cur.State, cur.Counts, cur.FinishedAt = Done, counts, &finished
		if err := s.remember(ctx, q, *cur, headers); err != nil {
			return err
		}
		if err := s.audited(ctx, q, *cur, "import.run"); err != nil {
			return err
		}
		*m = *cur
		return s.bus.Emit(ctx, q, "import.completed", 0, happened(cur))
	})
}

// happened is what the events of an import tell: which it was and, where facts came, in which batch.
func happened(m *Import) map[string]any {
	out := map[string]any{"import_id": id.String(m.ID), "target": m.Target, "imported": m.Counts.Imported}
	if m.BatchID != 0 {
		out["batch_id"] = id.String(m.BatchID)
	}
	return out
}

// audited writes what an import did to the audit.
func (s *Service) audited(ctx context.Context, q db.Q, m Import, action string) error {
	return audit.Write(ctx, q, s.now(), audit.Entry{
		Action: action, Entity: "import", EntityID: id.String(m.ID),
		Detail: map[string]any{
			"target": m.Target, "file": m.FileName, "digest": m.Digest, "read": m.Counts.Read, "imported": m.Counts.Imported, "unchanged": m.Counts.Unchanged,
			"set_aside": m.Counts.SetAside, "refused": m.Counts.Refused, "customers_created": m.Counts.CustomersCreated,
			"customers_updated": m.Counts.CustomersUpdated, "kept": m.Counts.Kept,
		},
	})
}

// undo takes away what an unfinished run wrote: its facts, and its changes to customers. It can be called again.
func (s *Service) undo(ctx context.Context, m Import) error {
	if m.BatchID != 0 {
		if err := s.facts.Fail(ctx, m.BatchID); err != nil {
			return err
		}
	}
	_, err := s.revertCustomers(ctx, m.ID, nil)
	return err
}

// fail clears away what the run wrote and notes why it ended. It gives the cause back. It also works when the caller was told to
// stop. retry says that a job begins anew after the process stopped or the machine failed.
func (s *Service) fail(ctx context.Context, m *Import, cause error, retry bool) error {
	stopped := ctx.Err() != nil
	again := retry && (stopped || retryable(cause))
	ctx = context.WithoutCancel(ctx)
	if m.State == Running {
		if err := s.undo(ctx, *m); err != nil {
			return errors.Join(cause, err)
		}
	}
	err := s.change(ctx, m.ID, func(_ db.Q, cur *Import) error {
		switch {
		case again && !errors.Is(cause, job.ErrCanceled):
			cur.State = Queued
		case stopped || errors.Is(cause, job.ErrCanceled):
			cur.State, cur.ErrorCode = Canceled, "job.canceled"
		default:
			cur.State, cur.ErrorCode = Failed, errs.CodeOf(cause)
			if e, ok := errs.As(cause); ok {
				cur.ErrorArgs = e.Args
			}
		}
		finished := clock.Micros(s.now())
		cur.FinishedAt = &finished
		cur.Counts = Counts{}
		*m = *cur
		return nil
	})
	return errors.Join(cause, err)
}

// retryable says whether a job begins anew after an error: it is the machine's, not the file's.
func retryable(err error) bool {
	return errs.KindOf(err) == errs.Internal || errs.KindOf(err) == errs.Unavailable
}

// change reads an import, lets fn change it and writes it back, in one transaction.
func (s *Service) change(ctx context.Context, importID int64, fn func(q db.Q, m *Import) error) error {
	return s.db.InTx(ctx, func(q db.Q) error { return s.changeIn(ctx, q, importID, fn) })
}

// changeIn is change in the caller's transaction.
func (s *Service) changeIn(ctx context.Context, q db.Q, importID int64, fn func(q db.Q, m *Import) error) error {
	m, err := loadImport(ctx, q, importID)
	if err != nil {
		return err
	}
	// The copy handed out is complete only after the version has moved, so fn may keep it: updateImport moves it by one.
	m.Version++
	if err := fn(q, &m); err != nil {
		return err
	}
	m.Version--
	ok, err := updateImport(ctx, q, &m)
	if err == nil && !ok {
		return errs.New(errs.Precondition, "precondition_failed")
	}
	return err
}
