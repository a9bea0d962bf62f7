import { fromBase64Url } from '../protocol/base64.ts';
import { toHex } from '../protocol/bytes.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { AuditorStatements } from './auditors.ts';
import { ChainRun } from './chain-run.ts';
import { Checkpoints } from './checkpoints.ts';
import { ratesEqual } from './checks/rates.ts';
import { type AuditEnvironment, type Given, JOBS_AT_ONCE, type SignatureJob } from './environment.ts';
import type { Findings } from './findings.ts';
import { namesFault } from './generations.ts';
import { checkGiven } from './given.ts';
import { type History, HistoryReader } from './history.ts';
import { KnownSteps } from './known-steps.ts';
import type { BundleLine } from './lines.ts';
import { entriesOf } from './log-tree.ts';
import { Multiset, Opened } from './multiset.ts';
import type { AuditReport } from './report.ts';
import { CHECK_NAMES, type Violation, WHOLE_ONLY } from './violation.ts';

type Header = Extract<BundleLine, { readonly t: 'bundle' }>;

/** Indices without an opening that are named one by one. */
const NAMED = 100;

/** One run over a bundle: takes its lines in their order and holds what was found. */
export class BundleRun {
  last: BundleLine['t'] | null = null;
  events = 0;
  readonly #env: AuditEnvironment;
  readonly #found: Findings;
  readonly #given: Given;
  readonly #known: KnownSteps;
  #header: Header | null = null;
  #statements: HistoryReader | null = null;
  #history: History | null = null;
  #checkpoints: Checkpoints | null = null;
  #chains: ChainRun | null = null;
  readonly #auditors = new AuditorStatements();
  #logged: Multiset;
  #openings: Multiset;
  #opened = new Opened(0);
  readonly #jobs: { readonly job: SignatureJob; readonly violation: Violation }[] = [];
  #signatures = 0;
  /** Signatures that are being checked while what follows is read. */
  #underway: Promise<void> | null = null;
  #chainCount = 0;
  #ended = false;

  constructor(env: AuditEnvironment, found: Findings, given: Given) {
    this.#env = env;
    this.#found = found;
    this.#given = given;
    this.#known = new KnownSteps(given);
    const sha256 = (data: Uint8Array) => env.verifier.sha256(data);
    this.#logged = new Multiset(sha256, env.randomKey);
    this.#openings = new Multiset(sha256, env.randomKey);
  }

  /** Leaves of the log; 0 before the first line. */
  get size(): number {
    return this.#header?.size ?? 0;
  }

