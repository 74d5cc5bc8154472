package rate_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/rate"
)

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRatesAreSetAndTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC)
		s := rate.New(d, func() time.Time { return now })
		ctx := authz.With(context.Background(), authz.System("test"))
		in := func(currency, on, value string) rate.Input {
			return rate.Input{Home: "cny", Currency: currency, From: day(t, on), Rate: value}
		}
		out, err := s.Set(ctx, []rate.Input{in("usd", "2026-01-01", "7.18840"), in("USD", "2026-02-01", "7.2"), in("EUR", "2026-01-01", "8")})
		if err != nil || out.Set != 3 || out.Unchanged != 0 {
			t.Fatalf("%+v %v", out, err)
		}
		_, first, _ := s.Into(ctx, d.Read(), "CNY")
		now = now.Add(time.Hour)
		out, err = s.Set(ctx, []rate.Input{in("USD", "2026-01-01", "7.1884"), in("EUR", "2026-01-01", " ")})
		if err != nil || out.Set != 1 || out.Unchanged != 1 {
			t.Errorf("the same rate, and one taken back: %+v %v", out, err)
		}
		rates, changed, err := s.Into(ctx, d.Read(), "CNY")
		if err != nil || fmt.Sprint(rates) != "[{USD 2026-01-01 7.1884} {USD 2026-02-01 7.2}]" || changed-first != time.Hour.Microseconds() {
			t.Errorf("%v %d %d %v", rates, first, changed, err)
		}
		if _, changed, _ = s.Into(ctx, d.Read(), "USD"); changed != 0 {
			t.Error("there are no rates into USD")
		}
		page, next, err := s.List(ctx, rate.Filter{Home: "CNY"}, "", 1)
		if err != nil || len(page) != 1 || page[0].From.String() != "2026-02-01" || next == "" {
			t.Fatalf("%+v %q %v", page, next, err)
		}
		page, next, err = s.List(ctx, rate.Filter{Home: "CNY"}, next, 1)
		if err != nil || len(page) != 1 || page[0].Rate != "7.1884" || next != "" {
			t.Errorf("the last page: %+v %q %v", page, next, err)
		}
		if _, _, err = s.List(ctx, rate.Filter{}, "x", 1); errs.CodeOf(err) != "cursor.invalid" {
			t.Error(err)
		}
		if n, _ := db.One(ctx, d.Read(), "SELECT COUNT(*) FROM audit_entry WHERE action = 'rate.set'", nil, func(r db.Rows) (int64, error) { return r.Int64(0), nil }); n != 2 {
			t.Errorf("%d audit entries", n)
		}
		reader := authz.With(context.Background(), authz.Actor{UserID: 7, Grants: authz.GrantsOf([]string{authz.RoleCustomerManager})})
		if _, err := s.Set(reader, []rate.Input{in("USD", "2026-01-01", "1")}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a customer manager sets rates: %v", err)
		}
		if list, _, err := s.List(reader, rate.Filter{Currency: "USD"}, "", 50); err != nil || len(list) != 2 {
			t.Errorf("a customer manager reads rates: %v %v", list, err)
		}
	})
}

func TestWrongRatesAreRefusedTogether(t *testing.T) {
	good := rate.Input{Home: "CNY", Currency: "USD", From: 20_000, Rate: "7"}
	for _, c := range []struct {
		name   string
		change func(*rate.Input)
		want   string
	}{
		{"nothing wrong", func(*rate.Input) {}, ""},
		{"thousands separators", func(in *rate.Input) { in.Rate = "15,000.5" }, ""},
		{"a word", func(in *rate.Input) { in.Rate = "seven" }, "items[0].rate rate.not_a_rate"},
		{"nothing", func(in *rate.Input) { in.Rate = "0" }, "items[0].rate rate.not_a_rate"},
		{"below nothing", func(in *rate.Input) { in.Rate = "-7" }, "items[0].rate rate.not_a_rate"},
		{"a million", func(in *rate.Input) { in.Rate = "1000000" }, "items[0].rate rate.not_a_rate"},
		{"just below", func(in *rate.Input) { in.Rate = "999999.99" }, ""},
		{"eleven places", func(in *rate.Input) { in.Rate = "0.12345678901" }, "items[0].rate rate.not_a_rate"},
		{"ten places", func(in *rate.Input) { in.Rate = "0.1234567891" }, ""},
		{"no currency", func(in *rate.Input) { in.Currency = "US" }, "items[0].currency rate.currency"},
		{"itself", func(in *rate.Input) { in.Currency = "cny" }, "items[0].currency rate.same_currency"},
		{"no day", func(in *rate.Input) { in.From = calendar.None }, "items[0].from field.required"},
		{"two at once", func(in *rate.Input) { in.Home, in.Rate = "", "x" }, "items[0].home rate.currency items[0].rate rate.not_a_rate"},
	} {
		one := good
		c.change(&one)
		err := rate.Validate([]rate.Input{one})
		var got []string
		if e, ok := errs.As(err); ok {
			for _, f := range e.Fields {
				got = append(got, f.Path, f.Code)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if e, _ := errs.As(rate.Validate([]rate.Input{good, good})); e == nil || e.Fields[0].Path != "items[1].from" || e.Fields[0].Code != "rate.twice" {
		t.Errorf("twice: %+v", e)
	}
	if e, _ := errs.As(rate.Validate(make([]rate.Input, 100))); e == nil || len(e.Fields) != 20 {
		t.Error("an error names twenty wrong fields at most")
	}
	if err := rate.Validate(make([]rate.Input, rate.MaxAtOnce+1)); errs.CodeOf(err) != "rate.too_many" {
		t.Error(err)
	}
}

func TestRatesOfASheet(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := rate.New(d, func() time.Time { return time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC) })
		ctx := authz.With(context.Background(), authz.System("test"))
		write := func(text string) string {
			path := filepath.Join(t.TempDir(), "rates.csv")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
		out, err := s.SetFile(ctx, write("日期,币种,汇率,本币\n2026/1/5,USD,7.01,\n2026-01-06,EUR,8.2,\n2026-01-06,CNY,0.14,USD\n"), "CNY")
		if err != nil || out.Set != 3 {
			t.Fatalf("%+v %v", out, err)
		}
		rates, _, _ := s.Into(ctx, d.Read(), "CNY")
		if len(rates) != 2 || rates[1].From.String() != "2026-01-05" {
			t.Errorf("%+v", rates)
		}
		for _, c := range []struct{ text, code, path string }{
			{"date,currency\n2026-01-05,USD\n", "rate.columns", ""},
			{"date,currency,rate\n2026-01-05,USD,7\n2026-02-30,USD,7\n", "invalid_input", "row 3 from"},
			{"date,currency,rate\n2026-01-07,USD,7\n2026-01-08,USD,seven\n", "invalid_input", "row 3 rate"},
		} {
			_, err := s.SetFile(ctx, write(c.text), "CNY")
			e, ok := errs.As(err)
			if !ok || e.Code != c.code || c.path != "" && !slices.ContainsFunc(e.Fields, func(f errs.Field) bool { return f.Path == c.path }) {
				t.Errorf("%q: %v", c.text, err)
			}
		}
		if rates, _, _ = s.Into(ctx, d.Read(), "CNY"); len(rates) != 2 {
			t.Errorf("one wrong row and nothing is written: %+v", rates)
		}
	})
}
