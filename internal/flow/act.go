package flow

import "slices"

// The kinds of acts.
const (
	ActBegin    = "begin"
	ActFill     = "fill"
	ActDecide   = "decide"
	ActAnswer   = "answer"
	ActReturn   = "return"
	ActAddSign  = "add_sign"
	ActDelegate = "delegate"
	ActClaim    = "claim"
	ActUnclaim  = "unclaim"
	ActAssign   = "assign"
	ActSkip     = "skip"
	ActComment  = "comment"
	ActAttach   = "attach"
	ActLink     = "link"
	ActPause    = "pause"
	ActResume   = "resume"
	ActExtend   = "extend"
	ActWithdraw = "withdraw"
	ActReopen   = "reopen"
	// ActTick is time passing: alarms, and the end of a pause. Only Tick does it.
	ActTick = "tick"
)

// The decisions.
const (
	Agree  = "agree"
	Reject = "reject"
)

// Act is what somebody wants to do. Kind and By are always given; the other members as the kind needs them.
type Act struct {
	Kind string `json:"kind"`
	// By is who acts; For is the absent person By stands in for, 0 when By acts for himself.
	By  int64 `json:"by"`
	For int64 `json:"for,omitempty"`
	// Manage is true when By has the right to manage procedures: assign, skip, and doing for others what is theirs to do
	// Rule: the regulation itself asks for it; By may then be 0.
	Rule bool `json:"rule,omitempty"`
	// except filling, deciding and answering.
	Manage bool `json:"manage,omitempty"`
	// Seat is the seat acted in: fill, decide, answer, return, add_sign, delegate, claim, unclaim, assign, skip. 0 is the
	// one open seat that fits, when there is just one.
	Seat int `json:"seat,omitempty"`
	// Answers of the form: fill, decide, answer.
	Answers Answers `json:"answers,omitempty"`
	// Decision: decide.
	Decision string `json:"decision,omitempty"`
	// Reason is compulsory for a rejection, return, skip, pause, extend, withdraw and reopen; of decide it is the opinion.
	Reason string `json:"reason,omitempty"`
	// To is the step to return to.
	To string `json:"to,omitempty"`
	// Person is whom to add, delegate to or assign.
	Person int64 `json:"person,omitempty"`
	// What is the key of the pause or of the extension.
	What string `json:"what,omitempty"`
}

// Beginning is how a case starts.
type Beginning struct {
	By int64 `json:"by,omitempty"` // 0: somebody from outside, through a public channel
	// Rule: the regulation itself asks for the case, whoever was the occasion; By may then be 0 and need not be one of those who may begin it.
	Rule    bool    `json:"rule,omitempty"`
	Channel string  `json:"channel,omitempty"`
	Answers Answers `json:"answers,omitempty"` // of the start form
	// Received is the moment the matter reached the organisation, from which the deadline counts; 0 is now.
	Received int64 `json:"received,omitempty"`
}

// table says which act is allowed in which status, and which statuses it may lead to.
var table = map[string]map[string][]string{
	Running: {
		ActFill: {Running, Ended}, ActDecide: {Running, Ended}, ActAnswer: {Running, Ended}, ActSkip: {Running, Ended},
		ActReturn: {Running}, ActAddSign: {Running}, ActDelegate: {Running}, ActClaim: {Running}, ActUnclaim: {Running},
		ActAssign: {Running}, ActComment: {Running}, ActAttach: {Running}, ActLink: {Running}, ActExtend: {Running},
		ActPause: {Paused}, ActWithdraw: {Withdrawn}, ActTick: {Running},
	},
	Paused: {
		ActResume: {Running}, ActWithdraw: {Withdrawn}, ActAssign: {Paused}, ActComment: {Paused}, ActAttach: {Paused},
		ActLink: {Paused}, ActTick: {Paused, Running},
	},
	Ended:     {ActReopen: {Running}, ActComment: {Ended}, ActAttach: {Ended}, ActLink: {Ended}, ActTick: {Ended}},
	Withdrawn: {ActReopen: {Running}, ActComment: {Withdrawn}, ActAttach: {Withdrawn}, ActLink: {Withdrawn}, ActTick: {Withdrawn}},
}

// Table says which statuses an act may lead to from a status; none when it is not allowed there.
func Table(status, act string) []string { return slices.Clone(table[status][act]) }

// Acts are all kinds of acts in the order of the list above, but begin and tick.
func Acts() []string {
	return []string{
		ActFill, ActDecide, ActAnswer, ActReturn, ActAddSign, ActDelegate, ActClaim, ActUnclaim, ActAssign, ActSkip,
		ActComment, ActAttach, ActLink, ActPause, ActResume, ActExtend, ActWithdraw, ActReopen,
	}
}
