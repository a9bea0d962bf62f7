import { endOfDay } from '../../../domain/calendar.ts';
import type { Hash, Seconds } from '../../../domain/ids.ts';
import type { HolidayYear, LawStore } from '../../../ports/store/law-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
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
  const files = prepared(db, () => query.selectFrom('law_file').select(['name', 'hash']).orderBy('name'));
  const saveFile = prepared(db, (p: Names<{ name: string; hash: Uint8Array }>) =>
    query
      .insertInto('law_file')
      .values({ name: p('name'), hash: p('hash') })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ hash: p('hash') })),
  );
  const beyond = prepared(db, (p: Names<{ moment: Seconds }>) =>
    query
      .selectFrom('tip')
      .select('seq')
      .where('open', '=', lit(1))
      .where('due', '>', p('moment'))
      .limit(lit(1)),
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
      return files.all({}).map(({ name, hash }) => ({ name, hash: toHex<Hash>(hash) }));
    },
    async saveLawFiles(event, rows) {
      return events.transaction(() => {
        events.append(event);
        for (const { name, hash } of rows) saveFile.run({ name, hash: fromHex(hash) });
        return 'saved' as const;
      });
    },
    async runsBeyond(day) {
      return beyond.get({ moment: endOfDay(day) }) !== undefined;
    },
  };
}
