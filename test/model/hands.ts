import { AppError } from '../../src/domain/errors.ts';
import type { TipId, UnitId } from '../../src/domain/ids.ts';
import type { Act } from '../../src/domain/life-cycle-types.ts';
import { mayReadTips } from '../../src/domain/roles.ts';
import { signEpochsAhead } from '../../src/instance/epochs-ahead.ts';
import type { Instance } from '../fixtures/instance.ts';
import { type Staff, signed, signIn } from '../fixtures/staff.ts';
import { stepBody } from '../fixtures/steps.ts';
import type { ActSaid } from './judge.ts';

/** Seconds after which a session is no longer sure to be open. */
const STAY = 20 * 60;

/** The people of an instance at their consoles, over real HTTP: signed in when they act, with keys for the week. */
export class Hands {
  readonly #instance: Instance;
  readonly #accounts: readonly string[];
  readonly #open = new Map<string, { readonly staff: Staff; readonly at: number }>();

  constructor(instance: Instance, accounts: readonly string[]) {
    this.#instance = instance;
    this.#accounts = accounts;
  }

  async of(account: string): Promise<Staff> {
    const now = this.#instance.clock.now();
    const known = this.#open.get(account);
    if (known !== undefined && now - known.at < STAY) return known.staff;
    const staff = await signIn(this.#instance, account);
    this.#open.set(account, { staff, at: now });
    return staff;
  }

  /** A unit must have a live epoch before anything is sealed to it: its people sign the next weeks ahead, as their consoles do. */
  async keysOf(unit: string): Promise<void> {
    const { store, suite, pins, recorder, recoveryHolders, clock } = this.#instance;
    const code = unit as UnitId;
    const now = clock.now();
    const rows = await store.directory.epochs(code);
    if (rows.length === 0 || rows.some((row) => row.from <= now && now < row.until)) return;
    const readers = this.#accounts
      .map((account) => this.#instance.person(account))
      .filter((person) => person.unit === unit && mayReadTips(person.roles));
    const [first, second] = readers;
    if (first === undefined || second === undefined) return;
    const signedAhead = signEpochsAhead(suite, {
      ...{ instance: pins.instance, unit: code, last: rows.at(-1) ?? null, now },
      signers: [first.secrets.sign, second.secrets.sign],
      readers: readers.map(({ id, secrets }) => ({ id, kemKey: secrets.kem.publicKey })),
      recoveryHolders,
    });
    for (const { statement, wraps, shares } of signedAhead) {
      await recorder.epochWraps(code, wraps);
      await recorder.recoveryShares(code, shares);
      await recorder.statement(statement);
    }
  }

  /** Takes a step as this person's console would; where it would not even offer the step, signs and sends it nevertheless. */
  async take(account: string, tip: TipId, said: ActSaid): Promise<Response> {
    const { store } = this.#instance;
    const staff = await this.of(account);
    const detail = await store.triage.tip(tip);
    if (detail === null) throw new Error('there is no such tip');
    const { state, head } = detail;
    for (const unit of [staff.person.unit, state.unit, state.transferTo, said.toUnit])
      if (typeof unit === 'string') await this.keysOf(unit);
    const act = ('decision' in said ? { ...said, decision: state.pending?.id ?? 1 } : said) as unknown as Act;
    const body = await this.#body(staff, tip, act, head);
    return staff.post(`/api/staff/tips/${tip}/steps`, body);
  }

  async #body(staff: Staff, tip: TipId, act: Act, head: Parameters<typeof signed>[1]['head']) {
    try {
      return await stepBody(staff, tip, act);
    } catch (error) {
      const refused = error instanceof AppError || (error instanceof Error && /^\d{3} /.test(error.message));
      if (!refused) throw error;
      const event = signed(staff, {
        ...{ type: act.step, subject: `tip:${tip}`, head, citizen: { v: 1 }, restricted: { v: 1 } },
      });
      return { act, event };
    }
  }
}
