/** The first page. */
export const home = {
  title: 'Báo tin mà không ai biết bạn là ai',
  lead: 'Bạn thấy một việc sai trái và muốn cơ quan có trách nhiệm biết. Hãy kể lại ở đây. Bạn không cần nói tên, số điện thoại hay tài khoản nào.',
  sendTitle: 'Gửi một tin',
  sendText: 'Khoảng năm phút. Tin được niêm phong trên máy của bạn trước khi gửi đi.',
  readTitle: 'Đọc trả lời',
  readText: 'Dùng mã 28 chữ số bạn đã nhận khi gửi tin.',
  helpTitle: 'Tôi cần giúp đỡ',
  helpText: 'Về sức khoẻ, pháp lý, chỗ ở an toàn. Đến nơi trợ giúp xã hội, không đến công an.',
  servesTitle: 'Trang này nhận tin về việc xảy ra ở',
  howTitle: 'Tin của bạn đi như thế nào',
  how: [
    'Bạn kể việc đã thấy. Máy của bạn niêm phong lời kể bằng khoá của đúng một đơn vị. Máy chủ chỉ giữ bản đã niêm phong.',
    'Bạn nhận một mã 28 chữ số và một lời hứa có chữ ký rằng tin đã đến. Không ai khác có mã này.',
    'Đơn vị mở tin, xác minh và ghi kết quả. Mỗi bước đều được ghi lại có chữ ký, không xoá được.',
    'Bạn quay lại với mã để xem tin đang ở đâu và đọc câu trả lời.',
  ],
  anonTitle: 'Ẩn danh ở đây nghĩa là gì',
  anonYes: 'Điều chúng tôi làm được',
  anonYesItems: [
    'Không hỏi tên, không tài khoản, không cookie, không ghi địa chỉ mạng.',
    'Chỉ người của đơn vị nhận tin mở được tin, kể cả người quản trị máy chủ cũng không.',
    'Tin nói về cán bộ không đến tay đơn vị bị nói tới.',
  ],
  anonNo: 'Điều chúng tôi không làm được',
  anonNoItems: [
    'Không che được việc máy của bạn vào trang này. Muốn che, hãy dùng trình duyệt Tor.',
    'Không giữ kín được điều bạn tự viết lộ ra về mình.',
    'Không cứu được mã đã mất: không ai có bản thứ hai.',
  ],
  anonMore: 'Đọc kỹ hơn về ẩn danh',
};
