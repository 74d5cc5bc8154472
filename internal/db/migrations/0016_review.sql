-- Review campaigns: who rated whom how in which round, what was signed, and what people decided on grades.

-- +goose Up

-- Grades that people decided on, never edited: the newest one from a day on or before the as-of day counts. distributed: customer_id
CREATE TABLE grade_decision (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    rulebook TEXT NOT NULL,
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,          -- '' = taken back
    title_zh TEXT NOT NULL,      -- what decided: the review of 2025
    title_en TEXT NOT NULL,
    reason TEXT NOT NULL,
    from_day TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the first day on which it counts
    until_day TEXT /*postgres COLLATE "C"*/,         -- the last one, NULL = open
    source TEXT NOT NULL,        -- the feature that decided: review, deal
    source_id BIGINT NOT NULL,
    decided_by BIGINT NOT NULL,
    by_name TEXT NOT NULL,       -- of who decided, as it was then
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_grade_decision_rulebook ON grade_decision (rulebook, customer_id, from_day, id);
CREATE INDEX ix_grade_decision_at ON grade_decision (decided_at, customer_id);

-- Signatures for grades that facts alone cannot give, and for how long they hold. distributed: customer_id
CREATE TABLE grade_signature (
    customer_id BIGINT NOT NULL,
    source TEXT NOT NULL,        -- review, case
    source_id BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    rulebook TEXT NOT NULL,
    code TEXT NOT NULL,
    from_day TEXT /*postgres COLLATE "C"*/ NOT NULL,
    until_day TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the last day; before from_day: what stood until then is to be signed for anew
    case_id BIGINT NOT NULL,     -- that carried them, 0 = none
    signed_by BIGINT NOT NULL,   -- who signed last
    signed_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, source, source_id, scheme)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_grade_signature_at ON grade_signature (signed_at, customer_id);
CREATE INDEX ix_grade_signature_until ON grade_signature (rulebook, until_day);

-- Customers whose verdict waits for signatures for a better grade. distributed: customer_id
CREATE TABLE grade_proposal (
    customer_id BIGINT NOT NULL,
    rulebook TEXT NOT NULL,
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    since TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the day of the first verdict that proposed it
    state TEXT NOT NULL,         -- open, asked (a case runs), refused, gone (no longer proposed while its case runs)
    case_id BIGINT NOT NULL,     -- 0 = none yet
    PRIMARY KEY (customer_id, rulebook, scheme)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_grade_proposal_state ON grade_proposal (rulebook, state, customer_id);

-- reference
CREATE TABLE review (
    id BIGINT NOT NULL PRIMARY KEY,
    rulebook TEXT NOT NULL,
    version TEXT NOT NULL,
    adoption_id BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    state TEXT NOT NULL,         -- opening, rating, meeting, closing, closed, withdrawn
    opens_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    rate_by TEXT /*postgres COLLATE "C"*/ NOT NULL,      -- the last day of the first rating; a region is late after it
    closes_on TEXT /*postgres COLLATE "C"*/ NOT NULL,
    effective_on TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the day from which what was rated counts
    customers BIGINT NOT NULL,   -- in scope when it opened
    note TEXT NOT NULL,
    meeting_on TEXT,
    meeting_people TEXT NOT NULL,
    meeting_note TEXT NOT NULL,
    opened_by BIGINT NOT NULL,   -- 0 = the calendar
    opened_at BIGINT NOT NULL,
    closed_by BIGINT NOT NULL,   -- who closed or withdrew it
    closed_at BIGINT,
    effected_at BIGINT NOT NULL, -- when all values had been handed to the grading; 0 = not yet
    run_id BIGINT NOT NULL,      -- the grading that closing started; 0 = none yet
    version_no BIGINT NOT NULL
);
CREATE UNIQUE INDEX ix_review_open ON review (rulebook) WHERE state IN ('opening', 'rating', 'meeting', 'closing');

-- A customer in a campaign: where it stands, and the newest outcome of each round. distributed: customer_id
CREATE TABLE review_line (
    customer_id BIGINT NOT NULL,
    review_id BIGINT NOT NULL,
    code TEXT NOT NULL,          -- of the customer, for the order of lists
    unit_id BIGINT NOT NULL,     -- of the customer when the campaign opened: the region that rates it
    newcomer INTEGER NOT NULL,   -- too new for a grade that lasts
    first_fact TEXT,             -- the day cooperation began
    before_code TEXT NOT NULL,   -- the standing when the campaign opened
    before_score BIGINT,
    open_code TEXT NOT NULL,     -- what followed from facts and judgements when it opened
    open_score BIGINT,
    state TEXT NOT NULL,         -- waiting, draft, rated, met, reopened
    draft TEXT NOT NULL,         -- JSON of what was filled in and not yet handed in
    rate_id BIGINT NOT NULL,     -- newest rating of the region, 0 = none
    rate_code TEXT NOT NULL,
    rate_position INTEGER NOT NULL,
    rate_score BIGINT,
    meet_id BIGINT NOT NULL,     -- newest rating of the meeting, 0 = none
    meet_code TEXT NOT NULL,
    meet_position INTEGER NOT NULL,
    meet_score BIGINT,
    differs INTEGER NOT NULL,    -- the meeting changed what the region said
    approval TEXT NOT NULL,      -- '' = none asked for, waiting, approved, rejected
    case_id BIGINT NOT NULL,     -- the newest case that carries the signatures, 0 = none
    final_code TEXT NOT NULL,    -- after closing: what the verdict says
    verdict_id BIGINT NOT NULL,  -- after closing; 0 = none
    rated_by BIGINT NOT NULL,    -- who acted last
    version_no BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, review_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_review_line_list ON review_line (review_id, code, customer_id);
CREATE INDEX ix_review_line_unit ON review_line (review_id, unit_id, state);

-- Every version of a rating, never edited. distributed: customer_id
CREATE TABLE review_rating (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    review_id BIGINT NOT NULL,
    round TEXT NOT NULL,         -- rate, meet
    code TEXT NOT NULL,          -- the grade that follows, or was decided on
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,        -- why there is no grade
    score BIGINT,
    decided INTEGER NOT NULL,    -- the grade itself was decided on, not only judged items
    computed_code TEXT NOT NULL, -- what followed from facts and judgements
    judged TEXT NOT NULL,        -- JSON: item, value, reason, before
    note TEXT NOT NULL,
    rated_by BIGINT NOT NULL,
    rated_for BIGINT NOT NULL,   -- whose delegate that was; 0 = nobody's
    rated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_review_rating_review ON review_rating (review_id, customer_id, id);

-- Evidence for what was judged. distributed: customer_id
CREATE TABLE review_file (
    customer_id BIGINT NOT NULL,
    review_id BIGINT NOT NULL,
    item TEXT NOT NULL,
    file_id BIGINT NOT NULL,
    added_by BIGINT NOT NULL,
    PRIMARY KEY (customer_id, review_id, item, file_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_review_file_file ON review_file (file_id);

-- Who rates for somebody else, up to a day. reference
CREATE TABLE review_delegate (
    id BIGINT NOT NULL PRIMARY KEY,
    review_id BIGINT NOT NULL,
    from_id BIGINT NOT NULL,
    to_id BIGINT NOT NULL,
    until_on TEXT /*postgres COLLATE "C"*/ NOT NULL, -- the last day
    ended_at BIGINT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX ix_review_delegate_review ON review_delegate (review_id, to_id);

-- What is said about a customer in a result list of a campaign. distributed: customer_id
CREATE TABLE review_result (
    customer_id BIGINT NOT NULL,
    review_id BIGINT NOT NULL,
    list TEXT NOT NULL,          -- a_list, special_policies, credit_terms, new_customers
    action TEXT NOT NULL,        -- keep, new, adjust, revoke; '' where nothing is asked
    plan TEXT NOT NULL,          -- of an A customer: production and service support; else what is asked for
    note TEXT NOT NULL,
    owner_id BIGINT NOT NULL,    -- who sees to it, 0 = nobody yet
    due_on TEXT,
    version_no BIGINT NOT NULL,
    updated_by BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, review_id, list)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_review_result_list ON review_result (review_id, list, customer_id);

-- Spot checks: a sample anybody can draw again from its seed. reference
CREATE TABLE review_check (
    id BIGINT NOT NULL PRIMARY KEY,
    rulebook TEXT NOT NULL,
    scheme TEXT NOT NULL,
    grade TEXT NOT NULL,         -- '' = all
    seed BIGINT NOT NULL,
    size INTEGER NOT NULL,
    population BIGINT NOT NULL,  -- customers it was drawn from
    note TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);

-- distributed: customer_id
CREATE TABLE review_check_item (
    customer_id BIGINT NOT NULL,
    check_id BIGINT NOT NULL,
    place INTEGER NOT NULL,      -- in the sample
    grade TEXT NOT NULL,         -- as it stood when the sample was drawn
    verdict_id BIGINT NOT NULL,
    state TEXT NOT NULL,         -- open, fine, finding, corrected
    finding TEXT NOT NULL,
    correction TEXT NOT NULL,    -- what is to be done
    due_on TEXT,
    done_note TEXT NOT NULL,     -- what was done
    checked_by BIGINT NOT NULL,
    checked_at BIGINT,
    corrected_by BIGINT NOT NULL,
    corrected_at BIGINT,
    version_no BIGINT NOT NULL,
    PRIMARY KEY (customer_id, check_id)
) /*sqlite WITHOUT ROWID*/;
CREATE INDEX ix_review_check_item_check ON review_check_item (check_id, place);

-- The grade of one deal of a new customer, until it can be graded for good. distributed: customer_id
CREATE TABLE deal_rating (
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    rulebook TEXT NOT NULL,
    scheme TEXT NOT NULL,
    document TEXT NOT NULL,      -- of the deal
    on_day TEXT /*postgres COLLATE "C"*/ NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    rated_by BIGINT NOT NULL,
    rated_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, id)
) /*sqlite WITHOUT ROWID*/;
