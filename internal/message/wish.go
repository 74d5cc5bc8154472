package message

import (
	"context"
	"slices"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/channel"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Wish is how a customer, or one of its contacts, wants to be treated.
type Wish struct {
	CustomerID, ContactID int64 // contact 0 = the customer as a whole
	Blocked               bool  // nobody writes to them, by no channel
	Reason                string
	Language              string       // "" = the organisation's
	Quiet                 bool         // hours of their own instead of the organisation's
	QuietFrom, QuietTo    int          // minutes of the day
	Salutation            string       // 王总
	BestTime              string       // when they are easily reached
	Likes                 string       // habits, tastes, what to talk about
	WeCom                 string       // their user in WeCom
	Channel               channel.Name // by which they like to be written to, "" = not said
	Taboos                string       // what not to mention, give or do
	Consents              []Consent
	Version               int64 // 0 = nothing was said yet
	UpdatedAt             time.Time
}

// Consent is the last word about one channel.
type Consent struct {
	Channel channel.Name
	Out     bool
	Source  string // staff or link
	At      time.Time
	ByName  string
}

func (w Wish) out(n channel.Name) bool {
	return slices.ContainsFunc(w.Consents, func(c Consent) bool { return c.Channel == n && c.Out })
}

// Where a consent came from.
const (
	SourceStaff = "staff"
	SourceLink  = "link"
)

// WishInput replaces what is known of a customer's wishes. Out lists the channels they do not want.
type WishInput struct {
	Blocked            bool
	Reason             string
	Language           string
	Quiet              bool
	QuietFrom, QuietTo int
	Salutation         string
	BestTime           string
	Likes              string
	WeCom              string
	Channel            channel.Name
	Taboos             string
	Out                []channel.Name
}

func (in WishInput) normal() (WishInput, error) {
	var v errs.Validation
	for _, s := range []*string{&in.Reason, &in.Salutation, &in.BestTime, &in.WeCom} {
		*s = strings.Join(strings.Fields(*s), " ")
		v.Check(len([]rune(*s)) <= maxReason, "reason", "field.too_long", "max", maxReason)
	}
	in.Likes, in.Taboos = strings.TrimSpace(in.Likes), strings.TrimSpace(in.Taboos)
	v.Check(!in.Blocked || in.Reason != "", "reason", "field.required")
	v.Check(in.Language == "" || in.Language == Chinese || in.Language == English, "language", "field.not_allowed", "value", in.Language)
	v.Check(!in.Quiet || in.QuietFrom >= 0 && in.QuietFrom < dayMinutes, "quiet_from", "message.minute")
	v.Check(!in.Quiet || in.QuietTo >= 0 && in.QuietTo < dayMinutes, "quiet_to", "message.minute")
	v.Check(in.WeCom == "" || channel.WeComUser(in.WeCom), "wecom", "message.wecom_user")
	v.Check(len([]rune(in.Likes)) <= maxBody, "likes", "field.too_long", "max", maxBody)
	v.Check(len([]rune(in.Taboos)) <= maxBody, "taboos", "field.too_long", "max", maxBody)
	v.Check(in.Channel == "" || channel.Known(in.Channel), "channel", "field.not_allowed", "value", string(in.Channel))
	v.Check(in.Channel == "" || !slices.Contains(in.Out, in.Channel), "channel", "message.refused_channel", "channel", string(in.Channel))
	for _, n := range in.Out {
		v.Check(channel.Known(n), "out", "field.not_allowed", "value", string(n))
	}
	return in, v.Err()
}

// Wishes gives what a customer and its contacts want, the customer's own first. Needs customer.read over the customer.
func (s *Service) Wishes(ctx context.Context, customerID int64) ([]Wish, error) {
	if _, err := s.customers.Guard(ctx, authz.CustomerRead, customerID); err != nil {
		return nil, err
	}
	return wishesOf(ctx, s.db.Read(), customerID)
}

// Taboos gives what is to be left alone with some customers, as far as they are within the actor's reach: what was said of the
// customer and of the people there, line by line. Needs customer.read.
func (s *Service) Taboos(ctx context.Context, customers []int64) (map[int64]string, error) {
	actor, err := authz.Require(ctx, authz.CustomerRead)
	if err != nil || len(customers) == 0 {
		return nil, err
	}
	return taboosOf(ctx, s.db.Read(), actor.Scope(authz.CustomerRead), customers)
}

// SetWish replaces the wishes of a customer (contact 0) or of one of its contacts. Needs customer.write over the customer.
// Errors: not_found, invalid_input, precondition_failed.
func (s *Service) SetWish(ctx context.Context, customerID, contactID, version int64, in WishInput) (Wish, error) {
	if err := s.writable(ctx, customerID, contactID); err != nil {
		return Wish{}, err
	}
	in, err := in.normal()
	if err != nil {
		return Wish{}, err
	}
	var out Wish
	err = s.db.InTx(ctx, func(q db.Q) error {
		actor, _ := authz.From(ctx)
		before, err := wishOf(ctx, q, customerID, contactID)
		if err != nil {
			return err
		}
		if before.Version != version {
			return errs.New(errs.Precondition, "precondition_failed", "current", before.Version)
		}
		now := s.now()
		if ok, err := putWish(ctx, q, customerID, contactID, version, in, actor.UserID, now); err != nil || !ok {
			if err == nil {
				err = errs.New(errs.Precondition, "precondition_failed", "current", version+1)
			}
			return err
		}
		for _, n := range channel.Names {
			out := slices.Contains(in.Out, n)
			if out == before.out(n) {
				continue
			}
			if err := putConsent(ctx, q, customerID, contactID, Consent{Channel: n, Out: out, Source: SourceStaff, At: now}, actor.UserID); err != nil {
				return err
			}
		}
		if out, err = wishOf(ctx, q, customerID, contactID); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{
			Action: "wish.update", Entity: "customer", EntityID: id.String(customerID), CustomerID: customerID, Detail: wishDiff(before, out),
		})
	})
	return out, err
}

func (s *Service) writable(ctx context.Context, customerID, contactID int64) error {
	ref, err := s.customers.Guard(ctx, authz.CustomerWrite, customerID)
	if err == nil && ref.Archived {
		err = errs.New(errs.Conflict, "customer.archived", "code", ref.Code)
	}
	if err != nil || contactID == 0 {
		return err
	}
	list, err := s.customers.Contacts(ctx, customerID, false)
	if err != nil {
		return err
	}
	for i := range list {
		if list[i].ID == contactID {
			return nil
		}
	}
	return db.ErrNoRows
}

func wishDiff(before, after Wish) []audit.Change {
	var out []audit.Change
	add := func(field string, b, a any) {
		if b != a {
			out = append(out, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("blocked", before.Blocked, after.Blocked)
	add("reason", before.Reason, after.Reason)
	add("language", before.Language, after.Language)
	add("quiet", quietText(before), quietText(after))
	add("salutation", before.Salutation, after.Salutation)
	add("best_time", before.BestTime, after.BestTime)
	add("likes", before.Likes, after.Likes)
	add("wecom", before.WeCom, after.WeCom)
	add("channel", string(before.Channel), string(after.Channel))
	add("taboos", before.Taboos, after.Taboos)
	add("out", outText(before), outText(after))
	return out
}

func quietText(w Wish) string {
	if !w.Quiet {
		return ""
	}
	return clockText(w.QuietFrom) + "-" + clockText(w.QuietTo)
}

func outText(w Wish) string {
	var out []string
	for _, n := range channel.Names {
		if w.out(n) {
			out = append(out, string(n))
		}
	}
	return strings.Join(out, ",")
}
