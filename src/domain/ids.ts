/** Identifiers that must not be mixed up are distinct types over plain strings. */
declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Public handle of a tip: 16 random bytes as 32 lowercase hex digits. */
export type TipId = Branded<string, 'TipId'>;
/** Code of a unit in the directory, e.g. `14-03408-ca` (province, commune, kind). 1–40 characters of [a-z0-9-]. */
export type UnitId = Branded<string, 'UnitId'>;
/** Public handle of a staff member: 16 random bytes as 32 lowercase hex digits. */
export type StaffId = Branded<string, 'StaffId'>;
/** A 32-byte hash as 64 lowercase hex digits. */
export type Hash = Branded<string, 'Hash'>;
/** A calendar day in UTC+7, `YYYY-MM-DD`. */
export type Day = Branded<string, 'Day'>;
/** Whole hours since 1970-01-01T00:00Z: the only precision kept for a citizen's submission. */
export type Hour = Branded<number, 'Hour'>;
/** Whole seconds since 1970-01-01T00:00Z. */
export type Seconds = Branded<number, 'Seconds'>;

const HEX_32 = /^[0-9a-f]{32}$/;
const HEX_64 = /^[0-9a-f]{64}$/;
const UNIT = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** True for 32 lowercase hex digits. */
export const isTipId = (value: string): value is TipId => HEX_32.test(value);
/** True for 32 lowercase hex digits. */
export const isStaffId = (value: string): value is StaffId => HEX_32.test(value);
/** True for 64 lowercase hex digits. */
export const isHash = (value: string): value is Hash => HEX_64.test(value);
/** True for 1–40 characters of [a-z0-9-] that neither start nor end with a hyphen. */
export const isUnitId = (value: string): value is UnitId => UNIT.test(value);
/** True for a well-formed `YYYY-MM-DD` (the calendar itself is checked where days are computed). */
export const isDay = (value: string): value is Day => DAY.test(value);

/** The hour that contains the given moment; rounds down. */
export const hourOf = (seconds: number): Hour => Math.floor(seconds / 3600) as Hour;
/** First second of an hour. */
export const secondsOfHour = (hour: Hour): Seconds => (hour * 3600) as Seconds;
