package complaint

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// KindPrevention is the kind of procedures whose cases are preventive measures.
const KindPrevention = "prevention"

// The entries by which the forms of complaints and preventive measures speak of each other: the start form of a measure names
// the complaint's number, a form of the complaint names the measure that its department proposes.
const (
	entryComplaint = "complaint"
	entryMeasure   = "prevention"
)

// How a preventive measure stands.
const (
	MeasureOverdue   = "overdue"   // its day has passed without proof
	MeasureNamed     = "named"     // a report names it, nobody has begun it
	MeasureOpen      = "open"      // its day has not passed
	MeasureProved    = "proved"    // the proof is there and waits to be verified
	MeasureLate      = "late"      // verified, proved after its day
	MeasureDone      = "done"      // verified, proved in time
	MeasureWithdrawn = "withdrawn" // withdrawn, or ended without a good end
)

// measureStates are the states in the order of a list: what needs somebody first.
var measureStates = []string{MeasureOverdue, MeasureNamed, MeasureOpen, MeasureProved, MeasureLate, MeasureDone, MeasureWithdrawn}

// preventionDays is for how many days back measures are listed unless something else is asked for; what is open always is.
const preventionDays = 365

// maxMeasures bounds a list.
const maxMeasures = 2000

// noDay is the limit of a case without one: every limit from here on.
const noDay = int64(1) << 61

// Measure is a preventive measure of a department.
type Measure struct {
	CaseID      string     `json:"case_id" doc:"Empty for one that nobody has begun"`
	Number      string     `json:"number"`
	ComplaintID string     `json:"complaint_id" doc:"Empty when there is no complaint of that number"`
	Complaint   string     `json:"complaint" doc:"Its number"`
	Department  string     `json:"department" doc:"Id"`
	Title       rule.Text  `json:"title" doc:"Name of the department"`
	Measure     string     `json:"measure"`
	OpenedOn    string     `json:"opened_on" format:"date"`
	DueOn       string     `json:"due_on" doc:"Empty without a limit"`
	ProvedOn    string     `json:"proved_on" doc:"Empty until there is proof"`
	State       string     `json:"state" enum:"overdue,named,open,proved,late,done,withdrawn"`
	Evidence    []Evidence `json:"evidence" nullable:"false"`

	due int64
}

// Evidence is an upload that proves a measure.
type Evidence struct {
	FileID string `json:"file_id"`
	Name   string `json:"name"`
}

// DepartmentMeasures counts the measures of a department.
type DepartmentMeasures struct {
	Department string         `json:"department" doc:"Id"`
	Title      rule.Text      `json:"title"`
	Total      int            `json:"total"`
	States     map[string]int `json:"states" doc:"How many are in each state"`
}

// Prevention is what departments do so that complaints do not come again.
type Prevention struct {
	AsOf         time.Time            `json:"as_of"`
	From         string               `json:"from" format:"date"`
	Organisation rule.Text            `json:"organisation"`
	Departments  []DepartmentMeasures `json:"departments" nullable:"false" doc:"The most overdue first"`
	Items        []Measure            `json:"items" nullable:"false" doc:"What needs somebody first; at most 2,000"`
	More         bool                 `json:"more" doc:"There are more than are listed"`
}

// PreventionQuery says which measures are listed.
type PreventionQuery struct {
	From       calendar.Date // begun from this day on, or still open; None = a year back
	Department int64         // 0 = all
	State      string        // "" = all
}

// Prevention lists preventive measures with their proof, and what reports of complaints name that nobody has begun. Needs
// procedure.read: what its reach covers, and everything of the departments within the person's unit. Errors: invalid_input.
func (s *Service) Prevention(ctx context.Context, in PreventionQuery) (*Prevention, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, err
	}
	var v errs.Validation
	v.Check(in.State == "" || slices.Contains(measureStates, in.State), "state", "field.not_allowed", "value", in.State)
	if err := v.Err(); err != nil {
		return nil, err
	}
	if in.From == calendar.None {
		in.From = s.Today().AddDays(-preventionDays)
	}
	w := &preventing{s: s, in: in, actor: actor, now: clock.Micros(s.now()), begun: map[string]bool{}}
	err = s.db.InRead(ctx, func(q db.Q) error { return w.read(ctx, q) })
	if err != nil {
		return nil, err
	}
	return w.result(), nil
}

