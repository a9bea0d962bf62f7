import type { FC } from 'hono/jsx';
import { type Lang, localPath } from '../../../i18n/index.ts';
import type { Challenge } from '../../../ports/challenge.ts';
import type { FormReference } from '../reference.ts';
import { FilesStep } from './files-step.tsx';
import { Callout, PageData } from './parts.tsx';
import { CodePanel, DonePanel, SendPanel } from './send-panels.tsx';
import { textsOf } from './texts.ts';
import {
  DetailsStep,
  KindStep,
  OfficialStep,
  PeopleStep,
  PlaceStep,
  ReviewStep,
  UrgentStep,
  WhatStep,
} from './tip-steps.tsx';

/** What the form's script is given by the page. */
export interface TipFormData {
  readonly lang: Lang;
  readonly support: boolean;
  /** Address of the crypto Worker's script. */
  readonly worker: string;
  /** Address of the script of the Worker that looks into files. */
  readonly inspector: string;
  /** Address of the script of the Worker that sends sealed parts. */
  readonly carrier: string;
  /** Bytes of the largest file that this instance takes. */
  readonly attachmentBytes: number;
  readonly plain: string;
  readonly provinces: FormReference['provinces'];
  /** Coarse group by conduct. */
  readonly groups: Readonly<Record<string, string>>;
  /** Conducts in which somebody may need help themselves. */
  readonly supportOffers: readonly string[];
  readonly routes: FormReference['routes'];
  readonly upperUnits: FormReference['upperUnits'];
  readonly texts: ReturnType<typeof textsOf>['sending'];
}

interface TipFormProps {
  readonly lang: Lang;
  readonly support: boolean;
  readonly reference: FormReference;
  readonly worker: string;
  readonly inspector: string;
  readonly carrier: string;
  readonly attachmentBytes: number;
  /** Address of the script-less form; null where it is switched off. */
  readonly plain: string | null;
  /** What shows that a tip is no spam: decides how the step is named. */
  readonly challenge: Challenge['kind'];
}

/**
 * The form with script. It has no address to be sent to and no field with a name but the radio buttons, so that nothing typed can
 * leave before it is sealed, whatever key is pressed however early.
 */
export const TipForm: FC<TipFormProps> = (props) => {
  const { lang, support, reference, worker, inspector, carrier, attachmentBytes, plain, challenge } = props;
  const { form: t, sending, common } = textsOf(lang);
  const step = { lang, support };
  const data: TipFormData = {
    lang,
    support,
    worker,
    inspector,
    carrier,
    attachmentBytes,
    plain: plain ?? '',
    provinces: reference.provinces,
    groups: Object.fromEntries(reference.conduct.conducts.map((one) => [one.id, one.group])),
    supportOffers: reference.conduct.conducts.filter((one) => one.supportOffer).map(({ id }) => id),
    routes: reference.routes,
    upperUnits: reference.upperUnits,
    texts: sending,
  };
  return (
    <>
      <h1 id="form-title">{support ? t.titleSupport : t.title}</h1>
      <noscript>
        <NoScript lang={lang} plain={plain} />
      </noscript>
      <div class="needs-script" id="form-root">
        <p class="lead" id="form-lead">
          {support ? t.leadSupport : t.lead}
        </p>
        {support ? null : (
          <p>
            <a class="alone" href={localPath(lang, '/help/tip')} target="_blank" rel="noopener">
              {textsOf(lang).common.pageAboutTip}
            </a>
          </p>
        )}
        <p class="progress-text" id="step-of" aria-live="polite" />
        <form method="dialog" id="tip-form" autocomplete="off" novalidate>
          <div id="error-summary" />
          <PlaceStep {...step} provinces={reference.provinces} />
          {support ? null : <KindStep {...step} conduct={reference.conduct} />}
          <UrgentStep {...step} />
          {support ? null : <OfficialStep {...step} />}
          <WhatStep {...step} />
          {support ? null : <DetailsStep {...step} />}
          {support ? null : <PeopleStep {...step} />}
          <FilesStep {...step} bytes={attachmentBytes} />
          <ReviewStep {...step} />
          <div class="form-nav">
            <button type="button" class="button quiet" id="back" hidden>
              {common.back}
            </button>
            <button type="button" class="button" id="next" disabled>
              {common.next}
            </button>
            <button type="button" class="button" id="send" hidden disabled>
              {t.review.send}
            </button>
          </div>
          <p class="hint late" id="not-loaded">
            {t.loadFailed}
          </p>
          <p class="hint" id="send-wait" role="status" hidden>
            {t.review.wait}
          </p>
        </form>
        <SendPanel lang={lang} challenge={challenge} />
        <CodePanel lang={lang} />
        <DonePanel lang={lang} />
      </div>
      <PageData id="form-data" data={data} />
    </>
  );
};

/** The plain warning before the way without script. */
const NoScript: FC<{ readonly lang: Lang; readonly plain: string | null }> = ({ lang, plain }) => {
  const { form: t } = textsOf(lang);
  return (
    <Callout tone="warn" title={t.noscriptTitle}>
      <p>{plain === null ? t.noscriptOff : t.noscript}</p>
      {plain === null ? null : (
        <p>
          <a class="button" href={localPath(lang, plain)}>
            {t.noscriptLink}
          </a>
        </p>
      )}
    </Callout>
  );
};
