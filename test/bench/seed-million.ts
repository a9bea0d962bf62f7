import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fromHex } from '../../src/adapters/store/sqlite/codec.ts';
import type { Db } from '../../src/adapters/store/sqlite/connection.ts';
import { citizenPartOf, restrictedPartOf } from '../../src/domain/event-parts.ts';
import type { StaffId, UnitId } from '../../src/domain/ids.ts';
import type { UnitKind } from '../../src/domain/terms.ts';
import { instancePaths } from '../../src/instance/folder.ts';
import { buildEvent, signEvent } from '../../src/protocol/event.ts';
import type { SignKeyPair } from '../../src/protocol/suite.ts';
import type { BenchInstance } from './bench-instance.ts';
import { type RealTip, submitReal } from './real-tips.ts';
import { checkAgainstStore, insertTriggers } from './seed-check.ts';
import { randomStream, rowWriter, type SignedBytes } from './seed-rows.ts';
import { seededRandom } from './seeded-random.ts';
import { type Place, type Story, StoryTeller } from './tip-story.ts';

/** The unit that holds the really sealed tips, which the bench opens. */
export const REAL_UNIT = '14-03646-ca' as UnitId;
export const YEARS = 2;
const DAY = 86_400;
const BATCH = 10_000;
/** Signed events kept of each kind, to be repeated. */
const POOL = 64;
/** Lives that are checked against the store before any is written. */
const CHECKED = 300;
const HANDLING: readonly string[] = [
  'commune_police',
  'provincial_police',
  'inspectorate',
  'provincial_inspectorate',
  'social_support',
  'procuracy',
  'health_department',
];

export interface SeedOptions {
  readonly tips: number;
  /** Really sealed tips, whose bytes the others repeat. */
  readonly real: number;
  /** Every so many tips one is written whole; 1 writes all of them whole. */
  readonly wholeEvery: number;
}

export interface Seeded {
  readonly tips: number;
  readonly events: number;
  readonly units: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly real: readonly RealTip[];
  /** What the file holds, in words. */
  readonly label: string;
}

/**
 * Fills an instance's database with tips of two years. Their lives are decided by the life cycle's table and written as final rows,
 * without syncing; ids, leaves and salts are random, sealed and signed bytes are those of really sealed tips and really signed steps.
 */
export async function seedTips(instance: BenchInstance, options: SeedOptions): Promise<Seeded> {
  const started = performance.now();
  const db = instance.store.connection;
  const real = await submitReal(instance, REAL_UNIT, options.real);
  const random = seededRandom(20_261_122);
  const places = addPeople(db, random);
  const teller = new StoryTeller(instance.deps.data, places, random);
  const now = instance.deps.clock.now();
  const signed = signedPool(instance);
  await checkLives(instance, places, real[0], signed);
  let events = 0;
  await inBulk(db, () => {
    const writer = rowWriter(db);
    for (let made = 0; made < options.tips; ) {
      db.exec('BEGIN');
      for (const end = Math.min(options.tips, made + BATCH); made < end; made++) {
        // Mostly in order of receipt, as they came; denser towards today, as services grow.
        const age = YEARS * 365 * DAY * (1 - Math.sqrt(made / options.tips));
        const story = teller.tell(now - age - random.below(6 * 3600), now);
        const sealed = real[made % real.length];
        if (sealed === undefined) throw new RangeError('at least one real tip is needed');
        writer.write(story, { sealed, events: signed(story) }, made % options.wholeEvery === 0);
        events += story.fold.events.length;
      }
      db.exec('COMMIT');
    }
    writer.finish();
  });
  db.pragma('wal_checkpoint(TRUNCATE)');
  const tips = options.tips + real.length;
  const bytesOfOthers =
    options.wholeEvery === 1
      ? 'everything of every tip'
      : `envelope, mailbox, answer and whole history of every ${options.wholeEvery}th, of the others the last event and all that lists and rates read`;
  return {
    tips,
    events,
    units: places.length,
    seconds: (performance.now() - started) / 1000,
    bytes: statSync(instancePaths(`${instance.folder}/instance`).database).size,
    real,
    label: `${tips} tips of ${places.length} units and ${YEARS} years, ${real.length} really sealed ones and their bytes repeated; ${bytesOfOthers}`,
  };
}

