package flow

import (
	"strings"

	"kezhi/internal/expr"
)

// Text is a name or a sentence in both languages of the product.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// Definition is one procedure of one version of a rulebook, compiled and checked. It never changes once made; a running
// case keeps the one it began with.
type Definition struct {
	Key    string `json:"key"`
	Title  Text   `json:"title"`
	Clause string `json:"clause,omitempty"`
	// Kind is the area the case belongs to: complaint, service, enquiry, suggestion, approval, review ...
	Kind string `json:"kind"`
	// About says what a case is about: customer, or "" when it needs no customer.
	About string `json:"about,omitempty"`
	// Number is the pattern of case numbers: TS-{year}{month}-{seq:4}; {seq} counts anew with each year or month named.
	Number string `json:"number"`
	Start  Start  `json:"start"`
	// Deadline bounds the whole case; nil when the regulation gives none.
	Deadline *Deadline `json:"deadline,omitempty"`
	// Extensions may be granted one after the other, each once: 15 days, then 30 with approval, then at most 30 more.
	Extensions []Extension `json:"extensions,omitempty"`
	Pauses     []Pause     `json:"pauses,omitempty"`
	// Recuse are form fields (step.field) of type person: whoever is named there may not act on the case.
	Recuse []string `json:"recuse,omitempty"`
	// Classes are the severity classes, the gravest first; empty when there are none.
	Classes []Class `json:"classes,omitempty"`
	Steps   []Step  `json:"steps"`
	Ends    []End   `json:"ends"`
	Forms   []Form  `json:"forms"`
	// Reopen says who may open an ended case again, and within which time; nil: nobody.
	Reopen *Reopen `json:"reopen,omitempty"`
	// First are conditions on the customer that put a case before all others, the first that holds counts most.
	First []Branch `json:"first,omitempty"`
	// GradeScheme is the scheme that customer.grade and the grades of an authority matrix mean; "" is the first one of the
	// same rulebook, or, where that grades nobody, of the rulebook in force that grades the customer.
	GradeScheme string `json:"grade_scheme,omitempty"`
	// Register makes the cases a register (来访登记): one line each, kept day by day; nil: they are none.
	Register *Register `json:"register,omitempty"`
}

// Register says how the cases of a procedure read as a register: a line has what the start form asks for.
type Register struct {
	// Left is the entry (step.field) of type time in which the leaving is noted; "" when nobody notes it.
	Left   string `json:"left,omitempty"`
	Clause string `json:"clause,omitempty"`
}

// LeftStep gives the step at which the leaving is noted, and the entry of its form; both are empty when nobody notes it.
func (r *Register) LeftStep() (step, field string) {
	if r == nil {
		return "", ""
	}
	step, field, _ = strings.Cut(r.Left, ".")
	return step, field
}

// Start says who may begin a case, how, and with which form.
type Start struct {
	By       []Who    `json:"by"`                 // empty: everybody who may start procedures
	Channels []string `json:"channels,omitempty"` // shop, phone, mail, email, web, visit ...; web makes it public
	Form     string   `json:"form,omitempty"`
	Clause   string   `json:"clause,omitempty"`
}

// Duration is a number of calendar days, working days or hours; exactly one of them is above 0.
type Duration struct {
	Days    int `json:"days,omitempty"`    // calendar days: ends with the day
	Working int `json:"working,omitempty"` // working days of the organisation's calendar: ends with the day
	Hours   int `json:"hours,omitempty"`   // running hours
}

// Deadline is a time limit with what happens before and after it.
type Deadline struct {
	// Within counts from the beginning of the case or step; none when On alone bounds it.
	Within Duration `json:"within"`
	// On names a compulsory date of the start form, step.field: the limit is the end of that day, or of Within where that is sooner.
	On     string `json:"on,omitempty"`
	Clause string `json:"clause,omitempty"`
	// Assumed is true when the text gives no figure.
	Assumed bool `json:"assumed,omitempty"`
	// Alarms tell people before the limit (Before true) or after it, in order of time.
	Alarms []Alarm `json:"alarms,omitempty"`
}

