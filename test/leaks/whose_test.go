package leaks

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/db"
)

// others says, for each table, which of its rows a person may not know of; it is what the second company has never had.
type others struct {
	tables map[string][]string // columns by table
	cond   map[string]string   // table -> condition; "" = everybody may know every row
}

// shared are the tables whose rows everybody who may read them at all may see whole, or nobody's answer shows: say of a new table
// whose its rows are, by a column customer_id, case_id or import_id, by a line in private, or here.
var shared = strings.Fields(`setting data_key schedule audit_head audit_entry event unit unit_term org_mark app_user user_role role role_grant custom_field customer_code customer_counter customer_kind
	fact_batch fact_mark fact_kind rulebook_version adoption rulebook_draft adoption_request rulebook_receipt report_filing grading_run segment
	explanation_frame exchange_rate post_holder proc_number seminar proc_desk review review_check article article_version article_tag
	article_review article_term owner_run area_contract message_template training_course training_edition goose_db_version
	signon_provider article_review article_term owner_run area_contract message_template goose_db_version
	other_case other_customer other_import other_bulk other_handover other_file`)

// private are the conditions of tables that say in a way of their own whose a row is. {me} is the person, {units} the units within reach.
var private = map[string]string{
	"customer":         "id IN (SELECT id FROM other_customer)",
	"proc_case":        "id IN (SELECT id FROM other_case)",
	"import":           "id IN (SELECT id FROM other_import)",
	"import_mapping":   "user_id <> {me}",
	"bulk":             "id IN (SELECT id FROM other_bulk)",
	"bulk_item":        "bulk_id IN (SELECT id FROM other_bulk)",
	"file":             "id IN (SELECT id FROM other_file)",
	"saved_view":       "user_id <> {me} AND shared = 0",
	"login_session":    "user_id <> {me}",
	"api_token":        "user_id <> {me}",
	"known_device":     "user_id <> {me}",
	"totp":             "user_id <> {me}",
	"passkey":          "user_id <> {me}",
	"signon_link":      "user_id <> {me}",
	"recovery_code":    "user_id <> {me}",
	"login_step":       "user_id <> {me}",
	"staff_import":     "created_by <> {me}",
	"seminar_cost":     "seminar_id IN (SELECT id FROM seminar WHERE organiser_id <> {me})",
	"job":              "created_by <> {me}",
	"handover":         "id IN (SELECT id FROM other_handover)",
	"handover_line":    "handover_id IN (SELECT id FROM other_handover)",
	"absence":          "user_id <> {me} AND substitute_id <> {me} AND user_id NOT IN (SELECT id FROM app_user WHERE unit_id IN ({units}))",
	"visit_request":    "user_id <> {me}",
	"proc_notice":      "user_id <> {me} AND code <> 'customer_shared'", // whoever shares a customer has the other one told
	"review_delegate":  "from_id <> {me} AND to_id <> {me}",
	"complaint_table":  "made_by <> {me}",
	"duty":             "customer_id IN (SELECT id FROM other_customer)",
	"relation":         "customer_id IN (SELECT id FROM other_customer) OR other_id IN (SELECT id FROM other_customer)",
	"customer_counter": "",
	"training_attempt": "user_id <> {me}",
	// Who looks after units knows who in them is trained.
	"training_certificate": "user_id <> {me} AND user_id NOT IN (SELECT id FROM app_user WHERE unit_id IN ({units}))",
}

// told are the tables by which somebody knows of a customer of somebody else: what is owed, done or decided by him.
var told = map[string]string{"duty": "owner_id", "visit": "owner_id", "promise": "owner_id", "phone_call": "by_id", "review_result": "owner_id"}

