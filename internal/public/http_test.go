package public

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/flow"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

const (
	mobile = "138 0000 1234"
	png    = "\x89PNG\r\n\x1a\n" + "picture"
)

// site is the house behind its HTTP server, which believes the address a request says it comes from.
type site struct {
	*house
	srv *httptest.Server
}

func newSite(t *testing.T, d *db.DB) *site {
	t.Helper()
	return serve(t, newHouse(t, d))
}

// serve puts the public pages and the cases of the organisation behind a server.
func serve(t *testing.T, h *house) *site {
	t.Helper()
	api := httpapi.New("test", slog.New(slog.DiscardHandler))
	Register(api, h.svc)
	procedure.Register(api, h.cases)
	handler, err := httpapi.Server{
		API: api, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return h.at }, Web: http.NotFoundHandler(), TrustProxy: true,
		Ready: func(context.Context) error { return nil },
		Authenticate: func(_ context.Context, r *http.Request) (authz.Actor, bool, error) {
			n, _ := strconv.ParseInt(r.Header.Get("X-Who"), 10, 64) // none = nobody
			actor, _ := authz.From(as(n))
			return actor, n != 0, nil
		},
	}.Handler()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	return &site{h, srv}
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

func (s *site) send(method, path, contentType string, body io.Reader, headers ...string) answer {
	s.t.Helper()
	req, err := http.NewRequest(method, s.srv.URL+"/api/v1"+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("X-Forwarded-For", "203.0.113.9")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.srv.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, b}
}

func (s *site) post(path string, body any, headers ...string) answer {
	s.t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.send(http.MethodPost, path, "application/json", bytes.NewReader(b), headers...)
}

// read gives the body of an answer that must have a status.
func read[T any](s *site, a answer, status int) T {
	s.t.Helper()
	var v T
	if a.status != status {
		s.t.Fatalf("status %d, not %d: %s", a.status, status, a.body)
	}
	if err := json.Unmarshal(a.body, &v); err != nil {
		s.t.Fatal(err)
	}
	return v
}

// refused makes sure that an answer is a refusal with a status and a code, at the top or of a field.
func (s *site) refused(what string, a answer, status int, code string) {
	s.t.Helper()
	var p httpapi.Problem
	_ = json.Unmarshal(a.body, &p)
	found := p.Code == code
	for _, f := range p.Fields {
		found = found || f.Code == code
	}
	if a.status != status || !found {
		s.t.Errorf("%s: %d %s", what, a.status, a.body)
	}
}

func (s *site) upload(name, content string) answer {
	s.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		s.t.Fatal(err)
	}
	_, _ = part.Write([]byte(content))
	_ = w.Close()
	return s.send(http.MethodPost, "/public/files", w.FormDataContentType(), &form)
}

type object = map[string]any

// complaint is a form filled as a customer does.
func complaint(more object) object {
	answers := object{
		"customer_name": "东海瑞丰商贸", "demand": "criticism", "customer_kind": "agent", "content": "service", "story": "送货员态度生硬。", "injury": false, "public": false,
	}
	for k, v := range more {
		answers[k] = v
	}
	return object{"rulebook": rulebookID, "procedure": procedureKey, "phone": mobile, "answers": answers}
}

func (s *site) begin() ReceiptView {
	s.t.Helper()
	return read[ReceiptView](s, s.post("/public/cases", complaint(nil)), http.StatusCreated)
}

func key(number, phone string) object { return object{"number": number, "phone": phone} }

