import type { ConsoleTexts } from '../vi/console.ts';
import { consoleAccountEn } from './console-account.ts';
import { consoleCalendarEn } from './console-calendar.ts';
import { consoleDutyEn } from './console-duty.ts';
import { consoleFrameEn } from './console-frame.ts';
import { consoleLawEn } from './console-law.ts';
import { consolePicturesEn } from './console-pictures.ts';
import { consoleRegisterEn } from './console-register.ts';
import { consoleRightsEn } from './console-rights.ts';
import { consoleStepsEn } from './console-steps.ts';
import { consoleTipEn } from './console-tip.ts';
import { consoleUnitEn } from './console-unit.ts';
import { consoleViewerEn } from './console-viewer.ts';

export const consoleEn: ConsoleTexts = {
  ...consoleFrameEn,
  ...consoleTipEn,
  ...consoleRightsEn,
  ...consoleRegisterEn,
  ...consoleStepsEn,
  ...consoleLawEn,
  ...consoleCalendarEn,
  ...consoleDutyEn,
  ...consoleUnitEn,
  ...consoleAccountEn,
  ...consoleViewerEn,
  ...consolePicturesEn,
};
