import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';
import type { Finding, FindingKind, Looked } from './api.ts';
import { LockedFile } from './bytes.ts';
import { Findings } from './findings.ts';

const TYPE = 'application/pdf';
/** Entries of any dictionary that say who made it, with what and when. */
const TELLING = ['Metadata', 'PieceInfo', 'LastModified'].map((name) => PDFName.of(name));

/**
 * What a PDF tells, and the same pages written anew: without properties, without metadata of any object, without what earlier versions of it
 * held. Pictures inside keep theirs. Throws `LockedFile`.
 */
export async function lookIntoPdf(
  file: Blob,
): Promise<Pick<Looked, 'made'> & { readonly findings: readonly Finding[] }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let pdf: PDFDocument;
  try {
    pdf = await PDFDocument.load(bytes, {
      updateMetadata: false,
      throwOnInvalidObject: true,
    });
  } catch (error) {
    // Encrypted objects may look broken before the trailer that names the encryption was read.
    if (error instanceof EncryptedPDFError || isEncrypted(bytes)) throw new LockedFile();
    throw error;
  }
  const findings = pdfFindings(pdf);
  const { context } = pdf;
  delete context.trailerInfo.Info;
  delete context.trailerInfo.ID;
  for (const dict of dictionaries(pdf)) for (const name of TELLING) dict.delete(name);
  const { Root } = context.trailerInfo;
  const reached = reachable(pdf, Root);
  for (const [ref] of context.enumerateIndirectObjects()) if (!reached.has(ref)) context.delete(ref);
  const saved = await pdf.save({
    useObjectStreams: false,
    addDefaultPage: false,
    updateFieldAppearances: false,
  });
  const made = {
    form: 'stripped',
    file: new Blob([new Uint8Array(saved)], { type: TYPE }),
    type: TYPE,
  } as const;
  return { findings, made };
}

const isEncrypted = (bytes: Uint8Array): boolean =>
  /\/Encrypt\s+\d+\s+\d+\s+R/.test(new TextDecoder('latin1').decode(bytes));

const INFO: readonly (readonly [string, FindingKind])[] = [
  ['Author', 'author'],
  ['Title', 'title'],
  ['Subject', 'title'],
  ['Keywords', 'comments'],
  ['Creator', 'software'],
  ['Producer', 'software'],
  ['CreationDate', 'time'],
  ['ModDate', 'time'],
];

function pdfFindings(pdf: PDFDocument): readonly Finding[] {
  const found = new Findings();
  const info = pdf.context.lookup(pdf.context.trailerInfo.Info);
  if (info instanceof PDFDict)
    for (const [name, kind] of INFO) found.add(kind, textOf(info.lookup(PDFName.of(name))));
  for (const dict of dictionaries(pdf)) {
    // Remarks carry the name of who made them.
    if (dict.has(PDFName.of('Subtype')) && dict.has(PDFName.of('Rect')))
      found.add('comments', textOf(dict.lookup(PDFName.of('T'))));
  }
  return found.all();
}

const textOf = (value: PDFObject | undefined): string | undefined =>
  value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;

function dictionaries(pdf: PDFDocument): PDFDict[] {
  return pdf.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFDict ? [object] : object instanceof PDFStream ? [object.dict] : [],
    );
}

/** Every object that the document's root leads to: the rest belongs to earlier versions. */
function reachable(pdf: PDFDocument, root: PDFObject | undefined): ReadonlySet<PDFRef> {
  const reached = new Set<PDFRef>();
  const open: (PDFObject | undefined)[] = [root];
  for (let object = open.pop(); object !== undefined || open.length > 0; object = open.pop()) {
    if (object instanceof PDFRef) {
      if (reached.has(object)) continue;
      reached.add(object);
      open.push(pdf.context.lookup(object));
    } else if (object instanceof PDFDict) open.push(...object.values());
    else if (object instanceof PDFStream) open.push(...object.dict.values());
    else if (object instanceof PDFArray) open.push(...object.asArray());
  }
  return reached;
}
