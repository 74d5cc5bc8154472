package rulebook

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// Where a version comes from.
const (
	OriginShipped = "shipped"
	OriginOwn     = "own"
)

// State of a rulebook as a whole.
const (
	StateInForce    = "in_force"    // a version is in force today
	StateScheduled  = "scheduled"   // adopted from a later day, nothing in force today
	StateNotAdopted = "not_adopted" // never adopted
)

// maxFile bounds one file of a rulebook in bytes; a regulation of two hundred pages stays far below.
const maxFile = 1 << 20

// EventAdopted is emitted with a payload of Adopted when a version is adopted.
const EventAdopted = "rulebook.adopted"

// Adopted is the payload of EventAdopted.
type Adopted struct {
	AdoptionID    int64  `json:"adoption_id"`
	Rulebook      string `json:"rulebook"`
	Version       string `json:"version"`
	EffectiveFrom string `json:"effective_from"`
}

// Version is one text of a rulebook.
type Version struct {
	Rulebook  string
	Version   string
	Digest    string // of the files
	Title     rule.Text
	Origin    string
	CreatedBy int64 // 0 = the system
	CreatedAt time.Time
}

// Adoption puts a version with settings into force from a day on, until the next adoption's day.
type Adoption struct {
	ID            int64
	Rulebook      string
	Version       string
	Settings      map[string]string // only where the company differs from the defaults
	EffectiveFrom calendar.Date
	EffectiveTo   calendar.Date // the last day; calendar.None = open. Worked out from the adoptions, not stored
	Note          string
	AdoptedBy     int64
	AdoptedAt     time.Time
}

// AdoptInput asks to adopt a version.
type AdoptInput struct {
	Rulebook      string
	Version       string            // empty = the newest
	EffectiveFrom calendar.Date     // None = today
	Settings      map[string]string // name -> value as written in a rulebook
	Note          string
}

// Validate reports every wrong field at once.
func (in AdoptInput) Validate() error {
	var v errs.Validation
	v.Check(in.Rulebook != "", "rulebook", "field.required")
	v.Check(len(in.Note) <= 4000, "note", "field.too_long", "max", 4000)
	v.Check(len(in.Settings) <= 500, "settings", "field.too_many", "max", 500)
	return v.Err()
}

// InForce is a version with settings, compiled. It is immutable and may be used by several goroutines.
type InForce struct {
	Adoption Adoption // zero when it is a draft that was never adopted
	Version  string
	Settings map[string]string
	Book     *rule.Book
	Program  *rule.Program
	Scheme   rule.Scheme
}

// Position gives the place of a code in the scheme, 0 = best; a code of another text and "" come after the last.
func (f InForce) Position(code string) int {
	for i := range f.Scheme.Labels {
		if f.Scheme.Labels[i].Code == code {
			return i
		}
	}
	return len(f.Scheme.Labels)
}

// digestOf covers names and contents; each is preceded by its length, so that no two sets of files run together.
func digestOf(files map[string]string) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%d:%s%d:%s", len(name), name, len(files[name]), files[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// settingsKey is the one JSON text of a set of settings: encoding/json sorts the names.
func settingsKey(settings map[string]string) (string, error) {
	if len(settings) == 0 {
		return "{}", nil
	}
	b, err := json.Marshal(settings)
	return string(b), err
}

// withEnds sorts adoptions by the day they take effect and fills in their last days. Of two for the same day the later
// decision holds, and the earlier never was in force: its last day lies before its first.
func withEnds(list []Adoption) []Adoption {
	slices.SortFunc(list, func(a, b Adoption) int {
		return cmp.Or(cmp.Compare(a.EffectiveFrom, b.EffectiveFrom), cmp.Compare(a.ID, b.ID))
	})
	for i := range list {
		list[i].EffectiveTo = calendar.None
		if i+1 < len(list) {
			list[i].EffectiveTo = list[i+1].EffectiveFrom.AddDays(-1)
		}
	}
	return list
}

// onDay gives the adoption in force on a day from a list made by withEnds.
func onDay(list []Adoption, day calendar.Date) (Adoption, bool) {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].EffectiveFrom <= day {
			return list[i], true
		}
	}
	return Adoption{}, false
}

// mayStart decides whether a rulebook may be adopted from a day: today or later always; an earlier day only where nothing
// was in force yet, since what was in force in the past must not change afterwards.
func mayStart(list []Adoption, from, today calendar.Date) error {
	if from >= today {
		return nil
	}
	if held, ok := onDay(list, from); ok {
		return errs.New(errs.Invalid, "rulebook.adopted_in_past", "date", from.String(), "version", held.Version, "today", today.String())
	}
	return nil
}

// stateOf says how a rulebook stands today.
func stateOf(list []Adoption, today calendar.Date) string {
	if _, ok := onDay(list, today); ok {
		return StateInForce
	}
	if len(list) > 0 {
		return StateScheduled
	}
	return StateNotAdopted
}

// compareVersions orders version numbers by their numeric parts (1.10.0 after 1.9.0); a suffix (1.0.0-draft) comes
// before the number without it.
func compareVersions(a, b string) int {
	na, sa, _ := strings.Cut(a, "-")
	nb, sb, _ := strings.Cut(b, "-")
	pa, pb := strings.Split(na, "."), strings.Split(nb, ".")
	for i := range max(len(pa), len(pb)) {
		if c := cmp.Compare(part(pa, i), part(pb, i)); c != 0 {
			return c
		}
	}
	switch {
	case sa == "" && sb != "":
		return 1
	case sa != "" && sb == "":
		return -1
	}
	return cmp.Or(strings.Compare(sa, sb), strings.Compare(a, b))
}

func part(parts []string, i int) int {
	if i >= len(parts) {
		return 0
	}
	n, err := strconv.Atoi(parts[i])
	if err != nil {
		return 0
	}
	return n
}

// checkFiles refuses what cannot be a rulebook before anything is parsed.
func checkFiles(files map[string]string) error {
	var v errs.Validation
	v.Check(files[rule.FileRulebook] != "", "files."+rule.FileRulebook, "field.required")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		known := name == rule.FileRulebook || name == rule.FileClauses || name == rule.FileCases
		v.Check(known, "files."+name, "rulebook.unknown_file", "name", name)
		v.Check(len(files[name]) <= maxFile, "files."+name, "rulebook.file_too_large", "file", name, "limit_mb", maxFile>>20)
	}
	return v.Err()
}

func bytesOf(files map[string]string) map[string][]byte {
	out := make(map[string][]byte, len(files))
	for name, text := range files {
		out[name] = []byte(text)
	}
	return out
}

// countOf gives the numbers of errors and of warnings.
func countOf(problems []rule.Problem) (errors, warnings int) {
	for i := range problems {
		switch problems[i].Severity {
		case rule.SeverityError:
			errors++
		case rule.SeverityWarning:
			warnings++
		}
	}
	return errors, warnings
}

// refusal makes the error that names a rulebook's errors; the first 50 travel with it.
func refusal(code, rulebook, version string, problems []rule.Problem) error {
	var list []rule.Problem
	for i := range problems {
		if problems[i].Severity == rule.SeverityError {
			list = append(list, problems[i])
		}
	}
	n := len(list)
	return errs.New(errs.Invalid, code, "rulebook", rulebook, "version", version, "errors", n, "problems", list[:min(n, 50)])
}
