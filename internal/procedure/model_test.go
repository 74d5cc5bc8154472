package procedure

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

// players are the people of the complaint: regional manager, owner, customer service and legal, finance, director.
var players = []int64{qian, li, zhou, wu, zhao}

// asked is one request to the service, and what it answered.
type asked struct {
	who int64
	in  ActInput
}

type told struct {
	code    string // "" = done
	version int64
	state   string
}

// caseSoFar is what a single person working through the requests one by one would know: the engine's state and the keys used.
type caseSoFar struct {
	state *flow.State
	keys  string
	text  string
}

// lone is a refusal that depends on more than the case: who may see it, or that others were quicker four times.
var lone = []string{"not_found", "case.changed", "auth.forbidden"}

// oneByOne is the service as if everything happened one by one: the engine itself. What really happened at once must be
// explained by some order of it.
func oneByOne(w *world, manages func(who int64) bool, first *flow.State) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return caseSoFar{state: first, text: written(first)} },
		Equal: func(a, b any) bool {
			return a.(caseSoFar).text == b.(caseSoFar).text && a.(caseSoFar).keys == b.(caseSoFar).keys
		},
		Step: func(state, input, output any) (bool, any) {
			s, in, out := state.(caseSoFar), input.(asked), output.(told)
			key := fmt.Sprintf(" %d:%s ", in.who, in.in.Key)
			if strings.Contains(s.keys, key) {
				return out.code == "" && out.state == s.text || slices.Contains(lone, out.code), s
			}
			act := in.in.Act
			act.By, act.Manage = in.who, manages(in.who)
			next, _, err := flow.Apply(w.def, s.state, act, w.env())
			if err != nil || out.code != "" {
				return out.code != "" && (err != nil || slices.Contains(lone, out.code)), s
			}
			after := caseSoFar{state: next, keys: s.keys + key, text: written(next)}
			return out.state == after.text && out.version == int64(next.Turn), after
		},
		DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v: %+v", input, output) },
	}
}

func written(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// TestActsAtOnceAreAsIfOneByOne: what many people do to one case at once, with requests sent twice, has an order in which
// the engine gives every answer they got.
func TestActsAtOnceAreAsIfOneByOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		for round := range 4 {
			c := h.complain()
			c, w, err := h.svc.visible(as(zhou), d.Read(), authz.Actor{UserID: zhou}, c.ID)
			if err != nil {
				t.Fatal(err)
			}
			ops := h.race(c.ID, w.def, 6, 25, uint64(round))
			manages := func(who int64) bool {
				return authz.Actor{UserID: who, Grants: authz.GrantsOf([]string{staff[who].role}), UnitIDs: unitsBelow[staff[who].unit]}.
					Scope(authz.ProcedureManage).CoversPerson(c.OwnerID, c.UnitID)
			}
			if got, _ := porcupine.CheckOperationsVerbose(oneByOne(w, manages, c.State), ops, 30*time.Second); got != porcupine.Ok {
				t.Errorf("round %d: no order of the acts explains the answers (%v):\n%s", round, got, describe(ops))
			}
			h.whole(c.ID)
		}
	})
}

func describe(ops []porcupine.Operation) string {
	var b strings.Builder
	for _, o := range ops {
		in, out := o.Input.(asked), o.Output.(told)
		_, _ = fmt.Fprintf(&b, "%d-%d %s %s seat %d %s: %q %d\n", o.Call, o.Return, staff[in.who].name, in.in.Kind, in.in.Seat, in.in.Key, out.code, out.version)
	}
	return b.String()
}

