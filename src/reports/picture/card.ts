import { type Box, box, column, row, words } from './draw.ts';

export const ink = '#1c232d';
export const soft = '#5d6673';
export const rule = '#e3e0da';
export const paper = '#f7f4ef';
export const seal = '#a2241d';
export const gold = '#f0d9b0';

export const tone = {
  closed: '#256b3a',
  progress: '#3f6fa3',
  behind: '#946000',
  listed: '#a2241d',
} as const;

export const card = (...children: Box[]): Box =>
  column(
    { backgroundColor: '#fff', border: `2px solid ${rule}`, borderRadius: 18, padding: '32px 36px' },
    ...children,
  );

/** `aside` stands at the right. */
export const heading = (text: string, aside = ''): Box =>
  row(
    { alignItems: 'center', justifyContent: 'space-between', marginBottom: 22 },
    row(
      { alignItems: 'center' },
      box({ width: 10, height: 36, backgroundColor: seal, borderRadius: 3, marginRight: 18 }),
      words(text, { fontSize: 38, fontWeight: 700 }),
    ),
    words(aside, { fontSize: 28, color: soft }),
  );
