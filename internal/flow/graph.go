package flow

// The ways from one step to another.
const (
	wayNext = iota
	wayRejected
	waySkipped
)

// way is one way on from a step; to is a step or an end.
type way struct {
	to   string
	kind int
}

// graph is a definition seen as steps and the ways between them. Members stand inside their composite.
type graph struct {
	def     *Definition
	within  map[string]string // member -> composite
	steps   map[string]*Step
	ends    map[string]bool
	ways    map[string][]way
	reached map[string]bool // steps, members and ends that a case can come to
}

func graphOf(def *Definition) *graph {
	g := &graph{
		def: def, within: map[string]string{}, steps: map[string]*Step{}, ends: map[string]bool{},
		ways: map[string][]way{}, reached: map[string]bool{},
	}
	for i := range def.Steps {
		s := &def.Steps[i]
		if g.steps[s.Key] == nil {
			g.steps[s.Key] = s
		}
		for _, member := range s.Together {
			if _, taken := g.within[member]; !taken {
				g.within[member] = s.Key
			}
		}
	}
	for i := range def.Ends {
		g.ends[def.Ends[i].Key] = true
	}
	for i := range def.Steps {
		g.addWays(&def.Steps[i], i)
	}
	if len(def.Steps) > 0 {
		g.reach(def.Steps[0].Key)
	}
	if def.Reopen != nil {
		g.reach(def.Reopen.To)
	}
	return g
}

// addWays notes the ways on from a step; at is its place in the list.
func (g *graph) addWays(s *Step, at int) {
	if g.within[s.Key] != "" {
		return
	}
	follow := ""
	for _, later := range g.def.Steps[at+1:] {
		if g.within[later.Key] == "" {
			follow = later.Key
			break
		}
	}
	next := s.Next
	if len(next) == 0 {
		next = []Branch{{}}
	}
	skippable := s.Skip != nil || len(s.Together) > 0 && g.allSkippable(s)
	for _, b := range next {
		to := b.To
		if to == "" {
			to = follow
		}
		if to == "" {
			continue
		}
		g.ways[s.Key] = append(g.ways[s.Key], way{to: to, kind: wayNext})
		if skippable {
			g.ways[s.Key] = append(g.ways[s.Key], way{to: to, kind: waySkipped})
		}
		if b.When == nil && b.WhenText == "" {
			break // those after it are never taken
		}
	}
	if s.Rejected != "" {
		g.ways[s.Key] = append(g.ways[s.Key], way{to: s.Rejected, kind: wayRejected})
	}
}

func (g *graph) allSkippable(s *Step) bool {
	for _, member := range s.Together {
		if m := g.steps[member]; m != nil && m.Skip == nil {
			return false
		}
	}
	return true
}

// reach marks everything a case can come to from a step or end.
func (g *graph) reach(from string) {
	todo := []string{from}
	for len(todo) > 0 {
		key := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if g.reached[key] || g.steps[key] == nil && !g.ends[key] {
			continue
		}
		g.reached[key] = true
		if s := g.steps[key]; s != nil {
			for _, member := range s.Together {
				if g.steps[member] != nil {
					g.reached[member] = true
				}
			}
		}
		for _, w := range g.ways[key] {
			todo = append(todo, w.to)
		}
	}
}

// leadsToEnd gives the steps from which an end can be reached.
func (g *graph) leadsToEnd() map[string]bool {
	back := map[string][]string{}
	for from, ways := range g.ways {
		for _, w := range ways {
			back[w.to] = append(back[w.to], from)
		}
	}
	good := map[string]bool{}
	var todo []string
	for end := range g.ends {
		todo = append(todo, end)
	}
	for len(todo) > 0 {
		key := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if good[key] {
			continue
		}
		good[key] = true
		todo = append(todo, back[key]...)
	}
	return good
}

// circle is a set of steps that lead back to each other.
type circle []string

// circles gives the circles of the steps, using only ways that are wanted (Tarjan, without recursion).
func (g *graph) circles(wanted func(from string, w way) bool) []circle {
	t := tarjan{g: g, wanted: wanted, index: map[string]int{}, low: map[string]int{}, on: map[string]bool{}}
	for i := range g.def.Steps {
		if key := g.def.Steps[i].Key; g.within[key] == "" && t.index[key] == 0 {
			t.from(key)
		}
	}
	return t.found
}

type tarjan struct {
	g      *graph
	wanted func(from string, w way) bool
	index  map[string]int
	low    map[string]int
	on     map[string]bool
	stack  []string
	count  int
	found  []circle
}

type frame struct {
	key string
	at  int
}

func (t *tarjan) open(key string) frame {
	t.count++
	t.index[key], t.low[key], t.on[key] = t.count, t.count, true
	t.stack = append(t.stack, key)
	return frame{key: key}
}

func (t *tarjan) from(key string) {
	work := []frame{t.open(key)}
	for len(work) > 0 {
		f := &work[len(work)-1]
		if f.at < len(t.g.ways[f.key]) {
			w := t.g.ways[f.key][f.at]
			f.at++
			switch {
			case t.g.steps[w.to] == nil || !t.wanted(f.key, w):
			case t.index[w.to] == 0:
				work = append(work, t.open(w.to))
			case t.on[w.to]:
				t.low[f.key] = min(t.low[f.key], t.index[w.to])
			}
			continue
		}
		work = work[:len(work)-1]
		if len(work) > 0 {
			parent := work[len(work)-1].key
			t.low[parent] = min(t.low[parent], t.low[f.key])
		}
		if t.low[f.key] == t.index[f.key] {
			t.close(f.key)
		}
	}
}

// close takes a finished component off the stack; it is a circle when it has several steps, or one that leads to itself.
func (t *tarjan) close(key string) {
	var c circle
	for {
		last := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.on[last] = false
		c = append(circle{last}, c...)
		if last == key {
			break
		}
	}
	itself := false
	for _, w := range t.g.ways[key] {
		itself = itself || w.to == key && t.wanted(key, w)
	}
	if len(c) > 1 || itself {
		t.found = append(t.found, c)
	}
}
