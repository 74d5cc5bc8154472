package demo

import "math/rand/v2"

// source draws from one deterministic stream. It knows whole numbers only: floating point may be rounded differently on
// another processor, and the company would no longer be the same everywhere.
type source struct{ r *rand.Rand }

// streamOf opens stream n of a seed; streams do not influence each other.
func streamOf(seed, n uint64) source { return source{rand.New(rand.NewPCG(seed, n))} }

// below gives 0 ≤ x < n.
func (s source) below(n int) int { return s.r.IntN(n) }

// between gives low ≤ x ≤ high.
func (s source) between(low, high int) int { return low + s.r.IntN(high-low+1) }

// about gives a number around mid, seldom far from it and never further than spread.
func (s source) about(mid, spread int) int {
	return mid - spread + (s.r.IntN(spread+1)+s.r.IntN(spread+1)+s.r.IntN(spread+1)+s.r.IntN(spread+1))/2
}

// happens is true in that many of a thousand cases.
func (s source) happens(permille int) bool { return s.r.IntN(1000) < permille }

// pick gives one of the choices.
func pick[T any](s source, choices []T) T { return choices[s.r.IntN(len(choices))] }

// weighted gives the index of a choice, each as likely as its weight.
func (s source) weighted(weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	x := s.r.IntN(sum)
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// shuffled gives the numbers 0 to n-1 in random order.
func (s source) shuffled(n int) []int { return s.r.Perm(n) }

// point is a corner of a curve.
type point struct{ x, y int64 }

// along reads a curve of rising corners, straight between them and level outside.
func along(curve []point, x int64) int64 {
	if x <= curve[0].x {
		return curve[0].y
	}
	for i := 1; i < len(curve); i++ {
		if a, b := curve[i-1], curve[i]; x <= b.x {
			return a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x)
		}
	}
	return curve[len(curve)-1].y
}

// portions divides total among weights so that the parts add up to it, each at least least.
func portions(total, least int, weights []int) []int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	out := make([]int, len(weights))
	rest, top := total, 0
	for i, w := range weights {
		out[i] = max(least, total*w/sum)
		rest -= out[i]
		if w > weights[top] {
			top = i
		}
	}
	out[top] += rest
	return out
}
