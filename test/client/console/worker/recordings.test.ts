import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordingHandlers } from '../../../../src/client/console/worker/hotline/handlers.ts';
import { concat } from '../../../../src/protocol/bytes.ts';
import type { RecordingTaken } from '../../../../src/protocol/wire-hotline.ts';
import { ok } from '../../../fixtures/http.ts';
import { type Instance, openInstance, PROVINCE } from '../../../fixtures/instance.ts';
import { addSwitchboard, handIn } from '../../../fixtures/recordings.ts';
import { wavFile } from '../../../fixtures/sounds.ts';
import { openConsole, type TestConsole } from './console-world.ts';

let instance: Instance;
let operator: TestConsole;
let id: string;
const sound = wavFile(70, { rate: 16_000 });
const nothing = (): void => undefined;

beforeEach(async () => {
  instance = await openInstance();
  const { token } = await addSwitchboard(instance, PROVINCE);
  id = (await ok<RecordingTaken>(await handIn(instance, token, sound, { 'x-line': '1800 1111' }))).recording;
  operator = await openConsole(instance, 'sonla.trucban');
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await instance.deps.recordings.close();
  await instance.close();
});

const { openRecording, recordingPart, endRecording } = recordingHandlers;
const open = () => openRecording(operator.state, { id }, nothing);
const part = (no: number) => recordingPart(operator.state, { id, no }, nothing);

test('the operator’s Worker opens a recording and gives exactly its sound, without the padding', async () => {
  const opened = await open();
  expect(opened).toEqual({ type: 'audio/wav', seconds: 70, line: '1800 1111', parts: 3 });
  const parts: Uint8Array[] = [];
  for (let no = 0; no < opened.parts; no++) parts.push(await part(no));
  expect(Buffer.compare(concat(...parts), sound)).toBe(0);
});

test('parts are not given before the recording was opened, nor beyond its last, nor after it ended', async () => {
  await expect(part(0)).rejects.toMatchObject({ code: 'not_read' });
  await open();
  await expect(part(99)).rejects.toMatchObject({ code: 'part_size' });
  await endRecording(operator.state, { id, end: 'nothing', reason: 'chỉ có tiếng gió' }, nothing);
  await expect(part(0)).rejects.toMatchObject({ code: 'not_read' });
  await expect(open()).rejects.toMatchObject({ code: 'recording_unknown' });
});

test('a part that the service exchanged is noticed', async () => {
  await open();
  const { blobs } = instance.deps;
  const { body } = (await blobs.read(id)) ?? {};
  const bytes = new Uint8Array(await new Response(body).arrayBuffer());
  bytes[5000] = (bytes[5000] ?? 0) ^ 1;
  await blobs.delete(id);
  await blobs.create(id);
  await blobs.putPart(id, 0, new Blob([bytes]).stream());
  await blobs.commit(id, 1);
  await expect(part(0)).rejects.toMatchObject({ code: 'part_corrupt' });
  expect((await part(1)).length).toBe(1024 * 1024);
});

test('a service that forgot who opened what is told once more, by another signed event', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await open();
  // The session stays in use; an opening counts for an hour.
  for (let time = 0; time < 5; time++) {
    instance.clock.pass(750);
    vi.setSystemTime(Date.now() + 750_000);
    await operator.staff.get('/api/staff/hotline/recordings');
  }
  const before = (await instance.store.triage.head(`reader:${operator.staff.person.id}`)).no;
  expect((await part(0)).length).toBe(1024 * 1024);
  expect((await instance.store.triage.head(`reader:${operator.staff.person.id}`)).no).toBe(before + 1);
});
