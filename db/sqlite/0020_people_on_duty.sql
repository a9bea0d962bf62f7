-- Who is away, and where digests go.

CREATE TABLE absence (
  seq         INTEGER PRIMARY KEY,
  staff       BLOB NOT NULL REFERENCES staff (id),
  unit        TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  valid_from  INTEGER NOT NULL,
  valid_until INTEGER CHECK (valid_until > valid_from)
) STRICT;

-- One open end a person; overlapping spans are refused by the insert.
CREATE UNIQUE INDEX absence_open ON absence (staff) WHERE valid_until IS NULL;
CREATE INDEX absence_by_unit ON absence (unit, valid_until);

CREATE TRIGGER absence_overlaps BEFORE INSERT ON absence
WHEN EXISTS (SELECT 1 FROM absence a WHERE a.staff = new.staff
  AND a.valid_from < ifnull(new.valid_until, 9007199254740991) AND new.valid_from < ifnull(a.valid_until, 9007199254740991))
BEGIN SELECT raise(ABORT, 'absences of one person do not overlap'); END;

-- Officers who want digests. An address is used only once its owner has typed the code from a first letter.
CREATE TABLE staff_contact (
  staff     BLOB PRIMARY KEY NOT NULL REFERENCES staff (id),
  email     TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  lang      TEXT NOT NULL CHECK (lang IN ('vi', 'en')),
  confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)),
  code_hash BLOB CHECK (length(code_hash) = 32),
  code_ends INTEGER,
  tries     INTEGER NOT NULL DEFAULT 0,
  CHECK ((code_hash IS NULL) = (code_ends IS NULL))
) STRICT, WITHOUT ROWID;

-- A fixed hour is served once, also by two processes.
CREATE TABLE digest_slot (
  day  TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 86399),
  sent INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, slot)
) STRICT, WITHOUT ROWID;
