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
  -- Still waits for an outcome. (A column, because comparing `clock = ?` with a partial index's `clock = '…'` re-plans at every call.)
  unsettled    INTEGER NOT NULL GENERATED ALWAYS AS (clock = 'settle' AND stopped_day IS NULL) VIRTUAL,
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
  PRIMARY KEY (unit, due_day, verb, legal_kind, conduct, stopped_day, passed_on)
) STRICT, WITHOUT ROWID;

-- Open cells alone, for rates: with `rollup_month` they answer a question about years without reading every day of them.
CREATE INDEX rollup_open ON rollup (unit, due_day, n) WHERE stopped_day = '';

-- Closed cells by month of the due day: standing 1 on time, 2 late.
CREATE TABLE rollup_month (
  unit       TEXT NOT NULL,
  month      TEXT NOT NULL,
  verb       TEXT NOT NULL,
  legal_kind TEXT NOT NULL,
  conduct    TEXT NOT NULL,
  standing   INTEGER NOT NULL CHECK (standing IN (1, 2)),
  passed_on  INTEGER NOT NULL,
  n          INTEGER NOT NULL CHECK (n >= 0),
  PRIMARY KEY (unit, month, verb, legal_kind, conduct, standing, passed_on)
) STRICT, WITHOUT ROWID;

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
  UPDATE rollup_month SET n = n - 1
   WHERE old.standing > 0 AND unit = old.unit AND month = substr(old.due_day, 1, 7) AND verb = old.verb
     AND legal_kind = ifnull(old.legal_kind, '') AND conduct = ifnull(old.conduct, '')
     AND standing = old.standing AND passed_on = old.passed_on;
END;

CREATE TRIGGER tip_clock_enters_its_cell AFTER UPDATE ON tip_clock WHEN new.tallied = 1
BEGIN
  INSERT INTO rollup (unit, due_day, verb, legal_kind, conduct, stopped_day, passed_on, n)
  VALUES (new.unit, new.due_day, new.verb, ifnull(new.legal_kind, ''), ifnull(new.conduct, ''), ifnull(new.stopped_day, ''),
          new.passed_on, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO rollup_month (unit, month, verb, legal_kind, conduct, standing, passed_on, n)
  SELECT new.unit, substr(new.due_day, 1, 7), new.verb, ifnull(new.legal_kind, ''), ifnull(new.conduct, ''), new.standing,
         new.passed_on, 1
   WHERE new.standing > 0
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
