package grading

import (
	"context"
	"io"
	"slices"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
	"kezhi/internal/sheet"
)

// lookAgain is how often the command line looks whether another process has finished the run it waits for.
const lookAgain = 300 * time.Millisecond

// Options of Grade.
type Options struct {
	// Settings are those to adopt the rulebook with where AdoptIfNone adopts it; where it is in force they must be those in force.
	Settings map[string]string
	// Whole judges everybody even where only those would be judged about whom something changed since a run of the same day.
	Whole bool
	// AdoptIfNone adopts the rulebook effective on the day where none was in force: the version of its first adoption, or the newest.
	AdoptIfNone bool
	// Adopted is told when AdoptIfNone adopted something; may be nil.
	Adopted func(rulebook.Adoption)
}

// Summary is the outcome of a grading as programs read it. The names of its members are a contract.
type Summary struct {
	Rulebook       string           `json:"rulebook"`
	Version        string           `json:"version"`
	AsOf           string           `json:"as_of"`
	InScope        int64            `json:"in_scope"`
	Verdicts       map[string]int64 `json:"verdicts"`
	Changed        int64            `json:"changed"`
	WithoutVerdict []Without        `json:"without_verdict"`
	Seconds        float64          `json:"seconds"`
	// Schemes tells each scheme apart where the rulebook has several; the members above are those of the first.
	Schemes map[string]SchemeSummary `json:"schemes,omitempty"`

	RunID int64            `json:"-"`
	Runs  map[string]int64 `json:"-"` // by scheme
}

// SchemeSummary is the outcome of a grading in one scheme.
type SchemeSummary struct {
	InScope        int64            `json:"in_scope"`
	Verdicts       map[string]int64 `json:"verdicts"`
	Changed        int64            `json:"changed"`
	WithoutVerdict []Without        `json:"without_verdict"`
}

// Without is a customer in scope that has no verdict, with the stable code of the reason.
type Without struct {
	Customer string `json:"customer"`
	Reason   string `json:"reason"`
}

// Grade grades everybody in scope here and now, for the command line, and waits for the outcome. A run that another
// process works on, or that was interrupted, is waited for or taken over. progress may be nil. Needs grading.run over all
// customers. Errors: those of Start, grading.other_settings, and the job's own.
func (s *Service) Grade(ctx context.Context, rulebookID string, asOf calendar.Date, opt Options, progress func(done, total int64)) (Summary, error) {
	if _, err := requireAll(ctx); err != nil {
		return Summary{}, err
	}
	began := s.now()
	if err := s.ensureInForce(ctx, rulebookID, asOf, opt); err != nil {
		return Summary{}, err
	}
	run, err := s.startAfterOthers(ctx, rulebookID, asOf, opt.Whole)
	if err != nil {
		return Summary{}, err
	}
	if progress != nil {
		s.watchers.Store(run.ID, progress)
		defer s.watchers.Delete(run.ID)
	}
	if err := s.finishJob(ctx, run.JobID); err != nil {
		return Summary{}, err
	}
	runs, err := runsOfJob(ctx, s.db.Read(), run.JobID)
	if err != nil {
		return Summary{}, err
	}
	if run = runs[len(runs)-1]; run.State != Done {
		return Summary{}, errs.New(errs.Conflict, "grading.not_finished", "state", string(run.State), "run", id.String(run.ID))
	}
	out, err := s.summary(ctx, runs)
	out.Seconds = s.now().Sub(began).Seconds()
	return out, err
}

// ensureInForce adopts where that was asked for, and refuses settings other than those in force.
func (s *Service) ensureInForce(ctx context.Context, rulebookID string, asOf calendar.Date, opt Options) error {
	in, err := s.books.InForce(ctx, s.db.Read(), rulebookID, asOf)
	if opt.AdoptIfNone && errs.CodeOf(err) == "rulebook.not_in_force" {
		return s.adoptFirst(ctx, rulebookID, asOf, opt)
	}
	if err != nil {
		return err
	}
	for name, value := range opt.Settings {
		if now, ok := settingNow(in, name); !ok || now != value {
			return errs.New(errs.Conflict, "grading.other_settings", "rulebook", rulebookID, "setting", name, "value", value, "in_force", now)
		}
	}
	return nil
}

func (s *Service) adoptFirst(ctx context.Context, rulebookID string, asOf calendar.Date, opt Options) error {
	d, err := s.books.Get(ctx, rulebookID)
	if err != nil {
		return err
	}
	in := rulebook.AdoptInput{Rulebook: rulebookID, EffectiveFrom: asOf, Settings: opt.Settings}
	if n := len(d.Adoptions); n > 0 { // latest first: the last is the first there was
		in.Version = d.Adoptions[n-1].Version
		if len(opt.Settings) == 0 {
			in.Settings = d.Adoptions[n-1].Settings
		}
	}
	a, err := s.books.Adopt(ctx, in)
	if err == nil && opt.Adopted != nil {
		opt.Adopted(a)
	}
	return err
}

