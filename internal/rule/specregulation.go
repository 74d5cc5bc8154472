package rule

type issuedSpec struct {
	pos
	Number  word `yaml:"number" doc:"Number of the document"`
	On      word `yaml:"on" doc:"Day it was issued: YYYY-MM-DD"`
	Clause  word `yaml:"clause" doc:"Clause that says so"`
	Assumed word `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

// adoptedBySpec is a role, or a role with its clause.
type adoptedBySpec struct {
	pos
	By      word `yaml:"by,required" doc:"Role that may adopt the rulebook"`
	Clause  word `yaml:"clause" doc:"Clause that says so"`
	Assumed word `yaml:"assumed" doc:"true when the text does not name the role" enum:"true|false"`
}

// readNode accepts a role beside the keys.
func (a *adoptedBySpec) readNode(d *decoder, n *node, path string) {
	a.pos = n.pos
	if n.kind == nodeScalar {
		a.By.readNode(d, n, path)
		return
	}
	d.keys(n, a, path)
}

type distributionSpec struct {
	pos
	To      words `yaml:"to,required" doc:"Roles whose holders must confirm that they have read and understood"`
	Within  word  `yaml:"within" doc:"ISO period after the effective day: P7D"`
	Clause  word  `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word  `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

type citeSpec struct {
	pos
	Title     titleNode `yaml:"title,required" doc:"Name of the rule that is cited"`
	Number    word      `yaml:"number" doc:"Number of its document"`
	ValidFrom word      `yaml:"valid_from" doc:"First day on which it is valid: YYYY-MM-DD"`
	ValidTo   word      `yaml:"valid_to" doc:"Last day on which it is valid: YYYY-MM-DD"`
	Clause    word      `yaml:"clause" doc:"Clause that cites it"`
	Assumed   word      `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

type indicatorSpec struct {
	pos
	Key     word      `yaml:"key,required" doc:"Stable key within the rulebook"`
	Title   titleNode `yaml:"title,required" doc:"Name of the indicator"`
	Of      word      `yaml:"of,required" doc:"What is counted. coverage: customers in scope with a grade; kept: duties kept of those due; stability, moved_up, moved_down: customers by what the last run did to their grade; mean, total: of a measure; count: customers of a grade" enum:"coverage|kept|stability|moved_up|moved_down|mean|total|count"`
	Measure word      `yaml:"measure" doc:"Measure of mean and total"`
	Duty    word      `yaml:"duty" doc:"Key of the duty for kept; all duties without it"`
	Grade   word      `yaml:"grade" doc:"Only customers of this grade"`
	Scheme  word      `yaml:"scheme" doc:"Scheme whose grades are meant; the first one without it"`
	Target  word      `yaml:"target" doc:"Value to reach: 100%"`
	Clause  word      `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word      `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

type reportSpec struct {
	pos
	Key     word      `yaml:"key,required" doc:"Stable key within the rulebook"`
	Title   titleNode `yaml:"title,required" doc:"Name of the report"`
	Every   word      `yaml:"every,required" doc:"month, quarter, year, or an ISO period"`
	DueDay  word      `yaml:"due_day" doc:"Day of the month after the period by which it is due: 10"`
	By      word      `yaml:"by,required" doc:"Role that makes it"`
	To      words     `yaml:"to" doc:"Roles that receive it"`
	Content words     `yaml:"content" doc:"What is in it: grades, movement, duties, complaints (the statistics of a month, made by themselves), or keys of indicators"`
	Repeat  word      `yaml:"repeat" doc:"For the content complaints: within which days a complaint counts as coming again: P90D"`
	Clause  word      `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word      `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}
