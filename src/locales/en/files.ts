// takes nothing, gives the English words of files on their way.

export const files = {
  filesLabel: 'Files',
  filesDrop: (many: boolean) => (many ? 'Drop or paste files here' : 'Drop or paste a file here'),
  filesDropNow: (many: boolean) => (many ? 'Drop to send them' : 'Drop to send it'),
  filesChoose: (many: boolean) => (many ? 'Choose files' : 'Choose a file'),
  filesTo: (names: string) => `Goes to ${names}, end-to-end encrypted`,
  filesLimitSize: (size: string) => `Up to ${size} each`,
  filesSomeone: 'Someone',

  filesNote: {
    outside: 'Files can be sent once you have joined.',
    connecting: 'Joining…',
    waiting: 'Nobody is here yet. Files can be sent as soon as someone comes.',
    reconnecting: 'Reconnecting…',
    held: 'Nothing can be sent until you have compared the emoji.',
    left: 'You left. Join again to send files.',
    failed: 'Files cannot be sent any more.',
  },
  filesJoin: 'Join',
  filesRejoin: 'Join again',
  filesRetry: 'Try again',
  filesNobody: 'Nobody is here, so nothing was sent.',
  filesHeld: 'Nothing was sent: compare the emoji first.',
  filesNoUpload: 'This page asks for uploads, and there is no place for them yet. Nothing was sent.',

  filesLeftOut: {
    'folder': (count: number, _name: string) =>
      count === 1
        ? 'A folder cannot be sent. Pack it into a ZIP file first.'
        : `${count} folders cannot be sent. Pack them into ZIP files first.`,
    'too-many': (count: number, _name: string) =>
      `${count} files are too many at once. Send up to 50, or pack them.`,
    'one-only': (_count: number, _name: string) => 'Only one file at a time can be sent here.',
    'type': (count: number, name: string) =>
      count === 1
        ? `“${name}” is not of a kind that is asked for here.`
        : `${count} files are not of a kind that is asked for here.`,
    'size': (count: number, name: string) =>
      count === 1 ? `“${name}” is too large.` : `${count} files are too large.`,
  },

  filesPhrase: {
    'offered-to': (name: string) => `Waiting for ${name} to accept`,
    'offered-by': (name: string) => `${name} wants to send you this`,
    'sending': (name: string) => `Sending to ${name}`,
    'receiving': (name: string) => `Coming from ${name}`,
    'finishing': (_name: string) => 'Almost done',
    'sent': (name: string) => `Sent to ${name}`,
    'saved': (name: string) => `From ${name}, saved`,
    'downloaded': (name: string) => `From ${name}, in your downloads`,
    'declined-by-them': (name: string) => `${name} declined`,
    'declined-by-you': (name: string) => `From ${name}, declined`,
    'cancelled': (_name: string) => 'Cancelled',
    'failed': (_name: string) => 'Something went wrong',
  },
  filesShare: (percent: string, size: string) => `${percent} of ${size}`,
  filesTimeLeft: (time: string) => `${time} left`,
  filesProgress: (file: string) => `Progress of ${file}`,

  filesSave: 'Save',
  filesSaveAs: 'Save as…',
  filesDecline: 'Decline',
  filesCancel: 'Cancel',
  filesAgain: 'Send again',
  /** What a button does, and to which file, for those who hear it without seeing the row. */
  filesAct: (action: string, file: string) => `${action}: ${file}`,
  filesClear: 'Clear list',
  filesTransfers: 'Transfers',
  filesChosen: 'In this form',
  filesRemove: (file: string) => `Remove ${file}`,
  filesRequired: (many: boolean) => (many ? 'Choose one or more files.' : 'Choose a file.'),

  filesSayOffer: (name: string, file: string) => `${name} wants to send you ${file}`,
  filesSayStarted: (file: string) => `${file} is on its way`,
  filesSayDone: (file: string) => `${file} is complete`,
};
