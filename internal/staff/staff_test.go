package staff_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/dbtest"
	"kezhi/internal/errs"
	"kezhi/internal/event"
	"kezhi/internal/files"
	"kezhi/internal/job"
	"kezhi/internal/org"
	"kezhi/internal/sheet"
	"kezhi/internal/staff"
	"kezhi/internal/user"
)

type house struct {
	t     *testing.T
	s     *staff.Service
	users *user.Service
	units *org.Service
	ctx   context.Context
}

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) }
	store, err := files.New(d, t.TempDir(), now)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, ctx: authz.With(context.Background(), authz.System("test"))}
	h.units = org.New(d, now, time.UTC)
	h.users = user.New(d, now, event.NewBus(d, now, slog.New(slog.DiscardHandler)), h.units)
	h.units.Follow(h.users.InUnits())
	h.s = staff.New(d, now, h.users, h.units, store, job.NewQueue(d, now))
	return h
}

func (h *house) upload(target, text string) (staff.Import, staff.Plan) {
	h.t.Helper()
	m, plan, err := h.s.Upload(h.ctx, strings.NewReader(text), target+".csv", target)
	if err != nil {
		h.t.Fatal(err)
	}
	return m, plan
}

// bring uploads and applies a sheet and gives what came of it as new/changed/unchanged/refused.
func (h *house) bring(target, text string) (int64, string) {
	h.t.Helper()
	m, _ := h.upload(target, text)
	r, err := h.s.Apply(h.ctx, m.ID, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return m.ID, fmt.Sprintf("%d/%d/%d/%d", r.Created, r.Updated, r.Unchanged, len(r.Problems))
}

func (h *house) export(target string) string {
	h.t.Helper()
	var b bytes.Buffer
	if err := h.s.Export(h.ctx, &b, target, "zh", sheet.FormatCSV); err != nil {
		h.t.Fatal(err)
	}
	return strings.TrimPrefix(b.String(), "\ufeff")
}

const (
	unitSheet  = "编号,名称,类型,上级部门\nEAST,华东,branch,HQ\nSH,上海,team,EAST\nHQ,总部,head_office,\n"
	peopleText = "账号,姓名,邮箱,部门,角色\nLin,林晓,lin@example.com,EAST,customer_manager\nzhao,赵一,,HQ,\"director、auditor\"\n"
)

func TestTheSheetOfWhatIsThereChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		if _, got := h.bring(staff.Units, unitSheet); got != "3/0/0/0" {
			t.Fatalf("units in any order: %s", got)
		}
		if _, got := h.bring(staff.People, peopleText); got != "2/0/0/0" {
			t.Fatalf("people: %s", got)
		}
		for target, text := range map[string]string{staff.Units: unitSheet, staff.People: peopleText} {
			if _, got := h.bring(target, text); !strings.HasPrefix(got, "0/0/") || strings.HasSuffix(got, "/1") {
				t.Errorf("%s again: %s", target, got)
			}
			if _, got := h.bring(target, h.export(target)); !strings.HasPrefix(got, "0/0/") {
				t.Errorf("what was exported: %s", got)
			}
		}
		want := "登录名,姓名,邮箱,部门编号,角色,状态\r\nlin,林晓,lin@example.com,EAST,customer_manager,active\r\nzhao,赵一,,HQ,\"auditor, director\",active\r\n"
		if got := h.export(staff.People); got != want {
			t.Errorf("the export:\n%s", got)
		}
	})
}

func TestEveryFaultNamesItsLineAndField(t *testing.T) {
	h := newHouse(t, dbtest.SQLite(t))
	h.bring(staff.Units, unitSheet)
	_, plan := h.upload(staff.People, "账号,姓名,邮箱,部门,角色\nlin,林晓,,EAST,customer_manager\nLIN,林二,,EAST,auditor\n!!,坏,,HQ,auditor\nqian,,no mail,NOWHERE,king\nsun,孙,,,\n")
	var got []string
	for _, p := range plan.Problems {
		got = append(got, fmt.Sprintf("%d %s %s", p.Line, p.Field, p.Code))
	}
	slices.Sort(got)
	want := []string{
		"3 login staff.twice", "4 login user.login_form", "5 email field.email", "5 name field.required", "5 roles user.unknown_role", "5 unit org.unknown_unit", "6 roles field.required",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if len(plan.Steps) != 1 || plan.Lines != 5 || !plan.Steps[0].New {
		t.Errorf("%+v", plan)
	}
	_, plan = h.upload(staff.Units, "编号,名称,上级编号,负责人\nHQ,总部,SH,\nNEW,新,GONE,nobody\n")
	if len(plan.Problems) != 2 {
		t.Errorf("%+v", plan.Problems)
	}
	if _, got := h.bring(staff.Units, "编号,名称,上级编号\nHQ,总部,SH\n"); got != "0/0/0/1" {
		t.Errorf("what only the tree refuses: %s", got)
	}
	if _, _, err := h.s.Upload(h.ctx, strings.NewReader("a,b\n1,2\n"), "x.csv", staff.People); errs.CodeOf(err) != "staff.no_column" {
		t.Errorf("no such sheet: %v", err)
	}
	nobody := authz.With(context.Background(), authz.Actor{UserID: 1, Grants: authz.GrantsOf([]string{authz.RoleDirector})})
	if _, _, err := h.s.Upload(nobody, strings.NewReader(peopleText), "x.csv", staff.People); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("anybody: %v", err)
	}
}

func TestAnImportIsTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		unitsID, _ := h.bring(staff.Units, unitSheet)
		h.bring(staff.People, peopleText)
		before := h.export(staff.People)
		second, got := h.bring(staff.People, "账号,姓名,邮箱,部门,角色\nlin,林晓晓,lin2@example.com,SH,regional_manager\nzhao,赵二,,,\nzhou,周,,HQ,auditor\n")
		if got != "1/2/0/0" {
			t.Fatal(got)
		}
		zhao, err := h.users.ByLogin(h.ctx, "zhao")
		if err != nil || zhao.Name != "赵二" || len(zhao.Roles) != 2 {
			t.Fatalf("an empty cell leaves things as they are: %+v %v", zhao, err)
		}
		if _, err := h.users.Update(h.ctx, zhao.ID, zhao.Version, user.Input{Name: new("赵三")}); err != nil {
			t.Fatal(err)
		}
		r, err := h.s.Undo(h.ctx, second, nil)
		if err != nil || r.Updated != 2 || r.Kept != 1 || len(r.Problems) != 0 {
			t.Fatalf("%+v %v", r, err)
		}
		after := strings.Replace(h.export(staff.People), "zhou,周,,HQ,auditor,disabled\r\n", "", 1)
		if after != strings.Replace(before, "赵一", "赵三", 1) {
			t.Errorf("after:\n%s", after)
		}
		if _, err := h.s.Undo(h.ctx, second, nil); errs.CodeOf(err) != "staff.not_applied" {
			t.Errorf("twice: %v", err)
		}
		if _, err := h.s.Apply(h.ctx, second, nil); errs.CodeOf(err) != "staff.undone" {
			t.Errorf("applied after all: %v", err)
		}
		r, err = h.s.Undo(h.ctx, unitsID, nil)
		if err != nil || r.Updated != 1 || len(r.Problems) != 2 {
			t.Errorf("units with people in them stay: %+v %v", r, err)
		}
		list, err := h.units.Units(h.ctx, calendar.None, true)
		if err != nil || len(list) != 2 {
			t.Errorf("what ends on its first day never was: %+v %v", list, err)
		}
	})
}