  /** True when what was opened is not what is in the tree, and the whole tree has come. */
  get differs(): boolean {
    if (this.#header?.kind !== 'whole' || this.#checkpoints?.size !== this.size) return false;
    return !this.#logged.equals(this.#openings);
  }

  /** Places of shredded events with the leaves that are said to stand there. */
  get holes(): ReadonlyMap<number, string> {
    return this.#chains?.holes ?? new Map();
  }

  /** The entry at the place of a shredded event: only the tree still has its second half. */
  fill(index: number, entry: Uint8Array): void {
    if (toHex(entry.subarray(0, 32)) !== this.holes.get(index))
      this.#found.add({ check: 'openingMatches', detail: 'a shredded leaf is another', index });
    this.#openings.add(index, entry);
  }

  /** Takes the next line. Gives a promise where what was read has to wait for signatures that are being checked. */
  line(line: BundleLine, no: number): Promise<void> | undefined {
    this.last = line.t;
    switch (line.t) {
      case 'bundle':
        this.#begin(line);
        return;
      case 'log':
        // Names of logs that ended stand in the directory and in the log itself, which are signed.
        return;
      case 'statement':
      case 'shard': {
        const bytes = this.#bytes(line.b, no);
        if (line.t === 'shard') this.#statements?.shard(bytes);
        else this.#statements?.statement(line.kind, bytes);
        return;
      }
      case 'batch':
        this.#tree().begin(line);
        return;
      case 'entries': {
        const entries = entriesOf(this.#bytes(line.b, no));
        if (entries === null || !this.#tree().entries(line.from, entries))
          this.#shape('entries out of place', no);
        return;
      }
      case 'auditor': {
        const fault = this.#auditors.take(this.#env, this.#past(), this.#bytes(line.b, no));
        if (fault !== null)
          this.#found.add({ check: 'signerEntitled', detail: `an auditor's statement: ${fault}`, line: no });
        return;
      }
      case 'chain':
        this.#chainCount += 1;
        this.#run().begin(line.subject, line.events);
        return this.#flush();
      case 'event':
        this.events += 1;
        this.#run().event(line);
        return this.#flush();
      case 'hole':
        this.events += line.indices.length;
        this.#run().hole(line);
        return;
      case 'proof':
        this.#run().proof(line.nodes);
        return;
      case 'end':
        this.#ended = true;
        if (line.chains !== this.#chainCount || line.events !== this.events)
          this.#shape('counts differ from what came', no);
    }
  }

  /** After the last line. */
  async finish(): Promise<void> {
    if (this.#header === null) {
      this.#found.add({ check: 'bundleShape', detail: 'no bundle' });
      return;
    }
    if (!this.#ended) this.#found.add({ check: 'bundleShape', detail: 'ends before its end' });
    const run = this.#run();
    run.finish();
    while (this.#jobs.length > 0) await this.#check();
    await this.#underway;
    this.#wholeness();
    this.#newest();
    this.#names(run);
    for (const detail of this.#auditors.setFaults()) this.#found.add({ check: 'canaryHandled', detail });
    for (const { origin, size, root } of this.#auditors.audited.values())
      if (
        origin === this.#header.origin &&
        this.#tree().batches.some((one) => one.size === size && one.root !== root)
      )
        this.#found.add({
          check: 'fork',
          detail: 'an auditor verified a checkpoint that is not of this log',
          size,
        });
    checkGiven(this.#env, this.#found, this.#given, {
      origin: this.#header.origin,
      history: this.#past(),
      batches: this.#tree().batches,
      ...{ chains: run, known: this.#known },
      scoped: this.#header.kind === 'scoped',
    });
    if (this.#found.runs('ratesEqual')) {
      const { rates } = run.figures();
      for (const { unit, fault } of ratesEqual(this.#given.figures ?? [], rates))
        this.#found.add({ ...fault, ...(unit === null ? {} : { subject: `unit:${unit}` }) });
    }
  }

  report(): AuditReport {
    const header = this.#header;
    const run = this.#chains;
    const whole = header?.kind !== 'scoped';
    const batches = this.#checkpoints?.batches ?? [];
    const { violations, warnings, more } = this.#found;
    const dummies = batches.reduce((sum, batch) => sum + batch.dummies, 0);
    const none = {
      carriedOver: 0,
      received: 0,
      settled: 0,
      transferred: 0,
      merged: 0,
      open: 0,
      overdue: 0,
      suspended: 0,
    };
    const figures = run?.figures() ?? { rates: [], balance: none };
    return {
      ok: violations.length === 0,
      instance: header?.instance ?? '',
      origin: header?.origin ?? '',
      size: header?.size ?? 0,
      root: header?.root ?? '',
      kind: header?.kind ?? 'whole',
      leaves: { opened: run?.opened ?? 0, dummies: whole ? dummies : 0, shredded: run?.shredded ?? 0 },
      events: this.events,
      tips: run?.tips ?? 0,
      signatures: this.#signatures,
      witnesses: batches.at(-1)?.cosigned.length ?? 0,
      ...{ violations, warnings, more },
      ran: CHECK_NAMES.filter((name) => this.#found.runs(name) && (whole || !WHOLE_ONLY.includes(name))),
      ...figures,
      canaries: {
        announced: [...this.#auditors.canaries.values()].reduce((sum, { n }) => sum + n, 0),
        revealed: run?.revealed ?? 0,
        handled: run?.handled ?? 0,
        unused: this.#auditors.unused,
      },
    };
  }

  #begin(header: Header): void {
    const { pins, lawHashes, verifier } = this.#env;
    this.#header = header;
    this.#opened = new Opened(header.size);
    const told = (detail: string): void => this.#found.add({ check: 'bundleShape', detail, line: 1 });
    if (header.instance !== pins.instance) told('of another instance');
    const differ = Object.entries(lawHashes).filter(([name, hash]) => header.law[name] !== hash);
    for (const [name] of differ) told(`was made with other data than this verifier decides with: ${name}`);
    this.#statements = new HistoryReader({ verifier, pins }, (detail) =>
      this.#found.add({ check: 'directoryChain', detail }),
    );
  }

  /** The directory's history; everything that follows is judged by it. */
  #past(): History {
    this.#history ??= this.#reader().finish();
    return this.#history;
  }

  #reader(): HistoryReader {
    if (this.#statements === null) throw new Error('a line before the first');
    return this.#statements;
  }

  #tree(): Checkpoints {
    this.#checkpoints ??= new Checkpoints(this.#env, this.#past(), this.#found, {
      origin: this.#header?.origin ?? '',
      ...{ logged: this.#logged, openings: this.#openings, opened: this.#opened },
      scoped: this.#header?.kind === 'scoped',
    });
    return this.#checkpoints;
  }

  #run(): ChainRun {
    if (this.#chains !== null) return this.#chains;
    const tree = this.#tree();
    tree.finish();
    this.#chains = new ChainRun(this.#env, this.#found, {
      history: this.#past(),
      batches: tree.batches,
      auditors: this.#auditors,
      origin: this.#header?.origin ?? '',
      size: this.size,
      law: this.#header?.law ?? {},
      scoped: this.#header?.kind === 'scoped',
      known: this.#known,
      ...{ openings: this.#openings, opened: this.#opened },
      due: (job, violation) => this.#jobs.push({ job, violation }),
    });
    return this.#chains;
  }

  #flush(): Promise<void> | undefined {
    return this.#jobs.length < JOBS_AT_ONCE ? undefined : this.#check();
  }

  /** Has the next signatures checked, once those before them are; does not wait for them. */
  async #check(): Promise<void> {
    const some = this.#jobs.splice(0, JOBS_AT_ONCE);
    await this.#underway;
    this.#underway = this.#env.verify(some.map(({ job }) => job)).then((results) => {
      this.#signatures += some.length;
      some.forEach(({ violation }, i) => {
        if (results[i] !== true) this.#found.add(violation);
      });
    });
  }

