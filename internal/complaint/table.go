package complaint

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
	"kezhi/internal/rule"
)

// maxReason is how long the reason for making statistics anew may be, in characters.
const maxReason = 1000

// monthForm is the form of a month as it is kept.
const monthForm = len("2006-01")

// Report is a report that a rulebook in force asks for and whose content are the complaint statistics.
type Report struct {
	Rulebook, Version, Key string
	Title                  rule.Text
	RepeatDays             int // 0 = not said
	By                     procedure.Post
	To                     []procedure.Post
}

// Table is the statistics of a month as they were made. It never changes.
type Table struct {
	ID               int64
	Rulebook, Report string
	Version          string // of the rulebook that asked for it
	Month            string // YYYY-MM
	Edition          int64  // 1, 2 ...
	Complaints       int64  // received in the month
	Reason           string // why it was made by hand, "" = by the calendar
	MadeBy           int64  // 0 = the calendar
	MadeByName       string
	MadeAt           time.Time
	Figures          *Statistics // nil in a list
}

// ReceivedFunc says whether somebody has received the report a table belongs to: then it is closed.
type ReceivedFunc func(ctx context.Context, q db.Q, t Table) (bool, error)

// AskReceived registers who knows of receipts; done at composition.
func (s *Service) AskReceived(fn ReceivedFunc) { s.received = fn }

// Tables gives the statistics that were made, newest month and edition first, at most 240, without their figures. Needs
// procedure.read; whoever reaches less than all cases and holds no post of the report sees none.
func (s *Service) Tables(ctx context.Context) ([]Table, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return nil, err
	}
	var out []Table
	err = s.db.InRead(ctx, func(q db.Q) error {
		sees, err := s.sees(ctx, q, actor)
		if err != nil {
			return err
		}
		all, err := listTables(ctx, q)
		for _, t := range all {
			if sees(t.Rulebook, t.Report) {
				out = append(out, t)
			}
		}
		return err
	})
	return out, err
}

// Table gives one with its figures. Needs procedure.read and the sight Tables describes. Error: not_found.
func (s *Service) Table(ctx context.Context, tableID int64) (Table, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Table{}, err
	}
	var t Table
	err = s.db.InRead(ctx, func(q db.Q) error {
		sees, err := s.sees(ctx, q, actor)
		if err != nil {
			return err
		}
		if t, err = getTable(ctx, q, tableID); err == nil && !sees(t.Rulebook, t.Report) {
			err = db.ErrNoRows
		}
		return err
	})
	return t, err
}

// NewestTable gives the newest statistics that were made of a month, "" = the one before this. Needs what Table needs. Errors:
// complaint.not_a_month, complaint.month_ahead, complaint.table_not_made.
func (s *Service) NewestTable(ctx context.Context, month string) (Table, error) {
	in := Query{Month: month}
	if _, _, err := s.period(&in); err != nil {
		return Table{}, err
	}
	list, err := s.Tables(ctx)
	if err != nil {
		return Table{}, err
	}
	for _, t := range list {
		if t.Month == in.Month {
			return s.Table(ctx, t.ID)
		}
	}
	return Table{}, errs.New(errs.NotFound, "complaint.table_not_made", "month", in.Month)
}

// sees says of which reports a person may see the figures of the whole organisation.
func (s *Service) sees(ctx context.Context, q db.Q, actor authz.Actor) (func(rulebook, report string) bool, error) {
	if actor.Grants[authz.ProcedureRead] == authz.ReachAll {
		return func(string, string) bool { return true }, nil
	}
	list, err := s.asked(ctx, q, s.Today())
	if err != nil {
		return nil, err
	}
	own := map[[2]string]bool{}
	for _, r := range list {
		for _, p := range append([]procedure.Post{r.By}, r.To...) {
			mine, _, err := s.seat(ctx, q, actor.UserID, p.Name, p.Names)
			if err != nil {
				return nil, err
			}
			if mine {
				own[[2]string{r.Rulebook, r.Key}] = true
			}
		}
	}
	return func(rulebook, report string) bool { return own[[2]string{rulebook, report}] }, nil
}

// MakeInput says which statistics are made by hand.
type MakeInput struct {
	Rulebook, Report string
	Month            string // YYYY-MM, over already
	Reason           string // compulsory
}

func (in *MakeInput) validate() error {
	in.Reason = strings.TrimSpace(in.Reason)
	var v errs.Validation
	v.Check(in.Rulebook != "", "rulebook", "field.required")
	v.Check(in.Report != "", "report", "field.required")
	v.Check(in.Reason != "", "reason", "field.required")
	v.Check(utf8.RuneCountInString(in.Reason) <= maxReason, "reason", "field.too_long", "max", maxReason)
	return v.Err()
}

