-- Owners who came with their customers get the term they should have had from the beginning. The day is that of China's clock.

-- +goose Up

INSERT INTO owner_term (customer_id, id, owner_id, how, rulebook, version, rule, precedence, clause, why, note, source_id, by_id, from_on, until_on, created_at)
SELECT c.id, c.id, c.owner_id, CASE WHEN c.import_id <> 0 THEN 'import' ELSE 'entry' END, '', '', '', 0, '', 'null', '', c.import_id, c.created_by,
    /*sqlite strftime('%Y-%m-%d', c.created_at / 1000000 + 28800, 'unixepoch')*/
    /*postgres to_char(to_timestamp(c.created_at / 1000000 + 28800) AT TIME ZONE 'UTC', 'YYYY-MM-DD')*/, NULL, c.created_at
FROM customer c WHERE c.owner_id <> 0 AND NOT EXISTS (SELECT 1 FROM owner_term t WHERE t.customer_id = c.id);
