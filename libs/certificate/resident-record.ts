// 住民票の写し, 世帯連記式: what stands on the sheet (住民記録システム標準仕様書, 帳票ID 0010001 ff.;
// reference: issuance §8.2). The municipality fills it from its register, libs/paper draws
// it. Texts are printed exactly as given; dates are already in 和暦 (wareki.ts).

/** `omitted`: not asked for, printed as 【省略】. `blank`: nothing registered, printed as 【空欄】. */
export type PrintedField = { readonly state: 'shown'; readonly text: string } | { readonly state: 'omitted' } | { readonly state: 'blank' };

export type ResidentRecordPerson = {
  readonly name: string;
  readonly nameReading: PrintedField;
  readonly formerName: PrintedField;
  readonly formerNameReading: PrintedField;
  /** 生年月日 in 和暦 (Gregorian for foreign residents). */
  readonly birthDate: string;
  /** 男, 女; blank where the register has none (ISO/IEC 5218: 0, 9). */
  readonly sex: PrintedField;
  /** 続柄 */
  readonly relationship: PrintedField;
  /** 筆頭者 */
  readonly headOfFamilyRegister: PrintedField;
  /** 本籍 */
  readonly domicile: PrintedField;
  /** 個人番号 */
  readonly myNumber: PrintedField;
  /** 住民票コード: never printed at a kiosk, always `omitted`. */
  readonly residentCode: { readonly state: 'omitted' };
  /** 住民となった年月日 */
  readonly becameResidentOn: PrintedField;
  /** 住所を定めた年月日 */
  readonly addressSince: PrintedField;
  /** 届出日 */
  readonly notifiedOn: PrintedField;
  /** 転入前住所 */
  readonly addressBeforeMovingIn: PrintedField;
  /** The four variable labels (国籍・地域, 在留資格, 通称 …); unused ones are null and print ＊＊＊. */
  readonly variable: readonly [VariableField | null, VariableField | null, VariableField | null, VariableField | null];
  readonly remarks: PrintedField;
};

export type VariableField = { readonly label: string; readonly value: PrintedField };

export type ResidentRecord = {
  readonly scope: 'household' | 'part';
  readonly address: string;
  /** 世帯主 */
  readonly headOfHousehold: PrintedField;
  /** In the order of the register; four to a page. At least one. */
  readonly people: readonly ResidentRecordPerson[];
  /** 交付年月日 in 和暦. */
  readonly issuedOn: string;
  /** Title and name as they stand on the sheet; with 職務代理者 where there is one. */
  readonly issuer: string;
  /** 発行番号 */
  readonly certificateNumber: string;
  /** SHA-256 of the signed request, on every page. */
  readonly requestSha256: string;
};
