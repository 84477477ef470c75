// takes nothing, gives the list of what someone can want. Imperatives; `perform` answers each.

export type Intent =
  | { readonly kind: 'join' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'set-name'; readonly name: string }
  /** Before Join too: opens or closes the devices for the preview, asking for both permissions at once where both are wanted. */
  | { readonly kind: 'open-devices'; readonly microphone: boolean; readonly camera: boolean }
  | { readonly kind: 'set-microphone'; readonly enabled: boolean }
  | { readonly kind: 'set-camera'; readonly enabled: boolean }
  | { readonly kind: 'choose-microphone'; readonly deviceId: string }
  | { readonly kind: 'choose-camera'; readonly deviceId: string }
  /** `id`: 8 to 64 characters of base64url, from `newId()`. */
  | { readonly kind: 'send-message'; readonly id: string; readonly text: string }
  /** To everyone present, unless `to` names participants. */
  | {
      readonly kind: 'send-files';
      readonly files: readonly File[];
      readonly to: readonly string[] | undefined;
    }
  /** `handle` from the disk picker; without one the file ends as a download. */
  | { readonly kind: 'accept-file'; readonly id: string; readonly handle: FileSystemFileHandle | undefined }
  | { readonly kind: 'reject-file'; readonly id: string }
  | { readonly kind: 'cancel-file'; readonly id: string }
  /** The person compared the emoji: they match (verified), or they don't (the link ends at once). */
  | { readonly kind: 'judge-participant'; readonly id: string; readonly matches: boolean };
