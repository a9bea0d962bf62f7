import type { Hash, TipId } from '../domain/ids.ts';
import { isHash } from '../domain/ids.ts';
import {
  type AuditedCheckpoint,
  type AuditorStatement,
  type CanariesClosed,
  type CanarySet,
  isOfSet,
  parseAudited,
  parseCanaries,
  parseClosed,
  requireAuditor,
} from '../protocol/auditor.ts';
import { utf8 } from '../protocol/bytes.ts';
import { parseDsse } from '../protocol/dsse.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { AuditEnvironment } from './environment.ts';
import type { History } from './history.ts';
import { type AuditEvent, objectOf } from './replay/event.ts';

/** What independent auditors have signed, as the bundle brings it; only what the directory's keys verify is kept. */
export class AuditorStatements {
  readonly audited = new Map<Hash, AuditedCheckpoint>();
  readonly canaries = new Map<Hash, CanarySet>();
  /** Number of the batch in which the event of a set stands, by the statement's hash. */
  readonly #committed = new Map<string, number>();
  /** Places of a set whose tips were revealed, and what its auditor said when they closed it. */
  readonly #revealed = new Map<string, Set<number>>();
  readonly #closed = new Map<string, CanariesClosed>();

  /** Takes a statement; what is wrong with it in a few words, or null. */
  take(env: AuditEnvironment, history: History, bytes: Uint8Array): string | null {
    const { verifier, pins } = env;
    try {
      const type = parseDsse(bytes).payloadType;
      const isSet = type.includes('canaries');
      const parsed: AuditorStatement<AuditedCheckpoint | CanarySet> = isSet
        ? parseCanaries(verifier, bytes)
        : parseAudited(verifier, bytes);
      const { statement, hash } = parsed;
      if (statement.instance !== pins.instance) return 'of another instance';
      requireAuditor(
        verifier,
        parsed,
        history.versions.flatMap(({ auditors }) => auditors),
      );
      if ('exceptions' in statement) this.audited.set(hash, statement);
      else this.canaries.set(hash, statement);
      return null;
    } catch (error) {
      if (error instanceof ProtocolError) return error.code;
      throw error;
    }
  }

  /** An event of the chain `directory` that commits to a set, and the batch that it is in. */
  committed(statement: string, batch: number): void {
    if (!this.#committed.has(statement)) this.#committed.set(statement, batch);
  }

  /** The event by which an auditor closes a set, by its open part; what is wrong with it in a few words, or null. */
  closed(
    env: AuditEnvironment,
    history: History,
    { closed }: { readonly [key: string]: unknown },
  ): string | null {
    try {
      const parsed = parseClosed(env.verifier, utf8(typeof closed === 'string' ? closed : ''));
      const { statement } = parsed;
      const named = history.versions.flatMap(({ auditors }) => auditors);
      requireAuditor(env.verifier, parsed, named);
      const of = this.canaries.get(statement.set);
      if (of?.auditor !== statement.auditor) return 'a set is closed that is not its auditor’s';
      if (!this.#closed.has(statement.set)) this.#closed.set(statement.set, statement);
      return null;
    } catch (error) {
      if (error instanceof ProtocolError) return 'a set is closed by a word that no auditor signed';
      throw error;
    }
  }

  /** Test tips that were never sent, of all sets. */
  get unused(): number {
    return [...this.#closed.values()].reduce((sum, { unused }) => sum + unused.length, 0);
  }

  /** What is wrong with sets as a whole: each of a closed one was revealed, never sent, or is nowhere. */
  setFaults(): readonly string[] {
    return [...this.#closed].flatMap(([hash, { unused, lost }]) => {
      const n = this.canaries.get(hash as Hash)?.n ?? 0;
      const revealed = this.#revealed.get(hash)?.size ?? 0;
      if (lost.length > 0) return [`${lost.length} test tips were sent and are nowhere`];
      return revealed + unused.length === n ? [] : ['a set is closed of which nobody accounts for every tip'];
    });
  }

  /** What is wrong with a revealed canary: it must have been committed to before the batch in which its tip was submitted. */
  canaryFault(env: AuditEnvironment, event: AuditEvent, tip: TipId, submitted: number): string | null {
    const { set, index, size, path, salt } = objectOf(event.restrictedPart?.act) ?? {};
    const known = typeof set === 'string' && isHash(set) ? this.canaries.get(set) : undefined;
    if (known === undefined) return 'of a set that no auditor signed';
    const batch = this.#committed.get(String(set)) ?? 0;
    if (batch === 0 || batch >= submitted) return 'was not committed to before it was sent';
    const whole =
      Array.isArray(path) && path.every(isHashText) && isHashText(salt) && typeof index === 'number';
    if (!whole || typeof size !== 'number') return 'is not of the set';
    if (!isOfSet(env.verifier, known, tip, { index, size, path, salt })) return 'is not of the set';
    const places = this.#revealed.get(String(set)) ?? new Set();
    this.#revealed.set(String(set), places.add(index));
    return null;
  }

  /**
   * What is wrong with the shredding that an event carries out: an auditor must have verified a checkpoint that covers every emptied event, and
   * must not have excepted the tip. `to` and `last`: number of the last emptied event and the greatest index among them.
   */
  shreddingFault(
    event: AuditEvent,
    of: {
      readonly tip: TipId;
      readonly origin: string;
      /** Names of logs that ended. */
      readonly former: readonly string[];
      readonly to: number;
      readonly last: number;
    },
    rootAt: (size: number) => string | null,
  ): string | null {
    const remains = objectOf(event.restrictedPart?.remains);
    const { size, statement } = objectOf(remains?.audited) ?? {};
    const audited =
      typeof statement === 'string' && isHash(statement) ? this.audited.get(statement) : undefined;
    if (audited === undefined) return 'over a checkpoint that no auditor signed';
    // Of a log that ended nothing is left to compare but the auditor's own word.
    const isFormer = of.former.includes(audited.origin);
    if ((audited.origin !== of.origin && !isFormer) || audited.size !== size)
      return 'over another checkpoint';
    if (!isFormer && rootAt(audited.size) !== audited.root)
      return 'over a checkpoint that is not of this log';
    if (remains?.upTo !== of.to) return 'names other events than those that are gone';
    if (!isFormer && audited.size <= of.last) return 'of events that the auditor had not verified';
    return audited.exceptions.includes(of.tip) ? 'of a tip that the auditor had excepted' : null;
  }
}

const isHashText = (value: unknown): value is Hash => typeof value === 'string' && isHash(value);
