import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { readConfig } from '../../config.ts';
import { readLogins } from '../../instance/demo-files.ts';
import { instancePaths } from '../../instance/folder.ts';
import { openStretchPool } from '../../instance/stretch-pool.ts';
import { parsePins } from '../../protocol/root.ts';
import { loadSodiumSuite } from '../../protocol/sodium.ts';
import { type CanaryResult, runCanary } from '../canary/run.ts';
import { Stopwatch } from '../canary/stopwatch.ts';
import { type CommandContext, dataFolder, path } from '../context.ts';
import type { Report } from '../io.ts';
import { originOf, wholeNumber } from '../prompt.ts';

interface CanaryOptions {
  readonly url: string;
  readonly tips: string;
  readonly atOnce: string;
  readonly unit?: string;
  readonly logins?: string;
  readonly pins?: string;
}

/** `tinkin canary`: the whole main job through the real interface; the proof after every upgrade. */
export function registerCanary(program: Command, context: CommandContext): void {
  program
    .command('canary')
    .description('send, open, handle and answer tips through a running service, with full cryptography')
    .requiredOption('--url <address>', 'public address of the service, e.g. http://127.0.0.1:8080')
    .option('--tips <n>', 'how many citizens', '5')
    .option('--at-once <n>', 'how many of them at a time', '4')
    .option('--unit <code>', 'unit that gets the tips; otherwise the first of the logins that can')
    .option('--logins <file>', "logins in the form of demo-logins.json; otherwise the demonstration's")
    .option('--pins <file>', 'trust anchors; otherwise those of this build')
    .action(async (options: CanaryOptions, command: Command) => {
      const file = options.logins === undefined ? null : path(context, options.logins);
      const logins = await readLogins(file ?? instancePaths(dataFolder(context, command)).demoLogins);
      const pins = parsePins(
        options.pins === undefined ? __TINKIN_PINS__ : await readFile(path(context, options.pins), 'utf8'),
      );
      const clock = systemClock(readConfig(context.io.env).clockOffset);
      const pool = openStretchPool();
      try {
        const world = {
          origin: originOf(options.url),
          suite: await loadSodiumSuite(),
          pins,
          pool,
          watch: new Stopwatch(),
          carry: (request: Request) => fetch(request),
          now: () => clock.now(),
        };
        const result = await runCanary(world, {
          logins,
          tips: wholeNumber(options.tips, '--tips', 1, 100_000),
          atOnce: wholeNumber(options.atOnce, '--at-once', 1, 64),
          unit: options.unit ?? null,
        });
        context.print(reportOf(result));
      } finally {
        await pool.close();
      }
    });
}

function reportOf(result: CanaryResult): Report {
  const { unit, counts, failures, timings, rates, ok } = result;
  const width = Math.max(...Object.keys(timings).map((name) => name.length));
  return {
    text: [
      `unit ${unit}: ${counts.sent} sent, ${counts.opened} opened, ${counts.handled} handled, ${counts.answered} answered`,
      ...(rates === null
        ? ["no auditor's login was given: the figures were not looked at"]
        : [
            `auditor: handled in time ${rates.after.handled.onTime} / ${rates.after.handled.due} (${rates.handled}), ${rates.before.handled.onTime} / ${rates.before.handled.due} before`,
          ]),
      '',
      `${'milliseconds'.padEnd(width)}  count    p50    p95    max`,
      ...Object.entries(timings).map(
        ([name, { count, p50, p95, max }]) =>
          `${name.padEnd(Math.max(width, 12))}  ${[count, p50, p95, max].map((value) => String(value).padStart(5)).join('  ')}`,
      ),
      ...failures.map(({ tip, during, code }) => `FAILED  tip ${tip}, ${during}: ${code}`),
      ok ? 'All well.' : `${failures.length} failed.`,
    ],
    data: { ...result },
    ok,
  };
}
