import { attachments } from './attachments.ts';

/** Pictures in working copies, and what a file tells beside what is seen in it. */
export const consolePicturesVi = {
  /** What the citizen's form says of files: operators read the same of theirs. */
  files: attachments,
  pictures: {
    legend: 'Ảnh trong bản này',
    hint: 'Ảnh chỉ đi cùng khi bạn đã mở, che chỗ làm lộ người báo tin và đưa vào. Mỗi lần mở được ghi lại.',
    notTaken: 'không đưa vào bản này',
    taken: (areas: number) => (areas === 0 ? 'đưa vào, không che chỗ nào' : `đưa vào, đã che ${areas} chỗ`),
    open: 'Mở để che',
    change: 'Che lại',
    leaveOut: 'Bỏ ảnh này',
    how: 'Kéo chuột hoặc ngón tay trên ảnh để che đen. Dùng bàn phím: bấm “Thêm vùng che”, phím mũi tên để dời, Shift và mũi tên để đổi cỡ, Delete để bỏ.',
    drawing: (name: string, areas: number) => `Ảnh ${name}, đã che ${areas} chỗ`,
    add: 'Thêm vùng che',
    areas: 'Các vùng che',
    area: (no: number, x: number, y: number, w: number, h: number) =>
      `Vùng ${no}: cách trái ${x} %, cách trên ${y} %, rộng ${w} %, cao ${h} %`,
    removeArea: (no: number) => `Bỏ vùng ${no}`,
    take: 'Vẽ lại và đưa vào bản này',
    picture: (no: number) => `Ảnh ${no} của bản đã che`,
    show: (count: number) => (count === 1 ? 'Xem ảnh' : `Xem ${count} ảnh`),
    opening: 'Đang mở ảnh',
  },
  /** Beside the files of a call. */
  keepOriginal:
    'Giữ nguyên tệp gốc: chỉ chọn khi bản gốc là chứng cứ, vì nó có thể cho biết người báo tin đã ở đâu, dùng máy nào.',
  telling: {
    title: 'Tệp gốc này còn cho biết',
    reading: 'Đang xem tệp gốc này còn cho biết gì',
    nothing: 'Không thấy thông tin ẩn trong tệp gốc này.',
    closed: 'Không xem được bên trong loại tệp này: có thể còn thông tin về người gửi.',
    lies: (type: string) => `Tên tệp nói một loại, bên trong là ${type}.`,
    care: 'Đừng chuyển tệp gốc đi nơi khác; hãy dùng bản đã che.',
  },
};
