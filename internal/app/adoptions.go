package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
)

// factAdoption is the fact whose record puts a version of a rulebook into force. Its fields: book, version, from (a day), simulated,
// note; those that come from the start form are filled in when a version is sent for adoption.
const factAdoption = "rulebook_adoption"

// subjectAdoption is the noun of requests for adoption as the subjects of cases.
const subjectAdoption = "adoption"

// namedChanges is how many places of a rulebook that change whoever decides is named.
const namedChanges = 8

// approveAdoptions lets the procedure in force decide on adoptions.
func (s *Services) approveAdoptions() {
	s.Procedures.Keep(factAdoption)
	s.Procedures.OnRecord(factAdoption, func(ctx context.Context, q db.Q, d procedure.Decided) error {
		return s.adoptionDecided(ctx, q, d.Case, rulebook.RequestApproved, d.By, d.Reason)
	})
	s.Procedures.OnTurn("", s.adoptionOver)
	s.Procedures.OnSubject(subjectAdoption, s.aboutAdoption)
	s.Rulebooks.DecideByCase(rulebook.Approval{
		InForce: func(ctx context.Context, q db.Q) (bool, error) {
			_, def, _, err := s.Procedures.KeptProcedure(ctx, q, factAdoption)
			return def != nil, err
		},
		Begin: s.beginAdoption,
	})
}

// beginAdoption begins the case that decides on a request: its form says what is known of the version.
func (s *Services) beginAdoption(ctx context.Context, q db.Q, r rulebook.Request, e *rulebook.Edition) (int64, error) {
	ed, def, fields, err := s.Procedures.KeptProcedure(ctx, q, factAdoption)
	if err != nil {
		return 0, err
	}
	if def == nil {
		return 0, errs.New(errs.Conflict, "rulebook.adopt_directly", "rulebook", r.Rulebook)
	}
	from := r.EffectiveFrom
	if from == calendar.None {
		from = s.Rulebooks.Today()
	}
	note := r.Note
	if note == "" {
		x, err := s.Rulebooks.Asking(ctx, q, r.ID)
		if err != nil {
			return 0, err
		}
		note = changesText(&x).Zh
	}
	values := map[string]string{"book": r.Rulebook, "version": r.Version, "from": from.String(), "note": note}
	answers := flow.Answers{}
	for name, f := range fields {
		switch text := values[name]; {
		case f.Type == flow.FieldYesNo: // the program simulates every version of a rulebook that grades
			graded := e.Book.Graded()
			answers[f.Key] = flow.Answer{YesNo: &graded}
		case text != "":
			answers[f.Key] = flow.Answer{Text: text}
		}
	}
	c, err := s.Procedures.StartWithin(ctx, q, procedure.StartInput{
		Rulebook: ed.Rulebook, Procedure: def.Key, Title: e.Book.Title().Zh + " " + r.Version, Subject: subjectAdoption + ":" + id.String(r.ID), Answers: answers,
	})
	return c.ID, err
}

// adoptionOver closes the request of a case that ended without adopting, or was withdrawn.
func (s *Services) adoptionOver(ctx context.Context, q db.Q, t procedure.Turn) error {
	switch t.Case.Status {
	case flow.Ended:
		return s.adoptionDecided(ctx, q, t.Case, rulebook.RequestRefused, t.By, t.Reason)
	case flow.Withdrawn:
		return s.adoptionDecided(ctx, q, t.Case, rulebook.RequestWithdrawn, t.By, t.Reason)
	}
	return nil
}

func (s *Services) adoptionDecided(ctx context.Context, q db.Q, c procedure.Case, to string, by int64, reason string) error {
	text, ok := strings.CutPrefix(c.Subject, subjectAdoption+":")
	if !ok {
		return nil
	}
	n, err := id.Parse(text)
	if err != nil {
		return nil //nolint:nilerr // written by hand when the case was begun
	}
	return s.Rulebooks.Decided(ctx, q, n, c.ID, to, by, reason)
}

