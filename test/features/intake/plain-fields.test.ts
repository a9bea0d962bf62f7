import { afterAll, beforeAll, expect, test } from 'vitest';
import { answersFrom, plainProvinces } from '../../../src/features/intake/plain-fields.ts';
import { formReference } from '../../../src/features/intake/reference.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await openInstance();
});
afterAll(() => instance.close());

const answers = (posted: Readonly<Record<string, string>>) => {
  const served = { ...instance.deps.instance, provinces: ['14', '37'] };
  const reference = formReference({ ...instance.deps, instance: served });
  const province = plainProvinces(instance.deps, reference)('14');
  const fields = new Map(Object.entries({ province: '14', commune: '03646', ...posted }));
  return answersFrom(fields, { lang: 'vi', support: false }, reference, province);
};

test.each([
  ['', 'own'],
  ['own', 'own'],
  ['unknown', 'unknown'],
  ['37-ca', '37-ca'],
  ['14-03664-ca', '14-03664-ca'],
  ['37-11968-ca', ''],
  ['vn-xyz', ''],
])('the unit of an official posted as "%s" counts as "%s"', (posted, accused) =>
  expect(answers({ accused: posted }).accused).toBe(accused),
);

test('every unit that is ticked counts, however many they are', () => {
  const codes = ['14-ca', '14-tt', '14-ttca', '14-vks', 'vn-ttb', 'vn-vks'];
  const ticks = Object.fromEntries(codes.map((code) => [`exclude-${code}`, '1']));
  const { excluded } = answers({ ...ticks, 'exclude-commune': '1' });
  expect(excluded.toSorted()).toEqual(['14-03646-ca', ...codes]);
});
