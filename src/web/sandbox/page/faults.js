import { ask } from './server.js';
import { element } from './words.js';

const find = (id) => document.getElementById(id);
const PLATFORMS = { wecom: '企业微信', dingtalk: '钉钉' };
const FAULTS = {
  errcode: '平台不收,返回代码',
  'status 429': '限流(HTTP 429)',
  'status 500': '平台内部故障(HTTP 500)',
  html: '返回网页,不是数据',
  redirect: '转到别的地址',
  'hang after accepting': '收下了,但不回话',
  'reset after accepting': '收下后断开连接',
  'reset before': '没收下就断开连接',
  refuse: '连接不上',
};
const CODES = { wecom: '45009', dingtalk: 'send.too.fast' };

/** The drawer in which a platform is told to fail. */
export function createFaults({ failed }) {
  const sections = Object.keys(PLATFORMS).map((platform) => createSection(platform, failed));
  find('faults-list').append(...sections.map(({ node }) => node));
  find('faults-open').addEventListener('click', () => find('faults').showModal());
  find('faults-close').addEventListener('click', () => find('faults').close());
  find('faults').addEventListener('click', ({ target }) => {
    if (target === find('faults')) find('faults').close();
  });
  return {
    via: () => find('via').value,
    set(faults) {
      for (const section of sections) section.set(faults[section.platform]);
      const some = Object.values(faults).some(Boolean);
      find('faults-open').textContent = some ? '故障演练中' : '故障演练';
      find('faults-open').dataset.active = String(some);
    },
  };
}

function createSection(platform, failed) {
  const kind = select(Object.entries(FAULTS));
  const code = input('text', CODES[platform]);
  const times = input('number', '');
  times.min = '1';
  times.placeholder = '直到恢复';
  const state = element('p', 'fault-state');
  state.setAttribute('role', 'status');
  const start = element('button', 'send', '开始');
  const stop = element('button', 'quiet', '恢复正常');
  stop.type = 'button';
  const codeField = field('代码', code);
  const form = element(
    'form',
    'fault',
    element('h3', '', PLATFORMS[platform]),
    state,
    field('故障', kind),
    element('div', 'pair', codeField, field('次数', times)),
    element('div', 'actions', stop, start),
  );
  const showCode = () => {
    codeField.hidden = kind.value !== 'errcode';
  };
  kind.addEventListener('change', showCode);
  showCode();

  const tell = (body) => ask('fault', { platform, ...body }).catch(failed);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const number = Number(code.value);
    void tell({
      fault: kind.value,
      ...(kind.value === 'errcode' && { code: Number.isInteger(number) ? number : code.value }),
      ...(times.value && kind.value !== 'refuse' && { times: Number(times.value) }),
    });
  });
  stop.addEventListener('click', () => tell({ fault: null }));

  return {
    platform,
    node: form,
    set(told) {
      state.textContent = told ? `正在演练:${FAULTS[told.fault]}` : '正常';
      state.dataset.active = String(Boolean(told));
      stop.disabled = !told;
    },
  };
}

function field(name, control) {
  return element('label', 'field', element('span', '', name), control);
}

function select(options) {
  const node = document.createElement('select');
  node.append(...options.map(([value, name]) => new Option(name, value)));
  return node;
}

function input(type, value) {
  const node = document.createElement('input');
  node.type = type;
  node.value = value;
  return node;
}
