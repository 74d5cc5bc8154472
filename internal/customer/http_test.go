package customer_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"kezhi/internal/authz"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/httpapi"
)

// client talks to the API as one person.
type client struct {
	t   *testing.T
	url string
	who string
}

// reply is an answer, decoded as far as it is JSON.
type reply struct {
	status int
	etag   string
	header http.Header
	text   string
	body   map[string]any
}

func newClient(t *testing.T, w *world) func(who string) client {
	t.Helper()
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	customer.Register(api, w.s)
	actors := map[string]context.Context{"lin": asLin, "head": asHead, "boss": asBoss, "auditor": asAudit}
	server := httpapi.Server{
		API: api, Log: slog.New(slog.DiscardHandler), Now: w.runnerClock, Ready: func(context.Context) error { return nil }, Web: http.NotFoundHandler(),
		Authenticate: func(_ context.Context, r *http.Request) (authz.Actor, bool, error) {
			ctx, ok := actors[r.Header.Get("X-Who")]
			if !ok {
				return authz.Actor{}, false, nil
			}
			a, _ := authz.From(ctx)
			return a, true, nil
		},
	}
	h, err := server.Handler()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return func(who string) client { return client{t, srv.URL + "/api/v1", who} }
}

func (c client) do(method, path, etag, body string) reply {
	c.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("X-Who", c.who)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if etag != "" {
		req.Header.Set("If-Match", etag)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	r := reply{status: res.StatusCode, etag: res.Header.Get("ETag"), header: res.Header, text: string(b)}
	_ = json.Unmarshal(b, &r.body) // files are not JSON; tests look at text then
	return r
}

func (r reply) want(t *testing.T, status int) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d: %s", r.status, status, r.text)
	}
	return r
}

func (r reply) items() []any {
	list, _ := r.body["items"].([]any)
	return list
}

func TestHTTPLifeOfACustomer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		as := newClient(t, w)
		boss, lin := as("boss"), as("lin")
		made := boss.do("POST", "/customers", "", fmt.Sprintf(`{"name":"海珠电器","region":"440105","owner_id":"101","tags":["电"],"since":"2025-01-31",
			"identifiers":[{"type":"uscc","value":%q}],"contacts":[{"name":"欧阳一","phone":"13800138000","primary":true}]}`, uscc(t, 3))).want(t, 201)
		if made.etag != `"1"` || made.body["region_label"] != "广东省 广州市 海珠区" || made.body["code"] != "C000001" || made.body["since"] != "2025-01-31" {
			t.Errorf("%s %s", made.etag, made.text)
		}
		id, ok := made.body["id"].(string)
		if !ok {
			t.Fatalf("the id is no string: %s", made.text)
		}
		path := "/customers/" + id
		lin.do("GET", path, "", "").want(t, 200)
		as("nobody").do("GET", path, "", "").want(t, 401)
		as("auditor").do("POST", "/customers", "", `{"name":"x"}`).want(t, 403)
		lin.do("PATCH", path, "", `{"note":"x"}`).want(t, 422)
		next := lin.do("PATCH", path, made.etag, `{"note":"已拜访","tags":[]}`).want(t, 200)
		if next.etag != `"2"` || next.body["note"] != "已拜访" || len(next.body["tags"].([]any)) != 0 || next.body["since"] != "2025-01-31" {
			t.Errorf("%s %s", next.etag, next.text)
		}
		stale := lin.do("PATCH", path, made.etag, `{"note":"冲突"}`).want(t, 412)
		args, _ := stale.body["args"].(map[string]any)
		current, _ := args["current"].(map[string]any)
		if stale.body["code"] != "precondition_failed" || current["note"] != "已拜访" || current["version"] != float64(2) || current["id"] != id {
			t.Errorf("%s", stale.text)
		}
		dup := boss.do("POST", "/customers", "", fmt.Sprintf(`{"name":"他行","identifiers":[{"type":"uscc","value":%q}]}`, uscc(t, 3))).want(t, 409)
		args, _ = dup.body["args"].(map[string]any)
		if list, _ := args["candidates"].([]any); len(list) != 1 || !strings.Contains(dup.text, `"name":"海珠电器"`) || args["confirmable"] != false {
			t.Errorf("%s", dup.text)
		}
		if found := boss.do("POST", "/customers/duplicates", "", `{"name":"海珠 电器"}`).want(t, 200); len(found.items()) != 1 {
			t.Errorf("%s", found.text)
		}
		bad := boss.do("POST", "/customers", "", `{"name":"","since":"2025-02-30"}`).want(t, 422)
		if !strings.Contains(bad.text, `"field.date"`) {
			t.Errorf("%s", bad.text)
		}
		boss.do("GET", "/customers/abc", "", "").want(t, 404)
		lin.do("POST", path+"/archive", next.etag, `{}`).want(t, 403)
		gone := boss.do("POST", path+"/archive", next.etag, `{"reason":"停业"}`).want(t, 200)
		boss.do("POST", path+"/restore", gone.etag, `{}`).want(t, 200)
	})
}

