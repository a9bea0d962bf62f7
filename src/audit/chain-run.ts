import { HolidayBook } from '../domain/holidays.ts';
import { isHash, type Seconds } from '../domain/ids.ts';
import { entryHash } from '../ledger/tree.ts';
import type { AuditorStatements } from './auditors.ts';
import type { ReadBatch } from './checkpoints.ts';
import { DirectoryState } from './directory-state.ts';
import type { AuditEnvironment, SignatureJob } from './environment.ts';
import type { Findings } from './findings.ts';
import { type HeadFault, Heads } from './heads.ts';
import type { History } from './history.ts';
import { type KnownSteps, tipOfSubject } from './known-steps.ts';
import { LawBook } from './law-book.ts';
import type { BundleLine } from './lines.ts';
import type { Multiset, Opened } from './multiset.ts';
import { type Opening, openEvent } from './opening.ts';
import { isPromised, momentOf, promiseFault, promiseOf } from './promises.ts';
import { ChainAudit } from './replay/chain-audit.ts';
import { auditEvent, type OpenedEvent } from './replay/event.ts';
import type { Found } from './replay/point.ts';
import { BatchTimes } from './replay/times.ts';
import { RightsBook } from './rights.ts';
import { isScopeProven } from './scope-proof.ts';
import type { CheckName, Violation } from './violation.ts';

type EventLine = Extract<BundleLine, { readonly t: 'event' }>;
type HoleLine = Extract<BundleLine, { readonly t: 'hole' }>;
type Place = Pick<Violation, 'subject' | 'no' | 'index'>;

export interface ChainRunWorld {
  readonly history: History;
  readonly batches: readonly ReadBatch[];
  readonly auditors: AuditorStatements;
  readonly origin: string;
  readonly size: number;
  /** Hashes of the files of law as the bundle tells them. */
  readonly law: Readonly<Record<string, string>>;
  readonly scoped: boolean;
  readonly known: KnownSteps;
  readonly openings: Multiset;
  readonly opened: Opened;
  due(job: SignatureJob, violation: Violation): void;
}

/** Events of tips of which more is to be known than what replaying them says. */
const ASIDE: readonly string[] = ['canary_revealed', 'shredded'];

/** What is known of the chain that is being read. */
interface Reading {
  readonly subject: string;
  readonly expected: number;
  came: number;
  /** Batch of its first event. */
  first: number;
  hole: { readonly to: number; readonly last: number; attested: boolean } | null;
}

/** Every chain of a bundle: what opens the leaves, what was promised, who signed and what the law allows. */
export class ChainRun {
  opened = 0;
  shredded = 0;
  revealed = 0;
  /** Revealed ones whose sender had an answer by then. */
  handled = 0;
  /** Places of shredded events with the leaves that are said to stand there. */
  readonly holes = new Map<number, string>();
  readonly #nodes: string[] = [];
  readonly #env: AuditEnvironment;
  readonly #found: Findings;
  readonly #world: ChainRunWorld;
  readonly #times = new BatchTimes();
  readonly #state: DirectoryState;
  readonly #law: LawBook;
  readonly #named = new Set<string>();
  readonly #heads: Heads;
  readonly #placed: { readonly index: number; readonly node: Uint8Array }[] = [];
  #audit: ChainAudit | null = null;
  #reading: Reading | null = null;

  constructor(env: AuditEnvironment, found: Findings, world: ChainRunWorld) {
    this.#env = env;
    this.#found = found;
    this.#world = world;
    this.#heads = new Heads(world.batches, this.#times, world.scoped);
    this.#state = new DirectoryState((data) => env.verifier.sha256(data));
    const rights = new RightsBook(env.verifier, env.pins.instance, world.history.people);
    this.#law = new LawBook(rights, new HolidayBook(env.law.calendar));
  }

  /** What was declared of former logs. */
  get declared(): Heads['declared'] {
    return this.#heads.declared;
  }

