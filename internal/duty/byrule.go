package duty

import (
	"context"
	"errors"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
)

// ByRule names a rule of a rulebook by which something is owed to many at once: an event. Grade is that of duties owed to a whole grade
// together, empty where each customer is owed its own.
type ByRule struct{ Rulebook, Rule, Grade string }

// RuleOwed is a rule that asks for an activity, with what is owed by it and not done yet.
type RuleOwed struct {
	ByRule
	Clause, TitleZh, TitleEn string
	Owed                     int64
	FirstDue                 calendar.Date
}

// RulesOwed lists the rules by which an activity is owed within the actor's reach, by the first day due. Needs duty.read.
func (s *Service) RulesOwed(ctx context.Context, activity string) ([]RuleOwed, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return nil, err
	}
	return rulesOwed(ctx, s.db.Read(), activity, actor.Scope(authz.DutyRead))
}

// RuleWords gives the clause and title of a rule by which the activity is owed now, inside the caller's transaction. Error: not_found when
// nothing is.
func (s *Service) RuleWords(ctx context.Context, q db.Q, activity string, a ByRule) (RuleOwed, error) {
	return ruleWords(ctx, q, activity, a)
}

// KeepProved keeps, inside the caller's transaction, what a customer (0 = a whole grade) is owed by a rule, because the record of another
// feature proves that it happened on the day of the evidence: the attendance of an event. It asks for no permission, since whoever
// owes it need not be who held the event. Gives the duty, 0 when none was owed that the day falls to: the next one due whose window had
// begun, else the last one that was missed.
func (s *Service) KeepProved(ctx context.Context, q db.Q, customerID int64, activity string, a ByRule, e Evidence) (int64, error) {
	if err := e.Validate(s.Today()); err != nil {
		return 0, err
	}
	for range attempts {
		d, err := owedBy(ctx, q, customerID, activity, a, e.On)
		if err != nil {
			if db.IsNoRows(err) {
				return 0, nil
			}
			return 0, err
		}
		to, err := decideDone(d, e, s.Today())
		if err != nil {
			return 0, err
		}
		actor, _ := authz.From(ctx)
		if err := s.writeDone(ctx, q, d, to, e, actor.UserID); !errors.Is(err, errRace) {
			return d.ID, err
		}
	}
	return 0, errRace
}
