package duty

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/rule"
	"kezhi/internal/setting"
)

// saver keeps how far planning is, in the transaction of the work it stands for.
type saver func(ctx context.Context, q db.Q, last int64, so PlanResult) error

// reporter is told how far planning is, outside of any transaction; its error stops the planning.
type reporter func(ctx context.Context, so PlanResult) error

// span is the days that a person asks to be planned; None where the setting decides.
type span struct{ from, to calendar.Date }

var usualSpan = span{calendar.None, calendar.None}

// plan streams over the customers that stand under a rulebook, chunk by chunk from the one after `after`, then plans what whole grades
// are owed, and then drops what is open for customers that no longer stand under it.
func (s *Service) plan(ctx context.Context, rulebook string, days span, after int64, res PlanResult, save saver, report ...reporter) (PlanResult, error) {
	today := s.Today()
	var d *desk
	err := s.db.InRead(ctx, func(q db.Q) error {
		var err error
		d, err = openDesk(ctx, q, today)
		return err
	})
	if err != nil {
		return res, err
	}
	for {
		// The database may run the transaction again, so it starts from copies each time.
		var last int64
		var so PlanResult
		err := s.db.InTx(ctx, func(q db.Q) error {
			so = res.clone()
			d.forget()
			w, err := s.newWriter(ctx, q, rulebook, today, days, d, &so)
			if err != nil {
				return err
			}
			last, err = w.chunk(ctx, after)
			if err != nil || last == 0 {
				return err
			}
			return save(ctx, q, last, so)
		})
		if err != nil && notInForce(err) {
			res.NotInForce = true
			return res, nil
		}
		if err != nil {
			return res, err
		}
		d.keep()
		if last == 0 {
			break
		}
		after, res = last, so
		for _, r := range report {
			if err := r(ctx, res); err != nil {
				return res, err
			}
		}
	}
	if err := s.planGrades(ctx, rulebook, today, days, d, &res); err != nil {
		return res, err
	}
	err = s.dropOrphans(ctx, rulebook, after, today, &res)
	return res, err
}

// newWriter reads what is in force and how far ahead is planned.
func (s *Service) newWriter(ctx context.Context, q db.Q, rulebook string, today calendar.Date, days span, d *desk, res *PlanResult) (*planWriter, error) {
	book, err := s.rules(ctx, q, rulebook, today)
	if err != nil {
		return nil, err
	}
	ahead, err := horizonDays(ctx, q)
	if err != nil {
		return nil, err
	}
	h := Horizon{Today: today, Until: today.AddDays(ahead), From: today, InForce: book.Since}
	if days != usualSpan {
		h.Today, h.From, h.Until = min(today, days.from), days.from, days.to
	}
	return s.writerOf(q, rulebook, book, h, today, d, res), nil
}

func (s *Service) writerOf(q db.Q, rulebook string, book InForce, h Horizon, today calendar.Date, d *desk, res *PlanResult) *planWriter {
	return &planWriter{
		s: s, q: q, book: book, today: today, planner: NewPlanner(h, s.work), desk: d, who: newRoster(), res: res, rulebook: rulebook,
	}
}

// chunk plans the next customers and gives the last of them, 0 when there was none.
func (w *planWriter) chunk(ctx context.Context, after int64) (int64, error) {
	last, orphans, err := w.each(ctx, after, w.customer)
	if err != nil || last == 0 {
		return 0, err
	}
	if err := w.dropAll(ctx, orphans); err != nil {
		return 0, err
	}
	return last, w.flush(ctx)
}

// each reads the next customers with what they are owed already and gives them to fn. It gives the last of them, 0 when there was none, and
// the duties up to it of customers that stand no more under the rulebook and scheme which asked for them.
func (w *planWriter) each(ctx context.Context, after int64, fn func(context.Context, graded, []existing) error) (int64, []orphan, error) {
	list, err := gradedAfter(ctx, w.q, w.rulebook, after, w.s.planTogether)
	if err != nil || len(list) == 0 {
		return 0, nil, err
	}
	last := list[len(list)-1].CustomerID
	have, err := existingOf(ctx, w.q, w.rulebook, after+1, last)
	if err != nil {
		return 0, nil, err
	}
	if err := w.learn(ctx, list); err != nil {
		return 0, nil, err
	}
	for i, g := range list {
		if err := fn(ctx, g, have[g.CustomerID]); err != nil {
			return 0, nil, err
		}
		if i == 0 || g.CustomerID != list[i-1].CustomerID {
			w.res.Customers++
		}
	}
	return last, orphaned(have, list), nil
}

