import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TipId, UnitId } from '../../../src/domain/ids.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import {
  INSPECTORATE,
  type Instance,
  MOC_CHAU,
  openInstance,
  PROVINCE,
  TO_HIEU,
} from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

interface Board {
  readonly provinces: readonly { readonly province: string; readonly name: { readonly vi: string } }[] | null;
  readonly units: readonly {
    readonly unit: string;
    readonly overdue: number;
    readonly holes: readonly string[];
  }[];
  readonly rows: readonly {
    readonly tip: string;
    readonly unit: string;
    readonly unitName: { readonly vi: string };
  }[];
  readonly next: string | null;
}

const DAY = 86_400;
let instance: Instance;
let above: Staff;
let tips: TipId[];
beforeAll(async () => {
  instance = await openInstance();
  tips = [];
  for (const unit of [TO_HIEU, MOC_CHAU, TO_HIEU, INSPECTORATE, PROVINCE]) {
    tips.push((await sendTip(instance, { unit })).tip);
    instance.clock.pass(3600);
  }
  instance.clock.pass(2 * DAY);
  above = await signIn(instance, 'sonla.truong');
});
afterAll(() => instance.close());

const board = async (query = ''): Promise<Board> =>
  ok<Board>(await above.get(`/api/staff/board/below${query}`));

describe('the board of the units below', () => {
  test('names what is overdue in each, and lists the tips, the longest overdue first', async () => {
    const { units, rows } = await board();
    expect(units.map(({ unit, overdue }) => [unit, overdue])).toEqual([
      [TO_HIEU, 2],
      [MOC_CHAU, 1],
    ]);
    expect(rows.map(({ tip }) => tip)).toEqual(tips.slice(0, 3));
    expect(rows[0]?.unitName.vi).toBe('Công an phường Tô Hiệu');
  });

  test('says where nobody answers for a stage', async () => {
    const { units } = await board();
    expect(units[0]?.holes).toContain('intake');
  });

  test('shows the tips of one unit when it is named', async () => {
    const { rows } = await board(`?unit=${MOC_CHAU}`);
    expect(rows.map(({ tip }) => tip)).toEqual([tips[1]]);
  });

  test('knows nothing of the units that tips about it go to', async () => {
    expect(JSON.stringify(await board())).not.toContain(INSPECTORATE);
    expect(await refusal(await above.get(`/api/staff/board/below?unit=${INSPECTORATE}`))).toEqual({
      ...{ status: 400, code: 'unit_unknown', field: 'unit' },
    });
  });

  test('is for leaders, and whoever stands over nobody finds it empty', async () => {
    const [officer, head] = await Promise.all([
      signIn(instance, 'sonla.canbo'),
      signIn(instance, 'tohieu.truong'),
    ]);
    expect((await officer.get('/api/staff/board/below')).status).toBe(403);
    expect(await ok<Board>(await head.get('/api/staff/board/below'))).toEqual({
      ...{ provinces: null, units: [], rows: [], next: null },
    });
    expect(await refusal(await above.get('/api/staff/board/below?after=x'))).toMatchObject({ status: 400 });
  });

  test('shows a province at a time over more units than a board has room for', async () => {
    const { store, recorder } = instance;
    const known = (await store.directory.units(null)).find(({ code }) => code === TO_HIEU);
    if (known === undefined) throw new Error('no commune');
    const more = Array.from({ length: 201 }, (_, n) => ({
      ...known,
      code: `14-${90_000 + n}-ca` as UnitId,
      nameVi: `Công an xã ${n}`,
      province: '99',
    }));
    await recorder.units(more);
    const { provinces, units, rows } = await board();
    expect(provinces?.map(({ province, name }) => [province, name.vi])).toEqual([
      ['14', 'Công an phường Tô Hiệu'],
      ['99', 'Công an xã 0'],
    ]);
    expect([units, rows]).toEqual([[], []]);
    const chosen = await board('?province=14');
    expect(chosen.units.map(({ unit }) => unit)).toEqual([TO_HIEU, MOC_CHAU]);
    expect(chosen.rows).toHaveLength(3);
    expect((await board('?province=99')).rows).toEqual([]);
    expect(await refusal(await above.get('/api/staff/board/below?province=77'))).toEqual({
      ...{ status: 400, code: 'unit_unknown', field: 'province' },
    });
  });
});