// preventing collects measures.
type preventing struct {
	s     *Service
	in    PreventionQuery
	actor authz.Actor
	now   int64
	units map[string]rule.Text
	house rule.Text
	files map[int64][]proof
	begun map[string]bool // complaint and department
	list  []Measure
}

func (w *preventing) read(ctx context.Context, q db.Q) error {
	var err error
	if w.units, w.house, err = unitNames(ctx, q); err != nil {
		return err
	}
	if w.files, err = proofs(ctx, q); err != nil {
		return err
	}
	from := clock.Micros(w.in.From.Midnight(w.s.loc))
	all := span{until: w.now + 1, scope: authz.Scope{All: true}}
	walk := func(kind string, sp span, take func(*kase, *flow.Definition)) error {
		defs, err := w.s.definitions(ctx, q, kind, sp)
		if err != nil {
			return err
		}
		return eachCase(ctx, q, kind, sp, func(k *kase) error {
			if def := defs[defKey{k.adoption, k.procedure}]; def != nil {
				take(k, def)
			}
			return nil
		})
	}
	err = walk(KindPrevention, all, func(k *kase, def *flow.Definition) {
		m, proved := w.measure(k, def)
		if !k.withdrawn {
			w.begun[m.Complaint+" "+m.Department] = true
		}
		if k.received >= from || !k.over && !k.withdrawn {
			m.State, m.Evidence = w.stateOf(k, proved), w.evidence(k, def)
			w.add(k, m)
		}
	})
	if err != nil {
		return err
	}
	all.from = from
	if err := walk(Kind, all, w.named); err != nil {
		return err
	}
	return w.link(ctx, q)
}

// measure reads a case of prevention; proved is the moment its proof was last given, 0 = not yet.
func (w *preventing) measure(k *kase, def *flow.Definition) (m Measure, proved int64) {
	m = Measure{CaseID: id.String(k.id), Number: k.number, OpenedOn: w.day(k.received), due: k.due, Evidence: []Evidence{}}
	if k.due < noDay {
		m.DueOn = w.day(k.due)
	}
	form, past := def.FormOf(flow.StartForm), k.state.Steps[flow.StartForm]
	if form != nil && past != nil {
		for _, f := range form.Fields {
			a := past.Answers[f.Key]
			switch {
			case f.Type == flow.FieldDepartment && m.Department == "":
				if ids := a.Each(); len(ids) > 0 {
					m.Department = ids[0]
				}
			case f.Type == flow.FieldLong && m.Measure == "":
				m.Measure = a.Text
			case f.Key == entryComplaint:
				m.Complaint = strings.TrimSpace(a.Text)
			}
		}
	}
	step := proofStep(def)
	open := slices.ContainsFunc(k.state.Open, func(o flow.Open) bool { return o.Step == step })
	if past := k.state.Steps[step]; past != nil && !open && len(past.Done) > 0 {
		proved = past.Done[len(past.Done)-1].At
		m.ProvedOn = w.day(proved)
	}
	return m, proved
}

// proofStep gives the first step whose form asks for a file.
func proofStep(def *flow.Definition) string {
	for i := range def.Steps {
		form := def.FormOf(def.Steps[i].Key)
		if form != nil && slices.ContainsFunc(form.Fields, func(f flow.Field) bool { return f.Type == flow.FieldFile }) {
			return def.Steps[i].Key
		}
	}
	return ""
}

func (w *preventing) stateOf(k *kase, proved int64) string {
	switch {
	case k.withdrawn, k.over && !k.goodEnded:
		return MeasureWithdrawn
	case k.over && proved > k.due:
		return MeasureLate
	case k.over:
		return MeasureDone
	case proved > 0:
		return MeasureProved
	case w.now <= k.due:
		return MeasureOpen
	}
	return MeasureOverdue
}

