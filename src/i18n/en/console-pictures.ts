import type { consolePicturesVi } from '../vi/console-pictures.ts';
import { attachments } from './attachments.ts';

export const consolePicturesEn: typeof consolePicturesVi = {
  files: attachments,
  pictures: {
    legend: 'Pictures in this copy',
    hint: 'A picture goes along only after you opened it, covered what gives the informant away, and took it in. Each opening is recorded.',
    notTaken: 'not in this copy',
    taken: (areas) =>
      areas === 0
        ? 'in this copy, nothing covered'
        : `in this copy, ${areas} ${areas === 1 ? 'area' : 'areas'} covered`,
    open: 'Open to cover',
    change: 'Cover again',
    leaveOut: 'Leave this picture out',
    how: 'Drag a mouse or a finger over the picture to black it out. By keyboard: press “Add an area”, arrow keys move it, Shift and arrows change its size, Delete removes it.',
    drawing: (name, areas) => `Picture ${name}, ${areas} ${areas === 1 ? 'area' : 'areas'} covered`,
    add: 'Add an area',
    areas: 'Covered areas',
    area: (no, x, y, w, h) =>
      `Area ${no}: ${x} % from the left, ${y} % from the top, ${w} % wide, ${h} % tall`,
    removeArea: (no) => `Remove area ${no}`,
    take: 'Draw anew and take in',
    picture: (no) => `Picture ${no} of the working copy`,
    show: (count) => (count === 1 ? 'See the picture' : `See ${count} pictures`),
    opening: 'Opening the pictures',
  },
  keepOriginal:
    'Keep the original as it is: only where the original itself is evidence, for it may tell where the informant was and which device they use.',
  telling: {
    title: 'This original still tells',
    reading: 'Looking at what this original still tells',
    nothing: 'No hidden information was found in this original.',
    closed: 'This kind of file cannot be looked into: it may still tell about its sender.',
    lies: (type) => `Its name says one kind of file, inside it is ${type}.`,
    care: 'Do not pass the original on; use a working copy.',
  },
};
