package importer

import (
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

// View is an import in the API.
type View struct {
	ID         string         `json:"id"`
	Target     string         `json:"target" doc:"customers, or a kind of fact"`
	State      State          `json:"state" enum:"uploaded,checking,checked,queued,running,done,failed,canceled,reverting,reverted"`
	FileName   string         `json:"file_name"`
	FileID     string         `json:"file_id"`
	Options    Settings       `json:"options"`
	Counts     Counts         `json:"counts"`
	JobID      string         `json:"job_id,omitempty" doc:"The job that checks, runs or reverts it"`
	ErrorCode  string         `json:"error_code,omitempty"`
	ErrorArgs  map[string]any `json:"error_args,omitempty"`
	Version    int64          `json:"version"`
	CreatedBy  string         `json:"created_by,omitempty" doc:"Absent when the command line did it"`
	CreatedAt  time.Time      `json:"created_at"`
	FinishedAt *time.Time     `json:"finished_at,omitempty"`
	RevertedAt *time.Time     `json:"reverted_at,omitempty"`
}

// PreviewView is the beginning of a file in the API.
type PreviewView struct {
	Format   string            `json:"format" enum:"csv,xlsx"`
	Encoding string            `json:"encoding"`
	Sheets   []string          `json:"sheets" nullable:"false"`
	Header   []string          `json:"header" nullable:"false"`
	Rows     [][]string        `json:"rows" nullable:"false" doc:"At most 50"`
	Read     []PreviewLineView `json:"read" nullable:"false" doc:"What the rows were understood as, in the same order; empty while the mapping is not complete"`
	Mapping  map[string]string `json:"mapping" doc:"Field to header; =TEXT is a constant"`
	Warnings []errs.Field      `json:"warnings" nullable:"false"`
	Before   *View             `json:"before,omitempty" doc:"An earlier import of the same content"`
}

// PreviewLineView is what a row of the preview was understood as.
type PreviewLineView struct {
	Values   map[string]string `json:"values" doc:"Field to its value as it will be kept"`
	Problems []errs.Field      `json:"problems" nullable:"false"`
}

// LineView is a line that did not pass, or was corrected.
type LineView struct {
	Line     int64        `json:"line"`
	Outcome  string       `json:"outcome" enum:"refused,set_aside,ready,imported"`
	Cells    []string     `json:"cells" nullable:"false"`
	Problems []errs.Field `json:"problems" nullable:"false" doc:"path is the field; args.header and args.column name the column"`
	Fixed    bool         `json:"fixed"`
}

// KeptView is a customer that reverting left alone.
type KeptView struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// FieldView is something a column can mean.
type FieldView struct {
	Name     string `json:"name"`
	LabelZH  string `json:"label_zh"`
	LabelEN  string `json:"label_en"`
	Required bool   `json:"required"`
}

// MappingView is a saved or remembered mapping in the API.
type MappingView struct {
	ID      string    `json:"id"`
	Target  string    `json:"target"`
	Name    string    `json:"name"`
	Named   bool      `json:"named" doc:"Saved by a person; else remembered for the headers of a file"`
	Own     bool      `json:"own" doc:"You may write over it and forget it"`
	Options Settings  `json:"options"`
	UsedAt  time.Time `json:"used_at"`
}

func tagged(m Import, err error) (*httpapi.Tagged[View], error) {
	if err != nil {
		return nil, err
	}
	return &httpapi.Tagged[View]{ETag: httpapi.Tag(m.Version), Body: viewOf(m)}, nil
}

func viewOf(m Import) View {
	v := View{
		ID: id.String(m.ID), Target: m.Target, State: m.State, FileName: m.FileName, FileID: id.String(m.FileID), Options: m.Settings, Counts: m.Counts,
		ErrorCode: m.ErrorCode, ErrorArgs: m.ErrorArgs, Version: m.Version, CreatedAt: m.CreatedAt, FinishedAt: timeOf(m.FinishedAt), RevertedAt: timeOf(m.RevertedAt),
	}
	if m.JobID != 0 {
		v.JobID = id.String(m.JobID)
	}
	if m.CreatedBy != 0 {
		v.CreatedBy = id.String(m.CreatedBy)
	}
	return v
}

func timeOf(us *int64) *time.Time {
	if us == nil {
		return nil
	}
	t := clock.FromMicros(*us)
	return &t
}

func previewOf(p Preview) PreviewView {
	v := PreviewView{
		Format: p.Format, Encoding: p.Encoding, Sheets: noNil(p.Sheets), Header: noNil(p.Header), Rows: noNil(p.Rows), Mapping: p.Mapping, Warnings: noNil(p.Warnings),
	}
	v.Read = make([]PreviewLineView, len(p.Read))
	for i, l := range p.Read {
		if v.Read[i] = (PreviewLineView{Values: l.Values, Problems: noNil(l.Problems)}); l.Values == nil {
			v.Read[i].Values = map[string]string{}
		}
	}
	if p.Before != nil {
		before := viewOf(*p.Before)
		v.Before = &before
	}
	return v
}

func lineOf(l Line) LineView {
	return LineView{Line: l.Line, Outcome: l.Outcome, Cells: noNil(l.Cells), Problems: noNil(l.Problems), Fixed: l.Fixed}
}

func mappingOf(m Mapping, actor authz.Actor) MappingView {
	return MappingView{ID: id.String(m.ID), Target: m.Target, Name: m.Name, Named: m.Named, Own: m.ownedBy(actor), Options: m.Settings, UsedAt: m.UsedAt}
}

func noNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
