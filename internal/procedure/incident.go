package procedure

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// Incidents are read from the event log of a help desk: one line for each state of each incident.

// The procedure incidents become cases of.
const (
	IncidentRulebook  = "service-desk"
	IncidentProcedure = "ticket"
)

// replayBatch is how many cases are written in one transaction.
const replayBatch = 500

// incidentTime is how the log writes moments: the day first, without a zone.
const incidentTime = "2/1/2006 15:04"

// stateSteps says at which step an incident in a state of the log stands; closed is the end.
var stateSteps = map[string]string{
	"New": "take", "Active": "solve", "Awaiting User Info": "wait", "Awaiting Vendor": "wait", "Awaiting Problem": "wait", "Awaiting Evidence": "wait",
	"Resolved": "confirm", incidentClosed: "",
}

const incidentClosed = "Closed"

// IncidentProblem is something in the log that cannot be as it is written. The line is replayed nevertheless, as far as it goes.
type IncidentProblem struct {
	Line   int            `json:"line"`
	Number string         `json:"number"`
	Code   string         `json:"code"`
	Args   map[string]any `json:"-"`
	// Message is the sentence of the code in the language asked for; whoever shows the problem fills it in.
	Message string `json:"message,omitempty"`
}

// incidentLine is one line of the log; a moment not known is zero.
type incidentLine struct {
	line                                int
	state                               string
	reassigned, reopened, mod           int64
	updated, opened, resolved, closed   time.Time
	channel, category, priority, group  string
	assignee, caller, subcategory, code string
}

var incidentColumns = []string{
	"number", "incident_state", "reassignment_count", "reopen_count", "sys_mod_count", "caller_id", "opened_at", "sys_updated_at", "contact_type",
	"category", "subcategory", "priority", "assignment_group", "assigned_to", "closed_code", "resolved_at", "closed_at",
}

// ImportIncidents replays the event log of a help desk in a file (CSV or XLSX, optionally .gz) as cases of the procedure
// ticket of the rulebook service-desk, which is in force. The lines of an incident stand together; they are ordered by
// sys_mod_count. The file is read twice: first wholly checked and counted, then written, some hundred cases to a
// transaction. What was written before is left alone, so a run that was stopped is simply run again. It is recorded as an
// import like those of StartIncidents, and taken back like them. Moments are of the
// organisation's zone. Memory grows with the incidents, not with the lines. told, which may be nil, hears how many
// incidents are done of how many. Needs procedure.manage. Errors: those of sheet, incident.no_column, incident.scattered,
// procedure.unknown.
func (s *Service) ImportIncidents(ctx context.Context, path string, told func(done, total int64)) (IncidentSum, error) {
	if _, err := authz.Require(ctx, authz.ProcedureManage); err != nil {
		return IncidentSum{}, err
	}
	name, importID := filepath.Base(path), int64(0)
	begin := func() (int64, error) {
		err := s.db.InTx(ctx, func(q db.Q) (err error) {
			importID, err = s.queue.Record(ctx, q, JobIncidents, incidentArgs{Name: name})
			return err
		})
		return importID, err
	}
	sum, err := s.replayIncidents(ctx, logAt(path), begin, func(_ context.Context, done, total int64) error {
		if told != nil {
			told(done, total)
		}
		return nil
	})
	if sum.ImportID = importID; err != nil {
		return sum, err
	}
	out, err := s.incidentResult(ctx, importID, name, sum)
	if err != nil {
		return sum, err
	}
	return sum, s.db.InTx(ctx, func(q db.Q) error { return s.queue.Conclude(ctx, q, importID, out) })
}

// replayIncidents does the work of an import, which begin names once the file is checked; an error of told stops it between two transactions.
func (s *Service) replayIncidents(ctx context.Context, open openLog, begin func() (int64, error), told func(ctx context.Context, done, total int64) error) (IncidentSum, error) {
	t := newIncidentTally()
	if err := readIncidents(ctx, open, s.loc, t); err != nil {
		return IncidentSum{}, err
	}
	sum := t.sum()
	importID, err := begin()
	if err != nil {
		return sum, err
	}
	var batch []Replayed
	flush := func() error {
		how, err := s.replay(ctx, IncidentRulebook, IncidentProcedure, batch, importID)
		for i, h := range how {
			sum.count(h, batch[i].Number)
		}
		if batch = batch[:0]; err != nil {
			return err
		}
		return told(ctx, sum.New+sum.Unchanged+sum.Differ, sum.Cases)
	}
	err = readIncidents(ctx, open, s.loc, incidentSink{group: func(number string, lines []incidentLine) error {
		if batch = append(batch, incidentCase(number, lines)); len(batch) < replayBatch {
			return nil
		}
		return flush()
	}})
	if err == nil && len(batch) > 0 {
		err = flush()
	}
	return sum, err
}

// incidentTaker takes what is read of a log: the incidents with their lines in order, and what is wrong with a line.
type incidentTaker interface {
	take(number string, lines []incidentLine) error
	problem(p IncidentProblem)
}

type incidentSink struct {
	group func(number string, lines []incidentLine) error
}

func (k incidentSink) take(number string, lines []incidentLine) error { return k.group(number, lines) }

func (incidentSink) problem(IncidentProblem) {} // told when the file was checked

// openLog opens a log at its beginning; done lets go of it.
type openLog func() (rd *sheet.Reader, done func() error, err error)

