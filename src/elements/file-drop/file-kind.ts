// takes a file's name and MIME type, gives the family it belongs to, for its icon.

export type FileKind =
  'image' | 'video' | 'audio' | 'pdf' | 'text' | 'table' | 'slides' | 'archive' | 'code' | 'other';

const families: Readonly<Record<Exclude<FileKind, 'other'>, string>> = {
  image: 'png jpg jpeg gif webp avif svg heic heif bmp tif tiff ico',
  video: 'mp4 m4v mov webm mkv avi mpg mpeg ogv 3gp',
  audio: 'mp3 m4a aac wav flac ogg oga opus mid midi',
  pdf: 'pdf',
  text: 'txt md rtf doc docx odt pages tex epub log',
  table: 'csv tsv xls xlsx ods numbers',
  slides: 'ppt pptx odp key',
  archive: 'zip gz tgz bz2 xz 7z rar tar zst dmg iso',
  code: 'js ts mjs jsx tsx json html css xml py rb go rs c h cpp java kt swift sh sql yml yaml toml',
};

const byExtension: ReadonlyMap<string, FileKind> = new Map(
  kinds().flatMap((kind) => families[kind].split(' ').map((extension) => [extension, kind] as const)),
);

const byType: readonly (readonly [RegExp, FileKind])[] = [
  [/^image\//, 'image'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
  [/pdf$/, 'pdf'],
  [/spreadsheet|excel|csv/, 'table'],
  [/presentation|powerpoint/, 'slides'],
  [/zip|compressed|x-tar|gzip/, 'archive'],
  [/json|javascript|xml|html|css/, 'code'],
  [/^text\/|word|opendocument\.text/, 'text'],
];

/**
 * The name decides, because it is what a person goes by and what the system will open: a program does not get the icon
 * of a document by claiming its type. The type, the sender's claim, counts only for names without an extension.
 */
export function kindOf(name: string, type: string): FileKind {
  const extension = /\.([^.\s]+)$/.exec(name)?.[1]?.toLowerCase();
  if (extension !== undefined) return byExtension.get(extension) ?? 'other';
  return byType.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
}

function kinds(): readonly Exclude<FileKind, 'other'>[] {
  return ['image', 'video', 'audio', 'pdf', 'text', 'table', 'slides', 'archive', 'code'];
}
