/**
 * What a customer may do after a failure: the one table from code to ways on. Ending is always
 * among them. A submission failed before it was saved, or Mark ID refused it: either way it may be
 * submitted again. What Mark ID may have already is for the outbox and staff to find out.
 */
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';

/**
 * `retry` does again what failed; `retake` goes to the pictures; `document` chooses another one;
 * `token` takes a new verification token; `end` forgets the customer.
 */
export type FailureAction = 'retry' | 'retake' | 'document' | 'token' | 'end';

/** The ways on after the code, best first; `end` is always the last. */
export const failureActions = (
  code: ErrorCode,
  tokenSource: AppStatus['tokenSource'],
): readonly FailureAction[] => {
  switch (code) {
    // Passing faults, and faults somebody elsewhere repairs (network, credit, contract).
    case 'RATE_LIMITED':
    case 'BUSY':
    case 'INTERNAL_FAULT':
    case 'CONSENT_OUTDATED':
    case 'SUBMISSION_RUNNING':
    case 'OUTBOX_FULL':
    case 'STORAGE_LOW':
    case 'STORAGE_FAILED':
    case 'ITEM_DAMAGED':
    case 'NETWORK_UNREACHABLE':
    case 'PROXY_REFUSED':
    case 'TLS_NOT_TRUSTED':
    case 'SEND_CANCELLED':
    case 'MARKID_CLIENT_BUSY':
    case 'MARKID_TOO_MANY_REQUESTS':
    case 'MARKID_UNAUTHORIZED':
    case 'MARKID_PAYMENT_REQUIRED':
    case 'MARKID_PERMISSIONS_ERROR':
    case 'MARKID_PARTNER_CONTRACT_ERROR':
      return ['retry', 'end'];

    // The pictures are not what was asked for.
    case 'PICTURE_MISSING':
    case 'PICTURE_UNREADABLE':
    case 'PICTURE_FORMAT_UNSUPPORTED':
    case 'PICTURE_TOO_MANY_BYTES':
    case 'PICTURE_TOO_MANY_PIXELS':
    case 'PICTURE_TOO_SMALL':
    case 'PICTURE_NOT_COMPRESSIBLE':
    case 'SUBMISSION_TOO_LARGE':
    case 'MARKID_REQUEST_TOO_LARGE':
    // A scanner gave none; the way back to the pictures leads to the camera too.
    case 'SCANNER_NONE_FOUND':
    case 'SCANNER_UNREACHABLE':
    case 'SCANNER_FEEDER_EMPTY':
    case 'SCANNER_JAMMED':
    case 'SCANNER_COVER_OPEN':
    case 'SCANNER_BUSY':
    case 'SCANNER_ACCESS_DENIED':
    case 'SCANNER_INTERRUPTED':
    case 'SCANNER_PICTURE_INCOMPLETE':
    case 'SCANNER_STORAGE_FULL':
    case 'SCANNER_STOPPED_ANSWERING':
    case 'SCANNER_CANCELLED':
    case 'SCANNER_TOO_LARGE':
    case 'SCANNER_NOT_UNDERSTOOD':
    case 'SCANNER_UNSUPPORTED':
    case 'SCANNER_NOT_TRUSTED':
    case 'SCANNER_SOFTWARE_MISSING':
      return ['retake', 'end'];
    case 'MARKID_MISSING_VALUE':
    case 'MARKID_BAD_VALUE':
    case 'MARKID_VALIDATION_ERROR':
    case 'MARKID_ACCEPTED_WITH_ERROR':
      return ['retake', 'document', 'end'];

    case 'DOCUMENT_NOT_ALLOWED':
    case 'STEP_NOT_EXPECTED':
      return ['document', 'end'];

    // A kiosk that asks for its own tokens gets a new one by trying again.
    case 'TOKEN_MISSING':
    case 'TOKEN_SPENT':
    case 'MARKID_TOKEN_NOT_VALID':
      return tokenSource === 'handoff' ? ['token', 'end'] : ['retry', 'end'];

    // Mark ID may have the submission: sending it a second time is staff's own decision.
    case 'ANSWER_LOST':
    case 'MARKID_INTERNAL_ERROR':
    case 'MARKID_REDIRECTED':
    case 'MARKID_ANSWER_UNREADABLE':
    case 'DELIVERY_UNCONFIRMED':
      break;

    // Nothing a customer does changes these; staff reads the code.
    case 'BAD_REQUEST':
    case 'REQUEST_TOO_LARGE':
    case 'FORBIDDEN_SENDER':
    case 'APP_DAMAGED':
    case 'SCREEN_FAILING':
    case 'NO_SESSION':
    case 'REFERENCE_MISSING':
    case 'NOT_IN_SERVICE':
    case 'ORIGIN_NOT_ALLOWED':
    case 'MARKID_ENCODING_ERROR':
    case 'MARKID_JSON_ERROR':
    case 'MARKID_METHOD_NOT_ALLOWED':
    case 'MARKID_PARTNER_ERROR':
    case 'MARKID_REFUSED':
    case 'CREDENTIALS_MISSING':
    case 'CREDENTIALS_DAMAGED':
    case 'VAULT_NOT_OPEN':
    case 'VAULT_KEYRING_UNAVAILABLE':
    case 'VAULT_KEYRING_CHANGED':
    case 'VAULT_DAMAGED':
    case 'VAULT_PASSPHRASE_WRONG':
    case 'VAULT_PASSPHRASE_TOO_SHORT':
    case 'POLICY_UNREADABLE':
    case 'POLICY_TOO_LARGE':
    case 'POLICY_NOT_JSON':
    case 'POLICY_INVALID':
    case 'POLICY_UNSAFE_FILE':
    case 'POLICY_TEXT_CONTRAST':
    case 'POLICY_ACCENT_CONTRAST':
    case 'POLICY_LOGO_UNUSABLE':
    case 'POLICY_KEY_UNUSABLE':
    case 'POLICY_SIGNATURE_MISSING':
    case 'POLICY_SIGNATURE_WRONG':
    case 'POLICY_LAST_GOOD':
    case 'SETTINGS_DAMAGED':
    case 'SETTING_FIXED':
    case 'PROVISIONING_UNSAFE':
    case 'PROVISIONING_INVALID':
    case 'PROVISIONING_WAITS':
    case 'PROVISIONING_NOT_WIPED':
    case 'OUTBOX_STRANDED':
    case 'OUTBOX_DAMAGED':
    case 'OUTBOX_NEWER':
    case 'OUTBOX_KEY_LOST':
    case 'OUTBOX_UNAVAILABLE':
    case 'ITEM_MISSING':
    case 'ITEM_NEWER':
    case 'ITEM_NOT_READY':
    case 'OPERATOR_REQUIRED':
    case 'PIN_WRONG':
    case 'PIN_LOCKED':
    case 'PIN_NOT_SET':
    case 'PIN_ALREADY_SET':
    case 'PIN_TOO_WEAK':
    case 'OPERATORS_DAMAGED':
    case 'ROLE_REQUIRED':
    case 'PIN_TAKEN':
    case 'MEMORY_EXPOSED':
    case 'CLOCK_WRONG':
    case 'EVENT_LOG_BROKEN':
    case 'CAMERA_NOT_WORKING':
    case 'CAMERA_COARSE':
    case 'CAMERA_SLOW':
    case 'CAMERA_FOCUS_FIXED':
    case 'EXPORT_UNAVAILABLE':
    case 'EXPORT_FAILED':
    case 'TRAINING_UNAVAILABLE':
      break;
  }
  return ['end'];
};
