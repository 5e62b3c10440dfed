import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Font } from 'satori';

/** A box of a picture: CSS's flex model, as far as satori knows it. */
export interface Box {
  type: string;
  props: { style: Record<string, string | number>; children?: Child | Child[] };
}
type Child = Box | string;

/** Pixels; a phone shows it at a third. */
export const WIDTH = 1080;

export const box = (style: Record<string, string | number>, ...children: Child[]): Box => ({
  type: 'div',
  props: { style: { display: 'flex', ...style }, ...(children.length === 0 ? {} : { children }) },
});

export const row = (style: Record<string, string | number>, ...children: Child[]): Box =>
  box(style, ...children);

export const column = (style: Record<string, string | number>, ...children: Child[]): Box =>
  box({ flexDirection: 'column', ...style }, ...children);

/** How wide words stand at this size: half of it for what is half-width, and hardly more than a quarter for a dot. */
export const widthOf = (text: string, fontSize: number): number =>
  [...text].reduce((sum, each) => sum + (each === '.' ? 0.3 : each.charCodeAt(0) < 128 ? 0.58 : 1), 0) *
  fontSize;

/** The size at which words stand whole in their room, or the wanted one. */
export const fitting = (text: string, wanted: number, room: number): number =>
  Math.min(wanted, Math.floor((wanted * room) / widthOf(text, wanted)));

/** A line of words; one that is too long for its place ends in …. */
export const words = (text: string, style: Record<string, string | number>, lines = 1): Box =>
  box({ display: 'block', lineClamp: lines, ...style }, text);

/**
 * The tree as a PNG, as high as what is in it. The letters are drawn as outlines: no font of the system is used. What
 * draws is loaded with the first picture: it costs a third of a start, and a picture is drawn a few times a year.
 */
export async function draw(tree: Box): Promise<Buffer> {
  const [{ default: satori }, { renderAsync }] = await Promise.all([
    import('satori'),
    import('@resvg/resvg-js'),
  ]);
  const svg = await satori(tree as Parameters<typeof satori>[0], { width: WIDTH, fonts: fonts() });
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return image.asPng();
}

/** One array for all pictures: satori keeps what it has read of it. */
let read: Font[] | undefined;

function fonts(): Font[] {
  const folder = dirname(
    createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'),
  );
  const font = (weight: 400 | 700, name: string): Font => ({
    name: 'Noto Sans SC',
    weight,
    style: 'normal',
    data: readFileSync(join(folder, `${weight}${name}`, `NotoSansSC_${weight}${name}.ttf`)),
  });
  read ??= [font(400, 'Regular'), font(700, 'Bold')];
  return read;
}
