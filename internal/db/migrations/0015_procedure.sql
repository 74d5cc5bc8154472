-- Procedures: who holds which post, cases with their open seats and history, numbers without gaps, and the terms they grant.

-- +goose Up

-- Who holds a post of a regulation, where, and from when to when. reference
CREATE TABLE post_holder (
    id BIGINT NOT NULL PRIMARY KEY,
    post TEXT NOT NULL,          -- as a rulebook names it, or by one of the other names it has there
    user_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,     -- the unit the post is held for, 0 = the whole organisation
    from_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    until_on TEXT /*postgres COLLATE "C"*/, -- the last day, NULL = until further notice
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ix_post_holder_post ON post_holder (post, from_on);
CREATE INDEX ix_post_holder_user ON post_holder (user_id);

-- Who is away and who acts instead. reference
CREATE TABLE absence (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    substitute_id BIGINT NOT NULL, -- 0 = nobody: what the person would do goes to the next one who may
    from_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    until_on TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the last day
    reason TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ix_absence_user ON absence (user_id, until_on);
CREATE INDEX ix_absence_substitute ON absence (substitute_id, until_on);

-- Counts the changes of posts and absences; a process knows by it that what it remembers is old. reference
CREATE TABLE post_mark (
    id INTEGER NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
);
INSERT INTO post_mark (id, seq) VALUES (1, 0);

-- A desk is a post seen from a unit: what waits there is for the nearest holder upwards, whoever that is on the day. reference
CREATE TABLE proc_desk (
    id BIGINT NOT NULL PRIMARY KEY,
    post TEXT NOT NULL,
    names TEXT NOT NULL,         -- JSON list: the post and its other names, sorted
    unit_id BIGINT NOT NULL,     -- 0 = none
    barred TEXT NOT NULL,        -- JSON list: the people who may not act there although they hold the post
    UNIQUE (names, unit_id, barred)
);

-- The last number given under a pattern; raised in the transaction that uses it, so that none is ever missing. reference
CREATE TABLE proc_number (
    scope TEXT NOT NULL PRIMARY KEY, -- the pattern with everything filled in but the sequence
    value BIGINT NOT NULL
);

-- A request to begin a case that was answered; asked again it gets the same case. distributed: idem_key
CREATE TABLE proc_start (
    idem_key TEXT NOT NULL PRIMARY KEY, -- with the person's id before it
    hash TEXT NOT NULL,          -- of the input
    case_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- distributed: id
CREATE TABLE proc_case (
    id BIGINT NOT NULL PRIMARY KEY,
    number TEXT /*postgres COLLATE "C"*/ NOT NULL,
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,       -- of the rulebook whose definition the case keeps
    adoption_id BIGINT NOT NULL, -- the adoption with whose settings it began
    procedure TEXT NOT NULL,
    kind TEXT NOT NULL,          -- complaint, service, approval ...
    customer_id BIGINT NOT NULL, -- 0 = none
    title TEXT NOT NULL,
    status TEXT NOT NULL,        -- running, paused, ended, withdrawn
    outcome TEXT NOT NULL,       -- the end it reached, '' = none yet
    good INTEGER NOT NULL,       -- the end was a good one
    class TEXT NOT NULL,
    channel TEXT NOT NULL,
    priority INTEGER NOT NULL,   -- 1 before 2 before ... 9 = ordinary
    unit_id BIGINT NOT NULL,     -- of the customer, or of whoever began it: for data scope
    owner_id BIGINT NOT NULL,    -- the customer's, or whoever began it
    started_by BIGINT NOT NULL,  -- 0 = from outside
    subject TEXT NOT NULL,       -- what an approval is about: duty:123, '' = nothing in the program
    amount BIGINT,               -- minor units, where the case is about money
    currency TEXT NOT NULL,
    steps TEXT NOT NULL,         -- the open steps, separated by spaces and with one at each end
    received_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,      -- of the whole case; a moment beyond all others = none
    next_due_at BIGINT NOT NULL, -- the nearest limit of the case and its open steps
    alarm_at BIGINT,             -- when the clock has to look at it next
    ended_at BIGINT,
    stuck INTEGER NOT NULL,      -- nobody can act on an open seat
    fact_id BIGINT NOT NULL,     -- the fact it became, 0 = none
    form_numbers TEXT NOT NULL,  -- JSON object: step -> number of the form filled there
    state TEXT NOT NULL,         -- JSON of the engine
    row_version BIGINT NOT NULL,
    changed_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ix_proc_case_number ON proc_case (number);
CREATE INDEX ix_proc_case_open ON proc_case (status, priority, next_due_at, id);
CREATE INDEX ix_proc_case_kind ON proc_case (kind, status, priority, next_due_at, id);
CREATE INDEX ix_proc_case_customer ON proc_case (customer_id, id);
CREATE INDEX ix_proc_case_owner ON proc_case (owner_id, status, priority, next_due_at, id);
CREATE INDEX ix_proc_case_unit ON proc_case (unit_id, status, priority, next_due_at, id);
CREATE INDEX ix_proc_case_received ON proc_case (kind, received_at, id);
CREATE INDEX ix_proc_case_ended ON proc_case (ended_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX ix_proc_case_alarm ON proc_case (alarm_at, id) WHERE alarm_at IS NOT NULL;
CREATE INDEX ix_proc_case_stuck ON proc_case (id) WHERE stuck = 1;

-- A seat of a step that somebody must act on, or did. distributed: case_id
CREATE TABLE proc_task (
    case_id BIGINT NOT NULL,
    seat BIGINT NOT NULL,        -- number of the seat in the case
    step TEXT NOT NULL,
    state TEXT NOT NULL,         -- waiting, open, done, closed
    desk_id BIGINT NOT NULL,     -- 0 = a person named in assignee_id
    assignee_id BIGINT NOT NULL, -- who was named or claimed it, 0 = whoever holds the post
    post TEXT NOT NULL,
    unit_id BIGINT NOT NULL,
    stuck INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    opened_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    done_by BIGINT NOT NULL,
    for_user BIGINT NOT NULL,    -- whom the person stood in for, 0 = nobody
    done_at BIGINT,
    PRIMARY KEY (case_id, seat)
);
CREATE INDEX ix_proc_task_desk ON proc_task (desk_id, priority, due_at, case_id) WHERE state = 'open';
CREATE INDEX ix_proc_task_assignee ON proc_task (assignee_id, priority, due_at, case_id) WHERE state = 'open';

-- What happened, in order, and never changed. distributed: case_id
CREATE TABLE proc_act (
    case_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,    -- 0 = the program, or somebody outside
    for_user BIGINT NOT NULL,
    act TEXT NOT NULL,
    step TEXT NOT NULL,
    seat BIGINT NOT NULL,        -- 0 = none
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,        -- JSON: the input, and what followed
    idem_key TEXT NOT NULL,      -- '' = none
    hash TEXT NOT NULL,
    PRIMARY KEY (case_id, seq)
);
CREATE UNIQUE INDEX ix_proc_act_key ON proc_act (case_id, actor_id, idem_key) WHERE idem_key <> '';

-- Everybody who had to do with a case sees it. distributed: case_id
CREATE TABLE proc_party (
    case_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (case_id, user_id)
);
CREATE INDEX ix_proc_party_user ON proc_party (user_id, case_id);

-- Cases that belong together; kept once for each of the two. distributed: case_id
CREATE TABLE proc_link (
    case_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    kind TEXT NOT NULL,          -- repeat, cause, follow_up, related
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, other_id)
);

-- Uploads that a case holds; whoever may see the case may open them. distributed: case_id
CREATE TABLE proc_file (
    case_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    step TEXT NOT NULL,          -- the form it was given with, '' = put to the case
    field TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, file_id)
);
CREATE INDEX ix_proc_file_file ON proc_file (file_id);

-- What somebody was told about a case and has not put away. distributed: user_id
CREATE TABLE proc_notice (
    user_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    code TEXT NOT NULL,          -- class, warned, overdue, pause_over, stuck, ended ...
    step TEXT NOT NULL,
    what TEXT NOT NULL,          -- key of the class or pause, '' = none
    limit_at BIGINT NOT NULL,    -- the limit it is about, 0 = none
    at BIGINT NOT NULL,
    seen_at BIGINT,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX ix_proc_notice_open ON proc_notice (user_id, id) WHERE seen_at IS NULL;
CREATE INDEX ix_proc_notice_case ON proc_notice (case_id);

-- Special terms of a customer, as they stand. distributed: customer_id
CREATE TABLE special_term (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,          -- price, supply, settlement, other
    terms TEXT NOT NULL,
    state TEXT NOT NULL,         -- granted, reviewed, adjusted, revoked
    scheme TEXT NOT NULL,
    grade TEXT NOT NULL,         -- what justified it when it was last decided on
    verdict_id BIGINT NOT NULL,  -- 0 = no verdict stood then
    from_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    until_on TEXT /*postgres COLLATE "C"*/, -- NULL = until it is revoked
    version_no BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
);
CREATE INDEX ix_special_term_state ON special_term (state, until_on);

-- Every decision on special terms, never changed. distributed: customer_id
CREATE TABLE special_term_change (
    customer_id BIGINT NOT NULL,
    term_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    state TEXT NOT NULL,
    terms TEXT NOT NULL,
    scheme TEXT NOT NULL,
    grade TEXT NOT NULL,
    verdict_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,     -- the case that decided it, 0 = none
    reason TEXT NOT NULL,
    by_user BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, term_id, seq)
);
