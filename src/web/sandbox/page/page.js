import { chatsOf, drawChats, drawPeople, PLATFORMS } from './chats.js';
import { createClock } from './clock.js';
import { createComposer } from './composer.js';
import { createFaults } from './faults.js';
import { drawLine, drawLines } from './lines.js';
import { ask, listen } from './server.js';

const find = (id) => document.getElementById(id);

/** What the house has told, and what the reader has chosen. */
const state = {
  people: [],
  groups: [],
  botNames: {},
  examples: [],
  zone: 'Asia/Shanghai',
  /** By chat. */
  lines: new Map(),
  unread: new Set(),
  chat: '',
  person: '',
  accountOf: (name, platform) => state.people.find((each) => each.name === name)?.accounts[platform],
  nameOf: (platform, account) =>
    state.people.find(({ accounts }) => accounts[platform] === account)?.name ?? account,
};

const clock = createClock({ moved, failed, overnight: () => refresh().catch(failed) });
const faults = createFaults({ failed });
const composer = createComposer({
  failed,
  send({ text, quote, file }) {
    const { chat, person } = state;
    ask('say', { chat, person, text, quote, file, via: faults.via() }).then(delivered).catch(failed);
  },
});
const acts = {
  quote: composer.quote,
  type: composer.type,
  again: ({ id }) => ask('again', { id }).catch(failed),
};

/** What is heard while the house is asked for all of it; its answer may have been written before. */
let meanwhile = [];

async function refresh() {
  meanwhile = [];
  const { people, groups, botNames, examples, time, ...told } = await ask('state');
  const before = new Set([...state.lines.values()].flat().map(({ id }) => id));
  const first = state.chat === '';
  Object.assign(state, { people, groups, botNames, examples, zone: time.zone, lines: new Map() });
  for (const line of [...told.lines, ...meanwhile]) keep(line, first || before.has(line.id));
  meanwhile = [];
  clock.set(time);
  faults.set(told.faults);
  if (first) start();
  drawPeople(state);
  choose(state.chat);
}

/** A section's own group, and its chief speaking, is where most of the work is done; an address can name others. */
function start() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const group = state.groups.find(({ section }) => section) ?? state.groups[0];
  const isChief = ({ section, roles }) => section === group?.section && roles.includes('chief');
  const person =
    state.people.find(({ name }) => name === asked.get('as')) ??
    state.people.find(isChief) ??
    state.people[0];
  state.person = person?.name ?? '';
  state.chat = chatsOf(state).find(({ key }) => key === asked.get('chat'))?.key ?? group?.chat ?? '';
}

function choose(chat) {
  const [platform, kind, ...id] = chat.split(':');
  state.chat = chat;
  state.unread.delete(chat);
  if (kind === 'single') state.person = state.nameOf(platform, id.join(':'));
  find('person').value = state.person;
  const { name = '', note = '' } = chatsOf(state).find(({ key }) => key === chat) ?? {};
  find('chat-name').textContent = name;
  find('chat-note').textContent = note;
  find('chat-platform').textContent = PLATFORMS[platform];
  find('chat-platform').className = `platform ${platform}`;
  const mention = `@${state.botNames[platform]} `;
  composer.turn(
    kind === 'group'
      ? { starts: mention, hint: `${mention}编号和进展` }
      : { starts: '', hint: '直接输入,不用@' },
  );
  drawChats(state, choose);
  drawLines(state, acts);
  history.replaceState(null, '', `#${new URLSearchParams({ chat, as: state.person })}`);
}

function keep(line, known) {
  const lines = state.lines.get(line.chat) ?? [];
  const index = lines.findIndex(({ id }) => id === line.id);
  if (index < 0) lines.push(line);
  else lines[index] = line;
  state.lines.set(line.chat, lines);
  if (line.from === null && line.chat !== state.chat && !known) state.unread.add(line.chat);
}

function heard(line) {
  meanwhile.push(line);
  keep(line, false);
  if (line.chat === state.chat) drawLine(line, state, acts);
  drawChats(state, choose);
}

/** What the chat itself can't show: why nothing came back. */
function delivered({ tries, status, why }) {
  if (tries > 0 && status !== 200)
    toast(`未送达:${status ? `应答状态 ${status}` : '没有按时应答'},试了${tries}次`);
  else if (why) toast(`平台不会显示这样的答复:${why}`);
}

/** Says what a new time has brought, and where to look. */
function moved(pushes) {
  const where = chatsOf(state).filter(({ key }) => state.unread.has(key));
  const names = where.map(({ name }) => name).slice(0, 3);
  const list = names.length > 0 ? `:${names.join('、')}${where.length > 3 ? '等' : ''}` : '';
  toast(pushes > 0 ? `收到${pushes}条推送${list}` : '没有到点的推送');
}

let fading;
function toast(message) {
  find('toast').textContent = message;
  clearTimeout(fading);
  fading = setTimeout(() => {
    find('toast').textContent = '';
  }, 5000);
}

function failed(error) {
  toast(error.message);
}

find('chat-picker').addEventListener('change', ({ target }) => choose(target.value));
find('person').addEventListener('change', ({ target }) => {
  state.person = target.value;
  const [platform, kind] = state.chat.split(':');
  choose(kind === 'single' ? `${platform}:single:${state.accountOf(state.person, platform)}` : state.chat);
});

listen({
  joined() {
    find('broken').hidden = true;
    refresh().catch(failed);
  },
  lost() {
    find('broken').hidden = false;
  },
  line: heard,
  time: clock.set,
  faults: faults.set,
});
