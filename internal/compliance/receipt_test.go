package compliance

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
)

func person(k *kit, id int64, role string) context.Context {
	return authz.With(k.ctx, authz.Actor{UserID: id, Name: "王强", Grants: authz.GrantsOf([]string{role})})
}

// waiting tells what waits for somebody, in short.
func (k *kit) waiting(ctx context.Context) string {
	k.t.Helper()
	list, err := k.s.Waiting(ctx)
	if err != nil {
		k.t.Fatal(err)
	}
	var out []string
	for _, w := range list {
		out = append(out, fmt.Sprintf("%s %s %s %s +%d", w.Do, w.Key, w.From, w.State, w.Missed))
	}
	return strings.Join(out, ", ")
}

// A report goes from whoever holds the post that owes it to whoever holds one it is for, each once; until then it waits for
// them, and for nobody else.
func TestReportsWaitAreHandedInAndReceived(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newKit(t, d)
		k.exec(`INSERT INTO app_user (id, login, name, email, password_hash, unit_id, state, locale, theme, prefs, must_change_password, version, created_at, updated_at) VALUES (5,'r','王强','','',NULL,'active','zh','light','{}',0,1,0,0)`)
		keeper, clerk, writer := person(k, 5, authz.RoleCustomerManager), person(k, 6, authz.RoleCustomerManager), person(k, 7, authz.RoleAdmin)
		taken := true
		k.s.AskPosts(func(_ context.Context, _ db.Q, userID int64, post string, _ []string) (bool, bool, error) {
			return userID == 5 && post == "regional_manager" && taken, taken, nil
		})
		made := int64(0)
		k.s.MadeBy("grades", func(context.Context, db.Q, string, string, calendar.Date) (int64, error) {
			if made == 0 {
				return 0, errs.New(errs.Conflict, "complaint.table_not_made", "month", "2026-05")
			}
			return made, nil
		})
		if got := k.waiting(keeper); got != "submit monthly 2026-05-01 missed +4" {
			t.Errorf("%s", got)
		}
		if got := k.waiting(clerk) + k.waiting(writer); got != "" {
			t.Errorf("waits for somebody without the post: %s", got)
		}
		taken = false
		if got := k.waiting(writer); got != "submit monthly 2026-05-01 missed +4" {
			t.Errorf("nobody holds the post: %s", got)
		}
		taken = true
		from := day(t, "2026-05-01")
		file := FileInput{Rulebook: book, Report: "monthly", From: from}
		receive := ReceiveInput{Rulebook: book, Report: "monthly", From: from, Note: "已阅"}
		if err := k.s.File(keeper, file); errs.CodeOf(err) != "complaint.table_not_made" {
			t.Errorf("handed in before it was made: %v", err)
		}
		made = 1
		if err := k.s.Receive(keeper, receive); errs.CodeOf(err) != "compliance.not_filed" {
			t.Errorf("%v", err)
		}
		if err := k.s.File(keeper, file); err != nil {
			t.Fatal(err)
		}
		if got := k.waiting(keeper); got != "submit monthly 2026-04-01 missed +3, receive monthly 2026-05-01 late +0" {
			t.Errorf("%s", got)
		}
		made = 2
		if err := k.s.Receive(clerk, receive); errs.CodeOf(err) != "compliance.not_receiver" {
			t.Errorf("%v", err)
		}
		before, err := k.s.Filing(keeper, book, "monthly", from)
		if err != nil || before.MaySubmit || !before.MayReceive || before.Edition != 1 {
			t.Errorf("%+v %v", before, err)
		}
		if err := k.s.Receive(keeper, receive); err != nil {
			t.Fatal(err)
		}
		if err := k.s.Receive(keeper, receive); errs.CodeOf(err) != "compliance.already_received" {
			t.Errorf("twice: %v", err)
		}
		after, err := k.s.Filing(keeper, book, "monthly", from)
		if err != nil || after.MayReceive || after.ReceivedBy != "王强" || after.ReceivedEdition != 2 || after.ReceivedNote != "已阅" || after.ReceivedAt == nil || after.Edition != 1 {
			t.Errorf("%+v %v", after, err)
		}
		if ok, err := k.s.Received(k.ctx, d.Read(), book, "monthly", from); !ok || err != nil {
			t.Errorf("%v %v", ok, err)
		}
		if ok, err := k.s.Received(k.ctx, d.Read(), book, "monthly", day(t, "2026-04-01")); ok || err != nil {
			t.Errorf("%v %v", ok, err)
		}
		if r := k.of(k.ctx, "2026-06-01", "2026-06-30").Reports[0]; r.ReceivedBy != "王强" || r.State != "late" {
			t.Errorf("%+v", r)
		}
		if _, err := k.s.Filing(keeper, book, "monthly", day(t, "2026-05-02")); errs.CodeOf(err) != "compliance.unknown_period" {
			t.Errorf("%v", err)
		}
	})
}

func TestReceiptsOverHTTP(t *testing.T) {
	k := newKit(t, dbtest.SQLite(t))
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	Register(api, k.s)
	actor, _ := authz.From(person(k, 7, authz.RoleAdmin))
	handler, err := httpapi.Server{
		API: api, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return k.now }, Web: http.NotFoundHandler(),
		Ready:        func(context.Context) error { return nil },
		Authenticate: func(context.Context, *http.Request) (authz.Actor, bool, error) { return actor, true, nil },
	}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{http.MethodPost, "/receipts", `{"period_from":"2026-05-01"}`, http.StatusConflict, "compliance.not_filed"},
		{http.MethodPost, "/filings", `{"period_from":"2026-05-01"}`, http.StatusNoContent, ""},
		{http.MethodGet, "/filings/2026-05-01", "", http.StatusOK, `"may_receive":true`},
		{http.MethodPost, "/receipts", `{"period_from":"May"}`, http.StatusUnprocessableEntity, "period_from"},
		{http.MethodPost, "/receipts", `{"period_from":"2026-05-01"}`, http.StatusNoContent, ""},
		{http.MethodPost, "/receipts", `{"period_from":"2026-05-01"}`, http.StatusConflict, "compliance.already_received"},
		{http.MethodGet, "/filings/2026-05-01", "", http.StatusOK, `"may_receive":false`},
	} {
		req := httptest.NewRequest(c.method, "/api/v1/rulebooks/"+book+"/reports/monthly"+c.path, strings.NewReader(c.body))
		req.Header.Set("Content-Type", "application/json")
		got := httptest.NewRecorder()
		handler.ServeHTTP(got, req)
		if got.Code != c.status || !strings.Contains(got.Body.String(), c.says) {
			t.Errorf("%s %s: %d %s", c.method, c.path, got.Code, got.Body)
		}
	}
}