  /** Every leaf was opened, is a dummy, or lies in a hole that was attested. */
  #wholeness(): void {
    if (this.#header === null) return;
    const missing = this.#header.kind === 'whole' ? this.#opened.missing(NAMED) : [];
    for (const index of missing)
      this.#found.add({ check: 'leafUnopened', detail: 'nothing opens this leaf', index });
    const last = this.#tree().batches.at(-1);
    if (last === undefined || last.size !== this.#header.size || last.root !== this.#header.root)
      this.#found.add({ check: 'bundleShape', detail: 'does not end at the checkpoint that it names' });
  }

  /** A log under another name than before was declared, by the directory's keys and in itself. */
  #names({ declared }: ChainRun): void {
    if (this.#header?.kind !== 'whole') return;
    const named = this.#past().versions.map(({ logOrigin }) => logOrigin);
    const fault = namesFault(named, declared, this.#header.origin);
    if (fault !== null) this.#found.add({ check: 'rollBackDeclared', detail: fault });
  }

  /** The newest checkpoint is the one that everything hangs on. */
  #newest(): void {
    const last = this.#tree().batches.at(-1);
    const least = this.#env.pins.minWitnesses ?? 0;
    if (last !== undefined && last.cosigned.length < least)
      this.#found.add({
        check: 'checkpointWitnessed',
        detail: `${last.cosigned.length} of ${least} witnesses cosigned`,
        size: last.size,
      });
  }

  #shape(detail: string, line: number): void {
    this.#found.add({ check: 'bundleShape', detail, line });
  }

  #bytes(text: string, line: number): Uint8Array {
    try {
      return fromBase64Url(text);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#shape('bytes that cannot be read', line);
      return new Uint8Array(0);
    }
  }
}
