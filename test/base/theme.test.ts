import { describe, expect, it } from 'vitest';
import { HUES, type Hue, type Theme, themeFrom } from '../../src/base/theme.ts';
import { colorOf } from './colors.ts';

const hex = (text: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16));

/** WCAG 2: relative luminance, and the contrast of two. */
function luminance(color: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: readonly number[], other: readonly number[]): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Grounds of terminals as they are delivered. */
const LIGHT = { white: '#ffffff', 'solarized light': '#fdf6e3', 'one light': '#fafafa' };
const DARK = { black: '#000000', 'gnome dark': '#1e1e1e', 'solarized dark': '#002b36' };

const cases = (themes: readonly Theme[], grounds: Readonly<Record<string, string>>) =>
  themes.flatMap((theme) =>
    (Object.keys(HUES[theme]) as Hue[]).flatMap((hue) =>
      Object.entries(grounds).map(([name, ground]) => ({ theme, hue, name, ground })),
    ),
  );
const seen = ({ theme, hue, ground }: ReturnType<typeof cases>[number]): number =>
  contrast(hex(colorOf(HUES[theme][hue])), hex(ground));

describe('every colour that is drawn', () => {
  it.each([...cases(['light'], LIGHT), ...cases(['dark'], DARK)])(
    'can be read where the ground is known: $theme $hue on $name',
    (one) => expect(seen(one)).toBeGreaterThanOrEqual(4.5),
  );

  it.each(cases(['either'], { ...LIGHT, ...DARK }))(
    'can be told where nobody knows the ground: $hue on $name',
    (one) => expect(seen(one)).toBeGreaterThanOrEqual(3),
  );

  it('is no yellow, green or cyan of a palette: on light ones those cannot be read', () => {
    const palettes = {
      'solarized light': ['#fdf6e3', '#b58900', '#859900', '#2aa198'],
      'gnome light': ['#ffffff', '#a2734c', '#26a269', '#2aa1b3'],
      'macos basic': ['#ffffff', '#999900', '#00a600', '#00a6b2'],
      xterm: ['#ffffff', '#cdcd00', '#00cd00', '#00cdcd'],
    };
    for (const [ground = '', ...colors] of Object.values(palettes))
      for (const color of colors)
        expect(contrast(hex(color), hex(ground)), `${color} on ${ground}`).toBeLessThan(4.5);
    expect(
      Object.values(HUES)
        .flatMap((hues) => Object.values(hues))
        .every((n) => n > 15),
    ).toBe(true);
  });
});

it.each([
  [undefined, 'either'],
  ['default;default', 'either'],
  ['0;15', 'light'],
  ['0;default;15', 'light'],
  ['15;0', 'dark'],
  ['15;default;0', 'dark'],
  ['12;8', 'dark'],
] as const)('COLORFGBG %j means a ground for %s', (said, theme) =>
  expect(themeFrom(said)).toBe(theme),
);
