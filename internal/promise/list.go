package promise

import (
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/sheet"
)

// Filter bounds a list of promises. Empty fields match everything the actor may see.
type Filter struct {
	CustomerID int64
	OwnerIDs   []int64
	States     []State
	Origins    []Origin
	MadeRef    int64         // the visit, call or case it was made in; 0 = any
	From, To   calendar.Date // due on these days; None = no bound
	Newest     bool          // the latest day first
	Cursor     string
	Limit      int // 1 to 200; 0 = 50
}

func (f *Filter) check() error {
	var v errs.Validation
	for _, st := range f.States {
		v.Check(slices.Contains(States, st), "state", "field.not_allowed", "value", string(st))
	}
	for _, o := range f.Origins {
		v.Check(slices.Contains(Origins, o), "made_in", "field.not_allowed", "value", string(o))
	}
	v.Check(f.From == calendar.None || f.To == calendar.None || f.From <= f.To, "to", "duty.range_reversed")
	if f.Limit == 0 {
		f.Limit = 50
	}
	f.Limit = min(max(f.Limit, 1), 200)
	return v.Err()
}

// List gives promises by the day they are due and the cursor of the next page. Needs duty.read. Errors: invalid_input,
// cursor.invalid.
func (s *Service) List(ctx context.Context, f Filter) ([]Promise, string, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, "", err
	}
	if err := f.check(); err != nil {
		return nil, "", err
	}
	return list(ctx, s.db.Read(), f, []authz.Scope{actor.Scope(authz.DutyRead)}, s.Today())
}

// maxCounted is up to how many promises are counted; Counts says when there are more.
const maxCounted = 10_000

// Counts says how many promises stand where.
type Counts struct {
	Of   map[State]int64
	More bool // there are more than were counted
}

// Counts counts the promises a filter matches, whatever states it names. Needs duty.read. Error: invalid_input.
func (s *Service) Counts(ctx context.Context, f Filter) (Counts, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return Counts{}, err
	}
	f.States = nil
	if err := f.check(); err != nil {
		return Counts{}, err
	}
	return counts(ctx, s.db.Read(), f, actor.Scope(authz.DutyRead), s.Today())
}

// Export is a download that was authorised and audited and is about to be written.
type Export struct {
	s      *Service
	f      Filter
	scopes []authz.Scope
}

// Export authorises and audits a download of the promises a filter matches. Needs duty.export as well as duty.read, and gives only
// what lies within both reaches. Error: invalid_input.
func (s *Service) Export(ctx context.Context, f Filter) (*Export, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, err
	}
	if _, err := authz.Require(ctx, authz.DutyExport); err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "promise.export", Entity: "promise", Detail: map[string]any{
			"customer": f.CustomerID, "owner": f.OwnerIDs, "states": f.States, "made_in": f.Origins, "from": f.From.String(), "to": f.To.String(),
		}})
	})
	return &Export{s: s, f: f, scopes: []authz.Scope{actor.Scope(authz.DutyRead), actor.Scope(authz.DutyExport)}}, err
}

// write streams the table page by page; memory does not grow with its length.
func (x *Export) write(ctx context.Context, w sheet.Writer, words exportLanguage) error {
	if err := w.WriteRow(sheet.Texts(words.heads)); err != nil {
		return err
	}
	f := x.f
	f.Limit, f.Cursor = 200, ""
	for {
		page, next, err := list(ctx, x.s.db.Read(), f, x.scopes, x.s.Today())
		if err != nil {
			return err
		}
		for _, p := range page {
			if err := w.WriteRow(words.row(p, x.s.Today())); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.Cursor = next
	}
}
