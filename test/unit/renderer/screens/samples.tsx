/**
 * Every screen and dialog with sample props. Values that come from outside (names, labels, numbers)
 * hold no Latin letters, so that any Latin letter in the output must be the screen's own.
 */
import { COUNTRY_CODES } from '../../../../preload/contract/countries.ts';
import {
  CAPTURE_STEPS,
  DOCUMENT_TYPES,
  type PictureSummary,
} from '../../../../preload/contract/vocabulary.ts';
import { DoubtNotice } from '../../../../renderer/components/doubt-notice.tsx';
import type { Doubt } from '../../../../renderer/flow/document-doubt.ts';
import { AttractScreen } from '../../../../renderer/screens/attract-screen.tsx';
import { CameraProblemScreen } from '../../../../renderer/screens/camera-problem-screen.tsx';
import { CaptureScreen } from '../../../../renderer/screens/capture-screen.tsx';
import { ConsentScreen } from '../../../../renderer/screens/consent-screen.tsx';
import { DeliveringScreen } from '../../../../renderer/screens/delivering-screen.tsx';
import { DocumentScreen } from '../../../../renderer/screens/document-screen.tsx';
import { FailureScreen } from '../../../../renderer/screens/failure-screen.tsx';
import { LockedScreen } from '../../../../renderer/screens/locked-screen.tsx';
import { OutOfServiceScreen } from '../../../../renderer/screens/out-of-service-screen.tsx';
import { ReceiptScreen } from '../../../../renderer/screens/receipt-screen.tsx';
import { ReviewScreen } from '../../../../renderer/screens/review-screen.tsx';
import { SubmittingScreen } from '../../../../renderer/screens/submitting-screen.tsx';
import { TokenScreen } from '../../../../renderer/screens/token-screen.tsx';
import type { Outline } from '../../../../renderer/vision/outline.ts';
import { DESK_SAMPLES } from './desk-samples.tsx';
import { OPERATOR_SAMPLES } from './operator-samples.tsx';
import { SCAN_SAMPLES } from './scan-samples.tsx';
import { CAMERA_PROBLEMS } from './sample-status.ts';
import { sample, type Sample } from './sample.ts';

const ignore = (): void => {};

const CAMERAS = [
  { deviceId: '1', label: 'Камера' },
  { deviceId: '2', label: '' },
];

const summary: PictureSummary = {
  pictureId: '00000000-0000-4000-8000-000000000000',
  widthPx: 1280,
  heightPx: 720,
  sizeBytes: 1_200_000,
  source: 'camera',
  warnings: ['LOW_RESOLUTION', 'GREYSCALE', 'TOO_DARK', 'TOO_BRIGHT', 'TAKEN_AS_IS'],
};

const OUTLINE: Outline = [
  { x: 0.1, y: 0.1 },
  { x: 0.9, y: 0.1 },
  { x: 0.9, y: 0.9 },
  { x: 0.1, y: 0.9 },
];

const DOUBT: Doubt = {
  step: 'FRONT',
  facts: {
    documentType: 'PASSPORT',
    country: 'LV',
    expiresOn: '2020-02-02',
    areCheckDigitsRight: true,
  },
  warnings: ['COUNTRY_DIFFERS', 'DOCUMENT_TYPE_DIFFERS', 'EXPIRED'],
};

const attract = sample(
  'attract',
  'two languages',
  <AttractScreen
    bankName="Банк"
    languages={['uk', 'el']}
    language="uk"
    onLanguage={ignore}
    onStart={ignore}
  />,
);

const consents = [null, 'Згода.\n\nДруга частина.'].map((text) =>
  sample(
    'consent',
    text === null ? 'shipped text' : "bank's text",
    <ConsentScreen text={text} onAccept={ignore} onDecline={ignore} />,
  ),
);

const documents = [null, { country: 'LT', documentType: 'PASSPORT' } as const].map((chosen) =>
  sample(
    'document',
    chosen === null ? 'nothing chosen' : 'chosen, refused',
    <DocumentScreen
      countries={COUNTRY_CODES}
      types={DOCUMENT_TYPES}
      chosen={chosen}
      isBusy={chosen !== null}
      error={chosen === null ? null : 'DOCUMENT_NOT_ALLOWED'}
      onChoose={ignore}
      onBack={ignore}
    />,
  ),
);

