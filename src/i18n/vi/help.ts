/** One part of an explaining page: a heading, sentences, and a list. */
export interface HelpPart {
  readonly title: string;
  readonly text: readonly string[];
  readonly list: readonly string[];
  /** `steps`: in this order; `yes` and `no`: what holds and what does not. */
  readonly kind: 'plain' | 'steps' | 'yes' | 'no';
}

/** One explaining page. */
export interface HelpText {
  readonly title: string;
  readonly lead: string;
  readonly parts: readonly HelpPart[];
}

/** The pages /help/tip, /help/code and /help/photos. */
export interface HelpTexts {
  readonly otherPages: string;
  readonly tip: HelpText;
  readonly code: HelpText;
  readonly photos: HelpText;
}

/** What happens to my tip, my code, my photos: for citizens, in full, without words of the trade. */
export const help: HelpTexts = {
  otherPages: 'Đọc thêm',
  tip: {
    title: 'Tin của tôi sẽ ra sao',
    lead: 'Từ lúc bạn bấm gửi đến lúc có trả lời: ai làm gì, trong bao lâu, và bạn thấy được những gì.',
    parts: [
      {
        title: 'Từng bước một',
        kind: 'steps',
        text: [],
        list: [
          'Máy của bạn niêm phong tin cho đúng một đơn vị. Trang ghi tên đơn vị đó trước khi gửi.',
          'Máy chủ nhận bản đã niêm phong, ký một lời hứa và đưa bạn mã. Máy chủ không mở được tin.',
          'Trong 24 giờ, đơn vị phải vào sổ tiếp nhận và phân loại tin.',
          'Đơn vị xác minh. Hạn thường là 20 ngày; công an xã, phường xác minh bước đầu trong 7 ngày.',
          'Kết quả phải có hai người ký. Một người không tự đóng tin của bạn được.',
          'Trong 3 ngày sau khi có kết quả, đơn vị viết trả lời cho bạn. Bạn đọc bằng mã.',
        ],
      },
      {
        title: 'Ai đọc được tin',
        kind: 'yes',
        text: [],
        list: [
          'Cán bộ của đơn vị nhận tin. Mỗi lần có người mở, việc mở được ghi lại và ký tên.',
          'Nếu tin được chuyển: cán bộ của đơn vị mới.',
          'Nếu bạn xin giúp đỡ: chỉ nơi trợ giúp xã hội. Muốn chuyển cho công an, họ phải hỏi bạn và chờ bạn đồng ý.',
        ],
      },
      {
        title: 'Ai không đọc được',
        kind: 'no',
        text: [],
        list: [
          'Đơn vị của người bị tin nói tới, và đơn vị bạn đã loại ra.',
          'Người quản trị máy chủ, người giữ bản sao lưu, và kẻ lấy trộm chúng.',
          'Người trực đường dây nóng, sau khi đã niêm phong tin ghi hộ bạn.',
        ],
      },
      {
        title: 'Nếu quá hạn',
        kind: 'plain',
        text: [
          'Mỗi hạn có đồng hồ. Quá hạn thì cấp trên của đơn vị thấy, người giám sát thấy, và không ai xoá được. Chưa có trả lời, bạn có thể nhắn thêm bằng mã. Viện kiểm sát nhân dân giám sát việc giải quyết tin báo; bạn có quyền khiếu nại đến đó.',
        ],
        list: [],
      },
      {
        title: 'Khi bạn nhắn qua lại với đơn vị',
        kind: 'plain',
        text: [
          'Đơn vị có thể hỏi lại; bạn trả lời và gửi thêm ảnh bằng mã, không cần nói mình là ai. Trang đọc trả lời chỉ hiện lời của đơn vị, không hiện lời bạn đã viết: ai cầm máy và mã của bạn cũng không biết bạn đã tố giác điều gì.',
          'Nhà mạng không đọc được gì, nhưng có thể thấy máy của bạn vừa gửi đi một gói tin nhỏ đến trang này. Muốn che cả điều đó, hãy dùng trình duyệt Tor.',
        ],
        list: [],
      },
      {
        title: 'Nếu tin được thưởng',
        kind: 'plain',
        text: [
          'Đơn vị báo trong câu trả lời, chỉ người có mã đọc được. Bạn đến quầy ghi trong đó và nói đúng mấy từ hẹn, không cần nói tên. Không có chỗ nào trong máy chủ nối mã với tiền thưởng.',
        ],
        list: [],
      },
    ],
  },
  code: {
    title: 'Mã của tôi',
    lead: 'Mã gồm 28 chữ số, chia bảy nhóm. Đó là chìa khoá duy nhất để đọc trả lời.',
    parts: [
      {
        title: 'Mã mở được gì',
        kind: 'yes',
        text: [],
        list: [
          'Câu trả lời và câu hỏi của đơn vị.',
          'Tin đang ở bước nào, ngày nào.',
          'Chỗ để bạn nhắn thêm.',
        ],
      },
      {
        title: 'Mã không mở được gì',
        kind: 'no',
        text: [],
        list: [
          'Lời bạn đã kể và ảnh bạn đã gửi. Kể cả bạn cũng không xem lại được.',
          'Bạn là ai. Mã không gắn với tên, số điện thoại hay máy nào.',
        ],
      },
      {
        title: 'Giữ mã thế nào',
        kind: 'plain',
        text: [],
        list: [
          'Ghi ra giấy, chia bảy nhóm. Hai chữ số cuối giúp phát hiện số ghi nhầm.',
          'Đừng lưu với tên “mã tố giác”. Đừng chụp màn hình nếu điện thoại tự đưa ảnh lên mạng hay máy dùng chung.',
          'Có thể lưu tệp biên nhận: tệp mang một cái tên bình thường và chỉ mở được bằng chính mã này.',
          'Đọc xong, bấm “Xoá khỏi màn hình” rồi “Thoát nhanh”.',
        ],
      },
      {
        title: 'Mã nhận qua điện thoại hoặc tại quầy',
        kind: 'plain',
        text: [
          'Người trực đọc mã cho bạn, hoặc đưa bạn một tờ phiếu. Máy của họ quên mã khi bạn đã ghi xong, nhưng họ đã nghe thấy. Lần đầu tự mở trên máy của mình, trang sẽ mời bạn đổi sang mã mới: hãy đổi, mã cũ hết tác dụng.',
          'Bạn cũng có thể gọi lại và đọc mã: người trực mở trang trả lời, đọc cho bạn nghe và ghi câu trả lời của bạn. Họ không thấy tin bạn đã báo.',
        ],
        list: [],
      },
      {
        title: 'Mã đã lộ, hoặc bạn nghi như vậy',
        kind: 'plain',
        text: [
          'Vào “Đọc trả lời” bằng mã cũ rồi chọn “Đổi mã”. Mã cũ không mở được gì nữa. Điều này không lấy lại được những gì người kia đã xem hay đã chép.',
        ],
        list: [],
      },
      {
        title: 'Mất mã',
        kind: 'plain',
        text: [
          'Không ai lấy lại được mã, kể cả chúng tôi. Tin của bạn vẫn được xử lý. Bạn có thể gửi một tin mới.',
        ],
        list: [],
      },
    ],
  },
  photos: {
    title: 'Ảnh và tệp của tôi',
    lead: 'Một tấm ảnh có thể nói nhiều hơn điều nhìn thấy: chụp ở đâu, lúc nào, bằng máy nào. Trang này lo phần đó trước khi gửi.',
    parts: [
      {
        title: 'Điều trang này làm trên máy của bạn',
        kind: 'yes',
        text: [],
        list: [
          'Vẽ lại ảnh từ các điểm ảnh: vị trí, giờ chụp, tên máy, ảnh thu nhỏ ẩn bên trong đều mất.',
          'Với PDF, tệp văn phòng, phim và âm thanh: cho bạn xem bên trong có ghi tên, nơi, máy nào, và xoá được những gì xoá được.',
          'Niêm phong từng tệp bằng một khoá riêng. Tên tệp và loại tệp cũng nằm trong phần niêm phong.',
          'Mất mạng giữa chừng thì gửi tiếp từ chỗ dở, không gửi lại từ đầu.',
        ],
      },
      {
        title: 'Điều trang này không làm được',
        kind: 'no',
        text: [],
        list: [
          'Che khuôn mặt, giọng nói, biển số, hình phản chiếu trong gương hay cửa kính. Hãy xem kỹ ảnh trước khi gửi.',
          'Che nét chữ viết tay: nét chữ cho biết ai viết.',
          'Xoá ảnh gốc trong điện thoại của bạn, hay bản mà ứng dụng ảnh đã đưa lên mạng.',
          'Giấu rằng có gửi tệp: máy chủ và nhà mạng thấy có tệp và cỡ gần đúng của nó, không thấy bên trong.',
        ],
      },
      {
        title: 'Khi nào nên giữ nguyên tệp gốc',
        kind: 'plain',
        text: [
          'Khi chính tệp gốc là chứng cứ: giờ và nơi chụp chứng minh được sự việc, và bạn chấp nhận rằng người đọc tin biết ảnh chụp ở đâu, bằng máy nào. Nếu không chắc, hãy để trang vẽ lại.',
        ],
        list: [],
      },
      {
        title: 'Gửi được bao nhiêu',
        kind: 'plain',
        text: [
          'Tối đa 20 tệp mỗi lần. Một tệp được bao nhiêu thì trang ghi ngay ở chỗ chọn tệp, nhiều nhất là 500 MB. Tệp lớn cần mạng tốt; hãy để trang mở cho đến khi thấy mã.',
          'Tin chỉ được coi là đã nhận khi mọi tệp đã nằm đủ trên máy chủ. Tệp gửi dở mà bỏ thì bị xoá sau một ngày.',
        ],
        list: [],
      },
      {
        title: 'Người đọc tin làm gì với tệp',
        kind: 'plain',
        text: [
          'Tệp mở trong một khung kín, không nối mạng. Mỗi lần mở được ghi lại và ký tên. Nếu bạn giữ nguyên bản gốc, họ thấy cả nơi chụp và tên máy; nếu trang đã vẽ lại, những điều đó không còn.',
        ],
        list: [],
      },
    ],
  },
};
