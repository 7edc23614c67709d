/** The large drawing of the attract screen: a document and a face that find each other. */
import type { ReactNode } from 'react';

/** Calm rings, a card, a face in an oval, a tick. Moves only where motion is welcome (styles/art.css). */
export const InvitationArt = (): ReactNode => (
  <svg className="invitation" viewBox="0 0 520 520" aria-hidden="true" focusable="false">
    <circle className="invitation-ring" cx="260" cy="260" r="250" />
    <circle className="invitation-ring" cx="260" cy="260" r="205" />
    <circle className="invitation-ring" cx="260" cy="260" r="160" />
    <g className="invitation-card" transform="rotate(-8 215 320)">
      <rect className="invitation-paper" x="70" y="225" width="300" height="190" rx="18" />
      <path
        className="invitation-tint"
        d="M70 243a18 18 0 0 1 18-18h264a18 18 0 0 1 18 18v20H70Z"
      />
      <rect className="invitation-tint" x="94" y="285" width="80" height="102" rx="8" />
      <circle className="invitation-strong" cx="134" cy="324" r="19" />
      <path className="invitation-strong" d="M101 387c0-22 14-34 33-34s33 12 33 34Z" />
      <path className="invitation-lines" d="M198 298h76M198 324h140M198 350h108M198 376h124" />
    </g>
    <g className="invitation-face">
      <circle className="invitation-disc" cx="352" cy="188" r="104" />
      <clipPath id="invitation-clip">
        <circle cx="352" cy="188" r="104" />
      </clipPath>
      <g clipPath="url(#invitation-clip)">
        <path className="invitation-strong" d="M252 300c4-46 44-70 100-70s96 24 100 70Z" />
        <path className="invitation-skin" d="M332 206h40v34c0 14-40 14-40 0Z" />
        <ellipse className="invitation-skin" cx="352" cy="168" rx="44" ry="54" />
        <path
          className="invitation-hair"
          d="M305 166c-8-44 16-66 47-66s55 20 47 66c-5-20-15-32-28-38-16 12-48 9-55 11-6 6-8 16-11 27Z"
        />
        <path className="invitation-features" d="M334 168v5M370 168v5M340 196c8 7 16 7 24 0" />
      </g>
    </g>
    <g className="invitation-tick">
      <circle cx="432" cy="286" r="40" />
      <path d="m414 287 13 13 24-27" />
    </g>
  </svg>
);
