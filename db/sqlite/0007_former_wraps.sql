-- What opened an envelope or an epoch before something took its place. Nobody can tell from outside whether a wrap opens, so nothing that
-- did is overwritten: whoever replaces a good wrap with noise destroys nothing.

-- Wraps blocks that a re-wrap or a hand-over replaced, with the number of the tip's event that did it. Never edited, but deletable, unlike
-- what came in: retention must be able to delete them, because shredding a tip means that no block of it is left.
CREATE TABLE former_wraps (
  id          INTEGER PRIMARY KEY,
  tip         INTEGER NOT NULL,
  no          INTEGER NOT NULL,
  replaced_no INTEGER NOT NULL,
  wraps       BLOB NOT NULL,
  UNIQUE (tip, no, replaced_no),
  FOREIGN KEY (tip, no) REFERENCES envelope (tip, no),
  FOREIGN KEY (tip, replaced_no) REFERENCES event (chain, no)
) STRICT;

CREATE TRIGGER former_wraps_are_never_changed BEFORE UPDATE ON former_wraps
BEGIN SELECT raise(ABORT, 'a former block is never changed'); END;

-- A member says that the wrap made for them does not open the epoch. While the row stands a colleague may make another one. The number is
-- that of the unit's event.
CREATE TABLE broken_epoch_wrap (
  unit        TEXT NOT NULL,
  epoch       INTEGER NOT NULL,
  member      BLOB NOT NULL,
  reported_no INTEGER NOT NULL,
  PRIMARY KEY (unit, epoch, member),
  FOREIGN KEY (unit, epoch, member) REFERENCES epoch_wrap (unit, epoch, member) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Epoch wraps that were reported and replaced, with the numbers of both events of the unit.
CREATE TABLE former_epoch_wrap (
  id          INTEGER PRIMARY KEY,
  unit        TEXT NOT NULL,
  epoch       INTEGER NOT NULL,
  member      BLOB NOT NULL,
  wrap        BLOB NOT NULL,
  reported_no INTEGER NOT NULL,
  replaced_no INTEGER NOT NULL
) STRICT;

CREATE INDEX former_epoch_wrap_by_member ON former_epoch_wrap (member);

CREATE TRIGGER former_epoch_wrap_is_never_changed BEFORE UPDATE ON former_epoch_wrap
BEGIN SELECT raise(ABORT, 'a former wrap is never changed'); END;
