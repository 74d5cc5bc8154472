package rule

// formSpec is a form of the regulation with its entries.
type formSpec struct {
	pos
	Title  titleNode          `yaml:"title,required" doc:"Name of the form"`
	Number word               `yaml:"number" doc:"Pattern of its numbers: JL-{year}-{seq:4}; {year}, {month} and {seq} with its digits"`
	Clause word               `yaml:"clause" doc:"Clause that asks for the form"`
	Layout word               `yaml:"layout" doc:"How it is printed: form (usual), letter to the customer, or table" enum:"form|letter|table"`
	Text   titleNode          `yaml:"text" doc:"Template of a letter, with {step.field}, {customer.name}, {case.number}"`
	Fields entries[entrySpec] `yaml:"fields,required" doc:"Entries in order"`
}

// entrySpec is one entry of a form.
type entrySpec struct {
	pos
	Title        titleNode          `yaml:"title" doc:"Name of the entry"`
	Type         word               `yaml:"type,required" doc:"What is entered. list: a table of rows with the columns under fields; computed: shown, not typed" enum:"text|long_text|number|money|date|time|yes_no|choice|choices|person|department|customer|file|list|computed"`
	Required     word               `yaml:"required" doc:"true: the form cannot be handed in without it" enum:"true|false"`
	RequiredWhen word               `yaml:"required_when" doc:"Condition on the entries of this form, case.* and customer.* under which it is compulsory: channel == \"mail\""`
	Options      entries[titleNode] `yaml:"options" doc:"Answers of a choice: {repair: {zh: …, en: …}}"`
	Min          word               `yaml:"min" doc:"Smallest number or earliest date"`
	Max          word               `yaml:"max" doc:"Largest number, latest date, or most characters of a text"`
	Unit         word               `yaml:"unit" doc:"Currency of money, unit of a number"`
	From         word               `yaml:"from" doc:"Where a computed entry, or the first value of another, comes from: case.received, customer.name, step.field"`
	Staff        word               `yaml:"staff" doc:"true: only for the people of the organisation; neither asked for nor shown on the public pages" enum:"true|false"`
	Many         word               `yaml:"many" doc:"true: several files, people or departments" enum:"true|false"`
	Fields       entries[entrySpec] `yaml:"fields" doc:"Columns of a list"`
	Hint         titleNode          `yaml:"hint" doc:"What to write here"`
	Clause       word               `yaml:"clause" doc:"Clause that asks for it"`
}

// procedureSpec is a procedure as written.
type procedureSpec struct {
	pos
	Title      titleNode                `yaml:"title,required" doc:"Name of the procedure"`
	Kind       word                     `yaml:"kind,required" doc:"Area of the case: complaint, service, enquiry, suggestion, approval, review ..."`
	About      word                     `yaml:"about" doc:"customer when every case is about one" enum:"customer"`
	Number     word                     `yaml:"number,required" doc:"Pattern of case numbers: TS-{year}-{seq:4}"`
	Clause     word                     `yaml:"clause" doc:"Clause that asks for the procedure"`
	Scheme     word                     `yaml:"scheme" doc:"Scheme that customer.grade means; without it the first one of the rulebook, or of the rulebook that grades the customer"`
	Start      beginSpec                `yaml:"start" doc:"Who begins a case, how, and with which form"`
	Days       word                     `yaml:"days" doc:"Which days the periods of this procedure count" enum:"working|calendar"`
	Deadline   *limitTimeSpec           `yaml:"deadline" doc:"Time within which the case must be closed: P7D, or keys"`
	Extensions entries[extensionSpec]   `yaml:"extensions" doc:"Further time that may be granted, each once, in order"`
	Pauses     entries[pauseSpec]       `yaml:"pauses" doc:"Allowed reasons for stopping the clocks"`
	Recuse     words                    `yaml:"recuse" doc:"Entries that name a person who may not act on the case: [start.complained_of]"`
	Classes    entries[classSpec]       `yaml:"classes" doc:"Classes of severity, the gravest first; the last has no condition"`
	First      []firstSpec              `yaml:"first" doc:"Customers whose cases come before all others: [{when: 'customer.grade == \"A\"'}]"`
	Steps      entries[procedureStep]   `yaml:"steps,required" doc:"Steps in the order in which they follow each other"`
	Ends       entries[procedureEnding] `yaml:"ends,required" doc:"Ways a case ends"`
	Reopen     *reopenSpec              `yaml:"reopen" doc:"Who may open an ended case again"`
	Register   *registerSpec            `yaml:"register" doc:"Makes the cases a register with a line each, such as that of visitors; left names the entry in which the leaving is noted"`
	Assumed    word                     `yaml:"assumed" doc:"true when the text does not describe the procedure" enum:"true|false"`
}

