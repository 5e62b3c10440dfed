import { spokenAt } from '../../chat/words.ts';
import { html, type Markup, textOf } from '../html.ts';
import type { Page, View } from './view.ts';

/** Seconds after which a wall's page is fetched anew. */
const ANEW = 300;

const head = (root: string, title: string, more: Markup | null = null): Markup => html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
${more}<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="${root}/board/seal.svg">
${['base', 'parts', 'rows', 'task', 'wall'].map(
  (name) => html`<link rel="stylesheet" href="${root}/board/${name}.css">
`,
)}<link rel="stylesheet" media="print" href="${root}/board/print.css">
</head>`;

/** The whole of a page, with who it is for and when it was true. */
export function framed(root: string, view: View, page: Page): string {
  const { plan, name } = view.reader;
  const asOf = spokenAt(view.now, plan.timeZone);
  const refresh = html`<meta http-equiv="refresh" content="${ANEW}">
`;
  return textOf(html`${head(root, `${page.title} · ${plan.org}`, page.kind === 'wall' ? refresh : null)}
<body${page.kind === undefined ? null : html` class="${page.kind}"`}>
<a class="skip" href="#main">跳到正文</a>
<header class="top">
<span class="seal" aria-hidden="true">督</span>
<div class="brand">
<p class="org">${plan.org}</p>
<p class="plan">${plan.title}</p>
</div>
<p class="asof">数据截至<time datetime="${view.now.toISOString()}">${asOf}</time></p>
</header>
${trail(page)}<main id="main">
<h1${page.trail ? null : html` class="unseen"`}>${page.title}</h1>
${page.body}
</main>
<footer class="foot">
<p>本页供${name}查看,请勿转发。链接${spokenAt(view.until, plan.timeZone)}前有效,过期后发「总览」取得新的链接。</p>
<p>每项任务的每次登记都可在其页面核对。${plan.contact.name ? `意见建议请向${plan.contact.name}反映。` : ''}</p>
</footer>
</body>
</html>
`);
}

const trail = ({ trail: ways }: Page): Markup | null =>
  ways === undefined
    ? null
    : html`<nav class="trail" aria-label="位置">
${ways.map(({ name, link }) => html`<a href="${link}">${name}</a>`)}
</nav>
`;

/** The same for a link that is over, changed or incomplete: it says nothing but how to get another one. */
export const overPage = (root: string): string =>
  plainPage(
    root,
    '链接已失效',
    '这个链接已过期或不完整。请在企业微信或钉钉里向督办发「总览」,取得新的链接。',
  );

/** The same for what doesn't exist and for what isn't this reader's. */
export const nothingPage = (root: string): string =>
  plainPage(root, '没有这一页', '该事项由责任科室或整改办办理,请与整改办联系;发「总览」可取得看板的链接。');

const plainPage = (root: string, title: string, words: string): string =>
  textOf(html`${head(root, title)}
<body class="plain">
<main id="main">
<span class="seal" aria-hidden="true">督</span>
<h1>${title}</h1>
<p>${words}</p>
</main>
</body>
</html>
`);
