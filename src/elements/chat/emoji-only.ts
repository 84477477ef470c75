// takes a message's text, gives whether it is one to three emoji and nothing else.

const emoji =
  /^(?:(?:\p{Extended_Pictographic}|\p{Emoji_Modifier_Base}|\p{Regional_Indicator}{2})[\p{M}\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]*(?:\u200d(?=\p{Extended_Pictographic}))?)+$/u;
const joined =
  /\p{Regional_Indicator}{2}|\p{Extended_Pictographic}[^\p{Extended_Pictographic}]*(?:\u200d\p{Extended_Pictographic}[^\p{Extended_Pictographic}]*)*/gu;
/** Longer ones are long texts of pictures; no need to look. UTF-16 code units. */
const longest = 64;

export function isEmojiOnly(text: string): boolean {
  if (text.length > longest || !emoji.test(text)) return false;
  return (text.match(joined)?.length ?? 0) <= 3;
}
