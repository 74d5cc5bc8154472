package duty

import (
	"context"
	"strconv"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// saver keeps how far planning is, in the transaction of the work it stands for.
type saver func(ctx context.Context, q db.Q, last int64, so PlanResult) error

// reporter is told how far planning is, outside of any transaction; its error stops the planning.
type reporter func(ctx context.Context, so PlanResult) error

// plan streams over the customers that stand under a rulebook, chunk by chunk from the one after `after`, and then drops
// what is open for customers that no longer stand under it.
func (s *Service) plan(ctx context.Context, rulebook string, after int64, res PlanResult, save saver, report ...reporter) (PlanResult, error) {
	today := s.Today()
	for {
		// The database may run the transaction again, so it starts from copies each time.
		var last int64
		var so PlanResult
		err := s.db.InTx(ctx, func(q db.Q) error {
			so = res
			var err error
			last, err = s.planChunk(ctx, q, rulebook, today, after, &so)
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
		if last == 0 {
			err := s.dropOrphans(ctx, rulebook, today, &res)
			return res, err
		}
		after, res = last, so
		for _, r := range report {
			if err := r(ctx, res); err != nil {
				return res, err
			}
		}
	}
}

// planChunk plans the next customers and gives the last of them, 0 when there was none.
func (s *Service) planChunk(ctx context.Context, q db.Q, rulebook string, today calendar.Date, after int64, res *PlanResult) (int64, error) {
	list, err := gradedAfter(ctx, q, rulebook, after, chunk)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	book, err := s.rules(ctx, q, rulebook, today)
	if err != nil {
		return 0, err
	}
	have, err := existingOf(ctx, q, rulebook, list[0].CustomerID, list[len(list)-1].CustomerID)
	if err != nil {
		return 0, err
	}
	days, err := horizonDays(ctx, q)
	if err != nil {
		return 0, err
	}
	w := &planWriter{s: s, q: q, book: book, horizon: Horizon{Today: today, Until: today.AddDays(days)}, who: newRoster(), res: res}
	for _, g := range list {
		if err := w.customer(ctx, g, have[g.CustomerID]); err != nil {
			return 0, err
		}
	}
	for i := range list {
		if i == 0 || list[i].CustomerID != list[i-1].CustomerID {
			res.Customers++
		}
	}
	return list[len(list)-1].CustomerID, w.flush(ctx)
}

// planWriter carries what the customers of one chunk share.
type planWriter struct {
	s       *Service
	q       db.Q
	book    InForce
	horizon Horizon
	who     *roster
	opened  []newDuty
	dropped []string
	res     *PlanResult
}

// customer drops what the grade no longer asks for, repairs who owes what remains, and collects what is new.
func (w *planWriter) customer(ctx context.Context, g graded, have []existing) error {
	plan := Plan{}
	if !g.archived && g.Grade != "" {
		keys := make(map[string]struct{}, len(have))
		for _, e := range have {
			keys[e.key] = struct{}{}
		}
		plan = PlanFor(g.Subject, w.book.Rules(g.scheme, g.Grade), w.horizon, w.s.work, func(key string) bool { _, ok := keys[key]; return ok })
	}
	w.res.Unplaced += int64(len(plan.Unplaced))
	now := clock.Micros(w.s.now())
	for _, e := range have {
		if e.scheme != g.scheme {
			continue // planned by what another scheme says
		}
		if err := w.revise(ctx, g, e, plan, now); err != nil {
			return err
		}
	}
	for _, p := range plan.Duties {
		owner, err := w.who.owes(ctx, w.q, roleOf(p.Rule), g)
		if err != nil {
			return err
		}
		if owner == 0 {
			w.res.Ownerless++
		}
		w.opened = append(w.opened, newDuty{graded: g, Planned: p, version: w.book.Version, ownerID: owner})
	}
	return nil
}

// revise drops or hands over one duty that exists already. What is past its day was owed and stays.
func (w *planWriter) revise(ctx context.Context, g graded, e existing, plan Plan, now int64) error {
	if e.state == Open && e.due >= w.horizon.Today && !plan.wants(e.key) {
		n, err := dropDuty(ctx, w.q, g.CustomerID, e, now)
		w.res.Dropped += n
		w.dropped = append(w.dropped, strconv.FormatInt(e.id, 10))
		return err
	}
	if e.state != Open && e.state != Missed {
		return nil
	}
	owner, err := w.who.owes(ctx, w.q, e.role, g)
	if err != nil || (owner == e.ownerID && g.unitID == e.unitID) {
		return err
	}
	w.res.Moved++
	return assignDuty(ctx, w.q, g.CustomerID, e.id, owner, g.unitID, now)
}

func (p Plan) wants(key string) bool {
	for _, prefix := range p.Prefixes {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// flush writes the new duties and one audit entry for the chunk.
func (w *planWriter) flush(ctx context.Context) error {
	n, err := insertDuties(ctx, w.q, w.opened, w.s.now)
	if err != nil {
		return err
	}
	w.res.Opened += int64(n)
	if n == 0 && len(w.dropped) == 0 {
		return nil
	}
	return audit.Write(ctx, w.q, w.s.now(), audit.Entry{
		Action: "duty.plan", Entity: "duty",
		Detail: map[string]any{"rulebook": w.res.Rulebook, "version": w.book.Version, "opened": n, "dropped": w.dropped},
	})
}

// dropOrphans closes the open duties of customers that another rulebook grades now.
func (s *Service) dropOrphans(ctx context.Context, rulebook string, today calendar.Date, res *PlanResult) error {
	for {
		n := 0
		err := s.db.InTx(ctx, func(q db.Q) error {
			list, err := orphansOf(ctx, q, rulebook, today, chunk)
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

// horizonDays gives how many days ahead are planned; a value nobody could mean falls back to the default.
func horizonDays(ctx context.Context, q db.Q) (int, error) {
	text, err := horizonSetting(ctx, q)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < minHorizon || n > maxHorizon {
		return defaultHorizon, nil //nolint:nilerr // an unreadable setting is not a failure of planning
	}
	return n, nil
}

// roster finds who owes a duty; it reads the organisation once per role.
type roster struct {
	parents map[int64]int64
	byRole  map[string]map[int64]int64
}

func newRoster() *roster { return &roster{byRole: map[string]map[int64]int64{}} }

// owes gives the customer's owner, or the holder of the role nearest to the customer: in its unit, in the units above it,
// among those without a unit, and at last the only one who holds it anywhere. 0 = nobody.
func (r *roster) owes(ctx context.Context, q db.Q, role string, g graded) (int64, error) {
	if role == RoleOwner {
		return g.ownerID, nil
	}
	if r.parents == nil {
		var err error
		if r.parents, err = unitParents(ctx, q); err != nil {
			return 0, err
		}
	}
	held := r.byRole[role]
	if held == nil {
		var err error
		if held, err = holders(ctx, q, role); err != nil {
			return 0, err
		}
		r.byRole[role] = held
	}
	// A damaged tree with a circle is left after as many steps as there are units.
	for unit, steps := g.unitID, 0; unit != 0 && steps <= len(r.parents); unit, steps = r.parents[unit], steps+1 {
		if user, ok := held[unit]; ok {
			return user, nil
		}
	}
	if user, ok := held[0]; ok {
		return user, nil
	}
	if len(held) == 1 {
		// The post exists once in the whole organisation, wherever it sits.
		for _, user := range held {
			return user, nil
		}
	}
	return 0, nil
}
