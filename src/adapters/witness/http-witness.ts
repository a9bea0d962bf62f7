import type { NoteKey } from '../../ledger/note.ts';
import { encodeWitnessRequest } from '../../ledger/witness.ts';
import type { Witness, WitnessAnswer } from '../../ports/witness.ts';

/** Milliseconds that a witness has to answer. */
const LIMIT = 10_000;
/** Largest answer, in bytes. */
const MOST_BYTES = 64 * 1024;
/** Type of the answer that names a size. */
export const SIZE_TYPE = 'text/x.tlog.size';

/**
 * A witness elsewhere (C2SP tlog-witness): `POST <base>/add-checkpoint`. Whatever it does, slow, huge, redirected or wrong answers included,
 * comes to an answer; nothing of it is believed here.
 * @param base its address, with a path or without; `https:` or `http:`.
 */
export function httpWitness(key: NoteKey, base: string, limit = LIMIT): Witness {
  const address = `${base.replace(/\/+$/, '')}/add-checkpoint`;
  return {
    key,
    within: limit / 1000,
    async addCheckpoint(old, proof, note) {
      try {
        const response = await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: new Uint8Array(encodeWitnessRequest({ old, proof, note })),
          redirect: 'error',
          signal: AbortSignal.timeout(limit),
        });
        const text = await bounded(response);
        return text === null ? { kind: 'unreachable' } : answerOf(response, text);
      } catch {
        return { kind: 'unreachable' };
      }
    },
  };
}

const REFUSALS = [400, 403, 404, 409, 422];

function answerOf({ status, headers }: Response, text: string): WitnessAnswer {
  if (status === 200) return { kind: 'cosigned', lines: text };
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim();
  if (status === 409 && type === SIZE_TYPE) {
    const size = /^\d{1,15}\n$/.test(text) ? Number(text) : null;
    if (size !== null) return { kind: 'size', size };
  }
  return REFUSALS.includes(status) ? { kind: 'refused', status } : { kind: 'unreachable' };
}

/** The body as text, or null when it is larger than any answer may be. */
async function bounded(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
