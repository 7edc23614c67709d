/**
 * Every failure a screen can be told about. Closed: a code that is not here can't cross the border.
 * Two sets of words (customer, staff) belong to each code: renderer/i18n/messages.
 */

/** Failures of the border itself (main/shell/ipc-door.ts). */
export const DOOR_ERROR_CODES = [
  'BAD_REQUEST',
  'REQUEST_TOO_LARGE',
  'RATE_LIMITED',
  'BUSY',
  'FORBIDDEN_SENDER',
  'INTERNAL_FAULT',
] as const;

/** Failures of the window and of the installed app (main/shell). */
export const SHELL_ERROR_CODES = [
  /** A file of the app is not the one that was built. */
  'APP_DAMAGED',
  /** The page crashed or hung several times within a minute. */
  'SCREEN_FAILING',
] as const;

/** Failures of a customer's session (main/capture/capture-session.ts). */
export const SESSION_ERROR_CODES = [
  'NO_SESSION',
  'NOT_IN_SERVICE',
  'CONSENT_OUTDATED',
  'DOCUMENT_NOT_ALLOWED',
  'STEP_NOT_EXPECTED',
  'PICTURE_MISSING',
  'TOKEN_MISSING',
  'REFERENCE_MISSING',
  'SUBMISSION_RUNNING',
] as const;

/** Failures of one picture (main/capture/image-pipeline.ts). */
export const PICTURE_ERROR_CODES = [
  'PICTURE_UNREADABLE',
  'PICTURE_FORMAT_UNSUPPORTED',
  'PICTURE_TOO_MANY_BYTES',
  'PICTURE_TOO_MANY_PIXELS',
  'PICTURE_TOO_SMALL',
  'PICTURE_NOT_COMPRESSIBLE',
] as const;

/** Failures below HTTP (main/ports/http-transport.ts). */
export const TRANSPORT_ERROR_CODES = [
  /** DNS or TCP failed: no byte of the request left. */
  'NETWORK_UNREACHABLE',
  /** A proxy refused the connection: no byte of the request left. */
  'PROXY_REFUSED',
  /** The server's certificate or TLS version is not acceptable: no byte of the request left. */
  'TLS_NOT_TRUSTED',
  /** The address is not of the configured origin: nothing was tried. */
  'ORIGIN_NOT_ALLOWED',
  /** The caller gave up before a byte of the body left. */
  'SEND_CANCELLED',
  /** The connection ended, or stayed silent too long, after a byte of the body may have left. */
  'ANSWER_LOST',
] as const;

/** What Mark ID's answer means (main/markid/answer.ts; identifiers of the API's error page). */
export const MARKID_ERROR_CODES = [
  'MARKID_MISSING_VALUE',
  'MARKID_BAD_VALUE',
  'MARKID_VALIDATION_ERROR',
  'MARKID_ENCODING_ERROR',
  'MARKID_JSON_ERROR',
  'MARKID_METHOD_NOT_ALLOWED',
  'MARKID_TOKEN_NOT_VALID',
  'MARKID_UNAUTHORIZED',
  'MARKID_PAYMENT_REQUIRED',
  'MARKID_PERMISSIONS_ERROR',
  'MARKID_PARTNER_CONTRACT_ERROR',
  'MARKID_PARTNER_ERROR',
  'MARKID_CLIENT_BUSY',
  'MARKID_TOO_MANY_REQUESTS',
  'MARKID_REQUEST_TOO_LARGE',
  'MARKID_REFUSED',
  'MARKID_INTERNAL_ERROR',
  'MARKID_REDIRECTED',
  'MARKID_ANSWER_UNREADABLE',
  /** 200 with a body: the document was not recognised, the token is spent. */
  'MARKID_ACCEPTED_WITH_ERROR',
] as const;

