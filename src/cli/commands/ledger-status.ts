import type { Command } from 'commander';
import { type LogStatus, logStatus, pendingTold } from '../../instance/log-status.ts';
import { formatVkey } from '../../ledger/note.ts';
import { toHex } from '../../protocol/bytes.ts';
import type { CommandContext } from '../context.ts';
import { timesBeside, witnessesBeside } from '../log-bench.ts';
import { onInstance } from '../operator.ts';

/** A witness as the status tells of it. */
interface ToldWitness {
  readonly name: string;
  readonly vkey: string;
  /** False for one that signed before and is asked no more. */
  readonly asked: boolean;
  /** What it signed last; null for nothing yet. */
  readonly last: { readonly size: number; readonly at: number } | null;
}

/** `tinkin ledger status`: how the log stands, without changing anything; may run beside the service. */
export function registerStatus(ledger: Command, context: CommandContext): void {
  ledger
    .command('status')
    .description('name, size, newest checkpoint and its age, what waits, what each witness signed last')
    .action(async (_options: unknown, command: Command) => {
      const { status, asked, now, cadence } = await onInstance(context, command, async (bench) => ({
        status: await logStatus(bench.instance),
        asked: (await witnessesBeside(context, bench)).map(({ key }) => formatVkey(key)),
        now: bench.now,
        cadence: timesBeside(context, bench).cadence,
      }));
      const { published, waiting, mark, signed: _, ...rest } = status;
      const data = {
        ...rest,
        cadence,
        waiting: waiting.map(({ size }) => size),
        size: waiting.at(-1)?.size ?? published?.size ?? 0,
        published: published && {
          size: published.size,
          root: toHex(published.root),
          at: published.at,
          age: now - published.at,
        },
        mark: mark && { origin: mark.origin, size: mark.size },
        witnesses: witnessesOf(status, asked),
      };
      context.print({ text: linesOf(data), data });
    });
}

const nameOf = (vkey: string): string => vkey.split('+', 1)[0] ?? '';

function witnessesOf({ signed }: LogStatus, asked: readonly string[]): readonly ToldWitness[] {
  return [...new Set([...asked, ...signed.keys()])].map((vkey) => ({
    ...{ name: nameOf(vkey), vkey, asked: asked.includes(vkey) },
    last: signed.get(vkey) ?? null,
  }));
}

interface Told
  extends Pick<LogStatus, 'origin' | 'generation' | 'former' | 'pending' | 'behindMark' | 'restored'> {
  readonly cadence: number;
  readonly size: number;
  readonly published: { readonly size: number; readonly age: number } | null;
  readonly witnesses: readonly ToldWitness[];
}

function linesOf(told: Told): readonly string[] {
  const { origin, generation, published, pending, witnesses } = told;
  return [
    `${origin} (log ${generation}), ${told.size} entries`,
    published === null
      ? 'nothing published yet'
      : `published up to ${published.size}, ${published.age} s ago; one is due every ${told.cadence} s`,
    pendingTold(pending),
    ...witnesses.map(({ name, asked, last }) => {
      const signed = last === null ? 'has signed nothing yet' : `signed ${last.size} last`;
      return `witness ${name}: ${signed}${asked ? '' : ' (not asked any more)'}`;
    }),
    ...(witnesses.length === 0 ? ['no witness'] : []),
    ...told.former.map((name) => `before it: ${name}`),
    ...(told.restored ? ['RESTORED: nothing is signed before it is certain that nobody has seen more.'] : []),
    ...(told.behindMark ? ['ROLLED BACK: more of this log was published than the database has.'] : []),
  ];
}
