import { expect, onTestFinished, test } from 'vitest';
import { openLivingHouse } from '../setup/house.ts';
import { openPostgres } from '../setup/stores.ts';

async function enter() {
  const living = await openLivingHouse(await openPostgres(), '2026-04-09', '10:00');
  onTestFinished(living.close);
  return living;
}

test('a command without its object is answered with how it is written', async () => {
  const { say } = await enter();
  const office = (text: string) => say('wecom', 'off_zhuren', text);
  expect(await office('停用')).toContain('未记录。写法:停用 某人');
  expect(await office('绑定码')).toContain('未记录。写法:绑定码 某人');
  expect(await office('新增')).toContain('未记录。写法:新增 姓名 科室');
});

test('a standard never stands bare beside the figure', async () => {
  const { say } = await enter();
  await say('wecom', 'sec_dangwei', '5.1.1 责任书17/20');
  expect(await say('wecom', 'sec_dangwei', '查 5.1.1')).toContain('17/20(85%),应达100%');
});

test('a paper that was handed in is told as done in the history too', async () => {
  const { say } = await enter();
  await say('wecom', 'sec_dangwei', '1.1.2 《政治理论学习考核办法》已印发');
  const history = await say('wecom', 'sec_dangwei', '记录 1.1.2');
  expect(history).toContain('考核办法已完成');
  expect(history).not.toContain('累计1');
});
