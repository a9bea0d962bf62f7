import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hash, TipId, UnitId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { encodeManifest } from '../../../src/protocol/manifest.ts';
import { sealWorkingCopy } from '../../../src/protocol/working-copy.ts';
import { parseWraps } from '../../../src/protocol/wraps.ts';
import { FORM_03 } from '../../fixtures/acts.ts';
import { liveEpochOf, type SentTip, sendTip } from '../../fixtures/citizen.ts';
import { sendCitizenStep } from '../../fixtures/conversation.ts';
import { refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, SUPPORT, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { epochKeysOf, stepBody, takeStep, tipOf, tryStep, wrapsFor } from '../../fixtures/steps.ts';
import { beginUpload, type SealedFile, sealFile, uploaded } from '../../http/uploading.ts';

let instance: Instance;
let officer: Staff;
let head: Staff;
let support: Staff;
let supportHead: Staff;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  support = await signIn(instance, 'hotro.vien');
  supportHead = await signIn(instance, 'hotro.truong');
});
afterAll(() => instance.close());

async function registered(unit: UnitId = TO_HIEU): Promise<SentTip> {
  const sent = await sendTip(instance, { unit });
  await takeStep(unit === TO_HIEU ? officer : support, sent.tip, { step: 'registered' });
  return sent;
}

describe('asking back', () => {
  test('starts a clock that the citizen’s answer stops', async () => {
    const sent = await registered();
    await takeStep(officer, sent.tip, { step: 'question_posted' });
    const clocks = async () =>
      (await tipOf(officer, sent.tip)).state.clocks.filter(({ clock }) => clock === 'ask_back');
    expect(await clocks()).toMatchObject([{ stopped: null }]);
    await sendCitizenStep(instance, sent, { text: 'Tôi nhớ' });
    expect((await clocks())[0]?.stopped).not.toBeNull();
  });

  test('without a message is refused', async () => {
    const { tip } = await registered();
    const { message: _, ...body } = await stepBody(officer, tip, { step: 'question_posted' });
    const response = await officer.post(`/api/staff/tips/${tip}/steps`, body);
    expect(await refusal(response)).toMatchObject({ code: 'field_invalid', field: 'message' });
  });
});

describe('closing a thread', () => {
  test('is a leader’s, with a reason, and not twice', async () => {
    const { tip } = await registered();
    const act: Act = { step: 'thread_muted', reason: 'Lời lẽ xúc phạm' };
    await expect(tryStep(officer, tip, act)).rejects.toMatchObject({ code: 'step_forbidden' });
    await takeStep(head, tip, act);
    const again = await tryStep(head, tip, act);
    expect(await refusal(again)).toMatchObject({ code: 'step_not_allowed' });
  });
});

describe('wraps of a thread in which the citizen has written', () => {
  test('that would put the citizen’s words into a mailbox are refused', async () => {
    const sent = await registered();
    await takeStep(officer, sent.tip, { step: 'question_posted' });
    await sendCitizenStep(instance, sent, { text: 'Tôi nhớ' });
    const act: Act = {
      step: 'transfer_sent',
      toUnit: MOC_CHAU,
      ground: 'Thuộc địa bàn bên đó',
      ...FORM_03,
    };
    const wraps = (await wrapsFor(head, await tipOf(head, sent.tip), act)) ?? [];
    const ids = (block: string) => parseWraps(fromBase64Url(block)).map(({ id }) => id.split(':')[0]);
    expect(wraps.map(({ wraps: block }) => ids(block).includes('mailbox'))).toEqual([false, true, false]);
    const second = wraps.find(({ no }) => no === 2)?.wraps ?? '';
    const leaky = wraps.map((block) => (block.no === 3 ? { ...block, wraps: second } : block));
    const refused = await tryStep(head, sent.tip, act, { wraps: leaky });
    expect(await refusal(refused)).toMatchObject({ code: 'wrap_missing' });
    const sealed = wraps.map((block) =>
      block.no === 2 ? { ...block, wraps: wraps[0]?.wraps ?? '' } : block,
    );
    const lost = await tryStep(head, sent.tip, act, { wraps: sealed });
    expect(await refusal(lost)).toMatchObject({ code: 'wrap_missing' });
    await takeStep(head, sent.tip, act);
  });
});

