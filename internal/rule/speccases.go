package rule

import "reflect"

// casesSpec is cases.yaml: a list of worked examples.
type casesSpec struct {
	pos
	List []caseSpec
}

func (cs *casesSpec) readNode(d *decoder, n *node, path string) {
	cs.pos = n.pos
	if n.kind != nodeList {
		d.c.add("yaml.want_list", d.file, n.pos, "", FileCases)
		return
	}
	for i, item := range d.bounded(n.values, n, FileCases) {
		var one caseSpec
		d.value(item, reflect.ValueOf(&one), join(path, "case "+itoa(i+1)))
		switch {
		case one.Procedure.set() && !one.Received.set():
			d.c.add("yaml.missing_key", d.file, one.pos, "", "received", "case "+itoa(i+1))
		case !one.Procedure.set() && !one.AsOf.set():
			d.c.add("yaml.missing_key", d.file, one.pos, "", "as_of", "case "+itoa(i+1))
		}
		cs.List = append(cs.List, one)
	}
}

type caseSpec struct {
	pos
	Case     titleNode      `yaml:"case,required" doc:"What the example shows"`
	AsOf     word           `yaml:"as_of" doc:"YYYY-MM-DD; of an example of a grade"`
	Settings entries[word]  `yaml:"settings" doc:"Settings that differ from the defaults"`
	Rates    []rateSpec     `yaml:"rates" doc:"Exchange rates the company keeps, where the rulebook says rates: organisation"`
	Customer entries[words] `yaml:"customer" doc:"Fields of the customer"`
	Facts    []factCase     `yaml:"facts" doc:"Facts of the customer: [{order: {date: …, amount: …}}]"`
	Judged   entries[word]  `yaml:"judged" doc:"What people have judged"`
	Signed   entries[word]  `yaml:"signed" doc:"How the signatures for the grade that is signed for stand, by scheme: {dealer: yes}" enum:"yes|ended"`
	Previous entries[word]  `yaml:"previous" doc:"The grade before, by scheme: {dealer: A}"`
	Measures entries[word]  `yaml:"measures" doc:"Measures given directly instead of through facts"`
	Company  entries[word]  `yaml:"company" doc:"Totals of all customers in scope, by measure"`
	Others   []otherCase    `yaml:"others" doc:"The other customers of the company"`
	// Relations connect customers by their codes.
	Relations []relationCase `yaml:"relations" doc:"Relations between customers by their codes: [[self, subsidiary, C2]]; self is the customer of the example unless its code is written"`
	Expect    expectSpec     `yaml:"expect,required" doc:"What must come out"`
	// What follows belongs to examples of procedures.
	Procedure word                `yaml:"procedure" doc:"Procedure whose case the example runs, instead of a grade"`
	Received  word                `yaml:"received" doc:"When the case came in: YYYY-MM-DD, or with a time: 2026-03-02 09:30"`
	Channel   word                `yaml:"channel" doc:"How it came in"`
	By        word                `yaml:"by" doc:"Who begins it: a post, or somebody under people; outside for the public"`
	Start     entries[answerSpec] `yaml:"start" doc:"Answers of the form at the start"`
	People    entries[words]      `yaml:"people" doc:"People and the posts they hold: {wang: [store, legal@quality]}; a post nobody is named for is held by somebody named like the post"`
	Vacant    words               `yaml:"vacant" doc:"Posts nobody holds"`
	Away      entries[word]       `yaml:"away" doc:"Absent people and who stands in: {director: deputy}"`
	// What follows belongs to examples of owners; people and vacant say there who holds what.
	Graded entries[word] `yaml:"graded" doc:"Grades the customer has in schemes of other rulebooks: {dealer: A}"`
	Loads  entries[word] `yaml:"loads" doc:"How many customers people have already: {wang: 199}"`
	Areas  words         `yaml:"areas" doc:"Who has contracted the area of the customer: people, or unit:NAME"`
	Gone   words         `yaml:"gone" doc:"People who may not look after customers any more"`
	Acts   []actSpec     `yaml:"acts" doc:"What people do, in order"`
}

// actSpec is one act of an example.
type actSpec struct {
	pos
	After   word                `yaml:"after" doc:"Time that passes before it: P2D, PT4H"`
	At      word                `yaml:"at" doc:"Moment of it instead: 2026-03-05 17:30"`
	Step    word                `yaml:"step" doc:"Step it belongs to, where several are open"`
	By      word                `yaml:"by" doc:"Who acts; without it whoever may"`
	For     word                `yaml:"for" doc:"Absent person acted for"`
	Do      word                `yaml:"do" doc:"What is done; fill, decide and answer follow from their keys" enum:"fill|decide|answer|return|add_sign|delegate|claim|unclaim|assign|comment|pause|resume|extend|withdraw|reopen|skip|wait"`
	Fill    entries[answerSpec] `yaml:"fill" doc:"Answers of the form"`
	Decide  word                `yaml:"decide" doc:"Decision" enum:"agree|reject"`
	Answer  entries[answerSpec] `yaml:"answer" doc:"Answer to the customer: the entries of its form"`
	Reason  word                `yaml:"reason" doc:"Why"`
	To      word                `yaml:"to" doc:"Step to return to"`
	Person  word                `yaml:"person" doc:"Person to add, delegate to or assign"`
	What    word                `yaml:"what" doc:"Pause or extension"`
	Error   word                `yaml:"error" doc:"Code with which the act must be refused: act.recused"`
	Missing words               `yaml:"missing" doc:"Entries that must be reported as missing or wrong"`
}