/** Some lives of all ages, lived through the store step by step as well: the seeded rows must be the very same. */
async function checkLives(
  instance: BenchInstance,
  places: readonly (readonly [Place, number])[],
  sealed: RealTip | undefined,
  signed: (story: Story) => readonly SignedBytes[],
): Promise<void> {
  if (sealed === undefined) throw new RangeError('at least one real tip is needed');
  const random = seededRandom(7);
  const teller = new StoryTeller(instance.deps.data, places, random);
  const now = instance.deps.clock.now();
  const stories = Array.from({ length: CHECKED }, () => teller.tell(now - random.below(90 * DAY), now));
  const extrasOf = (story: Story) => ({ sealed, events: signed(story) });
  await checkAgainstStore(
    places.map(([place]) => place),
    stories,
    extrasOf,
  );
}

/** Runs work without syncs and without the triggers that look at one event at a time; puts everything back. */
async function inBulk(db: Db, work: () => void): Promise<void> {
  const triggers = insertTriggers(db);
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -1048576');
  try {
    work();
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    db.pragma('cache_size = -65536');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    for (const { sql } of triggers) db.exec(sql);
  }
}

/** A head and two officers in every unit that handles tips, and how much comes to each. */
function addPeople(db: Db, random: ReturnType<typeof seededRandom>): (readonly [Place, number])[] {
  const bytes = randomStream();
  const units = db
    .prepare<[], { code: UnitId; kind: UnitKind; parent: UnitId | null }>(
      'SELECT code, kind, parent FROM unit ORDER BY code',
    )
    .all();
  const insert = db.prepare<unknown[]>(
    `INSERT INTO staff (id, account, display_name, unit, roles, status, sign_key, kem_key) VALUES (?, ?, ?, ?, ?, 'active', ?, ?)`,
  );
  const add = (unit: UnitId, role: string, n: number): StaffId => {
    const id = Buffer.from(bytes(16)).toString('hex') as StaffId;
    const account = `${unit}-${role}-${n}`;
    insert.run(fromHex(id), account, 'Cán bộ đo tải', unit, JSON.stringify([role]), bytes(32), bytes(1216));
    return id;
  };
  return units
    .filter(({ kind }) => HANDLING.includes(kind))
    .map(({ code, kind, parent }) => {
      const officers = [1, 2].map((n) => add(code, 'officer', n));
      const place = { unit: code, kind, parent, head: add(code, 'head', 0), officers };
      // Towns get many times what a far commune gets; a tenth of everything comes to the two provinces' police.
      const weight =
        kind === 'provincial_police' ? 12 : kind === 'commune_police' ? 1 / (0.4 + random.next() * 6) : 0.3;
      return [place, weight] as const;
    });
}

/** Signed bytes for a story's events: signed for the story itself until there are enough of a kind, then repeated. */
function signedPool(instance: BenchInstance): (story: Story) => readonly SignedBytes[] {
  const { suite, secrets, deps } = instance;
  const seed = secrets.staff[0]?.sign ?? suite.randomBytes(32);
  const key: SignKeyPair = suite.ed25519KeyPair(seed);
  const pools = new Map<string, SignedBytes[]>();
  let turn = 0;
  const sign = (type: string, no: number, time: object, citizen: object, restricted: object): SignedBytes => {
    const built = buildEvent(
      suite,
      {
        type,
        instance: deps.instance.id,
        subject: `tip:${'ab'.repeat(16)}`,
        no,
        prev: no === 1 ? null : (createHash('sha256').update(`${turn}`).digest('hex') as never),
        time: time as never,
      },
      citizen as never,
      restricted as never,
    );
    return {
      record: signEvent(suite, built, key),
      citizenPart: built.citizenPart,
      restrictedPart: built.restrictedPart,
    };
  };
  const take = (type: string, make: () => SignedBytes): SignedBytes => {
    const pool = pools.get(type) ?? [];
    pools.set(type, pool);
    turn += 1;
    if (pool.length < POOL) pool.push(make());
    return pool[turn % pool.length] as SignedBytes;
  };
  return (story) => [
    take('submitted', () => {
      const hash = '00'.repeat(32);
      const citizen = { state: 'submitted', unit: story.unit, seal: hash };
      return sign('submitted', 1, { t0: 480_000 }, citizen, { facts: hash, seal: hash, author: hash });
    }),
    ...story.steps.map((step, index) =>
      take(step.act.step, () => {
        const { state, act, change, actor } = step;
        const facts = { state, act, change, actor: { staff: actor.staff, unit: actor.unit } };
        return sign(act.step, index + 2, { at: step.at }, citizenPartOf(facts), restrictedPartOf(facts));
      }),
    ),
  ];
}
