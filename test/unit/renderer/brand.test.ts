import { describe, expect, it } from 'vitest';
import { wearColours } from '../../../renderer/brand.ts';

const style = () => {
  const worn = new Map<string, string | null>();
  return {
    worn,
    setProperty: (name: string, value: string | null) => void worn.set(name, value),
    removeProperty: (name: string) => {
      worn.delete(name);
      return '';
    },
  };
};

const COLOURS = {
  accent: '#000001',
  onAccent: '#000002',
  accentHover: '#000003',
  accentStrong: '#000004',
  accentSoft: '#000005',
  glow: '#000006',
  sceneNear: '#000007',
  sceneFar: '#000008',
};

describe('the colours of a bank on the page', () => {
  it('are put on as custom properties, one for each, and taken off again', () => {
    const page = style();
    wearColours(page, COLOURS);
    expect([...page.worn.values()]).toEqual(Object.values(COLOURS));
    expect(page.worn.get('--brand-accent-strong')).toBe('#000004');
    wearColours(page, null);
    expect(page.worn.size).toBe(0);
  });
});
