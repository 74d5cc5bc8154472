package rule

// spec is rulebook.yaml as written. The tags give the key, whether it must be there, its description for editors (doc)
// and its allowed words (enum); the JSON Schema is made from them.
type spec struct {
	pos
	Rulebook     word                   `yaml:"rulebook,required" doc:"Stable id of the rulebook: lower-case letters, digits, hyphens"`
	Version      word                   `yaml:"version,required" doc:"Version of the rulebook: 1.0.0"`
	Title        titleNode              `yaml:"title,required" doc:"Name of the regulation"`
	Owner        titleNode              `yaml:"owner" doc:"Department that interprets the regulation"`
	Issued       *issuedSpec            `yaml:"issued" doc:"Number and day of issue"`
	AdoptedBy    *adoptedBySpec         `yaml:"adopted_by" doc:"Role that may adopt the rulebook"`
	Distribution *distributionSpec      `yaml:"distribution" doc:"Who must confirm that they have read and understood"`
	Cites        []citeSpec             `yaml:"cites" doc:"Other rules the text refers to, with their validity"`
	Source       words                  `yaml:"source" doc:"Catalogue ids of the regulation this rulebook carries out; for machines only"`
	AppliesTo    word                   `yaml:"applies_to" doc:"Condition on customer.*; without it every customer is in scope"`
	ScopeBy      words                  `yaml:"scope_clauses" doc:"Clauses that say who is in scope"`
	Currency     word                   `yaml:"currency" doc:"ISO 4217 code in which amounts are written, when a measure gives no unit of its own"`
	Roles        entries[roleSpec]      `yaml:"roles" doc:"Posts named in the text"`
	Settings     entries[settingSpec]   `yaml:"settings" doc:"Values a company sets; written {name} where they are used"`
	Facts        entries[factSpec]      `yaml:"facts" doc:"Further fields of the facts that are read"`
	Rates        ratesNode              `yaml:"rates" doc:"Exchange rates: organisation for those the company keeps, or units of the rulebook's currency for one unit of another, from a day on"`
	Measures     entries[measureSpec]   `yaml:"measures" doc:"Numbers worked out from facts"`
	Judgements   entries[judgementSpec] `yaml:"judgements" doc:"What people decide about a customer"`
	Requires     []requireSpec          `yaml:"requires" doc:"What must hold before there can be a verdict; otherwise the verdict is the reason"`
	Scorecards   entries[scorecardSpec] `yaml:"scorecards" doc:"Points by item, added up"`
	Grades       gradesNode             `yaml:"grades" doc:"How the grade follows: one scheme, or a list of parallel schemes in order; a rulebook has grades, procedures or both"`
	Review       *reviewSpec            `yaml:"review" doc:"The yearly campaign: who fills, who re-rates, who approves"`
	Duties       []dutySpec             `yaml:"duties" doc:"What is owed to customers of a grade"`
	Capacity     []capacitySpec         `yaml:"capacity" doc:"How many duties a person may have on one day; the first line that fits a duty counts"`
	Priorities   []prioritySpec         `yaml:"priorities" doc:"What goes first"`
	Approvals    []approvalSpec         `yaml:"approvals" doc:"What needs somebody's approval"`
	Forms        entries[formSpec]      `yaml:"forms" doc:"Forms of the regulation with their entries"`
	Procedures   entries[procedureSpec] `yaml:"procedures" doc:"Cases that move through steps: who does what, by when, and what follows"`
	Authorities  entries[authoritySpec] `yaml:"authorities" doc:"Authority matrices: who decides, by amount and grade"`
	Indicators   []indicatorSpec        `yaml:"indicators" doc:"Figures by which the regulation measures itself"`
	Reports      []reportSpec           `yaml:"reports" doc:"What is reported regularly, by whom, to whom, by which day"`
	Ownership    *ownershipSpec         `yaml:"ownership" doc:"Who looks after which customer, by rules in the order of their precedence"`
}

type roleSpec struct {
	pos
	Zh      word  `yaml:"zh,required" doc:"Name in Chinese"`
	En      word  `yaml:"en,required" doc:"Name in English"`
	Aliases words `yaml:"aliases" doc:"Other names the text uses for the same post"`
	Clause  word  `yaml:"clause" doc:"Clause that names the post"`
}

type settingSpec struct {
	pos
	Value   word      `yaml:"value,required" doc:"Default"`
	Type    word      `yaml:"type" doc:"Kind of value" enum:"text|integer|decimal|percent|period|boolean|choice"`
	Choices words     `yaml:"choices" doc:"Allowed values"`
	Assumed word      `yaml:"assumed" doc:"true when the text of the regulation gives no figure" enum:"true|false"`
	Clause  word      `yaml:"clause" doc:"Clause the setting belongs to"`
	Title   titleNode `yaml:"title" doc:"Name of the setting"`
}

type factSpec struct {
	pos
	Title titleNode         `yaml:"title" doc:"Name of the fact kind"`
	Attrs entries[attrSpec] `yaml:"attrs" doc:"Further fields"`
}

type attrSpec struct {
	pos
	Type word `yaml:"type,required" doc:"Kind of value" enum:"text|number"`
	Unit word `yaml:"unit" doc:"Unit of a number: day, count, % ..."`
}

