-- What of a tip may be passed on: sealed notes in a series of their own beside the thread, each made by an event of the tip.

CREATE TABLE working_copy (
  tip     INTEGER NOT NULL REFERENCES tip (seq),
  -- 1, 2, 3 … of the tip.
  no      INTEGER NOT NULL CHECK (no BETWEEN 1 AND 100),
  -- The unit that made it, and the one that it is for (the same where it stays).
  unit    TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  to_unit TEXT NOT NULL CHECK (length(to_unit) BETWEEN 1 AND 40),
  core    BLOB NOT NULL,
  body    BLOB NOT NULL,
  seal    BLOB NOT NULL,
  wraps   BLOB NOT NULL,
  PRIMARY KEY (tip, no)
) STRICT, WITHOUT ROWID;

CREATE INDEX working_copy_received ON working_copy (to_unit, tip, no) WHERE to_unit <> unit;
