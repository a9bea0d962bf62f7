import { sql } from 'kysely';
import type { Day, Hash } from '../../../domain/ids.ts';
import type { HolidayYear, LawStore } from '../../../ports/store/law-store.ts';
import { type Names, query } from '../sql/builder.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

/** Holidays by year and the files of law that the instance last ran with. */
export function createLawStore(db: Db, events: EventLog): LawStore {
  const all = prepared(db, () =>
    query.selectFrom('holiday_year').select(['year', 'data', 'saved', 'by']).orderBy('event_no'),
  );
  const version = prepared(db, () =>
    query.selectFrom('holiday_year').select((eb) => eb.fn.max('event_no').as('last')),
  );
  const save = prepared(db, (p: Names<HolidayYear & { no: number }>) =>
    query.insertInto('holiday_year').values({
      ...{ event_no: p('no'), year: p('year'), data: p('data'), saved: p('saved'), by: p('by') },
    }),
  );
  const files = prepared(db, () =>
    query.selectFrom('law_file').select(['name', 'hash', 'event_no']).orderBy('name'),
  );
  const saveFile = prepared(db, (p: Names<{ name: string; hash: Uint8Array; no: number }>) =>
    query
      .insertInto('law_file')
      .values({ name: p('name'), hash: p('hash'), event_no: p('no') })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ hash: p('hash'), event_no: p('no') })),
  );
  // By unit, because the days of clocks are only ordered within one.
  const settling = prepared(
    db,
    (p: Names<{ day: Day; most: number }>) => sql<{ count: number }>`
      select count(*) as count from (
        select 1 from unit u cross join tip_clock c indexed by tip_clock_unsettled on c.unit = u.code
        where c.unsettled = 1 and c.due_day >= ${p('day')}
        limit ${p('most')}
      )`,
  );
  return {
    async holidays() {
      return all.all({});
    },
    async holidaysVersion() {
      return version.get({})?.last ?? 0;
    },
    async saveHolidays(event, year) {
      return events.transaction(() => {
        events.append(event);
        if (!('at' in event.time)) throw new TypeError('an event of the directory has its second');
        save.run({ ...year, saved: event.time.at, no: event.no });
        return 'saved' as const;
      });
    },
    async lawFiles() {
      return files
        .all({})
        .map(({ name, hash, event_no }) => ({ name, hash: toHex<Hash>(hash), no: event_no }));
    },
    async saveLawFiles(event, rows) {
      return events.transaction(() => {
        events.append(event);
        for (const { name, hash } of rows) saveFile.run({ name, hash: fromHex(hash), no: event.no });
        return 'saved' as const;
      });
    },
    async settlingFrom(day, most) {
      return settling.get({ day, most })?.count ?? 0;
    },
  };
}
