package procedure

import (
	"slices"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/flow"
)

func (h *house) roster() *roster {
	h.t.Helper()
	r, err := h.svc.roster(system(), h.db.Read())
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func acting(list []Holder) []int64 {
	out := make([]int64, 0, len(list))
	for _, h := range list {
		out = append(out, h.Acts)
	}
	slices.Sort(out)
	return out
}

func TestTheNearestHolderSitsAtADesk(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.appoint("法务", zhou, unitHead)
		h.appoint("客服部长", li, unitEast)
		legal := []string{"legal", "法务"}
		r := h.roster()
		for _, c := range []struct {
			name   string
			desk   desk
			barred []int64
			want   []int64
		}{
			{"by role in the unit", desk{Post: "regional_manager", Unit: unitEast}, nil, []int64{qian}},
			{"by role upwards", desk{Post: "director", Unit: unitWest}, nil, []int64{zhao}},
			{"or above, the nearest", desk{Post: "regional_manager_or_above", Unit: unitWest}, nil, []int64{sun}},
			{"or above, from the top", desk{Post: "regional_manager_or_above", Unit: unitHead}, nil, []int64{zhao}},
			{"by another name, above", desk{Post: "legal", Names: legal, Unit: unitEast}, nil, []int64{zhou}},
			{"elsewhere, when none is above", desk{Post: "客服部长", Unit: unitWest}, nil, []int64{li}},
			{"nobody", desk{Post: "总工程师", Unit: unitWest}, nil, nil},
			{"barred: another holder", desk{Post: "regional_manager", Unit: unitEast}, []int64{qian}, []int64{sun}},
			{"all barred", desk{Post: "legal", Names: legal, Unit: unitEast}, []int64{zhou}, nil},
		} {
			c.desk.Barred = c.barred
			if got := acting(r.holders(c.desk)); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
		for post, want := range map[string]string{"总工程师": authz.RoleRegionalManager, "customer_manager": authz.RoleRegionalManager, "regional_manager": authz.RoleDirector, "director": ""} {
			if got := above(post, nil); got != want {
				t.Errorf("above %s stands %q", post, got)
			}
		}
	})
}

func TestWhoIsAwayIsRepresented(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		east := desk{Post: "regional_manager", Unit: unitEast}
		gone := h.away(qian, li, 2)
		if list := h.roster().holders(east); len(list) != 1 || list[0] != (Holder{User: qian, Acts: li}) {
			t.Fatalf("%+v", list)
		}
		if on, ok := sits(h.roster().holders(east), li); !ok || on != qian {
			t.Errorf("for %d %v", on, ok)
		}
		if on, ok := sits(h.roster().holders(east), qian); !ok || on != 0 {
			t.Errorf("who is away may still act: %d %v", on, ok)
		}
		if got := h.roster().standsFor(li); !slices.Equal(got, []int64{li, qian}) {
			t.Errorf("stands for %v", got)
		}
		h.away(li, zhou, 1)
		if got := acting(h.roster().holders(east)); !slices.Equal(got, []int64{zhou}) {
			t.Errorf("the substitute's substitute: %v", got)
		}
		h.away(zhou, qian, 1) // in a circle nobody is left, so the next region has it
		if got := acting(h.roster().holders(east)); !slices.Equal(got, []int64{sun}) {
			t.Errorf("a circle: %v", got)
		}
		h.move(24 * time.Hour)
		if got := acting(h.roster().holders(east)); !slices.Equal(got, []int64{li}) {
			t.Errorf("the day after: %v", got)
		}
		if err := h.svc.ComeBack(as(qian), gone.ID); err != nil {
			t.Fatal(err)
		}
		if got := acting(h.roster().holders(east)); !slices.Equal(got, []int64{qian}) {
			t.Errorf("back: %v", got)
		}
		h.disable(qian)
		if got := acting(h.roster().holders(east)); !slices.Equal(got, []int64{sun}) {
			t.Errorf("a leaver holds nothing: %v", got)
		}
	})
}

