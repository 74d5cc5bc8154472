package rulebook

import (
	"context"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

// States of a clause in the coverage.
const (
	CoverImplemented = "implemented" // something carries it out, and an example or a test exercises that
	CoverMissing     = "missing"     // nothing does yet, or nothing proves it
	CoverAdvice      = "advice"      // nothing a program could do
)

// Coverage says, regulation by regulation, which clauses of the catalogue are carried out. It is worked out from the trace
// alone: catalogue id -> clause that names it as its source -> what carries that clause out -> an example that passes and
// touches it, or a named test. The names of its members are a contract.
type Coverage struct {
	Regulations []RegulationCoverage `json:"regulations" nullable:"false"`
	Clauses     int                  `json:"clauses"`
	Exercised   int                  `json:"exercised"`
	Implemented int                  `json:"implemented"`
	Advice      int                  `json:"advice"`
	Missing     int                  `json:"missing"`
}

// RegulationCoverage is the coverage of one regulation: Clauses = Implemented + Advice + the length of Missing.
type RegulationCoverage struct {
	ID          string            `json:"id"`
	Rulebook    string            `json:"rulebook" doc:"The rulebook that carries most of it; empty while there is none"`
	Version     string            `json:"version"`
	Title       rule.Text         `json:"title" doc:"Of the rulebook"`
	Clauses     int               `json:"clauses" doc:"Of the catalogue"`
	Exercised   int               `json:"exercised" doc:"Clauses that a passing example or a named test exercises, advice among them"`
	Implemented int               `json:"implemented" doc:"Carried out and exercised, without advice"`
	Advice      int               `json:"advice" doc:"Nothing a program could do"`
	Missing     []string          `json:"missing" nullable:"false" doc:"Catalogue ids of what is not carried out, or not proved"`
	Articles    []ArticleCoverage `json:"articles" nullable:"false" doc:"The rulebook's own clauses, for people; catalogue ids are for machines"`
}

// ArticleCoverage is a clause of the rulebook with its state.
type ArticleCoverage struct {
	Number string    `json:"number"`
	Title  rule.Text `json:"title"`
	State  string    `json:"state" enum:"implemented,missing,advice"`
	By     []string  `json:"by" nullable:"false" doc:"What carries it out and is exercised"`
}

// CoverageOf works out the coverage of the catalogue by rulebooks. Their worked examples are run.
func CoverageOf(catalogue []rulebooks.Regulation, books []*Edition) Coverage {
	traced := map[string][]trace{} // catalogue id -> clauses that name it
	for _, e := range books {
		exercised := proved(e)
		for i := range e.Book.Clauses() {
			c := &e.Book.Clauses()[i]
			for _, source := range c.Sources {
				traced[source] = append(traced[source], trace{e, c, exercised[c.Number]})
			}
		}
	}
	out := Coverage{Regulations: make([]RegulationCoverage, 0, len(catalogue))}
	for _, r := range catalogue {
		x := coverageOf(r, traced)
		out.Regulations = append(out.Regulations, x)
		out.Clauses += x.Clauses
		out.Exercised += x.Exercised
		out.Implemented += x.Implemented
		out.Advice += x.Advice
		out.Missing += len(x.Missing)
	}
	return out
}

// trace is a clause that carries a catalogue id, with what is proved to carry it out.
type trace struct {
	book   *Edition
	clause *rule.Clause
	by     []string
}

func coverageOf(r rulebooks.Regulation, traced map[string][]trace) RegulationCoverage {
	out := RegulationCoverage{ID: r.ID, Clauses: len(r.Clauses), Missing: []string{}, Articles: []ArticleCoverage{}}
	states := map[*rule.Clause]string{}
	carriers := map[*Edition]int{}
	var order []trace
	for _, c := range r.Clauses {
		exercised, advised := false, false
		for _, x := range traced[c.ID] {
			exercised = exercised || len(x.by) > 0
			advised = advised || x.clause.Kind == "advice"
			carriers[x.book]++
			if _, seen := states[x.clause]; !seen {
				order = append(order, x)
			}
		}
		state := CoverMissing
		switch {
		// What the catalogue holds for executable stays missing however a rulebook labels it; of what can be carried out
		// only in part, the rulebook may say that the part is advice.
		case c.Executable == rulebooks.ExecutableNo, advised && c.Executable == rulebooks.ExecutablePartly && !exercised:
			state = CoverAdvice
			out.Advice++
		case exercised:
			state = CoverImplemented
			out.Implemented++
		default:
			out.Missing = append(out.Missing, c.ID)
		}
		if exercised {
			out.Exercised++
		}
		for _, x := range traced[c.ID] {
			states[x.clause] = worse(states[x.clause], state)
		}
	}
	out.carrier(carriers, order, states)
	return out
}

// carrier names the rulebook that carries most of the regulation, and its clauses.
func (r *RegulationCoverage) carrier(carriers map[*Edition]int, order []trace, states map[*rule.Clause]string) {
	var most *Edition
	for e, n := range carriers {
		if most == nil || n > carriers[most] || (n == carriers[most] && e.Rulebook < most.Rulebook) {
			most = e
		}
	}
	if most == nil {
		return
	}
	r.Rulebook, r.Version, r.Title = most.Rulebook, most.Version.Version, most.Title
	for _, x := range order {
		if x.book == most {
			r.Articles = append(r.Articles, ArticleCoverage{Number: x.clause.Number, Title: x.clause.Title, State: states[x.clause], By: orEmpty(x.by)})
		}
	}
	place := func(a ArticleCoverage) int {
		return slices.IndexFunc(most.Book.Clauses(), func(c rule.Clause) bool { return c.Number == a.Number })
	}
	slices.SortFunc(r.Articles, func(a, b ArticleCoverage) int { return place(a) - place(b) })
}

// worse keeps the state that needs attention: a clause with several sources is missing when one of them is.
func worse(a, b string) string {
	for _, s := range []string{CoverMissing, CoverImplemented, CoverAdvice} {
		if a == s || b == s {
			return s
		}
	}
	return b
}

// proved gives, by clause number, what carries the clause out and is exercised: parts of the rulebook that a passing
// example touches, parts with a test of their own, and capabilities of the product.
func proved(e *Edition) map[string][]string {
	out := map[string][]string{}
	exercised := map[string]bool{}
	for _, number := range e.Test().Exercised {
		exercised[number] = true
	}
	for _, c := range e.Book.Clauses() {
		var by []string
		for _, ref := range c.Implements {
			section, _, _ := strings.Cut(ref, ".")
			_, tested := sectionProofs[section]
			if tested || (exercised[c.Number] && byExample(section)) {
				by = append(by, ref)
			}
		}
		for _, name := range c.By {
			if _, ok := Capabilities[name]; ok {
				by = append(by, name)
			}
		}
		out[c.Number] = slices.Compact(by)
	}
	return out
}

// byExample says whether a worked example can exercise a section. A post that is named, a priority or an approval shows in
// no verdict: naming it in a rulebook does not yet carry anything out.
func byExample(section string) bool {
	switch section {
	case "roles", "priorities", "approvals":
		return false
	}
	return true
}

// Coverage works out the coverage of the catalogue by the rulebooks that are known here: of each the version in force,
// else the newest. Needs rulebook.read.
func (s *Service) Coverage(ctx context.Context) (Coverage, error) {
	if _, err := authz.Require(ctx, authz.RulebookRead); err != nil {
		return Coverage{}, err
	}
	catalogue, err := rulebooks.Catalogue()
	if err != nil {
		return Coverage{}, err
	}
	q := s.db.Read()
	versions, err := listVersions(ctx, q, "")
	if err != nil {
		return Coverage{}, err
	}
	adoptions, err := listAdoptions(ctx, q, "")
	if err != nil {
		return Coverage{}, err
	}
	byID := map[string][]Version{}
	for _, v := range versions {
		byID[v.Rulebook] = append(byID[v.Rulebook], v)
	}
	books := make([]*Edition, 0, len(byID))
	for name, list := range byID {
		shown := newest(list).Version
		if a, ok := onDay(adoptions[name], s.Today()); ok {
			shown = a.Version
		}
		e, err := s.edition(ctx, q, name, shown)
		if err != nil {
			return Coverage{}, err
		}
		books = append(books, e)
	}
	slices.SortFunc(books, func(a, b *Edition) int { return strings.Compare(a.Rulebook, b.Rulebook) })
	return CoverageOf(catalogue, books), nil
}

// Read parses files outside any service, for the command line without a data folder.
func Read(files map[string][]byte) *Edition {
	text := make(map[string]string, len(files))
	for name, b := range files {
		text[name] = string(b)
	}
	e := newEdition(Version{Digest: digestOf(text)}, text)
	e.Rulebook, e.Version.Version, e.Title = e.Book.ID(), e.Book.Version(), e.Book.Title()
	return e
}