  get tips(): number {
    return this.#audit?.tips ?? 0;
  }

  /** Moment of the head of the batch that a leaf is in. */
  loggedAt(index: number): number | null {
    return this.#times.boundsOf(index)?.before ?? null;
  }

  begin(subject: string, expected: number): void {
    this.#end();
    this.#reading = { subject, expected, came: 0, first: 0, hole: null };
    if (expected === 0) this.#found.add({ check: 'bundleShape', detail: 'an empty chain', subject });
    if (subject !== 'log') this.#tell(this.#judge().begin(subject), { subject });
    // Heads that come after what they bound would bind nothing.
    else if (this.#audit !== null)
      this.#found.add({ check: 'bundleShape', detail: 'the log’s own chain does not come first', subject });
  }

  event(line: EventLine): void {
    const reading = this.#reading;
    if (reading === null) return;
    reading.came += 1;
    const opening = openEvent(this.#env.verifier, line);
    const place: Place = { subject: reading.subject, index: line.i };
    if (opening === null) {
      this.#found.add({ check: 'openingMatches', detail: 'cannot be read', ...place }, `${line.i}`);
      return;
    }
    const { event } = opening;
    const at: Place = { ...place, no: event.parsed.header.no };
    this.#place(opening, at);
    if (event.parsed.header.subject !== reading.subject)
      this.#found.add({ check: 'chainUnbroken', detail: 'is of another chain', ...at });
    if (event.parsed.header.instance !== this.#env.pins.instance)
      this.#found.add({ check: 'bundleShape', detail: 'is of another instance', ...at });
    if (!opening.parts) {
      this.#found.add(
        { check: 'partsMatch', detail: 'parts and salts do not give what was signed', ...at },
        `${line.i}`,
      );
      return;
    }
    if (reading.subject === 'log') {
      this.#blame(this.#heads.take(opening));
      return;
    }
    this.#promise(event, line, at);
    this.#tell(this.#judge().event(event), at);
    this.#aside(event, at);
  }

  hole(line: HoleLine): void {
    const reading = this.#reading;
    if (reading === null) return;
    reading.came += line.indices.length;
    if (reading.subject === 'log') {
      this.#found.add({ check: 'bundleShape', detail: 'a hole in the log’s own chain', subject: 'log' });
      return;
    }
    this.shredded += line.indices.length;
    const last = Math.max(...line.indices, 0);
    reading.hole = { to: line.to, last, attested: false };
    reading.first ||= this.#times.numberOf(line.indices[0] ?? 0);
    line.indices.forEach((index, i) => {
      const leaf = line.leaves[i];
      if (!this.#world.opened.mark(index))
        this.#found.add({ check: 'leafTwice', detail: 'opened twice', subject: reading.subject, index });
      this.holes.set(index, leaf ?? '');
      if (leaf !== undefined && isHash(leaf))
        this.#world.known.note(reading.subject, line.from + i, leaf, index);
    });
    const { from, to, leaves, indices } = line;
    const found = this.#judge().hole({ from, to, leaves }, indices);
    this.#tell(found, { subject: reading.subject, no: from });
  }

  /** Nodes of a scoped bundle's proof, line after line. */
  proof(nodes: readonly string[]): void {
    this.#nodes.push(...nodes);
  }

  finish(): void {
    this.#end();
    const audit = this.#judge();
    const wholeOnly = this.#world.scoped ? [] : [...audit.lostMerges(), ...audit.untold()];
    for (const { tip, fault } of wholeOnly) this.#found.add({ ...fault, subject: `tip:${tip}`, tip });
    if (this.#world.scoped) this.#scopeProven();
    for (const hash of this.#world.history.statements.keys())
      if (!this.#named.has(hash))
        this.#found.add({
          check: 'directoryInLog',
          detail: `no event names the statement ${hash.slice(0, 12)}`,
        });
  }

  figures(): ReturnType<ChainAudit['figures']> {
    return this.#judge().figures(this.#env.plans);
  }

  /** Marks a leaf as opened and adds it to what must be the tree's entries. */
  #place({ event, entry }: Opening, at: Place): void {
    this.opened += 1;
    if (!this.#world.opened.mark(event.index))
      this.#found.add({ check: 'leafTwice', detail: 'opened twice', ...at });
    this.#world.openings.add(event.index, entry);
    if (this.#world.scoped)
      this.#placed.push({
        index: event.index,
        node: entryHash((data) => this.#env.verifier.sha256(data), entry),
      });
    const reading = this.#reading;
    if (reading === null) return;
    this.#world.known.note(reading.subject, event.parsed.header.no, event.leaf, event.index);
    reading.first ||= this.#times.numberOf(event.index);
  }

  /** The judge of law and people; made once the log's chain has told all batches. */
  #judge(): ChainAudit {
    if (this.#audit !== null) return this.#audit;
    const { history } = this.#world;
    const audit = new ChainAudit(
      {
        instance: this.#env.pins.instance,
        law: this.#env.law,
        people: history.people,
        rights: this.#law.rights,
        holidays: this.#law.holidays,
        batches: this.#times,
        boxes: history.boxes,
      },
      (name) => this.#found.runs(name),
    );
    this.#audit = audit;
    audit.begin('log');
    for (const event of this.#heads.events)
      this.#tell(audit.event(event), { subject: 'log', no: event.parsed.header.no });
    audit.end();
    if (!this.#times.covers(this.#world.size))
      this.#found.add({ check: 'bundleShape', detail: 'not every batch has its head, before all else' });
    return audit;
  }

  #blame(faults: readonly HeadFault[]): void {
    for (const { check, detail, event } of faults)
      this.#found.add({ check, detail, subject: 'log', no: event.parsed.header.no, index: event.index });
  }

  #tell({ faults, due }: Found, at: Place): void {
    for (const fault of faults) this.#found.add({ ...fault, ...at });
    for (const job of due)
      if (this.#found.runs(job.fault.check)) this.#world.due(job, { ...job.fault, ...at });
  }

  /** What was promised with a submission or step, and whether it was kept. */
  #promise(event: OpenedEvent, line: EventLine, at: Place): void {
    if (!isPromised(event.parsed.header.type)) return;
    const promise = line.promise === undefined ? null : promiseOf(line.promise);
    if (promise === null) {
      this.#found.add({ check: 'promiseGiven', detail: 'no promise was given', ...at });
      return;
    }
    const { people } = this.#world.history;
    const ended = this.#heads.declared.find(({ from }) => from === promise.terms.origin);
    const of = { leaf: event.leaf, origin: ended?.from ?? this.#world.origin, at: momentOf(event) };
    const fault = promiseFault(this.#env.verifier, people, promise, of);
    if (typeof fault === 'string') this.#found.add({ check: 'promiseGiven', detail: fault, ...at });
    else if (this.#found.runs('promiseGiven'))
      this.#world.due(fault, { check: 'promiseGiven', detail: 'signature of the promise', ...at });
    if (ended !== undefined) {
      if (this.#times.numberOf(event.index) > this.#takenOver())
        this.#found.add({ check: 'promiseKept', detail: 'promised under a log that had ended', ...at });
      return;
    }
    const logged = this.loggedAt(event.index);
    if (logged !== null && logged > promise.terms.includeBy)
      this.#found.add({ check: 'promiseKept', detail: 'came into the log after the time promised', ...at });
  }

  /** Number of the last batch that holds what the log took over from a former one; 0 for a first log. */
  #takenOver(): number {
    const declared = this.#heads.declared.at(-1);
    return declared === undefined ? 0 : this.#times.numberOf(declared.index);
  }

  /** Events that other checks need: the directory's statements, canaries, shreddings. */
  #aside(event: OpenedEvent, at: Place): void {
    const { type, subject } = event.parsed.header;
    if (subject !== 'directory' && !ASIDE.includes(type)) return;
    const seen = auditEvent(event);
    const tip = tipOfSubject(subject);
    const add = (check: CheckName, detail: string | null): void => {
      if (detail !== null) this.#found.add({ check, detail, ...at, ...(tip === null ? {} : { tip }) });
    };
    if (subject === 'directory') this.#directory(seen.restrictedPart, event, at);
    if (tip === null) return;
    const reading = this.#reading;
    if (type === 'canary_revealed') {
      this.revealed += 1;
      const { stage } = seen.citizenPart ?? {};
      if (stage === 'notified' || stage === 'archived') this.handled += 1;
      // In what a log took over nothing tells any more which came first.
      const first = reading?.first ?? 0;
      const sent = first > 0 && first <= this.#takenOver() ? Number.MAX_SAFE_INTEGER : first;
      add('canaryHandled', this.#world.auditors.canaryFault(this.#env, seen, tip, sent));
    }
    if (type !== 'shredded' || !reading?.hole) return;
    reading.hole.attested = true;
    const rootAt = (size: number) => this.#world.batches.find((batch) => batch.size === size)?.root ?? null;
    const former = this.#heads.declared.map(({ from }) => from);
    const { to, last } = reading.hole;
    const of = { tip, origin: this.#world.origin, former, to, last };
    add('shreddingAttested', this.#world.auditors.shreddingFault(seen, of, rootAt));
  }

  #directory(part: ReturnType<typeof auditEvent>['restrictedPart'], event: OpenedEvent, at: Place): void {
    const { type, no } = event.parsed.header;
    const wrong = part === null ? null : this.#law.take(type, part, momentOf(event) as Seconds);
    if (wrong !== null) this.#found.add({ ...wrong, ...at });
    const statement = part?.statement;
    if (typeof statement !== 'string') return;
    if (type === 'canaries_closed' && part !== null) {
      const detail = this.#world.auditors.closed(this.#env, this.#world.history, part);
      if (detail !== null) this.#found.add({ check: 'canaryHandled', detail, ...at });
    }
    if (type === 'canaries_committed')
      this.#world.auditors.committed(statement, this.#times.numberOf(event.index));
    if (type !== 'statement_added') return;
    this.#named.add(statement);
    const held = this.#world.history.statements.get(statement);
    if (held === undefined)
      this.#found.add({ check: 'directoryInLog', detail: 'names a statement that is missing', ...at });
    else this.#state.add(no, held);
  }

  #end(): void {
    const reading = this.#reading;
    this.#reading = null;
    if (reading === null) return;
    if (reading.came !== reading.expected)
      this.#found.add({
        check: 'bundleShape',
        detail: 'a chain of another length',
        subject: reading.subject,
      });
    if (reading.subject === 'log') return;
    this.#tell(this.#judge().end(), { subject: reading.subject });
    if (reading.hole !== null && !reading.hole.attested)
      this.#found.add({
        check: 'shreddingAttested',
        detail: 'events are gone without two people’s word',
        subject: reading.subject,
      });
    if (reading.subject !== 'directory') return;
    this.#blame(this.#heads.otherStates(this.#state));
    const others = this.#law.otherThan(this.#world.law);
    const detail = `the log names other files than the service hands out with it: ${others.join(', ')}`;
    if (others.length > 0) this.#found.add({ check: 'lawInForce', detail, subject: 'directory' });
  }

  /** A scoped bundle proves that what it opens is in the tree of its checkpoint. */
  #scopeProven(): void {
    const root = this.#world.batches.at(-1)?.root ?? null;
    const sha256 = (data: Uint8Array) => this.#env.verifier.sha256(data);
    if (!isScopeProven(sha256, this.#placed, this.#nodes, this.#world.size, root))
      this.#found.add({ check: 'openingMatches', detail: 'what was opened is not proven to be in the log' });
  }
}
