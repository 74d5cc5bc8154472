package grading

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Today gives the organisation's present day.
func (s *Service) Today() calendar.Date { return calendar.FromTime(s.now(), s.loc) }

// judgeRules gives what the rulebook in force on a day lets people judge. Errors: those of rulebook.InForce.
func (s *Service) judgeRules(ctx context.Context, rulebookID string, on calendar.Date) (judgeRules, error) {
	in, err := s.books.InForce(ctx, s.db.Read(), rulebookID, on)
	if err != nil {
		return judgeRules{}, err
	}
	return judgeRulesOf(in.Book, in.Program), nil
}

func (s *Service) judge(ctx context.Context, actor authz.Actor) (*judge, error) {
	if actor.UserID == 0 {
		return &judge{actor: actor}, nil
	}
	roles, err := rolesOf(ctx, s.db.Read(), actor.UserID)
	return &judge{actor, roles}, err
}

// Judge gives values to items of customers, all of them or none. The newest value from a day on or before the as-of day of a
// grading counts; one that is there already is not written again. An empty value takes back what was given. Needs
// grading.judge over every customer and, for each item, the role the rulebook in force names. Errors: rulebook.unknown,
// rulebook.not_in_force, invalid_input with grading.judged_* fields.
func (s *Service) Judge(ctx context.Context, rulebookID string, list []JudgeInput) (JudgeOutcome, error) {
	actor, err := authz.Require(ctx, authz.GradingJudge)
	if err != nil {
		return JudgeOutcome{}, err
	}
	today := s.Today()
	rules, err := s.judgeRules(ctx, rulebookID, today)
	if err != nil {
		return JudgeOutcome{}, err
	}
	by, err := s.judge(ctx, actor)
	if err != nil {
		return JudgeOutcome{}, err
	}
	if err := s.checkJudged(ctx, &rules, by, list, today); err != nil {
		return JudgeOutcome{}, err
	}
	var out JudgeOutcome
	err = s.db.InTx(ctx, func(q db.Q) error {
		var err error
		out, err = s.writeJudged(ctx, q, rules.rulebook, list)
		return err
	})
	return out, err
}

// checkJudged reports every wrong value at once and fills in the days that were left out.
func (s *Service) checkJudged(ctx context.Context, rules *judgeRules, by *judge, list []JudgeInput, today calendar.Date) error {
	ids := make([]int64, 0, len(list))
	for i := range list {
		if list[i].From == calendar.None {
			list[i].From = today
		}
		if list[i].CustomerID != 0 {
			ids = append(ids, list[i].CustomerID)
		}
	}
	slices.Sort(ids)
	seen, err := s.customers.Visible(ctx, authz.GradingJudge, slices.Compact(ids))
	if err != nil {
		return err
	}
	var v errs.Validation
	v.Check(len(list) > 0, "items", "field.required")
	for i := range list {
		path := "items[" + strconv.Itoa(i) + "]"
		who, ok := seen[list[i].CustomerID]
		v.Check(ok && !who.Archived, path+".customer", "grading.judged_customer")
		item := rules.check(&v, path, &list[i], today)
		if item != nil && ok && !by.may(rules.book, item.By, who.OwnerID) {
			v.Check(false, path+".item", "grading.judged_role", "item", item.Name, "role", item.By)
		}
	}
	return v.Err()
}

// judgeChunk is how many values are compared with what is there at a time.
const judgeChunk = 250

// writeJudged inserts what is new, one audit entry per customer.
func (s *Service) writeJudged(ctx context.Context, q db.Q, rulebookID string, list []JudgeInput) (JudgeOutcome, error) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b JudgeInput) int { return cmp.Compare(a.CustomerID, b.CustomerID) })
	var out JudgeOutcome
	for len(list) > 0 {
		n := min(len(list), judgeChunk)
		for n < len(list) && list[n].CustomerID == list[n-1].CustomerID {
			n++
		}
		if err := s.writeJudgedChunk(ctx, q, rulebookID, list[:n], &out); err != nil {
			return out, err
		}
		list = list[n:]
	}
	return out, nil
}

