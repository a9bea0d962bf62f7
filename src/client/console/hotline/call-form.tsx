/** @jsxImportSource hono/jsx/dom */
import { INVOLVED, type Involved } from '../../../domain/routing.ts';
import { FIELD_LIMITS } from '../../../domain/tip-content.ts';
import { type AccusedAnswer, MAX_TICKED, ownPolice } from '../../../domain/tip-form.ts';
import { searchUnits } from '../../../domain/units.ts';
import type { Lang } from '../../../i18n/index.ts';
import { Notice } from '../ui/parts.tsx';
import {
  asksForHelp,
  type CallDraft,
  conductsFor,
  isPressing,
  type NewCall,
  type Picked,
  type Said,
} from './call.ts';
import type { CallDesk } from './desk.ts';
import type { DeskView } from './desk-view.ts';
import { FindField } from './find-field.tsx';
import { focusSpot } from './focus.ts';
import { type Spot, spotAfter } from './keys.ts';
import { MoreFields } from './more-fields.tsx';
import { Problems } from './problems.tsx';
import { Question } from './question.tsx';
import { findConduct, findLabel, findPlaces, type HotlineReference } from './reference.ts';
import type { HotlineTexts } from './texts.ts';
import { Words } from './words.tsx';

export interface CallProps {
  readonly call: NewCall;
  readonly desk: CallDesk;
  readonly view: DeskView;
  readonly reference: HotlineReference;
  readonly texts: HotlineTexts;
  readonly lang: Lang;
}

const P1 = ['happeningNow', 'danger', 'minor'] as const;
const DETAILS = ['when', 'where', 'who', 'how'] as const;