// orphaned gives what is left of the duties of customers without those that belong to a standing, in the order of customers and duties.
func orphaned(have map[int64][]existing, list []graded) []orphan {
	var out []orphan
	stands := make(map[int64][]string, len(list))
	for _, g := range list {
		stands[g.CustomerID] = append(stands[g.CustomerID], g.scheme)
	}
	for customerID, duties := range have {
		for _, e := range duties {
			if !slices.Contains(stands[customerID], e.scheme) {
				out = append(out, orphan{existing: e, customerID: customerID})
			}
		}
	}
	slices.SortFunc(out, func(a, b orphan) int { return cmp.Or(cmp.Compare(a.customerID, b.customerID), cmp.Compare(a.id, b.id)) })
	return out
}

// dropAll closes those that are open and still to come. What is past its day was owed and stays.
func (w *planWriter) dropAll(ctx context.Context, list []orphan) error {
	now := clock.Micros(w.s.now())
	for _, o := range list {
		if o.state != Open || o.due < w.today {
			continue
		}
		n, err := dropDuty(ctx, w.q, o.customerID, o.existing, now)
		if err != nil {
			return err
		}
		if n == 1 {
			w.res.Dropped++
			w.dropped = append(w.dropped, strconv.FormatInt(o.id, 10))
		}
	}
	return nil
}

// planGrades plans what is owed to whole grades that somebody has.
func (s *Service) planGrades(ctx context.Context, rulebook string, today calendar.Date, days span, d *desk, res *PlanResult) error {
	var so PlanResult
	err := s.db.InTx(ctx, func(q db.Q) error {
		so = res.clone()
		d.forget()
		w, err := s.newWriter(ctx, q, rulebook, today, days, d, &so)
		if err != nil {
			return err
		}
		have, err := existingOf(ctx, q, rulebook, 0, 0)
		if err != nil || len(w.book.Shared) == 0 && len(have) == 0 {
			return err
		}
		if err := w.shared(ctx, have[0], clock.Micros(s.now())); err != nil {
			return err
		}
		return w.flush(ctx)
	})
	if err != nil && notInForce(err) {
		return nil
	}
	if err == nil {
		d.keep()
		*res = so
	}
	return err
}

// shared plans what the grades that somebody has are owed together, and drops what was planned for those nobody has any more.
func (w *planWriter) shared(ctx context.Context, have []existing, now int64) error {
	held, err := w.eachGrade(ctx, have, w.customer)
	if err != nil {
		return err
	}
	for _, e := range have {
		if held[e.scheme+"/"+e.grade] {
			continue
		}
		if err := w.revise(ctx, graded{scheme: e.scheme, archived: true}, e, &Plan{}, now); err != nil {
			return err
		}
	}
	return nil
}

