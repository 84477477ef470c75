// takes a file's name, gives the place on the disk that the person chose for it, where the browser has such a picker.

/** https://wicg.github.io/file-system-access/#api-showsavefilepicker: the part used here. */
interface PickerWindow {
  showSaveFilePicker(options: { readonly suggestedName: string }): Promise<FileSystemFileHandle>;
}

export type Picked =
  | { readonly kind: 'chosen'; readonly handle: FileSystemFileHandle }
  /** The person closed the picker. */
  | { readonly kind: 'dismissed' }
  /** No picker here, or it may not open here (an iframe, no gesture): the file goes where downloads go. */
  | { readonly kind: 'unavailable' };

/** Whether a picker can be expected to open on a click. */
export function hasSavePicker(): boolean {
  return hasPicker(globalThis);
}

/** Must be called within the click that asked for it. Never rejects. */
export async function pickSavePlace(suggestedName: string): Promise<Picked> {
  const scope: object = globalThis;
  if (!hasPicker(scope)) return { kind: 'unavailable' };
  try {
    return { kind: 'chosen', handle: await scope.showSaveFilePicker({ suggestedName }) };
  } catch (error) {
    return {
      kind: error instanceof DOMException && error.name === 'AbortError' ? 'dismissed' : 'unavailable',
    };
  }
}

function hasPicker(scope: object): scope is PickerWindow {
  return 'showSaveFilePicker' in scope && typeof scope.showSaveFilePicker === 'function';
}
