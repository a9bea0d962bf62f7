/** What the public log says of a tip, to the holder of its code. Plain strings with {placeholders}. */
export const mailboxProof = {
  whole: 'Đã kiểm tra trong sổ công khai ngày {day}: đủ {steps}/{of} bước.',
  part: 'Đã kiểm tra trong sổ công khai ngày {day}: có {steps}/{of} bước. Các bước mới hơn đã được ghi nhận và sẽ có trong sổ trước {hour} giờ ngày {by}.',
  compared: 'Khớp với tệp ghi chú bạn giữ.',
  notCompared: 'Chưa so với lần trước vì chưa mở tệp ghi chú.',
  renewed:
    'Máy chủ phải khôi phục từ bản lưu nên ngày {day} sổ được lập lại và việc này đã được công bố; điều bạn giữ từ trước được so với sổ mới.',
  none: 'Sổ công khai chưa có mốc nào nên chưa đối chiếu được. Xin ghé lại sau.',
  unsure:
    'Chưa đối chiếu được với sổ công khai vì chưa kiểm tra được danh bạ của các đơn vị. Xin xem lại ngày giờ trên máy rồi tải lại trang.',
  alarm: 'Sổ công khai không khớp với điều bạn thấy ở đây.',
  stale: 'Mốc mới nhất của sổ công khai đã quá cũ so với ngày giờ trên máy bạn.',
  clock: 'Trước hết, xin xem lại ngày giờ trên máy. Nếu máy chạy sai, hãy chỉnh lại rồi mở lại trang này.',
  alarmHow: 'Hãy lưu tệp đối chiếu và đưa cho kiểm toán viên độc lập: {auditors}.',
  alarmHowNobody: 'Hãy lưu tệp đối chiếu và đưa cho một kiểm toán viên độc lập.',
  alarmCare:
    'Trong tệp không có lời bạn viết, nhưng tệp cho biết đó là tin nào. Chỉ đưa tệp cho người bạn tin. Mã đối chiếu: {code}.',
  alarmSave: 'Lưu tệp đối chiếu',
  foldTitle: 'So với tệp ghi chú của bạn',
  foldHint:
    'Nếu bạn đã lưu tệp ghi chú khi gửi tin, hãy chọn tệp đó để so với sổ. Tệp được mở ngay trên máy bạn và không gửi đi đâu.',
  choose: 'Chọn tệp ghi chú',
  comparing: 'Đang so…',
  wrongFile: 'Tệp này không mở được bằng mã của bạn.',
  notAsked: 'Chưa so được: không kết nối được với máy chủ. Xin thử lại.',
  renewHint:
    'Tệp mới nhớ thêm những gì bạn thấy hôm nay, để lần sau so lại. Hãy giữ tệp mới thay cho tệp cũ.',
  renew: 'Lưu tệp ghi chú mới',
  plain:
    'Trang rút gọn không đối chiếu được với sổ công khai. Trang có JavaScript làm việc đó ngay trên máy bạn.',
  saved: 'Đã lưu “{name}”.',
};