func (o keyed) with(more object) object {
	out := object{}
	for k, v := range o {
		out[k] = v
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}

type keyed object

// answered takes the newest case, a minor complaint, to its answer.
func (s *site) answered() {
	s.t.Helper()
	n := s.newest()
	s.step(n, "grounds", flow.Answers{"holds": text("yes"), "reason": text("属实，内部核对")})
	s.step(n, "accept", nil)
	s.step(n, "simple_handling", flow.Answers{"opinion": text("已批评教育")})
	s.step(n, "answer", flow.Answers{"manner": text("written"), "text": text("已向您致歉并改进。")})
}

func TestACustomerIsServedWithoutAnAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		if _, err := s.customers.AddContact(as(zhao), c1East, customer.ContactInput{Name: "刘经理", Phone: "13800001234"}); err != nil {
			t.Fatal(err)
		}
		open := read[OpenListView](s, s.send(http.MethodGet, "/public/procedures", "", nil), http.StatusOK)
		if !open.On || len(open.Items) != 1 || open.Items[0].Procedure != procedureKey {
			t.Fatalf("%+v", open)
		}
		for _, f := range open.Items[0].Fields {
			if f.Key == phoneField || f.Type == flow.FieldPerson || f.Type == flow.FieldComputed {
				t.Errorf("a stranger is asked for %s", f.Key)
			}
		}
		picture := read[UploadedView](s, s.upload("到货.png", png), http.StatusCreated)
		start := complaint(object{"original": []string{picture.File}})
		first := s.post("/public/cases", start, "Idempotency-Key", "k1")
		receipt := read[ReceiptView](s, first, http.StatusCreated)
		if receipt != (ReceiptView{"TS-2026-0001", "2026-03-02", "2026-03-09"}) {
			t.Errorf("%+v", receipt)
		}
		if again := s.post("/public/cases", start, "Idempotency-Key", "k1"); !bytes.Equal(again.body, first.body) || s.count("SELECT COUNT(*) FROM proc_case") != 1 {
			t.Errorf("the same request again: %s", again.body)
		}
		c, err := s.cases.Get(as(li), s.newest())
		if err != nil || c.CustomerID != c1East || c.Channel != flow.ChannelWeb || len(c.Files) != 1 || c.State.Steps[flow.StartForm].Answers["phone"].Text != mobile {
			t.Errorf("%v %+v", err, c.Case)
		}
		mine := key(" ts-2026-0001 ", "+86 13800001234")
		if v := read[CaseView](s, s.post("/public/cases/follow", mine), http.StatusOK); v.Stage != StageReceived || v.DueOn != "2026-03-09" || !v.MayAdd || v.MayRate {
			t.Errorf("%+v", v)
		}
		s.refused("rating before the answer", s.post("/public/cases/rating", keyed(mine).with(object{"score": 5})), http.StatusConflict, "public.not_answered")

		more := read[UploadedView](s, s.upload("补充.png", png), http.StatusCreated)
		v := read[CaseView](s, s.post("/public/cases/add", keyed(mine).with(object{"text": "又发生一次", "files": []string{more.File}})), http.StatusOK)
		if len(v.Added) != 1 || v.Added[0].Text != "又发生一次" || len(v.Added[0].Files) != 1 || v.Added[0].Files[0].Name != "补充.png" {
			t.Errorf("%+v", v.Added)
		}
		if n := s.count("SELECT COUNT(*) FROM proc_notice WHERE user_id = ? AND code = 'added'", li); n != 1 {
			t.Errorf("the desk was told %d times", n)
		}
		s.answered()
		shown := s.post("/public/cases/follow", mine)
		v = read[CaseView](s, shown, http.StatusOK)
		if v.Stage != StageAnswered || !v.MayRate || len(v.Said) != 1 || len(v.Said[0].Lines) != 1 || v.Said[0].Lines[0].Text != "已向您致歉并改进。" {
			t.Errorf("%+v", v)
		}
		for _, inside := range []string{"u1", "内部", "批评教育", "supervisor", "主管"} {
			if bytes.Contains(shown.body, []byte(inside)) {
				t.Errorf("%q is none of the customer's: %s", inside, shown.body)
			}
		}
		s.rated(mine)
	})
}

// rated rates the answered case, corrects it and comes too late.
func (s *site) rated(mine object) {
	s.t.Helper()
	rate := func(score int) answer {
		return s.post("/public/cases/rating", keyed(mine).with(object{"score": score, "remark": "回复及时"}))
	}
	v := read[CaseView](s, rate(2), http.StatusOK)
	if v.Rating == nil || v.Rating.Score != 2 || v.Rating.Until != "2026-03-09" {
		s.t.Errorf("%+v", v.Rating)
	}
	s.step(s.newest(), "check", nil)
	s.at = s.at.AddDate(0, 0, 7)
	if v = read[CaseView](s, rate(4), http.StatusOK); v.Stage != StageClosed || v.Rating.Score != 4 || v.MayAdd {
		s.t.Errorf("%+v", v)
	}
	facts := s.count("SELECT COUNT(*) FROM fact WHERE customer_id = ? AND kind = 'satisfaction'", c1East)
	sum := s.count("SELECT CAST(SUM(quantity) AS BIGINT) FROM fact WHERE customer_id = ? AND kind = 'satisfaction'", c1East)
	if facts != 3 || sum != 4000 {
		s.t.Errorf("%d facts of %d thousandths: one, its reversal, and the one in its place", facts, sum)
	}
	s.at = s.at.AddDate(0, 0, 1)
	s.refused("after seven days", rate(5), http.StatusConflict, "public.rated")
	s.refused("adding to what is closed", s.post("/public/cases/add", keyed(mine).with(object{"text": "还有"})), http.StatusConflict, "public.over")

	contact := read[ContactView](s, s.send(http.MethodGet, "/cases/"+id.String(s.newest())+"/contact", "", nil, "X-Who", strconv.Itoa(li)), http.StatusOK)
	if contact.Phone != "+8613800001234" || contact.Rating == nil || contact.Rating.Score != 4 || contact.Rating.Remark != "回复及时" {
		s.t.Errorf("%+v", contact)
	}
	c, err := s.cases.Get(as(li), s.newest())
	if err != nil {
		s.t.Fatal(err)
	}
	rates := 0
	for _, a := range c.History {
		if a.Act == "rate" {
			rates++
		}
	}
	if rates != 2 {
		s.t.Errorf("%d ratings in the history", rates)
	}
}

