package rule

import "strconv"

// capacitySpec bounds how many duties a person has on one day.
type capacitySpec struct {
	pos
	By      word `yaml:"by" doc:"Whose duties: owner, or the role that owes them; everybody's without it"`
	For     word `yaml:"for" doc:"Condition on grade: grade == \"A\"; duties for every grade without it"`
	Scheme  word `yaml:"scheme" doc:"Scheme whose grade is meant; without it and without for, every scheme"`
	AtMost  word `yaml:"at_most,required" doc:"How many duties a person may have on one day before no more of these are put there"`
	Clause  word `yaml:"clause" doc:"Clause that sets it"`
	Assumed word `yaml:"assumed" doc:"true when the text gives no figure" enum:"true|false"`
}

// maxCapacity bounds how many duties a day may be said to hold; beyond it a number is a slip.
const maxCapacity = 500

// Capacity is how many duties whoever owes a duty may have on one day, all of the person's counted, before no more are put there.
type Capacity struct {
	// Grades are those the line is for; empty for every grade.
	Grades  []string `json:"grades,omitempty"`
	AtMost  int      `json:"at_most" doc:"Duties on one day, 1 to 500"`
	Clause  string   `json:"clause,omitempty"`
	Assumed bool     `json:"assumed,omitempty"`
}

// AtMost gives how many duties whoever owes this one to a customer of a grade may have on one day; 0 when nothing is said.
func (d *DutyRule) AtMost(grade string) int {
	for _, c := range d.Capacity {
		if len(c.Grades) == 0 || contains(c.Grades, grade) {
			return c.AtMost
		}
	}
	return 0
}

// capacityLine is a line of the rulebook as it counts for the duties of one scheme.
type capacityLine struct {
	Capacity
	by string
	at int // place among the lines
}

// capacities reads the lines that count for the scheme that is compiled, in their order.
func (k *compiler) capacities() []capacityLine {
	var out []capacityLine
	for i := range k.b.spec.Capacity {
		s := &k.b.spec.Capacity[i]
		n, err := strconv.Atoi(k.resolve(s.AtMost))
		wrong := err != nil || n < 1 || n > maxCapacity
		if k.p.index == 0 { // said once, not for every scheme
			k.role(s.By, "owner")
			if wrong && s.AtMost.set() {
				k.report("capacity.number", s.AtMost.pos, s.Clause.S, k.resolve(s.AtMost), itoa(maxCapacity))
			}
		}
		if wrong {
			continue
		}
		if (s.Scheme.set() || s.For.set()) && k.schemeOf(s.Scheme) != k.p.index {
			continue
		}
		line := capacityLine{Capacity{AtMost: n, Clause: s.Clause.S, Assumed: s.Assumed.yes() || k.assumedSetting(s.AtMost)}, s.By.S, i}
		if s.For.set() {
			line.Grades = k.forGrades(s.For)
		}
		out = append(out, line)
	}
	return out
}

// capacityOf gives the lines that bound a duty, the first one that fits before the next.
func (k *compiler) capacityOf(d *DutyRule, lines []capacityLine) []Capacity {
	var out []Capacity
	for _, l := range lines {
		fits := len(l.Grades) == 0
		for _, g := range l.Grades {
			fits = fits || contains(d.Grades, g)
		}
		if fits && (l.by == "" || l.by == d.By) {
			out = append(out, l.Capacity)
			k.capacityUsed[l.at] = true
		}
	}
	return out
}

// capacityUnused reports lines that bound no duty.
func (k *compiler) capacityUnused() {
	for i := range k.b.spec.Capacity {
		if s := &k.b.spec.Capacity[i]; !k.capacityUsed[i] {
			k.report("capacity.unused", s.pos, s.Clause.S)
		}
	}
}
