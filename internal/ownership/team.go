package ownership

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// maxPart bounds what somebody does in a team, in characters; maxTeam the people beside an owner.
const (
	maxPart = 60
	maxTeam = 30
)

// Member is somebody beside the owner of a customer.
type Member struct {
	CustomerID, ID int64
	UserID         int64
	UserName       string
	Part           string
	From           calendar.Date
	Until          calendar.Date // the last day; None = until further notice
	CreatedAt      time.Time
}

// MemberInput puts somebody beside the owner.
type MemberInput struct {
	UserID int64
	Part   string
	From   calendar.Date // None = today
	Until  calendar.Date // None = until further notice
}

// Validate reports every wrong field.
func (in MemberInput) Validate() error {
	var v errs.Validation
	v.Check(in.UserID > 0, "user_id", "field.required")
	v.Check(in.Part != "", "part", "field.required")
	v.Check(utf8.RuneCountInString(in.Part) <= maxPart, "part", "field.too_long", "max", maxPart)
	v.Check(in.Until == calendar.None || in.Until >= in.From, "until", "procedure.ends_before_it_begins")
	return v.Err()
}

// Team gives those beside the owner of a customer whose time is not over. Needs customer.read over it. Error: not_found.
func (s *Service) Team(ctx context.Context, customerID int64) ([]Member, error) {
	if _, err := s.customers.Guard(ctx, authz.CustomerRead, customerID); err != nil {
		return nil, err
	}
	return listTeam(ctx, s.db.Read(), customerID, s.Today())
}

// Join puts somebody beside the owner of a customer. Needs customer.write over it. Errors: not_found, invalid_input,
// ownership.team_full.
func (s *Service) Join(ctx context.Context, customerID int64, in MemberInput) (Member, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return Member{}, err
	}
	if _, err := s.customers.Guard(ctx, authz.CustomerWrite, customerID); err != nil {
		return Member{}, err
	}
	in.Part = strings.TrimSpace(in.Part)
	if in.From == calendar.None {
		in.From = s.Today()
	}
	if err := in.Validate(); err != nil {
		return Member{}, err
	}
	now := s.now()
	m := Member{CustomerID: customerID, ID: id.New(now), UserID: in.UserID, Part: in.Part, From: in.From, Until: in.Until, CreatedAt: now}
	err = s.db.InTx(ctx, func(q db.Q) error {
		ok, err := ActivePerson(ctx, q, in.UserID)
		if err != nil {
			return err
		}
		var v errs.Validation
		v.Check(ok, "user_id", "procedure.unknown_person")
		if err := v.Err(); err != nil {
			return err
		}
		team, err := listTeam(ctx, q, customerID, s.Today())
		if err != nil {
			return err
		}
		if len(team) >= maxTeam {
			return errs.New(errs.Conflict, "ownership.team_full", "max", maxTeam)
		}
		if err := insertMember(ctx, q, m, actor.UserID, clock.Micros(now)); err != nil {
			return err
		}
		return s.recordMember(ctx, q, "team.join", m)
	})
	return m, err
}

// Leave ends somebody's time beside the owner yesterday; one that has not begun is taken away. Needs customer.write over the
// customer. Error: not_found.
func (s *Service) Leave(ctx context.Context, customerID, memberID int64) error {
	if _, err := s.customers.Guard(ctx, authz.CustomerWrite, customerID); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		m, err := loadMember(ctx, q, customerID, memberID)
		if err != nil {
			return err
		}
		m.Until = s.Today().AddDays(-1)
		if err := endMember(ctx, q, m); err != nil {
			return err
		}
		return s.recordMember(ctx, q, "team.leave", m)
	})
}

func (s *Service) recordMember(ctx context.Context, q db.Q, action string, m Member) error {
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "team", EntityID: id.String(m.ID), CustomerID: m.CustomerID, Detail: map[string]any{
		"user_id": id.String(m.UserID), "part": m.Part, "from": m.From.String(), "until": dayText(m.Until),
	}})
}
