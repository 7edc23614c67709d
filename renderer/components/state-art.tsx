/** Drawings of how things stand: done, in need of attention, closed, locked, a camera in trouble. */
import type { ReactNode } from 'react';
import type { CameraProblem } from '../camera/camera-problem.ts';

const Art = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <svg className="art art-state" viewBox="0 0 160 120" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

/** A document with a tick. */
export const SuccessArt = (): ReactNode => (
  <Art>
    <circle className="art-success-halo" cx="80" cy="60" r="56" />
    <circle className="art-success" cx="80" cy="60" r="40" />
    <path className="art-tick" d="m62 61 13 13 24-27" />
  </Art>
);

/** A document on its way into a box; with a tick once it is safe there. */
export const BoxArt = ({ isSafe }: { readonly isSafe: boolean }): ReactNode => (
  <Art>
    <rect className="art-shade" x="50" y="12" width="70" height="66" rx="7" />
    <rect className="art-paper" x="45" y="7" width="70" height="66" rx="7" />
    <rect className="art-tint" x="54" y="17" width="19" height="24" rx="3" />
    <path className="art-lines" d="M82 21h23M82 32h16" />
    <path
      className="art-strong"
      d="M28 54h30l7 11h30l7-11h30a6 6 0 0 1 6 6v46a6 6 0 0 1-6 6H28a6 6 0 0 1-6-6V60a6 6 0 0 1 6-6Z"
    />
    {isSafe && (
      <>
        <circle className="art-success" cx="80" cy="88" r="16" />
        <path className="art-tick art-tick-small" d="m72.5 88.5 5.5 5.5 10-11" />
      </>
    )}
  </Art>
);

/** A document that needs another look. */
export const AttentionArt = (): ReactNode => (
  <Art>
    <rect className="art-shade" x="26" y="24" width="100" height="66" rx="9" />
    <rect className="art-paper" x="21" y="19" width="100" height="66" rx="9" />
    <path className="art-lines" d="M60 38h46M60 50h34M60 62h42" />
    <rect className="art-tint" x="31" y="33" width="21" height="27" rx="3" />
    <path
      className="art-warning"
      d="M117 55.5a6 6 0 0 1 10.4 0l23.4 41a6 6 0 0 1-5.2 9h-46.8a6 6 0 0 1-5.2-9Z"
    />
    <path className="art-mark" d="M122.2 69v17m0 9v.2" />
  </Art>
);

/** A terminal that rests. */
export const RestingArt = (): ReactNode => (
  <Art>
    <path className="art-shade" d="M60 112h48l-6-22H66Z" />
    <rect className="art-strong" x="26" y="10" width="108" height="76" rx="9" />
    <rect className="art-paper" x="33" y="17" width="94" height="62" rx="4" />
    <path className="art-strong" d="M62 108h36l-4-22H66Z" />
    <path className="art-strong-line" d="M50 109h60" />
    <path className="art-pause" d="M71 36v24M89 36v24" />
  </Art>
);

/** A padlock. */
export const LockedArt = (): ReactNode => (
  <Art>
    <path className="art-shackle" d="M58 56V40a22 22 0 0 1 44 0v16" />
    <rect className="art-strong" x="44" y="54" width="72" height="54" rx="9" />
    <circle className="art-hole" cx="80" cy="77" r="7" />
    <path className="art-hole-slot" d="M80 80v13" />
  </Art>
);

/** What is wrong, drawn beside or over the camera. */
const TROUBLE: Readonly<Record<CameraProblem, ReactNode>> = {
  CAMERA_NONE: (
    <path className="art-mark-line" d="M66 46c0-18 28-18 28-1 0 11-14 10-14 22m0 11v.2" />
  ),
  CAMERA_BUSY: (
    <>
      <circle className="art-ring-strong" cx="80" cy="60" r="20" />
      <path className="art-mark-line" d="M80 48v13l8 6" />
    </>
  ),
  CAMERA_DENIED: (
    <>
      <circle className="art-ring-strong" cx="80" cy="60" r="20" />
      <path className="art-mark-line" d="m66 46 28 28" />
    </>
  ),
  CAMERA_UNPLUGGED: (
    <path
      className="art-mark-line art-thin"
      d="M55 60h8v-9h4a5 5 0 0 1 5 5v8a5 5 0 0 1-5 5h-4v-9M72 56h5M72 64h5M105 60h-7v-11h-9v22h9V60"
    />
  ),
  CAMERA_BLACK: <circle className="art-mark-fill" cx="80" cy="60" r="22" />,
  CAMERA_FAILED: <path className="art-mark-line" d="m68 48 24 24m0-24-24 24" />,
};

/** A camera and its trouble. */
export const CameraProblemArt = ({ problem }: { readonly problem: CameraProblem }): ReactNode => (
  <Art>
    <path className="art-shade" d="M31 38h25l8-14h42l8 14h22a7 7 0 0 1 7 7v56a7 7 0 0 1-7 7H31Z" />
    <path
      className="art-paper"
      d="M23 31h28l8-14h42l8 14h28a7 7 0 0 1 7 7v56a7 7 0 0 1-7 7H23a7 7 0 0 1-7-7V38a7 7 0 0 1 7-7Z"
    />
    <circle className="art-tint" cx="80" cy="60" r="31" />
    {TROUBLE[problem]}
  </Art>
);
