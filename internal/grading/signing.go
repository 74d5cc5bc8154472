package grading

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
)

// Where facts alone cannot give a grade between reviews, gradings look who has it already and who signed, only for the few whose
// outcome it is; whoever has neither is left at the next lower grade, and the verdict proposes the better one. Proposals of standing
// verdicts are kept in grade_proposal; a job begins the cases that carry the signatures, where the rulebook wants that by itself.

// jobAsk begins and withdraws the cases of proposals.
const jobAsk = "grading.ask"

// askPage is how many proposals are read at once.
const askPage = 50

// pending is a member that is judged again once its signatures are known.
type pending struct {
	at       int
	measures rule.Measures
}

// asksSignatures says whether any scheme came to a grade that is signed for, or might have without the decision of people.
func (b *bench) asksSignatures(list []said) bool {
	if b.j.alone {
		return false
	}
	for i := range list {
		code := b.j.schemes[i].Program.SignedGrade()
		if code != "" && (list[i].verdict.Code == code || list[i].decided) {
			return true
		}
	}
	return false
}

// signed judges again those whose outcome may need signatures, with what was said and signed before.
func (b *bench) signed(ctx context.Context, q db.Q, page []member, out []outcome, list []pending) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = page[list[i].at].id
	}
	at := span{ids: ids, n: int64(len(ids))}
	before, err := previousIn(ctx, q, b.j.in.Book.ID(), b.j.asOf, at)
	if err != nil {
		return err
	}
	stand, err := signaturesIn(ctx, q, b.j.in.Book.ID(), b.j.asOf, ids)
	if err != nil {
		return err
	}
	for _, one := range list {
		m := &page[one.at]
		m.previous, m.signed, m.looked = before[m.id], stand[m.id], true
		out[one.at].member, out[one.at].said = *m, b.judge(m, one.measures)
	}
	return nil
}

// GradeSignature says that a grade was signed for, from a day to a last one. One that ends before it begins says that who stood at the
// grade until then keeps it no longer without signatures.
type GradeSignature struct {
	CustomerID       int64
	Rulebook, Scheme string
	Code             string
	From, Until      calendar.Date
	Source           string // SourceReview or SourceCase
	SourceID         int64
	CaseID           int64 // that carried it, 0 = none
	By               int64
}

// SourceCase is a case that was begun between reviews.
const SourceCase = "case"

// SignFor keeps signatures in the caller's transaction; they count from the next grading as of their day on. Those of the same source are
// replaced. The caller has made sure that they were given.
func (s *Service) SignFor(ctx context.Context, q db.Q, list []GradeSignature) error {
	now := s.now()
	entries := make([]audit.Entry, len(list))
	for i := range list {
		g := &list[i]
		if err := putSignature(ctx, q, g, clock.Micros(now)); err != nil {
			return err
		}
		if err := dropProposal(ctx, q, g); err != nil {
			return err
		}
		entries[i] = audit.Entry{Action: "grade.sign", Entity: "grade_decision", EntityID: id.String(g.SourceID), CustomerID: g.CustomerID, Detail: map[string]any{
			"rulebook": g.Rulebook, "scheme": g.Scheme, "code": g.Code, "from": g.From.String(), "until": g.Until.String(), "source": g.Source,
		}}
	}
	return audit.Write(ctx, q, now, entries...)
}

// Unsign ends the signatures that a case gave, because it was opened again, and has the customer judged again.
func (s *Service) Unsign(ctx context.Context, q db.Q, customerID int64, rulebookID string, caseID int64) error {
	n, err := endSignature(ctx, q, customerID, caseID, s.Today().AddDays(-1), clock.Micros(s.now()))
	if err != nil || n == 0 {
		return err
	}
	return s.JudgeSoon(ctx, q, rulebookID, customerID, 0)
}

// Proposal is a customer whose standing verdict waits for signatures for a better grade.
type Proposal struct {
	CustomerID       int64
	Rulebook, Scheme string
	Code             string
	Since            calendar.Date
	State            string // one of the Proposal constants
	CaseID           int64
	Note             string // why it was put aside, with NotedBy and NotedAt; empty unless dismissed
	NotedBy          int64
	NotedAt          int64  // microseconds
	Standing         string // the grade it has
	Score            *int64
}

// The states of a proposal.
const (
	ProposalOpen    = "open"    // nobody has been asked
	ProposalAsked   = "asked"   // a case runs
	ProposalRefused = "refused" // the case ended without signatures
	// ProposalDismissed is one that somebody put aside; people may still apply for the grade by hand.
	ProposalDismissed = "dismissed"
	proposalGone      = "gone" // no longer proposed, while its case runs
)

// Asking begins and withdraws the cases that carry signatures; the composition root registers it.
type Asking struct {
	// Begin gives the case, 0 to be asked again after the next grading.
	Begin func(ctx context.Context, q db.Q, p Proposal, step *rule.ReviewStep) (int64, error)
	// Withdraw takes a case back whose proposal is gone.
	Withdraw func(ctx context.Context, q db.Q, caseID int64) error
}

