// takes nothing, gives the bounds that both ends of a wire hold each other to.

/** A chat message's text, in UTF-8 bytes. */
export const maxMessageBytes = 16_384;
/** One frame on `rf-ctl`, plain, in bytes: the longest text with every character escaped, and an SDP, fit in. */
export const maxFrameBytes = 131_072;
/** A display name, in UTF-16 code units. Longer ones are cut by the sender and refused by the receiver. */
export const maxNameLength = 64;
/** A file's name as it travels, in UTF-16 code units. */
export const maxFileNameLength = 255;
/** A MIME type as it travels, in UTF-16 code units. */
export const maxFileTypeLength = 127;
/** Bytes of one chunk of the file container, before its 16-byte tag (`trust.md` §7). */
export const chunkBytes = 16_384;
/** Chunks in one message on `rf-file`: 8 + 3 · (16384 + 16) stays below 64 KiB. */
export const chunksPerMessage = 3;
/** Other peers named in one roster frame. */
export const maxRosterPeers = 64;
/** Messages acknowledged in one receipt. */
export const maxReceiptIds = 256;
/** People in a mesh, oneself included, unless `max-participants` says less. */
export const maxMeshPeople = 4;
/** A session description, in UTF-16 code units. */
export const maxSdpLength = 65_536;
