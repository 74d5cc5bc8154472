package app

import (
	"cmp"
	"context"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/grading"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// factOverride is the fact whose record overrides a grade. Its fields: scheme (that of the procedure when absent), grade, until
// (the last day), reason.
const factOverride = "verdict_override"

// overrideGrade lets an approved grade count.
func (s *Services) overrideGrade(ctx context.Context, q db.Q, d procedure.Decided) error {
	in, err := overrideOf(d)
	if err != nil {
		return err
	}
	return s.Gradings.Override(ctx, q, in)
}

// mayOverride refuses to ask for what could not take effect.
func (s *Services) mayOverride(ctx context.Context, q db.Q, d procedure.Decided) error {
	in, err := overrideOf(d)
	if err != nil {
		return err
	}
	return s.Gradings.CheckOverride(ctx, q, in)
}

// overrideUndone takes back what a case decided that is opened again.
func (s *Services) overrideUndone(ctx context.Context, q db.Q, t procedure.Turn) error {
	return s.Gradings.UndoOverride(ctx, q, t.Case.ID, t.By, t.ByName, t.Reason)
}

func overrideOf(d procedure.Decided) (grading.OverrideInput, error) {
	in := grading.OverrideInput{
		CustomerID: d.Case.CustomerID, Scheme: cmp.Or(strings.TrimSpace(d.Attrs["scheme"]), d.Scheme), Code: strings.TrimSpace(d.Attrs["grade"]), Until: calendar.None,
		Title:  rule.Text{Zh: d.Title.Zh + " " + d.Case.Number, En: d.Title.En + " " + d.Case.Number},
		Reason: cmp.Or(strings.TrimSpace(d.Attrs["reason"]), d.Reason, d.Case.Title), By: d.By, ByName: cmp.Or(strings.Join(d.Agreed, "、"), d.ByName), CaseID: d.Case.ID,
		Basis: rule.DecisionBasis{Rulebook: d.Case.Rulebook, Version: d.Case.Version, Number: d.Clause},
	}
	if text := d.Attrs["until"]; text != "" {
		day, err := calendar.Parse(text)
		if err != nil {
			return in, errs.New(errs.Conflict, "override.incomplete")
		}
		in.Until = day
	}
	return in, nil
}

// mayGiveUp refuses to give up a customer at a grade for which no regulation foresees it.
func (s *Services) mayGiveUp(ctx context.Context, q db.Q, d procedure.Decided) error {
	return s.Gradings.ExitForeseen(ctx, q, d.Case.CustomerID)
}
