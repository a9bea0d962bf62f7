import { utf8 } from '../../../src/protocol/bytes.ts';
import type { Attack } from './attacks.ts';
import { apart, signedNote } from './forging.ts';

/** A log that lost what it had shown, and a service that does not say so. One that changes its log's name in silence stands in `colluding.ts`. */
export const ROLL_BACKS: readonly Attack[] = [
  {
    name: 'is silent about a log of its own that somebody kept a checkpoint of',
    caughtBy: 'rollBackDeclared',
    make: ({ instance, lines }) => {
      const { origin } = apart(lines).header;
      const kept = signedNote(instance, `${origin}/truoc`, 512, new Uint8Array(32).fill(7));
      return { lines, given: { notes: [utf8(kept)] } };
    },
  },
];
