-- Pictures of working copies: uploads that belong to a copy and not to an envelope of the thread. Such an upload stays `complete`; the row here
-- is what claims it, so that housekeeping never takes it for one that nobody wants.

ALTER TABLE working_copy ADD COLUMN manifest BLOB CHECK (length(manifest) BETWEEN 3 AND 8192);

CREATE TABLE copy_picture (
  upload INTEGER PRIMARY KEY REFERENCES upload (seq),
  tip    INTEGER NOT NULL,
  no     INTEGER NOT NULL,
  FOREIGN KEY (tip, no) REFERENCES working_copy (tip, no)
) STRICT;

CREATE INDEX copy_picture_by_copy ON copy_picture (tip, no);

CREATE TRIGGER upload_of_a_copy_is_never_changed BEFORE UPDATE ON upload
WHEN EXISTS (SELECT 1 FROM copy_picture WHERE upload = old.seq)
BEGIN SELECT raise(ABORT, 'a picture of a working copy is never changed'); END;

CREATE TRIGGER upload_of_a_copy_is_never_deleted BEFORE DELETE ON upload
WHEN EXISTS (SELECT 1 FROM copy_picture WHERE upload = old.seq)
BEGIN SELECT raise(ABORT, 'a picture of a working copy is never deleted'); END;

CREATE TRIGGER copy_picture_is_never_changed BEFORE UPDATE ON copy_picture
BEGIN SELECT raise(ABORT, 'a picture of a working copy is never changed'); END;

CREATE TRIGGER copy_picture_is_never_deleted BEFORE DELETE ON copy_picture
BEGIN SELECT raise(ABORT, 'a picture of a working copy is never deleted'); END;