describe('what was told to a support unit', () => {
  const pass = {
    step: 'transfer_sent',
    toUnit: TO_HIEU,
    ground: 'Cần bảo vệ',
    ...FORM_03,
  } as const;

  test('is handed to the police only after the sender’s signed yes, and no more after a no', async () => {
    const sent = await registered(SUPPORT);
    expect(await refusal(await tryStep(supportHead, sent.tip, pass))).toMatchObject({
      code: 'consent_missing',
    });
    await takeStep(support, sent.tip, { step: 'consent_asked', toUnit: TO_HIEU });
    const answer = (yes: boolean) =>
      sendCitizenStep(instance, sent, { act: { step: 'consent_answered', unit: TO_HIEU, yes } });
    await answer(true);
    await answer(false);
    expect(await refusal(await tryStep(supportHead, sent.tip, pass))).toMatchObject({
      code: 'consent_missing',
    });
    await answer(true);
    await takeStep(supportHead, sent.tip, pass);
  });

  test('cannot be asked about a unit that there is not', async () => {
    const { tip } = await registered(SUPPORT);
    const asked = await tryStep(support, tip, { step: 'consent_asked', toUnit: '14-99999-ca' as UnitId });
    expect(await refusal(asked)).toMatchObject({ code: 'unit_unknown', field: 'act.toUnit' });
  });
});

