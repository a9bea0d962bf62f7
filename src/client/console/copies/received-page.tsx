/** @jsxImportSource hono/jsx/dom */
import { useBase } from '../context.ts';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { CopyCard } from './copy-card.tsx';

/** Working copies that other units made for this one. The tips themselves stay with those who hold them. */
export const ReceivedCopiesPage = () => {
  const { texts, vault } = useBase();
  const { loaded } = useLoad(() => vault.ask('receivedCopies', {}), 'copies');
  return (
    <>
      <PageHead title={texts.nav.copies} lead={texts.copies.receivedLead} />
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' && loaded.value.length === 0 ? (
        <p class="empty">{texts.copies.nothing}</p>
      ) : null}
      {loaded.state === 'ready'
        ? loaded.value.map((copy) => (
            <CopyCard copy={copy} before={null} top key={`${copy.tip}-${String(copy.no)}`} />
          ))
        : null}
    </>
  );
};
