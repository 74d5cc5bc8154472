package seal

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// View says in the API how the installation is sealed.
type View struct {
	Source  string    `json:"source" enum:"file,environment,server"`
	Place   string    `json:"place" doc:"Where the master key is"`
	Master  string    `json:"master" doc:"Its name; tells nothing about it"`
	Beside  bool      `json:"beside" doc:"It lies in the data folder"`
	KeyID   string    `json:"key_id" doc:"Data key in use"`
	Since   time.Time `json:"since" doc:"When that was made"`
	Keys    int       `json:"keys" doc:"Data keys, with those before"`
	All     int64     `json:"all" doc:"What is sealed or to be sealed"`
	Waiting int64     `json:"waiting" doc:"What is not under the data key in use yet"`
}

// JobView names the job that was asked for.
type JobView struct {
	JobID string `json:"job_id"`
}

// Register adds the operations of keys.
func Register(api *httpapi.API, k *Keys, queue *job.Queue) {
	op := func(id, method, path, summary string) httpapi.Op {
		return httpapi.Op{ID: id, Method: method, Path: path, Summary: summary, Tag: "Keys", Permission: authz.SystemManage}
	}
	httpapi.Register(api, op("get-keys", http.MethodGet, "/keys", "How the installation is sealed"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[View], error) {
			st, err := k.Status(ctx)
			return httpapi.Ok(View{st.Source, st.Place, st.Master, st.Beside, id.String(st.KeyID), st.Since, st.Keys, st.All, st.Waiting}), err
		})
	httpapi.Register(api, op("rotate-keys", http.MethodPost, "/keys/rotation", "Make a new data key and seal everything anew with it"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[JobView], error) {
			n, err := k.Rotate(ctx, queue)
			return httpapi.Ok(JobView{id.String(n)}), err
		})
}
