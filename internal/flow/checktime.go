package flow

import (
	"slices"
	"strconv"
	"strings"
)

// Bounds of durations, in days and hours: beyond them a number is a slip.
const (
	MaxDays  = 3_660
	maxHours = 24 * MaxDays
)

// limits checks deadlines, alarms, extensions and pauses.
func (c *checker) limits() {
	c.deadline("", c.def.Deadline)
	for i := range c.def.Steps {
		c.deadline(c.def.Steps[i].Key, c.def.Steps[i].Deadline)
	}
	for _, x := range c.def.Extensions {
		if c.def.Deadline == nil {
			c.add("flow.extension_deadline", "", x.Key)
		}
		c.duration("", x.Key, x.Add, false)
	}
	for _, p := range c.def.Pauses {
		if p.AtMost == nil {
			continue
		}
		c.duration("", p.Key, *p.AtMost, false)
		if c.def.Deadline != nil && !c.def.Deadline.Within.IsZero() && roughDays(*p.AtMost) > roughDays(c.def.Deadline.Within) {
			c.add("flow.pause_long", "", p.Key)
		}
	}
	if r := c.def.Reopen; r != nil && r.Within != nil {
		c.duration("", "reopen", *r.Within, false)
	}
	c.longest()
}

func (c *checker) duration(step, what string, d Duration, mayBeZero bool) {
	given := 0
	for _, n := range []int{d.Days, d.Working, d.Hours} {
		if n > 0 {
			given++
		}
	}
	bad := d.Days < 0 || d.Working < 0 || d.Hours < 0 || d.Days > MaxDays || d.Working > MaxDays || d.Hours > maxHours
	if bad || given > 1 || given == 0 && !mayBeZero {
		c.add("flow.duration", step, what)
	}
}

func (c *checker) deadline(step string, d *Deadline) {
	if d == nil {
		return
	}
	c.duration(step, "deadline", d.Within, d.On != "")
	if d.On != "" {
		c.named(step, d.On)
	}
	for i, a := range d.Alarms {
		c.duration(step, "alarm", a.By, true)
		if a.Before && !d.Within.IsZero() && roughHours(a.By) > roughHours(d.Within) {
			c.add("flow.alarm_early", step, strconv.Itoa(i+1))
		}
	}
}

// named checks the day that bounds a case or step: it is known from the start and never missing.
func (c *checker) named(step, on string) {
	head, key, _ := strings.Cut(on, ".")
	if form := c.def.Form(c.def.Start.Form); form != nil && head == StartForm {
		for i := range form.Fields {
			if f := &form.Fields[i]; f.Key == key && f.Type == FieldDate && f.Required {
				return
			}
		}
	}
	c.add("flow.deadline_on", step, on)
}

// roughHours compares durations of different units: a working day counts 7/5 of a day.
func roughHours(d Duration) int { return d.Hours + 24*d.Days + (24*7*d.Working+4)/5 }

// roughDays rounds up to calendar days.
func roughDays(d Duration) int { return (roughHours(d) + 23) / 24 }

// workingDays gives how many working days lie within a duration, at least one.
func workingDays(d Duration) int {
	if d.Working > 0 {
		return d.Working
	}
	return max(1, (d.Days+d.Hours/24)*5/7)
}

// longest compares the deadline of the case with what its steps take along the longest ways to an end.
func (c *checker) longest() {
	d := c.def.Deadline
	if d == nil || d.Within.IsZero() || len(c.def.Steps) == 0 {
		return
	}
	hours, path := c.g.longestPath(func(s *Step) int { return c.g.stepHours(s) })
	if have, days := roughDays(d.Within), (hours+23)/24; days > have {
		c.add("flow.deadline_steps", "", strconv.Itoa(have), strconv.Itoa(days), strings.Join(path, " → "))
	}
	signs, path := c.g.longestPath(func(s *Step) int { return c.g.signOffs(s) })
	if have := workingDays(d.Within); signs > have {
		c.add("flow.deadline_signs", "", strconv.Itoa(have), strconv.Itoa(signs), strings.Join(path, " → "))
	}
}

// stepHours gives the hours a step is allowed: of a composite those of its longest member, in order each seat's.
func (g *graph) stepHours(s *Step) int {
	own := 0
	if s.Deadline != nil {
		own = roughHours(s.Deadline.Within)
	}
	if len(s.Together) > 0 {
		return max(own, g.longestMember(s, g.stepHours))
	}
	if s.Need == NeedInOrder {
		own *= max(1, len(s.Seats))
	}
	return own
}

// signOffs gives the sign-offs one after the other that a step takes. One that must be given within hours takes no day.
func (g *graph) signOffs(s *Step) int {
	switch {
	case s.Deadline != nil && s.Deadline.Within.Hours > 0 && s.Deadline.Within.Hours < 24:
		return 0
	case len(s.Together) > 0:
		return g.longestMember(s, g.signOffs)
	case s.Do != DoDecide:
		return 0
	case s.Need == NeedInOrder:
		return max(1, len(s.Seats))
	}
	return 1
}

func (g *graph) longestMember(s *Step, weight func(*Step) int) int {
	most := 0
	for _, key := range s.Together {
		if m := g.steps[key]; m != nil && len(m.Together) == 0 {
			most = max(most, weight(m))
		}
	}
	return most
}

// longestPath gives the heaviest way from the first step to an end that comes to no step twice by ways that lead back; and its
// weight. Ways back (to a step already on the way) are left out, so every round of a circle counts once.
func (g *graph) longestPath(weight func(*Step) int) (int, []string) {
	const unseen, onWay, done = 0, 1, 2
	mark, best, next := map[string]int{}, map[string]int{}, map[string]string{}
	first := g.def.Steps[0].Key
	work := []frame{{key: first}}
	mark[first] = onWay
	for len(work) > 0 {
		f := &work[len(work)-1]
		if f.at < len(g.ways[f.key]) {
			to := g.ways[f.key][f.at].to
			if g.steps[to] != nil && g.within[to] == "" && mark[to] == unseen {
				mark[to] = onWay
				work = append(work, frame{key: to})
				continue
			}
			f.at++
			if mark[to] == done && (next[f.key] == "" || best[to] > best[next[f.key]]) {
				next[f.key] = to
			}
			continue
		}
		best[f.key] = best[next[f.key]] + weight(g.steps[f.key])
		mark[f.key] = done
		work = work[:len(work)-1]
	}
	var path []string
	for key := first; key != "" && !slices.Contains(path, key); key = next[key] {
		if weight(g.steps[key]) > 0 {
			path = append(path, key)
		}
	}
	return best[first], path
}
