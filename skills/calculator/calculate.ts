/** A number, and whether it was written with a per cent sign: `80 + 15%` is 92. */
interface Term {
  readonly value: number;
  readonly percent?: boolean;
}

const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  sqrt: Math.sqrt,
  abs: Math.abs,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
  min: Math.min,
  max: Math.max,
  exp: Math.exp,
  ln: Math.log,
  log: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
};
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };
const SAME: Readonly<Record<string, string>> = {
  '×': '*',
  '·': '*',
  '÷': '/',
  '−': '-',
  ':': '/',
  '**': '^',
  of: '*',
};
const TOKEN =
  /\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[a-zπ]+|\*\*|[-+*/^%(),×·÷−:])/iy;
const DEEPEST = 50;

/** Works out an expression. No code is run: it is read word by word. Throws Error in words. */
export function calculate(expression: string): number {
  const reader = new Reader(tokensOf(expression));
  const { value } = reader.sum();
  reader.end();
  if (!Number.isFinite(value)) throw new Error('That has no finite result.');
  return value;
}

/** Twelve digits are more than floating point leaves of `0.1 + 0.2`. */
export const numberText = (value: number): string =>
  Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(12)));

function tokensOf(expression: string): readonly string[] {
  const tokens: string[] = [];
  const text = expression.trim().replace(/\s*[=?]+$/, '');
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new Error(`I cannot calculate with “${text.slice(at).trim()}”.`);
    const low = token.toLowerCase();
    tokens.push(SAME[low] ?? low);
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token !== undefined) throw new Error(`“${token}” is not expected there.`);
  }

  sum(): Term {
    if (++this.#depth > DEEPEST) throw new Error('That is nested too deeply.');
    let left = this.#product();
    for (let sign = this.#take('+', '-'); sign !== undefined; sign = this.#take('+', '-')) {
      const right = this.#product();
      const by = right.percent && !left.percent ? left.value * right.value : right.value;
      left = { value: sign === '+' ? left.value + by : left.value - by };
    }
    this.#depth -= 1;
    return left;
  }

  #product(): Term {
    let left = this.#signed();
    for (let sign = this.#take('*', '/'); sign !== undefined; sign = this.#take('*', '/')) {
      const right = this.#signed();
      left = { value: sign === '*' ? left.value * right.value : left.value / right.value };
    }
    return left;
  }

  #signed(): Term {
    if (this.#take('+') !== undefined) return this.#signed();
    if (this.#take('-') === undefined) return this.#power();
    const { value, percent = false } = this.#signed();
    return { value: -value, percent };
  }

  #power(): Term {
    const base = this.#percent();
    if (this.#take('^') === undefined) return base;
    return { value: base.value ** this.#signed().value };
  }

  #percent(): Term {
    const value = this.#single();
    return this.#take('%') === undefined ? { value } : { value: value / 100, percent: true };
  }

  #single(): number {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error('Something is missing at the end.');
    if (/^[\d.]/.test(token)) return Number(token.replaceAll(',', ''));
    if (token === '(') return this.#closed(this.sum().value);
    if (Object.hasOwn(CONSTANTS, token)) return CONSTANTS[token] ?? 0;
    const work = Object.hasOwn(FUNCTIONS, token) ? FUNCTIONS[token] : undefined;
    if (!work) throw new Error(`“${token}” is not expected there.`);
    if (this.#take('(') === undefined) throw new Error(`${token} needs parentheses: ${token}(2).`);
    const values = [this.sum().value];
    while (this.#take(',') !== undefined) values.push(this.sum().value);
    return this.#closed(work(...values));
  }

  #closed(value: number): number {
    if (this.#take(')') === undefined) throw new Error('A parenthesis is not closed.');
    return value;
  }

  #take(...wanted: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.#at += 1;
    return token;
  }
}
