import { chatsOf, drawChats, drawPeople, PLATFORMS } from './chats.js';
import { createClock } from './clock.js';
import { createFaults } from './faults.js';
import { drawLine, drawLines, keepEnd } from './lines.js';
import { ask, listen } from './server.js';

const find = (id) => document.getElementById(id);
const words = find('words');

/** What the house has told, and what the reader has chosen. */
const state = {
  people: [],
  groups: [],
  botNames: {},
  examples: [],
  zone: 'Asia/Shanghai',
  lines: new Map(),
  unread: new Set(),
  chat: '',
  person: '',
  /** @type {string | null} What the next message quotes. */
  quote: null,
  accountOf: (name, platform) => state.people.find((each) => each.name === name)?.accounts[platform],
  nameOf: (platform, account) =>
    state.people.find(({ accounts }) => accounts[platform] === account)?.name ?? account,
};

const acts = {
  quote(line) {
    state.quote = line.text;
    drawQuote();
    words.focus();
  },
  again: ({ id }) => ask('again', { id }).catch(failed),
  type(text) {
    words.value = text;
    grow();
    words.focus();
  },
};

const clock = createClock({ moved, failed, overnight: () => refresh().catch(failed) });
const faults = createFaults({ failed });

async function refresh() {
  const told = await ask('state');
  const { people, groups, botNames, examples, time } = told;
  Object.assign(state, { people, groups, botNames, examples, zone: time.zone });
  state.lines = new Map();
  for (const line of told.lines) keep(line);
  clock.set(time);
  faults.set(told.faults);
  if (state.chat === '') start();
  drawPeople(state);
  choose(state.chat);
}

/** A section's own group, and its chief speaking, is where most of the work is done; an address can name others. */
function start() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const group = state.groups.find(({ section }) => section) ?? state.groups[0];
  const chief = state.people.find(
    ({ section, roles }) => section === group?.section && roles.includes('chief'),
  );
  const person = state.people.find(({ name }) => name === asked.get('as')) ?? chief ?? state.people[0];
  state.person = person?.name ?? '';
  state.chat = chatsOf(state).find(({ key }) => key === asked.get('chat'))?.key ?? group?.chat ?? '';
}

function choose(chat) {
  const [platform, kind, ...id] = chat.split(':');
  const changed = chat !== state.chat;
  state.chat = chat;
  state.unread.delete(chat);
  if (kind === 'single') {
    state.person = state.nameOf(platform, id.join(':'));
    find('person').value = state.person;
  }
  const { name = '', note = '' } = chatsOf(state).find(({ key }) => key === chat) ?? {};
  find('chat-name').textContent = name;
  find('chat-note').textContent = note;
  find('chat-platform').textContent = PLATFORMS[platform];
  find('chat-platform').className = `platform ${platform}`;
  words.placeholder = kind === 'single' ? '直接输入,不用@' : `@${state.botNames[platform]} 编号和进展`;
  if (changed) dropQuote();
  if (!draft()) words.value = mention();
  drawChats(state, choose);
  drawLines(state, acts);
  remember();
}

/** What the reader has typed, not counting the mention that stands there from the start. */
const draft = () => words.value.trim().replace(/^@\S*$/, '');
const mention = () => (state.chat.includes(':group:') ? `@${state.botNames[state.chat.split(':')[0]]} ` : '');

function remember() {
  const hash = new URLSearchParams({ chat: state.chat, as: state.person });
  history.replaceState(null, '', `#${hash}`);
}

function keep(line) {
  const lines = state.lines.get(line.chat) ?? [];
  const index = lines.findIndex(({ id }) => id === line.id);
  if (index < 0) lines.push(line);
  else lines[index] = line;
  state.lines.set(line.chat, lines);
}

function heard(line) {
  keep(line);
  if (line.chat === state.chat) drawLine(line, state, acts);
  else if (line.from === null) state.unread.add(line.chat);
  drawChats(state, choose);
}

function send() {
  const text = words.value.trim();
  if (!draft()) return words.focus();
  const { chat, person, quote } = state;
  ask('say', { chat, person, text, quote, via: faults.via() }).catch(failed);
  words.value = mention();
  dropQuote();
  grow();
}

function drawQuote() {
  keepEnd(() => {
    find('quote').hidden = state.quote === null;
    find('quote-text').textContent = state.quote ?? '';
  });
}

function dropQuote() {
  state.quote = null;
  drawQuote();
}

function grow() {
  keepEnd(() => {
    words.style.height = 'auto';
    words.style.height = `${Math.min(words.scrollHeight + 2, 160)}px`;
  });
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

find('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
words.addEventListener('input', grow);
words.addEventListener('keydown', (event) => {
  // While an input method is composing, Enter picks a character.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
find('quote-drop').addEventListener('click', () => {
  dropQuote();
  words.focus();
});
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
