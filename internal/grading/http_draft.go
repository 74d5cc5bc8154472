package grading

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// DraftSimulateView asks what a draft of a rulebook would change.
type DraftSimulateView struct {
	AsOf     string            `json:"as_of,omitempty" doc:"YYYY-MM-DD; empty for today"`
	Settings map[string]string `json:"settings,omitempty" doc:"Settings that differ from the defaults"`
}

type draftSimulateIn struct {
	ID   string `path:"id"`
	Body DraftSimulateView
}

func registerDrafts(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "simulate-rulebook-draft", Method: http.MethodPost, Path: "/rulebook-drafts/{id}/simulate",
		Summary: "What a draft, as it was last saved, would change; the job's result is the movement matrix",
		Tag:     "Rulebooks", Permission: authz.GradingRun, Status: http.StatusAccepted,
	}, s.httpSimulateDraft)
}

func (s *Service) httpSimulateDraft(ctx context.Context, in *draftSimulateIn) (*httpapi.Body[JobView], error) {
	draftID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	asOf, err := s.day("as_of", in.Body.AsOf)
	if err != nil {
		return nil, err
	}
	jobID, err := s.StartDraftSimulation(ctx, draftID, in.Body.Settings, asOf)
	if err != nil {
		return nil, err
	}
	return httpapi.Ok(JobView{id.String(jobID)}), nil
}

// StartDraftSimulation enqueues the simulation of a draft as it was last saved; later changes of the draft do not reach
// the job. Needs rulebook.write and grading.run over all customers. Errors: not_found, those of
// rulebook.Service.DraftFiles.
func (s *Service) StartDraftSimulation(ctx context.Context, draftID int64, settings map[string]string, asOf calendar.Date) (int64, error) {
	d, err := s.books.GetDraft(ctx, draftID)
	if err != nil {
		return 0, err
	}
	return s.StartSimulation(ctx, Draft{Rulebook: d.Rulebook, Files: d.Files, Settings: settings}, asOf)
}
