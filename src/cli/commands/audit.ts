import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { linesOf } from '../../audit/text-lines.ts';
import { shippedData } from '../../instance/shipped-data.ts';
import { openCredentialFile, parseCredentialFile } from '../../protocol/credential-file.ts';
import { normalisePassphrase } from '../../protocol/passphrase.ts';
import { parsePins } from '../../protocol/root.ts';
import { loadSodiumSuite } from '../../protocol/sodium.ts';
import type { Suite } from '../../protocol/suite.ts';
import { isSealed, plainOf } from '../audit/bundle-file.ts';
import { reportText } from '../audit/figures-text.ts';
import { givenIn } from '../audit/given-files.ts';
import { auditVerifier, runAudit } from '../audit/run-audit.ts';
import { type CommandContext, path } from '../context.ts';
import { UsageError } from '../io.ts';
import { registerCanaries } from './audit-canaries.ts';

interface AuditOptions {
  readonly key?: string;
  readonly pins?: string;
  readonly evidence?: string;
  readonly lang: string;
}

/** `tinkin audit`: an auditor's bundle, opened and verified on any machine, with no word to the service. */
export function registerAudit(program: Command, context: CommandContext): void {
  const audit = program.command('audit').description("an auditor's bundle");
  audit
    .command('verify <bundle>')
    .description(
      'verify a bundle from its first line to its figures (exit 0 nothing is wrong, 1 something is)',
    )
    .option('--key <file>', "the auditor's key file, for a sealed bundle; its passphrase is asked for")
    .option('--pins <file>', 'trust anchors; otherwise those of this build')
    .option(
      '--evidence <folder>',
      "citizens' alarm files (*.json) and kept checkpoints (*.note), to be held against it",
    )
    .option('--lang <vi|en>', 'language of the report', 'en')
    .action(async (given: string, options: AuditOptions) => {
      const { lang } = options;
      if (lang !== 'vi' && lang !== 'en') throw new UsageError('--lang must be vi or en.');
      const suite = await loadSodiumSuite();
      const bytes = await bundleBytes(context, suite, given, options);
      const lines = () => linesOf(bytes());
      const pins = parsePins(
        options.pins === undefined ? __TINKIN_PINS__ : await readFile(path(context, options.pins), 'utf8'),
      );
      const verifier = auditVerifier(suite);
      const { evidence } = options;
      const kept = evidence === undefined ? {} : await givenIn(verifier, path(context, evidence), lines());
      const report = await runAudit(verifier, pins, shippedData(), lines, kept);
      context.print({ text: reportText(report, lang), data: { ...report }, ok: report.ok });
    });
  registerCanaries(audit, context);
  audit
    .command('open <bundle> <into>')
    .description('open a sealed bundle into a file of lines (NDJSON), which anybody can read')
    .requiredOption('--key <file>', "the auditor's key file; its passphrase is asked for")
    .action(async (given: string, into: string, options: Pick<AuditOptions, 'key'>) => {
      const suite = await loadSodiumSuite();
      const bytes = await bundleBytes(context, suite, given, options);
      const file = path(context, into);
      await pipeline(Readable.from(bytes()), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      context.print({ text: [`opened into ${file}`], data: { file } });
    });
}

/** The bundle's plain bytes, from the beginning each time. Asks for the passphrase of the key file once, when the bundle is sealed. */
async function bundleBytes(
  context: CommandContext,
  suite: Suite,
  given: string,
  { key }: Pick<AuditOptions, 'key'>,
): Promise<() => AsyncIterable<Uint8Array>> {
  const file = path(context, given);
  const sealed = await isSealed(file);
  if (!sealed || key === undefined) return plainOf(suite, file, sealed, null);
  const { ask } = context.io;
  if (ask === null) throw new UsageError('the passphrase is asked for at a terminal');
  const credential = parseCredentialFile(new Uint8Array(await readFile(path(context, key))));
  const passphrase = normalisePassphrase(await ask('Passphrase: '));
  return plainOf(suite, file, true, openCredentialFile(suite, credential, passphrase).kem.secretKey);
}