func TestAnUnknownNumberAndAWrongPhoneAreOneAndTheSame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		real := s.begin().Number
		other := "TS-2026-0777"
		for path, more := range map[string]object{"follow": nil, "add": {"text": "x"}, "rating": {"score": 3}} {
			unknown := s.post("/public/cases/"+path, keyed(key(other, mobile)).with(more))
			wrong := s.post("/public/cases/"+path, keyed(key(real, "13800009999")).with(more))
			s.refused(path, wrong, http.StatusNotFound, "public.no_match")
			if unknown.status != wrong.status || !bytes.Equal(unknown.body, wrong.body) {
				t.Errorf("%s: %s is not %s", path, unknown.body, wrong.body)
			}
			for _, name := range []string{"X-Request-Id", "Date"} { // new with every request
				unknown.header.Del(name)
				wrong.header.Del(name)
			}
			if a, b := unknown.header, wrong.header; len(a) != len(b) || a.Get("Content-Type") != b.Get("Content-Type") || a.Get("Content-Length") != b.Get("Content-Length") {
				t.Errorf("%s: %v is not %v", path, a, b)
			}
		}
		// Both are counted alike, and the limit does not know which exists either.
		for range 20 {
			a := s.post("/public/cases/follow", key(real, "13800009999"), "X-Forwarded-For", "198.51.100.1")
			b := s.post("/public/cases/follow", key(other, mobile), "X-Forwarded-For", "198.51.100.2")
			if a.status != b.status || !bytes.Equal(a.body, b.body) {
				t.Fatalf("%s is not %s", a.body, b.body)
			}
		}
		s.refused("the right phone after too many misses", s.post("/public/cases/follow", key(real, mobile), "X-Forwarded-For", "198.51.100.3"), http.StatusTooManyRequests, "public.too_often")
		s.at = s.at.Add(quarter)
		read[CaseView](s, s.post("/public/cases/follow", key(real, mobile)), http.StatusOK)
	})
}

func TestEveryRequestIsBoundedByAddress(t *testing.T) {
	s := newSite(t, dbtest.SQLite(t))
	for range mostStarts {
		s.begin()
	}
	s.refused("one more", s.post("/public/cases", complaint(nil)), http.StatusTooManyRequests, "public.too_often")
	read[ReceiptView](s, s.post("/public/cases", complaint(nil), "X-Forwarded-For", "203.0.113.10"), http.StatusCreated)
	s.at = s.at.Add(quarter - time.Microsecond)
	s.refused("a moment before", s.post("/public/cases", complaint(nil)), http.StatusTooManyRequests, "public.too_often")
	s.at = s.at.Add(time.Microsecond)
	s.begin()

	for range mostFiles {
		read[UploadedView](s, s.upload("a.png", png), http.StatusCreated)
	}
	s.refused("one more file", s.upload("a.png", png), http.StatusTooManyRequests, "public.too_often")

	// Numbers tried one after the other from one address of a network are stopped from all of it.
	for i := range mostMisses {
		a := s.post("/public/cases/follow", key("TS-2026-"+strconv.Itoa(5000+i), mobile), "X-Forwarded-For", "2001:db8:1:2::"+strconv.Itoa(i+1))
		s.refused("a miss", a, http.StatusNotFound, "public.no_match")
	}
	s.refused("the network", s.post("/public/cases/follow", key("TS-2026-0001", mobile), "X-Forwarded-For", "2001:db8:1:2::ffff"), http.StatusTooManyRequests, "public.too_often")
	read[CaseView](s, s.post("/public/cases/follow", key("TS-2026-0001", mobile), "X-Forwarded-For", "2001:db8:1:3::1"), http.StatusOK)
}