func (w *preventing) evidence(k *kase, def *flow.Definition) []Evidence {
	out, step := []Evidence{}, proofStep(def)
	for _, f := range w.files[k.id] {
		if f.step == step {
			out = append(out, Evidence{id.String(f.file), f.name})
		}
	}
	return out
}

// named adds what the departments propose in the reports of a complaint that was answered, and nobody has begun.
func (w *preventing) named(k *kase, def *flow.Definition) {
	if !k.over || !k.goodEnded {
		return
	}
	for i := range def.Steps {
		form, past := def.FormOf(def.Steps[i].Key), k.state.Steps[def.Steps[i].Key]
		if form == nil || past == nil || !slices.ContainsFunc(form.Fields, func(f flow.Field) bool { return f.Key == entryMeasure && f.Type == flow.FieldLong }) {
			continue
		}
		for _, d := range past.Done {
			m := Measure{
				Complaint: k.number, Department: strconv.FormatInt(d.Unit, 10), Measure: strings.TrimSpace(d.Answers[entryMeasure].Text), OpenedOn: w.day(k.ended),
				State: MeasureNamed, Evidence: []Evidence{}, due: noDay,
			}
			if d.Unit == 0 {
				m.Department = ""
			}
			if m.Measure != "" && !w.begun[m.Complaint+" "+m.Department] {
				w.add(k, m)
			}
		}
	}
}

// add lists a measure that the person may see and asked for.
func (w *preventing) add(k *kase, m Measure) {
	unit, _ := strconv.ParseInt(m.Department, 10, 64) // none is 0
	mine := unit != 0 && slices.Contains(w.actor.UnitIDs, unit)
	if !mine && !w.actor.Scope(authz.ProcedureRead).CoversPerson(k.owner, k.unit) {
		return
	}
	if w.in.Department != 0 && w.in.Department != unit || w.in.State != "" && w.in.State != m.State {
		return
	}
	m.Title = w.units[m.Department]
	if m.Title.Zh == "" {
		m.Title = notSaid
	}
	w.list = append(w.list, m)
}

// link finds the complaints the measures name.
func (w *preventing) link(ctx context.Context, q db.Q) error {
	numbers := map[string]bool{}
	for i := range w.list {
		numbers[w.list[i].Complaint] = true
	}
	delete(numbers, "")
	known, err := complaintsOf(ctx, q, slices.Sorted(maps.Keys(numbers)))
	for i := range w.list {
		if n := known[w.list[i].Complaint]; n != 0 {
			w.list[i].ComplaintID = id.String(n)
		}
	}
	return err
}

func (w *preventing) day(micros int64) string {
	return calendar.FromTime(clock.FromMicros(micros), w.s.loc).String()
}

func (w *preventing) result() *Prevention {
	out := &Prevention{AsOf: w.s.now(), From: w.in.From.String(), Organisation: w.house, Departments: []DepartmentMeasures{}}
	by := map[string]*DepartmentMeasures{}
	for i := range w.list {
		m := &w.list[i]
		d := by[m.Department]
		if d == nil {
			d = &DepartmentMeasures{Department: m.Department, Title: m.Title, States: map[string]int{}}
			by[m.Department] = d
		}
		d.Total++
		d.States[m.State]++
	}
	for _, d := range by {
		out.Departments = append(out.Departments, *d)
	}
	slices.SortFunc(out.Departments, func(a, b DepartmentMeasures) int {
		return cmp.Or(cmp.Compare(b.States[MeasureOverdue], a.States[MeasureOverdue]), cmp.Compare(b.Total, a.Total), cmp.Compare(a.Department, b.Department))
	})
	slices.SortStableFunc(w.list, func(a, b Measure) int {
		return cmp.Or(cmp.Compare(slices.Index(measureStates, a.State), slices.Index(measureStates, b.State)), cmp.Compare(a.due, b.due), cmp.Compare(a.Number, b.Number))
	})
	out.More = len(w.list) > maxMeasures
	out.Items = w.list[:min(len(w.list), maxMeasures)]
	if out.Items == nil {
		out.Items = []Measure{}
	}
	return out
}
