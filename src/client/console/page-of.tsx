/** @jsxImportSource hono/jsx/dom */
import { mayAdminister, mayManageMembers, mayReadTips, mayTakeCalls } from '../../domain/roles.ts';
import type { Role } from '../../domain/terms.ts';
import { AccountPage } from './account/account-page.tsx';
import { useBase, useDesk } from './context.ts';
import { ReceivedCopiesPage } from './copies/received-page.tsx';
import { BoxesPage } from './hotline/boxes-page.tsx';
import { HotlinePage } from './hotline/hotline-page.tsx';
import { HolidaysPage } from './law/holidays-page.tsx';
import { LawPage } from './law/law-page.tsx';
import { OVERSIGHT_PAGES } from './oversight/pages.ts';
import { BoardPage } from './pages/board-page.tsx';
import { DayPage } from './pages/day-page.tsx';
import { ElsewherePage } from './pages/elsewhere-page.tsx';
import { HandoverPage } from './pages/handover-page.tsx';
import { MessagesPage } from './pages/messages-page.tsx';
import { OutsidePage } from './pages/outside-page.tsx';
import { QueueListPage } from './pages/queue-page.tsx';
import { PostChecksPage } from './post-check/post-checks-page.tsx';
import { PostersPage } from './posters/posters-page.tsx';
import { RegisterPage } from './register/register-page.tsx';
import { RetentionPage } from './retention/retention-page.tsx';
import { RightsPage } from './rights/rights-page.tsx';
import type { Route } from './router.ts';
import { SupervisionPage } from './supervision/supervision-page.tsx';
import { TipPage } from './tip/tip-page.tsx';
import { PageHead } from './ui/parts.tsx';
import { EpochsPage } from './unit/epochs-page.tsx';
import { FocalPage } from './unit/focal-page.tsx';
import { MembersPage } from './unit/members-page.tsx';
import { StaffPage } from './unit/staff-page.tsx';
import { UnitsPage } from './unit/units-page.tsx';
import { WorkloadPage } from './unit/workload-page.tsx';

/** Which roles a page is for. The server refuses on its own; this only keeps dead ends out of sight. */
const mayOpen = (route: Route, roles: readonly Role[]): boolean => {
  switch (route.page) {
    case 'day':
    case 'queue':
    case 'messages':
    case 'copies':
    case 'outside':
    case 'elsewhere':
    case 'tip':
    case 'register':
    case 'post-checks':
    case 'handover':
      return mayReadTips(roles);
    case 'members':
    case 'epochs':
    case 'focal-points':
      return mayReadTips(roles);
    case 'hotline':
      return mayTakeCalls(roles);
    case 'boxes':
      return mayTakeCalls(roles) || mayReadTips(roles);
    case 'posters':
      return mayTakeCalls(roles) || mayManageMembers(roles);
    case 'board':
    case 'workload':
    case 'retention':
    case 'rights':
      return mayManageMembers(roles);
    case 'supervision':
      return mayReadTips(roles);
    case 'units':
    case 'holidays':
    case 'staff':
      return mayAdminister(roles);
    default:
      return true;
  }
};

const Unknown = () => {
  const { texts } = useBase();
  return <PageHead title={texts.frame.unknownPage} lead={texts.frame.unknownPageLead} />;
};

const Oversight = ({ path }: { readonly path: string }) => {
  const { lang } = useBase();
  const { me } = useDesk();
  const page = OVERSIGHT_PAGES.find(
    (candidate) => candidate.path === path && candidate.roles.some((role) => me.roles.includes(role)),
  );
  if (page === undefined) return <Unknown />;
  const View = page.view;
  return <View lang={lang} />;
};

/** The page of an address, for whoever is logged in. */
export const PageOf = ({ route }: { readonly route: Route }) => {
  const { me } = useDesk();
  if (!mayOpen(route, me.roles)) return <Unknown />;
  switch (route.page) {
    case 'day':
      return <DayPage />;
    case 'queue':
      return <QueueListPage route={route} />;
    case 'messages':
      return <MessagesPage />;
    case 'copies':
      return <ReceivedCopiesPage />;
    case 'outside':
      return <OutsidePage />;
    case 'elsewhere':
      return <ElsewherePage />;
    case 'board':
      return <BoardPage />;
    case 'tip':
      return <TipPage tip={route.tip} key={route.tip} />;
    case 'register':
      return <RegisterPage />;
    case 'post-checks':
      return <PostChecksPage />;
    case 'handover':
      return <HandoverPage />;
    case 'members':
      return <MembersPage />;
    case 'epochs':
      return <EpochsPage />;
    case 'focal-points':
      return <FocalPage />;
    case 'workload':
      return <WorkloadPage />;
    case 'rights':
      return <RightsPage />;
    case 'supervision':
      return <SupervisionPage />;
    case 'retention':
      return <RetentionPage />;
    case 'units':
      return <UnitsPage />;
    case 'staff':
      return <StaffPage />;
    case 'hotline':
      return <HotlinePage />;
    case 'boxes':
      return <BoxesPage />;
    case 'posters':
      return <PostersPage />;
    case 'holidays':
      return <HolidaysPage />;
    case 'law':
      return <LawPage />;
    case 'account':
      return <AccountPage />;
    case 'oversight':
      return <Oversight path={route.path} />;
    default:
      return <Unknown />;
  }
};
