package leaks

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// A path takes its parameters from the rows of a table; the longest beginning that fits is used. Columns stand in the order of the parameters; a text in quotes stands for itself.
// A new path whose ids cannot be guessed fails the test until a line is added here.
var sources = []struct{ path, table, columns string }{
	{"/absences/{}", "absence", "id"},
	{"/adoption-requests/{}", "adoption_request", "id"},
	{"/articles/{}", "article", "id"},
	{"/articles/{}/versions/{}", "article_version", "article_id no"},
	{"/case-imports/{}", "import", "id"},
	{"/cases/{}", "proc_case", "id"},
	{"/cases/{}/articles/{}", "article_case", "case_id article_id"},
	{"/cases/{}/forms/{}", "proc_case", "id 'start'"},
	{"/channels/{}", "", "'mail'"},
	{"/complaints/tables/{}", "complaint_table", "id"},
	{"/custom-fields/{}", "custom_field", "id"},
	{"/customers/bulk/{}", "bulk", "id"},
	{"/customers/{}", "customer", "id"},
	{"/customers/{}/contacts/{}", "contact", "customer_id id"},
	{"/customers/{}/grade-decisions/{}", "grade_decision", "customer_id id"},
	{"/customers/{}/proof/{}", "duty", "customer_id id"},
	{"/customers/{}/relations/{}", "relation", "customer_id id"},
	{"/customers/{}/shares/{}", "customer_share", "customer_id id"},
	{"/customers/{}/special-days/{}", "special_day", "customer_id id"},
	{"/customers/{}/special-terms/{}", "special_term", "customer_id id"},
	{"/customers/{}/team/{}", "customer_team", "customer_id id"},
	{"/duties/{}", "duty", "id"},
	{"/events/{}", "event", "id"},
	{"/files/{}", "file", "id"},
	{"/gifts/{}", "gift", "id"},
	{"/gradings/{}", "grading_run", "id"},
	{"/handovers/{}", "handover", "id"},
	{"/handovers/{}/things/{}", "handover", "id 'duty'"},
	{"/import-mappings/{}", "import_mapping", "id"},
	{"/imports/{}", "import", "id"},
	{"/imports/{}/rows/{}", "import_row", "import_id line"},
	{"/jobs/{}", "job", "id"},
	{"/me/passkeys/{}", "passkey", "id"},
	{"/me/sessions/{}", "login_session", "id"},
	{"/me/tokens/{}", "api_token", "id"},
	{"/message-templates/{}", "message_template", "id"},
	{"/messages/{}", "message", "id"},
	{"/ownership/areas/{}", "area_contract", "id"},
	{"/ownership/covers/{}", "absence", "id"},
	{"/ownership/pool/{}", "customer", "id"},
	{"/ownership/runs/{}", "owner_run", "id"},
	{"/posts/{}", "post_holder", "id"},
	{"/promises/{}", "promise", "id"},
	{"/public/articles/{}", "article", "id"},
	{"/public/invitations/{}", "", "'no-such-token'"},
	{"/public/messages/unsubscribe/{}", "", "'no-such-token'"},
	{"/registers/{}/{}", "", "'service-desk' 'visitor'"},
	{"/reviews/{}", "review", "id"},
	{"/roles/{}", "role", "id"},
	{"/reviews/{}/delegations/{}", "review_delegate", "review_id id"},
	{"/reviews/{}/export/{}", "review", "id 'lines'"},
	{"/reviews/{}/lines/{}", "review_line", "review_id customer_id"},
	{"/reviews/{}/lines/{}/forms/{}", "review_line", "review_id customer_id 'assessment'"},
	{"/reviews/{}/lines/{}/items/{}/files/{}", "review_file", "review_id customer_id item file_id"},
	{"/reviews/{}/results/{}", "review", "id 'a_list'"},
	{"/reviews/{}/results/{}/{}", "review_result", "review_id list customer_id"},
	{"/rulebook-drafts/{}", "rulebook_draft", "id"},
	{"/rulebooks/{}", "", "'complaint-handling'"},
	{"/rulebooks/{}/filings/{}", "report_filing", "rulebook file_id"},
	{"/rulebooks/{}/reports/{}", "", "'complaint-handling' 'complaint_statistics'"},
	{"/rulebooks/{}/reports/{}/filings/{}", "", "'complaint-handling' 'complaint_statistics' '2026-02-01'"},
	{"/rulebooks/{}/versions/{}", "rulebook_version", "rulebook version"},
	{"/segments/{}", "segment", "id"},
	{"/seminars/{}", "seminar", "id"},
	{"/seminars/{}/arrivals/{}", "seminar_invite", "seminar_id id"},
	{"/seminars/{}/costs/{}", "seminar_cost", "seminar_id id"},
	{"/seminars/{}/invitations/{}", "seminar_invite", "seminar_id id"},
	{"/session/provider/{}", "signon_provider", "id"},
	{"/settings/providers/{}", "signon_provider", "id"},
	{"/spot-checks/{}", "review_check", "id"},
	{"/spot-checks/{}/customers/{}", "review_check_item", "check_id customer_id"},
	{"/staff-imports/{}", "staff_import", "id"},
	{"/statements/{}", "service_statement", "id"},
	{"/system/jobs/{}", "job", "id"},
	{"/training/attempts/{}", "training_attempt", "id"},
	{"/training/certificates/{}", "training_certificate", "id"},
	{"/training/courses/{}", "training_course", "id"},
	{"/training/courses/{}/people/{}", "training_attempt", "course_id user_id"},
	{"/training/people/{}", "app_user", "id"},
	{"/units/{}", "unit", "id"},
	{"/users/{}", "app_user", "id"},
	{"/users/{}/sessions/{}", "login_session", "user_id id"},
	{"/users/{}/tokens/{}", "api_token", "user_id id"},
	{"/verdicts/{}/{}", "verdict", "customer_id id"},
	{"/views/{}", "saved_view", "id"},
	{"/visits/{}", "visit", "id"},
}