// eachGrade gives fn the grades that are owed something together and that somebody has, and says by scheme and code which these are.
func (w *planWriter) eachGrade(ctx context.Context, have []existing, fn func(context.Context, graded, []existing) error) (map[string]bool, error) {
	held := map[string]bool{}
	for _, g := range w.book.grades() {
		somebody, err := gradeHeld(ctx, w.q, w.rulebook, g.scheme, g.Grade)
		if err != nil {
			return nil, err
		}
		held[g.scheme+"/"+g.Grade] = somebody
		if !somebody {
			continue
		}
		g.Rulebook, g.Since = w.rulebook, gradeAnchor
		if err := fn(ctx, g, ofGrade(have, g.scheme, g.Grade)); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// gradeAnchor is the day from which the periods of what whole grades are owed are counted, so that they are those of the calendar.
const gradeAnchor calendar.Date = 10_957 // 2000-01-01

// grades lists the grades that are owed something together.
func (b InForce) grades() []graded {
	var out []graded
	seen := map[string]bool{}
	for _, r := range b.Shared {
		for _, code := range r.Grades {
			if key := r.Scheme + "/" + code; !seen[key] {
				seen[key] = true
				out = append(out, graded{scheme: r.Scheme, Subject: Subject{Grade: code}})
			}
		}
	}
	return out
}

func ofGrade(list []existing, scheme, grade string) []existing {
	var out []existing
	for _, e := range list {
		if e.scheme == scheme && e.grade == grade {
			out = append(out, e)
		}
	}
	return out
}

// planWriter carries what the customers of one chunk share.
type planWriter struct {
	s        *Service
	q        db.Q
	rulebook string
	book     InForce
	today    calendar.Date
	planner  *Planner
	desk     *desk
	who      *roster
	known    learnt
	opened   []newDuty
	dropped  []string
	redated  []map[string]string // id, and its day before and after
	res      *PlanResult
}

// customer drops what the grade no longer asks for, repairs who owes what remains, and collects what is new.
func (w *planWriter) customer(ctx context.Context, g graded, have []existing) error {
	plan, err := w.planOf(ctx, &g, have)
	if err != nil {
		return err
	}
	now := clock.Micros(w.s.now())
	for _, e := range have {
		if e.scheme != g.scheme {
			continue // planned by what another scheme says
		}
		if err := w.revise(ctx, g, e, &plan, now); err != nil {
			return err
		}
	}
	if err := w.redate(ctx, g, have, plan.Fixed, now); err != nil {
		return err
	}
	for _, p := range plan.Duties {
		owner, err := w.who.owes(ctx, w.q, roleOf(p.Rule), g)
		if err != nil {
			return err
		}
		if owner == 0 {
			w.res.Ownerless++
		}
		w.opened = append(w.opened, newDuty{graded: &g, Planned: p, version: w.book.Version, ownerID: owner})
	}
	return nil
}

// planOf works out what a customer is owed, and notes what is impossible.
func (w *planWriter) planOf(ctx context.Context, g *graded, have []existing) (Plan, error) {
	plan, lookup := Plan{}, error(nil)
	if !g.archived && g.Grade != "" {
		w.known.tell(g)
		plan = w.planner.PlanFor(g.Subject, w.book.Rules(g.scheme, g.Grade), knownOf(have, w.today, func(r *rule.DutyRule) *Diary {
			owner, err := w.who.owes(ctx, w.q, roleOf(r), *g)
			if err != nil {
				lookup = err
			}
			return w.desk.of(owner)
		}))
	}
	w.res.note(w.rulebook, g, plan.Unplaced)
	return plan, lookup
}

// knownOf gives the planner the duties that a customer has already.
func knownOf(have []existing, today calendar.Date, diary func(*rule.DutyRule) *Diary) Known {
	keys := make(map[string]struct{}, len(have))
	for _, e := range have {
		keys[e.key] = struct{}{}
	}
	return Known{
		Exists: func(key string) bool { _, ok := keys[key]; return ok },
		Covered: func(ruleKey, prefix string, from, to calendar.Date) bool {
			for _, e := range have {
				// What is still to come by the old cadence is dropped; what is past was owed once and is not owed again.
				if e.rule == ruleKey && (e.state != Open || e.due < today) && from <= e.due && e.due < to && !strings.HasPrefix(e.key, prefix) {
					return true
				}
			}
			return false
		},
		Diary: diary,
	}
}

// revise drops or hands over one duty that exists already. What is past its day was owed and stays.
func (w *planWriter) revise(ctx context.Context, g graded, e existing, plan *Plan, now int64) error {
	if e.state == Open && e.due >= w.today && !plan.Wants(e.key) {
		n, err := dropDuty(ctx, w.q, g.CustomerID, e, now)
		if err != nil || n == 0 {
			return err // somebody did it, or excused it, meanwhile
		}
		w.res.Dropped += n
		w.dropped = append(w.dropped, strconv.FormatInt(e.id, 10))
		w.desk.of(e.ownerID).note(e.due, -1)
		return nil
	}
	if e.state != Open && e.state != Missed {
		return nil
	}
	owner, err := w.who.owes(ctx, w.q, e.role, g)
	if err != nil || (owner == e.ownerID && g.unitID == e.unitID) {
		return err
	}
	w.res.Moved++
	return assignDuty(ctx, w.q, g.CustomerID, e.id, owner, g.unitID, w.today, now)
}

// redate moves the open duties whose day follows from a date that has become another one.
func (w *planWriter) redate(ctx context.Context, g graded, have []existing, fixed []Planned, now int64) error {
	for _, f := range fixed {
		for _, e := range have {
			if e.key != f.Key || e.state != Open || !f.moves(e.due, g.Grade) || e.due < w.today {
				continue
			}
			n, err := redateDuty(ctx, w.q, g.CustomerID, e.id, f, now)
			if err != nil {
				return err
			}
			if n == 0 {
				continue // somebody did it, or excused it, meanwhile
			}
			owner, err := w.who.owes(ctx, w.q, e.role, g)
			if err != nil {
				return err
			}
			w.desk.of(e.ownerID).note(e.due, -1)
			w.desk.of(owner).note(f.DueOn, 1)
			w.res.Redated++
			w.redated = append(w.redated, map[string]string{"id": strconv.FormatInt(e.id, 10), "before": e.due.String(), "after": f.DueOn.String()})
		}
	}
	return nil
}

// flush writes the new duties and one audit entry for the chunk.
func (w *planWriter) flush(ctx context.Context) error {
	// In the order of the index that people's lists are read from: each of its pages is then written once, not once a duty.
	slices.SortStableFunc(w.opened, func(a, b newDuty) int {
		return cmp.Or(cmp.Compare(a.ownerID, b.ownerID), cmp.Compare(a.DueOn, b.DueOn))
	})
	n, err := insertDuties(ctx, w.q, w.opened, w.s.now)
	if err != nil {
		return err
	}
	w.res.Opened += int64(n)
	if n == 0 && len(w.dropped) == 0 && len(w.redated) == 0 {
		return nil
	}
	return audit.Write(ctx, w.q, w.s.now(), audit.Entry{
		Action: "duty.plan", Entity: "duty",
		Detail: map[string]any{"rulebook": w.res.Rulebook, "version": w.book.Version, "opened": n, "dropped": w.dropped, "redated": w.redated},
	})
}

// dropOrphans closes the open duties of the customers after the last one that stands under the rulebook; those before it were seen on the way.
func (s *Service) dropOrphans(ctx context.Context, rulebook string, after int64, today calendar.Date, res *PlanResult) error {
	for {
		n := 0
		err := s.db.InTx(ctx, func(q db.Q) error {
			list, err := orphansOf(ctx, q, rulebook, after, today, chunk)
			if n = len(list); err != nil || n == 0 {
				return err
			}
			now := s.now()
			ids := make([]string, 0, n)
			for _, o := range list {
				if _, err := dropDuty(ctx, q, o.customerID, o.existing, clock.Micros(now)); err != nil {
					return err
				}
				ids = append(ids, strconv.FormatInt(o.id, 10))
			}
			return audit.Write(ctx, q, now, audit.Entry{Action: "duty.plan", Entity: "duty", Detail: map[string]any{"rulebook": rulebook, "dropped": ids}})
		})
		if err != nil || n == 0 {
			return err
		}
		res.Dropped += int64(n)
	}
}

// Bounds and default of the setting duty.horizon_days.
const (
	minHorizon     = 7
	maxHorizon     = 400
	defaultHorizon = 90
)

// horizonDays gives how many days ahead are planned; a number nobody could mean falls back to the default.
func horizonDays(ctx context.Context, q db.Q) (int, error) {
	n := defaultHorizon
	err := setting.Load(ctx, q, "duty.horizon_days", &n)
	if n < minHorizon || n > maxHorizon {
		n = defaultHorizon
	}
	return n, err
}
