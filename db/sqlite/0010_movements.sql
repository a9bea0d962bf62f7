-- From a flow of the balance to the tips in it: what came into a unit or left it by an act of staff. What citizens send is no row here: a
-- tip's own time and first custody say it.
CREATE TABLE movement (
  unit     TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
  kind     TEXT NOT NULL CHECK (kind IN ('came', 'reopened', 'went', 'settled', 'transferred', 'merged')),
  day      TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  tip      INTEGER NOT NULL REFERENCES tip (seq),
  -- Number of the tip's event that made it.
  event_no INTEGER NOT NULL,
  -- The other unit of a transfer; empty for the rest.
  other    TEXT NOT NULL CHECK ((other = '') = (kind NOT IN ('came', 'went'))),
  PRIMARY KEY (unit, kind, day, tip, event_no),
  FOREIGN KEY (tip, event_no) REFERENCES event (chain, no)
) STRICT, WITHOUT ROWID;

CREATE INDEX movement_by_tip ON movement (tip, unit, day, event_no);

-- Tips that left their first unit, by the time of receipt.
CREATE INDEX custody_first_left ON custody (unit, held_from, tip) WHERE no = 1 AND status = 'ended';

-- What moved before this table was there, from the events and the custody that they made.
WITH taken AS (
  SELECT e.chain AS tip, e.no AS event_no, e.at, date(e.at + 25200, 'unixepoch') AS day,
         row_number() OVER (PARTITION BY e.chain ORDER BY e.no) AS nth
    FROM event e WHERE e.chain > 0 AND e.type = 'transfer_acknowledged'),
holders AS (
  SELECT tip, unit, row_number() OVER (PARTITION BY tip ORDER BY no) AS nth FROM custody WHERE status IN ('held', 'ended')),
handed AS (
  SELECT taken.*, a.unit AS from_unit, b.unit AS to_unit
    FROM taken JOIN holders a ON a.tip = taken.tip AND a.nth = taken.nth JOIN holders b ON b.tip = taken.tip AND b.nth = taken.nth + 1)
INSERT INTO movement (unit, kind, day, tip, event_no, other)
SELECT from_unit, 'went', day, tip, event_no, to_unit FROM handed
UNION ALL SELECT to_unit, 'came', day, tip, event_no, from_unit FROM handed;

INSERT INTO movement (unit, kind, day, tip, event_no, other)
SELECT ifnull((SELECT m.unit FROM movement m WHERE m.tip = e.chain AND m.kind = 'came' AND m.event_no < e.no ORDER BY m.event_no DESC LIMIT 1),
              (SELECT c.unit FROM custody c WHERE c.tip = e.chain AND c.no = 1)),
       CASE ifnull((SELECT json_extract(d.data, '$.outcome') FROM decision d WHERE d.tip = e.chain AND d.closed_no = e.no),
                   (SELECT t.outcome FROM tip t WHERE t.seq = e.chain))
         WHEN 'duplicate' THEN 'merged' WHEN 'transferred' THEN 'transferred' ELSE 'settled' END,
       date(e.at + 25200, 'unixepoch'), e.chain, e.no, ''
  FROM event e WHERE e.chain > 0 AND e.type = 'resolved';
