package seal

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// JobReseal has everything sealed under the data key in use.
const JobReseal = "seal.reseal"

// Holder keeps sealed things.
type Holder interface {
	// Held counts them, and those that are not under a data key yet.
	Held(ctx context.Context, keyID int64) (all, waiting int64, err error)
	// Reseal brings some of those that wait under the data key, the ones behind a cursor ("" = from the beginning), and gives how many and the
	// cursor to go on from, "" when there are no more. What cannot be opened it leaves as it is.
	Reseal(ctx context.Context, keyID int64, after string) (n int64, next string, err error)
}

// Hold registers who keeps sealed things, at composition.
func (k *Keys) Hold(h Holder) { k.holds = append(k.holds, h) }

// Status is how an installation is sealed.
type Status struct {
	Source  string // file, environment, server
	Place   string // of the master key
	Master  string // its id
	Beside  bool   // it lies in the data folder
	KeyID   int64  // data key in use
	Since   time.Time
	Keys    int   // data keys, with those before
	All     int64 // sealed things and such as are to be sealed
	Waiting int64 // those that are not under the data key in use
}

// Status tells how the installation is sealed. Needs system.manage.
func (k *Keys) Status(ctx context.Context) (Status, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return Status{}, err
	}
	active, err := k.Active(ctx)
	if err != nil {
		return Status{}, err
	}
	source, where := k.conf.place(k.dir)
	k.mu.RLock()
	st := Status{Source: source, Place: where, Beside: source == FromFile && k.conf.File == "", Master: k.master, KeyID: active}
	for _, x := range k.rows {
		if x.purpose == purposeSeal {
			st.Keys++
		}
		if x.id == active {
			st.Since = x.at
		}
	}
	k.mu.RUnlock()
	st.All, st.Waiting, err = k.held(ctx, active)
	return st, err
}

func (k *Keys) held(ctx context.Context, active int64) (all, waiting int64, err error) {
	for _, h := range k.holds {
		n, w, err := h.Held(ctx, active)
		if err != nil {
			return 0, 0, err
		}
		all, waiting = all+n, waiting+w
	}
	return all, waiting, nil
}

// Rotate makes a new data key and a job that seals everything anew with it. Needs system.manage.
func (k *Keys) Rotate(ctx context.Context, queue *job.Queue) (jobID int64, err error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return 0, err
	}
	m, err := k.current()
	if err != nil {
		return 0, k.explain(err)
	}
	x, err := k.newRow(ctx, m, purposeSeal)
	if err != nil {
		return 0, err
	}
	err = k.db.InTx(ctx, func(q db.Q) error {
		if err := retire(ctx, q, purposeSeal); err != nil {
			return err
		}
		if err := insertRow(ctx, q, x); err != nil {
			return err
		}
		if err := audit.Write(ctx, q, k.now(), audit.Entry{Action: "seal.rotate", Entity: "data_key", EntityID: id.String(x.id), Detail: map[string]any{}}); err != nil {
			return err
		}
		jobID, err = queue.Enqueue(ctx, q, spec())
		return err
	})
	if err != nil {
		return 0, err
	}
	return jobID, k.refresh(ctx, k.db.Read(), false)
}

func spec() job.Spec { return job.Spec{Kind: JobReseal, Args: struct{}{}, UniqueKey: JobReseal} }

// ReplaceMaster makes a new master key, puts the data keys under it, and its file in the place of the one before, which stays beside
// it. Cut short anywhere, the next start ends it. Needs system.manage. Error: seal.not_a_file.
func (k *Keys) ReplaceMaster(ctx context.Context) (string, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return "", err
	}
	source, where := k.conf.place(k.dir)
	if source != FromFile {
		return "", errs.New(errs.Invalid, "seal.not_a_file", "place", where)
	}
	next, err := readMaster(where + nextEnding)
	if errors.Is(err, fs.ErrNotExist) {
		next, err = WriteMaster(where+nextEnding, "")
	}
	if err != nil {
		return "", err
	}
	rows, err := loadRows(ctx, k.db.Read())
	if err != nil {
		return "", err
	}
	masters, err := k.candidates()
	if err != nil {
		return "", k.explain(err)
	}
	raw, err := k.unwrap(ctx, rows, masters)
	if err != nil {
		return "", err
	}
	if err := k.under(ctx, next, rows, raw, audit.Entry{Action: "seal.master", Entity: "data_key", EntityID: next.ID(), Detail: map[string]any{}}); err != nil {
		return "", err
	}
	return next.ID(), k.refresh(ctx, k.db.Read(), true)
}

// Wake asks for the job when something waits to be sealed: after an update, or when a rotation was cut short for good.
func (k *Keys) Wake(ctx context.Context, queue *job.Queue) error {
	active, err := k.Active(ctx)
	if err != nil {
		return err
	}
	_, waiting, err := k.held(ctx, active)
	if err != nil || waiting == 0 {
		return err
	}
	return k.db.InTx(ctx, func(q db.Q) error {
		_, err := queue.Enqueue(ctx, q, spec())
		return err
	})
}

// Jobs gives the handler of JobReseal.
func (k *Keys) Jobs() map[string]job.Handler { return map[string]job.Handler{JobReseal: k.reseal} }

func (k *Keys) reseal(ctx context.Context, run *job.Run) error {
	active, err := k.Active(ctx)
	if err != nil {
		return err
	}
	_, total, err := k.held(ctx, active)
	if err != nil {
		return err
	}
	var done int64
	for _, h := range k.holds {
		for after := ""; ; {
			n, next, err := h.Reseal(ctx, active, after)
			if err != nil {
				return err
			}
			done += n
			if err := run.Progress(ctx, done, max(total, done)); err != nil {
				return err
			}
			if after = next; next == "" {
				break
			}
		}
	}
	// What could not be opened stays as it was, and is told.
	_, left, err := k.held(ctx, active)
	run.SetResult(map[string]int64{"sealed": done, "left": left})
	return err
}
