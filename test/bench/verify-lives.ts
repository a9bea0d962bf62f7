// Child process: verifies signed lives as an auditor's verifier does, one chain in memory at a time, and tells speed and memory. Arguments:
// number of events; where signatures are checked: `nowhere`, `here` on this thread, `pool` on the others.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyHere, verifyInPool } from '../../src/adapters/crypto/ed25519.ts';
import { nodeCrypto } from '../../src/adapters/crypto/node.ts';
import { readLawData } from '../../src/audit/law.ts';
import { Multiset } from '../../src/audit/multiset.ts';
import { ChainAudit } from '../../src/audit/replay/chain-audit.ts';
import type { OpenedEvent, SignatureDue } from '../../src/audit/replay/event.ts';
import { BatchTimes } from '../../src/audit/replay/times.ts';
import type { Hash } from '../../src/domain/ids.ts';
import { eventEntry } from '../../src/ledger/entry.ts';
import { leafHash } from '../../src/ledger/leaf.ts';
import { fromHex, toHex, utf8 } from '../../src/protocol/bytes.ts';
import { checkEventParts, parseEvent } from '../../src/protocol/event.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { BEGUN, INSTANCE, LIFE, SignedLives, type SignedText } from './signed-lives.ts';

/** Signatures that wait to be checked at once. */
const IN_FLIGHT = 512;
/** Lives that are made before the clock goes on: making them is not measured. */
const MADE = 100;

const [count = '10000', where = 'nowhere'] = process.argv.slice(2);
const data = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../db/data/${name}.json`), 'utf8'));
const { law } = readLawData({
  ...{ clocks: data('clocks'), holidays: data('holidays') },
  ...{ conduct: data('conduct'), plans: data('plans'), retention: data('retention') },
});
const { sha256, blake2b512 } = nodeCrypto();
const hashes = { sha256, blake2b512 };
const lives = new SignedLives(await loadSodiumSuite(), law);
const events = Math.ceil(Number(count) / LIFE) * LIFE;
const batches = new BatchTimes();
batches.add({ from: 0, size: events, at: BEGUN + 50 * 3600, dummies: 1 });
const audit = new ChainAudit({ instance: INSTANCE, law, people: lives.people(), batches, boxes: new Map() });
const multiset = new Multiset(sha256, new Uint8Array(randomBytes(32)));
const verify = where === 'here' ? verifyHere : verifyInPool;

let index = 0;
let faults = 0;
let waiting: SignatureDue[] = [];
let checked: Promise<unknown> = Promise.resolve();

function open(text: SignedText): OpenedEvent {
  const record = utf8(text.record);
  const parsed = parseEvent(record);
  const leaf = leafHash(sha256, text.leafSalt, record);
  const { citizenHash, header } = parsed;
  const prev = header.prev === null ? null : fromHex(header.prev);
  multiset.add(index, eventEntry(sha256, leaf, { citizenHash, prev, no: header.no }));
  const { citizenSalt, restrictedSalt, citizen, restricted } = text;
  const parts = { citizenPart: utf8(citizen), restrictedPart: utf8(restricted), citizenSalt, restrictedSalt };
  checkEventParts(hashes, parsed, parts);
  return { index: index++, leaf: toHex(leaf) as Hash, parsed, citizen, restricted };
}

async function checkWaiting(): Promise<void> {
  const jobs = waiting;
  waiting = [];
  // One lot is checked while the next one is read.
  await checked;
  checked = Promise.all(
    jobs.map(({ signature, message, publicKey }) => verify(signature, message, publicKey)),
  ).then((held) => (faults += held.filter((right) => !right).length));
}

let busy = 0;
while (index < events) {
  const made = Array.from({ length: Math.min(MADE, (events - index) / LIFE) }, () => lives.life());
  const started = performance.now();
  for (const life of made) {
    audit.begin(life.subject);
    for (const text of life.events) {
      const found = audit.event(open(text));
      faults += found.faults.filter(({ check }) => check !== 'readBeforeOpen').length;
      if (where !== 'nowhere') waiting.push(...found.due);
    }
    faults += audit.end().faults.length;
    if (waiting.length >= IN_FLIGHT) await checkWaiting();
  }
  await checkWaiting();
  await checked;
  busy += performance.now() - started;
}
if (faults > 0) throw new Error(`${faults} faults in honest lives`);
process.send?.({ perSecond: events / (busy / 1000), rss: process.resourceUsage().maxRSS / 1024 });
process.disconnect?.();
