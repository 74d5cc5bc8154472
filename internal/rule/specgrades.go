package rule

import "reflect"

type scorecardSpec struct {
	pos
	Title   titleNode   `yaml:"title" doc:"Name of the scorecard"`
	Clause  word        `yaml:"clause" doc:"Clause that asks for it"`
	Max     word        `yaml:"max" doc:"Most points that can be reached; checked against the items"`
	Cap     word        `yaml:"cap" doc:"Points above this do not count"`
	Assumed word        `yaml:"assumed" doc:"true when the text gives no points" enum:"true|false"`
	Items   []itemSpec  `yaml:"items,required" doc:"Lines of the scorecard"`
	Bonus   []bonusSpec `yaml:"bonus" doc:"Points added for what the items do not cover, before the cap"`
	Vetoes  []vetoSpec  `yaml:"vetoes" doc:"What overrides the score"`
}

type itemSpec struct {
	pos
	Name    word       `yaml:"name" doc:"Name of the line when it differs from what it reads"`
	Measure word       `yaml:"measure" doc:"Measure it reads"`
	Judged  word       `yaml:"judged" doc:"Judgement it reads"`
	Field   word       `yaml:"field" doc:"Customer field it reads: customer.region"`
	By      word       `yaml:"by" doc:"Role that judges"`
	Range   words      `yaml:"range" doc:"Lowest and highest points of a judged line"`
	Points  pointsSpec `yaml:"points" doc:"Points by band or by value"`
	Weight  word       `yaml:"weight" doc:"Factor on the points"`
	Cap     word       `yaml:"cap" doc:"Most points of this line"`
	Missing word       `yaml:"missing" doc:"Without data: refuse, neutral (middle of the points), worst, or a number of points"`
	Title   titleNode  `yaml:"title" doc:"Name of the line"`
	Clause  word       `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word       `yaml:"assumed" doc:"true when the text gives no points for it" enum:"true|false"`
}

type pointsSpec struct {
	pos
	Bands     []bandSpec    `yaml:"bands" doc:"Points by interval: [bound, points] or {at_least: …, points: …}"`
	Values    entries[word] `yaml:"values" doc:"Points by value"`
	Otherwise word          `yaml:"otherwise" doc:"Points of every other value"`
}

type bandSpec struct {
	pos
	AtLeast   word `yaml:"at_least" doc:"Lower bound, included"`
	Above     word `yaml:"above" doc:"Lower bound, excluded"`
	AtMost    word `yaml:"at_most" doc:"Upper bound, included"`
	Below     word `yaml:"below" doc:"Upper bound, excluded"`
	Inclusive word `yaml:"inclusive" doc:"Whether the bound itself is included"`
	Otherwise word `yaml:"otherwise" doc:"true for what no other band takes" enum:"true|false"`
	Points    word `yaml:"points" doc:"Points of the band"`
	Code      word `yaml:"code" doc:"Grade of the band"`
	Clause    word `yaml:"clause" doc:"Clause that draws the line"`
	Assumed   word `yaml:"assumed" doc:"true when the text does not draw this line" enum:"true|false"`
}

func (b *bandSpec) bound() boundSpec {
	return boundSpec{b.AtLeast, b.Above, b.AtMost, b.Below, b.Inclusive}
}

type bonusSpec struct {
	pos
	When    entries[condSpec] `yaml:"when,required" doc:"Conditions that must all hold"`
	Points  word              `yaml:"points,required" doc:"Points that are added; negative ones are taken away"`
	Title   titleNode         `yaml:"title,required" doc:"The bonus in words"`
	Clause  word              `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word              `yaml:"assumed" doc:"true when the text gives no points" enum:"true|false"`
}

