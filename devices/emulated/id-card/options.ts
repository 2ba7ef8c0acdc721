// What makes one emulated My Number Card different from another. Everybody on it is
// made up; keys and certificates come from the simulated JPKI.
import type { IssuedCard } from '#libs/contract/simulators.js';
import type { Random } from '#libs/std/random.js';

/**
 * Cards that a kiosk must tell apart. `without-signature-certificate` is the card of a child
 * under 15; `without-pin` the 顔認証マイナンバーカード, modelled as that with every PIN blocked at issue.
 */
export type IdCardStory =
  | 'my-number-card'
  | 'juki-card'
  | 'android-phone'
  | 'iphone'
  | 'without-authentication-certificate'
  | 'without-signature-certificate'
  | 'without-pin';

export type IdCardOptions = {
  /** For the bench and the logs; never a name or a number of a person. */
  readonly label: string;
  readonly issued: IssuedCard;
  readonly pins: {
    /** 利用者証明用暗証番号: four digits. */
    readonly authentication: string;
    /** 署名用パスワード: 6 to 16 of [A-Z0-9]. */
    readonly signature: string;
    /** 券面事項入力補助用暗証番号: four digits. */
    readonly text: string;
    /** 共通カードAP: four digits. */
    readonly common: string;
  };
  readonly holder: {
    readonly name: string;
    readonly address: string;
    /** YYYYMMDD, Gregorian. */
    readonly birthDate: string;
    readonly sex: '1' | '2' | '3' | '9';
  };
  /** 12 digits. */
  readonly myNumber: string;
  readonly cardNumber: {
    /** 15 digits. */
    readonly serial: string;
    /** The first five digits of the municipality code. */
    readonly municipality: string;
    /** YYYYMMDD */
    readonly expiry: string;
    /** セキュリティコード: four digits printed on the card. */
    readonly securityCode: string;
  };
  readonly story?: IdCardStory;
  /** How the reader meets the card; decides the ATR only. Default: contact. */
  readonly interface?: 'contact' | 'contactless';
  readonly random: Random;
};
