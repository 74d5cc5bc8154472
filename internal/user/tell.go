package user

import (
	"context"
	"strconv"
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/job"
)

// JobTell mails somebody that what opens the account was changed.
const JobTell = "user.tell"

type tellArgs struct {
	User int64  `json:"user"`
	What string `json:"what"`
	At   int64  `json:"at"`
}

// TellBy registers how people are told by mail; it is done at composition. what is the action that stands in the audit log.
func (s *Service) TellBy(queue *job.Queue, mail func(ctx context.Context, to User, what string, at time.Time) error) {
	s.queue, s.mail = queue, mail
}

// tell has somebody told of a change, once it has taken effect.
func (s *Service) tell(ctx context.Context, q db.Q, userID int64, what string) error {
	if s.queue == nil {
		return nil
	}
	now := s.now()
	_, err := s.queue.Enqueue(ctx, q, job.Spec{
		Kind: JobTell, Args: tellArgs{userID, what, clock.Micros(now)}, UniqueKey: JobTell + "|" + id.String(userID) + "|" + what + "|" + strconv.FormatInt(clock.Micros(now), 36),
	})
	return err
}

// Jobs gives the background work of users.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{JobTell: func(ctx context.Context, run *job.Run) error {
		var args tellArgs
		if err := run.Decode(&args); err != nil {
			return err
		}
		u, err := getUser(ctx, s.db.Read(), "u.id = ?", args.User)
		if db.IsNoRows(err) || err == nil && u.Email == "" || s.mail == nil {
			return nil
		}
		if err != nil {
			return err
		}
		return s.mail(ctx, u, args.What, clock.FromMicros(args.At))
	}}
}
