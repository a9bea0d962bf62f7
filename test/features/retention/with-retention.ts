import { Hono } from 'hono';
import type { Hash, Seconds, TipId } from '../../../src/domain/ids.ts';
import type { RetentionLedger } from '../../../src/features/retention/audited.ts';
import { retentionRoutes } from '../../../src/features/retention/routes.ts';
import type { AppEnv } from '../../../src/http/kit/app-env.ts';
import { apiError, toAppError } from '../../../src/http/kit/errors.ts';
import { parseAudited, signAudited } from '../../../src/protocol/auditor.ts';
import type { Instance } from '../../fixtures/instance.ts';

/** One rule, short enough that directory and epochs still stand when it is due. */
export const SHORT_RULES = {
  rules: [
    {
      ...{ id: 'short', legalKinds: null, outcomes: ['spam'], after: { n: 7, unit: 'd' } },
      ...{ from: '2026-01-01', until: null, basis: 'Chính sách thử nghiệm', nature: 'policy' },
    },
  ],
};

/** A log in which a test says how far it was audited. */
export interface Audits {
  readonly ledger: RetentionLedger;
  /** Signs a later checkpoint than any before; gives the statement's hash. */
  audit(more?: { readonly exceptions?: readonly TipId[]; readonly origin?: string }): Hash;
  /** From now on test tips are announced. */
  announceCanaries(): void;
}

/** Every event of a tip stands in the log at the place of its number. */
export function audits({ suite, store, pins, deps, clock, person }: Instance): Audits {
  const rows: Awaited<ReturnType<RetentionLedger['auditorStatements']>>[number][] = [];
  const { logOrigin: origin } = deps.instance;
  let canaries = 0;
  let size = 0;
  return {
    ledger: {
      logs: async () => [{ log: 1, origin, begun: clock.now() }],
      indicesOf: async (_log, tip) => {
        const head = (await store.triage.head(`tip:${tip}`)).no;
        return Array.from({ length: head }, (_, i) => i + 100);
      },
      auditorStatements: async (kind) =>
        kind === 'canaries' ? rows.slice(0, canaries) : rows.filter((row) => row.kind === kind),
    },
    audit(more = {}) {
      size += 1000;
      const record = signAudited(
        suite,
        {
          instance: pins.instance,
          auditor: 'doclap',
          origin: more.origin ?? origin,
          size,
          root: 'ab'.repeat(32) as Hash,
          report: 'cd'.repeat(32) as Hash,
          exceptions: more.exceptions ?? [],
          at: clock.now() as Seconds,
        },
        person('doclap').secrets.sign,
      );
      const { hash, statement } = parseAudited(suite, record);
      const row = { hash, kind: 'audited-checkpoint', auditor: statement.auditor, n: size } as const;
      rows.push({ ...row, origin: statement.origin, record });
      return hash;
    },
    announceCanaries() {
      canaries = 1;
    },
  };
}

/** The instance with the routes of retention over such a log, and with other rules where a test gives them. */
export function withRetention(instance: Instance, ledger: RetentionLedger, rules?: unknown): Instance {
  const app = new Hono<AppEnv>();
  const { data } = instance.deps;
  const get = (name: string): unknown =>
    name === 'retention' && rules !== undefined ? rules : data.get(name);
  app.route('/', retentionRoutes({ ...instance.deps, data: { get } }, ledger));
  app.all('*', (c) => instance.app.fetch(c.req.raw));
  app.onError((thrown, c) => apiError(c, toAppError(thrown)));
  return { ...instance, app };
}
