import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { linesOf } from '../../../../src/audit/text-lines.ts';
import { auditHandlers } from '../../../../src/client/console/worker/audit.ts';
import { auditReportHash, parseAudited } from '../../../../src/protocol/auditor.ts';
import { utf8 } from '../../../../src/protocol/bytes.ts';
import { sendTip } from '../../../fixtures/citizen.ts';
import { type Instance, openInstance } from '../../../fixtures/instance.ts';
import { withLog } from '../../../fixtures/ledger.ts';
import { openConsole, sitAt, type TestConsole } from './console-world.ts';

let instance: Instance;
let auditor: TestConsole;

beforeAll(async () => {
  instance = await openInstance();
  await sendTip(instance);
  await withLog(instance, { rounds: 2 });
  auditor = await openConsole(instance, 'doclap');
});
afterEach(() => vi.unstubAllGlobals());
afterAll(() => instance.close());

const verify = (report = (_done: number, _total: number): void => undefined) => {
  sitAt(auditor);
  return auditHandlers.auditVerify(auditor.state, {}, report);
};

test('a bundle is taken, opened and verified to its last line, with progress', async () => {
  const told: (readonly [number, number])[] = [];
  const { report, json } = await verify((done, total) => told.push([done, total]));
  expect(report.violations).toEqual([]);
  expect(report).toMatchObject({ ok: true, kind: 'whole', tips: 1 });
  expect(JSON.parse(json)).toEqual(report);
  expect(told.at(-1)).toEqual([report.events, report.size]);
});

test('who verified a checkpoint signs the hash of the report, and the service keeps the statement', async () => {
  const audited = await verify();
  const { statement } = await auditHandlers.auditSign(auditor.state, audited, () => undefined);
  const [row] = await instance.store.ledger.auditorStatements('audited-checkpoint');
  if (row === undefined) throw new Error('nothing was kept');
  expect(row.hash).toBe(statement);
  const signed = parseAudited(instance.suite, row.record).statement;
  expect(signed).toMatchObject({ auditor: 'doclap', size: audited.report.size, root: audited.report.root });
  expect(signed.report).toBe(auditReportHash(instance.suite, utf8(audited.json)));
});

test('a bundle that is cut on its way is refused, not called good', async () => {
  sitAt(auditor);
  const good = globalThis.fetch;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const response = await good(path, init);
    if (!path.endsWith('/bundle')) return response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return new Response(bytes.slice(0, -1));
  });
  await expect(auditHandlers.auditVerify(auditor.state, {}, () => undefined)).rejects.toMatchObject({
    code: 'audit_bundle_malformed',
  });
});

test('lines come whole, whatever pieces they arrive in', async () => {
  async function* pieces() {
    for (const byte of utf8('một\nhai\n\n')) yield Uint8Array.of(byte);
  }
  const lines: string[] = [];
  for await (const line of linesOf(pieces())) lines.push(line);
  expect(lines).toEqual(['một', 'hai', '']);
});

test.each([
  ['that are cut', 'một\nha'],
  ['without an end', 'x'.repeat(300_000)],
])('lines %s are refused', async (_what, text) => {
  async function* pieces() {
    yield utf8(text);
  }
  const read = async () => {
    for await (const _ of linesOf(pieces()));
  };
  await expect(read()).rejects.toMatchObject({ code: 'audit_bundle_malformed' });
});
