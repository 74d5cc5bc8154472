package procedure

import (
	"context"
	"encoding/json"

	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

func personRef(names map[int64]string, n int64) PersonRef { return PersonRef{id.Optional(n), names[n]} }

// recordView maps a case with all that its screen shows.
func (s *Service) recordView(r *Record) RecordView {
	st := r.State
	v := RecordView{
		CaseView: s.caseView(&r.Case, r.Definition), RulebookTitle: textView(r.Title), Definition: r.Definition, Tasks: []TaskView{}, Clocks: s.clocks(r),
		Extended: notNil(st.Extended), StepStates: stepViews(r), Forms: formViews(r), History: make([]ActView, len(r.History)), Links: make([]LinkView, len(r.Links)),
		Files: make([]FileView, len(r.Files)), May: make([]MayView, len(r.May)), MayNot: make([]MayNotView, len(r.MayNot)), Warnings: make([]WarningView, len(st.Warnings)),
		FactID: id.Optional(r.FactID), About: subjectView(r.About),
	}
	if v.Customer != nil {
		v.Customer.Grade = r.Grade
	}
	if st.Pause != nil {
		v.Pause, v.PauseUntil = st.Pause.Key, moment(st.Pause.Until)
	}
	for _, seat := range r.Seats {
		v.Tasks = append(v.Tasks, taskView(r, seat))
	}
	for i, a := range r.History {
		v.History[i] = actView(r, a)
	}
	for i, l := range r.Links {
		v.Links[i] = LinkView{id.String(l.CaseID), l.Kind, l.Number, l.Title, l.Status}
	}
	for i, f := range r.Files {
		v.Files[i] = FileView{id.String(f.ID), f.Name, f.MediaType, f.Size, f.Step, f.Field, personRef(r.Names, f.By), moment(f.At)}
	}
	for i, m := range r.May {
		v.May[i] = MayView{m.Kind, m.Seat, m.Step, personRef(r.Names, m.For), notNil(m.Choices), m.Form}
	}
	for i, m := range r.MayNot {
		v.MayNot[i] = MayNotView{m.Kind, m.Code, m.Args}
	}
	for i, w := range st.Warnings {
		v.Warnings[i] = WarningView{w.Code, w.Year}
	}
	return v
}

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func taskView(r *Record, seat Seat) TaskView {
	v := TaskView{
		Seat: seat.ID, Step: seat.Step, Do: seat.Do, Kind: seat.Kind, Post: seat.Post, UnitID: id.Optional(seat.Unit), Holders: []HolderRef{},
		Claimed: personRef(r.Names, seat.Claimed), Stuck: seat.Stuck, Raised: seat.Raised, OpenedAt: moment(seat.Opened), DueAt: moment(dueOf(seat.Clock)),
	}
	if step := r.Definition.Step(seat.Step); step != nil {
		v.Title = textView(step.Title)
		if seat.Kind == flow.SeatStep {
			v.Form = step.Form
		}
	}
	if t, ok := r.Posts[seat.Post]; ok {
		v.PostName = textView(t)
	}
	for _, h := range seat.Holders {
		v.Holders = append(v.Holders, HolderRef{id.String(h.User), r.Names[h.User], id.String(h.Acts), r.Names[h.Acts]})
	}
	return v
}

// clocks gives the limit of the whole case and those of its open steps.
func (s *Service) clocks(r *Record) []ClockView {
	out := []ClockView{}
	if r.State.IsOver() {
		return out
	}
	add := func(step string, c *flow.Clock, d *flow.Deadline) {
		if c == nil {
			return
		}
		now := clock.Micros(s.now())
		v := ClockView{Step: step, FromAt: moment(c.From), DueAt: moment(c.Due), DueOn: s.dayOf(c.Due), Unit: c.Unit}
		if p := r.State.Pause; p != nil {
			now, v.Paused = p.Since, true
		}
		v.Remaining = (c.Due - now) / 1e6
		if d != nil {
			v.Clause, v.Assumed = d.Clause, d.Assumed
		}
		out = append(out, v)
	}
	add("", r.State.Clock, r.Definition.Deadline)
	for _, o := range r.State.Open {
		if step := r.Definition.Step(o.Step); step != nil {
			add(o.Step, o.Clock, step.Deadline)
		}
	}
	return out
}

func stepViews(r *Record) []StepView {
	out := make([]StepView, 0, len(r.Definition.Steps))
	open := map[string]bool{}
	for _, o := range r.State.Open {
		open[o.Step] = true
	}
	for i := range r.Definition.Steps {
		v := StepView{Key: r.Definition.Steps[i].Key, State: "ahead", By: []SaidBy{}}
		if p := r.State.Steps[v.Key]; p != nil && p.Visits > 0 {
			v.State, v.Visits, v.Decision = "done", p.Visits, p.Decision
			for _, d := range p.Done {
				v.By = append(v.By, SaidBy{personRef(r.Names, d.By), personRef(r.Names, d.For), moment(d.At), d.Decision, d.Reason})
			}
		}
		if open[v.Key] {
			v.State = "open"
		}
		out = append(out, v)
	}
	return out
}

// formViews gives the forms that were filled, the start form first, then in the order of the steps.
func formViews(r *Record) []FormView {
	out := []FormView{}
	add := func(step string) {
		p, form := r.State.Steps[step], r.Definition.FormOf(step)
		if p == nil || form == nil || len(p.Answers) == 0 {
			return
		}
		out = append(out, FormView{step, form.Key, r.Numbers[step], p.Visits, answersView(p.Answers)})
	}
	add(flow.StartForm)
	for i := range r.Definition.Steps {
		add(r.Definition.Steps[i].Key)
	}
	return out
}

// answersView gives answers in the short form of the API.
func answersView(as flow.Answers) map[string]any {
	if len(as) == 0 {
		return nil
	}
	out := make(map[string]any, len(as))
	for key, a := range as {
		b, err := json.Marshal(a)
		var x any
		if err == nil {
			err = json.Unmarshal(b, &x)
		}
		if err == nil {
			out[key] = x
		}
	}
	return out
}

func actView(r *Record, a Act) ActView {
	d := a.Detail
	v := ActView{
		Seq: a.Seq, At: moment(clock.Micros(a.At)), Actor: personRef(r.Names, a.ActorID), For: personRef(r.Names, a.ForUser), Act: a.Act, Step: a.Step, Seat: a.Seat,
		Decision: d.Decision, Reason: a.Reason, To: d.To, Person: personRef(r.Names, d.Person), What: d.What, Answers: answersView(d.Answers), Outside: a.fromOutside(), Followed: []FollowedView{},
	}
	for _, e := range d.Effects {
		v.Followed = append(v.Followed, FollowedView{e.Kind, e.Step, e.Seat, e.What, e.How, e.End, moment(e.Due)})
	}
	return v
}

// wordsFor gives the definitions that the cases of a list keep, by adoption and procedure.
func (s *Service) wordsFor(ctx context.Context, list []Case) (map[int64]map[string]*flow.Definition, error) {
	out := map[int64]map[string]*flow.Definition{}
	for i := range list {
		if out[list[i].AdoptionID] != nil {
			continue
		}
		ed, err := s.books.Adopted(ctx, s.db.Read(), list[i].AdoptionID)
		if err != nil {
			return nil, err
		}
		byKey := map[string]*flow.Definition{}
		for _, d := range ed.Procedures {
			byKey[d.Key] = d
		}
		out[list[i].AdoptionID] = byKey
	}
	return out, nil
}

// InboxItemView is a task that waits for the acting person.
type InboxItemView struct {
	Case     CaseView     `json:"case"`
	Seat     int          `json:"seat"`
	Step     string       `json:"step"`
	Title    TextView     `json:"title" doc:"Of the step; empty for the approval of an extension"`
	Do       string       `json:"do" enum:"fill,decide,answer"`
	Kind     string       `json:"kind" enum:",sign,extend"`
	For      PersonRef    `json:"for" doc:"In whose name the person would act"`
	OpenedAt string       `json:"opened_at"`
	DueAt    string       `json:"due_at"`
	Overdue  bool         `json:"overdue"`
	Bulk     bool         `json:"bulk" doc:"May be decided together with others"`
	Claimed  bool         `json:"claimed" doc:"Named for the person, or claimed by the person"`
	About    *SubjectView `json:"about" doc:"What it is about beside a customer; null without"`
}

// InboxCountView is how much of a kind waits.
type InboxCountView struct {
	Kind    string `json:"kind"`
	Open    int64  `json:"open"`
	Overdue int64  `json:"overdue"`
}

// NoticeView is something the person was told.
type NoticeView struct {
	ID         string   `json:"id"`
	CaseID     string   `json:"case_id" doc:"0 where it is about something else"`
	Number     string   `json:"number"`
	Title      string   `json:"title"`
	Kind       string   `json:"kind" doc:"Of the case"`
	About      string   `json:"about" doc:"What it is about, where that is no case: review:ID, or customer:ID"`
	AboutTitle TextView `json:"about_title"`
	Code       string   `json:"code" enum:"warned,overdue,pause_over,class,stuck,ended,fact_refused,added,review_due,review_late,customer_shared"`
	Step       string   `json:"step"`
	What       string   `json:"what" doc:"Key of a class or pause"`
	LimitAt    string   `json:"limit_at"`
	At         string   `json:"at"`
}

// InboxView is what waits for the acting person.
type InboxView struct {
	Items      []InboxItemView  `json:"items" nullable:"false"`
	NextCursor string           `json:"next_cursor"`
	Counts     []InboxCountView `json:"counts" nullable:"false"`
	More       bool             `json:"more" doc:"More waits than counts says: it stops at 10000 tasks"`
	Notices    []NoticeView     `json:"notices" nullable:"false" doc:"Newest first, at most 50"`
	Unread     int64            `json:"unread" doc:"Notices not put away"`
}

func (s *Service) inboxView(b *Inbox) InboxView {
	v := InboxView{
		Items: make([]InboxItemView, len(b.Items)), NextCursor: b.Next, Counts: make([]InboxCountView, len(b.Counts)), Notices: make([]NoticeView, len(b.Notices)), More: b.More, Unread: b.Unread,
	}
	now := clock.Micros(s.now())
	for i := range b.Items {
		it := &b.Items[i]
		c := s.caseView(&it.Case, it.Definition)
		if c.Customer != nil {
			c.Customer.Grade = it.Grade
		}
		v.Items[i] = InboxItemView{
			c, it.Seat, it.Step, textView(it.StepTitle), it.Do, it.Kind, personRef(b.Names, it.For), moment(it.OpenedAt), moment(it.DueAt), it.DueAt < now, it.Bulk, it.AssigneeID != 0,
			subjectView(it.About),
		}
	}
	for i, n := range b.Counts {
		v.Counts[i] = InboxCountView(n)
	}
	for i, n := range b.Notices {
		v.Notices[i] = NoticeView{id.String(n.ID), id.String(n.CaseID), n.Number, n.Title, n.Kind, n.About, textView(n.AboutTitle), n.Code, n.Step, n.What, moment(n.LimitAt), moment(n.At)}
	}
	return v
}

// OutcomeView says what became of one task.
type OutcomeView struct {
	CaseID string         `json:"case_id"`
	Seat   int            `json:"seat"`
	Done   bool           `json:"done"`
	Code   string         `json:"code" doc:"Why it was refused; empty when it was done"`
	Args   map[string]any `json:"args,omitempty"`
}

// DecidedView says what became of several tasks.
type DecidedView struct {
	Done     int           `json:"done"`
	Refused  int           `json:"refused"`
	Outcomes []OutcomeView `json:"outcomes" nullable:"false"`
}

func decidedView(list []BulkOutcome) DecidedView {
	v := DecidedView{Outcomes: make([]OutcomeView, len(list))}
	for i, o := range list {
		out := OutcomeView{CaseID: id.String(o.CaseID), Seat: o.Seat, Done: o.Err == nil}
		if o.Err != nil {
			out.Code = errs.CodeOf(o.Err)
			if e, ok := errs.As(o.Err); ok {
				out.Args = e.Args
			}
			v.Refused++
		} else {
			v.Done++
		}
		v.Outcomes[i] = out
	}
	return v
}
