package seminar

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/message"
	"kezhi/internal/promise"
	"kezhi/internal/throttle"
)

// Events of this feature.
const (
	EventPlanned  = "seminar.planned"
	EventActed    = "seminar.acted"
	EventAnswered = "seminar.answered"
	EventCame     = "seminar.came"
)

// Service plans and holds events.
type Service struct {
	db        *db.DB
	now       clock.Clock
	loc       *time.Location
	bus       *event.Bus
	customers *customer.Service
	facts     *fact.Service
	duties    *duty.Service
	promises  *promise.Service
	messages  *message.Service
	limits    *throttle.Limiter
	publicURL string

	signing  sync.Mutex // guards signWith
	signWith []byte
}

// Deps are what the service stands on. Loc is the organisation's time zone, PublicURL where customers reach the installation.
type Deps struct {
	DB        *db.DB
	Now       clock.Clock
	Loc       *time.Location
	Bus       *event.Bus
	Customers *customer.Service
	Facts     *fact.Service
	Duties    *duty.Service
	Promises  *promise.Service
	Messages  *message.Service
	PublicURL string
}

// New makes the service.
func New(d Deps) *Service {
	s := &Service{
		db: d.DB, now: d.Now, loc: d.Loc, bus: d.Bus, customers: d.Customers, facts: d.Facts, duties: d.Duties, promises: d.Promises, messages: d.Messages, limits: throttle.New(d.Now),
		publicURL: strings.TrimRight(d.PublicURL, "/"),
	}
	d.Messages.Veto(refPrefix, s.stillInvites)
	return s
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// attempts is how often a change is decided again when a row changed between reading and writing it.
const attempts = 3

// errRace says that a row was changed by somebody else between reading and writing it.
var errRace = errs.New(errs.Conflict, "seminar.changed")

// inTx does a change in a transaction, and again where somebody else changed what it read or the same request came twice at once.
func (s *Service) inTx(ctx context.Context, fn func(q db.Q) error) error {
	var err error
	for range attempts {
		err = s.db.InTx(ctx, fn)
		if !errors.Is(err, errRace) && !strings.HasPrefix(db.UniqueTable(err), "seminar") {
			return err
		}
	}
	return err
}

// request is an idempotency key with the input it stands for; without a key every request is a first one.
type request struct{ key, hash string }

func requestOf(key string, in any) (request, error) {
	if len(key) > maxKey {
		return request{}, errs.New(errs.Invalid, "field.too_long", "max", maxKey)
	}
	b, err := json.Marshal(in)
	sum := sha256.Sum256(b)
	return request{key, hex.EncodeToString(sum[:])}, err
}

// same says of what was found under a request's key whether it is that request. Error: seminar.key_reused.
func (r request) same(hash string, err error) (bool, error) {
	switch {
	case db.IsNoRows(err):
		return false, nil
	case err == nil && hash != r.hash:
		return false, errs.New(errs.Conflict, "seminar.key_reused")
	}
	return err == nil, err
}

// Plan plans an event. Needs duty.do over whoever organises it; organising it oneself is always within reach.
// Errors: invalid_input, seminar.key_reused.
func (s *Service) Plan(ctx context.Context, in Input, key string) (Seminar, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Seminar{}, err
	}
	r, err := requestOf(key, in)
	if err != nil {
		return Seminar{}, err
	}
	if in.OrganiserID == 0 {
		in.OrganiserID = actor.UserID
	}
	if in, err = in.normal(); err != nil {
		return Seminar{}, err
	}
	var out Seminar
	err = s.inTx(ctx, func(q db.Q) error {
		if key != "" {
			had, hash, err := seminarOfKey(ctx, q, actor.UserID, key)
			if again, err := r.same(hash, err); err != nil || again {
				if err == nil {
					out, err = loadFull(ctx, q, had)
				}
				return err
			}
		}
		now := s.now()
		m := Seminar{ID: id.New(now), Input: in, State: Planned, CreatedBy: actor.UserID, CreatedAt: clock.Micros(now), Version: 1}
		if err := s.settle(ctx, q, actor, &m, duty.ByRule{}); err != nil {
			return err
		}
		if err := insertSeminar(ctx, q, &m, r); err != nil {
			return err
		}
		if err := s.record(ctx, q, m, "seminar.plan", EventPlanned, map[string]string{"title": m.Title("zh"), "on": m.On.String()}); err != nil {
			return err
		}
		out, err = loadFull(ctx, q, m.ID)
		return err
	})
	return out, err
}

