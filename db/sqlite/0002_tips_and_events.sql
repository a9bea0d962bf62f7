-- Tips, what was sealed, and the signed events that record every change.
--
-- `tip.seq` is the key inside; `tip.id` is the random handle outside. `tip.version` is the number of the tip's last event: a deferred
-- foreign key demands that this event exists, and a trigger that it grows, so no statement can change a tip without its event.
-- A tip's unit is not a foreign key: a citizen whose unit the signed directory lists is never turned away because `unit` lags behind it.

CREATE TABLE tip (
  seq           INTEGER PRIMARY KEY,
  id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  version       INTEGER NOT NULL CHECK (version > 0),
  unit          TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  t0            INTEGER NOT NULL CHECK (t0 > 0),
  channel       TEXT NOT NULL CHECK (length(channel) BETWEEN 1 AND 32),
  assurance     TEXT NOT NULL CHECK (assurance IN ('e2ee', 'server-sealed', 'operator')),
  urgent        INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  conduct_group TEXT NOT NULL CHECK (length(conduct_group) BETWEEN 1 AND 32),
  author_key    BLOB NOT NULL CHECK (length(author_key) = 32),
  stage         TEXT NOT NULL CHECK (length(stage) BETWEEN 1 AND 32),
  overlay       TEXT NOT NULL CHECK (length(overlay) BETWEEN 1 AND 32),
  priority      TEXT NOT NULL CHECK (priority IN ('P1', 'P2', 'P3', 'P4')),
  legal_kind    TEXT CHECK (length(legal_kind) BETWEEN 1 AND 40),
  conduct       TEXT CHECK (length(conduct) BETWEEN 1 AND 40),
  outcome       TEXT CHECK (length(outcome) BETWEEN 1 AND 40),
  assignee      BLOB REFERENCES staff (id),
  -- The unit that a transfer is on its way to.
  transfer_to   TEXT CHECK (length(transfer_to) BETWEEN 1 AND 40),
  -- 1 while a two-person step waits for its second person.
  pending       INTEGER NOT NULL DEFAULT 0 CHECK (pending IN (0, 1)),
  -- Earliest due second of the running clocks; the largest safe integer when none runs, so that such tips sort last.
  due           INTEGER NOT NULL,
  -- A plain column and not a generated one, because no index over a generated column answers without reading the rows.
  open          INTEGER NOT NULL DEFAULT 1 CHECK (open = (stage NOT IN ('notified', 'archived'))),
  FOREIGN KEY (seq, version) REFERENCES event (chain, no) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- One index for each list of the console; every one ends with the list's order, so a page is one range.
CREATE INDEX tip_open ON tip (unit, due, seq) WHERE open = 1;
CREATE INDEX tip_open_stage ON tip (unit, stage, due, seq) WHERE open = 1;
CREATE INDEX tip_open_priority ON tip (unit, priority, due, seq) WHERE open = 1;
CREATE INDEX tip_open_assignee ON tip (unit, assignee, due, seq) WHERE open = 1 AND assignee IS NOT NULL;
CREATE INDEX tip_incoming ON tip (transfer_to, due, seq) WHERE transfer_to IS NOT NULL;
CREATE INDEX tip_pending ON tip (unit, due, seq) WHERE pending = 1;
CREATE INDEX tip_suspended ON tip (unit) WHERE overlay = 'suspended';
CREATE INDEX tip_closed ON tip (unit, t0, seq) WHERE open = 0;
CREATE INDEX tip_all ON tip (unit, t0, seq);
CREATE INDEX tip_urgent_untaken ON tip (t0) WHERE urgent = 1 AND stage = 'submitted';

CREATE TRIGGER tip_keeps_what_came_in BEFORE UPDATE OF seq, id, t0, channel, assurance, urgent, conduct_group, author_key ON tip
BEGIN SELECT raise(ABORT, 'what came in is never edited'); END;

CREATE TRIGGER tip_changes_with_an_event BEFORE UPDATE ON tip WHEN new.version <= old.version
BEGIN SELECT raise(ABORT, 'a tip changes only with its event'); END;

CREATE TRIGGER tip_is_never_deleted BEFORE DELETE ON tip
BEGIN SELECT raise(ABORT, 'a tip is never deleted'); END;

-- What events are about besides tips: `reader:…`, `staff:…`, `unit:…`, `directory`. Keys are negative, a tip's are positive.
CREATE TABLE subject (
  seq  INTEGER PRIMARY KEY CHECK (seq < 0),
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 80 AND name NOT GLOB 'tip:*')
) STRICT;

