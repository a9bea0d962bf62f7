import type { Hash, Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { Role, UnitKind } from '../../domain/terms.ts';
import type { DemoLogin } from '../../instance/demo-files.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { decodeBundle } from '../../protocol/bundle.ts';
import { type EpochKeys, openEpochSecret } from '../../protocol/epoch.ts';
import { ensure } from '../../protocol/errors.ts';
import { buildEvent, type Part, signEvent } from '../../protocol/event.ts';
import { signLogin } from '../../protocol/login.ts';
import {
  STAFF_COST,
  type StaffSecrets,
  staffKeysFromMaster,
  unwrapSecrets,
} from '../../protocol/staff-credential.ts';
import type { Argon2Cost } from '../../protocol/suite.ts';
import { type VerifiedDirectory, verifyDirectory } from '../../protocol/verify-directory.ts';
import { oneTimeCode } from '../one-time.ts';
import type { CitizenWorld } from './citizen.ts';
import { Client, Refused } from './client.ts';

/** What the service says of the person who logged in, as far as it is used here. */
export interface Me {
  readonly staff: StaffId;
  readonly unit: UnitId;
  readonly unitName: { readonly vi: string };
  readonly unitKind: UnitKind;
  readonly roles: readonly Role[];
  readonly wrappedSecrets: string;
  readonly epochWraps: readonly { readonly unit: UnitId; readonly epoch: number; readonly wrap: string }[];
  readonly now: Seconds;
}

interface LoginStart {
  readonly salt: string;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly nonce: string;
  readonly expires: number;
}

/** Where the next event of a subject joins. */
export interface Head {
  readonly no: number;
  readonly leaf: Hash | null;
}

const CODE_SECONDS = 30;

/** One signed-in person with their keys. The acts of one person are done one after another. */
export class StaffSession {
  readonly client: Client;
  readonly me: Me;
  readonly secrets: StaffSecrets;
  readonly #world: CitizenWorld;
  readonly #directories = new Map<UnitId, VerifiedDirectory>();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(world: CitizenWorld, client: Client, me: Me, secrets: StaffSecrets) {
    this.#world = world;
    this.client = client;
    this.me = me;
    this.secrets = secrets;
  }

  /**
   * Logs in with both factors: the passphrase is stretched here and never sent. A one-time code that was used already is waited out
   * once. `minimum` is for tests alone. Throws Refused, ProtocolError.
   */
  static async open(
    world: CitizenWorld,
    login: DemoLogin,
    minimum: Argon2Cost = STAFF_COST,
  ): Promise<StaffSession> {
    const typed = { ...login, code: () => oneTimeCode(login.totp, world.now()).code };
    try {
      return await StaffSession.#login(world, typed, minimum);
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'login_refused') throw error;
      await new Promise((resolve) =>
        setTimeout(resolve, (CODE_SECONDS - (world.now() % CODE_SECONDS) + 1) * 1000),
      );
      return StaffSession.#login(world, typed, minimum);
    }
  }

  /** Logs in somebody who types their own one-time code. Throws Refused, ProtocolError. */
  static openTyped(
    world: CitizenWorld,
    {
      account,
      passphrase,
      code,
    }: { readonly account: string; readonly passphrase: string; readonly code: string },
    minimum: Argon2Cost = STAFF_COST,
  ): Promise<StaffSession> {
    return StaffSession.#login(world, { account, passphrase, code: () => code }, minimum);
  }

  /** The session of a client that carries its cookie already, with keys that are open already. */
  static async resume(world: CitizenWorld, client: Client, secrets: StaffSecrets): Promise<StaffSession> {
    return new StaffSession(world, client, await client.get<Me>('/api/staff/me'), secrets);
  }

  static async #login(
    world: CitizenWorld,
    login: { readonly account: string; readonly passphrase: string; readonly code: () => string },
    minimum: Argon2Cost,
  ): Promise<StaffSession> {
    const { suite, pins, pool, watch } = world;
    const { account, passphrase } = login;
    const client = new Client(world.origin, world.carry);
    const start = await client.post<LoginStart>('/api/staff/login/start', { account });
    const cost = { memoryKiB: start.memoryKiB, passes: start.passes };
    ensure(cost.memoryKiB >= minimum.memoryKiB && cost.passes >= minimum.passes, 'weak_parameters', 'cost');
    const master = await pool.stretch(passphrase, fromBase64Url(start.salt), cost);
    const keys = staffKeysFromMaster(suite, master);
    const signature = signLogin(suite, keys.login, {
      door: 'staff',
      origin: world.origin,
      instance: pins.instance,
      subject: account,
      nonce: fromBase64Url(start.nonce),
      expires: start.expires,
    });
    const me = await watch.time('login', () =>
      client.post<Me>('/api/staff/login', {
        account,
        nonce: start.nonce,
        expires: start.expires,
        signature: toBase64Url(signature),
        code: login.code(),
      }),
    );
    const context = { instance: pins.instance, staff: me.staff };
    const secrets = unwrapSecrets(suite, keys.wrapKey, fromBase64Url(me.wrappedSecrets), context);
    return new StaffSession(world, client, me, secrets);
  }

  /** Runs one act of this person after those before it, so that their chain of reads does not run into itself. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** The directory of a unit (the person's own when none is named) and its parents, verified once. */
  async directory(unit: UnitId = this.me.unit): Promise<VerifiedDirectory> {
    const known = this.#directories.get(unit);
    if (known !== undefined) return known;
    const bytes = await this.client.bytes(`/api/directory?unit=${unit}&epochs=all`);
    const { suite, pins } = this.#world;
    const directory = verifyDirectory(suite, pins, decodeBundle(bytes), this.#world.now());
    this.#directories.set(unit, directory);
    return directory;
  }

  /** Keys of an epoch of the person's unit, opened from the wrap and checked against the signed statement. */
  async epoch(n: number): Promise<EpochKeys> {
    const { unit, staff, epochWraps } = this.me;
    const wrap = epochWraps.find((one) => one.unit === unit && one.epoch === n);
    const signed = (await this.directory()).epochs.get(unit)?.find((one) => one.n === n);
    ensure(wrap !== undefined && signed !== undefined, 'wrap_foreign');
    const { suite, pins } = this.#world;
    const context = { instance: pins.instance, unit, epoch: n, member: staff };
    return openEpochSecret(suite, fromBase64Url(wrap.wrap), context, this.secrets.kem.secretKey, signed).keys;
  }

  /** An event signed with the person's key, as the service takes it. */
  signed(type: string, subject: string, head: Head, at: number, citizen: Part, restricted: Part) {
    const { suite, pins } = this.#world;
    const header = {
      type,
      instance: pins.instance,
      subject,
      no: head.no + 1,
      prev: head.leaf,
      time: { at: at as Seconds },
    };
    const built = buildEvent(suite, header, citizen, restricted);
    return {
      record: toBase64Url(signEvent(suite, built, this.secrets.sign)),
      citizenPart: toBase64Url(built.citizenPart),
      citizenSalt: toBase64Url(built.citizenSalt),
      restrictedPart: toBase64Url(built.restrictedPart),
      restrictedSalt: toBase64Url(built.restrictedSalt),
    };
  }
}
