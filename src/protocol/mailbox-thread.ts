import type { Hash } from '../domain/ids.ts';
import { isHash } from '../domain/ids.ts';
import { parsePart } from './event.ts';

/** A step as the mailbox is given it. */
export interface ToldStep {
  readonly no: number;
  readonly type: string;
  readonly citizenPart: Uint8Array;
}

/** What the steps say of the thread, for comparing it with the envelopes that were served. */
export interface ToldThread {
  /** Seal hash of each envelope that a step names, by its number; 1 is the tip. */
  readonly seals: ReadonlyMap<number, Hash>;
  /** Numbers of the envelopes that units wrote: each must be served. */
  readonly fromUnits: readonly number[];
  /** True when steps are numbered 1, 2, 3 … and envelopes 1, 2, 3 … over them, but for what retention emptied. */
  readonly ordered: boolean;
  /** True when a number of a step or envelope is left out. */
  readonly gap: boolean;
  /** True while the unit takes no messages. */
  readonly muted: boolean;
  /** True when an operator has had the present code since the last change of code, as far as steps tell. */
  readonly viaOperator: boolean;
}

/**
 * How many steps at the beginning retention has emptied: the proposal of two people and their approval are what is left. 0 for every other
 * mailbox, so that a missing beginning stays a gap.
 */
export function emptiedBefore(steps: readonly Pick<ToldStep, 'no' | 'type'>[]): number {
  const [first, second, ...more] = steps;
  const left = first?.type === 'shredding_proposed' && second?.type === 'shredded' && more.length === 0;
  return left ? first.no - 1 : 0;
}

/** Reads the thread out of a mailbox's steps (attacker-controlled, not signed for this reader); never throws. */
export function toldThread(steps: readonly ToldStep[]): ToldThread {
  const seals = new Map<number, Hash>();
  const fromUnits: number[] = [];
  const before = emptiedBefore(steps);
  const stepNumbers = steps.map(({ no }) => no - before);
  const numbers: number[] = [];
  let muted = false;
  let viaOperator = false;
  for (const { type, citizenPart } of steps) {
    const part = partOf(citizenPart);
    const named = type === 'submitted' ? { no: 1, seal: part.seal } : part.message;
    const { no, seal } = messageOf(named);
    if (no > 0) {
      numbers.push(no);
      if (seal !== null) seals.set(no, seal);
      if (type !== 'submitted' && type !== 'message_received') fromUnits.push(no);
    }
    if (type === 'thread_muted') muted = true;
    if (type === 'thread_unmuted') muted = false;
    if (type === 'mailbox_changed') viaOperator = false;
    if (part.via === 'operator') viaOperator = true;
  }
  const lists = [stepNumbers, numbers];
  return {
    seals,
    fromUnits,
    ordered: lists.every(ascends),
    gap: lists.some(skips),
    muted,
    viaOperator,
  };
}

const partOf = (bytes: Uint8Array): { readonly [key: string]: unknown } => {
  try {
    return parsePart(bytes);
  } catch {
    return {};
  }
};

const messageOf = (value: unknown): { readonly no: number; readonly seal: Hash | null } => {
  if (typeof value !== 'object' || value === null) return { no: 0, seal: null };
  const no: unknown = Reflect.get(value, 'no');
  const seal: unknown = Reflect.get(value, 'seal');
  return {
    no: typeof no === 'number' && Number.isSafeInteger(no) ? no : 0,
    seal: typeof seal === 'string' && isHash(seal) ? seal : null,
  };
};

const ascends = (numbers: readonly number[]): boolean =>
  numbers.every((no, at) => at === 0 || no > (numbers[at - 1] ?? 0));

/** True when the numbers, in whatever order, are not 1, 2, 3 … */
const skips = (numbers: readonly number[]): boolean =>
  new Set(numbers).size !== numbers.reduce((most, no) => Math.max(most, no), 0);