// race lets people act on a case at once and writes down what they asked, when, and what they were told.
func (h *house) race(caseID int64, def *flow.Definition, people, acts int, seed uint64) []porcupine.Operation {
	var ticks atomic.Int64
	var mu sync.Mutex
	var ops []porcupine.Operation
	var all sync.WaitGroup
	for p := range people {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(seed, uint64(p)))
			var sent []asked
			for i := range acts {
				ask := asked{who: players[rng.IntN(len(players))]}
				if len(sent) > 0 && rng.IntN(6) == 0 {
					ask = sent[rng.IntN(len(sent))] // the answer got lost on the way: the same request again
				} else {
					c, err := getCase(system(), h.db.Read(), caseID)
					if err != nil {
						h.t.Error(err)
						return
					}
					ask.in = anything(rng, def, &c)
					ask.in.Key = fmt.Sprintf("%d-%d", p, i)
					ask.who = h.likely(rng, ask.in, &c)
					sent = append(sent, ask)
				}
				call := ticks.Add(1)
				got, err := h.svc.Act(as(ask.who), caseID, ask.in)
				out := told{version: got.RowVersion}
				if err != nil {
					out = told{code: errs.CodeOf(err)}
				} else {
					out.state = written(got.State)
				}
				op := porcupine.Operation{ClientId: p, Input: ask, Output: out, Call: call, Return: ticks.Add(1)}
				mu.Lock()
				ops = append(ops, op)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return ops
}

// likely gives mostly somebody who fits the act, so that cases get on.
func (h *house) likely(rng *rand.Rand, in ActInput, c *Case) int64 {
	post := map[string]int64{"accept": qian, "investigate": li, "law": zhou, "money": wu, "sign": zhao, "answer": zhou}
	for _, s := range c.State.OpenSeats() {
		if s.ID == in.Seat && rng.IntN(4) > 0 {
			return post[s.Step]
		}
	}
	return players[rng.IntN(len(players))]
}

// anything is what somebody might do with a case as they saw it a moment ago.
func anything(rng *rand.Rand, def *flow.Definition, c *Case) ActInput {
	rare := []flow.Act{
		{Kind: flow.ActClaim},
		{Kind: flow.ActUnclaim},
		{Kind: flow.ActComment, Reason: "看过"},
		{Kind: flow.ActPause, What: "awaiting", Reason: "等客户"},
		{Kind: flow.ActResume},
		{Kind: flow.ActExtend, What: "complex", Reason: "复杂"},
		{Kind: flow.ActReturn, To: "accept", Reason: "重来"},
		{Kind: flow.ActDelegate, Person: li},
		{Kind: flow.ActAddSign, Person: wu},
		{Kind: flow.ActAssign, Person: zhou},
		{Kind: flow.ActReopen, Reason: "又来了"},
		{Kind: flow.ActWithdraw, Reason: "算了"},
	}
	open := c.State.OpenSeats()
	act := rare[rng.IntN(len(rare))]
	if len(open) > 0 {
		seat := open[rng.IntN(len(open))]
		if rng.IntN(3) > 0 {
			act = work(rng, def, seat)
		}
		act.Seat = seat.ID
	}
	if act.Kind == flow.ActWithdraw && rng.IntN(4) > 0 {
		act = flow.Act{Kind: flow.ActComment, Reason: "算了吧"}
	}
	return ActInput{Act: act}
}

// work does what a seat asks for.
func work(rng *rand.Rand, def *flow.Definition, seat flow.SeatOf) flow.Act {
	step := def.Step(seat.Step)
	switch {
	case seat.Kind == flow.SeatStep && step != nil && step.Do == flow.DoFill:
		return report([]string{"10", "6000.50"}[rng.IntN(2)])
	case seat.Kind == flow.SeatStep && step != nil && step.Do == flow.DoAnswer:
		return flow.Act{Kind: flow.ActAnswer, Answers: flow.Answers{"text": text("已退款")}}
	case rng.IntN(8) == 0:
		return flow.Act{Kind: flow.ActDecide, Decision: flow.Reject, Reason: "不清楚"}
	}
	return agree()
}

// whole checks that a case agrees with all that belongs to it, and that its history leads to where it stands.
func (h *house) whole(caseID int64) {
	h.t.Helper()
	c := h.agreeing(caseID)
	h.replayed(&c)
}

// agreeing checks that a case, its history, its open seats, its parts and the audit agree: nothing lost, nothing twice, nothing half.
func (h *house) agreeing(caseID int64) Case {
	h.t.Helper()
	c, err := getCase(system(), h.db.Read(), caseID)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := flow.Sound(mustDefinition(h, &c), c.State); err != nil {
		h.t.Error(err)
	}
	acts := h.count("SELECT COUNT(*) FROM proc_act WHERE case_id = ?", caseID)
	last := h.count("SELECT MAX(seq) FROM proc_act WHERE case_id = ?", caseID)
	audits := h.count("SELECT COUNT(*) FROM audit_entry WHERE entity = 'case' AND entity_id = ?", fmt.Sprint(caseID))
	ticks := h.count("SELECT COUNT(*) FROM proc_act WHERE case_id = ? AND act = ?", caseID, flow.ActTick) // of which the engine counts none
	if acts != c.RowVersion || last != c.RowVersion || audits != c.RowVersion || int64(c.State.Turn) != c.RowVersion-ticks {
		h.t.Errorf("case %d: version %d, turn %d, %d acts (%d of the clock) up to %d, %d audit entries", caseID, c.RowVersion, c.State.Turn, acts, ticks, last, audits)
	}
	open := h.count("SELECT COUNT(*) FROM proc_task WHERE case_id = ? AND state = 'open'", caseID)
	if want := len(c.State.OpenSeats()); open != int64(want) {
		h.t.Errorf("case %d: %d open tasks, %d open seats", caseID, open, want)
	}
	h.keptAlike(&c)
	return c
}

// keptAlike checks that the open seats of a case and the parts in it keep what the case and its state say.
func (h *house) keptAlike(c *Case) {
	h.t.Helper()
	due, next := limits(c.State)
	if c.Status != c.State.Status || c.DueAt != due || c.NextDueAt != next || c.Priority != priorityOf(mustDefinition(h, c), c.State.First) {
		h.t.Errorf("case %d: %s, due %d and %d, priority %d; its state says %s, %d, %d", c.ID, c.Status, c.DueAt, c.NextDueAt, c.Priority, c.State.Status, due, next)
	}
	same := []any{c.ID, c.Status, c.Priority, c.NextDueAt, c.Kind, c.Procedure}
	if n := h.count("SELECT COUNT(*) FROM proc_task WHERE case_id = ? AND state = 'open' AND NOT (status = ? AND priority = ? AND next_due_at = ? AND kind = ? AND procedure = ?)", same...); n != 0 {
		h.t.Errorf("case %d: %d open tasks keep something else than the case", c.ID, n)
	}
	if n := h.count("SELECT COUNT(*) FROM proc_party WHERE case_id = ? AND NOT (status = ? AND priority = ? AND next_due_at = ? AND kind = ? AND procedure = ? AND began = CASE WHEN user_id = ? THEN 1 ELSE 0 END)",
		append(same, c.StartedBy)...); n != 0 {
		h.t.Errorf("case %d: %d parts keep something else than the case", c.ID, n)
	}
	if n := h.count("SELECT COUNT(*) FROM proc_party WHERE case_id = ? AND began = 1", c.ID); n != int64(btoi(c.StartedBy != 0)) {
		h.t.Errorf("case %d: %d began it", c.ID, n)
	}
}

func mustDefinition(h *house, c *Case) *flow.Definition {
	h.t.Helper()
	w, err := h.svc.caseWorld(system(), h.db.Read(), c)
	if err != nil {
		h.t.Fatal(err)
	}
	return w.def
}

// replayed does the history of a case again and wants the state that is kept.
func (h *house) replayed(c *Case) {
	h.t.Helper()
	type row struct {
		act    flow.Act
		detail []byte
	}
	rows, err := db.List(system(), h.db.Read(), "SELECT actor_id, for_user, act, seat, reason, detail FROM proc_act WHERE case_id = ? ORDER BY seq", []any{c.ID},
		func(r db.Rows) (row, error) {
			return row{
				flow.Act{By: r.Int64(0), For: r.Int64(1), Kind: string(r.Bytes(2)), Seat: int(r.Int64(3)), Reason: string(r.Bytes(4))},
				slices.Clone(r.Bytes(5)),
			}, nil
		})
	if err != nil {
		h.t.Fatal(err)
	}
	w, err := h.svc.caseWorld(system(), h.db.Read(), c)
	if err != nil {
		h.t.Fatal(err)
	}
	env := w.env()
	var st *flow.State
	for i, r := range rows {
		var d actDetail
		if err := json.Unmarshal(r.detail, &d); err != nil {
			h.t.Fatal(err)
		}
		if i == 0 {
			st, _, err = flow.Begin(w.def, flow.Beginning{By: r.act.By, Channel: c.Channel, Answers: d.Answers}, env)
		} else {
			r.act.Answers, r.act.Decision, r.act.To, r.act.Person, r.act.What = d.Answers, d.Decision, d.To, d.Person, d.What
			r.act.Manage = authz.Actor{UserID: r.act.By, Grants: authz.GrantsOf([]string{staff[r.act.By].role}), UnitIDs: unitsBelow[staff[r.act.By].unit]}.
				Scope(authz.ProcedureManage).CoversPerson(c.OwnerID, c.UnitID)
			st, _, err = flow.Apply(w.def, st, r.act, env)
		}
		if err != nil {
			h.t.Fatalf("case %d, act %d (%s) cannot be done again: %v", c.ID, i+1, r.act.Kind, err)
		}
	}
	if written(st) != written(c.State) {
		h.t.Errorf("case %d: the history leads to\n%s\nkept is\n%s", c.ID, written(st), written(c.State))
	}
}
