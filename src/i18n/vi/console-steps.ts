/** What the forms of single steps ask, and what the law makes of each answer. */
export const consoleStepsVi = {
  classify: {
    circumstances: 'Tình tiết đã rõ',
    grave:
      'Có một trong các tình tiết này, công an cấp xã báo ngay và chuyển lên trong 24 giờ (vùng sâu, vùng xa: 48 giờ). Chưa rõ thì để trống; sau này phân loại lại được.',
    others: 'Tình tiết khác',
    recorded: 'Ghi vào hồ sơ. Chưa rõ thì để trống; sau này phân loại lại được.',
    child: 'Phải có biện pháp bảo vệ trẻ em trong 12 giờ kể từ lúc nhận tin.',
    happeningNow: 'Người báo tin nói việc đang xảy ra. Nếu bắt được quả tang, xin chọn “Phạm tội quả tang”.',
    saidMinor: 'Người báo tin nói có người dưới 18 tuổi nên đã chọn sẵn. Xin bỏ chọn nếu không đúng.',
    mustPassOn: 'Với tình tiết đã chọn, công an cấp xã không giải quyết mà chuyển lên.',
    passOnFirst: 'Với tình tiết này, đơn vị bạn phải chuyển tin lên: hãy dùng “Chuyển đơn vị khác”.',
    identity: 'Người báo tin cho biết mình là ai?',
    identityHint: 'Lấy từ nội dung đã mở. Tố cáo và khiếu nại cần có họ tên.',
    evidence: 'Thông tin có phải kiểm tra không (Luật Tố cáo Điều 25)',
    evidenceLead: 'Có đủ cả ba thì phải kiểm tra, không được lưu hoặc kết thúc khi chưa xác minh.',
    notOffered: 'Loại cần họ tên hoặc đơn trực tiếp không có trong danh sách này.',
  },
  transfer: {
    why: 'Vì sao chuyển',
    documentNumber: 'Số phiếu chuyển (mẫu 03)',
    documentDay: 'Ngày của phiếu',
    pages: 'Số tờ hồ sơ kèm theo',
    returnWhy: 'Vì sao trả lại',
  },
  notice: {
    how: 'Báo cho người báo tin',
    write: 'Viết cho họ',
  },
};
