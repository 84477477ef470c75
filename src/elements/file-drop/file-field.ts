// takes the files that were chosen, gives an element that is a field of the form around it.

import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { asText } from '../base/attributes.ts';
import { RoomElement } from '../base/index.ts';

/**
 * What a form sees of an element that takes files: its value are the chosen files, submitted under its name.
 *
 * @attr name - The name under which the chosen files are submitted with the form around the element.
 * @attr required - The form around the element is not valid without a file.
 * @attr disabled - Takes no files.
 */
export abstract class FileField extends RoomElement {
  static readonly formAssociated = true;

  /** Name in the form around the element; without one nothing is submitted. */
  @property({ converter: asText(), reflect: true }) name = '';
  /** The form is not valid without a file. */
  @property({ type: Boolean, reflect: true }) required = false;
  /** Takes no files; offers of others can still be answered. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** The form's value. */
  @state() protected chosen: readonly File[] = [];
  @state() private formDisabled = false;
  readonly #internals = this.attachInternals();

  /** The form around the element, if any. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /** Whether a required file is missing. */
  get validity(): ValidityState {
    return this.#internals.validity;
  }

  /** What the browser says while the element is not valid. */
  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  /** False, and an `invalid` event, while a required file is missing. */
  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  /** As `checkValidity()`, and the browser points at the element. */
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** The browser's word that the form was reset. */
  formResetCallback(): void {
    this.chosen = [];
  }

  /** The browser's word that a fieldset around the element was disabled. */
  formDisabledCallback(disabled: boolean): void {
    this.formDisabled = disabled;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const missing = this.required && this.chosen.length === 0;
    if (missing) this.#internals.setValidity({ valueMissing: true }, this.missingWords, this.missingAnchor);
    else this.#internals.setValidity({});
    const empty = this.name === '' || this.chosen.length === 0;
    this.#internals.setFormValue(empty ? null : entries(this.name, this.chosen));
  }

  /** What is said where a required file is missing. */
  protected abstract get missingWords(): string;

  /** Where the browser points while a required file is missing. */
  protected abstract get missingAnchor(): HTMLElement | undefined;

  /** Whether what is chosen counts in a form. */
  protected get isInForm(): boolean {
    return this.name !== '' && this.#internals.form !== null;
  }

  protected get isDisabled(): boolean {
    return this.disabled || this.formDisabled;
  }

  /** Adds to the value, or takes its place. */
  protected choose(files: readonly File[], add: boolean): void {
    if (files.length > 0) this.chosen = add ? [...this.chosen, ...files] : files;
  }

  protected readonly unchoose = (file: File): void => {
    this.chosen = this.chosen.filter((other) => other !== file);
  };

  /** Shows or hides a custom state to the page's CSS, as `:state(name)`. */
  protected markState(name: string, on: boolean): void {
    if (on) this.#internals.states.add(name);
    else this.#internals.states.delete(name);
  }
}

function entries(name: string, files: readonly File[]): FormData {
  const data = new FormData();
  for (const file of files) data.append(name, file);
  return data;
}
