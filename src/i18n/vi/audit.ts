/** What the auditor's verifier says, on the command line and in the console. Plain strings with {placeholders}. */
export const auditVi = {
  proven: 'Đã kiểm tra đến dòng cuối: không có sai lệch nào.',
  provenScoped: 'Các bước trong phạm vi này đều nằm trong sổ và hợp lệ.',
  scoped: 'Hồ sơ theo phạm vi không chứng minh được là đủ: chỉ kiểm toán viên độc lập mới làm được.',
  broken: 'Có {count} điều không đúng.',
  warnings: '{count} điều nên xem lại:',
  log: 'Sổ {origin}, {size} dòng, mã gốc {root}',
  leaves:
    '{opened} dòng mở được, {dummies} dòng đệm, {shredded} dòng đã huỷ nội dung; {witnesses} nhân chứng đã ký.',
  counts: '{tips} tin, {events} bước, {signatures} chữ ký đã kiểm tra.',
  canaries:
    'Tin kiểm tra: {announced} đã cam kết, {revealed} đã mở, trong đó {handled} đã được trả lời; {unused} chưa gửi.',
  figures: 'Số liệu tự tính lại (đúng hạn / trễ / quá hạn chưa xong):',
  all: 'Tất cả đơn vị',
  verbs: { received: 'tiếp nhận', classified: 'phân loại', verified: 'xác minh', handled: 'giải quyết' },
  more: 'và {count} điều nữa cùng loại',
  line: 'dòng {line} của hồ sơ',
  leaf: 'dòng {index} của sổ',
  step: 'bước {no}',
  size: 'mốc {size}',
  checks: {
    bundleShape: 'Hồ sơ thiếu dòng, sai thứ tự hoặc không phải của nơi này.',
    directoryChain: 'Danh bạ đã ký có chỗ không kiểm chứng được.',
    checkpointSignature: 'Một mốc sổ không mang chữ ký của sổ.',
    checkpointRoot: 'Một mốc sổ không phải là mã gốc của các dòng trong sổ.',
    checkpointWitnessed: 'Mốc sổ thiếu chữ ký nhân chứng.',
    checkpointTime: 'Thời điểm của mốc sổ không khớp với nhân chứng.',
    fork: 'Có người đã nhận một cuốn sổ khác.',
    batchShape: 'Một đợt ghi sổ không theo đúng quy cách.',
    leafUnopened: 'Có dòng trong sổ mà không ai mở cho xem.',
    leafTwice: 'Một dòng được dùng hai lần.',
    openingMatches: 'Nội dung mở ra không phải là dòng đã ghi.',
    shownMatches: 'Phần dành cho người gửi tin không phải là phần đã ghi.',
    partsMatch: 'Nội dung của bước không phải là nội dung đã ký.',
    chainUnbroken: 'Chuỗi các bước bị đứt, thiếu hoặc đảo thứ tự.',
    signerEntitled: 'Bước này không do người có quyền ký.',
    twoSigners: 'Quyết định cần hai người mà không đủ hai người ký.',
    timeBounded: 'Thời điểm của bước không thể đúng: ghi lùi hoặc ghi trước ngày.',
    lawInForce: 'Sổ không ghi hệ thống đang quyết định theo văn bản nào.',
    stepLegal: 'Quy trình không cho phép bước này.',
    promiseGiven: 'Người gửi không nhận được cam kết ghi sổ.',
    promiseKept: 'Điều đã cam kết ghi sổ không được ghi đúng hạn.',
    deadlineSpoken: 'Hết hạn mà không ai làm gì và không ai nói gì.',
    escalationMissing: 'Hết hạn mà hệ thống không báo cho ai.',
    noContradiction: 'Người gửi tin đã được cho xem điều khác với sổ.',
    directoryInLog: 'Có khoá hoặc thành viên được dùng mà sổ không ghi.',
    directoryRoot: 'Sổ nói về một danh bạ khác với danh bạ đã ký.',
    readBeforeOpen: 'Người xử lý chưa mở tin trước khi làm bước này.',
    canaryHandled: 'Tin kiểm tra không được cam kết trước hoặc không được xử lý.',
    shreddingAttested: 'Nội dung đã mất mà không có căn cứ và hai người xác nhận.',
    mergeLives: 'Tin trùng bị nhập vào một tin không còn được tính.',
    rollBackDeclared: 'Sổ đã quay lại trạng thái cũ mà không công bố.',
    ratesEqual: 'Số liệu đưa ra khác với số liệu tính lại.',
  },
};

export type AuditTexts = {
  readonly [Key in keyof typeof auditVi]: (typeof auditVi)[Key] extends string
    ? string
    : { readonly [Name in keyof (typeof auditVi)[Key]]: string };
};
