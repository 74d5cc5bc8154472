package customer

import (
	"context"

	"kezhi/internal/db"
)

// mostHits bounds how many customers one property may bring up.
const mostHits = 20

func byIdentifier(ctx context.Context, q db.Q, n Identifier) ([]hit, error) {
	keys := keptAs(q, n.Type, []string{n.key()})
	return db.List(ctx, q, "SELECT customer_id FROM identifier WHERE type = ? AND value_key IN "+db.In(len(keys))+" ORDER BY customer_id LIMIT ?",
		append(append([]any{n.Type}, db.Args(keys)...), mostHits), func(r db.Rows) (hit, error) { return hit{r.Int64(0), n.Type}, nil })
}

func byNameKey(ctx context.Context, q db.Q, key string) ([]hit, error) {
	return db.List(ctx, q, "SELECT id FROM customer WHERE name_key = ? AND archived_at IS NULL ORDER BY id LIMIT ?",
		[]any{key, mostHits}, func(r db.Rows) (hit, error) { return hit{r.Int64(0), "name"}, nil })
}

// keyed is a customer found by one of many keys.
type keyed struct {
	key string
	id  int64
}

func scanKeyed(r db.Rows) (keyed, error) { return keyed{string(r.Bytes(0)), r.Int64(1)}, nil }

// idsByKeys gives the customers for many keys of one property.
func idsByKeys(ctx context.Context, q db.Q, property string, keys []string) (map[string][]int64, error) {
	out := make(map[string][]int64, len(keys))
	for start := 0; start < len(keys); start += chunk {
		part := keys[start:min(start+chunk, len(keys))]
		kept := keptAs(q, property, part)
		in := db.In(len(kept))
		sql, args := "", db.Args(kept)
		switch property {
		case "code":
			sql = "SELECT code, customer_id FROM customer_code WHERE code IN " + in
		case "name":
			sql = "SELECT name_key, id FROM customer WHERE archived_at IS NULL AND name_key IN " + in + " ORDER BY id"
		default:
			sql, args = "SELECT value_key, customer_id FROM identifier WHERE type = ? AND value_key IN "+in+" ORDER BY customer_id", append([]any{property}, args...)
		}
		list, err := db.List(ctx, q, sql, args, scanKeyed)
		if err != nil {
			return nil, err
		}
		asked := make(map[string]string, len(kept))
		for i, k := range kept {
			asked[k] = part[i%len(part)]
		}
		for _, k := range list {
			out[asked[k.key]] = append(out[asked[k.key]], k.id)
		}
	}
	return out, nil
}