func settingNow(in rulebook.InForce, name string) (string, bool) {
	if v, ok := in.Settings[name]; ok {
		return v, true
	}
	list := in.Book.Settings()
	i := slices.IndexFunc(list, func(x rule.Setting) bool { return x.Name == name })
	if i < 0 {
		return "", false
	}
	return list[i].Value, true
}

// startAfterOthers enqueues the run; a run of another day that is on its way is brought to its end first.
func (s *Service) startAfterOthers(ctx context.Context, rulebookID string, asOf calendar.Date, whole bool) (Run, error) {
	for {
		run, err := s.start(ctx, rulebookID, asOf, whole)
		if errs.CodeOf(err) != "grading.already_running" {
			return run, err
		}
		e, _ := errs.As(err)
		text, _ := e.Args["run"].(string)
		runID, err := id.Parse(text)
		if err != nil {
			return Run{}, err
		}
		other, err := getRun(ctx, s.db.Read(), runID)
		if err != nil {
			return Run{}, err
		}
		if err := s.finishJob(ctx, other.JobID); err != nil {
			return Run{}, err
		}
	}
}

// finishJob does a job here, or waits for whoever does it; a job whose worker died is taken over once its lease ran out.
func (s *Service) finishJob(ctx context.Context, jobID int64) error {
	t := time.NewTicker(lookAgain)
	defer t.Stop()
	for {
		_, err := s.runner.RunJob(ctx, jobID)
		if errs.CodeOf(err) != "job.taken" {
			return err
		}
		j, err := s.runner.Get(ctx, jobID)
		if err != nil {
			return err
		}
		switch j.State {
		case job.Done:
			return nil
		case job.Canceled:
			return job.ErrCanceled
		case job.Failed:
			return &errs.Error{Kind: errs.Internal, Code: j.ErrorCode, Args: j.ErrorArgs}
		}
		select {
		case <-t.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// summary tells what the runs of a job found, the first scheme before the others.
func (s *Service) summary(ctx context.Context, runs []Run) (Summary, error) {
	first := runs[0]
	out := Summary{Rulebook: first.Rulebook, Version: first.Version, AsOf: first.AsOf.String(), RunID: first.ID, Runs: map[string]int64{}}
	schemes := map[string]SchemeSummary{}
	for _, run := range runs {
		one, err := s.schemeSummary(ctx, run)
		if err != nil {
			return out, err
		}
		schemes[run.Scheme], out.Runs[run.Scheme] = one, run.ID
	}
	one := schemes[first.Scheme]
	out.InScope, out.Verdicts, out.Changed, out.WithoutVerdict = one.InScope, one.Verdicts, one.Changed, one.WithoutVerdict
	if len(runs) > 1 {
		out.Schemes = schemes
	}
	return out, nil
}

func (s *Service) schemeSummary(ctx context.Context, run Run) (SchemeSummary, error) {
	out := SchemeSummary{InScope: run.InScope, Verdicts: copyCounts(run.Counts), Changed: run.Changed, WithoutVerdict: []Without{}}
	if run.WithoutVerdict == 0 {
		return out, nil
	}
	err := eachWithout(ctx, s.db.Read(), run, func(w Without) { out.WithoutVerdict = append(out.WithoutVerdict, w) })
	return out, err
}

// Export writes the verdicts of a run as CSV: code, verdict, score, sorted by the customer's code, without those that have
// no verdict. It is byte-identical wherever the same facts were graded. Needs grading.read; the actor's scope applies.
func (s *Service) Export(ctx context.Context, w io.Writer, runID int64) error {
	run, scope, err := s.visibleRun(ctx, runID)
	if err != nil {
		return err
	}
	out := sheet.NewCSVWriter(w, sheet.CSVOptions{NoBOM: true, NoGuard: true})
	if err := out.WriteRow([]sheet.Cell{sheet.Text("code"), sheet.Text("verdict"), sheet.Text("score")}); err != nil {
		return err
	}
	err = eachFound(ctx, s.db.Read(), run, scope, func(f Found) error {
		if f.Code == "" {
			return nil
		}
		return out.WriteRow([]sheet.Cell{sheet.Text(f.CustomerCode), sheet.Text(f.Code), sheet.Number(FormatScore(f.Score))})
	})
	if err != nil {
		return err
	}
	return out.Close()
}
