// The data objects that are read from a cash card (EMV 4.3 Book 3, Annex A).
export const tag = {
  applicationIdentifier: 0x4f,
  track2: 0x57,
  pan: 0x5a,
  expirationDate: 0x5f24,
  panSequence: 0x5f34,
  fciTemplate: 0x6f,
  recordTemplate: 0x70,
  responseFormat2: 0x77,
  responseFormat1: 0x80,
  applicationInterchangeProfile: 0x82,
  commandTemplate: 0x83,
  dedicatedFileName: 0x84,
  applicationFileLocator: 0x94,
  fciProprietary: 0xa5,
  pdol: 0x9f38,
} as const;
