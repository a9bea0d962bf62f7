import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ContactView } from '../../../src/features/post/contact.ts';
import type { Letter } from '../../../src/ports/poster.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

const PATH = '/api/staff/contact';
const ADDRESS = 'canbo@tohieu.example.vn';

let instance: Instance;
let officer: Staff;
let letters: Letter[];
let answers: 'sent' | 'refused';

beforeEach(async () => {
  letters = [];
  answers = 'sent';
  const poster = {
    send: async (sent: readonly Letter[]) => {
      letters.push(...sent);
      return sent.map(() => answers);
    },
    close: async () => undefined,
  };
  instance = await openInstance(() => ({ poster, digestHours: [7.5 * 3600, 13.5 * 3600] }));
  officer = await signIn(instance, 'tohieu.canbo');
});
afterEach(() => instance.close());

const view = async (): Promise<ContactView> => ok<ContactView>(await officer.get(PATH));
const ask = (email = ADDRESS, lang = 'vi') => officer.put(PATH, { email, lang });
const confirm = (code: string) => officer.post(`${PATH}/confirm`, { code });
const body = (letter: Letter | undefined): string => new TextDecoder().decode(letter?.body);
const codeIn = (letter: Letter | undefined): string => /\b\d{6}\b/.exec(body(letter))?.[0] ?? '';
const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const eventsNow = () => eventsOf(instance, `staff:${officer.person.id}`);

test('an address counts once the code from its letter was typed', async () => {
  expect(await view()).toEqual({ available: true, hours: ['07:30', '13:30'], contact: null });
  await ok(await ask());
  expect((await view()).contact).toEqual({ email: ADDRESS, lang: 'vi', confirmed: false });
  expect(letters.map(({ to }) => to)).toEqual([ADDRESS]);
  await ok(await confirm(codeIn(letters[0])));
  expect((await view()).contact).toEqual({ email: ADDRESS, lang: 'vi', confirmed: true });
});

test('every change is an event of one’s own chain, and the address stands in none', async () => {
  const before = eventsNow().length;
  await ok(await ask());
  await ok(await confirm(codeIn(letters[0])));
  await ok(await officer.delete(PATH));
  const events = eventsNow().slice(before);
  expect(events.map(({ type }) => type)).toEqual(['contact_set', 'contact_set', 'contact_set']);
  const said = events.map(({ restrictedPart }) => JSON.parse(new TextDecoder().decode(restrictedPart)));
  const by = officer.person.id;
  expect(said).toEqual(['asked', 'confirmed', 'dropped'].map((state) => ({ v: 1, by, state })));
  expect((await view()).contact).toBe(null);
});

test('the letter with the code is as long as a digest, in both languages, with no link', async () => {
  await ok(await ask(ADDRESS, 'vi'));
  instance.clock.pass(3600);
  officer = await signIn(instance, 'tohieu.canbo');
  await ok(await ask(ADDRESS, 'en'));
  expect(letters.map(({ body }) => body.length)).toEqual([1536, 1536]);
  for (const letter of letters) expect(body(letter)).not.toMatch(/https?:|www\.|tohieu/);
});

describe('a code is refused, without an event,', () => {
  test.each([
    ['another one', async (code: string) => confirm(wrong(code))],
    ['something that is none', async () => confirm('abc')],
    [
      'too late',
      async (code: string) => {
        instance.clock.pass(1800 - 1);
        // The session ends at the same moment: a new one, so that only the code is too late.
        officer = await signIn(instance, 'tohieu.canbo');
        instance.clock.pass(1);
        return confirm(code);
      },
    ],
    [
      'after five wrong ones',
      async (code: string) => {
        for (let i = 0; i < 5; i++) await confirm(wrong(code));
        return confirm(code);
      },
    ],
  ])('%s', async (_name, type) => {
    await ok(await ask());
    const changes = () => eventsNow().filter((event) => event.type === 'contact_set').length;
    const before = changes();
    expect(await refusal(await type(codeIn(letters[0])))).toEqual({
      status: 400,
      code: 'mail_code',
      field: 'code',
    });
    expect(changes()).toBe(before);
    expect((await view()).contact?.confirmed ?? false).toBe(false);
  });

  test('where none is waited for', async () => {
    expect((await refusal(await confirm('123456'))).code).toBe('mail_code');
    await ok(await ask());
    const code = codeIn(letters[0]);
    await ok(await confirm(code));
    expect((await refusal(await confirm(code))).code).toBe('mail_code');
    expect((await view()).contact?.confirmed).toBe(true);
  });
});

test('the code of one address does not prove another', async () => {
  await ok(await ask('mot@example.vn'));
  instance.clock.pass(60);
  await ok(await ask('hai@example.vn'));
  expect((await refusal(await confirm(codeIn(letters[0])))).code).toBe('mail_code');
  await ok(await confirm(codeIn(letters[1])));
  expect((await view()).contact?.email).toBe('hai@example.vn');
});

test('the answer is the same for an address that the mail server refuses', async () => {
  const taken = await ask();
  instance.clock.pass(60);
  answers = 'refused';
  const refused = await ask('khong-co@example.vn');
  expect([refused.status, await refused.text()]).toEqual([taken.status, await taken.text()]);
});

test('nobody fills a stranger’s letter box: each further code takes twice as long, dropping the address too', async () => {
  await ok(await ask());
  await ok(await officer.delete(PATH));
  const response = await ask();
  expect(response.headers.get('retry-after')).toBe('60');
  expect((await refusal(response)).code).toBe('too_many');
  instance.clock.pass(60);
  await ok(await ask());
  instance.clock.pass(119);
  expect((await refusal(await ask())).code).toBe('too_many');
  expect(letters).toHaveLength(2);
});

test.each([
  ['khong-phai-dia-chi'],
  ['a@b'],
  ['a b@example.vn'],
  ['a@example.vn\r\nBcc: b@example.vn'],
  ['a@example.vn, b@example.vn'],
  ['"a"@example.vn'],
  ['a..b@example.vn'],
  [`${'a'.repeat(65)}@example.vn`],
])('%j is no address, and no letter leaves', async (email) => {
  expect(await refusal(await ask(email))).toEqual({ status: 400, code: 'field_invalid', field: 'email' });
  expect([letters, (await view()).contact]).toEqual([[], null]);
});

test('only those who work on tips get letters', async () => {
  for (const account of ['quantri', 'kiemtra', 'sonla.trucban']) {
    const other = await signIn(instance, account);
    expect((await refusal(await other.get(PATH))).code).toBe('forbidden');
    expect((await refusal(await other.put(PATH, { email: ADDRESS, lang: 'vi' }))).code).toBe('forbidden');
  }
  expect(letters).toEqual([]);
});

test('where no mail server is set nothing is offered and no address is kept', async () => {
  const silent = await openInstance();
  try {
    const staff = await signIn(silent, 'tohieu.canbo');
    expect((await ok<ContactView>(await staff.get(PATH))).available).toBe(false);
    expect((await refusal(await staff.put(PATH, { email: ADDRESS, lang: 'vi' }))).code).toBe('not_found');
    expect((await ok<ContactView>(await staff.get(PATH))).contact).toBe(null);
  } finally {
    await silent.close();
  }
});