func TestPostsAreGivenByThoseWhoManage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.editions = []*Edition{{Rulebook: "r", Version: "1", Posts: []Post{
			{Name: "legal", Title: flow.Text{Zh: "法务", En: "Legal"}, Names: []string{"legal", "法务"}},
			{Name: "marketing_director", Title: flow.Text{Zh: "营销总监", En: "Marketing director"}, Names: []string{"marketing_director", "director"}},
		}}}
		in := HoldingInput{Post: " 法务 ", UserID: zhou, From: calendar.None, Until: calendar.None}
		if _, err := h.svc.Appoint(as(li), in); errs.KindOf(err) != errs.Forbidden {
			t.Fatalf("a salesperson: %v", err)
		}
		one, err := h.svc.Appoint(as(zhao), in)
		if err != nil || one.Post != "法务" || one.From != h.svc.Today() {
			t.Fatalf("%+v %v", one, err)
		}
		for field, wrong := range map[string]HoldingInput{
			"post":    {UserID: zhou, From: calendar.None, Until: calendar.None},
			"user_id": {Post: "x", UserID: 999, From: calendar.None, Until: calendar.None},
			"unit_id": {Post: "x", UserID: zhou, UnitID: 999, From: calendar.None, Until: calendar.None},
			"until":   {Post: "x", UserID: zhou, From: calendar.None, Until: h.svc.Today().AddDays(-1)},
		} {
			_, err := h.svc.Appoint(as(zhao), wrong)
			e, ok := errs.As(err)
			if !ok || len(e.Fields) != 1 || e.Fields[0].Path != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		list, err := h.svc.Posts(as(zheng), calendar.None)
		if err != nil || len(list) != 2 {
			t.Fatalf("%+v %v", list, err)
		}
		if p := list[0]; p.Post != "legal" || !p.Held || len(p.Holders) != 1 || p.Holders[0].UserID != zhou {
			t.Errorf("%+v", p)
		}
		if p := list[1]; p.Role != authz.RoleDirector || len(p.Holders) != 1 || p.Holders[0].UserID != zhao || p.Holders[0].ID != 0 {
			t.Errorf("%+v", p)
		}
		if _, err := h.svc.Dismiss(as(zhao), one.ID, calendar.None); err != nil {
			t.Fatal(err)
		}
		if list, err = h.svc.Posts(as(zheng), calendar.None); err != nil || list[0].Held || len(list[0].Holders) != 0 {
			t.Errorf("after the dismissal: %+v %v", list, err)
		}
		if n := h.count("SELECT COUNT(*) FROM audit_entry WHERE entity = 'post'"); n != 2 {
			t.Errorf("%d entries in the audit", n)
		}
	})
}

// A post is worth the role that it is, under whatever name, and nobody gives one that is worth more than the giver.
func TestAPostIsWorthItsRole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.editions = []*Edition{{Rulebook: "r", Version: "1", Posts: []Post{{Name: "head_of_region", Title: flow.Text{Zh: "大区负责人", En: "Head of region"}, Names: []string{"head_of_region", "大区经理", "regional_manager"}}}}}
		today := h.svc.Today()
		for _, post := range []string{"大区经理", "legal", "admin"} {
			if _, err := h.svc.Appoint(as(zhao), HoldingInput{Post: post, UserID: li, From: today, Until: today.AddDays(1)}); err != nil {
				t.Fatalf("%s: %v", post, err)
			}
		}
		worth := func() []RoleFor {
			got, err := h.svc.RolesHeld(t.Context(), d.Read(), li)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := worth(); !slices.Equal(got, []RoleFor{{Role: authz.RoleRegionalManager}}) {
			t.Errorf("held: %+v", got)
		}
		small := authz.With(t.Context(), authz.Actor{UserID: qian, Grants: map[authz.Permission]authz.Reach{authz.ProcedureManage: authz.ReachAll, authz.ProcedureRead: authz.ReachAll}})
		if _, err := h.svc.Appoint(small, HoldingInput{Post: "大区经理", UserID: li, From: today, Until: calendar.None}); errs.CodeOf(err) != "procedure.post_beyond" {
			t.Errorf("worth more than the giver: %v", err)
		}
		list, _, err := h.svc.Holdings(as(zhao), HoldingFilter{UserID: li, On: today.AddDays(1)})
		if err != nil || len(list) != 3 || list[2].Title.Zh != "大区负责人" {
			t.Errorf("%+v %v", list, err)
		}
		h.move(48 * time.Hour)
		if got := worth(); len(got) != 0 {
			t.Errorf("the day after: %+v", got)
		}
	})
}

func TestAbsencesAreOnesOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		today := h.svc.Today()
		if _, err := h.svc.GoAway(as(li), Absence{UserID: wu, From: today, Until: today}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("another's absence: %v", err)
		}
		for field, wrong := range map[string]Absence{
			"substitute_id": {SubstituteID: li, From: today, Until: today},
			"until":         {From: today.AddDays(-3), Until: today.AddDays(-1)},
			"from":          {From: calendar.None, Until: today},
		} {
			_, err := h.svc.GoAway(as(li), wrong)
			if e, ok := errs.As(err); !ok || e.Fields[0].Path != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		a, err := h.svc.GoAway(as(li), Absence{SubstituteID: wu, From: today.AddDays(2), Until: today.AddDays(5), Reason: "年假"})
		if err != nil || a.UserID != li {
			t.Fatalf("%+v %v", a, err)
		}
		for who, want := range map[int64]int{li: 1, wu: 1, qian: 0, zhao: 1} {
			list, _, err := h.svc.Absences(as(who))
			if err != nil || len(list) != want {
				t.Errorf("%s sees %d, %v", staff[who].name, len(list), err)
			}
		}
		if err := h.svc.ComeBack(as(qian), a.ID); errs.KindOf(err) != errs.NotFound {
			t.Errorf("another's: %v", err)
		}
		if err := h.svc.ComeBack(as(li), a.ID); err != nil {
			t.Fatal(err)
		}
		if n := h.count("SELECT COUNT(*) FROM absence"); n != 0 {
			t.Errorf("one that had not begun is kept: %d", n)
		}
	})
}
