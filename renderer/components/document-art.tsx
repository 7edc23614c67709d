/**
 * Drawings of the papers and the face a customer is asked for. Specimens of nothing real; no words
 * inside, the words stand beside them. Colours: styles/art.css.
 */
import type { ReactNode } from 'react';
import type { DocumentType } from '../../preload/contract/vocabulary.ts';
import type { CaptureSubject } from './capture-subject.ts';

/** `box`: the part of the drawing that is shown; cards are wider than high. */
const Art = ({
  box = '0 0 160 120',
  children,
}: {
  readonly box?: string;
  readonly children: ReactNode;
}): ReactNode => (
  <svg className="art" viewBox={box} aria-hidden="true" focusable="false">
    {children}
  </svg>
);

/** Head and shoulders in a box of 30 × 38 at (x, y), as on a document. */
const Portrait = ({ x, y }: { readonly x: number; readonly y: number }): ReactNode => (
  <g transform={`translate(${x} ${y})`}>
    <rect className="art-tint" width="30" height="38" rx="3" />
    <circle className="art-strong" cx="15" cy="14.5" r="7" />
    <path className="art-strong" d="M3 38c0-8 5-12.5 12-12.5S27 30 27 38Z" />
  </g>
);

/** Machine-readable lines. */
const Zone = ({ y, rows }: { readonly y: number; readonly rows: number }): ReactNode => (
  <path
    className="art-dashes"
    d={Array.from({ length: rows }, (_, row) => `M30 ${y + row * 8}H130`).join('')}
  />
);

const CARD_BOX = '14 18 132 88';

const EMBLEMS: Readonly<Record<DocumentType, string>> = {
  ID_CARD: 'M120 36a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z',
  PASSPORT: '',
  RESIDENCE_PERMIT: 'm120 34 9 8h-2.5v9h-13v-9H111l9-8Z',
  DRIVER_LICENSE:
    'm111 45 2.4-5.6A2 2 0 0 1 115.2 38h9.6a2 2 0 0 1 1.8 1.4L129 45v6h-3v-2h-12v2h-3v-6Z',
  OTHER: 'm120 35 2.6 5.3 5.9.9-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.9Z',
};

const Card = ({ emblem }: { readonly emblem: string }): ReactNode => (
  <Art box={CARD_BOX}>
    <rect className="art-shade" x="20" y="26" width="124" height="78" rx="9" />
    <rect className="art-paper" x="16" y="21" width="124" height="78" rx="9" />
    <path className="art-tint" d="M16 30a9 9 0 0 1 9-9h106a9 9 0 0 1 9 9v3H16Z" />
    <Portrait x={27} y={46} />
    <path className="art-lines" d="M68 50h34M68 60h26M68 70h56M68 80h44M68 88h30" />
    <path className="art-accent" d={emblem} />
  </Art>
);

const CardBack = (): ReactNode => (
  <Art box={CARD_BOX}>
    <rect className="art-shade" x="20" y="26" width="124" height="78" rx="9" />
    <rect className="art-paper" x="16" y="21" width="124" height="78" rx="9" />
    <path className="art-lines" d="M28 34h40M28 43h28M28 52h34" />
    <path
      className="art-bars"
      d="M96 32v22M101 32v22M105 32v22M111 32v22M114 32v22M120 32v22M125 32v22M128 32v22"
    />
    <Zone y={72} rows={3} />
  </Art>
);

const Passport = (): ReactNode => (
  <Art>
    <rect className="art-shade" x="26" y="8" width="116" height="108" rx="8" />
    <rect className="art-accent" x="20" y="4" width="120" height="108" rx="8" />
    <path className="art-page-far" d="M26 9h108v48H26Z" />
    <circle className="art-ring" cx="80" cy="32" r="13" />
    <path className="art-ring" d="M67 32h26M80 19c-9 8-9 18 0 26M80 19c9 8 9 18 0 26" />
    <path className="art-paper" d="M26 57h108v50H26Z" />
    <g transform="translate(32 60) scale(.78)">
      <Portrait x={0} y={0} />
    </g>
    <path className="art-lines" d="M64 65h30M64 73h48M64 81h38" />
    <Zone y={96} rows={1} />
    <path className="art-fold" d="M26 57h108" />
  </Art>
);

const Face = (): ReactNode => (
  <Art>
    <circle className="art-tint" cx="80" cy="60" r="52" />
    <path className="art-strong" d="M36 104c3-20 18-31 44-31s41 11 44 31a52 52 0 0 1-88 0Z" />
    <path className="art-skin" d="M70 66h20v14c0 6-20 6-20 0Z" />
    <ellipse className="art-skin" cx="80" cy="49" rx="21" ry="26" />
    <path
      className="art-hair"
      d="M58 48c-3-20 8-30 22-30s26 9 22 30c-2-9-7-15-13-17-8 5-23 4-26 5-3 3-4 8-5 12Z"
    />
    <path className="art-features" d="M71 49v2M89 49v2M74 62c4 3 8 3 12 0" />
    <path className="art-corners" d="M18 32V16h16M126 16h16v16M142 88v16h-16M34 104H18V88" />
  </Art>
);

const Bill = (): ReactNode => (
  <Art>
    <path className="art-shade" d="M46 10h58l20 20v84H46Z" />
    <path className="art-paper" d="M40 5h58l20 20v84H40Z" />
    <path className="art-tint" d="M98 5v20h20Z" />
    <path className="art-accent" d="M61 17l-8 12h6l-3 10 10-13h-6l4-9Z" />
    <path className="art-lines" d="M74 28h16M74 36h24M52 52h54M52 62h54M52 72h38" />
    <rect className="art-tint" x="50" y="82" width="58" height="16" rx="3" />
    <path className="art-strong-line" d="M78 90h24" />
  </Art>
);

/** The drawing of a kind of document. */
export const DocumentArt = ({ type }: { readonly type: DocumentType }): ReactNode =>
  type === 'PASSPORT' ? <Passport /> : <Card emblem={EMBLEMS[type]} />;

const SUBJECTS: Readonly<Record<CaptureSubject, (type: DocumentType) => ReactNode>> = {
  CARD_FRONT: (type) => <Card emblem={EMBLEMS[type]} />,
  CARD_BACK: () => <CardBack />,
  PASSPORT: () => <Passport />,
  FACE: () => <Face />,
  BILL: () => <Bill />,
};

/** The drawing of what a step asks for. */
export const SubjectArt = ({
  subject,
  type,
}: {
  readonly subject: CaptureSubject;
  readonly type: DocumentType;
}): ReactNode => SUBJECTS[subject](type);
