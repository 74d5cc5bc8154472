package authz

import "slices"

// Permissions lists all of them, for the system actor, the rights page and the guard tests.
var Permissions = []Permission{
	CustomerRead, CustomerWrite, CustomerAssign, CustomerExport, CustomerArchive, FieldManage, FactRead, FactWrite,
	ImportRun, ImportRevert, RulebookRead, RulebookWrite, RulebookAdopt, GradingRead, GradingRun, GradingJudge, DutyRead, DutyDo, DutyWaive, DutyExport,
	MessageRead, MessageSend, MessageWrite,
	ProcedureStart, ProcedureRead, ProcedureManage, RegisterExport, ArticleRead, ArticleWrite, ArticlePublish, ViewShare, SegmentManage, RateManage, TrainingRead, TrainingManage, UserManage, AuditRead, SystemManage, Self,
}

// The roles that every installation has. Rulebooks map the posts of a regulation onto them.
const (
	RoleAdmin           = "admin"
	RoleDirector        = "director"
	RoleRegionalManager = "regional_manager"
	RoleCustomerManager = "customer_manager"
	RoleAuditor         = "auditor"
)

// Roles in the order in which they are offered.
var Roles = []Role{
	{RoleAdmin, grants(ReachAll, Permissions...)},
	{RoleDirector, grants(ReachAll, slices.DeleteFunc(slices.Clone(Permissions), func(p Permission) bool {
		return p == UserManage || p == SystemManage
	})...)},
	{RoleRegionalManager, merge(
		grants(ReachUnit, MessageRead, MessageSend, TrainingRead), grants(ReachAll, MessageWrite),
		grants(ReachUnit, CustomerRead, CustomerWrite, CustomerAssign, CustomerExport, FactRead, FactWrite, GradingRead, GradingJudge, DutyRead, DutyDo, DutyWaive, DutyExport, ProcedureStart, ProcedureRead),
		grants(ReachAll, RulebookRead, RegisterExport, ArticleRead, ArticleWrite, ArticlePublish, ViewShare, SegmentManage, ImportRun, Self),
	)},
	{RoleCustomerManager, merge(
		grants(ReachOwn, MessageRead, MessageSend),
		grants(ReachOwn, CustomerRead, CustomerWrite, FactRead, FactWrite, GradingRead, GradingJudge, DutyRead, DutyDo, DutyExport, ProcedureStart, ProcedureRead, ArticleWrite),
		grants(ReachAll, RulebookRead, RegisterExport, ArticleRead, Self),
	)},
	{RoleAuditor, grants(ReachAll, CustomerRead, FactRead, RulebookRead, GradingRead, DutyRead, ProcedureRead, ArticleRead, MessageRead, TrainingRead, AuditRead, Self)},
}

// GrantsOf joins the grants of several roles; their reaches add up. Unknown roles grant nothing.
func GrantsOf(names []string) map[Permission]Reach {
	out := map[Permission]Reach{}
	for _, r := range Roles {
		if slices.Contains(names, r.Name) {
			out = merge(out, r.Grants)
		}
	}
	return out
}

// KnownRole says whether a role exists.
func KnownRole(name string) bool {
	return slices.ContainsFunc(Roles, func(r Role) bool { return r.Name == name })
}

func grants(reach Reach, ps ...Permission) map[Permission]Reach {
	g := make(map[Permission]Reach, len(ps))
	for _, p := range ps {
		g[p] = reach
	}
	return g
}

func merge(maps ...map[Permission]Reach) map[Permission]Reach {
	out := map[Permission]Reach{}
	for _, m := range maps {
		for p, r := range m {
			out[p] = out[p].Join(r)
		}
	}
	return out
}
