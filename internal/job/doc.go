// Package job runs long work in the background: it is written in the caller's transaction, claimed with a lease, retried
// with growing pauses, reports progress, can be canceled, and goes on from its cursor after the process was killed.
//
//	waiting ──claim──▶ running ──ok──▶ done
//	   ▲                 │ ├──error, attempts left──▶ waiting (later)
//	   │                 │ ├──error, none left──────▶ failed
//	   └──lease ran out──┘ └──cancel requested──────▶ canceled
//
// A worker that lost its lease cannot save its cursor (Run.Save is fenced by the name of the claim), so two workers never
// both advance one job. A job that takes its process down again and again ends as failed (job.abandoned) when its attempts
// are used up; a graceful stop costs none.
//
// A job acts as the person who asked for it, with what that person might do at that moment; only what the program itself
// asks for (a schedule, a reaction to an event, the command line) has the rights of the system.
package job
