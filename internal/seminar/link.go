package seminar

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/setting"
	"kezhi/internal/throttle"
)

const (
	settingSecret = "seminar.secret"
	maxCode       = 500 // bytes of what a camera may read
	macBytes      = 16
)

// secret gives what links are signed with, read from the database once.
func (s *Service) secret(ctx context.Context) ([]byte, error) {
	s.signing.Lock()
	defer s.signing.Unlock()
	if s.signWith != nil {
		return s.signWith, nil
	}
	var out []byte
	err := s.db.InTx(ctx, func(q db.Q) (err error) {
		out, err = setting.Secret(ctx, q, settingSecret, clock.Micros(s.now()))
		return err
	})
	if err == nil {
		s.signWith = out
	}
	return out, err
}

func sign(secret []byte, text string) string {
	h := hmac.New(sha256.New, secret)
	_, _ = h.Write([]byte("invitation\n" + text)) // never fails
	return hex.EncodeToString(h.Sum(nil)[:macBytes])
}

// Link gives the address at which an invitation is read and answered; it is also what its QR code says.
func (s *Service) Link(ctx context.Context, inviteID int64) (string, error) {
	secret, err := s.secret(ctx)
	text := id.String(inviteID)
	return s.publicURL + "/invitation?token=" + text + "." + sign(secret, text), err
}

// tokenIn gives the token in what a camera read: a link, or the token alone.
func tokenIn(code string) string {
	if u, err := url.Parse(code); err == nil && u.Query().Get("token") != "" {
		return u.Query().Get("token")
	}
	return code
}

// linked gives the invitation a token names. Error: seminar.bad_link.
func (s *Service) linked(ctx context.Context, token string) (int64, error) {
	wrong := errs.New(errs.NotFound, "seminar.bad_link")
	text, mac, ok := strings.Cut(token, ".")
	if !ok || len(token) > maxCode {
		return 0, wrong
	}
	secret, err := s.secret(ctx)
	if err != nil {
		return 0, err
	}
	if !hmac.Equal([]byte(mac), []byte(sign(secret, text))) {
		return 0, wrong
	}
	inviteID, err := id.Parse(text)
	if err != nil {
		return 0, wrong
	}
	return inviteID, nil
}

// Card is what the holder of a link sees of the event and of the own invitation.
type Card struct {
	Seminar      Seminar
	Invitation   Invitation
	Organisation [2]string // Chinese, English
	Link         string
	Full         bool // whoever says yes now waits for a place
	MayAnswer    bool
}

// enter lets a request pass that the limits allow.
func (s *Service) enter(from, what string, most int) error {
	rule := throttle.Rule{Key: what + " " + throttle.Network(from), Most: most, Within: 15 * time.Minute}
	if wait := s.limits.Take(rule); wait > 0 {
		return errs.New(errs.RateLimited, "public.too_often", "minutes", int(wait.Minutes())+1)
	}
	return nil
}

const (
	readsAllowed   = 240 // per network and quarter of an hour: a company behind one address opens many invitations
	answersAllowed = 120
)

// Open shows an invitation to whoever holds its link. Public. Errors: seminar.bad_link, public.too_often.
func (s *Service) Open(ctx context.Context, from, token string) (Card, error) {
	if err := s.enter(from, "invitation", readsAllowed); err != nil {
		return Card{}, err
	}
	inviteID, err := s.linked(ctx, token)
	if err != nil {
		return Card{}, err
	}
	return s.card(ctx, inviteID)
}

func (s *Service) card(ctx context.Context, inviteID int64) (Card, error) {
	var c Card
	var err error
	if c.Link, err = s.Link(ctx, inviteID); err != nil {
		return c, err
	}
	err = s.db.InRead(ctx, func(q db.Q) error {
		if c.Invitation, err = invitation(ctx, q, inviteID); err != nil {
			return err
		}
		if c.Seminar, err = load(ctx, q, c.Invitation.SeminarID); err != nil {
			return err
		}
		c.Organisation[0], c.Organisation[1], err = setting.House(ctx, q)
		return err
	})
	if db.IsNoRows(err) {
		return c, errs.New(errs.NotFound, "seminar.bad_link")
	}
	m, v := c.Seminar, c.Invitation
	c.Full = m.Capacity != 0 && m.Taken >= m.Capacity && v.Answer != Yes
	c.MayAnswer = m.State == Planned && s.Today() <= m.lastAnswer() && v.Answer != Withdrawn && v.Came == 0
	return c, err
}

// AnswerByLink takes the answer of whoever holds the link of an invitation. Public. Errors: seminar.bad_link, public.too_often,
// seminar.answer_over, and those of Answer.
func (s *Service) AnswerByLink(ctx context.Context, from, token string, r Reply) (Card, error) {
	if err := s.enter(from, "answer", answersAllowed); err != nil {
		return Card{}, err
	}
	inviteID, err := s.linked(ctx, token)
	if err != nil {
		return Card{}, err
	}
	ctx = authz.With(ctx, authz.System("link"))
	err = s.inTx(ctx, func(q db.Q) error {
		v, err := invitation(ctx, q, inviteID)
		if db.IsNoRows(err) {
			err = errs.New(errs.NotFound, "seminar.bad_link")
		}
		if err != nil {
			return err
		}
		m, err := load(ctx, q, v.SeminarID)
		if err != nil {
			return err
		}
		if last := m.lastAnswer(); last != calendar.None && s.Today() > last {
			return errs.New(errs.Conflict, "seminar.answer_over", "day", last.String())
		}
		return s.reply(ctx, q, m, v, r, 0)
	})
	if err != nil {
		return Card{}, err
	}
	return s.card(ctx, inviteID)
}
