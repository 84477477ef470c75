import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { Session, Snapshot, Transfer } from 'reforms';
import { meet } from './support/loopback.ts';
import { person, pretend } from './support/pretend.ts';

interface Args {
  readonly multiple: boolean;
  readonly accept: string;
  readonly maxSizeMb: number | undefined;
  readonly autoAccept: boolean;
}

const grace = person('grace');
const hoda = person('hoda', { name: 'هدى' });
/** In a room with Grace, unless told otherwise. */
const stillSession = (parts: Partial<Snapshot>): Session =>
  pretend({ status: 'connected', people: [grace], ...parts });

const transfer = (name: string, size: number, values: Partial<Transfer> = {}): Transfer => ({
  id: name,
  direction: 'send',
  peer: 'grace',
  peerName: grace.name,
  name,
  type: '',
  size,
  bytes: 0,
  bytesPerSecond: 0,
  state: 'offered',
  code: undefined,
  savedBy: undefined,
  ...values,
});

const sending = transfer(
  'A long name of a recording that somebody forgot to shorten before sending.mp4',
  734_003_200,
  {
    state: 'moving',
    bytes: 256_000_000,
    bytesPerSecond: 7_400_000,
  },
);
const receiving = transfer('الواجب.docx', 64_000_000, {
  direction: 'receive',
  peer: 'hoda',
  peerName: hoda.name,
  state: 'moving',
  bytes: 4_000_000,
  bytesPerSecond: 900_000,
});
const offer = transfer('Homework week 12.pdf', 2_345_678, { direction: 'receive' });
const over: readonly Transfer[] = [
  transfer('holiday.jpg', 1_400_000, { state: 'completed' }),
  transfer('notes.txt', 812, { direction: 'receive', state: 'completed', savedBy: 'download' }),
  transfer('song.flac', 39_000_000, { direction: 'receive', state: 'completed', savedBy: 'picker' }),
  transfer('main.rs', 9_000, { state: 'rejected' }),
  transfer('table.xlsx', 39_000, { state: 'cancelled' }),
  transfer('backup.zip', 9_000_000_000, { state: 'failed', code: 'peer-gone' }),
  transfer('slides.pptx', 5_000_000, { direction: 'receive', state: 'failed', code: 'file-chunk' }),
];

const drop = (session: Session | undefined, args: Args): TemplateResult =>
  html`<reforms-file-drop
    accept=${args.accept}
    ?multiple=${args.multiple}
    ?auto-accept=${args.autoAccept}
    .maxSizeMb=${args.maxSizeMb}
    .session=${session}
  ></reforms-file-drop>`;

const still = (parts: Partial<Snapshot>): StoryObj<Args> => ({
  render: (args) => drop(stillSession(parts), args),
});

const meta: Meta<Args> = {
  title: 'reforms-file-drop',
  component: 'reforms-file-drop',
  args: { multiple: true, accept: '', maxSizeMb: undefined, autoAccept: false },
};
export default meta;

/** Two people on one page: drop on one side, save on the other. */
export const Live: StoryObj<Args> = {
  render: (args) => {
    const [ada, other] = meet(2);
    return html`<div
      style="display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17.5rem), 1fr))"
    >
      ${drop(ada, args)} ${drop(other, args)}
    </div>`;
  },
};

export const Ready: StoryObj<Args> = still({ people: [grace, hoda] });
export const OneFileOfAKind: StoryObj<Args> = {
  ...still({}),
  args: { multiple: false, accept: '.pdf,image/*', maxSizeMb: 25 },
};
export const Offered: StoryObj<Args> = still({ files: { transfers: [offer] } });
export const Moving: StoryObj<Args> = still({
  people: [grace, hoda],
  files: { transfers: [sending, receiving] },
});
export const Over: StoryObj<Args> = still({ files: { transfers: over } });
export const Everything: StoryObj<Args> = still({
  people: [grace, hoda],
  files: { transfers: [...over, sending, receiving, transfer('waiting.pdf', 1_000), offer] },
});
export const NobodyHere: StoryObj<Args> = still({ status: 'waiting', people: [] });
export const HeldBack: StoryObj<Args> = still({ people: [person('grace', { held: 'policy' })] });
export const Outside: StoryObj<Args> = still({ status: 'idle', people: [] });
export const Joining: StoryObj<Args> = still({ status: 'connecting', people: [] });
export const Reconnecting: StoryObj<Args> = still({
  status: 'reconnecting',
  files: { transfers: [sending] },
});
export const Left: StoryObj<Args> = still({ status: 'disconnected', people: [], files: { transfers: over } });
export const Failed: StoryObj<Args> = still({
  status: 'failed',
  people: [],
  problem: { code: 'network', fatal: true },
});

/** What is chosen is the form's value, whether or not someone is there to get it at once. */
export const InAForm: StoryObj<Args> = {
  render: () =>
    html`<form
      @submit=${(event: SubmitEvent) => event.preventDefault()}
      style="display: grid; gap: 1rem; justify-items: start"
    >
      <reforms-file-drop
        name="homework"
        multiple
        required
        max-size-mb="25"
        .session=${stillSession({ status: 'waiting', people: [] })}
      ></reforms-file-drop>
      <button>Hand in</button>
    </form>`,
};

export const Dark: StoryObj<Args> = {
  ...still({ files: { transfers: [...over, sending, offer] } }),
  globals: { scheme: 'dark' },
};
export const RightToLeft: StoryObj<Args> = {
  ...still({ people: [grace, hoda], files: { transfers: [...over, sending, receiving, offer] } }),
  globals: { direction: 'rtl' },
};
