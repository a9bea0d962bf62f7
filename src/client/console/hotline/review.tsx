/** @jsxImportSource hono/jsx/dom */
import { useEffect, useRef } from 'hono/jsx/dom';
import { routeFor } from '../../../domain/routing.ts';
import { routeRequest } from '../../../domain/tip-form.ts';
import { fill } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';
import { sizeText } from '../format.ts';
import { Notice } from '../ui/parts.tsx';
import { answersOf, asksForHelp, isPressing } from './call.ts';
import type { CallFile } from './call-files.ts';
import type { CallProps } from './call-form.tsx';

/** What was written down, as it is read back, and where it goes. Enter seals it. */
export const Review = (props: CallProps & { readonly onSeal: () => void }) => {
  const { call, desk, reference, texts, lang, onSeal } = props;
  const { draft } = call;
  const { call: c, review: t } = texts;
  const { files } = useBase().texts;
  const lineOf = ({ file, name, form }: CallFile): string =>
    fill(form === 'original' ? files.reviewOriginal : files.reviewClean, {
      name,
      size: sizeText(file.size, lang),
    });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const answers = answersOf(draft, lang);
  const route = routeFor(routeRequest(answers, reference.routes), reference.routes);
  const unit = reference.units.find(({ code }) => code === route?.unit);
  const unitName = unit === undefined ? (route?.unit ?? '') : lang === 'vi' ? unit.nameVi : unit.nameEn;
  const said = (value: typeof draft.official): string => (value === '' ? c.none : c.said[value]);
  const sealing = call.state.name === 'sealing';
  const lines: readonly (readonly [string, string])[] = [
    [c.place, answers.placeName],
    [c.conduct, draft.conduct?.name ?? ''],
    [c.happeningNow, said(draft.happeningNow)],
    [c.danger, said(draft.danger)],
    [c.minor, said(draft.minor)],
    ...(asksForHelp(draft) ? [] : [[c.official, said(draft.official)] as const]),
    ...(draft.official === 'yes' && draft.involved !== 'none'
      ? [
          [c.involved, texts.officials[draft.involved]] as const,
          ...(draft.accused.name === '' ? [] : [[c.accused, draft.accused.name] as const]),
        ]
      : []),
    ...(draft.excluded.length === 0
      ? []
      : [[c.excluded, draft.excluded.map(({ name }) => name).join(', ')] as const]),
    [c.what, draft.what],
    ...(['when', 'where', 'who', 'how'] as const).flatMap((field) =>
      draft[field].trim() === '' ? [] : [[c[field], draft[field]] as const],
    ),
    ...(draft.files.length === 0 ? [] : [[c.files, draft.files.map(lineOf).join('\n')] as const]),
  ];
  return (
    <section class="call-review" aria-labelledby="review-title">
      <h2 id="review-title" tabindex={-1} ref={heading}>
        {t.title}
      </h2>
      <dl class="facts">
        {lines.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd class="as-written">{value}</dd>
          </>
        ))}
      </dl>
      {route === null ? (
        <Notice kind="problem">
          <p>{t.nowhere}</p>
        </Notice>
      ) : (
        <div class="call-target">
          <p>
            {t.to} <strong>{unitName}</strong>
          </p>
          {route.diverted ? <p class="small soft">{t.diverted}</p> : null}
          {isPressing(draft) ? <p class="small mark-danger">{t.urgent}</p> : null}
        </div>
      )}
      <div class="buttons">
        <button
          type="button"
          class="button button-main"
          disabled={sealing || route === null}
          onClick={onSeal}
        >
          {t.seal} <kbd>Enter</kbd>
        </button>
        <button type="button" class="button" disabled={sealing} onClick={() => desk.backToWriting(call.id)}>
          {t.back} <kbd>Esc</kbd>
        </button>
        <span class="small soft" role="status">
          {sealing ? `${t.sealing}. ${t.stays}` : ''}
        </span>
      </div>
    </section>
  );
};
