import type { FrameTexts } from '../frame-texts.ts';

export const frame: FrameTexts = {
  siteName: 'TinKín',
  skip: 'Đến nội dung chính',
  otherLanguage: 'English',
  otherLanguageLabel: 'Xem trang này bằng tiếng Anh',
  demoLabel: 'Bản thử nghiệm',
  demo: 'Bản thử nghiệm: mọi tin ở đây chỉ để thử, không cơ quan nào nhận. Đừng viết chuyện có thật.',
  leave: 'Thoát nhanh',
  leaveHint: 'Rời ngay sang một trang bình thường. Bấm phím Esc ba lần cũng được.',
  emergencyLabel: 'Số khẩn cấp',
  emergency: 'Đang nguy hiểm? Gọi ngay',
  police: '113 Công an',
  child: '111 Trẻ em, mua bán người',
  home: 'Trang đầu',
  errorTitle: 'Chưa thực hiện được',
  notFoundTitle: 'Không tìm thấy trang',
  back: 'Về trang đầu',
  errorCode: 'Mã lỗi',
};
