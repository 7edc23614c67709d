/** Names of all screens, `data-screen`. */
export type ScreenName =
  | 'attract'
  | 'desk'
  | 'consent'
  | 'token'
  | 'document'
  | 'capture'
  | 'scan'
  | 'camera-problem'
  | 'review'
  | 'submitting'
  | 'delivering'
  | 'receipt'
  | 'failure'
  | 'out-of-service'
  | 'locked'
  | 'operator-door'
  | 'operator-room';
