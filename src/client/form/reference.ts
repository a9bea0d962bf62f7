import { type PlaceIndex, parsePlaces } from '../../domain/places.ts';
import { parseUnits, type UnitRecord } from '../../domain/units.ts';
import type { PageData } from './page-data.ts';

/** Places and units of the provinces served, fetched in the background. */
export interface Reference {
  /** Begins to fetch; again after a failure. Never throws. */
  load(): Promise<boolean>;
  places(province: string): PlaceIndex | null;
  units(): readonly UnitRecord[];
  /** Name of a unit in the page's language; null while it is not known. */
  unitName(code: string): string | null;
}

/**
 * All provinces are fetched at once, whichever is chosen: the choice stays on the device until the tip is sent. (With more than four
 * that would be too much for a cheap line; then only the chosen one is fetched, and `load` takes it from `chosen`.)
 */
export function createReference(data: PageData, chosen: () => string): Reference {
  const places = new Map<string, PlaceIndex>();
  const units = new Map<string, readonly UnitRecord[]>([['vn', data.upperUnits]]);

  const wanted = (): readonly string[] =>
    data.provinces.length <= 4
      ? data.provinces.map(({ code }) => code)
      : data.provinces.flatMap(({ code }) => (code === chosen() ? [code] : []));

  const load = async (): Promise<boolean> => {
    const jobs: Promise<unknown>[] = [];
    const fetchInto = <T>(
      map: Map<string, T>,
      code: string,
      folder: string,
      parse: (json: unknown) => T,
    ): void => {
      if (map.has(code)) return;
      jobs.push(getJson(`/data/${folder}/${code}.json`).then((json) => map.set(code, parse(json))));
    };
    for (const code of wanted()) {
      fetchInto(places, code, 'places', parsePlaces);
      fetchInto(units, code, 'units', parseUnits);
    }
    const results = await Promise.allSettled(jobs);
    return results.every(({ status }) => status === 'fulfilled');
  };

  let running: Promise<boolean> | null = null;
  return {
    load() {
      running ??= load().finally(() => {
        running = null;
      });
      return running;
    },
    places: (province) => places.get(province) ?? null,
    units: () => [...units.values()].flat(),
    unitName(code) {
      const unit = [...units.values()].flat().find((one) => one.code === code);
      return unit === undefined ? null : data.lang === 'vi' ? unit.nameVi : unit.nameEn;
    },
  };
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url, {
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
