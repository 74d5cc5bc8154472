// Package flow is the pure engine of procedures: what a case may do next, and what follows from an act. It does no I/O,
// reads no clock, and knows no person, table or rulebook text; package rule makes its definitions, package procedure
// keeps its cases.
//
// A Definition is a list of steps. A step is open for one or more seats (who must act); it is over when as many of them
// as it needs have acted, and leads to the next step, to several together, or to an end. Every case goes through
//
//	running ──reach an end──▶ ended ──reopen──▶ running
//	running ──pause──▶ paused ──resume──▶ running
//	paused ──longest pause over──▶ running
//	running, paused ──withdraw──▶ withdrawn ──reopen──▶ running
//
// and through nothing else (see Table).
//
// How it is used:
//
//	st, effects, err := flow.Begin(def, flow.Beginning{By: 7, Answers: answers}, env)
//	st, effects, err  = flow.Apply(def, st, flow.Act{Kind: flow.ActFill, By: 9, Seat: 1, Answers: answers}, env)
//	st, effects, err  = flow.Tick(def, st, env) // the same st and no effects when nothing was due
//	at               := flow.NextTick(def, st, env) // when Tick is next needed; 0: never
//	acts             := flow.May(def, st, person, 0, manage, env) // what somebody may do now
//
// State is plain data: keep it as JSON beside the definition it began with. It is never changed in place. Effects say what to
// write down and whom to tell; the caller keeps the history, gives numbers, turns records into facts, and answers the questions
// of Env: who fills a post, who stands in for whom, who is above whom.
//
// Who acts is decided when they act: a Seat keeps a Target (a person, or a post and the unit to look from), never a list of
// people. An absent person's substitute acts with Act.For. People named in the fields of Definition.Recuse cannot act; when
// they are all who could, the seat is raised to the nearest superior. A seat in which nobody can act is Stuck, with the ways
// out assign, skip, return and withdraw for whoever manages, or a new holder of the post.
//
// Time: a limit in days ends with the day; Clock.Due is the last microsecond in time. Alarms are given once each however late
// Tick comes, in the order of their moments; Apply lets time pass before the act. The moment of a state never goes back.
//
// Conditions read step.field, start.field (also by the start form's own key), step.decision (agree, reject), case.class,
// case.channel, case.kind, case.received, case.started, case.end, and whatever Env.Value knows (customer.*). In required_when
// a bare name is a field of the same form.
//
// Sound says what always holds of a state. Check finds what is wrong with a definition, Paths what it can do.
package flow
