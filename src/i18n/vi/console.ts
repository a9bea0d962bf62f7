import { consoleAccountVi } from './console-account.ts';
import { consoleCalendarVi } from './console-calendar.ts';
import { consoleDutyVi } from './console-duty.ts';
import { consoleFrameVi } from './console-frame.ts';
import { consoleLawVi } from './console-law.ts';
import { consolePicturesVi } from './console-pictures.ts';
import { consoleRegisterVi } from './console-register.ts';
import { consoleRightsVi } from './console-rights.ts';
import { consoleStepsVi } from './console-steps.ts';
import { consoleTipVi } from './console-tip.ts';
import { consoleUnitVi } from './console-unit.ts';
import { consoleViewerVi } from './console-viewer.ts';

/** Everything that the officers' console says. */
export const consoleVi = {
  ...consoleFrameVi,
  ...consoleTipVi,
  ...consoleRightsVi,
  ...consoleRegisterVi,
  ...consoleStepsVi,
  ...consoleLawVi,
  ...consoleCalendarVi,
  ...consoleDutyVi,
  ...consoleUnitVi,
  ...consoleAccountVi,
  ...consoleViewerVi,
  ...consolePicturesVi,
};

export type ConsoleTexts = typeof consoleVi;
