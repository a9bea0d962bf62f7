-- Marks on running clocks at which somebody is told. Neither intake nor steps write any: a sweep follows the events of tips.

-- How far a walk over the events has come: the newest event that it has seen.
CREATE TABLE walk (
  name  TEXT PRIMARY KEY NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  event INTEGER NOT NULL CHECK (event >= 0)
) STRICT, WITHOUT ROWID;

-- A running clock with its holder and its end as the sweep knows them, the level that was told last (0: none), and when the next mark is (NULL: all
-- were told).
CREATE TABLE escalation_mark (
  tip   INTEGER NOT NULL,
  clock TEXT NOT NULL,
  round INTEGER NOT NULL,
  unit  TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  due   INTEGER NOT NULL,
  told  INTEGER NOT NULL CHECK (told BETWEEN 0 AND 100),
  at    INTEGER,
  PRIMARY KEY (tip, clock, round),
  FOREIGN KEY (tip, clock, round) REFERENCES tip_clock (tip, clock, round)
) STRICT, WITHOUT ROWID;

CREATE INDEX escalation_mark_due ON escalation_mark (at, tip, clock, round) WHERE at IS NOT NULL;

-- Clocks whose end a unit was told of that does not hold the tip, while they run on.
CREATE TABLE escalated (
  unit  TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  tip   INTEGER NOT NULL,
  clock TEXT NOT NULL,
  round INTEGER NOT NULL,
  at    INTEGER NOT NULL,
  PRIMARY KEY (unit, tip, clock, round),
  FOREIGN KEY (tip, clock, round) REFERENCES escalation_mark (tip, clock, round)
) STRICT, WITHOUT ROWID;

CREATE INDEX escalated_of_clock ON escalated (tip, clock, round);
