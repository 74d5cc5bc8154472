package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"time"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/demo"
	"kezhi/internal/search"
	"kezhi/internal/user"
)

// sort is a sort of request: its figure, and the n-th path of it for whoever asks.
type sort struct {
	name   string
	target float64 // milliseconds at the 95th percentile
	rival  float64 // a rival's published figure on the same shape, 0 = none
	login  string
	path   func(n int) string
}

// requests measures the pages people open all day.
func requests(ctx context.Context, o options, r *report) error {
	dir, remove, err := copyOfCompany(ctx, o, r)
	if err != nil {
		return err
	}
	defer remove()
	a, err := open(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	c, err := newClient(ctx, a)
	if err != nil {
		return err
	}
	ids, err := customerIDs(ctx, a.DB)
	if err != nil {
		return err
	}
	for _, s := range sorts(ids, demo.Generate(full.options())) {
		if err := c.measure(s, o.rounds, r); err != nil {
			return err
		}
	}
	return nil
}

// sorts lists what is measured. Each request differs from the one before, so that no cache of answers could help.
func sorts(ids []int64, c *demo.Company) []sort {
	customer := func(n int) string {
		return "/api/v1/customers/" + strconv.FormatInt(ids[n*7919%len(ids)], 10)
	}
	name := func(n int) []rune { return []rune(c.Customers[n*7919%len(c.Customers)].Input.Name) }
	var provinces []string
	for _, cu := range c.Customers[:min(200, len(c.Customers))] {
		if p := cu.Input.Region[:2]; !slices.Contains(provinces, p) {
			provinces = append(provinces, p)
		}
	}
	filter := func(n int) string {
		kind := []string{demo.KindDealer, demo.KindFranchisee, demo.KindOEM}[n%3]
		return "filter=kind:in:" + kind + "&filter=status:in:active&filter=region:in:" + provinces[n%len(provinces)]
	}
	order := []string{"name", "-name", "-updated_at", "code", "-code", "-created_at"}
	grades := []string{"A", "B", "C", "none"}
	return []sort{
		{"open a record", 30, 34, "director", customer},
		{"filtered and sorted list", 60, 948, "director", func(n int) string {
			return "/api/v1/customers?limit=50&" + filter(n) + "&sort=" + order[n%len(order)]
		}},
		{"list by grade, sorted by grade", 60, 948, "director", func(n int) string {
			return "/api/v1/customers?limit=50&filter=grade:in:dealer:" + grades[n%len(grades)] + "&sort=grade.dealer&filter=region:in:" + provinces[n%len(provinces)]
		}},
		{"list of one's own region", 60, 948, "east.manager", func(n int) string {
			return "/api/v1/customers?limit=50&filter=status:in:active&sort=" + order[n%len(order)]
		}},
		{"360° page", 150, 2449, "director", func(n int) string { return customer(n) + "/record" }},
		{"timeline, first page", 150, 2449, "director", func(n int) string { return customer(n) + "/timeline" }},
		{"workbench of a customer manager", 200, 16_800, "lin", func(int) string { return "/api/v1/workbench" }},
		{"workbench of the director", 200, 16_800, "director", func(int) string { return "/api/v1/workbench" }},
		{"search by 2 Chinese characters", 150, 5050, "director", func(n int) string {
			text := name(n)
			at := n % (len(text) - 1)
			return "/api/v1/search?q=" + url.QueryEscape(string(text[at:at+2]))
		}},
		{"search by pinyin initials", 150, 5050, "director", func(n int) string {
			return "/api/v1/search?q=" + initials(string(name(n)[:4]))
		}},
		{"list by 2 Chinese characters", 150, 5050, "director", func(n int) string {
			return "/api/v1/customers?limit=50&q=" + url.QueryEscape(string(name(n)[2:4]))
		}},
		{"filtered count", 50, 0, "director", func(n int) string { return "/api/v1/customers/count?" + filter(n) }},
		{"count of everything", 50, 0, "director", func(int) string { return "/api/v1/customers/count" }},
	}
}

func initials(text string) string {
	out := ""
	for _, syllable := range search.Pinyin(text, false) {
		out += syllable[:1]
	}
	return out
}

// client sends requests to the handler, signed in by token.
type client struct {
	handler http.Handler
	tokens  map[string]string
	turns   int // how many people of a login ask in turn, who have its name and a number; 0 = one
}

// who gives the login of the n-th request of a sort.
func (c *client) who(login string, n int) string {
	if _, alone := c.tokens[login]; alone || c.turns == 0 {
		return login
	}
	return login + strconv.Itoa(n%c.turns)
}

func newClient(ctx context.Context, a *app.App) (*client, error) {
	handler, err := a.Handler()
	if err != nil {
		return nil, err
	}
	users, err := userIDs(ctx, a.DB)
	if err != nil {
		return nil, err
	}
	c := &client{handler: handler, tokens: map[string]string{}}
	for login, role := range map[string]string{"director": authz.RoleDirector, "east.manager": authz.RoleRegionalManager, "lin": authz.RoleCustomerManager} {
		actor := authz.Actor{UserID: users[login], Name: login, Grants: authz.GrantsOf([]string{role})}
		if _, c.tokens[login], err = a.Users.CreateToken(authz.With(ctx, actor), actor.UserID, user.TokenInput{Name: "bench"}); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// get sends one request and gives how long the answer took and how large it was.
func (c *client) get(login, path string) (time.Duration, int, error) {
	req := httptest.NewRequest(http.MethodGet, path, http.NoBody)
	req.Header.Set("Authorization", "Bearer "+c.tokens[login])
	w := httptest.NewRecorder()
	began := time.Now()
	c.handler.ServeHTTP(w, req)
	took := time.Since(began)
	if w.Code != http.StatusOK {
		return 0, 0, fmt.Errorf("GET %s: %d %s", path, w.Code, w.Body.String())
	}
	return took, w.Body.Len(), nil
}

// measure warms up with a fifth of the requests and takes the percentiles of the rest.
func (c *client) measure(s sort, rounds int, r *report) error {
	times, size, err := c.times(s, 0, rounds+rounds/5)
	if err != nil {
		r.skip(s.name, err)
		return nil
	}
	times = times[rounds/5:]
	slices.Sort(times)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	f := Figure{
		Name: s.name + ", p95", Value: ms(times[len(times)*95/100]), P50: ms(times[len(times)/2]), Unit: "ms", Target: s.target,
		Note: strconv.Itoa(size) + " bytes",
	}
	if s.rival > 0 {
		f.Baseline, f.BaselineIs = s.rival, "a rival's published figure"
	}
	r.add(f)
	return nil
}

// times sends the requests from one number up to another and gives how long each took, and how large an answer is on average.
func (c *client) times(s sort, from, to int) ([]time.Duration, int, error) {
	var times []time.Duration
	size := 0
	for n := from; n < to; n++ {
		took, bytes, err := c.get(c.who(s.login, n), s.path(n))
		if err != nil {
			return nil, 0, err
		}
		times = append(times, took)
		size += bytes
	}
	return times, size / len(times), nil
}