/** Failures of a submission as a whole (main/delivery). */
export const DELIVERY_ERROR_CODES = [
  /** The request would break the size limits of the API; nothing was sent. */
  'SUBMISSION_TOO_LARGE',
  /** Whether Mark ID has the submission is not known; it must not simply be sent again. */
  'DELIVERY_UNCONFIRMED',
  /** The handed-over token is spent or expired; a new one is needed. */
  'TOKEN_SPENT',
] as const;

/** Failures of what is kept until it is delivered (main/outbox). */
export const OUTBOX_ERROR_CODES = [
  /** As many items as the policy allows. */
  'OUTBOX_FULL',
  /** Submissions of customers wait for credentials: without them nothing is sent. */
  'OUTBOX_STRANDED',
  /** Too little free space to keep another customer's pictures. */
  'STORAGE_LOW',
  /** The index of the outbox could not be read; what could not be saved from it is kept apart. */
  'OUTBOX_DAMAGED',
  /** A newer version of the kiosk made this outbox. */
  'OUTBOX_NEWER',
  /** The key of some items can't be opened any more: another vault sealed it. */
  'OUTBOX_KEY_LOST',
  /** The index can't be kept durably on this system. */
  'OUTBOX_UNAVAILABLE',
  'ITEM_MISSING',
  'ITEM_DAMAGED',
  /** A newer version of the kiosk sealed this item. */
  'ITEM_NEWER',
  /** The item's state does not allow what was asked. */
  'ITEM_NOT_READY',
] as const;

/** Failures of credentials and the key that seals them (main/settings). */
export const VAULT_ERROR_CODES = [
  'CREDENTIALS_MISSING',
  'CREDENTIALS_DAMAGED',
  'VAULT_NOT_OPEN',
  'VAULT_KEYRING_UNAVAILABLE',
  'VAULT_KEYRING_CHANGED',
  'VAULT_DAMAGED',
  'VAULT_PASSPHRASE_WRONG',
  'VAULT_PASSPHRASE_TOO_SHORT',
] as const;

/** Failures of configuration on disk (main/settings). */
export const SETTINGS_ERROR_CODES = [
  'POLICY_UNREADABLE',
  'POLICY_TOO_LARGE',
  'POLICY_NOT_JSON',
  'POLICY_INVALID',
  'POLICY_UNSAFE_FILE',
  /** `brand.colours`: text on the accent, and the accent on the screens' ground. */
  'POLICY_TEXT_CONTRAST',
  'POLICY_ACCENT_CONTRAST',
  'POLICY_LOGO_UNUSABLE',
  /** Of the bank's public key and what it must have signed. */
  'POLICY_KEY_UNUSABLE',
  'POLICY_SIGNATURE_MISSING',
  'POLICY_SIGNATURE_WRONG',
  /** The policy was refused; the last one that was good is in force. */
  'POLICY_LAST_GOOD',
  'SETTINGS_DAMAGED',
  /** The policy decides this setting. */
  'SETTING_FIXED',
  'STORAGE_FAILED',
] as const;

/** Failures of the file that provisions a kiosk with nobody in its room (main/settings/provisioning.ts). */
export const PROVISIONING_ERROR_CODES = [
  /** Others could read or change it. */
  'PROVISIONING_UNSAFE',
  'PROVISIONING_INVALID',
  /** There is no open vault that could seal it. */
  'PROVISIONING_WAITS',
  /** It was taken, and is still there. */
  'PROVISIONING_NOT_WIPED',
] as const;

/** Failures at the operator's door (main/operators). */
export const OPERATOR_ERROR_CODES = [
  'OPERATOR_REQUIRED',
  /** Somebody with another role must do this. */
  'ROLE_REQUIRED',
  'PIN_WRONG',
  'PIN_LOCKED',
  'PIN_NOT_SET',
  'PIN_ALREADY_SET',
  'PIN_TOO_WEAK',
  /** Another role has this PIN. */
  'PIN_TAKEN',
  'OPERATORS_DAMAGED',
] as const;

