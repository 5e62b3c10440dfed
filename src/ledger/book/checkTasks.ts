import { type Book, type BookDuty, type BookIndicator, type BookTask, type Misfit, taskOf } from '../book.ts';
import { isDuty } from '../rules/code.ts';

/** Nobody holds half of one. Kilometres, days, shares and sums may have decimals. */
const COUNTED =
  /^(?:人?次|场次|批次|[期场篇份项件个名人家所处条类种起台辆户套座张轮堂支例节部册组批对位间栋盏棵趟艘架块款幅集本])$/u;

export function checkTasks(book: Book): Misfit[] {
  return [
    ...checkOutline(book),
    ...book.tasks.flatMap((task) => (task.retired ? [] : checkTask(book, task))),
    ...book.duties.flatMap((duty) => (duty.retired ? [] : checkDuty(book, duty))),
    ...checkSerials(book),
    ...book.indicators.flatMap((each) => (each.retired ? [] : checkIndicator(book, each))),
    ...checkLabels(book),
    ...book.papers.flatMap(({ code, retired }) =>
      retired || inUse(book, taskOf(code)) ? [] : [noTask('papers', code, taskOf(code))],
    ),
  ];
}

const absent = (at: Omit<Misfit, 'why' | 'absent'>, of: Misfit['sheet'], why: string): Misfit => ({
  ...{ ...at, why, absent: of },
});

const noTask = (sheet: Misfit['sheet'], key: string, task: string): Misfit =>
  absent({ sheet, key, field: 'code' }, isDuty(task) ? 'duties' : 'tasks', `没有任务 ${task},或已停用`);

const inUse = (book: Book, code: string): boolean =>
  [...book.tasks, ...book.duties].some((task) => task.code === code && !task.retired);

function checkOutline({ outline }: Book): Misfit[] {
  const codes = new Set(outline.map(({ code }) => code));
  return outline.flatMap(({ code }) => {
    const [category = ''] = code.split('.');
    return codes.has(category)
      ? []
      : [absent({ sheet: 'outline', key: code, field: 'code' }, 'outline', `「类项」表里没有类 ${category}`)];
  });
}

function checkTask(book: Book, task: BookTask): Misfit[] {
  const measure = task.code.split('.').slice(0, 2).join('.');
  const found = checkCommon('tasks', book, task);
  if (!book.outline.some(({ code }) => code === measure)) {
    found.push(
      absent({ sheet: 'tasks', key: task.code, field: 'code' }, 'outline', `「类项」表里没有项 ${measure}`),
    );
  }
  return found;
}

function checkDuty(book: Book, duty: BookDuty): Misfit[] {
  const { mergedWith, code } = duty;
  const found = checkCommon('duties', book, duty);
  if (mergedWith !== null && !book.indicators.some((each) => each.code === mergedWith && !each.retired)) {
    found.push(
      absent(
        { sheet: 'duties', key: code, field: 'mergedWith' },
        'indicators',
        `没有指标 ${mergedWith},或已停用`,
      ),
    );
  }
  return found;
}

function checkCommon(sheet: 'tasks' | 'duties', book: Book, task: BookTask | BookDuty): Misfit[] {
  const at = (field: string, why: string): Misfit => ({ sheet, key: task.code, field, why });
  const found: Misfit[] = [];
  const { leader, section, coSections } = task;
  if (leader !== null) {
    const person = book.people.find(({ name }) => name === leader);
    if (!person)
      found.push(
        absent(
          { sheet, key: task.code, field: 'leader' },
          'people',
          `「人员」表里没有「${leader}」${meant(book, leader)}`,
        ),
      );
    else if (person.retired) found.push(at('leader', `「${leader}」已停用,请另定责任领导或填待明确`));
    else if (!person.roles.some((role) => role === 'leader' || role === 'secretary')) {
      found.push(at('leader', `「${leader}」的角色不是书记或班子成员`));
    }
  }
  for (const code of [section, ...coSections]) {
    const unit = book.sections.find((each) => each.code === code);
    if (unit?.retired) {
      found.push(at(code === section ? 'section' : 'coSections', `「${unit.name}」已停用`));
    }
  }
  if (section !== null && coSections.includes(section)) found.push(at('coSections', '与责任科室重复'));
  return [...found, ...checkDeadline(book, task).map(({ field, why }) => at(field, why))];
}

/** Whoever goes by that address or post, where there is one: a leader is told by name. */
function meant({ people }: Book, word: string): string {
  const known = people.filter(({ address, post, retired }) => !retired && [address, post].includes(word));
  return known.length === 1 ? `,如指「${known[0]?.name}」请填姓名` : '';
}

