-- A tip comes under random keys, and an index over one costs a page of its own at every commit. Two said nothing new. A seal names its
-- tip, so the tip's key finds the answer to a seal; and a challenge is issued with its expiry, so both together are its key.
DROP TRIGGER acceptance_is_never_changed;
ALTER TABLE acceptance RENAME TO acceptance_by_seal;

CREATE TABLE acceptance (
  tip       INTEGER PRIMARY KEY REFERENCES tip (seq),
  seal_hash BLOB NOT NULL CHECK (length(seal_hash) = 32),
  answer    BLOB NOT NULL
) STRICT;

INSERT INTO acceptance (tip, seal_hash, answer) SELECT tip, seal_hash, answer FROM acceptance_by_seal;
DROP TABLE acceptance_by_seal;

CREATE TRIGGER acceptance_is_never_changed BEFORE UPDATE ON acceptance
BEGIN SELECT raise(ABORT, 'an answer is never changed'); END;

ALTER TABLE spent_challenge RENAME TO spent_challenge_by_id;

CREATE TABLE spent_challenge (
  expires INTEGER NOT NULL,
  id      TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 200),
  PRIMARY KEY (expires, id)
) STRICT, WITHOUT ROWID;

INSERT INTO spent_challenge (expires, id) SELECT expires, id FROM spent_challenge_by_id;
DROP TABLE spent_challenge_by_id;
