import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backupDatabase } from '../../../src/adapters/store/sqlite/maintenance.ts';
import { lookForRecordings } from '../../../src/features/hotline/brought-in.ts';
import { takeRecording } from '../../../src/features/hotline/take-recording.ts';
import { MAX_PART_BYTES } from '../../../src/protocol/attachment.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { parseEvent, parsePart } from '../../../src/protocol/event.ts';
import type { RecordingTaken, WireRecording } from '../../../src/protocol/wire-hotline.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, PROVINCE } from '../../fixtures/instance.ts';
import { addSwitchboard, askToEnd, askToOpen, handIn, hear } from '../../fixtures/recordings.ts';
import { mp3File, opusFile, wavFile } from '../../fixtures/sounds.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let operator: Staff;
let token: string;
let switchboard: string;

beforeEach(async () => {
  instance = await openInstance();
  operator = await signIn(instance, 'sonla.trucban');
  ({ token, id: switchboard } = await addSwitchboard(instance, PROVINCE));
});
afterEach(async () => {
  await instance.deps.recordings.close();
  await instance.close();
});

const sound = wavFile(70, { rate: 16_000 });
const taken = async (bytes = sound, headers = {}): Promise<string> =>
  (await ok<RecordingTaken>(await handIn(instance, token, bytes, headers))).recording;
const list = async (staff = operator): Promise<readonly WireRecording[]> =>
  (await ok<{ recordings: readonly WireRecording[] }>(await staff.get('/api/staff/hotline/recordings')))
    .recordings;

async function filesOf(): Promise<readonly string[]> {
  const all = await readdir(join(instance.folder, 'blobs'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
const once = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
};
const leftOfUploads = () => instance.store.connection.prepare('SELECT count(*) AS n FROM upload').get();

describe('a recording that a telephone system hands in', () => {
  test('is heard by the unit’s operator byte for byte, with the line that was called', async () => {
    const answer = await handIn(instance, token, sound, {
      'x-line': Buffer.from('Đường dây 1').toString('latin1'),
    });
    expect(answer.status).toBe(201);
    const { recording, seconds } = (await answer.json()) as RecordingTaken;
    expect(seconds).toBe(70);
    const heard = await hear(operator, recording);
    expect(heard.opened.parts).toBe(3);
    expect(Buffer.compare(heard.sound, sound)).toBe(0);
    expect(heard.meta).toEqual({ type: 'audio/wav', seconds: 70, size: sound.length, line: 'Đường dây 1' });
  });

  test.each([
    ['audio/ogg', opusFile(5)],
    ['audio/opus', opusFile(5)],
    ['audio/mpeg', mp3File(100)],
  ])('may be %s', async (type, bytes) => {
    const id = await taken(bytes, { 'content-type': type });
    expect(Buffer.compare((await hear(operator, id)).sound, bytes)).toBe(0);
  });

  test('is kept with its hour alone: no event or row tells the minute of the call', async () => {
    instance.clock.pass(1234);
    const id = await taken();
    const hour = Math.floor(instance.clock.now() / 3600);
    expect(await list()).toEqual([{ id, hour, bytes: expect.any(Number), opened: false }]);
    const event = eventsOf(instance, `unit:${PROVINCE}`).at(-1);
    expect(event?.type).toBe('recording_received');
    expect(parseEvent(new Uint8Array(event?.record ?? [])).header.time).toEqual({ at: hour * 3600 });
    expect(parsePart(new Uint8Array(event?.restrictedPart ?? []))).toMatchObject({
      recording: id,
      from: switchboard,
    });
  });

  test('lies on the disk sealed, nowhere in plaintext', async () => {
    await taken();
    const canary = Buffer.from(sound.subarray(5000, 5064));
    const files = [
      ...(await filesOf()),
      join(instance.folder, 'tinkin.sqlite'),
      join(instance.folder, 'tinkin.sqlite-wal'),
    ];
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect([file, (await readFile(file)).includes(canary)]).toEqual([file, false]);
  });

  test('is refused without a token that counts, whatever is wrong with it', async () => {
    const refused = { status: 403, code: 'switchboard_refused' };
    expect(await refusal(await handIn(instance, toBase64Url(new Uint8Array(32)), sound))).toEqual(refused);
    expect(await refusal(await handIn(instance, 'x', sound))).toEqual(refused);
    expect(await refusal(await handIn(instance, token, sound, { authorization: '' }))).toEqual(refused);
    expect(await refusal(await handIn(instance, token, sound, { authorization: `Upload ${token}` }))).toEqual(
      refused,
    );
  });

  test('is refused when the unit has no operator who could hear it', async () => {
    const other = await addSwitchboard(instance, MOC_CHAU);
    const answer = await refusal(await handIn(instance, other.token, sound));
    expect(answer).toEqual({ status: 409, code: 'operator_missing' });
  });

  test.each([
    ['of a kind that is not taken', sound, { 'content-type': 'audio/aac' }, 415, 'recording_format'],
    ['without a type', sound, { 'content-type': '' }, 415, 'recording_format'],
    ['that lies about its kind', sound, { 'content-type': 'audio/mpeg' }, 415, 'recording_format'],
    ['that is no sound', new Uint8Array(5000).fill(65), {}, 415, 'recording_format'],
    ['cut short', sound.subarray(0, 1_500_000), {}, 400, 'recording_cut'],
    [
      'with fewer bytes than told',
      sound.subarray(0, 900_000),
      { 'content-length': String(sound.length) },
      400,
      'recording_cut',
    ],
    ['of nothing', new Uint8Array(0), {}, 400, 'recording_cut'],
    ['of half an hour and a second', wavFile(0, { data: 16_000 * 1801 }), {}, 413, 'recording_long'],
    ['of 1 GB', sound, { 'content-length': '1000000000' }, 413, 'body_too_large'],
    ['whose length nobody knows', sound, { 'content-length': '' }, 400, 'bad_request'],
    ['with a length that is none', sound, { 'content-length': '12e3' }, 400, 'bad_request'],
    ['with an endless line', sound, { 'x-line': '1'.repeat(41) }, 400, 'field_invalid'],
  ])('is refused: %s; and nothing of it stays', async (_, bytes, headers, status, code) => {
    expect(await refusal(await handIn(instance, token, bytes, headers))).toMatchObject({ status, code });
    expect(await list()).toEqual([]);
    expect(await filesOf()).toEqual([]);
    expect(leftOfUploads()).toEqual({ n: 0 });
  });

  test('that breaks off leaves nothing, and its place in the sealer is free again', async () => {
    for (let call = 0; call < 6; call++) {
      let sentOnce = false;
      const broken = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (sentOnce) controller.error(new Error('line dropped'));
          else controller.enqueue(sound.slice(0, 1_200_000));
          sentOnce = true;
        },
      });
      const answer = await handIn(instance, token, broken, { 'content-length': String(sound.length) });
      expect(await refusal(answer)).toMatchObject({ status: 400, code: 'recording_cut' });
    }
    expect(await filesOf()).toEqual([]);
    expect(leftOfUploads()).toEqual({ n: 0 });
  });

  test('is refused with its own error when the disk has no room, and calls go on', async () => {
    const full = await openInstance((deps) => ({
      limits: { ...deps.limits, diskReserve: Number.MAX_SAFE_INTEGER },
    }));
    try {
      const { token: other } = await addSwitchboard(full, PROVINCE);
      expect(await refusal(await handIn(full, other, sound))).toMatchObject({
        status: 507,
        code: 'storage_full',
      });
    } finally {
      await full.close();
    }
  });
});

