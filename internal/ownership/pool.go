package ownership

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

// JobDaily gives customers back to the pool that were taken and not contacted in time.
const JobDaily = "owner.daily"

// contactKinds are the facts that count as a contact.
var contactKinds = []string{"visit", "call", "meeting", "event", "greeting", "survey", "interaction"}

// Pooled is a customer nobody looks after. It shows what is needed to choose, and no more.
type Pooled struct {
	CustomerID               int64
	Code, Name, Kind, Region string
	Grade                    string // in the scheme of the owner rules, "" = none
	LastOwner                string
	Since                    calendar.Date // None = never had an owner here
	How                      string        // how it came back
}

// PoolState is the pool as somebody sees it.
type PoolState struct {
	Rule     *rule.PoolRule // nil where no rulebook in force has a pool
	Rulebook string
	Scheme   string // of the grades
	Total    int64  // at most 10,000
	More     bool   // there are more than that
	Mine     int64  // customers the actor has taken and has still
	Items    []Pooled
	Next     string
}

// poolBook finds the rulebook in force that has a pool.
func (s *Service) poolBook(ctx context.Context, q db.Q) (Book, *rule.PoolRule, error) {
	all, err := s.books(ctx, q, s.Today())
	if err != nil {
		return Book{}, nil, err
	}
	for _, b := range all {
		if p := b.Program.Ownership().Pool; p != nil {
			return b, p, nil
		}
	}
	return Book{}, nil, nil
}

// mayTake says whether somebody is one of those who may take customers out of a pool.
func (s *Service) mayTake(ctx context.Context, q db.Q, book Book, p *rule.PoolRule, userID int64) (bool, *staff, error) {
	who, err := s.who(ctx, q)
	if err != nil {
		return false, nil, err
	}
	team := newStaff(who, book.NamesOf, nil)
	holds := len(p.By) == 0 || slices.ContainsFunc(p.By, func(role string) bool { return team.Holds(role, userID) })
	return holds && who.Active(userID), team, nil
}

// PoolFilter says which customers of the pool are meant.
type PoolFilter struct {
	Text string // part of a name or code
	Mine bool   // those the actor has taken out of it and has still, instead of those in it
}

// Pool gives a page of the customers nobody looks after: all of them to those who may take them, to others those within their
// reach, and none where no rulebook in force has a pool. Needs customer.write.
func (s *Service) Pool(ctx context.Context, f PoolFilter, cursor string, limit int) (PoolState, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return PoolState{}, err
	}
	after := int64(0)
	if vals, err := db.DecodeCursor(cursor, 1); err != nil {
		return PoolState{}, err
	} else if vals != nil {
		if after, err = id.Parse(vals[0]); err != nil {
			return PoolState{}, err
		}
	}
	q := s.db.Read()
	book, p, err := s.poolBook(ctx, q)
	if err != nil {
		return PoolState{}, err
	}
	out := PoolState{Rule: p, Rulebook: book.Rulebook}
	if out.Mine, err = countClaims(ctx, q, actor.UserID); err != nil || p == nil {
		return out, err
	}
	may, _, err := s.mayTake(ctx, q, book, p, actor.UserID)
	if err != nil {
		return out, err
	}
	out.Scheme = book.Program.Ownership().Scheme
	scope := actor.Scope(authz.CustomerWrite)
	scope.All = scope.All || may
	where := inPool(scope)
	if f.Mine {
		where = takenBy(actor.UserID)
	}
	where.named(f.Text)
	if out.Total, err = countPool(ctx, q, where); err != nil {
		return out, err
	}
	out.More, out.Total = out.Total > maxPool, min(out.Total, maxPool)
	out.Items, err = listPool(ctx, q, where, out.Scheme, after, limit+1)
	if len(out.Items) > limit {
		out.Items = out.Items[:limit]
		out.Next = db.EncodeCursor(id.String(out.Items[limit-1].CustomerID))
	}
	return out, err
}

// Claim takes a customer out of the pool for whoever asks. Needs customer.write. Errors: not_found, ownership.no_pool,
// ownership.claim_role, ownership.claim_limit, ownership.claim_again, ownership.claim_full, ownership.taken.
func (s *Service) Claim(ctx context.Context, customerID int64) error {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		if err := lockPerson(ctx, q, actor.UserID); err != nil { // so that two requests at once cannot pass the limit together
			return err
		}
		if err := s.mayClaim(ctx, q, actor.UserID, customerID); err != nil {
			return err
		}
		done, err := s.customers.Reassign(ctx, q, []customer.Reassignment{{CustomerID: customerID, To: actor.UserID}}, audit.Change{Field: "pool", After: HowClaim})
		if err != nil {
			return err
		}
		if len(done) == 0 {
			return errs.New(errs.Conflict, "ownership.taken")
		}
		return s.begin(ctx, q, []Term{{CustomerID: customerID, OwnerID: actor.UserID, How: HowClaim, ByID: actor.UserID}})
	})
}

