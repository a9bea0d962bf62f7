-- The last day on which the heads of a unit, and of the unit above, were told that stages of its work have nobody: once a day, also after a restart.
CREATE TABLE focal_alarm (
  unit TEXT PRIMARY KEY NOT NULL,
  day  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
