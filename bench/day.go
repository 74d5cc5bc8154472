package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/user"
)

// What a person's morning may take.
const (
	benchTarget = 50  // ms: a part of the workbench of a customer manager at the 95th percentile
	pageTarget  = 300 // ms: a head's page that looks over a unit or the house
)

// day measures what a customer manager with five hundred customers opens every morning in a house of very many, and what the head of twenty
// thousand customers and the director open.
func day(ctx context.Context, o options, r *report) error {
	if o.system != "postgres" {
		dir, err := os.MkdirTemp("", "kezhi-bench-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		if err := dayOn(ctx, o, r, "SQLite", dataSet{dir: dir}); err != nil {
			return err
		}
	}
	if o.system == "sqlite" {
		return nil
	}
	base := os.Getenv(postgresVariable)
	if base == "" {
		r.skip("a morning on PostgreSQL", "no server; run it as: go run ./test/withpg -- go run ./bench")
		return nil
	}
	dsn, drop, err := freshPostgres(ctx, base, "bench_day")
	if err != nil {
		return err
	}
	defer drop()
	dir, err := os.MkdirTemp("", "kezhi-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	return dayOn(ctx, o, r, "PostgreSQL", dataSet{dir: dir, dsn: dsn})
}

func dayOn(ctx context.Context, o options, r *report, name string, at dataSet) error {
	began := time.Now()
	a, err := openAt(ctx, at.dir, at.dsn)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	if err := makeDay(authz.With(ctx, authz.System("bench")), a, o.customers); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(r.out, "made %d customers of %d managers on %s in %.0f s\n", o.customers, dayManagers(o.customers), name, time.Since(began).Seconds())
	c, err := dayClient(ctx, a, o.customers)
	if err != nil {
		return err
	}
	for _, s := range mornings(o.customers) {
		s.name += ", " + name
		if err := c.measure(s, max(o.rounds/5, 20), r); err != nil {
			return err
		}
	}
	return c.whole(mornings(o.customers), name, max(o.rounds/5, 20), r)
}

// dayAsks is how many managers and heads ask in turn, so that no answer is kept from the one before.
const dayAsks = 40

// mornings lists what is opened. "manager" and "head" stand for one of those who ask in turn.
func mornings(customers int) []sort {
	who := func(role string, path func(n int) string) sort { return sort{login: role, path: path} }
	named := func(name string, target float64, s sort) sort {
		s.name, s.target = fmt.Sprintf("%s among %d customers", name, customers), target
		return s
	}
	at := func(path string) func(int) string { return func(int) string { return "/api/v1" + path } }
	month := "from=" + today.MonthStart().String() + "&to=" + today.MonthStart().AddMonths(1).AddDays(-1).String()
	year := "from=" + today.YearStart().String() + "&to=" + today.String()
	return []sort{
		named("workbench of a customer manager", benchTarget, who("manager", at("/workbench?whose=mine"))),
		named("… movements and birthdays", benchTarget, who("manager", at("/workbench/customers?whose=mine"))),
		named("… alerts", benchTarget, who("manager", at("/workbench/alerts?whose=mine"))),
		named("… figures against targets", benchTarget, who("manager", at("/workbench/figures?whose=mine"))),
		named("… visits", benchTarget, who("manager", at("/visits?owner=me&state=planned&state=asked&state=confirmed&limit=5"))),
		named("… promises", benchTarget, who("manager", at("/promises?owner=me&state=overdue&state=open&limit=5"))),
		named("… tasks", benchTarget, who("manager", at("/inbox?limit=5"))),
		named("workbench of a head of 10,000", pageTarget, who("head", at("/workbench?whose=unit"))),
		named("… movements and birthdays of the unit", pageTarget, who("head", at("/workbench/customers?whose=unit"))),
		named("… alerts of the unit", pageTarget, who("head", at("/workbench/alerts?whose=unit"))),
		named("… figures of the unit", pageTarget, who("head", at("/workbench/figures?whose=unit"))),
		named("… calendar of the unit's month", pageTarget, who("head", at("/visits/agenda?"+month))),
		named("… duties missed in the unit", pageTarget, who("head", at("/duties?bucket=overdue&limit=50"))),
		named("compliance of the year, by clause, director", 2000, who("director", at("/rulebooks/"+planBook+"/comply?"+year))),
		named("compliance of the year, by department", 2000, who("director", at("/rulebooks/"+planBook+"/comply/by?"+year+"&by=department"))),
		named("map of the areas, director", 2000, who("director", at("/ownership/areas/map"))),
	}
}

// dayClient signs the people who ask in by token.
func dayClient(ctx context.Context, a *app.App, customers int) (*client, error) {
	handler, err := a.Handler()
	if err != nil {
		return nil, err
	}
	c := &client{handler: handler, tokens: map[string]string{}}
	sign := func(login, role string, userID int64) error {
		var err error
		_, c.tokens[login], err = a.Users.CreateToken(authz.With(ctx, authz.Actor{UserID: userID, Name: login, Grants: authz.GrantsOf([]string{role})}), userID, user.TokenInput{Name: "bench"})
		return err
	}
	err = sign("director", authz.RoleDirector, dayDirector)
	for i := range dayAsks {
		err = errors.Join(err,
			sign("manager"+strconv.Itoa(i), authz.RoleCustomerManager, int64(1+i*37%dayManagers(customers))),
			sign("head"+strconv.Itoa(i), authz.RoleRegionalManager, dayHeads+int64(i%dayUnits(customers))))
	}
	c.turns = dayAsks
	return c, err
}

// whole measures the parts of a customer manager's workbench one after the other, as a page that is opened asks for them.
func (c *client) whole(parts []sort, name string, rounds int, r *report) error {
	var times []float64
	for n := range rounds {
		sum := 0.0
		for _, s := range parts {
			if s.login != "manager" {
				continue
			}
			took, _, err := c.get(c.who(s.login, n), s.path(n))
			if err != nil {
				return err
			}
			sum += float64(took.Microseconds()) / 1000
		}
		times = append(times, sum)
	}
	slices.Sort(times)
	r.add(Figure{Name: "workbench of a customer manager, all its parts together, " + name + ", p95", Value: times[len(times)*95/100], P50: times[len(times)/2], Unit: "ms", Target: benchTarget})
	return nil
}
