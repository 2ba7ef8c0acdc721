// The Debian packages that Madoguchi uses, and what each is for. `probe` is a file whose
// presence proves that the package (or something that serves as well) is there; a `*` stands
// for any one folder. `units` are what its installation enables on a machine with systemd.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const startPackages = [
  { name: 'g++', probe: '/usr/bin/g++', for: 'builds better-sqlite3 and pcsclite' },
  { name: 'make', probe: '/usr/bin/make', for: 'builds better-sqlite3 and pcsclite' },
  { name: 'python3', probe: '/usr/bin/python3', for: 'runs node-gyp, which builds them' },
  { name: 'pkg-config', probe: '/usr/bin/pkg-config', for: 'finds the PC/SC library while building' },
  { name: 'libpcsclite-dev', probe: '/usr/include/PCSC/winscard.h', for: 'the PC/SC headers that pcsclite is built against' },
  { name: 'pcscd', probe: '/usr/sbin/pcscd', units: ['pcscd.socket', 'pcscd.service'], for: 'the smart card service' },
  { name: 'vsmartcard-vpcd', probe: '/etc/reader.conf.d/vpcd', for: 'two virtual slots behind pcscd' },
  { name: 'iproute2', probe: '/usr/bin/ip', for: 'the loopback of the network namespace that keeps pcscd to ourselves' },
  { name: 'fonts-ipamj-mincho', probe: '/usr/share/fonts/truetype/ipamj/ipamjm.ttf', for: 'the characters on the certificates' },
];

export const testPackages = [
  ...startPackages,
  { name: 'opensc', probe: '/usr/bin/pkcs15-tool', for: 'independent proof that the emulated card is a JPKI card' },
  { name: 'openssl', probe: '/usr/bin/openssl', for: 'second opinion on signatures, certificates, OCSP and CRLs' },
  { name: 'redis-server', probe: '/usr/bin/redis-server', units: ['redis-server.service'], for: 'Bull' },
  {
    name: 'postgresql',
    probe: '/usr/lib/postgresql/*/bin/postgres',
    units: ['postgresql.service'],
    for: 'the same migrations on PostgreSQL',
  },
  { name: 'cups-ipp-utils', probe: '/usr/sbin/ippeveprinter', for: 'a printer that is not ours' },
  { name: 'dbus', probe: '/usr/bin/dbus-daemon', for: 'ippeveprinter wants it' },
  {
    name: 'avahi-daemon',
    probe: '/usr/sbin/avahi-daemon',
    units: ['avahi-daemon.socket', 'avahi-daemon.service'],
    for: 'ippeveprinter wants it',
  },
  { name: 'poppler-utils', probe: '/usr/bin/pdftoppm', for: 'rasterises the sheets: is there ink in every field?' },
  { name: 'qpdf', probe: '/usr/bin/qpdf', for: 'checks the structure of the PDFs' },
  { name: 'zbar-tools', probe: '/usr/bin/zbarimg', for: 'reads the sealed code with other eyes' },
  { name: 'chromium', probe: '/usr/bin/chromium', for: 'the screen in a real browser' },
  { name: 'fonts-noto-cjk', probe: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', for: 'the screen in Japanese' },
];

export function isThere({ probe }) {
  const [before, behind] = probe.split('/*/');
  if (behind === undefined) return existsSync(probe);
  return existsSync(before) && readdirSync(before).some((folder) => existsSync(join(before, folder, behind)));
}
