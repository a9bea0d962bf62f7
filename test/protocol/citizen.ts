import type { CitizenAct, CitizenMessage } from '../../src/domain/conversation.ts';
import type { Day, Hash, StaffId, TipId } from '../../src/domain/ids.ts';
import { splitCitizenStep } from '../../src/protocol/citizen-frame.ts';
import type { ExpectedCitizenStep } from '../../src/protocol/citizen-step.ts';
import {
  type BuiltCitizenStep,
  buildCitizenStep,
  type MailboxChange,
  mailboxChangedAct,
  sealCitizenMessage,
} from '../../src/protocol/citizen-step-build.ts';
import { type SealedEnvelope, sealEnvelope } from '../../src/protocol/envelope.ts';
import { changeMailboxWrap } from '../../src/protocol/mailbox-facts.ts';
import { encodeManifest } from '../../src/protocol/manifest.ts';
import type { SigningOperator, TipTarget } from '../../src/protocol/prepare.ts';
import { type MailboxKeys, mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { epochRecipient, mailboxRecipient } from '../../src/protocol/wraps.ts';
import type { SealedFile } from './tip.ts';
import { COMMUNE, PROVINCE } from './world.ts';

export const TIP = 'ab'.repeat(16) as TipId;
export const HEAD = { no: 4, leaf: '12'.repeat(32) as Hash };
export const THREAD = { no: 2, seal: '34'.repeat(32) as Hash };
export const TODAY = '2026-11-22' as Day;
export const OPERATOR = { staff: '56'.repeat(16) as StaffId, unit: PROVINCE };
const DIRECTORY = 'cd'.repeat(32) as Hash;
export const STATE = {
  unit: COMMUNE,
  stage: 'verifying',
  overlay: 'none',
  outcome: null,
} as const;

export const MESSAGE: CitizenMessage = {
  v: 1,
  from: 'citizen',
  lang: 'vi',
  text: 'Tôi nhớ thêm biển số xe',
  attachments: [],
  informant: null,
  byOperator: false,
};

/** Keys of a conversation: the sender's, and those of two units' epochs. */
export interface Talk {
  readonly suite: Suite;
  readonly keys: MailboxKeys;
  readonly readers: readonly (TipTarget & { readonly secretKey: Uint8Array })[];
}

const reader = (suite: Suite, unit: typeof COMMUNE, epoch: number, fill: number) => {
  const { publicKey, secretKey } = suite.xwingKeyPair(new Uint8Array(32).fill(fill));
  return { unit, epoch, publicKey, secretKey, directoryHash: DIRECTORY };
};

export const talk = (suite: Suite): Talk => ({
  suite,
  keys: mailboxFromMaster(suite, new Uint8Array(32).fill(1)),
  readers: [reader(suite, COMMUNE, 7, 2), reader(suite, PROVINCE, 9, 3)],
});

/** A message of the sender's, sealed to so many of the units, with files. */
export const sealMessage = (
  { suite, keys, readers }: Talk,
  to = 1,
  files: readonly SealedFile[] = [],
): SealedEnvelope =>
  sealCitizenMessage(suite, {
    instance: 'demo',
    tip: TIP,
    keys,
    thread: THREAD,
    readers: readers.slice(0, to),
    message: { ...MESSAGE, attachments: files.map(({ entry }) => entry) },
    manifest: encodeManifest(files.map(({ named }) => named)),
  });

/** A signed step of the sender's, with whatever its act needs. */
export const step = (
  { suite, keys }: Talk,
  act: CitizenAct,
  more: {
    readonly envelope?: SealedEnvelope;
    readonly operator?: SigningOperator;
    readonly change?: MailboxChange;
  } = {},
): BuiltCitizenStep =>
  buildCitizenStep(suite, {
    ...{ act, instance: 'demo', tip: TIP, head: HEAD, day: TODAY, state: STATE, keys },
    ...{ ...more, envelope: more.envelope ?? null },
  });

/** A message of the unit to the sender's mailbox. */
export const unitMessage = ({ suite, keys, readers }: Talk, no = 2): SealedEnvelope => {
  const [unit] = readers;
  if (unit === undefined) throw new Error('no unit');
  return sealEnvelope(suite, {
    ...{ kind: 'message', instance: 'demo', tip: TIP, unit: unit.unit, epoch: unit.epoch },
    ...{ directory: DIRECTORY, no, prev: DIRECTORY, content: new Uint8Array(50) },
    author: suite.ed25519KeyPair(new Uint8Array(32).fill(8)),
    recipients: [
      { id: mailboxRecipient(keys.locator), publicKey: keys.mailbox.publicKey },
      { id: epochRecipient(unit.unit, unit.epoch), publicKey: unit.publicKey },
    ],
  });
};

/** A change to a new code, with the new wraps of one message. */
export function codeChange(talking: Talk): { readonly act: CitizenAct; readonly change: MailboxChange } {
  const { suite } = talking;
  const keys = mailboxFromMaster(suite, new Uint8Array(32).fill(9));
  const rewraps = [{ no: 2, wraps: changeMailboxWrap(suite, unitMessage(talking), talking.keys, keys) }];
  return { act: mailboxChangedAct(suite, TIP, keys), change: { keys, rewraps } };
}

/** What the server expects of such a step. */
export const expected = ({ keys }: Talk, more: Partial<ExpectedCitizenStep> = {}): ExpectedCitizenStep => ({
  ...{ instance: 'demo', tip: TIP, head: HEAD, thread: THREAD, readers: [COMMUNE] },
  ...{ authorKey: keys.author.publicKey, day: TODAY, state: STATE, change: STATE, operator: null },
  ...more,
});

export const sectionsOf = (built: BuiltCitizenStep) => splitCitizenStep(built.frame(new Uint8Array(0)));