// answerSpec is an answer as written: a value, several values, or rows.
type answerSpec struct {
	pos
	Values words
	Rows   []entries[answerSpec]
	many   bool
}

func (a *answerSpec) readNode(d *decoder, n *node, path string) {
	a.pos = n.pos
	if n.kind != nodeList {
		var w word
		w.readNode(d, n, path)
		a.Values = words{w}
		return
	}
	a.many = true
	for _, item := range d.bounded(n.values, n, path) {
		if item.kind == nodeMap {
			var row entries[answerSpec]
			row.readNode(d, item, path)
			a.Rows = append(a.Rows, row)
			continue
		}
		var w word
		w.readNode(d, item, path)
		a.Values = append(a.Values, w)
	}
}

// factCase is one fact, or a series: {order: {date: …, amount: …, repeat: 12, every: P1M}}.
type factCase struct {
	pos
	Kind   word
	Fields entries[word]
}

func (f *factCase) readNode(d *decoder, n *node, path string) {
	f.pos = n.pos
	if n.kind != nodeMap || len(n.keys) != 1 {
		d.c.add("case.fact_shape", d.file, n.pos, "")
		return
	}
	f.Kind = word{pos: n.keys[0].pos, S: n.keys[0].text}
	f.Fields.readNode(d, n.values[0], join(path, f.Kind.S))
}

type otherCase struct {
	pos
	Customer entries[words] `yaml:"customer" doc:"Fields of the other customer"`
	Facts    []factCase     `yaml:"facts" doc:"Facts of the other customer"`
	Measures entries[word]  `yaml:"measures" doc:"Measures given directly"`
	Repeat   word           `yaml:"repeat" doc:"How many such customers there are"`
}

type expectSpec struct {
	pos
	Scheme      word          `yaml:"scheme" doc:"Scheme the rest speaks of; the first one without it"`
	Grade       word          `yaml:"grade" doc:"Grade"`
	Grades      entries[word] `yaml:"grades" doc:"Grades by scheme; a reason where there is no grade: {importance: core, value: no_band}"`
	Held        word          `yaml:"held" doc:"Whether the grade was kept by the margin of hold" enum:"true|false"`
	Proposed    word          `yaml:"proposed" doc:"Better grade that waits for signatures; none"`
	Dormant     word          `yaml:"dormant" doc:"Whether the customer is dormant" enum:"true|false"`
	Reason      word          `yaml:"reason" doc:"Reason why there is no grade"`
	Score       word          `yaml:"score" doc:"Points"`
	Points      entries[word] `yaml:"points" doc:"Points by line"`
	Measures    entries[word] `yaml:"measures" doc:"Values of measures; none when there is no value"`
	InScope     word          `yaml:"in_scope" doc:"Whether the rulebook applies" enum:"true|false"`
	Provisional word          `yaml:"provisional" doc:"Whether the grade is provisional" enum:"true|false"`
	ExpiresOn   word          `yaml:"expires_on" doc:"YYYY-MM-DD"`
	Next        *nextSpec     `yaml:"next" doc:"The next better grade"`
	Duties      words         `yaml:"duties" doc:"Keys of the duties the grade brings"`
	DueBy       entries[word] `yaml:"due_by" doc:"When duties are owed: the period of a cadence (P2W), the time before a day of the year (P3D), or the last day that the newest fact of the example sets (2026-06-03)"`
	// Of a procedure:
	Status  word          `yaml:"status" doc:"How the case stands at the end" enum:"running|paused|ended|withdrawn"`
	Open    words         `yaml:"open" doc:"Steps that are then open, in order"`
	End     word          `yaml:"end" doc:"End it has reached"`
	Due     word          `yaml:"due" doc:"Last day of the case, YYYY-MM-DD"`
	StepDue entries[word] `yaml:"step_due" doc:"Last day of open steps: {accept: 2026-03-03}; with a time where it counts hours"`
	Class   word          `yaml:"class" doc:"Class of severity"`
	First   word          `yaml:"first" doc:"Whether the case comes before others" enum:"true|false"`
	Told    words         `yaml:"told" doc:"Posts that have been told something"`
	Seats   words         `yaml:"seats" doc:"Posts or people who are now to act"`
	Late    words         `yaml:"late" doc:"Limits that passed: case, or the step"`
	Stuck   word          `yaml:"stuck" doc:"Whether somebody must act whom nobody can be" enum:"true|false"`
	Record  entries[word] `yaml:"record" doc:"Business fact that came of it: {fact: complaint, severity: serious}"`
	Error   word          `yaml:"error" doc:"Code with which the start must be refused"`
	Missing words         `yaml:"missing" doc:"Entries of the start that must be reported as missing or wrong"`
	// Of an owner:
	Owner     word  `yaml:"owner" doc:"Who is to look after the customer: a name under people, or nobody"`
	OwnerRule word  `yaml:"owner_rule" doc:"Key of the rule that decides"`
	OwnerWhy  word  `yaml:"owner_why" doc:"Why the rule takes this person, or nobody" enum:"named|area|kept|fewest|only|no_holder|full"`
	Conflicts words `yaml:"conflicts" doc:"What stands against it, in order: differs, full, no_holder, gone, two_claims"`
}

type nextSpec struct {
	pos
	Grade   word `yaml:"grade" doc:"The next better grade"`
	Missing word `yaml:"missing" doc:"How much is missing"`
}
