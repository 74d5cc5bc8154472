package rulebook

import (
	"context"
	"sync"

	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/rule"
)

// cacheLimit bounds the parsed texts and the compiled programs kept in memory; a company has a handful.
const cacheLimit = 64

// Edition is a version together with its parsed text. Book is never nil; Problems are those of parsing alone.
type Edition struct {
	Version
	Files    map[string]string
	Book     *rule.Book
	Problems []rule.Problem

	test func() rule.TestReport
}

// Test runs the worked examples of the text, once.
func (e *Edition) Test() rule.TestReport { return e.test() }

func newEdition(v Version, files map[string]string) *Edition {
	e := &Edition{Version: v, Files: files}
	e.Book, e.Problems = rule.Parse(bytesOf(files))
	e.test = sync.OnceValue(func() rule.TestReport { return rule.Test(e.Book) })
	return e
}

// check gives everything there is to say about the text here: parsing, the rules among themselves, the organisation.
func (e *Edition) check(env rule.Environment) []rule.Problem {
	out := []rule.Problem{}
	seen := map[rule.Problem]bool{}
	for _, list := range [][]rule.Problem{e.Problems, e.Book.Check(env), unknownCapabilities(e.Book.Clauses())} {
		for _, p := range list {
			if !seen[p] {
				seen[p] = true
				out = append(out, p)
			}
		}
	}
	return out
}

// compile makes the program for settings; what is wrong with them comes back as rulebook.bad_settings.
func (e *Edition) compile(settings map[string]string) (*rule.Program, error) {
	program, problems := rule.Compile(e.Book, settings)
	if rule.HasErrors(problems) || program == nil {
		return nil, refusal("rulebook.bad_settings", e.Rulebook, e.Version.Version, problems)
	}
	return program, nil
}

// cache keeps what never changes: texts by their digest, programs by digest and settings.
type cache struct {
	sync.Mutex
	editions map[string]*Edition
	programs map[string]*rule.Program
}

func (s *Service) edition(ctx context.Context, q db.Q, rulebook, version string) (*Edition, error) {
	digest, err := digestOfVersion(ctx, q, rulebook, version)
	if db.IsNoRows(err) {
		return nil, errs.New(errs.NotFound, "rulebook.unknown_version", "rulebook", rulebook, "version", version)
	}
	if err != nil {
		return nil, err
	}
	key := rulebook + "\x00" + version + "\x00" + digest
	s.cache.Lock()
	e := s.cache.editions[key]
	s.cache.Unlock()
	if e != nil {
		return e, nil
	}
	v, files, err := getVersion(ctx, q, rulebook, version)
	if err != nil {
		return nil, err
	}
	e = newEdition(v, files)
	s.cache.Lock()
	defer s.cache.Unlock()
	if len(s.cache.editions) >= cacheLimit {
		clear(s.cache.editions)
	}
	s.cache.editions[key] = e
	return e, nil
}

func (s *Service) program(e *Edition, settings map[string]string) (*rule.Program, error) {
	set, err := settingsKey(settings)
	if err != nil {
		return nil, err
	}
	key := e.Digest + "\x00" + set
	s.cache.Lock()
	p := s.cache.programs[key]
	s.cache.Unlock()
	if p != nil {
		return p, nil
	}
	p, err = e.compile(settings)
	if err != nil {
		return nil, err
	}
	s.cache.Lock()
	defer s.cache.Unlock()
	if len(s.cache.programs) >= cacheLimit {
		clear(s.cache.programs)
	}
	s.cache.programs[key] = p
	return p, nil
}
