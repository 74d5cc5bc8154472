package grading

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rulebook"
)

func TestDraftSimulationFollowsTheDraftAsSaved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company(testPage + 30)
		k.grade(book, "2026-06-30")
		draft, err := k.books.CreateDraft(k.ctx, rulebook.DraftInput{Rulebook: book})
		if err != nil {
			t.Fatal(err)
		}
		files := draft.Files
		const was, is = "value: none", "value: ordinary"
		if !strings.Contains(files["rulebook.yaml"], was) {
			t.Fatalf("the setting is written otherwise:\n%s", files["rulebook.yaml"])
		}
		files["rulebook.yaml"] = strings.Replace(files["rulebook.yaml"], was, is, 1)
		if draft, err = k.books.SaveDraft(k.ctx, draft.ID, draft.Revision, files); err != nil {
			t.Fatal(err)
		}
		jobID, err := k.s.StartDraftSimulation(k.ctx, draft.ID, nil, day(t, "2026-06-30"))
		if err != nil {
			t.Fatal(err)
		}
		if err := k.books.DeleteDraft(k.ctx, draft.ID, draft.Revision); err != nil {
			t.Fatal(err)
		}
		done, err := k.run.RunJob(k.ctx, jobID)
		var sim Simulation
		if err != nil || json.Unmarshal(done.Result, &sim) != nil || sim.Changed == 0 || sim.Changed != sim.After["ordinary"] {
			t.Errorf("simulation: %s %v", done.Result, err)
		}
		if _, err := k.s.StartDraftSimulation(k.ctx, draft.ID, nil, day(t, "2026-06-30")); errs.CodeOf(err) != "not_found" {
			t.Errorf("a draft that is gone: %v", err)
		}
	})
}

func TestDraftSimulationOverHTTP(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	k.company(3)
	draft, err := k.books.CreateDraft(k.ctx, rulebook.DraftInput{Rulebook: book})
	if err != nil {
		t.Fatal(err)
	}
	h := k.web(k.ctx)
	path := "/rulebook-drafts/" + id.String(draft.ID) + "/simulate"
	var job JobView
	if w := call(t, h, "POST", path, `{}`, &job); w.Code != http.StatusAccepted || job.JobID == "" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := call(t, h, "POST", path, `{"settings":{"no_such":"1"}}`, nil); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a setting that does not exist: %d %s", w.Code, w.Body)
	}
	if w := call(t, h, "POST", path, `{"as_of":"2026-02-30"}`, nil); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a day that does not exist: %d %s", w.Code, w.Body)
	}
	if w := call(t, h, "POST", "/rulebook-drafts/77/simulate", `{}`, nil); w.Code != http.StatusNotFound {
		t.Errorf("a draft that does not exist: %d %s", w.Code, w.Body)
	}
}
