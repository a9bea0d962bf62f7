import type { FC, PropsWithChildren } from 'hono/jsx';
import type { Conduct, ConductTable } from '../../../domain/conduct.ts';
import { INVOLVED } from '../../../domain/routing.ts';
import { type Lang, localPath } from '../../../i18n/index.ts';
import { Choice, Field, Question, SearchField } from './controls.tsx';
import { OptionalTexts, WhatText } from './free-texts.tsx';
import { textsOf } from './texts.ts';

/** Most provinces that are shown as buttons; more become a list. */
const PROVINCES_AS_BUTTONS = 4;

export interface StepProps {
  readonly lang: Lang;
  readonly support: boolean;
}

/** One step of the form. All but the first wait hidden until the script shows them. */
export const Step: FC<PropsWithChildren<{ readonly name: string; readonly first?: boolean }>> = (props) => (
  <section class="step" data-step={props.name} hidden={props.first === true ? undefined : true} tabindex={-1}>
    {props.children}
  </section>
);

export const PlaceStep: FC<
  StepProps & { readonly provinces: readonly { readonly code: string; readonly name: string }[] }
> = ({ lang, support, provinces }) => {
  const t = textsOf(lang).form.place;
  const only = provinces.length === 1;
  return (
    <Step name="place" first>
      <h2>{support ? t.titleSupport : t.title}</h2>
      {provinces.length <= PROVINCES_AS_BUTTONS ? (
        <Question id="province" title={t.province} level={3}>
          {provinces.map(({ code, name }) => (
            <Choice
              type="radio"
              id={`province-${code}`}
              name="province"
              value={code}
              label={name}
              checked={only}
            />
          ))}
        </Question>
      ) : (
        <Field id="province" label={t.province}>
          <select id="province" autocomplete="off">
            <option value="">{t.chooseProvince}</option>
            {provinces.map(({ code, name }) => (
              <option value={code}>{name}</option>
            ))}
          </select>
        </Field>
      )}
      <div id="commune-part" hidden={only ? undefined : true}>
        <SearchField id="commune" label={t.commune} hint={t.communeHint} />
        <Choice type="checkbox" id="commune-unknown" value="unknown" label={t.unknown} />
      </div>
      <p class="hint">{t.elsewhere}</p>
    </Step>
  );
};

export const KindStep: FC<StepProps & { readonly conduct: ConductTable }> = ({ lang, conduct }) => {
  const t = textsOf(lang).form.kind;
  const offered = conduct.conducts.filter(({ onForm }) => onForm);
  return (
    <Step name="kind">
      <Question id="conduct" title={t.title} hint={t.hint} level={2}>
        {conduct.groups.map((group) => (
          <ConductGroup
            lang={lang}
            title={group[lang]}
            conducts={offered.filter((one) => one.group === group.id)}
          />
        ))}
      </Question>
    </Step>
  );
};

/** The choices of one group; a group without any is not shown. */
const ConductGroup: FC<{
  readonly lang: Lang;
  readonly title: string;
  readonly conducts: readonly Conduct[];
}> = ({ lang, title, conducts }) => (
  <>
    {conducts.length > 0 ? <p class="group">{title}</p> : null}
    {conducts.map((one) => (
      <Choice type="radio" id={`conduct-${one.id}`} name="conduct" value={one.id} label={one[lang]} />
    ))}
  </>
);

export const UrgentStep: FC<StepProps> = ({ lang }) => {
  const t = textsOf(lang).form.urgent;
  return (
    <Step name="urgent">
      <Question id="urgent" title={t.title} hint={t.hint} level={2}>
        <Choice type="checkbox" id="urgent-now" value="now" label={t.now} />
        <Choice type="checkbox" id="urgent-danger" value="danger" label={t.danger} />
        <Choice type="checkbox" id="urgent-minor" value="minor" label={t.minor} />
      </Question>
      <CallNow lang={lang} />
      <SupportOffer lang={lang} />
    </Step>
  );
};

/** Shown when the kind that was chosen is one in which somebody may need help themselves. */
const SupportOffer: FC<{ readonly lang: Lang }> = ({ lang }) => {
  const { form, common } = textsOf(lang);
  return (
    <div class="callout calm" id="support-offer" hidden>
      <p class="callout-title">{form.urgent.supportTitle}</p>
      <p>{form.urgent.supportText}</p>
      <p>
        <a href={localPath(lang, '/help')}>{common.pageHelp}</a>
      </p>
    </div>
  );
};

/** Shown the moment an answer says that somebody may need help now. */
const CallNow: FC<{ readonly lang: Lang }> = ({ lang }) => {
  const t = textsOf(lang);
  return (
    <div id="call-now" role="status">
      <div class="callout danger" hidden>
        <p class="callout-title">{t.form.urgent.callTitle}</p>
        <p class="call">
          <a href="tel:113">
            <b>113</b> {t.common.emergencyPolice}
          </a>
          <a href="tel:111">
            <b>111</b> {t.common.emergencyChild}
          </a>
        </p>
        <p>{t.form.urgent.callText}</p>
      </div>
    </div>
  );
};

export const OfficialStep: FC<StepProps> = ({ lang }) => {
  const t = textsOf(lang).form.official;
  return (
    <Step name="official">
      <Question id="official" title={t.title} hint={t.hint} level={2}>
        <Choice type="radio" id="official-no" name="official" value="no" label={t.no} />
        <Choice type="radio" id="official-yes" name="official" value="yes" label={t.yes} />
        <Choice type="radio" id="official-unsure" name="official" value="unsure" label={t.unsure} />
      </Question>
      <div id="who-part" hidden>
        <Question id="involved" title={t.whoTitle} level={3}>
          {INVOLVED.filter((one) => one !== 'none').map((one) => (
            <Choice type="radio" id={`involved-${one}`} name="involved" value={one} label={t.who[one]} />
          ))}
        </Question>
        <div id="accused-part" hidden>
          <SearchField id="accused" label={t.unitTitle} hint="" />
          <Choice type="checkbox" id="accused-unknown" value="unknown" label={t.unitUnknown} />
        </div>
      </div>
      <p class="told" id="route-told" role="status" />
      <details class="more" id="exclude-part">
        <summary>{t.excludeMore}</summary>
        <Question id="excluded" title={t.excludeTitle} hint={t.excludeHint} level={3}>
          <div id="excluded-list" />
        </Question>
      </details>
    </Step>
  );
};

export const WhatStep: FC<StepProps> = (props) => (
  <Step name="what">
    <WhatText {...props} />
  </Step>
);

export const DetailsStep: FC<StepProps> = ({ lang }) => (
  <Step name="details">
    <OptionalTexts lang={lang} group="details" />
  </Step>
);

export const PeopleStep: FC<StepProps> = ({ lang }) => (
  <Step name="people">
    <OptionalTexts lang={lang} group="people" />
  </Step>
);

export const ReviewStep: FC<StepProps> = ({ lang }) => {
  const t = textsOf(lang).form.review;
  return (
    <Step name="review">
      <h2>{t.title}</h2>
      <p>{t.lead}</p>
      <div class="destination" id="destination">
        <p class="hint">{t.to}</p>
        <p class="unit" id="destination-unit" />
        <p id="destination-diverted" hidden>
          {t.diverted}
        </p>
      </div>
      <dl class="review" id="review" data-change={t.change} data-none={t.none} />
    </Step>
  );
};