// Alarm tells somebody when a limit is near or passed.
type Alarm struct {
	Before bool     `json:"before,omitempty"`
	By     Duration `json:"by"`
	Tell   []Who    `json:"tell"`
}

// Extension is a further time that may be granted, with the step that approves it ("" = whoever may act on the case).
type Extension struct {
	Key     string   `json:"key"`
	Title   Text     `json:"title"`
	Add     Duration `json:"add"`
	Approve []Who    `json:"approve,omitempty"`
	Clause  string   `json:"clause,omitempty"`
}

// Pause is an allowed reason for stopping the clocks.
type Pause struct {
	Key    string    `json:"key"`
	Title  Text      `json:"title"`
	AtMost *Duration `json:"at_most,omitempty"`
	Clause string    `json:"clause,omitempty"`
}

// Class is a class of severity: which one holds is the first whose condition is true on the answers; the last has none.
type Class struct {
	Key   string          `json:"key"`
	Title Text            `json:"title"`
	When  *expr.Condition `json:"-"`
	// WhenText is the condition as written.
	WhenText string `json:"when,omitempty"`
	// Tell are told at once when a case enters the class.
	Tell   []Who  `json:"tell,omitempty"`
	Clause string `json:"clause,omitempty"`
}

// Reopen says who may open an ended case again.
type Reopen struct {
	By     []Who     `json:"by"`
	Within *Duration `json:"within,omitempty"`
	To     string    `json:"to"` // step it goes on with
}

// What a step asks for.
const (
	DoFill   = "fill"   // fill the form
	DoDecide = "decide" // agree or reject, with an opinion; the form is filled along with it
	DoAnswer = "answer" // tell the customer, in writing or orally; the form holds the text
)

// How many seats of a step must act.
const (
	NeedAll     = "all"      // every seat, in any order; one rejection rejects
	NeedAny     = "any"      // the first one decides
	NeedInOrder = "in_order" // every seat, one after the other; one rejection rejects
	NeedQuorum  = "quorum"   // Quorum agreements; rejected once they can no longer be reached
)

// Step is one thing somebody must do.
type Step struct {
	Key    string `json:"key"`
	Title  Text   `json:"title"`
	Clause string `json:"clause,omitempty"`
	Do     string `json:"do"`
	// Seats says who acts: one seat for each entry; a Who with Each makes a seat for each department named.
	Seats  []Who  `json:"seats,omitempty"`
	Need   string `json:"need,omitempty"`
	Quorum int    `json:"quorum,omitempty"`
	Form   string `json:"form,omitempty"`
	// Deadline bounds the step (each seat of it when in order).
	Deadline *Deadline `json:"deadline,omitempty"`
	// Together makes this a composite: the steps named are open at once; it is over when all of them are (Need all), or as
	// many as Quorum. A step named here has no Next of its own and stands in no other list.
	Together []string `json:"together,omitempty"`
	// Next are the ways on, the first whose condition holds; the last has none.
	Next []Branch `json:"next,omitempty"`
	// Rejected is where a rejection leads: a step (earlier or later) or an end.
	Rejected string `json:"rejected,omitempty"`
	// Skip leaves the step out when it holds (an approval only for grade A).
	Skip     *expr.Condition `json:"-"`
	SkipText string          `json:"skip,omitempty"`
}

// Branch leads somewhere when its condition holds.
type Branch struct {
	When     *expr.Condition `json:"-"`
	WhenText string          `json:"when,omitempty"`
	To       string          `json:"to,omitempty"`
	Clause   string          `json:"clause,omitempty"`
}

// Who says who acts, in the words of the regulation.
type Who struct {
	// Post is a post of the rulebook, or owner (the customer's), starter (of the case), or "" with Actor or Field.
	Post string `json:"post,omitempty"`
	// Near says from which unit the nearest holder of the post is looked for, upwards: customer (default), starter, or a
	// field (step.field) of type department.
	Near string `json:"near,omitempty"`
	// Actor is a step: whoever acted there.
	Actor string `json:"actor,omitempty"`
	// Field is a form field (step.field) of type person.
	Field string `json:"field,omitempty"`
	// Each makes a seat for every department in the field Near, which may hold several.
	Each bool `json:"each,omitempty"`
	// Authority chooses the post by amount and grade; the other fields are then empty, but Near.
	Authority *Authority `json:"authority,omitempty"`
}

