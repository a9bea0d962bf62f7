import { PDFDocument, PDFHexString, PDFName } from '@cantoo/pdf-lib';
import { strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { lookInto } from '../../../src/client/inspect/look.ts';
import { tellingJpeg } from '../../fixtures/telling-files.ts';

const CANARY = 'CHIMHOAMI7731';
const look = (bytes: Uint8Array, name: string) => lookInto(new Blob([new Uint8Array(bytes)]), name);
const bytesOf = async (file: Blob | undefined): Promise<Buffer> =>
  Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0));

/** A PDF of one page with properties, metadata, and an object of an earlier version that nothing names any more. */
async function tellingPdf(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const page = pdf.addPage([200, 200]);
  pdf.setAuthor(`nguoi ${CANARY}`);
  pdf.setProducer(`may ${CANARY}`);
  pdf.setCreationDate(new Date(Date.UTC(2026, 10, 20)));
  const xmp = pdf.context.stream(`<x:xmpmeta>${CANARY}</x:xmpmeta>`, { Type: 'Metadata', Subtype: 'XML' });
  pdf.catalog.set(PDFName.of('Metadata'), pdf.context.register(xmp));
  page.node.set(PDFName.of('LastModified'), PDFHexString.fromText(CANARY));
  pdf.context.register(pdf.context.stream(`cu ${CANARY}`));
  return pdf.save({ useObjectStreams: false });
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const DOCX: Readonly<Record<string, Uint8Array>> = {
  '[Content_Types].xml': strToU8(
    `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
  ),
  '_rels/.rels': strToU8(
    `${XML}<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/><Relationship Id="r2" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`,
  ),
  'docProps/core.xml': strToU8(
    `${XML}<cp:coreProperties><dc:creator>nguoi ${CANARY}</dc:creator><cp:lastModifiedBy>sua ${CANARY}</cp:lastModifiedBy></cp:coreProperties>`,
  ),
  'docProps/app.xml': strToU8(`${XML}<Properties><Company>noi lam ${CANARY}</Company></Properties>`),
  'docProps/thumbnail.jpeg': tellingJpeg({ canary: CANARY }),
  'word/document.xml': strToU8(`${XML}<w:document><w:ins w:author="Thu">chữ</w:ins></w:document>`),
  'word/media/image1.jpeg': tellingJpeg({ canary: CANARY }),
};

describe('a PDF', () => {
  test('is written anew without properties, metadata and what earlier versions held', async () => {
    const { inspection, made } = await look(await tellingPdf(), 'don.pdf');
    expect(inspection).toMatchObject({
      type: 'application/pdf',
      obstacle: 'none',
      ways: ['stripped', 'original'],
    });
    const left = await bytesOf(made?.file);
    expect(left.includes(CANARY)).toBe(false);
    const again = await PDFDocument.load(new Uint8Array(left), { updateMetadata: false });
    expect([again.getPageCount(), again.getAuthor()]).toEqual([1, undefined]);
  });

  test('tells before who made it, with what and when', async () => {
    const { inspection } = await look(await tellingPdf(), 'don.pdf');
    expect(inspection.findings).toContainEqual({ kind: 'author', text: `nguoi ${CANARY}` });
    expect(inspection.findings).toContainEqual({ kind: 'software', text: `may ${CANARY}` });
    expect(inspection.findings.map(({ kind }) => kind)).toContain('time');
  });

  test('under a password stays shut, and that is said', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage();
    pdf.encrypt({ userPassword: 'mật khẩu', ownerPassword: 'khác' });
    const { inspection, made } = await look(await pdf.save(), 'don.pdf');
    expect([inspection.obstacle, made]).toEqual(['locked', null]);
  });

  test('cut short is broken', async () => {
    const { inspection } = await look((await tellingPdf()).slice(0, 200), 'don.pdf');
    expect(inspection.ways).toEqual(['original']);
    expect(inspection.obstacle).toBe('broken');
  });
});

describe('an office file', () => {
  test('loses properties, thumbnail, times and what its photos tell, and keeps its words', async () => {
    const { inspection, made } = await look(zipSync(DOCX), 'don.docx');
    expect(inspection).toMatchObject({ obstacle: 'none', lies: false, ways: ['stripped', 'original'] });
    const entries = unzipSync(new Uint8Array(await bytesOf(made?.file)));
    for (const bytes of Object.values(entries)) expect(Buffer.from(bytes).includes(CANARY)).toBe(false);
    expect(Object.keys(entries)).toEqual(Object.keys(DOCX).filter((name) => !name.includes('thumbnail')));
    expect(entries['word/document.xml']).toEqual(DOCX['word/document.xml']);
    expect(Buffer.from(entries['_rels/.rels'] ?? []).includes('thumbnail')).toBe(false);
  });

  test('tells who made, changed and remarked', async () => {
    const { inspection } = await look(zipSync(DOCX), 'don.docx');
    expect(inspection.findings).toEqual([
      { kind: 'author', text: `nguoi ${CANARY}` },
      { kind: 'author', text: `sua ${CANARY}` },
      { kind: 'author', text: `noi lam ${CANARY}` },
      { kind: 'preview', text: '' },
      { kind: 'comments', text: 'Thu' },
    ]);
  });

  test('that unpacks to much more than it shows is never unpacked', async () => {
    const bomb: Zippable = { ...DOCX, 'word/media/lon.bin': new Uint8Array(30 * 1024 * 1024) };
    const { inspection, made } = await look(zipSync(bomb), 'don.docx');
    expect([inspection.obstacle, made]).toEqual(['bomb', null]);
  });

  test('of OpenDocument keeps its type first and unpacked', async () => {
    const odt: Zippable = {
      mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
      'meta.xml': strToU8(
        `<office:document-meta><meta:initial-creator>${CANARY}</meta:initial-creator></office:document-meta>`,
      ),
      'content.xml': strToU8('<office:document-content/>'),
    };
    const { inspection, made } = await look(zipSync(odt), 'don.odt');
    expect(inspection.type).toBe('application/vnd.oasis.opendocument.text');
    const left = await bytesOf(made?.file);
    expect(left.subarray(30, 77).toString('latin1')).toBe('mimetypeapplication/vnd.oasis.opendocument.text');
    expect(Buffer.from(unzipSync(new Uint8Array(left))['meta.xml'] ?? []).includes(CANARY)).toBe(false);
  });
});
