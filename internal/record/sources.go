package record

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

const minute = int64(time.Minute / time.Microsecond)

// descending makes keys that sort backwards: the higher the number, the earlier the key.
func descending(n int64) string { return fmt.Sprintf("%019d", math.MaxInt64-n) }

func (s *Service) dayOf(at int64) calendar.Date {
	return calendar.FromTime(clock.FromMicros(at), s.loc)
}

func (s *Service) startOf(d calendar.Date) int64 { return clock.Micros(d.Midnight(s.loc)) }

// auditEntries folds what one person changed within one minute into one entry. It goes on after the lowest sequence number
// shown; whole folds are shown or none of it.
func (s *Service) auditEntries(ctx context.Context, q db.Q, p page) ([]Entry, error) {
	const step = 200
	var out []Entry
	for before := p.auditSeq; ; {
		list, err := audit.OfCustomer(ctx, q, p.customerID, before, step)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			before = r.Seq
			kind := auditKind(r)
			if kind == "" || !p.wants(kind) {
				continue
			}
			at := clock.Micros(r.At) / minute * minute
			if n := len(out); n > 0 && out[n-1].At == at && out[n-1].ActorID == r.ActorID && out[n-1].Type == r.Action {
				last := &out[n-1]
				last.Changes, last.RefID = append(last.Changes, r.Detail), r.Seq
				continue
			}
			if len(out) > pageSize {
				return out, nil
			}
			out = append(out, Entry{
				At: at, Day: s.dayOf(at), Kind: kind, Type: r.Action, Timed: true, RefID: r.Seq, ActorID: r.ActorID, ActorName: r.ActorName,
				Changes: []json.RawMessage{r.Detail}, rank: rankAudit, key: descending(r.Seq),
			})
		}
		if len(list) < step {
			return out, nil
		}
	}
}

// auditKind sorts the audit entries of a customer; what the other sources show is left out.
func auditKind(r audit.Record) string {
	switch r.Entity {
	case "customer", "judgement":
		return KindChange
	case "contact", "relation", "special_day":
		return KindContact
	}
	return ""
}

// verdictEntries gives the verdicts whose code differs from the one before in their scheme.
func (s *Service) verdictEntries(ctx context.Context, q db.Q, p page) ([]Entry, error) {
	list, err := verdictsOf(ctx, q, p.customerID)
	if err != nil {
		return nil, err
	}
	last := map[string]verdictRow{}
	var out []Entry
	for _, v := range list {
		prev, had := last[v.scheme]
		last[v.scheme] = v
		if had && prev.code == v.code {
			continue
		}
		e := Entry{
			At: v.createdAt, Day: s.dayOf(v.createdAt), Kind: KindVerdict, Type: direction(prev, had, v), Timed: true, RefID: v.id, ActorID: v.createdBy,
			Rulebook: v.rulebook, Scheme: v.scheme, From: prev.code, To: v.code, Reason: v.reason, rank: rankVerdict, key: descending(v.id),
		}
		out = append(out, e)
	}
	slices.Reverse(out)
	return out, nil
}

func direction(prev verdictRow, had bool, v verdictRow) string {
	switch {
	case !had || prev.code == "" || v.code == "":
		if !had {
			return "first"
		}
		return "aside"
	case v.position < prev.position:
		return "up"
	}
	return "down"
}

// dutyEntries gives what was missed (at its day) and waived (at the moment). What was done stands there as a fact.
func (s *Service) dutyEntries(ctx context.Context, q db.Q, p page) ([]Entry, error) {
	list, err := settledDuties(ctx, q, p.customerID, p.today)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, 0, len(list))
	for _, d := range list {
		e := Entry{
			Kind: KindDuty, Type: d.state, RefID: d.id, DutyID: d.id, DutyState: d.state, Rulebook: d.rulebook, Clause: d.clause, To: d.grade,
			Status: d.activity, Reason: d.reason, ActorID: d.doneBy, rank: rankDuty, key: descending(d.id),
		}
		if d.state == "waived" && d.doneAt != nil {
			e.At, e.Day, e.Timed = *d.doneAt, s.dayOf(*d.doneAt), true
		} else {
			e.At, e.Day, e.ActorID = s.startOf(d.due), d.due, d.ownerID
		}
		out = append(out, e)
	}
	return out, nil
}

func (s *Service) importEntries(ctx context.Context, q db.Q, p page) ([]Entry, error) {
	list, err := importsOf(ctx, q, p.customerID)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(list))
	for i, m := range list {
		out[i] = Entry{
			At: m.at, Day: s.dayOf(m.at), Kind: KindImport, Type: m.action, Timed: true, RefID: m.id, ActorID: m.by, FileName: m.file, Status: m.state,
			rank: rankImport, key: descending(m.id),
		}
	}
	return out, nil
}

// factEntries reads whole days of facts, newest first, until there is more than a page of entries.
func (s *Service) factEntries(ctx context.Context, q db.Q, p page) ([]Entry, error) {
	f := factReader{s: s, p: p, upTo: p.today.AddDays(36600)}
	if p.after != nil {
		f.upTo = s.dayOf(p.after.at)
	}
	for {
		more, err := f.chunk(ctx, q)
		if err != nil || !more {
			return f.out, err
		}
	}
}

