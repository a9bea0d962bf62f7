-- Statements about a unit's people and keys that wait for their second signature. A new proposal about the same thing takes the place
-- of the old one. Nothing here is in force; nothing here is secret in the clear.

CREATE TABLE pending_statement (
  seq    INTEGER PRIMARY KEY,
  hash   BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  kind   TEXT NOT NULL CHECK (kind IN ('member', 'epoch', 'revocation')),
  unit   TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  -- Staff id, epoch number, or `epoch:<number>` for the revocation of one.
  about  TEXT NOT NULL CHECK (length(about) BETWEEN 1 AND 60),
  record BLOB NOT NULL CHECK (length(record) BETWEEN 1 AND 65536),
  -- Epoch secrets wrapped to members and shares sealed to recovery holders, as JSON with base64.
  extra  TEXT NOT NULL CHECK (json_valid(extra) AND length(extra) <= 2097152),
  by     BLOB NOT NULL REFERENCES staff (id),
  at     INTEGER NOT NULL,
  UNIQUE (unit, kind, about)
) STRICT;
