import type { FC } from 'hono/jsx';
import { INVOLVED } from '../../../domain/routing.ts';
import type {
  AnswerField,
  AnswerProblem,
  TextField as FreeText,
  TipAnswers,
} from '../../../domain/tip-form.ts';
import type { UnitRecord } from '../../../domain/units.ts';
import { answerProblemText } from '../../../i18n/answer-problem.ts';
import { type Lang, localPath } from '../../../i18n/index.ts';
import { type PlainProvince, UNKNOWN_COMMUNE } from '../plain-fields.ts';
import type { FormReference } from '../reference.ts';
import { Choice, Field, Question } from './controls.tsx';
import { OptionalTexts, WhatText } from './free-texts.tsx';
import { Callout, Foot } from './parts.tsx';
import { textsOf } from './texts.ts';

export interface PlainFormProps {
  readonly lang: Lang;
  readonly support: boolean;
  /** Address that the form is posted to, without language. */
  readonly path: string;
  readonly token: string;
  readonly reference: FormReference;
  readonly province: PlainProvince;
  /** What was posted before, when the page comes back with a remark. */
  readonly answers: TipAnswers | null;
  readonly problems: readonly AnswerProblem[];
  /** Why it was not sent, when that lies in no answer. */
  readonly remark: string;
  /** True when the tip of this page arrived before: sending now makes a second one, and the page says so. */
  readonly arrived: boolean;
}

/** Everything on one page and one post; the text comes back with every remark. */
export const PlainForm: FC<PlainFormProps> = (props) => {
  const { lang, support, path, token, province, problems, remark, arrived } = props;
  const { plain: t, form, sending } = textsOf(lang);
  const shown = remark === '' && problems.length > 0 ? t.problems : remark;
  return (
    <>
      <h1>{support ? t.titleSupport : t.title}</h1>
      {shown === '' ? null : (
        <Callout tone={arrived ? 'calm' : 'danger'} title={shown} id="remark">
          <ul>
            {problems.map((problem) => (
              <li>
                <a href={`#${problem.field}`}>{answerProblemText(problem, textsOf(lang).sending)}</a>
              </li>
            ))}
          </ul>
          {arrived ? <p>{t.arrivedText}</p> : null}
          {arrived ? <p>{t.arrivedAgain}</p> : null}
        </Callout>
      )}
      <Callout tone="warn" title={t.warnTitle}>
        <p>{t.warn}</p>
        <p>
          <a class="alone" href={localPath(lang, support ? '/help/write' : '/tip')}>
            {t.full}
          </a>
        </p>
      </Callout>
      <form method="post" action={localPath(lang, path)} autocomplete="off" class="plain">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="province" value={province.code} />
        <PlaceQuestions {...props} />
        {support ? null : <KindQuestion {...props} />}
        <UrgentQuestion {...props} />
        {support ? null : <OfficialQuestions {...props} />}
        <TextQuestions {...props} />
        <h2>{t.reviewTitle}</h2>
        <p>{t.review}</p>
        <p class="actions">
          <button type="submit" class="button">
            {arrived ? t.sendSecond : t.send}
          </button>
        </p>
      </form>
      <p class="hint">{form.place.elsewhere}</p>
      <p class="visually-hidden">{sending.kept}</p>
      <Foot lang={lang} here={path} />
    </>
  );
};

/** The remark beside a field, as the spread property that `Field` and `Question` take. */
const errorOf = ({ problems, lang }: PlainFormProps, field: AnswerField): { readonly error?: string } => {
  const problem = problems.find((one) => one.field === field);
  return problem === undefined ? {} : { error: answerProblemText(problem, textsOf(lang).sending) };
};

const PlaceQuestions: FC<PlainFormProps> = (props) => {
  const { lang, support, province, answers } = props;
  const { plain: t, form } = textsOf(lang);
  const chosen = answers === null ? '' : (answers.commune ?? UNKNOWN_COMMUNE);
  return (
    <>
      <h2>{support ? form.place.titleSupport : form.place.title}</h2>
      <p>
        <b>{province.name}</b>
      </p>
      <Field id="commune" label={t.commune} hint={t.communeFormer} {...errorOf(props, 'commune')}>
        <select id="commune" name="commune" autocomplete="off" aria-describedby="commune-hint">
          <option value="">{t.communeChoose}</option>
          <option value={UNKNOWN_COMMUNE} selected={chosen === UNKNOWN_COMMUNE ? true : undefined}>
            {t.communeUnknown}
          </option>
          {province.communes.map(({ code, name }) => (
            <option value={code} selected={chosen === code ? true : undefined}>
              {name}
            </option>
          ))}
        </select>
      </Field>
    </>
  );
};

