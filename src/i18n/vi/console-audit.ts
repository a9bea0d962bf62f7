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
