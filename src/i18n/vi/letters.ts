/** Letters to members of staff; lines of plain text. None says anything about a tip, and none holds a link: a false letter would have one, too. */
export const letters = {
  /** One subject for all letters in both languages. */
  subject: 'TinKín',
  digest: [
    'Kính gửi anh/chị,',
    '',
    'Đến giờ xem bảng việc. Xin mở TinKín như mọi ngày và xem mục "Hôm nay".',
    '',
    'Thư này gửi vào giờ cố định. Ngày nào cũng giống nhau, dù có việc hay không:',
    'thư không nói có tin hay không, bao nhiêu tin, của ai.',
    'Thư của TinKín không bao giờ có đường dẫn hay tệp kèm. Thư nào có, xin đừng mở.',
    '',
    'Không muốn nhận thư nữa: vào TinKín, mục "Phiên và mật khẩu", chọn "Thôi nhận thư".',
  ],
  code: [
    'Kính gửi anh/chị,',
    '',
    'Mã xác nhận địa chỉ thư: {code}',
    '',
    'Gõ mã này trong TinKín, mục "Phiên và mật khẩu". Mã dùng được trong 30 phút.',
    'Nếu anh/chị không yêu cầu, xin bỏ qua thư này: sẽ không có thư nào khác được gửi tới.',
    'Thư của TinKín không bao giờ có đường dẫn hay tệp kèm. Thư nào có, xin đừng mở.',
  ],
};
