import { element } from './words.js';

const find = (id) => document.getElementById(id);
export const PLATFORMS = { wecom: '企业微信', dingtalk: '钉钉' };
const AUDIENCES = {
  leaders: '领导小组成员',
  office: '整改办工作人员',
  system: '全系统各单位',
  section: '科室人员',
};

/** The chats there are to choose from, under their headings: groups, this person's own, and others' that have words. */
function sectionsOf({ groups, person, people, lines }) {
  const sections = Object.entries(PLATFORMS).map(([platform, title]) => ({
    title: `${title}群`,
    chats: groups
      .filter((group) => group.platform === platform)
      .map((group) => ({ key: group.chat, platform, name: group.name, note: AUDIENCES[group.audience] })),
  }));
  const singles = people.flatMap((each) =>
    Object.entries(each.accounts).map(([platform, account]) => ({
      key: `${platform}:single:${account}`,
      platform,
      name: each.name,
      note: `${PLATFORMS[platform]}单聊`,
      owner: each.name,
    })),
  );
  const own = singles.filter(({ owner }) => owner === person);
  const others = singles.filter(({ owner, key }) => owner !== person && lines.has(key));
  return [...sections, { title: '单聊', chats: [...own, ...others] }].filter(({ chats }) => chats.length > 0);
}

export const chatsOf = (state) => sectionsOf(state).flatMap(({ chats }) => chats);

/** The list on the left, and the same as a select for a narrow screen. */
export function drawChats(state, choose) {
  const sections = sectionsOf(state);
  const focused = document.activeElement?.dataset.chat;
  find('chats').replaceChildren(
    ...sections.map(({ title, chats }) => {
      const heading = element('h2', '', title);
      const list = element('ul', '', ...chats.map((chat) => item(chat, state, choose)));
      return element('section', '', heading, list);
    }),
  );
  find('chat-picker').replaceChildren(
    ...sections.map(({ title, chats }) => {
      const group = document.createElement('optgroup');
      group.label = title;
      group.append(...chats.map((chat) => option(chat, state)));
      return group;
    }),
  );
  find('chat-picker').value = state.chat;
  find('chat-picker').parentElement.dataset.unread = String(state.unread.size > 0);
  document.title = state.unread.size > 0 ? `(${state.unread.size}) 督办沙盘` : '督办沙盘';
  if (focused)
    find('chats')
      .querySelector(`[data-chat="${CSS.escape(focused)}"]`)
      ?.focus();
}

function item(chat, state, choose) {
  const [last] = state.lines.get(chat.key)?.slice(-1) ?? [];
  const named = (_, account) => `@${state.nameOf(chat.platform, account)}`;
  const preview = last ? last.text.replaceAll(/<@([^<>\s]+)>/g, named).replaceAll(/\s+/g, ' ') : chat.note;
  const news = state.unread.has(chat.key) ? ',有新消息' : '';
  const button = element(
    'button',
    `entry ${chat.platform}`,
    element('span', 'entry-mark', PLATFORMS[chat.platform].slice(0, 1)),
    element('span', 'entry-name', chat.name, element('span', 'unseen', news)),
    element('span', 'entry-last', preview),
  );
  button.type = 'button';
  button.dataset.chat = chat.key;
  button.dataset.unread = String(news !== '');
  if (chat.key === state.chat) button.setAttribute('aria-current', 'true');
  button.addEventListener('click', () => choose(chat.key));
  return element('li', '', button);
}

function option({ key, name, platform, owner }, { unread }) {
  const mark = unread.has(key) ? '● ' : '';
  return new Option(owner ? `${mark}${name}(${PLATFORMS[platform]})` : mark + name, key);
}

/** Whoever may speak, sorted by what they are in the plan. */
export function drawPeople({ people, person }) {
  const kinds = [
    ['局领导', ['secretary', 'leader']],
    ['整改办', ['office']],
    ['科室和单位负责人', ['chief']],
    ['内勤', ['staff']],
    ['其他', ['discipline', 'admin']],
  ];
  const kindOf = ({ roles }) =>
    kinds.find(([, of]) => of.some((role) => roles.includes(role)))?.[0] ?? '其他';
  find('person').replaceChildren(
    ...kinds.map(([kind]) => {
      const group = document.createElement('optgroup');
      group.label = kind;
      group.append(
        ...people.filter((each) => kindOf(each) === kind).map(({ name }) => new Option(name, name)),
      );
      return group;
    }),
  );
  find('person').value = person;
}
