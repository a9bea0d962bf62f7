-- The law in the life cycle: extensions, who supervises, who may settle, what was diverted, when somebody must be told, follow-ups.

-- How often the time was extended; what lies over the stage (`overlay`) shows it while nothing stronger does.
ALTER TABLE tip ADD COLUMN extension INTEGER NOT NULL DEFAULT 0 CHECK (extension BETWEEN 0 AND 2);
-- The procuracy that was told of the tip. The console chose it, because only the console knows whom the sender keeps out.
ALTER TABLE tip ADD COLUMN supervisor TEXT CHECK (length(supervisor) BETWEEN 1 AND 40);
-- What classification found, as a JSON list of words.
ALTER TABLE tip ADD COLUMN circumstances TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(circumstances) AND length(circumstances) <= 400);

CREATE INDEX tip_supervised ON tip (supervisor, due, seq) WHERE supervisor IS NOT NULL;
CREATE INDEX tip_supervised_pending ON tip (supervisor, due, seq) WHERE supervisor IS NOT NULL AND pending = 1;
CREATE INDEX tip_supervised_suspended ON tip (supervisor, due, seq) WHERE supervisor IS NOT NULL AND overlay = 'suspended';

-- Tips that a unit was relieved of because it is concerned itself. Shown to nobody of that unit. Where no number of its register was taken
-- yet, its figures were given to the other unit as if the tip had never come: `custody` then names the new unit from T0 on, and the truth is here.
CREATE TABLE diversion (
  tip       INTEGER NOT NULL REFERENCES tip (seq),
  event_no  INTEGER NOT NULL,
  from_unit TEXT NOT NULL CHECK (length(from_unit) BETWEEN 1 AND 40),
  to_unit   TEXT NOT NULL CHECK (length(to_unit) BETWEEN 1 AND 40 AND to_unit <> from_unit),
  numbered  INTEGER NOT NULL CHECK (numbered IN (0, 1)),
  -- 1 until a member of the new unit, or recovery holders for it, could wrap the content to it.
  closed    INTEGER NOT NULL CHECK (closed IN (0, 1)),
  PRIMARY KEY (tip, event_no),
  FOREIGN KEY (tip, event_no) REFERENCES event (chain, no)
) STRICT, WITHOUT ROWID;

CREATE INDEX diversion_closed ON diversion (to_unit, tip) WHERE closed = 1;

CREATE TRIGGER diversion_is_never_deleted BEFORE DELETE ON diversion
BEGIN SELECT raise(ABORT, 'a diversion is never deleted'); END;

CREATE TRIGGER diversion_keeps_what_it_says BEFORE UPDATE OF tip, event_no, from_unit, to_unit, numbered ON diversion
BEGIN SELECT raise(ABORT, 'a diversion is never changed'); END;

-- Assignments of the right to settle: exact DSSE bytes, signed by a leader of the unit above.
CREATE TABLE settlement_right (
  id          BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 32),
  unit        TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  staff       BLOB NOT NULL REFERENCES staff (id),
  grade       TEXT NOT NULL CHECK (grade IN ('mid', 'high')),
  legal_kinds TEXT NOT NULL CHECK (json_valid(legal_kinds) AND json_type(legal_kinds) = 'array'),
  document    TEXT NOT NULL CHECK (length(document) BETWEEN 1 AND 100),
  valid_from  INTEGER NOT NULL,
  valid_until INTEGER CHECK (valid_until >= valid_from),
  record      BLOB NOT NULL CHECK (length(record) BETWEEN 1 AND 8192)
) STRICT, WITHOUT ROWID;

CREATE INDEX settlement_right_by_unit ON settlement_right (unit, staff, valid_from);

CREATE TRIGGER settlement_right_is_never_deleted BEFORE DELETE ON settlement_right
BEGIN SELECT raise(ABORT, 'an assignment is ended, never deleted'); END;

CREATE TRIGGER settlement_right_only_ends BEFORE UPDATE ON settlement_right
WHEN new.id <> old.id OR new.unit <> old.unit OR new.staff <> old.staff OR new.grade <> old.grade OR new.legal_kinds <> old.legal_kinds
  OR new.document <> old.document OR new.valid_from <> old.valid_from OR new.record <> old.record OR new.valid_until IS NULL
BEGIN SELECT raise(ABORT, 'an assignment is ended, never edited'); END;

-- The next moment at which somebody is told about a running clock. Intake writes none: a sweep takes new tips up by their number.
CREATE TABLE escalation_mark (
  tip   INTEGER NOT NULL,
  clock TEXT NOT NULL,
  round INTEGER NOT NULL,
  at    INTEGER NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 100),
  PRIMARY KEY (tip, clock, round),
  FOREIGN KEY (tip, clock, round) REFERENCES tip_clock (tip, clock, round)
) STRICT, WITHOUT ROWID;

CREATE INDEX escalation_mark_due ON escalation_mark (at, tip, clock, round, level);

-- What was told, for boards and for the person who asks why.
CREATE TABLE escalation_told (
  unit  TEXT NOT NULL,
  at    INTEGER NOT NULL,
  tip   INTEGER NOT NULL REFERENCES tip (seq),
  clock TEXT NOT NULL,
  level INTEGER NOT NULL,
  -- The event of the unit's chain.
  event_no INTEGER NOT NULL,
  PRIMARY KEY (unit, at, tip, clock, level)
) STRICT, WITHOUT ROWID;

-- How far a background walk over the tips has come.
CREATE TABLE walk (
  name TEXT PRIMARY KEY NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  seq  INTEGER NOT NULL CHECK (seq >= 0)
) STRICT, WITHOUT ROWID;

-- Follow-ups after a sanction or a cleared hot spot.
CREATE TABLE post_check (
  tip     INTEGER NOT NULL REFERENCES tip (seq),
  round   INTEGER NOT NULL CHECK (round > 0),
  unit    TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  day     TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind    TEXT NOT NULL CHECK (kind IN ('sanction', 'hotspot')),
  focal   BLOB NOT NULL REFERENCES staff (id),
  deputy  BLOB NOT NULL REFERENCES staff (id) CHECK (deputy <> focal),
  set_no  INTEGER NOT NULL,
  done_no INTEGER,
  result  TEXT CHECK (result IN ('clean', 'again', 'not_found')),
  PRIMARY KEY (tip, round),
  FOREIGN KEY (tip, set_no) REFERENCES event (chain, no),
  CHECK ((done_no IS NULL) = (result IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX post_check_waits ON post_check (unit, day, tip) WHERE done_no IS NULL;
CREATE INDEX post_check_of_focal ON post_check (focal, day, tip) WHERE done_no IS NULL;
CREATE UNIQUE INDEX post_check_one_at_a_time ON post_check (tip) WHERE done_no IS NULL;
