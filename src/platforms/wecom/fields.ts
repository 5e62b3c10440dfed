import { createRequire } from 'node:module';
import type { X2jOptions, XMLParser } from 'fast-xml-parser';
import { readJson } from '../incoming.ts';

export type Notation = 'xml' | 'json';

const MOST_TOKENS = 2000;
const options: X2jOptions = {
  parseTagValue: false,
  processEntities: false,
  maxNestedTags: 16,
  isArray: (name) => name === 'MsgItem',
};

let parser: XMLParser | undefined;

/** Loaded with the first XML: most bots are sent JSON, and whoever reads can't wait. */
function parserOf(): XMLParser {
  if (parser) return parser;
  const library: typeof import('fast-xml-parser') = createRequire(import.meta.url)('fast-xml-parser');
  parser = new library.XMLParser(options);
  return parser;
}

/**
 * WeCom says the same in XML and in JSON, with `MsgId`, `msgid` or `msg_id` for a name: here all are `msgid`,
 * and values stay what they were (`007` is not 7). Undefined if the text is neither.
 */
export function readFields(text: string): { notation: Notation; fields: object } | undefined {
  const notation = text.trimStart().startsWith('<') ? 'xml' : 'json';
  const fields = notation === 'xml' ? readXml(text) : readJson(text);
  if (typeof fields !== 'object' || fields === null) return undefined;
  return { notation, fields: Object.fromEntries(rename(fields)) };
}

/** What isn't there may be written as null. */
const rename = (fields: object): [string, unknown][] =>
  Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name.replaceAll('_', '').toLowerCase(), renameIn(value)]);

function renameIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renameIn);
  return typeof value === 'object' && value !== null ? Object.fromEntries(rename(value)) : value;
}

function readXml(text: string): unknown {
  if (!isPlain(text)) return undefined;
  try {
    const document: Record<string, unknown> = parserOf().parse(text, true);
    return document.xml;
  } catch {
    return undefined;
  }
}

/** Elements without attributes, text and CDATA: a DOCTYPE, a comment or an instruction has no place to hide. */
function isPlain(text: string): boolean {
  const token = /<!\[CDATA\[[\s\S]*?\]\]>|<\/?[A-Za-z_][\w.-]*\s*\/?>|[^<]+/gy;
  const elements = text.replace(/^<\?xml[^<>]*\?>/, '');
  let tokens = 0;
  const rest = elements.replace(token, () => {
    tokens += 1;
    return '';
  });
  return rest === '' && tokens <= MOST_TOKENS;
}

/** One element of text; `]]>` is the only thing that CDATA cannot hold. */
export const element = (name: string, text: string): string =>
  `<${name}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
