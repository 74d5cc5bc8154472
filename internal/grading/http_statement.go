package grading

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kezhi/internal/authz"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// statementIn repeats the members of whyIn: those of an embedded type that is not exported are not read from a request.
type statementIn struct {
	CustomerID string `path:"customer_id"`
	ID         string `path:"id"`
	Language   string `query:"lang" enum:"zh,en" default:"zh"`
}

func registerStatement(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "print-verdict", Method: http.MethodGet, Path: "/verdicts/{customer_id}/{id}/statement", Tag: tag, Permission: authz.GradingRead,
		Summary: "A verdict as one printable HTML page for the customer file, from what is stored alone",
	}, s.httpStatement)
}

func (s *Service) httpStatement(ctx context.Context, in *statementIn) (*huma.StreamResponse, error) {
	customerID, err := id.Parse(in.CustomerID)
	if err != nil {
		return nil, err
	}
	verdictID, err := id.Parse(in.ID)
	if err != nil {
		return nil, err
	}
	e, err := s.Why(ctx, customerID, verdictID)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer // a page of a few kilobytes: what is wrong with it is known before the answer begins
	if err := WriteStatement(&page, e, in.Language, s.Today()); err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/html; charset=utf-8")
		hc.SetHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		hc.SetHeader("X-Content-Type-Options", "nosniff")
		hc.SetHeader("Cache-Control", "no-store")
		if _, err := hc.BodyWriter().Write(page.Bytes()); err != nil {
			panic(http.ErrAbortHandler) // the reader has gone
		}
	}}, nil
}
