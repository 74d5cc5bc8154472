package app

import (
	"context"
	"slices"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/complaint"
	"kezhi/internal/db"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// complaintReports gives the reports on complaints that were in force on a day; complaint does not know the rulebook feature.
func (s *Services) complaintReports(ctx context.Context, q db.Q, on calendar.Date) ([]complaint.Report, error) {
	all, err := s.Rulebooks.AllInForce(authz.With(ctx, authz.System("complaint")), q, on)
	var out []complaint.Report
	for _, f := range all {
		for _, r := range f.Program.Reports() {
			if slices.Contains(r.Content, rule.ContentComplaints) {
				out = append(out, complaintReport(f, r))
			}
		}
	}
	return out, err
}

func complaintReport(f rulebook.InForce, r rule.Report) complaint.Report {
	post := func(name string) procedure.Post { return procedure.Post{Name: name, Names: f.Book.NamesOf(name)} }
	out := complaint.Report{Rulebook: f.Adoption.Rulebook, Version: f.Version, Key: r.Key, Title: r.Title, RepeatDays: r.RepeatDays, By: post(r.By)}
	for _, to := range r.To {
		out.To = append(out.To, post(to))
	}
	return out
}

// complaintsReceived says whether the report of a month was received, after which its figures are closed.
func (s *Services) complaintsReceived(ctx context.Context, q db.Q, t complaint.Table) (bool, error) {
	from, err := calendar.Parse(t.Month + "-01")
	if err != nil {
		return false, err
	}
	return s.Compliance.Received(ctx, q, t.Rulebook, t.Report, from)
}
