package message

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/setting"
	"kezhi/internal/throttle"
)

// Subscription is somebody on the list of a channel.
type Subscription struct {
	CustomerID, ContactID int64
	Channel               channel.Name
}

func (u Subscription) text() string {
	return id.String(u.CustomerID) + "." + id.String(u.ContactID) + "." + string(u.Channel)
}

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

// token names a subscription so that nobody else can: it holds for ever, as the mail it stands in does.
func (s *Service) token(ctx context.Context, u Subscription) (string, error) {
	secret, err := s.secret(ctx)
	if err != nil {
		return "", err
	}
	return u.text() + "." + sign(secret, u.text()), nil
}

func sign(secret []byte, text string) string {
	h := hmac.New(sha256.New, secret)
	_, _ = h.Write([]byte("unsubscribe\n" + text)) // never fails
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func (s *Service) subscription(ctx context.Context, token string) (Subscription, error) {
	wrong := errs.New(errs.NotFound, "message.bad_link")
	at := strings.LastIndex(token, ".")
	if at < 0 || len(token) > 200 {
		return Subscription{}, wrong
	}
	text, mac := token[:at], token[at+1:]
	secret, err := s.secret(ctx)
	if err != nil {
		return Subscription{}, err
	}
	parts := strings.Split(text, ".")
	if len(parts) != 3 || !hmac.Equal([]byte(mac), []byte(sign(secret, text))) {
		return Subscription{}, wrong
	}
	u := Subscription{Channel: channel.Name(parts[2])}
	if u.CustomerID, err = id.Parse(parts[0]); err != nil {
		return u, wrong
	}
	if parts[1] != "0" {
		if u.ContactID, err = id.Parse(parts[1]); err != nil {
			return u, wrong
		}
	}
	return u, nil
}

// Unsubscribe takes somebody off the list of a channel, or puts them back, by the link in a message. Public: whoever holds the
// link got the message. Doing it twice changes nothing. Errors: message.bad_link, public.too_often.
func (s *Service) Unsubscribe(ctx context.Context, from, token string, out bool) (Subscription, error) {
	rule := throttle.Rule{Key: "unsubscribe " + throttle.Network(from), Most: 60, Within: 15 * time.Minute}
	if wait := s.limits.Take(rule); wait > 0 {
		return Subscription{}, errs.New(errs.RateLimited, "public.too_often", "minutes", int(wait.Minutes())+1)
	}
	u, err := s.subscription(ctx, token)
	if err != nil {
		return u, err
	}
	ctx = authz.With(ctx, authz.System("link"))
	return u, s.db.InTx(ctx, func(q db.Q) error {
		have, err := optedOut(ctx, q, u)
		if err != nil || have == out {
			return err
		}
		now := s.now()
		if err := putConsent(ctx, q, u.CustomerID, u.ContactID, Consent{Channel: u.Channel, Out: out, Source: SourceLink, At: now}, 0); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{
			Action: "wish.link", Entity: "customer", EntityID: id.String(u.CustomerID), CustomerID: u.CustomerID,
			Detail: []audit.Change{{Field: "out", Before: have, After: out}},
		})
	})
}

// TestSend queues a message of the acting administrator to an address of theirs, past the gate: it shows whether a channel is
// set up. Needs system.manage. Errors: invalid_input, message.channel_missing.
func (s *Service) TestSend(ctx context.Context, name channel.Name, to string) (Message, error) {
	actor, err := authz.Require(ctx, authz.SystemManage)
	if err != nil {
		return Message{}, err
	}
	to = strings.TrimSpace(to)
	var v errs.Validation
	v.Check(channel.Known(name), "channel", "field.not_allowed", "value", string(name))
	v.Check(to != "" && len(to) <= maxReason && !strings.ContainsAny(to, "\r\n"), "to", "field.required")
	v.Check(name != channel.WeCom || to == "" || channel.WeComUser(to), "to", "message.wecom_user")
	if err := v.Err(); err != nil {
		return Message{}, err
	}
	if _, ok := s.channels.Get(name); !ok {
		return Message{}, errs.New(errs.Conflict, "message.channel_missing", "channel", string(name))
	}
	now := s.now()
	m := Message{
		ID: id.New(now), Channel: name, Purpose: Test, Address: to, Recipient: actor.Name, Language: Chinese, State: Queued, NextAt: clock.Micros(now),
		Subject: "Kezhi 客制: test 测试", Body: "这是一条测试消息，收到即表示渠道设置正确。\nThis is a test message; its arrival shows that the channel is set up.",
		CreatedBy: actor.UserID, CreatedAt: now, Version: 1,
	}
	return m, s.db.InTx(ctx, func(q db.Q) error {
		if err := insert(ctx, q, &m, now); err != nil {
			return err
		}
		if err := audit.Write(ctx, q, now, audit.Entry{Action: "message.test", Entity: "message", EntityID: id.String(m.ID), Detail: map[string]any{"channel": name}}); err != nil {
			return err
		}
		return s.wake(ctx, q)
	})
}
