/** Every receipt file has this size, in bytes: nothing about it tells one tip from another, or that it is one. */
export const RECEIPT_FILE_BYTES = 8192;
/** A name that says nothing. */
export const RECEIPT_FILE_NAME = 'ghi-chu.bin';
/** Largest evidence file, in bytes. */
export const MAX_EVIDENCE_BYTES = 1024 * 1024;
/** A name that says what it is for and not where it comes from. */
export const EVIDENCE_FILE_NAME = 'doi-chieu.json';