// logAt is a log in a file of the machine.
func logAt(path string) openLog {
	return func() (*sheet.Reader, func() error, error) {
		rd, err := sheet.OpenFile(path, sheet.Options{})
		if err != nil {
			return nil, nil, err
		}
		return rd, rd.Close, nil
	}
}

func readIncidents(ctx context.Context, open openLog, zone *time.Location, to incidentTaker) (err error) {
	rd, done, err := open()
	if err != nil {
		return err
	}
	defer func() {
		if closing := done(); err == nil {
			err = closing
		}
	}()
	p := incidentParser{zone: zone, to: to}
	if p.at, err = incidentPlaces(rd.Header()); err != nil {
		return err
	}
	seen, number := map[string]bool{}, ""
	var group []incidentLine
	flush := func() error {
		if len(group) == 0 {
			return ctx.Err()
		}
		slices.SortStableFunc(group, func(a, b incidentLine) int { return cmp.Compare(a.mod, b.mod) })
		lines := group
		group = nil
		return cmp.Or(ctx.Err(), to.take(number, lines))
	}
	for {
		row, err := rd.Next()
		switch {
		case sheet.IsRowError(err):
			to.problem(IncidentProblem{Line: row.Line, Code: errs.CodeOf(err), Args: argsOf(err)})
			continue
		case sheetEnd(err):
			return flush()
		case err != nil:
			return err
		}
		if n := row.Cells[p.at["number"]]; n != number {
			if err := flush(); err != nil {
				return err
			}
			if seen[n] {
				return errs.New(errs.Invalid, "incident.scattered", "line", row.Line, "number", errs.Shown(n))
			}
			seen[n], number = true, n
		}
		group = append(group, p.line(number, row))
	}
}

// incidentPlaces finds the columns by their names.
func incidentPlaces(header []string) (map[string]int, error) {
	at := map[string]int{}
	for _, name := range incidentColumns {
		i := slices.Index(header, name)
		if i < 0 {
			return nil, errs.New(errs.Invalid, "incident.no_column", "column", name)
		}
		at[name] = i
	}
	return at, nil
}

type incidentParser struct {
	zone *time.Location
	to   incidentTaker
	at   map[string]int
}

func (p *incidentParser) line(number string, row sheet.Row) incidentLine {
	text := func(column string) string {
		if v := row.Cells[p.at[column]]; v != "?" {
			return v
		}
		return ""
	}
	bad := func(column string) {
		p.to.problem(IncidentProblem{Line: row.Line, Number: number, Code: "incident.unreadable", Args: map[string]any{"column": column, "value": errs.Shown(text(column))}})
	}
	count := func(column string) int64 {
		n, err := strconv.ParseInt(text(column), 10, 32)
		if err != nil || n < 0 {
			bad(column)
			return 0
		}
		return n
	}
	moment := func(column string) time.Time {
		if text(column) == "" {
			return time.Time{}
		}
		at, err := time.ParseInLocation(incidentTime, text(column), p.zone)
		if err != nil {
			bad(column)
		}
		return at
	}
	return incidentLine{
		line: row.Line, state: text("incident_state"), reassigned: count("reassignment_count"), reopened: count("reopen_count"), mod: count("sys_mod_count"),
		updated: moment("sys_updated_at"), opened: moment("opened_at"), resolved: moment("resolved_at"), closed: moment("closed_at"),
		channel: text("contact_type"), category: text("category"), subcategory: text("subcategory"), priority: text("priority"),
		group: text("assignment_group"), assignee: text("assigned_to"), caller: text("caller_id"), code: text("closed_code"),
	}
}

// incidentCase makes the history of an incident that Replay takes.
func incidentCase(number string, lines []incidentLine) Replayed {
	first, last := lines[0], lines[len(lines)-1]
	r := Replayed{Number: number, Channel: incidentChannel(first.channel), Title: joined(" / ", last.category, last.subcategory), Opened: microsOf(first.opened)}
	if r.Title == "" {
		r.Title = number
	}
	sum := sha256.New()
	for i := range lines {
		l := &lines[i]
		e := ReplayedEvent{At: microsOf(l.updated), Step: stateSteps[l.state], Reason: l.words()}
		if e.At == 0 {
			e.At = r.Opened
		}
		if l.state == incidentClosed {
			e.End = "closed"
		}
		r.Events = append(r.Events, e)
		for _, v := range []string{e.Reason, strconv.FormatInt(e.At, 10), strconv.FormatInt(l.mod, 10), l.opened.String(), l.resolved.String(), l.closed.String(), r.Title, r.Channel} {
			_, _ = sum.Write([]byte(v + "\x00")) // a hash never fails
		}
	}
	r.Hash = hex.EncodeToString(sum.Sum(nil))
	return r
}

// words gives what a line says in the words of the log.
func (l *incidentLine) words() string {
	parts := []string{l.state, l.priority, l.group, l.assignee, l.caller}
	if l.reassigned > 0 {
		parts = append(parts, "reassigned "+strconv.FormatInt(l.reassigned, 10))
	}
	if l.reopened > 0 {
		parts = append(parts, "reopened "+strconv.FormatInt(l.reopened, 10))
	}
	if l.state == incidentClosed {
		parts = append(parts, l.code)
	}
	return joined(" · ", parts...)
}

func joined(by string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), by)
}

// incidentChannel turns the log's channel into one of the procedure's.
func incidentChannel(contact string) string {
	switch contact {
	case "Phone":
		return "phone"
	case "Email":
		return "email"
	case "Self service", "IVR":
		return "web"
	}
	return "direct"
}
