package grading

import (
	"context"
	"fmt"
	"strings"

	"kezhi/internal/authz"
	"kezhi/internal/db"
)

// crossed counts the customers within reach by what counts now for them in each of some schemes.
func crossed(ctx context.Context, q db.Q, rulebookID string, schemes []string, scope authz.Scope) ([]CrossCell, error) {
	var codes, joins []string
	var args []any
	for i, scheme := range schemes {
		codes = append(codes, fmt.Sprintf("s%d.code", i))
		joins = append(joins, fmt.Sprintf("JOIN standing s%d ON s%d.customer_id = c.id AND s%d.scheme = ? AND s%d.rulebook = ? AND s%d.reason <> ?", i, i, i, i, i))
		args = append(args, scheme, rulebookID, reasonNotInScope)
	}
	within, reach := scope.Clause("c")
	by := strings.Join(codes, ", ")
	return db.List(ctx, q, "SELECT COUNT(*), "+by+" FROM customer c "+strings.Join(joins, " ")+" WHERE c.archived_at IS NULL AND "+within+
		" GROUP BY "+by+" ORDER BY "+by, append(args, reach...), func(r db.Rows) (CrossCell, error) {
		cell := CrossCell{Count: r.Int64(0), Codes: make([]string, len(schemes))}
		for i := range schemes {
			cell.Codes[i] = string(r.Bytes(i + 1))
		}
		return cell, nil
	})
}