const KindQuestion: FC<PlainFormProps> = (props) => {
  const { lang, reference, answers } = props;
  const t = textsOf(lang).form.kind;
  return (
    <Question id="conduct" title={t.title} hint={t.hint} level={2} {...errorOf(props, 'conduct')}>
      {reference.conduct.groups.map((group) => {
        const offered = reference.conduct.conducts.filter((one) => one.onForm && one.group === group.id);
        return offered.length === 0 ? null : (
          <>
            <p class="group">{group[lang]}</p>
            {offered.map((one) => (
              <Choice
                type="radio"
                id={`conduct-${one.id}`}
                name="conduct"
                value={one.id}
                label={one[lang]}
                checked={answers?.conduct === one.id}
              />
            ))}
          </>
        );
      })}
    </Question>
  );
};

const UrgentQuestion: FC<PlainFormProps> = ({ lang, answers }) => {
  const { form, plain } = textsOf(lang);
  const t = form.urgent;
  const items = [
    ['now', t.now, answers?.happeningNow],
    ['danger', t.danger, answers?.danger],
    ['minor', t.minor, answers?.minor],
  ] as const;
  return (
    <>
      <Question id="urgent" title={t.title} hint={t.hint} level={2}>
        {items.map(([name, label, checked]) => (
          <Choice
            type="checkbox"
            id={`urgent-${name}`}
            name={name}
            value="1"
            label={label}
            checked={checked === true}
          />
        ))}
      </Question>
      <p>{plain.emergency}</p>
      <Callout tone="calm" title={t.supportTitle}>
        <p>{t.supportText}</p>
      </Callout>
    </>
  );
};

const OfficialQuestions: FC<PlainFormProps> = (props) => {
  const { lang, province, answers } = props;
  const { form, plain } = textsOf(lang);
  const t = form.official;
  const excluded = new Set<string>(answers?.excluded);
  const own = answers === null ? false : excluded.has(`${answers.province}-${answers.commune}-ca`);
  return (
    <>
      <Question id="official" title={t.title} hint={t.hint} level={2} {...errorOf(props, 'official')}>
        {(['no', 'yes', 'unsure'] as const).map((value) => (
          <Choice
            type="radio"
            id={`official-${value}`}
            name="official"
            value={value}
            label={t[value]}
            checked={answers?.official === value}
          />
        ))}
      </Question>
      <Question id="involved" title={t.whoTitle} hint={t.whoHint} level={3} {...errorOf(props, 'involved')}>
        {INVOLVED.filter((one) => one !== 'none').map((one) => (
          <Choice
            type="radio"
            id={`involved-${one}`}
            name="involved"
            value={one}
            label={t.who[one]}
            checked={answers?.involved === one}
          />
        ))}
      </Question>
      <Field id="accused" label={t.unitTitle} hint={plain.unitHint} {...errorOf(props, 'accused')}>
        <select id="accused" name="accused" autocomplete="off" aria-describedby="accused-hint">
          <option value="own">{plain.unitOwn}</option>
          <option value="unknown" selected={answers?.accused === 'unknown' ? true : undefined}>
            {t.unitUnknown}
          </option>
          <UnitOptions {...props} label={plain.unitOther} units={province.others} />
          <UnitOptions {...props} label={plain.unitPolice} units={province.police} />
        </select>
      </Field>
      <Question
        id="excluded"
        title={t.excludeTitle}
        hint={plain.excludeHint}
        level={3}
        {...errorOf(props, 'excluded')}
      >
        <Choice
          type="checkbox"
          id="exclude-commune"
          name="exclude-commune"
          value="1"
          label={plain.excludeCommune}
          checked={own}
        />
        {province.units.map(({ code, nameVi, nameEn }) => (
          <Choice
            type="checkbox"
            id={`exclude-${code}`}
            name={`exclude-${code}`}
            value="1"
            label={lang === 'vi' ? nameVi : nameEn}
            checked={excluded.has(code)}
          />
        ))}
      </Question>
    </>
  );
};

const UnitOptions: FC<PlainFormProps & { readonly label: string; readonly units: readonly UnitRecord[] }> = ({
  lang,
  answers,
  label,
  units,
}) => (
  <optgroup label={label}>
    {units.map(({ code, nameVi, nameEn }) => (
      <option value={code} selected={answers?.accused === code ? true : undefined}>
        {lang === 'vi' ? nameVi : nameEn}
      </option>
    ))}
  </optgroup>
);

const TextQuestions: FC<PlainFormProps> = (props) => {
  const { lang, support, answers } = props;
  const more = (id: FreeText) => ({
    name: id,
    value: answers?.[id] ?? '',
    ...errorOf(props, id),
  });
  return (
    <>
      <WhatText lang={lang} support={support} more={more} />
      {support ? null : (
        <>
          <OptionalTexts lang={lang} group="details" more={more} />
          <OptionalTexts lang={lang} group="people" more={more} />
        </>
      )}
    </>
  );
};
