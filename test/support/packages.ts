/** Debian packages of the tests, beside those of the stack. */
import { onPath, type Packages, stackPackages } from '../../app/ops/install.ts'

export const browserPackages: Packages = { 'chromium-headless-shell': onPath('chromium-headless-shell') }

/** The packages of `npm test`. */
export const testPackages: Packages = {
  ...stackPackages,
  ...browserPackages,
  caddy: onPath('caddy'),
  'docker-compose': onPath('docker-compose'),
  openssl: onPath('openssl'),
  python3: onPath('python3'),
  systemd: onPath('systemd-analyze')
}

/** A client that sends and reads slowly. */
export const slowClientPackages: Packages = { slowhttptest: onPath('slowhttptest') }

/** A clock that can be set for one process. */
export const clockPackages: Packages = { faketime: onPath('faketime') }
