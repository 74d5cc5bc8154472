package rule

// checkPrinciples compares the rulebook with what every grading owes the people it grades and the people who grade: data
// before opinion, several weighted lines, grades that do not stand for ever, criteria that those concerned have read, and a
// word on what happens without data.
func (b *Book) checkPrinciples(c *collector, k *compiler) {
	for i := range k.p.cards {
		if card := &k.p.cards[i]; k.cardsUsed[card.name] {
			k.checkWeights(card)
		}
	}
	if len(b.spec.Grades.List) > 0 && !b.moves() {
		k.report("principle.static", b.spec.Grades.pos, b.spec.Grades.at(0).Clause.S)
	}
	if b.Graded() && b.spec.Distribution == nil {
		c.add("principle.closed", FileRulebook, b.spec.Rulebook.pos, "")
	}
	k.checkInputs()
}

// checkWeights reports a scorecard that is one line only, and one in which opinion outweighs data. A line weighs as much as
// lies between its fewest and its most points.
func (k *compiler) checkWeights(card *scorecard) {
	if len(card.items) == 1 {
		k.report("principle.one_item", card.items[0].at, card.items[0].clause, card.name, card.items[0].name)
	}
	var judged, all int64
	for i := range card.items {
		it := &card.items[i]
		all += it.hi - it.lo
		if it.src.kind == fromJudgement {
			judged += it.hi - it.lo
		}
	}
	if judged > all-judged {
		k.report("principle.free_hand", card.at, card.clause, card.name, pointsString(judged), pointsString(all))
	}
}

// moves reports whether anything makes a grade change or lapse: a review, an expiry, a trigger, a margin, dormancy.
func (b *Book) moves() bool {
	if b.spec.Review != nil {
		return true
	}
	for i := range b.spec.Grades.List {
		g := &b.spec.Grades.List[i]
		if g.Expires.set() || len(g.Triggers) > 0 || g.Hold != nil || g.Dormant != nil {
			return true
		}
	}
	return false
}

// checkInputs reports what grades are decided on and may be missing, while nothing says what happens then. Each is
// reported once, where it is read first.
func (k *compiler) checkInputs() {
	told := map[source]bool{}
	look := func(src source, name string, at pos, clause string) {
		if told[src] {
			return
		}
		told[src] = true
		if src.kind == fromMeasure && k.mayLack(src.index) ||
			src.kind == fromJudgement && !k.b.spec.Judgements.List[src.index].Value.Missing.set() {
			k.report("principle.missing", at, clause, name)
		}
	}
	for i := range k.p.cards {
		card := &k.p.cards[i]
		spec := k.b.spec.Scorecards.get(card.name)
		for j := range card.items {
			it := &card.items[j]
			switch {
			case spec.Items[j].Missing.set() || !k.cardsUsed[card.name]:
			case it.src.kind == fromField:
				k.report("principle.missing", it.at, it.clause, it.name)
			default:
				look(it.src, it.name, it.at, it.clause)
			}
		}
	}
	for _, member := range k.p.family.list {
		if src := member.grading.src; src.kind == fromMeasure {
			look(src, member.measures[src.index].name, member.book.spec.Grades.at(member.index).From.pos, member.grading.clause)
		}
		for i := range member.grading.rows {
			r := &member.grading.rows[i]
			for j := range r.conds {
				look(r.conds[j].src, r.conds[j].name, r.conds[j].at, r.clause)
			}
		}
	}
}

// mayLack reports whether a measure may have no value while neither it, nor what it is made from, nor a requirement says
// what happens then.
func (k *compiler) mayLack(i int) bool {
	m := &k.p.measures[i]
	if k.b.spec.Measures.List[i].Value.Missing.set() {
		return false
	}
	for j := range k.p.requires {
		if k.p.requires[j].measure == i {
			return false
		}
	}
	switch m.fn {
	case fnSum, fnCount, fnDistinct, fnStreak:
		return false
	case fnSumOf, fnDifference, fnShare, fnTotal, fnPercentile, fnQuintile:
		if m.within >= 0 {
			return true
		}
		for _, op := range m.ops {
			if k.mayLack(op) {
				return true
			}
		}
		return false
	default:
		return true
	}
}