func (s *Service) writeJudgedChunk(ctx context.Context, q db.Q, rulebookID string, list []JudgeInput, out *JudgeOutcome) error {
	ids := make([]int64, len(list))
	upTo := calendar.None
	for i := range list {
		ids[i], upTo = list[i].CustomerID, max(upTo, list[i].From)
	}
	held, err := judgedOf(ctx, q, rulebookID, upTo, slices.Compact(ids))
	if err != nil {
		return err
	}
	now := s.now()
	actor, _ := authz.From(ctx)
	var fresh []Judged
	var entries []audit.Entry
	for _, in := range list {
		before := newestJudged(held, in)
		if before.Value == in.Value && before.Note == in.Note {
			out.Unchanged++
			continue
		}
		out.Set++
		j := Judged{
			CustomerID: in.CustomerID, ID: id.New(now), Rulebook: rulebookID, Item: in.Item, Value: in.Value, Note: in.Note, From: in.From,
			JudgedBy: cmp.Or(in.by, actor.UserID), JudgedAt: now,
		}
		fresh, held = append(fresh, j), append(held, j)
		entries = addJudgedChange(entries, rulebookID, &j, before.Value)
	}
	if err := insertJudged(ctx, q, fresh); err != nil {
		return err
	}
	return audit.Write(ctx, q, now, entries...)
}

// newestJudged gives what counts on the day from which an input is to count; zero without one.
func newestJudged(held []Judged, in JudgeInput) Judged {
	var out Judged
	for i := range held {
		h := &held[i]
		if h.CustomerID == in.CustomerID && h.Item == in.Item && h.From <= in.From && (out.ID == 0 || h.From > out.From || h.From == out.From && h.ID > out.ID) {
			out = *h
		}
	}
	return out
}

// judgedChange is what the audit keeps about one value.
type judgedChange struct {
	audit.Change
	Rulebook string `json:"rulebook"`
	From     string `json:"from"`
	Note     string `json:"note,omitempty"`
}

// addJudgedChange adds to the entry of the customer; the values come sorted by customer.
func addJudgedChange(entries []audit.Entry, rulebookID string, j *Judged, before string) []audit.Entry {
	c := judgedChange{audit.Change{Field: j.Item, Before: before, After: j.Value}, rulebookID, j.From.String(), j.Note}
	if n := len(entries); n > 0 && entries[n-1].CustomerID == j.CustomerID {
		entries[n-1].Detail = append(entries[n-1].Detail.([]judgedChange), c)
		return entries
	}
	return append(entries, audit.Entry{
		Action: "judgement.set", Entity: "judgement", EntityID: id.String(j.ID), CustomerID: j.CustomerID, Detail: []judgedChange{c},
	})
}

// JudgedSheet is what people judge about one customer by a rulebook, and what they said.
type JudgedSheet struct {
	Rulebook string
	Version  string
	AsOf     calendar.Date
	Items    []JudgedItem
	Names    map[int64]string // of those who judged
}

// JudgedOf gives the judgements of a customer as of a day: everything the rulebook in force asks for, the value that counts and the
// history. Needs grading.read over the customer. Errors: not_found, rulebook.unknown, rulebook.not_in_force.
func (s *Service) JudgedOf(ctx context.Context, customerID int64, rulebookID string, asOf calendar.Date) (JudgedSheet, error) {
	actor, err := authz.Require(ctx, authz.GradingRead)
	if err != nil {
		return JudgedSheet{}, err
	}
	who, err := s.guard(ctx, customerID)
	if err != nil {
		return JudgedSheet{}, err
	}
	rules, err := s.judgeRules(ctx, rulebookID, asOf)
	if err != nil {
		return JudgedSheet{}, err
	}
	by, err := s.judge(ctx, actor)
	if err != nil {
		return JudgedSheet{}, err
	}
	list, err := judgedOf(ctx, s.db.Read(), rulebookID, asOf, []int64{customerID})
	if err != nil {
		return JudgedSheet{}, err
	}
	out := JudgedSheet{Rulebook: rules.rulebook, Version: rules.version, AsOf: asOf, Items: rules.sheet(by, who, list)}
	people := make([]int64, len(list))
	for i := range list {
		people[i] = list[i].JudgedBy
	}
	out.Names, err = userNames(ctx, s.db.Read(), people)
	return out, err
}

// sheet sorts the values of one customer under the items of the rulebook, the newest first.
func (r *judgeRules) sheet(by *judge, who customer.Ref, list []Judged) []JudgedItem {
	out := make([]JudgedItem, len(r.items))
	scope := by.actor.Scope(authz.GradingJudge)
	for i := range r.items {
		out[i] = JudgedItem{Judgement: r.items[i], MayJudge: !who.Archived && scope.Covers(who.Place()) && by.may(r.book, r.items[i].By, who.OwnerID)}
		for _, j := range list {
			if j.Item == r.items[i].Name {
				out[i].History = append(out[i].History, j)
			}
		}
		slices.Reverse(out[i].History)
	}
	return out
}
