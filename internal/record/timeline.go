package record

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
)

// Kinds of what stands on the timeline; a filter names them.
const (
	KindInteraction = "interaction" // a visit, call, note: each by itself
	KindBusiness    = "business"    // facts with amounts, folded per document or day
	KindVerdict     = "verdict"     // a grade that differs from the one before
	KindDuty        = "duty"        // missed, waived (kept ones are interactions)
	KindChange      = "change"      // fields of the customer, folded per minute and person
	KindContact     = "contact"     // contacts and relations
	KindImport      = "import"      // an import that created or changed the customer
	KindCase        = "case"        // a case begun, ended or withdrawn
)

// Kinds lists them in the order in which they are offered.
var Kinds = []string{KindInteraction, KindBusiness, KindVerdict, KindDuty, KindChange, KindContact, KindImport, KindCase}

// pageSize is how many entries a page of the timeline has.
const pageSize = 30

// Entry is one thing on the timeline. Members that do not apply are empty.
type Entry struct {
	At   int64 // microseconds; the beginning of the day where only the day is known
	Day  calendar.Date
	Kind string
	// Type is the kind of the fact (visit, order), the state of the duty (kept, late, missed, waived), up, down, first or
	// aside for a verdict, the action of a change (customer.update), created or updated for an import, begun, ended or withdrawn
	// for a case.
	Type      string
	Timed     bool // At is a moment and not just a day
	RefID     int64
	ActorID   int64
	ActorName string
	Document  string
	Status    string
	Currency  string
	Minor     int64
	HasAmount bool
	Facts     int64 // how many facts were folded
	Note      string
	Clause    string
	DutyID    int64
	DutyState string
	Files     []File
	Rulebook  string
	Scheme    string
	From, To  string // codes of a verdict
	Reason    string
	Changes   []json.RawMessage // details of the folded audit entries, newest first
	FileName  string            // of an import

	rank int
	key  string
}

// File is an attachment of an entry.
type File struct {
	ID        int64
	Name      string
	MediaType string
	Size      int64 // bytes
}

// position orders the timeline: newest first, then by the rank of the source, then by its own key.
type position struct {
	at   int64
	rank int
	key  string
}

func (e Entry) position() position { return position{e.At, e.rank, e.key} }

// before says whether p stands above o.
func (p position) before(o position) bool {
	if c := cmp.Compare(o.at, p.at); c != 0 {
		return c < 0
	}
	if c := cmp.Compare(p.rank, o.rank); c != 0 {
		return c < 0
	}
	return p.key < o.key
}

// Ranks of the sources at the same moment.
const (
	rankAudit = iota
	rankVerdict
	rankDuty
	rankImport
	rankCase
	rankFact
)

// page is what the sources need to know: where the page begins and which kinds are wanted.
type page struct {
	customerID int64
	after      *position // nil = from the newest
	auditSeq   int64     // audit entries from this number on have been shown; 0 = none
	kinds      map[string]bool
	today      calendar.Date
}

func (p page) wants(kind string) bool { return len(p.kinds) == 0 || p.kinds[kind] }

// source gives at least a page of its entries from the cursor on, or all that are left.
type source func(context.Context, db.Q, page) ([]Entry, error)

// below cuts off what stands above the cursor, for sources that read everything.
func below(read source) source {
	return func(ctx context.Context, q db.Q, p page) ([]Entry, error) {
		list, err := read(ctx, q, p)
		return p.cut(list), err
	}
}

// cut keeps what stands below the cursor.
func (p page) cut(list []Entry) []Entry {
	if p.after == nil {
		return list
	}
	return slices.DeleteFunc(list, func(e Entry) bool { return !p.after.before(e.position()) })
}

// Timeline gives a page of what happened to a customer, newest first, and the cursor of the next page.
// kinds empty = all the actor may read. Needs customer.read over the customer. Errors: not_found, invalid_input, cursor.invalid.
func (s *Service) Timeline(ctx context.Context, customerID int64, kinds []string, cursor string) ([]Entry, string, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil {
		return nil, "", err
	}
	ref, err := s.customers.Guard(ctx, authz.CustomerRead, customerID)
	if err != nil {
		return nil, "", err
	}
	p := page{customerID: customerID, kinds: map[string]bool{}, today: calendar.FromTime(s.now(), s.loc)}
	if err := p.read(kinds, cursor); err != nil {
		return nil, "", err
	}
	rights := rights{
		facts: covers(actor, authz.FactRead, ref), duties: covers(actor, authz.DutyRead, ref), grades: covers(actor, authz.GradingRead, ref),
		cases: covers(actor, authz.ProcedureRead, ref),
	}
	var out []Entry
	next := ""
	err = s.db.InRead(ctx, func(q db.Q) error {
		var err error
		out, next, err = s.merge(ctx, q, p, rights)
		return err
	})
	return out, next, err
}

type rights struct{ facts, duties, grades, cases bool }

// merge takes a page's worth from every source and keeps the newest of all.
func (s *Service) merge(ctx context.Context, q db.Q, p page, r rights) ([]Entry, string, error) {
	var all []Entry
	for _, src := range []struct {
		on   bool
		read source
	}{
		{p.wants(KindChange) || p.wants(KindContact), s.auditEntries},
		{r.grades && p.wants(KindVerdict), below(s.verdictEntries)},
		{r.duties && p.wants(KindDuty), below(s.dutyEntries)},
		{p.wants(KindImport), below(s.importEntries)},
		{r.cases && p.wants(KindCase), below(s.caseEntries)},
		{r.facts && (p.wants(KindInteraction) || p.wants(KindBusiness)), s.factEntries},
	} {
		if !src.on {
			continue
		}
		list, err := src.read(ctx, q, p)
		if err != nil {
			return nil, "", err
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b Entry) int {
		switch {
		case a.position().before(b.position()):
			return -1
		case b.position().before(a.position()):
			return 1
		}
		return 0
	})
	next := ""
	if len(all) > pageSize {
		all = all[:pageSize]
		next = p.cursorAfter(all)
	}
	return all, next, s.complete(ctx, q, p.customerID, all)
}

// cursorAfter packs where the next page begins. The audit goes on below the oldest entry shown, not at a moment.
func (p page) cursorAfter(shown []Entry) string {
	seq := p.auditSeq
	for _, e := range shown {
		if e.rank == rankAudit {
			seq = e.RefID
		}
	}
	last := shown[len(shown)-1].position()
	return db.EncodeCursor(strconv.FormatInt(last.at, 10), strconv.Itoa(last.rank), last.key, strconv.FormatInt(seq, 10))
}

func (p *page) read(kinds []string, cursor string) error {
	var v errs.Validation
	for _, k := range kinds {
		v.Check(slices.Contains(Kinds, k), "kinds", "field.not_allowed", "value", k)
		p.kinds[k] = true
	}
	if err := v.Err(); err != nil {
		return err
	}
	vals, err := db.DecodeCursor(cursor, 4)
	if err != nil || vals == nil {
		return err
	}
	at, err1 := strconv.ParseInt(vals[0], 10, 64)
	rank, err2 := strconv.Atoi(vals[1])
	seq, err3 := strconv.ParseInt(vals[3], 10, 64)
	if err1 != nil || err2 != nil || err3 != nil {
		return errs.New(errs.Invalid, "cursor.invalid")
	}
	p.after, p.auditSeq = &position{at, rank, vals[2]}, seq
	return nil
}