func TestHostileInputIsRefused(t *testing.T) {
	s := newSite(t, dbtest.SQLite(t))
	mine := key(s.begin().Number, mobile)
	picture := read[UploadedView](s, s.upload("a.png", png), http.StatusCreated)
	first, rest, _ := strings.Cut(picture.File, "-")
	n, _ := strconv.ParseInt(first, 10, 64)
	invalid := http.StatusUnprocessableEntity
	for what, x := range map[string]struct {
		body object
		code string
	}{
		"a field that is not asked":  {complaint(object{"complained_of": "101"}), "act.unknown_field"},
		"a field that is worked out": {complaint(object{"serial": "TS-1"}), "act.unknown_field"},
		"the phone by the form":      {complaint(object{"phone": "1"}), "act.unknown_field"},
		"a missing answer":           {complaint(object{"story": ""}), "act.answer_missing"},
		"no option":                  {complaint(object{"demand": "<script>"}), "act.not_an_option"},
		"no text":                    {complaint(object{"story": "a\x00b"}), "act.not_text"},
		"too long":                   {complaint(object{"customer_name": strings.Repeat("长", 101)}), "act.text_too_long"},
		"an object":                  {complaint(object{"story": object{"a": 1}}), "procedure.not_an_answer"},
		"a file by its number":       {complaint(object{"original": []string{first}}), "public.unknown_file"},
		"another file's seal":        {complaint(object{"original": []string{strconv.FormatInt(n+1, 10) + "-" + rest}}), "public.unknown_file"},
		"a broken seal":              {complaint(object{"original": []string{picture.File + "0"}}), "public.unknown_file"},
		"too many files":             {complaint(object{"original": []string{"1", "2", "3", "4", "5", "6"}}), "public.too_many_files"},
		"no phone":                   {object{"rulebook": rulebookID, "procedure": procedureKey, "phone": "12", "answers": object{}}, "phone.invalid"},
	} {
		s.refused(what, s.post("/public/cases", x.body, "X-Forwarded-For", "203.0.113."+strconv.Itoa(len(what))), invalid, x.code)
	}
	elsewhere := []string{"X-Forwarded-For", "192.0.2.1"}
	s.refused("what is not open", s.post("/public/cases", object{"rulebook": rulebookID, "procedure": "prevention", "phone": mobile}, elsewhere...), http.StatusNotFound, "public.not_open")
	s.refused("too large", s.post("/public/cases", complaint(object{"story": strings.Repeat("a", maxBody)}), elsewhere...), http.StatusRequestEntityTooLarge, "too_large")
	if n := s.count("SELECT COUNT(*) FROM proc_case"); n != 1 {
		t.Errorf("%d cases", n)
	}

	for what, name := range map[string]string{"<html><script>alert(1)</script>": "a.png", "PK\x03\x04nonsense": "a.docx", "MZ\x90\x00": "a.pdf", "<svg xmlns='http://www.w3.org/2000/svg'/>": "a.svg"} {
		s.refused(name, s.upload(name, what), invalid, "file.type_refused")
	}
	s.refused("nothing", s.upload("a.png", ""), invalid, "file.empty")
	s.refused("a large file", s.upload("a.png", png+strings.Repeat("x", MaxUpload)), http.StatusRequestEntityTooLarge, "file.too_large")

	// A file that one case holds is none of another's.
	read[ReceiptView](s, s.post("/public/cases", complaint(object{"original": []string{picture.File}}), elsewhere...), http.StatusCreated)
	s.refused("a file taken before", s.post("/public/cases/add", keyed(mine).with(object{"files": []string{picture.File}})), invalid, "procedure.file_unknown")
	s.refused("nothing to add", s.post("/public/cases/add", mine), invalid, "field.required")
	s.refused("a mark that is none", s.post("/public/cases/rating", keyed(mine).with(object{"score": 6})), invalid, "field.malformed")
	for range maxAdded {
		read[CaseView](s, s.post("/public/cases/add", keyed(mine).with(object{"text": "x"})), http.StatusOK)
	}
	s.refused("one addition more", s.post("/public/cases/add", keyed(mine).with(object{"text": "x"})), http.StatusConflict, "public.added_enough")
	cross := s.post("/public/cases/add", keyed(mine).with(object{"text": "x"}), "Sec-Fetch-Site", "cross-site")
	s.refused("from another site", cross, http.StatusForbidden, "auth.cross_site")
}

func TestTheOrganisationSwitchesThePagesOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		number := s.begin().Number
		if _, err := s.svc.Set(as(zhao), Settings{}); err == nil {
			t.Error("a director set it")
		}
		admin := authz.With(context.Background(), authz.System("test"))
		if _, err := s.svc.Set(admin, Settings{CorrectDays: 366}); err == nil {
			t.Error("366 days")
		}
		if _, err := s.svc.Set(admin, Settings{CorrectDays: 3}); err != nil {
			t.Fatal(err)
		}
		if open := read[OpenListView](s, s.send(http.MethodGet, "/public/procedures", "", nil), http.StatusOK); open.On || len(open.Items) != 0 {
			t.Errorf("%+v", open)
		}
		for path, body := range map[string]object{"": complaint(nil), "/follow": key(number, mobile), "/add": key(number, mobile)} {
			s.refused(path, s.post("/public/cases"+path, body), http.StatusNotFound, "public.off")
		}
		s.refused("a file", s.upload("a.png", png), http.StatusNotFound, "public.off")
		got, err := s.svc.Settings(admin)
		if err != nil || got != (Settings{On: false, CorrectDays: 3}) {
			t.Errorf("%+v %v", got, err)
		}
	})
}

func TestACaseIsAboutTheOneCustomerWhoHasThePhone(t *testing.T) {
	s := newSite(t, dbtest.SQLite(t))
	for want, add := range []int64{0, c1East, c2West} {
		if add != 0 {
			if _, err := s.customers.AddContact(as(zhao), add, customer.ContactInput{Name: "联系人", Phone: mobile}); err != nil {
				t.Fatal(err)
			}
		}
		s.begin()
		got := s.count("SELECT customer_id FROM proc_case WHERE id = ?", s.newest())
		if wanted := []int64{0, c1East, 0}[want]; got != wanted {
			t.Errorf("with %d customers who have it, about %d", want, got)
		}
	}
	// About nobody: it is rated all the same, and becomes no fact.
	mine := key("TS-2026-0003", mobile)
	s.answered()
	read[CaseView](s, s.post("/public/cases/rating", keyed(mine).with(object{"score": 1})), http.StatusOK)
	if n := s.count("SELECT COUNT(*) FROM fact WHERE kind = 'satisfaction'"); n != 0 {
		t.Errorf("%d facts", n)
	}
}

func TestWhoCalledFollowsTheCaseToo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		for _, phone := range []string{"138 0000 1234", "打前台"} {
			answers := flow.Answers{
				"customer_name": text("东方商贸"), "demand": text("exchange"), "customer_kind": text("agent"), "content": text("quality"), "story": text("门板有划痕"),
				"injury": flow.Yes(false), "public": flow.Yes(false), phoneField: text(phone),
			}
			_, err := s.cases.Start(as(li), procedure.StartInput{Rulebook: rulebookID, Procedure: procedureKey, CustomerID: c1East, Channel: "phone", Answers: answers})
			if err != nil {
				t.Fatal(err)
			}
		}
		s.post("/public/cases", complaint(nil))
		for range 2 { // an event may come twice
			if _, err := s.bus.Dispatch(authz.With(t.Context(), authz.System("test"))); err != nil {
				t.Fatal(err)
			}
			if err := s.db.InTx(t.Context(), func(q db.Q) error {
				return s.bus.Emit(authz.With(t.Context(), authz.System("test")), q, procedure.EventStarted, c1East, procedure.Happened{CaseID: id.String(s.newest())})
			}); err != nil {
				t.Fatal(err)
			}
		}
		if v := read[CaseView](s, s.post("/public/cases/follow", key("TS-2026-0001", "13800001234")), http.StatusOK); v.Stage != StageInHand || !v.MayAdd {
			t.Errorf("%+v", v)
		}
		s.refused("another phone", s.post("/public/cases/follow", key("TS-2026-0001", "13800009999")), http.StatusNotFound, "public.no_match")
		if n := s.count("SELECT COUNT(*) FROM public_case"); n != 2 {
			t.Errorf("%d cases can be followed: the second names no phone, the third came from the web", n)
		}
	})
}
