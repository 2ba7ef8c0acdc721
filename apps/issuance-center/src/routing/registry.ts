// Who takes part: the kiosks and municipalities that the operator enrolled, with their keys.
import type { EcPublicJwk } from '#libs/contract/base.js';
import { keyId } from '#libs/contract/sealed.js';
import type { Configuration } from '../configuration.js';

export type Kiosk = { readonly id: string; readonly key: EcPublicJwk };
export type Municipality = { readonly code: string; readonly url: string; readonly key: EcPublicJwk };

export class Registry {
  private constructor(
    private readonly kiosksByKey: ReadonlyMap<string, Kiosk>,
    private readonly kiosks: ReadonlyMap<string, Kiosk>,
    private readonly municipalities: ReadonlyMap<string, Municipality>,
  ) {}

  static async of(configuration: Pick<Configuration, 'kiosks' | 'municipalities'>): Promise<Registry> {
    const byKey = await Promise.all(configuration.kiosks.map(async (kiosk) => [await keyId(kiosk.key), kiosk] as const));
    return new Registry(
      new Map(byKey),
      new Map(configuration.kiosks.map((kiosk) => [kiosk.id, kiosk])),
      new Map(configuration.municipalities.map((municipality) => [municipality.code, municipality])),
    );
  }

  findKiosk(id: string): Kiosk | null {
    return this.kiosks.get(id) ?? null;
  }

  /** Whose key the header of a JWS names (`kid`, RFC 7638). Proves nothing: the signature does. */
  findKioskOfJws(jws: string): Kiosk | null {
    return this.kiosksByKey.get(readKeyId(jws)) ?? null;
  }

  findMunicipality(code: string): Municipality | null {
    return this.municipalities.get(code) ?? null;
  }
}

function readKeyId(jws: string): string {
  try {
    const header: unknown = JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'kid' in header && typeof header.kid === 'string' ? header.kid : '';
  } catch {
    return '';
  }
}
