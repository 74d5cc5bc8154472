package seminar

import (
	"context"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/channel"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/duty"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/job"
	"kezhi/internal/message"
	"kezhi/internal/promise"
)

// house is a small company with a clock that moves when told.
type house struct {
	t         *testing.T
	db        *db.DB
	svc       *Service
	duties    *duty.Service
	customers *customer.Service
	messages  *message.Service
	at        time.Time
}

// mute is a channel by which nothing is delivered here.
type mute struct{ channel.Sender }

const (
	unitHead, unitEast, unitWest = 10, 11, 12
	zhao, qian, sun, li          = 101, 102, 103, 104 // director, east, west, east too
	c1, c2, c3, c4, c5West       = 1001, 1002, 1003, 1004, 1005
	segmentB                     = 501
)

var people = map[int64]authz.Actor{
	zhao: {UserID: zhao, Name: "赵启明", Grants: authz.GrantsOf([]string{authz.RoleDirector}), UnitIDs: []int64{unitHead, unitEast, unitWest}},
	qian: {UserID: qian, Name: "钱思源", Grants: authz.GrantsOf([]string{authz.RoleRegionalManager}), UnitIDs: []int64{unitEast}},
	sun:  {UserID: sun, Name: "孙若溪", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitWest}},
	li:   {UserID: li, Name: "李望舒", Grants: authz.GrantsOf([]string{authz.RoleCustomerManager}), UnitIDs: []int64{unitEast}},
}

func as(who int64) context.Context { return authz.With(context.Background(), people[who]) }

var shanghai = time.FixedZone("CST", 8*3600)

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{t: t, db: d, at: time.Date(2026, 3, 2, 9, 0, 0, 0, shanghai)}
	now := func() time.Time { return h.at.UTC() }
	bus := event.NewBus(d, now, slog.New(slog.DiscardHandler))
	queue := job.NewQueue(d, now)
	h.customers = customer.New(d, now, shanghai, bus, queue)
	facts := fact.New(d, now, shanghai, bus, h.customers)
	h.duties = duty.New(duty.Deps{DB: d, Now: now, Loc: shanghai, Bus: bus, Queue: queue, Facts: facts})
	h.messages = message.New(message.Deps{
		DB: d, Now: now, Loc: shanghai, Bus: bus, Queue: queue, Customers: h.customers, Facts: facts, Channels: (&channel.Set{}).With(channel.Webhook, mute{}), Log: slog.New(slog.DiscardHandler),
	})
	h.svc = New(Deps{DB: d, Now: now, Loc: shanghai, Bus: bus, Customers: h.customers, Facts: facts, Duties: h.duties, Promises: promise.New(d, now, shanghai, bus, h.customers, facts), Messages: h.messages, PublicURL: "https://crm.example.com/"})
	dbtest.Unit(t, d, unitHead, 0, "总部")
	dbtest.Unit(t, d, unitEast, unitHead, "东区")
	dbtest.Unit(t, d, unitWest, unitHead, "西区")
	for who, role := range map[int64]string{zhao: authz.RoleDirector, qian: authz.RoleRegionalManager, sun: authz.RoleCustomerManager, li: authz.RoleCustomerManager} {
		units := people[who].UnitIDs
		dbtest.User(t, d, who, units[0], people[who].Name, role)
	}
	dbtest.Customer(t, d, c1, "C1", "东海瑞丰商贸", li, unitEast)
	dbtest.Customer(t, d, c2, "C2", "东海恒通物流", li, unitEast)
	dbtest.Customer(t, d, c3, "C3", "东海明远食品", li, unitEast)
	dbtest.Customer(t, d, c4, "C4", "东海长兴建材", qian, unitEast)
	dbtest.Customer(t, d, c5West, "C5", "西岭长禾农资", sun, unitWest)
	dbtest.Exec(t, d, `INSERT INTO segment (id, name, note, mode, definition, members, refreshed_on, refreshed_at, archived_at, created_by, version, created_at, updated_at)
		VALUES (?, '研讨会邀请', '', 'static', '[]', 3, NULL, 0, NULL, ?, 1, 0, 0)`, segmentB, zhao)
	for _, c := range []int64{c1, c2, c5West} {
		dbtest.Exec(t, d, "INSERT INTO segment_member (customer_id, segment_id, since) VALUES (?, ?, '2026-03-01')", c, segmentB)
	}
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// owed puts an open duty of the rule b_seminar there; customer 0 = owed to grade B together.
func (h *house) owed(dutyID, customerID, owner int64, from, due string) {
	h.t.Helper()
	dbtest.Exec(h.t, h.db, `INSERT INTO duty (customer_id, id, rulebook, version, scheme, rule, clause, title_zh, title_en, verdict_id, grade, activity, every, evidence, assumed,
		role, owner_id, unit_id, window_from, due_on, state, plan_key, done_by, note, fact_id, reason, idem_key, idem_hash, version_no, created_at, updated_at)
		VALUES (?, ?, 'dealers', '1.0.0', 'dealer', 'b_seminar', '5.3', 'B级研讨会', 'Seminar for B', 0, 'B', 'event', 'P6M', '', 0, 'director', ?, ?, ?, ?, 'open', ?, 0, '', 0, '', '', '', 1, 0, 0)`,
		customerID, dutyID, owner, unitHead, from, due, from+due)
}

