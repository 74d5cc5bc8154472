package procedure

import (
	"slices"
	"testing"

	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/flow"
)

// calls is a procedure whose start form asks who called.
const calls = `rulebook: calls
version: 1.0.0
title: {zh: 来电办法, en: Calls}
roles: {service_desk: {zh: 客服, en: Customer service}}
forms:
  call:
    title: {zh: 来电记录, en: Call}
    fields:
      who: {type: text, required: true, title: {zh: 来电人, en: Caller}}
      phone: {type: text, title: {zh: 电话, en: Phone}}
      what: {type: long_text, required: true, title: {zh: 内容, en: Matter}}
procedures:
  call:
    title: {zh: 来电, en: Call}
    kind: enquiry
    number: "LD-{year}-{seq:4}"
    start: {by: [service_desk], form: call}
    steps:
      reply: {do: decide, by: service_desk, title: {zh: 回复, en: Reply}, rejected: dropped, next: answered}
    ends:
      answered: {title: {zh: 已回复, en: Answered}, good: true}
      dropped: {title: {zh: 不回复, en: Dropped}}
`

// A case is found by its number, its title, who called from where, and what its customer is found by; cases from before there were
// terms as soon as the clock has looked; nobody finds what may not be seen.
func TestCasesAreFoundByWhatPeopleType(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := complaintHouse(t, d)
		h.adopt(calls)
		for _, term := range []string{"h东海", "h瑞丰", "a13800002222", "adhrf"} {
			h.exec("INSERT INTO search_term (term, customer_id) VALUES (?, ?)", term, c1East)
		}
		complaint := h.complain()
		call, err := h.svc.Start(as(zhou), StartInput{Rulebook: "calls", Procedure: "call", Answers: flow.Answers{
			"who": text("欧阳娜"), "phone": text("138 0000 7788"), "what": text("发票抬头写错了，请重开"),
		}})
		if err != nil {
			t.Fatal(err)
		}
		other := h.complain(func(in *StartInput) { in.CustomerID, in.Title = c2West, "Door hinge broken" })
		looks := []struct {
			text string
			want []int64
		}{
			{complaint.Number, []int64{complaint.ID}},
			{"0001", []int64{complaint.ID, call.ID}},
			{"ts-2026-0001", []int64{complaint.ID}},
			{"TS", []int64{complaint.ID, other.ID}},
			{"东海", []int64{complaint.ID}},
			{"东海 受潮", []int64{complaint.ID}},
			{"东海 hinge", nil},
			{"dhrf", []int64{complaint.ID}},
			{"1380000", []int64{complaint.ID, call.ID}},
			{"7788", []int64{call.ID}},
			{"13800007788", []int64{call.ID}},
			{"欧阳娜", []int64{call.ID}},
			{"发票", []int64{call.ID}},
			{"hing", []int64{other.ID}},
			{"没有这个", nil},
			{"…", nil},
		}
		find := func(who int64, text, sort string) []int64 {
			t.Helper()
			f := Filter{Text: text, Sort: sort, From: calendar.None, To: calendar.None, Limit: 50}
			list, _, err := h.svc.List(as(who), f)
			if err != nil {
				t.Fatal(err)
			}
			n, err := h.svc.Count(as(who), f)
			if err != nil || n != (Count{Count: int64(len(list))}) {
				t.Errorf("%s: counted %+v of %d, %v", text, n, len(list), err)
			}
			var got []int64
			for _, c := range list {
				got = append(got, c.ID)
			}
			slices.Sort(got)
			return got
		}
		all := func() {
			t.Helper()
			for _, l := range looks {
				for _, sort := range []string{SortDue, SortNewest} {
					if got := find(zhao, l.text, sort); !slices.Equal(got, l.want) {
						t.Errorf("%q %s: %v, want %v", l.text, sort, got, l.want)
					}
				}
			}
		}
		all()
		if got := find(sun, "TS", SortDue); !slices.Equal(got, []int64{other.ID}) {
			t.Errorf("the manager of the west finds %v", got)
		}
		h.exec("DELETE FROM proc_term")
		h.exec("UPDATE proc_case SET termed = 0")
		if got := find(zhao, "发票", SortDue); len(got) != 0 {
			t.Errorf("without terms: %v", got)
		}
		if _, err := h.svc.PassTime(system()); err != nil {
			t.Fatal(err)
		}
		all()
		if n := h.count("SELECT COUNT(*) FROM proc_case WHERE termed = 0"); n != 0 {
			t.Errorf("%d cases are without terms", n)
		}
	})
}
