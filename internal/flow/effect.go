package flow

// The kinds of effects.
const (
	// A seat opened (Seat, Step, Target, Due), and one is over (Seat, Step, How).
	EffectOpened = "opened"
	EffectClosed = "closed"
	// The seat changed hands or was claimed (Seat, Step, Target, Person).
	EffectMoved = "moved"
	// A form was filled (Step, Form): the moment to give it its number.
	EffectFilled = "filled"
	// Alarms, each once: a limit is near, passed, or the longest pause is over (Step "" for the whole case, Tell, Due).
	EffectWarned    = "warned"
	EffectOverdue   = "overdue"
	EffectPauseOver = "pause_over"
	// Nobody can act in a seat (Seat, Step); somebody can again; a superior acts for a barred holder (Target).
	EffectStuck   = "stuck"
	EffectUnstuck = "unstuck"
	EffectRaised  = "raised"
	// The case entered a class (What, Tell).
	EffectClass = "class"
	// An extension was asked for, granted (Due is the new limit) or refused (What).
	EffectAsked   = "asked"
	EffectGranted = "granted"
	EffectRefused = "refused"
	// The clocks stand, and run again (What; Due is the new limit of the case).
	EffectPaused  = "paused"
	EffectResumed = "resumed"
	// The case is over (End; "" when withdrawn), open again (Step), or made a fact (Record, Attrs).
	EffectEnded     = "ended"
	EffectWithdrawn = "withdrawn"
	EffectReopened  = "reopened"
	EffectRecorded  = "recorded"
	// A limit runs into a year whose holidays are not published (Year).
	EffectUncertain = "uncertain"
)

// Effect is something that followed from an act or from time, for the caller to write down and to tell.
type Effect struct {
	Kind string `json:"kind"`
	At   int64  `json:"at"`
	Step string `json:"step,omitempty"`
	Seat int    `json:"seat,omitempty"`
	Target
	// How a seat closed: done, skipped or dropped.
	How string `json:"how,omitempty"`
	// Due is the last moment in time of the limit in question, 0 when there is none.
	Due int64 `json:"due,omitempty"`
	// Tell are those to be told; for an alarm without a list, those who must act.
	Tell []Target `json:"tell,omitempty"`
	// What is the key of a class, pause or extension.
	What string `json:"what,omitempty"`
	End  string `json:"end,omitempty"`
	Form string `json:"form,omitempty"`
	// Fact and Attrs are the record an end makes.
	Fact  string  `json:"fact,omitempty"`
	Attrs Answers `json:"attrs,omitempty"`
	Year  int     `json:"year,omitempty"`
}
