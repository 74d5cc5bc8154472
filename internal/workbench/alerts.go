package workbench

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// AlertKind says what needs a decision.
type AlertKind string

// The kinds of alerts, in the order in which they are given.
const (
	BackupOverdue  AlertKind = "backup_overdue"  // the newest good backup is too old; counted in hours, 1 when there is none
	FailedMessages AlertKind = "failed_messages" // of the last thirty days, that did not go out or of which that is not known
	WithoutOwner   AlertKind = "without_owner"   // customers nobody looks after
	WithoutVerdict AlertKind = "without_verdict" // customers without a grade, among the newest 20,000
)

// Alert is how much of a kind needs a decision; never 0.
type Alert struct {
	Kind AlertKind
	N    int64
	More bool // there is more than was counted
}

// Alerts counts what somebody has to decide about: messages that failed, and for those who look after more than their own
// customers those without owner or grade. Needs to be signed in; with Unit customer.read over more than the own customers.
func (s *Service) Alerts(ctx context.Context, whose Whose) ([]Alert, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	scope, err := within(actor, authz.CustomerRead, whose)
	if err != nil {
		return nil, err
	}
	// What is counted lies within both reaches: of the customers and of what is counted about them.
	of := func(p authz.Permission) authz.Scope {
		if whose == Unit && actor.Grants[p] < actor.Grants[authz.CustomerRead] {
			return actor.Scope(p)
		}
		return scope
	}
	var overdue int64
	if actor.Grants[authz.SystemManage] == authz.ReachAll && s.overdue != nil {
		if overdue, err = s.overdue(ctx); err != nil {
			return nil, err
		}
	}
	since := clock.Micros(s.today().AddDays(-recentDays).Midnight(s.loc))
	var out []Alert
	err = s.db.InRead(ctx, func(q db.Q) error {
		counted := []struct {
			kind AlertKind
			on   bool
			read func() (int64, error)
		}{
			{BackupOverdue, overdue > 0, func() (int64, error) { return overdue, nil }},
			{FailedMessages, may(actor, authz.MessageRead), func() (int64, error) { return failedMessages(ctx, q, of(authz.MessageRead), since) }},
			{WithoutOwner, whose == Unit, func() (int64, error) { return withoutOwner(ctx, q, scope) }},
			{WithoutVerdict, whose == Unit && may(actor, authz.GradingRead), func() (int64, error) { return withoutVerdict(ctx, q, of(authz.GradingRead)) }},
		}
		for _, c := range counted {
			if !c.on {
				continue
			}
			n, err := c.read()
			if err != nil {
				return err
			}
			if n > 0 {
				out = append(out, Alert{c.kind, min(n, maxAlert), n > maxAlert})
			}
		}
		return nil
	})
	return out, err
}