// AskSignatures registers who begins the cases of proposals. Without it they stay open.
func (s *Service) AskSignatures(a Asking) { s.asking = a }

// ProposalOf gives what a customer's standing verdict in a scheme proposes; false when nothing.
func (s *Service) ProposalOf(ctx context.Context, q db.Q, customerID int64, rulebookID, scheme string) (Proposal, bool, error) {
	p, err := getProposal(ctx, q, customerID, rulebookID, scheme)
	if db.IsNoRows(err) {
		return Proposal{}, false, nil
	}
	return p, err == nil && p.State != proposalGone, err
}

// Proposals gives what a customer's standing verdicts propose. Needs grading.read over the customer. Error: not_found.
func (s *Service) Proposals(ctx context.Context, customerID int64) ([]Proposal, error) {
	if _, err := s.guard(ctx, customerID); err != nil {
		return nil, err
	}
	return proposalsOf(ctx, s.db.Read(), customerID)
}

// Asked notes that a case carries the signatures of a proposal.
func (s *Service) Asked(ctx context.Context, q db.Q, p Proposal, caseID int64) error {
	return setProposal(ctx, q, &p, ProposalAsked, caseID)
}

// AskingEnded notes that the case of a proposal ended without signatures.
func (s *Service) AskingEnded(ctx context.Context, q db.Q, customerID int64, rulebookID, scheme string) error {
	return refuseProposal(ctx, q, customerID, rulebookID, scheme)
}

// askSoon has a job begin or withdraw cases, where something is to be done.
func (r *running) askSoon(ctx context.Context, q db.Q) error {
	if r.s.asking.Begin == nil || !r.in.Program.Remembers() {
		return nil
	}
	list, err := proposalsAfter(ctx, q, r.runs[0].Rulebook, askedStates(r.in.Program), 0, 1)
	if err != nil || len(list) == 0 {
		return err
	}
	_, err = r.s.runner.Enqueue(ctx, q, job.Spec{Kind: jobAsk, Args: triggerArgs{Rulebook: r.runs[0].Rulebook}, MaxAttempts: 20})
	return err
}

// askedStates gives the states of proposals about which the program does something by itself.
func askedStates(p *rule.Program) []string {
	if step := p.Review().Signing(); step != nil && step.Between == rule.BetweenOpen {
		return []string{ProposalOpen, proposalGone}
	}
	return []string{proposalGone}
}

// doAsk begins the cases of open proposals and withdraws those of proposals that are gone, each in a transaction of its own: nobody may
// hold the audit, as one that began is bound to, who waits for the next case. A case that cannot be begun or withdrawn keeps no other
// from it. It can be done again.
func (s *Service) doAsk(ctx context.Context, run *job.Run) error {
	var args triggerArgs
	if err := run.Decode(&args); err != nil {
		return err
	}
	in, err := s.books.InForce(ctx, s.db.Read(), args.Rulebook, s.Today())
	if err != nil {
		return err
	}
	step := in.Program.Review().Signing()
	var done, failed int64
	var broken error
	for after, more := int64(0), true; more; {
		list, err := proposalsAfter(ctx, s.db.Read(), args.Rulebook, askedStates(in.Program), after, askPage)
		if err != nil {
			return err
		}
		for i := range list {
			p := &list[i]
			after = p.CustomerID
			err := s.db.InTx(ctx, func(q db.Q) error { return s.askNow(ctx, q, p, step) })
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err == nil:
				done++
			default:
				failed++
				run.Log().WarnContext(ctx, "the case of a proposal could not be begun or withdrawn", "customer", p.CustomerID, "error", err)
				if errs.KindOf(err) == errs.Internal {
					broken = err
				}
			}
		}
		more = len(list) == askPage
		if err := run.Progress(ctx, done+failed, 0); err != nil {
			return err
		}
	}
	run.SetResult(map[string]int64{"customers": done, "failed": failed})
	return broken // the machine's fault may be over at the next attempt
}

// askNow is askOne for what is still as it was when it was listed.
func (s *Service) askNow(ctx context.Context, q db.Q, p *Proposal, step *rule.ReviewStep) error {
	now, err := getProposal(ctx, q, p.CustomerID, p.Rulebook, p.Scheme)
	if db.IsNoRows(err) || err == nil && (now.State != p.State || now.CaseID != p.CaseID) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.askOne(ctx, q, &now, step)
}

func (s *Service) askOne(ctx context.Context, q db.Q, p *Proposal, step *rule.ReviewStep) error {
	if p.State == proposalGone || step == nil {
		if p.CaseID != 0 {
			if err := s.asking.Withdraw(ctx, q, p.CaseID); err != nil {
				return err
			}
		}
		return dropProposal(ctx, q, &GradeSignature{CustomerID: p.CustomerID, Rulebook: p.Rulebook, Scheme: p.Scheme})
	}
	caseID, err := s.asking.Begin(ctx, q, *p, step)
	if err != nil || caseID == 0 {
		return err
	}
	return s.Asked(ctx, q, *p, caseID)
}
