import { expect, test } from 'vitest';
import type { StaffId, TipId, UnitId } from '../../src/domain/ids.ts';
import {
  attachmentPartsOf,
  recordingEndPartsOf,
  recordingPartsOf,
  seenPartsOf,
} from '../../src/domain/reader-parts.ts';

const staff = '12'.repeat(16) as StaffId;
const unit = '14-ca' as UnitId;
const tip = '34'.repeat(16) as TipId;
const id = '56'.repeat(16);
const extended = { staff, unit, name: 'Nguyễn Ánh' };
const actor = `"actor":{"staff":"${staff}","unit":"14-ca"}`;

test('readers’ events have one spelling, name ids alone, and nothing for the citizen', () => {
  const parts = [
    attachmentPartsOf(extended, tip, id),
    seenPartsOf(extended, tip, 7),
    recordingPartsOf(extended, id),
    recordingEndPartsOf(extended, id, 'nothing', 'gọi nhầm'),
  ];
  for (const { citizen } of parts) expect(citizen).toEqual({ v: 1 });
  expect(parts.map(({ restricted }) => JSON.stringify(restricted))).toEqual([
    `{"v":1,${actor},"tip":"${tip}","attachments":["${id}"]}`,
    `{"v":1,${actor},"tip":"${tip}","no":7}`,
    `{"v":1,${actor},"recording":"${id}"}`,
    `{"v":1,${actor},"recording":"${id}","end":"nothing","reason":"gọi nhầm"}`,
  ]);
});
