import type { Update, Write } from './updates.ts';

/** A message as its sender knows it: when it was first sent, how often it got through, and what came back when. */
export interface Sent {
  update: Update;
  since: number;
  tries: number;
  told: { text: string; at: number }[];
}

/** One figure in the ledger, in the order in which the ledger has them. */
export interface Line {
  messageId: string | null;
  indicator: string;
  value: number;
}

/** A sentence about what is wrong, with the message or the indicator that shows it. */
export interface Fault {
  what:
    | 'lost'
    | 'doubled'
    | 'half written'
    | 'written though it was told otherwise'
    | 'written though nobody said it'
    | 'answered in two ways'
    | 'answered with something else'
    | 'told a figure that the ledger does not have'
    | 'written after something that came later'
    | 'shown a wrong total';
  where: string;
}

/** A receipt; 暂不能确认是否已记录 is none. */
const recorded = (text: string) => text.includes('已记录【');
const denied = (text: string) => /未记录|未作记录/.test(text) && !unsure(text);
/** True whether an earlier copy was recorded or not: whoever is told so looks before sending it anew. */
const unsure = (text: string) => /暂不能确认是否已记录|本次未记录/.test(text);

/** Holds what people were told against what the ledger has. Knows nothing of how either came about. */
export function judge(sent: Sent[], ledger: Line[]): Fault[] {
  const lines = grouped(ledger, ({ messageId }) => messageId ?? '');
  const known = new Map(sent.map((each) => [each.update.id, each]));
  const unsaid = [...lines.keys()].filter((id) => !known.has(id));
  return [
    ...sent.flatMap((each) => fateOf(each, lines.get(each.update.id) ?? [])),
    ...unsaid.map((where): Fault => ({ what: 'written though nobody said it', where })),
    ...[...grouped(ledger, ({ indicator }) => indicator).values()].flatMap((its) => inOrder(its, known)),
  ];
}

function fateOf(sent: Sent, lines: Line[]): Fault[] {
  const { update, told } = sent;
  const texts = [...new Set(told.map(({ text }) => text))];
  const has = lines.map(({ indicator, value }) => `${indicator}+${value}`).join(' ') || 'nothing';
  const where = `${update.id} «${update.text}»: told «${texts.join('», «')}», the ledger has ${has}`;
  const faults: Fault['what'][] = [];
  if (lines.length > 0 && !sameWrites(update.writes, lines)) {
    faults.push(lines.length > update.writes.length ? 'doubled' : 'half written');
  }
  if (lines.length === 0 && texts.some(recorded)) faults.push('lost');
  if (lines.length > 0 && texts.some(denied)) faults.push('written though it was told otherwise');
  // What nobody knows at one moment is known at another.
  if (texts.filter((text) => !unsure(text)).length > 1) faults.push('answered in two ways');
  if (!texts.every((text) => recorded(text) || denied(text) || unsure(text))) {
    faults.push('answered with something else');
  }
  return faults.map((what) => ({ what, where }));
}

/** No message of these writes to one indicator twice. */
const sameWrites = (writes: Write[], lines: Line[]): boolean =>
  lines.length === writes.length &&
  writes.every((write) =>
    lines.some((line) => line.indicator === write.indicator && line.value === write.value),
  );

/**
 * The lines of one indicator, added up in the ledger's order: each receipt must tell the total that stands at its
 * line, and what was answered before another message was sent must stand before it.
 */
function inOrder(lines: Line[], known: Map<string, Sent>): Fault[] {
  const faults: Fault[] = [];
  let total = 0;
  let latest = Number.NEGATIVE_INFINITY;
  for (const { messageId, indicator, value } of lines) {
    const before = total;
    total += value;
    const sent = known.get(messageId ?? '');
    const label = sent?.update.writes.find((write) => write.indicator === indicator)?.label;
    const receipt = sent?.told.find(({ text }) => recorded(text));
    const where = `${messageId} (${indicator})`;
    if (receipt && !tells(receipt.text, label ?? '', before, total)) {
      faults.push({ what: 'told a figure that the ledger does not have', where });
    }
    if (receipt && receipt.at < latest) {
      faults.push({ what: 'written after something that came later', where });
    }
    latest = Math.max(latest, sent?.since ?? latest);
  }
  return faults;
}

const tells = (receipt: string, label: string, before: number, after: number): boolean => {
  const found = new RegExp(`^(?:· ?)?${label}:(\\d+)[^\\d→]*→(\\d+)`, 'm').exec(receipt);
  return found?.[1] === String(before) && found[2] === String(after);
};

/** Holds the totals that 查 shows against the ledger's lines. */
export function judgeTotals(shown: Map<string, number | undefined>, ledger: Line[]): Fault[] {
  const totals = new Map<string, number>();
  for (const { indicator, value } of ledger) totals.set(indicator, (totals.get(indicator) ?? 0) + value);
  return [...shown]
    .filter(([indicator, total]) => total !== (totals.get(indicator) ?? 0))
    .map(([where]) => ({ what: 'shown a wrong total', where }));
}

function grouped(lines: Line[], by: (line: Line) => string): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) groups.set(by(line), [...(groups.get(by(line)) ?? []), line]);
  return groups;
}
