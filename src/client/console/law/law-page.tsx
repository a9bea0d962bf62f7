/** @jsxImportSource hono/jsx/dom */
import { CLOCKS } from '../../../domain/terms.ts';
import { useBase } from '../context.ts';
import { grouped } from '../format.ts';
import { getJson } from '../http.ts';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { ExtensionLine, KindLine, RuleLine, SettlementLine, useLimit } from './rule-line.tsx';
import type { WireLaw } from './wire.ts';
import { YearTable } from './year-table.tsx';

/** The rules that the service counts and decides by, as a lawyer reads them: case, limit, from when, article. */
export const LawPage = () => {
  const { texts } = useBase();
  const t = texts.lawPage;
  const { loaded } = useLoad(() => getJson<WireLaw>('/api/staff/law'), 'law');
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={12} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' ? <Law law={loaded.value} /> : null}
    </>
  );
};

const Law = ({ law }: { readonly law: WireLaw }) => {
  const { texts, words } = useBase();
  const t = texts.lawPage;
  const limit = useLimit();
  const limitsOf = (rules: WireLaw['rules']): string =>
    [...new Set(rules.map((rule) => limit(rule.limit)))].join(', ');
  const clocks = CLOCKS.map((clock) => ({ clock, rules: law.rules.filter((rule) => rule.clock === clock) }));
  return (
    <>
      <section class="section" aria-labelledby="law-clocks">
        <h2 id="law-clocks">{t.clocks}</h2>
        {clocks.map(({ clock, rules }) =>
          rules.length === 0 ? null : (
            <details class="card law-fold" key={clock}>
              <summary>
                {words.clock[clock]}
                <span class="soft"> · {limitsOf(rules)}</span>
              </summary>
              <ul class="law-rules">
                {rules.map((rule) => (
                  <RuleLine rule={rule} key={rule.id} />
                ))}
              </ul>
            </details>
          ),
        )}
      </section>
      <section class="section" aria-labelledby="law-extensions">
        <h2 id="law-extensions">{t.extensions}</h2>
        <ul class="law-rules">
          {law.extensions.map((rule) => (
            <ExtensionLine rule={rule} key={rule.id} />
          ))}
        </ul>
      </section>
      <section class="section" aria-labelledby="law-settlement">
        <h2 id="law-settlement">{t.settlement}</h2>
        <ul class="law-rules">
          {law.settlement.map((rule) => (
            <SettlementLine rule={rule} key={rule.from} />
          ))}
        </ul>
        <p class="small soft">{t.settlementElse}</p>
      </section>
      <section class="section" aria-labelledby="law-kinds">
        <h2 id="law-kinds">{t.kinds}</h2>
        <ul class="law-rules">
          {law.kinds.map((kind) => (
            <KindLine duties={kind} key={kind.kind} />
          ))}
        </ul>
      </section>
      <Years years={law.holidays} />
      <Files hashes={law.hashes} />
    </>
  );
};

const Years = ({ years }: { readonly years: WireLaw['holidays'] }) => {
  const { texts } = useBase();
  const t = texts.lawPage;
  return (
    <section class="section" aria-labelledby="law-holidays">
      <h2 id="law-holidays">{t.holidays}</h2>
      {years.map((table) => (
        <details class="card law-fold" key={table.year}>
          <summary>{t.year(String(table.year), table.off.length, table.worked.length)}</summary>
          <YearTable table={table} />
        </details>
      ))}
    </section>
  );
};

const Files = ({ hashes }: { readonly hashes: WireLaw['hashes'] }) => {
  const { texts } = useBase();
  const t = texts.lawPage;
  return (
    <section class="section" aria-labelledby="law-files">
      <h2 id="law-files">{t.files}</h2>
      <p class="small soft">{t.filesLead}</p>
      <dl class="facts">
        {Object.entries(hashes).map(([name, hash]) => [
          <dt key={`${name}-name`}>{(t.file as Readonly<Record<string, string>>)[name] ?? name}</dt>,
          <dd class="law-hash" key={name}>
            <code>{grouped(hash)}</code>
          </dd>,
        ])}
      </dl>
    </section>
  );
};
