package procedure

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"strings"
	"testing"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/job"
)

// done runs a job here and now and reads its result.
func done[T any](h *house, jobID int64) T {
	h.t.Helper()
	r := job.NewRunner(h.svc.queue, slog.New(slog.DiscardHandler), func(context.Context, int64) string { return "赵" })
	for kind, do := range h.svc.Jobs() {
		r.Register(kind, do)
	}
	j, err := r.RunJob(context.Background(), jobID)
	if err != nil || j.State != job.Done {
		h.t.Fatalf("%s: %v", j.State, err)
	}
	var out T
	if err := json.Unmarshal(j.Result, &out); err != nil {
		h.t.Fatal(err)
	}
	return out
}

// An uploaded log becomes cases by a job; taken back, all go but the one somebody worked on, and the rest can be imported again.
func TestAnUploadedLogIsImportedAndTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.adoptShipped(IncidentRulebook)
		h.appoint("service_desk", zhou, 0)
		const at = "1/3/2016 08:00"
		text, err := os.ReadFile(writeLog(t,
			logLine("INC1", "Closed", "1,1,1", "1/3/2016 09:00", at, at, "1/3/2016 09:00"),
			logLine("INC2", "New", "0,0,0", at, at, "?", "?"),
			logLine("INC3", "-100", "0,0,0", at, at, "?", "?"),
		))
		if err != nil {
			t.Fatal(err)
		}
		start := func(ctx context.Context, text string) (int64, error) {
			return h.svc.StartIncidents(ctx, strings.NewReader(text), "log.csv")
		}
		if _, err := start(as(zhou), string(text)); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("without the right: %v", err)
		}
		if _, err := start(as(zhao), "number,state\n1,New\n"); errs.CodeOf(err) != "incident.no_column" {
			t.Errorf("another table: %v", err)
		}
		first, err := start(as(zhao), string(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.svc.UndoIncidents(as(zhao), first); errs.CodeOf(err) != "incident.not_done" {
			t.Errorf("taken back before it ran: %v", err)
		}
		got := done[incidentResult](h, first)
		if got.New != 3 || got.Cases != 3 || got.Reopened != 1 || got.ProblemCount != 1 || len(got.Problems) != 1 || got.Problems[0].Code != "incident.unknown_state" || got.Problems[0].Args["state"] == "" {
			t.Errorf("%+v", got)
		}
		ids := h.caseIDs()
		h.act(zhou, h.record(zhou, Case{ID: ids["INC3"]}).Case, agree())
		dbtest.Exec(t, d, `INSERT INTO proc_notice (user_id, id, case_id, code, step, what, limit_at, at) VALUES (?, 1, ?, 'overdue', 'solve', '', 0, 0)`, zhou, ids["INC1"])
		undo, err := h.svc.UndoIncidents(as(zhao), first)
		if err != nil {
			t.Fatal(err)
		}
		if back := done[undoResult](h, undo); back.Gone != 2 || back.Kept != 1 {
			t.Errorf("%+v", back)
		}
		if left := h.caseIDs(); len(left) != 1 || left["INC3"] == 0 {
			t.Errorf("%v", left)
		}
		for _, table := range []string{"proc_act", "proc_task", "proc_term", "proc_party", "proc_notice", "proc_replay"} {
			var n int64
			if err := db.Get(context.Background(), d.Read(), "SELECT COUNT(*) FROM "+table+" WHERE case_id <> ?", []any{ids["INC3"]}, &n); err != nil || n != 0 {
				t.Errorf("%s keeps %d rows: %v", table, n, err)
			}
		}
		second, err := start(as(zhao), string(text))
		if err != nil {
			t.Fatal(err)
		}
		if again := done[incidentResult](h, second); again.New != 2 || again.Unchanged != 1 {
			t.Errorf("imported again: %+v", again)
		}
	})
}

// A log brought in at the command line is taken back like one that was uploaded.
func TestALogOfTheCommandLineIsTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.adoptShipped(IncidentRulebook)
		const at = "1/3/2016 08:00"
		path := writeLog(t, logLine("INC1", "Closed", "1,1,1", "1/3/2016 09:00", at, at, "1/3/2016 09:00"), logLine("INC2", "-100", "0,0,0", at, at, "?", "?"))
		sum, err := h.svc.ImportIncidents(system(), path, nil)
		if err != nil || sum.New != 2 || sum.ImportID == 0 {
			t.Fatalf("%+v %v", sum, err)
		}
		j, err := h.svc.queue.Get(system(), sum.ImportID)
		var kept incidentResult
		if err == nil {
			err = json.Unmarshal(j.Result, &kept)
		}
		if err != nil || j.State != job.Done || kept.New != 2 || kept.ProblemCount != 1 || kept.File != "log.csv" {
			t.Fatalf("%+v %+v %v", j, kept, err)
		}
		undo, err := h.svc.UndoIncidents(system(), sum.ImportID)
		if err != nil {
			t.Fatal(err)
		}
		if back := done[undoResult](h, undo); back.Gone != 2 || len(h.caseIDs()) != 0 {
			t.Errorf("%+v, left %v", back, h.caseIDs())
		}
	})
}
