package compliance

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// What somebody has to do with a report.
const (
	DoSubmit  = "submit"
	DoReceive = "receive"
)

// How far the reports that wait for a person look back and ahead, in days.
const (
	waitingBack  = 366
	waitingAhead = 7
)

// Waits is a report that waits for the acting person.
type Waits struct {
	Filed
	Rulebook string    `json:"rulebook"`
	Of       rule.Text `json:"of" doc:"Title of the rulebook"`
	Content  []string  `json:"content" nullable:"false"`
	Do       string    `json:"do" enum:"submit,receive"`
	Missed   int       `json:"missed" doc:"Periods of the last year before this one that were never handed in"`
}

// Waiting gives the reports that wait for the acting person: to be handed in, because the period is over or its due day is
// near, or to be received; one for each report, the newest period. Needs rulebook.read.
func (s *Service) Waiting(ctx context.Context) ([]Waits, error) {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return nil, err
	}
	all, err := s.books.AllInForce(ctx, s.db.Read(), s.Today())
	if err != nil {
		return nil, err
	}
	out := []Waits{}
	for _, held := range all {
		reports := held.Program.Reports()
		if len(reports) == 0 {
			continue
		}
		some, err := s.waitingOf(ctx, actor, held, reports)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

func (s *Service) waitingOf(ctx context.Context, actor authz.Actor, held rulebook.InForce, reports []rule.Report) ([]Waits, error) {
	var out []Waits
	id := held.Adoption.Rulebook
	var periods []Filed
	for _, r := range reports {
		owes, err := s.sits(ctx, s.db.Read(), actor, held, r.By)
		if err != nil {
			return nil, err
		}
		gets := false
		for _, to := range r.To {
			ok, err := s.sits(ctx, s.db.Read(), actor, held, to)
			if err != nil {
				return nil, err
			}
			gets = gets || ok
		}
		if !owes && !gets {
			continue
		}
		if periods == nil {
			if periods, err = s.recent(ctx, held, reports); err != nil {
				return nil, err
			}
		}
		w := Waits{Rulebook: id, Of: held.Book.Title(), Content: r.Content}
		if owes && w.choose(r.Key, DoSubmit, periods, s.Today()) {
			out = append(out, w)
		}
		if gets && w.choose(r.Key, DoReceive, periods, s.Today()) {
			out = append(out, w)
		}
	}
	return out, s.nameWaits(ctx, out)
}

// recent lists the periods of the reports in force that were due within the last year or are next, oldest first.
func (s *Service) recent(ctx context.Context, held rulebook.InForce, reports []rule.Report) ([]Filed, error) {
	d, err := s.books.Get(ctx, held.Adoption.Rulebook)
	if err != nil {
		return nil, err
	}
	filings, err := filingsOf(ctx, s.db.Read(), held.Adoption.Rulebook)
	if err != nil {
		return nil, err
	}
	today, start, out := s.Today(), firstDay(d.Adoptions), []Filed{}
	for _, r := range reports {
		for _, p := range duePeriods(r, start, today.AddDays(-waitingBack), today.AddDays(waitingAhead), today) {
			if p.to < today || p.due <= today.AddDays(waitingAhead) {
				out = append(out, s.filed(r, p, filings))
			}
		}
	}
	return out, nil
}

// choose takes the newest period of a report in which something is to be done.
func (w *Waits) choose(key, do string, periods []Filed, today calendar.Date) bool {
	w.Do, w.Missed = do, 0
	found := false
	for i := range periods {
		p := &periods[i]
		open := p.FiledAt == nil
		if do == DoReceive {
			open = p.FiledAt != nil && p.ReceivedAt == nil
		}
		if p.Key != key || !open {
			continue
		}
		if found {
			w.Missed++
		}
		w.Filed, found = *p, true
	}
	return found
}

func (s *Service) nameWaits(ctx context.Context, list []Waits) error {
	for i := range list {
		one := []Filed{list[i].Filed}
		if err := s.nameFilers(ctx, one); err != nil {
			return err
		}
		list[i].Filed = one[0]
	}
	return nil
}

// Filing is how a report stands for one period, and what the acting person may do about it.
type Filing struct {
	Filed
	Rulebook   string   `json:"rulebook"`
	Content    []string `json:"content" nullable:"false"`
	MaySubmit  bool     `json:"may_submit"`
	MayReceive bool     `json:"may_receive"`
}

// Filing gives how a report of what is in force stands for the period that begins on a day. Needs rulebook.read. Errors:
// rulebook.not_in_force, compliance.unknown_report, compliance.unknown_period.
func (s *Service) Filing(ctx context.Context, rulebookID, report string, on calendar.Date) (Filing, error) {
	actor, err := authz.Require(ctx, authz.RulebookRead)
	if err != nil {
		return Filing{}, err
	}
	held, r, err := s.reportNow(ctx, rulebookID, report)
	if err != nil {
		return Filing{}, err
	}
	d, err := s.books.Get(ctx, rulebookID)
	if err != nil {
		return Filing{}, err
	}
	p := period{}
	if p.from, p.to = periodOf(r, firstDay(d.Adoptions), on); p.from != on {
		return Filing{}, errs.New(errs.Invalid, "compliance.unknown_period", "report", report, "date", on.String(), "from", p.from.String())
	}
	p.due = dueOn(r, p.to)
	filings, err := filingsOf(ctx, s.db.Read(), rulebookID)
	if err != nil {
		return Filing{}, err
	}
	one := []Filed{s.filed(r, p, filings)}
	if err := s.nameFilers(ctx, one); err != nil {
		return Filing{}, err
	}
	out := Filing{Filed: one[0], Rulebook: rulebookID, Content: r.Content}
	if out.MaySubmit, err = s.may(ctx, actor, held, r.By); err != nil {
		return out, err
	}
	out.MayReceive, err = s.may(ctx, actor, held, r.To...)
	out.MaySubmit = out.MaySubmit && out.FiledAt == nil && p.from <= s.Today()
	out.MayReceive = out.MayReceive && out.FiledAt != nil && out.ReceivedAt == nil
	return out, err
}
