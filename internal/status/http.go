package status

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
)

// View is how the installation does, in the API.
type View struct {
	Version      string      `json:"version"`
	Go           string      `json:"go"`
	Database     string      `json:"database" enum:"sqlite,postgres"`
	StartedAt    time.Time   `json:"started_at" doc:"This process"`
	Schema       int64       `json:"schema" doc:"Version of the schema"`
	SchemaNewest int64       `json:"schema_newest" doc:"The newest this program knows"`
	Events       EventsView  `json:"events"`
	Jobs         JobsView    `json:"jobs"`
	Storage      StorageView `json:"storage"`
	BackupAt     *time.Time  `json:"backup_at" doc:"The newest good one"`
	Checks       []CheckView `json:"checks" nullable:"false"`
}

// EventsView is the outbox.
type EventsView struct {
	Open   int64      `json:"open" doc:"Not handed out yet, parked ones included"`
	Parked int64      `json:"parked"`
	Oldest *time.Time `json:"oldest" doc:"When the oldest that is not parked happened"`
}

// JobsView is what the jobs stand at.
type JobsView struct {
	Waiting int64      `json:"waiting"`
	Running int64      `json:"running"`
	Failed  int64      `json:"failed" doc:"In the last seven days"`
	Oldest  *time.Time `json:"oldest" doc:"When the one that is due longest was due"`
}

// StorageView is the database and the disk, in bytes.
type StorageView struct {
	Data      int64 `json:"data"`
	Free      int64 `json:"free" doc:"Of data: pages that hold nothing (SQLite)"`
	WAL       int64 `json:"wal" doc:"SQLite"`
	Files     int64 `json:"files" doc:"Number of uploads"`
	FileBytes int64 `json:"file_bytes"`
	DiskFree  int64 `json:"disk_free" doc:"0 = unknown"`
	DiskSize  int64 `json:"disk_size"`
	Busy      int   `json:"busy" doc:"Readers or connections in use"`
	Most      int   `json:"most" doc:"That there may be"`
}

// CheckView is one question asked of the installation.
type CheckView struct {
	Name  string `json:"name" enum:"schema,disk,database,events,jobs,backup,statements"`
	Level Level  `json:"level" enum:"ok,warn,bad"`
}

// StatementView is a statement that took long.
type StatementView struct {
	Shape     string    `json:"shape" doc:"Its text, with placeholders in the place of values"`
	Times     int64     `json:"times"`
	LongestMS float64   `json:"longest_ms"`
	TotalMS   float64   `json:"total_ms"`
	LastAt    time.Time `json:"last_at"`
}

// StatementsView is what took long since the process started.
type StatementsView struct {
	FromMS float64         `json:"from_ms" doc:"What took longer is kept"`
	Items  []StatementView `json:"items" nullable:"false"`
}

func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

func view(r Report) View {
	v := View{
		Version: r.Version, Go: r.Go, Database: r.Database, StartedAt: r.StartedAt, Schema: r.Schema, SchemaNewest: r.SchemaNewest,
		Events:   EventsView{r.Events, r.EventsParked, moment(r.EventsOldest)},
		Jobs:     JobsView{r.JobsWaiting, r.JobsRunning, r.JobsFailed, moment(r.JobsOldest)},
		Storage:  StorageView{r.Data, r.Free, r.WAL, r.Files, r.FileBytes, r.DiskFree, r.DiskSize, r.Busy, r.Most},
		BackupAt: moment(r.BackupAt), Checks: make([]CheckView, len(r.Checks)),
	}
	for i, c := range r.Checks {
		v.Checks[i] = CheckView(c)
	}
	return v
}

// Register adds the operations.
func Register(api *httpapi.API, s *Service) {
	op := func(id, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: http.MethodGet, Path: path, Summary: summary, Tag: "System", Permission: authz.SystemManage}
	}
	httpapi.Register(api, op("get-system", "/system", "How the installation does"), func(ctx context.Context, _ *struct{}) (*httpapi.Body[View], error) {
		r, err := s.Report(ctx)
		return httpapi.Ok(view(r)), err
	})
	httpapi.Register(api, op("list-slow-statements", "/system/statements", "Statements that took long since this process started, the one that cost most first"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[StatementsView], error) {
			list, from, err := s.Statements(ctx)
			v := StatementsView{FromMS: millis(from), Items: make([]StatementView, len(list))}
			for i, x := range list {
				v.Items[i] = StatementView{x.Shape, x.Times, millis(x.Longest), millis(x.Total), x.Last}
			}
			return httpapi.Ok(v), err
		})
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
