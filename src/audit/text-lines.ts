import { ensure } from '../protocol/errors.ts';
import { BUNDLE_LIMITS } from './lines.ts';

/** Lines of a text that comes piece by piece, without their ends. Throws `audit_bundle_malformed` for one that is too long or cut. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const bytes of source) {
    const pieces = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = pieces.pop() ?? '';
    ensure(rest.length <= BUNDLE_LIMITS.line, 'audit_bundle_malformed', 'length');
    // Delegating to a list would wait three times for each line.
    for (const piece of pieces) yield piece;
  }
  ensure(rest === '', 'audit_bundle_malformed', 'end');
}
