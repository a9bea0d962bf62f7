import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from '../../src/features/mailbox/open-mailbox.ts';
import { listen } from '../../src/instance/listen.ts';
import { tilePath, tileWidth } from '../../src/ledger/tiles.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { logContext } from '../../src/protocol/checkpoint-check.ts';
import { encodeEvidence } from '../../src/protocol/evidence.ts';
import { verifyMailboxLog } from '../../src/protocol/mailbox-proof.ts';
import { parseAnswer } from '../../src/protocol/promise.ts';
import { deriveMailbox, generateReceiptCode } from '../../src/protocol/receipt-code.ts';
import { type Receipt, sealReceiptFile } from '../../src/protocol/receipt-file.ts';
import { encodePins } from '../../src/protocol/root.ts';
import { type SentTip, sendTip } from '../fixtures/citizen.ts';
import { freePort } from '../fixtures/free-port.ts';
import { type Instance, openInstance, TO_HIEU } from '../fixtures/instance.ts';
import { testWitness, type WithLog, withLog } from '../fixtures/ledger.ts';
import { type CliRun, tinkin } from './support.ts';

let instance: Instance;
let server: Awaited<ReturnType<typeof listen>>;
let log: WithLog;
let site: string;
let code: string;
let sent: SentTip;
const at = (name: string) => join(instance.folder, name);

/** Keeps a receipt of a tip as a file; `change` makes another one of it. */
async function keep(name: string, of: SentTip, change: Partial<Receipt> = {}): Promise<string> {
  const { suite, pins } = instance;
  const { instance: id } = pins;
  const receipt = {
    instance: id,
    tip: of.tip,
    unit: TO_HIEU,
    record: of.record,
    answer: of.answer,
    ...change,
  };
  const { fileKey } = deriveMailbox(suite, code, id);
  await writeFile(at(name), sealReceiptFile(suite, fileKey, receipt));
  return at(name);
}

/** The command at the instance's moment, moved by some seconds. */
const verify = (file: string, args: readonly string[], moved = 0): Promise<CliRun> =>
  tinkin(['--json', 'receipt', 'verify', file, '--pins', at('pins.json'), ...args], {
    answers: [code],
    env: { TINKIN_DEMO_CLOCK_OFFSET: String(instance.clock.now() + moved - Math.floor(Date.now() / 1000)) },
  });

beforeAll(async () => {
  instance = await openInstance();
  const port = await freePort();
  server = await listen(instance.app, '127.0.0.1', port);
  site = `http://127.0.0.1:${port}`;
  code = generateReceiptCode(instance.suite);
  await writeFile(at('pins.json'), encodePins({ ...instance.pins, minWitnesses: 0 }));
  log = await withLog(instance, { witnesses: [testWitness(instance)] });
  instance.clock.pass(10);
  sent = await sendTip(instance);
});
afterAll(async () => {
  await server.stop(0);
  await instance.close();
});

describe('a note file', () => {
  it('whose tip the log need not have yet is left open', async () => {
    const { exit, out } = await verify(await keep('a.bin', sent), ['--site', site]);
    expect([exit, out]).toEqual([2, expect.stringContaining('cannot tell')]);
  });

  it('whose tip the log should have is a missed promise', async () => {
    const { includeBy } = parseAnswer(utf8(sent.answer)).promise.terms;
    const run = await verify(
      await keep('a.bin', sent),
      ['--site', site],
      includeBy + 1 - instance.clock.now(),
    );
    expect([run.exit, run.json()]).toEqual([1, expect.objectContaining({ kind: 'missed' })]);
  });

  it('is verified once its tip is in the log', async () => {
    await log.round();
    const run = await verify(await keep('a.bin', sent), ['--site', site]);
    const [index] = await instance.store.ledger.indicesOf(1, sent.tip);
    expect([run.exit, run.json()]).toEqual([0, expect.objectContaining({ kind: 'logged', index })]);
  });

  it('is verified from files, with the service switched off', async () => {
    const { size } = (await instance.store.ledger.published())!;
    const paths = ['checkpoint'];
    for (const level of [0, 1])
      for (let n = 0; tileWidth(level, n, size) > 0; n++)
        paths.push(tilePath({ level, n, width: tileWidth(level, n, size) }));
    for (const path of paths) {
      const response = await fetch(`${site}/ledger/${path}`);
      await mkdir(dirname(at(`log/${path}`)), { recursive: true });
      await writeFile(at(`log/${path}`), new Uint8Array(await response.arrayBuffer()));
    }
    const directory = await fetch(`${site}/api/directory?unit=${TO_HIEU}`);
    await writeFile(at('directory.bin'), new Uint8Array(await directory.arrayBuffer()));
    const offline = ['--directory', at('directory.bin'), '--log-dir', at('log')];
    expect((await verify(await keep('a.bin', sent), offline)).exit).toBe(0);
    expect(
      (await verify(at('a.bin'), ['--directory', at('directory.bin'), '--log-dir', at('none')])).exit,
    ).toBe(2);
    expect((await verify(at('a.bin'), offline.slice(0, 2))).exit).toBe(2);
  });

  it('with the promise of another tip is refused', async () => {
    const other = await sendTip(instance);
    const { exit, json } = await verify(await keep('b.bin', sent, { answer: other.answer }), [
      '--site',
      site,
    ]);
    expect([exit, json()]).toEqual([1, { error: expect.objectContaining({ code: 'promise_leaf' }) }]);
  });

  it('is opened by its own code alone', async () => {
    const file = await keep('a.bin', sent);
    code = generateReceiptCode(instance.suite);
    const { exit, out } = await verify(file, ['--site', site]);
    expect([exit, out]).toEqual([1, expect.stringContaining('receipt_malformed')]);
  });
});

describe('the file of an alarm', () => {
  const evidenceOf = async () => {
    const view = await instance.store.mailbox.view(sent.tip);
    const { steps, unit, outcome, overlay, log } = await answerOf(instance.deps, view!);
    const { crypto, ledger, instance: facts } = instance.deps;
    const verdict = verifyMailboxLog(
      instance.suite,
      logContext(crypto, { logOrigin: facts.logOrigin, ledgerKey: ledger.publicKey, witnesses: [] }, 0),
      { tip: sent.tip, told: { stage: 'archived', overlay, outcome, unit }, steps, log },
      { promise: null, head: null },
      instance.clock.now(),
    );
    if (verdict.kind !== 'alarm') throw new Error(verdict.kind);
    return verdict.evidence;
  };

  it('proves to anybody with the directory what it says', async () => {
    await writeFile(at('doi-chieu.json'), encodeEvidence(await evidenceOf()));
    const run = await verify(at('doi-chieu.json'), ['--site', site, '--evidence']);
    expect([run.exit, run.json()]).toEqual([
      1,
      expect.objectContaining({ kind: 'proven', code: 'state_mismatch' }),
    ]);
  });

  it('that says something else than it shows proves nothing', async () => {
    await writeFile(at('doi-chieu.json'), encodeEvidence({ ...(await evidenceOf()), code: 'log_fork' }));
    expect((await verify(at('doi-chieu.json'), ['--site', site, '--evidence'])).exit).toBe(2);
  });
});