const captures = CAPTURE_STEPS.flatMap((step) =>
  DOCUMENT_TYPES.flatMap((documentType) =>
    (['starting', 'live', 'storing'] as const).map((phase) =>
      sample(
        'capture',
        `${step} of ${documentType}, ${phase}`,
        <CaptureScreen
          step={step}
          index={1}
          total={3}
          documentType={documentType}
          live={<video />}
          overlay={null}
          guidance={null}
          notice={null}
          phase={phase}
          error={phase === 'live' ? 'PICTURE_TOO_SMALL' : null}
          cameras={CAMERAS}
          cameraId="1"
          onShoot={ignore}
          onChooseCamera={ignore}
          onBack={ignore}
          onSkip={phase === 'live' ? ignore : null}
          onUseScanner={phase === 'live' ? ignore : null}
        />,
      ),
    ),
  ),
);

const cameraProblems = CAMERA_PROBLEMS.map((problem) =>
  sample(
    'camera-problem',
    problem,
    <CameraProblemScreen
      problem={problem}
      cameras={problem === 'CAMERA_NONE' ? [] : CAMERAS}
      onRetry={ignore}
      onChooseCamera={ignore}
      onBack={ignore}
    />,
  ),
);

const review = sample(
  'review',
  'doubts and a gap',
  <ReviewScreen
    pictures={[
      { step: 'FRONT', url: 'blob:1', summary },
      { step: 'BACK', url: 'blob:2', summary: { ...summary, source: 'scanner', warnings: [] } },
    ]}
    outlines={{ FRONT: OUTLINE }}
    qualities={{
      FRONT: {
        facts: [
          { name: 'dpi', value: 296, isGood: true },
          { name: 'glare', value: 4.1, isGood: false },
        ],
        areCheckDigitsRight: false,
      },
    }}
    missing={['FACE', 'UTILITY_BILL']}
    notice={<DoubtNotice doubt={DOUBT} onChange={ignore} />}
    onRetake={ignore}
    onSubmit={ignore}
    onBack={ignore}
  />,
);

const submitting = sample('submitting', 'saving', <SubmittingScreen />);

const saved = { reference: '0000-AAAA', savedAtMs: 0, code: null, delivery: null } as const;

const deliverings = [
  null,
  { stage: 'requesting-token', sentBytes: 0, totalBytes: 0 } as const,
  { stage: 'sending', sentBytes: 1_000_000, totalBytes: 4_000_000 } as const,
  { stage: 'confirming', sentBytes: 4_000_000, totalBytes: 4_000_000 } as const,
].map((progress) =>
  sample(
    'delivering',
    progress?.stage ?? 'no word yet',
    <DeliveringScreen
      receipt={saved}
      progress={progress}
      isStaffed={progress === null}
      onDone={ignore}
    />,
  ),
);

const receipts = (
  [
    ['saved', null],
    ['with number', { scanRef: '0000-1111', deliveredAtMs: 0, reconciled: false }],
    ['without number', { scanRef: null, deliveredAtMs: 0, reconciled: true }],
  ] as const
).map(([state, delivery]) =>
  sample(
    'receipt',
    state,
    <ReceiptScreen
      receipt={{ ...saved, delivery }}
      environment={state === 'without number' ? 'production' : 'training'}
      secondsLeft={9}
      isStaffed={state === 'saved'}
      onDone={ignore}
    />,
  ),
);

/** Two of all codes: messages.test.ts proves that each has words. */
const failures = (['NETWORK_UNREACHABLE', 'VAULT_DAMAGED'] as const).flatMap((code) => [
  sample(
    'failure',
    code,
    <FailureScreen
      code={code}
      actions={['retry', 'retake', 'document', 'token', 'end']}
      isKept={code === 'NETWORK_UNREACHABLE'}
      onAction={ignore}
    />,
  ),
  sample(
    'out-of-service',
    code,
    <OutOfServiceScreen code={code} onRetry={ignore} onOperator={ignore} />,
  ),
]);

const locked = sample(
  'locked',
  'wrong passphrase',
  <LockedScreen
    error="VAULT_PASSPHRASE_WRONG"
    isBusy={false}
    onUnlock={ignore}
    onOperator={ignore}
  />,
);

/** All screens in all states that differ in words. */
export const SAMPLES: readonly Sample[] = [
  attract,
  ...consents,
  sample('token', 'empty', <TokenScreen onSubmit={ignore} onCancel={ignore} />),
  ...documents,
  ...captures,
  ...cameraProblems,
  ...DESK_SAMPLES,
  ...SCAN_SAMPLES,
  review,
  submitting,
  ...deliverings,
  ...receipts,
  ...failures,
  locked,
  ...OPERATOR_SAMPLES,
];
