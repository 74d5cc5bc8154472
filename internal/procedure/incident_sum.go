package procedure

import (
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"slices"
	"strings"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/errs"
)

// IncidentSum is what a log of incidents comes to. Its JSON is a contract. Reopened counts incidents, Reassigned sums how
// often they changed hands, ByState counts lines; all but ByState are of the last line of each incident. Hours run from
// opened_at to resolved_at, rounded to three decimals, over the incidents that have both; null where there are none.
type IncidentSum struct {
	Events     int64             `json:"events"`
	Cases      int64             `json:"cases"`
	Reopened   int64             `json:"reopened"`
	Reassigned int64             `json:"reassigned"`
	ByState    map[string]int64  `json:"by_state"`
	Resolved   int64             `json:"resolved"`
	Hours      IncidentHours     `json:"hours_to_resolve"`
	Problems   []IncidentProblem `json:"problems"`
	// New cases were written now; Unchanged were there already; Differ were there with another history, which was kept.
	New       int64 `json:"-"`
	Unchanged int64 `json:"-"`
	Differ    int64 `json:"-"`
	// ImportID names the import, which UndoIncidents takes back; 0 where nothing was begun.
	ImportID int64 `json:"-"`
}

// IncidentHours are hours with at most three decimals; nil stands for none.
type IncidentHours struct {
	Mean   *json.Number `json:"mean"`
	Median *json.Number `json:"median"`
}

func (s *IncidentSum) count(how, number string) {
	switch how {
	case ReplayNew:
		s.New++
	case ReplayUnchanged:
		s.Unchanged++
	default:
		s.Differ++
		s.Problems = append(s.Problems, IncidentProblem{Number: number, Code: "incident.other_history"})
	}
}

type incidentTally struct {
	out     IncidentSum
	minutes []int64 // to the resolution, of every incident that has one
}

func newIncidentTally() *incidentTally {
	return &incidentTally{out: IncidentSum{ByState: map[string]int64{}, Problems: []IncidentProblem{}}}
}

func (t *incidentTally) problem(p IncidentProblem) { t.out.Problems = append(t.out.Problems, p) }

// take counts an incident and looks for what cannot be.
func (t *incidentTally) take(number string, lines []incidentLine) error {
	o := &t.out
	o.Cases++
	say := func(l *incidentLine, code string, args ...string) {
		p := IncidentProblem{Line: l.line, Number: number, Code: code, Args: map[string]any{}}
		for i := 0; i+1 < len(args); i += 2 {
			p.Args[args[i]] = args[i+1]
		}
		t.problem(p)
	}
	closed := false
	for i := range lines {
		l := &lines[i]
		o.Events++
		o.ByState[l.state]++
		if _, ok := stateSteps[l.state]; !ok {
			say(l, "incident.unknown_state", "state", errs.Shown(l.state))
		}
		if closed && l.state != incidentClosed {
			say(l, "incident.after_closed", "state", errs.Shown(l.state))
		}
		closed = l.state == incidentClosed
		if before(l.updated, l.opened) {
			say(l, "incident.before_opened")
		}
		if i == 0 {
			continue
		}
		if before(l.updated, lines[i-1].updated) {
			say(l, "incident.backwards")
		}
		if l.mod == lines[i-1].mod {
			say(l, "incident.same_count")
		}
	}
	t.last(&lines[len(lines)-1], say)
	return nil
}

// last takes what counts once for an incident.
func (t *incidentTally) last(l *incidentLine, say func(l *incidentLine, code string, args ...string)) {
	o := &t.out
	o.Reassigned += l.reassigned
	if l.reopened > 0 {
		o.Reopened++
	}
	switch {
	case l.opened.IsZero():
		say(l, "incident.not_opened")
	case before(l.resolved, l.opened):
		say(l, "incident.resolved_before_opened")
	case before(l.closed, l.opened):
		say(l, "incident.closed_before_opened")
	case before(l.closed, l.resolved):
		say(l, "incident.closed_before_resolved")
	}
	if l.resolved.IsZero() {
		if l.state == incidentClosed {
			say(l, "incident.closed_unresolved")
		}
		return
	}
	o.Resolved++
	if !l.opened.IsZero() {
		t.minutes = append(t.minutes, int64(l.resolved.Sub(l.opened)/time.Minute))
	}
}

func (t *incidentTally) sum() IncidentSum {
	out := t.out
	n := len(t.minutes)
	if n == 0 {
		return out
	}
	slices.Sort(t.minutes)
	total := int64(0)
	for _, m := range t.minutes {
		total += m
	}
	out.Hours = IncidentHours{Mean: hours(total, int64(n)), Median: hours(t.minutes[(n-1)/2]+t.minutes[n/2], 2)}
	return out
}

// hours gives minutes/by in hours.
func hours(minutes, by int64) *json.Number {
	text := new(big.Rat).SetFrac64(minutes, 60*by).FloatString(3)
	n := json.Number(strings.TrimSuffix(strings.TrimRight(text, "0"), "."))
	return &n
}

// before compares moments that are both known.
func before(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && a.Before(b) }

func microsOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return clock.Micros(t)
}

func argsOf(err error) map[string]any {
	if e, ok := errs.As(err); ok {
		return e.Args
	}
	return nil
}

func sheetEnd(err error) bool { return errors.Is(err, io.EOF) }
