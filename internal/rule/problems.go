package rule

import (
	"sort"
	"strconv"
	"strings"
)

// Names of the files a rulebook consists of.
const (
	FileRulebook = "rulebook.yaml"
	FileClauses  = "clauses.md"
	FileCases    = "cases.yaml"
)

// maxProblems bounds the list a hostile file can produce.
const maxProblems = 500

// finding is the wording of a problem; {1}, {2} ... stand for its arguments.
type finding struct {
	severity           string
	zh, en             string
	remedyZh, remedyEn string
}

// collector gathers problems.
type collector struct {
	list []Problem
	// clauses is used to attach a place to nothing else; problems keep the order of discovery until sorted.
}

// add reports a problem of the catalogue.
func (c *collector) add(code, file string, at pos, clause string, args ...string) {
	f, ok := findings[code]
	if !ok {
		f = finding{severity: SeverityError, zh: code, en: code}
	}
	if whole := strings.HasPrefix(code, "file.") || code == "yaml.unreadable" || code == "book.unreadable"; at.Line == 0 && !whole {
		at = pos{1, 1} // what is wrong is not there: the beginning of the file is the place to add it
	}
	c.addText(Problem{
		Severity: f.severity, File: file, Line: at.Line, Column: at.Col, Code: code, Clause: clause,
		Message: Text{Zh: fill(f.zh, args), En: fill(f.en, args)},
		Remedy:  Text{Zh: fill(f.remedyZh, args), En: fill(f.remedyEn, args)},
	})
}

func (c *collector) addText(p Problem) {
	if c.full() {
		return
	}
	c.list = append(c.list, p)
}

// full reports that further problems are not listed.
func (c *collector) full() bool { return len(c.list) >= maxProblems }

func (c *collector) failed() bool { return HasErrors(c.list) }

func fill(template string, args []string) string {
	if len(args) == 0 || !strings.Contains(template, "{") {
		return template
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i+1)+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

var fileOrder = map[string]int{FileRulebook: 0, FileClauses: 1, FileCases: 2}

// sorted gives the problems without duplicates: by file, place, then code.
func (c *collector) sorted() []Problem {
	list := c.list
	sort.SliceStable(list, func(i, j int) bool {
		a, b := &list[i], &list[j]
		if a.File != b.File {
			return fileOrder[a.File] < fileOrder[b.File]
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		if a.Column != b.Column {
			return a.Column < b.Column
		}
		return a.Code < b.Code
	})
	out := list[:0]
	for i := range list {
		if len(out) == 0 || out[len(out)-1] != list[i] {
			out = append(out, list[i])
		}
	}
	return out
}
