-- Urgent is what somebody ticked as such and what is P1, ticked or not (`isUrgentTip` in src/domain/priority.ts). The index holds the tips
-- of that kind that nobody took up, oldest first, and no others.
DROP INDEX tip_urgent_untaken;
CREATE INDEX tip_untaken ON tip (t0, seq) WHERE stage = 'submitted' AND (urgent = 1 OR priority = 'P1');

-- How far the alarm of such a tip has climbed, so that a restart goes on from there. No time is in it: the moment of a submission is kept
-- nowhere. A row ends with the alarm, in the very change that takes the tip up.
CREATE TABLE alarm (
  tip             INTEGER PRIMARY KEY REFERENCES tip (seq),
  -- Rungs of the ladder that were told.
  rungs           INTEGER NOT NULL CHECK (rungs BETWEEN 0 AND 9),
  -- 1 once the unit above was told that no console of the unit is open.
  no_console      INTEGER NOT NULL CHECK (no_console IN (0, 1)),
  acknowledged_by BLOB REFERENCES staff (id)
) STRICT;

CREATE TRIGGER alarm_ends_with_its_tip AFTER UPDATE OF stage, priority ON tip
WHEN old.stage = 'submitted' AND NOT (new.stage = 'submitted' AND (new.urgent = 1 OR new.priority = 'P1'))
BEGIN DELETE FROM alarm WHERE tip = new.seq; END;
