-- The key directory as signed statements, the shards that hold its units, and sealed epoch secrets. Nothing here is secret in the clear.

CREATE TABLE statement (
  seq         INTEGER PRIMARY KEY,
  hash        BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  kind        TEXT NOT NULL CHECK (kind IN ('directory-keys', 'directory', 'member', 'epoch', 'revocation')),
  unit        TEXT NOT NULL CHECK (length(unit) <= 40),
  version     INTEGER NOT NULL CHECK (version >= 0),
  valid_from  INTEGER NOT NULL,
  valid_until INTEGER NOT NULL,
  person      BLOB CHECK (length(person) = 16),
  record      BLOB NOT NULL,
  CHECK ((unit = '') = (kind IN ('directory-keys', 'directory')))
) STRICT;

CREATE INDEX statement_latest ON statement (kind, version) WHERE unit = '';
CREATE INDEX statement_of_unit ON statement (unit, kind, version) WHERE unit <> '';
CREATE INDEX statement_epochs_ahead ON statement (valid_until, unit) WHERE kind = 'epoch';

CREATE TRIGGER statement_is_never_changed BEFORE UPDATE ON statement
BEGIN SELECT raise(ABORT, 'a statement is never changed'); END;

CREATE TRIGGER statement_is_never_deleted BEFORE DELETE ON statement
BEGIN SELECT raise(ABORT, 'a statement is never deleted'); END;

CREATE TABLE shard (
  hash     BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
  province TEXT NOT NULL CHECK (length(province) BETWEEN 1 AND 40),
  bytes    BLOB NOT NULL
) STRICT;

-- Epoch secrets, each wrapped to one member by a colleague.
CREATE TABLE epoch_wrap (
  unit   TEXT NOT NULL,
  epoch  INTEGER NOT NULL CHECK (epoch > 0),
  member BLOB NOT NULL CHECK (length(member) = 16),
  wrap   BLOB NOT NULL CHECK (length(wrap) BETWEEN 1 AND 8192),
  PRIMARY KEY (unit, epoch, member)
) STRICT;

CREATE INDEX epoch_wrap_by_member ON epoch_wrap (member, unit, epoch);

-- Two of three shares recover an epoch's secret; each is sealed to its holder.
CREATE TABLE recovery_share (
  unit   TEXT NOT NULL,
  epoch  INTEGER NOT NULL CHECK (epoch > 0),
  holder TEXT NOT NULL CHECK (length(holder) BETWEEN 1 AND 64),
  share  BLOB NOT NULL CHECK (length(share) BETWEEN 1 AND 8192),
  PRIMARY KEY (unit, epoch, holder)
) STRICT;

CREATE TABLE unit (
  code        TEXT PRIMARY KEY NOT NULL CHECK (length(code) BETWEEN 1 AND 40),
  parent      TEXT REFERENCES unit (code) DEFERRABLE INITIALLY DEFERRED,
  kind        TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  name_vi     TEXT NOT NULL,
  name_en     TEXT NOT NULL,
  province    TEXT NOT NULL,
  remote      INTEGER NOT NULL CHECK (remote IN (0, 1)),
  valid_from  TEXT NOT NULL,
  valid_until TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX unit_by_province ON unit (province, code);
CREATE INDEX unit_by_parent ON unit (parent);

CREATE TRIGGER unit_is_never_deleted BEFORE DELETE ON unit
BEGIN SELECT raise(ABORT, 'a unit is ended, never deleted'); END;