type beginSpec struct {
	pos
	By       actors `yaml:"by" doc:"Posts that may begin a case; everybody who may start procedures without it"`
	Channels words  `yaml:"channels" doc:"How a case comes in: shop, phone, mail, email, web, visit ...; web opens the public form"`
	Form     word   `yaml:"form" doc:"Form that is filled at the start"`
	Clause   word   `yaml:"clause" doc:"Clause that asks for it"`
}

// limitTimeSpec is a deadline: a period, or keys.
type limitTimeSpec struct {
	pos
	Within  word        `yaml:"within" doc:"ISO period: P7D for days, PT4H for hours"`
	On      word        `yaml:"on" doc:"Compulsory date of the start form that names the last day: start.until; with within whichever comes sooner"`
	Days    word        `yaml:"days" doc:"Which days it counts" enum:"working|calendar"`
	Clause  word        `yaml:"clause" doc:"Clause that sets it"`
	Assumed word        `yaml:"assumed" doc:"true when the text gives no figure" enum:"true|false"`
	Alarms  []alarmSpec `yaml:"alarms" doc:"Who is told before and after: [{before: P2D, tell: supervisor}, {after: P0D, tell: director}]"`
}

// readNode accepts a period beside the keys.
func (s *limitTimeSpec) readNode(d *decoder, n *node, path string) {
	s.pos = n.pos
	if n.kind == nodeScalar {
		s.Within.readNode(d, n, path)
		return
	}
	d.keys(n, s, path)
}

type alarmSpec struct {
	pos
	Before word   `yaml:"before" doc:"ISO period before the limit"`
	After  word   `yaml:"after" doc:"ISO period after the limit; P0D as soon as it has passed"`
	Tell   actors `yaml:"tell,required" doc:"Posts that are told"`
}

type extensionSpec struct {
	pos
	Title   titleNode `yaml:"title" doc:"Reason in words"`
	Add     word      `yaml:"add,required" doc:"ISO period that is added"`
	Days    word      `yaml:"days" doc:"Which days it counts" enum:"working|calendar"`
	Approve actors    `yaml:"approve" doc:"Posts that approve it; whoever may act on the case without them"`
	Clause  word      `yaml:"clause" doc:"Clause that allows it"`
	Assumed word      `yaml:"assumed" doc:"true when the text gives no figure" enum:"true|false"`
}

