/** What a rule's mutants are made in, what must notice them, and how many of a hundred it must. */
export interface Area {
  bar: number;
  mutate: readonly string[];
  tests: readonly string[];
}

export const areas: Record<string, Area> = {
  signature: {
    bar: 100,
    mutate: [
      'src/platforms/incoming.ts',
      'src/platforms/wecom/envelope.ts',
      'src/platforms/dingtalk/sign.ts',
      'src/platforms/dingtalk/dingtalk.ts',
      'src/web/links.ts',
    ],
    tests: [
      'test/platforms/wecom.test.ts',
      'test/platforms/hostileWecom.test.ts',
      'test/platforms/wecomAnswers.test.ts',
      'test/platforms/dingtalk.test.ts',
      'test/platforms/hostileDingtalk.test.ts',
      'test/platforms/pushes.test.ts',
      'test/web/links.test.ts',
    ],
  },
  permission: {
    bar: 100,
    mutate: ['src/ledger/rules/audience.ts', 'src/ledger/rules/task.ts'],
    tests: ['test/ledger/rules/audience.test.ts', 'test/ledger/rules/task.test.ts'],
  },
  escaping: {
    bar: 100,
    mutate: [
      'src/platforms/page.ts',
      'src/platforms/dingtalk/markdown.ts',
      'src/platforms/wecom/fields.ts',
      'src/web/html.ts',
    ],
    tests: [
      'test/platforms/page.test.ts',
      'test/platforms/wecomAnswers.test.ts',
      'test/platforms/hostileWecom.test.ts',
      'test/platforms/dingtalk.test.ts',
    ],
  },
  parser: {
    bar: 90,
    mutate: ['src/chat/parse.ts', 'src/chat/parse/**/*.ts'],
    tests: ['test/chat/**/*.test.ts'],
  },
  outbox: {
    bar: 90,
    mutate: ['src/ledger/outbox.ts', 'src/ledger/outbox/*.ts', 'src/delivery.ts'],
    tests: ['test/delivery/outbox.test.ts', 'test/delivery/order.test.ts', 'test/delivery/trouble.test.ts'],
  },
  schedule: {
    bar: 90,
    mutate: [
      'src/ledger/calendar.ts',
      'src/ledger/calendar/*.ts',
      'src/ledger/days.ts',
      'src/ledger/slots.ts',
      'src/pushes/moment.ts',
      'src/tick.ts',
    ],
    tests: ['test/ledger/calendar.test.ts', 'test/clock/beat.test.ts', 'test/clock/frozen.test.ts'],
  },
  history: {
    bar: 90,
    mutate: [
      'src/ledger/entries.ts',
      'src/ledger/audit.ts',
      'src/ledger/auditFigures.ts',
      'src/ledger/dailySeal.ts',
      'src/ledger/seal.ts',
    ],
    tests: ['test/ledger/entries.test.ts', 'test/ledger/auditFigures.test.ts'],
  },
};
