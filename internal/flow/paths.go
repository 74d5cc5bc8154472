package flow

import "slices"

// Bounds of Paths.
const (
	MaxPaths  = 200
	maxSteps  = 20_000 // places looked at, over all paths
	maxLength = 500    // steps of one path
)

// Path is one way a case can go from its start to an end.
type Path struct {
	// Steps are the steps it goes through, in order; members of a composite are not named beside it. Rejected names those
	// left by a rejection.
	Steps    []string `json:"steps"`
	Rejected []string `json:"rejected,omitempty"`
	End      string   `json:"end"`
	Good     bool     `json:"good"`
	// MinDays is the sign-offs one after the other, at one working day each. MaxDays is what the limits of the steps allow
	// together, in calendar days; Unlimited are the steps without a limit, which may take any time on top.
	MinDays   int      `json:"min_days"`
	MaxDays   int      `json:"max_days"`
	Unlimited []string `json:"unlimited,omitempty"`
}

// Paths gives the ways from the start to the ends that come to no step twice, in the order of the branches, and whether there
// are more than MaxPaths.
func Paths(def *Definition) (paths []Path, more bool) {
	w := walker{g: graphOf(def), onWay: map[string]bool{}}
	if len(def.Steps) > 0 {
		w.walk(def.Steps[0].Key)
	}
	return w.found, w.more
}

type walker struct {
	g        *graph
	steps    []string
	rejected []string
	onWay    map[string]bool
	seen     int
	found    []Path
	more     bool
}

func (w *walker) walk(key string) {
	if w.seen++; w.seen > maxSteps || len(w.found) >= MaxPaths {
		w.more = true
		return
	}
	if w.g.ends[key] {
		w.found = append(w.found, w.path(key))
		return
	}
	if w.g.steps[key] == nil || w.g.within[key] != "" || w.onWay[key] || len(w.onWay) > maxLength {
		return
	}
	w.onWay[key] = true
	defer delete(w.onWay, key)
	taken := map[string]bool{}
	for _, way := range w.g.ways[key] {
		steps, rejected := w.steps, w.rejected
		mark := way.to
		switch way.kind {
		case waySkipped:
			mark = "-" + mark
		case wayRejected:
			w.rejected = append(slices.Clip(w.rejected), key)
			fallthrough
		default:
			w.steps = append(slices.Clip(w.steps), key)
		}
		if !taken[mark] || way.kind == wayRejected {
			taken[mark] = true
			w.walk(way.to)
		}
		w.steps, w.rejected = steps, rejected
	}
}

func (w *walker) path(end string) Path {
	p := Path{Steps: slices.Clone(w.steps), Rejected: slices.Clone(w.rejected), End: end, Good: w.g.def.End(end).Good}
	hours := 0
	for _, key := range p.Steps {
		s := w.g.steps[key]
		p.MinDays += w.g.signOffs(s)
		own := w.g.stepHours(s)
		hours += own
		if own == 0 {
			p.Unlimited = append(p.Unlimited, key)
		}
	}
	p.MaxDays = (hours + 23) / 24
	return p
}
