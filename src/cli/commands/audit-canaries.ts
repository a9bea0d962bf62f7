import { access, readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { readConfig } from '../../config.ts';
import { parseConduct } from '../../domain/conduct.ts';
import { shippedData } from '../../instance/shipped-data.ts';
import { openStretchPool } from '../../instance/stretch-pool.ts';
import { AUDITOR_LIMITS } from '../../protocol/auditor.ts';
import { normalisePassphrase } from '../../protocol/passphrase.ts';
import { parsePins } from '../../protocol/root.ts';
import { loadSodiumSuite } from '../../protocol/sodium.ts';
import { prepareSet } from '../canaries/prepare.ts';
import { closeSet, revealSet } from '../canaries/reveal.ts';
import { changed, readSet, writeSet } from '../canaries/set-file.ts';
import { readTexts } from '../canaries/texts-file.ts';
import { type CitizenWorld, sendTip } from '../canary/citizen.ts';
import { StaffSession } from '../canary/staff-session.ts';
import { Stopwatch } from '../canary/stopwatch.ts';
import { type CommandContext, path } from '../context.ts';
import { type Report, UsageError } from '../io.ts';
import { originOf, wholeNumber } from '../prompt.ts';

interface Options {
  readonly url: string;
  readonly pins?: string;
}
interface AuditorOptions extends Options {
  readonly account: string;
  readonly auditor?: string;
}

/** `tinkin audit canaries`: test tips that an auditor commits to, sends like anybody, and reveals once they are closed. */
export function registerCanaries(audit: Command, context: CommandContext): void {
  const canaries = audit
    .command('canaries')
    .description(
      "an auditor's test tips: committed to in the log, sent like any other, revealed at their end",
    );
  const reaching = (command: Command) =>
    command
      .requiredOption('--url <address>', 'public address of the service')
      .option('--pins <file>', 'trust anchors; otherwise those of this build');
  const asAuditor = (command: Command) =>
    reaching(command)
      .requiredOption('--account <name>', "the auditor's account; passphrase and one-time code are asked for")
      .option('--auditor <id>', 'their id in the directory, where it is not the account');

  asAuditor(canaries.command('prepare <file>'))
    .description('draw a set, keep it in a new file and commit to it')
    .requiredOption('--n <count>', 'how many tips')
    .action(async (file: string, options: AuditorOptions & { readonly n: string }) => {
      const n = wholeNumber(options.n, '--n', 1, AUDITOR_LIMITS.canaries);
      const place = path(context, file);
      if (
        await access(place).then(
          () => true,
          () => false,
        )
      )
        throw new UsageError(`${file} is there already; a set is never overwritten.`);
      await reached(context, options, async (world) => {
        const auditor = await signedIn(context, world, options);
        const id = options.auditor ?? options.account;
        const { statement } = await prepareSet(world, auditor, id, n, (set) => writeSet(place, set));
        context.print({
          text: [
            `${n} test tips are committed to: ${statement}`,
            'Send none before the next checkpoint is published.',
          ],
          data: { statement, n },
        });
      });
    });

  reaching(canaries.command('send <file>'))
    .description('send tips of a set, exactly as a browser does; each once, also after a cut')
    .requiredOption('--texts <file>', 'JSON list of what they say: unit, place, conduct, what, …')
    .action(async (file: string, options: Options & { readonly texts: string }) => {
      const place = path(context, file);
      let set = await readSet(place);
      const texts = await readTexts(path(context, options.texts), parseConduct(shippedData().get('conduct')));
      const unsent = set.canaries.flatMap(({ sent }, index) => (sent ? [] : [index]));
      if (texts.length > unsent.length)
        throw new UsageError(`The set has ${unsent.length} tips left, not ${texts.length}.`);
      const sent = await reached(context, options, async (world) => {
        if (set.instance !== world.pins.instance) throw new UsageError('The set is of another instance.');
        const places: number[] = [];
        for (const [i, sending] of texts.entries()) {
          const index = unsent[i] ?? 0;
          const leaving = async (): Promise<void> => {
            set = changed(set, index, { sent: true });
            await writeSet(place, set);
          };
          const { tip } = set.canaries[index] ?? {};
          const { code } = await sendTip(world, sending, { tip, leaving });
          set = changed(set, index, { code });
          await writeSet(place, set);
          places.push(index);
        }
        return places;
      });
      context.print({ text: [`${sent.length} test tips were sent.`], data: { sent } });
    });

  asAuditor(canaries.command('reveal <file>'))
    .description(
      'tell of every concluded tip of a set that it was a test (exit 1 while some are open or nowhere)',
    )
    .option('--close', 'say openly that the set is at its end: what was never sent, and what is nowhere')
    .action(async (file: string, options: AuditorOptions & { readonly close?: boolean }) => {
      const place = path(context, file);
      const set = await readSet(place);
      await reached(context, options, async (world) => {
        if (set.instance !== world.pins.instance) throw new UsageError('The set is of another instance.');
        const auditor = await signedIn(context, world, options);
        const found = await revealSet(
          world,
          auditor,
          set,
          (now) => writeSet(place, now),
          options.close === true,
        );
        if (options.close === true && found.open.length > 0)
          throw new UsageError(
            `${found.open.length} test tips are not concluded yet: the set cannot be closed.`,
          );
        if (options.close === true) await closeSet(world, auditor, found);
        context.print(reportOf(found));
      });
    });
}

async function reached<T>(
  context: CommandContext,
  { url, pins }: Options,
  work: (world: CitizenWorld) => Promise<T>,
): Promise<T> {
  const clock = systemClock(readConfig(context.io.env).clockOffset);
  const pool = openStretchPool();
  try {
    return await work({
      origin: originOf(url),
      suite: await loadSodiumSuite(),
      pins: parsePins(pins === undefined ? __TINKIN_PINS__ : await readFile(path(context, pins), 'utf8')),
      pool,
      watch: new Stopwatch(),
      carry: (request) => fetch(request),
      now: () => clock.now(),
    });
  } finally {
    await pool.close();
  }
}

async function signedIn(
  { io: { ask } }: CommandContext,
  world: CitizenWorld,
  { account }: AuditorOptions,
): Promise<StaffSession> {
  if (ask === null) throw new UsageError('passphrase and code are asked for at a terminal');
  const passphrase = normalisePassphrase(await ask('Passphrase: '));
  const code = (await ask('One-time code: ')).trim();
  return StaffSession.openTyped(world, { account, passphrase, code });
}

function reportOf({ revealed, open, lost, unused }: Awaited<ReturnType<typeof revealSet>>): Report {
  return {
    text: [
      `${revealed.length} revealed, ${open.length} not concluded yet, ${unused.length} never sent`,
      ...lost.map((index) => `Test tip ${index} was sent and the service knows nothing of it.`),
    ],
    data: { revealed, open, lost, unused },
    ok: open.length === 0 && lost.length === 0,
  };
}
