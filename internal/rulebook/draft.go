package rulebook

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// maxDrafts bounds the drafts that are kept at once.
const maxDrafts = 500

// Draft is a rulebook being written. Its text may be saved while it cannot be read; then what is known about it is what
// was known before.
type Draft struct {
	ID        int64
	Rulebook  string // as written, "" while it was never readable
	Version   string // number as written
	Title     rule.Text
	BasedOn   string // the version it began from, "" = none
	Files     map[string]string
	Revision  int64
	CreatedBy int64
	CreatedAt time.Time
	UpdatedBy int64
	UpdatedAt time.Time
}

// DraftInput says what a draft begins with: exactly one of a version (Rulebook, with Version or the one in force), files,
// or a template for a new rulebook.
type DraftInput struct {
	Rulebook string
	Version  string
	Files    map[string]string
	Template *Template
}

// Template is what a new rulebook begins with.
type Template struct {
	ID    string
	Title rule.Text
}

// Validate reports every wrong field at once.
func (in DraftInput) Validate() error {
	var v errs.Validation
	given := 0
	for _, is := range []bool{in.Rulebook != "", len(in.Files) > 0, in.Template != nil} {
		if is {
			given++
		}
	}
	v.Check(given == 1, "from", "rulebook.draft_begins_with_one")
	if t := in.Template; t != nil {
		v.Check(rulebookID.MatchString(t.ID) && len(t.ID) <= 60, "template.id", "rulebook.id_shape", "value", t.ID)
		v.Check(t.Title.Zh != "" || t.Title.En != "", "template.title", "field.required")
		v.Check(len(t.Title.Zh) <= 300 && len(t.Title.En) <= 300, "template.title", "field.too_long", "max", 300)
	}
	if err := v.Err(); err != nil {
		return err
	}
	if len(in.Files) > 0 {
		return checkFiles(in.Files)
	}
	return nil
}

var (
	rulebookID    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	versionNumber = regexp.MustCompile(`^\d{1,6}\.\d{1,6}\.\d{1,6}$`)
	versionLine   = regexp.MustCompile(`(?m)^version:[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s#]*)`)
)

// withVersion writes a version number into rulebook.yaml and leaves everything else, comments included, as it is.
func withVersion(text, version string) string {
	at := versionLine.FindStringIndex(text)
	if at == nil {
		return "version: " + version + "\n" + text
	}
	return text[:at[0]] + "version: " + version + text[at[1]:]
}

// How much a change weighs. A program that reads grades survives a minor change and not a major one.
const (
	LevelNone  = "none"
	LevelPatch = "patch" // words and examples only
	LevelMinor = "minor" // other figures, further parts
	LevelMajor = "major" // other grades or another scope, parts that are gone
)

// nextVersion gives the number that follows for a change of a level.
func nextVersion(version, level string) string {
	parts := strings.Split(strings.SplitN(version, "-", 2)[0], ".")
	major, minor, patch := part(parts, 0), part(parts, 1), part(parts, 2)
	switch level {
	case LevelMajor:
		major, minor, patch = major+1, 0, 0
	case LevelMinor:
		minor, patch = minor+1, 0
	case LevelPatch:
		patch++
	}
	return strconv.Itoa(major) + "." + strconv.Itoa(minor) + "." + strconv.Itoa(patch)
}

// freeVersion is nextVersion, stepped on until no version has the number.
func freeVersion(versions []Version, level string) string {
	if len(versions) == 0 {
		return "1.0.0"
	}
	if level == LevelNone {
		level = LevelPatch
	}
	return nextVersion(newest(versions).Version, level)
}

// heading reads the id, the number and the title of a text; what cannot be read stays as it was.
func (d *Draft) heading(b *rule.Book) {
	if b.ID() != "" {
		d.Rulebook = b.ID()
	}
	if b.Version() != "" {
		d.Version = b.Version()
	}
	if t := b.Title(); t.Zh != "" || t.En != "" {
		d.Title = t
	}
}
