/** Files that carry a rule, and the tests that must notice what is broken in them. */
export interface Part {
  mutate: readonly string[];
  tests: readonly string[];
  /** Its tests take milliseconds: what is still at it after seconds never ends. */
  quick?: true;
  /** Its tests touch nothing outside, and are run without Vitest (see pure.ts), ten times as fast. */
  pure?: true;
}

/** How many mutants of a hundred must be noticed, and where they are made. */
export interface Area {
  bar: number;
  parts: readonly Part[];
}

export const areas: Record<string, Area> = {
  signature: {
    bar: 100,
    parts: [
      {
        mutate: ['src/platforms/wecom/envelope.ts'],
        tests: [
          'test/platforms/wecom.test.ts',
          'test/platforms/wecomVectors.test.ts',
          'test/platforms/hostileWecom.test.ts',
          'test/platforms/wecomAnswers.test.ts',
        ],
        quick: true,
      },
      {
        mutate: ['src/platforms/incoming.ts'],
        tests: ['test/platforms/hostileWecom.test.ts', 'test/platforms/hostileDingtalk.test.ts'],
        quick: true,
      },
      {
        mutate: ['src/platforms/dingtalk/sign.ts', 'src/platforms/dingtalk/dingtalk.ts'],
        tests: ['test/platforms/dingtalk.test.ts', 'test/platforms/hostileDingtalk.test.ts'],
        quick: true,
      },
      { mutate: ['src/web/links.ts'], tests: ['test/web/links.test.ts'], quick: true },
    ],
  },
  permission: {
    bar: 100,
    parts: [
      {
        mutate: ['src/ledger/rules/audience.ts', 'src/ledger/rules/task.ts'],
        tests: [
          'test/ledger/rules/audience.test.ts',
          'test/ledger/rules/task.test.ts',
          'test/ledger/rules/twoSteps.test.ts',
        ],
        quick: true,
        pure: true,
      },
    ],
  },
  escaping: {
    bar: 100,
    parts: [
      { mutate: ['src/web/html.ts'], tests: ['test/web/html.test.ts'], quick: true },
      {
        mutate: ['src/platforms/wecom/fields.ts'],
        tests: [
          'test/platforms/wecom.test.ts',
          'test/platforms/wecomVectors.test.ts',
          'test/platforms/wecomAnswers.test.ts',
          'test/platforms/hostileWecom.test.ts',
          'test/platforms/wecomFields.test.ts',
        ],
        quick: true,
      },
      {
        mutate: ['src/chat/plain.ts', 'src/platforms/page.ts', 'src/platforms/dingtalk/markdown.ts'],
        tests: ['test/platforms/page.test.ts', 'test/platforms/dingtalk.test.ts'],
        quick: true,
      },
    ],
  },
  parser: {
    bar: 90,
    parts: [
      {
        mutate: ['src/chat/parse.ts', 'src/chat/parse/**/*.ts'],
        tests: ['test/chat/parse/*.test.ts', 'test/chat/evidence.test.ts', 'test/chat/reason.test.ts'],
        pure: true,
      },
    ],
  },
  outbox: {
    bar: 90,
    parts: [
      {
        mutate: ['src/ledger/outbox/fate.ts', 'src/ledger/outbox/parcels.ts'],
        tests: ['test/delivery/fate.test.ts', 'test/delivery/parcels.test.ts'],
        quick: true,
      },
      {
        mutate: [
          'src/ledger/outbox.ts',
          'src/ledger/outbox/allowance.ts',
          'src/ledger/outbox/claim.ts',
          'src/ledger/outbox/doubt.ts',
          'src/ledger/outbox/drafts.ts',
          'src/ledger/outbox/heard.ts',
        ],
        tests: ['test/ledger/outbox/*.test.ts'],
      },
      { mutate: ['src/delivery.ts', 'src/delivery/*.ts'], tests: ['test/delivery/sending/*.test.ts'] },
    ],
  },
  schedule: {
    bar: 90,
    parts: [
      {
        mutate: ['src/ledger/calendar.ts', 'src/ledger/calendar/*.ts', 'src/ledger/days.ts'],
        tests: ['test/ledger/calendar.test.ts', 'test/ledger/days.test.ts'],
        quick: true,
      },
      { mutate: ['src/pushes/push/moment.ts'], tests: ['test/pushes/moment.test.ts'], quick: true },
      { mutate: ['src/ledger/slots.ts', 'src/tick.ts'], tests: ['test/clock/look/*.test.ts'] },
    ],
  },
  history: {
    bar: 90,
    parts: [
      {
        mutate: [
          'src/ledger/entries.ts',
          'src/ledger/entries/audit.ts',
          'src/ledger/entries/audit/figures.ts',
          'src/ledger/entries/dailySeal.ts',
          'src/ledger/seal.ts',
        ],
        tests: [
          'test/ledger/entries.test.ts',
          'test/ledger/auditFigures.test.ts',
          'test/ledger/hash.test.ts',
          'test/ledger/seal.test.ts',
        ],
      },
    ],
  },
};
