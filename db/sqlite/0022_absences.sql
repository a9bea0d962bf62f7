-- When people of a unit are away: whoever stands in for them answers meanwhile. Ended, never edited.
CREATE TABLE absence (
  seq         INTEGER PRIMARY KEY,
  unit        TEXT NOT NULL,
  staff       BLOB NOT NULL REFERENCES staff (id),
  valid_from  INTEGER NOT NULL,
  -- Null while nobody knows when they come back. One that was given up before it began has both times equal.
  valid_until INTEGER CHECK (valid_until >= valid_from)
) STRICT;

CREATE INDEX absence_by_unit ON absence (unit, valid_from);
CREATE INDEX absence_of_staff ON absence (staff, valid_from);
