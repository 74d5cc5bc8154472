package db

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"kezhi/internal/clock"
)

// SlowStatement is a statement that took long, once or several times since the process started.
type SlowStatement struct {
	Shape          string // its text; values are placeholders
	Times          int64
	Longest, Total time.Duration
	Last           time.Time
}

// SlowFrom is what counts as slow where the options say nothing.
const SlowFrom = 500 * time.Millisecond

// maxShapes bounds the statements that are kept: filters make many texts.
const maxShapes = 200

// maxShape bounds the text of one, in bytes.
const maxShape = 2000

// slowLog keeps in memory what took long. A query counts until its rows are closed, so with what was done with them meanwhile.
type slowLog struct {
	from time.Duration
	mu   sync.Mutex
	seen map[string]*SlowStatement
}

func newSlowLog(from time.Duration) *slowLog {
	if from == 0 {
		from = SlowFrom
	}
	return &slowLog{from: from, seen: map[string]*SlowStatement{}}
}

var (
	placeholders = regexp.MustCompile(`\?(\s*,\s*\?)+`)
	groups       = regexp.MustCompile(`\(\?, …\)(\s*,\s*\(\?, …\))+`)
)

// shapeOf makes one text of statements that differ in the number of their values only.
func shapeOf(sql string) string {
	s := strings.Join(strings.Fields(sql), " ")
	s = groups.ReplaceAllString(placeholders.ReplaceAllString(s, "?, …"), "(?, …), …")
	if len(s) > maxShape {
		s = strings.ToValidUTF8(s[:maxShape], "") + " …"
	}
	return s
}

// since notes a statement that began at a moment, if it took long.
func (l *slowLog) since(sql string, began time.Time) {
	now := clock.System()
	took := now.Sub(began)
	if l == nil || l.from < 0 || took < l.from {
		return
	}
	shape := shapeOf(sql)
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.seen[shape]
	if s == nil {
		if len(l.seen) >= maxShapes {
			l.dropOldest()
		}
		s = &SlowStatement{Shape: shape}
		l.seen[shape] = s
	}
	s.Times++
	s.Total += took
	s.Longest, s.Last = max(s.Longest, took), now
}

func (l *slowLog) dropOldest() {
	oldest := ""
	for shape, s := range l.seen {
		if oldest == "" || s.Last.Before(l.seen[oldest].Last) {
			oldest = shape
		}
	}
	delete(l.seen, oldest)
}

// list gives what took longest in all first.
func (l *slowLog) list() []SlowStatement {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]SlowStatement, 0, len(l.seen))
	for _, s := range l.seen {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b SlowStatement) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Shape, b.Shape))
	})
	return out
}
