package rulebook

import "strings"

// Diff of texts, line by line.
const (
	contextLines = 3
	// maxEdits bounds the work on two texts that have nothing in common; beyond it the differing part is shown as replaced.
	maxEdits = 600
)

// DiffLine is a line of a hunk: Op is " " for both, "-" for the old and "+" for the new text.
type DiffLine struct {
	Op   string `json:"op" enum:" ,+,-"`
	Text string `json:"text"`
}

// Hunk is a part of two texts that differs, with three lines around it. Lines count from 1.
type Hunk struct {
	FromLine int        `json:"from_line"`
	ToLine   int        `json:"to_line"`
	Lines    []DiffLine `json:"lines" nullable:"false"`
}

// FileDiff is the difference of one file.
type FileDiff struct {
	File    string `json:"file"`
	Added   int    `json:"added"`
	Removed int    `json:"removed"`
	Hunks   []Hunk `json:"hunks" nullable:"false"`
}

// diffText compares two texts.
func diffText(file, before, after string) FileDiff {
	out := FileDiff{File: file, Hunks: []Hunk{}}
	if before == after {
		return out
	}
	all := edits(lines(before), lines(after))
	for i := range all {
		switch all[i].Op {
		case "+":
			out.Added++
		case "-":
			out.Removed++
		}
	}
	out.Hunks = hunks(all)
	return out
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(s, "\r\n", "\n"), "\n"), "\n")
}

// edits gives every line of both texts in order.
func edits(a, b []string) []DiffLine {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	out := make([]DiffLine, 0, len(a)+len(b))
	for _, l := range a[:head] {
		out = append(out, DiffLine{" ", l})
	}
	out = append(out, middle(a[head:len(a)-tail], b[head:len(b)-tail])...)
	for _, l := range a[len(a)-tail:] {
		out = append(out, DiffLine{" ", l})
	}
	return out
}

// middle is Myers' algorithm: the fewest lines removed and added.
func middle(a, b []string) []DiffLine {
	n, m := len(a), len(b)
	limit := min(n+m, maxEdits)
	v := map[int]int{1: 0}
	var trace []map[int]int
	for d := 0; d <= limit; d++ {
		step := make(map[int]int, 2*d+1)
		for k := -d; k <= d; k += 2 {
			x := v[k-1] + 1
			if k == -d || (k != d && v[k-1] < v[k+1]) {
				x = v[k+1]
			}
			for x < n && x-k < m && a[x] == b[x-k] {
				x++
			}
			step[k] = x
			if x >= n && x-k >= m {
				return walkBack(a, b, append(trace, step), d, k)
			}
		}
		trace = append(trace, step)
		v = step
	}
	return replaced(a, b)
}

// walkBack reads the path from its end; trace[d] holds the furthest points after d edits.
func walkBack(a, b []string, trace []map[int]int, d, k int) []DiffLine {
	var back []DiffLine
	x := trace[d][k]
	for ; d > 0; d-- {
		before := trace[d-1]
		fromK := k - 1
		if down, ok := before[k+1]; ok {
			if left, ok := before[k-1]; !ok || left < down {
				fromK = k + 1
			}
		}
		fromX := before[fromK]
		start := fromX
		if fromK == k-1 {
			start++
		}
		for x > start {
			x--
			back = append(back, DiffLine{" ", a[x]})
		}
		if fromK == k+1 {
			back = append(back, DiffLine{"+", b[fromX-fromK]})
		} else {
			back = append(back, DiffLine{"-", a[fromX]})
		}
		x, k = fromX, fromK
	}
	for x > 0 {
		x--
		back = append(back, DiffLine{" ", a[x]})
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

func replaced(a, b []string) []DiffLine {
	out := make([]DiffLine, 0, len(a)+len(b))
	for _, l := range a {
		out = append(out, DiffLine{"-", l})
	}
	for _, l := range b {
		out = append(out, DiffLine{"+", l})
	}
	return out
}

// hunks keeps what differs and what stands around it.
func hunks(all []DiffLine) []Hunk {
	out := []Hunk{}
	from, to, open := 1, 1, -1
	quiet := 0
	for i, l := range all {
		if l.Op != " " {
			if open < 0 {
				open = max(0, i-contextLines)
				back := i - open
				out = append(out, Hunk{FromLine: from - back, ToLine: to - back, Lines: append([]DiffLine{}, all[open:i]...)})
			}
			quiet = 0
		} else {
			quiet++
		}
		if open >= 0 {
			h := &out[len(out)-1]
			h.Lines = append(h.Lines, l)
			if quiet > 2*contextLines {
				h.Lines = h.Lines[:len(h.Lines)-quiet+contextLines]
				open = -1
			}
		}
		if l.Op != "+" {
			from++
		}
		if l.Op != "-" {
			to++
		}
	}
	if open >= 0 && quiet > contextLines {
		h := &out[len(out)-1]
		h.Lines = h.Lines[:len(h.Lines)-quiet+contextLines]
	}
	return out
}
