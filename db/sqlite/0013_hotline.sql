-- The other doors: who took a tip down, recordings until they are written down, tip boxes.

-- Operator's tips. The operator cannot read them again; the signed event says the same.
CREATE TABLE tip_taken (
  tip   INTEGER PRIMARY KEY REFERENCES tip (seq),
  staff BLOB NOT NULL REFERENCES staff (id),
  unit  TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40)
) STRICT;

-- Telephone systems that may hand in recordings.
CREATE TABLE switchboard (
  id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  unit       TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  revoked    INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Recordings, sealed to the operators of a unit. An ended one keeps its row and its hour, and nothing that could open it.
CREATE TABLE recording (
  seq         INTEGER PRIMARY KEY,
  id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  unit        TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  hour        INTEGER NOT NULL CHECK (hour > 0),
  bytes       INTEGER NOT NULL CHECK (bytes > 0),
  parts       INTEGER NOT NULL CHECK (parts > 0),
  root        BLOB CHECK (length(root) = 32),
  part_hashes BLOB,
  meta        BLOB CHECK (length(meta) BETWEEN 1 AND 4096),
  opened      INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1)),
  ended       TEXT CHECK (ended IN ('transcribed', 'nothing')),
  CHECK ((ended IS NULL) = (meta IS NOT NULL) AND (meta IS NULL) = (root IS NULL) AND (meta IS NULL) = (part_hashes IS NULL))
) STRICT;

CREATE INDEX recording_open ON recording (unit, seq) WHERE ended IS NULL;

CREATE TABLE recording_wrap (
  recording INTEGER NOT NULL REFERENCES recording (seq),
  staff     BLOB NOT NULL REFERENCES staff (id),
  wrap      BLOB NOT NULL CHECK (length(wrap) BETWEEN 1 AND 4096),
  PRIMARY KEY (recording, staff)
) STRICT, WITHOUT ROWID;

CREATE TABLE recording_share (
  recording INTEGER NOT NULL REFERENCES recording (seq),
  holder    TEXT NOT NULL CHECK (length(holder) BETWEEN 1 AND 64),
  share     BLOB NOT NULL CHECK (length(share) BETWEEN 1 AND 4096),
  PRIMARY KEY (recording, holder)
) STRICT, WITHOUT ROWID;

-- A tip box emptied by two people: how many letters there were, and how many have been entered since. Which tips they became is not here.
CREATE TABLE box_opening (
  seq       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  unit      TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  box       TEXT NOT NULL CHECK (length(box) BETWEEN 1 AND 100),
  day       TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  letters   INTEGER NOT NULL CHECK (letters BETWEEN 0 AND 1000),
  entered   INTEGER NOT NULL DEFAULT 0 CHECK (entered BETWEEN 0 AND letters),
  opened_by BLOB NOT NULL REFERENCES staff (id),
  -- Exact DSSE bytes with one signature, then with both.
  statement BLOB NOT NULL CHECK (length(statement) BETWEEN 1 AND 8192),
  pending   INTEGER NOT NULL DEFAULT 1 CHECK (pending IN (0, 1))
) STRICT;

CREATE INDEX box_opening_by_unit ON box_opening (unit, seq);