func TestHTTPContactsAndRelations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		as := newClient(t, w)
		a := w.create(system, customer.Input{Name: "甲行", OwnerID: lin})
		b := w.create(system, customer.Input{Name: "乙行", OwnerID: zhao})
		c, path := as("lin"), fmt.Sprintf("/customers/%d", a.ID)
		made := c.do("POST", path+"/contacts", "", `{"name":"区二","phone":"13800138000","birthday":"1990-05-06"}`).want(t, 201)
		contact := path + "/contacts/" + made.body["id"].(string)
		c.do("PATCH", contact, made.etag, `{"birthday":""}`).want(t, 200)
		if r := c.do("PATCH", contact, made.etag, `{"title":"x"}`).want(t, 412); !strings.Contains(r.text, `"current":{"id":`) {
			t.Errorf("%s", r.text)
		}
		c.do("DELETE", contact, `"2"`, "").want(t, 200)
		if r := c.do("GET", path+"/contacts", "", "").want(t, 200); len(r.items()) != 0 {
			t.Errorf("%s", r.text)
		}
		boss := as("boss")
		rel := boss.do("POST", path+"/relations", "", fmt.Sprintf(`{"other_id":"%d","type":"guarantor","share_bp":2500}`, b.ID)).want(t, 201)
		boss.do("POST", path+"/relations", "", `{"type":"kin"}`).want(t, 422)
		relation := path + "/relations/" + rel.body["id"].(string)
		if r := boss.do("PATCH", relation, rel.etag, `{"share_bp":-1}`).want(t, 200); r.body["share_bp"] != nil || !strings.Contains(r.text, "乙行") {
			t.Errorf("%s", r.text)
		}
		if r := c.do("GET", path+"/relations", "", "").want(t, 200); len(r.items()) != 1 || strings.Contains(r.text, "乙行") || !strings.Contains(r.text, `"other":null`) {
			t.Errorf("leaks: %s", r.text)
		}
		boss.do("DELETE", relation, `"2"`, "").want(t, 200)
	})
}

func TestHTTPListsCountsSearchAndFiles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		as := newClient(t, w)
		for i := range 5 {
			w.create(system, customer.Input{Name: fmt.Sprintf("%s州店", []string{"广", "杭", "苏", "福", "郑"}[i]), OwnerID: []int64{lin, zhao}[i%2], Tags: []string{"连锁, 直营"}})
		}
		boss := as("boss")
		first := boss.do("GET", "/customers?limit=2&sort=-code&filter="+url.QueryEscape(`tag:in:连锁\, 直营`)+"&filter=owner:in:101,103", "", "").want(t, 200)
		cursor, _ := first.body["next_cursor"].(string)
		if len(first.items()) != 2 || cursor == "" || first.items()[0].(map[string]any)["code"] != "C000005" {
			t.Fatalf("%s", first.text)
		}
		if second := boss.do("GET", "/customers?limit=200&sort=-code&cursor="+cursor, "", "").want(t, 200); len(second.items()) != 3 || second.body["next_cursor"] != "" {
			t.Errorf("%s", second.text)
		}
		if r := as("lin").do("GET", "/customers/count?q="+url.QueryEscape("州店"), "", "").want(t, 200); r.body["count"] != float64(3) || r.body["more"] != false {
			t.Errorf("%s", r.text)
		}
		if r := boss.do("GET", "/customers?filter=secret:is:1", "", "").want(t, 422); r.body["code"] != "customer.filter_unknown" {
			t.Errorf("%s", r.text)
		}
		boss.do("GET", "/customers?limit=201", "", "").want(t, 422)
		if r := boss.do("GET", "/search?q=hzd", "", "").want(t, 200); len(r.items()) != 1 || !strings.Contains(r.text, "杭州店") {
			t.Errorf("%s", r.text)
		}
		file := boss.do("GET", "/customers/export?columns=code,name&sort=code&filter=owner:in:103", "", "").want(t, 200)
		if file.text != "\uFEFF客户编号,客户名称\r\nC000002,杭州店\r\nC000004,福州店\r\n" || !strings.Contains(file.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%q %v", file.text, file.header)
		}
		if r := boss.do("GET", "/customers/export?format=xlsx&lang=en", "", "").want(t, 200); !strings.HasPrefix(r.text, "PK") {
			t.Error("no workbook")
		}
		as("lin").do("GET", "/customers/export", "", "").want(t, 403)
		bulk := boss.do("POST", "/customers/bulk", "", `{"all":true,"filter":["owner:in:103"],"action":"set_status","value":"lost"}`).want(t, 200)
		if bulk.body["changed"] != float64(2) || bulk.body["state"] != "done" {
			t.Errorf("%s", bulk.text)
		}
		boss.do("POST", "/customers/bulk/"+bulk.body["id"].(string)+"/undo", "", "").want(t, 200)
		if n := w.int("SELECT COUNT(*) FROM customer WHERE status = 'lost'"); n != 0 {
			t.Errorf("%d lost", n)
		}
		if r := boss.do("GET", "/tags", "", "").want(t, 200); len(r.items()) != 1 {
			t.Errorf("%s", r.text)
		}
		if r := boss.do("GET", "/codes/regions?parent=44", "", "").want(t, 200); len(r.items()) < 20 || !strings.Contains(r.text, "深圳市") {
			t.Errorf("%.200s", r.text)
		}
		if r := boss.do("GET", "/codes/industries", "", "").want(t, 200); len(r.items()) != 20 {
			t.Errorf("%d sections", len(r.items()))
		}
		if r := boss.do("GET", "/customer-kinds", "", "").want(t, 200); len(r.items()) == 0 {
			t.Errorf("%s", r.text)
		}
		field := boss.do("POST", "/custom-fields", "", `{"name":"vip","label_zh":"贵宾","label_en":"VIP","type":"flag"}`).want(t, 201)
		if r := boss.do("PATCH", "/custom-fields/"+field.body["id"].(string), field.etag, `{"archived":true}`).want(t, 200); r.body["archived"] != true {
			t.Errorf("%s", r.text)
		}
		as("lin").do("POST", "/custom-fields", "", `{"name":"x"}`).want(t, 403)
	})
}
