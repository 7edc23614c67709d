import { describe, expect, it } from 'vitest';
import type { HandedToken } from '../../../../preload/contract/session-channels.ts';
import { error, NOTHING_LEFT, REFUSALS, UNKNOWN_OUTCOME } from './answer-cases.ts';
import { broken, statusIs } from './fake-markid.ts';
import { bench, content } from './submission-bench.ts';

const HANDED: HandedToken = { authToken: 'handed-000001', scanRef: 'scan-handed-1' };

describe('submission with handed-over tokens', () => {
  it('sends the handed token and puts its reference on the receipt', async () => {
    const { markId, submit } = bench('handoff');
    expect(await submit(content(HANDED))).toMatchObject({
      ok: true,
      value: { scanRef: 'scan-handed-1', reconciled: false },
    });
    expect(markId.calls()).toBe('process handed-000001');
  });

  it('has no reference on the receipt where the bank gave none', async () => {
    const { submit } = bench('handoff');
    expect(await submit(content({ authToken: 'handed-000002' }))).toMatchObject({
      ok: true,
      value: { scanRef: null },
    });
  });

  it('asks nobody without a token', async () => {
    const { markId, press } = bench('handoff');
    expect(await press(content(null))).toBe('TOKEN_MISSING');
    expect(markId.log).toEqual([]);
  });

  it.each(NOTHING_LEFT)('sends the same token again after %s', async (code) => {
    const { markId, press } = bench('handoff');
    markId.next.process = [broken(code)];
    expect(await press(content(HANDED))).toBe(code);
    expect(await press(content(HANDED))).toBe('DELIVERED');
    expect(markId.calls()).toBe('process handed-000001, process handed-000001');
  });

  it.each(REFUSALS)('wants another token after %s, and takes it', async (code, reply) => {
    const { markId, press } = bench('handoff');
    markId.next.process = [reply];
    expect(await press(content(HANDED))).toBe(code);
    expect(await press(content(HANDED))).toBe('TOKEN_SPENT');
    expect(await press(content({ authToken: 'handed-000002' }))).toBe('DELIVERED');
    expect(markId.calls()).toBe('process handed-000001, process handed-000002');
  });

  describe.each(UNKNOWN_OUTCOME)('after %s (%#)', (code, reply) => {
    it('is delivered when the status says so', async () => {
      const { markId, press } = bench('handoff');
      markId.next.process = [reply];
      expect(await press(content(HANDED))).toBe('RECONCILED');
      expect(markId.log[1]).toMatchObject({ call: 'status', scanRef: 'scan-handed-1' });
    });

    it('wants another token when the status is EXPIRED', async () => {
      const { markId, press } = bench('handoff');
      markId.next.process = [reply];
      markId.next.status = [statusIs('EXPIRED')];
      expect(await press(content(HANDED))).toBe('TOKEN_SPENT');
      expect(await press(content(HANDED))).toBe('TOKEN_SPENT');
      expect(markId.calls()).toBe('process handed-000001, status');
    });

    it('sends the same token again when the status is ACTIVE after a minute', async () => {
      const { clock, markId, press } = bench('handoff');
      markId.next.process = [reply];
      markId.next.status = [statusIs('ACTIVE'), statusIs('ACTIVE')];
      const isInvalid = code === 'MARKID_TOKEN_NOT_VALID';
      expect(await press(content(HANDED))).toBe(isInvalid ? 'TOKEN_SPENT' : code);
      await clock.advance(60_000);
      expect(await press(content(HANDED))).toBe(isInvalid ? 'TOKEN_SPENT' : 'DELIVERED');
    });

    it('never sends a token again whose fate can not be asked for', async () => {
      const { clock, markId, press } = bench('handoff');
      const unnamed = content({ authToken: 'handed-000003' });
      markId.next.process = [reply];
      const expected = code === 'MARKID_TOKEN_NOT_VALID' ? 'TOKEN_SPENT' : 'DELIVERY_UNCONFIRMED';
      expect(await press(unnamed)).toBe(expected);
      await clock.advance(3_600_000);
      expect(await press(unnamed)).toBe(expected);
      expect(markId.calls()).toBe('process handed-000003');
    });

    it('asks first when staff hands over another token, and sends that one only if need be', async () => {
      const { markId, press } = bench('handoff');
      markId.next.process = [reply];
      markId.next.status = [broken('NETWORK_UNREACHABLE'), statusIs('REVIEWING')];
      expect(await press(content(HANDED))).toBe('DELIVERY_UNCONFIRMED');
      expect(await press(content({ authToken: 'handed-000002' }))).toBe('RECONCILED');
      expect(markId.calls()).toBe('process handed-000001, status, status');
    });

    it('sends another token of the staff when nobody can tell, and never the old one', async () => {
      const { markId, press } = bench('handoff');
      markId.next.process = [reply, error('BAD_VALUE')];
      markId.next.status = [statusIs('DELETED'), statusIs('DELETED')];
      await press(content(HANDED));
      expect(await press(content({ authToken: 'handed-000002' }))).toBe('MARKID_BAD_VALUE');
      expect(await press(content(HANDED))).toBe('TOKEN_SPENT');
      expect(markId.calls()).toBe('process handed-000001, status, status, process handed-000002');
    });
  });
});
