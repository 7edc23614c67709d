import { describe, expect, it } from 'vitest';
import { DeliveryBench, newItem, PICTURES, startedBench as started } from './delivery-bench.ts';
import { broken } from './fake-markid.ts';
import { itemsOf } from '../../../support/items-of.ts';

const DAY_MS = 24 * 3_600_000;

describe('courier', () => {
  it('mints, sends and leaves a receipt and nothing else, with progress for each stage', async () => {
    const bench = await started();
    const itemId = await bench.accept();
    expect(bench.markId.calls()).toBe('token, process token-000001');
    expect(bench.state(itemId)).toBeNull();
    expect(bench.disk.names('/data/outbox/items')).toEqual([]);
    expect(bench.courier.outbox.receipts.list(0, 9)).toEqual([
      {
        itemId,
        scanRef: 'scan-000001',
        deliveredAtMs: bench.clock.wallMs(),
        reconciled: false,
        customerReference: null,
      },
    ]);
    expect(bench.news.at(-1)).toMatchObject({
      itemId,
      item: null,
      delivered: { reconciled: false },
    });
    const totalBytes = bench.progress.at(-1)?.totalBytes ?? 0;
    expect(totalBytes).toBeGreaterThan(0);
    expect(bench.progress).toEqual([
      { stage: 'requesting-token', sentBytes: 0, totalBytes: 0 },
      { stage: 'sending', sentBytes: 0, totalBytes },
      { stage: 'sending', sentBytes: totalBytes, totalBytes },
    ]);
  });

  it('asks for a bill only where one is sent', async () => {
    const bench = await started();
    await bench.accept();
    await bench.accept(
      newItem({}, { pictures: { ...PICTURES, UTILITY_BILL: Buffer.from('a bill') } }),
    );
    const minted = bench.markId.log.filter(({ call }) => call === 'token');
    expect(minted).toMatchObject([{ hasBill: false }, { hasBill: true }]);
  });

  it('asks for each token under another client and the same reference', async () => {
    const bench = await started();
    bench.markId.next.token = [broken('NETWORK_UNREACHABLE'), broken('NETWORK_UNREACHABLE')];
    await bench.accept();
    await bench.clock.advance(60_000);
    const minted = bench.markId.log.flatMap((entry) => (entry.call === 'token' ? [entry] : []));
    expect(minted).toHaveLength(3);
    expect(new Set(minted.map(({ clientId }) => clientId)).size).toBe(3);
    expect(new Set(minted.map(({ externalRef }) => externalRef))).toEqual(new Set(['reference-1']));
  });

  it('keeps SENDING, the attempt and the token durably before the first byte of the request', async () => {
    const bench = await started();
    const seen: unknown[] = [];
    bench.markId.during = (path) => {
      if (path !== '/api/v2/process') return;
      const [row] = itemsOf(bench.courier.outbox);
      seen.push(row?.state, bench.record(row?.itemId ?? ''));
    };
    await bench.accept();
    expect(seen).toEqual([
      'SENDING',
      expect.objectContaining({
        state: 'SENDING',
        attempts: 1,
        token: { authToken: 'token-000001', scanRef: 'scan-000001', sinceLivedMs: 0 },
        lastByteLivedMs: 0,
      }),
    ]);
  });

  it('keeps MINTING and the client id durably before it asks for a token', async () => {
    const bench = await started();
    const seen: unknown[] = [];
    bench.markId.during = (path) => {
      if (path !== '/api/v2/token') return;
      const [row] = itemsOf(bench.courier.outbox);
      seen.push(bench.record(row?.itemId ?? ''));
    };
    await bench.accept();
    const [first] = bench.markId.log;
    expect(seen).toEqual([
      expect.objectContaining({
        state: 'MINTING',
        clientId: first?.call === 'token' ? first.clientId : '',
      }),
    ]);
  });

  it('sends one item at a time, the older first', async () => {
    const bench = new DeliveryBench();
    const first = await bench.plant({}, { content: { ...newItem().content, externalRef: 'a' } });
    const second = await bench.plant({}, { content: { ...newItem().content, externalRef: 'b' } });
    let underWay = 0;
    let most = 0;
    bench.markId.during = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await bench.clock.sleep(1000);
      underWay -= 1;
    };
    await bench.start();
    await bench.clock.advance(20_000);
    expect(most).toBe(1);
    expect(
      bench.markId.log.flatMap((entry) => (entry.call === 'token' ? entry.externalRef : [])),
    ).toEqual(['a', 'b']);
    expect([bench.state(first), bench.state(second)]).toEqual([null, null]);
  });

  it('deletes an item that could not be delivered in time, and says so', async () => {
    const bench = new DeliveryBench({ retentionMs: 14 * DAY_MS });
    const itemId = await bench.plant({ state: 'NEEDS_PERSON', code: 'MARKID_BAD_VALUE' });
    await bench.start();
    await bench.clock.advance(14 * DAY_MS - 60_000);
    expect(bench.state(itemId)).toBe('NEEDS_PERSON');
    await bench.clock.advance(2 * 3_600_000);
    expect(bench.state(itemId)).toBeNull();
    expect(bench.disk.names('/data/outbox/items')).toEqual([]);
    expect(bench.events.at(-1)).toMatchObject({ event: 'delivery.item-ended', outcome: 'DELETED' });
  });
});
