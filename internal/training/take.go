package training

import (
	"context"
	"crypto/rand"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// learner is a person as courses see him.
type learner struct {
	ID     int64
	Roles  []string
	Units  []int64 // the person's unit and those above it
	Joined calendar.Date
}

// addressed says whether a course is for the person.
func (l *learner) addressed(c *Course) bool {
	byRole := len(c.Roles) == 0 || slices.ContainsFunc(c.Roles, func(r string) bool { return slices.Contains(l.Roles, r) })
	byUnit := len(c.Units) == 0 || slices.ContainsFunc(c.Units, func(u int64) bool { return slices.Contains(l.Units, u) })
	return byRole && byUnit
}

func (s *Service) learner(ctx context.Context, q db.Q, userID int64) (learner, error) {
	l, unit, err := person(ctx, q, userID, s.loc)
	if err != nil || unit == 0 {
		return l, err
	}
	tree, err := s.units.Tree(ctx, q)
	if err == nil {
		l.Units = append([]int64{unit}, tree.Above(unit)...)
	}
	return l, err
}

// Mine is a course as the person sees it whom it is for.
type Mine struct {
	Course     // of the edition; its questions are not for the person's eyes
	Standing   Standing
	DueOn      calendar.Date // None = no term
	ExpiresOn  calendar.Date // the last day the present certificate holds; None = none, or it does not expire
	Left       int           // attempts that are left, -1 = as many as needed
	OpenID     int64         // the attempt that was begun, 0 = none
	LastScore  int
	LastFailed bool
}

// Mine gives the published courses that are for the acting person, what calls for action first. Needs to be signed in.
func (s *Service) Mine(ctx context.Context) ([]Mine, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	var out []Mine
	err = s.db.InRead(ctx, func(q db.Q) error {
		out = nil
		me, err := s.learner(ctx, q, actor.UserID)
		if db.IsNoRows(err) {
			return nil // the system takes no courses
		}
		if err != nil {
			return err
		}
		list, err := published(ctx, q)
		if err != nil {
			return err
		}
		for i := range list {
			if !me.addressed(&list[i]) {
				continue
			}
			m, err := s.mine(ctx, q, &me, list[i])
			if err != nil {
				return err
			}
			out = append(out, m)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Mine) int {
		return slices.Index(Standings, a.Standing) - slices.Index(Standings, b.Standing)
	})
	return out, err
}

func (s *Service) mine(ctx context.Context, q db.Q, me *learner, c Course) (Mine, error) {
	m := Mine{Course: c, DueOn: dueOn(c.PublishedOn, me.Joined, c.Content.DueDays), ExpiresOn: calendar.None}
	certs, err := certificatesOf(ctx, q, me.ID, c.Topic)
	if err != nil {
		return m, err
	}
	last := best(certs, c.Topic, s.Today())
	m.Standing = stand(last, m.DueOn, s.Today(), c.Content.RemindDays)
	if last != never {
		m.ExpiresOn = last
	}
	tries, err := attemptsOf(ctx, q, me.ID, c.ID)
	if err != nil {
		return m, err
	}
	m.Left = left(tries, c.Content.Attempts)
	for _, a := range tries {
		switch {
		case a.State == Open && a.Edition == c.Edition:
			m.OpenID = a.ID
		case a.EndedAt != 0 && a.State != Void:
			m.LastScore, m.LastFailed = a.Score, a.State == Failed
		}
	}
	return m, nil
}

// left gives how many attempts somebody has left who made these, oldest first: those since the last one that passed count; -1 = no bound.
func left(tries []Attempt, most int) int {
	if most == 0 {
		return -1
	}
	n := 0
	for _, a := range tries {
		switch {
		case a.State == Passed:
			n = 0
		case a.State == Failed && !a.Forgiven:
			n++
		}
	}
	return max(most-n, 0)
}

// Paper is an attempt with the edition it belongs to.
type Paper struct {
	Attempt Attempt
	Course  Course // Content is that of the attempt's edition
	Left    int    // attempts that are left, the open one counted; -1 = as many as needed
	Right   []bool // per question, once answered
	Told    bool   // the right answers may be shown
}

// Begin opens the questions of a course: a new paper, or the one that was begun and not answered. Needs to be signed in, and the course
// to be for the acting person. Errors: not_found, training.no_attempts.
func (s *Service) Begin(ctx context.Context, courseID int64) (Paper, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return Paper{}, err
	}
	var p Paper
	work := func(q db.Q) error {
		c, tries, err := s.taking(ctx, q, actor.UserID, courseID)
		if err != nil {
			return err
		}
		p = Paper{Course: c, Left: left(tries, c.Content.Attempts)}
		now := s.now()
		if at := slices.IndexFunc(tries, func(a Attempt) bool { return a.State == Open }); at >= 0 {
			if p.Attempt = tries[at]; p.Attempt.Edition == c.Edition {
				return nil
			}
			if err := endAttempt(ctx, q, &Attempt{ID: p.Attempt.ID, State: Void, EndedAt: clock.Micros(now)}); err != nil {
				return err
			}
		}
		if p.Left == 0 {
			return errs.New(errs.Conflict, "training.no_attempts", "max", c.Content.Attempts)
		}
		var seed [16]byte
		_, _ = rand.Read(seed[:]) // never fails
		p.Attempt = Attempt{ID: id.New(now), UserID: actor.UserID, CourseID: c.ID, Edition: c.Edition, Paper: c.Content.draw(seed), State: Open, BegunAt: clock.Micros(now)}
		return insertAttempt(ctx, q, &p.Attempt)
	}
	err = s.db.InTx(ctx, work)
	if db.UniqueTable(err) == "training_attempt" { // the same person began twice at once
		err = s.db.InTx(ctx, work)
	}
	return p, err
}

// taking gives a published course that is for the person, with its edition and the person's attempts.
func (s *Service) taking(ctx context.Context, q db.Q, userID, courseID int64) (Course, []Attempt, error) {
	c, err := publishedOne(ctx, q, courseID)
	if err != nil {
		return c, nil, err
	}
	me, err := s.learner(ctx, q, userID)
	if err != nil {
		return c, nil, err
	}
	if !me.addressed(&c) {
		return c, nil, db.ErrNoRows
	}
	tries, err := attemptsOf(ctx, q, userID, courseID)
	return c, tries, err
}

// Answer hands in the answers of an open attempt of the acting person's own; passed issues a certificate. The same attempt again gives
// what came of it. Errors: not_found, training.unanswered, training.void, invalid_input.
func (s *Service) Answer(ctx context.Context, attemptID int64, answers [][]int) (Paper, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return Paper{}, err
	}
	var p Paper
	err = s.db.InTx(ctx, func(q db.Q) error {
		if p, err = s.paper(ctx, q, actor.UserID, attemptID); err != nil || p.Attempt.State == Passed || p.Attempt.State == Failed {
			return err
		}
		a, c := &p.Attempt, &p.Course
		if a.State == Void || a.Edition != c.Edition || c.State != Published {
			return errs.New(errs.Conflict, "training.void")
		}
		if _, a.Score, err = c.Content.judge(a.Paper, answers); err != nil {
			return err
		}
		a.Answers, a.EndedAt, a.State = answers, clock.Micros(s.now()), Failed
		if a.Score >= c.Content.PassMark {
			a.State = Passed
		}
		if err := endAttempt(ctx, q, a); err != nil {
			return err
		}
		if a.State == Passed {
			if err := s.certify(ctx, q, c, a); err != nil {
				return err
			}
		}
		detail := map[string]any{"course": id.String(c.ID), "edition": a.Edition, "score": a.Score, "state": a.State}
		if err := audit.Write(ctx, q, s.now(), audit.Entry{Action: "training.answer", Entity: "training_attempt", EntityID: id.String(a.ID), Detail: detail}); err != nil {
			return err
		}
		p, err = s.paper(ctx, q, actor.UserID, attemptID)
		return err
	})
	return p, err
}

