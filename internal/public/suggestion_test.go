package public

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/flow"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

const desk = "service-desk"

var deskPosts = map[string]int64{"service_manager": qian, "service_desk": zhou}

// act does something with a case over HTTP, as somebody of the organisation.
func (s *site) act(who, caseID int64, body object) answer {
	s.t.Helper()
	return s.post("/cases/"+id.String(caseID)+"/acts", body, "X-Who", strconv.FormatInt(who, 10))
}

// acted does what must succeed and leads to a step, or to the end where step is empty.
func (s *site) acted(who, caseID int64, body object, step string) procedure.RecordView {
	s.t.Helper()
	v := read[procedure.RecordView](s, s.act(who, caseID, body), http.StatusOK)
	if step == "" && v.Status != flow.Ended || step != "" && (len(v.Steps) != 1 || v.Steps[0].Key != step) {
		s.t.Fatalf("%v leads to %s %+v, not to %q", body["act"], v.Status, v.Steps, step)
	}
	return v
}

func fill(answers object) object { return object{"act": "fill", "answers": answers} }

// proof is the id of an uploaded picture.
func (s *site) proof(who int64) string {
	s.t.Helper()
	f, err := s.files.Put(as(who), strings.NewReader(png), "改进后.png", "image/png", 1<<20)
	if err != nil {
		s.t.Fatal(err)
	}
	return id.String(f.ID)
}

// improved takes a suggestion from its weighing to what was verified: it is taken, gets a measure with somebody and a day, waits for
// nobody else, ends only with its proof, and is improved again when that does not pass.
func (s *site) improved(caseID int64) {
	s.t.Helper()
	s.refused("judged by whom it is none of", s.act(sun, caseID, fill(object{"take": "yes", "why": "可行"})), http.StatusForbidden, "act.not_yours")
	s.refused("judged without a reason", s.act(qian, caseID, fill(object{"take": "yes"})), http.StatusUnprocessableEntity, "act.answer_missing")
	s.acted(qian, caseID, fill(object{"take": "yes", "why": "可行"}), "plan")
	measure := object{"measure": "送货前一小时来电"}
	s.refused("nobody and no day", s.act(qian, caseID, fill(measure)), http.StatusUnprocessableEntity, "act.answer_missing")
	measure["owner"], measure["until"] = strconv.Itoa(sun), "2026-03-20"
	v := s.acted(qian, caseID, fill(measure), "improve")
	if t := v.Tasks; len(t) != 1 || len(t[0].Holders) != 1 || t[0].Holders[0].UserID != strconv.Itoa(sun) || t[0].DueAt == "" {
		s.t.Fatalf("whose the measure is, and until when: %+v", t)
	}
	done := object{"changed": "装车单印上来电时间", "on": "2026-03-18", "effect": "等候由40分钟减到5分钟"}
	s.refused("without proof", s.act(sun, caseID, fill(done)), http.StatusUnprocessableEntity, "act.answer_missing")
	for _, decision := range []string{flow.Reject, flow.Agree} {
		done["proof"] = []string{s.proof(sun)}
		s.refused("another's measure", s.act(li, caseID, fill(done)), http.StatusForbidden, "act.not_yours")
		s.acted(sun, caseID, fill(done), "verify")
		next := map[string]string{flow.Reject: "improve", flow.Agree: "thank"}[decision]
		s.acted(qian, caseID, object{"act": "decide", "decision": decision, "reason": "看过两周的送货单"}, next)
	}
}

