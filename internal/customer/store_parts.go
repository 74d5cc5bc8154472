package customer

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/codes"
	"kezhi/internal/db"
	"kezhi/internal/id"
	"kezhi/internal/search"
)

// created is a customer about to be inserted.
type created struct {
	Input
	id, unitID int64
}

// part is one row that hangs on the customer at index of.
type part[T any] struct {
	of  int64
	row T
}

type customValue struct{ name, value string }

// insertAll writes new customers with everything that belongs to them. amounts tells which custom fields are numbers.
func insertAll(ctx context.Context, q db.Q, list []created, importID, actorID int64, book fieldBook, now time.Time) error {
	at := clock.Micros(now)
	former, custom := make([]string, len(list)), make([]string, len(list))
	for i := range list {
		var err error
		if former[i], custom[i], err = encodeLists(list[i].Input); err != nil {
			return err
		}
	}
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "customer",
		Columns: []string{
			"id", "code", "party", "name", "name_en", "former_names", "name_key", "sort_key", "kind", "status", "region", "industry", "address",
			"owner_id", "unit_id", "custom", "note", "since", "import_id", "archived_at", "version", "created_by", "created_at", "updated_at",
		},
		N: len(list),
		Bind: func(i int, b db.Binder) {
			c := &list[i]
			b.Int64(c.id)
			for _, s := range []string{
				c.Code, c.Party, c.Name, c.NameEN, former[i], codes.NameKey(c.Name), search.SortKey(c.Name), c.Kind, c.Status, c.Region, c.Industry, c.Address,
			} {
				b.Text(s)
			}
			b.Int64(c.OwnerID)
			b.Int64(c.unitID)
			b.Text(custom[i])
			b.Text(c.Note)
			bindDate(b, c.Since)
			b.Int64(importID)
			b.Null()
			b.Int64(1)
			b.Int64(actorID)
			b.Int64(at)
			b.Int64(at)
		},
	})
	if err != nil {
		return err
	}
	_, err = db.Insert(ctx, q, db.Bulk{Table: "customer_code", Columns: []string{"code", "customer_id"}, N: len(list), Bind: func(i int, b db.Binder) {
		b.Text(list[i].Code)
		b.Int64(list[i].id)
	}})
	if err != nil {
		return err
	}
	return insertParts(ctx, q, list, book, now)
}

func insertParts(ctx context.Context, q db.Q, list []created, book fieldBook, now time.Time) error {
	var identifiers []part[Identifier]
	var tags []part[string]
	var values []part[customValue]
	var contacts []part[ContactInput]
	var terms []part[string]
	for i := range list {
		c := &list[i]
		for _, n := range c.Identifiers {
			n.ID = id.New(now)
			identifiers = append(identifiers, part[Identifier]{c.id, n})
		}
		for _, t := range c.Tags {
			tags = append(tags, part[string]{c.id, t})
		}
		for _, name := range slices.Sorted(maps.Keys(c.Custom)) {
			values = append(values, part[customValue]{c.id, customValue{name, c.Custom[name]}})
		}
		for _, p := range c.Contacts {
			contacts = append(contacts, part[ContactInput]{c.id, p})
		}
		for _, t := range termsOf(c.Input, c.Contacts) {
			terms = append(terms, part[string]{c.id, t})
		}
	}
	// Neighbours in the index are written together, which spares a large import most of its page reads.
	slices.SortFunc(terms, func(a, b part[string]) int { return cmp.Or(strings.Compare(a.row, b.row), cmp.Compare(a.of, b.of)) })
	if err := insertIdentifiers(ctx, q, identifiers); err != nil {
		return err
	}
	if err := insertTags(ctx, q, tags); err != nil {
		return err
	}
	if err := insertValues(ctx, q, values, book); err != nil {
		return err
	}
	if _, err := insertContacts(ctx, q, contacts, now); err != nil {
		return err
	}
	return insertTerms(ctx, q, terms)
}

