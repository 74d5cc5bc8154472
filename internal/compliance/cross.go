package compliance

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// Dimension is something by which duties are told apart.
type Dimension string

// The dimensions of compliance. Department counts a unit together with those below it, manager whoever answered for the duty on its day.
const (
	ByClause     Dimension = "clause"
	ByGrade      Dimension = "grade"
	ByDepartment Dimension = "department"
	ByManager    Dimension = "manager"
	ByMonth      Dimension = "month"
)

// Dimensions lists all dimensions in the order in which they are offered.
var Dimensions = []Dimension{ByClause, ByGrade, ByDepartment, ByManager, ByMonth}

// None is the key of what has no department, no manager or no grade.
const None = "none"

// CrossQuery asks for duties told apart by one dimension, or by two laid across each other.
type CrossQuery struct {
	Query
	By, Across    Dimension // Across "" = only By
	Clause, Grade string    // "" = all
	Unit, Owner   *int64    // a unit with those below it, who answered for it; 0 = none; nil = all
	Limit         int       // of rows by manager, those with the most trouble first; 0 = all
}

// Validate reports every wrong field at once.
func (q CrossQuery) Validate() error {
	if err := q.Query.Validate(); err != nil {
		return err
	}
	var v errs.Validation
	v.Check(slices.Contains(Dimensions, q.By), "by", "field.not_allowed", "value", string(q.By))
	v.Check(q.Across == "" || slices.Contains(Dimensions, q.Across), "across", "field.not_allowed", "value", string(q.Across))
	v.Check(q.Across != q.By, "across", "compliance.same_dimension")
	return v.Err()
}

// Cross is compliance by one dimension or two. The names of its members are read by programs.
type Cross struct {
	Rulebook string    `json:"rulebook"`
	Title    rule.Text `json:"title"`
	From     string    `json:"from" format:"date"`
	To       string    `json:"to" format:"date"`
	By       Dimension `json:"by" enum:"clause,grade,department,manager,month"`
	Across   Dimension `json:"across" doc:"Empty where there is one dimension"`
	Total    Tally     `json:"total" doc:"Every duty once; lines of departments include each other"`
	Columns  []Head    `json:"columns" nullable:"false" doc:"Of the dimension that lies across"`
	Lines    []Line    `json:"lines" nullable:"false"`
	Left     int       `json:"left" doc:"How many lines were left out"`
}

// Head names a value of a dimension.
type Head struct {
	Key   string    `json:"key" doc:"Number of the clause, code of the grade, id of the unit or person, YYYY-MM, or none"`
	Title rule.Text `json:"title" doc:"Empty for none and for months"`
	Depth int       `json:"depth" doc:"Of a department below the first one shown"`
}

// Line counts the duties of one value.
type Line struct {
	Head
	Tally Tally  `json:"tally"`
	Cells []Cell `json:"cells" nullable:"false" doc:"Those that are not empty"`
}

// Cell counts the duties of a line and a column.
type Cell struct {
	Column string `json:"column" doc:"Key"`
	Tally  Tally  `json:"tally"`
}

// Across says how a rulebook was kept in a period by one dimension or two, from the same count as Of. Needs rulebook.read and duty.read;
// the numbers are of duties that were answered for within reach. Errors: those of Of, compliance.same_dimension.
func (s *Service) Across(ctx context.Context, q CrossQuery) (Cross, error) {
	if err := may(ctx, authz.RulebookRead, authz.DutyRead); err != nil {
		return Cross{}, err
	}
	if err := q.Validate(); err != nil {
		return Cross{}, err
	}
	d, versions, in, err := s.inForce(ctx, q.Query)
	if err != nil {
		return Cross{}, err
	}
	has := func(x Dimension) bool { return q.By == x || q.Across == x }
	t := duty.TallyQuery{
		Rulebook: q.Rulebook, From: q.From, To: q.To, Clause: q.Clause, Grade: q.Grade, OwnerID: q.Owner,
		By: duty.TallyBy{Unit: has(ByDepartment), Owner: has(ByManager), Month: has(ByMonth)},
	}
	if q.Unit != nil {
		t.UnitIDs = []int64{*q.Unit}
	}
	rows, err := s.duties.Tallies(ctx, t)
	if err != nil {
		return Cross{}, err
	}
	f := &fold{q: q, by: newAxis(q.By), across: newAxis(q.Across)}
	if has(ByDepartment) {
		if f.units, err = allUnits(ctx, s.db.Read()); err != nil {
			return Cross{}, err
		}
	}
	f.add(rows)
	out := Cross{
		Rulebook: q.Rulebook, Title: d.Newest.Title, From: q.From.String(), To: q.To.String(), By: q.By, Across: q.Across,
		Total: f.total, Columns: []Head{}, Lines: []Line{},
	}
	out.Total.finish()
	names := map[Dimension][]Head{}
	for _, x := range []Dimension{q.By, q.Across} {
		if names[x], err = s.heads(ctx, f, x, versions, in); err != nil {
			return Cross{}, err
		}
	}
	f.into(&out, names)
	return out, nil
}

// heads names the values of a dimension in their order.
func (s *Service) heads(ctx context.Context, f *fold, x Dimension, versions []Stretch, in rulebook.InForce) ([]Head, error) {
	switch x {
	case ByClause:
		return s.clauseHeads(ctx, f.q.Rulebook, versions)
	case ByGrade:
		var out []Head
		for _, one := range in.All() {
			for _, l := range one.Scheme.Labels {
				out = append(out, Head{Key: l.Code, Title: l.Title})
			}
		}
		return out, nil
	case ByDepartment:
		return f.departments(), nil
	case ByManager:
		return managers(ctx, s.db.Read())
	case ByMonth:
		return months(f.q.From, f.q.To), nil
	}
	return nil, nil
}

// clauseHeads names the clauses of the versions of the period, those of the last one first.
func (s *Service) clauseHeads(ctx context.Context, rulebookID string, versions []Stretch) ([]Head, error) {
	var out []Head
	err := s.eachClause(ctx, rulebookID, versions, func(_ *rulebook.Edition, c rule.Clause) { out = append(out, Head{Key: c.Number, Title: c.Title}) })
	return out, err
}

func managers(ctx context.Context, q db.Q) ([]Head, error) {
	names, err := peopleNames(ctx, q)
	out := make([]Head, 0, len(names))
	for userID, name := range names {
		out = append(out, Head{Key: id.String(userID), Title: rule.Text{Zh: name, En: name}})
	}
	slices.SortFunc(out, func(a, b Head) int { return cmp.Or(cmp.Compare(a.Title.Zh, b.Title.Zh), cmp.Compare(a.Key, b.Key)) })
	return out, err
}

// months names every month of a period, those without duties as well: a trend has no gaps.
func months(from, to calendar.Date) []Head {
	var out []Head
	for m := from.MonthStart(); m <= to; m = m.AddMonths(1) {
		out = append(out, Head{Key: m.String()[:7]})
	}
	return out
}

func keyOf(n int64) string {
	if n == 0 {
		return None
	}
	return strconv.FormatInt(n, 10)
}
