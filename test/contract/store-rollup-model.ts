import type { TipId, UnitId } from '../../src/domain/ids.ts';
import type { TipChange } from '../../src/domain/life-cycle-types.ts';
import type { ClockName, LegalKind, Verb } from '../../src/domain/terms.ts';
import type { Store } from '../../src/ports/store/store.ts';
import { AWAY, clockStart, clockStop, FIRST_CLOCKS, given, HOME, step, T0_SECONDS } from './store-fixture.ts';

/** One random step on one of a few tips. */
export interface Action {
  readonly tip: number;
  readonly kind: 'stop' | 'void' | 'start' | 'classify' | 'leave' | 'offer' | 'accept' | 'return';
  readonly clock: ClockName;
  readonly seconds: number;
  readonly word: string;
}

interface ModelTip {
  readonly id: TipId;
  unit: UnitId;
  offered: boolean;
  legalKind: LegalKind | null;
  readonly running: Set<ClockName>;
}

/** What the test knows by itself: which clocks run, and how many clocks of each tip must be in a cell. */
export interface Model {
  readonly tips: ModelTip[];
  readonly expected: Map<TipId, number>;
}

const VERBS = new Map<ClockName, Verb | null>(FIRST_CLOCKS.map(({ clock, verb }) => [clock, verb]));

/** Takes the action where it makes sense now; otherwise nothing happens. */
export async function runAction(store: Store, model: Model, action: Action): Promise<void> {
  const tip = model.tips[action.tip] ?? (await addTip(store, model));
  const set = changeFor(model, tip, action);
  if (set === null) return;
  const answer = await step(
    store,
    tip.id,
    { legalKind: tip.legalKind, ...set },
    { at: T0_SECONDS + action.seconds },
  );
  if ('stale' in answer) throw new Error('stale');
}

async function addTip(store: Store, model: Model): Promise<ModelTip> {
  const { tip: id } = await given(store);
  const running = new Set(FIRST_CLOCKS.map(({ clock }) => clock));
  const tip: ModelTip = { id, unit: HOME, offered: false, legalKind: null, running };
  model.tips.push(tip);
  model.expected.set(id, FIRST_CLOCKS.filter(({ verb }) => verb !== null).length);
  return tip;
}

function changeFor(model: Model, tip: ModelTip, action: Action): Partial<TipChange> | null {
  const { clock } = action;
  const verb = VERBS.get(clock) ?? null;
  const at = T0_SECONDS + action.seconds;
  const more = (n: number) => model.expected.set(tip.id, (model.expected.get(tip.id) ?? 0) + n);
  switch (action.kind) {
    case 'stop':
    case 'void':
      if (!tip.running.delete(clock)) return null;
      if (action.kind === 'void' && verb !== null) more(-1);
      return { stopClocks: [clockStop(clock, at, action.kind === 'void' ? 'void' : 'done')] };
    case 'start':
      if (tip.running.has(clock)) return null;
      tip.running.add(clock);
      if (verb !== null) more(1);
      return { startClocks: [clockStart(clock, verb, action.seconds)] };
    case 'classify':
      tip.legalKind = action.word as LegalKind;
      return { legalKind: tip.legalKind };
    case 'leave':
      tip.running.clear();
      model.expected.set(tip.id, 0);
      return { leavesRates: true };
    case 'offer':
      if (tip.offered) return null;
      tip.offered = true;
      return { custody: { kind: 'offer', to: other(tip.unit) } };
    case 'accept': {
      if (!tip.offered) return null;
      tip.offered = false;
      tip.unit = other(tip.unit);
      const taken = tip.running.has(clock);
      if (taken && verb !== null) more(1);
      return {
        custody: { kind: 'accept', unit: tip.unit },
        stopClocks: taken ? [clockStop(clock, at, 'transferred')] : [],
        startClocks: taken ? [clockStart(clock, verb, action.seconds)] : [],
      };
    }
    case 'return':
      if (!tip.offered) return null;
      tip.offered = false;
      return { custody: { kind: 'return' } };
  }
}

const other = (unit: UnitId): UnitId => (unit === HOME ? AWAY : HOME);
