import type { Hour } from '../../src/domain/ids.ts';
import { encodeTipContent } from '../../src/protocol/content.ts';
import { finishSubmission, type PreparedSubmission, sealTip } from '../../src/protocol/prepare.ts';
import { type MailboxKeys, mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { targetForUnit, type UnitTarget } from '../../src/protocol/target.ts';
import { verifyDirectory } from '../../src/protocol/verify-directory.ts';
import { COMMUNE, NOW, type World } from './world.ts';

export const T0 = (NOW / 3600) as Hour;

export const CONTENT = {
  v: 1,
  lang: 'vi',
  place: { province: '14', commune: '03408', name: 'Xã Chiềng La' },
  conduct: 'harbouring',
  urgent: { happeningNow: true, danger: false, minor: false },
  official: { involved: 'no', unit: null, role: null },
  excluded: [],
  what: 'Có người chứa mại dâm ở nhà nghỉ',
  when: 'tối qua',
  where: 'gần chợ',
  who: 'không rõ',
  how: 'tôi nhìn thấy',
} as const;

export interface SentTip {
  readonly keys: MailboxKeys;
  readonly target: UnitTarget;
  readonly prepared: PreparedSubmission;
}

/** A tip sealed to the commune of a world and ready to be sent. */
export function sendTip(suite: Suite, world: World, solution: Uint8Array = new Uint8Array(0)): SentTip {
  const keys = mailboxFromMaster(suite, suite.randomBytes(32));
  const directory = verifyDirectory(suite, world.pins, world.bundle, NOW);
  const target = targetForUnit(suite, directory, COMMUNE, NOW);
  const sealed = sealTip(suite, {
    instance: 'demo',
    target,
    content: encodeTipContent(CONTENT),
    keys,
    urgent: true,
    conductGroup: 'prostitution',
    channel: 'web',
    assurance: 'e2ee',
  });
  return { keys, target, prepared: finishSubmission(suite, sealed, keys, { t0: T0, solution }) };
}