describe('hearing a recording', () => {
  test('is recorded in the operator’s own chain before anything is told', async () => {
    const id = await taken();
    await hear(operator, id);
    const event = eventsOf(instance, `reader:${operator.person.id}`).at(-1);
    expect(event?.type).toBe('recording_opened');
    expect(parsePart(new Uint8Array(event?.restrictedPart ?? []))).toMatchObject({ recording: id });
    expect((await list())[0]?.opened).toBe(true);
  });

  test('needs the role of an operator', async () => {
    await taken();
    const officer = await signIn(instance, 'sonla.canbo');
    expect(await refusal(await officer.get('/api/staff/hotline/recordings'))).toMatchObject({
      code: 'forbidden',
    });
  });

  test('is refused for one that does not exist, as for one that was not sealed to this operator', async () => {
    const unknown = await refusal(await askToOpen(operator, 'ab'.repeat(16)));
    expect(unknown).toEqual({ status: 404, code: 'recording_unknown' });
  });

  test('gives its parts only to the session that opened it', async () => {
    const id = await taken();
    const part = (no: number | string) => `/api/staff/hotline/recordings/${id}/parts/${no}`;
    expect(await refusal(await operator.get(part(0)))).toEqual({ status: 409, code: 'not_read' });
    await ok(await askToOpen(operator, id));
    const first = await operator.get(part(0));
    expect((await first.arrayBuffer()).byteLength).toBe(MAX_PART_BYTES);
    expect(await refusal(await operator.get(part(3)))).toMatchObject({ code: 'field_invalid', field: 'no' });
    expect(await refusal(await operator.get(part('-1')))).toMatchObject({ code: 'field_invalid' });
  });

  test('takes an event that names this recording and is signed by this operator', async () => {
    const [one, other] = [await taken(), await taken(opusFile(3), { 'content-type': 'audio/ogg' })];
    const signer = instance.person('sonla.truong').secrets.sign;
    expect(await refusal(await askToOpen(operator, one, { signer }))).toMatchObject({
      code: 'event_signature',
    });
    const restricted = { v: 1, actor: { staff: operator.person.id, unit: PROVINCE }, recording: other };
    expect(await refusal(await askToOpen(operator, one, { restricted }))).toMatchObject({
      code: 'event_invalid',
    });
  });
});

