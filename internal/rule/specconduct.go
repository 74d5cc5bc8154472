package rule

type reviewSpec struct {
	pos
	Every    word        `yaml:"every,required" doc:"ISO period or year"`
	Window   *windowDays `yaml:"window" doc:"First and last day, MM-DD"`
	Deadline word        `yaml:"deadline" doc:"ISO period within which all steps must be done"`
	Days     word        `yaml:"days" doc:"Which days deadline and within count" enum:"working|calendar"`
	Steps    []stepSpec  `yaml:"steps" doc:"Steps in order"`
	Results  words       `yaml:"results" doc:"Lists that come out"`
	Clause   word        `yaml:"clause" doc:"Clause that asks for the review"`
	Assumed  word        `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

type windowDays struct {
	pos
	From word `yaml:"from,required" doc:"First day: MM-DD or YYYY-MM-DD"`
	To   word `yaml:"to,required" doc:"Last day: MM-DD or YYYY-MM-DD"`
}

type stepSpec struct {
	pos
	Do     word  `yaml:"do,required" doc:"What is done"`
	By     word  `yaml:"by" doc:"Role"`
	Of     word  `yaml:"of" doc:"Which customers"`
	Form   word  `yaml:"form" doc:"Form that is filled"`
	As     word  `yaml:"as" doc:"How: meeting ..."`
	Grade  word  `yaml:"grade" doc:"Only for this grade"`
	Scheme word  `yaml:"scheme" doc:"Scheme whose grade is meant; the first one without it"`
	Chain  words `yaml:"chain" doc:"Roles that sign, in order"`
	Within word  `yaml:"within" doc:"ISO period the step, or each signature of its chain, may take"`
	Clause word  `yaml:"clause" doc:"Clause that asks for the step"`
	// Of approve:
	Procedure word `yaml:"procedure" doc:"Procedure of this rulebook whose cases carry the signatures for the grade"`
	Between   word `yaml:"between" doc:"When facts alone lead to the grade between campaigns: open begins a case of the procedure at once, offer leaves that to people; until it is signed the customer keeps its grade. Without it such a grade holds at once" enum:"open|offer"`
	AtFirst   word `yaml:"at_first" doc:"Customers that were never graded before: hold lets the grade hold as it is, sign asks for signatures too (usual)" enum:"hold|sign"`
}

type dutySpec struct {
	pos
	Key         word          `yaml:"key" doc:"Stable key within the rulebook"`
	For         word          `yaml:"for,required" doc:"Condition on grade: grade == \"A\""`
	Scheme      word          `yaml:"scheme" doc:"Scheme whose grade is meant; the first one without it"`
	Do          word          `yaml:"do,required" doc:"Activity: visit, call, survey ..."`
	Every       word          `yaml:"every" doc:"How often, as an ISO period: P1M"`
	Of          word          `yaml:"of" doc:"Kind of fact that brings it: delivery; or a date of such a fact: contract.until"`
	Where       word          `yaml:"where" doc:"Condition the fact of 'of' must meet"`
	Within      word          `yaml:"within" doc:"By when after the fact or the reminder: P7D, 5 working days"`
	Days        word          `yaml:"days" doc:"Which days 'within' counts; calendar days without it" enum:"working|calendar"`
	On          words         `yaml:"on" doc:"Days of the year or of the customer: birthday, special, anniversary(since), date(FIELD), festival(spring_festival)"`
	Before      word          `yaml:"before" doc:"How long before the day: P3D"`
	Each        word          `yaml:"each" doc:"grade: one for all customers of a grade together, such as a seminar" enum:"grade"`
	By          word          `yaml:"by,required" doc:"owner, or a role"`
	Appointment word          `yaml:"appointment" doc:"true: an appointment is recorded before anybody goes, or a reason for going without; for visits and meetings" enum:"true|false"`
	Hours       word          `yaml:"hours" doc:"Hours one takes, with decimals; without it the usual time of the activity"`
	Evidence    word          `yaml:"evidence" doc:"What proves it"`
	Escalate    *escalateSpec `yaml:"escalate" doc:"Who is told when it is missed, and how long after its day"`
	Waive       *waiveSpec    `yaml:"waive" doc:"Who may excuse it; without it whoever has the permission"`
	Title       titleNode     `yaml:"title" doc:"Name of the duty"`
	Clause      word          `yaml:"clause" doc:"Clause that asks for it"`
	Assumed     word          `yaml:"assumed" doc:"true when the text gives no interval" enum:"true|false"`
}

type escalateSpec struct {
	pos
	After word `yaml:"after,required" doc:"How long after the day that was missed: P3D"`
	To    word `yaml:"to,required" doc:"Role that is told"`
}

type waiveSpec struct {
	pos
	By word `yaml:"by,required" doc:"Role that may excuse it, or procedure when an approval has to decide"`
}

type prioritySpec struct {
	pos
	Of     word `yaml:"of,required" doc:"What: complaint, order ..."`
	For    word `yaml:"for,required" doc:"Condition on grade"`
	Scheme word `yaml:"scheme" doc:"Scheme whose grade is meant; the first one without it"`
	First  word `yaml:"first" doc:"true: before all others" enum:"true|false"`
	Clause word `yaml:"clause" doc:"Clause that asks for it"`
}

type approvalSpec struct {
	pos
	To     word  `yaml:"to,required" doc:"What needs approval"`
	For    word  `yaml:"for,required" doc:"Condition on grade"`
	Scheme word  `yaml:"scheme" doc:"Scheme whose grade is meant; the first one without it"`
	By     words `yaml:"by,required" doc:"Role, or roles that may each approve"`
	Clause word  `yaml:"clause" doc:"Clause that asks for it"`
}
