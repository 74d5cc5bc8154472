package backup

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// View says in the API whether the installation is backed up.
type View struct {
	Configured bool       `json:"configured" doc:"Backups are made here by themselves"`
	Place      string     `json:"place"`
	Sealed     bool       `json:"sealed" doc:"Encrypted"`
	LastName   string     `json:"last_name" doc:"Empty before the first"`
	LastAt     *time.Time `json:"last_at"`
	LastSize   int64      `json:"last_size" doc:"Bytes, without uploads"`
	Files      int        `json:"files" doc:"Uploads in the newest"`
	NewFiles   int        `json:"new_files" doc:"Those it had to send"`
	AlarmHours int        `json:"alarm_hours"`
	Overdue    bool       `json:"overdue" doc:"The newest good one is older than that, or there is none"`
}

// JobView names the job that was asked for.
type JobView struct {
	JobID string `json:"job_id"`
}

// Register adds the operations of backups.
func Register(api *httpapi.API, s *Service) {
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Backups", Permission: authz.SystemManage}
	}
	httpapi.Register(api, op("get-backup", http.MethodGet, "/backup", "Whether the installation is backed up"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[View], error) {
			st, err := s.Status(ctx)
			v := View{
				Configured: st.Configured, Place: st.Place, Sealed: st.Sealed, LastName: st.Last.Name, LastSize: st.Last.Size, Files: st.Last.Files, NewFiles: st.Last.New,
				AlarmHours: st.AlarmHours, Overdue: st.Overdue,
			}
			if st.Last.Name != "" {
				v.LastAt = &st.Last.At
			}
			return httpapi.Ok(v), err
		})
	httpapi.Register(api, op("start-backup", http.MethodPost, "/backup", "Make a backup now"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[JobView], error) {
			n, err := s.Start(ctx)
			return httpapi.Ok(JobView{id.String(n)}), err
		})
}
