package flow

import "slices"

// The statuses of a case.
const (
	Running   = "running"
	Paused    = "paused"
	Ended     = "ended"
	Withdrawn = "withdrawn"
)

// Statuses gives every status a case can have.
func Statuses() []string { return []string{Running, Paused, Ended, Withdrawn} }

// StartForm is the key under which the answers of the start form are kept and read.
const StartForm = "start"

// State is where a case stands: all that the next act depends on, and nothing else; the history is kept elsewhere. It is
// plain data and survives JSON. Moments are microseconds since 1970 UTC, people and units are ids. A State is never
// changed once made: Begin, Apply and Tick give a new one.
type State struct {
	Status string `json:"status"`
	// Turn counts the acts accepted, Begin being the first; it never goes back.
	Turn int `json:"turn"`
	// At is the latest moment the case has seen. A clock that jumps back is not followed.
	At int64 `json:"at"`
	// Channel, Started, Received and Starter say how the case began; Starter is 0 for somebody from outside.
	Channel  string `json:"channel,omitempty"`
	Started  int64  `json:"started"`
	Received int64  `json:"received"`
	Starter  int64  `json:"starter,omitempty"`
	// Class is the class of severity, "" when the procedure has none.
	Class string `json:"class,omitempty"`
	// First is above 0 when the customer puts the case before others; the higher, the earlier.
	First int `json:"first,omitempty"`
	// End is the end reached, and Over the moment the case ended or was withdrawn; both empty while it is open.
	End  string `json:"end,omitempty"`
	Over int64  `json:"over,omitempty"`
	// Clock is the deadline of the whole case, nil without one.
	Clock *Clock `json:"clock,omitempty"`
	// Open are the open steps, a composite before its members; empty exactly when the case is over.
	Open []Open `json:"open,omitempty"`
	// Asked are the seats that must approve an extension asked for; they belong to no step.
	Asked     []Seat           `json:"asked,omitempty"`
	AskedFor  string           `json:"asked_for,omitempty"`
	Extended  []string         `json:"extended,omitempty"` // keys granted, in order
	Pause     *Pausing         `json:"pause,omitempty"`
	PauseUsed map[string]int64 `json:"pause_used,omitempty"` // by reason, in the unit of its limit (hours: microseconds)
	// Steps holds, for each step reached so far and for the start form, what was answered last and who acted.
	Steps map[string]*Past `json:"steps"`
	// Seats and Visits count what was made so far; the next seat has the number Seats+1.
	Seats  int `json:"seats"`
	Visits int `json:"visits"`
	// Warnings are codes of what makes the dates of this case uncertain: case.calendar_unknown.
	Warnings []Warning `json:"warnings,omitempty"`
}

// Warning is something a reader of the case must know: a code with a sentence, and the year it is about.
type Warning struct {
	Code string `json:"code"`
	Year int    `json:"year,omitempty"`
}

// Open is a step that is open. A composite has no seats; its members are open beside it and name it as Within.
type Open struct {
	Step   string `json:"step"`
	Visit  int    `json:"visit"`
	Since  int64  `json:"since"`
	Within string `json:"within,omitempty"`
	// Members are the steps of a composite that were not left out.
	Members []string `json:"members,omitempty"`
	Clock   *Clock   `json:"clock,omitempty"`
	Seats   []Seat   `json:"seats,omitempty"`
}

// What a seat is for.
const (
	SeatStep   = ""       // what the step asks for
	SeatSign   = "sign"   // an added signature
	SeatExtend = "extend" // approval of an extension
)

// How a seat stands.
const (
	SeatWaiting = "waiting" // its turn has not come (in order)
	SeatOpen    = "open"
	SeatDone    = "done"
	SeatSkipped = "skipped"
	SeatDropped = "dropped" // no longer needed: another decided, the step was left, the case is over
)

// Target says who may act: a person, or whoever holds a post, looked for from the unit upwards. An empty target is a seat
// for which the regulation names nobody in this case.
type Target struct {
	Post   string `json:"post,omitempty"`
	Unit   int64  `json:"unit,omitempty"` // 0 with the post owner, and when there is no unit to look from
	Person int64  `json:"person,omitempty"`
}

// Seat is one person who must act. Who that is, is decided when somebody looks or acts, because people change.
type Seat struct {
	ID int `json:"id"` // from 1, unique within the case
	Target
	Kind    string `json:"kind,omitempty"`
	Status  string `json:"status"`
	Opened  int64  `json:"opened,omitempty"`
	Claimed int64  `json:"claimed,omitempty"` // who has taken it from the others who might act
	// AddedBy is who asked for the added signature or the extension, or delegated or assigned the seat.
	AddedBy int64 `json:"added_by,omitempty"`
	// Stuck is true while nobody can act; Raised when the holder is barred and a superior acts instead.
	Stuck    bool   `json:"stuck,omitempty"`
	Raised   bool   `json:"raised,omitempty"`
	Decision string `json:"decision,omitempty"`
	By       int64  `json:"by,omitempty"`
}

