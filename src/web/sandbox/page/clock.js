import { ask } from './server.js';

const find = (id) => document.getElementById(id);
const STEPS = { minute: { minutes: 1 }, day: { days: 1 }, workday: 'next workday' };

/** The clock at the top. `moved` is told how many pushes a move has brought, `overnight` that a new day began. */
export function createClock({ moved, failed, overnight }) {
  let time = null;
  let got = 0;

  const at = () => time.at + performance.now() - got;

  function draw() {
    if (!time) return;
    find('time').textContent = format(at(), time.zone);
    find('time').dateTime = new Date(at()).toISOString();
    find('nature').textContent = time.workday ? '工作日' : '休息日';
    find('nature').dataset.rest = String(!time.workday);
    const day = local(at(), time.zone).slice(0, 10);
    if (day === time.day) return;
    time.day = day;
    overnight();
  }

  async function go(to) {
    document.body.dataset.moving = 'true';
    try {
      const { pushes } = await ask('clock', { to });
      moved(pushes);
    } catch (error) {
      failed(error);
    } finally {
      delete document.body.dataset.moving;
    }
  }

  find('steps').addEventListener('click', ({ target }) => {
    const step = target.closest('button')?.dataset.step;
    if (step === 'moment') {
      find('moment-at').value = local(at(), time.zone);
      find('moment').returnValue = '';
      find('moment').showModal();
    } else if (step) void go(STEPS[step]);
  });
  find('moment').addEventListener('close', ({ target }) => {
    if (target.returnValue === 'go') void go(find('moment-at').value);
  });
  find('steps-toggle').addEventListener('click', ({ currentTarget }) => {
    const open = find('steps').classList.toggle('open');
    currentTarget.setAttribute('aria-expanded', String(open));
  });
  setInterval(draw, 1000);

  return {
    set(told) {
      time = told;
      got = performance.now();
      draw();
    },
  };
}

const format = (at, zone) =>
  new Intl.DateTimeFormat('zh-CN', {
    timeZone: zone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);

/** `2026-04-13T08:42`, as the wall of the zone shows it. */
const local = (at, zone) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .format(at)
    .replace(' ', 'T');