/** Failures of what the kiosk finds out about itself (main/diagnostics). */
export const DIAGNOSTICS_ERROR_CODES = [
  /** Swap or core dumps could put pictures and keys on a disk in the clear. */
  'MEMORY_EXPOSED',
  /** The system's clock is earlier than something that has happened. */
  'CLOCK_WRONG',
  /** The event log is not as it was written. */
  'EVENT_LOG_BROKEN',
  /** The camera did not open for the self-test; or its picture is coarse, comes slowly, or has one focus. */
  'CAMERA_NOT_WORKING',
  'CAMERA_COARSE',
  'CAMERA_SLOW',
  'CAMERA_FOCUS_FIXED',
  /** The policy names no folder for exports, or it is not there now. */
  'EXPORT_UNAVAILABLE',
  'EXPORT_FAILED',
] as const;

/** Failures of a document scanner (main/devices; scanners.md: what the operator is told). */
export const SCANNER_ERROR_CODES = [
  'SCANNER_NONE_FOUND',
  /** Off, unplugged, or no longer what the last listing knew. */
  'SCANNER_UNREACHABLE',
  'SCANNER_FEEDER_EMPTY',
  /** Pages before the jam are kept. */
  'SCANNER_JAMMED',
  'SCANNER_COVER_OPEN',
  /** In use by another program or by another job of this kiosk. */
  'SCANNER_BUSY',
  'SCANNER_ACCESS_DENIED',
  /** The connection or the scanner failed in the middle. */
  'SCANNER_INTERRUPTED',
  /** The file ended before the picture did. */
  'SCANNER_PICTURE_INCOMPLETE',
  'SCANNER_STORAGE_FULL',
  'SCANNER_STOPPED_ANSWERING',
  'SCANNER_CANCELLED',
  /** More pages, bytes or pixels than one job may have. */
  'SCANNER_TOO_LARGE',
  /** An answer that is none: wrong format, damaged, endless, or a trap. */
  'SCANNER_NOT_UNDERSTOOD',
  /** The scanner does not have what was asked for. */
  'SCANNER_UNSUPPORTED',
  /** Its certificate is not the pinned one. */
  'SCANNER_NOT_TRUSTED',
  /** The program that drives it is not installed. */
  'SCANNER_SOFTWARE_MISSING',
] as const;

/** The embedded simulator could not start (main/training). */
export const TRAINING_ERROR_CODES = ['TRAINING_UNAVAILABLE'] as const;

/** All codes that may cross from main to renderer. */
export const ERROR_CODES = [
  ...DOOR_ERROR_CODES,
  ...SHELL_ERROR_CODES,
  ...SESSION_ERROR_CODES,
  ...PICTURE_ERROR_CODES,
  ...TRANSPORT_ERROR_CODES,
  ...MARKID_ERROR_CODES,
  ...DELIVERY_ERROR_CODES,
  ...OUTBOX_ERROR_CODES,
  ...VAULT_ERROR_CODES,
  ...SETTINGS_ERROR_CODES,
  ...PROVISIONING_ERROR_CODES,
  ...OPERATOR_ERROR_CODES,
  ...DIAGNOSTICS_ERROR_CODES,
  ...SCANNER_ERROR_CODES,
  ...TRAINING_ERROR_CODES,
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
export type PictureErrorCode = (typeof PICTURE_ERROR_CODES)[number];
export type TransportErrorCode = (typeof TRANSPORT_ERROR_CODES)[number];
export type MarkIdErrorCode = (typeof MARKID_ERROR_CODES)[number];
export type OutboxErrorCode = (typeof OUTBOX_ERROR_CODES)[number];
export type VaultErrorCode = (typeof VAULT_ERROR_CODES)[number];
export type ScannerErrorCode = (typeof SCANNER_ERROR_CODES)[number];
export type ProvisioningErrorCode = (typeof PROVISIONING_ERROR_CODES)[number];
export type SettingsErrorCode = (typeof SETTINGS_ERROR_CODES)[number];