var ruleB = duty.ByRule{Rulebook: "dealers", Rule: "b_seminar"}

// input is an event of 20 March with two places.
func (h *house) input(capacity int64) Input {
	return Input{
		TitleZh: "春季 技术研讨会", Kind: "seminar", On: on(h.t, "2026-03-20"), FromMin: 14 * 60, ToMin: 17 * 60, Place: "东海酒店三楼", Capacity: capacity, Guests: 2,
		AnswerBy: on(h.t, "2026-03-18"), Currency: "CNY",
	}
}

func (h *house) plan(who int64, in Input) Seminar {
	h.t.Helper()
	m, err := h.svc.Plan(as(who), in, "")
	h.must(err)
	return m
}

// invite invites customers in their order and gives their invitations by customer.
func (h *house) invite(who int64, m Seminar, customers ...int64) map[int64]Invitation {
	h.t.Helper()
	_, err := h.svc.Invite(as(who), m.ID, 0, customers)
	h.must(err)
	return h.list(who, m)
}

func (h *house) list(who int64, m Seminar) map[int64]Invitation {
	h.t.Helper()
	list, _, err := h.svc.Guests(as(who), m.ID, Guests{})
	h.must(err)
	out := map[int64]Invitation{}
	for _, v := range list {
		out[v.CustomerID] = v
	}
	return out
}

func (h *house) answer(who int64, v Invitation, r Reply) Invitation {
	h.t.Helper()
	out, err := h.svc.Answer(as(who), v.SeminarID, v.ID, r)
	h.must(err)
	return out
}

func (h *house) get(m Seminar) Seminar {
	h.t.Helper()
	m, err := h.svc.Get(as(zhao), m.ID)
	h.must(err)
	return m
}

// facts counts the attendances that were not taken back.
func (h *house) facts() int64 {
	h.t.Helper()
	return dbtest.Count(h.t, h.db, `SELECT COUNT(*) FROM fact f WHERE f.kind = 'event_attendance' AND f.reverses = 0
		AND NOT EXISTS (SELECT 1 FROM fact r WHERE r.customer_id = f.customer_id AND r.reverses = f.id)`)
}

func numberOf(v Invitation) string { return strconv.FormatInt(v.Number, 10) }

func (h *house) theDay() { h.at = time.Date(2026, 3, 20, 13, 30, 0, 0, shanghai) }

func on(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if errs.CodeOf(err) == code {
		return
	}
	if e, ok := errs.As(err); ok {
		for _, f := range e.Fields {
			if f.Code == code {
				return
			}
		}
	}
	t.Fatalf("got %v, want %s", err, code)
}
