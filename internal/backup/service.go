package backup

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/job"
	"kezhi/internal/setting"
)

// JobRun makes a backup by the schedule.
const JobRun = "backup.run"

// lastSetting keeps the newest good backup.
const lastSetting = "backup.last"

// Last is the newest good backup that the installation made by itself.
type Last struct {
	Name  string    `json:"name"`
	At    time.Time `json:"at"`
	Size  int64     `json:"size"`
	New   int       `json:"new_files"`
	Files int       `json:"files"`
}

// Status says whether the installation is backed up.
type Status struct {
	Configured bool
	Place      string
	Last       Last // Name is empty before the first
	AlarmHours int
	Overdue    bool // the newest good one is older than that, or there is none
	Sealed     bool
}

// Service makes backups by itself and says how old the newest good one is.
type Service struct {
	conf  Config
	src   Source
	queue *job.Queue
	now   clock.Clock
	loc   *time.Location
	log   *slog.Logger

	following sync.WaitGroup     // until the continuous copy has begun
	unfollow  context.CancelFunc // nil = there is none
	follower  *Follower          // read after following only
}

// NewService makes the service. Without a place in the configuration it makes no backups and raises no alarm.
func NewService(c Config, src Source, queue *job.Queue, now clock.Clock, loc *time.Location, log *slog.Logger) *Service {
	return &Service{conf: c.WithDefaults(), src: src, queue: queue, now: now, loc: loc, log: log}
}

// Configured says whether backups are made here by themselves: there is a place, and the database is SQLite.
func (s *Service) Configured() bool { return s.conf.To != "" && s.src.DB.Dialect() == db.SQLite }

// Jobs gives the handler of JobRun.
func (s *Service) Jobs() map[string]job.Handler { return map[string]job.Handler{JobRun: s.run} }

// Daily gives the job and when it is due next.
func (s *Service) Daily() (job.Spec, func(time.Time) time.Time) {
	return job.Spec{Kind: JobRun, Args: struct{}{}, UniqueKey: JobRun}, func(now time.Time) time.Time { return s.conf.Next(now, s.loc) }
}

func (s *Service) run(ctx context.Context, run *job.Run) error {
	x, gone, err := s.Run(ctx)
	if err == nil {
		run.SetResult(map[string]any{"name": x.Name, "size": x.Size, "new_files": x.New, "removed": gone})
	}
	return err
}

// Run makes a backup in the place of the configuration, takes away those that are too old, and notes that all went well.
func (s *Service) Run(ctx context.Context) (Index, int, error) {
	r, err := OpenRepository(ctx, s.conf)
	if err != nil {
		return Index{}, 0, err
	}
	x, err := r.Run(ctx, s.src, s.now())
	if err != nil {
		s.log.ErrorContext(ctx, "the backup failed", "error", err)
		return x, 0, err
	}
	last := Last{x.Name, x.Manifest.MadeAt, x.Size, x.New, x.Manifest.Files}
	err = s.src.DB.InTx(ctx, func(q db.Q) error { return setting.Save(ctx, q, lastSetting, last, clock.Micros(s.now())) })
	if err != nil {
		return x, 0, err
	}
	// What is too old goes only when there is something newer.
	gone, err := r.Prune(ctx, s.now())
	return x, gone, err
}

// followAgain is how long a place that does not answer is left alone.
const followAgain = time.Minute

// Follow begins to copy the database continuously where the configuration says so. What keeps it from that keeps nobody from working: it
// is tried again until Unfollow.
func (s *Service) Follow(ctx context.Context, path string) {
	if !s.conf.Follow || !s.Configured() {
		return
	}
	ctx, s.unfollow = context.WithCancel(ctx)
	s.following.Go(func() {
		for ctx.Err() == nil {
			r, err := OpenRepository(ctx, s.conf)
			if err == nil {
				s.follower, err = r.Follow(ctx, path, s.log)
			}
			if err == nil {
				return
			}
			s.log.ErrorContext(ctx, "the database is not copied continuously", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(followAgain):
			}
		}
	})
}

