// takes an index from the SAS, gives the emoji and the key of its name. Words for the keys live in `locales/`.

/** One of the 64 emoji two people compare. */
export interface SasEmoji {
  readonly emoji: string;
  /** Key of its name, English in kebab-case: `dog`, `thumbs-up`. */
  readonly name: string;
}

// The table of the Matrix specification, "SAS method: emoji", in its order.
const TABLE =
  '🐶 dog 🐱 cat 🦁 lion 🐎 horse 🦄 unicorn 🐷 pig 🐘 elephant 🐰 rabbit ' +
  '🐼 panda 🐓 rooster 🐧 penguin 🐢 turtle 🐟 fish 🐙 octopus 🦋 butterfly 🌷 flower ' +
  '🌳 tree 🌵 cactus 🍄 mushroom 🌏 globe 🌙 moon ☁️ cloud 🔥 fire 🍌 banana ' +
  '🍎 apple 🍓 strawberry 🌽 corn 🍕 pizza 🎂 cake ❤️ heart 😀 smiley 🤖 robot ' +
  '🎩 hat 👓 glasses 🔧 spanner 🎅 santa 👍 thumbs-up ☂️ umbrella ⌛ hourglass ⏰ clock ' +
  '🎁 gift 💡 light-bulb 📕 book ✏️ pencil 📎 paperclip ✂️ scissors 🔒 lock 🔑 key ' +
  '🔨 hammer ☎️ telephone 🏁 flag 🚂 train 🚲 bicycle ✈️ aeroplane 🚀 rocket 🏆 trophy ' +
  '⚽ ball 🎸 guitar 🎺 trumpet 🔔 bell ⚓ anchor 🎧 headphones 📁 folder 📌 pin';

/** The 64 emoji, by index. */
export const SAS_EMOJI: readonly SasEmoji[] = Array.from(
  TABLE.matchAll(/(\S+) (\S+)/gu),
  ([, emoji = '', name = '']) => ({
    emoji,
    name,
  }),
);