// hide works out what a person may not know of, and keeps it in tables of its own that both companies have.
func (w *world) hide(t testing.TB, p *person) *others {
	t.Helper()
	o := &others{tables: w.tables(t), cond: map[string]string{}}
	fill := strings.NewReplacer("{me}", fmt.Sprint(p.id), "{units}", p.unitList()).Replace
	covers := fill("(owner_id = {me} OR unit_id IN ({units}))")
	for _, name := range []string{"case", "customer", "import", "bulk", "handover", "file"} {
		w.exec(t, "CREATE TABLE other_"+name+" (id BIGINT PRIMARY KEY)")
	}
	w.exec(t,
		fill("INSERT INTO other_case SELECT id FROM proc_case WHERE NOT "+covers+" AND id NOT IN (SELECT case_id FROM proc_party WHERE user_id = {me})"),
		"INSERT INTO other_customer SELECT id FROM customer WHERE NOT "+covers+" AND id NOT IN (SELECT customer_id FROM proc_case WHERE id NOT IN (SELECT id FROM other_case))",
		fill("INSERT INTO other_import SELECT id FROM import WHERE created_by <> {me}"),
		fill("INSERT INTO other_bulk SELECT id FROM bulk WHERE created_by <> {me}"),
		fill("INSERT INTO other_handover SELECT id FROM handover WHERE person_id <> {me} AND unit_id NOT IN ({units}) AND id NOT IN (SELECT handover_id FROM handover_line WHERE to_id = {me})"),
	)
	for table, column := range told {
		w.exec(t, fill("DELETE FROM other_customer WHERE id IN (SELECT customer_id FROM "+table+" WHERE "+column+" = {me})"))
	}
	var unsaid []string
	for table, columns := range o.tables {
		cond, ok := private[table]
		switch {
		case ok:
			o.cond[table] = fill(cond)
		case slices.Contains(shared, table):
			o.cond[table] = ""
		case slices.Contains(columns, "customer_id"):
			o.cond[table] = "customer_id IN (SELECT id FROM other_customer)"
		case slices.Contains(columns, "case_id"):
			o.cond[table] = "case_id IN (SELECT id FROM other_case)"
		case slices.Contains(columns, "import_id"):
			o.cond[table] = "import_id IN (SELECT id FROM other_import)"
		default:
			unsaid = append(unsaid, table)
		}
	}
	if len(unsaid) > 0 {
		t.Fatalf("whose are the rows of %v? Say it in whose_test.go", unsaid)
	}
	w.exec(t, fill("INSERT INTO other_file SELECT id FROM file WHERE created_by <> {me}"))
	for table, columns := range o.tables {
		if slices.Contains(columns, "file_id") && o.cond[table] != "" {
			w.exec(t, "DELETE FROM other_file WHERE id IN (SELECT file_id FROM "+table+" WHERE NOT ("+o.cond[table]+"))")
		}
	}
	return o
}

func (p *person) text() string { return fmt.Sprint(p.id) }

func (p *person) unitList() string {
	if len(p.units) == 0 {
		return "-1"
	}
	texts := make([]string, len(p.units))
	for i, u := range p.units {
		texts[i] = fmt.Sprint(u)
	}
	return strings.Join(texts, ",")
}

// tables gives the columns of every table.
func (w *world) tables(t testing.TB) map[string][]string {
	t.Helper()
	sql := "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, p.cid"
	if w.DB.Dialect() == db.Postgres {
		sql = "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, ordinal_position"
	}
	out := map[string][]string{}
	for _, row := range w.query(t, sql, 2) {
		out[row[0]] = append(out[row[0]], row[1])
	}
	return out
}

// forget makes the second company: what the person may not know of never was.
func (w *world) forget(t testing.TB, o *others) {
	t.Helper()
	var all []string
	for table, cond := range o.cond {
		if cond != "" {
			all = append(all, "DELETE FROM "+table+" WHERE "+cond)
		}
	}
	slices.Sort(all)
	w.exec(t, all...)
}

// hidden gives the hidden rows of every table as texts, to see whether any has changed.
func (w *world) hidden(t testing.TB, o *others) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for table, cond := range o.cond {
		if cond == "" || table == "login_session" || table == "api_token" { // when they were last used is noted there
			continue
		}
		columns := o.tables[table]
		texts := make([]string, len(columns))
		for i, c := range columns {
			texts[i] = "COALESCE(CAST(" + c + " AS TEXT), '')"
		}
		for _, row := range w.query(t, "SELECT "+strings.Join(texts, ", ")+" FROM "+table+" WHERE "+cond, len(columns)) {
			out[table] = append(out[table], strings.Join(row, "|"))
		}
		slices.Sort(out[table])
	}
	return out
}
