package status

import "time"

// Level says how a check came out.
type Level string

// The levels.
const (
	OK   Level = "ok"
	Warn Level = "warn" // look at it soon
	Bad  Level = "bad"  // look at it now
)

// Check is one question asked of the installation, by a stable name.
type Check struct {
	Name  string
	Level Level
}

// Bounds from which on a check warns or is bad.
const (
	eventLate = 2 * time.Minute // the oldest event waits
	jobLate   = 10 * time.Minute
	diskWarn  = 0.10 // of the disk that is free
	diskBad   = 0.03
	slowWarn  = 20 // statements that took long since the start
	walWarn   = 1 << 30
)

// Report is how the installation does at a moment.
type Report struct {
	Version, Go, Database       string
	StartedAt, At               time.Time
	Schema, SchemaNewest        int64
	Events, EventsParked        int64
	EventsOldest, JobsOldest    time.Time // zero = none waits
	JobsWaiting, JobsRunning    int64
	JobsFailed                  int64 // in seven days
	Data, Free, WAL             int64 // of the database, in bytes
	Files, FileBytes            int64 // uploads
	DiskFree, DiskSize          int64 // where the data folder lies; 0 = unknown
	Busy, Most                  int   // readers or connections
	BackupAt                    time.Time
	BackupConfigured, BackupOld bool
	Slow                        int
	Checks                      []Check
}

// judge asks every question of a report; the order is that in which they are shown.
func (r Report) judge() []Check {
	level := func(warn, bad bool) Level {
		switch {
		case bad:
			return Bad
		case warn:
			return Warn
		}
		return OK
	}
	waits := func(since time.Time, late time.Duration) bool { return !since.IsZero() && r.At.Sub(since) > late }
	share := 1.0
	if r.DiskSize > 0 {
		share = float64(r.DiskFree) / float64(r.DiskSize)
	}
	return []Check{
		{"schema", level(false, r.Schema != r.SchemaNewest)},
		{"disk", level(share < diskWarn, share < diskBad)},
		{"database", level(r.WAL > walWarn, r.Most > 0 && r.Busy >= r.Most)},
		{"events", level(waits(r.EventsOldest, eventLate), r.EventsParked > 0)},
		{"jobs", level(r.JobsFailed > 0, waits(r.JobsOldest, jobLate))},
		{"backup", level(!r.BackupConfigured, r.BackupOld)},
		{"statements", level(r.Slow >= slowWarn, false)},
	}
}
