/** @jsxImportSource hono/jsx/dom */

import type { Verb } from '../../../domain/terms.ts';
import { formatNumber, type Lang } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { Drill } from './drill.tsx';
import { OversightFrame, type Shown } from './frame.tsx';
import { oversightTexts, unitNameIn } from './texts.ts';

/** What is past its deadline and not done, one verb at a time. */
export const OverduePage = ({ lang }: { readonly lang: Lang }) => {
  const t = oversightTexts(lang);
  return (
    <OversightFrame title={t.overdueTitle} lead={t.overdueLead}>
      {(shown) => <Overdue {...shown} />}
    </OversightFrame>
  );
};

const Overdue = ({ choices, question, figures }: Shown) => {
  const { lang } = useBase();
  const t = oversightTexts(lang);
  const worst =
    figures.verbs.find((verb) => figures.total[verb].openLate > 0) ?? figures.verbs[0] ?? 'handled';
  const [verb, setVerb] = useState<Verb>(worst);
  return (
    <>
      <fieldset class="tabs">
        <legend class="unseen">{t.overdueTitle}</legend>
        {figures.verbs.map((choice) => (
          <button
            type="button"
            key={choice}
            class="tab"
            aria-pressed={choice === verb ? 'true' : 'false'}
            onClick={() => setVerb(choice)}
          >
            {t.verbs[choice]} · {formatNumber(lang, figures.total[choice].openLate)}
          </button>
        ))}
      </fieldset>
      <Drill
        question={question}
        opened={{ verb, result: 'open_late', unit: '' }}
        unitName={unitNameIn(choices, lang)}
      />
    </>
  );
};
