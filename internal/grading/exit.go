package grading

import (
	"context"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// ExitForeseen says whether a customer may be given up. Where a rulebook in force that grades the customer names the grades at
// which that is decided (steps decide_exit of its review), the customer must stand at one of them; a rulebook that names none
// leaves it to the procedure. Error: exit.not_foreseen, with the grades that are.
func (s *Service) ExitForeseen(ctx context.Context, q db.Q, customerID int64) error {
	all, err := s.books.AllInForce(authz.With(ctx, authz.System("grading")), q, s.Today())
	if err != nil {
		return err
	}
	stand, err := customerStandings(ctx, q, customerID)
	if err != nil {
		return err
	}
	var refused error
	for _, in := range all {
		review := in.Program.Review()
		if review == nil {
			continue
		}
		for _, x := range stand {
			if x.Rulebook != in.Book.ID() || x.Code == "" {
				continue
			}
			grades, foreseen := exitGrades(review, x.Scheme, in.Scheme.ID, x.Code)
			if foreseen {
				return nil
			}
			if len(grades) > 0 {
				refused = errs.New(errs.Conflict, "exit.not_foreseen", "rulebook", x.Rulebook, "grade", x.Code, "grades", strings.Join(grades, ", "))
			}
		}
	}
	return refused
}

// exitGrades gives the grades of a scheme at which a review decides to give customers up, and whether one of them is the given grade.
func exitGrades(r *rule.Review, scheme, first, code string) (grades []string, foreseen bool) {
	for _, step := range r.Steps {
		of := step.Scheme
		if of == "" {
			of = first
		}
		if step.Do != rule.StepExit || of != scheme {
			continue
		}
		if step.Grade == "" || step.Grade == code {
			return nil, true
		}
		grades = append(grades, step.Grade)
	}
	return grades, false
}
