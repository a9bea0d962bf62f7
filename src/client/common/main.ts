import { armLeaving } from './leave.ts';

const button = document.getElementById('leave-quickly');
if (button instanceof HTMLAnchorElement) armLeaving(button);
