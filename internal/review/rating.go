package review

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// FillInput is what somebody fills in.
type FillInput struct {
	Values  []Value
	Note    string
	Version int64 // of the line the form was made from; 0 = whatever it is now
}

// check reports every wrong value at once. Only items the person may judge can be filled in.
func (x *rated) check(in *FillInput) error {
	var v errs.Validation
	v.Check(len(in.Note) <= maxNote, "note", "field.too_long", "max", maxNote)
	seen := map[string]bool{}
	for i := range in.Values {
		one := &in.Values[i]
		path := "values[" + strconv.Itoa(i) + "]"
		item := x.item(one.Item)
		v.Check(item != nil && !seen[one.Item], path+".item", "review.item_unknown", "item", one.Item)
		v.Check(len(one.Reason) <= maxNote, path+".reason", "field.too_long", "max", maxNote)
		seen[one.Item] = true
		if item == nil {
			continue
		}
		if one.Value != "" && !item.Fits(one.Value) {
			x.misfit(&v, path, item, one.Value)
		}
		if x.hat != nil && !x.mayMeet() {
			v.Check(x.hat.judges(x.actor, x.in.Book, item.By), path+".item", "grading.judged_role", "item", item.Name, "role", item.By)
		}
	}
	return v.Err()
}

func (x *rated) misfit(v *errs.Validation, path string, item *rule.Judgement, value string) {
	if item.Ranged() {
		v.Check(false, path+".value", "grading.judged_range", "item", item.Name, "value", value, "low", item.Low, "high", item.High)
		return
	}
	codes := ""
	for i, a := range item.Values {
		if i > 0 {
			codes += ", "
		}
		codes += a.Code
	}
	v.Check(false, path+".value", "grading.judged_value", "item", item.Name, "value", value, "values", codes)
}

// mayFill refuses what the state of the campaign or the line does not allow.
func (x *rated) mayFill() error {
	switch {
	case x.mayRate():
		return nil
	case x.hat == nil:
		return errs.New(errs.Forbidden, "review.not_rater", "customer", x.line.Code)
	case x.State != Rating && x.State != Meeting:
		return mustBe(&x.Review, Rating, Meeting)
	}
	return errs.New(errs.Conflict, "review.handed_in", "customer", x.line.Code)
}

// at refuses a form that was made from an older state of the line.
func (x *rated) at(ctx context.Context, q db.Q, version int64) error {
	if version == 0 || version == x.line.VersionNo {
		return nil
	}
	return movedOn(ctx, q, &x.line)
}

// movedOn says who moved a line.
func movedOn(ctx context.Context, q db.Q, l *Line) error {
	names, err := namesOf(ctx, q, []int64{l.RatedBy})
	if err != nil {
		return err
	}
	return errs.New(errs.Precondition, "review.moved_on", "customer", l.Code, "by", names[l.RatedBy])
}

// SaveDraft keeps what was filled in so far without handing it in. Errors: not_found, review.not_rater, review.handed_in,
// review.state, review.moved_on, invalid_input.
func (s *Service) SaveDraft(ctx context.Context, reviewID, customerID int64, in FillInput) (Line, error) {
	var out Line
	err := s.db.InTx(ctx, func(q db.Q) error {
		x, err := s.rated(ctx, q, reviewID, customerID)
		if err != nil {
			return err
		}
		if err := cmp.Or(x.mayFill(), x.at(ctx, q, in.Version), x.check(&in)); err != nil {
			return err
		}
		l := x.line
		l.Draft = Draft{Values: in.Values, Note: in.Note}
		if l.State == LineWaiting {
			l.State = LineDraft
		}
		out, err = s.save(ctx, q, l, x.actor.UserID)
		return err
	})
	return out, err
}

// save writes a line in the name of whoever acts; somebody who was quicker wins.
func (s *Service) save(ctx context.Context, q db.Q, l Line, by int64) (Line, error) {
	l.RatedBy = by
	ok, err := saveLine(ctx, q, &l, s.now())
	if err != nil {
		return l, err
	}
	if !ok {
		return l, movedOn(ctx, q, &l)
	}
	l.VersionNo++
	return l, nil
}

// Submit hands in the rating of one customer: every item the person may judge must have a value, and a reason where it is new or
// another than before. Errors: those of SaveDraft, review.item_missing and review.reason_missing fields.
func (s *Service) Submit(ctx context.Context, reviewID, customerID int64, in FillInput) (Line, error) {
	x, err := s.rated(ctx, s.db.Read(), reviewID, customerID)
	if err != nil {
		return Line{}, err
	}
	if err := cmp.Or(x.mayFill(), x.at(ctx, s.db.Read(), in.Version), x.check(&in)); err != nil {
		return Line{}, err
	}
	x.line.Draft = Draft{Values: in.Values, Note: in.Note}
	list, err := s.submit(ctx, []*rated{x})
	if err != nil {
		return Line{}, err
	}
	return list[0], nil
}

