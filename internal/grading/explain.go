package grading

import (
	"context"
	"encoding/json"

	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// Explained is a stored verdict with everything that is needed to understand it.
type Explained struct {
	Customer    ExplainedCustomer `json:"customer"`
	Rulebook    string            `json:"rulebook"`
	Version     string            `json:"version"`
	Scheme      string            `json:"scheme"`
	AsOf        string            `json:"as_of" format:"date"`
	Origin      string            `json:"origin" enum:"computed,override,awaits"`
	Verdict     string            `json:"verdict" doc:"Code of the grade, empty when there is none"`
	Reason      string            `json:"reason" doc:"Why there is none"`
	Score       string            `json:"score"`
	ExpiresOn   string            `json:"expires_on"`
	Explanation rule.Explanation  `json:"explanation" doc:"Inputs, items, the band that matched, what is missing for the next grade"`
	Clauses     []ExplainedClause `json:"clauses" nullable:"false" doc:"The clauses that are cited, in the words of the version that judged"`
}

// ExplainedCustomer names the customer.
type ExplainedCustomer struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// ExplainedClause is a clause that the explanation cites.
type ExplainedClause struct {
	Rulebook string    `json:"rulebook,omitempty" doc:"Where it is a clause of another rulebook: the one by which people decided"`
	Number   string    `json:"number"`
	Title    rule.Text `json:"title"`
	Text     rule.Text `json:"text"`
}

// Explain gives the newest verdict of a rulebook on a customer, by the customer's code. Needs grading.read over the customer.
// Errors: not_found, grading.no_verdict.
func (s *Service) Explain(ctx context.Context, customerCode, rulebookID string) (Explained, error) {
	return s.ExplainScheme(ctx, customerCode, rulebookID, "")
}

// ExplainScheme is Explain for one scheme of a rulebook with several; "" is the first. Error also: grading.unknown_scheme.
func (s *Service) ExplainScheme(ctx context.Context, customerCode, rulebookID, scheme string) (Explained, error) {
	if _, err := authz.Require(ctx, authz.GradingRead); err != nil {
		return Explained{}, err
	}
	in, err := s.schemeOf(ctx, rulebookID, scheme)
	if err != nil {
		return Explained{}, err
	}
	c, err := s.customers.ByCode(ctx, customerCode)
	if err != nil {
		return Explained{}, err
	}
	v, err := latestVerdict(ctx, s.db.Read(), c.ID, rulebookID, in.Scheme.ID)
	if db.IsNoRows(err) {
		return Explained{}, errs.New(errs.NotFound, "grading.no_verdict", "customer", customerCode, "rulebook", rulebookID)
	}
	if err != nil {
		return Explained{}, err
	}
	return s.explained(ctx, v, ExplainedCustomer{ID: id.String(c.ID), Code: c.Code, Name: c.Name})
}

func (s *Service) explained(ctx context.Context, v Verdict, c ExplainedCustomer) (Explained, error) {
	out := Explained{
		Customer: c, Rulebook: v.Rulebook, Version: v.Version, Scheme: v.Scheme, AsOf: v.AsOf.String(), Origin: v.Origin, Verdict: v.Code,
		Reason: v.Reason, Score: FormatScore(v.Score), ExpiresOn: v.ExpiresOn.String(), Clauses: []ExplainedClause{},
	}
	text, err := s.frames.Explanation(ctx, s.db.Read(), v.Frame, v.Explanation)
	if err != nil {
		return out, err
	}
	if err := json.Unmarshal(text, &out.Explanation); err != nil {
		return out, err
	}
	cited := citedClauses(text)
	e, err := s.books.Edition(ctx, v.Rulebook, v.Version)
	if err != nil {
		return out, err
	}
	for _, clause := range e.Book.Clauses() {
		if cited[clause.Number] {
			out.Clauses = append(out.Clauses, ExplainedClause{Number: clause.Number, Title: clause.Title, Text: clause.Text})
		}
	}
	return out, s.citeBasis(ctx, &out, cited)
}

// citeBasis adds the clause by which people decided.
func (s *Service) citeBasis(ctx context.Context, out *Explained, cited map[string]bool) error {
	d := out.Explanation.Decided
	if d == nil || d.Basis == nil || d.Basis.Rulebook == out.Rulebook && cited[d.Basis.Number] {
		return nil
	}
	// Who may read a verdict may read by what it was decided.
	e, err := s.books.Edition(authz.With(ctx, authz.System("grading")), d.Basis.Rulebook, d.Basis.Version)
	if err != nil {
		return err
	}
	for _, clause := range e.Book.Clauses() {
		if clause.Number != d.Basis.Number {
			continue
		}
		one := ExplainedClause{Number: clause.Number, Title: clause.Title, Text: clause.Text}
		if d.Basis.Rulebook != out.Rulebook {
			one.Rulebook = d.Basis.Rulebook
		}
		out.Clauses = append(out.Clauses, one)
	}
	return nil
}

// citedClauses finds every clause number an explanation names, wherever it stands.
func citedClauses(explanation []byte) map[string]bool {
	out := map[string]bool{}
	var tree any
	if json.Unmarshal(explanation, &tree) != nil {
		return out
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if number, ok := v["clause"].(string); ok && number != "" {
				out[number] = true
			}
			for _, below := range v {
				walk(below)
			}
		case []any:
			for _, below := range v {
				walk(below)
			}
		}
	}
	walk(tree)
	return out
}
