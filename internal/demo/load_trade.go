package demo

import (
	"context"

	"golang.org/x/sync/errgroup"

	"kezhi/internal/audit"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/fact"
	"kezhi/internal/id"
)

// Sizes of transactions: other work gets in between them.
const (
	customerChunk = 250
	factChunk     = 20_000
)

// welcome creates the customers who are known on a day and not there yet.
func (l *loader) welcome(ctx context.Context, day calendar.Date) error {
	var who []int
	for i, cu := range l.c.Customers {
		if l.ids[i] == 0 && (cu.Enters < day || day >= l.c.Reference) {
			who = append(who, i)
		}
	}
	for start := 0; start < len(who); start += customerChunk {
		part := who[start:min(start+customerChunk, len(who))]
		if err := l.create(ctx, part, day); err != nil {
			return err
		}
		l.res.Customers += int64(len(part))
		l.progress(StageCustomers, l.res.Customers, int64(len(l.c.Customers)))
	}
	return nil
}

// create writes some customers and, because CreateMany leaves that to its caller, an audit entry for each.
func (l *loader) create(ctx context.Context, who []int, day calendar.Date) error {
	ins := make([]customer.Input, len(who))
	for n, i := range who {
		cu := l.c.Customers[i]
		ins[n] = cu.Input
		ins[n].Status = cu.habits.status(day)
		if cu.Owner >= 0 {
			ins[n].OwnerID = l.staff[cu.Owner].UserID
		}
	}
	return l.DB.InTx(ctx, func(q db.Q) error {
		ids, err := l.Customers.CreateMany(ctx, q, ins, 0, l.dial.Now())
		if err != nil {
			return err
		}
		entries := make([]audit.Entry, len(who))
		for n, i := range who {
			l.ids[i], l.versions[i], l.statuses[i] = ids[n], 1, ins[n].Status
			entries[n] = audit.Entry{
				Action: "customer.create", Entity: "customer", EntityID: id.String(ids[n]), CustomerID: ids[n],
				Detail: []audit.Change{{Field: "code", After: ins[n].Code}, {Field: "name", After: ins[n].Name}},
			}
		}
		return audit.Write(ctx, q, l.dial.Now(), entries...)
	})
}

// relate ties customers of which both are there now.
func (l *loader) relate(ctx context.Context) error {
	for i, r := range l.c.Relations {
		if l.related[i] || l.ids[r.Customer] == 0 || l.ids[r.Other] == 0 {
			continue
		}
		l.related[i] = true
		in := customer.RelationInput{ToID: l.ids[r.Other], Type: r.Type}
		if r.ShareBP > 0 {
			in.ShareBP = &r.ShareBP
		}
		if _, err := l.Customers.AddRelation(ctx, l.ids[r.Customer], in); err != nil {
			return err
		}
	}
	return nil
}

// review marks those who have gone quiet as dormant and later as lost, in the name of whoever looks after them.
func (l *loader) review(ctx context.Context, day calendar.Date) error {
	for i, cu := range l.c.Customers {
		status := cu.habits.status(day)
		if l.ids[i] == 0 || status == l.statuses[i] {
			continue
		}
		changed, err := l.Customers.Update(l.as(ctx, cu.Owner), l.ids[i], l.versions[i], customer.Input{Status: status}, customer.FieldStatus)
		if err != nil {
			return err
		}
		l.versions[i], l.statuses[i] = changed.Version, status
	}
	return nil
}

// trade loads the facts before a day that have not been loaded, as one batch.
func (l *loader) trade(ctx context.Context, before calendar.Date) error {
	load, err := l.Facts.Begin(ctx, "demo")
	if err != nil {
		return err
	}
	chunks := make(chan []fact.Incoming, 1)
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(chunks)
		return l.gather(gctx, before, chunks)
	})
	g.Go(func() error {
		for rows := range chunks {
			err := l.DB.InTx(gctx, func(q db.Q) error {
				_, _, err := load.Append(gctx, q, rows)
				return err
			})
			if err != nil {
				return err
			}
			l.res.Facts += int64(len(rows))
			l.progress(StageFacts, l.res.Facts, l.factTotal)
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return err
	}
	return l.DB.InTx(ctx, func(q db.Q) error {
		if err := load.Publish(ctx, q); err != nil {
			return err
		}
		return audit.Write(ctx, q, l.dial.Now(), audit.Entry{
			Action: "fact.load", Entity: "fact_batch", EntityID: id.String(load.ID()), Detail: map[string]any{"source": "demo", "before": before.String()},
		})
	})
}

// gather hands out the facts before a day in chunks, customer by customer, with their digests worked out.
func (l *loader) gather(ctx context.Context, before calendar.Date, chunks chan<- []fact.Incoming) error {
	var rows []fact.Incoming
	var scratch []byte
	send := func() error {
		if len(rows) == 0 {
			return nil
		}
		select {
		case chunks <- rows:
			rows = make([]fact.Incoming, 0, factChunk)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for i, all := range l.facts {
		for l.ids[i] != 0 && l.told[i] < len(all) && all[l.told[i]].On < before {
			f := &all[l.told[i]]
			l.told[i]++
			rows = append(rows, f.Incoming(l.ids[i]))
			scratch = rows[len(rows)-1].Seal(scratch)
		}
		if len(rows) >= factChunk {
			if err := send(); err != nil {
				return err
			}
		}
	}
	return send()
}
