import { describe, expect, test } from 'vitest';
import { admit, newChosen, sizeText } from '../../../src/client/form/files/chosen.ts';
import type { Looked } from '../../../src/client/inspect/api.ts';
import { outgoingOf } from '../../../src/client/inspect/outgoing.ts';
import { fill } from '../../../src/i18n/index.ts';
import { attachments as texts } from '../../../src/i18n/vi/attachments.ts';

const MIB = 1024 * 1024;
const file = (name: string, size = 10): File => ({ name, size, lastModified: 1 }) as File;
const admitted = (added: readonly File[], chosen: readonly File[] = []) =>
  admit(added, chosen.map(newChosen), { bytes: MIB, texts, lang: 'vi' }, fill);

/** A photo that was looked into and drawn anew. */
function drawn(name: string) {
  const made = { form: 'redrawn', file: new Blob(['new']), type: 'image/jpeg' } as const;
  const looked: Looked = {
    inspection: {
      type: 'image/webp',
      lies: false,
      findings: [],
      ways: ['redrawn', 'original'],
      obstacle: 'none',
    },
    made,
  };
  return { ...newChosen(file(name)), looked, form: 'redrawn' as const };
}

describe('files that a person chose', () => {
  test('are taken up to the bound of the instance, and a larger one is named with it', () => {
    const { taken, refused } = admitted([file('vừa.mp4', MIB), file('lớn.mp4', MIB + 1)]);
    expect(taken.map(({ name }) => name)).toEqual(['vừa.mp4']);
    expect(refused).toEqual(['lớn.mp4 lớn quá 1,0 MB nên không gửi được.']);
  });

  test('are not taken twice, nor beyond twenty', () => {
    const twenty = Array.from({ length: 20 }, (_, i) => file(`${i}`));
    const { taken, refused } = admitted([file('0'), file('20')], twenty);
    expect(taken).toEqual([]);
    expect(refused).toHaveLength(2);
  });

  test('lose a name that a camera gave, for it tells day and time, once they are made anew', () => {
    expect(outgoingOf(drawn('IMG_20261120_213000.webp'))?.name).toBe('anh.jpg');
    expect(outgoingOf(drawn('cửa sau.webp'))?.name).toBe('cửa sau.jpg');
  });

  test('keep name and bytes when the original is kept', () => {
    const kept = { ...drawn('IMG_20261120_213000.webp'), form: 'original' as const };
    expect(outgoingOf(kept)).toMatchObject({
      name: 'IMG_20261120_213000.webp',
      type: 'image/webp',
      form: 'original',
      file: kept.file,
    });
  });

  test('are not sealed before they were looked into', () => {
    expect(outgoingOf(newChosen(file('a.jpg')))).toBeNull();
  });

  test('have sizes as people read them', () => {
    expect([sizeText('vi', 1), sizeText('vi', 2.44 * MIB), sizeText('en', 500 * MIB)]).toEqual([
      '1 kB',
      '2,4 MB',
      '500 MB',
    ]);
  });
});