type measureSpec struct {
	pos
	Sum        word       `yaml:"sum" doc:"Adds a field: amount, quantity or a numeric field"`
	Count      word       `yaml:"count" doc:"Counts facts of a kind"`
	Average    word       `yaml:"average" doc:"Average of a field"`
	Min        word       `yaml:"min" doc:"Smallest value of a field"`
	Max        word       `yaml:"max" doc:"Largest value of a field"`
	Last       word       `yaml:"last" doc:"Latest value of a field"`
	Distinct   word       `yaml:"distinct" doc:"Counts different values of document, product, date or month" enum:"document|product|date|month"`
	DaysSince  word       `yaml:"days_since" doc:"Whole days since the first or the last fact" enum:"first|last"`
	Streak     word       `yaml:"streak" doc:"Consecutive periods with at least one fact, counted back from the running period, or from the last complete one when the running one has none yet" enum:"month|quarter|year"`
	Balance    word       `yaml:"balance_average" doc:"Daily average of a level that each fact sets from its day on; needs a window"`
	Ratio      words      `yaml:"ratio" doc:"First measure divided by the second"`
	SumOf      words      `yaml:"sum_of" doc:"Adds measures"`
	Difference words      `yaml:"difference" doc:"First measure minus the second"`
	Growth     word       `yaml:"growth" doc:"Change of a measure against its previous window"`
	Share      word       `yaml:"share" doc:"Part of the total of all customers in scope, or of those within the same group"`
	Total      word       `yaml:"total" doc:"Sum of a measure over the customers within the same group"`
	Percentile word       `yaml:"percentile" doc:"Part of the customers in scope, or of those within the same group, that have at most this value"`
	Quintile   word       `yaml:"quintile" doc:"1 to 5 by fifths of the customers in scope, or of those within the same group"`
	Within     withinSpec `yaml:"within" doc:"Customers compared or added up: a customer field with the same value, such as region, or {relation: [subsidiary, owner]} for customers connected by these relations"`
	Convert    word       `yaml:"convert" doc:"true: amounts in other currencies are converted by the rates on their own date" enum:"true|false"`
	Cut        word       `yaml:"cut" doc:"How fifths are cut: by value, or by rank with ties broken by customer code" enum:"value|rank"`
	Best       word       `yaml:"best" doc:"Which end gets 5" enum:"high|low"`
	Of         words      `yaml:"of" doc:"Kinds of facts that are read"`
	Where      word       `yaml:"where" doc:"Condition a fact must meet"`
	Window     windowSpec `yaml:"window" doc:"Period up to the as-of date: P12M, all, year, last_year, or {length: P12M, from: month_start}"`
	Unit       word       `yaml:"unit" doc:"Currency code, %, day, count or a name"`
	Missing    word       `yaml:"missing" doc:"What to do without data: refuse, or a number that is then the value"`
	Title      titleNode  `yaml:"title" doc:"Name of the measure"`
	Clause     word       `yaml:"clause" doc:"Clause that asks for it"`
	Assumed    word       `yaml:"assumed" doc:"true when the text does not name this measure" enum:"true|false"`
}

type windowSpec struct {
	pos
	Length word `yaml:"length" doc:"ISO period: P12M"`
	From   word `yaml:"from" doc:"month_start for whole months, or a date"`
	To     word `yaml:"to" doc:"Last day, when From is a date"`
}

type judgementSpec struct {
	pos
	Title   titleNode          `yaml:"title" doc:"Name of the judgement"`
	Values  entries[titleNode] `yaml:"values" doc:"Answers to choose from"`
	Range   words              `yaml:"range" doc:"Lowest and highest points: [0, 30]"`
	By      word               `yaml:"by" doc:"Role that judges"`
	Missing word               `yaml:"missing" doc:"refuse, or the answer that counts while nobody has judged; undecided leaves it open"`
	Clause  word               `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word               `yaml:"assumed" doc:"true when the text does not name it" enum:"true|false"`
}

// boundSpec is an interval in words.
type boundSpec struct {
	AtLeast   word `yaml:"at_least" doc:"Lower bound, included"`
	Above     word `yaml:"above" doc:"Lower bound, excluded"`
	AtMost    word `yaml:"at_most" doc:"Upper bound, included"`
	Below     word `yaml:"below" doc:"Upper bound, excluded"`
	Inclusive word `yaml:"inclusive" doc:"Whether the bounds written at_least and below give the boundary value to the upper band" enum:"true|false"`
}

type requireSpec struct {
	pos
	Measure   word      `yaml:"measure,required" doc:"Measure that must lie in the interval"`
	AtLeast   word      `yaml:"at_least" doc:"Lower bound, included"`
	Above     word      `yaml:"above" doc:"Lower bound, excluded"`
	AtMost    word      `yaml:"at_most" doc:"Upper bound, included"`
	Below     word      `yaml:"below" doc:"Upper bound, excluded"`
	Inclusive word      `yaml:"inclusive" doc:"Whether the bound itself is included"`
	Reason    word      `yaml:"reason,required" doc:"Stable code of the reason: no_purchases"`
	Title     titleNode `yaml:"title,required" doc:"The reason in words"`
	Clause    word      `yaml:"clause" doc:"Clause that asks for it"`
}

func (r *requireSpec) bound() boundSpec {
	return boundSpec{r.AtLeast, r.Above, r.AtMost, r.Below, r.Inclusive}
}
