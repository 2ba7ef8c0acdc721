// The sizes of the host interface.

/** A frame, without its two length bytes. */
export const maxFrameBytes = 4096;