/** The sheet of one call: questions about danger first, each answered by one key; then place, conduct, who is involved; then the words. */
export const CallForm = ({ call, desk, view, reference, texts, lang }: CallProps) => {
  const { draft, id } = call;
  const t = texts.call;
  const write = (change: Partial<CallDraft>): void => desk.write(id, change);
  const help = asksForHelp(draft);
  const next = (spot: Spot, facts: { readonly official?: Said; readonly help?: boolean } = {}): void =>
    focusSpot(spotAfter(spot, { official: facts.official ?? draft.official, help: facts.help ?? help }));
  const nameOf = (one: { readonly vi: string; readonly en: string }): string => one[lang];
  const unitName = (unit: { readonly nameVi: string; readonly nameEn: string }): string =>
    lang === 'vi' ? unit.nameVi : unit.nameEn;
  const officials = INVOLVED.flatMap((code) =>
    code === 'none' ? [] : [{ code: code as Involved, name: texts.officials[code] }],
  );
  const own = ownPolice(
    { province: draft.province.code, commune: draft.commune?.code ?? null, involved: draft.involved },
    reference.routes,
  );
  const conductName = (code: string): string =>
    reference.conduct.conducts.find((one) => one.id === code)?.[lang] ?? '';
  // What the conduct field chose last is not in this drawing's draft yet.
  const afterConduct = (): void => {
    const now = desk.active();
    next('conduct', { help: now?.kind === 'new' && asksForHelp(now.draft) });
  };
  return (
    <div class="call-form">
      <Problems problems={view.problems} texts={texts} />
      <div class="call-asks">
        {P1.map((spot) => (
          <Question
            key={spot}
            spot={spot}
            legend={t[spot]}
            said={draft[spot]}
            texts={texts}
            onSay={(said) => write({ [spot]: said })}
            onNext={() => next(spot)}
          />
        ))}
      </div>
      <div role="alert">
        {isPressing(draft) ? (
          <Notice kind="problem" title={t.urgentTitle}>
            <p>{t.urgentText}</p>
          </Notice>
        ) : null}
      </div>
      <div class="call-place" data-provinces={reference.provinces.length < 2 ? 'one' : 'several'}>
        {reference.provinces.length < 2 ? null : (
          <div class="field">
            <label for="call-province">{t.province}</label>
            <select
              id="call-province"
              class="input input-short"
              onChange={(event: Event) => {
                const code = (event.target as HTMLSelectElement).value;
                const province = reference.provinces.find((one) => one.code === code);
                if (province !== undefined) write({ province, commune: null });
              }}
            >
              {reference.provinces.map(({ code, name }) => (
                <option value={code} key={code} selected={code === draft.province.code}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        <FindField
          key={`place-${draft.province.code}`}
          spot="place"
          label={t.place}
          hint={t.placeHint}
          texts={texts}
          chosen={draft.commune?.name ?? ''}
          search={(typed) => findPlaces(reference, draft.province.code, typed)}
          all={() => []}
          show={({ name, former }) => ({ name, note: former === null ? '' : t.former(former) })}
          onTake={({ code, name }) => write({ commune: { code, name } })}
          onLeave={() => write({ commune: { code: null, name: t.placeUnknown } })}
          onTyped={() => write({ commune: null })}
          onNext={() => next('place')}
        />
        <FindField
          spot="conduct"
          label={t.conduct}
          hint={t.conductHint}
          texts={texts}
          chosen={draft.conduct === null ? '' : conductName(draft.conduct.code)}
          search={(typed) => findConduct(reference.conduct, typed)}
          all={() => conductsFor(reference.conduct.conducts)}
          show={(conduct) => ({
            name: nameOf(conduct),
            note: lang === 'vi' ? conduct.officialVi : conduct.officialEn,
          })}
          onTake={(conduct) => write({ conduct: { code: conduct.id, name: nameOf(conduct) } })}
          onTyped={() => write({ conduct: null })}
          onNext={afterConduct}
        />
      </div>
      {help ? null : (
        <Question
          spot="official"
          legend={t.official}
          said={draft.official}
          texts={texts}
          onSay={(official) => write({ official })}
          onNext={(official) => next('official', { official })}
        />
      )}
      {help || draft.official !== 'yes' ? null : (
        <div class="call-official">
          <FindField
            spot="involved"
            label={t.involved}
            hint={t.involvedHint}
            texts={texts}
            chosen={draft.involved === 'none' ? '' : texts.officials[draft.involved]}
            search={(typed) => findLabel(officials, typed)}
            all={() => officials}
            show={({ name }) => ({ name, note: '' })}
            onTake={({ code }) => write({ involved: code })}
            onTyped={() => write({ involved: 'none' })}
            onNext={() => next('involved')}
          />
          <FindField
            spot="accused"
            label={t.accused}
            hint={own === null ? t.accusedHintElse : t.accusedHint}
            texts={texts}
            chosen={draft.accused.name}
            search={(typed): readonly Picked<AccusedAnswer>[] =>
              typed.trim() === '?'
                ? [{ code: 'unknown', name: t.accusedUnknown }]
                : searchUnits(reference.units, typed).map((unit) => ({
                    code: unit.code,
                    name: unitName(unit),
                  }))
            }
            all={() => []}
            show={({ name }) => ({ name, note: '' })}
            onTake={(accused) => write({ accused })}
            onLeave={() =>
              write({ accused: { code: 'own', name: own === null ? t.accusedNone : t.accusedOwn } })
            }
            onTyped={() => write({ accused: { code: 'own', name: '' } })}
            onNext={() => next('accused')}
          />
        </div>
      )}
      <Words
        spot="what"
        label={t.what}
        hint={t.whatHint}
        value={draft.what}
        rows={6}
        maxlength={FIELD_LIMITS.what}
        onWrite={(what) => write({ what })}
      />
      {draft.draftUnverified ? (
        <Notice kind="warning">
          <p>{texts.machine.unverified}</p>
          <div class="buttons">
            <button type="button" class="button" onClick={() => write({ draftUnverified: false })}>
              {texts.machine.verified}
            </button>
          </div>
        </Notice>
      ) : null}
      <div class="call-details">
        {DETAILS.map((field) => (
          <Words
            key={field}
            spot={field}
            label={t[field]}
            value={draft[field]}
            rows={1}
            maxlength={FIELD_LIMITS[field]}
            onWrite={(text) => write({ [field]: text })}
          />
        ))}
      </div>
      {help ? null : (
        <div class="call-excluded">
          <FindField
            spot="excluded"
            label={t.excluded}
            hint={t.excludedHint}
            texts={texts}
            chosen=""
            search={(typed) => searchUnits(reference.units, typed)}
            all={() => []}
            show={(unit) => ({ name: unitName(unit), note: '' })}
            onTake={(unit) => {
              const kept = draft.excluded.filter(({ code }) => code !== unit.code);
              if (kept.length < MAX_TICKED)
                write({ excluded: [...kept, { code: unit.code, name: unitName(unit) }] });
            }}
            onTyped={() => undefined}
            onNext={() => undefined}
          />
          <ul class="chips">
            {draft.excluded.map(({ code, name }) => (
              <li key={code}>
                <button
                  type="button"
                  class="button chip"
                  aria-label={t.excludedRemove(name)}
                  onClick={() => write({ excluded: draft.excluded.filter((one) => one.code !== code) })}
                >
                  {name} <span aria-hidden="true">×</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <MoreFields call={id} desk={desk} draft={draft} texts={texts} write={write} lang={lang} />
      <div class="buttons">
        <button type="button" class="button button-main" onClick={() => desk.review(id)}>
          {t.toReview} <kbd>Ctrl Enter</kbd>
        </button>
      </div>
    </div>
  );
};