// settle checks the people of an event and finds the unit of its organiser and the words of the rule it is held for.
func (s *Service) settle(ctx context.Context, q db.Q, actor authz.Actor, m *Seminar, before duty.ByRule) error {
	var v errs.Validation
	active, err := activeUnits(ctx, q, append([]int64{m.OrganiserID}, m.Team...))
	if err != nil {
		return err
	}
	for _, n := range m.Team {
		_, ok := active[n]
		v.Check(ok, "team", "field.not_allowed", "value", id.String(n))
	}
	unit, ok := active[m.OrganiserID]
	v.Check(ok && (m.OrganiserID == actor.UserID || actor.Scope(authz.DutyDo).CoversPerson(m.OrganiserID, unit)), "organiser_id", "seminar.not_for_others")
	m.UnitID = unit
	if m.Asked != before {
		m.Clause, m.DutyZh, m.DutyEn = "", "", ""
		if m.Asked != (duty.ByRule{}) {
			words, err := s.duties.RuleWords(ctx, q, Activity, m.Asked)
			if err != nil && !db.IsNoRows(err) {
				return err
			}
			v.Check(err == nil, "rule", "seminar.unknown_rule")
			m.Clause, m.DutyZh, m.DutyEn = words.Clause, words.TitleZh, words.TitleEn
		}
	}
	return v.Err()
}

// Change changes an event that is planned, of the given version. More places let those who wait move up. Needs to run it.
// Errors: not_found, invalid_input, seminar.closed, seminar.places_taken, precondition_failed.
func (s *Service) Change(ctx context.Context, seminarID, version int64, change func(*Input)) (Seminar, error) {
	return s.act(ctx, seminarID, func(q db.Q, actor authz.Actor, m Seminar) error {
		next := m
		next.Team = slices.Clone(m.Team)
		change(&next.Input)
		var err error
		if next.Input, err = next.normal(); err != nil {
			return err
		}
		switch {
		case m.Version != version:
			return errs.New(errs.Precondition, "precondition_failed")
		case m.State != Planned:
			return closed(m)
		}
		if err := s.settle(ctx, q, actor, &next, m.Asked); err != nil {
			return err
		}
		ok, err := updateSeminar(ctx, q, next, clock.Micros(s.now()))
		if err != nil {
			return err
		}
		if !ok {
			return fewPlaces(ctx, q, next)
		}
		if err := s.record(ctx, q, next, "seminar.change", EventActed, changes(m, next)); err != nil {
			return err
		}
		return s.moveUp(ctx, q, next)
	})
}

// fewPlaces says why a change of an event found no row: places that were given away, or somebody else's change.
func fewPlaces(ctx context.Context, q db.Q, next Seminar) error {
	now, err := load(ctx, q, next.ID)
	if err == nil && next.Capacity != 0 && now.Taken > next.Capacity {
		return errs.New(errs.Conflict, "seminar.places_taken", "taken", now.Taken)
	}
	return raceOr(err)
}

// Cancel calls an event off, with the reason. Needs to run it. Errors: not_found, invalid_input, seminar.closed, seminar.somebody_came.
func (s *Service) Cancel(ctx context.Context, seminarID int64, reason string) (Seminar, error) {
	reason = strings.TrimSpace(reason)
	var v errs.Validation
	v.Check(reason != "", "reason", "field.required")
	v.Check(utf8.RuneCountInString(reason) <= maxReason, "reason", "field.too_long", "max", maxReason)
	if err := v.Err(); err != nil {
		return Seminar{}, err
	}
	return s.act(ctx, seminarID, func(q db.Q, actor authz.Actor, m Seminar) error {
		if m.State == Cancelled {
			return nil
		}
		if m.State != Planned {
			return closed(m)
		}
		next := m
		next.State, next.Reason = Cancelled, reason
		if err := s.end(ctx, q, actor, m, next); err != nil {
			return err
		}
		came, err := anybodyCame(ctx, q, m.ID)
		if err == nil && came {
			err = errs.New(errs.Conflict, "seminar.somebody_came")
		}
		return err
	})
}

