package main

import (
	"context"
	"fmt"
	"strings"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/demo"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/grading"
	"kezhi/internal/org"
	"kezhi/internal/rulebook"
	"kezhi/internal/user"
	"kezhi/rulebooks"
)

// builder fills an empty installation.
type builder struct {
	*app.App
	shape
	c      *demo.Company
	owners []int64
	ids    []int64
	loaded int
}

func (b *builder) build(ctx context.Context) error {
	ctx = authz.With(ctx, authz.System("bench"))
	for _, step := range []func(context.Context) error{b.people, b.customers, b.history, b.judge} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// people creates units and users; they have no passwords, because requests carry tokens.
func (b *builder) people(ctx context.Context) error {
	units := make([]int64, len(b.c.Units))
	for i, u := range b.c.Units {
		made, err := b.Units.Create(ctx, org.Input{ParentID: &units[0], Code: &u.Code, NameZh: &u.NameZH, NameEn: &u.NameEN, Kind: &u.Kind})
		if err != nil {
			return err
		}
		units[i] = made.ID
	}
	for _, p := range b.c.Staff {
		unit, roles := units[p.Unit], []string{p.Role}
		made, err := b.Users.Create(ctx, user.Input{Login: &p.Login, Name: &p.Name, UnitID: &unit, Roles: &roles})
		if err != nil {
			return err
		}
		b.owners = append(b.owners, made.ID)
	}
	return nil
}

func (b *builder) customers(ctx context.Context) error {
	const chunk = 250
	for start := 0; start < len(b.c.Customers); start += chunk {
		part := b.c.Customers[start:min(start+chunk, len(b.c.Customers))]
		err := b.DB.InTx(ctx, func(q db.Q) error {
			ids, err := b.Customers.CreateMany(ctx, q, inputsOf(part, b.owners), 0, b.Now())
			b.ids = append(b.ids, ids...)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// judge adopts the rulebooks and grades twice, so that there are standings, movements and duties.
func (b *builder) judge(ctx context.Context) error {
	for _, name := range rulebooks.IDs() {
		if _, err := b.Rulebooks.Adopt(ctx, rulebook.AdoptInput{Rulebook: name, EffectiveFrom: b.c.From}); err != nil {
			return err
		}
	}
	for _, name := range rulebooks.IDs() {
		_, err := b.Gradings.Grade(ctx, name, today.AddDays(-1), grading.Options{}, nil)
		if err != nil && errs.CodeOf(err) != "grading.no_grades" { // a rulebook of procedures grades nobody
			return err
		}
	}
	return b.Drain(ctx)
}

// history loads the company's history, then deals and calls until there are exactly as many facts as promised.
func (b *builder) history(ctx context.Context) error {
	if err := addDealKind(ctx, b.DB); err != nil {
		return err
	}
	load, err := b.Facts.Begin(ctx, "bench")
	if err != nil {
		return err
	}
	l := &loading{b: b, load: load, left: b.shape.facts - b.deals}
	for i, id := range b.ids {
		if err := l.history(ctx, i, id); err != nil {
			return err
		}
	}
	if err := l.fill(ctx); err != nil {
		return err
	}
	return b.DB.InTx(ctx, func(q db.Q) error { return load.Publish(ctx, q) })
}

// loading gathers facts into chunks.
type loading struct {
	b    *builder
	load *fact.Load
	rows []fact.Incoming
	left int // facts that are not deals
}

func (l *loading) add(ctx context.Context, row fact.Incoming) error {
	l.rows = append(l.rows, row)
	l.b.loaded++
	if len(l.rows) < 20_000 {
		return nil
	}
	return l.flush(ctx)
}

func (l *loading) flush(ctx context.Context) error {
	err := l.b.DB.InTx(ctx, func(q db.Q) error {
		_, _, err := l.load.Append(ctx, q, l.rows)
		return err
	})
	l.rows = l.rows[:0]
	return err
}

// history loads what the generator tells of a customer, and its share of the deals.
func (l *loading) history(ctx context.Context, i int, id int64) error {
	for _, f := range l.b.c.Facts(i) {
		if l.left == 0 {
			break
		}
		l.left--
		if err := l.add(ctx, f.Incoming(id)); err != nil {
			return err
		}
	}
	deals, all := l.b.deals, len(l.b.ids)
	for n := i * deals / all; n < (i+1)*deals/all; n++ {
		deal := fact.Incoming{
			CustomerID: id, Kind: "deal", On: today.AddDays(-1 - n*37%700), Amount: int64(1+n%97) * 10_000_00, HasAmount: true, Currency: "CNY",
			Status: []string{"open", "won", "lost"}[n%3], Document: fmt.Sprintf("DL%06d", n),
		}
		if err := l.add(ctx, deal); err != nil {
			return err
		}
	}
	return nil
}

// fill adds calls, spread evenly, for what the history left open.
func (l *loading) fill(ctx context.Context) error {
	each := (l.left + len(l.b.ids) - 1) / len(l.b.ids)
	for i, id := range l.b.ids {
		for n := range min(each, l.left) {
			call := fact.Incoming{
				CustomerID: id, Kind: "call", On: today.AddDays(-1 - (n*13+i)%720), At: int64(n), HasAt: true, Status: "done",
				Attrs: `{"note":"` + strings.Repeat("电话回访。", 1+n%3) + `"}`,
			}
			if err := l.add(ctx, call); err != nil {
				return err
			}
		}
		l.left -= min(each, l.left)
	}
	return l.flush(ctx)
}
