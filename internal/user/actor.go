package user

import (
	"context"
	"net/http"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

// actorFor is how long an actor is remembered at most while nothing about people has changed.
const actorFor = time.Minute

// cachedActor is an actor as it was under a mark of who is who.
type cachedActor struct {
	actor authz.Actor
	mark  int64
	until time.Time
}

// HeldRole is a role of the organisation that somebody fills by a post, for a unit (0 = the whole organisation).
type HeldRole struct {
	Role string
	Unit int64
}

// AskPosts registers who knows which roles somebody fills today by a post; it is done at composition.
func (s *Service) AskPosts(fn func(ctx context.Context, q db.Q, userID int64) ([]HeldRole, error)) {
	s.posts = fn
}

// BeyondFunc tells by what else than owner and unit somebody comes to customers today. units are those the person's reach rests on; reach is
// what the person's permissions reach in all.
type BeyondFunc func(ctx context.Context, q db.Q, userID int64, units []int64, reach authz.Reach) (authz.Beyond, error)

// AskBeyond registers who knows that; it is done at composition.
func (s *Service) AskBeyond(fn BeyondFunc) { s.beyond = fn }

// Authenticate finds the actor behind a request's session cookie or bearer token. A session or token that ended, and rights that
// changed, hold with the next request, in every process.
func (s *Service) Authenticate(cookie string) func(ctx context.Context, r *http.Request) (authz.Actor, bool, error) {
	return func(ctx context.Context, r *http.Request) (authz.Actor, bool, error) {
		secret, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !bearer {
			if secret = cookieValue(r, cookie); secret == "" {
				return authz.Actor{}, false, nil
			}
		}
		hash, now := hashSecret(secret), s.now()
		table := "login_session"
		if strings.HasPrefix(secret, tokenPrefix) {
			table = "api_token"
		}
		mark, live, err := liveUnder(ctx, s.db.Read(), table, hash, clock.Micros(now))
		if err != nil || !live {
			s.cache.Delete(hash)
			return authz.Actor{}, false, err
		}
		if v, ok := s.cache.Load(hash); ok {
			if c := v.(cachedActor); c.mark == mark && now.Before(c.until) { // only those are put there
				return c.actor, true, nil
			}
		}
		userID, scopes, err := s.use(ctx, table, hash, now)
		if err != nil || userID == 0 {
			s.cache.Delete(hash)
			return authz.Actor{}, false, err
		}
		actor, err := s.actor(ctx, userID)
		if err != nil {
			return authz.Actor{}, false, err
		}
		actor.Grants = within(actor.Grants, scopes)
		if table == "login_session" {
			actor.Session = hash
		}
		s.cache.Store(hash, cachedActor{actor: actor, mark: mark, until: s.rememberedUntil(now)})
		return actor, true, nil
	}
}

// rememberedUntil ends with the day, because posts begin and end with it.
func (s *Service) rememberedUntil(now time.Time) time.Time {
	midnight := calendar.FromTime(now, s.units.Zone()).AddDays(1).Midnight(s.units.Zone())
	if until := now.Add(actorFor); until.Before(midnight) {
		return until
	}
	return midnight
}

// within bounds grants to the scopes of a token; nil = all of them.
func within(grants map[authz.Permission]authz.Reach, scopes []string) map[authz.Permission]authz.Reach {
	if scopes == nil {
		return grants
	}
	out := map[authz.Permission]authz.Reach{}
	for _, p := range scopes {
		if r := grants[authz.Permission(p)]; r != authz.ReachNone {
			out[authz.Permission(p)] = r
		}
	}
	return out
}

func cookieValue(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// use finds the live session or token, with the scopes of a token, and notes its use now and then. 0 = there is none.
func (s *Service) use(ctx context.Context, table, hash string, now time.Time) (userID int64, scopes []string, err error) {
	found, err := findSecret(ctx, s.db.Read(), table, hash, clock.Micros(now))
	if db.IsNoRows(err) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	idle, exact := now.Sub(clock.FromMicros(found.seen)), seenEvery
	if table == "login_session" {
		p, err := loadPolicy(ctx, s.db.Read())
		if err != nil || idle > p.idle() || now.Sub(clock.FromMicros(found.created)) > p.life() {
			return 0, nil, err
		}
		exact = min(exact, p.idle()/10)
	}
	if idle > exact {
		err = s.db.InTx(ctx, func(q db.Q) error { return noteUse(ctx, q, table, hash, clock.Micros(now)) })
	}
	return found.user, found.scopes, err
}

// actor gives who acts.
func (s *Service) actor(ctx context.Context, userID int64) (authz.Actor, error) {
	st, err := s.StandingOf(ctx, s.db.Read(), userID)
	return st.Actor, err
}

// factorDue says whether somebody has to get a second factor before anything else.
func (s *Service) factorDue(ctx context.Context, q db.Q, u User) (bool, error) {
	p, err := loadPolicy(ctx, q)
	if err != nil || !p.asksFactor(u) || s.now().Before(p.factorDue(u)) {
		return false, err
	}
	has, err := hasFactor(ctx, q, u.ID)
	return !has, err
}

// forget drops what is known about signed-in people in this process.
func (s *Service) forget() { s.cache.Clear() }
