import type { TipId, UnitId } from '../../domain/ids.ts';
import type { LiveEvent } from '../../domain/live-event.ts';
import type { Alarm, AlarmBoard, Live, LiveLine } from '../../ports/live.ts';

type Listener = (event: LiveEvent) => void;
type Lines = Map<UnitId, Set<Listener>>;

/** Publish and subscribe within one process. A listener that throws is dropped; the others still hear the event. */
export function createMemoryLive(): Live {
  const lines: Readonly<Record<LiveLine, Lines>> = { tips: new Map(), calls: new Map() };
  const watchers = new Set<(unit: UnitId, event: LiveEvent) => void>();
  return {
    publish(unit, event) {
      for (const open of [lines.tips, lines.calls]) tell(open, unit, event);
      for (const watcher of [...watchers]) {
        try {
          watcher(unit, event);
        } catch {
          watchers.delete(watcher);
        }
      }
    },
    subscribe(unit, line, listener) {
      const open = lines[line];
      const own: Listener = (event) => listener(event);
      const listeners = open.get(unit) ?? new Set();
      listeners.add(own);
      open.set(unit, listeners);
      return () => forget(open, unit, own);
    },
    consoles: (unit) => lines.tips.get(unit)?.size ?? 0,
    watch(listener) {
      const own = (unit: UnitId, event: LiveEvent): void => listener(unit, event);
      watchers.add(own);
      return () => {
        watchers.delete(own);
      };
    },
    alarms: createAlarmBoard(),
  };
}

function tell(open: Lines, unit: UnitId, event: LiveEvent): void {
  for (const listener of [...(open.get(unit) ?? [])]) {
    try {
      listener(event);
    } catch {
      forget(open, unit, listener);
    }
  }
}

function forget(open: Lines, unit: UnitId, listener: Listener): void {
  const listeners = open.get(unit);
  listeners?.delete(listener);
  if (listeners?.size === 0) open.delete(unit);
}

function createAlarmBoard(): AlarmBoard {
  const alarms = new Map<TipId, Alarm>();
  return {
    get: (tip) => alarms.get(tip) ?? null,
    set: (alarm) => {
      alarms.set(alarm.tip, alarm);
    },
    delete: (tip) => {
      alarms.delete(tip);
    },
    all: () => [...alarms.values()],
  };
}
