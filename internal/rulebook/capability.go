package rulebook

import (
	"maps"
	"slices"
	"strings"

	"kezhi/internal/rule"
)

// Proof is a test that exercises something: its package folder below the repository and its name.
type Proof struct {
	Package string
	Test    string
}

// Capabilities are what the product itself does without anything in a rulebook; a clause names them with "by:" in
// clauses.md. Each is proved by a test; a guard test holds that the test exists.
var Capabilities = map[string]Proof{
	"customer_archive":   {"internal/customer", "TestCreateFillsInWhatIsMissingAndKeepsEverything"},
	"contacts":           {"internal/customer", "TestContacts"},
	"relations":          {"internal/customer", "TestRelationsAreSeenFromBothEndsButNotBeyondTheScope"},
	"custom_fields":      {"internal/customer", "TestCustomFields"},
	"one_owner":          {"internal/customer", "TestOwnersAreGivenOnlyWithinReach"},
	"owner_rules":        {"internal/ownership", "TestEveryCustomerGetsOneOwnerWithAReason"},
	"owner_pool":         {"internal/ownership", "TestThePoolHasLimits"},
	"owner_dedicated":    {"internal/ownership", "TestDedicatedOwnersAndHeadcount"},
	"owner_tracking":     {"internal/ownership", "TestTrackingCountsByDepartmentAndPerson"},
	"data_scope":         {"internal/customer", "TestScopeHidesTheCustomersOfOthersEverywhere"},
	"no_duplicates":      {"internal/customer", "TestDuplicatesAreRefusedAndOnlySoftOnesCanBeConfirmed"},
	"customer_search":    {"internal/customer", "TestSearchFindsWhatPeopleType"},
	"customer_lists":     {"internal/customer", "TestConditions"},
	"customer_export":    {"internal/customer", "TestExportHoldsTheScopeGuardsFormulasAndIsAudited"},
	"customer_import":    {"internal/importer", "TestCustomersAreCreatedUpdatedAndPutBack"},
	"fact_records":       {"internal/fact", "TestRecordReverseAndRead"},
	"timeline":           {"internal/record", "TestTimelineMergesEverythingOnce"},
	"change_log":         {"internal/audit", "TestEntriesCannotBeChangedOrRemoved"},
	"segments":           {"internal/segment", "TestADynamicSegmentHoldsThoseWhoMeetOneOfItsGroups"},
	"grading_of_all":     {"internal/grading", "TestEverybodyInScopeExactlyOnce"},
	"grade_history":      {"internal/grading", "TestStandingMovesForwardOnly"},
	"grade_explanation":  {"internal/grading", "TestExplainTellsClausesAndTheNextGrade"},
	"grading_right":      {"internal/grading", "TestOnlyWhoGradesAllMayGrade"},
	"duty_plan":          {"internal/duty", "TestPlanGivesEachCustomerItsDuties"},
	"duty_follows_grade": {"internal/duty", "TestChangedGradeDropsWhatIsAheadAndKeepsHistory"},
	"duty_evidence":      {"internal/duty", "TestEvidenceIsChecked"},
	"duty_overdue":       {"internal/duty", "TestDailyJobMarksAndExtends"},
	"duty_preview":       {"internal/duty", "TestWhatIsForeseenIsWhatIsPlanned"},
	"greetings":          {"internal/care", "TestGreetingsGoOutOnTheirDayAndKeepTheirDuties"},
	"messages":           {"internal/message", "TestAMessageGoesOutOnceAndBecomesAFact"},
	"knowledge_base":     {"internal/article", "TestLifeOfAnArticle"},
	"workbench":          {"internal/workbench", "TestWorkbenchShowsOnesOwn"},
	"rule_versions":      {"internal/rulebook", "TestAdoptionDates"},
	"rule_check":         {"internal/rulebook", "TestAdoptRefusesWhatIsNotSound"},
	"compliance_figures": {"internal/compliance", "TestEveryClauseIsCounted"},
	"backup_restore":     {"internal/backup", "TestRoundTripWhileWritesGoOn"},
	"adoption_approval":  {"internal/rulebook", "TestAdoptionRequests"},
	"reading_receipts":   {"internal/rulebook", "TestReceipts"},
	"review_records":     {"internal/review", "TestVersionsAreKeptAndClosingHasReasons"},
}

// sectionProofs are the parts of a rulebook that worked examples cannot exercise, because they are about the organisation
// and not about a customer's grade, with the tests that exercise what the product does with them.
var sectionProofs = map[string]Proof{
	"adopted_by":   {"internal/rulebook", "TestAdoptedByRole"},
	"capacity":     {"internal/duty", "TestNobodyHasMoreOnADayThanTheRulebookSays"},
	"indicators":   {"internal/compliance", "TestIndicators"},
	"reports":      {"internal/compliance", "TestReportsFallDueAndAreFiled"},
	"distribution": {"internal/rulebook", "TestReceipts"},
	"review":       {"internal/review", "TestAWholeCampaign"},
}

// unknownCapabilities reports what clauses.md names under "by:" and the product does not have.
func unknownCapabilities(clauses []rule.Clause) []rule.Problem {
	var out []rule.Problem
	known := strings.Join(slices.Sorted(maps.Keys(Capabilities)), ", ")
	for _, c := range clauses {
		for _, name := range c.By {
			if _, ok := Capabilities[name]; ok {
				continue
			}
			out = append(out, rule.Problem{
				Severity: rule.SeverityError, File: rule.FileClauses, Line: c.Line, Column: 1, Code: "clause.capability", Clause: c.Number,
				Message: rule.Text{Zh: "产品没有名为“" + name + "”的能力", En: "the product has no capability named " + name},
				Remedy:  rule.Text{Zh: "可用：" + known, En: "available: " + known},
			})
		}
	}
	return out
}
