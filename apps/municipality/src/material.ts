// What the file names and a certificate is checked and printed with: CAs, typeface, seal. Reading changes nothing;
// start and doctor ask the same, and each fault is found whatever the others are.
import { readFileSync } from 'node:fs';
import type { StartFault } from '#libs/contract/configuration.js';
import { look, type Look } from '#libs/contract/rules.js';
import { lookAtDatabase, lookAtListener } from '#devices/doctor/looks.js';
import { drawFictionalSeal } from '#libs/paper/fictional-seal.js';
import { findFontPath, openFormFonts, type FormFonts } from '#libs/paper/fonts.js';
import { layOutResidentRecord } from '#libs/paper/render-resident-record.js';
import { readSealImprint, type SealImprint } from '#libs/paper/seal.js';
import { findAnchorFaults, readTrustAnchors, type TrustAnchors } from '#libs/pki/trust-list.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { shape, type Configuration } from './configuration.js';
import { describePaperRefusal, findUndrawableIssuer } from './issuance/drawable.js';
import { readRegisterFile } from './registers/import.js';
import { migrations } from './storage/schema.js';

type Faults = readonly StartFault[];
export type Material = { readonly anchors: TrustAnchors; readonly fonts: FormFonts; readonly seal: SealImprint };

export function readMaterial(configuration: Configuration): Result<Material, Faults> {
  const anchors = readAnchors(configuration);
  const fonts = readFonts(configuration.fontFile);
  const seal = readSeal(configuration.seal, fonts);
  if (anchors.ok && fonts.ok && seal.ok) return ok({ anchors: anchors.value, fonts: fonts.value, seal: seal.value });
  return err([...faultsOf(anchors), ...faultsOf(fonts), ...faultsOf(seal)]);
}

const { trustAnchors, demo, fontFile, seal: sealSchema, registerFile, code } = shape.shape;

/** For a file in which something is wrong already. */
export const looks: readonly Look[] = [
  look({ trustAnchors, demo }, (read) => faultsOf(readAnchors(read))),
  look({ fontFile }, (read) => faultsOf(readFonts(read.fontFile))),
  look({ fontFile, seal: sealSchema }, (read) => faultsOf(readSeal(read.seal, readFonts(read.fontFile)))),
  look({ registerFile, code, fontFile }, findRegisterFaults),
  lookAtDatabase(migrations),
  lookAtListener('listen'),
  lookAtListener('management'),
];

function readAnchors(configuration: Pick<Configuration, 'trustAnchors' | 'demo'>): Result<TrustAnchors, Faults> {
  const faults = findAnchorFaults(configuration.trustAnchors, configuration.demo);
  if (faults.length > 0) return err(faults.map(({ index, expected }) => ({ key: `trustAnchors.${index}`, expected })));
  const anchors = readTrustAnchors(configuration.trustAnchors.map((der) => Buffer.from(der, 'base64')));
  return anchors.ok ? anchors : fault('trustAnchors', `DER certificates of JPKI CAs (${anchors.error.reason})`);
}

function readFonts(file: string | undefined): Result<FormFonts, Faults> {
  const path = file ?? findFontPath();
  const bytes = path === null ? null : readFile(path);
  if (bytes === null) return fault('fontFile', 'the file of IPAmj Mincho (Debian: fonts-ipamj-mincho)');
  const fonts = openFormFonts(bytes);
  return fonts.ok ? fonts : fault('fontFile', `a font that can be read (${fonts.error.detail})`);
}

/** A fictional seal is drawn with the typeface: without it nothing is known of the seal. */
function readSeal(seal: Configuration['seal'], fonts: Result<FormFonts, Faults>): Result<SealImprint, Faults> {
  if (seal.kind === 'fictional' && !fonts.ok) return err([]);
  const png = seal.kind === 'file' ? readFile(seal.file) : fonts.ok ? drawFictionalSeal(seal.columns, seal.sideMm, fonts.value) : null;
  if (png === null) return fault('seal.file', 'a readable PNG file');
  const imprint = readSealImprint(png, seal.sideMm);
  return imprint.ok ? imprint : fault('seal', `an opaque square PNG (${imprint.error.detail})`);
}

/** As the import would find them; whether the file is newer than what is stored only the database knows. */
function findRegisterFaults(named: Pick<Configuration, 'registerFile' | 'code' | 'fontFile'>): Faults {
  if (named.registerFile === undefined) return [];
  const read = readRegisterFile(named.registerFile);
  if (!read.ok) return read.error.map(({ key, expected }) => ({ key: `registerFile: ${key}`, expected }));
  if (read.value.municipality.code !== named.code) return [{ key: 'registerFile', expected: `the register of ${named.code}` }];
  const fonts = readFonts(named.fontFile);
  if (!fonts.ok) return [];
  const undrawable = findUndrawableIssuer({
    findUndrawable: (record) => faultOf(layOutResidentRecord(record, fonts.value)),
    code: named.code,
    settings: read.value.settings,
  });
  if (undrawable === null) return [];
  return [{ key: 'registerFile: settings.head', expected: `what the form can print (${describePaperRefusal(undrawable)})` }];
}

function faultOf<E>(result: Result<unknown, E>): E | null {
  return result.ok ? null : result.error;
}

function faultsOf(result: Result<unknown, Faults>): Faults {
  return faultOf(result) ?? [];
}

function readFile(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function fault(key: string, expected: string): Result<never, Faults> {
  return err([{ key, expected }]);
}
