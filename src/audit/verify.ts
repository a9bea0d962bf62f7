import { fromBase64Url } from '../protocol/base64.ts';
import { mayFollow, readLine } from './bundle-read.ts';
import { BundleRun } from './bundle-run.ts';
import type { AuditEnvironment, Given } from './environment.ts';
import { Findings } from './findings.ts';
import { EntryTable, entriesOf } from './log-tree.ts';
import { openEvent } from './opening.ts';
import type { AuditReport } from './report.ts';
import { CHECK_NAMES, type CheckName } from './violation.ts';

/** Lines after which progress is told. */
const TELL = 2000;

/**
 * Verifies an auditor's bundle with nothing but what the environment brings: rebuilds the tree, checks signatures and chains, replays every tip
 * by the law and recomputes the figures. Memory does not grow with the events. `lines`: begins the bundle's lines anew each time, because
 * naming the leaf that differs takes a second reading. `checks`: those that run. Never throws for what a bundle holds.
 */
export async function verifyBundle(
  env: AuditEnvironment,
  lines: () => AsyncIterable<string>,
  given: Given = {},
  checks: readonly CheckName[] = CHECK_NAMES,
): Promise<AuditReport> {
  const found = new Findings(new Set(checks));
  const run = new BundleRun(env, found, given);
  let no = 0;
  let bytes = 0;
  for await (const text of lines()) {
    no += 1;
    bytes += text.length + 1;
    const line = readLine(text);
    if (line === null || !mayFollow(run.last, line.t)) {
      found.add({
        check: 'bundleShape',
        detail: line === null ? 'cannot be read' : `${line.t} out of place`,
        line: no,
      });
      if (run.last === null) break;
      continue;
    }
    const full = run.line(line, no);
    if (full !== undefined) await full;
    if (no % TELL === 0) env.progress({ bytes, events: run.events, leaves: run.size });
  }
  if (run.holes.size > 0) await fillHoles(lines, run);
  await run.finish();
  if (run.differs) await nameDifference(env, lines, run, found);
  env.progress({ bytes, events: run.events, leaves: run.size });
  return run.report();
}

/** Reads the tree's entries once more, for what stands at the places of shredded events. */
async function fillHoles(lines: () => AsyncIterable<string>, run: BundleRun): Promise<void> {
  for await (const text of lines()) {
    const line = readLine(text);
    if (line?.t === 'chain') return;
    if (line?.t !== 'entries') continue;
    entriesOf(bytesOf(line.b))?.forEach((entry, i) => {
      if (run.holes.has(line.from + i)) run.fill(line.from + i, entry);
    });
  }
}

/** The second reading: which leaf is not what was opened. */
async function nameDifference(
  env: AuditEnvironment,
  lines: () => AsyncIterable<string>,
  run: BundleRun,
  found: Findings,
): Promise<void> {
  const table = new EntryTable(run.size);
  let subject = '';
  for await (const text of lines()) {
    const line = readLine(text);
    if (line?.t === 'entries') {
      const entries = entriesOf(bytesOf(line.b));
      entries?.forEach((entry, i) => {
        table.set(line.from + i, entry);
      });
    }
    if (line?.t === 'chain') subject = line.subject;
    if (line?.t !== 'event' || line.i >= run.size) continue;
    const opening = openEvent(env.verifier, line);
    if (opening === null) continue;
    const half = table.compare(line.i, opening.entry);
    const { no } = opening.event.parsed.header;
    const place = { subject, no, index: line.i };
    if (half === 'leaf')
      found.add(
        { check: 'openingMatches', detail: 'salt and record do not give the leaf', ...place },
        `${line.i}`,
      );
    if (half === 'shown')
      found.add(
        { check: 'shownMatches', detail: 'the citizen would be shown something else', ...place },
        `${line.i}`,
      );
  }
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64Url(text);
  } catch {
    return new Uint8Array(0);
  }
}