// mayClaim refuses what the pool's rule does not allow.
func (s *Service) mayClaim(ctx context.Context, q db.Q, userID, customerID int64) error {
	book, p, err := s.poolBook(ctx, q)
	if err != nil {
		return err
	}
	if p == nil {
		return errs.New(errs.Conflict, "ownership.no_pool")
	}
	may, team, err := s.mayTake(ctx, q, book, p, userID)
	if err != nil {
		return err
	}
	if !may {
		return errs.New(errs.Forbidden, "ownership.claim_role")
	}
	n, err := countClaims(ctx, q, userID)
	if err != nil {
		return err
	}
	if n >= p.ClaimAtMost {
		return errs.New(errs.Conflict, "ownership.claim_limit", "max", p.ClaimAtMost)
	}
	owned, err := countOwned(ctx, q, userID)
	if err != nil {
		return err
	}
	for _, c := range book.Program.Ownership().Caps {
		if owned >= c.AtMost && team.Holds(c.Role, userID) {
			return errs.New(errs.Conflict, "ownership.claim_full", "max", c.AtMost)
		}
	}
	last, err := lastHeld(ctx, q, customerID, userID)
	if err != nil || last == calendar.None {
		return err
	}
	if again := p.AgainAfter.After(last); again > s.Today() {
		return errs.New(errs.Conflict, "ownership.claim_again", "on", again.String())
	}
	return nil
}

// maxReason bounds why a customer is given back, in characters.
const maxReason = 300

// GiveBack puts a customer into the pool and says why: one's own that was taken out of it, or with customer.assign any within reach.
// Needs customer.write over it. Errors: not_found, invalid_input, ownership.not_claimed.
func (s *Service) GiveBack(ctx context.Context, customerID int64, reason string) error {
	reason = strings.TrimSpace(reason)
	var v errs.Validation
	v.Check(reason != "", "reason", "field.required")
	v.Check(utf8.RuneCountInString(reason) <= maxReason, "reason", "field.too_long", "max", maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return err
	}
	ref, err := s.customers.Guard(ctx, authz.CustomerWrite, customerID)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		now, err := termsNow(ctx, q, []int64{customerID})
		if err != nil {
			return err
		}
		own := ref.OwnerID == actor.UserID && now[customerID].How == HowClaim
		assigns := actor.Grants[authz.CustomerAssign] != authz.ReachNone && actor.Scope(authz.CustomerAssign).Covers(ref.Place())
		if ref.OwnerID == 0 || !own && !assigns {
			return errs.New(errs.Conflict, "ownership.not_claimed")
		}
		return s.toPool(ctx, q, customerID, ref.OwnerID, Term{How: HowReturn, Note: reason, ByID: actor.UserID})
	})
}

// toPool takes a customer from somebody and begins the term of nobody.
func (s *Service) toPool(ctx context.Context, q db.Q, customerID, from int64, t Term) error {
	because := audit.Change{Field: "pool", After: strings.TrimSuffix(t.How+": "+t.Note, ": ")}
	done, err := s.customers.Reassign(ctx, q, []customer.Reassignment{{CustomerID: customerID, From: from}}, because)
	if err != nil || len(done) == 0 {
		return err
	}
	t.CustomerID = customerID
	return s.begin(ctx, q, []Term{t})
}

// Daily is the look at the pool of every night.
func (s *Service) Daily() (job.Spec, func(now time.Time) time.Time) {
	next := func(now time.Time) time.Time {
		return calendar.FromTime(now, s.loc).AddDays(1).Midnight(s.loc).Add(40 * time.Minute)
	}
	return job.Spec{Kind: JobDaily, Args: struct{}{}, UniqueKey: JobDaily}, next
}

// lapseResult is what the nightly job did.
type lapseResult struct {
	Returned int64 `json:"returned"`
}

// lapseJob gives back what was taken and not contacted in time, page by page.
func (s *Service) lapseJob(ctx context.Context, run *job.Run) error {
	_, p, err := s.poolBook(ctx, s.db.Read())
	if err != nil || p == nil || (p.KeepFor.IsZero() && p.ReturnAfter.IsZero()) {
		return err
	}
	var out lapseResult
	for after := int64(0); ; {
		claims, err := claimsAfter(ctx, s.db.Read(), after, applyChunk)
		if err != nil || len(claims) == 0 {
			run.SetResult(out)
			return err
		}
		after = claims[len(claims)-1].CustomerID
		n, err := s.lapse(ctx, p, claims)
		if err != nil {
			return err
		}
		out.Returned += n
		if err := run.Progress(ctx, out.Returned, 0); err != nil {
			return err
		}
	}
}

// lapse gives back those of some claims that are overdue, in one transaction, and counts them.
func (s *Service) lapse(ctx context.Context, p *rule.PoolRule, claims []Term) (n int64, err error) {
	err = s.db.InTx(ctx, func(q db.Q) error {
		n = 0
		for _, t := range claims {
			late, err := s.overdue(ctx, q, p, t)
			if err != nil {
				return err
			}
			if !late {
				continue
			}
			n++
			if err := s.toPool(ctx, q, t.CustomerID, t.OwnerID, Term{How: HowLapse}); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// overdue says whether whoever took a customer has let the time for a contact pass.
func (s *Service) overdue(ctx context.Context, q db.Q, p *rule.PoolRule, t Term) (bool, error) {
	last, err := lastContact(ctx, q, t.CustomerID, t.From)
	if err != nil {
		return false, err
	}
	if last == calendar.None {
		first := p.KeepFor
		if first.IsZero() {
			first = p.ReturnAfter
		}
		return first.After(t.From) < s.Today(), nil
	}
	return !p.ReturnAfter.IsZero() && p.ReturnAfter.After(last) < s.Today(), nil
}
