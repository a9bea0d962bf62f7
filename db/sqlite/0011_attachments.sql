-- Sealed files on their way in, and to which envelope they belong. Every blob has its row here before its first byte, so that none is
-- ever left behind: what nobody claims within a day becomes `dropping`, its blob is deleted, then the row.

CREATE TABLE upload (
  seq         INTEGER PRIMARY KEY,
  -- Also the blob's key.
  id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind        TEXT NOT NULL CHECK (kind IN ('attachment', 'recording')),
  state       TEXT NOT NULL CHECK (state IN ('open', 'complete', 'attached', 'dropping')),
  bytes       INTEGER NOT NULL CHECK (bytes > 0),
  parts       INTEGER NOT NULL CHECK (parts BETWEEN 1 AND 10000),
  -- Whole hours, as everything a citizen does.
  begun_hour  INTEGER NOT NULL CHECK (begun_hour > 0),
  root        BLOB CHECK (length(root) = 32),
  -- 32 bytes a part, joined; set when the upload is complete, in place of the rows of `upload_part`.
  part_hashes BLOB,
  -- The envelope that carries it.
  tip         INTEGER,
  no          INTEGER,
  FOREIGN KEY (tip, no) REFERENCES envelope (tip, no),
  CHECK ((tip IS NULL) = (no IS NULL)),
  CHECK ((tip IS NOT NULL) = (kind = 'attachment' AND state = 'attached')),
  CHECK ((root IS NULL) = (part_hashes IS NULL)),
  CHECK (state NOT IN ('complete', 'attached') OR root IS NOT NULL),
  CHECK (part_hashes IS NULL OR length(part_hashes) = 32 * parts)
) STRICT;

CREATE INDEX upload_unclaimed ON upload (begun_hour, bytes) WHERE state <> 'attached';
CREATE INDEX upload_by_envelope ON upload (tip, no) WHERE tip IS NOT NULL;

CREATE TRIGGER upload_of_an_envelope_is_never_changed BEFORE UPDATE ON upload WHEN old.tip IS NOT NULL
BEGIN SELECT raise(ABORT, 'an attachment of an envelope is never changed'); END;

CREATE TRIGGER upload_of_an_envelope_is_never_deleted BEFORE DELETE ON upload WHEN old.tip IS NOT NULL
BEGIN SELECT raise(ABORT, 'an attachment of an envelope is never deleted'); END;

-- Parts whose bytes are on disk, while the upload is open.
CREATE TABLE upload_part (
  upload INTEGER NOT NULL REFERENCES upload (seq),
  no     INTEGER NOT NULL CHECK (no >= 0),
  hash   BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (upload, no)
) STRICT, WITHOUT ROWID;

-- The exact manifest whose hash is in the seal; null where nothing is attached.
ALTER TABLE envelope ADD COLUMN manifest BLOB CHECK (length(manifest) BETWEEN 3 AND 8192);