// Past is what is known of a step (or of the start form) from its last visit. Answers stay when it is visited again,
// until they are given anew.
type Past struct {
	Visits   int     `json:"visits"`
	Decision string  `json:"decision,omitempty"`
	Answers  Answers `json:"answers,omitempty"`
	Done     []Done  `json:"done,omitempty"`
}

// Done is one seat that has acted in the last visit of a step.
type Done struct {
	Seat     int     `json:"seat"`
	At       int64   `json:"at"`
	By       int64   `json:"by"`
	For      int64   `json:"for,omitempty"`
	Unit     int64   `json:"unit,omitempty"`
	Decision string  `json:"decision,omitempty"`
	Reason   string  `json:"reason,omitempty"`
	Answers  Answers `json:"answers,omitempty"`
}

// The units a clock runs in.
const (
	UnitDays    = "days"    // calendar days, ends with the day
	UnitWorking = "working" // working days, ends with the day
	UnitHours   = "hours"
)

// Clock is a running time limit.
type Clock struct {
	From int64  `json:"from"`
	Due  int64  `json:"due"` // the last moment that is in time
	Unit string `json:"unit"`
	// Given are the alarms given since the limit was last set, by their place in the deadline; -1 is the lateness itself.
	Given []int `json:"given,omitempty"`
}

// Pausing says why and since when the clocks stand, and the last moment of it (0: no limit).
type Pausing struct {
	Key   string `json:"key"`
	Since int64  `json:"since"`
	Until int64  `json:"until,omitempty"`
	By    int64  `json:"by,omitempty"`
}

// IsOver says whether the case has ended or was withdrawn.
func (s *State) IsOver() bool { return s.Status == Ended || s.Status == Withdrawn }

// OpenSeats gives the seats in which somebody may act now, in order of their numbers, and the step of each ("" for the
// approval of an extension).
func (s *State) OpenSeats() []SeatOf {
	var out []SeatOf
	for i := range s.Open {
		for j := range s.Open[i].Seats {
			if s.Open[i].Seats[j].Status == SeatOpen {
				out = append(out, SeatOf{Step: s.Open[i].Step, Seat: s.Open[i].Seats[j], Clock: s.Open[i].Clock})
			}
		}
	}
	for _, seat := range s.Asked {
		if seat.Status == SeatOpen {
			out = append(out, SeatOf{Seat: seat})
		}
	}
	slices.SortFunc(out, func(a, b SeatOf) int { return a.ID - b.ID })
	return out
}

// SeatOf is a seat with the step it belongs to and the clock that runs for it (nil: none).
type SeatOf struct {
	Seat
	Step  string
	Clock *Clock
}

// Stuck says whether somebody must act whom nobody can be.
func (s *State) Stuck() bool {
	return slices.ContainsFunc(s.OpenSeats(), func(o SeatOf) bool { return o.Seat.Stuck })
}

// Clone gives a copy that shares nothing with the original.
func (s *State) Clone() *State {
	c := *s
	c.Clock = s.Clock.clone()
	c.Open = slices.Clone(s.Open)
	for i := range c.Open {
		c.Open[i].Clock = s.Open[i].Clock.clone()
		c.Open[i].Members = slices.Clone(s.Open[i].Members)
		c.Open[i].Seats = slices.Clone(s.Open[i].Seats)
	}
	c.Asked = slices.Clone(s.Asked)
	c.Extended = slices.Clone(s.Extended)
	if s.Pause != nil {
		c.Pause = new(*s.Pause)
	}
	if s.PauseUsed != nil {
		c.PauseUsed = make(map[string]int64, len(s.PauseUsed))
		for k, v := range s.PauseUsed {
			c.PauseUsed[k] = v
		}
	}
	c.Steps = make(map[string]*Past, len(s.Steps))
	for k, p := range s.Steps {
		c.Steps[k] = p.clone()
	}
	c.Warnings = slices.Clone(s.Warnings)
	return &c
}

func (c *Clock) clone() *Clock {
	if c == nil {
		return nil
	}
	out := *c
	out.Given = slices.Clone(c.Given)
	return &out
}

func (p *Past) clone() *Past {
	if p == nil {
		return nil
	}
	out := *p
	out.Answers = p.Answers.clone()
	out.Done = slices.Clone(p.Done)
	for i := range out.Done {
		out.Done[i].Answers = out.Done[i].Answers.clone()
	}
	return &out
}

// past gives what is known of a step, making room for it.
func (s *State) past(step string) *Past {
	p := s.Steps[step]
	if p == nil {
		p = &Past{}
		s.Steps[step] = p
	}
	return p
}

// open gives the open step of a key, nil when it is not open.
func (s *State) open(step string) *Open {
	for i := range s.Open {
		if s.Open[i].Step == step {
			return &s.Open[i]
		}
	}
	return nil
}

// seat finds an open or waiting seat by its number, with its open step (nil for the approval of an extension).
func (s *State) seat(n int) (*Seat, *Open) {
	for i := range s.Open {
		for j := range s.Open[i].Seats {
			if s.Open[i].Seats[j].ID == n {
				return &s.Open[i].Seats[j], &s.Open[i]
			}
		}
	}
	for i := range s.Asked {
		if s.Asked[i].ID == n {
			return &s.Asked[i], nil
		}
	}
	return nil, nil
}
