package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// Figure is one thing measured. It keeps its target when Value ≤ Target, or with AtLeast when Value ≥ Target.
type Figure struct {
	Name    string  `json:"name"`
	Value   float64 `json:"value"`
	Unit    string  `json:"unit"`
	P50     float64 `json:"p50,omitempty"` // in Unit, where Value is the 95th percentile
	Target  float64 `json:"target"`
	AtLeast bool    `json:"at_least,omitempty"`
	// Baseline is what the value is held against in this run, in Unit; BaselineIs says what it is.
	Baseline   float64 `json:"baseline,omitempty"`
	BaselineIs string  `json:"baseline_is,omitempty"`
	Note       string  `json:"note,omitempty"`
}

// OK says whether the figure keeps its target.
func (f Figure) OK() bool {
	if f.AtLeast {
		return f.Value >= f.Target
	}
	return f.Value <= f.Target
}

// MarshalJSON adds the verdict.
func (f Figure) MarshalJSON() ([]byte, error) {
	type plain Figure
	return json.Marshal(struct {
		plain
		OK    bool    `json:"ok"`
		Ratio float64 `json:"ratio"`
	}{plain(f), f.OK(), f.ratio()})
}

// ratio is how the value stands to its target; of a target of nothing it is the value itself.
func (f Figure) ratio() float64 {
	if f.Target == 0 {
		return f.Value
	}
	return f.Value / f.Target
}

// Machine is what the figures were taken on.
type Machine struct {
	CPU      string `json:"cpu"`
	Cores    int    `json:"cores"`
	MemoryGB string `json:"memory"`
	System   string `json:"system"`
	Go       string `json:"go"`
}

func machine() Machine {
	return Machine{
		CPU: procValue("/proc/cpuinfo", "model name"), Cores: runtime.GOMAXPROCS(0), MemoryGB: procValue("/proc/meminfo", "MemTotal"),
		System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(),
	}
}

// procValue gives the first value of a name in a file of "name : value" lines, "unknown" where there is none.
func procValue(path, name string) string {
	f, err := os.Open(path)
	if err != nil {
		return "unknown"
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// report collects figures and prints each as soon as it is known.
type report struct {
	out     io.Writer // lines for people
	Machine Machine   `json:"machine"`
	Figures []Figure  `json:"figures"`
	Skipped []string  `json:"skipped"`
}

func (r *report) head() {
	m := r.Machine
	_, _ = fmt.Fprintf(r.out, "machine: %s, %d cores, %s, %s, %s\n", m.CPU, m.Cores, m.MemoryGB, m.System, m.Go)
}

func (r *report) add(f Figure) {
	r.Figures = append(r.Figures, f)
	verdict, sign := "ok  ", "≤"
	if !f.OK() {
		verdict = "over"
	}
	if f.AtLeast {
		sign = "≥"
	}
	line := fmt.Sprintf("%s %-44s %10s %-7s %s %-8s (%.2f × target)", verdict, f.Name, short(f.Value), f.Unit, sign, short(f.Target), f.ratio())
	if f.P50 > 0 {
		line += "  p50 " + short(f.P50)
	}
	if f.Baseline > 0 {
		line += fmt.Sprintf("  %s: %s (%.2f ×)", f.BaselineIs, short(f.Baseline), f.Value/f.Baseline)
	}
	if f.Note != "" {
		line += "  " + f.Note
	}
	_, _ = fmt.Fprintln(r.out, line)
}

func (r *report) skip(what string, why any) {
	r.Skipped = append(r.Skipped, fmt.Sprintf("%s: %v", what, why))
	_, _ = fmt.Fprintf(r.out, "skip %s: %v\n", what, why)
}

// short writes a number with as many places as help.
func short(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}
