package fact

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/clock"
	"kezhi/internal/db"
)

var loadColumns = []string{
	"customer_id", "occurred_on", "id", "kind", "occurred_at", "amount", "currency", "quantity", "status", "document", "product", "attrs",
	"batch_id", "reverses", "recorded_by", "recorded_at",
}

func (l *Load) bulk(rows []Incoming, n int, key []string, at func(i int) insertion) db.Bulk {
	recorded := clock.Micros(l.s.now())
	return db.Bulk{Table: "fact", Columns: loadColumns, Key: key, N: n, Bind: func(i int, b db.Binder) {
		in := at(i)
		f := &rows[in.row]
		b.Int64(f.CustomerID)
		b.Text(l.day(f.On))
		b.Int64(in.id)
		b.Text(f.Kind)
		bindInt(b, f.HasAt, f.At)
		bindInt(b, f.HasAmount, f.Amount)
		if f.HasAmount {
			b.Text(f.Currency)
		} else {
			b.Text("")
		}
		bindInt(b, f.HasQuantity, f.Quantity)
		b.Text(f.Status)
		b.Text(f.Document)
		b.Text(f.Product)
		if f.Attrs == "" {
			b.Text("{}")
		} else {
			b.Text(f.Attrs)
		}
		b.Int64(l.id)
		b.Int64(0)
		b.Int64(l.by)
		b.Int64(recorded)
	}}
}

func bindInt(b db.Binder, has bool, v int64) {
	if has {
		b.Int64(v)
	} else {
		b.Null()
	}
}

// dayLimit bounds the texts of days kept; a hundred years fit.
const dayLimit = 40_000

func (l *Load) day(d calendar.Date) string {
	s, ok := l.days[d]
	if !ok {
		if len(l.days) >= dayLimit {
			clear(l.days)
		}
		s = d.String()
		l.days[d] = s
	}
	return s
}

// settle finds out what stands in the way of the skipped rows (positions in l.order, rising): a visible copy of another batch means
// that the row is there already; anything else is passed over and the row goes in under the next free number.
func (l *Load) settle(ctx context.Context, q db.Q, rows []Incoming, skipped []int) (unchanged int64, err error) {
	if len(skipped) == 0 {
		return 0, nil
	}
	hidden, err := Hidden(ctx, q)
	if err != nil {
		return 0, err
	}
	l.more = l.more[:0]
	for from := 0; from < len(skipped); {
		to := from + 1
		for to < len(skipped) && l.order[skipped[to]].customer == l.order[skipped[from]].customer {
			to++
		}
		there, err := l.existing(ctx, q, skipped[from:to])
		if err != nil {
			return 0, err
		}
		unchanged += l.place(skipped[from:to], there, hidden)
		from = to
	}
	_, err = db.Insert(ctx, q, l.bulk(rows, len(l.more), nil, func(i int) insertion { return l.more[i] }))
	return unchanged, err
}

// slot is a place in the key of one customer's facts.
type slot struct {
	on calendar.Date
	id int64
}

// place decides about the skipped rows of one customer.
func (l *Load) place(skipped []int, there map[slot]int64, hidden map[int64]struct{}) (unchanged int64) {
	visible := func(s slot) (isThere, isVisible bool) {
		batch, ok := there[s]
		_, no := hidden[batch]
		return ok, ok && !no && batch != l.id
	}
	for _, at := range skipped {
		k := l.order[at]
		if _, same := visible(slot{k.on, copyID(k.base, int(k.copy))}); same {
			unchanged++
			continue
		}
		for n := l.copies(at); ; n++ {
			s := slot{k.on, copyID(k.base, n)}
			taken, same := visible(s)
			if taken && !same {
				continue
			}
			there[s] = l.id // nobody else of this chunk takes it again
			if same {
				unchanged++
			} else {
				l.more = append(l.more, insertion{row: k.row, id: s.id})
			}
			break
		}
	}
	return unchanged
}

// copies gives how many identical rows the chunk holds of the one at a position.
func (l *Load) copies(at int) int {
	k := l.order[at]
	for at+1 < len(l.order) {
		next := l.order[at+1]
		if next.customer != k.customer || next.on != k.on || next.base != k.base {
			break
		}
		at++
	}
	return int(l.order[at].copy) + 1
}

// dayChunk is how many days one question asks for. Fewer are filled up to a power of two, so that there are few statements.
const dayChunk = 64

// existing gives the batch of every fact the customer has on the days of the skipped rows.
func (l *Load) existing(ctx context.Context, q db.Q, skipped []int) (map[slot]int64, error) {
	customerID := l.order[skipped[0]].customer
	there := make(map[slot]int64, len(skipped))
	var days []any
	for i, at := range skipped {
		on := l.order[at].on
		if len(days) == 0 || i == 0 || l.order[skipped[i-1]].on != on {
			days = append(days, l.day(on))
		}
		if len(days) < dayChunk && i < len(skipped)-1 {
			continue
		}
		if err := factsOn(ctx, q, customerID, padded(days), there); err != nil {
			return nil, err
		}
		days = days[:0]
	}
	return there, nil
}

// padded repeats the first day until the number of days is a power of two.
func padded(days []any) []any {
	for len(days)&(len(days)-1) != 0 {
		days = append(days, days[0])
	}
	return days
}

func factsOn(ctx context.Context, q db.Q, customerID int64, days []any, there map[slot]int64) error {
	rows, err := q.Query(ctx, "SELECT occurred_on, id, batch_id FROM fact WHERE customer_id = ? AND occurred_on IN "+db.In(len(days)),
		append([]any{customerID}, days...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		there[slot{calendar.FromBytes(rows.Bytes(0)), rows.Int64(1)}] = rows.Int64(2)
	}
	return rows.Err()
}

// ensureKind adds a kind without amounts after all others, unless there is one of the name.
func ensureKind(ctx context.Context, q db.Q, kind, labelZH, labelEN string) error {
	_, err := q.Exec(ctx, `INSERT INTO fact_kind (kind, label_zh, label_en, has_amount, position)
		SELECT CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), 0, COALESCE(MAX(position), 0) + 1 FROM fact_kind WHERE 1 = 1 ON CONFLICT (kind) DO NOTHING`, kind, labelZH, labelEN)
	return err
}
