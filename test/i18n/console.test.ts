import { expect, test } from 'vitest';
import { consoleTipEn } from '../../src/i18n/en/console-tip.ts';
import { consoleTipVi } from '../../src/i18n/vi/console-tip.ts';

test.each(['planHint', 'groundHint'] as const)(
  'the %s of what stays in clear asks for no names and says who reads it, in both languages',
  (hint) => {
    const [vi, en] = [consoleTipVi.forms[hint], consoleTipEn.forms[hint]];
    expect(en).toMatch(/Name nobody.*copy nothing.*not sealed.*auditors/);
    expect(vi).toMatch(/Không nêu tên ai.*không chép.*không được niêm phong.*người giám sát/);
  },
);
