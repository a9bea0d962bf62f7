-- What an administrator keeps of the law, and which files of law the service ran with.

-- Years of holidays as they were saved. The last one of a year goes before the file that comes with the project; the former ones stay, because
-- steps of a moment count by what held then.
CREATE TABLE holiday_year (
  -- The event of the chain `directory`.
  event_no INTEGER PRIMARY KEY,
  year     INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2099),
  data     TEXT NOT NULL CHECK (json_valid(data) AND length(data) <= 16384),
  saved    INTEGER NOT NULL,
  -- A member of staff, or `operator` at the machine's command line.
  by       TEXT NOT NULL CHECK (length(by) BETWEEN 1 AND 64)
) STRICT;

CREATE TRIGGER holiday_year_is_never_deleted BEFORE DELETE ON holiday_year
BEGIN SELECT raise(ABORT, 'a saved year is replaced by a later one, never deleted'); END;

CREATE TRIGGER holiday_year_is_never_changed BEFORE UPDATE ON holiday_year
BEGIN SELECT raise(ABORT, 'a saved year is replaced by a later one, never changed'); END;

-- Hash of each file of law that this instance last ran with: a change is an open event.
CREATE TABLE law_file (
  name     TEXT PRIMARY KEY NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  -- The event of the chain `directory`.
  event_no INTEGER NOT NULL CHECK (event_no > 0)
) STRICT, WITHOUT ROWID;
