import stringWidth from 'string-width';

/** Of one cell, in pixels: QR codes in half blocks stay square. */
const CELL = { width: 9, height: 18 };
const MARGIN = 12;
const PAPER = '#16181d';
const INK = '#d8dbe2';
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
export function svgOf(painted: string, title: string): string {
  const rows = painted.replace(/\s+$/, '').split('\n');
  const drawn = rows.map((row) => piecesOf(row));
  const columns = Math.max(...rows.map((row) => stringWidth(row)));
  const [width, height] = [columns * CELL.width, rows.length * CELL.height].map(
    (size) => size + 2 * MARGIN,
  );
  const body = drawn.flatMap((pieces, at) => pieces.map((piece) => elementOf(piece, at)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>`,
    `<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="15" fill="${INK}" xml:space="preserve" shape-rendering="crispEdges">`,
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
    if (codes !== undefined) look = codes.split(';').map(Number).reduce(after, look);
    else {
      pieces.push({ text, column, look });
      column += stringWidth(text);
    }
  }
  return pieces.filter((piece) => piece.text.trim() !== '' || groundOf(piece.look) !== undefined);
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

const groundOf = ({ inverse, ground, color }: Look): string | undefined =>
  inverse ? (color ?? INK) : ground;

function elementOf({ text, column, look }: Piece, row: number): string {
  const [x, top] = [MARGIN + column * CELL.width, MARGIN + row * CELL.height];
  const width = stringWidth(text) * CELL.width;
  const ground = groundOf(look);
  const color = look.inverse ? PAPER : look.color;
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
