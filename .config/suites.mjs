// Which Debian packages a suite runs for real. What is not listed needs Node alone.
// test/setup/ checks that every name is a package of ours and that every pattern has tests.

const pcsc = ['pcscd', 'vsmartcard-vpcd', 'libpcsclite-dev', 'iproute2'];

export const suites = [
  { files: 'test/card/**', needs: [...pcsc, 'opensc', 'openssl'] },
  { files: 'test/pki/**', needs: ['openssl'] },
  { files: 'libs/paper/**', needs: ['fonts-ipamj-mincho'] },
  { files: 'test/paper/**', needs: ['fonts-ipamj-mincho', 'poppler-utils', 'qpdf'] },
  { files: 'test/municipality/**', needs: ['fonts-ipamj-mincho', 'poppler-utils', 'postgresql'] },
  { files: 'test/center/**', needs: ['fonts-ipamj-mincho', 'postgresql', 'redis-server'] },
  { files: 'test/printing/**', needs: ['cups-ipp-utils', 'dbus', 'avahi-daemon', 'qpdf'] },
  { files: 'test/storage/**', needs: ['postgresql', 'redis-server'] },
  { files: 'test/browser/**', needs: [...pcsc, 'fonts-ipamj-mincho', 'chromium', 'fonts-noto-cjk'] },
  { files: 'test/journey/**', needs: [...pcsc, 'fonts-ipamj-mincho', 'poppler-utils'] },
  { files: 'test/journey/many-parts-on-postgresql-and-redis*', needs: ['postgresql', 'redis-server'] },
  { files: 'test/setup/parts-name-*', needs: ['fonts-ipamj-mincho'] },
  { files: 'test/setup/parts-refuse-a-strange-*', needs: ['fonts-ipamj-mincho'] },
  { files: 'test/setup/one-demo-*', needs: ['fonts-ipamj-mincho'] },
  { files: 'test/setup/ctrl-c-*', needs: [...pcsc, 'fonts-ipamj-mincho'] },
  { files: 'test/setup/the-doctor-*', needs: [...pcsc, 'fonts-ipamj-mincho'] },
];
