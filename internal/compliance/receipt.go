package compliance

import (
	"context"
	"slices"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// PostsFunc says whether a person holds a post today, and whether anybody does. Names are the post's other names.
type PostsFunc func(ctx context.Context, q db.Q, userID int64, post string, names []string) (mine, held bool, err error)

// EditionFunc gives the edition of a report that the program makes itself, for the period that begins on a day; an error when
// there is none yet.
type EditionFunc func(ctx context.Context, q db.Q, rulebook, report string, from calendar.Date) (int64, error)

// AskPosts registers who knows of posts that are no role of the organisation; done at composition.
func (s *Service) AskPosts(fn PostsFunc) { s.posts = fn }

// MadeBy registers who makes the reports with a content; done at composition. Such a report can be handed in only when it is
// made, and what was handed in and received is noted with its edition.
func (s *Service) MadeBy(content string, fn EditionFunc) { s.editions[content] = fn }

// editionOf gives the edition of a report that the program makes, 0 for every other one.
func (s *Service) editionOf(ctx context.Context, q db.Q, rulebookID string, r rule.Report, from calendar.Date) (int64, error) {
	for _, c := range r.Content {
		if fn := s.editions[c]; fn != nil {
			return fn(ctx, q, rulebookID, r.Key, from)
		}
	}
	return 0, nil
}

// sits says whether a post is this person's: held today, or, while nobody holds it, taken care of by whoever writes rulebooks.
func (s *Service) sits(ctx context.Context, q db.Q, actor authz.Actor, held rulebook.InForce, post string) (bool, error) {
	if s.posts == nil {
		return s.books.Fills(ctx, held.Book, post)
	}
	mine, taken, err := s.posts(ctx, q, actor.UserID, post, held.Book.NamesOf(post))
	return mine || !taken && actor.Grants[authz.RulebookWrite] != authz.ReachNone, err
}

// may lets in whoever holds one of the posts, whoever may write rulebooks, and the system.
func (s *Service) may(ctx context.Context, actor authz.Actor, held rulebook.InForce, posts ...string) (bool, error) {
	if actor.Grants[authz.RulebookWrite] != authz.ReachNone {
		return true, nil
	}
	for _, p := range posts {
		if ok, err := s.sits(ctx, s.db.Read(), actor, held, p); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// ReceiveInput says which report is received.
type ReceiveInput struct {
	Rulebook string
	Report   string
	From     calendar.Date // first day of the period it is about
	Note     string
}

// Receive notes that a report that was handed in has been received; once. It needs a post the report goes to, or
// rulebook.write. Errors: invalid_input, rulebook.not_in_force, compliance.unknown_report, compliance.not_receiver,
// compliance.not_filed, compliance.already_received.
func (s *Service) Receive(ctx context.Context, in ReceiveInput) error {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return err
	}
	var v errs.Validation
	v.Check(len(in.Note) <= 4000, "note", "field.too_long", "max", 4000)
	if err := v.Err(); err != nil {
		return err
	}
	held, r, err := s.reportNow(ctx, in.Rulebook, in.Report)
	if err != nil {
		return err
	}
	ok, err := s.may(ctx, actor, held, r.To...)
	if err == nil && !ok {
		err = errs.New(errs.Forbidden, "compliance.not_receiver", "report", r.Key)
	}
	if err != nil {
		return err
	}
	now := s.now()
	return s.db.InTx(ctx, func(q db.Q) error {
		edition, err := s.editionOf(ctx, q, in.Rulebook, r, in.From)
		if err != nil {
			return err
		}
		f, filed, err := filingOf(ctx, q, in.Rulebook, in.Report, in.From)
		if err == nil && !filed {
			err = errs.New(errs.Conflict, "compliance.not_filed", "report", in.Report, "date", in.From.String())
		}
		if err != nil {
			return err
		}
		f.receivedBy, f.receivedAt, f.receivedEdition, f.receivedNote = actor.UserID, now, edition, in.Note
		first, err := receiveFiling(ctx, q, in.Rulebook, f)
		if err == nil && !first {
			err = errs.New(errs.Conflict, "compliance.already_received", "report", in.Report, "date", in.From.String())
		}
		if err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "report.receive", Entity: "rulebook", EntityID: in.Rulebook, Detail: map[string]any{
			"report": in.Report, "from": in.From.String(), "edition": edition, "note": in.Note,
		}})
	})
}

// Received says whether a report was received; for whoever makes it, inside a transaction.
func (s *Service) Received(ctx context.Context, q db.Q, rulebookID, report string, from calendar.Date) (bool, error) {
	f, filed, err := filingOf(ctx, q, rulebookID, report, from)
	return filed && !f.receivedAt.IsZero(), err
}

// reportNow gives a report of what is in force today.
func (s *Service) reportNow(ctx context.Context, rulebookID, key string) (rulebook.InForce, rule.Report, error) {
	held, err := s.books.InForce(ctx, s.db.Read(), rulebookID, s.Today())
	if err != nil {
		return held, rule.Report{}, err
	}
	all := held.Program.Reports()
	at := slices.IndexFunc(all, func(r rule.Report) bool { return r.Key == key })
	if at < 0 {
		return held, rule.Report{}, errs.New(errs.NotFound, "compliance.unknown_report", "rulebook", rulebookID, "report", key)
	}
	return held, all[at], nil
}
