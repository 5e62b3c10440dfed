import { PLATFORMS } from './chats.js';
import { element, render } from './words.js';

const list = document.getElementById('lines');
const FATES = {
  sending: () => '送达中…',
  unheard: (bot) => `没有@${bot},机器人收不到这条消息`,
  lost: (bot) => `未送达:${bot}没有应答`,
};

/** The whole chat anew, or an invitation where nothing has been said. */
export function drawLines(state, acts) {
  const lines = state.lines.get(state.chat) ?? [];
  list.replaceChildren(...lines.map((line) => bubble(line, state, acts)));
  if (lines.length === 0) list.append(invitation(state, acts));
  markDays();
  list.scrollTop = list.scrollHeight;
}

/** One new or changed line. */
export function drawLine(line, state, acts) {
  if (line.from !== null) list.scrollTop = list.scrollHeight;
  keepEnd(() => {
    const node = bubble(line, state, acts);
    const before = [...list.children].find(({ dataset }) => dataset.id === line.id);
    list.querySelector('.invitation')?.remove();
    if (before) before.replaceWith(node);
    else list.append(node);
    markDays();
  });
}

/** A reader who was at the end of the chat stays there, and one who has gone back stays where they are. */
export function keepEnd(change) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  change();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function bubble(line, state, acts) {
  const own = line.from !== null && line.from === state.accountOf(state.person, line.platform);
  const name = line.from === null ? state.botNames[line.platform] : state.nameOf(line.platform, line.from);
  const body = element('div', 'bubble');
  if (line.quote) body.append(element('blockquote', '', line.quote));
  if (line.enclosed) body.append(enclosure(line));
  // The bot's line that is a picture says so in words for those who don't see it; a person's words are its own.
  if (!line.enclosed || (line.from !== null && line.text !== ''))
    body.append(render(line, namesIn(line, state)));
  body.addEventListener('click', ({ target }) => {
    if (!target.closest('a') && String(getSelection()) === '') acts.quote(line);
  });
  const node = element(
    'li',
    `line ${line.from === null ? 'bot' : own ? 'own' : 'other'} ${line.platform}`,
    element('span', 'face', line.from === null ? '督' : name.slice(0, 1)),
    element('div', 'said', element('p', 'who', name, ...tags(line)), body, footer(line, state, acts)),
  );
  node.dataset.id = line.id;
  node.dataset.day = dayOf(line, state);
  node.firstChild.setAttribute('aria-hidden', 'true');
  return node;
}

function enclosure({ id, enclosed, from }) {
  const address = `/sandbox/media?id=${encodeURIComponent(id)}`;
  if (enclosed.kind === 'picture') {
    const picture = element('img');
    picture.src = address;
    picture.alt = from === null ? '机器人发来的图片' : enclosed.name;
    picture.addEventListener('load', () => keepEnd(() => {}));
    const whole = element('a', 'picture', picture);
    whole.href = address;
    whole.target = '_blank';
    return whole;
  }
  const file = element('a', 'file', enclosed.name);
  file.href = address;
  file.download = enclosed.name;
  return file;
}

function tags(line) {
  if (line.from !== null) return [];
  const words = ['机器人', !line.answers && '推送', line.again && '重发后的答复'].filter(Boolean);
  return words.map((word) => element('span', 'tag', word));
}

function footer(line, state, acts) {
  const quote = button('引用', () => acts.quote(line));
  const node = element('p', 'foot', element('time', '', clockOf(line, state)), quote);
  if (line.from !== null && line.fate !== 'unheard') node.append(button('重发', () => acts.again(line)));
  const fate = FATES[line.fate]?.(state.botNames[line.platform]);
  if (fate) node.append(element('span', `fate ${line.fate}`, fate));
  return node;
}

/** In a group the bot is the only one a person can call here; a push may call anybody. */
function namesIn(line, state) {
  const bot = state.botNames[line.platform];
  return {
    nameOf: (account) => (account === bot ? bot : state.nameOf(line.platform, account)),
    mentioned: (word) => (line.from === null ? line.mentions.includes(word) : word === bot),
  };
}

function invitation(state, acts) {
  const group = state.chat.includes(':group:');
  const [platform] = state.chat.split(':');
  const bot = state.botNames[platform];
  const mention = group ? `@${bot} ` : '';
  const examples = state.examples.map((example) => {
    const node = button(mention + example, () => acts.type(mention + example));
    node.className = 'example';
    return node;
  });
  return element(
    'li',
    'invitation',
    element('span', 'seal', '督'),
    element('h3', '', group ? `在群里@${bot},像平时一样说话` : '直接说,不用@'),
    element('p', '', `消息按${PLATFORMS[platform]}的真实协议签名送达,${bot}当场答复、记入演练台账。`),
    element('div', 'examples', ...examples),
  );
}

function button(words, act) {
  const node = element('button', 'link', words);
  node.type = 'button';
  node.addEventListener('click', act);
  return node;
}

/** A line under which a day begins carries its name. */
function markDays() {
  let day = '';
  for (const node of list.querySelectorAll('.line')) {
    node.classList.toggle('first-of-day', node.dataset.day !== day);
    day = node.dataset.day;
  }
}

const shown = (line, options) => new Intl.DateTimeFormat('zh-CN', options).format(new Date(line.at));
const dayOf = (line, { zone }) =>
  shown(line, { timeZone: zone, month: 'long', day: 'numeric', weekday: 'long' });
const clockOf = (line, { zone }) =>
  shown(line, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
