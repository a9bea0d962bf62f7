-- The law in the life cycle: extensions, who supervises, who may settle, follow-ups.

-- How often the time was extended; what lies over the stage (`overlay`) shows it while nothing stronger does.
ALTER TABLE tip ADD COLUMN extension INTEGER NOT NULL DEFAULT 0 CHECK (extension BETWEEN 0 AND 2);
-- The procuracy that was told of the tip. The console chose it, because only the console knows whom the sender keeps out.
ALTER TABLE tip ADD COLUMN supervisor TEXT CHECK (length(supervisor) BETWEEN 1 AND 40);
-- What classification found, as a JSON list of words.
ALTER TABLE tip ADD COLUMN circumstances TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(circumstances) AND length(circumstances) <= 400);

CREATE INDEX tip_supervised ON tip (supervisor, due, seq) WHERE supervisor IS NOT NULL;
CREATE INDEX tip_supervised_pending ON tip (supervisor, due, seq) WHERE supervisor IS NOT NULL AND pending = 1;
CREATE INDEX tip_supervised_suspended ON tip (supervisor, due, seq) WHERE supervisor IS NOT NULL AND overlay = 'suspended';

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