// end writes the end of an event.
func (s *Service) end(ctx context.Context, q db.Q, actor authz.Actor, m, next Seminar) error {
	now := clock.Micros(s.now())
	if ok, err := endSeminar(ctx, q, next, actor.UserID, now); err != nil || !ok {
		return raceOr(err)
	}
	action := "seminar.close"
	if next.State == Cancelled {
		action = "seminar.cancel"
	}
	return s.record(ctx, q, next, action, EventActed, []audit.Change{{Field: "state", Before: string(m.State), After: string(next.State)}})
}

// act loads an event for somebody who runs it, lets fn decide and write in the same transaction, and gives the event as it is then.
func (s *Service) act(ctx context.Context, seminarID int64, fn func(q db.Q, actor authz.Actor, m Seminar) error) (Seminar, error) {
	actor, err := authz.Require(ctx, authz.DutyDo)
	if err != nil {
		return Seminar{}, err
	}
	var out Seminar
	err = s.inTx(ctx, func(q db.Q) error {
		m, err := s.mine(ctx, q, actor, seminarID)
		if err != nil {
			return err
		}
		if err := fn(q, actor, m); err != nil {
			return err
		}
		out, err = loadFull(ctx, q, seminarID)
		return err
	})
	return out, err
}

// mine gives an event to somebody who runs it. Errors: not_found, seminar.not_yours.
func (s *Service) mine(ctx context.Context, q db.Q, actor authz.Actor, seminarID int64) (Seminar, error) {
	m, err := load(ctx, q, seminarID)
	if err == nil && !m.runBy(actor, authz.DutyDo) {
		err = notYours(m)
	}
	return m, err
}

func notYours(m Seminar) error {
	return errs.New(errs.Forbidden, "seminar.not_yours", "organiser", m.OrganiserName)
}

// MayRun says whether the acting person runs the event.
func (s *Service) MayRun(ctx context.Context, m Seminar) bool {
	actor, ok := authz.From(ctx)
	return ok && m.runBy(actor, authz.DutyDo)
}

// Get gives an event with how its invitations stand. Needs duty.read: what is held is known in the house. Error: not_found.
func (s *Service) Get(ctx context.Context, seminarID int64) (Seminar, error) {
	actor, err := authz.Require(ctx, authz.DutyRead)
	if err != nil {
		return Seminar{}, err
	}
	m, err := loadFull(ctx, s.db.Read(), seminarID)
	if err != nil {
		return m, err
	}
	one := []Seminar{m}
	err = countReached(ctx, s.db.Read(), actor, one)
	return one[0], err
}

func closed(m Seminar) error {
	return errs.New(errs.Conflict, "seminar.closed", "state", string(m.State))
}

func raceOr(err error) error {
	if err != nil {
		return err
	}
	return errRace
}

func (s *Service) record(ctx context.Context, q db.Q, m Seminar, action, kind string, detail any) error {
	err := audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "seminar", EntityID: id.String(m.ID), Detail: detail})
	if err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, kind, 0, map[string]string{"seminar_id": id.String(m.ID), "state": string(m.State)})
}

// changes tells before and after of what the audit keeps of a change.
func changes(m, next Seminar) []audit.Change {
	out := []audit.Change{}
	add := func(field string, before, after any) {
		if before != after {
			out = append(out, audit.Change{Field: field, Before: before, After: after})
		}
	}
	add("title_zh", m.TitleZh, next.TitleZh)
	add("title_en", m.TitleEn, next.TitleEn)
	add("on", m.On.String(), next.On.String())
	add("place", m.Place, next.Place)
	add("organiser_id", id.String(m.OrganiserID), id.String(next.OrganiserID))
	add("capacity", m.Capacity, next.Capacity)
	add("budget", m.Budget, next.Budget)
	add("clause", m.Clause, next.Clause)
	return out
}