type vetoSpec struct {
	pos
	When    entries[condSpec] `yaml:"when,required" doc:"Conditions that must all hold"`
	Grade   word              `yaml:"grade" doc:"Grade that then applies"`
	Points  word              `yaml:"points" doc:"Score that then applies"`
	AtMost  word              `yaml:"at_most" doc:"Best grade that is then possible"`
	Title   titleNode         `yaml:"title,required" doc:"The veto in words"`
	Clause  word              `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word              `yaml:"assumed" doc:"true when the text does not name it" enum:"true|false"`
}

// gradesNode is what stands under grades: one scheme, or a list of schemes.
type gradesNode struct {
	pos
	List []gradesSpec
}

// readNode accepts one mapping or a list of mappings.
func (g *gradesNode) readNode(d *decoder, n *node, path string) {
	g.pos = n.pos
	items := []*node{n}
	if n.kind == nodeList {
		items = n.values
	}
	for _, item := range items {
		var one gradesSpec
		d.value(item, reflect.ValueOf(&one), path)
		g.List = append(g.List, one)
	}
}

// at gives a scheme as written; an empty one where there is none, so that every later step has something to look at.
func (g *gradesNode) at(i int) *gradesSpec {
	if i < len(g.List) {
		return &g.List[i]
	}
	return &gradesSpec{pos: g.pos}
}

type gradesSpec struct {
	pos
	Scheme      word             `yaml:"scheme,required" doc:"Id of the scheme the labels belong to"`
	Title       titleNode        `yaml:"title" doc:"Name of the scheme"`
	Labels      []labelSpec      `yaml:"labels,required" doc:"Grades, best first"`
	From        word             `yaml:"from" doc:"Scorecard or measure the bands are on"`
	Bands       []bandSpec       `yaml:"bands" doc:"Bands, best first"`
	Table       []rowSpec        `yaml:"table" doc:"Decision table"`
	Hit         word             `yaml:"hit" doc:"Which row decides. first: the first that holds; unique: rows must not overlap; any: rows that hold must agree; best, worst: the best or worst grade among those that hold" enum:"first|unique|any|best|worst"`
	Limits      []limitSpec      `yaml:"limits" doc:"Grades that are allowed for some customers: an outcome outside becomes the nearest allowed one"`
	Hold        *holdSpec        `yaml:"hold" doc:"Keeps the better grade of the previous verdict near its lower bound"`
	Dormant     *dormantSpec     `yaml:"dormant" doc:"When a customer counts as dormant"`
	Triggers    []triggerSpec    `yaml:"triggers" doc:"Facts that make a customer graded again at once"`
	Score       word             `yaml:"score" doc:"Measure that is given as the score where no scorecard gives one; orders customers within a grade"`
	NewCustomer *newCustomerSpec `yaml:"new_customer" doc:"Grades of young customers are provisional"`
	Expires     word             `yaml:"expires" doc:"ISO period after which the grade lapses"`
	Clause      word             `yaml:"clause" doc:"Clause that asks for grades"`
}

type labelSpec struct {
	pos
	Code   word      `yaml:"code,required" doc:"Stable code"`
	Title  titleNode `yaml:"title,required" doc:"Name"`
	Tone   word      `yaml:"tone" doc:"Colour" enum:"gold|green|blue|cyan|purple|orange|red|grey"`
	Graded word      `yaml:"graded" doc:"false for the explicit outcome without a grade" enum:"true|false"`
	Clause word      `yaml:"clause" doc:"Clause that names the grade"`
}

type rowSpec struct {
	pos
	Code      word              `yaml:"code,required" doc:"Grade of the row"`
	When      entries[condSpec] `yaml:"when" doc:"Conditions that must all hold"`
	Otherwise word              `yaml:"otherwise" doc:"true for what no other row takes" enum:"true|false"`
	Clause    word              `yaml:"clause" doc:"Clause behind the row"`
	Assumed   word              `yaml:"assumed" doc:"true when the text does not give this row" enum:"true|false"`
}

type limitSpec struct {
	pos
	When    entries[condSpec] `yaml:"when,required" doc:"Conditions that must all hold; the id of an earlier scheme stands for its grade"`
	Allow   words             `yaml:"allow,required" doc:"Grades that are allowed: [A, B]"`
	Title   titleNode         `yaml:"title" doc:"The limit in words"`
	Clause  word              `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word              `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

type holdSpec struct {
	pos
	Margin  word `yaml:"margin,required" doc:"How far below the lower bound of the previous grade the score or measure may be"`
	Clause  word `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

type dormantSpec struct {
	pos
	When    entries[condSpec] `yaml:"when,required" doc:"Conditions that must all hold: {idle_days: {above: 365}}"`
	Code    word              `yaml:"code" doc:"Grade a dormant customer then has"`
	Title   titleNode         `yaml:"title" doc:"The rule in words"`
	Clause  word              `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word              `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

type triggerSpec struct {
	pos
	On      word      `yaml:"on,required" doc:"Kind of fact: complaint"`
	Where   word      `yaml:"where" doc:"Condition the fact must meet"`
	Title   titleNode `yaml:"title" doc:"The trigger in words"`
	Clause  word      `yaml:"clause" doc:"Clause that asks for it"`
	Assumed word      `yaml:"assumed" doc:"true when the text does not give it" enum:"true|false"`
}

// condSpec is a value, a list of values or an interval.
type condSpec struct {
	pos
	Values words
	Bound  *boundSpec
}

type newCustomerSpec struct {
	pos
	ProvisionalFor word `yaml:"provisional_for,required" doc:"ISO period since the first fact"`
	By             word `yaml:"by" doc:"Form that is used meanwhile"`
	Clause         word `yaml:"clause" doc:"Clause that asks for it"`
}
