import type { PlatformName } from '../../src/chat/message.ts';
import type { PlanFile } from '../../src/ledger/plan/file.ts';
import { samplePlan } from '../../src/ledger/plan/load.ts';
import { dingtalkCall, dingtalkText } from '../clients/dingtalk.ts';
import { aiBotText, type HttpCall, robotTextXml, type Said, wecomCall } from '../clients/wecom.ts';
import { settings } from '../crash/hooks.ts';

/** The three ways in which a platform brings a message. */
export const ways = ['WeCom JSON', 'WeCom XML', 'DingTalk'] as const;
export type Way = (typeof ways)[number];

const wecom = { token: settings.WECOM_TOKEN, aesKey: settings.WECOM_AES_KEY };

/** The sample plan once more, with accounts and chats of its own. */
export function planNumber(number: number): PlanFile {
  const plan = samplePlan();
  return {
    ...plan,
    plan: { ...plan.plan, code: `${plan.plan.code}-${number}` },
    people: plan.people.map((person) => ({
      ...person,
      accounts: Object.fromEntries(
        Object.entries(person.accounts).map(([platform, account]) => [platform, `${account}-${number}`]),
      ),
    })),
    groups: plan.groups.map((group) => ({ ...group, chat_id: `${group.chat_id}-${number}` })),
  };
}

const sample = samplePlan();

/** One thing to report on each task of a plan, by the chief whose task it is: a figure, or a note where none is plain. */
const reports = sample.tasks.flatMap((task) => {
  const chief = sample.people.find(
    (person) => person.section === task.section && person.roles.includes('chief'),
  );
  // What counts by an act of its own (月调度) isn't reported.
  const plain = task.indicators.find(
    (each) =>
      each.kind === 'count' &&
      each.subject !== 'person' &&
      each.class === 'chase' &&
      sample.governance.every((duty) => duty.merged_with !== each.code),
  );
  const text = plain ? `${task.code} ${plain.label}+1` : `${task.code} 已召开专题会研究部署`;
  const restricted = task.secrecy === 'office';
  // What is each member's own isn't a chief's to report.
  return chief && task.secrecy !== 'self' ? [{ task: task.code, chief, text, restricted }] : [];
});

const groupsOn = (platform: PlatformName) =>
  sample.groups.filter((group) => group.platform === platform && group.audience !== 'office');

/** The `index`-th message: tasks in turn, plans in turn, groups in turn; what is restricted is said one to one. */
export function message(way: Way, index: number, plans: number, id: string): Said {
  const platform = way === 'DingTalk' ? 'dingtalk' : 'wecom';
  const number = (index % plans) + 1;
  const round = Math.floor(index / plans);
  const report = reports[round % reports.length];
  const groups = groupsOn(platform);
  const group = groups[Math.floor(round / reports.length + number) % groups.length];
  if (!report || !group) throw new Error('the sample plan has no tasks');
  return {
    id,
    sender: `${report.chief.accounts[platform]}-${number}`,
    text: `@督办 ${report.text}`,
    ...(report.restricted ? {} : { chat: `${group.chat_id}-${number}` }),
  };
}

function callOf(way: Way, said: Said, now: Date): HttpCall {
  if (way === 'WeCom JSON') return wecomCall({ ...wecom, plaintext: aiBotText(said), now });
  if (way === 'WeCom XML') {
    return wecomCall({ ...wecom, plaintext: robotTextXml(said), now, format: 'xml' });
  }
  return dingtalkCall({ secret: settings.DINGTALK_APP_SECRET, body: dingtalkText(said, now), now });
}

/** The bytes of the HTTP request that brings it. `forged`: with a signature that is nobody's. */
export function request(way: Way, said: Said, now: Date, forged = false): Buffer {
  const { query, headers, body } = callOf(way, said, now);
  const path = `/hooks/${way === 'DingTalk' ? 'dingtalk' : 'wecom'}`;
  const signed = forged ? query.replace(/msg_signature=\w{8}/, 'msg_signature=00000000') : query;
  const lines = [`POST ${path}?${signed} HTTP/1.1`, 'Host: duban', `Content-Length: ${body.length}`];
  for (let at = 0; at < headers.length; at += 2) {
    const value = headers[at + 1] ?? '';
    lines.push(`${headers[at]}: ${forged && headers[at] === 'sign' ? `AAAA${value.slice(4)}` : value}`);
  }
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}
