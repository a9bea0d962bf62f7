/** How a deadline stands, as `client/console/format.ts` works it out. */
export interface Standing {
  readonly level: 'overdue' | 'soon' | 'later' | 'none';
  readonly amount: number;
  readonly unit: 'minute' | 'hour' | 'day';
}

const UNIT = { minute: 'phút', hour: 'giờ', day: 'ngày' } as const;

const due = ({ level, amount, unit }: Standing): string => {
  if (level === 'none') return 'Không có hạn';
  return level === 'overdue' ? `Quá hạn ${amount} ${UNIT[unit]}` : `Còn ${amount} ${UNIT[unit]}`;
};

/** The door, the frame and everything that every page shares. */
export const consoleFrameVi = {
  shell: {
    demoLabel: 'Bản trình diễn',
    demo: 'Bản trình diễn: mọi khoá và dữ liệu ở đây chỉ để thử.',
    noScript:
      'Bàn làm việc mở khoá và đọc tin ngay trên máy này nên cần JavaScript. Xin bật JavaScript cho trang này rồi tải lại.',
  },
  frame: {
    title: 'TinKín · Bàn làm việc',
    skip: 'Đến nội dung chính',
    navigation: 'Mục làm việc',
    menu: 'Mục lục',
    loading: 'Đang tải',
    close: 'Đóng',
    cancel: 'Thôi',
    back: 'Quay lại',
    retry: 'Thử lại',
    next: 'Tiếp tục',
    more: 'Xem thêm',
    yes: 'Có',
    no: 'Không',
    lock: 'Khoá',
    logout: 'Đăng xuất',
    help: 'Phím tắt',
    unknownPage: 'Không có trang này',
    unknownPageLead: 'Địa chỉ không đúng, hoặc trang này không dành cho vai trò của bạn.',
    disconnected: 'Mất kết nối, đang nối lại',
    problemUnknown: 'Có lỗi ngoài dự tính. Chưa có gì được lưu; xin thử lại.',
    problemCode: 'Mã lỗi',
    retryAfter: (seconds: number) => `Thử lại được sau ${seconds} giây.`,
    copied: 'Đã chép',
    copy: 'Chép',
  },
  due,
  navGroups: {
    day: 'Ngày của tôi',
    work: 'Công việc',
    unit: 'Đơn vị',
    admin: 'Quản trị',
    oversight: 'Giám sát',
    me: 'Tôi',
  },
  nav: {
    day: 'Hôm nay',
    overdue: 'Quá hạn',
    due_soon: 'Sắp đến hạn',
    new: 'Mới đến',
    open: 'Hàng đợi',
    pending_decision: 'Chờ duyệt',
    incoming_transfer: 'Chuyển đến',
    closed: 'Đã xong',
    all: 'Tất cả',
    outside: 'Cấp dưới cần giúp',
    register: 'Sổ tiếp nhận',
    handover: 'Bàn giao ca',
    members: 'Thành viên',
    epochs: 'Khoá theo tuần',
    'focal-points': 'Đầu mối',
    workload: 'Khối lượng việc',
    units: 'Danh sách đơn vị',
    staff: 'Tài khoản',
    account: 'Phiên và mật khẩu',
  },
  help: {
    title: 'Phím tắt',
    keys: [
      ['j', 'Xuống dòng kế tiếp trong danh sách'],
      ['k', 'Lên dòng trước'],
      ['Enter', 'Mở dòng đang chọn'],
      ['Esc', 'Đóng hộp thoại hoặc biểu mẫu; từ một tin trở về hàng đợi'],
      ['?', 'Mở bảng này'],
    ] as readonly (readonly [string, string])[],
  },
  alarm: {
    title: 'TinKín',
    body: 'Có việc khẩn đang chờ. Mở bàn làm việc để xem.',
    waiting: (n: number) => (n === 1 ? 'Có 1 tin khẩn chưa ai nhận' : `Có ${n} tin khẩn chưa ai nhận`),
    noConsole: 'Đơn vị giữ tin không có ai mở bàn làm việc.',
    open: 'Mở tin',
    acknowledge: 'Tôi đã thấy',
    unlock: 'Mở khoá để xem',
  },
  login: {
    title: 'Đăng nhập',
    lead: 'Cụm mật khẩu không rời khỏi máy này. Máy chủ chỉ nhận một chữ ký.',
    account: 'Tên đăng nhập',
    passphrase: 'Cụm mật khẩu',
    passphraseHint: 'Bảy từ, cách nhau bằng dấu cách, không dấu.',
    show: 'Hiện cụm mật khẩu',
    code: 'Mã một lần',
    codeHint: 'Sáu chữ số trên điện thoại của bạn.',
    submit: 'Đăng nhập',
    working: 'Đang tính khoá từ cụm mật khẩu. Máy chậm có thể mất vài giây.',
    expired: 'Phiên làm việc đã hết hạn. Khoá của bạn đã được xoá khỏi máy này.',
    left: 'Bạn đã đăng xuất. Khoá của bạn đã được xoá khỏi máy này.',
    noWasm: 'Trình duyệt này không chạy được phần mã hoá. Xin dùng bản Chrome, Edge hoặc Firefox mới.',
    lostPhone: 'Tôi đã đổi điện thoại',
    lostPhoneLead:
      'Khi trưởng đơn vị và một người nữa đã đồng ý, bạn dán mã họ đưa vào đây để lấy khoá mã một lần mới.',
  },
  locked: {
    title: 'Đã khoá',
    lead: 'Khoá và mọi nội dung đã mở đều được xoá khỏi máy này. Nhập cụm mật khẩu để làm tiếp.',
    who: (name: string) => `Đang giữ phiên của ${name}.`,
    submit: 'Mở khoá',
    other: 'Đăng xuất, người khác vào',
  },
  day: {
    title: 'Ngày của tôi',
    first: 'Việc cần làm trước',
    nothing: 'Không có tin nào đang mở. Cảm ơn bạn.',
    whole: 'Xem cả hàng đợi',
  },
  queue: {
    titles: {
      open: 'Hàng đợi',
      new: 'Mới đến',
      due_soon: 'Sắp đến hạn',
      overdue: 'Quá hạn',
      incoming_transfer: 'Đơn vị khác chuyển đến',
      pending_decision: 'Chờ người thứ hai duyệt',
      closed: 'Đã xong',
      all: 'Tất cả các tin',
    },
    stage: 'Giai đoạn',
    priority: 'Mức ưu tiên',
    any: 'Tất cả',
    mineOnly: 'Chỉ tin giao cho tôi',
    list: 'Danh sách tin',
    nothing: 'Không có tin nào ở đây.',
    shown: (n: number) => `Đang xem ${n} tin.`,
    end: 'Hết danh sách.',
    changed: 'Danh sách đã thay đổi',
    reload: 'Tải lại',
    opening: 'Đang mở niêm phong',
    closed: 'Chưa mở được nội dung',
    number: (register: string) => `Số ${register}`,
    noNumber: 'Chưa vào sổ',
    unassigned: 'Chưa phân công',
    urgent: 'Khẩn',
  },
  outside: {
    title: 'Cấp dưới cần giúp',
    lead: 'Các tin của đơn vị cấp dưới đang cần một người ở ngoài: đề xuất tin rác hoặc không mở được, tin khẩn chưa ai nhận, chuyển tin quá hạn chưa xác nhận.',
    why: {
      decision: 'Chờ người ngoài duyệt',
      urgent: 'Tin khẩn chưa ai nhận',
      transfer: 'Chuyển tin chưa được xác nhận',
    },
  },
  register: {
    title: 'Sổ tiếp nhận',
    lead: 'Các tin của đơn vị, kèm số tiếp nhận và kết quả.',
    columns: {
      number: 'Số',
      received: 'Nhận lúc',
      kind: 'Loại nguồn tin',
      conduct: 'Hành vi',
      stage: 'Giai đoạn',
      outcome: 'Kết quả',
      due: 'Hạn',
    },
  },
};