// sourceFor are the sources of operations that need a row of another kind than the rest of their path.
var sourceFor = map[string]struct{ table, columns string }{
	"dismiss-grade-proposal": {"grade_proposal", "customer_id"},
	"add-review-file":        {"review_line", "review_id customer_id 'a_profile' (SELECT~MAX(id)~FROM~file)"},
	"set-review-result":      {"review_line", "review_id 'a_list' customer_id"},
	"list-handover-things":   {"handover", "id 'duty'"},
}

// members are the names that inputs have for ids, in queries and bodies, with the tables the ids are of.
var members = map[string]string{
	"customer": "customer", "customers": "customer", "customer_id": "customer", "customer_ids": "customer", "ids": "customer", "add": "customer", "remove": "customer", "except": "customer",
	"contact_id": "contact", "duty": "duty", "duty_id": "duty", "duty_ids": "duty", "case_id": "proc_case", "file_id": "file", "files": "file", "fact_id": "fact",
	"user_id": "app_user", "owner_id": "app_user", "owner": "app_user", "due_owner": "app_user", "person_id": "colleague", "person": "colleague", "substitute_id": "colleague", "keeper_id": "app_user", "keeper": "app_user",
	"people": "colleague", "sees_to": "app_user", "for": "app_user", "whose": "app_user", "user": "app_user", "actor_id": "app_user",
	"unit": "unit", "unit_id": "unit", "due_unit": "unit", "parent_id": "unit", "department": "unit",
	"organiser_id": "app_user", "team": "colleague", "segment_id": "segment",
	"import_id": "import", "article_id": "article", "template_id": "message_template", "made_ref": "visit", "segment": "segment", "rest_id": "colleague", "ref": "handover",
}

// memberOf are members that mean something else in one operation.
var memberOf = map[string]string{
	"send-greetings template_id": "greeting_template",
	"create-relation other_id":   "customer", "update-relation other_id": "customer", "act-on-case other_id": "proc_case", "see-notices id": "proc_notice", "delegate-review to": "colleague", "enter-cover user_id": "colleague", "join-team user_id": "colleague", "appoint user_id": "colleague",
	"set-import-options unit": "", "create-course units": "unit", "change-course units": "unit", "create-segment unit": "", "update-segment unit": "", "preview-segment unit": "", "begin-review-meeting people": "", "change-review people": "",
	"judge-customers customer_id": "customer",
}

// tableOf gives the table that a member of an operation's input takes its ids from, "" when it is no id.
func tableOf(op *operation, name string) string {
	if table, ok := memberOf[op.ID+" "+name]; ok {
		return table
	}
	return members[name]
}

var parameter = regexp.MustCompile(`\{[^}]+\}`)

