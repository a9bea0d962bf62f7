/** @jsxImportSource hono/jsx/dom */

import { EPOCHS_AHEAD } from '../../../protocol/epoch.ts';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { Icon } from '../ui/icon.tsx';
import { Notice, PageHead, ProblemNotice, Progress, Scroll, Skeleton } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { EpochView, UnitView } from '../worker/calls.ts';
import { MissingKeys } from './members-page.tsx';
import { useUnit } from './use-unit.ts';

/** Fewer weeks than this are an alarm. */
const FEW_WEEKS = 3;
/** Rows of past keys that are shown at first. */
const SHOWN = 12;

/** The unit's weekly keys: how far they reach, signing more with a colleague, locking open tips again after a removal. */
export const EpochsPage = () => {
  const { texts } = useBase();
  const { loaded, again } = useUnit();
  return (
    <>
      <PageHead title={texts.epochs.title} lead={texts.epochs.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={6} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' ? <Keys unit={loaded.value} again={again} /> : null}
    </>
  );
};

const Keys = ({ unit, again }: { readonly unit: UnitView; readonly again: () => Promise<void> }) => {
  const { texts } = useBase();
  return (
    <>
      {unit.live && unit.weeksAhead >= FEW_WEEKS ? (
        <p class="mark mark-proven">
          <Icon name="done" />
          {texts.epochs.ahead(unit.weeksAhead)}
        </p>
      ) : (
        <Notice kind="warning" title={texts.epochs.ahead(unit.weeksAhead)}>
          <p>{unit.live ? texts.epochs.few : texts.epochs.none}</p>
        </Notice>
      )}
      <Signing unit={unit} again={again} />
      <MissingKeys members={unit.members} again={again} />
      {unit.live ? <Rewrap /> : null}
      <div class="section">
        <h2>{texts.epochs.list}</h2>
        {unit.epochs.length === 0 ? (
          <p class="empty">{texts.epochs.nothing}</p>
        ) : (
          <EpochTable epochs={unit.epochs.toReversed().slice(0, SHOWN)} />
        )}
      </div>
    </>
  );
};

const Signing = ({ unit, again }: { readonly unit: UnitView; readonly again: () => Promise<void> }) => {
  const { texts, vault } = useBase();
  const { tell, refresh } = useDesk();
  const { busy, problem, run } = useAction();
  const [progress, setProgress] = useState({ done: 0, total: 0 });
  const sign = (): void =>
    void run(async () => {
      const { state } = await vault.ask('signEpochs', {}, (done, total) => setProgress({ done, total }));
      if (state === 'accepted') await refresh();
      await again();
      tell(state === 'accepted' ? texts.epochs.cosigned : texts.epochs.proposed);
    });
  return (
    <div class="section">
      <ProblemNotice problem={problem} />
      {unit.proposed === 'mine' ? <p class="soft">{texts.epochs.proposed}</p> : null}
      {unit.proposed === 'cosign' ? <p>{texts.epochs.waiting}</p> : null}
      {unit.proposed === 'mine' || (unit.proposed === 'none' && unit.weeksAhead >= EPOCHS_AHEAD) ? null : (
        <div class="buttons">
          <button type="button" class="button button-main" disabled={busy} onClick={sign}>
            {unit.proposed === 'cosign' ? texts.epochs.cosign : texts.epochs.sign}
          </button>
        </div>
      )}
      {busy ? <Progress label={texts.epochs.signing} done={progress.done} total={progress.total} /> : null}
    </div>
  );
};

const Rewrap = () => {
  const { texts, vault } = useBase();
  const { tell } = useDesk();
  const { busy, problem, run } = useAction();
  const [progress, setProgress] = useState({ done: 0, total: 0 });
  const lock = (): void =>
    void run(async () => {
      const { count } = await vault.ask('rewrapOpen', {}, (done, total) => setProgress({ done, total }));
      tell(texts.epochs.rewrapped(count));
    });
  return (
    <section class="section" aria-labelledby="rewrap">
      <h2 id="rewrap">{texts.epochs.rewrap}</h2>
      <p class="page-lead">{texts.epochs.rewrapLead}</p>
      <ProblemNotice problem={problem} />
      <div class="buttons">
        <button type="button" class="button" disabled={busy} onClick={lock}>
          {texts.epochs.rewrap}
        </button>
      </div>
      {busy ? <Progress label={texts.members.removing} done={progress.done} total={progress.total} /> : null}
    </section>
  );
};

const EpochTable = ({ epochs }: { readonly epochs: readonly EpochView[] }) => {
  const { texts } = useBase();
  const columns = texts.epochs.columns;
  return (
    <Scroll label={texts.epochs.list}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col" class="number">
              {columns.n}
            </th>
            <th scope="col">{columns.from}</th>
            <th scope="col">{columns.until}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.mine}</th>
          </tr>
        </thead>
        <tbody>
          {epochs.map((epoch) => (
            <tr key={`${epoch.state}-${String(epoch.n)}`}>
              <th scope="row" class="number">
                {epoch.n}
              </th>
              <td class="whole">{timeText(epoch.from)}</td>
              <td class="whole">{timeText(epoch.until)}</td>
              <td>{texts.epochs.states[epoch.state]}</td>
              <td>
                <span class={`mark ${epoch.mine ? 'mark-proven' : 'mark-none'}`}>
                  <Icon name={epoch.mine ? 'done' : 'none'} />
                  {epoch.mine ? texts.frame.yes : texts.frame.no}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
