/** Who answers for what, and until when. */
export const consoleDutyVi = {
  answering: {
    title: 'Chịu trách nhiệm lúc này',
    as: {
      assignee: 'được phân công',
      active: 'đầu mối',
      deputy: 'dự phòng',
      head: 'trưởng đơn vị',
      deputy_head: 'phó đơn vị',
      above: 'lãnh đạo cấp trên',
    },
    stage: (as: string, stage: string) => `${as} ${stage.toLowerCase()}`,
    for: (long: string) => `đã ${long}`,
    long: {
      minute: (n: number) => `${n} phút`,
      hour: (n: number) => `${n} giờ`,
      day: (n: number) => `${n} ngày`,
    },
    nobody: 'Chưa có ai chịu trách nhiệm',
  },
  reached: {
    title: 'Mốc thời hạn đã báo',
    mark: (level: number) => (level === 100 ? 'đã quá hạn' : `${level} % thời hạn đã qua`),
    inRow: (level: number) => (level === 100 ? 'Đã báo quá hạn' : `${level} % thời hạn đã qua`),
  },
  clocks: {
    running: 'Thời hạn đang chạy',
    ended: 'Thời hạn đã dừng',
    none: 'Không có thời hạn nào đang chạy.',
    policy: 'chính sách của hệ thống',
    extended: (times: number, day: string) => `Đã gia hạn lần ${times}, đến ${day}`,
    suspended: 'Đang tạm đình chỉ: thời hạn giải quyết dừng. Khi phục hồi còn 1 tháng.',
  },
};
