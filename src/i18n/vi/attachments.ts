/**
 * What the citizen's form says about files: the step's own words (written by the server) and what its script says of each file, while
 * it is looked into, chosen, sealed and sent. Plain strings with {placeholders}.
 */
export const attachments = {
  step: {
    title: 'Bạn có ảnh, video hay giấy tờ không?',
    hint: 'Không có thì bấm “Tiếp tục”. Có thì chọn ngay trên máy này; chưa có gì được gửi đi.',
    careTitle: 'Xem kỹ trước khi chọn',
    care: 'Gương, cửa kính, giọng nói, chữ viết tay hay góc chụp có thể cho biết ai đã chụp.',
    choose: 'Chọn tệp',
    chooseMore: 'Chọn thêm tệp',
    limits: 'Tối đa {count} tệp, mỗi tệp đến {size}.',
    more: 'Ảnh và tệp của tôi được làm gì?',
  },
  loading: 'Đang tải phần đọc tệp…',
  notLoaded: 'Chưa tải được phần đọc tệp. Xin kiểm tra mạng.',
  again: 'Thử lại',
  list: 'Tệp đã chọn',

  reading: 'Đang xem tệp có giấu thông tin gì không…',
  redrawn: 'Ảnh đã được vẽ lại: nơi chụp, giờ chụp, tên máy không còn.',
  stripped: 'Thông tin ẩn đã được xoá.',
  nothingFound: 'Không thấy thông tin ẩn nào khác.',
  original: 'Sẽ gửi nguyên tệp gốc, cùng mọi thông tin ẩn trong đó.',
  found: 'Trong tệp gốc có ghi:',
  way: 'Cách gửi tệp này',
  wayClean: 'Xoá thông tin ẩn (nên chọn)',
  wayOriginal:
    'Giữ nguyên tệp gốc: chỉ chọn khi bản gốc là chứng cứ, vì nó có thể cho biết bạn đã ở đâu, dùng máy nào.',
  remove: 'Bỏ tệp này',
  removed: 'Đã bỏ {name}.',
  kept: {
    pdf: 'Ảnh nằm trong tệp PDF vẫn còn thông tin của chúng.',
    office: 'Tên người ghi chú và sửa bài nằm trong nội dung thì vẫn còn.',
    media: 'Hình và tiếng giữ nguyên. Giọng nói có thể cho biết ai đang nói.',
  },

  lies: 'Tên tệp nói một loại, bên trong là loại khác ({type}).',
  obstacle: {
    unknown_kind: 'Trang này không xem được bên trong loại tệp này. Tệp sẽ được gửi nguyên.',
    undecoded:
      'Trình duyệt này không mở được loại ảnh này (ảnh HEIC của iPhone, chẳng hạn) nên chưa xoá được thông tin ẩn. Ảnh sẽ được gửi nguyên. Nếu không muốn vậy: gỡ ảnh, chụp màn hình lúc xem ảnh hoặc lưu ảnh dạng JPEG, rồi chọn ảnh mới.',
    too_large: 'Tệp lớn quá nên không xoá thông tin ẩn được. Tệp sẽ được gửi nguyên.',
    bomb: 'Tệp này bung ra lớn bất thường nên trang không mở. Tệp sẽ được gửi nguyên.',
    locked:
      'Tệp có mật khẩu nên không xem được bên trong. Tệp sẽ được gửi nguyên; nhớ ghi mật khẩu trong lời kể.',
    broken: 'Tệp này có chỗ hỏng nên không xoá thông tin ẩn được. Tệp sẽ được gửi nguyên.',
  },
  finding: {
    place: 'nơi chụp',
    time: 'thời gian',
    device: 'máy',
    author: 'tên người',
    title: 'tiêu đề',
    software: 'phần mềm',
    preview: 'ảnh thu nhỏ ẩn',
    comments: 'ghi chú',
    after_end: 'dữ liệu giấu sau tệp',
  },
  kind: { image: 'Ảnh', video: 'Video', audio: 'Âm thanh', pdf: 'PDF', office: 'Tài liệu', other: 'Tệp' },

  tooMany: 'Mỗi lần chỉ gửi được {count} tệp. Chưa thêm: {names}.',
  tooLarge: '{name} lớn quá {size} nên không gửi được.',
  empty: '{name} là tệp rỗng.',
  twice: '{name} đã có trong danh sách.',
  waitReading: 'Xin chờ một chút: tệp còn đang được xem.',
  retryReading: 'Có tệp chưa xem được. Bấm “Thử lại”, hoặc bỏ tệp đó.',

  reviewTitle: 'Tệp đính kèm',
  reviewClean: '{name} · {size} · đã xoá thông tin ẩn',
  reviewOriginal: '{name} · {size} · nguyên bản gốc',

  sending: 'đang gửi {percent} %',
  sealing: 'đang niêm phong',
  turn: 'chờ đến lượt',
  waiting: 'mất mạng, tự gửi tiếp khi có lại ({percent} %)',
  paused: 'đã tạm dừng ở {percent} %',
  sent: 'đã gửi xong',
  pause: 'Tạm dừng',
  resume: 'Gửi tiếp',
  cancel: 'Bỏ tệp',
  ofFile: ': {name}',
  gone: 'Không đọc được {name} nữa: tệp đã bị sửa, chuyển chỗ hay xoá. Quay lại bước chọn tệp, bỏ tệp đó rồi chọn lại.',
};

/** Texts of the files' step. */
export type AttachmentTexts = typeof attachments;
