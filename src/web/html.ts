const MARKUP = Symbol('markup');

/** Text that is HTML already; nothing but `html` makes it. */
export interface Markup {
  readonly [MARKUP]: string;
}

type Part = Markup | string | number | null | undefined | false | readonly Part[];

/**
 * HTML in which everything that is put in stays words: also between quotes, in an attribute. What is Markup itself goes in
 * as it is; null, undefined and false leave nothing.
 */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Markup {
  const text = texts.map((before, index) => written(parts[index - 1]) + before);
  return { [MARKUP]: text.join('') };
}

export const textOf = (markup: Markup): string => markup[MARKUP];

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return part.replace(/[&<>"'`]/g, (mark) => `&#${mark.charCodeAt(0)};`);
  if (typeof part === 'number') return String(part);
  return MARKUP in part ? part[MARKUP] : part.map(written).join('');
}