// Unfollow ends the continuous copy with what is left, before the database is closed.
func (s *Service) Unfollow(ctx context.Context) error {
	if s.unfollow == nil {
		return nil
	}
	s.unfollow()
	s.following.Wait()
	if s.follower == nil {
		return nil
	}
	return s.follower.Close(ctx)
}

// Status says whether the installation is backed up. Needs system.manage.
func (s *Service) Status(ctx context.Context) (Status, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return Status{}, err
	}
	return s.status(ctx)
}

func (s *Service) status(ctx context.Context) (Status, error) {
	out := Status{Configured: s.Configured(), Place: s.conf.To, AlarmHours: s.conf.AlarmHours, Sealed: len(s.conf.Recipients) > 0 || s.conf.PassphraseFile != ""}
	if err := setting.Load(ctx, s.src.DB.Read(), lastSetting, &out.Last); err != nil {
		return out, err
	}
	out.Overdue = out.Configured && s.now().Sub(out.Last.At) > time.Duration(out.AlarmHours)*time.Hour
	return out, nil
}

// OverdueHours gives for how many hours there has been no good backup when that is too long, else 0. When there never was one, 1.
func (s *Service) OverdueHours(ctx context.Context) (int64, error) {
	st, err := s.status(ctx)
	if err != nil || !st.Overdue {
		return 0, err
	}
	if st.Last.Name == "" {
		return 1, nil
	}
	return max(int64(s.now().Sub(st.Last.At).Hours()), 1), nil
}

// Health says in one line how it stands with backups, for the probe of the machine: "backup ok", "backup overdue 40h", "backup none".
func (s *Service) Health(ctx context.Context) string {
	st, err := s.status(ctx)
	switch {
	case err != nil:
		return "backup unknown " + errs.CodeOf(err)
	case !st.Configured:
		return "backup none"
	case st.Overdue && st.Last.Name == "":
		return "backup overdue never"
	case st.Overdue:
		return fmt.Sprintf("backup overdue %dh", int64(s.now().Sub(st.Last.At).Hours()))
	}
	return "backup ok"
}

// Start asks for a backup now and gives the job. Needs system.manage. Error: backup.not_configured.
func (s *Service) Start(ctx context.Context) (jobID int64, err error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return 0, err
	}
	if !s.Configured() {
		return 0, errs.New(errs.Invalid, "backup.not_configured")
	}
	err = s.src.DB.InTx(ctx, func(q db.Q) error {
		spec, _ := s.Daily()
		jobID, err = s.queue.Enqueue(ctx, q, spec)
		return err
	})
	return jobID, err
}

var (
	lastDesc    = prometheus.NewDesc("kezhi_backup_last_success_timestamp_seconds", "When the newest good backup was made; 0 when there is none.", nil, nil)
	overdueDesc = prometheus.NewDesc("kezhi_backup_overdue", "1 when backups are configured and the newest good one is too old.", nil, nil)
)

// Describe is of prometheus.Collector.
func (s *Service) Describe(ch chan<- *prometheus.Desc) {
	ch <- lastDesc
	ch <- overdueDesc
}

// Collect is of prometheus.Collector.
func (s *Service) Collect(ch chan<- prometheus.Metric) {
	st, err := s.status(context.Background())
	if err != nil {
		ch <- prometheus.NewInvalidMetric(lastDesc, err)
		return
	}
	last, overdue := 0.0, 0.0
	if st.Last.Name != "" {
		last = float64(st.Last.At.Unix())
	}
	if st.Overdue {
		overdue = 1
	}
	ch <- prometheus.MustNewConstMetric(lastDesc, prometheus.GaugeValue, last)
	ch <- prometheus.MustNewConstMetric(overdueDesc, prometheus.GaugeValue, overdue)
}
