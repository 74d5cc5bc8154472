package article

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io"
	"strings"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/id"
)

// Export is a download of articles that was authorised and audited and is about to be written.
type Export struct {
	s *Service
	e editor
	f Filter
}

// Export authorises and audits a download of what the filter matches of the articles the person may see. Needs article.read.
// Error: invalid_input.
func (s *Service) Export(ctx context.Context, f Filter) (*Export, error) {
	actor, err := authz.Require(ctx, authz.ArticleRead)
	if err != nil {
		return nil, err
	}
	if err := f.Validate(); err != nil {
		return nil, err
	}
	err = s.db.InTx(ctx, func(q db.Q) error {
		return audit.Write(ctx, q, s.now(), audit.Entry{Action: "article.export", Entity: "article", Detail: map[string]any{
			"q": f.Text, "state": f.States, "audience": f.Audiences, "tag": f.Tags, "review_due": f.ReviewDue,
		}})
	})
	return &Export{s, editorOf(actor), f}, err
}

// each hands the articles over page by page; memory does not grow with their number.
func (x *Export) each(ctx context.Context, do func(*Article) error) error {
	f := x.f
	f.Limit, f.Cursor = 100, ""
	for {
		page, next, err := list(ctx, x.s.db.Read(), f, x.e, x.s.Today(), true)
		if err != nil {
			return err
		}
		for i := range page {
			if err := do(&page[i]); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.Cursor = next
	}
}

// JSON writes one list of articles with their texts.
func (x *Export) JSON(ctx context.Context, w io.Writer) error {
	sep := "[\n"
	err := x.each(ctx, func(a *Article) error {
		b, err := json.Marshal(struct {
			ItemView
			Body WordsView `json:"body"`
		}{x.s.item(a), WordsView(a.Shown.Body)})
		if err == nil {
			_, err = io.WriteString(w, sep+string(b))
		}
		sep = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	end := "\n]\n"
	if sep == "[\n" {
		end = "[]\n"
	}
	_, err = io.WriteString(w, end)
	return err
}

// Markdown writes an archive with one file for each article and language.
func (x *Export) Markdown(ctx context.Context, w io.Writer) error {
	z := zip.NewWriter(w)
	err := x.each(ctx, func(a *Article) error {
		for _, l := range []struct{ lang, title, body string }{{"zh", a.Shown.Title.Zh, a.Shown.Body.Zh}, {"en", a.Shown.Title.En, a.Shown.Body.En}} {
			if l.title == "" {
				continue
			}
			file, err := z.CreateHeader(&zip.FileHeader{Name: l.lang + "/" + fileName(l.title) + "-" + id.String(a.ID) + ".md", Method: zip.Deflate, Modified: a.UpdatedAt})
			if err == nil {
				_, err = io.WriteString(file, "# "+l.title+"\n\n"+l.body+"\n")
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return z.Close()
}

// fileName keeps of a title what every file system takes.
func fileName(title string) string {
	out := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|.`, r) {
			return '-'
		}
		return r
	}, title))
	return string(out[:min(len(out), 60)])
}
