import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { systemClock } from '../../adapters/clock/system.ts';
import { readConfig } from '../../config.ts';
import type { LogContext } from '../../protocol/checkpoint-check.ts';
import { parseEvidence } from '../../protocol/evidence.ts';
import { MAX_EVIDENCE_BYTES } from '../../protocol/file-names.ts';
import { parseObject, Reader } from '../../protocol/json.ts';
import { verifyMailboxLog } from '../../protocol/mailbox-proof.ts';
import { deriveMailbox, parseReceiptCode, wipeMailbox } from '../../protocol/receipt-code.ts';
import { openReceiptFile, type Receipt } from '../../protocol/receipt-file.ts';
import { type Pins, parsePins } from '../../protocol/root.ts';
import { loadSodiumSuite } from '../../protocol/sodium.ts';
import type { Suite } from '../../protocol/suite.ts';
import { type CommandContext, path } from '../context.ts';
import { type Report, UsageError } from '../io.ts';
import { logOfDirectory } from '../receipt/directory-source.ts';
import { type LogSource, logByAddress, logInFolder } from '../receipt/log-source.ts';
import { type ReceiptVerdict, verifyReceipt } from '../receipt/verify-receipt.ts';

interface ReceiptOptions {
  readonly site?: string;
  readonly directory?: string;
  readonly log?: string;
  readonly logDir?: string;
  readonly pins?: string;
  readonly evidence?: boolean;
}

/** What both kinds of file are judged with. */
interface Judging {
  readonly context: CommandContext;
  readonly options: ReceiptOptions;
  readonly suite: Suite;
  readonly pins: Pins;
  readonly now: number;
}

/** `tinkin receipt verify`: a citizen's note file, or the file of an alarm, against the public log; on any machine, with no trust in the service. */
export function registerReceipt(program: Command, context: CommandContext): void {
  program
    .command('receipt')
    .description("a citizen's note file and the public log")
    .command('verify <file>')
    .description(
      'check that what was promised is in the public log (exit 0 it is, 1 it is not, 2 cannot tell)',
    )
    .option('--site <address>', 'ask a service for directory and log, e.g. https://tin.example.gov.vn')
    .option('--directory <file>', 'a kept answer of /api/directory?unit=… instead')
    .option('--log <address>', "the log's address instead, or that of a copy of it")
    .option('--log-dir <folder>', 'a downloaded log instead: checkpoint and tile/…')
    .option('--pins <file>', 'trust anchors; otherwise those of this build')
    .option('--evidence', 'the file is that of an alarm (doi-chieu.json); needs no code and no log')
    .action(async (given: string, options: ReceiptOptions) => {
      const bytes = new Uint8Array(await readFile(path(context, given)));
      const pins =
        options.pins === undefined ? __TINKIN_PINS__ : await readFile(path(context, options.pins), 'utf8');
      const judging: Judging = {
        ...{ context, options },
        suite: await loadSodiumSuite(),
        pins: parsePins(pins),
        now: systemClock(readConfig(context.io.env).clockOffset).now(),
      };
      context.print(
        options.evidence === true ? await ofEvidence(judging, bytes) : await ofReceipt(judging, bytes),
      );
    });
}

async function ofReceipt(judging: Judging, bytes: Uint8Array): Promise<Report> {
  const { suite, now } = judging;
  const source = sourceOf(judging);
  const receipt = await open(judging, bytes);
  const verdict = await verifyReceipt(suite, await logFor(judging, receipt.unit), receipt, source, now);
  if (verdict.kind === 'waiting')
    throw new UsageError(`cannot tell: the log need not have it before ${timeOf(verdict.includeBy)}`);
  return { text: told(verdict), data: { ...verdict }, ok: verdict.kind === 'logged' };
}

/** Opens the receipt with the code, which is asked for and never taken from the command line. */
async function open({ context, suite, pins }: Judging, bytes: Uint8Array): Promise<Receipt> {
  const { ask } = context.io;
  if (ask === null) throw new UsageError('the code is asked for at a terminal');
  const keys = deriveMailbox(suite, parseReceiptCode(await ask('Code (28 digits): ')), pins.instance);
  try {
    return openReceiptFile(suite, keys.fileKey, pins.instance, bytes);
  } finally {
    wipeMailbox(keys);
  }
}

/** Goes the browser's way again: what alarmed it must alarm whoever has the directory. */
async function ofEvidence(judging: Judging, bytes: Uint8Array): Promise<Report> {
  const { suite } = judging;
  const code = 'receipt_malformed';
  const told = new Reader(parseObject(bytes, MAX_EVIDENCE_BYTES, code), code).object('told');
  const ledger = await logFor(judging, told.string('unit', 40));
  const evidence = parseEvidence(suite, bytes, ledger.log.publicKey);
  // The file tells the hour alone: what was due within it is judged at its end.
  const verdicts = [evidence.seen, evidence.seen + 3599].map((at) =>
    verifyMailboxLog(suite, ledger, evidence, evidence, at),
  );
  const proven = verdicts.some((verdict) => verdict.kind === 'alarm' && verdict.code === evidence.code);
  if (!proven) throw new UsageError(`cannot tell: the file does not lead to ${evidence.code}`);
  const { tip, seen } = evidence;
  return {
    text: [
      `${evidence.code}: what the service showed for tip ${tip} does not fit its log (${timeOf(seen)}).`,
    ],
    data: { kind: 'proven', code: evidence.code, field: evidence.field, tip, seen },
    ok: false,
  };
}

const logFor = ({ context, options, suite, pins, now }: Judging, unit: string): Promise<LogContext> =>
  logOfDirectory(
    suite,
    pins,
    {
      file: options.directory === undefined ? null : path(context, options.directory),
      site: options.site === undefined ? null : originOf(options.site),
      carry: fetch,
    },
    unit,
    now,
  );

function sourceOf({ context, options }: Judging): LogSource {
  const { site, log, logDir } = options;
  if (logDir !== undefined) return logInFolder(path(context, logDir));
  if (log !== undefined) return logByAddress(log, fetch);
  if (site !== undefined) return logByAddress(`${originOf(site)}/ledger`, fetch);
  throw new UsageError('--site, --log or --log-dir is missing');
}

function originOf(site: string): string {
  try {
    return new URL(site).origin;
  } catch {
    throw new UsageError(`--site is no address: ${site}`);
  }
}

const timeOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

const told = (verdict: Exclude<ReceiptVerdict, { readonly kind: 'waiting' }>): readonly string[] =>
  verdict.kind === 'logged'
    ? [
        `In the public log: entry ${verdict.index} of ${verdict.size}; ${verdict.witnesses} witness(es) cosigned that checkpoint.`,
        'The log still begins with everything that was promised and shown before.',
      ]
    : [
        `promise_missed: not among the ${verdict.size} entries of the log, and due at ${timeOf(verdict.includeBy)} UTC.`,
      ];
