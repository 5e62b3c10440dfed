/** How the plan's tasks are numbered, to be put into patterns: by category, measure and place, and its standing duties. */
export const PLACE = '[1-9]\\d?';
export const TASK = `${PLACE}\\.${PLACE}\\.${PLACE}`;
export const DUTY = `G${PLACE}`;
export const CODE = `(?:${TASK}|${DUTY})`;
/** What is measured of one of them, and what is to be handed in. */
export const INDICATOR = `${CODE}/${PLACE}`;
export const PAPER = `${TASK}/d${PLACE}`;

/** One of these and nothing else. */
export const only = (pattern: string): RegExp => new RegExp(`^${pattern}$`);

export const isDuty = (code: string): boolean => code.startsWith('G');

/** The tasks that lines of the bot's are about, in their order: 【4.3.2】, 【G4】. */
export const codesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(MARKED)].flatMap(([, code]) => code ?? [])),
];

const MARKED = new RegExp(`【(${CODE})】`, 'g');
