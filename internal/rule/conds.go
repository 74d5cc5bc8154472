package rule

// source finds a scorecard, measure, judgement or customer field by name.
func (k *compiler) source(w word) (source, bool) {
	for i := range k.p.cards {
		if k.p.cards[i].name == w.S {
			if k.p.card != nil && k.p.card != &k.p.cards[i] {
				k.report("scheme.two_cards", w.pos, k.g.Clause.S, k.p.scheme.ID, k.p.card.name, w.S)
			}
			if k.p.card == nil {
				k.useCard(&k.p.cards[i])
			}
			k.cardsUsed[w.S] = true
			return source{kind: fromScore, index: i}, true
		}
	}
	if i, ok := k.p.measureIndex[w.S]; ok {
		k.measuresUsed[i] = true
		return source{kind: fromMeasure, index: i}, true
	}
	if i := k.judgementIndex(w.S); i >= 0 {
		return source{kind: fromJudgement, index: i}, true
	}
	if customerRef.MatchString(w.S) {
		k.fieldsUsed = append(k.fieldsUsed, w)
		return source{kind: fromField, field: w.S}, true
	}
	return k.schemeSource(w)
}

// schemeSource finds an earlier scheme by its id; it is the last thing a name can mean.
func (k *compiler) schemeSource(w word) (source, bool) {
	i, later := k.earlierScheme(w.S)
	switch {
	case i >= 0:
		k.reads[i] = true
		return source{kind: fromScheme, index: i}, true
	case later:
		k.report("scheme.later", w.pos, k.g.Clause.S, k.p.scheme.ID, w.S)
		return source{}, false
	}
	names := append(k.b.spec.Scorecards.names(), k.b.spec.Measures.names()...)
	names = append(names, k.b.spec.Judgements.names()...)
	for _, before := range k.p.family.list {
		names = append(names, before.scheme.ID)
	}
	k.unknownName("source.unknown", w.pos, w.S, names)
	return source{}, false
}

func (k *compiler) conds(when *entries[condSpec]) []cond {
	var out []cond
	for i := range when.List {
		e := &when.List[i]
		if c, ok := k.segmentCond(e); ok {
			out = append(out, c)
			continue
		}
		src, ok := k.source(e.Name)
		if !ok {
			continue
		}
		c := cond{src: src, name: e.Name.S, title: k.sourceTitle(src, e.Name.S), at: e.Name.pos}
		k.condValues(&c, &e.Value)
		out = append(out, c)
	}
	return out
}

func (k *compiler) sourceTitle(src source, name string) Text {
	switch src.kind {
	case fromMeasure:
		return k.p.measures[src.index].title
	case fromJudgement:
		return k.p.judgements[src.index].title
	case fromScore:
		return k.p.cards[src.index].title
	case fromScheme:
		return k.p.family.list[src.index].scheme.Title
	default:
		return Text{name, name}
	}
}

func (k *compiler) condValues(c *cond, s *condSpec) {
	numeric := c.src.kind == fromMeasure || c.src.kind == fromScore
	if s.Bound != nil {
		c.ranged = true
		if !numeric {
			k.report("cond.not_number", c.at, "", c.name)
			return
		}
		unit := "point"
		if c.src.kind == fromMeasure {
			unit = k.p.measures[c.src.index].unit
		}
		c.iv, _ = k.bound(*s.Bound, unit)
		if c.src.kind == fromMeasure {
			k.moneyBounds(&k.p.measures[c.src.index], []bin{{iv: c.iv}})
		}
		return
	}
	for _, w := range s.Values {
		v := k.resolve(w)
		if numeric {
			r, ok := parseRat(v)
			if !ok {
				k.report("band.not_number", w.pos, "", v)
			}
			c.rats = append(c.rats, r)
			continue
		}
		if c.src.kind == fromJudgement && v != undecided && !contains(k.p.judgements[c.src.index].values, v) {
			k.unknownName("value.one_of", w.pos, v, append([]string{undecided}, k.p.judgements[c.src.index].values...))
		}
		if codes := k.codesOf(c.src); codes != nil && !contains(codes, v) {
			k.unknownName("scheme.code", w.pos, v, codes, k.p.family.list[c.src.index].scheme.ID)
		}
		c.texts = append(c.texts, v)
	}
}

// codesOf lists the grades of the scheme a condition reads; nil when it reads something else.
func (k *compiler) codesOf(src source) []string {
	if src.kind != fromScheme {
		return nil
	}
	var codes []string
	for _, l := range k.p.family.list[src.index].scheme.Labels {
		codes = append(codes, l.Code)
	}
	return codes
}
