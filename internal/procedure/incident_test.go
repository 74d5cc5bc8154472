package procedure

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/rulebooks"
)

// adoptShipped puts a shipped rulebook into force.
func (h *house) adoptShipped(id string) {
	h.t.Helper()
	files, err := rulebooks.Load(id)
	if err != nil {
		h.t.Fatal(err)
	}
	h.adoptFiles(files)
}

const logHeader = "number,incident_state,reassignment_count,reopen_count,sys_mod_count,caller_id,opened_at,sys_updated_at,contact_type,category,subcategory,priority,assignment_group,assigned_to,closed_code,resolved_at,closed_at\n"

// logLine writes one line: its state, counts of reassignments, reopenings and updates, and its four moments.
func logLine(number, state, counts, updated, opened, resolved, closed string) string {
	return strings.Join([]string{number, state, counts, "Caller 7", opened, updated, "Phone", "Category 1", "?", "3 - Moderate", "Group 5", "?", "code 6", resolved, closed}, ",") + "\n"
}

func writeLog(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.csv")
	if err := os.WriteFile(path, []byte(logHeader+strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (h *house) importLog(path string) IncidentSum {
	h.t.Helper()
	sum, err := h.svc.ImportIncidents(system(), path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return sum
}

func codesOf(list []IncidentProblem) map[int][]string {
	out := map[int][]string{}
	for _, p := range list {
		out[p.Line] = append(out[p.Line], strings.TrimPrefix(p.Code, "incident."))
	}
	return out
}

// The whole way: a history out of order in the file is put in order, waits, is reopened, and ends; an open one is carried on.
func TestIncidentsBecomeCasesThatGoOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.adoptShipped(IncidentRulebook)
		h.appoint("service_desk", zhou, 0)
		path := writeLog(t,
			logLine("INC1", "Active", "1,0,1", "1/3/2016 09:00", "1/3/2016 08:00", "?", "?"),
			logLine("INC1", "New", "0,0,0", "1/3/2016 08:05", "1/3/2016 08:00", "?", "?"),
			logLine("INC1", "Awaiting Vendor", "1,0,2", "1/3/2016 10:00", "1/3/2016 08:00", "?", "?"),
			logLine("INC1", "-100", "1,0,3", "1/3/2016 11:00", "1/3/2016 08:00", "?", "?"),
			logLine("INC1", "Resolved", "2,0,4", "1/3/2016 12:00", "1/3/2016 08:00", "1/3/2016 12:00", "?"),
			logLine("INC1", "Active", "2,1,5", "1/3/2016 13:00", "1/3/2016 08:00", "1/3/2016 12:00", "?"),
			logLine("INC1", "Resolved", "2,1,6", "1/3/2016 14:00", "1/3/2016 08:00", "1/3/2016 14:20", "?"),
			logLine("INC1", "Closed", "2,1,7", "6/3/2016 14:00", "1/3/2016 08:00", "1/3/2016 14:20", "6/3/2016 14:00"),
			logLine("INC2", "-100", "0,0,0", "2/3/2016 08:00", "2/3/2016 08:00", "?", "?"),
		)
		sum := h.importLog(path)
		if sum.Events != 9 || sum.Cases != 2 || sum.Reopened != 1 || sum.Reassigned != 2 || sum.Resolved != 1 || sum.New != 2 || string(*sum.Hours.Mean) != "6.333" {
			t.Errorf("%+v", sum)
		}
		if diff := cmp.Diff(map[int][]string{5: {"unknown_state"}, 10: {"unknown_state"}}, codesOf(sum.Problems)); diff != "" {
			t.Error(diff)
		}
		ids := h.caseIDs()
		ended := h.record(zhao, Case{ID: ids["INC1"]})
		var way []string
		for _, a := range ended.History {
			way = append(way, strings.TrimSuffix(a.Act+" "+a.Step+" "+a.Detail.Decision, " "))
		}
		want := []string{"begin start", "decide take agree", "decide solve reject", "comment wait", "skip wait", "decide confirm reject", "decide solve agree", "decide confirm agree"}
		if diff := cmp.Diff(want, way); diff != "" || ended.Status != flow.Ended || ended.Outcome != "closed" || !ended.Good || !strings.Contains(ended.History[3].Reason, "-100") {
			t.Errorf("%s %+v", diff, ended.Case)
		}
		open := h.record(zhou, Case{ID: ids["INC2"]})
		c := h.act(zhou, open.Case, agree())
		if c.Steps[0] != "solve" || c.RowVersion != 2 {
			t.Errorf("%+v", c)
		}
		if again := h.importLog(path); again.New != 0 || again.Unchanged != 2 || h.record(zhou, c).Steps[0] != "solve" {
			t.Errorf("%+v", again)
		}
	})
}

func (h *house) caseIDs() map[string]int64 {
	h.t.Helper()
	out := map[string]int64{}
	list, err := db.List(context.Background(), h.db.Read(), "SELECT number, id FROM proc_case", nil, func(r db.Rows) (Case, error) {
		var c Case
		return c, r.Scan(&c.Number, &c.ID)
	})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, c := range list {
		out[c.Number] = c.ID
	}
	return out
}

func TestWhatCannotBeInALogIsToldWithItsLine(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	h.adoptShipped(IncidentRulebook)
	const at = "1/3/2016 08:00"
	path := writeLog(t,
		logLine("A", "Closed", "0,0,1", "2/3/2016 08:00", at, "?", "?"),
		logLine("A", "Active", "0,0,2", "1/3/2016 07:00", at, "?", "?"),
		logLine("A", "Closed", "0,0,2", "3/3/2016 07:00", at, "?", "?"),
		logLine("B", "Closed", "x,0,1", "2/3/2016 08:00", at, "29/2/2016 07:00", "?"),
		logLine("C", "Closed", "0,0,1", "31/2/2016 08:00", at, "3/3/2016 07:00", "2/3/2016 07:00"),
		logLine("D", "Closed", "0,0,1", "2/3/2016 08:00", "?", "3/3/2016 07:00", "?"),
		logLine("E", "Closed", "0,0,1", "2/3/2016 08:00", at, "3/3/2016 07:00", "1/3/2016 07:00"),
	)
	want := map[int][]string{
		3: {"after_closed", "before_opened", "backwards"}, 4: {"same_count", "closed_unresolved"}, 5: {"unreadable", "resolved_before_opened"},
		6: {"unreadable", "closed_before_resolved"}, 7: {"not_opened"}, 8: {"closed_before_opened"},
	}
	if diff := cmp.Diff(want, codesOf(h.importLog(path).Problems)); diff != "" {
		t.Error(diff)
	}
	other := h.importLog(writeLog(t, logLine("E", "Closed", "0,0,1", "2/3/2016 09:00", at, "3/3/2016 07:00", "4/3/2016 07:00")))
	if other.Differ != 1 || other.New != 0 || other.Problems[0].Code != "incident.other_history" {
		t.Errorf("%+v", other)
	}
	scattered := writeLog(t, logLine("F", "New", "0,0,1", at, at, "?", "?"), logLine("G", "New", "0,0,1", at, at, "?", "?"), logLine("F", "Active", "0,0,2", at, at, "?", "?"))
	if _, err := h.svc.ImportIncidents(system(), scattered, nil); errs.CodeOf(err) != "incident.scattered" || h.caseIDs()["F"] != 0 {
		t.Errorf("scattered: %v", err)
	}
	if _, err := h.svc.ImportIncidents(as(li), path, nil); errs.CodeOf(err) != "auth.forbidden" {
		t.Errorf("somebody without the right: %v", err)
	}
}

// The real log: the figures are those its source publishes, and a run that was stopped goes on where it was.
func TestRealIncidents(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "incidents-sla", "incidents.csv.gz")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the log of incidents is not beside the repository")
	}
	h := newHouse(t, dbtest.SQLite(t))
	h.adoptShipped(IncidentRulebook)
	ctx, stop := context.WithCancel(system())
	if _, err := h.svc.ImportIncidents(ctx, path, func(int64, int64) { stop() }); !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	if n := h.count("SELECT COUNT(*) FROM proc_case"); n != replayBatch {
		t.Fatalf("%d cases after the first batch", n)
	}
	sum := h.importLog(path)
	if sum.Unchanged != replayBatch || sum.New != 20769-replayBatch || sum.Differ != 0 {
		t.Errorf("%d new, %d unchanged, %d other", sum.New, sum.Unchanged, sum.Differ)
	}
	problems := map[string]int{}
	for _, p := range sum.Problems {
		problems[p.Code]++
	}
	if problems["incident.unknown_state"] != 2 || problems["incident.closed_unresolved"] != 1418 || problems["incident.backwards"] != 5 {
		t.Errorf("%v", problems)
	}
	sum.Problems = nil
	got, err := json.Marshal(sum)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"events":119998,"cases":20769,"reopened":234,"reassigned":20520,"by_state":{"-100":2,"Active":33582,"Awaiting Evidence":19,"Awaiting Problem":400,` +
		`"Awaiting User Info":12884,"Awaiting Vendor":557,"Closed":20825,"New":30229,"Resolved":21500},"resolved":19351,"hours_to_resolve":{"mean":187.678,"median":24.6},"problems":null}`
	if string(got) != want {
		t.Errorf("%s", got)
	}
	if acts, ended := h.count("SELECT COUNT(*) FROM proc_act"), h.count("SELECT COUNT(*) FROM proc_case WHERE status = 'ended'"); acts != 119998 || ended != 20768 {
		t.Errorf("%d acts, %d ended", acts, ended)
	}
	if again := h.importLog(path); again.New != 0 || again.Unchanged != 20769 || h.count("SELECT COUNT(*) FROM proc_act") != 119998 {
		t.Errorf("again: %d new, %d unchanged", again.New, again.Unchanged)
	}
}
