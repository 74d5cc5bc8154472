package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"time"
)

// options of a run.
type options struct {
	dir       string // where the company's database is kept between runs
	online    string // online_retail.csv.gz; "" = generated orders
	bin       string // the built program
	web       string // folder of the web sources
	rounds    int    // requests of each sort that are measured
	json      bool
	only      string // one section
	customers int    // of the large company
	cases     int    // open cases people act on
	scan      int    // open steps the clock looks over
	actFor    time.Duration
	// actsTarget is the least acts a second.
	actsTarget float64
	planned    int    // customers of planning
	system     string // of grading-million: sqlite, postgres or both
}

func main() {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	var o options
	flag.StringVar(&o.dir, "dir", filepath.Join(cache, "kezhi-bench"), "folder in which the company's database is kept between runs")
	flag.StringVar(&o.online, "online-retail", filepath.Join("..", "shared", "data", "online-retail", "online_retail.csv.gz"), "the data set to be imported; generated orders without it")
	flag.StringVar(&o.bin, "bin", filepath.Join("bin", "kezhi"), "the built program, for start-up time and memory")
	flag.StringVar(&o.web, "web", "web", "folder of the web sources, for the size of pages")
	flag.IntVar(&o.rounds, "rounds", 300, "requests of each sort")
	flag.BoolVar(&o.json, "json", false, "print JSON and nothing else on standard output")
	flag.StringVar(&o.only, "only", "", "one of: requests, import, grading, grading-million, procedures, case-lists, planning, audit, process, web")
	flag.IntVar(&o.customers, "customers", 1_000_000, "customers of grading-million, with ten facts each")
	flag.IntVar(&o.cases, "cases", 100_000, "procedures: open cases that two hundred people act on")
	flag.IntVar(&o.scan, "scan", 1_000_000, "procedures: open steps that the clock looks over")
	flag.DurationVar(&o.actFor, "act-for", 12*time.Second, "procedures: how long people act, and the longest look at the clock")
	flag.Float64Var(&o.actsTarget, "acts-target", 250, "procedures: the least acts a second")
	flag.IntVar(&o.planned, "planned", 100_000, "customers of planning")
	flag.StringVar(&o.system, "system", "both", "where grading-million grades and planning plans: sqlite, postgres or both")
	step := flag.String("step", "", "for this program itself: one step of grading-million or planning in --dir or --db")
	dsn := flag.String("db", "", "for --step")
	profile := flag.String("cpuprofile", "", "for --step: where to write a CPU profile")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if *step != "" {
		if err := profiled(*profile, func() error { return runStep(ctx, *step, o.dir, *dsn) }); err != nil {
			_, _ = fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1) //nolint:gocritic // the deferred stop only restores signals
		}
		return
	}
	if err := run(ctx, o, os.Stdout, os.Stderr); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // the deferred stop only restores signals
	}
}

// profiled writes a CPU profile of the work, where one is wanted.
func profiled(path string, work func() error) error {
	if path == "" {
		return work()
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return errors.Join(err, f.Close())
	}
	err = work()
	pprof.StopCPUProfile()
	return errors.Join(err, f.Close())
}

// section is a group of figures.
type section struct {
	name string
	run  func(ctx context.Context, o options, r *report) error
}

func run(ctx context.Context, o options, stdout, stderr io.Writer) error {
	r := &report{out: stdout, Machine: machine(), Figures: []Figure{}, Skipped: []string{}}
	if o.json {
		r.out = stderr
	}
	sections := []section{{"requests", requests}, {"import", imports}, {"grading", gradings}, {"grading-million", gradingMillion}, {"procedures", procedures}, {"case-lists", caseLists}, {"planning", planning}, {"day", day}, {"audit", audits}, {"process", process}, {"web", pages}}
	if o.only != "" && !slices.ContainsFunc(sections, func(s section) bool { return s.name == o.only }) {
		return fmt.Errorf("--only %s: there is no such section", o.only)
	}
	r.head()
	for _, s := range sections {
		if o.only != "" && o.only != s.name {
			continue
		}
		if err := s.run(ctx, o, r); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	if !o.json {
		return nil
	}
	e := json.NewEncoder(stdout)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
