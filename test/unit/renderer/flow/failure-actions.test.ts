/** The table of ways on, over every code there is. */
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../../preload/contract/error-codes.ts';
import { failureActions } from '../../../../renderer/flow/failure-actions.ts';

describe('failureActions', () => {
  it.each(ERROR_CODES)('always offers to end, as the last way on, after %s', (code) => {
    for (const source of ['mint', 'handoff'] as const) {
      const actions = failureActions(code, source);
      expect(actions.at(-1)).toBe('end');
      expect(new Set(actions).size).toBe(actions.length);
    }
  });

  it.each([
    'DELIVERY_UNCONFIRMED',
    'ANSWER_LOST',
    'MARKID_INTERNAL_ERROR',
    'MARKID_REDIRECTED',
    'MARKID_ANSWER_UNREADABLE',
  ] as const)('lets no customer send again what Mark ID may have already: %s', (code) => {
    expect(failureActions(code, 'mint')).toEqual(['end']);
    expect(failureActions(code, 'handoff')).toEqual(['end']);
  });

  it.each(['OUTBOX_FULL', 'STORAGE_LOW', 'STORAGE_FAILED'] as const)(
    'lets a submission be saved again once there is room for it: %s',
    (code) => {
      expect(failureActions(code, 'mint')).toEqual(['retry', 'end']);
    },
  );

  it.each([
    'CREDENTIALS_MISSING',
    'VAULT_NOT_OPEN',
    'NOT_IN_SERVICE',
    'NO_SESSION',
    'MARKID_ENCODING_ERROR',
    'OUTBOX_DAMAGED',
    'OUTBOX_UNAVAILABLE',
    'OUTBOX_STRANDED',
  ] as const)('offers only the end where no customer can help: %s', (code) => {
    expect(failureActions(code, 'mint')).toEqual(['end']);
  });

  it('asks for a new token only where tokens are handed over', () => {
    expect(failureActions('TOKEN_SPENT', 'handoff')).toEqual(['token', 'end']);
    expect(failureActions('TOKEN_SPENT', 'mint')).toEqual(['retry', 'end']);
    for (const code of ERROR_CODES) expect(failureActions(code, 'mint')).not.toContain('token');
  });

  it('lets the pictures be taken again when Mark ID did not recognise the document', () => {
    expect(failureActions('MARKID_ACCEPTED_WITH_ERROR', 'mint')).toEqual([
      'retake',
      'document',
      'end',
    ]);
  });
});
