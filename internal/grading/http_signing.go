package grading

import (
	"context"
	"net/http"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// GradeProposalView is a better grade that a customer's standing verdict leads to and that waits for signatures.
type GradeProposalView struct {
	CustomerID string     `json:"customer_id"`
	Rulebook   string     `json:"rulebook"`
	Scheme     string     `json:"scheme"`
	Code       string     `json:"code"`
	Title      rule.Text  `json:"title" doc:"Empty while the rulebook is not in force"`
	Standing   string     `json:"standing" doc:"Code of the grade it has; empty for none"`
	Before     rule.Text  `json:"before" doc:"Words of the grade it has"`
	Score      string     `json:"score" doc:"Empty without one"`
	Since      string     `json:"since" format:"date" doc:"Day of the first verdict that proposed it"`
	State      string     `json:"state" enum:"open,asked,refused,dismissed" doc:"open: nobody has been asked; asked: a case runs; refused: the last case ended without signatures; dismissed: somebody put it aside"`
	Procedure  string     `json:"procedure" doc:"Key of the procedure that carries the signatures; empty while the rulebook is not in force"`
	CaseID     string     `json:"case_id" doc:"The newest case; empty without one"`
	Note       string     `json:"note" doc:"Why it was put aside"`
	NotedBy    string     `json:"noted_by" doc:"Name of who put it aside"`
	NotedAt    *time.Time `json:"noted_at,omitempty"`
}

// OfferedGradeView is a proposal with its customer.
type OfferedGradeView struct {
	GradeProposalView
	CustomerCode string `json:"customer_code"`
	CustomerName string `json:"customer_name"`
	OwnerName    string `json:"owner_name" doc:"Empty for nobody"`
}

// OfferedGradesView is a page of proposals.
type OfferedGradesView struct {
	httpapi.List[OfferedGradeView]
	MayDismiss bool `json:"may_dismiss" doc:"The person may put proposals aside"`
}

// OfferedCountView is how many proposals there are.
type OfferedCountView struct {
	Count int64 `json:"count"`
}

// OfferedBounds are what a list and its count have in common; exported, because only such are read when embedded.
type OfferedBounds struct {
	Rulebook string   `query:"rulebook"`
	States   []string `query:"state" doc:"open, asked, refused, dismissed; empty for those about which nobody decided: open and refused"`
}

type offeredIn struct {
	httpapi.Page
	OfferedBounds
}

type dismissIn struct {
	ID   string `path:"id"`
	Body struct {
		Rulebook string `json:"rulebook"`
		Scheme   string `json:"scheme"`
		Reason   string `json:"reason" maxLength:"2000"`
	}
}

func registerSigning(api *httpapi.API, s *Service) {
	op := func(opID, method, path, summary string, p authz.Permission) httpapi.Op {
		return httpapi.Op{ID: opID, Method: method, Path: path, Summary: summary, Tag: tag, Permission: p}
	}
	httpapi.Register(api, op("list-grade-proposals", http.MethodGet, "/customers/{id}/grade-proposals",
		"Better grades that a customer's verdicts lead to and that wait for signatures", authz.GradingRead), s.httpProposals)
	httpapi.Register(api, op("list-offered-grades", http.MethodGet, "/grade-proposals",
		"Customers within reach whose verdicts lead to a better grade that waits for signatures, the oldest first", authz.GradingRead), s.httpOffered)
	httpapi.Register(api, op("count-offered-grades", http.MethodGet, "/grade-proposals/count", "How many of them there are", authz.GradingRead), s.httpCountOffered)
	httpapi.Register(api, op("dismiss-grade-proposal", http.MethodPost, "/customers/{id}/grade-proposals/dismiss",
		"Put a proposal aside, with the reason; people may still apply for the grade", authz.GradingJudge), s.httpDismiss)
}

func (s *Service) httpProposals(ctx context.Context, in *runIn) (*httpapi.Body[httpapi.List[GradeProposalView]], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.Proposals(ctx, customerID)
	if err != nil {
		return nil, err
	}
	views, err := s.proposalViews(ctx, list)
	return httpapi.OkList(views, ""), err
}

func (s *Service) httpOffered(ctx context.Context, in *offeredIn) (*httpapi.Body[OfferedGradesView], error) {
	list, next, err := s.Offered(ctx, OfferedFilter{Rulebook: in.Rulebook, States: in.States, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	proposals, owners := make([]Proposal, len(list)), make([]int64, len(list))
	for i := range list {
		proposals[i], owners[i] = list[i].Proposal, list[i].OwnerID
	}
	names, err := userNames(ctx, s.db.Read(), owners)
	if err != nil {
		return nil, err
	}
	views, err := s.proposalViews(ctx, proposals)
	if err != nil {
		return nil, err
	}
	out := OfferedGradesView{List: httpapi.List[OfferedGradeView]{Items: make([]OfferedGradeView, len(list)), NextCursor: next}}
	for i := range list {
		out.Items[i] = OfferedGradeView{GradeProposalView: views[i], CustomerCode: list[i].CustomerCode, CustomerName: list[i].CustomerName, OwnerName: names[owners[i]]}
	}
	actor, _ := authz.From(ctx)
	out.MayDismiss = mayDismiss(actor)
	return httpapi.Ok(out), nil
}

func (s *Service) httpCountOffered(ctx context.Context, in *OfferedBounds) (*httpapi.Body[OfferedCountView], error) {
	n, err := s.CountOffered(ctx, OfferedFilter{Rulebook: in.Rulebook, States: in.States})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(OfferedCountView{n}), nil
}

func (s *Service) httpDismiss(ctx context.Context, in *dismissIn) (*httpapi.Body[GradeProposalView], error) {
	customerID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	p, err := s.Dismiss(ctx, customerID, in.Body.Rulebook, in.Body.Scheme, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	views, err := s.proposalViews(ctx, []Proposal{p})
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(views[0]), nil
}

// proposalViews puts the words of their rulebooks to proposals; those of a rulebook that is no longer in force have none.
func (s *Service) proposalViews(ctx context.Context, list []Proposal) ([]GradeProposalView, error) {
	people := make([]int64, len(list))
	for i := range list {
		people[i] = list[i].NotedBy
	}
	names, err := userNames(ctx, s.db.Read(), people)
	if err != nil {
		return nil, err
	}
	say, err := s.proposalWords(ctx, list)
	if err != nil {
		return nil, err
	}
	views := make([]GradeProposalView, len(list))
	for i := range list {
		p := &list[i]
		views[i] = GradeProposalView{
			CustomerID: id.String(p.CustomerID), Rulebook: p.Rulebook, Scheme: p.Scheme, Code: p.Code, Standing: p.Standing, Score: FormatScore(p.Score), Since: p.Since.String(),
			State: p.State, CaseID: id.Optional(p.CaseID), Note: p.Note, NotedBy: names[p.NotedBy],
		}
		if p.NotedAt != 0 {
			at := clock.FromMicros(p.NotedAt)
			views[i].NotedAt = &at
		}
		say(&views[i])
	}
	return views, nil
}

// proposalWords reads each rulebook once and gives what puts its words to a view.
func (s *Service) proposalWords(ctx context.Context, list []Proposal) (func(*GradeProposalView), error) {
	type words struct {
		procedure string
		labels    map[string]map[string]rule.Text // by scheme and code
	}
	books := map[string]words{}
	for i := range list {
		name := list[i].Rulebook
		if _, ok := books[name]; ok {
			continue
		}
		w := words{labels: map[string]map[string]rule.Text{}}
		book, err := s.books.InForce(authz.With(ctx, authz.System("grading")), s.db.Read(), name, s.Today())
		if err != nil && errs.KindOf(err) == errs.Internal {
			return nil, err
		}
		if err == nil {
			if step := book.Program.Review().Signing(); step != nil {
				w.procedure = step.Procedure
			}
			for _, scheme := range book.Program.Schemes() {
				w.labels[scheme.ID] = map[string]rule.Text{}
				for _, l := range scheme.Labels {
					w.labels[scheme.ID][l.Code] = l.Title
				}
			}
		}
		books[name] = w
	}
	return func(v *GradeProposalView) {
		w := books[v.Rulebook]
		v.Procedure, v.Title, v.Before = w.procedure, w.labels[v.Scheme][v.Code], w.labels[v.Scheme][v.Standing]
	}, nil
}
