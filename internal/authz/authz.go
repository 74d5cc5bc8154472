// Package authz answers who is acting, what they may do, and on whose customers. Default is deny.
// It owns permissions, roles and data scopes; it knows no table of any feature.
package authz

import (
	"context"

	"kezhi/internal/errs"
)

// Permission is one thing an operation may require.
type Permission string

// All permissions. Every operation of the API names one of them, or is public.
const (
	CustomerRead    Permission = "customer.read"
	CustomerWrite   Permission = "customer.write"
	CustomerAssign  Permission = "customer.assign"
	CustomerExport  Permission = "customer.export"
	CustomerArchive Permission = "customer.archive"
	FieldManage     Permission = "customer.fields"
	FactRead        Permission = "fact.read"
	FactWrite       Permission = "fact.write"
	ImportRun       Permission = "import.run"
	ImportRevert    Permission = "import.revert"
	RulebookRead    Permission = "rulebook.read"
	RulebookWrite   Permission = "rulebook.write"
	RulebookAdopt   Permission = "rulebook.adopt"
	GradingRead     Permission = "grading.read"
	GradingRun      Permission = "grading.run"
	GradingJudge    Permission = "grading.judge"
	DutyRead        Permission = "duty.read"
	DutyDo          Permission = "duty.do"
	DutyWaive       Permission = "duty.waive"
	DutyExport      Permission = "duty.export"
	ProcedureStart  Permission = "procedure.start"
	ProcedureRead   Permission = "procedure.read"
	ProcedureManage Permission = "procedure.manage"
	RegisterExport  Permission = "register.export"
	ArticleRead     Permission = "article.read"
	ArticleWrite    Permission = "article.write"
	ArticlePublish  Permission = "article.publish"
	MessageRead     Permission = "message.read"
	MessageSend     Permission = "message.send"
	MessageWrite    Permission = "message.write" // templates
	ViewShare       Permission = "view.share"
	SegmentManage   Permission = "segment.manage"
	RateManage      Permission = "rate.manage"
	TrainingRead    Permission = "training.read"   // who is trained
	TrainingManage  Permission = "training.manage" // courses and certificates
	UserManage      Permission = "user.manage"
	AuditRead       Permission = "audit.read"
	SystemManage    Permission = "system.manage"
	Self            Permission = "self" // one's own session, settings and jobs: everybody who is signed in
)

// Role is a named set of permissions with their reach.
type Role struct {
	Name   string
	Grants map[Permission]Reach
}

// Actor is who acts: a person, or the system itself (the command line on the machine, a job).
type Actor struct {
	UserID  int64 // 0 = the system
	Name    string
	Grants  map[Permission]Reach
	UnitIDs []int64 // the actor's unit and all below it
	Beyond  Beyond  // customers the actor comes to by other ways than owner and unit
	Address string  // where the request came from, for the audit
	Request string  // request id, for the audit
	Session string  // hash of the secret of the session, "" = a token or the system
}

type actorKey struct{}

// With puts the actor into the context; only httpapi, jobs and the command line call it.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// From gives the actor, if there is one.
func From(ctx context.Context) (Actor, bool) {
	a, ok := ctx.Value(actorKey{}).(Actor)
	return a, ok
}

// System is the actor of jobs and of the command line run by whoever holds the data folder.
func System(name string) Actor {
	g := make(map[Permission]Reach, len(Permissions))
	for _, p := range Permissions {
		g[p] = ReachAll
	}
	return Actor{Name: name, Grants: g}
}

// Require gives the actor when it holds the permission with any reach.
// Errors: auth.signed_out (Unauthenticated), auth.forbidden (Forbidden).
func Require(ctx context.Context, p Permission) (Actor, error) {
	a, ok := From(ctx)
	if !ok {
		return Actor{}, errs.New(errs.Unauthenticated, "auth.signed_out")
	}
	if a.Grants[p] == ReachNone {
		return Actor{}, errs.New(errs.Forbidden, "auth.forbidden", "permission", string(p))
	}
	return a, nil
}
