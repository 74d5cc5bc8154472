package procedure

import (
	"context"
	"strings"

	"kezhi/internal/db"
	"kezhi/internal/flow"
	"kezhi/internal/id"
)

// Subject tells whoever decides what an approval is about.
type Subject struct {
	Title flow.Text
	Page  string // where it is shown in full, as a path of the web; "" = nowhere
	Facts []SubjectFact
}

// SubjectFact is one thing to be known of it.
type SubjectFact struct {
	Title, Value flow.Text
}

// SubjectFunc tells about one subject of a noun by its id, as far as it concerns the customer of the case (0 = none). What no longer
// exists is no error: it gives nothing.
type SubjectFunc func(ctx context.Context, q db.Q, id, customerID int64) (Subject, error)

// OnSubject registers who tells about the subjects of a noun (noun:id); features do it at composition. Whoever may see a case may
// know what it is about.
func (s *Service) OnSubject(noun string, fn SubjectFunc) { s.about[noun] = fn }

// aboutCase gives what a case is about; nothing for one without a subject that anybody tells about.
func (s *Service) aboutCase(ctx context.Context, q db.Q, c *Case) (*Subject, error) {
	noun, text, _ := strings.Cut(c.Subject, ":")
	fn := s.about[noun]
	if fn == nil {
		return nil, nil //nolint:nilnil // most cases are about their customer alone
	}
	n, err := id.Parse(text)
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // written by hand when the case was begun
	}
	out, err := fn(ctx, q, n, c.CustomerID)
	if err != nil || len(out.Facts) == 0 {
		return nil, err
	}
	return &out, nil
}

// SubjectView is what an approval is about.
type SubjectView struct {
	Title TextView          `json:"title"`
	Page  string            `json:"page" doc:"Path of the web that shows it in full; empty = none"`
	Facts []SubjectFactView `json:"facts" nullable:"false"`
}

// SubjectFactView is one thing to be known of it.
type SubjectFactView struct {
	Title TextView `json:"title"`
	Value TextView `json:"value"`
}

func subjectView(s *Subject) *SubjectView {
	if s == nil {
		return nil
	}
	v := &SubjectView{Title: textView(s.Title), Page: s.Page, Facts: make([]SubjectFactView, len(s.Facts))}
	for i, f := range s.Facts {
		v.Facts[i] = SubjectFactView{textView(f.Title), textView(f.Value)}
	}
	return v
}