// factReader folds facts that arrive newest first, day by day.
type factReader struct {
	s    *Service
	p    page
	upTo calendar.Date
	day  []factRow
	out  []Entry
	last *factRow
}

const factChunk = 1000

// chunk reads the next facts; false when the page is full or there are no more. A day is folded once it is complete.
func (f *factReader) chunk(ctx context.Context, q db.Q) (bool, error) {
	list, err := factsBefore(ctx, q, f.p.customerID, f.upTo, f.last, factChunk)
	if err != nil {
		return false, err
	}
	for i := range list {
		if len(f.day) > 0 && f.day[0].on != list[i].on {
			f.fold()
			if len(f.out) > pageSize {
				return false, nil
			}
		}
		f.day = append(f.day, list[i])
		f.last = &list[i]
	}
	if len(list) < factChunk {
		f.fold()
		return false, nil
	}
	return true, nil
}

// fold turns the facts of one day into entries: interactions one by one, amounts per kind, document and currency.
func (f *factReader) fold() {
	taken := map[int64]bool{}
	for _, r := range f.day {
		if r.reverses != 0 {
			taken[r.reverses], taken[r.id] = true, true
		}
	}
	groups := map[string]int{}
	var list []Entry
	for _, r := range f.day {
		kind := KindInteraction
		if r.business() {
			kind = KindBusiness
		}
		if taken[r.id] || !f.p.wants(kind) {
			continue
		}
		e := Entry{
			At: f.s.startOf(r.on), Day: r.on, Kind: kind, Type: r.kind, RefID: r.id, ActorID: r.by, Document: r.document, Status: r.status,
			Currency: r.currency, Minor: r.amount, HasAmount: r.hasAmount, Facts: 1, rank: rankFact, key: "0" + descending(r.id),
		}
		if kind == KindInteraction {
			e.readAttrs(r.attrs)
			list = append(list, e)
			continue
		}
		e.key = "1" + strings.Join([]string{r.kind, r.document, r.currency}, "\x1f")
		if at, ok := groups[e.key]; ok {
			list[at].Minor += e.Minor
			list[at].HasAmount = list[at].HasAmount || e.HasAmount
			list[at].Facts++
			if list[at].Status != e.Status {
				list[at].Status = ""
			}
			continue
		}
		groups[e.key] = len(list)
		list = append(list, e)
	}
	f.day = f.day[:0]
	f.out = append(f.out, f.p.cut(list)...)
}

// readAttrs takes what interactions carry: the note, the reason of a reversal, the duty they settled.
func (e *Entry) readAttrs(raw []byte) {
	var a struct {
		Note string `json:"note"`
		Duty string `json:"duty"`
	}
	// Attributes of another form, from an import, are simply not shown.
	if json.Unmarshal(raw, &a) != nil {
		return
	}
	e.Note = a.Note
	if a.Duty != "" {
		_, _ = fmt.Sscan(a.Duty, &e.DutyID)
	}
}

// complete adds the names of people and the evidence of the duties among the entries.
func (s *Service) complete(ctx context.Context, q db.Q, customerID int64, list []Entry) error {
	people, duties := map[int64]bool{}, map[int64]bool{}
	for _, e := range list {
		if e.ActorID != 0 && e.ActorName == "" {
			people[e.ActorID] = true
		}
		if e.DutyID != 0 {
			duties[e.DutyID] = true
		}
	}
	names, err := namesOf(ctx, q, keys(people))
	if err != nil {
		return err
	}
	settled, err := evidenceOf(ctx, q, customerID, keys(duties))
	if err != nil {
		return err
	}
	for i := range list {
		e := &list[i]
		if e.ActorName == "" {
			e.ActorName = names[e.ActorID]
		}
		if ev, ok := settled[e.DutyID]; ok {
			e.DutyState, e.Clause, e.Files = ev.state, ev.clause, ev.files
		}
	}
	return nil
}

func keys(set map[int64]bool) []int64 {
	out := make([]int64, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// caseEntries gives the beginning and the end of each case.
func (s *Service) caseEntries(ctx context.Context, q db.Q, p page) ([]Entry, error) {
	list, err := casesOf(ctx, q, p.customerID)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, 0, 2*len(list))
	for _, c := range list {
		e := Entry{
			At: c.created, Day: s.dayOf(c.created), Kind: KindCase, Type: "begun", Timed: true, RefID: c.id, ActorID: c.startedBy, Document: c.number,
			Status: c.kind, Note: c.title, rank: rankCase, key: descending(c.id) + "b",
		}
		out = append(out, e)
		if c.ended != nil {
			e.At, e.Day, e.Type, e.ActorID, e.key = *c.ended, s.dayOf(*c.ended), c.status, c.changedBy, descending(c.id)+"a"
			out = append(out, e)
		}
	}
	return out, nil
}