describe('a working copy at the service’s door', () => {
  interface Made {
    readonly toUnit?: UnitId;
    /** Whom it is really sealed to. */
    readonly sealedTo?: UnitId;
    readonly no?: number;
    readonly seal?: Hash;
    readonly stranger?: boolean;
    /** Pictures that the seal names. */
    readonly pictures?: readonly SealedFile[];
    /** The manifest that travels in place of the sealed one; null for none. */
    readonly manifest?: Uint8Array | null;
  }

  const PIXELS = new Uint8Array(5000).fill(7);
  const door = () => ({ app: instance.app, world: { suite: instance.suite } });

  const bodyOf = async (tip: TipId, made: Made = {}) => {
    const { suite, pins } = instance;
    const toUnit = made.toUnit ?? TO_HIEU;
    const target = async (unit: UnitId) => {
      const { n, publicKey } = await liveEpochOf(instance, unit);
      return { unit, epoch: n, publicKey, directoryHash: 'cd'.repeat(32) as Hash };
    };
    const unit = await target(TO_HIEU);
    const { voice } = await epochKeysOf(officer, unit.epoch);
    const sealedTo = made.sealedTo ?? toUnit;
    const pictures = made.pictures ?? [];
    const manifest = encodeManifest(pictures.map(({ entry }) => entry));
    const sealed = sealWorkingCopy(suite, {
      ...{ instance: pins.instance, tip, unit, manifest },
      series: { no: (made.no ?? 1) - 1, seal: (made.no ?? 1) === 1 ? null : ('ab'.repeat(32) as Hash) },
      voice: made.stranger === true ? officer.person.secrets.sign : voice,
      to: sealedTo === TO_HIEU ? null : await target(sealedTo),
      copy: {
        ...{
          v: 1,
          from: { unit: TO_HIEU, name: 'Công an' },
          day: '2026-11-23' as never,
          purpose: 'Phối hợp',
        },
        blocks: [{ field: 'what', no: 1, text: '█████' }],
        attachments: pictures.map(({ id, key, plain }, at) => ({
          ...{ id, key: toBase64Url(key), name: `anh-${at}.jpg`, type: 'image/jpeg' },
          ...{ size: plain.length, form: 'redrawn' as const },
        })),
      },
    });
    const act = {
      step: 'copy_made',
      copy: made.no ?? 1,
      seal: made.seal ?? sealed.sealHash,
      toUnit,
    } as const;
    const { event } = await stepBody(officer, tip, act);
    const copy = Object.fromEntries(
      (['core', 'seal', 'wraps', 'body'] as const).map((name) => [name, toBase64Url(sealed[name])]),
    );
    const sent = made.manifest === undefined ? manifest : made.manifest;
    return { act, event, copy: sent === null ? copy : { ...copy, manifest: toBase64Url(sent) } };
  };
  const post = async (tip: TipId, made?: Made) =>
    officer.post(`/api/staff/tips/${tip}/copies`, await bodyOf(tip, made));

  test('is taken once, when it is the next of its series', async () => {
    const { tip } = await registered();
    expect((await post(tip)).status).toBe(201);
    expect((await post(tip)).status).not.toBe(201);
  });

  test.each<[string, Made]>([
    ['sealed to another unit than the step says', { toUnit: MOC_CHAU, sealedTo: TO_HIEU }],
    ['out of its place in the series', { no: 2 }],
    ['another one than the step names', { seal: 'ab'.repeat(32) as Hash }],
    ['not of the unit’s voice', { stranger: true }],
  ])('is refused, and nothing is kept: %s', async (_name, made) => {
    const { tip } = await registered();
    const response = await post(tip, made);
    expect([response.status >= 400 && response.status < 500, response.status]).toEqual([
      true,
      response.status,
    ]);
    expect(await instance.store.copies.ofTip(tip)).toEqual([]);
    expect((await tipOf(officer, tip)).events.some(({ type }) => type === 'copy_made')).toBe(false);
  });

  test('takes the pictures that it names, once they are whole here', async () => {
    const { tip } = await registered();
    const picture = await uploaded(door(), PIXELS);
    expect((await post(tip, { pictures: [picture] })).status).toBe(201);
    const [row] = await instance.store.copies.ofTip(tip);
    expect(row?.manifest).toEqual(encodeManifest([picture.entry]));
  });

  /** What a manifest may have that is wrong, and the code that says so. */
  const WRONG: readonly (readonly [string, string, () => Promise<Made>])[] = [
    [
      'a picture that never came',
      'attachment_missing',
      async () => ({ pictures: [sealFile(door(), PIXELS)] }),
    ],
    [
      'a picture that is not whole here',
      'attachment_missing',
      async () => {
        const picture = sealFile(door(), PIXELS);
        await beginUpload(door(), picture);
        return { pictures: [picture] };
      },
    ],
    [
      'a picture that another copy has',
      'attachment_missing',
      async () => {
        const picture = await uploaded(door(), PIXELS);
        const other = await registered();
        expect((await post(other.tip, { pictures: [picture] })).status).toBe(201);
        return { pictures: [picture] };
      },
    ],
    [
      'a picture of other bytes than were uploaded',
      'attachment_missing',
      async () => {
        const picture = await uploaded(door(), PIXELS);
        return { pictures: [{ ...picture, entry: { ...picture.entry, root: 'ab'.repeat(32) as Hash } }] };
      },
    ],
    [
      'a picture that the seal does not name',
      'seal_mismatch',
      async () => ({ manifest: encodeManifest([(await uploaded(door(), PIXELS)).entry]) }),
    ],
    [
      'no picture where the seal names one',
      'seal_mismatch',
      async () => ({ pictures: [await uploaded(door(), PIXELS)], manifest: null }),
    ],
    [
      'a picture twice',
      'frame_malformed',
      async () => {
        const { entry } = sealFile(door(), PIXELS);
        return { manifest: encodeManifest([entry, entry]) };
      },
    ],
    ['no list', 'frame_malformed', async () => ({ manifest: new TextEncoder().encode('{}') })],
  ];

  test.each(WRONG)('is refused with its code, and nothing is kept: %s', async (_what, code, wrong) => {
    const { tip } = await registered();
    expect(await refusal(await post(tip, await wrong()))).toMatchObject({ code });
    expect(await instance.store.copies.ofTip(tip)).toEqual([]);
    expect((await tipOf(officer, tip)).events.some(({ type }) => type === 'copy_made')).toBe(false);
  });

  test('is nobody’s to list but the units’ that made and got it', async () => {
    const { tip } = await registered();
    await post(tip, { toUnit: MOC_CHAU });
    const receiver = await signIn(instance, 'mocchau.canbo');
    const rows = async (staff: Staff) =>
      ((await (await staff.get('/api/staff/copies')).json()) as { rows: readonly { tip: TipId }[] }).rows;
    expect((await rows(receiver)).map((row) => row.tip)).toEqual([tip]);
    expect(await rows(support)).toEqual([]);
    expect((await receiver.get(`/api/staff/tips/${tip}/copies`)).status).toBe(404);
  });
});
