package public

import (
	"strings"
	"time"

	"golang.org/x/text/width"

	"kezhi/internal/calendar"
	"kezhi/internal/codes"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
	"kezhi/internal/procedure"
	"kezhi/internal/throttle"
)

// Bounds of what a stranger may send.
const (
	MaxUpload = 8_000_000 // bytes of one file
	MaxFiles  = 5         // of one addition or one field of a form
	maxAdded  = 20        // additions to one case
	maxNumber = 60
)

// phoneField is the field of a start form that is filled with the phone the person is reached by.
const phoneField = "phone"

// Limits per quarter of an hour and per day. The address is that of a network, which many people may share.
const (
	quarter       = 15 * time.Minute
	day           = 24 * time.Hour
	mostAsked     = 240 // requests of any kind from one address
	mostMisses    = 15  // unknown number or wrong phone, from one address
	mostOfNumber  = 10  // the same, for one number from anywhere
	mostStarts    = 10
	mostStartsDay = 40
	mostFiles     = 20
	mostFilesDay  = 60
)

func asked(from string) throttle.Rule {
	return throttle.Rule{Key: "asked " + from, Most: mostAsked, Within: quarter}
}

// misses are the limits of tries that found nothing.
func misses(from, number string) []throttle.Rule {
	return []throttle.Rule{{Key: "missed " + from, Most: mostMisses, Within: quarter}, {Key: "number " + number, Most: mostOfNumber, Within: quarter}}
}

func starts(from string) []throttle.Rule {
	return []throttle.Rule{asked(from), {Key: "started " + from, Most: mostStarts, Within: quarter}, {Key: "started today " + from, Most: mostStartsDay, Within: day}}
}

func uploads(from string) []throttle.Rule {
	return []throttle.Rule{asked(from), {Key: "sent " + from, Most: mostFiles, Within: quarter}, {Key: "sent today " + from, Most: mostFilesDay, Within: day}}
}

// tooOften is the refusal of a limit; it tells nothing but how long to wait.
func tooOften(wait time.Duration) error {
	return errs.New(errs.RateLimited, "public.too_often", "minutes", int(wait.Minutes())+1)
}

// Key is what a customer follows a case by.
type Key struct {
	Number string // of the case, as on the receipt; case and width of letters do not matter
	Phone  string // in full, written as people write it
	From   string // address the request comes from
}

// tidy brings both into the form they are compared in. What is wrong with them does not depend on what exists.
func (k Key) tidy() (Key, error) {
	var v errs.Validation
	k.Number = tidyNumber(k.Number)
	v.Check(k.Number != "", "number", "field.required")
	v.Check(len([]rune(k.Number)) <= maxNumber, "number", "field.too_long", "max", maxNumber)
	k.Phone = tidyPhone(&v, k.Phone).E164
	k.From = throttle.Network(k.From)
	return k, v.Err()
}

func tidyNumber(text string) string {
	return strings.ToUpper(strings.Join(strings.Fields(width.Narrow.String(text)), ""))
}

// tidyPhone reads a phone number; an extension is none of a customer's key.
func tidyPhone(v *errs.Validation, text string) codes.Phone {
	if strings.TrimSpace(text) == "" {
		v.Check(false, "phone", "field.required")
		return codes.Phone{}
	}
	p, err := codes.ParsePhone(text)
	v.Check(err == nil, "phone", "phone.invalid", "text", short(text))
	return p
}

func short(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// Open is a procedure people from outside may begin, with what they are asked.
type Open struct {
	Rulebook, Procedure string
	Title, Form         flow.Text
	Fields              []flow.Field
}

func openOf(p *procedure.Startable) Open {
	fields, _ := procedure.OutsideFields(&p.Definition)
	o := Open{Rulebook: p.Edition.Rulebook, Procedure: p.Key, Title: p.Title, Form: p.FormOf(flow.StartForm).Title}
	for _, f := range fields {
		if f.Key != phoneField || f.Type != flow.FieldText {
			o.Fields = append(o.Fields, f)
		}
	}
	return o
}

// asksPhone says whether the form has a place for the phone.
func asksPhone(def *flow.Definition) bool {
	for _, f := range def.FormOf(flow.StartForm).Fields {
		if f.Key == phoneField && f.Type == flow.FieldText {
			return true
		}
	}
	return false
}

// StartInput is what a stranger begins a case with.
type StartInput struct {
	Rulebook, Procedure string
	Phone               string
	Answers             flow.Answers // files as handles
	Key                 string       // of the request, "" = not to be repeated
	From                string       // address the request comes from
}

// Receipt is what a stranger is given for a case.
type Receipt struct {
	Number   string
	Received calendar.Date
	Due      calendar.Date // None = no limit
}

// The stages of a case in plain words.
const (
	StageReceived  = "received" // nobody has begun
	StageInHand    = "in_hand"
	StageWaiting   = "waiting"  // the clocks stand
	StageAnswered  = "answered" // the answer was given; the case is being closed
	StageClosed    = "closed"
	StageWithdrawn = "withdrawn"
)

func stageOf(c *procedure.OutsideCase) string {
	switch {
	case c.Status == flow.Withdrawn:
		return StageWithdrawn
	case c.Status == flow.Ended:
		return StageClosed
	case c.Status == flow.Paused:
		return StageWaiting
	case c.Answered:
		return StageAnswered
	case c.Begun:
		return StageInHand
	}
	return StageReceived
}

// Rating is what a customer said of the answer.
type Rating struct {
	Score   int // 1 to 5
	Remark  string
	RatedAt int64
	Until   calendar.Date // the last day on which it may be corrected
}

// View is what a customer sees of a case.
type View struct {
	procedure.OutsideCase
	Stage   string
	Rating  *Rating
	MayAdd  bool
	MayRate bool
}

// entry is what this package keeps of a case.
type entry struct {
	caseID  int64
	phone   string
	added   int
	score   int
	remark  string
	ratedAt int64 // 0 = not rated
	fact    procedure.Rated
}
