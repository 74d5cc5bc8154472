package review

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

func deal(document, points string) DealInput {
	return DealInput{
		Rulebook: dealer, Document: document, On: calendar.None, Reason: "首批货款按期付清",
		Values: []Value{{Item: "local_influence", Value: points, Reason: "两家门店"}, {Item: "a_profile", Value: "no"}},
	}
}

// youngs gives how a customer stands as somebody sees it.
func (k *kit) youngs(who, code string) []Young {
	k.t.Helper()
	list, err := k.s.Young(k.as(who), k.ids[code])
	k.must(err)
	return list
}

func (k *kit) rateDeal(who, code string, in DealInput) DealRating {
	k.t.Helper()
	d, err := k.s.RateDeal(k.as(who), k.ids[code], in)
	k.must(err)
	return d
}

// standing gives the code of the verdict that counts, and whether it is provisional.
func (k *kit) standing(code string) (verdict string, provisional bool) {
	k.t.Helper()
	v, err := k.grade.Explain(k.sys, code, dealer)
	k.must(err)
	return v.Verdict, v.Explanation.Provisional != nil
}

// W2 has bought since September: until the March after, each deal is rated on its own, and what is judged counts at once.
func TestADealOfANewCustomerIsRated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		if list := k.youngs("west", "W1"); len(list) != 0 {
			t.Errorf("a customer of many years is new: %+v", list)
		}
		list := k.youngs("west", "W2")
		if len(list) != 1 || list[0].Rulebook != dealer || list[0].Form != "客户质量评定表" || list[0].Clause != "6.5" || list[0].Until != onDay("2026-03-09") || len(list[0].Deals) != 0 {
			t.Fatalf("%+v", list)
		}
		before := list[0].Code

		first := k.rateDeal("west", "W2", deal(" HT-001 ", "2"))
		if first.Document != "HT-001" || first.On != onDay("2025-12-25") || first.ByName != "west" || first.Scheme != list[0].Scheme || first.Code == "" {
			t.Fatalf("%+v", first)
		}
		k.jobs()
		if got, provisional := k.standing("W2"); got != first.Code || !provisional {
			t.Errorf("stands at %s (provisional %v), the deal said %s", got, provisional, first.Code)
		}
		if n := k.one("SELECT COUNT(*) FROM judgement WHERE customer_id = ?", k.ids["W2"]); n != 2 {
			t.Errorf("%d values judged", n)
		}

		// The second deal says more of the customer, and is of an earlier day; both stay, the newest first.
		earlier := deal("HT-002", "10")
		earlier.On = onDay("2025-12-20")
		second := k.rateDeal("west", "W2", earlier)
		list = k.youngs("director", "W2")
		if len(list) != 1 || len(list[0].Deals) != 2 || list[0].Deals[0].ID != second.ID || list[0].Deals[1].ID != first.ID || list[0].Deals[1].Code != first.Code {
			t.Fatalf("before %s; %+v", before, list)
		}
		if list[0].Deals[0].On != earlier.On || list[0].Deals[0].Reason != earlier.Reason {
			t.Errorf("%+v", list[0].Deals[0])
		}

		// Values that are given already change nothing, and a deal may be rated on what was judged before.
		again := deal("HT-003", "2")
		again.Values = nil
		k.rateDeal("west", "W2", again)
		if n := k.one("SELECT COUNT(*) FROM audit_entry WHERE action = 'deal.rate' AND customer_id = ?", k.ids["W2"]); n != 3 {
			t.Errorf("%d entries of the audit log", n)
		}

		// Six months after the first order it is new no more.
		k.on("2026-03-10")
		if list := k.youngs("west", "W2"); len(list) != 0 {
			t.Errorf("still new: %+v", list)
		}
		_, err := k.s.RateDeal(k.as("west"), k.ids["W2"], deal("HT-004", "3"))
		k.refused(err, "review.not_new")
	})
}

func TestDealsThatAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		with := func(change func(*DealInput)) DealInput {
			in := deal("HT-001", "2")
			change(&in)
			return in
		}
		for name, c := range map[string]struct {
			who, code string
			in        DealInput
			want      string
			field     string
		}{
			"of a customer of many years": {"west", "W1", deal("HT-001", "2"), "review.not_new", ""},
			"of another region":           {"east", "W2", deal("HT-001", "2"), "not_found", ""},
			"by somebody who only reads":  {"auditor", "W2", deal("HT-001", "2"), "auth.forbidden", ""},
			"without a document":          {"west", "W2", with(func(in *DealInput) { in.Document = "  " }), "invalid_input", "document"},
			"without a reason":            {"west", "W2", with(func(in *DealInput) { in.Reason = " " }), "invalid_input", "reason"},
			"of tomorrow":                 {"west", "W2", with(func(in *DealInput) { in.On = onDay("2025-12-26") }), "invalid_input", "on"},
			"by no rulebook":              {"west", "W2", with(func(in *DealInput) { in.Rulebook = "nothing" }), "rulebook.unknown", ""},
			"by no scheme":                {"west", "W2", with(func(in *DealInput) { in.Scheme = "nothing" }), "grading.unknown_scheme", ""},
			"with points beyond":          {"west", "W2", deal("HT-001", "11"), "invalid_input", "values.local_influence"},
			"with an item of no rulebook": {"west", "W2", with(func(in *DealInput) { in.Values[1].Item = "colour" }), "invalid_input", "values.colour"},
		} {
			_, err := k.s.RateDeal(k.as(c.who), k.ids[c.code], c.in)
			if errs.CodeOf(err) != c.want {
				t.Errorf("a deal %s: %v, want %s", name, err, c.want)
			}
			e, _ := errs.As(err)
			if c.field != "" && !slices.ContainsFunc(e.Fields, func(f errs.Field) bool { return f.Path == c.field }) {
				t.Errorf("a deal %s: %v does not name %s", name, err, c.field)
			}
		}
		// Whoever looks after a customer may not judge what the rulebook leaves to the regional manager.
		k.customer("N1", "lin", 6_000_000, "2025-10-10")
		_, err := k.s.RateDeal(k.as("lin"), k.ids["N1"], deal("HT-001", "2"))
		if e, _ := errs.As(err); errs.CodeOf(err) != "invalid_input" || e.Fields[0].Code != "grading.judged_role" {
			t.Errorf("%v", err)
		}
		_, err = k.s.Young(k.as("east"), k.ids["W2"])
		k.refused(err, "not_found")
		if n := k.one("SELECT COUNT(*) FROM deal_rating") + k.one("SELECT COUNT(*) FROM judgement"); n != 0 {
			t.Errorf("%d rows were left behind", n)
		}
	})
}

func TestDealsOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.company()
		api := httpapi.New("test", slog.New(slog.DiscardHandler))
		Register(api, k.s)
		handler, err := httpapi.Server{
			API: api, Log: slog.New(slog.DiscardHandler), Now: k.s.now, Web: http.NotFoundHandler(), Ready: func(context.Context) error { return nil },
			Authenticate: func(_ context.Context, r *http.Request) (authz.Actor, bool, error) {
				who := r.Header.Get("X-Who")
				if who == "" {
					return authz.Actor{}, false, nil
				}
				a, ok := authz.From(k.as(who))
				return a, ok, nil
			},
		}.Handler()
		k.must(err)
		call := func(who, method, code, body string, want int, into any) {
			t.Helper()
			req := httptest.NewRequest(method, "/api/v1/customers/"+id.String(k.ids[code])+"/deal-ratings", strings.NewReader(body))
			req.Header.Set("X-Who", who)
			req.Header.Set("Content-Type", "application/json")
			out := httptest.NewRecorder()
			handler.ServeHTTP(out, req)
			if out.Code != want {
				t.Fatalf("%s by %s: %d, want %d: %s", method, who, out.Code, want, out.Body)
			}
			if into != nil {
				k.must(json.Unmarshal(out.Body.Bytes(), into))
			}
		}
		body := `{"rulebook":"` + dealer + `","document":"HT-001","on":"2025-12-24","reason":"按期付清","values":[{"item":"local_influence","value":"3"}]}`
		call("", "GET", "W2", "", 401, nil)
		call("auditor", "POST", "W2", body, 403, nil)
		call("east", "GET", "W2", "", 404, nil)
		call("west", "POST", "W1", body, 409, nil)
		call("west", "POST", "W2", strings.Replace(body, "2025-12-24", "24.12.", 1), 422, nil)
		call("west", "POST", "W2", strings.Replace(body, `"HT-001"`, `" "`, 1), 422, nil)
		var made DealView
		call("west", "POST", "W2", body, 201, &made)
		if made.Document != "HT-001" || made.On != "2025-12-24" || made.By != "west" || made.Code == "" || made.At.IsZero() {
			t.Errorf("%+v", made)
		}
		var list httpapi.List[YoungView]
		call("auditor", "GET", "W2", "", 200, &list)
		if len(list.Items) != 1 || list.Items[0].Until != "2026-03-09" || len(list.Items[0].Deals) != 1 || list.Items[0].Deals[0].ID != made.ID {
			t.Errorf("%+v", list)
		}
		call("auditor", "GET", "E1", "", 200, &list)
		if len(list.Items) != 0 {
			t.Errorf("a customer of many years: %+v", list)
		}
	})
}
