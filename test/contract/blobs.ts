import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Blobs } from '../../src/ports/blobs.ts';

export interface OpenedBlobs {
  readonly blobs: Blobs;
  close(): Promise<void>;
}

const key = () => randomBytes(16).toString('hex');
const bytes = (length: number) => new Uint8Array(randomBytes(length));
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

/** A stream that gives the bytes in pieces. */
function stream(data: Uint8Array, piece = 1_000): ReadableStream<Uint8Array> {
  let position = 0;
  return new ReadableStream({
    pull(controller) {
      if (position >= data.length) return controller.close();
      controller.enqueue(data.slice(position, position + piece));
      position += piece;
    },
  });
}

async function collect(found: Awaited<ReturnType<Blobs['read']>>): Promise<Uint8Array | null> {
  return found === null ? null : new Uint8Array(await new Response(found.body as BodyInit).arrayBuffer());
}

/** What every adapter of the Blobs port must do. */
export function describeBlobsContract(name: string, makeBlobs: () => Promise<OpenedBlobs>): void {
  const test = (body: (blobs: Blobs) => Promise<void>) => async () => {
    const opened = await makeBlobs();
    try {
      await body(opened.blobs);
    } finally {
      await opened.close();
    }
  };

  /** A committed blob of these parts. */
  const committed = async (blobs: Blobs, parts: readonly Uint8Array[], as = key()) => {
    await blobs.create(as);
    for (const [index, part] of parts.entries()) await blobs.putPart(as, index, stream(part));
    await blobs.commit(as, parts.length);
    return as;
  };

  describe(`${name} keeps the Blobs contract`, () => {
    it(
      'says how much room there is, or that nobody can tell',
      test(async (blobs) => {
        const room = await blobs.room();
        if (room !== null) expect(room).toBeGreaterThan(0);
      }),
    );

    it(
      'gives back what was written in parts, in their order',
      test(async (blobs) => {
        const parts = [bytes(70_000), bytes(1), bytes(130_000)];
        const at = key();
        expect(await blobs.create(at)).toBe('created');
        for (const index of [2, 0, 1]) {
          const part = parts[index]!;
          expect(await blobs.putPart(at, index, stream(part))).toEqual({
            length: part.length,
            hash: sha256(part),
          });
        }
        expect(await blobs.commit(at, 3)).toEqual({ length: 200_001 });
        const whole = Buffer.concat(parts);
        const found = await blobs.read(at);
        expect(found?.length).toBe(200_001);
        expect(sha256((await collect(found))!)).toBe(sha256(whole));
        expect(await blobs.recordedHash(at)).toBe(sha256(whole));
      }),
    );

    it(
      'gives any range, cut to the blob’s end',
      test(async (blobs) => {
        const whole = bytes(70_000);
        const at = await committed(blobs, [whole]);
        const range = fc.tuple(fc.nat(70_000), fc.nat(80_000)).filter(([from, to]) => from <= to);
        await fc.assert(
          fc.asyncProperty(range, async ([from, to]) => {
            const found = await blobs.read(at, { from, to });
            expect(found?.length).toBe(70_000);
            expect(Buffer.compare((await collect(found))!, whole.subarray(from, to))).toBe(0);
          }),
          { numRuns: 40 },
        );
      }),
    );

    it(
      'refuses a range that is none',
      test(async (blobs) => {
        const at = await committed(blobs, [bytes(10)]);
        for (const range of [
          { from: -1, to: 5 },
          { from: 6, to: 5 },
          { from: 0.5, to: 5 },
          { from: 11, to: 20 },
        ]) {
          await expect(blobs.read(at, range)).rejects.toMatchObject({
            code: 'field_invalid',
            field: 'range',
          });
        }
      }),
    );

    it(
      'shows nothing before the commit',
      test(async (blobs) => {
        const at = key();
        await blobs.create(at);
        await blobs.putPart(at, 0, stream(bytes(10)));
        expect(await blobs.read(at)).toBeNull();
        expect(await blobs.recordedHash(at)).toBeNull();
      }),
    );

    it(
      'starts a key once, while it is written and after',
      test(async (blobs) => {
        const at = key();
        const results = await Promise.all([blobs.create(at), blobs.create(at), blobs.create(at)]);
        expect(results.filter((result) => result === 'created')).toHaveLength(1);
        await blobs.putPart(at, 0, stream(bytes(10)));
        await blobs.commit(at, 1);
        expect(await blobs.create(at)).toBe('exists');
      }),
    );

    it(
      'replaces a part that is written again',
      test(async (blobs) => {
        const at = key();
        const last = bytes(50);
        await blobs.create(at);
        await blobs.putPart(at, 0, stream(bytes(5_000)));
        await blobs.putPart(at, 0, stream(last));
        await blobs.commit(at, 1);
        expect(await collect(await blobs.read(at))).toEqual(last);
      }),
    );

    it(
      'names the first absent part and keeps the upload',
      test(async (blobs) => {
        const at = key();
        await blobs.create(at);
        for (const index of [0, 2]) await blobs.putPart(at, index, stream(bytes(10)));
        expect(await blobs.commit(at, 3)).toEqual({ missing: 1 });
        expect(await blobs.read(at)).toBeNull();
        await blobs.putPart(at, 1, stream(bytes(10)));
        expect(await blobs.commit(at, 3)).toEqual({ length: 30 });
      }),
    );

    it(
      'leaves out parts beyond the count',
      test(async (blobs) => {
        const at = key();
        await blobs.create(at);
        for (const index of [0, 1]) await blobs.putPart(at, index, stream(bytes(10)));
        expect(await blobs.commit(at, 1)).toEqual({ length: 10 });
      }),
    );

    it(
      'answers a second commit as the first',
      test(async (blobs) => {
        const at = await committed(blobs, [bytes(10)]);
        expect(await blobs.commit(at, 1)).toEqual({ length: 10 });
      }),
    );

    it(
      'keeps an empty part',
      test(async (blobs) => {
        const at = await committed(blobs, [new Uint8Array(0), bytes(3)]);
        expect((await blobs.read(at))?.length).toBe(3);
      }),
    );

    it(
      'keeps the earlier part when a later writing of it breaks off',
      test(async (blobs) => {
        const at = key();
        const whole = bytes(100);
        await blobs.create(at);
        await blobs.putPart(at, 0, stream(whole));
        const broken = new ReadableStream<Uint8Array>({
          pull(controller) {
            controller.enqueue(bytes(10));
            controller.error(new Error('line lost'));
          },
        });
        await expect(blobs.putPart(at, 0, broken)).rejects.toThrow('line lost');
        await blobs.commit(at, 1);
        expect(await collect(await blobs.read(at))).toEqual(whole);
      }),
    );

    it(
      'refuses a part beyond 5 MiB and takes one of exactly that',
      test(async (blobs) => {
        const at = key();
        const limit = 5 * 1024 * 1024;
        await blobs.create(at);
        await expect(blobs.putPart(at, 0, stream(bytes(limit + 1), 1 << 20))).rejects.toMatchObject({
          code: 'body_too_large',
        });
        expect(await blobs.commit(at, 1)).toEqual({ missing: 0 });
        expect((await blobs.putPart(at, 0, stream(bytes(limit), 1 << 20))).length).toBe(limit);
      }),
    );

    it(
      'refuses parts and commits of an upload that was never started',
      test(async (blobs) => {
        await expect(blobs.putPart(key(), 0, stream(bytes(10)))).rejects.toMatchObject({ code: 'not_found' });
        await expect(blobs.commit(key(), 1)).rejects.toMatchObject({ code: 'not_found' });
      }),
    );

    it(
      'refuses parts of a committed blob',
      test(async (blobs) => {
        const at = await committed(blobs, [bytes(10)]);
        await expect(blobs.putPart(at, 0, stream(bytes(5)))).rejects.toMatchObject({ code: 'not_found' });
        expect((await blobs.read(at))?.length).toBe(10);
      }),
    );

    it(
      'refuses part numbers and counts that are none',
      test(async (blobs) => {
        const at = key();
        await blobs.create(at);
        for (const index of [-1, 0.5, 10_000, Number.NaN]) {
          await expect(blobs.putPart(at, index, stream(bytes(1)))).rejects.toMatchObject({
            code: 'field_invalid',
          });
        }
        for (const count of [0, -1, 10_001, 1.5]) {
          await expect(blobs.commit(at, count)).rejects.toMatchObject({ code: 'field_invalid' });
        }
      }),
    );

    it(
      'refuses every key that is not 32 hex digits, so that no path can be smuggled in',
      test(async (blobs) => {
        const bad = [
          '',
          '..',
          '../../etc/passwd',
          `${key()}/`,
          key().toUpperCase().replace(/\d/g, 'A'),
          `${key()}0`,
          `${key().slice(2)}..`,
          `${key().slice(1)}\0`,
        ];
        for (const at of bad) {
          const refused = { code: 'field_invalid', field: 'key' };
          await expect(blobs.create(at)).rejects.toMatchObject(refused);
          await expect(blobs.putPart(at, 0, stream(bytes(1)))).rejects.toMatchObject(refused);
          await expect(blobs.commit(at, 1)).rejects.toMatchObject(refused);
          await expect(blobs.read(at)).rejects.toMatchObject(refused);
          await expect(blobs.delete(at)).rejects.toMatchObject(refused);
          await expect(blobs.recordedHash(at)).rejects.toMatchObject(refused);
        }
      }),
    );

    it(
      'deletes a blob or an unfinished upload, and says when there was none',
      test(async (blobs) => {
        const whole = await committed(blobs, [bytes(10)]);
        const half = key();
        await blobs.create(half);
        expect([await blobs.delete(whole), await blobs.delete(half), await blobs.delete(key())]).toEqual([
          true,
          true,
          false,
        ]);
        expect(await blobs.read(whole)).toBeNull();
        expect(await blobs.recordedHash(whole)).toBeNull();
        expect(await blobs.create(half)).toBe('created');
      }),
    );

    it(
      'lists unfinished uploads begun before a moment, never committed blobs',
      test(async (blobs) => {
        const half = key();
        await blobs.create(half);
        await committed(blobs, [bytes(10)]);
        const now = Date.now() / 1000;
        expect(await blobs.orphans(now + 60)).toEqual([half]);
        expect(await blobs.orphans(now - 3_600)).toEqual([]);
      }),
    );
  });
}
