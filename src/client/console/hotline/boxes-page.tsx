/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { formatDay } from '../../../i18n/index.ts';
import { MAX_LETTERS } from '../../../protocol/box-statement.ts';
import type { WireBoxOpening } from '../../../protocol/wire-hotline.ts';
import { useBase, useDesk } from '../context.ts';
import { getJson } from '../http.ts';
import { readForm, SelectField, TextField } from '../ui/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import { PageHead, ProblemNotice, Scroll, Skeleton } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction, useLoad } from '../use-load.ts';
import { askHotline } from './ask.ts';
import { dayNow, peopleOf, secondPeople, standingOf, type WireBoxOpenings } from './boxes.ts';
import { hotlineTexts } from './texts.ts';

/** Signs how many letters lay in a box; the second person signs the same. */
const OpeningForm = ({ onDone }: { readonly onDone: () => Promise<void> }) => {
  const { lang, vault } = useBase();
  const { me, now, tell } = useDesk();
  const t = hotlineTexts(lang).boxes;
  const { busy, problem, run } = useAction();
  const people = secondPeople(me.colleagues, me.staff);
  const submit = (event: Event): void => {
    const read = readForm(event);
    const form = event.currentTarget as HTMLFormElement;
    void run(async () => {
      await askHotline(vault)('signBox', {
        box: read('box'),
        day: read('day'),
        letters: Number(read('letters')),
        second: read('second') as typeof me.staff,
      });
      form.reset();
      tell(t.proposed);
      await onDone();
    });
  };
  return (
    <section class="card" aria-labelledby="box-form">
      <h2 id="box-form">{t.form}</h2>
      <p class="page-lead">{t.formLead}</p>
      <ProblemNotice problem={problem} />
      <form class="form" onSubmit={submit} autocomplete="off">
        <TextField name="box" label={t.box} hint={t.boxHint} maxlength={100} />
        <div class="filters">
          <TextField name="day" type="date" label={t.day} value={dayNow(now())} />
          <TextField
            name="letters"
            label={t.letters}
            inputmode="numeric"
            pattern="\d{1,4}"
            maxlength={String(MAX_LETTERS).length}
          />
        </div>
        <SelectField
          name="second"
          label={t.second}
          hint={people.length === 0 ? t.nobody : t.secondHint}
          empty={t.choose}
          options={people.map(({ staff, displayName }) => ({ value: staff, label: displayName }))}
        />
        <SubmitRow label={t.sign} busy={busy} />
      </form>
    </section>
  );
};

const Row = (props: { readonly opening: WireBoxOpening; readonly onDone: () => Promise<void> }) => {
  const { opening } = props;
  const { lang, vault } = useBase();
  const { me, nameOf, tell } = useDesk();
  const t = hotlineTexts(lang).boxes;
  const { busy, problem, run } = useAction();
  const people = peopleOf(opening);
  const standing = standingOf(opening);
  const mine = standing === 'pending' && people?.[1] === me.staff;
  const confirm = (): void =>
    void run(async () => {
      await askHotline(vault)('cosignBox', { id: opening.id });
      tell(t.confirmed);
      await props.onDone();
    });
  return (
    <tr>
      <th scope="row">{opening.box}</th>
      <td class="whole">{formatDay(lang, opening.day)}</td>
      <td>{people === null ? '' : people.map((staff) => nameOf(staff)).join(', ')}</td>
      <td>
        {standing === 'pending' ? (
          <span class="mark mark-soon">
            <Icon name="soon" />
            {t.pending(opening.count)}
          </span>
        ) : standing === 'missing' ? (
          <span class="mark mark-soon">
            <Icon name="soon" />
            {t.entered(opening.count, opening.entered)}
          </span>
        ) : (
          <span class="mark mark-proven">
            <Icon name="done" />
            {t.whole(opening.count)}
          </span>
        )}
        {mine ? (
          <div class="buttons">
            <button type="button" class="button button-main" disabled={busy} onClick={confirm}>
              {t.confirm(opening.count)}
            </button>
          </div>
        ) : null}
        <ProblemNotice problem={problem} />
      </td>
    </tr>
  );
};

/** Tip boxes: emptying one is an act of two people with a count, and every letter counted must become a tip. */
export const BoxesPage = () => {
  const { lang } = useBase();
  const { me, live } = useDesk();
  const t = hotlineTexts(lang).boxes;
  const { loaded, again } = useLoad(() => getJson<WireBoxOpenings>('/api/staff/hotline/boxes'), me.unit);
  useEffect(() => live.refetch((event) => event.kind === 'boxes_changed', again), [live, again]);
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state !== 'ready' ? null : loaded.value.openings.length === 0 ? (
        <p class="empty">{t.none}</p>
      ) : (
        <Scroll label={t.list}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{t.box}</th>
                <th scope="col">{t.day}</th>
                <th scope="col">{t.people}</th>
                <th scope="col">{t.stands}</th>
              </tr>
            </thead>
            <tbody>
              {loaded.value.openings.map((opening) => (
                <Row opening={opening} onDone={again} key={opening.id} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <OpeningForm onDone={again} />
    </>
  );
};
