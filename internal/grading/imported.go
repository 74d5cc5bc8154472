package grading

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/event"
	"kezhi/internal/fact"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/rule"
	"kezhi/internal/rulebook"
)

// importedArgs names a rulebook and the batch of facts that came, or was taken back, by an import.
type importedArgs struct {
	Rulebook string `json:"rulebook"`
	Batch    string `json:"batch"`
}

// onImport has the facts of an import looked through for each rulebook in force that has triggers.
func (s *Service) onImport(ctx context.Context, q db.Q, e event.Event) error {
	var happened struct {
		BatchID string `json:"batch_id"`
	}
	if err := json.Unmarshal(e.Payload, &happened); err != nil || happened.BatchID == "" {
		return err // an import of customers brings no facts
	}
	all, err := s.books.AllInForce(ctx, q, s.Today())
	if err != nil {
		return err
	}
	for _, in := range all {
		if len(triggersOf(in)) == 0 {
			continue
		}
		args := importedArgs{Rulebook: in.Book.ID(), Batch: happened.BatchID}
		spec := job.Spec{Kind: jobImported, Args: args, UniqueKey: jobImported + ":" + args.Rulebook + ":" + args.Batch}
		if _, err := s.runner.Enqueue(ctx, q, spec); err != nil {
			return err
		}
	}
	return nil
}

// triggersOf gives the triggers of all schemes of a rulebook.
func triggersOf(in rulebook.InForce) []rule.Trigger {
	var out []rule.Trigger
	for _, one := range in.All() {
		out = append(out, one.Program.Triggers()...)
	}
	return out
}

// doImported notes page by page, with the cursor in the same transaction, the customers of whom a fact of the batch sets off
// a trigger; then one job judges all who wait. Going through a page twice notes nobody twice.
func (s *Service) doImported(ctx context.Context, j *job.Run) error {
	var args importedArgs
	if err := j.Decode(&args); err != nil {
		return err
	}
	batch, err := id.Parse(args.Batch)
	if err != nil {
		return err
	}
	in, err := s.heldOn(ctx, args.Rulebook, s.Today())
	if err != nil || in == nil {
		return err // no longer in force: nobody is judged by it
	}
	var after, done int64
	if j.Cursor != "" {
		if _, err := fmt.Sscan(j.Cursor, &after); err != nil {
			return fmt.Errorf("reading the cursor of job %d: %w", j.ID, err)
		}
	}
	triggers := triggersOf(*in)
	for {
		page, err := batchCustomers(ctx, s.db.Read(), batch, after, pageSize)
		if err != nil {
			return err
		}
		err = s.db.InTx(ctx, func(q db.Q) error {
			if len(page) == 0 {
				_, err := s.runner.Enqueue(ctx, q, job.Spec{Kind: jobTrigger, Args: triggerArgs{Rulebook: args.Rulebook}})
				return err
			}
			if err := s.noteBatch(ctx, q, args.Rulebook, batch, page, triggers); err != nil {
				return err
			}
			return j.Save(ctx, q, id.String(page[len(page)-1]))
		})
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1]
		done += int64(len(page))
		if err := j.Progress(ctx, done, 0); err != nil {
			return err
		}
	}
}

// noteBatch notes those of some customers that have a fact of the batch which sets off a trigger, whether it came or was taken back.
func (s *Service) noteBatch(ctx context.Context, q db.Q, rulebookID string, batch int64, customers []int64, triggers []rule.Trigger) error {
	var kinds []string
	for i := range triggers {
		kinds = append(kinds, triggers[i].On)
	}
	slices.Sort(kinds)
	hit := map[int64]int64{}
	var x rule.Fact
	var attrs []byte
	x.Attr = func(name string) string { return fact.Attr(attrs, name) }
	everything := fact.Needs{Document: true, Product: true, Quantity: true, At: true, Attrs: true}
	err := fact.ScanOfBatch(ctx, q, batch, customers, slices.Compact(kinds), everything, func(customerID int64, r *fact.Row) error {
		if hit[customerID] != 0 {
			return nil
		}
		fillFact(&x, r)
		attrs = r.Attrs
		if r.Reverses != 0 || slices.ContainsFunc(triggers, func(t rule.Trigger) bool { return t.Matches(&x) }) {
			hit[customerID] = r.ID
		}
		return nil
	})
	for _, customerID := range sortedKeys(hit) {
		if err == nil {
			err = noteTrigger(ctx, q, rulebookID, customerID, hit[customerID], clock.Micros(s.now()))
		}
	}
	return err
}
