import type { Outcome } from '../../domain/terms.ts';

/** Letters that a unit may send as they stand, in the language in which the sender wrote. They name nobody and tell nothing of the tip. */
export interface NoticeTexts {
  readonly receipt: (day: string, number: string | null) => string;
  readonly suspended: string;
  readonly outcome: Readonly<Record<Outcome, string>>;
}

const THANKS = 'Cảm ơn bạn đã báo tin.';

export const noticesVi: NoticeTexts = {
  receipt: (day, number) =>
    [
      `Đơn vị đã tiếp nhận tin của bạn ngày ${day}${number === null ? '' : `, số tiếp nhận ${number}`}.`,
      'Chúng tôi đang xem xét và sẽ trả lời ngay tại hộp thư này. Bạn có thể nhắn thêm bất cứ lúc nào.',
      THANKS,
    ].join('\n\n'),
  suspended: [
    'Việc giải quyết tin của bạn đang tạm dừng theo luật vì phải chờ kết quả cần thiết. Tin của bạn vẫn được giữ và sẽ được giải quyết tiếp khi có kết quả.',
    'Bạn vẫn có thể nhắn thêm tại hộp thư này.',
  ].join('\n\n'),
  outcome: {
    prosecuted: `Tin của bạn đã được xác minh. Cơ quan có thẩm quyền đã quyết định khởi tố vụ án.\n\n${THANKS}`,
    not_prosecuted: `Tin của bạn đã được xác minh. Cơ quan có thẩm quyền quyết định không khởi tố vụ án. Nếu không đồng ý, bạn có quyền khiếu nại.\n\n${THANKS}`,
    suspended: `Việc giải quyết tin của bạn đang tạm dừng theo luật và sẽ tiếp tục khi đủ điều kiện.\n\n${THANKS}`,
    sanctioned: `Tin của bạn đã được xác minh. Hành vi vi phạm đã bị xử phạt.\n\n${THANKS}`,
    transferred: `Tin của bạn đã được chuyển đến cơ quan có thẩm quyền để giải quyết.\n\n${THANKS}`,
    inspected: `Cơ quan có thẩm quyền đã kiểm tra cơ sở mà bạn báo. Chúng tôi sẽ tiếp tục theo dõi.\n\n${THANKS}`,
    unfounded:
      'Chúng tôi đã xác minh và chưa thấy có vi phạm. Nếu biết thêm điều gì, xin bạn nhắn ngay tại đây; không ai bị làm khó vì đã báo tin thật lòng.',
    insufficient:
      'Thông tin hiện có chưa đủ để xác minh. Nếu nhớ thêm thời gian, địa điểm hoặc chi tiết nào, xin bạn nhắn tại đây.',
    duplicate: `Việc bạn báo đang được giải quyết cùng một tin khác về chính việc này. Thông tin của bạn được dùng ở đó.\n\n${THANKS}`,
    referred_support:
      'Chúng tôi đã giới thiệu việc này đến nơi có thể giúp đỡ. Nếu cần giúp ngay, xin gọi 111 hoặc 113.',
    kept: `Thông tin của bạn được lưu lại và theo dõi.\n\n${THANKS}`,
    withdrawn: 'Theo chữ ký rút tin của bạn, đơn vị đã kết thúc việc giải quyết tin này.',
    unreadable: 'Đơn vị không mở được nội dung tin của bạn. Xin bạn gửi lại một tin mới.',
    spam: 'Tin này không có nội dung thuộc phạm vi giải quyết nên đã được kết thúc.',
  },
};
