// How the parts of the page hand over what a hand just did.

export type Attempt = (outcome: Promise<string | null>) => void;
