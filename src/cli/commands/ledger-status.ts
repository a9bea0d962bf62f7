import type { Command } from 'commander';
import type { Finding } from '../../instance/doctor.ts';
import { findingsOf } from '../../instance/doctor-log.ts';
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

/**
 * `tinkin ledger status`: how the log stands, without changing anything; may run beside the service. Exit code 1 when the log stands still,
 * waits for witnesses, or may not be signed any further.
 */
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
      const wrong = findingsOf(status, now, cadence).filter((finding) => finding.status !== 'ok');
      const oldest = waiting[0];
      const ok = wrong.length === 0;
      const data = {
        ...rest,
        ...{ ok, cadence, wrong },
        waiting: waiting.map(({ size }) => size),
        oldest: oldest === undefined ? null : { size: oldest.size, at: oldest.at, age: now - oldest.at },
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
      context.print({ text: linesOf(data), data, ok });
    });
}

const nameOf = (vkey: string): string => vkey.split('+', 1)[0] ?? '';

function witnessesOf({ signed }: LogStatus, asked: readonly string[]): readonly ToldWitness[] {
  return [...new Set([...asked, ...signed.keys()])].map((vkey) => ({
    ...{ name: nameOf(vkey), vkey, asked: asked.includes(vkey) },
    last: signed.get(vkey) ?? null,
  }));
}

interface Told extends Pick<LogStatus, 'origin' | 'generation' | 'former' | 'pending'> {
  readonly cadence: number;
  readonly wrong: readonly Finding[];
  /** Oldest of the checkpoints that wait for witnesses. */
  readonly oldest: { readonly size: number; readonly age: number } | null;
  readonly mark: { readonly origin: string; readonly size: number } | null;
  readonly size: number;
  readonly published: { readonly size: number; readonly age: number } | null;
  readonly witnesses: readonly ToldWitness[];
}

function linesOf(told: Told): readonly string[] {
  const { origin, generation, published, oldest, mark, pending, witnesses } = told;
  return [
    `${origin} (log ${generation}), ${told.size} entries`,
    published === null
      ? 'nothing published yet'
      : `published up to ${published.size}, ${published.age} s ago; one is due every ${told.cadence} s`,
    ...(oldest === null
      ? []
      : [
          `signed up to ${told.size} and not published; the oldest, of size ${oldest.size}, has waited ${oldest.age} s for witnesses`,
        ]),
    pendingTold(pending),
    ...witnesses.map(({ name, asked, last }) => {
      const signed = last === null ? 'has signed nothing yet' : `signed ${last.size} last`;
      return `witness ${name}: ${signed}${asked ? '' : ' (not asked any more)'}`;
    }),
    ...(witnesses.length === 0 ? ['no witness'] : []),
    mark === null ? 'no mark beside the database' : `mark: ${mark.origin}, size ${mark.size}`,
    ...told.former.map((name) => `before it: ${name}`),
    ...told.wrong.map(({ status, check, detail }) => `${status.toUpperCase()}  ${check}: ${detail}`),
    told.wrong.length === 0 ? 'The log is in order.' : `${told.wrong.length} to be mended.`,
  ];
}
