/** Who may settle by which paper, and what a procuracy was told of. */
export const consoleRightsVi = {
  supervision: {
    title: 'Kiểm sát',
    lead: 'Tin mà các đơn vị đã thông báo cho viện kiểm sát. Bạn thấy hồ sơ, các bước và căn cứ, không thấy nội dung.',
    which: {
      pending: 'Đang chờ quyết định',
      suspended: 'Đang tạm đình chỉ',
      all: 'Tất cả',
    },
    choose: 'Xem tin nào',
    asked: 'Đề nghị gia hạn, chờ bạn trả lời',
    nothing: {
      pending: 'Không có đề nghị nào đang chờ.',
      suspended: 'Không có tin nào đang tạm đình chỉ.',
      all: 'Chưa có tin nào được thông báo.',
    },
  },
  rights: {
    title: 'Thẩm quyền giải quyết',
    lead: 'Người được phân công giải quyết tố giác, tin báo về tội phạm ở công an cấp xã, theo quyết định của đơn vị cấp trên trực tiếp.',
    own: 'Đơn vị bạn',
    ownNothing: 'Chưa ai trong đơn vị bạn được phân công. Tin về tội phạm phải chuyển lên cấp trên.',
    below: 'Đơn vị cấp dưới',
    belowNothing: 'Không có đơn vị cấp dưới nào cần phân công.',
    nobody: 'Chưa phân công ai',
    give: 'Phân công',
    unit: 'Đơn vị',
    person: 'Người được phân công',
    noPeople: 'Đơn vị này chưa có lãnh đạo nào có tài khoản đang dùng.',
    grade: 'Ngạch điều tra viên',
    grades: { mid: 'Điều tra viên trung cấp', high: 'Điều tra viên cao cấp' },
    kinds: 'Loại nguồn tin',
    document: 'Số quyết định',
    from: 'Từ ngày',
    until: 'Đến hết ngày',
    untilHint: 'Để trống nếu quyết định không ghi ngày kết thúc.',
    fromTo: (from: string, until: string) => `Từ ${from} đến hết ${until}`,
    since: (from: string) => `Từ ${from}`,
    ends: (days: number) => (days <= 0 ? 'Hết hạn hôm nay' : `Hết hạn sau ${days} ngày`),
    ended: 'Đã kết thúc',
    notYet: 'Chưa bắt đầu',
    end: 'Kết thúc từ bây giờ',
    endSure: (name: string) =>
      `${name} sẽ không còn quyết định được kết quả giải quyết từ bây giờ. Những gì đã quyết định vẫn giữ nguyên.`,
    given: 'Đã ghi việc phân công.',
    endedNow: 'Đã kết thúc việc phân công.',
    consequence:
      'Bạn ký việc phân công bằng khoá của mình. Việc này vào sổ công khai và không sửa được, chỉ kết thúc được.',
  },
};

export type ConsoleRightsTexts = typeof consoleRightsVi;
