/** Texts of the frame around every citizen's page, and of the error page. */
export interface FrameTexts {
  readonly siteName: string;
  readonly skip: string;
  /** Name of the other language, in that language. */
  readonly otherLanguage: string;
  readonly otherLanguageLabel: string;
  readonly demo: string;
  readonly demoLabel: string;
  readonly leave: string;
  readonly leaveHint: string;
  readonly emergencyLabel: string;
  readonly emergency: string;
  readonly police: string;
  readonly child: string;
  readonly home: string;
  readonly errorTitle: string;
  readonly notFoundTitle: string;
  readonly back: string;
  readonly errorCode: string;
}
