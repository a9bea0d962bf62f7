import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, parsePlaces, parseProvinces, placeByCode, searchPlaces } from '../../src/domain/places.ts';
import { data } from './support.ts';

const sonLa = parsePlaces(data('places/14'));
const ninhBinh = parsePlaces(data('places/37'));
const names = (query: string, index = sonLa) => searchPlaces(index, query).map((hit) => hit.name);

describe('folding', () => {
  test.each([
    ['Phường Tô Hiệu', 'phuong to hieu'],
    ['ĐOÀN KẾT', 'doan ket'],
    ['  Chiềng   Cơi! ', 'chieng coi'],
    ['Nông trường Mộc Châu', 'nong truong moc chau'],
    ['Ưu–Ơ.Ặ', 'uu o a'],
    ['', ''],
  ])('"%s" becomes "%s"', (text, folded) => expect(fold(text)).toBe(folded));

  test('NFC and NFD fold alike, and folding twice changes nothing', () => {
    const vietnamese = fc.string({
      unit: fc.constantFrom(...'aăâbcdđeêghiklmnoôơpqrstuưvxyạảãàáằắậếộợự ĐĂ'.normalize('NFC')),
    });
    fc.assert(
      fc.property(vietnamese, (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text));
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe('searching', () => {
  test.each([
    ['to hieu', 'Phường Tô Hiệu'],
    ['TÔ HIỆU', 'Phường Tô Hiệu'],
    ['tô hiệu'.normalize('NFD'), 'Phường Tô Hiệu'],
    ['phuong to hieu', 'Phường Tô Hiệu'],
    ['hieu to', 'Phường Tô Hiệu'],
    ['to h', 'Phường Tô Hiệu'],
    ['moc chau', 'Phường Mộc Châu'],
    ['doan ket', 'Xã Đoàn Kết'],
    ['đoàn', 'Xã Đoàn Kết'],
  ])('"%s" finds %s first', (query, name) => expect(names(query)[0]).toBe(name));

  test('a name from before 1 July 2025 finds the commune it became part of, and says so', () =>
    expect(searchPlaces(sonLa, 'chieng xom')).toEqual([
      { code: '03664', name: 'Phường Chiềng An', former: 'Xã Chiềng Xôm, Thành phố Sơn La' },
    ]));

  test('a commune that was divided finds every part', () =>
    expect(names('nong truong moc chau').sort()).toEqual([
      'Phường Mộc Châu',
      'Phường Thảo Nguyên',
      'Phường Vân Sơn',
      'Xã Đoàn Kết',
    ]));

  test('a former name whose code is wrong in the source is found through the name', () =>
    expect(names('thien ton', ninhBinh)).toEqual(['Phường Hoa Lư']));

  test('a former province’s communes are found in the province they joined', () =>
    expect(searchPlaces(ninhBinh, 'phường thanh tuyền, phủ lý')[0]).toEqual({
      code: '13318',
      name: 'Phường Châu Sơn',
      former: 'Phường Thanh Tuyền, Thành phố Phủ Lý',
    }));

  test('a former district finds the communes that came of it', () => {
    const hits = searchPlaces(sonLa, 'huyen sop cop', 20);
    expect(hits.length).toBeGreaterThan(1);
    expect(
      hits.every((hit) =>
        placeByCode(sonLa, hit.code)?.former.some((one) => one.district === 'Huyện Sốp Cộp'),
      ),
    ).toBe(true);
  });

  test('the marks typed put the name that has them first', () => {
    const index = parsePlaces({
      province: { code: '99', name: 'Thử' },
      types: ['Xã'],
      districts: [],
      communes: [
        ['00001', 0, 'Hà Nam', []],
        ['00002', 0, 'Hạ Nam', []],
      ],
    });
    expect([names('hạ nam', index)[0], names('hà nam', index)[0]]).toEqual(['Xã Hạ Nam', 'Xã Hà Nam']);
  });

  test('nothing typed, only marks or a name that is nowhere finds nothing', () => {
    for (const query of ['', '   ', '!!', '\u0301', 'khong co noi nao nhu the', 'to hieu to hieu'])
      expect(names(query)).toEqual([]);
  });

  test('every commune finds itself first by its own name, typed with or without marks', () => {
    for (const index of [sonLa, ninhBinh])
      for (const { code, name } of index.communes) {
        expect(searchPlaces(index, name, 1)[0]?.code, name).toBe(code);
        expect(searchPlaces(index, fold(name), 1)[0]?.code, name).toBe(code);
      }
  });

  test('every former name finds a commune that it became part of', () => {
    for (const index of [sonLa, ninhBinh])
      for (const entry of index.communes)
        for (const former of entry.former) {
          const hits = searchPlaces(index, `${former.name} ${former.district}`, 200);
          expect(
            hits.map((hit) => hit.code),
            former.name,
          ).toContain(entry.code);
        }
  });

  test('whatever is typed, it answers with at most eight communes of the province, each once', () => {
    const codes = new Set(sonLa.communes.map((entry) => entry.code));
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom('xa', 'p', 'muong')),
        (query) => {
          const found = searchPlaces(sonLa, query).map((hit) => hit.code);
          expect(found.length).toBeLessThanOrEqual(8);
          expect(new Set(found).size).toBe(found.length);
          expect(found.every((code) => codes.has(code))).toBe(true);
        },
      ),
    );
  });

  test('typing more of a name never loses the commune', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sonLa.communes), fc.nat(30), (entry, cut) => {
        const typed = fold(entry.name).slice(0, Math.max(1, cut));
        expect(searchPlaces(sonLa, typed, 200).map((hit) => hit.code)).toContain(entry.code);
      }),
    );
  });
});

describe('the data', () => {
  test('the two provinces have all their communes since 1 July 2025', () =>
    expect([sonLa.communes.length, ninhBinh.communes.length]).toEqual([75, 129]));

  test('every commune knows what it came of', () => {
    for (const index of [sonLa, ninhBinh])
      for (const entry of index.communes) expect(entry.former.length, entry.name).toBeGreaterThan(0);
  });

  test('there are 34 provinces and cities', () => expect(parseProvinces(data('provinces'))).toHaveLength(34));

  test('the files are what the tool writes', () => {
    const tool = fileURLToPath(new URL('../../tools/places.mjs', import.meta.url));
    expect(() => execFileSync(process.execPath, [tool, '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  test.each([
    [
      { province: { code: '1', name: 'A' }, types: [], districts: [], communes: [] },
      'places.province.code: is not a code',
    ],
    [{ types: ['Xã'], districts: [], communes: [['1', 0, 'A', []]] }, 'places.communes[0][0]: is not a code'],
    [
      { types: ['Xã'], districts: [], communes: [['00001', 1, 'A', []]] },
      'places.communes[0][1]: must be a whole number',
    ],
    [
      { types: ['Xã'], districts: [], communes: [['00001', 0]] },
      'places.communes[0]: must have code, type, name',
    ],
    [
      { types: ['Xã'], districts: [], communes: [['00001', 0, 'A', [[0, 'B', 0]]]] },
      'places.communes[0][3][0][2]',
    ],
  ])('a wrong file %# is refused and the entry named', (json, message) =>
    expect(() => parsePlaces(json)).toThrow(message),
  );
});
