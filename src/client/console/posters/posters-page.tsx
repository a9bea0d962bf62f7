/** @jsxImportSource hono/jsx/dom */
import { LANGS, type Lang } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { SelectField } from '../ui/fields.tsx';
import { Notice, PageHead } from '../ui/parts.tsx';
import { Cards, type PaperFacts, Poster, posterTexts } from './paper.tsx';

/** True for addresses that only this computer knows: paper with them would lead nowhere. */
const isLocal = (host: string): boolean =>
  host === 'localhost' || host.startsWith('127.') || host === '[::1]';

/** Posters and cards of the unit, as they leave the printer. */
export const PostersPage = () => {
  const { lang } = useBase();
  const { me } = useDesk();
  const t = posterTexts(lang).posterPage;
  const [kind, setKind] = useState<'a4' | 'card'>('a4');
  const [paper, setPaper] = useState<Lang>(lang);
  const shell = document.getElementById('console')?.dataset;
  const facts: PaperFacts = {
    lang: paper,
    unit: me.unitName[paper],
    origin: location.origin,
    hotline: shell?.hotline ?? '',
    onion: shell?.onion ?? '',
  };
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <div class="filters no-print">
        <SelectField
          name="poster-kind"
          label={t.kind}
          value={kind}
          options={(['a4', 'card'] as const).map((value) => ({ value, label: t.kinds[value] }))}
          onChange={(value) => setKind(value === 'card' ? 'card' : 'a4')}
        />
        <SelectField
          name="poster-lang"
          label={t.lang}
          value={paper}
          options={LANGS.map((value) => ({ value, label: t.langs[value] }))}
          onChange={(value) => setPaper(value === 'en' ? 'en' : 'vi')}
        />
        <button type="button" class="button button-main" onClick={() => print()}>
          {t.print}
        </button>
      </div>
      <p class="small soft no-print">{t.printHint}</p>
      {isLocal(location.hostname) ? (
        <div class="no-print">
          <Notice kind="warning">
            <p>{t.local}</p>
          </Notice>
        </div>
      ) : null}
      <section class="paper-preview" aria-label={t.preview} tabindex={0}>
        {kind === 'a4' ? <Poster {...facts} /> : <Cards {...facts} />}
      </section>
      <p class="page-lead no-print">{t.where}</p>
    </>
  );
};