// Authority is an authority matrix: the first row that fits says who decides.
type Authority struct {
	Key    string         `json:"key"`
	Amount string         `json:"amount,omitempty"` // form field (step.field) of type money or number
	Rows   []AuthorityRow `json:"rows"`
}

// AuthorityRow is one row: amounts up to UpTo ("" = any), grades named (none = any), and the post.
type AuthorityRow struct {
	UpTo   string   `json:"up_to,omitempty"` // decimal, included
	Grades []string `json:"grades,omitempty"`
	Post   string   `json:"post"`
	Clause string   `json:"clause,omitempty"`
}

// End is a way a case ends.
type End struct {
	Key    string `json:"key"`
	Title  Text   `json:"title"`
	Clause string `json:"clause,omitempty"`
	// Good is true for a fulfilled request or a kept promise: what an approval needs to take effect.
	Good bool `json:"good"`
	// Record is the fact that the end makes of the case; nil: none.
	Record *Record `json:"record,omitempty"`
}

// Record says which fact an ended case becomes: its kind, and its fields from answers (step.field) or case.* values.
type Record struct {
	Fact  string            `json:"fact"`
	Attrs map[string]string `json:"attrs,omitempty"`
}

// Kinds of form fields.
const (
	FieldText       = "text"
	FieldLong       = "long_text"
	FieldNumber     = "number"
	FieldMoney      = "money"
	FieldDate       = "date"
	FieldTime       = "time"
	FieldYesNo      = "yes_no"
	FieldChoice     = "choice"
	FieldChoices    = "choices"
	FieldPerson     = "person"
	FieldDepartment = "department"
	FieldCustomer   = "customer"
	FieldFile       = "file"
	FieldList       = "list"     // a table of rows with the columns in Fields
	FieldComputed   = "computed" // shown, not typed: case.*, customer.*, a measure or grade
)

// Form is a form of the regulation: 投诉记录卡, 投诉调查报告.
type Form struct {
	Key    string  `json:"key"`
	Title  Text    `json:"title"`
	Number string  `json:"number,omitempty"` // pattern of its own numbers, like Definition.Number
	Clause string  `json:"clause,omitempty"`
	Fields []Field `json:"fields"`
	// Layout is how it is printed: form (default), letter (an answer to the customer) or table.
	Layout string `json:"layout,omitempty"`
	Text   Text   `json:"text"` // of a letter: the template, with {step.field}, {customer.name}, {case.number}
}

// Field is one entry of a form.
type Field struct {
	Key      string `json:"key"`
	Title    Text   `json:"title"`
	Type     string `json:"type"`
	Required bool   `json:"required,omitempty"`
	// RequiredWhen makes it compulsory when it holds on the answers of the form.
	RequiredWhen     *expr.Condition `json:"-"`
	RequiredWhenText string          `json:"required_when,omitempty"`
	Options          []Option        `json:"options,omitempty"`
	Min              string          `json:"min,omitempty"`  // number, money: decimal; date: civil date
	Max              string          `json:"max,omitempty"`  // text: characters
	Unit             string          `json:"unit,omitempty"` // currency of money, unit of a number
	From             string          `json:"from,omitempty"` // of a computed field, and the first value of others: case.received_at, customer.name
	Many             bool            `json:"many,omitempty"` // several files, people or departments
	Fields           []Field         `json:"fields,omitempty"`
	Hint             Text            `json:"hint"`
	Clause           string          `json:"clause,omitempty"`
	Staff            bool            `json:"staff,omitempty"` // for the people of the organisation only: never asked for or shown on the public pages
}

// Option is one answer of a choice.
type Option struct {
	Key   string `json:"key"`
	Title Text   `json:"title"`
}