func insertIdentifiers(ctx context.Context, q db.Q, list []part[Identifier]) error {
	sealed := make(map[int]string)
	for i, p := range list {
		if !p.row.secret() {
			continue
		}
		text, err := sealIdentifier(ctx, q, p.row.Value, p.row.ID)
		if err != nil {
			return err
		}
		sealed[i] = text
	}
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "identifier", Columns: []string{"customer_id", "id", "type", "value", "value_key", "override_reason"}, N: len(list),
		Bind: func(i int, b db.Binder) {
			n := list[i].row
			b.Int64(list[i].of)
			b.Int64(n.ID)
			b.Text(n.Type)
			if text, ok := sealed[i]; ok {
				b.Text(text)
				b.Text(db.Mark(q, markUse, n.key()))
			} else {
				b.Text(n.Value)
				b.Text(n.key())
			}
			b.Text(n.OverrideReason)
		},
	})
	return err
}

func insertTags(ctx context.Context, q db.Q, list []part[string]) error {
	_, err := db.Insert(ctx, q, db.Bulk{Table: "customer_tag", Columns: []string{"customer_id", "tag"}, N: len(list), Bind: func(i int, b db.Binder) {
		b.Int64(list[i].of)
		b.Text(list[i].row)
	}})
	return err
}

func insertValues(ctx context.Context, q db.Q, list []part[customValue], book fieldBook) error {
	_, err := db.Insert(ctx, q, db.Bulk{
		Table: "custom_value", Columns: []string{"customer_id", "name", "value", "amount"}, N: len(list),
		Bind: func(i int, b db.Binder) {
			b.Int64(list[i].of)
			b.Text(list[i].row.name)
			b.Text(list[i].row.value)
			if amount, ok := millionths(list[i].row.value); ok && book[list[i].row.name].Type == FieldNumber {
				b.Int64(amount)
			} else {
				b.Null()
			}
		},
	})
	return err
}

// insertContacts writes contacts and gives their ids in order.
func insertContacts(ctx context.Context, q db.Q, list []part[ContactInput], now time.Time) ([]int64, error) {
	ids := make([]int64, len(list))
	var birthdays []part[SpecialDay]
	for i := range ids {
		ids[i] = id.New(now)
		if born := list[i].row.Birthday; born != nil {
			birthdays = append(birthdays, part[SpecialDay]{list[i].of, bornOn(ids[i], *born, now)})
		}
	}
	at := clock.Micros(now)
	_, err := db.Insert(ctx, q, db.Bulk{
		Table:   "contact",
		Columns: []string{"customer_id", "id", "name", "title", "phone", "email", "is_primary", "note", "version", "created_at", "updated_at", "archived_at"},
		N:       len(list),
		Bind: func(i int, b db.Binder) {
			c := list[i].row
			b.Int64(list[i].of)
			b.Int64(ids[i])
			b.Text(c.Name)
			b.Text(c.Title)
			b.Text(c.Phone)
			b.Text(c.Email)
			b.Int64(bit(c.Primary))
			b.Text(c.Note)
			b.Int64(1)
			b.Int64(at)
			b.Int64(at)
			b.Null()
		},
	})
	if err != nil {
		return nil, err
	}
	return ids, insertDays(ctx, q, birthdays, now)
}

func insertTerms(ctx context.Context, q db.Q, list []part[string]) error {
	_, err := db.Insert(ctx, q, db.Bulk{Table: "search_term", Columns: []string{"term", "customer_id"}, N: len(list), Bind: func(i int, b db.Binder) {
		b.Text(list[i].row)
		b.Int64(list[i].of)
	}})
	return err
}

// replaceParts brings the rows that hang on a customer in line with the changed fields.
func replaceParts(ctx context.Context, q db.Q, customerID int64, before, after Input, changed Fields, book fieldBook, now time.Time) error {
	if changed.Has(FieldTags) {
		if err := replaceTags(ctx, q, customerID, after.Tags); err != nil {
			return err
		}
	}
	if changed.Has(FieldCustom) {
		if err := replaceValues(ctx, q, customerID, after.Custom, book); err != nil {
			return err
		}
	}
	if changed.Has(FieldIdentifiers) {
		if err := replaceIdentifiers(ctx, q, customerID, before.Identifiers, after.Identifiers, now); err != nil {
			return err
		}
	}
	if changed&searched == 0 {
		return nil
	}
	return refreshTerms(ctx, q, customerID, after)
}