type pauseSpec struct {
	pos
	Title   titleNode `yaml:"title" doc:"Reason in words"`
	AtMost  word      `yaml:"at_most" doc:"ISO period after which the clocks go on by themselves"`
	Days    word      `yaml:"days" doc:"Which days it counts" enum:"working|calendar"`
	Clause  word      `yaml:"clause" doc:"Clause that allows it"`
	Assumed word      `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

type classSpec struct {
	pos
	Title  titleNode `yaml:"title" doc:"Name of the class"`
	When   word      `yaml:"when" doc:"Condition on the answers: start.injury == true"`
	Tell   actors    `yaml:"tell" doc:"Posts that are told at once"`
	Clause word      `yaml:"clause" doc:"Clause that sets the class"`
}

type firstSpec struct {
	pos
	When   word `yaml:"when,required" doc:"Condition on customer.*: customer.grade == \"A\""`
	Clause word `yaml:"clause" doc:"Clause that asks for it"`
}

type reopenSpec struct {
	pos
	By     actors `yaml:"by,required" doc:"Posts that may open the case again"`
	Within word   `yaml:"within" doc:"ISO period after the end; for ever without it"`
	Days   word   `yaml:"days" doc:"Which days it counts" enum:"working|calendar"`
	To     word   `yaml:"to,required" doc:"Step the case goes on with"`
	Clause word   `yaml:"clause" doc:"Clause that allows it"`
}

// registerSpec makes the cases of a procedure a register.
type registerSpec struct {
	pos
	Left   word `yaml:"left" doc:"Entry step.field of type time in which the leaving is noted: leave.at"`
	Clause word `yaml:"clause" doc:"Clause that asks for the register"`
}

// procedureStep is one thing somebody must do.
type procedureStep struct {
	pos
	Title     titleNode   `yaml:"title" doc:"Name of the step"`
	Do        word        `yaml:"do" doc:"fill: fill the form; decide: agree or reject; answer: tell the customer" enum:"fill|decide|answer"`
	By        actors      `yaml:"by" doc:"Who acts: a post, owner, starter, or several; {actor: step} for whoever acted there, {field: step.field} for the person named there"`
	Near      word        `yaml:"near" doc:"From which unit the nearest holder is looked for: customer (usual), starter, or an entry step.field of type department"`
	Each      word        `yaml:"each" doc:"true: one seat for every department named under near" enum:"true|false"`
	Authority word        `yaml:"authority" doc:"Authority matrix that says who decides"`
	Need      word        `yaml:"need" doc:"How many must act: all (usual), any, in_order (one after the other), or a number"`
	Form      word        `yaml:"form" doc:"Form that is filled"`
	Within    word        `yaml:"within" doc:"ISO period: P1D, PT4H; of each one who signs when in order"`
	On        word        `yaml:"on" doc:"Compulsory date of the start form that names the last day: start.by; with within whichever comes sooner"`
	Days      word        `yaml:"days" doc:"Which days it counts" enum:"working|calendar"`
	Alarms    []alarmSpec `yaml:"alarms" doc:"Who is told before and after"`
	Together  words       `yaml:"together" doc:"Steps that are open at once; need says how many of them"`
	Next      waysOn      `yaml:"next" doc:"Where it goes: a step or an end, or a list with conditions whose last has none; the following step without it"`
	Rejected  word        `yaml:"rejected" doc:"Where a rejection leads: a step or an end"`
	Skip      word        `yaml:"skip" doc:"Condition under which the step is left out"`
	Clause    word        `yaml:"clause" doc:"Clause that asks for the step"`
	Assumed   word        `yaml:"assumed" doc:"true when the text gives no time for it" enum:"true|false"`
}

// waysOn is one target, or a list of ways with conditions.
type waysOn struct {
	pos
	List []waySpec
}

type waySpec struct {
	pos
	When   word `yaml:"when" doc:"Condition on the answers: grounds.valid == \"yes\""`
	To     word `yaml:"to,required" doc:"Step or end"`
	Clause word `yaml:"clause" doc:"Clause that asks for it"`
}

func (w *waysOn) readNode(d *decoder, n *node, path string) {
	w.pos, w.List = n.pos, oneOrMore(d, n, path, func(one *waySpec) *word { return &one.To })
}

type procedureEnding struct {
	pos
	Title  titleNode   `yaml:"title" doc:"Name of the end"`
	Good   word        `yaml:"good" doc:"true when what was asked for is granted or done" enum:"true|false"`
	Record *recordSpec `yaml:"record" doc:"Business fact the end makes of the case"`
	Clause word        `yaml:"clause" doc:"Clause that asks for it"`
}

type recordSpec struct {
	pos
	Fact  word          `yaml:"fact,required" doc:"Kind of the fact: complaint, visit ..."`
	Attrs entries[word] `yaml:"attrs" doc:"Fields of the fact: an answer step.field, case.*, or a plain word"`
}

// authoritySpec is an authority matrix as written.
type authoritySpec struct {
	pos
	Title  titleNode          `yaml:"title" doc:"Name of the matrix"`
	Amount word               `yaml:"amount" doc:"Entry that holds the amount: handling.amount"`
	Rows   []authorityRowSpec `yaml:"rows,required" doc:"The first row that fits says who decides"`
	Clause word               `yaml:"clause" doc:"Clause that asks for it"`
}

type authorityRowSpec struct {
	pos
	UpTo    word  `yaml:"up_to" doc:"Largest amount of the row, included; any amount without it"`
	Grades  words `yaml:"grades" doc:"Grades of the customer; any without it"`
	By      word  `yaml:"by,required" doc:"Post that decides"`
	Clause  word  `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word  `yaml:"assumed" doc:"true when the text gives no amount" enum:"true|false"`
}

// actors is one actor or a list of them.
type actors struct {
	pos
	List []actorSpec
}

type actorSpec struct {
	pos
	Post  word `yaml:"post" doc:"Post, owner or starter"`
	Near  word `yaml:"near" doc:"From which unit the nearest holder is looked for"`
	Actor word `yaml:"actor" doc:"Step: whoever acted there"`
	Field word `yaml:"field" doc:"Entry step.field of type person"`
	Each  word `yaml:"each" doc:"true: one seat for every department named under near" enum:"true|false"`
}

func (a *actors) readNode(d *decoder, n *node, path string) {
	a.pos, a.List = n.pos, oneOrMore(d, n, path, func(one *actorSpec) *word { return &one.Post })
}
