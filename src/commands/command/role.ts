import { Refusal } from '../../ledger/refusal.ts';
import type { Role } from '../../ledger/terms.ts';

const words: Record<string, Role> = {
  整改办: 'office',
  班子成员: 'leader',
  分管领导: 'leader',
  机关纪委: 'discipline',
  内勤: 'staff',
  工作人员: 'staff',
};

/** A chief's comes with the post; who approves and who runs the machine isn't named in a chat. */
export function roleIn(word: string): Role {
  const role = words[word];
  if (role !== undefined) return role;
  if (/负责人|科长|主任/.test(word))
    throw new Refusal('科室负责人请用「交接 科室 负责人 姓名 自 日期」,未改动。');
  if (/书记|组长|管理员/.test(word)) {
    throw new Refusal('书记和管理员不在聊天中指定,请由管理员在服务器上用工作簿导入,未改动。');
  }
  throw new Refusal('角色可写整改办、班子成员、机关纪委、内勤,未改动。');
}
