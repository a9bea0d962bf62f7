import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_PART_BYTES } from '../../src/protocol/attachment.ts';
import { MAX_BODY_BYTES } from '../../src/protocol/body.ts';
import { PROTOCOL_ERROR_CODES } from '../../src/protocol/errors.ts';
import { RECEIPT_FILE_BYTES } from '../../src/protocol/file-names.ts';
import { MAX_WRAPS_BYTES } from '../../src/protocol/wraps.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const document = read('../../docs/protocol.md');
const folder = '../../src/protocol/';
const code = readdirSync(new URL(folder, import.meta.url))
  .map((name) => read(folder + name))
  .join('\n');

describe('docs/protocol.md', () => {
  it.each([...PROTOCOL_ERROR_CODES])('explains the error %s', (name) => {
    expect(document).toContain(`\`${name}\``);
  });

  it('lists every tag and context that the protocol hashes or signs with', () => {
    const tags = new Set(Array.from(code.matchAll(/'(tk1[a-z0-9_/-]+)'/g), ([, tag]) => tag));
    expect(tags.size).toBeGreaterThan(25);
    for (const tag of tags) expect(document).toContain(`\`${tag}\``);
  });

  it.each([MAX_WRAPS_BYTES, MAX_BODY_BYTES, MAX_PART_BYTES, RECEIPT_FILE_BYTES])(
    'states the limit %i',
    (limit) => {
      const grouped = limit < 10_000 ? String(limit) : String(limit).replace(/(\d)(?=(\d{3})+$)/g, '$1 ');
      expect(document).toContain(grouped);
    },
  );
});
