/**
 * What the form's script says while it checks, seals and sends, and the page of the code. Plain strings with {placeholders}: the
 * server writes them into the page in the reader's language.
 */
export const sending = {
  title: 'Đang gửi tin của bạn',
  stay: 'Xin đừng đóng trang. Nếu mất mạng, lời bạn viết vẫn còn ở đây.',
  stepPrepare: 'Chuẩn bị mã riêng của bạn',
  stepKeys: 'Kiểm tra khoá của đơn vị nhận',
  stepFiles: 'Niêm phong và gửi từng tệp',
  stepSeal: 'Niêm phong trên máy của bạn',
  stepProof: 'Chứng minh đây không phải thư rác (máy bạn giải một bài toán nhỏ)',
  stepSend: 'Gửi bản đã niêm phong',
  stepPromise: 'Kiểm tra lời hứa của máy chủ',
  slow: 'Trình duyệt này tính chậm hơn. Có thể mất một phút, xin chờ.',
  sealedFor: 'Niêm phong cho {unit}',
  fingerprint: 'Dấu khoá {fingerprint}',
  fallbackTitle: '{asked} hiện chưa có khoá để nhận tin',
  fallbackText:
    'Không ai bị từ chối: tin sẽ được niêm phong cho {unit}, là cấp trên trực tiếp, để chuyển đến nơi cần thiết.',
  fallbackGo: 'Đồng ý, gửi cho {unit}',
  fallbackStop: 'Quay lại sửa',
  retryTitle: 'Chưa gửi được',
  retry: 'Thử gửi lại',
  edit: 'Quay lại sửa',
  kept: 'Lời bạn viết vẫn còn nguyên trên trang này.',
  offline: 'Mất kết nối giữa chừng. Bấm thử lại: nếu tin đã đến nơi, nó không bị gửi hai lần.',
  retrying: 'Mất kết nối. Tự thử lại sau {seconds} giây…',
  plainLink: 'Mở trang rút gọn',
  noWorker: 'Không khởi động được phần niêm phong. Hãy thử trình duyệt khác hoặc trang rút gọn.',
  keysRefused:
    'Khoá của đơn vị nhận không qua được kiểm tra ({code}). Trang dừng lại để bảo vệ bạn; chưa có gì được gửi.',
  notFresh:
    'Sổ công khai chưa xác nhận khoá của đơn vị nhận ({code}). Để bảo vệ bạn, trang chưa niêm phong và chưa gửi gì. Xin thử lại sau một giờ, chọn đơn vị khác, hoặc báo tin qua điện thoại.',
  notCompared: 'Chưa so khoá với sổ công khai: sổ chưa có trang nào.',
  keysLost: 'Chưa tải được danh bạ khoá. Xin kiểm tra mạng rồi thử lại.',
  firstUnit: 'Đơn vị nhận tin',
  goesTo: 'Tin sẽ đến {unit}.',
  goesAround: 'Tin sẽ tránh đơn vị đó và đến {unit}.',
  checkClock: 'Xin xem lại ngày giờ trên máy của bạn.',
  ownUnit: 'Để trống nếu là {unit}. Đơn vị khác thì gõ tên, không cần dấu.',
  noOwnUnit: 'Gõ tên, không cần dấu. Không biết thì để trống.',
  unitUnknown: 'không biết đơn vị nào',
  unitsFound: '{n} đơn vị khớp',
  unitsNone: 'Không tìm thấy. Không biết thì xoá chữ đã gõ.',
  unitsLost: 'Chưa tải được danh sách đơn vị. Xin kiểm tra mạng, hoặc xoá chữ đã gõ.',
  errorTitle: 'Còn điều cần sửa',
  noUnit:
    'Không còn đơn vị nào nhận tin được an toàn: nơi nào cũng bị loại, hoặc dưới quyền nơi bị loại. Hãy bỏ bớt một đơn vị.',
  noSafeUnit:
    'Đơn vị nhận tin chưa có khoá, và cấp trên của họ nằm trong danh sách bạn loại ra. Hãy đổi danh sách, hoặc thử lại sau.',
  sealFailed: 'Không niêm phong được ({code}). Chưa có gì được gửi.',
  refused: 'Máy chủ chưa nhận: {message}',

  codeTitle: 'Tin đã đến. Hãy giữ mã này',
  codeLead: 'Đây là cách duy nhất để đọc câu trả lời. Mã chỉ hiện một lần, không ai có bản thứ hai.',
  codeLabel: 'Mã của bạn',
  copy: 'Chép mã',
  copied: 'Đã chép. Nhớ dán vào chỗ chỉ mình bạn xem.',
  copyFailed: 'Không chép được. Hãy ghi ra giấy.',
  print: 'In',
  save: 'Lưu tệp biên nhận',
  saveHint: 'Tệp được khoá bằng chính mã này và mang một cái tên bình thường. Không bắt buộc.',
  saved: 'Đã lưu tệp {name}.',
  codeCare:
    'Ghi mã ra giấy hoặc chép vào chỗ riêng. Ai có mã cũng đọc được câu trả lời, nhưng không đọc được lời bạn đã kể.',
  promiseGood: 'Máy chủ đã ký lời hứa: tin này sẽ có trong sổ không xoá được, chậm nhất {time}.',
  promiseClock:
    'Lời hứa của máy chủ có giờ lệch với đồng hồ máy bạn hơn một giờ. Xin xem lại đồng hồ máy bạn.',
  promiseBad:
    'Tin đã được nhận, nhưng lời hứa của máy chủ không kiểm tra được ({code}). Hãy giữ mã, lưu biên nhận và quay lại xem trong vài ngày.',
  reference: 'Niêm phong cho {unit}, dấu khoá {fingerprint}',
  keptButton: 'Tôi đã giữ mã',
  doneTitle: 'Cảm ơn bạn',
  doneText:
    'Mã đã được xoá khỏi trang này. Vài ngày nữa, hãy quay lại trang “Đọc trả lời” và nhập mã để xem tin đi tới đâu.',
  doneHome: 'Về trang chủ',

  errorProvince: 'Chọn tỉnh.',
  errorCommune: 'Chọn một xã, phường trong danh sách, hoặc đánh dấu “không biết”.',
  errorKind: 'Chọn một việc.',
  errorOfficial: 'Chọn một câu trả lời.',
  errorWho: 'Chọn người đó là ai.',
  errorUnit: 'Chọn một đơn vị trong danh sách, hoặc xoá chữ đã gõ.',
  errorWhat: 'Viết vài câu về việc đã xảy ra.',
  errorLong: 'Dài quá {max} ký tự. Xin rút gọn.',
  errorMany: 'Chỉ loại được {max} đơn vị. Xin bỏ bớt.',
  left: 'Còn {n} ký tự',
  found: '{n} nơi khớp',
  foundNone: 'Không tìm thấy. Thử tên cũ, tên huyện, hoặc chọn “không biết”.',
  former: 'trước đây: {name}',
  placesLost: 'Chưa tải được danh sách xã, phường. Xin kiểm tra mạng, hoặc chọn “không biết”.',
  stepOf: 'Bước {n} trên {all}',
};

/** Texts of the form's script. */
export type SendingTexts = typeof sending;
