package customer

import (
	"context"
	"strconv"
	"strings"

	"kezhi/internal/db"
	"kezhi/internal/id"
)

// secretType is the sort of identifier that is class A by itself (internal/infoclass): its values are sealed in the database, and found by
// their keyed digest only.
const secretType = TypeIDCard

// markUse is what the digests of those identifiers are for.
const markUse = "identifier." + secretType

func (n Identifier) secret() bool { return n.Type == secretType }

func sealIdentifier(ctx context.Context, q db.Q, value string, identifierID int64) (string, error) {
	return db.SealText(ctx, q, value, "identifier", "value", identifierID)
}

// openIdentifiers puts what was sealed as it is before people.
func openIdentifiers(ctx context.Context, q db.Q, list []Customer) error {
	for i := range list {
		for j := range list[i].Identifiers {
			n := &list[i].Identifiers[j]
			if !n.secret() {
				continue
			}
			var err error
			if n.Value, err = db.OpenText(ctx, q, n.Value, "identifier", "value", n.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// keptAs gives what keys of a property are kept as: of a sealed one the digests, followed by the keys themselves while some of them may
// not be sealed yet.
func keptAs(q db.Q, property string, keys []string) []string {
	if property != secretType {
		return keys
	}
	out := make([]string, 0, 2*len(keys))
	for _, k := range keys {
		out = append(out, db.Mark(q, markUse, k))
	}
	return append(out, keys...)
}

// SealedIdentifiers are the sealed identifiers, for whoever changes keys (seal.Holder).
type SealedIdentifiers struct{ db *db.DB }

// Sealed gives the sealed identifiers.
func (s *Service) Sealed() SealedIdentifiers { return SealedIdentifiers{s.db} }

// resealStep is how many identifiers one transaction seals.
const resealStep = 500

// under gives the beginning of what is sealed by a data key.
func under(keyID int64) string { return "sealed:" + strconv.FormatInt(keyID, 36) + ":" }

// Held is of seal.Holder.
func (h SealedIdentifiers) Held(ctx context.Context, keyID int64) (all, waiting int64, err error) {
	head := under(keyID)
	err = db.Get(ctx, h.db.Read(), "SELECT COUNT(*), COALESCE(SUM(CASE WHEN SUBSTR(value, 1, ?) = ? THEN 0 ELSE 1 END), 0) FROM identifier WHERE type = ?",
		[]any{len(head), head, secretType}, &all, &waiting)
	return all, waiting, err
}

type kept struct {
	customerID, id int64
	value, key     string
}

// Reseal is of seal.Holder.
func (h SealedIdentifiers) Reseal(ctx context.Context, keyID int64, after string) (n int64, next string, err error) {
	head := under(keyID)
	last, err := cursorOf(after)
	if err != nil {
		return 0, "", err
	}
	list, err := db.List(ctx, h.db.Read(), `SELECT customer_id, id, value, value_key FROM identifier WHERE type = ? AND SUBSTR(value, 1, ?) <> ?
		AND (customer_id, id) > (?, ?) ORDER BY customer_id, id LIMIT ?`, []any{secretType, len(head), head, last[0], last[1], resealStep},
		func(r db.Rows) (kept, error) {
			var k kept
			err := r.Scan(&k.customerID, &k.id, &k.value, &k.key)
			return k, err
		})
	if err != nil || len(list) == 0 {
		return 0, "", err
	}
	err = h.db.InTx(ctx, func(q db.Q) error {
		n = 0
		for _, k := range list {
			changed, err := resealOne(ctx, q, k)
			if err != nil {
				return err
			}
			n += changed
		}
		return nil
	})
	if end := list[len(list)-1]; len(list) == resealStep {
		next = id.String(end.customerID) + ":" + id.String(end.id)
	}
	return n, next, err
}

// resealOne seals a value anew, unless somebody changed it meanwhile.
func resealOne(ctx context.Context, q db.Q, k kept) (int64, error) {
	plain, err := db.OpenText(ctx, q, k.value, "identifier", "value", k.id)
	if err != nil {
		return 0, err
	}
	sealed, err := sealIdentifier(ctx, q, plain, k.id)
	if err != nil {
		return 0, err
	}
	mark := db.Mark(q, markUse, Identifier{Type: secretType, Value: plain}.key())
	return q.Exec(ctx, "UPDATE identifier SET value = ?, value_key = ? WHERE customer_id = ? AND id = ? AND value = ?", sealed, mark, k.customerID, k.id, k.value)
}

func cursorOf(text string) (out [2]int64, err error) {
	a, b, ok := strings.Cut(text, ":")
	if !ok {
		return out, nil
	}
	if out[0], err = id.Parse(a); err == nil {
		out[1], err = id.Parse(b)
	}
	return out, err
}
