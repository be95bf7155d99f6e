/** The colour of a number from 16 on, as every terminal of 256 colours has it: `#008700`. */
export function colorOf(number: number): string {
  const parts =
    number >= 232
      ? Array<number>(3).fill(8 + (number - 232) * 10)
      : [36, 6, 1].map((unit) => shade(Math.floor((number - 16) / unit) % 6));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

const shade = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
