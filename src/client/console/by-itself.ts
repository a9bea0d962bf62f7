import { BY_ITSELF } from '../../protocol/headers.ts';

/** True while the page starts work that nobody asked for. */
let starting = false;
/** Questions under way in a Worker, by whether a person asked. */
const underWay = { asked: 0, byItself: 0 };

/** Starts work that nobody asked for: the requests and the Worker's questions that it starts at once are marked as such. */
export const byItself = <T>(work: () => T): T => {
  const before = starting;
  starting = true;
  try {
    return work();
  } finally {
    starting = before;
  }
};

/** Whether what is started now was asked for by nobody. */
export const startsByItself = (): boolean => starting;

/** In the Worker: answers a question. Its requests are marked while no question of a person's is under way. */
export const answering = async <T>(auto: boolean, work: () => Promise<T>): Promise<T> => {
  const kind = auto ? 'byItself' : 'asked';
  underWay[kind]++;
  try {
    return await work();
  } finally {
    underWay[kind]--;
  }
};

/** Header of a request that the console makes now: the mark, or nothing when a person asked for it. */
export const markNow = (): Readonly<Record<string, string>> =>
  starting || (underWay.byItself > 0 && underWay.asked === 0) ? { [BY_ITSELF]: '1' } : {};
