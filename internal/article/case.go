package article

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// ForCase is what the knowledge base has for a case.
type ForCase struct {
	Attached  []Article // those that helped, newest link last
	Suggested []Article // published ones that share words with the case, the closest first
	Solution  *Article  // the article its solution was saved as; nil when there is none, or none the person may see
	Saved     bool      // the solution was saved, also when the person may not see the article
}

const maxSuggested = 5

// OfCase gives what the knowledge base has for a case. Needs article.read, and to see the case. Error: not_found.
func (s *Service) OfCase(ctx context.Context, caseID int64) (ForCase, error) {
	actor, err := authz.Require(ctx, authz.ArticleRead)
	if err != nil {
		return ForCase{}, err
	}
	c, err := s.cases.Get(ctx, caseID)
	if err != nil {
		return ForCase{}, err
	}
	var out ForCase
	e := editorOf(actor)
	err = s.db.InRead(ctx, func(q db.Q) error {
		attached, err := articlesOf(ctx, q, caseID)
		if err != nil {
			return err
		}
		found, err := suggest(ctx, q, askedOf(wordsOf(&c)))
		if err != nil {
			return err
		}
		found = slices.DeleteFunc(found, func(n int64) bool { return slices.Contains(attached, n) })
		if out.Attached, err = each(ctx, q, e, attached); err != nil {
			return err
		}
		if out.Suggested, err = each(ctx, q, e, found[:min(len(found), maxSuggested)]); err != nil {
			return err
		}
		origin, err := fromCase(ctx, q, caseID)
		if err != nil || origin == 0 {
			return err
		}
		out.Saved = true
		solution, err := each(ctx, q, e, []int64{origin})
		if len(solution) > 0 {
			out.Solution = &solution[0]
		}
		return err
	})
	return out, err
}

// each loads articles in the given order, without those the person may not see.
func each(ctx context.Context, q db.Q, e editor, ids []int64) ([]Article, error) {
	out := []Article{}
	for _, n := range ids {
		a, err := load(ctx, q, n)
		if err != nil {
			return nil, err
		}
		if e.sees(&a) {
			out = append(out, a)
		}
	}
	return out, nil
}

// Attach says that a published article helped with a case, which counts as a use of it; a second time changes nothing. Needs
// article.read, and to see the case. Errors: not_found, article.wrong_state.
func (s *Service) Attach(ctx context.Context, caseID, articleID int64) error {
	return s.link(ctx, caseID, articleID, func(ctx context.Context, q db.Q, actor authz.Actor, a *Article) (bool, error) {
		if a.State != Published {
			return false, errs.New(errs.Conflict, "article.wrong_state", "act", "attach", "state", string(a.State))
		}
		return attach(ctx, q, caseID, articleID, actor.UserID, s.now())
	}, "article.attach")
}

// Detach takes an article off a case. Needs article.read, and to see the case. Error: not_found.
func (s *Service) Detach(ctx context.Context, caseID, articleID int64) error {
	return s.link(ctx, caseID, articleID, func(ctx context.Context, q db.Q, _ authz.Actor, _ *Article) (bool, error) {
		return detach(ctx, q, caseID, articleID)
	}, "article.detach")
}

func (s *Service) link(ctx context.Context, caseID, articleID int64, do func(context.Context, db.Q, authz.Actor, *Article) (bool, error), action string) error {
	actor, err := authz.Require(ctx, authz.ArticleRead)
	if err != nil {
		return err
	}
	c, err := s.cases.Get(ctx, caseID)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(q db.Q) error {
		a, err := load(ctx, q, articleID)
		if err != nil {
			return err
		}
		if e := editorOf(actor); !e.sees(&a) {
			return db.ErrNoRows
		}
		changed, err := do(ctx, q, actor, &a)
		if err != nil || !changed {
			return err
		}
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: action, Entity: "article", EntityID: id.String(articleID), Detail: map[string]any{"case": c.Number}})
	})
}

