package grading

import (
	"time"

	"kezhi/internal/clock"
	"kezhi/internal/id"
	"kezhi/internal/rule"
)

// RunView is a grading of everybody in scope. The counts are those of the customers within the reader's reach.
type RunView struct {
	ID             string           `json:"id"`
	Rulebook       string           `json:"rulebook"`
	Version        string           `json:"version"`
	Scheme         string           `json:"scheme"`
	AsOf           string           `json:"as_of" format:"date"`
	State          string           `json:"state" enum:"running,done,failed,canceled"`
	Extent         string           `json:"extent" enum:"full,changed,triggered" doc:"Whom it judged: everybody, or only those about whom something changed since a complete run of the same day; what it found is the same"`
	InScope        int64            `json:"in_scope"`
	Graded         int64            `json:"graded"`
	WithoutVerdict int64            `json:"without_verdict"`
	Changed        int64            `json:"changed" doc:"Customers whose grade changed"`
	Written        int64            `json:"written" doc:"Verdicts that were new; 0 when everything was as before"`
	Counts         map[string]int64 `json:"counts" doc:"Code to customers"`
	JobID          string           `json:"job_id"`
	StartedBy      string           `json:"started_by" doc:"Name, empty for the system"`
	StartedAt      time.Time        `json:"started_at"`
	FinishedAt     *time.Time       `json:"finished_at,omitempty"`
}

// FoundView is what a run found about one customer.
type FoundView struct {
	CustomerID   string `json:"customer_id"`
	CustomerCode string `json:"customer_code"`
	CustomerName string `json:"customer_name"`
	Kind         string `json:"kind"`
	Region       string `json:"region"`
	OwnerID      string `json:"owner_id" doc:"Empty for nobody"`
	OwnerName    string `json:"owner_name"`
	VerdictID    string `json:"verdict_id"`
	Code         string `json:"code"`
	Position     int    `json:"position" doc:"Of the code in its scheme, 0 = best"`
	Reason       string `json:"reason" doc:"Why there is no verdict"`
	Score        string `json:"score"`
	ExpiresOn    string `json:"expires_on"`
	Moved        bool   `json:"moved"`
	From         string `json:"from" doc:"The code before, where it moved; empty for none"`
	Direction    int    `json:"direction" enum:"-1,0,1"`
}

// WithoutView is a customer in scope without a verdict.
type WithoutView struct {
	FoundView
	ReasonText rule.Text `json:"reason_text"`
}

// MoveView is a number of customers that went from one code to another, or stayed.
type MoveView struct {
	From      string `json:"from"`
	To        string `json:"to"`
	Direction int    `json:"direction" enum:"-1,0,1"`
	Count     int64  `json:"count"`
}

// ShareView is the part of the customers that have a code.
type ShareView struct {
	Code     string `json:"code" doc:"Empty for those without a verdict"`
	Count    int64  `json:"count"`
	ShareBp  int64  `json:"share_bp" doc:"Hundredths of a per cent of all customers in scope within reach"`
	Position int    `json:"position"`
}

// OverviewView is how a rulebook's grades are spread now, moved last and were before.
type OverviewView struct {
	Rulebook string      `json:"rulebook"`
	Scheme   rule.Scheme `json:"scheme"`
	Now      []ShareView `json:"now" nullable:"false" doc:"One row per label of the scheme, best first, then those without a verdict"`
	Total    int64       `json:"total"`
	Last     *RunView    `json:"last,omitempty"`
	Moves    []MoveView  `json:"moves" nullable:"false" doc:"Movement matrix of the last run against the standing before it"`
	History  []RunView   `json:"history" nullable:"false" doc:"The last completed run of each day, oldest first, at most 12"`
}

// SchemeView is the scheme of a rulebook.
type SchemeView struct {
	Rulebook string      `json:"rulebook"`
	Title    rule.Text   `json:"title"`
	Adopted  bool        `json:"adopted"`
	Scheme   rule.Scheme `json:"scheme"`
}

