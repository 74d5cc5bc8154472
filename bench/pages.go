package main

import (
	"context"
	"errors"
	"os/exec"
	"strconv"
	"strings"
)

// pages takes the sizes of what a first visit loads from the web's own budget script.
func pages(ctx context.Context, o options, r *report) error {
	cmd := exec.CommandContext(ctx, "npm", "run", "--silent", "budget")
	cmd.Dir = o.web
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) { // exit code 1 only says that a page is over
		r.skip("sizes of pages", err)
		return nil
	}
	found := 0
	for line := range strings.Lines(string(out)) {
		if f, ok := pageFigure(line); ok {
			r.add(f)
			found++
		}
	}
	if found == 0 {
		r.skip("sizes of pages", "the budget script found no complete build (make web): "+problemOf(exit))
	}
	return nil
}

// pageFigure reads a line of the script: "ok   sign-in          212.3 of 260 kB".
func pageFigure(line string) (Figure, bool) {
	f := strings.Fields(line)
	if len(f) < 6 || f[len(f)-1] != "kB" || f[len(f)-3] != "of" {
		return Figure{}, false
	}
	value, err1 := strconv.ParseFloat(f[len(f)-4], 64)
	limit, err2 := strconv.ParseFloat(f[len(f)-2], 64)
	name := strings.Join(f[1:len(f)-4], " ")
	if name != "css" {
		name += ", JavaScript"
	}
	return Figure{Name: name + ", gzip", Value: value, Unit: "kB", Target: limit}, err1 == nil && err2 == nil
}

// problemOf gives the line of a script's complaint that says what is wrong.
func problemOf(exit *exec.ExitError) string {
	if exit == nil {
		return "it printed nothing"
	}
	for line := range strings.Lines(string(exit.Stderr)) {
		if strings.HasPrefix(line, "Error:") {
			return strings.TrimSpace(line)
		}
	}
	return exit.Error()
}
