import { createHash } from 'node:crypto';
import { HEAD } from './for-others.ts';
import { gapWords, type Numbered, numbered } from './replay.ts';
import { viewOf } from './step-view.ts';
import type { Turns } from './turns.ts';

/** A conversation as one HTML page without scripts, links or anything from elsewhere, piece by piece. */
export async function* pageOf(turns: Turns, version: string): AsyncGenerator<string> {
  let [title, count] = ['', 0];
  const steps = numbered(turns, (words) => {
    title = words;
  });
  for await (const one of steps) {
    if (count === 0) yield headOf(title, [`Played back by atom ${version}, redacted.`, ...HEAD]);
    yield stepHtml(one);
    count = one.count;
  }
  if (count === 0) yield headOf(title, ['Nothing was said in it.']);
  yield '</main>\n</body>\n</html>\n';
}

const STYLE = `:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;margin:0}
main{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.2rem}
section{border-left:4px solid #888;padding:.1rem .8rem;margin:.8rem 0}
.said{border-color:#36c}.good{border-color:#283}.ask{border-color:#b70}.bad{border-color:#c33}
h2{font-size:1rem;margin:.2rem 0}
h2 time,h2 span{font-weight:normal;opacity:.7}
ul{margin:.2rem 0;padding-left:1.2rem;opacity:.85}
li,pre{overflow-wrap:anywhere}
pre{white-space:pre-wrap;margin:.3rem 0;font:13px/1.45 ui-monospace,monospace}`;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const headOf = (title: string, lines: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
`;

function stepHtml({ step, count, before }: Numbered): string {
  const { title, tone, facts, block } = viewOf(step);
  const gap = gapWords(step.at, before);
  const list = facts.map((fact) => `<li>${escaped(fact)}</li>`).join('');
  return [
    `<section class="${tone}">`,
    `<h2>${count} <time>${sinceStart(step.at)}</time> ${escaped(title)} <span>${gap}</span></h2>`,
    ...(list === '' ? [] : [`<ul>${list}</ul>`]),
    ...(block === undefined ? [] : [`<pre>${escaped(block)}</pre>`]),
    '</section>\n',
  ].join('\n');
}

/** `1:02:03.045` after the first step. */
function sinceStart(ms: number): string {
  const time = new Date(Math.max(0, ms)).toISOString();
  const hours = Math.floor(Math.max(0, ms) / 3_600_000);
  return `${hours}:${time.slice(14, 23)}`;
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that means nothing but itself, wherever it stands in a page. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
