/** @jsxImportSource hono/jsx/dom */

/** Shapes that go with a word; a shape alone never carries a meaning. 16 × 16. */
const SHAPES = {
  overdue: {
    solid: true,
    d: 'M8 1.2 15.2 14H.8L8 1.2Zm-.9 4.6.3 4.2h1.2l.3-4.2H7.1Zm.9 5.2a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z',
  },
  soon: { solid: true, d: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.8v10.4a5.2 5.2 0 1 1 0-10.4Z' },
  later: { solid: false, d: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z' },
  none: { solid: false, d: 'M3 8h10' },
  done: { solid: false, d: 'M3 8.5 6.5 12 13 4.5' },
  broken: { solid: false, d: 'M4 4l8 8M12 4l-8 8' },
  sealed: {
    solid: false,
    d: 'M8 1.5 13.5 4v4c0 3.2-2.3 5.4-5.5 6.5C4.8 13.4 2.5 11.2 2.5 8V4L8 1.5ZM5.4 8l2 2 3.4-3.8',
  },
  lock: { solid: false, d: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5' },
  bell: { solid: false, d: 'M3.5 11.5h9L11.5 10V7a3.5 3.5 0 0 0-7 0v3l-1 1.5ZM6.8 13.8a1.3 1.3 0 0 0 2.4 0' },
  info: { solid: false, d: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 5v4M8 4.8v.1' },
  menu: { solid: false, d: 'M2.5 4h11M2.5 8h11M2.5 12h11' },
  person: {
    solid: false,
    d: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8Zm-5.5 6c.6-2.6 2.8-4 5.5-4s4.9 1.4 5.5 4',
  },
} as const;

export type IconName = keyof typeof SHAPES;

/** One of the console's few shapes, hidden from screen readers: the word beside it speaks. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class={SHAPES[name].solid ? 'icon icon-solid' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
    <path d={SHAPES[name].d} fill-rule="evenodd" />
  </svg>
);