// SaveSolution makes a draft of what a case was about and how it was dealt with, in one language; the writer goes on from
// there. Only what the forms say in long texts goes in: names and numbers of customers stay behind. Needs article.write, and to
// see the case. Errors: not_found, article.exists_for_case, article.no_solution.
func (s *Service) SaveSolution(ctx context.Context, caseID int64, lang string) (Record, error) {
	if _, err := authz.Require(ctx, authz.ArticleWrite); err != nil {
		return Record{}, err
	}
	c, err := s.cases.Get(ctx, caseID)
	if err != nil {
		return Record{}, err
	}
	body := solutionOf(&c, lang)
	if body == "" {
		return Record{}, errs.New(errs.Conflict, "article.no_solution")
	}
	in := Input{ReviewOn: calendar.None, Note: c.Number}
	title := []rune(line(c.Case.Title))
	title = title[:min(len(title), maxTitle)]
	if lang == "en" {
		in.Title.En, in.Body.En = string(title), body
	} else {
		in.Title.Zh, in.Body.Zh = string(title), body
	}
	return s.create(ctx, in, caseID)
}

// headings of a draft made from a case.
var headings = map[string][2]string{"zh": {"情况", "处理"}, "en": {"What happened", "What was done"}}

// solutionOf writes the long texts of a case as Markdown; nothing when no step has said anything yet.
func solutionOf(c *procedure.Record, lang string) string {
	heads, ok := headings[lang]
	if !ok {
		heads = headings["zh"]
	}
	done := ""
	for i := range c.Definition.Steps {
		done += longTexts(c, c.Definition.Steps[i].Key, lang, true)
	}
	if done == "" {
		return ""
	}
	body := []rune("## " + heads[0] + "\n\n" + longTexts(c, flow.StartForm, lang, false) + "## " + heads[1] + "\n\n" + done)
	return strings.TrimSpace(string(body[:min(len(body), maxBody)]))
}

// longTexts gives the long texts of a step's form, each below the title of its field where titles are wanted.
func longTexts(c *procedure.Record, step, lang string, titles bool) string {
	form, past := c.Definition.FormOf(step), c.State.Steps[step]
	if form == nil || past == nil {
		return ""
	}
	var b strings.Builder
	for i := range form.Fields {
		f := &form.Fields[i]
		said := strings.TrimSpace(past.Answers[f.Key].Text)
		if f.Type != flow.FieldLong || said == "" {
			continue
		}
		if title := f.Title.Zh; titles {
			if lang == "en" && f.Title.En != "" {
				title = f.Title.En
			}
			b.WriteString("**" + title + "**\n\n")
		}
		b.WriteString(said + "\n\n")
	}
	return b.String()
}

// wordsOf gives the text a case asks for help with: its title and what its forms say at length.
func wordsOf(c *procedure.Record) string {
	out := c.Case.Title + "\n" + longTexts(c, flow.StartForm, "zh", false)
	for i := range c.Definition.Steps {
		out += longTexts(c, c.Definition.Steps[i].Key, "zh", false)
	}
	return out
}

// Used gives a page of the cases an article helped with that the acting person may see, newest first, and how many there are
// in all. Needs article.read; without procedure.read it names none. Error: not_found.
func (s *Service) Used(ctx context.Context, articleID int64) ([]procedure.Case, int64, error) {
	r, err := s.Get(ctx, articleID)
	if err != nil {
		return nil, 0, err
	}
	ids, err := casesOf(ctx, s.db.Read(), articleID)
	if err != nil {
		return nil, 0, err
	}
	cases, err := s.visible(ctx, ids)
	return cases, r.Uses, err
}

// visible gives the cases among some that the acting person may see, newest first.
func (s *Service) visible(ctx context.Context, ids []int64) ([]procedure.Case, error) {
	actor, _ := authz.From(ctx)
	if len(ids) == 0 || actor.Grants[authz.ProcedureRead] == authz.ReachNone {
		return nil, nil
	}
	list, _, err := s.cases.List(ctx, procedure.Filter{IDs: ids, From: calendar.None, To: calendar.None, Sort: procedure.SortNewest, Limit: len(ids)})
	return list, err
}
