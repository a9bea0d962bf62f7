/** The page on which auditors take and check what the public log holds. */
export const consoleAuditVi = {
  title: 'Kiểm toán sổ công khai',
  lead: 'Sổ công khai ghi mọi bước của mọi tin, không ai sửa hay xoá được mà không lộ. Ở đây bạn lấy toàn bộ sổ với phần mở của từng bước, kiểm tra từ đầu đến cuối và tự tính lại số liệu. Không có nội dung tin nào trong đó.',
  leadScoped:
    'Bạn lấy được các bước trong phạm vi của mình, kèm chứng minh rằng chúng nằm trong sổ công khai. Việc sổ có đủ hay không chỉ kiểm toán viên độc lập mới chứng minh được.',
  checkpoint: {
    title: 'Mốc sổ mới nhất',
    none: 'Sổ công khai chưa có mốc nào. Xin trở lại sau lần ghi sổ tới.',
    size: 'Số dòng',
    at: 'Ghi lúc',
    witnesses: 'Nhân chứng đã ký',
    noWitness: 'chưa có',
    root: 'Mã gốc',
    origin: 'Tên sổ',
  },
  verify: {
    title: 'Kiểm tra ngay tại đây',
    lead: 'Trình duyệt của bạn lấy hồ sơ, mở bằng khoá của bạn, kiểm tra từng dòng và tự tính lại số liệu. Kết quả không gửi đi đâu cả, trừ khi bạn ký.',
    start: 'Lấy và kiểm tra',
    again: 'Kiểm tra lại',
    running: (read: string, all: string) => `Đang kiểm tra: đã đọc ${read} bước của sổ ${all} dòng`,
    proven: 'Đã kiểm tra đến dòng cuối: không có sai lệch nào',
    provenScoped: 'Các bước trong phạm vi của bạn đều nằm trong sổ và hợp lệ',
    scoped: 'Hồ sơ theo phạm vi không chứng minh được là đủ: chỉ kiểm toán viên độc lập mới làm được.',
    broken: (count: string) => `Có ${count} điều không đúng`,
    warnings: (count: string) => `${count} điều nên xem lại`,
    counts: (tips: string, events: string, signatures: string) =>
      `${tips} tin, ${events} bước, ${signatures} chữ ký đã kiểm tra.`,
    leaves: (opened: string, dummies: string, shredded: string) =>
      `${opened} dòng mở được, ${dummies} dòng đệm, ${shredded} dòng đã huỷ nội dung theo quy định.`,
    step: (no: number) => `bước ${no}`,
    leaf: (index: string) => `dòng ${index}`,
    more: (count: string) => `và ${count} điều nữa cùng loại`,
    figures: 'Số liệu tự tính lại',
    figuresHint:
      'Đúng hạn trên tổng đã đến hạn, tính từ các bước đã ký. Bên cạnh là con số mà trang số liệu đang đưa ra; trang có thể đi trước sổ vài phút.',
    all: 'Tất cả đơn vị',
    unit: 'Đơn vị',
    same: 'bằng trang số liệu',
    differs: (page: string) => `trang số liệu: ${page}`,
    report: 'Lưu biên bản',
    sign: 'Ký xác nhận mốc này',
    signHint:
      'Chữ ký của bạn nói rằng mọi dòng đến mốc này đã được kiểm tra. Có nó, tin đã hết hạn lưu giữ mới được huỷ nội dung.',
    signed: 'Đã ký. Xác nhận này cũng được ghi vào sổ công khai.',
  },
  take: {
    title: 'Lấy hồ sơ kiểm toán',
    lead: 'Hồ sơ được niêm phong bằng khoá của bạn; chỉ bạn mở được. Mỗi lần lấy được ghi lại trong sổ.',
    bundle: 'Tải hồ sơ đã niêm phong',
    key: 'Tải tệp khoá của tôi',
    keyHint:
      'Tệp khoá chỉ mở được bằng cụm mật khẩu của bạn. Dùng nó khi kiểm tra trên máy khác, không cần mạng:',
    keySaved: 'Đã lưu tệp khoá. Đừng để tệp và cụm mật khẩu ở cùng một chỗ.',
  },
  signed: {
    title: 'Mốc đã được kiểm toán',
    none: 'Chưa có kiểm toán viên độc lập nào xác nhận một mốc.',
    line: (auditor: string, size: string) => `${auditor}: đến dòng ${size}`,
  },
};
export type ConsoleAuditTexts = typeof consoleAuditVi;
