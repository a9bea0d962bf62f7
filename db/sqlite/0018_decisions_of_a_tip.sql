-- Emptying a tip empties the words of all its decisions, closed ones too.
CREATE INDEX decision_by_tip ON decision (tip);
