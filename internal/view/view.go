package view

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Pages are the lists that have views.
var Pages = []string{"customers", "duties", "verdicts", "imports"}

const (
	maxName  = 60
	maxQuery = 20_000 // bytes
	maxViews = 100    // per person and page
)

// View is a saved view.
type View struct {
	ID        int64
	Page      string
	Name      string
	OwnerID   int64
	OwnerName string
	Mine      bool
	Shared    bool
	Default   bool   // the page opens with it, for its owner
	Query     string // what the page wrote: any JSON
	Version   int64
	UpdatedAt time.Time
}

// Input is what is said about a view.
type Input struct {
	Page    string
	Name    string
	Shared  bool
	Default bool
	Query   string
}

// Validate reports every wrong field at once.
func (in Input) Validate() error {
	_, err := in.normal()
	return err
}

func (in Input) normal() (Input, error) {
	var v errs.Validation
	in.Name = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(in.Name, ""))), " ")
	v.Check(slices.Contains(Pages, in.Page), "page", "view.page_unknown", "page", in.Page)
	v.Check(in.Name != "", "name", "field.required")
	v.Check(len([]rune(in.Name)) <= maxName, "name", "field.too_long", "max", maxName)
	v.Check(json.Valid([]byte(in.Query)) && !strings.Contains(in.Query, `\u0000`), "query", "field.malformed", "message", "JSON")
	v.Check(len(in.Query) <= maxQuery, "query", "field.too_long", "max", maxQuery)
	return in, v.Err()
}

// Service holds the use cases of saved views.
type Service struct {
	db  *db.DB
	now clock.Clock
}

// New makes the service.
func New(d *db.DB, now clock.Clock) *Service { return &Service{db: d, now: now} }

// List gives the actor's views of a page and those others share, one's own first.
func (s *Service) List(ctx context.Context, page string) ([]View, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	return list(ctx, s.db.Read(), page, actor.UserID)
}

// Create saves a view. Errors: invalid_input, view.name_taken, view.too_many, view.share_not_allowed.
func (s *Service) Create(ctx context.Context, in Input) (View, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return View{}, err
	}
	in, err = in.normal()
	if err != nil {
		return View{}, err
	}
	if err := mayShare(actor, in.Shared); err != nil {
		return View{}, err
	}
	var out View
	err = s.db.InTx(ctx, func(q db.Q) error {
		mine, err := mineOf(ctx, q, in.Page, actor.UserID)
		if err != nil {
			return err
		}
		if len(mine) >= maxViews {
			return errs.New(errs.TooLarge, "view.too_many", "max", maxViews)
		}
		if err := free(mine, in.Name, 0); err != nil {
			return err
		}
		now := s.now()
		newID := id.New(now)
		if in.Default {
			if err := clearDefault(ctx, q, in.Page, actor.UserID); err != nil {
				return err
			}
		}
		if err := insert(ctx, q, newID, actor.UserID, in, clock.Micros(now)); err != nil {
			return err
		}
		if out, err = load(ctx, q, newID, actor.UserID); err != nil {
			return err
		}
		return record(ctx, q, now, "view.create", View{}, out)
	})
	return out, err
}

// Update changes one's own view of the given version. Errors: not_found, precondition_failed (args current: the View), and those of Create.
func (s *Service) Update(ctx context.Context, viewID, version int64, change func(*Input)) (View, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return View{}, err
	}
	var out View
	err = s.db.InTx(ctx, func(q db.Q) error {
		cur, err := own(ctx, q, viewID, version, actor.UserID)
		if err != nil {
			return err
		}
		in := Input{Page: cur.Page, Name: cur.Name, Shared: cur.Shared, Default: cur.Default, Query: cur.Query}
		change(&in)
		in.Page = cur.Page
		if in, err = in.normal(); err != nil {
			return err
		}
		if err := mayShare(actor, in.Shared && !cur.Shared); err != nil {
			return err
		}
		mine, err := mineOf(ctx, q, in.Page, actor.UserID)
		if err != nil {
			return err
		}
		if err := free(mine, in.Name, viewID); err != nil {
			return err
		}
		if in.Default && !cur.Default {
			if err := clearDefault(ctx, q, in.Page, actor.UserID); err != nil {
				return err
			}
		}
		now := s.now()
		ok, err := update(ctx, q, viewID, version, in, clock.Micros(now))
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Precondition, "precondition_failed", "current", cur)
		}
		if out, err = load(ctx, q, viewID, actor.UserID); err != nil {
			return err
		}
		return record(ctx, q, now, "view.update", cur, out)
	})
	return out, err
}

// Delete removes one's own view of the given version. Errors: not_found, precondition_failed.
func (s *Service) Delete(ctx context.Context, viewID, version int64) error {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		cur, err := own(ctx, q, viewID, version, actor.UserID)
		if err != nil {
			return err
		}
		ok, err := remove(ctx, q, viewID, version)
		if err != nil {
			return err
		}
		if !ok {
			return errs.New(errs.Precondition, "precondition_failed", "current", cur)
		}
		return record(ctx, q, s.now(), "view.delete", cur, View{})
	})
}

// own loads a view to be changed: somebody else's does not exist.
func own(ctx context.Context, q db.Q, viewID, version, userID int64) (View, error) {
	cur, err := load(ctx, q, viewID, userID)
	if err != nil {
		return cur, err
	}
	if !cur.Mine {
		return cur, db.ErrNoRows
	}
	if cur.Version != version {
		return cur, errs.New(errs.Precondition, "precondition_failed", "current", cur)
	}
	return cur, nil
}

func mayShare(actor authz.Actor, wants bool) error {
	if wants && actor.Grants[authz.ViewShare] == authz.ReachNone {
		return errs.New(errs.Forbidden, "view.share_not_allowed")
	}
	return nil
}

func free(mine []View, name string, except int64) error {
	for _, v := range mine {
		if v.Name == name && v.ID != except {
			return errs.New(errs.Conflict, "view.name_taken", "name", name)
		}
	}
	return nil
}

func record(ctx context.Context, q db.Q, now time.Time, action string, before, after View) error {
	at := after
	if at.ID == 0 {
		at = before
	}
	var changes []audit.Change
	add := func(field string, b, a any) {
		if b != a {
			changes = append(changes, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("name", before.Name, after.Name)
	add("shared", before.Shared, after.Shared)
	add("default", before.Default, after.Default)
	add("query", before.Query, after.Query)
	return audit.Write(ctx, q, now, audit.Entry{Action: action, Entity: "view", EntityID: id.String(at.ID), Detail: changes})
}
