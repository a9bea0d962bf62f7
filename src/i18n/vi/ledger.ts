/** The page about the public log, for whoever is curious: citizens, journalists, other agencies. With {placeholders}. */
export const ledger = {
  title: 'Sổ công khai',
  lead: 'Mỗi bước của mỗi tin đều được ghi vào một cuốn sổ. Ai cũng chép về được, và không ai bỏ ra hay sửa lại mà không lộ.',
  newestTitle: 'Mốc mới nhất',
  newestHint: 'Một mốc là chữ ký lên toàn bộ cuốn sổ tính đến lúc đó. Mốc sau phải chứa trọn mốc trước.',
  none: 'Sổ chưa có mốc nào. Mốc đầu tiên sẽ có khi dịch vụ bắt đầu ghi sổ.',
  late: 'Mốc này cũ hơn thường lệ',
  lateText:
    'Thường cứ {every} lại có một mốc mới. Tin vẫn được nhận, nhưng quá 48 giờ mà không có mốc mới thì trình duyệt sẽ không niêm phong tin nữa.',
  at: 'Ghi lúc',
  atText: '{time} ngày {day}',
  size: 'Số dòng',
  sizeHint: 'Gồm cả dòng đệm, nên không cho biết chính xác có bao nhiêu tin.',
  signers: 'Bên làm chứng đã ký',
  root: 'Dấu của cả cuốn sổ',
  origin: 'Tên sổ',
  every: 'Nhịp ghi',
  seconds: '{n} giây',
  minutes: '{n} phút',
  hours: '{n} giờ',
  holdsTitle: 'Trong sổ có gì',
  holds: [
    'Dấu của từng việc: nhận tin, mở xem, phân loại, chuyển, kết luận, trả lời.',
    'Mọi thay đổi trong danh bạ các đơn vị và khoá của họ. Phần này để ngỏ cho mọi người.',
    'Dòng đệm, để độ dày của sổ cho biết càng ít càng tốt về số tin.',
  ],
  lacksTitle: 'Trong sổ không có gì',
  lacks: [
    'Lời của người gửi, ảnh, tên người, và tin nào đến đơn vị nào.',
    'Điều gì cho biết ai đã gửi tin. Từ một dòng sổ không suy ngược ra được nội dung.',
  ],
  witnessTitle: 'Ai cùng canh cuốn sổ',
  witnessText:
    'Bên làm chứng là cơ quan khác. Họ nhớ cuốn sổ lần trước ra sao và chỉ ký khi sổ mới chứa trọn sổ cũ, nên không thể cho hai người xem hai cuốn sổ khác nhau.',
  witnessNone:
    'Hiện chưa có bên làm chứng nào: chỉ có chữ ký của chính dịch vụ này. Ai muốn chắc chắn hãy giữ lại mốc hôm nay để so với mốc sau này.',
  witnessDemo:
    'Đây là bản trình diễn: bên làm chứng của nó chạy ngay trong dịch vụ, chỉ để cho thấy cách làm chứ không bảo vệ được gì.',
  signed: 'đã ký mốc này',
  notSigned: 'chưa ký mốc này',
  checkTitle: 'Tự kiểm tra',
  checkCitizen:
    'Bạn đã gửi tin: mở “Đọc trả lời” bằng mã. Trang đó tự so những gì bạn thấy với cuốn sổ, ngay trên máy bạn.',
  checkAuditor:
    'Kiểm toán viên độc lập: lấy gói đã niêm phong và kiểm tra mọi dòng trên máy của mình, không cần tin vào dịch vụ.',
  checkAnybody:
    'Bất kỳ ai: chép sổ về và kiểm tra bằng công cụ sẵn có cho sổ minh bạch (C2SP tlog-tiles, RFC 6962).',
  keep: 'Hãy giữ lại mốc bạn đã thấy. Lần sau, sổ mới phải chứa trọn mốc ấy; nếu không, chính mốc ấy là bằng chứng.',
  newest: 'Mốc mới nhất, kèm các chữ ký',
  facts: 'Tên, khoá, nhịp ghi và các bên làm chứng (JSON)',
  directory: 'Các thay đổi trong danh bạ (JSON)',
  keyTitle: 'Khoá để kiểm tra chữ ký của sổ',
  keyHint: 'Hãy so khoá này với người bạn tin, qua một đường khác trang này.',
  toolsTitle: 'Kiểm tra bằng công cụ của riêng bạn',
  tools:
    'Lệnh thứ nhất giữ lại mốc hôm nay. Lệnh thứ hai, vào một ngày khác, cho biết sổ có còn chứa trọn mốc ấy không.',
  manual:
    'Cách dựng check-log (khoảng 140 dòng Go, không dùng gì của chương trình này), cách làm bằng tay với curl và OpenSSL, và ý nghĩa từng byte đều có trong tài liệu docs/ledger.md kèm mã nguồn.',
  formerTitle: 'Sổ đã được lập lại',
  formerText:
    'Dịch vụ đã phải khôi phục từ bản lưu. Việc đó đã được công bố trong sổ mới, kèm lý do. Nếu bạn đã gửi tin từ trước, “Đọc trả lời” vẫn đối chiếu những gì còn đối chiếu được.',
  renewed: 'Sổ hiện nay bắt đầu lúc {at}.',
  formerNames: 'Tên các sổ trước:',
};