// Make makes the statistics of a month anew, or for the first time when the calendar has not: the next edition, with who and
// why; editions before stay. Needs the post that owes the report, or procedure.manage over all. Errors: invalid_input,
// complaint.not_a_month, complaint.month_open, complaint.report_unknown, complaint.not_maker, complaint.table_received,
// complaint.made_meanwhile.
func (s *Service) Make(ctx context.Context, in MakeInput) (Table, error) {
	actor, err := authz.Require(ctx, authz.ProcedureRead)
	if err != nil {
		return Table{}, err
	}
	if err := in.validate(); err != nil {
		return Table{}, err
	}
	from, bad := calendar.Parse(in.Month + "-01")
	switch {
	case bad != nil:
		return Table{}, errs.New(errs.Invalid, "complaint.not_a_month")
	case from.AddMonths(1) > s.Today():
		return Table{}, errs.New(errs.Invalid, "complaint.month_open", "month", in.Month)
	}
	r, err := s.reportOf(ctx, actor, in, from.AddMonths(1).AddDays(-1))
	if err != nil {
		return Table{}, err
	}
	t, err := s.counted(ctx, r, from)
	if err != nil {
		return Table{}, err
	}
	t.Reason, t.MadeBy = in.Reason, actor.UserID
	err = s.db.InTx(ctx, func(q db.Q) error {
		last, err := lastEdition(ctx, q, r.Rulebook, r.Key, in.Month)
		if err != nil {
			return err
		}
		t.Edition = last + 1
		closed, err := s.received(ctx, q, t)
		if err == nil && closed {
			err = errs.New(errs.Conflict, "complaint.table_received", "month", in.Month)
		}
		if err != nil {
			return err
		}
		first, err := s.keep(ctx, q, t)
		if err == nil && !first {
			err = errs.New(errs.Conflict, "complaint.made_meanwhile", "month", in.Month)
		}
		return err
	})
	return t, err
}

// reportOf finds a report in force on a day and holds the person to the post that owes it.
func (s *Service) reportOf(ctx context.Context, actor authz.Actor, in MakeInput, on calendar.Date) (Report, error) {
	q := s.db.Read()
	list, err := s.asked(ctx, q, on)
	if err != nil {
		return Report{}, err
	}
	for _, r := range list {
		if r.Rulebook != in.Rulebook || r.Key != in.Report {
			continue
		}
		if actor.Grants[authz.ProcedureManage] == authz.ReachAll {
			return r, nil
		}
		mine, _, err := s.seat(ctx, q, actor.UserID, r.By.Name, r.By.Names)
		if err == nil && !mine {
			err = errs.New(errs.Forbidden, "complaint.not_maker", "role", r.By.Name)
		}
		return r, err
	}
	return Report{}, errs.New(errs.NotFound, "complaint.report_unknown", "rulebook", in.Rulebook, "report", in.Report, "month", in.Month)
}

// counted gives the statistics a report asks for, over all cases of its rulebook, as they stand now.
func (s *Service) counted(ctx context.Context, r Report, from calendar.Date) (Table, error) {
	now := s.now()
	t := Table{ID: id.New(now), Rulebook: r.Rulebook, Report: r.Key, Version: r.Version, Month: from.String()[:monthForm], Edition: 1, MadeAt: now}
	in := Query{Month: t.Month, RepeatDays: r.RepeatDays, Rulebook: r.Rulebook}
	err := s.db.InRead(ctx, func(q db.Q) error {
		var err error
		t.Figures, err = s.figures(ctx, q, in, from, from.AddMonths(1), authz.Scope{All: true})
		return err
	})
	if err == nil {
		t.Complaints = int64(t.Figures.Total.Received)
	}
	return t, err
}

// keep writes a table with its audit entry; false when there is one of that edition.
func (s *Service) keep(ctx context.Context, q db.Q, t Table) (bool, error) {
	first, err := insertTable(ctx, q, t)
	if err != nil || !first {
		return false, err
	}
	return true, audit.Write(ctx, q, t.MadeAt, audit.Entry{Action: "complaint_table.make", Entity: "complaint_table", EntityID: id.String(t.ID), Detail: map[string]any{
		"rulebook": t.Rulebook, "report": t.Report, "month": t.Month, "edition": t.Edition, "complaints": t.Complaints, "reason": t.Reason,
	}})
}

// Edition gives the newest edition of the statistics a report is about, for whoever hands it in or receives it. Error:
// complaint.table_not_made.
func (s *Service) Edition(ctx context.Context, q db.Q, rulebook, report string, from calendar.Date) (int64, error) {
	month := from.String()[:monthForm]
	n, err := lastEdition(ctx, q, rulebook, report, month)
	if err == nil && n == 0 {
		err = errs.New(errs.Conflict, "complaint.table_not_made", "month", month)
	}
	return n, err
}
