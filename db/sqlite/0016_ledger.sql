-- The public log: which event is which leaf, the tree as tiles, checkpoints and who cosigned them. Nothing here is ever rewritten but
-- tiles that grow, the one step from signed to published, and the lease.

-- A log has a name of its own. After a restore that lost what was published, a new one begins, and the old name is never used again.
CREATE TABLE ledger_log (
  log    INTEGER PRIMARY KEY CHECK (log > 0),
  origin TEXT NOT NULL UNIQUE CHECK (length(origin) BETWEEN 1 AND 200),
  begun  INTEGER NOT NULL
) STRICT;

CREATE TRIGGER ledger_log_is_never_changed BEFORE UPDATE ON ledger_log
BEGIN SELECT raise(ABORT, 'a log is never changed'); END;

CREATE TRIGGER ledger_log_is_never_deleted BEFORE DELETE ON ledger_log
BEGIN SELECT raise(ABORT, 'a log is never deleted'); END;

-- What came between two checkpoints. The key forbids two checkpoints of one size; `begins` forbids a hole or a branch.
CREATE TABLE ledger_batch (
  log        INTEGER NOT NULL REFERENCES ledger_log (log),
  size       INTEGER NOT NULL CHECK (size > begins),
  begins     INTEGER NOT NULL CHECK (begins >= 0),
  -- The batch before it; null for the first.
  after_size INTEGER GENERATED ALWAYS AS (nullif(begins, 0)) VIRTUAL,
  -- Newest event that is in the log: what has a greater number waits.
  last_event INTEGER NOT NULL,
  -- The batch head, which is its last leaf.
  head       INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  -- Opens the dummies of the batch.
  seed       BLOB NOT NULL CHECK (length(seed) = 32),
  dummies    INTEGER NOT NULL CHECK (dummies >= 0),
  root       BLOB NOT NULL CHECK (length(root) = 32),
  at         INTEGER NOT NULL,
  -- Exact bytes of the checkpoint with the log's signature alone.
  note       BLOB NOT NULL CHECK (length(note) BETWEEN 1 AND 4096),
  published  INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1)),
  PRIMARY KEY (log, size),
  UNIQUE (log, begins),
  FOREIGN KEY (log, after_size) REFERENCES ledger_batch (log, size)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_batch_published ON ledger_batch (log, size) WHERE published = 1;

CREATE TRIGGER ledger_batch_is_only_published BEFORE UPDATE ON ledger_batch
WHEN NOT (old.published = 0 AND new.published = 1 AND new.log = old.log AND new.size = old.size AND new.begins = old.begins
  AND new.last_event = old.last_event AND new.head = old.head AND new.seed = old.seed AND new.dummies = old.dummies
  AND new.root = old.root AND new.at = old.at AND new.note = old.note)
BEGIN SELECT raise(ABORT, 'a checkpoint is never changed'); END;

CREATE TRIGGER ledger_batch_is_never_deleted BEFORE DELETE ON ledger_batch
BEGIN SELECT raise(ABORT, 'a checkpoint is never deleted'); END;