// aboutAdoption tells whoever decides what a version would change, and for whom.
func (s *Services) aboutAdoption(ctx context.Context, q db.Q, requestID, _ int64) (procedure.Subject, error) {
	x, err := s.Rulebooks.Asking(ctx, q, requestID)
	if errs.KindOf(err) == errs.NotFound || errs.KindOf(err) == errs.Forbidden {
		return procedure.Subject{}, nil
	}
	if err != nil {
		return procedure.Subject{}, err
	}
	out := procedure.Subject{
		Title: flow.Text{Zh: x.Title.Zh + " " + x.Version, En: x.Title.En + " " + x.Version},
		Page:  "/rulebooks/" + x.Rulebook + "?tab=versions&version=" + x.Version,
	}
	add := func(zh, en string, value flow.Text) {
		out.Facts = append(out.Facts, procedure.SubjectFact{Title: flow.Text{Zh: zh, En: en}, Value: value})
	}
	add("替换", "Replaces", orText(same(x.Before), "目前没有现行版本", "nothing is in force"))
	add("生效日期", "In force from", orText(same(x.EffectiveFrom.String()), "批准当日", "the day of the decision"))
	add("改动", "Changes", changesText(&x))
	if len(x.Settled) > 0 {
		var list []string
		for _, name := range slices.Sorted(maps.Keys(x.Settled)) {
			list = append(list, name+" = "+x.Settled[name])
		}
		add("公司设定", "Settings", same(strings.Join(list, "; ")))
	}
	if x.Graded {
		add("等级变动", "Grades that move", movesText(x.Impact))
	}
	return out, nil
}

func same(text string) flow.Text { return flow.Text{Zh: text, En: text} }

// orText gives a text, or words for there being none.
func orText(t flow.Text, zh, en string) flow.Text {
	return flow.Text{Zh: cmp.Or(t.Zh, zh), En: cmp.Or(t.En, en)}
}

// changesText says what differs from what is in force.
func changesText(x *rulebook.Asked) flow.Text {
	if x.Before == "" {
		return flow.Text{Zh: "首次采用", En: "adopted for the first time"}
	}
	n := len(x.Changed)
	if n == 0 && x.Clauses == 0 {
		return flow.Text{Zh: "条文与规则不变", En: "neither text nor rules change"}
	}
	named := strings.Join(x.Changed[:min(n, namedChanges)], ", ")
	if n > namedChanges {
		named += " …"
	}
	if named != "" {
		named = ": " + named
	}
	return flow.Text{
		Zh: fmt.Sprintf("条文 %d 处，规则 %d 处%s", x.Clauses, n, named), En: fmt.Sprintf("%d clauses and %d places of the rules%s", x.Clauses, n, named),
	}
}

// movesText says who would move, once that is known.
func movesText(x *rulebook.Impact) flow.Text {
	if x == nil {
		return flow.Text{Zh: "正在模拟，稍后再看", En: "being simulated; look again in a moment"}
	}
	zh, en := []string{fmt.Sprintf("适用 %d 户", x.InScope)}, []string{fmt.Sprintf("%d customers in scope", x.InScope)}
	for _, m := range x.Schemes {
		nameZh, nameEn := "", ""
		if len(x.Schemes) > 1 {
			nameZh, nameEn = m.Scheme+" ", m.Scheme+": "
		}
		zh = append(zh, fmt.Sprintf("%s变动 %d 户（升 %d、降 %d）", nameZh, m.Changed, m.Up, m.Down))
		en = append(en, fmt.Sprintf("%s%d move (%d up, %d down)", nameEn, m.Changed, m.Up, m.Down))
	}
	zh, en = append(zh, fmt.Sprintf("每年义务 %+d 项", x.Duties)), append(en, fmt.Sprintf("%+d duties a year", x.Duties))
	return flow.Text{Zh: strings.Join(zh, "，"), En: strings.Join(en, ", ")}
}
