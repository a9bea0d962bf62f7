-- People, their sessions, and facts about this instance.
--
-- Ids and hashes are stored as bytes, not hex. Staff rows are never deleted: a removed member's name must stay readable on old events.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY NOT NULL CHECK (length(key) BETWEEN 1 AND 64),
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER meta_is_written_once BEFORE UPDATE ON meta
BEGIN SELECT raise(ABORT, 'meta is written once'); END;

CREATE TABLE staff (
  seq             INTEGER PRIMARY KEY,
  id              BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  account         TEXT NOT NULL UNIQUE CHECK (length(account) BETWEEN 1 AND 64),
  display_name    TEXT NOT NULL CHECK (length(display_name) BETWEEN 1 AND 200),
  unit            TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  roles           TEXT NOT NULL CHECK (json_valid(roles) AND json_type(roles) = 'array'),
  status          TEXT NOT NULL CHECK (status IN ('invited', 'active', 'removed')),
  sign_key        BLOB CHECK (length(sign_key) = 32),
  kem_key         BLOB CHECK (length(kem_key) BETWEEN 1 AND 4096),
  salt            BLOB CHECK (length(salt) = 16),
  memory_kib      INTEGER CHECK (memory_kib > 0),
  passes          INTEGER CHECK (passes > 0),
  login_key       BLOB CHECK (length(login_key) = 32),
  wrapped_secrets BLOB CHECK (length(wrapped_secrets) BETWEEN 1 AND 8192),
  totp_sealed     BLOB CHECK (length(totp_sealed) BETWEEN 1 AND 1024),
  invite_hash     BLOB UNIQUE CHECK (length(invite_hash) = 32),
  invite_expires  INTEGER,
  -- The newest one-time-code step that was accepted: a step is accepted once.
  totp_step       INTEGER NOT NULL DEFAULT 0,
  CHECK ((invite_hash IS NULL) = (invite_expires IS NULL)),
  CHECK ((salt IS NULL) = (memory_kib IS NULL) AND (salt IS NULL) = (passes IS NULL) AND (salt IS NULL) = (login_key IS NULL)
     AND (salt IS NULL) = (wrapped_secrets IS NULL) AND (salt IS NULL) = (totp_sealed IS NULL))
) STRICT;

CREATE INDEX staff_by_unit ON staff (unit, account);

CREATE TRIGGER staff_is_never_deleted BEFORE DELETE ON staff
BEGIN SELECT raise(ABORT, 'staff rows are never deleted'); END;

CREATE TABLE session (
  token_hash BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
  staff      BLOB NOT NULL REFERENCES staff (id),
  created    INTEGER NOT NULL,
  last_seen  INTEGER NOT NULL,
  expires    INTEGER NOT NULL CHECK (expires > created)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_staff ON session (staff, created);
CREATE INDEX session_by_expiry ON session (expires);

-- Failed logins by account name, known or not: the answer must not tell which.
CREATE TABLE throttle (
  account    TEXT PRIMARY KEY NOT NULL CHECK (length(account) BETWEEN 1 AND 64),
  failures   INTEGER NOT NULL CHECK (failures > 0),
  not_before INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX throttle_by_time ON throttle (not_before);

-- The one named person answerable for a stage in a unit, and one deputy; ended, never overwritten.
CREATE TABLE focal_point (
  seq         INTEGER PRIMARY KEY,
  unit        TEXT NOT NULL,
  stage       TEXT NOT NULL CHECK (length(stage) BETWEEN 1 AND 32),
  rank        TEXT NOT NULL CHECK (rank IN ('active', 'deputy')),
  staff       BLOB NOT NULL REFERENCES staff (id),
  valid_from  INTEGER NOT NULL,
  valid_until INTEGER CHECK (valid_until >= valid_from)
) STRICT;

CREATE UNIQUE INDEX focal_point_has_one_holder ON focal_point (unit, stage, rank) WHERE valid_until IS NULL;
CREATE INDEX focal_point_by_unit ON focal_point (unit, stage, rank, valid_from);

-- Two-person acts on a member's account (a lost phone is replaced).
CREATE TABLE staff_decision (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  staff       BLOB NOT NULL REFERENCES staff (id),
  proposed_by BLOB NOT NULL REFERENCES staff (id),
  proposed_at INTEGER NOT NULL,
  closed_by   BLOB REFERENCES staff (id) CHECK (closed_by <> proposed_by)
) STRICT;

CREATE UNIQUE INDEX staff_decision_open ON staff_decision (staff, kind) WHERE closed_by IS NULL;
