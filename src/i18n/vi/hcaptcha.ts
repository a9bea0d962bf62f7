/** hCaptcha's check, where an instance has chosen it: what the form says, and the page of the check. Plain strings with {placeholders}. */
export const hcaptcha = {
  stage: 'Chứng minh đây không phải thư rác (bạn trả lời phần kiểm tra của hCaptcha)',
  /** One more line of the page on anonymity. */
  anonymity:
    'Trước khi gửi, trang này mở một phần kiểm tra của hCaptcha, một công ty bên ngoài. Công ty đó thấy địa chỉ mạng của bạn và biết bạn vào trang này; họ không thấy lời bạn kể. Muốn che địa chỉ mạng, hãy dùng trình duyệt Tor.',
  form: {
    title: 'Còn một bước: cho thấy bạn không phải là máy',
    who: 'Nơi nhận tin này dùng hCaptcha, dịch vụ của một công ty Mỹ, để chặn thư rác gửi tự động.',
    sees: 'Công ty đó thấy địa chỉ mạng và loại trình duyệt của bạn, và biết bạn đang ở trang này. Họ không thấy lời bạn kể hay mã của bạn: phần kiểm tra mở ở một thẻ riêng, tách hẳn khỏi trang này.',
    choice:
      'Nếu không muốn họ thấy địa chỉ mạng, hãy dừng lại và gửi bằng trình duyệt Tor. Chưa có gì được gửi đi.',
    open: 'Mở phần kiểm tra ở thẻ mới',
    reopen: 'Mở lại phần kiểm tra',
    stop: 'Dừng, quay lại sửa',
    refused:
      'hCaptcha không xác nhận câu trả lời, hoặc câu trả lời đã quá hạn. Xin làm lại phần kiểm tra; lời bạn viết vẫn còn nguyên.',
    opened: 'Phần kiểm tra đang mở ở thẻ kia. Làm xong, bạn quay lại đây; tin sẽ tự gửi tiếp.',
    closed: 'Thẻ kiểm tra đã đóng mà chưa làm xong. Bạn có thể mở lại.',
    expired: 'Phần kiểm tra đã hết giờ. Xin làm lại ở thẻ kia, hoặc mở lại từ đây.',
    failed:
      'Không tải được phần kiểm tra: mạng hoặc một tiện ích của trình duyệt có thể đang chặn hCaptcha. Xin kiểm tra mạng rồi mở lại.',
    unfit: 'Kết quả từ thẻ kia không đúng dạng nên không được dùng. Xin mở lại phần kiểm tra.',
    late: 'Chờ phần kiểm tra đã quá lâu. Bấm thử lại khi bạn sẵn sàng.',
    unsupported: 'Trình duyệt này quá cũ, không nhận được kết quả kiểm tra. Xin dùng một trình duyệt khác.',
    plain: 'Không dùng được hCaptcha? Trang rút gọn không cần nó, nhưng máy chủ thấy lời kể trong chốc lát.',
    plainLink: 'Mở trang rút gọn ở thẻ mới',
  },
  page: {
    title: 'Phần kiểm tra của hCaptcha',
    lead: 'Ô dưới đây là của hCaptcha, một công ty bên ngoài. Công ty đó thấy địa chỉ mạng của bạn, nhưng không thấy tin bạn viết.',
    care: 'Đừng viết mã hay nội dung tin của bạn vào trang này.',
    loading: 'Đang tải phần kiểm tra…',
    ready: 'Đánh dấu vào ô rồi làm theo lời hướng dẫn của hCaptcha.',
    expired: 'Đã hết giờ. Xin đánh dấu vào ô và làm lại.',
    error: 'hCaptcha báo lỗi. Xin kiểm tra mạng, rồi đánh dấu vào ô và làm lại.',
    failed:
      'Không tải được phần kiểm tra. Mạng hoặc một tiện ích của trình duyệt có thể đang chặn hCaptcha. Hãy thử lại, hoặc quay lại thẻ có tin của bạn: lời bạn viết vẫn còn ở đó.',
    retry: 'Thử lại',
    close: 'Đóng thẻ này',
    doneTitle: 'Xong. Hãy quay lại thẻ kia',
    done: 'Kết quả đã về trang có tin của bạn, và tin đang được gửi tiếp ở đó. Bạn có thể đóng thẻ này.',
    silentTitle: 'Thẻ có tin của bạn chưa trả lời',
    silent:
      'Hãy quay lại thẻ đó, kết quả sẽ được nhận. Nếu thẻ đó đã đóng, tin chưa được gửi và cần viết lại.',
    lostTitle: 'Trang này được mở từ trang gửi tin',
    lost: 'Hãy quay lại thẻ có tin của bạn và mở phần kiểm tra từ đó. Ở đây chưa tải gì từ hCaptcha.',
    noscript: 'Phần kiểm tra cần trình duyệt chạy mã lệnh.',
  },
};

/** Texts of hCaptcha's check. */
export type HcaptchaTexts = typeof hcaptcha;
