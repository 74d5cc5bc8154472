package grading

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/rule"
)

// State of a run; see the diagram in doc.go.
type State string

// The states.
const (
	Running  State = "running"
	Done     State = "done"
	Failed   State = "failed"
	Canceled State = "canceled"
)

// Where a verdict comes from: computed from facts and judgements, or a decision of people in the place of that.
const (
	OriginComputed = "computed"
	OriginOverride = "override"
	OriginAwaits   = "awaits" // computed; a better grade waits for signatures
)

// Which customers a run judges.
const (
	ExtentFull      = "full"      // everybody
	ExtentChanged   = "changed"   // those about whom something changed since a complete run of the same day
	ExtentTriggered = "triggered" // those about whom something happened that the rulebook wants to see at once
)

// EventCompleted is emitted with a payload of Completed in the transaction that ends a run.
const EventCompleted = "grading.completed"

// Completed is the payload of EventCompleted.
type Completed struct {
	RunID    int64  `json:"run_id"`
	Rulebook string `json:"rulebook"`
	AsOf     string `json:"as_of"`
	Changed  int64  `json:"changed"`
}

// Run is one grading of everybody in scope.
type Run struct {
	ID         int64
	Rulebook   string
	Version    string
	AdoptionID int64
	Scheme     string
	AsOf       calendar.Date
	State      State
	Extent     string // which customers it judged: one of the Extent constants
	BaseID     int64  // the complete run of the same day it went on from, 0 = none
	Tally
	Upto       int64 // newest verdict id when it ended, 0 = not ended
	JobID      int64
	StartedBy  int64
	StartedAt  time.Time
	FinishedAt *int64 // microseconds
}

// Tally counts what a run found.
type Tally struct {
	InScope        int64            `json:"in_scope"`
	Graded         int64            `json:"graded"`
	WithoutVerdict int64            `json:"without_verdict"`
	Changed        int64            `json:"changed"` // customers whose standing got another code
	Written        int64            `json:"written"` // verdicts that were new
	Counts         map[string]int64 `json:"counts"`  // code -> customers
}

// Verdict is what a rulebook says about a customer as of a day.
type Verdict struct {
	CustomerID  int64
	ID          int64
	RunID       int64
	Rulebook    string
	Version     string
	Scheme      string
	AsOf        calendar.Date
	Origin      string
	Code        string // "" = none, for the reason
	Position    int    // of the code in its scheme, 0 = best
	Reason      string
	Score       *int64 // millionths
	ExpiresOn   calendar.Date
	Frame       int64  // what Explanation fills; 0 = it is the whole
	Explanation []byte // as it is stored; Frames.Explanation gives the JSON of a rule.Explanation
	Digest      string
	CreatedBy   int64
	CreatedAt   time.Time
}

// Standing is the verdict that counts now for a customer in a scheme.
type Standing struct {
	CustomerID   int64
	Scheme       string
	Rulebook     string
	VerdictID    int64
	Code         string
	Position     int
	Reason       string
	Score        *int64
	AsOf         calendar.Date
	Since        calendar.Date // the day this code began without interruption
	PreviousCode string
}

// Movement is a change of a customer's code in a run.
type Movement struct {
	CustomerID int64
	RunID      int64
	Scheme     string
	From, To   string // "" = no verdict
	Direction  int    // 1 up, -1 down, 0 first verdict or aside
	AsOf       calendar.Date
}

// digestBytes is how much of a digest is kept: enough to tell any two verdicts of a customer apart.
const digestBytes = 16

// digestOf covers what a verdict says; each part is preceded by its length.
func (v *Verdict) digestOf() string {
	if v.Frame == 0 {
		return v.wholeDigest(v.Explanation)
	}
	var room [1 << 10]byte
	b := room[:0]
	for _, n := range [...]int64{v.Frame, int64(v.AsOf), int64(v.ExpiresOn)} {
		b = append(strconv.AppendInt(b, n, 10), ':')
	}
	if v.Score != nil {
		b = strconv.AppendInt(b, *v.Score, 10)
	}
	for _, s := range [...]string{v.Rulebook, v.Version, v.Scheme, v.Code, v.Reason} {
		b = append(append(strconv.AppendInt(append(b, ':'), int64(len(s)), 10), ':'), s...)
	}
	sum := sha256.Sum256(append(append(b, ':'), v.Explanation...))
	return base64.RawURLEncoding.EncodeToString(sum[:digestBytes])
}

// wholeDigest is the digest of a verdict whose explanation is kept whole: what releases before 0.2.0 wrote is known by it.
func (v *Verdict) wholeDigest(explanation []byte) string {
	score := ""
	if v.Score != nil {
		score = strconv.FormatInt(*v.Score, 10)
	}
	var b []byte
	for _, s := range [...]string{v.Rulebook, v.Version, v.Scheme, v.AsOf.String(), v.Code, v.Reason, score, v.ExpiresOn.String()} {
		b = append(append(strconv.AppendInt(b, int64(len(s)), 10), ':'), s...)
	}
	sum := sha256.Sum256(append(b, explanation...))
	return hex.EncodeToString(sum[:])
}

// direction compares two codes of one scheme by their positions; to or from nothing is neither up nor down.
func direction(old, now Standing) int {
	switch {
	case old.Code == "" || now.Code == "" || old.Position == now.Position:
		return 0
	case now.Position < old.Position:
		return 1
	}
	return -1
}

// FormatScore gives millionths as a plain decimal without needless zeros: 97500000 is "97.5".
func FormatScore(micro *int64) string {
	if micro == nil {
		return ""
	}
	n, sign := *micro, ""
	if n < 0 {
		n, sign = -n, "-"
	}
	text := sign + strconv.FormatInt(n/1_000_000, 10)
	if frac := n % 1_000_000; frac != 0 {
		digits := strconv.FormatInt(frac+1_000_000, 10)[1:]
		text += "." + strings.TrimRight(digits, "0")
	}
	return text
}

// verdictOf turns what the engine said into a row without its id.
func verdictOf(run *Run, customerID int64, position int, v rule.Verdict, frame int64, explanation []byte) Verdict {
	out := Verdict{
		CustomerID: customerID, RunID: run.ID, Rulebook: run.Rulebook, Version: run.Version, Scheme: run.Scheme, AsOf: run.AsOf,
		Origin: OriginComputed, Code: v.Code, Position: position, Reason: v.Reason, ExpiresOn: v.ExpiresOn, Frame: frame, Explanation: explanation,
	}
	if v.HasScore {
		score := v.ScoreMicro
		out.Score = &score
	}
	out.Digest = out.digestOf()
	return out
}

// uncount takes out what a run before had counted about one customer.
func (t *Tally) uncount(h head) {
	if h.reason == reasonNotInScope {
		return
	}
	t.InScope--
	if h.code == "" {
		t.WithoutVerdict--
		return
	}
	t.Graded--
	if t.Counts[h.code]--; t.Counts[h.code] == 0 {
		delete(t.Counts, h.code)
	}
}

// count adds one judged customer to the tally.
func (t *Tally) count(v *Verdict) {
	t.InScope++
	if v.Code == "" {
		t.WithoutVerdict++
		return
	}
	t.Graded++
	if t.Counts == nil {
		t.Counts = map[string]int64{}
	}
	t.Counts[v.Code]++
}
