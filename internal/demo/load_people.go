package demo

import (
	"context"

	"golang.org/x/sync/errgroup"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/grading"
	"kezhi/internal/org"
	"kezhi/internal/rulebook"
	"kezhi/internal/user"
)

// people creates the units and the users, the administrator first, who does the rest.
func (l *loader) people(ctx context.Context) error {
	units := make([]int64, len(l.c.Units))
	for i, u := range l.c.Units {
		made, err := l.Units.Create(ctx, org.Input{ParentID: &units[0], Code: &u.Code, NameZh: &u.NameZH, NameEn: &u.NameEN, Kind: &u.Kind, From: new(l.c.From.AddMonths(-12).YearStart())})
		if err != nil {
			return err
		}
		units[i] = made.ID
	}
	l.staff = make([]authz.Actor, len(l.c.Staff))
	if err := l.hire(ctx, 0, units); err != nil {
		return err
	}
	l.admin = l.staff[0]
	g, ctx := errgroup.WithContext(authz.With(ctx, l.admin))
	g.SetLimit(2) // hashing a password takes a processor and 19 MiB
	for i := 1; i < len(l.c.Staff); i++ {
		g.Go(func() error { return l.hire(ctx, i, units) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, a := range l.staff {
		l.byUser[a.UserID] = i
	}
	l.introduce()
	l.progress(StagePeople, int64(len(l.staff)), int64(len(l.staff)))
	return nil
}

// hire creates a user and keeps who acts when that person does something.
func (l *loader) hire(ctx context.Context, i int, units []int64) error {
	p := l.c.Staff[i]
	password, roles, unit := Password, []string{p.Role}, units[p.Unit]
	made, err := l.Users.Create(ctx, user.Input{Login: &p.Login, Name: &p.Name, Email: &p.Email, Password: &password, UnitID: &unit, Roles: &roles})
	if err != nil {
		return err
	}
	below := []int64{unit}
	if p.Unit == 0 {
		below = units
	}
	l.staff[i] = authz.Actor{UserID: made.ID, Name: made.Name, Grants: authz.GrantsOf(roles), UnitIDs: below}
	return nil
}

// introduce lists the users worth knowing: one of each role, and the manager of each region.
func (l *loader) introduce() {
	for _, p := range l.c.Staff {
		if p.Role == authz.RoleCustomerManager && p.Login != "lin" {
			continue
		}
		l.res.Logins = append(l.res.Logins, Login{Login: p.Login, Name: p.Name, Role: p.Role, Unit: l.c.Units[p.Unit].NameZH})
	}
}

// adopt puts the shipped rulebooks into force, from a year before the history. The real data set is older still.
func (l *loader) adopt(ctx context.Context, opt LoadOptions) error {
	if err := l.Rulebooks.Sync(ctx); err != nil {
		return err
	}
	for _, name := range []string{dealerGrading, keyAccounts, rfmSegments, houseOwnership, houseEquipment} {
		from := l.c.From.AddMonths(-12).YearStart()
		if name == rfmSegments && opt.OnlineRetail != "" {
			from = min(from, onlineRetailEnd.YearStart())
		}
		if _, err := l.Rulebooks.Adopt(ctx, rulebook.AdoptInput{Rulebook: name, EffectiveFrom: from, Note: "演示公司启用"}); err != nil {
			return err
		}
	}
	return nil
}

// grade grades everybody by a rulebook as of a day and gives how many got which code.
func (l *loader) grade(ctx context.Context, name string, asOf calendar.Date) (map[string]int64, error) {
	sum, err := l.Gradings.Grade(ctx, name, asOf, grading.Options{}, func(done, total int64) { l.progress(StageGrading, done, total) })
	return sum.Verdicts, err
}
