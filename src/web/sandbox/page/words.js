const LIGHTS = { 红: 'red', 黄: 'yellow', 蓝: 'blue', 绿: 'green' };
const TOKEN = /(【[^】\n]{1,60}】)|<@([^<>\s]+)>|[@＠]([\p{L}\p{N}_.+-]+)|(https?:\/\/[^\s<>"',;。]+)/gu;

/**
 * A message as its platform's client shows it, built of nodes and never of markup. `nameOf` knows whom an account
 * belongs to, and `mentioned` whether somebody is called by that name.
 */
export function render(line, { nameOf, mentioned }) {
  const rows = rowsOf(line).map((row) => {
    const node = element('span', 'row');
    node.append(...pieces(row, nameOf, mentioned));
    return node;
  });
  const fragment = document.createDocumentFragment();
  fragment.append(...rows);
  return fragment;
}

/** In DingTalk's markdown a lone line break is a blank; two blanks before it, or an empty line, make it one. */
function rowsOf({ text, markup, platform }) {
  if (platform !== 'dingtalk' || markup !== 'markdown') return text.split('\n').map((row) => row.trimEnd());
  return text.split(/ {2}\n|\n{2,}/).map((row) => row.replaceAll('\n', ' ').trimEnd());
}

function pieces(row, nameOf, mentioned) {
  const nodes = [];
  let from = 0;
  for (const match of row.matchAll(TOKEN)) {
    nodes.push(row.slice(from, match.index), piece(match, nameOf, mentioned));
    from = match.index + match[0].length;
  }
  nodes.push(row.slice(from));
  return nodes.filter((node) => node !== '');
}

function piece([whole, bracket, tag, at, link], nameOf, mentioned) {
  if (bracket) return element('span', bracketClass(bracket), bracket);
  if (tag) return element('span', 'mention', `@${nameOf(tag)}`);
  if (at && mentioned(at)) return element('span', 'mention', `@${nameOf(at)}`);
  if (!link) return whole;
  const anchor = element('a', '', link);
  anchor.href = link;
  anchor.target = '_blank';
  anchor.rel = 'noreferrer';
  return anchor;
}

function bracketClass(bracket) {
  const light = LIGHTS[bracket[1]];
  if (light && /^.{2}[·】]/u.test(bracket)) return `light ${light}`;
  if (/^【(?:G\d|\d)[\d.]*】$/.test(bracket)) return 'code';
  return /无需回复|有进展请/.test(bracket) ? 'aside' : 'topic';
}

export function element(name, className = '', ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}