/** Only what is said to have come over from the year before keeps a deadline of then. */
function checkDeadline({ plan: [plan] }: Book, { deadline, carried }: BookTask | BookDuty) {
  if (!plan) return [];
  const { starts, ends } = plan;
  if (deadline !== null && (deadline > ends || (deadline < starts && !carried))) {
    const more = deadline < starts ? ';由上年结转、沿用原时限的,请在「结转」列填 是' : '';
    return [{ field: 'deadline', why: `不在方案起止日期之内(${starts}至${ends})${more}` }];
  }
  return carried && (deadline === null || deadline >= starts)
    ? [{ field: 'carried', why: `完成时限不在方案起始日期(${starts})之前,「结转」请留空` }]
    : [];
}

function checkSerials({ tasks }: Book): Misfit[] {
  const first = new Map<number, string>();
  return tasks.flatMap(({ code, serial, retired }): Misfit[] => {
    if (retired) return [];
    const other = first.get(serial);
    if (other !== undefined) {
      return [{ sheet: 'tasks', key: code, field: 'serial', why: `序号 ${serial} 与 ${other} 重复` }];
    }
    first.set(serial, code);
    return [];
  });
}

function checkIndicator(book: Book, each: BookIndicator): Misfit[] {
  const at = (field: keyof BookIndicator, why: string): Misfit => ({
    ...{ sheet: 'indicators' as const, key: each.code, field, why },
  });
  const found: Misfit[] = [];
  const task = taskOf(each.code);
  if (!inUse(book, task)) found.push(noTask('indicators', each.code, task));
  const { comparator, target, targetHigh, kind } = each;
  if (comparator === 'range' && targetHigh === null) found.push(at('targetHigh', '区间须填上限'));
  if (comparator === 'range' && targetHigh !== null && targetHigh <= target) {
    found.push(at('targetHigh', `上限应大于下限 ${target}`));
  }
  if (comparator !== 'range' && targetHigh !== null) found.push(at('targetHigh', '只有区间才填上限'));
  if (!Number.isInteger(target + (targetHigh ?? 0)) && COUNTED.test(each.unit)) {
    found.push(at('target', `单位「${each.unit}」只能是整数;按比例或金额计的请改单位`));
  }
  if (kind === 'limit' && comparator !== '<=') found.push(at('comparator', '限额的要求应为不超过'));
  return [...found, ...checkRatio(book, each)];
}

function checkRatio(book: Book, each: BookIndicator): Misfit[] {
  const at = (field: keyof BookIndicator, why: string): Misfit => ({
    ...{ sheet: 'indicators' as const, key: each.code, field, why },
  });
  if (each.kind !== 'ratio') {
    const filled = (['numerator', 'denominator', 'denominatorOf'] as const).find(
      (field) => each[field] !== '',
    );
    return filled === undefined ? [] : [at(filled, '类型是占比才填')];
  }
  const found: Misfit[] = [];
  if (each.numerator === '') found.push(at('numerator', '占比须写明分子'));
  if (each.denominator === '') found.push(at('denominator', '占比须写明分母'));
  if (each.denominatorOf === '') return found;
  const of = book.indicators.find(({ code, retired }) => code === each.denominatorOf && !retired);
  if (!of) {
    const place = { sheet: 'indicators' as const, key: each.code, field: 'denominatorOf' };
    found.push(absent(place, 'indicators', `没有指标 ${each.denominatorOf},或已停用`));
  }
  if (of && isRound(book, each)) found.push(at('denominatorOf', '分母绕回了自己'));
  return found;
}

/** Whether following denominators comes back to where it began. */
function isRound({ indicators }: Book, start: BookIndicator): boolean {
  const seen = new Set<string>();
  for (let at: BookIndicator | undefined = start; at; ) {
    if (seen.has(at.code)) return at.code === start.code;
    seen.add(at.code);
    const next: string = at.denominatorOf;
    at = next === '' ? undefined : indicators.find(({ code }) => code === next);
  }
  return false;
}

/** In chat an indicator goes by its label: two of one task can't share one. */
function checkLabels({ indicators }: Book): Misfit[] {
  const first = new Map<string, string>();
  return indicators.flatMap(({ code, label, retired }): Misfit[] => {
    if (retired) return [];
    const name = `${taskOf(code)}|${label}`;
    const other = first.get(name);
    if (other !== undefined) {
      return [{ sheet: 'indicators', key: code, field: 'label', why: `与 ${other} 同名,请加以区别` }];
    }
    first.set(name, code);
    return [];
  });
}
