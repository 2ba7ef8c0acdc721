// 公印: the imprint of the municipality's seal (電子印), printed in black at its true size.
// An image and not a drawing, because the real one is a scan of the registered imprint; the
// demo's fictional imprint takes the same way.
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from './limits.js';

export type SealImprint = {
  /** Of the whole image on paper. */
  readonly sideMm: number;
  readonly pixels: number;
  /** 8 bit a pixel, white 255, compressed once for all documents. */
  readonly deflatedGray: Buffer;
};
export type SealFault = { readonly code: 'seal-unreadable'; readonly detail: string };

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

/** A square PNG without transparency, cut at the outer edge of the imprint, which is `sideMm` millimetres wide. */
export function readSealImprint(png: Buffer, sideMm: number): Result<SealImprint, SealFault> {
  const refuse = (detail: string): Result<SealImprint, SealFault> => err({ code: 'seal-unreadable', detail });
  if (sideMm < limits.sealSideMinMm || sideMm > limits.sealSideMaxMm) {
    return refuse(`the side must be ${limits.sealSideMinMm} to ${limits.sealSideMaxMm} mm`);
  }
  if (!png.subarray(0, 8).equals(pngSignature) || png.length < 33 || png.length > limits.sealFileBytes)
    return refuse(`a PNG of at most ${limits.sealFileBytes} bytes is expected`);
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (width !== height) return refuse('the image is not square');
  const pixelsPerMm = width / sideMm;
  if (pixelsPerMm < limits.sealPixelsPerMmMin || pixelsPerMm > limits.sealPixelsPerMmMax)
    return refuse('expected 300 to 2400 dots per inch');
  const image = decode(png);
  if (image === null || image.width !== width || image.height !== height) return refuse('a PNG that is whole is expected');
  const gray = toGray(image.data);
  if (gray === null) return refuse('the image is transparent in places');
  return ok({ sideMm, pixels: width, deflatedGray: deflateSync(gray, { level: 9 }) });
}

function decode(png: Buffer): PNG | null {
  try {
    return PNG.sync.read(png);
  } catch {
    return null;
  }
}

/** ITU-R BT.601 luma of opaque RGBA pixels. */
function toGray(rgba: Buffer): Buffer | null {
  const gray = Buffer.alloc(rgba.length / 4);
  for (let i = 0; i < gray.length; i++) {
    if (rgba.readUInt8(i * 4 + 3) !== 255) return null;
    const luma = 0.299 * rgba.readUInt8(i * 4) + 0.587 * rgba.readUInt8(i * 4 + 1) + 0.114 * rgba.readUInt8(i * 4 + 2);
    gray.writeUInt8(Math.round(luma), i);
  }
  return gray;
}
