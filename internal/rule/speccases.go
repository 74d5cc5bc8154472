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
		cs.List = append(cs.List, one)
	}
}

type caseSpec struct {
	pos
	Case     titleNode      `yaml:"case,required" doc:"What the example shows"`
	AsOf     word           `yaml:"as_of,required" doc:"YYYY-MM-DD"`
	Settings entries[word]  `yaml:"settings" doc:"Settings that differ from the defaults"`
	Customer entries[words] `yaml:"customer" doc:"Fields of the customer"`
	Facts    []factCase     `yaml:"facts" doc:"Facts of the customer: [{order: {date: …, amount: …}}]"`
	Judged   entries[word]  `yaml:"judged" doc:"What people have judged"`
	Previous entries[word]  `yaml:"previous" doc:"The grade before, by scheme: {dealer: A}"`
	Measures entries[word]  `yaml:"measures" doc:"Measures given directly instead of through facts"`
	Company  entries[word]  `yaml:"company" doc:"Totals of all customers in scope, by measure"`
	Others   []otherCase    `yaml:"others" doc:"The other customers of the company"`
	// Relations connect customers by their codes.
	Relations []relationCase `yaml:"relations" doc:"Relations between customers by their codes: [[self, subsidiary, C2]]; self is the customer of the example unless its code is written"`
	Expect    expectSpec     `yaml:"expect,required" doc:"What must come out"`
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
}

type nextSpec struct {
	pos
	Grade   word `yaml:"grade" doc:"The next better grade"`
	Missing word `yaml:"missing" doc:"How much is missing"`
}
