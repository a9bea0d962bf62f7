/** The frame around every citizen's page, and the error page. */
export const frame = {
  siteName: 'TinKín',
  skip: 'Đến nội dung chính',
  otherLanguage: 'English',
  otherLanguageLabel: 'Xem trang này bằng tiếng Anh',
  demoLabel: 'Bản trình diễn',
  demo: 'Bản trình diễn: tin gửi ở đây không đến cơ quan nào. Đừng viết chuyện có thật.',
  leave: 'Thoát nhanh',
  leaveHint: 'Rời ngay sang một trang bình thường. Bấm phím Esc ba lần cũng được.',
  emergencyLabel: 'Số khẩn cấp',
  errorTitle: 'Chưa thực hiện được',
  notFoundTitle: 'Không tìm thấy trang',
  back: 'Về trang chủ',
  errorCode: 'Mã lỗi',
};
