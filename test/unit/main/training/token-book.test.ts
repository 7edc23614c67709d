import { describe, expect, it } from 'vitest';
import { createTokenBook, REVIEW_MS } from '../../../../main/training/token-book.ts';
import type { TokenOrder } from '../../../../main/training/validation.ts';
import { FakeClock, seededRandom } from '../../../support/fake-clock.ts';

const order = (changes: Partial<TokenOrder> = {}): TokenOrder => ({
  clientId: 'client',
  expiryTimeS: 3600,
  country: null,
  documents: null,
  externalRef: null,
  tokenType: 'IDENTIFICATION',
  utilityBill: false,
  ...changes,
});

const setUp = () => {
  const clock = new FakeClock();
  const book = createTokenBook({ clock, random: seededRandom(3) });
  const mint = (changes: Partial<TokenOrder> = {}) => {
    const session = book.mint(order(changes));
    if (session === null) throw new Error('no session');
    return session;
  };
  return { clock, book, mint, status: (ref: string) => book.find(ref)?.status };
};

describe('a token', () => {
  it('can be spent once', () => {
    const { book, mint } = setUp();
    const session = mint();
    expect(book.spend(session.authToken)).toBe(session);
    expect(book.spend(session.authToken)).toBeNull();
    expect(book.spend('unknown-token')).toBeNull();
  });

  it('that the bank handed over can be spent once as well, where that is how tokens come', () => {
    const { clock } = setUp();
    const book = createTokenBook({ clock, random: seededRandom(3), takesHandedTokens: true });
    expect(book.spend('handed-000001')?.authToken).toBe('handed-000001');
    expect(book.spend('handed-000001')).toBeNull();
    expect(book.spend('handed-000002')).not.toBeNull();
  });

  it('can be spent until the millisecond its life ends', async () => {
    const { clock, book, mint } = setUp();
    const early = mint({ clientId: 'a', expiryTimeS: 10 });
    const late = mint({ clientId: 'b', expiryTimeS: 10 });
    await clock.advance(9_999);
    expect(book.spend(early.authToken)).toBe(early);
    await clock.advance(1);
    expect(book.spend(late.authToken)).toBeNull();
  });

  it('does not age when somebody sets the wall clock', () => {
    const { clock, mint, status } = setUp();
    const session = mint();
    clock.jumpWall(10 * 86_400_000);
    expect(status(session.scanRef)).toBe('ACTIVE');
  });
});

describe('a session', () => {
  it('goes from ACTIVE over REVIEWING to APPROVED, and does not expire once accepted', async () => {
    const { clock, book, mint, status } = setUp();
    const session = mint({ expiryTimeS: 10 });
    expect(status(session.scanRef)).toBe('ACTIVE');
    book.spend(session.authToken);
    book.accept(session);
    expect(status(session.scanRef)).toBe('REVIEWING');
    await clock.advance(REVIEW_MS - 1);
    expect(status(session.scanRef)).toBe('REVIEWING');
    await clock.advance(1);
    expect(status(session.scanRef)).toBe('APPROVED');
  });

  it('is EXPIRED when its time is over unused, and when its token was spent in vain', async () => {
    const { clock, book, mint, status } = setUp();
    const spent = mint({ clientId: 'a' });
    const unused = mint({ clientId: 'b', expiryTimeS: 10 });
    book.spend(spent.authToken);
    await clock.advance(10_000);
    expect(status(spent.scanRef)).toBe('EXPIRED');
    expect(status(unused.scanRef)).toBe('EXPIRED');
  });

  it('can be deleted as soon as its token can not be used any more', () => {
    const { book, mint, status } = setUp();
    const session = mint();
    expect(book.remove(session.scanRef)).toBe(false);
    book.spend(session.authToken);
    expect(book.remove(session.scanRef)).toBe(true);
    expect(status(session.scanRef)).toBe('DELETED');
  });

  it('keeps its client from another one only while it is ACTIVE', async () => {
    const { clock, book, mint } = setUp();
    mint({ expiryTimeS: 10 });
    expect(book.mint(order())).toBeNull();
    expect(book.mint(order({ clientId: 'other' }))).not.toBeNull();
    await clock.advance(10_000);
    const next = mint();
    book.spend(next.authToken);
    expect(book.mint(order())).not.toBeNull();
  });
});

it('forgets the oldest session when there are more than 10 000', () => {
  const { book, mint, status } = setUp();
  const first = mint({ clientId: 'client-0' });
  const second = mint({ clientId: 'client-1' });
  for (let n = 2; n <= 10_000; n += 1) mint({ clientId: `client-${n}` });
  expect(status(first.scanRef)).toBeUndefined();
  expect(book.spend(first.authToken)).toBeNull();
  expect(status(second.scanRef)).toBe('ACTIVE');
});
