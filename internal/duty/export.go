package duty

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/sheet"
)

// Export is a download that was authorised and audited and is about to be written.
type Export struct {
	s      *Service
	f      Filter
	actor  authz.Actor
	scopes []authz.Scope
}

// Export authorises and audits a download of the duties a filter matches. It carries names and phone numbers of
// customers, so it needs duty.export as well as duty.read, and gives only what lies within both reaches:
// of duties asked for as they were due, those that do by now.
func (s *Service) Export(ctx context.Context, f Filter) (*Export, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, err
	}
	if _, err := authz.Require(ctx, authz.DutyExport); err != nil {
		return nil, err
	}
	if err := f.Validate(); err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "duty.export", Entity: "duty", Detail: map[string]any{
			"mine": f.Mine, "bucket": f.Bucket, "states": f.States, "activity": f.Activities, "grade": f.Grades, "rulebook": f.Rulebooks, "owner": f.OwnerIDs, "unit": f.UnitIDs, "due_owner": f.DueOwnerIDs, "due_unit": f.DueUnitIDs, "segment": f.SegmentIDs, "not": f.Not,
			"from": f.From.String(), "to": f.To.String(),
		}})
	})
	if err != nil {
		return nil, err
	}
	return &Export{s: s, f: f, actor: actor, scopes: []authz.Scope{actor.Scope(authz.DutyRead), actor.Scope(authz.DutyExport)}}, nil
}

// write streams the table page by page; memory does not grow with its length.
func (x *Export) write(ctx context.Context, w sheet.Writer, words exportLanguage, today calendar.Date) error {
	if err := w.WriteRow(sheet.Texts(words.heads)); err != nil {
		return err
	}
	f := x.f
	f.Limit, f.Cursor = 200, ""
	for {
		list, next, err := x.s.list(ctx, f, x.actor, x.scopes)
		if err != nil {
			return err
		}
		for i := range list {
			d := &list[i]
			if f.asDue() && (!inReach(x.actor, authz.DutyRead, d) || !inReach(x.actor, authz.DutyExport, d)) {
				continue
			}
			if err := w.WriteRow(words.row(*d, today)); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.Cursor = next
	}
}
