-- The way back: what the citizen writes after the tip, what the unit has not seen yet, and codes that were changed.

-- 1 for what the holder of the code wrote: wrapped to units alone, never shown in the mailbox.
ALTER TABLE envelope ADD COLUMN from_citizen INTEGER NOT NULL DEFAULT 0 CHECK (from_citizen IN (0, 1));

-- Marks of a thread in which the citizen has written.
CREATE TABLE thread (
  tip     INTEGER PRIMARY KEY REFERENCES tip (seq),
  -- The unit that holds the tip; follows an acknowledged transfer.
  unit    TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  -- Number of the citizen's newest envelope, and up to which one the unit has seen.
  arrived INTEGER NOT NULL CHECK (arrived > 0),
  seen    INTEGER NOT NULL DEFAULT 0 CHECK (seen >= 0)
) STRICT;

CREATE INDEX thread_unread ON thread (unit, tip) WHERE arrived > seen;

-- The idempotency key of a citizen's step and the exact answer that a replay gets again.
CREATE TABLE citizen_acceptance (
  tip    INTEGER NOT NULL REFERENCES tip (seq),
  key    BLOB NOT NULL CHECK (length(key) = 32),
  no     INTEGER NOT NULL CHECK (no > 1),
  -- Day in UTC+7 of a message; null for other steps. Counts against the day's limit.
  day    TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  answer BLOB NOT NULL,
  PRIMARY KEY (tip, key)
) STRICT, WITHOUT ROWID;

-- A changed code: from event `no` on this key signs the citizen's steps. The old mailbox row is replaced, its locator opens nothing.
CREATE TABLE author_key (
  tip        INTEGER NOT NULL REFERENCES tip (seq),
  no         INTEGER NOT NULL CHECK (no > 1),
  author_key BLOB NOT NULL CHECK (length(author_key) = 32),
  -- Exact facts that the old key signed by their hash.
  facts      BLOB NOT NULL CHECK (length(facts) BETWEEN 1 AND 4096),
  PRIMARY KEY (tip, no)
) STRICT, WITHOUT ROWID;
