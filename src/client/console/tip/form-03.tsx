/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { hourText, timeText } from '../format.ts';
import { conductName } from '../pages/rows.tsx';
import type { HistoryStep, OpenedTip } from '../worker/calls.ts';

/** What goes on paper: the page as it is, or form 03 alone, without or with the words. */
export const PAPERS = ['page', 'form-03', 'form-03-words'] as const;
export type Paper = (typeof PAPERS)[number];

/** The latest step by which the unit sent the tip on; undefined for one that never was. */
export const sentOn = (tip: OpenedTip): HistoryStep | undefined =>
  tip.history.findLast(({ type }) => type === 'transfer_sent');

/**
 * Form 03 on a sheet of A4 (TT 28/2020/TT-BCA, the slip that goes with what is passed on): facts of the register and of the signed step, and the words
 * only where the officer wants them. Prints itself, and is gone when the dialog closes.
 */
export const Form03 = (props: {
  readonly tip: OpenedTip;
  readonly watermark: string;
  readonly words: boolean;
  readonly onPrinted: () => void;
}) => {
  const { lang, law, texts, words } = useBase();
  const { conducts, me } = useDesk();
  const { tip, watermark, onPrinted } = props;
  useEffect(() => {
    addEventListener('afterprint', onPrinted, { once: true });
    print();
    return () => removeEventListener('afterprint', onPrinted);
  }, []);
  const sent = sentOn(tip);
  if (sent === undefined) return null;
  const { detail, unitNames } = tip;
  const t = texts.form03;
  const said = (name: string): string => String(sent.data[name] ?? '');
  const nameOf = (unit: string): string => unitNames[unit]?.[lang] ?? unit;
  const identity = String(tip.history.findLast(({ type }) => type === 'classified')?.data.identity ?? '');
  const identities: Readonly<Record<string, string>> = law.identity;
  const grounds: Readonly<Record<string, string>> = law.transferGround;
  const returned = tip.history.findLast(({ type, no }) => type === 'transfer_returned' && no > sent.no);
  const signer = sent.signers.find(({ kind }) => kind === 'member');
  const rows: readonly (readonly [string, string])[] = [
    [t.number, detail.registerNumber ?? texts.queue.noNumber],
    [t.received, hourText(detail.t0, lang)],
    [t.channel, words.channel[detail.channel]],
    [t.kind, detail.legalKind === null ? '–' : words.legalKind[detail.legalKind]],
    [t.conduct, conductName(detail, lang, conducts, words.conductGroup)],
    [t.informant, identities[identity] ?? '–'],
    [t.to, nameOf(said('toUnit'))],
    [t.why, `${grounds[said('why')] ?? said('why')}. ${said('ground')}`],
    [t.pages, said('pages')],
    ...(returned === undefined
      ? []
      : ([
          [
            t.returned,
            `${(law.returnGround as typeof grounds)[String(returned.data.why)] ?? ''}. ${String(returned.data.ground ?? '')}`,
          ],
        ] as const)),
    ...(props.words && tip.content !== null ? ([[t.content, tip.content.what]] as const) : []),
  ];
  return (
    <section class="paper-03" aria-label={t.title}>
      <p class="small">{watermark}</p>
      <header>
        <div>
          <strong>{me.unitName[lang]}</strong>
          <p>{t.documentNumber(said('documentNumber'))}</p>
        </div>
        <p>{formatDay(lang, said('documentDay'))}</p>
      </header>
      <h1>{t.title}</h1>
      <p>{t.lead(nameOf(said('toUnit')))}</p>
      <table>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer>
        <div>
          <strong>{t.receiver}</strong>
          <p>{t.sign}</p>
        </div>
        <div>
          <strong>{t.sender}</strong>
          <p>{t.sign}</p>
          <p>{signer === undefined || signer.kind !== 'member' ? '' : signer.name}</p>
          <p class="small">{'at' in sent.time ? timeText(sent.time.at) : ''}</p>
        </div>
      </footer>
    </section>
  );
};
