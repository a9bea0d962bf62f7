/** Posters and cards, on paper and on the page that prints them. */
export const consolePosterVi = {
  poster: {
    title: 'Thấy việc sai trái, báo tin không cần nói tên',
    lead: 'Mại dâm, mua bán người, xâm hại trẻ em, người bị ép buộc, cán bộ bao che.',
    scan: 'Quét mã, hoặc gõ địa chỉ:',
    onion: 'Bằng trình duyệt Tor:',
    hotline: 'Gọi đường dây nóng:',
    emergency: 'Đang nguy hiểm: gọi 113. Trẻ em, người bị mua bán: gọi 111.',
    protectTitle: 'Điều gì bảo vệ bạn',
    protect: [
      'Không hỏi tên, không tài khoản, không ghi số điện thoại hay địa chỉ mạng của bạn.',
      'Tin được niêm phong ngay trên máy của bạn; chỉ đơn vị nhận tin mở được.',
      'Tin nói về cán bộ hay công an thì không đến đơn vị của người đó.',
      'Bạn nhận một mã để đọc câu trả lời. Không ai xoá được tin của bạn.',
    ],
    careTitle: 'Để an toàn hơn',
    care: 'Dùng điện thoại và mạng của riêng bạn, không phải của nơi bạn nói tới. Đừng viết điều chỉ một mình bạn biết.',
    help: 'Cần được giúp đỡ? Trang này cũng nhận lời của bạn, không qua công an.',
    cardTitle: 'Báo tin không cần nói tên',
    cardLine: 'Niêm phong trên máy bạn. Có mã để đọc trả lời.',
    noTracking: 'Mã QR chỉ chứa địa chỉ trên, không theo dõi ai.',
  },
  posterPage: {
    title: 'Áp phích và thẻ',
    lead: 'In để dán và phát. Trên giấy chỉ có địa chỉ của trang: không có gì cho biết ai đã lấy tờ nào.',
    kind: 'Khổ',
    kinds: { a4: 'Áp phích A4', card: 'Thẻ nhỏ, mười thẻ một tờ A4' },
    lang: 'Ngôn ngữ trên giấy',
    langs: { vi: 'Tiếng Việt', en: 'Tiếng Anh' },
    print: 'In',
    printHint: 'Chọn khổ A4, lề “không có”, tỉ lệ 100 %. Chọn “Lưu thành PDF” để có tệp.',
    preview: 'Xem trước',
    where:
      'Dán ở nơi người ta đứng một mình được: nhà vệ sinh, trạm xe, trạm y tế, nhà trọ. Không dán cạnh máy quay.',
    local: 'Địa chỉ của trang này chỉ dùng được trên máy này. Hãy in từ địa chỉ công khai.',
  },
};
