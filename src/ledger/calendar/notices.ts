/** Days of one year as `MM-DD`, or the first and the last of several. */
type Days = string | readonly [first: string, last: string];

interface Notice {
  off: readonly Days[];
  /** Saturdays and Sundays that are worked to make up. */
  work: readonly string[];
}

/**
 * The State Council's yearly notices (国务院办公厅关于部分节假日安排的通知): 2025's of 2024-11-12 (国办发明电〔2024〕12号),
 * 2026's of 2025-11-04.
 */
export const notices: Readonly<Record<string, Notice>> = {
  2025: {
    off: [
      '01-01',
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    work: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    off: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    work: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

/**
 * The public holidays of 全国年节及纪念日放假办法 as revised in 2024, for years without a notice. Those that follow the
 * moon or the sun are known for 2027; for later years only the holidays with a fixed date are.
 */
export function statutory(year: string): readonly Days[] {
  const fixed: Days[] = ['01-01', ['05-01', '05-02'], ['10-01', '10-03']];
  return year === '2027' ? [...fixed, ['02-05', '02-08'], '04-05', '06-09', '09-15'] : fixed;
}
