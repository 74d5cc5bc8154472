package status

import (
	"context"
	"runtime"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/backup"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/files"
	"kezhi/internal/job"
)

// Deps are the parts that are asked.
type Deps struct {
	DB      *db.DB
	Now     clock.Clock
	Version string
	Dir     string // the data folder
	Bus     *event.Bus
	Queue   *job.Queue
	Files   *files.Store
	Backups *backup.Service
}

// Service answers how the installation does.
type Service struct {
	d       Deps
	started time.Time
}

// New makes the service; the process counts as started now.
func New(d Deps) *Service { return &Service{d: d, started: d.Now()} }

// Report asks every part. Needs system.manage.
func (s *Service) Report(ctx context.Context) (Report, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return Report{}, err
	}
	r := Report{Version: s.d.Version, Go: runtime.Version(), Database: string(s.d.DB.Dialect()), StartedAt: s.started, At: s.d.Now(), Slow: len(s.d.DB.Slow())}
	var err error
	if r.Schema, r.SchemaNewest, err = s.d.DB.Versions(ctx); err != nil {
		return r, err
	}
	out, err := s.d.Bus.Outbox(ctx)
	if err != nil {
		return r, err
	}
	r.Events, r.EventsParked, r.EventsOldest = out.Open, out.Parked, out.Oldest
	load, err := s.d.Queue.Load(ctx)
	if err != nil {
		return r, err
	}
	r.JobsWaiting, r.JobsRunning, r.JobsFailed, r.JobsOldest = load.Waiting, load.Running, load.Failed, load.Oldest
	size, err := s.d.DB.Size(ctx)
	if err != nil {
		return r, err
	}
	r.Data, r.Free, r.WAL, r.Busy, r.Most = size.Data, size.Free, size.WAL, size.Busy, size.Most
	if r.Files, r.FileBytes, err = s.d.Files.Kept(ctx); err != nil {
		return r, err
	}
	r.DiskFree, r.DiskSize = diskOf(s.d.Dir)
	last, err := s.d.Backups.Status(ctx)
	if err != nil {
		return r, err
	}
	r.BackupConfigured, r.BackupOld = last.Configured, last.Overdue
	if last.Last.Name != "" {
		r.BackupAt = last.Last.At
	}
	r.Checks = r.judge()
	return r, nil
}

// Statements gives those that took long since the process started, the one that cost most first, and from when on they count. Needs system.manage.
func (s *Service) Statements(ctx context.Context) ([]db.SlowStatement, time.Duration, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return nil, 0, err
	}
	return s.d.DB.Slow(), s.d.DB.SlowFrom(), nil
}