// certify issues the certificate of a passed attempt.
func (s *Service) certify(ctx context.Context, q db.Q, c *Course, a *Attempt) error {
	today := s.Today()
	cert := Certificate{
		ID: id.New(s.now()), UserID: a.UserID, Topic: c.Topic, Title: c.Title, Number: id.String(a.ID), CourseID: c.ID, AttemptID: a.ID,
		IssuedOn: today, ExpiresOn: calendar.None, CreatedBy: a.UserID, CreatedAt: clock.Micros(s.now()),
	}
	if m := c.Content.ValidMonths; m > 0 {
		cert.ExpiresOn = today.AddMonths(m).AddDays(-1)
	}
	_, err := insertCertificate(ctx, q, &cert)
	return err
}

// Paper gives an attempt of the acting person's own with what came of it. Error: not_found.
func (s *Service) Paper(ctx context.Context, attemptID int64) (Paper, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return Paper{}, err
	}
	return s.paper(ctx, s.db.Read(), actor.UserID, attemptID)
}

func (s *Service) paper(ctx context.Context, q db.Q, userID, attemptID int64) (Paper, error) {
	a, err := attempt(ctx, q, attemptID)
	if err == nil && a.UserID != userID {
		err = db.ErrNoRows
	}
	if err != nil {
		return Paper{}, err
	}
	p := Paper{Attempt: a}
	if p.Course, err = course(ctx, q, a.CourseID); err != nil {
		return p, err
	}
	if p.Course.Content, err = edition(ctx, q, a.CourseID, a.Edition); err != nil {
		return p, err
	}
	tries, err := attemptsOf(ctx, q, userID, a.CourseID)
	if err != nil {
		return p, err
	}
	p.Left = left(tries, p.Course.Content.Attempts)
	if a.State == Passed || a.State == Failed {
		if p.Right, _, err = p.Course.Content.judge(a.Paper, a.Answers); err != nil {
			return p, err
		}
		p.Told = a.State == Passed || p.Left == 0
	}
	return p, nil
}

// Certificates gives the acting person's own certificates, the newest first. Needs to be signed in.
func (s *Service) Certificates(ctx context.Context) ([]Certificate, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	return certificatesOf(ctx, s.db.Read(), actor.UserID, "")
}