// sourceOf gives where the parameters of a path come from.
func sourceOf(op *operation) (table string, columns []string, ok bool) {
	if s, special := sourceFor[op.ID]; special {
		return s.table, strings.Fields(s.columns), true
	}
	path := parameter.ReplaceAllString(strings.TrimPrefix(op.Path, "/api/v1"), "{}")
	best := -1
	for i, s := range sources {
		if (path == s.path || strings.HasPrefix(path, s.path+"/")) && strings.Count(path, "{}") == strings.Count(s.path, "{}") && (best < 0 || len(s.path) > len(sources[best].path)) {
			best = i
		}
	}
	if best < 0 {
		return "", nil, false
	}
	return sources[best].table, strings.Fields(sources[best].columns), true
}

// pool gives rows to take ids from.
type pool struct {
	w     *world
	o     *others
	me    *person
	cache map[string][][]string
}

func newPool(w *world, o *others, me *person) *pool {
	return &pool{w: w, o: o, me: me, cache: map[string][][]string{}}
}

// rows gives up to n rows of a table: those that are hidden, or those that are not, first what is the person's own.
func (p *pool) rows(t testing.TB, table string, columns []string, hidden bool, n int) [][]string {
	t.Helper()
	return p.among(t, table, columns, hidden, "", n)
}

// among is rows of those that also meet a condition.
func (p *pool) among(t testing.TB, table string, columns []string, hidden bool, also string, n int) [][]string {
	t.Helper()
	if table == "" {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = strings.Trim(c, "'")
		}
		if hidden {
			return nil
		}
		return [][]string{row}
	}
	key := fmt.Sprint(table, columns, hidden, also)
	have, ok := p.cache[key]
	if !ok {
		have = p.load(t, table, columns, hidden, also)
		p.cache[key] = have
	}
	return have[:min(n, len(have))]
}

func (p *pool) load(t testing.TB, table string, columns []string, hidden bool, also string) [][]string {
	t.Helper()
	cond := p.o.cond[table]
	switch {
	case table == "app_user" && hidden:
		cond = "id <> " + p.me.text()
	case table == "colleague" && hidden:
		table, cond = "app_user", fmt.Sprintf("unit_id <> %d", p.me.unit)
	case table == "colleague":
		table, cond = "app_user", fmt.Sprintf("unit_id = %d AND id <> %d AND state = 'active'", p.me.unit, p.me.id)
	case table == "greeting_template":
		table, cond = "message_template", "purpose = 'greeting' AND archived_at IS NULL"
	case table == "unit" && hidden:
		cond = fmt.Sprintf("id <> %d", p.me.unit)
	case table == "unit":
		cond = fmt.Sprintf("id = %d", p.me.unit)
	case hidden && cond == "":
		return nil
	case cond == "":
		cond = "1=1"
	case !hidden:
		cond = "NOT (" + cond + ")"
	}
	if also != "" {
		cond = "(" + cond + ") AND " + also
	}
	texts := make([]string, len(columns))
	for i, c := range columns {
		texts[i] = "CAST(" + strings.ReplaceAll(c, "~", " ") + " AS TEXT)"
	}
	return p.w.query(t, "SELECT "+strings.Join(texts, ", ")+" FROM "+table+" WHERE "+cond+" ORDER BY "+p.first(table)+" DESC, 1 LIMIT 6", len(columns))
}

// first says which rows of a table come first: what is the person's, what is alive, what has most to it.
func (p *pool) first(table string) string {
	order := "CASE WHEN 1 = 1 THEN 0 END"
	if table == "customer" {
		order += ` + CASE WHEN archived_at IS NULL AND owner_id <> 0 THEN 4 ELSE 0 END + CASE WHEN id IN (SELECT customer_id FROM contact WHERE archived_at IS NULL AND phone <> '') THEN 1 ELSE 0 END
			+ CASE WHEN id IN (SELECT customer_id FROM duty WHERE state = 'open') THEN 1 ELSE 0 END`
	}
	for _, c := range p.o.tables[table] {
		switch c {
		case "owner_id", "user_id", "created_by", "person_id", "by_id", "rated_by", "opened_by", "recorded_by", "id":
			if c == "id" && table != "app_user" {
				continue
			}
			order += " + CASE WHEN " + c + " = " + p.me.text() + " THEN 1 ELSE 0 END"
		case "archived_at":
			if table != "customer" {
				order += " + CASE WHEN archived_at IS NULL THEN 1 ELSE 0 END"
			}
		case "state":
			order += " + CASE WHEN state IN ('open', 'planned', 'active', 'draft', 'checked', 'ready', 'queued') THEN 1 ELSE 0 END"
		}
	}
	return order
}
