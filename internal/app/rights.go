package app

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// openWays has people come to customers by the ways beside owner and unit, whoever asks: a session, a token or a job that begins.
func (s *Services) openWays() {
	s.Users.AskBeyond(s.Rights.Beyond)
	s.Runner.AskBeyond(func(ctx context.Context, userID int64) (authz.Beyond, error) {
		st, err := s.Users.StandingOf(ctx, s.DB.Read(), userID)
		if db.IsNoRows(err) {
			err = nil
		}
		return st.Actor.Beyond, err
	})
}

// tellOfShare puts among somebody's notices that a customer was shared. The notice names no customer: it is read when the share is over too.
func (s *Services) tellOfShare(ctx context.Context, q db.Q, customerID, shareID, userID int64) error {
	return s.Procedures.Tell(ctx, q, procedure.Notice{
		Code: "customer_shared", About: "customer:" + id.String(customerID) + ":" + id.String(shareID), AboutTitle: flow.Text{Zh: "打开客户档案", En: "Open the customer"},
	}, []int64{userID})
}