func replaceTags(ctx context.Context, q db.Q, customerID int64, tags []string) error {
	if _, err := q.Exec(ctx, "DELETE FROM customer_tag WHERE customer_id = ?", customerID); err != nil {
		return err
	}
	rows := make([]part[string], len(tags))
	for i, t := range tags {
		rows[i] = part[string]{customerID, t}
	}
	return insertTags(ctx, q, rows)
}

func replaceValues(ctx context.Context, q db.Q, customerID int64, custom map[string]string, book fieldBook) error {
	if _, err := q.Exec(ctx, "DELETE FROM custom_value WHERE customer_id = ?", customerID); err != nil {
		return err
	}
	var rows []part[customValue]
	for _, name := range slices.Sorted(maps.Keys(custom)) {
		rows = append(rows, part[customValue]{customerID, customValue{name, custom[name]}})
	}
	return insertValues(ctx, q, rows, book)
}

// replaceIdentifiers keeps the ids of those that stay, as far as the ids still rise in the order given.
func replaceIdentifiers(ctx context.Context, q db.Q, customerID int64, before, after []Identifier, now time.Time) error {
	if _, err := q.Exec(ctx, "DELETE FROM identifier WHERE customer_id = ?", customerID); err != nil {
		return err
	}
	rows := make([]part[Identifier], len(after))
	last := int64(0)
	for i, n := range after {
		n.ID = 0
		for _, o := range before {
			if o.Type == n.Type && o.key() == n.key() && o.ID > last {
				n.ID = o.ID
			}
		}
		if n.ID == 0 {
			n.ID = id.New(now)
		}
		last = n.ID
		rows[i] = part[Identifier]{customerID, n}
	}
	return insertIdentifiers(ctx, q, rows)
}

// refreshTerms brings the search terms of a customer in line with what it is called now.
func refreshTerms(ctx context.Context, q db.Q, customerID int64, in Input) error {
	contacts, err := db.List(ctx, q, "SELECT name, phone FROM contact WHERE customer_id = ? AND archived_at IS NULL", []any{customerID},
		func(r db.Rows) (ContactInput, error) {
			return ContactInput{Name: string(r.Bytes(0)), Phone: string(r.Bytes(1))}, nil
		})
	if err != nil {
		return err
	}
	have, err := db.List(ctx, q, "SELECT term FROM search_term WHERE customer_id = ? ORDER BY term", []any{customerID},
		func(r db.Rows) (string, error) { return string(r.Bytes(0)), nil })
	if err != nil {
		return err
	}
	want := termsOf(in, contacts)
	for _, t := range have {
		if _, stays := slices.BinarySearch(want, t); stays {
			continue
		}
		if _, err := q.Exec(ctx, "DELETE FROM search_term WHERE customer_id = ? AND term = ?", customerID, t); err != nil {
			return err
		}
	}
	var added []part[string]
	for _, t := range want {
		if _, there := slices.BinarySearch(have, t); !there {
			added = append(added, part[string]{customerID, t})
		}
	}
	return insertTerms(ctx, q, added)
}

// termsOf gives the search terms of a customer and the people there. Identity numbers are left out on purpose: they are not to be found by their parts.
func termsOf(in Input, contacts []ContactInput) []string {
	own := search.Fields{Names: append([]string{in.Name, in.NameEN}, in.FormerNames...), Person: in.Party == PartyPerson, Codes: []string{in.Code}}
	for _, n := range in.Identifiers {
		switch n.Type {
		case TypeUSCC, TypeTax, TypeOther:
			own.Numbers = append(own.Numbers, n.Value)
		case TypePhone:
			own.Phones = append(own.Phones, n.key())
		}
	}
	people := search.Fields{Person: true}
	for _, c := range contacts {
		people.Names = append(people.Names, c.Name)
		if c.Phone != "" {
			people.Phones = append(people.Phones, Identifier{Type: TypePhone, Value: c.Phone}.key())
		}
	}
	terms := append(search.Terms(own), search.Terms(people)...)
	slices.Sort(terms)
	return slices.Compact(terms)
}

func bindDate(b db.Binder, d *calendar.Date) {
	if d == nil {
		b.Null()
		return
	}
	b.Text(d.String())
}

func bit(v bool) int64 {
	if v {
		return 1
	}
	return 0
}
