import type { TipId, UnitId } from '../../domain/ids.ts';
import type { LiveEvent } from '../../domain/live-event.ts';
import type { Alarm, AlarmBoard, Live } from '../../ports/live.ts';

type Listener = (event: LiveEvent) => void;

/** Publish and subscribe within one process. A listener that throws is dropped; the others still hear the event. */
export function createMemoryLive(): Live {
  const consoles = new Map<UnitId, Set<Listener>>();
  const watchers = new Set<(unit: UnitId, event: LiveEvent) => void>();
  return {
    publish(unit, event) {
      for (const listener of [...(consoles.get(unit) ?? [])]) {
        try {
          listener(event);
        } catch {
          forget(consoles, unit, listener);
        }
      }
      for (const watcher of [...watchers]) {
        try {
          watcher(unit, event);
        } catch {
          watchers.delete(watcher);
        }
      }
    },
    subscribe(unit, _staff, listener) {
      const own: Listener = (event) => listener(event);
      const listeners = consoles.get(unit) ?? new Set();
      listeners.add(own);
      consoles.set(unit, listeners);
      return () => forget(consoles, unit, own);
    },
    consoles: (unit) => consoles.get(unit)?.size ?? 0,
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

function forget(consoles: Map<UnitId, Set<Listener>>, unit: UnitId, listener: Listener): void {
  const listeners = consoles.get(unit);
  listeners?.delete(listener);
  if (listeners?.size === 0) consoles.delete(unit);
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
