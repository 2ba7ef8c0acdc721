// Which Debian packages a suite runs for real. What is not listed needs Node alone.
// test/setup/ checks that every name is a package of ours and that every pattern has tests.

export const suites = [
  { files: 'test/card/**', needs: ['pcscd', 'vsmartcard-vpcd', 'libpcsclite-dev', 'opensc', 'openssl'] },
  { files: 'test/pki/**', needs: ['openssl'] },
  { files: 'test/paper/**', needs: ['fonts-ipamj-mincho', 'poppler-utils', 'qpdf'] },
  { files: 'libs/paper/**', needs: ['fonts-ipamj-mincho'] },
  { files: 'test/municipality/**', needs: ['fonts-ipamj-mincho'] },
  { files: 'apps/municipality/**', needs: ['fonts-ipamj-mincho'] },
  { files: 'test/printing/**', needs: ['cups-ipp-utils', 'dbus', 'avahi-daemon'] },
  { files: 'test/storage/**', needs: ['postgresql'] },
  { files: 'libs/storage/**', needs: ['postgresql'] },
  { files: 'libs/wake/**', needs: ['redis-server'] },
  { files: 'test/browser/**', needs: ['chromium', 'fonts-noto-cjk'] },
  {
    files: 'test/journey/**',
    needs: ['pcscd', 'vsmartcard-vpcd', 'libpcsclite-dev', 'fonts-ipamj-mincho', 'poppler-utils', 'postgresql', 'redis-server'],
  },
];
