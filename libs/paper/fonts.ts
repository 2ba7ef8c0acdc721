// The typeface of the certificates: IPAmj明朝 (Debian fonts-ipamj-mincho).

export type FormFonts = { readonly sha256: string };

/** Where Debian puts it; the first that exists is taken when no path is configured. */
export const fontSearchPaths: readonly string[] = ['/usr/share/fonts/opentype/ipamj-mincho/ipamjm.ttf'];

/** Once per process: `bytes` is the whole font file. Shared by all documents. */
export function openFormFonts(bytes: Buffer): FormFonts {
  throw new Error(`being built: ${bytes.length}`);
}