-- Signed events in order of commitment. A chain is a tip or a subject, by its key.
CREATE TABLE event (
  seq             INTEGER PRIMARY KEY,
  chain           INTEGER NOT NULL CHECK (chain <> 0),
  tip             INTEGER GENERATED ALWAYS AS (iif(chain > 0, chain, NULL)) VIRTUAL,
  subject         INTEGER GENERATED ALWAYS AS (iif(chain < 0, chain, NULL)) VIRTUAL,
  no              INTEGER NOT NULL CHECK (no > 0),
  -- Number and leaf of the event before it: foreign keys, so that an event joins its chain's head or is refused.
  before          INTEGER GENERATED ALWAYS AS (nullif(no - 1, 0)) VIRTUAL,
  prev            BLOB CHECK (length(prev) = 32),
  type            TEXT NOT NULL CHECK (length(type) BETWEEN 1 AND 40),
  leaf            BLOB NOT NULL CHECK (length(leaf) = 32),
  -- Exactly one: an hour for a submission, a day for other acts of citizens, seconds for staff.
  hour            INTEGER,
  day             TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  at              INTEGER,
  record          BLOB NOT NULL,
  citizen_part    BLOB NOT NULL,
  restricted_part BLOB NOT NULL,
  UNIQUE (chain, no),
  UNIQUE (chain, no, leaf),
  FOREIGN KEY (chain, before, prev) REFERENCES event (chain, no, leaf),
  CHECK ((no = 1) = (prev IS NULL)),
  CHECK ((hour IS NOT NULL) + (day IS NOT NULL) + (at IS NOT NULL) = 1)
) STRICT;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'an event is never changed'); END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'an event is never deleted'); END;

-- Salts apart from the events, so that shredding can delete them and backups can leave them out.
CREATE TABLE event_opening (
  event           INTEGER PRIMARY KEY REFERENCES event (seq),
  leaf_salt       BLOB NOT NULL CHECK (length(leaf_salt) = 32),
  citizen_salt    BLOB NOT NULL CHECK (length(citizen_salt) = 32),
  restricted_salt BLOB NOT NULL CHECK (length(restricted_salt) = 32)
) STRICT;

-- What was sealed, exactly as it came: number 1 of a tip's thread is the tip itself.
CREATE TABLE envelope (
  seq  INTEGER PRIMARY KEY,
  tip  INTEGER NOT NULL REFERENCES tip (seq),
  no   INTEGER NOT NULL CHECK (no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('tip', 'message')),
  core BLOB NOT NULL,
  seal BLOB NOT NULL,
  body BLOB NOT NULL,
  -- The envelope before it in the thread.
  before INTEGER GENERATED ALWAYS AS (nullif(no - 1, 0)) VIRTUAL,
  UNIQUE (tip, no),
  FOREIGN KEY (tip, before) REFERENCES envelope (tip, no),
  CHECK ((no = 1) = (kind = 'tip'))
) STRICT;

CREATE TRIGGER envelope_is_never_changed BEFORE UPDATE ON envelope
BEGIN SELECT raise(ABORT, 'an envelope is never changed'); END;

CREATE TRIGGER envelope_is_never_deleted BEFORE DELETE ON envelope
BEGIN SELECT raise(ABORT, 'an envelope is never deleted'); END;

-- Who can open an envelope now; replaced as one block by a hand-over or after a member left.
CREATE TABLE envelope_wraps (
  envelope INTEGER PRIMARY KEY REFERENCES envelope (seq),
  wraps    BLOB NOT NULL
) STRICT;

