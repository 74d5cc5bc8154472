package grading

import (
	"context"
	"slices"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/rulebook"
)

// segmentMembers is a segment a rulebook names, with the ids of its members in ascending order.
type segmentMembers struct {
	name string
	ids  []int64
}

// segmentsFor finds out once who belongs to the segments a rulebook names: of a static one those chosen by now, of a dynamic
// one those who meet its conditions as of the day. Error: grading.no_segment.
func (s *Service) segmentsFor(ctx context.Context, in rulebook.InForce, asOf calendar.Date) ([]segmentMembers, error) {
	var out []segmentMembers
	for _, name := range in.Program.Segments() {
		var ids []int64
		found := false
		if s.members != nil {
			var err error
			if ids, found, err = s.members(ctx, name, asOf); err != nil {
				return nil, err
			}
		}
		if !found {
			return nil, errs.New(errs.Conflict, "grading.no_segment", "rulebook", in.Book.ID(), "segment", name)
		}
		out = append(out, segmentMembers{name, ids})
	}
	return out, nil
}

// segmentsOf names those of the segments that hold a customer; nil when none does.
func (j *judgement) segmentsOf(customerID int64) []string {
	var out []string
	for i := range j.segments {
		if _, found := slices.BinarySearch(j.segments[i].ids, customerID); found {
			out = append(out, j.segments[i].name)
		}
	}
	return out
}
