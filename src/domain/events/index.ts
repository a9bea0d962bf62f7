import type { StaffId, UnitId } from '../ids.ts';
import type { DirectoryEvents } from './directory.ts';
import type { LogEvents } from './log.ts';
import type { StaffEvents } from './staff.ts';
import type { UnitEvents } from './unit.ts';

/**
 * Everything that the service itself records, signed with the ledger key: never a step of a tip, which people sign
 * (`../transitions.ts`), and never a read of ciphertext, which its reader signs (`../reader-parts.ts`).
 */

/** One event of a family: where it stands, what it is, and exactly what it says. */
type Of<Subject extends string, Events> = {
  readonly [Type in keyof Events & string]: {
    readonly subject: Subject;
    readonly type: Type;
    readonly restricted: Events[Type];
  };
}[keyof Events & string];

export type StaffEvent = Of<`staff:${StaffId}`, StaffEvents>;
export type UnitEvent = Of<`unit:${UnitId}`, UnitEvents>;
export type DirectoryEvent = Of<'directory', DirectoryEvents>;
export type LogEvent = Of<'log', LogEvents>;
export type ServiceEvent = StaffEvent | UnitEvent | DirectoryEvent | LogEvent;

/** What somebody did, or had done to them, for their own chain. */
export const staffEvent = <Type extends keyof StaffEvents>(
  staff: StaffId,
  type: Type,
  restricted: StaffEvents[Type],
) => ({ subject: `staff:${staff}` as const, type, restricted });

/** What happened in a unit. */
export const unitEvent = <Type extends keyof UnitEvents>(
  unit: UnitId,
  type: Type,
  restricted: UnitEvents[Type],
) => ({ subject: `unit:${unit}` as const, type, restricted });

/** What the directory gained. */
export const directoryEvent = <Type extends keyof DirectoryEvents>(
  type: Type,
  restricted: DirectoryEvents[Type],
) => ({ subject: 'directory' as const, type, restricted });

/** What the public log says of itself. */
export const logEvent = <Type extends keyof LogEvents>(type: Type, restricted: LogEvents[Type]) => ({
  subject: 'log' as const,
  type,
  restricted,
});
