import { describe, expect, it } from 'vitest';
import { lacking, readReference, referenceWord, toType } from '../../src/chat/evidence.ts';

const today = '2026-04-13';

describe('a piece of evidence, as it is told', () => {
  it.each([
    ['督查通报(科内卷3)', '材料', '督查通报', null, '科内卷3'],
    ['督查通报(科内卷3', '材料', '督查通报', null, '科内卷3'],
    ['演练方案、照片 存科内卷2', '材料', '演练方案、照片', null, '科内卷2'],
    ['演练照片3张 存科内卷2', '影像', '演练照片3张', null, '科内卷2'],
    ['评估报告,档案室', '材料', '评估报告', null, '档案室'],
    ['责任书扫描件20份', '材料', '责任书扫描件20份', null, ''],
    ['市教体〔2026〕18号', '文件', '市教体〔2026〕18号', null, ''],
    ['会议纪要第7期', '材料', '会议纪要第7期', null, ''],
    ['演练简报 4月9日 科内卷5', '材料', '演练简报', '2026-04-09', '科内卷5'],
    ['年终总结,12月30日,存档案室', '材料', '年终总结', '2025-12-30', '档案室'],
    ['演练简报 4月20日 存科内卷5', '材料', '演练简报', '2026-04-20', '科内卷5'],
    ['考核办法 市教体〔2026〕18号 2026-03-02', '文件', '考核办法 市教体〔2026〕18号', '2026-03-02', ''],
    ['会议纪要(4月10日,纪委卷3)', '材料', '会议纪要', '2026-04-10', '纪委卷3'],
    ['会议纪要(纪委卷3、2026-04-10)', '材料', '会议纪要', '2026-04-10', '纪委卷3'],
    ['演练简报(2月25日,存科内卷5)', '材料', '演练简报', '2026-02-25', '科内卷5'],
    ['现场照片(2月30日)', '影像', '现场照片(2月30日)', null, ''],
  ])('%s', (words, kind, name, datedOn, keptAt) => {
    expect(readReference(words, today)).toEqual({ kind, name, datedOn, keptAt });
  });

  it.each([
    ['', '名称或文号、日期、存放处', '名称 日期 存放处'],
    ['。。', '名称或文号、日期、存放处', '名称 日期 存放处'],
    ['4月9日', '名称或文号、存放处', '名称 4月9日 存放处'],
    ['(科内卷3)', '名称或文号、日期', '名称 日期 存科内卷3'],
    ['会议纪要第7期', '日期、存放处', '会议纪要第7期 日期 存放处'],
    ['演练简报 4月9日 存科内卷5', '', '演练简报 4月9日 存科内卷5'],
  ])('%s lacks %s', (words, missing, typed) => {
    const reference = readReference(words, today);
    expect(lacking(reference).join('、')).toBe(missing);
    expect(toType(reference)).toBe(typed);
  });

  it('is told back in one phrase', () => {
    const told = (words: string) => referenceWord(readReference(words, today));
    expect(told('演练简报 4月9日 存科内卷5')).toBe('演练简报(4月9日,存科内卷5)');
    expect(told('会议纪要第7期')).toBe('会议纪要第7期');
  });
});