// VerdictView is a verdict in a customer's history.
type VerdictView struct {
	ID        string    `json:"id"`
	RunID     string    `json:"run_id" doc:"Empty for a decision of people"`
	Rulebook  string    `json:"rulebook"`
	Version   string    `json:"version"`
	Scheme    string    `json:"scheme"`
	AsOf      string    `json:"as_of" format:"date"`
	Origin    string    `json:"origin" enum:"computed,override,awaits"`
	Code      string    `json:"code"`
	Position  int       `json:"position"`
	Reason    string    `json:"reason"`
	Score     string    `json:"score"`
	ExpiresOn string    `json:"expires_on"`
	CreatedAt time.Time `json:"created_at"`
}

// StandingView is the verdict that counts now in a scheme.
type StandingView struct {
	Scheme       string `json:"scheme"`
	Rulebook     string `json:"rulebook"`
	VerdictID    string `json:"verdict_id"`
	Code         string `json:"code"`
	Position     int    `json:"position"`
	Reason       string `json:"reason"`
	Score        string `json:"score"`
	AsOf         string `json:"as_of" format:"date"`
	Since        string `json:"since" format:"date" doc:"The day this code began without interruption"`
	PreviousCode string `json:"previous_code"`
}

// StartView asks for a grading.
type StartView struct {
	Rulebook string `json:"rulebook"`
	AsOf     string `json:"as_of,omitempty" doc:"YYYY-MM-DD, today when empty"`
}

// SimulateView asks what a version with settings would do.
type SimulateView struct {
	Version  string            `json:"version,omitempty" doc:"Empty for the newest"`
	AsOf     string            `json:"as_of,omitempty" doc:"YYYY-MM-DD, today when empty"`
	Settings map[string]string `json:"settings,omitempty"`
}

// JobView names a job; GET /jobs/{id} tells its progress and result.
type JobView struct {
	JobID string `json:"job_id"`
}

func runView(r *Run, names map[int64]string) RunView {
	v := RunView{
		ID: id.String(r.ID), Rulebook: r.Rulebook, Version: r.Version, Scheme: r.Scheme, AsOf: r.AsOf.String(), State: string(r.State), Extent: r.Extent,
		InScope: r.InScope, Graded: r.Graded, WithoutVerdict: r.WithoutVerdict, Changed: r.Changed, Written: r.Written, Counts: copyCounts(r.Counts),
		JobID: id.String(r.JobID), StartedBy: names[r.StartedBy], StartedAt: r.StartedAt,
	}
	if r.FinishedAt != nil {
		at := clock.FromMicros(*r.FinishedAt)
		v.FinishedAt = &at
	}
	return v
}

func foundView(f Found) FoundView {
	v := FoundView{
		CustomerID: id.String(f.CustomerID), CustomerCode: f.CustomerCode, CustomerName: f.CustomerName, Kind: f.Kind, Region: f.Region,
		OwnerName: f.OwnerName, VerdictID: id.String(f.VerdictID), Code: f.Code, Position: f.Position, Reason: f.Reason,
		Score: FormatScore(f.Score), ExpiresOn: f.ExpiresOn.String(), Moved: f.Moved, From: f.From, Direction: f.Direction,
	}
	if f.OwnerID != 0 {
		v.OwnerID = id.String(f.OwnerID)
	}
	return v
}

func verdictView(x *Verdict) VerdictView {
	v := VerdictView{
		ID: id.String(x.ID), Rulebook: x.Rulebook, Version: x.Version, Scheme: x.Scheme, AsOf: x.AsOf.String(), Origin: x.Origin, Code: x.Code,
		Position: x.Position, Reason: x.Reason, Score: FormatScore(x.Score), ExpiresOn: x.ExpiresOn.String(), CreatedAt: x.CreatedAt,
	}
	if x.RunID != 0 {
		v.RunID = id.String(x.RunID)
	}
	return v
}
