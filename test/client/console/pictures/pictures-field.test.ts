import { expect, test } from 'vitest';
import { chosenPictures, picturesOf } from '../../../../src/client/console/pictures/pictures-field.tsx';
import type { AttachmentView, OpenedTip } from '../../../../src/client/console/worker/calls.ts';

const attachment = (id: string, type: string): AttachmentView => ({
  ...{ id, type, no: 1, name: `IMG_20261120_${id}.jpg`, size: 10, form: 'original' },
});
const tip = {
  attachments: [attachment('a', 'image/jpeg'), attachment('b', 'application/pdf')],
  messages: [
    { from: 'citizen', attachments: [attachment('c', 'image/png')] },
    { from: 'unit', attachments: [attachment('d', 'image/png')] },
  ],
} as unknown as Pick<OpenedTip, 'attachments' | 'messages'>;

test('a working copy may take the sender’s pictures, then and later, and no other file', () => {
  expect(picturesOf(tip).map(({ id }) => id)).toEqual(['a', 'c']);
});

test('pictures go along under names that tell nothing, in the order of the attachments', () => {
  const png = { file: new Blob(['x'], { type: 'image/png' }), areas: [] };
  const jpeg = { file: new Blob(['y'], { type: 'image/jpeg' }), areas: [] };
  const chosen = chosenPictures(picturesOf(tip), { c: png, a: jpeg });
  expect(chosen.map(({ name, type }) => [name, type])).toEqual([
    ['anh-1.jpg', 'image/jpeg'],
    ['anh-2.png', 'image/png'],
  ]);
});
