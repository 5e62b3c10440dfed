// The floor that the product is held against: Koa, signature and cipher, and one transaction of postgres.js with the
// three writes of a report (the message taken, its entry, its figure). It understands nothing and checks no rights.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import Koa from 'koa';
import postgres from 'postgres';

const {
  DATABASE_URL = '',
  PORT,
  WECOM_TOKEN = '',
  WECOM_AES_KEY = '',
  DINGTALK_APP_SECRET = '',
} = process.env;
const CONNECTIONS = 8;
const key = Buffer.from(`${WECOM_AES_KEY}=`, 'base64');
const sql = postgres(DATABASE_URL, { max: CONNECTIONS, onnotice: () => {} });

interface Spoken {
  platform: string;
  id: string;
  sender: string;
  chat: string;
  text: string;
}

const rows = await sql<
  { account: string; person: number; plan: number; task: number; code: string; indicator: number }[]
>`
  select a.account, a.person_id as person, p.plan_id as plan, t.id as task, t.code,
    (select min(i.id) from indicators i where i.task_id = t.id)::int as indicator
  from accounts a join people p on p.id = a.person_id join tasks t on t.plan_id = p.plan_id`;
const known = new Map(rows.map((row) => [`${row.account} ${row.code}`, row]));
const heads = new Map<number, { seq: number; hash: string }>();

/** postgres.js mixes up transactions when more of them are asked for than there are connections (its issue 1189). */
let free = CONNECTIONS;
const queue: (() => void)[] = [];
async function turn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((go) => queue.push(go));
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else free++;
  }
}

async function record(said: Spoken, reply: string): Promise<string> {
  const code = /\d\.\d\.\d/.exec(said.text)?.[0] ?? '';
  const row = known.get(`${said.sender} ${code}`);
  if (!row) throw new Error(`the floor doesn't know ${said.sender} or ${code}`);
  const head = heads.get(row.task) ?? { seq: 0, hash: '' };
  const seq = head.seq + 1;
  const hash = createHash('sha256').update(`${head.hash}${said.text}`).digest('hex');
  heads.set(row.task, { seq, hash });
  const now = new Date();
  await turn(() =>
    sql.begin(async (tx) => {
      await tx`insert into inbox (platform, bot, message_id, sender, chat, person_id, at, proof, reply)
        values (${said.platform}, 'robot', ${said.id}, ${said.sender}, ${said.chat}, ${row.person}, ${now}, '', ${tx.json({ lines: [reply] })})`;
      const [entry] =
        await tx`insert into entries (plan_id, task_id, chain, seq, act, person_id, platform, chat, message_id, at, detail, prev, hash)
        values (${row.plan}, ${row.task}, ${code}, ${seq}, 'progress', ${row.person}, ${said.platform}, ${said.chat}, ${said.id}, ${now}, '{}', ${head.hash}, ${hash})
        returning id`;
      await tx`insert into postings (entry_id, indicator_id, period, happened_on, op, value, confirmed)
        values (${entry?.id}, ${row.indicator}, '2026', ${now}, 'add', 1, true)`;
    }),
  );
  return reply;
}

const sha1 = (...parts: string[]) =>
  createHash('sha1')
    .update(parts.sort((one, other) => (one < other ? -1 : 1)).join(''))
    .digest('hex');
const tag = (xml: string, name: string) =>
  new RegExp(`<${name}>\\s*(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1] ?? '';

function open(sealed: string): string {
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const bytes = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  return bytes.toString('utf8', 20, 20 + bytes.readUInt32BE(16));
}

function seal(text: string): string {
  const body = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const whole = Buffer.concat([randomBytes(16), length, body]);
  const padding = 32 - (whole.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(whole),
    cipher.update(Buffer.alloc(padding, padding)),
    cipher.final(),
  ]).toString('base64');
}

const refuse = () => ({ status: 401, body: '' });
const receipt =
  '已记录\n演练:0次→1次(全年至少4次),计入2026年\n发生日期4月9日。如有误,10分钟内回复「撤回」,之后用「更正」。';

async function wecom(query: URLSearchParams, raw: string) {
  const xml = raw.startsWith('<');
  const sealed: string = xml ? tag(raw, 'Encrypt') : JSON.parse(raw).encrypt;
  const [timestamp = '', nonce = ''] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
  if (sha1(WECOM_TOKEN, timestamp, nonce, sealed) !== query.get('msg_signature')) return refuse();
  const text = open(sealed);
  const spoken = xml
    ? {
        id: tag(text, 'MsgId'),
        sender: tag(text, 'UserId'),
        chat: tag(text, 'ChatId'),
        text: tag(text, 'Content'),
      }
    : fromJson(JSON.parse(text));
  const reply = await record({ platform: 'wecom', ...spoken }, receipt);
  const encrypt = seal(
    JSON.stringify({ msgtype: 'stream', stream: { id: spoken.id, finish: true, content: reply } }),
  );
  const at = Math.floor(Date.now() / 1000);
  const signature = sha1(WECOM_TOKEN, `${at}`, nonce, encrypt);
  return { status: 200, body: JSON.stringify({ encrypt, msgsignature: signature, timestamp: at, nonce }) };
}

const fromJson = (body: {
  msgid: string;
  from: { userid: string };
  chatid?: string;
  text: { content: string };
}) => ({
  id: body.msgid,
  sender: body.from.userid,
  chat: body.chatid ?? 'single',
  text: body.text.content,
});

async function dingtalk(headers: Record<string, unknown>, raw: string) {
  const sign = createHmac('sha256', DINGTALK_APP_SECRET)
    .update(`${headers.timestamp}\n${DINGTALK_APP_SECRET}`)
    .digest('base64');
  if (sign !== headers.sign) return refuse();
  const body = JSON.parse(raw);
  const said = {
    id: body.msgId,
    sender: body.senderStaffId,
    chat: body.conversationId,
    text: body.text.content,
  };
  const text = await record({ platform: 'dingtalk', ...said }, receipt);
  return { status: 200, body: JSON.stringify({ msgtype: 'markdown', markdown: { title: '督办', text } }) };
}

const app = new Koa();
app.use(async (ctx) => {
  const parts: Buffer[] = [];
  for await (const part of ctx.req) parts.push(part);
  const raw = Buffer.concat(parts).toString();
  const answer =
    ctx.path === '/hooks/wecom'
      ? await wecom(new URLSearchParams(ctx.querystring), raw)
      : await dingtalk(ctx.headers, raw);
  ctx.status = answer.status;
  ctx.type = 'application/json';
  ctx.body = answer.body;
});
app.listen(Number(PORT), '127.0.0.1');