describe('a recording that was written down', () => {
  test('is gone: no key, hash, particular or sound of it is in file, log or blobs, and no later backup has any, and nobody opens it', async () => {
    const id = await taken();
    const { opened } = await hear(operator, id);
    const blob = (await filesOf()).find((name) => name.endsWith(id)) ?? '';
    const sealed = await readFile(blob);
    const traces = [
      ...[fromBase64Url(opened.wrap).subarray(100, 164), fromBase64Url(opened.meta).subarray(50, 114)],
      ...[
        Buffer.from(opened.root, 'hex'),
        Buffer.from(opened.hashes[1] ?? '', 'hex'),
        sealed.subarray(9000, 9064),
      ],
    ].map((bytes) => Buffer.from(bytes));
    const place = (name: string) => join(instance.folder, name);
    const before = Buffer.concat([
      await readFile(place('tinkin.sqlite')),
      await readFile(place('tinkin.sqlite-wal')),
      sealed,
    ]);
    for (const trace of traces) expect(before.includes(trace)).toBe(true);

    await ok(await askToEnd(operator, id));

    expect(await list()).toEqual([]);
    expect(await filesOf()).toEqual([]);
    for (const name of ['tinkin.sqlite', 'tinkin.sqlite-wal', 'tinkin.sqlite-shm']) {
      const bytes = await readFile(place(name)).catch(() => Buffer.alloc(0));
      expect(traces.map((trace) => bytes.includes(trace))).toEqual(traces.map(() => false));
    }
    backupDatabase(place('tinkin.sqlite'), place('later.sqlite'));
    const later = await readFile(place('later.sqlite'));
    expect(traces.map((trace) => later.includes(trace))).toEqual(traces.map(() => false));
    expect(await refusal(await askToOpen(operator, id))).toMatchObject({ code: 'recording_unknown' });
    const part = await operator.get(`/api/staff/hotline/recordings/${id}/parts/0`);
    expect(await refusal(part)).toMatchObject({ code: 'recording_unknown' });
    expect(await refusal(await askToEnd(operator, id))).toMatchObject({ code: 'recording_unknown' });
  });

  test('leaves an event that says how it ended, and names no tip', async () => {
    const id = await taken();
    await ok(await askToEnd(operator, id, 'nothing', 'nghe như gọi nhầm số'));
    const event = eventsOf(instance, `reader:${operator.person.id}`).at(-1);
    expect(event?.type).toBe('recording_ended');
    expect(parsePart(new Uint8Array(event?.restrictedPart ?? []))).toEqual({
      ...{ v: 1, actor: { staff: operator.person.id, unit: PROVINCE } },
      ...{ recording: id, end: 'nothing', reason: 'nghe như gọi nhầm số' },
    });
  });

  test('needs a reason when no tip came of it, and none otherwise', async () => {
    const id = await taken();
    const wrong = { code: 'field_invalid', field: 'reason' };
    expect(await refusal(await askToEnd(operator, id, 'nothing', ''))).toMatchObject(wrong);
    expect(await refusal(await askToEnd(operator, id, 'transcribed', 'vì thế'))).toMatchObject(wrong);
    expect(await list()).toHaveLength(1);
  });
});

test('open consoles of the unit are told when recordings come, are opened and go, and of nothing in them', async () => {
  const heard: unknown[] = [];
  const end = instance.deps.live.subscribe(PROVINCE, 'calls', (event) => heard.push(event));
  const id = await taken();
  await ok(await askToOpen(operator, id));
  await ok(await askToEnd(operator, id));
  end();
  expect(heard).toEqual([1, 2, 3].map(() => ({ kind: 'recordings_changed' })));
});

test('a recording that another process brought in is told of at the next look, once, to its unit alone', async () => {
  await taken();
  const told: unknown[] = [];
  const look = lookForRecordings(instance.deps);
  await look();
  const end = instance.deps.live.watch((unit, event) => told.push([unit, event]));
  await look();
  expect(told).toEqual([]);
  await takeRecording(instance.deps, {
    unit: PROVINCE,
    from: 'import',
    declared: null,
    line: '',
    length: sound.length,
    sound: once(sound),
  });
  await look();
  await look();
  end();
  expect(told).toEqual([[PROVINCE, { kind: 'recordings_changed' }]]);
});
