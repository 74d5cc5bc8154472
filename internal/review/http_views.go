package review

import (
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// OpenView opens a campaign by hand.
type OpenView struct {
	Rulebook    string `json:"rulebook"`
	RateBy      string `json:"rate_by,omitempty" doc:"Last day of the first round; empty for the middle of the campaign"`
	ClosesOn    string `json:"closes_on,omitempty" doc:"Empty for the end of the rulebook's window, or a week from today"`
	EffectiveOn string `json:"effective_on,omitempty" doc:"The day from which ratings count; empty for the last day"`
	Note        string `json:"note,omitempty" maxLength:"4000"`
}

// ChangeView changes a campaign; members that are absent stay.
type ChangeView struct {
	RateBy        *string `json:"rate_by,omitempty"`
	ClosesOn      *string `json:"closes_on,omitempty"`
	EffectiveOn   *string `json:"effective_on,omitempty"`
	MeetingOn     *string `json:"meeting_on,omitempty"`
	Note          *string `json:"note,omitempty"`
	MeetingPeople *string `json:"meeting_people,omitempty"`
	MeetingNote   *string `json:"meeting_note,omitempty"`
}

// MeetView is the record of the meeting.
type MeetView struct {
	On     string `json:"on,omitempty" doc:"Today when empty"`
	People string `json:"people,omitempty" maxLength:"4000" doc:"Who takes part"`
	Note   string `json:"note,omitempty" maxLength:"4000"`
}

// StartedView names a campaign and the job that works on it.
type StartedView struct {
	ReviewID string `json:"review_id"`
	JobID    string `json:"job_id"`
}

// DoneView counts what was done.
type DoneView struct {
	Done int `json:"done"`
}

// PlannedView is a campaign the calendar will open.
type PlannedView struct {
	Rulebook string    `json:"rulebook"`
	Title    rule.Text `json:"title"`
	From     string    `json:"from" format:"date"`
	To       string    `json:"to" format:"date"`
}

// NumbersView counts customers of a campaign.
type NumbersView struct {
	Customers int64            `json:"customers"`
	Rated     int64            `json:"rated"`
	Draft     int64            `json:"draft"`
	Met       int64            `json:"met" doc:"The meeting spoke about them"`
	Differs   int64            `json:"differs" doc:"The meeting changed what the region said"`
	Reopened  int64            `json:"reopened"`
	Newcomers int64            `json:"newcomers"`
	Waiting   int64            `json:"waiting" doc:"For signatures"`
	Approved  int64            `json:"approved"`
	Rejected  int64            `json:"rejected"`
	Grades    map[string]int64 `json:"grades" doc:"By the newest round"`
}

// RegionView is the progress of a region.
type RegionView struct {
	UnitID string       `json:"unit_id" doc:"Empty for customers without a unit"`
	Name   rule.Text    `json:"name"`
	Raters []PersonView `json:"raters" nullable:"false"`
	Late   bool         `json:"late"`
	NumbersView
}

// PersonView names somebody.
type PersonView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// DelegationView is somebody who rates for somebody else.
type DelegationView struct {
	ID      string     `json:"id"`
	From    PersonView `json:"from"`
	To      PersonView `json:"to"`
	UntilOn string     `json:"until_on" format:"date"`
}

// View is a campaign as the reader sees it; all numbers are of the customers within reach.
type View struct {
	ID            string            `json:"id"`
	Rulebook      string            `json:"rulebook"`
	Version       string            `json:"version"`
	Title         rule.Text         `json:"title"`
	RulebookTitle rule.Text         `json:"rulebook_title"`
	Scheme        rule.Scheme       `json:"scheme"`
	State         string            `json:"state" enum:"opening,rating,meeting,closing,closed,withdrawn"`
	OpensOn       string            `json:"opens_on" format:"date"`
	RateBy        string            `json:"rate_by" format:"date"`
	ClosesOn      string            `json:"closes_on" format:"date"`
	EffectiveOn   string            `json:"effective_on" format:"date"`
	Today         string            `json:"today" format:"date"`
	Note          string            `json:"note"`
	MeetingOn     string            `json:"meeting_on"`
	MeetingPeople string            `json:"meeting_people"`
	MeetingNote   string            `json:"meeting_note"`
	OpenedBy      string            `json:"opened_by" doc:"Name; empty when the calendar opened it"`
	OpenedAt      time.Time         `json:"opened_at"`
	ClosedBy      string            `json:"closed_by"`
	ClosedAt      *time.Time        `json:"closed_at,omitempty"`
	RunID         string            `json:"run_id" doc:"The grading that closing made; empty before"`
	Steps         []rule.ReviewStep `json:"steps" nullable:"false"`
	Results       []string          `json:"results" nullable:"false"`
	SignedGrade   string            `json:"signed_grade" doc:"The grade that needs signatures; empty for none"`
	Clause        string            `json:"clause"`
	Late          bool              `json:"late"`
	Totals        NumbersView       `json:"totals"`
	Regions       []RegionView      `json:"regions" nullable:"false"`
	Delegations   []DelegationView  `json:"delegations" nullable:"false"`
	MayRate       bool              `json:"may_rate" doc:"The reader rates some of the customers in the first round"`
	MayMeet       bool              `json:"may_meet" doc:"The reader holds the chair of the meeting"`
	MayManage     bool              `json:"may_manage"`
	ToRate        int64             `json:"to_rate" doc:"Customers that wait for the reader's rating"`
	VersionNo     int64             `json:"version_no"`
}

func (n *Numbers) view() NumbersView {
	v := NumbersView{
		Customers: n.Customers, Rated: n.Rated, Draft: n.Draft, Met: n.Met, Differs: n.Differs, Reopened: n.Reopened, Newcomers: n.Newcomers, Waiting: n.Waiting,
		Approved: n.Approved, Rejected: n.Rejected, Grades: n.Grades,
	}
	if v.Grades == nil {
		v.Grades = map[string]int64{}
	}
	return v
}

func (s *Service) view(d *Details) View {
	v := View{
		ID: id.String(d.ID), Rulebook: d.Rulebook, Version: d.Version, Title: d.Title, RulebookTitle: d.BookName, Scheme: d.Scheme, State: string(d.State),
		OpensOn: d.OpensOn.String(), RateBy: d.RateBy.String(), ClosesOn: d.ClosesOn.String(), EffectiveOn: d.EffectiveOn.String(), Today: s.Today().String(), Note: d.Note,
		MeetingOn: d.MeetingOn.String(), MeetingPeople: d.MeetingPeople, MeetingNote: d.MeetingNote, OpenedBy: d.OpenedByName, OpenedAt: d.OpenedAt,
		ClosedBy: d.ClosedByName, ClosedAt: instant(d.ClosedAt), RunID: optionalID(d.RunID), Steps: d.Rules.Steps, Results: d.Rules.Results, Clause: d.Rules.Clause,
		Late: d.Late, Totals: d.Totals.view(), Regions: make([]RegionView, len(d.Regions)), Delegations: make([]DelegationView, len(d.Delegations)), MayRate: d.MayRate,
		MayMeet: d.MayMeet, MayManage: d.MayManage, ToRate: d.ToRate, VersionNo: d.VersionNo,
	}
	if step := d.Rules.Signing(); step != nil {
		v.SignedGrade = step.Grade
	}
	for i := range d.Regions {
		r := &d.Regions[i]
		v.Regions[i] = RegionView{UnitID: optionalID(r.UnitID), Name: rule.Text{Zh: r.NameZh, En: r.NameEn}, Raters: []PersonView{}, Late: r.Late, NumbersView: r.view()}
		for _, h := range r.Raters {
			v.Regions[i].Raters = append(v.Regions[i].Raters, PersonView{id.String(h.ID), h.Name})
		}
	}
	for i := range d.Delegations {
		v.Delegations[i] = delegationView(&d.Delegations[i])
	}
	return v
}

func delegationView(d *Delegation) DelegationView {
	return DelegationView{
		ID: id.String(d.ID), From: PersonView{id.String(d.FromID), d.FromName}, To: PersonView{id.String(d.ToID), d.ToName}, UntilOn: d.UntilOn.String(),
	}
}

// optionalID gives an id as a string, "" for 0.
func optionalID(n int64) string {
	if n == 0 {
		return ""
	}
	return id.String(n)
}

// instant turns microseconds that may be absent into a time.
func instant(us *int64) *time.Time {
	if us == nil {
		return nil
	}
	t := clock.FromMicros(*us)
	return &t
}
