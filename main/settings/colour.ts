/** Colours as the policy writes them, and how well one is told from another. */

/** sRGB as `#rrggbb`. */
export type Colour = `#${string}`;

export const isColour = (value: unknown): value is Colour =>
  typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value);

type Channels = readonly [red: number, green: number, blue: number];

/** From 0 to 255 each. */
const channelsOf = (colour: Colour): Channels => {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
};

/** Linear light of a channel. Source: WCAG 2.2, "relative luminance". */
const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** From 0 (black) to 1 (white). Source: WCAG 2.2, "relative luminance". */
const luminance = (colour: Colour): number => {
  const [red, green, blue] = channelsOf(colour);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
};

/** From 1 (the same) to 21 (black on white). Source: WCAG 2.2, "contrast ratio". */
export const contrast = (one: Colour, other: Colour): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

/** `share` of the way from one colour to another, channel by channel in sRGB. */
export const mix = (from: Colour, to: Colour, share: number): Colour => {
  const target = channelsOf(to);
  const hex = channelsOf(from).map((channel, index) =>
    Math.round(channel + ((target[index] ?? 0) - channel) * share)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
};
