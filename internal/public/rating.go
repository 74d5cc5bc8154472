package public

import (
	"context"
	"strings"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/procedure"
)

// RatingInput is how a customer rates the answer.
type RatingInput struct {
	Key
	Score   int // 1 to 5
	Remark  string
	Request string // key of the request
}

// Rate rates the answer once it was given, or corrects the rating within some days. It becomes a line of the case's history
// and a fact of its customer. Errors: those of find, public.not_answered, public.rated, those of procedure.ActOutside.
func (s *Service) Rate(ctx context.Context, in RatingInput) (View, error) {
	e, set, err := s.find(ctx, in.Key)
	if err != nil {
		return View{}, err
	}
	var v errs.Validation
	v.Check(in.Score >= procedure.LowestScore && in.Score <= procedure.HighestScore, "score", "field.not_allowed", "value", in.Score)
	if err := v.Err(); err != nil {
		return View{}, err
	}
	err = s.cases.ActOutside(ctx, e.caseID, procedure.OutsideInput{Text: in.Remark, Score: in.Score, Key: in.Request}, func(ctx context.Context, q db.Q, c *procedure.Case) error {
		return s.rate(ctx, q, c, in, set)
	})
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, e.caseID, set)
}

func (s *Service) rate(ctx context.Context, q db.Q, c *procedure.Case, in RatingInput, set Settings) error {
	e, err := byCase(ctx, q, c.ID)
	if err != nil {
		return err
	}
	if e.score == 0 {
		ok, err := s.cases.RatableNow(ctx, q, c)
		if err == nil && !ok {
			err = errs.New(errs.Conflict, "public.not_answered")
		}
		if err != nil {
			return err
		}
		e.ratedAt = clock.Micros(s.now())
	} else if until := s.correctableUntil(e, set); s.cases.Today() > until {
		return errs.New(errs.Conflict, "public.rated", "until", until.String())
	}
	if e.fact, err = s.cases.RecordRating(ctx, q, c, in.Score, e.fact); err != nil {
		return err
	}
	e.score, e.remark = in.Score, strings.TrimSpace(in.Remark)
	return putRating(ctx, q, e)
}

// Contact is what the desk sees of a case its customer can follow.
type Contact struct {
	Phone  string // E.164; "" when the customer cannot follow the case
	Rating *Rating
}

// Contact gives the phone a case is followed by and its rating. Needs procedure.read over the case. Error: not_found.
func (s *Service) Contact(ctx context.Context, caseID int64) (Contact, error) {
	if _, err := s.cases.Guard(ctx, caseID); err != nil {
		return Contact{}, err
	}
	q := s.db.Read()
	e, err := byCase(ctx, q, caseID)
	if db.IsNoRows(err) {
		return Contact{}, nil
	}
	if err != nil {
		return Contact{}, err
	}
	out := Contact{Phone: e.phone}
	if e.score != 0 {
		set, err := loadSettings(ctx, q)
		if err != nil {
			return Contact{}, err
		}
		out.Rating = &Rating{Score: e.score, Remark: e.remark, RatedAt: e.ratedAt, Until: s.correctableUntil(e, set)}
	}
	return out, nil
}
