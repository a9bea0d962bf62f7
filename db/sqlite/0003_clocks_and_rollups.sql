-- Clocks, and the roll-ups from which every rate is read.
--
-- A clock carries its own cell key (unit, legal kind, conduct, verb, due day, stopped day), so a roll-up is nothing but the number of
-- clocks in each cell: it changes in the same transaction, and `verifyRollups` recomputes it with one GROUP BY.
-- `passed_on` marks a clock whose verb another unit has since taken over: the unit counts it (an acknowledged transfer in time satisfies
-- the unit that transfers), a total over several units leaves it out (a province counts a tip once).

CREATE TABLE tip_clock (
  tip          INTEGER NOT NULL REFERENCES tip (seq),
  clock        TEXT NOT NULL CHECK (length(clock) BETWEEN 1 AND 32),
  round        INTEGER NOT NULL CHECK (round > 0),
  rule_version TEXT NOT NULL CHECK (length(rule_version) BETWEEN 1 AND 40),
  verb         TEXT CHECK (verb IN ('received', 'classified', 'verified', 'handled')),
  unit         TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  legal_kind   TEXT,
  conduct      TEXT,
  started      INTEGER NOT NULL,
  due          INTEGER NOT NULL,
  due_day      TEXT NOT NULL CHECK (due_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  stopped      INTEGER,
  stopped_day  TEXT CHECK (stopped_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  result       TEXT CHECK (result IN ('done', 'transferred', 'void')),
  passed_on    INTEGER NOT NULL DEFAULT 0 CHECK (passed_on IN (0, 1)),
  -- 0 once the tip left the population of every plan (merged duplicate, confirmed spam).
  counted      INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),
  -- In a cell or not, and which list it stands in: 0 open, 1 on time, 2 late.
  tallied      INTEGER NOT NULL GENERATED ALWAYS AS (verb IS NOT NULL AND counted = 1 AND result IS NOT 'void') VIRTUAL,
  standing     INTEGER NOT NULL GENERATED ALWAYS AS (iif(stopped_day IS NULL, 0, iif(stopped_day <= due_day, 1, 2))) VIRTUAL,
  -- Still waits for an outcome. A column, because comparing `clock = ?` with a partial index's `clock = '…'` re-plans at every call; a
  -- plain one, because no index over a generated column answers without reading the rows.
  unsettled    INTEGER NOT NULL CHECK (unsettled = (clock = 'settle' AND stopped_day IS NULL)),
  PRIMARY KEY (tip, clock, round),
  CHECK ((stopped IS NULL) = (stopped_day IS NULL) AND (stopped IS NULL) = (result IS NULL))
) STRICT, WITHOUT ROWID;

-- From a figure to the tips behind it.
CREATE INDEX tip_clock_drill ON tip_clock (unit, verb, standing, due_day, tip) WHERE tallied = 1;

-- Tips that still wait for an outcome, by the day on which they must have one: what is overdue in the balance.
CREATE INDEX tip_clock_unsettled ON tip_clock (unit, due_day) WHERE unsettled = 1;

CREATE TRIGGER tip_clock_is_never_deleted BEFORE DELETE ON tip_clock
BEGIN SELECT raise(ABORT, 'a clock is never deleted'); END;

-- One cell: an empty string stands for "not classified yet" and, as stopped day, for "open".
CREATE TABLE rollup (
  unit        TEXT NOT NULL,
  due_day     TEXT NOT NULL,
  verb        TEXT NOT NULL,
  legal_kind  TEXT NOT NULL,
  conduct     TEXT NOT NULL,
  stopped_day TEXT NOT NULL,
  passed_on   INTEGER NOT NULL,
  n           INTEGER NOT NULL CHECK (n >= 0),
  standing    INTEGER NOT NULL GENERATED ALWAYS AS (iif(stopped_day = '', 0, iif(stopped_day <= due_day, 1, 2))) VIRTUAL,
  PRIMARY KEY (unit, due_day, verb, legal_kind, conduct, stopped_day, passed_on)
) STRICT, WITHOUT ROWID;

-- Cells summed for rates, so that a question about years and many units reads few rows: by day and by month of the due day; over
-- all of them, over those of a kind that plans choose by (neither unclassified nor out of scope), by legal kind, and by kind and
-- conduct. What nobody classified yet is in the first only, so that a new clock costs two sums. Counts by verb, and by what became of
-- the clock.
CREATE TABLE rollup_sum (
  grain      TEXT NOT NULL CHECK (grain IN ('day', 'month')),
  level      TEXT NOT NULL CHECK (level IN ('all', 'classified', 'kind', 'conduct')),
  -- Empty where the level is above it.
  conduct    TEXT NOT NULL,
  legal_kind TEXT NOT NULL,
  unit       TEXT NOT NULL,
  -- `YYYY-MM-DD` or `YYYY-MM`.
  span       TEXT NOT NULL,
  passed_on  INTEGER NOT NULL,
  received_open      INTEGER NOT NULL DEFAULT 0,
  received_on_time   INTEGER NOT NULL DEFAULT 0,
  received_late      INTEGER NOT NULL DEFAULT 0,
  classified_open    INTEGER NOT NULL DEFAULT 0,
  classified_on_time INTEGER NOT NULL DEFAULT 0,
  classified_late    INTEGER NOT NULL DEFAULT 0,
  verified_open      INTEGER NOT NULL DEFAULT 0,
  verified_on_time   INTEGER NOT NULL DEFAULT 0,
  verified_late      INTEGER NOT NULL DEFAULT 0,
  handled_open       INTEGER NOT NULL DEFAULT 0,
  handled_on_time    INTEGER NOT NULL DEFAULT 0,
  handled_late       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (grain, level, conduct, legal_kind, unit, span, passed_on)
) STRICT, WITHOUT ROWID;

-- Adds `n` (which may be below zero) to one sum. A view with a trigger, because a trigger cannot call a procedure.
CREATE VIEW rollup_added (grain, level, conduct, legal_kind, unit, span, passed_on, verb, standing, n) AS
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE 0;

CREATE TRIGGER rollup_adds INSTEAD OF INSERT ON rollup_added
BEGIN
  INSERT INTO rollup_sum (grain, level, conduct, legal_kind, unit, span, passed_on,
    received_open, received_on_time, received_late, classified_open, classified_on_time, classified_late,
    verified_open, verified_on_time, verified_late, handled_open, handled_on_time, handled_late)
  VALUES (new.grain, new.level, new.conduct, new.legal_kind, new.unit, new.span, new.passed_on,
    new.n * (new.verb = 'received' AND new.standing = 0),
    new.n * (new.verb = 'received' AND new.standing = 1),
    new.n * (new.verb = 'received' AND new.standing = 2),
    new.n * (new.verb = 'classified' AND new.standing = 0),
    new.n * (new.verb = 'classified' AND new.standing = 1),
    new.n * (new.verb = 'classified' AND new.standing = 2),
    new.n * (new.verb = 'verified' AND new.standing = 0),
    new.n * (new.verb = 'verified' AND new.standing = 1),
    new.n * (new.verb = 'verified' AND new.standing = 2),
    new.n * (new.verb = 'handled' AND new.standing = 0),
    new.n * (new.verb = 'handled' AND new.standing = 1),
    new.n * (new.verb = 'handled' AND new.standing = 2))
  ON CONFLICT DO UPDATE SET
    received_open = received_open + excluded.received_open,
    received_on_time = received_on_time + excluded.received_on_time,
    received_late = received_late + excluded.received_late,
    classified_open = classified_open + excluded.classified_open,
    classified_on_time = classified_on_time + excluded.classified_on_time,
    classified_late = classified_late + excluded.classified_late,
    verified_open = verified_open + excluded.verified_open,
    verified_on_time = verified_on_time + excluded.verified_on_time,
    verified_late = verified_late + excluded.verified_late,
    handled_open = handled_open + excluded.handled_open,
    handled_on_time = handled_on_time + excluded.handled_on_time,
    handled_late = handled_late + excluded.handled_late;
END;

CREATE TRIGGER rollup_cell_enters_its_sums AFTER INSERT ON rollup
BEGIN
  INSERT INTO rollup_added VALUES
    ('month', 'all', '', '', new.unit, substr(new.due_day, 1, 7), new.passed_on, new.verb, new.standing, new.n),
    ('day', 'all', '', '', new.unit, new.due_day, new.passed_on, new.verb, new.standing, new.n);
END;

CREATE TRIGGER rollup_cell_moves_its_sums AFTER UPDATE OF n ON rollup
BEGIN
  INSERT INTO rollup_added VALUES
    ('month', 'all', '', '', new.unit, substr(new.due_day, 1, 7), new.passed_on, new.verb, new.standing, new.n - old.n),
    ('day', 'all', '', '', new.unit, new.due_day, new.passed_on, new.verb, new.standing, new.n - old.n);
END;

CREATE TRIGGER rollup_cell_enters_classified_sums AFTER INSERT ON rollup
WHEN new.legal_kind NOT IN ('', 'out_of_scope')
BEGIN
  INSERT INTO rollup_added VALUES
    ('month', 'classified', '', '', new.unit, substr(new.due_day, 1, 7), new.passed_on, new.verb, new.standing, new.n),
    ('day', 'classified', '', '', new.unit, new.due_day, new.passed_on, new.verb, new.standing, new.n);
END;

CREATE TRIGGER rollup_cell_enters_sums_by_kind AFTER INSERT ON rollup WHEN new.legal_kind <> ''
BEGIN
  INSERT INTO rollup_added VALUES
    ('month', 'kind', '', new.legal_kind, new.unit, substr(new.due_day, 1, 7), new.passed_on, new.verb, new.standing, new.n),
    ('day', 'kind', '', new.legal_kind, new.unit, new.due_day, new.passed_on, new.verb, new.standing, new.n),
    ('month', 'conduct', new.conduct, new.legal_kind, new.unit, substr(new.due_day, 1, 7), new.passed_on, new.verb, new.standing, new.n),
    ('day', 'conduct', new.conduct, new.legal_kind, new.unit, new.due_day, new.passed_on, new.verb, new.standing, new.n);
END;

CREATE TRIGGER rollup_cell_moves_classified_sums AFTER UPDATE OF n ON rollup
WHEN new.legal_kind NOT IN ('', 'out_of_scope')
BEGIN
  INSERT INTO rollup_added VALUES
    ('month', 'classified', '', '', new.unit, substr(new.due_day, 1, 7), new.passed_on, new.verb, new.standing, new.n - old.n),
    ('day', 'classified', '', '', new.unit, new.due_day, new.passed_on, new.verb, new.standing, new.n - old.n);
END;

CREATE TRIGGER rollup_cell_moves_sums_by_kind AFTER UPDATE OF n ON rollup WHEN new.legal_kind <> ''
BEGIN
  INSERT INTO rollup_added VALUES
    ('month', 'kind', '', new.legal_kind, new.unit, substr(new.due_day, 1, 7), new.passed_on, new.verb, new.standing, new.n - old.n),
    ('day', 'kind', '', new.legal_kind, new.unit, new.due_day, new.passed_on, new.verb, new.standing, new.n - old.n),
    ('month', 'conduct', new.conduct, new.legal_kind, new.unit, substr(new.due_day, 1, 7), new.passed_on, new.verb, new.standing, new.n - old.n),
    ('day', 'conduct', new.conduct, new.legal_kind, new.unit, new.due_day, new.passed_on, new.verb, new.standing, new.n - old.n);
END;

-- A new clock's cell is counted up by the insert's own code (many at once in a group commit); every later move is these triggers'.
CREATE TRIGGER tip_clock_leaves_its_cell BEFORE UPDATE ON tip_clock WHEN old.tallied = 1
BEGIN
  UPDATE rollup SET n = n - 1
   WHERE unit = old.unit AND due_day = old.due_day AND verb = old.verb
     AND legal_kind = ifnull(old.legal_kind, '') AND conduct = ifnull(old.conduct, '')
     AND stopped_day = ifnull(old.stopped_day, '') AND passed_on = old.passed_on;
  DELETE FROM rollup
   WHERE unit = old.unit AND due_day = old.due_day AND verb = old.verb
     AND legal_kind = ifnull(old.legal_kind, '') AND conduct = ifnull(old.conduct, '')
     AND stopped_day = ifnull(old.stopped_day, '') AND passed_on = old.passed_on AND n = 0;
END;

CREATE TRIGGER tip_clock_enters_its_cell AFTER UPDATE ON tip_clock WHEN new.tallied = 1
BEGIN
  INSERT INTO rollup (unit, due_day, verb, legal_kind, conduct, stopped_day, passed_on, n)
  VALUES (new.unit, new.due_day, new.verb, ifnull(new.legal_kind, ''), ifnull(new.conduct, ''), ifnull(new.stopped_day, ''),
          new.passed_on, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- Flows of the balance by unit and day: what came in from citizens or was reopened, and what went out by outcome.
CREATE TABLE flow (
  unit        TEXT NOT NULL,
  day         TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  received    INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0),
  reopened    INTEGER NOT NULL DEFAULT 0 CHECK (reopened >= 0),
  settled     INTEGER NOT NULL DEFAULT 0 CHECK (settled >= 0),
  transferred INTEGER NOT NULL DEFAULT 0 CHECK (transferred >= 0),
  merged      INTEGER NOT NULL DEFAULT 0 CHECK (merged >= 0),
  PRIMARY KEY (unit, day)
) STRICT, WITHOUT ROWID;

-- Acknowledged transfers between units by day: within a province they cancel out.
CREATE TABLE transfer_flow (
  from_unit TEXT NOT NULL,
  day       TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  to_unit   TEXT NOT NULL,
  n         INTEGER NOT NULL CHECK (n > 0),
  PRIMARY KEY (from_unit, day, to_unit)
) STRICT, WITHOUT ROWID;

CREATE INDEX transfer_flow_in ON transfer_flow (to_unit, day, from_unit, n);

-- Both once more by month, so that a balance over years reads few rows.
CREATE TABLE flow_month (
  unit        TEXT NOT NULL,
  month       TEXT NOT NULL,
  received    INTEGER NOT NULL,
  reopened    INTEGER NOT NULL,
  settled     INTEGER NOT NULL,
  transferred INTEGER NOT NULL,
  merged      INTEGER NOT NULL,
  PRIMARY KEY (unit, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER flow_enters_its_month AFTER INSERT ON flow
BEGIN
  INSERT INTO flow_month (unit, month, received, reopened, settled, transferred, merged)
  VALUES (new.unit, substr(new.day, 1, 7), new.received, new.reopened, new.settled, new.transferred, new.merged)
  ON CONFLICT DO UPDATE SET received = received + excluded.received, reopened = reopened + excluded.reopened,
    settled = settled + excluded.settled, transferred = transferred + excluded.transferred, merged = merged + excluded.merged;
END;

CREATE TRIGGER flow_moves_its_month AFTER UPDATE ON flow
BEGIN
  UPDATE flow_month SET received = received + new.received - old.received, reopened = reopened + new.reopened - old.reopened,
    settled = settled + new.settled - old.settled, transferred = transferred + new.transferred - old.transferred,
    merged = merged + new.merged - old.merged
   WHERE unit = new.unit AND month = substr(new.day, 1, 7);
END;

CREATE TABLE transfer_flow_month (
  from_unit TEXT NOT NULL,
  month     TEXT NOT NULL,
  to_unit   TEXT NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (from_unit, month, to_unit)
) STRICT, WITHOUT ROWID;

CREATE INDEX transfer_flow_month_in ON transfer_flow_month (to_unit, month, from_unit, n);

CREATE TRIGGER transfer_flow_enters_its_month AFTER INSERT ON transfer_flow
BEGIN
  INSERT INTO transfer_flow_month (from_unit, month, to_unit, n) VALUES (new.from_unit, substr(new.day, 1, 7), new.to_unit, new.n)
  ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;

CREATE TRIGGER transfer_flow_moves_its_month AFTER UPDATE ON transfer_flow
BEGIN
  UPDATE transfer_flow_month SET n = n + new.n - old.n
   WHERE from_unit = new.from_unit AND month = substr(new.day, 1, 7) AND to_unit = new.to_unit;
END;
