import type { Province } from '../../domain/places.ts';
import type { RouteTable } from '../../domain/routing.ts';
import type { ConductGroup } from '../../domain/terms.ts';
import type { UnitRecord } from '../../domain/units.ts';
import type { Lang } from '../../i18n/index.ts';
import type { SendingTexts } from '../../i18n/vi/sending.ts';
import { byId } from '../common/dom.ts';

/** What the page tells its script (written by `features/intake/views/tip-form.tsx`). */
export interface PageData {
  readonly lang: Lang;
  readonly support: boolean;
  readonly worker: string;
  /** Address of the script of the Worker that looks into files. */
  readonly inspector: string;
  /** Address of the script of the Worker that sends sealed parts. */
  readonly carrier: string;
  /** Bytes of the largest file that this instance takes. */
  readonly attachmentBytes: number;
  /** Address of the script-less form without language; empty where it is switched off. */
  readonly plain: string;
  readonly provinces: readonly Province[];
  readonly groups: Readonly<Record<string, ConductGroup>>;
  /** Conducts in which somebody may need help themselves. */
  readonly supportOffers: readonly string[];
  readonly routes: RouteTable;
  /** Units above the provinces. */
  readonly upperUnits: readonly UnitRecord[];
  readonly texts: SendingTexts;
}

/** The page comes from the same server as this script: its data is trusted as the script is. */
export const readPageData = (): PageData => JSON.parse(byId('form-data').textContent ?? '') as PageData;
