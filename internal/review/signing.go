package review

import (
	"context"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Signature is one signature of the chain (客户等级评定表).
type Signature struct {
	CustomerID int64
	ID         int64
	Place      int // in the chain, 0 = first
	Post       string
	Agree      bool
	Opinion    string
	SignedBy   int64
	SignedAt   time.Time
}

// SignInput signs for several customers at once.
type SignInput struct {
	Customers []int64
	Agree     bool
	Opinion   string
}

// Sign gives the signature that is next in the chain of each customer, all or none. A rejection gives the customers back to the
// meeting and needs an opinion. Errors: not_found, review.state, review.not_signer, review.not_waiting, review.moved_on, invalid_input.
func (s *Service) Sign(ctx context.Context, reviewID int64, in SignInput) (int, error) {
	var v errs.Validation
	v.Check(len(in.Customers) > 0, "customer_ids", "field.required")
	v.Check(len(in.Customers) <= maxMany, "customer_ids", "review.too_many", "max", maxMany)
	v.Check(in.Agree || in.Opinion != "", "opinion", "field.required")
	v.Check(len(in.Opinion) <= maxNote, "opinion", "field.too_long", "max", maxNote)
	if err := v.Err(); err != nil {
		return 0, err
	}
	done := 0
	err := s.db.InTx(ctx, func(q db.Q) error {
		done = 0
		c, err := s.campaign(ctx, q, reviewID)
		if err != nil {
			return err
		}
		a, err := s.access(ctx, q, c)
		if err != nil {
			return err
		}
		lines, err := linesIn(ctx, q, reviewID, in.Customers)
		if err != nil {
			return err
		}
		if len(lines) != len(in.Customers) {
			return hidden()
		}
		for i := range lines {
			if err := s.sign(ctx, q, &rated{c, a, lines[i], nil}, &in); err != nil {
				return err
			}
			done++
		}
		return nil
	})
	return done, err
}

func (s *Service) sign(ctx context.Context, q db.Q, x *rated, in *SignInput) error {
	l := x.line
	switch {
	case !x.sees(&l) && !x.signs(x.campaign, l.Signed):
		return hidden()
	case x.State != Meeting && (x.State != Closed || l.State != LineReopened):
		return mustBe(&x.Review, Meeting)
	case l.Approval != ApprovalWaiting:
		return errs.New(errs.Conflict, "review.not_waiting", "customer", l.Code)
	case !x.signs(x.campaign, l.Signed):
		return errs.New(errs.Forbidden, "review.not_signer", "customer", l.Code, "post", x.chain()[l.Signed])
	}
	now := s.now()
	sig := Signature{CustomerID: l.CustomerID, ID: id.New(now), Place: l.Signed, Post: x.chain()[l.Signed], Agree: in.Agree, Opinion: in.Opinion, SignedBy: x.actor.UserID, SignedAt: now}
	if err := insertSignature(ctx, q, x.ID, &sig); err != nil {
		return err
	}
	switch {
	case !in.Agree:
		l.Approval = ApprovalRejected
	case l.Signed+1 == len(x.chain()):
		l.Signed++
		l.Approval = ApprovalApproved
	default:
		l.Signed++
	}
	if _, err := s.save(ctx, q, l, x.actor.UserID); err != nil {
		return err
	}
	return audit.Write(ctx, q, now, audit.Entry{
		Action: "review.sign", Entity: "review", EntityID: id.String(x.ID), CustomerID: l.CustomerID,
		Detail: map[string]any{"post": sig.Post, "agree": in.Agree, "opinion": in.Opinion, "grade": l.Outcome()},
	})
}
