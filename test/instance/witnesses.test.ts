import { expect, test } from 'vitest';
import { witnessKey } from '../../src/adapters/witness/witness-key.ts';
import { witnessesOf } from '../../src/instance/witnesses.ts';
import { formatVkey, noteKey } from '../../src/ledger/note.ts';
import type { RequestLog } from '../../src/ports/deps.ts';
import { sha256 } from '../ledger/support.ts';

const url = 'http://127.0.0.1:9';
const { key } = witnessKey('chung-kien.vn', new Uint8Array(32).fill(1));
const logged: string[] = [];
const log = { service: (_level: string, event: string) => logged.push(event) } as unknown as RequestLog;

test('witnesses of the configuration are asked under their keys', () => {
  const [witness, ...others] = witnessesOf({ witnesses: [{ vkey: formatVkey(key), url }] }, {}, log);
  expect([witness?.key, others, logged]).toEqual([key, [], []]);
});

test('fewer witnesses than the pins demand are told in the log: nothing would ever be published', () => {
  witnessesOf({ witnesses: [] }, { minWitnesses: 1 }, log);
  expect(logged).toEqual(['witnesses_too_few']);
});

test('the key of a log is not taken for that of a witness', () => {
  const vkey = formatVkey(noteKey(sha256, 'tin.vn/ledger', new Uint8Array(32)));
  expect(() => witnessesOf({ witnesses: [{ vkey, url }] }, {}, log)).toThrow('verifier key of a witness');
});
