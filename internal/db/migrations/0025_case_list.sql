-- Lists of cases of any length: a seat and a part in a case keep what the lists order and filter by, written in the transaction of the
-- act, so that each way to a page is read off an index in its order. The indexes carry kind and procedure to be filtered on the way.

-- +goose Up

ALTER TABLE proc_task ADD COLUMN status TEXT NOT NULL DEFAULT 'running';  -- of the case, where the task is open
ALTER TABLE proc_task ADD COLUMN next_due_at BIGINT NOT NULL DEFAULT 0;   -- likewise; due_at is the task's own
ALTER TABLE proc_task ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE proc_task ADD COLUMN procedure TEXT NOT NULL DEFAULT '';
UPDATE proc_task SET (status, priority, next_due_at, kind, procedure) =
    (SELECT c.status, c.priority, c.next_due_at, c.kind, c.procedure FROM proc_case c WHERE c.id = proc_task.case_id)
    WHERE state = 'open' AND EXISTS (SELECT 1 FROM proc_case c WHERE c.id = proc_task.case_id);

ALTER TABLE proc_party ADD COLUMN status TEXT NOT NULL DEFAULT 'running'; -- of the case
ALTER TABLE proc_party ADD COLUMN priority INTEGER NOT NULL DEFAULT 9;
ALTER TABLE proc_party ADD COLUMN next_due_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE proc_party ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE proc_party ADD COLUMN procedure TEXT NOT NULL DEFAULT '';
ALTER TABLE proc_party ADD COLUMN began INTEGER NOT NULL DEFAULT 0;       -- the person began the case
UPDATE proc_party SET (status, priority, next_due_at, kind, procedure, began) =
    (SELECT c.status, c.priority, c.next_due_at, c.kind, c.procedure, CASE WHEN c.started_by = proc_party.user_id THEN 1 ELSE 0 END
        FROM proc_case c WHERE c.id = proc_party.case_id)
    WHERE EXISTS (SELECT 1 FROM proc_case c WHERE c.id = proc_party.case_id);

-- What waits at a desk has been claimed by nobody, what waits for a person names one: each open task stands in one half of these.
DROP INDEX ix_proc_task_desk;
DROP INDEX ix_proc_task_assignee;
CREATE INDEX ix_proc_task_desk ON proc_task (desk_id, status, priority, due_at, case_id, seat, kind) WHERE state = 'open' AND assignee_id = 0;
CREATE INDEX ix_proc_task_desk_case ON proc_task (desk_id, status, priority, next_due_at, case_id, kind, procedure) WHERE state = 'open' AND assignee_id = 0;
CREATE INDEX ix_proc_task_desk_new ON proc_task (desk_id, status, case_id, kind, procedure) WHERE state = 'open' AND assignee_id = 0;
CREATE INDEX ix_proc_task_assignee ON proc_task (assignee_id, status, priority, due_at, case_id, seat, kind) WHERE state = 'open' AND assignee_id <> 0;
CREATE INDEX ix_proc_task_assignee_case ON proc_task (assignee_id, status, priority, next_due_at, case_id, kind, procedure) WHERE state = 'open' AND assignee_id <> 0;
CREATE INDEX ix_proc_task_assignee_new ON proc_task (assignee_id, status, case_id, kind, procedure) WHERE state = 'open' AND assignee_id <> 0;

DROP INDEX ix_proc_party_user;
CREATE INDEX ix_proc_party_due ON proc_party (user_id, status, priority, next_due_at, case_id, began, kind, procedure);
CREATE INDEX ix_proc_party_new ON proc_party (user_id, status, case_id, began, kind, procedure);

DROP INDEX ix_proc_case_owner;
DROP INDEX ix_proc_case_unit;
CREATE INDEX ix_proc_case_owner ON proc_case (owner_id, status, priority, next_due_at, id, kind, procedure);
CREATE INDEX ix_proc_case_unit ON proc_case (unit_id, status, priority, next_due_at, id, kind, procedure);
CREATE INDEX ix_proc_case_procedure ON proc_case (procedure, status, priority, next_due_at, id);
CREATE INDEX ix_proc_case_new ON proc_case (status, id, kind, procedure);
CREATE INDEX ix_proc_case_owner_new ON proc_case (owner_id, status, id, kind, procedure);
CREATE INDEX ix_proc_case_unit_new ON proc_case (unit_id, status, id, kind, procedure);
CREATE INDEX ix_proc_case_subject ON proc_case (subject) WHERE subject <> '';

-- What cases are found by beside their customers: number, title, and the short answers of the start form. distributed: case_id
CREATE TABLE proc_term (
    term TEXT /*postgres COLLATE "C"*/ NOT NULL,
    case_id BIGINT NOT NULL,
    PRIMARY KEY (term, case_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_proc_term_case ON proc_term (case_id, term);

-- The clock makes the terms of the cases that were there before.
ALTER TABLE proc_case ADD COLUMN termed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ix_proc_case_termless ON proc_case (id) WHERE termed = 0;
