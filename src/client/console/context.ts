import { createContext, useContext } from 'hono/jsx/dom';
import type { Conduct } from '../../domain/conduct.ts';
import { consoleEn } from '../../i18n/en/console.ts';
import { domainEn } from '../../i18n/en/domain.ts';
import { errors as errorsEn } from '../../i18n/en/errors.ts';
import { lawEn } from '../../i18n/en/law.ts';
import type { Lang } from '../../i18n/index.ts';
import { type ConsoleTexts, consoleVi } from '../../i18n/vi/console.ts';
import { type DomainTexts, domainVi } from '../../i18n/vi/domain.ts';
import { errors as errorsVi } from '../../i18n/vi/errors.ts';
import { type LawTexts, lawVi } from '../../i18n/vi/law.ts';
import type { Live } from './live.ts';
import type { Route } from './router.ts';
import type { Me } from './wire.ts';
import type { Vault } from './worker-client.ts';

/** What every page may use, logged in or not. */
export interface Base {
  readonly lang: Lang;
  readonly texts: ConsoleTexts;
  readonly words: DomainTexts;
  /** Words of the law's forms. */
  readonly law: LawTexts;
  /** The service's own sentences for its error codes. */
  readonly errors: Readonly<Record<string, string>>;
  readonly vault: Vault;
  readonly route: Route;
  /** Goes to another page of the console without loading anything. */
  readonly go: (route: Route) => void;
  /** Changes the language of the page in its place. */
  readonly speak: (lang: Lang) => void;
}

/** What a page may use once somebody is logged in and the keys are open. */
export interface Desk {
  readonly me: Me;
  readonly live: Live;
  /** The table of conduct, empty until it has come. */
  readonly conducts: readonly Conduct[];
  /** The server's present time in UTC seconds, by this computer's clock and the difference found at log-in. */
  readonly now: () => number;
  /** Name of a member by staff id. */
  readonly nameOf: (staff: string) => string;
  readonly lock: () => void;
  readonly logout: () => void;
  /** The list that the person came from: where Escape and "back" lead from a tip. */
  readonly list: Route;
  /** Says in one line that something was done. */
  readonly tell: (sentence: string) => void;
  /** Reads again who is logged in, after roles, focal points or keys changed. */
  readonly refresh: () => Promise<void>;
  /** Reads the figures of the left column again. */
  readonly recount: () => void;
}

export const BaseContext = createContext<Base | null>(null);
export const DeskContext = createContext<Desk | null>(null);

export const useBase = (): Base => {
  const base = useContext(BaseContext);
  if (base === null) throw new Error('outside the console');
  return base;
};

export const useDesk = (): Desk => {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('nobody is logged in');
  return desk;
};

/** The catalogues of a language. */
export const textsOf = (lang: Lang): Pick<Base, 'texts' | 'words' | 'law' | 'errors'> =>
  lang === 'vi'
    ? { texts: consoleVi, words: domainVi, law: lawVi, errors: errorsVi }
    : { texts: consoleEn, words: domainEn, law: lawEn, errors: errorsEn };