// counted makes sure that the suggestion became one fact of its customer with its result.
func (s *site) counted(v procedure.RecordView, result string) {
	s.t.Helper()
	attrs, err := db.One(s.t.Context(), s.db.Read(), "SELECT attrs FROM fact WHERE kind = 'suggestion' AND customer_id = ?", []any{c1East},
		func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err != nil {
		s.t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal([]byte(attrs), &got); err != nil {
		s.t.Fatal(err)
	}
	if v.FactID == "" || got["about"] != "service" || got["result"] != result {
		s.t.Errorf("fact %q: %s", v.FactID, attrs)
	}
}

func TestASuggestionOfACustomerComesBackToThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, houseOf(t, d, desk, deskPosts))
		if _, err := s.customers.AddContact(as(zhao), c1East, customer.ContactInput{Name: "刘经理", Phone: "13800001234"}); err != nil {
			t.Fatal(err)
		}
		open := read[OpenListView](s, s.send(http.MethodGet, "/public/procedures", "", nil), http.StatusOK)
		var asked []string
		for _, one := range open.Items {
			if one.Procedure == "suggestion" {
				for _, f := range one.Fields {
					asked = append(asked, f.Key)
				}
			}
		}
		if got := strings.Join(asked, " "); got != "from about idea" {
			t.Fatalf("a stranger is asked for %q", got)
		}
		receipt := read[ReceiptView](s, s.post("/public/cases", object{"rulebook": desk, "procedure": "suggestion", "phone": mobile, "answers": object{
			"from": "customer", "about": "service", "idea": "送货前一小时能不能先来个电话？",
		}}), http.StatusCreated)
		if receipt.Number != "JY-2026-0001" || receipt.DueOn == "" {
			t.Errorf("%+v", receipt)
		}
		mine, n := key(receipt.Number, mobile), s.newest()
		s.improved(n)
		if v := read[CaseView](s, s.post("/public/cases/follow", mine), http.StatusOK); v.Stage == StageClosed || len(v.Said) != 0 {
			t.Errorf("before the answer: %+v", v)
		}
		v := s.acted(zhou, n, object{"act": "answer", "answers": object{"text": "从本周起送货前一小时来电，谢谢您的建议。"}}, "")
		if v.Outcome == nil || v.Outcome.Key != "done" || !v.Good {
			t.Errorf("%+v", v.Outcome)
		}
		s.counted(v, "yes")
		told := s.post("/public/cases/follow", mine)
		shown := read[CaseView](s, told, http.StatusOK)
		if shown.Stage != StageClosed || len(shown.Said) != 1 || !strings.Contains(shown.Said[0].Lines[0].Text, "来电") || !shown.MayRate {
			t.Errorf("%+v", shown)
		}
		if strings.Contains(string(told.body), "装车单") || strings.Contains(string(told.body), "可行") {
			t.Errorf("what is between colleagues is shown: %s", told.body)
		}
	})
}

func TestASuggestionFromInsideEndsWhenItsAuthorHasHeard(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := serve(t, houseOf(t, d, desk, deskPosts))
		answers := object{"from": "staff", "about": "service", "idea": "送货前一小时先打电话。", "department": strconv.Itoa(unitHead)}
		start := object{"rulebook": desk, "procedure": "suggestion", "channel": "talk", "customer_id": strconv.Itoa(c1East), "answers": answers}
		who := []string{"X-Who", strconv.Itoa(zhou)}
		s.refused("nobody's", s.post("/cases", start, who...), http.StatusUnprocessableEntity, "act.answer_missing")
		answers["proposer"] = strconv.Itoa(li)
		read[procedure.RecordView](s, s.post("/cases", start, who...), http.StatusCreated)
		taken := s.newest()
		s.improved(taken)
		s.acted(zhou, taken, object{"act": "answer", "answers": object{"text": "已照办，谢谢。"}}, "hear")
		inbox := read[procedure.InboxView](s, s.send(http.MethodGet, "/inbox", "", nil, "X-Who", strconv.Itoa(li)), http.StatusOK)
		if len(inbox.Items) != 1 {
			t.Errorf("what waits for whoever suggested it: %+v", inbox.Items)
		}
		s.refused("heard by another", s.act(sun, taken, fill(object{"content": true})), http.StatusForbidden, "act.not_yours")
		s.counted(s.acted(li, taken, fill(object{"content": true}), ""), "yes")

		s.at = s.at.AddDate(0, 0, 1)
		read[procedure.RecordView](s, s.post("/cases", start, who...), http.StatusCreated)
		refused := s.newest()
		s.acted(qian, refused, fill(object{"take": "no", "why": "已经这样做了"}), "explain")
		s.acted(zhou, refused, object{"act": "answer", "answers": object{"text": "这项做法上周已实行。"}}, "hear")
		s.refused("not content, without a word", s.act(li, refused, fill(object{"content": false})), http.StatusUnprocessableEntity, "act.answer_missing")
		v := s.acted(li, refused, fill(object{"content": false, "word": "东区还没有"}), "")
		if v.Outcome == nil || v.Outcome.Key != "not_taken" || v.Good {
			t.Errorf("%+v", v.Outcome)
		}
		if n := s.count("SELECT COUNT(*) FROM fact WHERE kind = 'suggestion' AND customer_id = ?", c1East); n != 2 {
			t.Errorf("%d facts", n)
		}
	})
}
