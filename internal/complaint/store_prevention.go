package complaint

import (
	"context"

	"kezhi/internal/db"
)

// proof is an upload of a case of prevention, with the step it was given in.
type proof struct {
	file int64
	name string
	step string
}

// proofs gives the uploads of all cases of prevention by the id of the case.
func proofs(ctx context.Context, q db.Q) (map[int64][]proof, error) {
	rows, err := q.Query(ctx, `SELECT p.case_id, p.file_id, f.name, p.step FROM proc_case c JOIN proc_file p ON p.case_id = c.id JOIN file f ON f.id = p.file_id
		WHERE c.kind = ? ORDER BY p.case_id, p.file_id`, KindPrevention)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64][]proof{}
	for rows.Next() {
		var caseID int64
		var p proof
		if err := rows.Scan(&caseID, &p.file, &p.name, &p.step); err != nil {
			return nil, err
		}
		out[caseID] = append(out[caseID], p)
	}
	return out, rows.Err()
}

// numbersAtOnce is how many numbers one statement looks for.
const numbersAtOnce = 500

// complaintsOf gives the ids of complaints by their numbers.
func complaintsOf(ctx context.Context, q db.Q, numbers []string) (map[string]int64, error) {
	out := map[string]int64{}
	for len(numbers) > 0 {
		some := numbers[:min(len(numbers), numbersAtOnce)]
		numbers = numbers[len(some):]
		rows, err := q.Query(ctx, "SELECT number, id FROM proc_case WHERE kind = ? AND number IN "+db.In(len(some)), append([]any{Kind}, db.Args(some)...)...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			out[string(rows.Bytes(0))] = rows.Int64(1)
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
