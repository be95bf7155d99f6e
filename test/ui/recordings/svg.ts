import stringWidth from 'string-width';
import { colorOf } from '../../base/colors.ts';

/** Of one cell, in pixels: QR codes in half blocks stay square. */
const CELL = { width: 9, height: 18 };
const MARGIN = 12;
/** What a terminal has where no program says otherwise. */
const GROUNDS = {
  dark: { paper: '#16181d', ink: '#d8dbe2' },
  light: { paper: '#ffffff', ink: '#24292f' },
} as const;
type Ground = (typeof GROUNDS)[keyof typeof GROUNDS];
/** The colours of SGR 30 to 37. */
const COLORS = [
  ...['#16181d', '#f2777a', '#99cc99', '#ffcc66'],
  ...['#6699cc', '#cc99cc', '#66cccc', '#d8dbe2'],
] as const;

interface Look {
  readonly color?: string | undefined;
  readonly ground?: string | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
}

/** A terminal's screen, as tmux captures it with its SGR sequences, as an SVG of its own size. `title` says what it is. */
export function svgOf(
  painted: string,
  title: string,
  theme: keyof typeof GROUNDS = 'dark',
): string {
  const look = GROUNDS[theme];
  const rows = painted.replace(/\s+$/, '').split('\n');
  const drawn = rows.map((row) => piecesOf(row));
  const columns = Math.max(...rows.map((row) => stringWidth(row)));
  const [width, height] = [columns * CELL.width, rows.length * CELL.height].map(
    (size) => size + 2 * MARGIN,
  );
  const body = drawn.flatMap((pieces, at) => pieces.map((piece) => elementOf(piece, at, look)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${look.paper}"/>`,
    `<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="15" fill="${look.ink}" xml:space="preserve" shape-rendering="crispEdges">`,
    ...body,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

interface Piece {
  readonly text: string;
  readonly column: number;
  readonly look: Look;
}

/** A row as pieces that look the same throughout. */
function piecesOf(row: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let look: Look = {};
  let column = 0;
  for (const [, codes, text = ''] of row.matchAll(/\u001b\[([\d;]*)m|([^\u001b]+)/g)) {
    if (codes !== undefined) look = styled(codes, look);
    else {
      pieces.push({ text, column, look });
      column += stringWidth(text);
    }
  }
  return pieces.filter(
    (piece) => piece.text.trim() !== '' || piece.look.inverse || piece.look.ground,
  );
}

/** How it looks after a sequence: `38;5;28` is one of the 256 colours, every other number stands alone. */
function styled(codes: string, look: Look): Look {
  const numbered = /^38;5;(\d+)(?:;|$)(.*)$/.exec(codes);
  if (numbered) {
    const coloured = { ...look, color: colorOf(Number(numbered[1])) };
    return numbered[2] ? styled(numbered[2], coloured) : coloured;
  }
  const [first = '', rest] = /^(\d*);(.*)$/.exec(codes)?.slice(1) ?? [codes];
  const next = after(look, Number(first));
  return rest === undefined ? next : styled(rest, next);
}

/** How it looks after one more SGR code. */
function after(look: Look, code: number): Look {
  if (code === 0) return {};
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 7) return { ...look, inverse: true };
  if (code === 22) return { ...look, bold: false, dim: false };
  if (code === 27) return { ...look, inverse: false };
  if (code === 39) return { ...look, color: undefined };
  if (code === 49) return { ...look, ground: undefined };
  if (code >= 30 && code <= 37) return { ...look, color: COLORS[code - 30] };
  if (code >= 90 && code <= 97) return { ...look, color: COLORS[code - 90] };
  if (code >= 40 && code <= 47) return { ...look, ground: COLORS[code - 40] };
  throw new Error(`no picture knows SGR ${code}`);
}

const groundOf = ({ inverse, ground, color }: Look, { ink }: Ground): string | undefined =>
  inverse ? (color ?? ink) : ground;

function elementOf({ text, column, look }: Piece, row: number, theme: Ground): string {
  const [x, top] = [MARGIN + column * CELL.width, MARGIN + row * CELL.height];
  const width = stringWidth(text) * CELL.width;
  const ground = groundOf(look, theme);
  const color = look.inverse ? theme.paper : look.color;
  const box = ground
    ? `<rect x="${x}" y="${top}" width="${width}" height="${CELL.height}" fill="${ground}"/>`
    : '';
  const shown = [
    ...(color ? [` fill="${color}"`] : []),
    ...(look.bold ? [' font-weight="bold"'] : []),
    ...(look.dim ? [' opacity="0.6"'] : []),
  ].join('');
  const place = `x="${x}" y="${top + 14}" textLength="${width}"`;
  return `${box}<text ${place}${shown}>${escaped(text)}</text>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
