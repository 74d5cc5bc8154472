package importer

import (
	"context"
	"strings"
	"time"

	"kezhi/internal/authz"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/fact"
)

// factWriter puts the facts of a chunk into a batch. With load nil it only checks.
type factWriter struct {
	customers *customer.Service
	load      *fact.Load
	importID  int64
	scope     authz.Scope
	create    bool
	now       time.Time

	known  map[string]int64 // code to customer, or notThere
	tally  *tally
	rows   []fact.Incoming
	unsure []string // codes of this chunk that are not known yet
}

// notThere marks a code without a customer, or whose customer is not the person's.
const notThere = -1

// customerCacheLimit bounds the codes remembered (about 60 bytes each).
const customerCacheLimit = 200_000

// prepare finds the customers of the chunk, outside of any transaction, and refuses the lines of those that are not there.
func (w *factWriter) prepare(ctx context.Context, q db.Q, c *chunk) error {
	if len(w.known) > customerCacheLimit {
		clear(w.known)
	}
	var ask []string
	asked := map[string]bool{}
	for _, code := range c.codes {
		if _, ok := w.known[code]; !ok && !asked[code] {
			asked[code] = true
			ask = append(ask, code)
		}
	}
	if err := w.resolve(ctx, q, ask, w.known); err != nil {
		return err
	}
	w.unsure = w.unsure[:0]
	first := map[string]int{}
	for i := range c.lines {
		if l := &c.lines[i]; l.outcome == outcomeOK {
			code := c.codes[l.at]
			if w.known[code] <= 0 {
				w.missing(c, l, code, first)
			}
		}
	}
	return nil
}

// missing decides about a line whose customer is not there: to be created, or refused.
func (w *factWriter) missing(c *chunk, l *line, code string, first map[string]int) {
	if !w.create || w.known[code] == notThere {
		w.tally.unknownCode(code)
		l.refuse(errs.Field{Path: fCustomer, Code: "importer.unknown_customer", Args: map[string]any{"code": code}})
		return
	}
	at, seen := first[code]
	if !seen {
		at = l.at
		first[code] = at
		if err := w.newCustomer(c, at).Validate(); err != nil {
			first[code] = -1
			at = -1
		} else {
			w.unsure = append(w.unsure, code)
		}
	}
	if at < 0 {
		l.refuse(errs.Field{Path: fCustomer, Code: "importer.bad_customer_code", Args: map[string]any{"code": code}})
	}
}

// newCustomer gives what the file says about a customer to be created: the code, and the name where there is one.
func (w *factWriter) newCustomer(c *chunk, at int) customer.Input {
	in := customer.Input{Code: c.codes[at], Name: c.names[at], ConfirmDuplicate: true}
	if in.Name == "" {
		in.Name = in.Code
	}
	return in
}

// resolve looks codes up and notes those found; one that is there but not the person's counts as not there.
func (w *factWriter) resolve(ctx context.Context, q db.Q, codes []string, into map[string]int64) error {
	for len(codes) > 0 {
		n := min(len(codes), 500)
		refs, err := w.customers.Resolve(ctx, q, codes[:n])
		if err != nil {
			return err
		}
		for _, code := range codes[:n] {
			ref, ok := refs[code]
			switch {
			case ok && w.scope.Covers(ref.Place()):
				into[code] = ref.ID
			case ok || !w.create:
				into[strings.Clone(code)] = notThere
			}
		}
		codes = codes[n:]
	}
	return nil
}

// write puts the chunk in. It runs inside a transaction that may be repeated, so it changes nothing but its own scratch and
// gives back what the caller applies after the commit.
func (w *factWriter) write(ctx context.Context, q db.Q, c *chunk) (written, error) {
	var out written
	created, err := w.createCustomers(ctx, q, c, &out)
	if err != nil {
		return out, err
	}
	w.rows = w.rows[:0]
	for i := range c.lines {
		l := &c.lines[i]
		if l.outcome != outcomeOK {
			continue
		}
		f := c.facts[l.at]
		code := c.codes[l.at]
		if f.CustomerID = w.known[code]; f.CustomerID == 0 {
			f.CustomerID = created[code]
		}
		if f.CustomerID <= 0 {
			return out, errs.New(errs.Conflict, "importer.customer_taken", "code", code)
		}
		w.rows = append(w.rows, f)
	}
	inserted, unchanged, err := w.load.Append(ctx, q, w.rows)
	out.imported, out.unchanged = inserted, unchanged
	return out, err
}

// createCustomers creates those that are still not there and gives the ids by code.
func (w *factWriter) createCustomers(ctx context.Context, q db.Q, c *chunk, out *written) (map[string]int64, error) {
	ids := map[string]int64{}
	if len(w.unsure) == 0 {
		return ids, nil
	}
	if err := w.resolve(ctx, q, w.unsure, ids); err != nil {
		return nil, err
	}
	var inputs []customer.Input
	wanted := map[string]bool{}
	for _, code := range w.unsure {
		wanted[code] = ids[code] == 0
	}
	for i, code := range c.codes {
		if wanted[code] {
			wanted[code] = false
			inputs = append(inputs, w.newCustomer(c, i))
		}
	}
	if len(inputs) == 0 {
		return ids, nil
	}
	newIDs, err := w.customers.CreateMany(ctx, q, inputs, w.importID, w.now)
	if err != nil {
		return nil, err
	}
	for i, in := range inputs {
		ids[in.Code] = newIDs[i]
	}
	out.customersCreated = int64(len(newIDs))
	return ids, noteCreated(ctx, q, w.importID, newIDs)
}

// applied takes over what a durable transaction did.
func (w *factWriter) applied(c *chunk, out written) {
	w.tally.counts.Imported += out.imported
	w.tally.counts.Unchanged += out.unchanged
	w.tally.counts.CustomersCreated += out.customersCreated
	for i := range c.lines {
		if l := &c.lines[i]; l.outcome == outcomeOK {
			if f := &c.facts[l.at]; f.HasAmount {
				c.amounts.of(f.Currency).imported.add(f.Amount)
			}
		}
	}
}

// assume counts what a check expects: every line that is in order would be imported.
func (w *factWriter) assume(c *chunk) {
	for i := range c.lines {
		if l := &c.lines[i]; l.outcome == outcomeOK {
			w.tally.counts.Imported++
			if f := &c.facts[l.at]; f.HasAmount {
				c.amounts.of(f.Currency).imported.add(f.Amount)
			}
		}
	}
	for _, code := range w.unsure {
		w.tally.unknownCode(code)
	}
}
