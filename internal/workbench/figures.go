package workbench

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/compliance"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// Figure is an indicator of a rulebook in force, counted over the person's customers alone.
type Figure struct {
	Rulebook      string
	Book          rule.Text // title of the rulebook
	Indicator     rule.Indicator
	Value         string // per cent with one decimal, "" = nothing to count yet
	Target, State string // State is one of compliance: met, missed, no_data
}

// Figures gives the shares that rulebooks in force set a target for, of the present year: duties kept in time and customers with a grade.
// Sums and numbers of customers are not among them, because their targets are the organisation's and not a person's.
// Needs duty.read, grading.read and rulebook.read, without which there are none; with Unit duty.read and grading.read over a unit. Whoever
// reaches all customers gets none with Unit: that is what the page of compliance counts.
func (s *Service) Figures(ctx context.Context, whose Whose) ([]Figure, error) {
	actor, err := authz.Require(ctx, authz.Self)
	if err != nil {
		return nil, err
	}
	if !may(actor, authz.DutyRead) || !may(actor, authz.GradingRead) || !may(actor, authz.RulebookRead) {
		return nil, nil
	}
	duties, err := within(actor, authz.DutyRead, whose)
	if err != nil {
		return nil, err
	}
	grades, err := within(actor, authz.GradingRead, whose)
	if err != nil || duties.All || grades.All {
		return nil, err
	}
	books, err := s.books.AllInForce(ctx, s.db.Read(), s.today())
	if err != nil {
		return nil, err
	}
	wanted := targets(books)
	if len(wanted) == 0 {
		return nil, nil
	}
	err = s.db.InRead(ctx, func(q db.Q) error {
		settled, err := settledDuties(ctx, q, duties, s.today())
		if err != nil {
			return err
		}
		standings, err := standingsIn(ctx, q, grades)
		if err != nil {
			return err
		}
		for i := range wanted {
			wanted[i].count(settled, standings)
		}
		return nil
	})
	return wanted, err
}

// targets lists the shares with a target of what is in force.
func targets(books []rulebook.InForce) []Figure {
	var out []Figure
	for _, in := range books {
		for _, x := range in.Program.Indicators() {
			if x.Target == "" || (x.Of != rule.IndicatorKept && x.Of != rule.IndicatorCoverage) {
				continue
			}
			out = append(out, Figure{Rulebook: in.Book.ID(), Book: in.Book.Title(), Indicator: x})
		}
	}
	return out
}

// settled is a number of duties of one rule, grade and effective state.
type settled struct {
	rulebook, rule, grade string
	state                 duty.State
	n                     int64
}

// standing is a number of customers of one grade, code "" = without.
type standing struct {
	scheme, code string
	n            int64
}

// count works the figure out.
func (f *Figure) count(duties []settled, standings []standing) {
	var part, whole int64
	x := f.Indicator
	if x.Of == rule.IndicatorKept {
		for _, d := range duties {
			if d.rulebook != f.Rulebook || (x.Duty != "" && d.rule != x.Duty) || (x.Grade != "" && d.grade != x.Grade) {
				continue
			}
			whole += d.n
			if d.state == duty.Kept {
				part += d.n
			}
		}
	} else {
		for _, s := range standings {
			if s.scheme != x.Scheme {
				continue
			}
			whole += s.n
			if s.code != "" {
				part += s.n
			}
		}
	}
	f.Value = compliance.Share(part, whole)
	f.Target, f.State = compliance.Reached(x.Of, f.Value, x.Target)
}