// submit works the ratings out and writes them, all or none. The lines carry what was filled in as their drafts.
func (s *Service) submit(ctx context.Context, list []*rated) ([]Line, error) {
	c := list[0].campaign
	in := grading.PreviewInput{Rulebook: c.Rulebook, Scheme: c.Scheme, AsOf: s.asOf(&c.Review), Judged: map[int64]map[string]string{}}
	for _, x := range list {
		in.Customers = append(in.Customers, x.line.CustomerID)
	}
	plain, err := s.previewAll(ctx, in)
	if err != nil {
		return nil, err
	}
	said := make([]map[string]Value, len(list))
	var v errs.Validation
	for i, x := range list {
		if said[i], err = s.fill(ctx, x, plain[x.line.CustomerID].Judged); err != nil {
			return nil, err
		}
		x.complete(&v, said[i], len(list) > 1)
		in.Judged[x.line.CustomerID] = values(said[i])
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	with, err := s.previewAll(ctx, in)
	if err != nil {
		return nil, err
	}
	out := make([]Line, len(list))
	err = s.db.InTx(ctx, func(q db.Q) error {
		for i, x := range list {
			var err error
			if out[i], err = s.writeRate(ctx, q, x, said[i], with[x.line.CustomerID]); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func (s *Service) previewAll(ctx context.Context, in grading.PreviewInput) (map[int64]grading.Previewed, error) {
	list, err := s.gradings.Preview(ctx, in)
	out := make(map[int64]grading.Previewed, len(list))
	for _, p := range list {
		out[p.CustomerID] = p
	}
	return out, err
}

// fill gives every judged item of a line: what was filled in, else what the newest version said, else what counts today.
func (s *Service) fill(ctx context.Context, x *rated, given map[string]string) (map[string]Value, error) {
	var versions []Version
	if x.line.newest() != 0 {
		var err error
		if versions, err = versionsOf(ctx, s.db.Read(), x.ID, x.line.CustomerID); err != nil {
			return nil, err
		}
	}
	before := x.said(versions)
	out := map[string]Value{}
	for i := range x.judged {
		item := x.judged[i].Name
		v, ok := before[item]
		if !ok {
			v = Value{Item: item, Value: given[item]}
		}
		v.Before = given[item]
		if v.Value != "" {
			out[item] = v
		}
	}
	return out, nil
}

// complete reports what is missing on a form that is handed in.
func (x *rated) complete(v *errs.Validation, said map[string]Value, many bool) {
	for i := range x.judged {
		j := &x.judged[i]
		if !x.hat.judges(x.actor, x.in.Book, j.By) {
			continue
		}
		path := "values." + j.Name
		if many {
			path = x.line.Code + "." + path
		}
		one, ok := said[j.Name]
		v.Check(ok, path, "review.item_missing", "customer", x.line.Code)
		v.Check(!ok || one.Value == one.Before || one.Reason != "", path, "review.reason_missing", "customer", x.line.Code)
	}
}

// writeRate keeps the version and moves the line.
func (s *Service) writeRate(ctx context.Context, q db.Q, x *rated, said map[string]Value, p grading.Previewed) (Line, error) {
	v := s.version(x, RoundRate, said, p)
	v.Note, v.RatedFor = x.line.Draft.Note, x.hat.forID
	if err := insertVersion(ctx, q, &v); err != nil {
		return Line{}, err
	}
	l := x.line
	l.Draft = Draft{}
	l.RateID, l.RateCode, l.RatePosition, l.RateScore = v.ID, v.Code, v.Position, v.Score
	l.MeetID, l.MeetCode, l.MeetPosition, l.MeetScore, l.Differs = 0, "", 0, nil, false
	if l.State != LineReopened || x.State != Closed {
		l.State = LineRated
	}
	x.ask(&l)
	l, err := s.saveAsked(ctx, q, x.campaign, &x.line, l, x.actor.UserID)
	if err != nil {
		return l, err
	}
	return l, s.recordRating(ctx, q, &v, "review.rate")
}

// version makes what is kept of a rating.
func (s *Service) version(x *rated, round string, said map[string]Value, p grading.Previewed) Version {
	now := s.now()
	v := Version{
		CustomerID: x.line.CustomerID, ID: id.New(now), ReviewID: x.ID, Round: round, Code: p.Code, Position: p.Position, Reason: p.Reason, Score: p.Score,
		ComputedCode: p.Code, Judged: []Value{}, RatedBy: x.actor.UserID, RatedAt: now,
	}
	for _, item := range slices.Sorted(maps.Keys(said)) {
		one := said[item]
		if one.By == 0 && one.Value != one.Before {
			one.By = x.actor.UserID
		}
		v.Judged = append(v.Judged, one)
	}
	return v
}

func (s *Service) recordRating(ctx context.Context, q db.Q, v *Version, action string) error {
	return audit.Write(ctx, q, v.RatedAt, audit.Entry{
		Action: action, Entity: "review_rating", EntityID: id.String(v.ID), CustomerID: v.CustomerID,
		Detail: map[string]any{
			"review": id.String(v.ReviewID), "round": v.Round, "code": v.Code, "computed": v.ComputedCode, "score": grading.FormatScore(v.Score), "judged": v.Judged, "note": v.Note,
		},
	})
}

// late says whether the first round should be over; regions that are not done when the meeting begins stay late until they are.
func late(r *Review, today calendar.Date) bool {
	return (r.State == Rating || r.State == Meeting) && today > r.RateBy
}
