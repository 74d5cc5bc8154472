package duty

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

type previewIn struct {
	Rulebook string `query:"rulebook" required:"true" maxLength:"100"`
	Version  string `query:"version" maxLength:"40" doc:"Without it what is in force, else the newest"`
	Scheme   string `query:"scheme" required:"true" maxLength:"100"`
	Grade    string `query:"grade" required:"true" maxLength:"60"`
}

// GradePlanView is what a customer of a grade is owed in a year.
type GradePlanView struct {
	Version string          `json:"version"`
	From    string          `json:"from"`
	To      string          `json:"to"`
	Items   []GradeItemView `json:"items" nullable:"false"`
	Minutes int64           `json:"minutes" doc:"For one customer, without what the whole grade gets once and without what facts bring"`
}

// GradeItemView is one duty of it.
type GradeItemView struct {
	Duty       rule.DutyRule    `json:"duty"`
	Days       []string         `json:"days" nullable:"false" doc:"Of an example; every customer has days of its own, as far apart"`
	Own        []string         `json:"own" nullable:"false" doc:"Occasions whose day each customer has for itself"`
	Times      int              `json:"times" doc:"In the year, without what facts bring"`
	Minutes    int64            `json:"minutes" doc:"In the year"`
	Impossible []ImpossibleView `json:"impossible" nullable:"false"`
}

// ImpossibleView is an occurrence for which there is no day.
type ImpossibleView struct {
	Reason   string `json:"reason" enum:"no_interval,no_working_day,owner_away,over_capacity,year_unknown"`
	Occasion string `json:"occasion"`
	From     string `json:"from" doc:"First day of its window, empty when there is none"`
}

func (h *handlers) previewGrade(ctx context.Context, in *previewIn) (*httpapi.Body[GradePlanView], error) {
	p, err := h.s.PreviewGrade(ctx, Asked{in.Rulebook, in.Version}, in.Scheme, in.Grade)
	if err != nil {
		return nil, err
	}
	out := GradePlanView{Version: p.Version, From: p.From.String(), To: p.To.String(), Items: make([]GradeItemView, len(p.Items))}
	for i := range p.Items {
		out.Items[i] = itemView(&p.Items[i])
		if !p.Items[i].Rule.EachGrade {
			out.Minutes += p.Items[i].Minutes()
		}
	}
	return httpapi.Ok(out), nil
}

func itemView(x *GradeItem) GradeItemView {
	v := GradeItemView{Duty: x.Rule, Days: texts(x.Days), Own: append([]string{}, x.Own...), Times: x.Times(), Minutes: x.Minutes(), Impossible: []ImpossibleView{}}
	for _, u := range x.Impossible {
		v.Impossible = append(v.Impossible, ImpossibleView{u.Reason, u.Occasion, u.From.String()})
	}
	return v
}

func texts(days []calendar.Date) []string {
	out := make([]string, len(days))
	for i, d := range days {
		out[i] = d.String()
	}
	return out
}

type foreseeIn struct{ Body ForeseeBody }

// ForeseeBody says what is looked at.
type ForeseeBody struct {
	Rulebook string `json:"rulebook" maxLength:"100"`
	Version  string `json:"version,omitempty" maxLength:"40" doc:"Without it what is in force, else the newest"`
}

// ForeseeStarted names the job whose result is a Foresight.
type ForeseeStarted struct {
	JobID string `json:"job_id"`
}

func (h *handlers) foresee(ctx context.Context, in *foreseeIn) (*httpapi.Body[ForeseeStarted], error) {
	n, err := h.s.StartForesight(ctx, Asked(in.Body))
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(ForeseeStarted{id.String(n)}), nil
}
