package staff

import (
	"context"
	"maps"
	"slices"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/org"
	"kezhi/internal/role"
	"kezhi/internal/user"
)

// Change is what a line changes of one field.
type Change struct{ Field, Before, After string }

// Step is a line that changes something.
type Step struct {
	Line    int
	Key     string
	New     bool
	Changes []Change
	was     map[string]string // nil = it does not exist yet
	became  map[string]string
}

// Plan is what a sheet would change now.
type Plan struct {
	Lines, Unchanged int
	Steps            []Step
	Problems         []Problem
}

// present is everybody and everything by login and code, each as a sheet says it.
type present struct {
	people, units map[string]map[string]string
	roles         map[string]bool
	userOf        map[string]user.User
	unitOf        map[string]org.Unit
}

func (s *Service) present(ctx context.Context) (*present, error) {
	p := &present{people: map[string]map[string]string{}, units: map[string]map[string]string{}, roles: map[string]bool{}, userOf: map[string]user.User{}, unitOf: map[string]org.Unit{}}
	units, err := s.units.Units(ctx, calendar.None, true)
	if err != nil {
		return nil, err
	}
	people, err := s.users.Everybody(ctx)
	if err != nil {
		return nil, err
	}
	own, err := role.Names(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	for key := range own {
		p.roles[key] = true
	}
	for _, r := range authz.Roles {
		p.roles[r.Name] = true
	}
	logins, codes := map[int64]string{}, map[int64]string{}
	for i := range people {
		logins[people[i].ID] = people[i].Login
	}
	for _, u := range units {
		codes[u.ID] = u.Code
	}
	for _, u := range units {
		p.unitOf[u.Code] = u
		p.units[u.Code] = map[string]string{"code": u.Code, "name_zh": u.NameZh, "name_en": u.NameEn, "kind": u.Kind, "parent": codes[u.ParentID], "manager": logins[u.ManagerID]}
	}
	for i := range people {
		u := &people[i]
		p.userOf[u.Login] = *u
		p.people[u.Login] = map[string]string{"login": u.Login, "name": u.Name, "email": u.Email, "unit": codes[u.UnitID], "roles": strings.Join(u.Roles, ", "), "state": string(u.State)}
	}
	return p, nil
}

func (p *present) of(target string) map[string]map[string]string {
	if target == People {
		return p.people
	}
	return p.units
}

// plan compares the lines of a sheet with what is there.
func (p *present) plan(target string, rows []row, problems []Problem) Plan {
	out := Plan{Lines: len(rows) + len(problems), Problems: problems}
	there, keyed := p.of(target), map[string]int{}
	coming := map[string]bool{} // codes of units that the sheet itself adds
	for _, r := range rows {
		coming[r.cells[key[target]]] = target == Units
	}
	for _, r := range rows {
		k := r.cells[key[target]]
		if target == People {
			k = strings.ToLower(k)
		}
		if first, twice := keyed[k]; twice && k != "" {
			out.Problems = append(out.Problems, Problem{Line: r.line, Key: k, Field: key[target], Code: "staff.twice", Args: map[string]any{"line": first}})
			continue
		}
		keyed[k] = r.line
		step := Step{Line: r.line, Key: k, New: there[k] == nil, was: there[k]}
		step.became, step.Changes = after(step.was, r, k, target)
		if wrong := p.check(target, step, coming); len(wrong) > 0 {
			out.Problems = append(out.Problems, wrong...)
			continue
		}
		if len(step.Changes) == 0 {
			out.Unchanged++
			continue
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

// after gives what a line makes of what is there, and what differs.
func after(was map[string]string, r row, k, target string) (map[string]string, []Change) {
	became := map[string]string{}
	maps.Copy(became, was)
	became[key[target]] = k
	var changes []Change
	for _, c := range columns[target] {
		if text := r.given(c.name); text != nil && c.name != key[target] {
			became[c.name] = *text
			if c.name == "roles" {
				became[c.name] = strings.Join(slices.Compact(slices.Sorted(slices.Values(list(*text)))), ", ")
			}
		}
		if became[c.name] != was[c.name] {
			changes = append(changes, Change{c.name, was[c.name], became[c.name]})
		}
	}
	return became, changes
}

// check gives what is wrong with a step before anything is tried.
func (p *present) check(target string, s Step, coming map[string]bool) []Problem {
	var out []Problem
	wrong := func(ok bool, field, code string, args map[string]any) {
		if !ok {
			out = append(out, Problem{Line: s.Line, Key: s.Key, Field: field, Code: code, Args: args})
		}
	}
	open := func(code string) bool {
		u, ok := p.unitOf[code]
		return code == "" || ok && u.Until == calendar.None || coming[code]
	}
	if target == People {
		wrong(open(s.became["unit"]), "unit", "org.unknown_unit", nil)
		if u, ok := p.userOf[s.Key]; ok {
			wrong(u.Kind == user.Person, "login", "staff.program", nil)
		}
		in := personInput(s.became, 0)
		if in.Roles != nil {
			for _, r := range *in.Roles {
				wrong(p.roles[r], "roles", "user.unknown_role", map[string]any{"role": r})
			}
		}
		out = append(out, faultsOf(in.Validate(s.New), s)...)
		return out
	}
	wrong(open(s.became["parent"]) && s.became["parent"] != s.Key, "parent", "org.unknown_unit", nil)
	if m := s.became["manager"]; m != "" {
		u, ok := p.userOf[strings.ToLower(m)]
		wrong(ok && u.State == user.Active, "manager", "org.unknown_person", nil)
	}
	if u, ok := p.unitOf[s.Key]; ok && len(s.Changes) > 0 {
		wrong(u.Until == calendar.None, "code", "org.over", map[string]any{"until": u.Until.String()})
	}
	in := unitInput(s.became, 0, 0)
	return append(out, faultsOf(in.Validate(s.New), s)...)
}

func faultsOf(err error, s Step) []Problem {
	if err == nil {
		return nil
	}
	return faults(err, s.Line, s.Key)
}

func personInput(v map[string]string, unit int64) user.Input {
	in := user.Input{Login: new(v["login"]), Name: new(v["name"]), Email: new(v["email"]), UnitID: &unit}
	if roles := list(v["roles"]); len(roles) > 0 {
		in.Roles = &roles
	}
	if v["state"] != "" {
		in.State = new(user.State(v["state"]))
	}
	return in
}

func unitInput(v map[string]string, parent, manager int64) org.Input {
	in := org.Input{Code: new(v["code"]), NameZh: new(v["name_zh"]), NameEn: new(v["name_en"]), ParentID: &parent, ManagerID: &manager}
	if v["name_en"] == "" {
		in.NameEn = in.NameZh
	}
	if v["kind"] != "" {
		in.Kind = new(v["kind"])
	}
	return in
}