CREATE TABLE mailbox (
  tip         INTEGER PRIMARY KEY REFERENCES tip (seq),
  locator     BLOB NOT NULL UNIQUE CHECK (length(locator) = 16),
  login_key   BLOB NOT NULL CHECK (length(login_key) = 32),
  mailbox_key BLOB NOT NULL CHECK (length(mailbox_key) BETWEEN 1 AND 4096)
) STRICT;

-- The idempotency key of a submission and the exact answer that a replay gets again.
CREATE TABLE acceptance (
  tip       INTEGER PRIMARY KEY REFERENCES tip (seq),
  seal_hash BLOB NOT NULL UNIQUE CHECK (length(seal_hash) = 32),
  answer    BLOB NOT NULL
) STRICT;

CREATE TRIGGER acceptance_is_never_changed BEFORE UPDATE ON acceptance
BEGIN SELECT raise(ABORT, 'an answer is never changed'); END;

CREATE TABLE spent_challenge (
  id      TEXT PRIMARY KEY NOT NULL CHECK (length(id) BETWEEN 1 AND 200),
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX spent_challenge_by_expiry ON spent_challenge (expires);

-- Which unit holds or held a tip, and which was offered it.
CREATE TABLE custody (
  tip        INTEGER NOT NULL REFERENCES tip (seq),
  no         INTEGER NOT NULL CHECK (no > 0),
  unit       TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  status     TEXT NOT NULL CHECK (status IN ('held', 'offered', 'ended', 'returned')),
  held_from  INTEGER NOT NULL,
  held_until INTEGER CHECK (held_until >= held_from),
  PRIMARY KEY (tip, no),
  CHECK ((status IN ('held', 'offered')) = (held_until IS NULL))
) STRICT, WITHOUT ROWID;

-- Every two-person step on a tip. Approval by the proposer is impossible.
CREATE TABLE decision (
  id          INTEGER PRIMARY KEY,
  tip         INTEGER NOT NULL REFERENCES tip (seq),
  kind        TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  data        TEXT NOT NULL CHECK (json_valid(data)),
  proposed_by BLOB NOT NULL CHECK (length(proposed_by) = 16),
  -- Numbers of the tip's events that opened and closed it.
  proposed_no INTEGER NOT NULL,
  closed_by   BLOB CHECK (length(closed_by) = 16),
  closed_no   INTEGER,
  result      TEXT CHECK (result IN ('approved', 'refused')),
  CHECK ((closed_by IS NULL) = (result IS NULL) AND (closed_no IS NULL) = (result IS NULL)),
  CHECK (result IS NOT 'approved' OR closed_by <> proposed_by)
) STRICT;

CREATE UNIQUE INDEX decision_open ON decision (tip) WHERE result IS NULL;

-- The unit's register (form 294): numbers by unit and year, without gaps or duplicates.
CREATE TABLE register (
  unit     TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  year     INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 9999),
  number   INTEGER NOT NULL CHECK (number > 0),
  tip      INTEGER NOT NULL REFERENCES tip (seq),
  event_no INTEGER NOT NULL,
  PRIMARY KEY (unit, year, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX register_by_tip ON register (tip, unit);

CREATE TRIGGER register_is_never_changed BEFORE UPDATE ON register
BEGIN SELECT raise(ABORT, 'a register entry is never changed'); END;

CREATE TRIGGER register_is_never_deleted BEFORE DELETE ON register
BEGIN SELECT raise(ABORT, 'a register entry is never deleted'); END;

-- Shift hand-over notes, sealed to the unit in the console.
CREATE TABLE handover_note (
  id      INTEGER PRIMARY KEY,
  unit    TEXT NOT NULL,
  author  BLOB NOT NULL CHECK (length(author) = 16),
  at      INTEGER NOT NULL,
  sealed  BLOB NOT NULL CHECK (length(sealed) BETWEEN 1 AND 262144)
) STRICT;

CREATE INDEX handover_note_by_unit ON handover_note (unit, id);
