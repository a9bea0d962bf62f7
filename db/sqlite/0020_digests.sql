-- Where digests go.

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
