/** Words that several of the citizen's pages share, the frame around them among them; what it alone says is in `frame`. */
export const common = {
  back: 'Quay lại',
  next: 'Tiếp tục',
  optional: 'không bắt buộc',
  call: (number: string) => `Gọi ${number}`,
  emergencyTitle: 'Đang nguy hiểm? Hãy gọi ngay',
  emergencyPolice: 'Công an',
  emergencyChild: 'Bảo vệ trẻ em, chống mua bán người',
  emergencyChildShort: 'Trẻ em, mua bán người',
  emergencyNote: 'Gọi miễn phí, cả ngày lẫn đêm.',
  pages: 'Các trang khác',
  pageSend: 'Gửi một tin',
  pageRead: 'Đọc trả lời',
  pageAnonymity: 'Ẩn danh ở đây nghĩa là gì',
  pageLostCode: 'Tôi mất mã',
  pageHelp: 'Tôi cần giúp đỡ',
  noTraces: 'Trang này không dùng cookie và không ghi địa chỉ mạng của bạn.',
};
