-- What retention has shredded. A row here is what lets the rows of a tip be emptied; it is written in the same transaction, after the
-- event `shredded` that two people signed.

CREATE TABLE shredded (
  tip   INTEGER PRIMARY KEY REFERENCES tip (seq),
  -- Number of the event `shredded`, and up to which one everything before it is emptied.
  no    INTEGER NOT NULL,
  up_to INTEGER NOT NULL CHECK (up_to > 0 AND up_to < no),
  rule  TEXT NOT NULL CHECK (length(rule) BETWEEN 1 AND 40),
  FOREIGN KEY (tip, no) REFERENCES event (chain, no)
) STRICT;

CREATE TRIGGER shredded_tip_is_archived BEFORE INSERT ON shredded
WHEN NOT EXISTS (SELECT 1 FROM tip WHERE seq = new.tip AND stage = 'archived' AND outcome IS NOT NULL AND pending = 0 AND transfer_to IS NULL)
BEGIN SELECT raise(ABORT, 'only a concluded tip is shredded'); END;

CREATE TRIGGER shredded_is_never_changed BEFORE UPDATE ON shredded
BEGIN SELECT raise(ABORT, 'what was shredded stays shredded'); END;

CREATE TRIGGER shredded_is_never_deleted BEFORE DELETE ON shredded
BEGIN SELECT raise(ABORT, 'what was shredded stays shredded'); END;

-- Events, envelopes and attachments stay as they came, but for what a row above covers: that can only be emptied.
DROP TRIGGER event_is_never_changed;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
WHEN NOT (EXISTS (SELECT 1 FROM shredded s WHERE s.tip = old.chain AND old.no <= s.up_to)
  AND new.seq = old.seq AND new.chain = old.chain AND new.no = old.no AND new.prev IS old.prev AND new.type = old.type
  AND new.leaf = old.leaf AND new.hour IS old.hour AND new.day IS old.day AND new.at IS old.at
  AND new.record = x'' AND new.citizen_part = x'' AND new.restricted_part = x'')
BEGIN SELECT raise(ABORT, 'an event is never changed'); END;

DROP TRIGGER envelope_is_never_changed;
CREATE TRIGGER envelope_is_never_changed BEFORE UPDATE ON envelope
WHEN NOT (EXISTS (SELECT 1 FROM shredded s WHERE s.tip = old.tip)
  AND new.seq = old.seq AND new.tip = old.tip AND new.no = old.no AND new.kind = old.kind AND new.from_citizen = old.from_citizen
  AND new.core = x'' AND new.seal = x'' AND new.body = x'' AND new.manifest IS NULL)
BEGIN SELECT raise(ABORT, 'an envelope is never changed'); END;

DROP TRIGGER upload_of_an_envelope_is_never_changed;
CREATE TRIGGER upload_of_an_envelope_is_never_changed BEFORE UPDATE ON upload
WHEN old.tip IS NOT NULL AND NOT (new.state = 'dropping' AND EXISTS (SELECT 1 FROM shredded s WHERE s.tip = old.tip))
BEGIN SELECT raise(ABORT, 'an attachment of an envelope is never changed'); END;

-- Salts of an event go only with it.
CREATE TRIGGER event_opening_is_never_changed BEFORE UPDATE ON event_opening
BEGIN SELECT raise(ABORT, 'an opening is never changed'); END;

CREATE TRIGGER event_opening_goes_with_its_tip BEFORE DELETE ON event_opening
WHEN NOT EXISTS (SELECT 1 FROM event e JOIN shredded s ON s.tip = e.chain WHERE e.seq = old.event AND e.no <= s.up_to)
BEGIN SELECT raise(ABORT, 'an opening is deleted only with its tip'); END;

CREATE TRIGGER acceptance_goes_with_its_tip BEFORE DELETE ON acceptance
WHEN NOT EXISTS (SELECT 1 FROM shredded WHERE tip = old.tip)
BEGIN SELECT raise(ABORT, 'an answer is deleted only with its tip'); END;

-- A picture of a working copy goes with its tip too; what is left is an upload that nobody claims, and housekeeping takes it.
DROP TRIGGER copy_picture_is_never_deleted;
CREATE TRIGGER copy_picture_goes_with_its_tip BEFORE DELETE ON copy_picture
WHEN NOT EXISTS (SELECT 1 FROM shredded WHERE tip = old.tip)
BEGIN SELECT raise(ABORT, 'a picture of a working copy is never deleted'); END;
