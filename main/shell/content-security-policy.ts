/** The headers every file of the renderer is served with. Nothing here may depend on a mode or flag. */
// SECURITY: SEC-05
import type { StyleHash } from './style-hash.ts';

/**
 * Content Security Policy Level 3 with Trusted Types: own files only, WebAssembly allowed, nothing
 * inline but the one style sheet of the build, nothing evaluated, nothing from outside. Measured
 * with React 19, canvas, camera, blob images and WASM.
 */
const directives = (styleHash: StyleHash): Readonly<Record<string, string>> => ({
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': `'${styleHash}'`,
  'img-src': "'self' blob:",
  'media-src': "'self' blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'form-action': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
  'require-trusted-types-for': "'script'",
  // One policy, made once and admitting one address: renderer/vision/worker/start-worker.ts.
  'trusted-types': 'vision-worker',
});

/** The policy as one line. `styleHash`: of the one style element of index.html. */
export const contentSecurityPolicy = (styleHash: StyleHash): string =>
  Object.entries(directives(styleHash))
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** Features a kiosk page never needs; camera for our own origin alone (W3C Permissions Policy). */
const PERMISSIONS_POLICY = [
  'camera=(self)',
  ...[
    'accelerometer',
    'clipboard-read',
    'clipboard-write',
    'display-capture',
    'fullscreen',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
    'local-fonts',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'storage-access',
    'usb',
    'window-management',
    'xr-spatial-tracking',
  ].map((feature) => `${feature}=()`),
].join(', ');

// SECURITY: SEC-06
export const securityHeaders = (styleHash: StyleHash): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': contentSecurityPolicy(styleHash),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': PERMISSIONS_POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
});
