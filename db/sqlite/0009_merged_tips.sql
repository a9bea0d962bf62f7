-- Confirmed duplicates and the tip that each was merged into: whoever takes a tip out of the rates as a duplicate says where it lives on.
CREATE TABLE tip_merged (
  tip      INTEGER PRIMARY KEY REFERENCES tip (seq),
  into_tip INTEGER NOT NULL REFERENCES tip (seq),
  -- Number of the merged tip's event.
  event_no INTEGER NOT NULL,
  FOREIGN KEY (tip, event_no) REFERENCES event (chain, no),
  CHECK (tip <> into_tip)
) STRICT;

CREATE INDEX tip_merged_into ON tip_merged (into_tip, tip);

-- So no ring of duplicates can be made of which none is left.
CREATE TRIGGER tip_is_merged_into_one_that_is_not BEFORE INSERT ON tip_merged
WHEN EXISTS (SELECT 1 FROM tip_merged WHERE tip = new.into_tip)
BEGIN SELECT raise(ABORT, 'a merged tip takes no other'); END;

CREATE TRIGGER tip_merged_is_never_changed BEFORE UPDATE ON tip_merged
BEGIN SELECT raise(ABORT, 'a merge is never changed'); END;

CREATE TRIGGER tip_merged_is_never_deleted BEFORE DELETE ON tip_merged
BEGIN SELECT raise(ABORT, 'a merge is never deleted'); END;
