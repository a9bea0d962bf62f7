-- What units were before, and the tables that an administrator edits.

-- Changes of units by day; `unit` holds what is true now.
CREATE TABLE unit_change (
  seq       INTEGER PRIMARY KEY,
  code      TEXT NOT NULL REFERENCES unit (code),
  day       TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind      TEXT NOT NULL CHECK (kind IN ('founded', 'renamed', 'moved', 'remote', 'ended')),
  -- As they are from that day on; the parent empty where there is none.
  name_vi   TEXT NOT NULL,
  name_en   TEXT NOT NULL,
  parent    TEXT NOT NULL,
  remote    INTEGER NOT NULL CHECK (remote IN (0, 1)),
  -- JSON list of codes that take over from an ended unit.
  successors TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(successors)),
  basis     TEXT NOT NULL CHECK (length(basis) <= 300),
  -- 1 once `unit` says the same: changes may be entered before their day.
  done      INTEGER NOT NULL CHECK (done IN (0, 1)),
  UNIQUE (code, day, kind)
) STRICT;

CREATE INDEX unit_change_ahead ON unit_change (day, code) WHERE done = 0;

-- A year of holidays as an administrator saved it last; it goes before the file that comes with the project. The events keep the former ones.
CREATE TABLE holiday_year (
  year  INTEGER PRIMARY KEY CHECK (year BETWEEN 2000 AND 2099),
  data  TEXT NOT NULL CHECK (json_valid(data) AND length(data) <= 16384),
  saved INTEGER NOT NULL,
  by    BLOB NOT NULL REFERENCES staff (id)
) STRICT;

-- Hash of each file of law that this instance last ran with: a change is an open event.
CREATE TABLE law_file (
  name TEXT PRIMARY KEY NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;