-- Where an event is in the log: once, and nothing else at that place. Dummies have no row; their seed opens them.
CREATE TABLE ledger_leaf (
  log   INTEGER NOT NULL,
  idx   INTEGER NOT NULL CHECK (idx >= 0),
  event INTEGER NOT NULL REFERENCES event (seq),
  PRIMARY KEY (log, idx),
  UNIQUE (event, log)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_leaf_is_never_changed BEFORE UPDATE ON ledger_leaf
BEGIN SELECT raise(ABORT, 'a leaf is never changed'); END;

CREATE TRIGGER ledger_leaf_is_never_deleted BEFORE DELETE ON ledger_leaf
BEGIN SELECT raise(ABORT, 'a leaf is never deleted'); END;

-- Hashes of the tree, 256 in a tile, 32 bytes each; a tile at the right edge is a beginning that only grows.
CREATE TABLE ledger_tile (
  log    INTEGER NOT NULL REFERENCES ledger_log (log),
  level  INTEGER NOT NULL CHECK (level BETWEEN 0 AND 63),
  n      INTEGER NOT NULL CHECK (n >= 0),
  hashes BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
  PRIMARY KEY (log, level, n)
) STRICT;

CREATE TRIGGER ledger_tile_only_grows BEFORE UPDATE ON ledger_tile
WHEN NOT (new.log = old.log AND new.level = old.level AND new.n = old.n
  AND length(new.hashes) > length(old.hashes) AND substr(new.hashes, 1, length(old.hashes)) = old.hashes)
BEGIN SELECT raise(ABORT, 'a tile only grows'); END;

CREATE TRIGGER ledger_tile_is_never_deleted BEFORE DELETE ON ledger_tile
BEGIN SELECT raise(ABORT, 'a tile is never deleted'); END;

-- The entries themselves, 256 in a row, 64 bytes each.
CREATE TABLE ledger_entries (
  log     INTEGER NOT NULL REFERENCES ledger_log (log),
  n       INTEGER NOT NULL CHECK (n >= 0),
  entries BLOB NOT NULL CHECK (length(entries) BETWEEN 64 AND 16384 AND length(entries) % 64 = 0),
  PRIMARY KEY (log, n)
) STRICT;

CREATE TRIGGER ledger_entries_only_grow BEFORE UPDATE ON ledger_entries
WHEN NOT (new.log = old.log AND new.n = old.n
  AND length(new.entries) > length(old.entries) AND substr(new.entries, 1, length(old.entries)) = old.entries)
BEGIN SELECT raise(ABORT, 'entries only grow'); END;

CREATE TRIGGER ledger_entries_are_never_deleted BEFORE DELETE ON ledger_entries
BEGIN SELECT raise(ABORT, 'entries are never deleted'); END;

-- Signature lines of witnesses, each checked before it came here. The first of a witness for a checkpoint stays.
CREATE TABLE ledger_cosignature (
  log     INTEGER NOT NULL,
  size    INTEGER NOT NULL,
  witness TEXT NOT NULL CHECK (length(witness) BETWEEN 1 AND 300),
  line    TEXT NOT NULL CHECK (length(line) BETWEEN 1 AND 500),
  at      INTEGER NOT NULL,
  PRIMARY KEY (log, size, witness),
  FOREIGN KEY (log, size) REFERENCES ledger_batch (log, size)
) STRICT, WITHOUT ROWID;

-- Who sequences now: one row. A holder whose number is not the newest writes nothing.
CREATE TABLE ledger_lease (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  holder BLOB NOT NULL CHECK (length(holder) = 16),
  fence  INTEGER NOT NULL CHECK (fence > 0),
  until  INTEGER NOT NULL
) STRICT;

-- Statements of independent auditors: checkpoints that they have audited, and canaries that they announced. Both lie open in the log.
CREATE TABLE auditor_statement (
  hash    BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
  kind    TEXT NOT NULL CHECK (kind IN ('audited-checkpoint', 'canaries')),
  auditor TEXT NOT NULL CHECK (length(auditor) BETWEEN 1 AND 64),
  -- Size of an audited checkpoint; number of canaries.
  n       INTEGER NOT NULL CHECK (n > 0),
  origin  TEXT NOT NULL CHECK (length(origin) <= 200),
  record  BLOB NOT NULL CHECK (length(record) BETWEEN 1 AND 65536),
  CHECK ((origin = '') = (kind = 'canaries'))
) STRICT;

CREATE INDEX auditor_statement_by_kind ON auditor_statement (kind, origin, n);

CREATE TRIGGER auditor_statement_is_never_changed BEFORE UPDATE ON auditor_statement
BEGIN SELECT raise(ABORT, 'a statement is never changed'); END;
