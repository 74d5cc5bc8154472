package training

import (
	"context"
	"slices"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/files"
	"kezhi/internal/id"
	"kezhi/internal/org"
)

// Service keeps courses, attempts and certificates.
type Service struct {
	db    *db.DB
	now   clock.Clock
	loc   *time.Location
	units *org.Service
	files *files.Store
}

// New makes the service. loc is the organisation's time zone: it says which day today is.
func New(d *db.DB, now clock.Clock, loc *time.Location, units *org.Service, store *files.Store) *Service {
	return &Service{db: d, now: now, loc: loc, units: units, files: store}
}

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// Trained says whether somebody holds a certificate of a topic on the day of a moment. It asks for no permission: the caller decides
// by it what the person may do.
func (s *Service) Trained(ctx context.Context, q db.Q, userID int64, topic string, now time.Time) (bool, error) {
	list, err := certificatesOf(ctx, q, userID, topic)
	on := calendar.FromTime(now, s.loc)
	return slices.ContainsFunc(list, func(c Certificate) bool { return c.holds(on) }), err
}

// Courses gives every course with its draft, by title. Needs training.manage.
func (s *Service) Courses(ctx context.Context) ([]Course, error) {
	if _, err := authz.Require(ctx, authz.TrainingManage); err != nil {
		return nil, err
	}
	return courses(ctx, s.db.Read(), "1=1")
}

// Course gives one course with its draft. Needs training.manage. Error: not_found.
func (s *Service) Course(ctx context.Context, courseID int64) (Course, error) {
	if _, err := authz.Require(ctx, authz.TrainingManage); err != nil {
		return Course{}, err
	}
	return course(ctx, s.db.Read(), courseID)
}

// Create writes a new course as a draft. Needs training.manage. Errors: invalid_input.
func (s *Service) Create(ctx context.Context, in Input) (Course, error) {
	actor, err := authz.Require(ctx, authz.TrainingManage)
	if err != nil {
		return Course{}, err
	}
	now := s.now()
	c := Course{ID: id.New(now), Input: in, State: Draft, PublishedOn: calendar.None, Version: 1, CreatedBy: actor.UserID, UpdatedAt: clock.Micros(now)}
	if err := c.clean(); err != nil {
		return Course{}, err
	}
	return c, s.db.InTx(ctx, func(q db.Q) error {
		if err := s.known(ctx, q, actor, &c.Input, 0); err != nil {
			return err
		}
		if err := insertCourse(ctx, q, &c); err != nil {
			return err
		}
		return s.record(ctx, q, &c, "training.create", map[string]any{"topic": c.Topic, "title": c.Title})
	})
}

// Change writes the draft of a course of a version; what was published stays as it is until it is published again. Needs
// training.manage. Errors: not_found, invalid_input, precondition_failed.
func (s *Service) Change(ctx context.Context, courseID, version int64, in Input) (Course, error) {
	return s.edit(ctx, courseID, version, func(q db.Q, actor authz.Actor, c *Course) (string, any, error) {
		before := c.Input
		c.Input = in
		if err := c.clean(); err != nil {
			return "", nil, err
		}
		detail := []audit.Change{{Field: "title", Before: before.Title, After: c.Title}}
		if before.Topic != c.Topic {
			detail = append(detail, audit.Change{Field: "topic", Before: before.Topic, After: c.Topic})
		}
		return "training.change", detail, s.known(ctx, q, actor, &c.Input, before.Content.FileID)
	})
}

// Publish makes the draft the next edition. Needs training.manage. Errors: not_found, precondition_failed, invalid_input.
func (s *Service) Publish(ctx context.Context, courseID, version int64) (Course, error) {
	return s.edit(ctx, courseID, version, func(q db.Q, actor authz.Actor, c *Course) (string, any, error) {
		if err := c.Content.ready(); err != nil {
			return "", nil, err
		}
		if c.PublishedOn == calendar.None {
			c.PublishedOn = s.Today()
		}
		c.State = Published
		c.Edition++
		return "training.publish", map[string]any{"edition": c.Edition}, insertEdition(ctx, q, c, actor.UserID, clock.Micros(s.now()))
	})
}

// Withdraw ends a course: nobody is asked to take it any more, certificates stay. Needs training.manage. Errors: not_found,
// precondition_failed, training.not_published.
func (s *Service) Withdraw(ctx context.Context, courseID, version int64) (Course, error) {
	return s.edit(ctx, courseID, version, func(_ db.Q, _ authz.Actor, c *Course) (string, any, error) {
		if c.State != Published {
			return "", nil, errs.New(errs.Conflict, "training.not_published")
		}
		c.State = Withdrawn
		return "training.withdraw", nil, nil
	})
}

func (s *Service) edit(ctx context.Context, courseID, version int64, change func(q db.Q, actor authz.Actor, c *Course) (action string, detail any, err error)) (Course, error) {
	actor, err := authz.Require(ctx, authz.TrainingManage)
	if err != nil {
		return Course{}, err
	}
	var c Course
	err = s.db.InTx(ctx, func(q db.Q) error {
		if c, err = course(ctx, q, courseID); err != nil {
			return err
		}
		if c.Version != version {
			return errs.New(errs.Precondition, "precondition_failed", "current", c.Version)
		}
		action, detail, err := change(q, actor, &c)
		if err != nil {
			return err
		}
		c.UpdatedAt = clock.Micros(s.now())
		if err := updateCourse(ctx, q, &c); err != nil {
			return err
		}
		c.Version++
		return s.record(ctx, q, &c, action, detail)
	})
	return c, err
}

// known refuses units, articles and files that are not there; a file must be an upload of the acting person's own, or the course's.
func (s *Service) known(ctx context.Context, q db.Q, actor authz.Actor, in *Input, had int64) error {
	tree, err := s.units.Tree(ctx, q)
	if err != nil {
		return err
	}
	var v errs.Validation
	all := tree.All()
	for _, u := range in.Units {
		v.Check(slices.Contains(all, u), "units", "field.not_allowed", "value", id.String(u))
	}
	if in.Content.ArticleID != 0 {
		there, err := articleThere(ctx, q, in.Content.ArticleID)
		if err != nil {
			return err
		}
		v.Check(there, "article_id", "field.not_allowed", "value", id.String(in.Content.ArticleID))
	}
	if f := in.Content.FileID; f != 0 && f != had {
		by, err := uploader(ctx, q, f)
		if err != nil && !db.IsNoRows(err) {
			return err
		}
		v.Check(err == nil && by == actor.UserID, "file_id", "field.not_allowed", "value", id.String(f))
	}
	return v.Err()
}

func (s *Service) record(ctx context.Context, q db.Q, c *Course, action string, detail any) error {
	return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "training_course", EntityID: id.String(c.ID), Detail: detail})
}

// MayOpen lets the file of a course be opened by those whom the course is for, and by those who keep courses.
func (s *Service) MayOpen(ctx context.Context, actor authz.Actor, fileID int64) (bool, error) {
	list, err := coursesOfFile(ctx, s.db.Read(), fileID)
	if err != nil || len(list) == 0 {
		return false, err
	}
	if actor.Grants[authz.TrainingManage] != authz.ReachNone {
		return true, nil
	}
	me, err := s.learner(ctx, s.db.Read(), actor.UserID)
	return err == nil && slices.ContainsFunc(list, func(c Course) bool { return c.State == Published && me.addressed(&c) }), err
}
